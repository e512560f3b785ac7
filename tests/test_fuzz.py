"""A fuzz target for every parser: damaged files of its format give a result or an error in words, and nothing else.

Each target starts from a file that is right and cuts, repeats and replaces pieces of it; the number of cases is fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office_files import docx, odt, paragraph, words
from termcheck.baseline import Baseline
from termcheck.config import load_config
from termcheck.corpus.directives import find_directives
from termcheck.corpus.readers import READERS, reader_for
from termcheck.corpus.reading import ReadProblem, parse_document, segment_or_problem
from termcheck.errors import TermcheckError
from termcheck.exchange.format import Languages
from termcheck.exchange.registry import FORMATS
from termcheck.glossary_file import load_glossary
from termcheck.model import SegmentKind
from writable_files import WRITABLE_FILES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASES = 120
_PIECES = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\t",
    b":",
    b"-",
    b"[",
    b"]",
    b"{",
    b"}",
    b'"',
    b"'",
    b"<",
)
_MORE = (
    b">",
    b"&x;",
    b"<!--",
    b"-->",
    b"```",
    b"---\n",
    b"*",
    b"&a",
    b"!!python/object:os.system",
    b"\xf0\x9f\x98\x80",
)

_MARKDOWN = b"""---
title: A page
description: What it says.
---
# Heading {#top}

Text with `code`, [a link](https://example.org "title") and **bold** words.[^1]

<!-- termcheck-ignore TC201: quoted -->
- item one
  - nested {{ name }}
> quote

| a | b |
|---|---|
| c | d |

:::note
Said aside.
:::

<div align="center">Hello <b>there</b></div>

[^1]: A note.
"""
_PAGE = b"""---
title: A page &amp; more
---
<!DOCTYPE html><html lang="en"><head><title>Page</title><meta name="description" content="What it says"></head>
<!-- termcheck-ignore TC201: quoted -->
{% if a > b %}<h1 id="top">Heading</h1>{% endif %}
<p>Text with <code>code</code>, <a href="/x?a=1&amp;b">a link</a>, {{ name }} &lt; <b>bold</b><br>words.
<ul><li>One<ul><li lang="de">Zwei</ul></ul><table><tr><td>cell<td title="hint">next</table>
<pre>pre</pre><script>"<p>"</script><img alt="A dog" src=x><noscript>On <b>scripts</b></noscript>
"""
_XHTML = b"""<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml"><p>if <![CDATA[a < b && {{ x }} <p>]]> ok</p><script>//<![CDATA[
no //]]></script><!-- <![CDATA[ no ]]> --><svg><title>Map</title><text>Street</text></svg>
<p>Press <svg><title>Gear</title></svg>, <math><mi>x</mi></math>.</p><template><p>Cloned</p></template></html>
"""
_RST = b"""=====
Title
=====

.. termcheck-ignore TC201: quoted

Text with ``code``, `a link <https://example.org>`_, :ref:`this <place>`, |sub| and **bold**.

- item
  * deep

.. note:: Said
   aside.

.. figure:: x.png
   :alt: A dog

   Caption

==  ==
a   b
==  ==
c   d
==  ==

+---+---+
| a | b |
+---+---+

.. code::

   no

.. |sub| replace:: words
"""
_DOCX = (
    paragraph("Title", properties='<w:pStyle w:val="Nagwek1"/>')
    + paragraph("Text ", f"<w:hyperlink w:anchor='a'>{words('linked')}</w:hyperlink>", "<w:del><w:r/></w:del>")
    + f"<w:tbl><w:tr><w:tc>{paragraph('Cell')}</w:tc></w:tr></w:tbl>"
    + "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>X</w:instrText></w:r></w:p>"
).encode()
_ODT = (
    b"<text:h>Title</text:h><text:p>Text <text:a xlink:href='a'>linked</text:a><text:note><text:note-body><text:p>Note"
    b"</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>Item</text:p></text:list-item>"
    b"</text:list>"
)
_CONFIG = b"""languages: [en, pl]
source: en
severity: {TC101: note}
exempt:
- {rules: [TC4], reason: law}
max_file_size: 5
"""
_PYPROJECT = b"[tool.termcheck]\nlanguages = ['en', 'pl']\n[tool.termcheck.severity]\nTC101 = 'note'\n"
_GLOSSARY = b"""version: 1
concepts:
  - id: client
    definition: One.
    terms: {en: client, pl: {preferred: [klient], forbidden: [kunda], forms: [klienta]}}
  - {id: customer, terms: {en: [customer, buyer], pl: nabywca}}
distinct: [[client, customer]]
acknowledge:
  - {concepts: [client, customer], lang: pl, reason: one word}
"""
_BASELINE = b"""{"schema": "termcheck/baseline/v1", "findings": [
{"fingerprint": "1", "code": "TC101", "path": "a.md", "lang": "pl", "concepts": [], "message": "m"}]}"""
_TABLE = b'en\tpl\tnote\nclient\tklient\tx\ncustomer|buyer\tnabywca\t"a, b"\n'
_LANGUAGES = Languages("en", "pl")


@st.composite
def damaged(draw: st.DrawFn, right: bytes) -> bytes:
    """The bytes with up to four stretches taken out, doubled, or replaced."""
    content = right
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 30)))
        middle = draw(
            st.just(b"") | st.just(content[start:end] * 3) | st.sampled_from(_PIECES + _MORE) | st.binary(max_size=8)
        )
        content = content[:start] + middle + content[end:]
    return content


def fuzz(right: bytes) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a test damaged variants of the content as ``content``."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
        cases = settings(max_examples=CASES, suppress_health_check=quiet)
        return cases(given(content=damaged(right))(test))

    return decorate


@pytest.mark.parametrize("path", WRITABLE_FILES)
def test_every_format(path: str) -> None:
    @settings(max_examples=CASES, deadline=None)
    @given(damaged(WRITABLE_FILES[path].encode()))
    def reads(content: bytes) -> None:
        _reads(path, content)

    reads()


@pytest.mark.parametrize("suffix", [".md", ".mdx", ".txt"])
@fuzz(_MARKDOWN)
def test_texts(suffix: str, content: bytes) -> None:
    _reads(f"en/a{suffix}", content)


def test_no_reader_is_without_a_target() -> None:
    tried = {*WRITABLE_FILES, "a.docx", "a.odt"}
    assert {reader_for(path.rpartition("/")[2]) for path in tried} == set(READERS)


@fuzz(_PAGE)
def test_pages(content: bytes) -> None:
    _reads("en/a.html", content)


@fuzz(_XHTML)
def test_pages_in_xml(content: bytes) -> None:
    _reads("en/a.xhtml", content)


@fuzz(_RST)
def test_restructured_text(content: bytes) -> None:
    _reads("en/a.rst", content)


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
@pytest.mark.parametrize("inside", [False, True], ids=["archive", "part"])
def test_office_documents(name: str, inside: bool) -> None:
    if inside:
        right = _DOCX if name == "a.docx" else _ODT
    else:
        right = (docx if name == "a.docx" else odt)((_DOCX if name == "a.docx" else _ODT).decode())

    @settings(max_examples=CASES)
    @given(damaged(right))
    def reads(content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        _reads(name, (docx if name == "a.docx" else odt)(text) if inside else content)

    reads()


def _reads(path: str, content: bytes) -> None:
    read = parse_document(content, path, "pl" if "pl" in path else "en")
    found = read if isinstance(read, ReadProblem) else segment_or_problem(read)
    if isinstance(read, ReadProblem) or isinstance(found, ReadProblem):
        assert isinstance(found, ReadProblem)
        assert found.reason
        return
    find_directives(read, found)
    # Cells that are drawn beside each other share their lines.
    apart = [segment for segment in found if not path.endswith(".rst") or segment.kind is not SegmentKind.TABLE_CELL]
    ends = [segment.span.end for segment in apart]
    assert all(end <= following.span.start for end, following in zip(ends, apart[1:], strict=False))
    assert all(0 <= each.span.start < each.span.end <= len(read.text) for each in found)


@fuzz(_CONFIG)
def test_the_configuration(tmp_path: Path, content: bytes) -> None:
    _write_and_load(tmp_path / "termcheck.yaml", content, lambda path: load_config(path.parent, path))


@fuzz(_PYPROJECT)
def test_the_table_in_pyproject(tmp_path: Path, content: bytes) -> None:
    _write_and_load(tmp_path / "pyproject.toml", content, lambda path: load_config(path.parent, path))


@fuzz(_GLOSSARY)
def test_the_glossary(tmp_path: Path, content: bytes) -> None:
    _write_and_load(tmp_path / "glossary.yaml", content, lambda path: load_glossary(path, "glossary.yaml"))


@fuzz(_BASELINE)
def test_the_baseline(tmp_path: Path, content: bytes) -> None:
    _write_and_load(tmp_path / "known.json", content, Baseline.load)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_glossaries_of_other_tools(name: str, tmp_path: Path) -> None:
    form = FORMATS[name]
    glossary = tmp_path / "glossary.yaml"
    glossary.write_bytes(_GLOSSARY)
    written = form.write(load_glossary(glossary, "glossary.yaml"), _LANGUAGES)
    right = written if isinstance(written, bytes) else written.encode()

    @settings(max_examples=CASES)
    @given(damaged(right) | damaged(_TABLE))
    def reads(content: bytes) -> None:
        try:
            form.read(content, _LANGUAGES)
        except TermcheckError as error:
            assert error.message  # noqa: PT017

    reads()


def _write_and_load(path: Path, content: bytes, load: Callable[[Path], object]) -> None:
    path.write_bytes(content)
    try:
        load(path)
    except TermcheckError as error:
        assert error.message  # noqa: PT017
