"""Text in the attributes of HTML elements: descriptions for other programs, labels, hints, what stands on buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.corpus.readers.editable import Editable
from termcheck.corpus.readers.html_text import place
from termcheck.corpus.readers.source_map import MappedText
from termcheck.corpus.segmentation import TextBuilder
from termcheck.model import ProtectedKind, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termcheck.corpus.readers.html_tokens import Attribute
    from termcheck.corpus.readers.masking import Masked
    from termcheck.corpus.segmentation import Draft

_META = {
    "description": SegmentKind.DESCRIPTION,
    "og:description": SegmentKind.DESCRIPTION,
    "twitter:description": SegmentKind.DESCRIPTION,
    "og:title": SegmentKind.TITLE,
    "twitter:title": SegmentKind.TITLE,
}
_SHOWN = frozenset({"title", "placeholder", "aria-label", "label"})
_WITHOUT = frozenset({"link", "style", "script", "template"})
_PRESSED = frozenset({"submit", "button", "reset"})
_CODE_KINDS = frozenset({ProtectedKind.CODE, ProtectedKind.PLACEHOLDER})


def attribute_drafts(source: str, masked: Masked, name: str, found: Mapping[str, Attribute]) -> Iterator[Draft]:
    """The segments of the attributes of one start tag of the element ``name``."""
    for attribute, kind in _texts(name, found).items():
        start, end, _ = found[attribute]
        builder = TextBuilder(masked.text)
        place(builder, source, masked, start, end, markup=True)
        text = MappedText(source)
        text.add(start, end)
        if not builder.only(_CODE_KINDS) and (draft := builder.finish(kind, edit=Editable(text, _escaped))):
            yield draft


def _escaped(text: str) -> str:
    return text.replace('"', "&quot;").replace("'", "&#39;")


def _texts(name: str, found: Mapping[str, Attribute]) -> dict[str, SegmentKind]:
    """The names of the attributes that hold text, and what it is."""
    if name in _WITHOUT:
        return {}
    if name == "meta":
        role = found.get("name") or found.get("property")
        kind = _META.get(role.value.lower()) if role else None
        return {"content": kind} if kind and "content" in found else {}
    shown = _SHOWN
    if name == "input":
        kind_of_input = found["type"].value.lower() if "type" in found else "text"
        shown |= {"alt"} | ({"value"} if kind_of_input in _PRESSED else frozenset())
    elif name == "area":
        shown |= {"alt"}
    elif name == "img" and "alt" in found and found["alt"].value.strip():
        return {}  # The title would stand within the text that the image is in.
    texts = {found[attribute].value: attribute for attribute in found if attribute in shown}
    return dict.fromkeys(texts.values(), SegmentKind.PARAGRAPH)
