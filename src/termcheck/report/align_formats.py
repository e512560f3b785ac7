"""The formats of ``termcheck align`` by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.report.align_json import to_align_json
from termcheck.report.align_tsv import to_align_tsv
from termcheck.report.tmx import to_tmx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from termcheck.model import Alignment

ALIGN_FORMATS: Mapping[str, Callable[[Alignment], str]] = MappingProxyType(
    {"tmx": to_tmx, "tsv": to_align_tsv, "json": to_align_json}
)
"""The formats in the order in which they are offered."""
