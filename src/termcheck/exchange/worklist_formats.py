"""The formats in which open texts go to other tools and come back."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.exchange import worklist_csv, worklist_xliff

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from termcheck.exchange.worklist import Corrections, Worklist

WRITERS: Mapping[str, Callable[[Worklist], str]] = MappingProxyType(
    {"xliff": worklist_xliff.write_worklist, "csv": worklist_csv.write_worklist}
)
"""Every format by its name. They raise ``ExchangeError`` for what they cannot hold."""


def read_corrections(raw: bytes) -> Corrections:
    """A file that came back, in whichever format it is. Raises ``ExchangeError``."""
    # XML is the only one of the two that begins with a bracket.
    is_xml = raw.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"
    return worklist_xliff.read_worklist(raw) if is_xml else worklist_csv.read_worklist(raw)
