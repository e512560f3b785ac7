"""XLIFF 2.1 (OASIS, 2018) with the texts that are open in one language, and the corrected file read back.

A file for each file, a unit for each text, the findings as notes. Only the core is used, so that any tool reads it.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.worklist import Correction, Corrections
from termcheck.exchange.xml_source import XML_LANG, children, local_name, namespace, parse_xml, place
from termcheck.languages import LanguageTagError, normalise
from termcheck.model import Severity
from termcheck.report.sanitize import show_controls
from termcheck.report.xml_text import xml_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from termcheck.exchange.worklist import WorkItem, Worklist

CORE = "urn:oasis:names:tc:xliff:document:2.0"

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PRIORITY = {Severity.ERROR: "1", Severity.WARNING: "3", Severity.NOTE: "5"}
# What XML cannot hold, escaped or not, is written as <cp/> (section 4.2.3.1).
_NOT_XML = re.compile("([^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
# An annotation or a pair of codes: its text is text. Others are placeholders, which hold none.
_SPANNING = ("mrk", "pc")


def write_worklist(work: Worklist) -> str:
    """The list as XLIFF. Raises ``ExchangeError`` for an empty one, which the format has no form for."""
    from lxml import etree

    if not work.items:
        raise ExchangeError("there is no open text to correct")
    attributes = {"version": "2.1", "srcLang": work.source, "trgLang": work.lang}
    root = etree.Element(f"{{{CORE}}}xliff", attributes, nsmap={None: CORE})
    for number, (path, items) in enumerate(groupby(work.items, key=lambda item: item.path), start=1):
        file = etree.SubElement(root, f"{{{CORE}}}file", {"id": f"f{number}", "original": xml_text(path)})
        for item in items:
            _add_unit(file, item, work)
    _lay_out(root)
    text: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def read_worklist(raw: bytes) -> Corrections:
    """The targets of an XLIFF 2 file, in its order. Raises ``ExchangeError`` for any other file."""
    root = parse_xml(raw)
    if local_name(root) != "xliff":
        raise ExchangeError(f"this is not XLIFF: it begins with <{local_name(root)}>")
    if namespace(root) != CORE or not root.get("version", "").startswith("2."):
        version = root.get("version", "of no version")
        raise ExchangeError(f"this is XLIFF {version}, not 2", "save the file in the version in which it was exported")
    items = [
        Correction(unit.get("id", ""), file.get("original", ""), text, place(unit))
        for file in children(root, "file")
        for unit in file.iter(f"{{{CORE}}}unit")
        for text in [_target(unit)]
        if text is not None
    ]
    try:
        return Corrections(normalise(root.get("trgLang", "")), tuple(items))
    except LanguageTagError as error:
        raise ExchangeError(f"trgLang: {error.message}", error.hint) from None


def _add_unit(file: Element, item: WorkItem, work: Worklist) -> None:
    from lxml import etree

    unit = etree.SubElement(file, f"{{{CORE}}}unit", {"id": item.id, "name": f"line {item.line}"})
    notes = etree.SubElement(unit, f"{{{CORE}}}notes")
    for number, remark in enumerate(item.remarks, start=1):
        attributes = {
            "id": f"n{number}",
            "appliesTo": "target",
            "category": remark.rule,
            "priority": _PRIORITY[remark.severity],
        }
        etree.SubElement(notes, f"{{{CORE}}}note", attributes).text = xml_text(show_controls(remark.text))
    # Each text is one segment, whatever sentences it has: only the whole is known to termcheck.
    unit.set("canResegment", "no")
    segment = etree.SubElement(unit, f"{{{CORE}}}segment", {"state": "translated"})
    for name, lang, text in (("source", work.source, item.source), ("target", work.lang, item.target)):
        element = etree.SubElement(segment, f"{{{CORE}}}{name}", {XML_LANG: lang, _XML_SPACE: "preserve"})
        _fill(element, text)


def _lay_out(element: Element, depth: int = 1) -> None:
    """Put each element on a line of its own, but nothing into those that hold text."""
    if len(element) and local_name(element) not in ("source", "target", "note"):
        element.text = "\n" + "  " * depth
        for child in element:
            _lay_out(child, depth + 1)
            child.tail = element.text
        element[-1].tail = "\n" + "  " * (depth - 1)


def _fill(element: Element, text: str) -> None:
    from lxml import etree

    first, *rest = _NOT_XML.split(text)
    element.text = first
    for character, following in zip(rest[::2], rest[1::2], strict=True):
        code = etree.SubElement(element, f"{{{CORE}}}cp", {"hex": f"{ord(character):04X}"})
        code.tail = following


def _target(unit: Element) -> str | None:
    """What the unit's targets say one after the other, also when a tool cut them up; None when one is missing."""
    parts: list[str] = []
    for segment in children(unit, "segment", "ignorable"):
        targets = list(children(segment, "target"))
        # What stands between sentences may be left as it is in the source.
        if not targets and local_name(segment) == "ignorable":
            targets = list(children(segment, "source"))
        if not targets:
            return None
        parts.append(_text(targets[0]))
    return "".join(parts)


def _text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if local_name(child) == "cp":
            parts.append(_character(child))
        elif local_name(child) in _SPANNING:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(element: Element) -> str:
    try:
        return chr(int(element.get("hex", ""), 16))
    except (ValueError, OverflowError):
        raise ExchangeError(f"{place(element)}: <cp> names no character") from None
