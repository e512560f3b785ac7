"""Placeholders and bare addresses in running text: what a program fills in or a reader follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.model import Protected, ProtectedKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Every repetition is bounded, so that hostile text cannot make the search quadratic.
_LITERAL = re.compile(
    r"""
    (?P<link> \b(?:https?|ftp)://[^\s<>"'`|{}\\^\u3000-\u303f\uff00-\uff0f\uff1a-\uff1f]{1,2000})
  | (?P<placeholder>
        [%$]\{[^{}\s]{1,80}\}                                # ${x}, %{x}
      | \$t\([\w.:-]{1,80}\)                                 # $t(x)
      | \{\{[^{}\n]{1,120}\}\}                               # {{ x }}
      | \{[\w.]{0,60}(?:[:!][^{}\s]{0,20})?\}                # {x}, {0}, {x:.2f}, {}
      | %\([\w.]{1,60}\)[#0+\- ]{0,3}\d{0,3}(?:\.\d{1,2})?[a-zA-Z]   # %(x)s
      | (?<![A-Za-z0-9_%])%(?:\d{1,2}\$)?(?:\d{0,2}\.\d{1,2}f|l{0,2}[sduxXi@])(?![A-Za-z0-9_%])   # %s, %1$s, %.2f
      | </?\d{1,3}[ ]?/?>                                    # <0>, </0>, <1/>
    )
    """,
    re.VERBOSE,
)
_AFTER_LINK = ".,;:!?)]}*_~»”’…"


def find_literals(text: str, protected: Sequence[Protected]) -> list[Protected]:
    """The placeholders and addresses of ``text``, in order, that ``protected`` does not cover already.

    A link protects its target, not its text: a placeholder there is found, an address is not.
    """
    links = _Covered(item.span for item in protected if item.kind is ProtectedKind.LINK)
    others = _Covered(item.span for item in protected if item.kind is not ProtectedKind.LINK)
    found = []
    for match in _LITERAL.finditer(text):
        start, end = match.span()
        is_link = match.lastgroup == "link"
        value = _trimmed_link(match[0]) if is_link else match[0]
        end = start + len(value)
        if others.touches(start, end) or (is_link and links.touches(start, end)):
            continue
        kind = ProtectedKind.LINK if is_link else ProtectedKind.PLACEHOLDER
        found.append(Protected(kind, Span(start, end), value))
    return found


class _Covered:
    """Ranges asked about from left to right."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._index = 0
        self._furthest = 0

    def touches(self, start: int, end: int) -> bool:
        while self._index < len(self._spans) and self._spans[self._index].start < end:
            self._furthest = max(self._furthest, self._spans[self._index].end)
            self._index += 1
        return self._furthest > start


def _trimmed_link(link: str) -> str:
    """The address without the punctuation of the sentence around it; a closing bracket stays if it is its own."""
    while link[-1] in _AFTER_LINK:
        if link[-1] == ")" and link.count("(") >= link.count(")"):
            break
        link = link[:-1]
    return link
