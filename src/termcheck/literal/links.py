"""Where links lead, up to what a translation may change: the language in an address, anchors, spelling variants.

``/docs/start``, ``/pl/docs/start/`` and ``../../pl/docs/start.md#krok`` are the same target; ``en.wikipedia.org`` and
``pl.wikipedia.org`` are the same site, whose pages have names of their own in every language.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from termcheck.literal.items import Item
from termcheck.model import ProtectedKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.model import Protected

LONGEST = 2000
"""Characters of an address from which it is compared as it is."""

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.ASCII)

_HREF = re.compile(r"""\s(?:href|to)\s{0,5}=\s{0,5}(?:"([^"]{1,2000})"|'([^']{1,2000})')""")
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/[\d*a-z_]{1,20}/")
_TAG = re.compile(r"(?P<code>[a-z]{2,3})(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3})){0,2}")
_LANGUAGE_QUERY = re.compile(r"(?:^|&)(?:hl|lang|language|locale|l|setlang)=[\w-]{0,20}")
_ENDING = re.compile(r"\.(?:mdx?|markdown|html?|rst|txt)$")
_SUFFIX = re.compile(r"[._-](?P<tag>[a-z]{2}(?:[-_][a-z]{2,4})?)(?=\.[a-z]{2,5}$|$)")
# Codes of countries, no languages, under which sites keep their versions.
_COUNTRIES = frozenset({"cn", "cz", "dk", "gr", "hk", "il", "jp", "mx", "ua", "us", "vn"})
_LANGUAGE_FOLDERS = frozenset({"i18n", "l10n", "lang", "langs", "languages", "locale", "locales", "translations"})
_DIRECTORY_PAGES = frozenset({"index", "readme", ""})


def link_items(protected: Iterable[Protected]) -> list[Item]:
    """The targets of a cell's links and images, those of HTML tags included."""
    items = []
    for part in protected:
        for value in _targets(part):
            key = link_key(value)
            if key:
                items.append(Item(key, value, part.span))
    return items


def is_localised(added: Item, missing: Item) -> bool:
    """Whether a link leads to a page in another language: on the same site, where pages may have names of their own,
    or to one that is named for a language (``rfc2119-es.txt``).
    """
    one, other = _site(added.text), _site(missing.text)
    if one[0] == other[0] and _host_language(added.text) != _host_language(missing.text):
        return True
    if one[1] and other[1] and one[0] == other[0] and one[1] != other[1]:
        return True
    named = _page_language(added.text)
    return named is not None and named != _page_language(missing.text)


def _page_language(target: str) -> str | None:
    """The language at the end of a page's name, if there is one."""
    match = _SUFFIX.search(target[:LONGEST].partition("?")[0].partition("#")[0].casefold().rpartition("/")[2])
    return match["tag"] if match is not None and is_language(match["tag"]) else None


def _site(target: str) -> tuple[str, tuple[str, ...]]:
    """The host of an address and the languages that its path names."""
    try:
        parts = urlsplit(target[:LONGEST])
    except ValueError:
        return target, ()
    names = parts.path.casefold().split("/")
    host = parts.netloc.casefold()
    own = _host_language(target)
    return host[len(own) + 1 :] if own else host, tuple(name for name in names if is_language(name))


def _host_language(target: str) -> str:
    """What a host starts with that names a language, or a country in its place: ``cn`` of ``cn.example.org``."""
    try:
        labels = urlsplit(target[:LONGEST]).netloc.casefold().split(".")
    except ValueError:
        return ""
    return labels[0] if len(labels) > 2 and (labels[0] in _COUNTRIES or is_language(labels[0])) else ""


def email_items(text: str, protected: Iterable[Protected]) -> list[Item]:
    """The mail addresses in a text and in its links."""
    found = [Item(match[0].rstrip(".").casefold(), match[0], Span(*match.span())) for match in EMAIL.finditer(text)]
    for part in protected:
        for value in _targets(part):
            if value[:7].casefold() == "mailto:":
                address = unquote(value[7 : 7 + LONGEST].partition("?")[0])
                found.append(Item(address.casefold(), address, part.span))
    return found


def _targets(part: Protected) -> Iterator[str]:
    if part.kind in (ProtectedKind.LINK, ProtectedKind.IMAGE):
        yield part.value
    elif part.kind is ProtectedKind.HTML:
        for groups in _HREF.findall(part.value):
            yield "".join(groups)


@lru_cache(maxsize=8192)
def link_key(target: str) -> str:
    """What two links have in common that lead to versions of one place; empty for none to compare."""
    target = target.strip()
    if len(target) > LONGEST:
        return target
    target = _ARCHIVE.sub("", target)
    try:
        parts = urlsplit(target)
    except ValueError:
        return target
    if parts.scheme not in ("", "http", "https"):
        return "" if parts.scheme == "mailto" else target
    if not parts.netloc and not parts.path and not parts.query:
        # A place on the same page, which is named after a heading that is translated.
        return ""
    labels = parts.netloc.casefold().removeprefix("www.").split(".")
    if len(labels) > 2 and is_language(labels[0]):
        return f"//*.{'.'.join(labels[1:])}"
    query = _LANGUAGE_QUERY.sub("", parts.query)
    path = "/".join(_segments(unquote(parts.path).casefold()))
    host = f"//{'.'.join(labels)}/" if parts.netloc else ""
    return host + path + (f"?{query}" if query else "")


def _segments(path: str) -> Iterator[str]:
    """The folders and the page of an address without what names a language, and without the ways to write them."""
    names = [name for name in path.split("/") if name not in ("", ".", "..")]
    for index, name in enumerate(names):
        if is_language(name) or (name in _LANGUAGE_FOLDERS and any(map(is_language, names[index + 1 : index + 2]))):
            continue
        if index == len(names) - 1:
            name = _SUFFIX.sub(lambda match: "" if is_language(match["tag"]) else match[0], _ENDING.sub("", name))
            if name in _DIRECTORY_PAGES:
                continue
        yield name


@lru_cache(maxsize=4096)
def is_language(name: str) -> bool:
    """Whether a part of an address or path is a language tag as sites use them (``pl``, ``pt-br``, ``zh_hans``)."""
    match = _TAG.fullmatch(name)
    if match is None or (len(match["code"]) == 3 and match["code"] == name):
        return False
    import langcodes

    try:
        return langcodes.Language.get(match["code"]).is_valid()
    except ValueError:
        return False
