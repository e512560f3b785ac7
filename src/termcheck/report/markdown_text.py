"""Texts from the corpus in the Markdown of GitHub and GitLab, where they are to be shown and never to act.

Both first turn Markdown (GitHub Flavored Markdown 0.29) into HTML and then look through its text for mentions,
references to issues and commits, names of emoji, and addresses. Escapes help against the first; against the second a
character without width that keeps the parts of such a thing apart.
"""

from __future__ import annotations

import re

from termcheck.report.sanitize import sanitize

_APART = "\u200b"

# What means something in Markdown or HTML, and the character that parts, so that it can be seen in the source.
_SPECIAL = re.compile("[\\\\`*_{}\\[\\]<>()#+=!|~&$^@\"'\u200b-]")

# Where something that is looked for in the text would begin or go on: a mark before a name (``@user``, ``#12``,
# ``GH-12``, ``[issue:12]``), a protocol or a host, ``:emoji:``, ``/command``.
_BREAKS = re.compile(
    r"""(?<=[@#!~%$^&])(?=[\w"'{*\[])"""
    r"|(?<=:)(?=//)"
    r"|(?<=\bwww)(?=\.)"
    r"|(?<=\bmailto)(?=:)|(?<=\bxmpp)(?=:)"
    r"|(?<=\bgh)(?=-\d)"
    r"|(?<=:)(?=[\w+-]+:)"
    r"|^(?=/)"
    r"|(?<=\[)(?=[a-z_]+:)",
    re.IGNORECASE,
)

# What may be a commit, which takes seven digits at least.
_COMMIT = re.compile(r"\b[0-9a-f]{7,64}\b", re.IGNORECASE)
_DIGITS = 6


def escape(text: str) -> str:
    """The text on one line as Markdown, or HTML, that shows it and nothing else, wherever in a line it stands.

    Sanitized; marks that mean something are entities, and what could be taken for a mention, a reference or an address
    has U+200B inside. Neither blank lines nor the beginning of a block can come of it.
    """
    parted = _COMMIT.sub(_in_pieces, _BREAKS.sub(_APART, sanitize(text).strip()))
    return _SPECIAL.sub(_entity, parted)


def _in_pieces(match: re.Match[str]) -> str:
    digits = match[0]
    return _APART.join(digits[start : start + _DIGITS] for start in range(0, len(digits), _DIGITS))


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
