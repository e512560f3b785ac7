"""XML from elsewhere, read without ever expanding, loading or running anything that it asks for.

A document type declaration may stand there, as older TBX files have one, but is not loaded. Entities that a file
declares itself are refused: no glossary needs them, and a few lines of them can grow to gigabytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.exchange.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

MAX_DEPTH = 100
"""How deep elements may be nested."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parse_xml(raw: bytes) -> Element:
    """The root element. Raises ``ExchangeError``, with line and column, for what is no XML or is refused."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = (error.msg or "not XML").partition(", line ")[0]
        raise ExchangeError(f"{line}:{column}: this is not well-formed XML: {reason}") from None
    except ValueError as error:
        raise ExchangeError(f"this is not XML: {error}") from None
    doctype = root.getroottree().docinfo.internalDTD
    if doctype is not None and next(iter(doctype.iterentities()), None) is not None:
        raise ExchangeError("the file declares entities, which are not read", "save it without them")
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise ExchangeError(f"elements are nested more than {MAX_DEPTH} deep")


def local_name(element: Element) -> str:
    """The element's name without its namespace; empty for what is no element (an entity reference)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    """The element's namespace; empty when it has none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements with one of these local names, in order."""
    return (child for child in element if local_name(child) in names)


def text_of(element: Element) -> str:
    """All text inside the element, markup gone."""
    return "".join(element.itertext(tag="*"))


def place(element: Element) -> str:
    """``line 12``."""
    return f"line {element.sourceline}"
