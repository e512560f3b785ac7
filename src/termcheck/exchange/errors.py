"""Why a file of another tool cannot be read."""

from __future__ import annotations

from termcheck.errors import TermcheckError


class ExchangeError(TermcheckError):
    """A file is not in its format, or beyond the limits. The message names no file: its reader does not know it."""
