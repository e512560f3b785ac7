"""Rows of an alignment as a translation memory: TMX 1.4b (LISA OSCAR, 2005)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from termcheck import __version__
from termcheck.report.xml_text import xml_text

if TYPE_CHECKING:
    from termcheck.model import Alignment

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def to_tmx(alignment: Alignment) -> str:
    """The rows that have text in two versions or more, each a translation unit with its least confidence.

    Characters that XML cannot hold become U+FFFD.
    """
    root = ElementTree.Element("tmx", version="1.4")
    ElementTree.SubElement(
        root,
        "header",
        {
            "creationtool": "termcheck",
            "creationtoolversion": __version__,
            "segtype": "paragraph",
            "o-tmf": "termcheck",
            "adminlang": "en",
            "srclang": alignment.source or "*all*",
            "datatype": "plaintext",
        },
    )
    body = ElementTree.SubElement(root, "body")
    for row in alignment.rows:
        present = row.present()
        if len(present) < 2:
            continue
        unit = ElementTree.SubElement(body, "tu", tuid=str(row.index + 1))
        confidence = min(row.cells[lang].confidence for lang in present)
        ElementTree.SubElement(unit, "prop", type="x-confidence").text = f"{confidence:.2f}"
        for lang in present:
            variant = ElementTree.SubElement(unit, "tuv", {_LANG: lang})
            ElementTree.SubElement(variant, "seg").text = xml_text(row.cells[lang].text)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
