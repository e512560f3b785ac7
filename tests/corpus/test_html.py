"""HTML pages: what is text of them, what is protected, and where it stands."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import NEWLINES, folded, raw
from segment_checks import check_segments
from termcheck.corpus.directives import find_directives
from termcheck.corpus.discover import discover
from termcheck.corpus.readers import reader_of
from termcheck.corpus.reading import parse_document, segment_or_problem
from termcheck.model import Document, ProtectedKind, Segment

if TYPE_CHECKING:
    from pathlib import Path


def read(content: str, lang: str = "en", path: str = "en/a.html") -> tuple[Segment, ...]:
    document = parse_document(content.encode(), path, lang)
    assert isinstance(document, Document)
    found = segment_or_problem(document)
    assert isinstance(found, tuple)
    check_segments(found)
    return found


def shown(content: str, lang: str = "en") -> list[str]:
    return [segment.text for segment in read(content, lang)]


def kinds(content: str) -> list[tuple[str, int, str]]:
    return [(segment.kind.value, segment.level, segment.text) for segment in read(content)]


def protected(content: str, lang: str = "en") -> list[tuple[str, str, str]]:
    (segment,) = read(content, lang)
    return [(item.kind.value, segment.text[slice(*item.span)], item.value) for item in segment.protected]


def test_kinds_and_levels() -> None:
    page = """<!DOCTYPE html><html lang="en"><head><title>A &amp; B</title>
<meta name="description" content="What it &quot;says&quot;"><meta property="og:title" content="Shared"></head><body>
<h1>Top</h1><div><p>Said</div>
<ul><li>One<ul><li>Deep</ul><li><p>Two</p></ul>
<blockquote><p>Quoted</blockquote>
<table><caption>Numbers</caption><tr><th>Head<td>Cell<tr><td>Next</table>
<h3>Low</h2>after</body></html>"""
    assert kinds(page) == [
        ("title", 0, "A & B"),
        ("description", 0, 'What it "says"'),
        ("title", 0, "Shared"),
        ("heading", 1, "Top"),
        ("paragraph", 0, "Said"),
        ("list item", 1, "One"),
        ("list item", 2, "Deep"),
        ("list item", 1, "Two"),
        ("quote", 0, "Quoted"),
        ("paragraph", 0, "Numbers"),
        ("table cell", 0, "Head"),
        ("table cell", 0, "Cell"),
        ("table cell", 0, "Next"),
        ("heading", 3, "Low"),
        ("paragraph", 0, "after"),
    ]


def test_what_is_no_text() -> None:
    page = """<script>if (a < b) document.write("<p>No</p>")</script><style>p { }</style><!-- <p>no</p> -->
<pre>code</pre><svg><metadata>no</metadata></svg><math><mi>no</mi></math><iframe>no</iframe>
<textarea>no</textarea><p><code>only code</code></p><p>{{ only }}</p><p>Yes</p><?php echo "<p>no</p>"; ?>"""
    assert shown(page) == ["Yes"]


def test_text_in_attributes() -> None:
    page = """<nav aria-label="Menu"></nav><form title="Sign up" aria-label="Sign up"><input placeholder="Your name">
<input type="submit" value="Send"><input value="typed"><textarea placeholder="Message">x</textarea>
<select><optgroup label="Large"><option>One<option>Two</select><label>Agree <input type=checkbox></label>
<button title="Hint">Press</button></form><link rel=alternate title="Feed"><img src="a.png" alt="A dog" title="x">"""
    assert shown(page) == [
        *("Menu", "Sign up", "Your name", "Send", "Message", "Large", "One", "Two", "Agree", "Hint", "Press"),
        "A dog",
    ]


def test_inline_elements_are_protected() -> None:
    page = '<p>A <a href="/x?a=1&amp;b=2" title="t">link &lt;x&gt;</a>, <code>x &amp; y</code>, <b>bold</b>, {{ name }}'
    assert protected(f'{page} <img src="i.png" alt="a cat"> %s</p>') == [
        ("link", "link <x>", "/x?a=1&b=2"),
        ("code", "x & y", "x & y"),
        ("html", "", "<b>"),
        ("html", "", "</b>"),
        ("placeholder", "{{ name }}", "{{ name }}"),
        ("image", "a cat", "i.png"),
        ("placeholder", "%s", "%s"),
    ]


def test_a_link_may_hold_blocks() -> None:
    found = read('<a href="/x"><h2>Card</h2><p>Text</p></a><p>After</p>')
    assert [[item.value for item in each.protected] for each in found] == [["/x"], ["/x"], []]


def test_languages_and_what_is_not_translated() -> None:
    page = """<html lang="en"><ul><li><a href=/en/ hreflang=en>English</a><li><a href=/pl/ hreflang=pl>Polski</a></ul>
<p lang="fr">Bonjour<div lang="en-GB">Same</div><div lang="de"><div>Innen</div>Rest</div><li lang=de>Eins<li>Two
<p translate="no">Kept</p><p class="a notranslate">Kept</p><p lang="?">Said</p>"""
    assert shown(page) == ["Same", "Two", "Said"]
    text = '<p>The <i lang="fr">mise en place</i> of <span translate="no">Acme 3</span>.</p>'
    assert protected(text) == [("html", "mise en place", '<i lang="fr">'), ("code", "Acme 3", "Acme 3")]
    assert shown('<p lang="fr">Bonjour</p>', "fr") == ["Bonjour"]


def test_templates_and_front_matter() -> None:
    page = """---
title: Home &amp; garden
layout: x
---
{% if page.a > 1 %}
<p {% if x > y %}class="a>b"{% endif %}>Hello <a href="{{ base | t: "q" }}">you</a>{{#if a}} there{{/if}}</p>
{% comment %}<p>no</p>{% endcomment %}{# no #}{{! no }}{% raw %}<p>{{ kept }} words</p>{% endraw %}
{{ if .Site }}<%= no %>{{ end }}<p>{{{ html }}} shown, {{ open</p>
"""
    found = read(page)
    assert [segment.text for segment in found] == [
        "Home & garden",
        "Hello you there",
        "{{ kept }} words",
        "{{{ html }}} shown, {{ open",
    ]
    link = next(item for item in found[1].protected if item.kind is ProtectedKind.LINK)
    assert link.value == '{{ base | t: "q" }}'
    assert found[1].location().start == (6, 41)
    assert shown("---\na: b\n---\nText {% x %} and\n{% y %}\nmore") == ["Text and more"]


def test_breaks_and_anchors() -> None:
    assert shown("<p>One<br>more<br>\n<br/>Two") == ["One more", "Two"]
    section, heading = read('<p id=a>Text</p><section id="s"><h2 id="h">Head <a name="n"></a></h2>')
    assert (section.anchors, heading.anchors) == ((), ("s", "h", "n"))


def test_tag_soup() -> None:
    assert shown("</p>a</b><p>b < c & d &notit; <3</li></td> e<p>f</ul><b") == ["a", "b < c & d ¬it; <3", "e", "f"]
    assert shown("<h1>never closed<p>text<table><td>x</h2>") == ["never closed", "text", "x"]


def test_xhtml() -> None:
    page = (
        '<?xml version="1.0"?>\n<html xmlns="x"><head><script src="a"/><title>T</title></head><p>Text<br/>b</p></html>'
    )
    assert [each.text for each in read(page, path="en/a.xhtml")] == ["T", "Text b"]


def test_pictures_and_templates_say_something() -> None:
    page = """<svg aria-label="Menu"><title>Map</title><desc>Of the <b>town</b></desc><style>p { }</style>
<g><path d="x"/><text x="1">Main <tspan>street</tspan></text></g></svg><title>Page</title>
<template><p>Cloned</p></template>"""
    assert kinds(page) == [
        *(("paragraph", 0, text) for text in ("Menu", "Map", "Of the town", "Main street")),
        ("title", 0, "Page"),
        ("paragraph", 0, "Cloned"),
    ]


def test_pictures_and_formulas_amid_a_text() -> None:
    page = "<p>Press <svg><title>Gear</title><path/></svg>, then <math><mi>x</mi></math> is set.</p>"
    assert shown(page) == ["Press , then is set."]
    assert protected(page) == [("html", "", "<svg>"), ("html", "", "<math>")]


def test_cdata() -> None:
    page = """<?xml version="1.0"?>
<html><p>if <![CDATA[a < b && {{ x }} &lt; <p>
no]]> ok</p><script>//<![CDATA[
no //]]></script><!-- <![CDATA[ no ]]> --><p>\U0001f600 z</p><p>y <![CDATA[ open</p></html>"""
    found = read(page, path="en/a.xhtml")
    assert [each.text for each in found] == ["if a < b && {{ x }} &lt; <p> no ok", "\U0001f600 z", "y"]
    assert [item.value for item in found[0].protected] == ["{{ x }}"]
    assert [raw(found[0], word) for word in ("&&", "&lt;", "ok")] == ["&&", "&lt;", "ok"]
    assert tuple(found[1].location().start) == (4, 46)
    assert shown("<p>a <![CDATA[ no ]]> b</p>") == ["a b"]


def test_without_scripts() -> None:
    (segment,) = read("<noscript>Turn <b>scripts</b> on &amp; go</noscript>")
    assert (segment.text, raw(segment, "&")) == ("Turn scripts on & go", "&amp;")


def test_comments_that_leave_findings_alone() -> None:
    page = """<p>a</p><!-- termcheck off: law --><p>b</p><!-- termcheck on -->
<!-- termcheck-ignore TC201: quoted --><p>c</p><script>"<!-- termcheck off -->"</script><pre><!-- {{ x }} --></pre>"""
    document = parse_document(page.encode(), "en/a.html", "en")
    assert isinstance(document, Document)
    found = find_directives(document, read(page))
    assert [ignore.reason for ignore in found.ignores] == ["law", "quoted"]
    assert not found.problems
    assert list(reader_of("html").comments(page))[-1][1] == " {{ x }} "


def test_layouts(tmp_path: Path) -> None:
    for name in ("index.html", "index.pl.html", "de/a.htm", "pl/a.htm", "ko/b.xhtml", "tr/b.xhtml", "_site/de/a.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = discover(tmp_path)
    assert {document.key: dict(document.versions) for document in found.sets} == {
        "a": {"de": "de/a.htm", "pl": "pl/a.htm"},
        "b": {"ko": "ko/b.xhtml", "tr": "tr/b.xhtml"},
        "index": {"en": "index.html", "pl": "index.pl.html"},
    }


PARTS = [
    "a",
    "Zażółć",
    "日本",
    "e\u0301",
    "\U0001f600",
    "7",
    " ",
    "\t",
    "\n",
    '"',
    "'",
    "=",
    "-",
    "%",
    "/",
    ">",
    "&amp;",
]
WORDS = st.lists(
    st.sampled_from([*PARTS, "&lt;", "&#x1F600;", "&nbsp;", "& ", "&&", "&eacute"]),
    min_size=1,
    max_size=10,
).map(lambda parts: "x" + "".join(parts) + "x")
BLOCKS = st.sampled_from(["<p>{}</p>", "<div>{}</div>", "<li>{}", "<h2>{}</h2>", "<p>{}", "<!-- c --><td>{}<hr>"])


@given(st.lists(st.tuples(BLOCKS, WORDS), max_size=6), NEWLINES, st.booleans())
def test_exact_places(blocks: list[tuple[str, str]], newline: str, bom: bool) -> None:
    page = "".join(block.format(words) for block, words in blocks).replace("\n", newline)
    found = read(("\ufeff" if bom else "") + page)
    assert [folded(each.text) for each in found] == [folded(html.unescape(words)) for _, words in blocks]
    for segment in found:
        stands = segment.document.text[segment.span.start : segment.span.end]
        assert folded(html.unescape(stands)) == folded(segment.text)
        place = segment.document.position(segment.span.start)
        lines = re.split("\r\n|\n", segment.document.text)
        assert lines[place.line - 1][place.column - 1] == stands[0]


@given(st.text(st.sampled_from("ab<>/=\"'!-&;{}% \n\r?pli#x"), max_size=60))
def test_anything(text: str) -> None:
    read(text)
    list(reader_of("html").comments(text))


PIECES = """< <!-- <a_ <a_b=' </a <div> <p_a <b><p>x <ul><li>x <a_href=x>y <br>x<br> & {{ {% {%_raw_%} <?php_ <% {#_
<table><td>x <code>x </p></div> <p_title='x'> <li_lang=fr>"""


@pytest.mark.parametrize("piece", [piece.replace("_", " ") for piece in PIECES.split()])
def test_long_pages(piece: str) -> None:
    read(piece * (30_000 // len(piece)))
