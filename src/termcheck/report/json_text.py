"""JSON as reports write it."""

from __future__ import annotations

import json
import re
from typing import Any

from termcheck.report.sanitize import well_formed

_COMMAND = re.compile(r"##(?=\[|vso\[)", re.IGNORECASE)


def json_text(data: Any, *, indent: int | None = 2) -> str:
    """The data as JSON text: keys in the order given, characters as they are, a line break at the end.

    ``indent`` None gives one line.

    Lone surrogates become U+FFFD. What a build service takes for a command wherever it stands in its log (``##[name]``,
    ``##vso[name]``) is written with an escape, which reads the same. Raises ValueError for numbers that JSON lacks.
    """
    text = well_formed(json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent))
    return _COMMAND.sub(r"#\\u0023", text) + "\n"
