"""Elements of HTML that are left out with all they hold, and where they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.corpus.readers.html_elements import BLOCKS
from termcheck.corpus.readers.html_tokens import HtmlTokenKind
from termcheck.languages import LanguageTagError, normalise
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termcheck.corpus.readers.html_tokens import Attribute, HtmlToken

# Elements that may stay open, and the start tags that close them.
_CLOSED_BY = {
    "p": BLOCKS,
    **dict.fromkeys(("li", "option"), frozenset({"li", "option", "optgroup"})),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd"})),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th", "tr", "tbody", "tfoot"})),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
}
# What holds them: they end with it, and one within them starts anew.
_HOLDERS = frozenset({"body", "div", "dl", "menu", "ol", "section", "select", "table", "ul"})


class LeftOut:
    """Follows the element that is left out at the moment; ``lang`` is the language of the file, or empty."""

    def __init__(self, lang: str) -> None:
        self._lang = _primary(lang)
        self._name = ""
        self._depth = 0

    def keeps(self, name: str, found: Mapping[str, Attribute]) -> ProtectedKind | None:
        """What an element is that says that it is not to be translated, or in another language; None for any other.

        The page as a whole is in the language that its place says: what templates say of it often is not true. Links
        to a page's other versions show the names of languages.
        """
        if name in ("html", "body"):
            return None
        if (translate := found.get("translate")) and translate.value.lower() == "no":
            return ProtectedKind.CODE
        if (classes := found.get("class")) and "notranslate" in classes.value.split():
            return ProtectedKind.CODE
        said = found.get("lang") or found.get("xml:lang")
        other = _primary(said.value) if said else ""
        is_foreign = self._lang and other and other != self._lang
        return ProtectedKind.HTML if is_foreign or (name == "a" and "hreflang" in found) else None

    def begin(self, name: str) -> None:
        """Leave out the element whose start tag was just read."""
        self._name, self._depth = name, 0

    def covers(self, token: HtmlToken) -> bool:
        """Whether a token belongs to an element that is left out; its end tag does."""
        if not self._name:
            return False
        name = token.value
        closed_by = _CLOSED_BY.get(self._name)
        nests = name == self._name if closed_by is None else name in _HOLDERS
        if token.kind is HtmlTokenKind.START:
            if closed_by and self._depth == 0 and name in closed_by:
                self._name = ""
                return False
            self._depth += nests
        elif token.kind is HtmlTokenKind.END and (nests or name == self._name):
            if self._depth == 0:
                # The end of what holds it is no part of it.
                is_own = name == self._name
                self._name = ""
                return is_own
            self._depth -= nests
        return True


def _primary(tag: str) -> str:
    """The language of a tag without script and region, empty for what is no tag."""
    try:
        return normalise(tag).partition("-")[0] if tag else ""
    except LanguageTagError:
        return ""
