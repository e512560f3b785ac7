"""What the elements of HTML are to a reader of its text (https://html.spec.whatwg.org/multipage/indices.html)."""

from __future__ import annotations

from termcheck.model import SegmentKind

KINDS = {
    **{f"h{level}": SegmentKind.HEADING for level in range(1, 7)},
    "li": SegmentKind.LIST_ITEM,
    "td": SegmentKind.TABLE_CELL,
    "th": SegmentKind.TABLE_CELL,
    "blockquote": SegmentKind.QUOTE,
}
"""What the text right in an element is, where it is no paragraph."""

BLOCKS = frozenset(
    [
        *("address", "article", "aside", "audio", "blockquote", "body", "caption", "center", "col", "colgroup", "dd"),
        *("details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu"),
        *("meta", "nav", "noscript", "object", "ol", "optgroup", "option", "p", "param", "picture", "section"),
        *("select", "source", "summary", "svg", "table", "tbody", "td", "template", "tfoot", "th", "thead", "title"),
        *("tr", "track", "ul", "video"),
        # Of pictures in SVG, what they say.
        *("desc", "text"),
    ]
)
"""Elements that end the text before them."""

CONTROLS = frozenset({"button", "input", "label"})
"""Parts of forms, whose texts stand for themselves."""

LISTS = frozenset({"ul", "ol", "menu"})

OPAQUE = frozenset({"script", "style", "pre", "textarea", "math", "metadata"})
"""No text of the page; without their content."""

RAW = frozenset({"iframe", "noembed", "noframes", "plaintext", "xmp"})
"""Elements in which tags are none, and that no browser shows as text of the page."""

CODE = frozenset({"code", "samp", "kbd", "tt", "var"})
"""Elements whose text is code."""

INLINE = frozenset({"svg", "math"})
"""Pictures and formulas, which do not end the text that they stand in."""

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
"""Elements without content, which have no end tag."""
