"""Small documents of office programs, put together from their XML."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:mc="mc" xmlns:wps="wps"'
_O = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d" xmlns:xlink="x" xmlns:style="s" xmlns:svg="v"'
_TYPES = """<Types><Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
STYLES = """<w:style w:styleId="Nagwek1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="My title"/><w:basedOn w:val="Nagwek1"/></w:style>
<w:style w:styleId="Tytul"><w:name w:val="Title"/></w:style><w:style w:styleId="Spis1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Cytat"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="Pre"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:styleId="L2"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="C"><w:name w:val="HTML Code"/></w:style>"""


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of parts, always of the same bytes."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def docx(
    body: str, *, notes: str = "", links: Mapping[str, str] | None = None, more: Mapping[str, str] | None = None
) -> bytes:
    relations = "".join(f'<Relationship Id="{key}" Target="{value}"/>' for key, value in (links or {}).items())
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "word/document.xml": f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f"<w:styles {_W}>{STYLES}</w:styles>",
            "word/footnotes.xml": f"<w:footnotes {_W}>{notes}</w:footnotes>",
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
            **(more or {}),
        }
    )


def odt(body: str, *, styles: str = "", more: Mapping[str, str] | None = None) -> bytes:
    content = (
        f"<office:document-content {_O}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": "x", "content.xml": content, **(more or {})})


def words(text: str, properties: str = "") -> str:
    """A run of characters in a DOCX."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of a DOCX; runs that are no XML are words."""
    content = "".join(run if run.startswith("<") else words(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"
