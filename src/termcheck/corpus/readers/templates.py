"""Template languages in HTML: Liquid, Jinja, Twig, Handlebars, Go, Vue, PHP, ERB.

Their marks may stand anywhere, within a tag too, so they are hidden before HTML is looked at. What a page shows in the
place of ``{{ name }}`` is a word of the text; of everything else nothing is shown.
"""

from __future__ import annotations

import re

from termcheck.corpus.readers.masking import Masked, Masker
from termcheck.model import ProtectedKind

_MARK = re.compile(
    r"(?P<raw>\{%[-+~]?\s{0,9}(?P<name>comment|highlight|verbatim|raw|schema|javascript|stylesheet|style)\b)"
    r"|(?P<comment>\{#(?=[\s-])|\{\{[-~]?\s{0,9}(?:!|/\*))"
    r"|(?P<code>\{%|<\?(?:php\b|=)|<%(?!\w)|\{\{[-~]?\s{0,9}(?:[#/>^*]"
    r"|(?:if|else|end|range|with|block|define|template|partial|break|continue|each|unless)\b))"
    r"|(?P<value>\{\{)"
)
_CLOSING = {"{%": "%}", "{#": "#}", "{{": "}}", "<?": "?>", "<%": "%>"}
_LONGEST = 4000
# Between these stands text of the page; it only must not be taken for marks.
_TEXTS = frozenset({"raw", "verbatim"})


def mask_templates(text: str, front: int) -> Masked:
    """The text for the tokenizer, of the same length, without front matter ``text[:front]`` and with marks hidden."""
    masker = Masker(text)
    masker.blank(0, front)
    finder = _Finder(text)
    position = front
    while match := _MARK.search(text, position):
        start, closing = match.start(), _CLOSING[match[0][:2]]
        end = finder.find(closing, match.end())
        if closing == "?>":
            # Without its end, PHP reaches to the end of the file.
            position = len(text) if end < 0 else end + 2
            masker.blank_or_hide(start, position, ProtectedKind.PLACEHOLDER)
        elif not 0 <= end - start <= _LONGEST:
            position = match.end()
        elif match["raw"]:
            position = _raw_block(text, start, end + 2, match["name"], masker, finder)
        else:
            position = end + len(closing)
            if match["value"]:
                position += text.startswith("{{{", start) and text.startswith("}", position)
                masker.hide(start, position, ProtectedKind.PLACEHOLDER, visible=True)
            else:
                masker.blank_or_hide(start, position, ProtectedKind.PLACEHOLDER if match["code"] else None)
    return masker.finish()


def _raw_block(text: str, start: int, inner: int, name: str, masker: Masker, finder: _Finder) -> int:
    """Hide a block whose content is code or a comment, or the marks around one that is to be shown as it is."""
    ending = finder.find(f"end{name}", inner)
    end = text.find("%}", ending, ending + _LONGEST) if ending >= 0 else -1
    if end < 0:
        masker.blank_or_hide(start, inner, ProtectedKind.PLACEHOLDER)
        return inner
    end += 2
    if name in _TEXTS:
        masker.hide(start, inner)
        masker.hide(max(inner, text.rfind("{%", inner, ending)), end)
    else:
        masker.blank_or_hide(start, end)
    return end


class _Finder:
    """`str.find` for places asked about from left to right; each stretch of the text is looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def find(self, what: str, start: int) -> int:
        known = self._next.get(what, 0)
        if 0 <= known < start or what not in self._next:
            known = self._next[what] = self._text.find(what, start)
        return known
