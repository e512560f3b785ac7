"""Markdown."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segment_checks import check_segments
from termcheck.corpus.discover import discover
from termcheck.corpus.reading import read_document, segment
from termcheck.model import Document, ProtectedKind, Segment, SegmentKind

if TYPE_CHECKING:
    from pathlib import Path


def read(text: str, reader: str = "markdown") -> tuple[Segment, ...]:
    segments = segment(Document("a.md", "en", text, reader))
    check_segments(segments)
    return segments


def texts(text: str, reader: str = "markdown") -> list[str]:
    return [item.text for item in read(text, reader)]


def raw(item: Segment) -> str:
    return item.document.text[item.span.start : item.span.end]


def protected(item: Segment) -> list[tuple[str, str, str]]:
    return [(part.kind.value, item.text[part.span.start : part.span.end], part.value) for part in item.protected]


def test_kinds_and_levels() -> None:
    text = """---
title: A title
description: What it is
---

# One

Setext
======

A paragraph.

- item
  - nested

    second paragraph
1. number

> A quote

> - item in a quote
>
> more quote

| Head | Row |
|------|-----|
| cell | 7   |

```
code
```

    indented code

<!-- comment -->

[ref]: https://example.org

***
"""
    assert [(item.kind, item.level, item.text) for item in read(text)] == [
        (SegmentKind.TITLE, 0, "A title"),
        (SegmentKind.DESCRIPTION, 0, "What it is"),
        (SegmentKind.HEADING, 1, "One"),
        (SegmentKind.HEADING, 1, "Setext"),
        (SegmentKind.PARAGRAPH, 0, "A paragraph."),
        (SegmentKind.LIST_ITEM, 1, "item"),
        (SegmentKind.LIST_ITEM, 2, "nested"),
        (SegmentKind.LIST_ITEM, 2, "second paragraph"),
        (SegmentKind.LIST_ITEM, 1, "number"),
        (SegmentKind.QUOTE, 0, "A quote"),
        (SegmentKind.LIST_ITEM, 1, "item in a quote"),
        (SegmentKind.QUOTE, 0, "more quote"),
        (SegmentKind.TABLE_CELL, 0, "Head"),
        (SegmentKind.TABLE_CELL, 0, "Row"),
        (SegmentKind.TABLE_CELL, 0, "cell"),
        (SegmentKind.TABLE_CELL, 0, "7"),
    ]


def test_inline_markup_goes_and_targets_stay() -> None:
    (only,) = read('An *emphatic* **word**, ~~gone~~, `code  x`, [a link](b.md "t") and ![alt](c.png).')
    assert only.text == "An emphatic word, gone, code x, a link and alt."
    assert protected(only) == [
        ("code", "code x", "code  x"),
        ("link", "a link", "b.md"),
        ("image", "alt", "c.png"),
    ]


def test_places_inside_a_line() -> None:
    text = "> * An **ó &amp; \\*word\\*** <https://example.org/ż>\n"
    (only,) = read(text)
    assert only.text == "An ó & *word* https://example.org/ż"
    for word, stands in (("ó", "ó"), ("&", "&amp;"), ("*word*", "\\*word\\*"), ("https", "https")):
        start = only.text.index(word)
        span = only.raw_span(start, start + len(word))
        assert text[span.start : span.end] == stands
    assert raw(only) == text[4:-2]
    assert protected(only) == [("link", "https://example.org/ż", "https://example.org/ż")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_hard_wrapped_lines_in_containers(newline: str) -> None:
    text = newline.join(["- > one", "  > two  ", "  > *three*\\", "lazy `a", "  > b`", ""])
    (only,) = read(text)
    assert only.text == "one two three lazy a b"
    assert only.location().start == (1, 5)
    assert only.location(only.text.index("lazy"), only.text.index("lazy") + 4).start == (4, 1)
    assert protected(only)[0][1] == "a b"


def test_links_by_reference_and_nested_images() -> None:
    first, second = read("See [*the* text][x], [x] and [![pic](p.png)](t.md).\n\n[x]: <a b.md>\n\nEnd [no][link].\n")
    assert first.text == "See the text, x and pic."
    assert protected(first) == [
        ("link", "the text", "a b.md"),
        ("link", "x", "a b.md"),
        ("image", "pic", "p.png"),
        ("link", "pic", "t.md"),
    ]
    assert second.text == "End [no][link]."


def test_html_inside_a_line() -> None:
    (only,) = read('Press <kbd>Ctrl</kbd>, <b title="a > b">now</b><br>or <!-- not --> never &nbsp;&#x1F600;.')
    assert only.text == "Press Ctrl, now or never \u00a0\U0001f600."
    assert ("code", "Ctrl", "Ctrl") in protected(only)
    assert ("html", "", '<b title="a > b">') in protected(only)


def test_heading_places() -> None:
    segments = read("# a # b ##\n\n - ## x#\n### \\# `y` ### \n# C\\# #")
    assert [item.text for item in segments] == ["a # b", "x#", "# y", "C#"]
    assert [raw(item) for item in segments] == ["a # b", "x#", "\\# `y", "C\\#"]


@pytest.mark.parametrize(
    ("line", "text", "anchors", "reader"),
    [
        ("# Install {#install}", "Install", ("install",), "markdown"),
        ("## In stall {: #in-stall .note }", "In stall", ("in-stall",), "markdown"),
        ("## A {#a .b #c} ##", "A", ("a", "c"), "markdown"),
        ("## A {.b}", "A", (), "markdown"),
        ("Setext {#s}\n---", "Setext", ("s",), "markdown"),
        ("## Kept {name}", "Kept {name}", (), "markdown"),
        ('## <a id="x"></a>Old way', "Old way", ("x",), "markdown"),
        ("## Learn {/*learn*/}", "Learn", ("learn",), "mdx"),
        ("## Learn {#learn}", "Learn", ("learn",), "mdx"),
    ],
)
def test_anchors(line: str, text: str, anchors: tuple[str, ...], reader: str) -> None:
    (only,) = read(line + "\n", reader)
    assert (only.text, only.anchors) == (text, anchors)


def test_table_cells() -> None:
    text = """> a \\| b | *c \\| d* | |
> --- | --- | ---
> x | y | z | more
>
> | | p |
> |-|-|
> | **q** | `r` s\\\\ |
"""
    segments = read(text)
    assert [item.text for item in segments] == ["a | b", "c | d", "x", "y", "z", "p", "q", "r s\\"]
    assert [raw(item) for item in segments] == ["a \\| b", "c \\| d", "x", "y", "z", "p", "q", "r` s\\\\"]
    assert {item.kind for item in segments} == {SegmentKind.TABLE_CELL}
    assert [item.location().start.line for item in segments] == [1, 1, 3, 3, 3, 5, 7, 7]


def test_code_alone_is_no_text_but_a_heading_of_code_is() -> None:
    text = "# `main`\n\n`apt-get install {{pkg}}`\n\n- `a` and `b`\n- `a`, `b`\n\n{{ variable }}\n"
    assert texts(text) == ["main", "a and b"]


def test_text_without_words_is_none() -> None:
    assert texts("***\n\n---\n\n| ✓ | — | x |\n|-|-|-|\n\n:+1\n") == ["x", ":+1"]


def test_emphasis_next_to_letters_without_spaces() -> None:
    assert texts('**"기여자"**는 **모두**입니다. 그는**"사람"**이다.\n\n**です。**また\n') == [
        '"기여자"는 모두입니다. 그는"사람"이다.',
        "です。また",
    ]
    assert texts('a**"b"**c\n') == ['a**"b"**c']


def test_html_blocks() -> None:
    text = """<aside markdown="1">
  <img src="x" alt="no">
  <i>
  One *quoted*
  text.
  </i>
  <p class="a>b">Two &amp; [link](x)</p>
  <!-- <p>never</p> -->
</aside>

<h3>Heading</h3>
<ul><li>Item<li>Item two</ul>
<table><tr><td>Cell</td></tr></table>
<blockquote>Quote</blockquote>
<pre>code <b>x</b></pre>
<script>
var a = "<p>text</p>";
</script>
<svg/><p>After</p>
<style>never closed
"""
    assert [(item.kind.value, item.level, item.text) for item in read(text)] == [
        ("paragraph", 0, "One quoted text."),
        ("paragraph", 0, "Two & link"),
        ("heading", 3, "Heading"),
        ("list item", 1, "Item"),
        ("list item", 1, "Item two"),
        ("table cell", 0, "Cell"),
        ("quote", 0, "Quote"),
        ("paragraph", 0, "After"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>a\n<!-- b\nc\n", ["a"]),
        ('<div class="\nx\n', []),
        ("<p>a\n<script>b\n", ["a"]),
        ("<p>a < b\n", ["a < b"]),
    ],
)
def test_html_blocks_that_do_not_close(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_shortcodes_are_left_out() -> None:
    text = """{% include note.html
   text="no" %}
Text with {% raw %}a{% endraw %} tag and {{ site.title }}.
{: .class #id}

{{< hint info >}}
Inside, a [link]({{< relref "page" >}}) and ![]({{ relUrl "/a b.png" }}).
{{< /hint >}}

{% comment %}
never
{% endcomment %}
{{< highlight go >}}
code()
{{< /highlight >}}
{{/* note */}}
{% highlight %} open

Last *word*{: .x} {% unclosed
"""
    segments = read(text)
    assert [item.text for item in segments] == [
        "Text with a tag and {{ site.title }}.",
        "Inside, a link and .",
        "open",
        "Last word {% unclosed",
    ]
    assert ("placeholder", "", "{% raw %}") in protected(segments[0])
    assert ("placeholder", "{{ site.title }}", "{{ site.title }}") in protected(segments[0])
    assert protected(segments[1]) == [
        ("link", "link", '{{< relref "page" >}}'),
        ("image", "", '{{ relUrl "/a b.png" }}'),
    ]


def test_admonitions_and_alerts() -> None:
    text = """:::note[Did you know?]{icon="x"}
Body one.
:::

/// warning | Careful
Body two.
///

> [!NOTE]
> Body three.

::: tip
Body four.
:::
"""
    assert texts(text) == ["Did you know?", "Body one.", "Careful", "Body two.", "Body three.", "Body four."]


def test_footnotes() -> None:
    first, note, more = read("Text[^1] and [^none].\n\n[^1]: The *note*.\n\n    More of it.\n")
    assert first.text == "Text and [^none]."
    assert protected(first) == [("placeholder", "", "[^1]")]
    assert (note.text, raw(note)) == ("The note.", "The *note*.")
    assert more.text == "More of it."


def test_nothing_is_read_in_code() -> None:
    text = """````md
```
{% include %}
````

~~~
import x
~~~

- ```
  :::note
  ```
- item `{% x %}` and ``{{< y >}} ` z``
"""
    (only,) = read(text)
    assert only.text == "item {% x %} and {{< y >}} ` z"
    assert [value for _, _, value in protected(only)] == ["{% x %}", "{{< y >}} ` z"]


def test_unclosed_fence_hides_the_rest() -> None:
    assert texts("a\n\n```\nb\n\n# c\n") == ["a"]


def test_private_use_characters_survive() -> None:
    assert texts("a \U000f0041 b [x](\U000f0041)\n") == ["a \U000f0041 b x"]


def test_deep_nesting_is_cut_off() -> None:
    assert texts("> " * 50 + "deep\n") == ["deep"]
    assert texts("> " * 5000 + "too deep\n\nafter\n") == ["after"]
    assert texts("[" * 5000 + "x" + "]" * 5000) == ["[" * 5000 + "x" + "]" * 5000]


PIECES = st.sampled_from([
    "word", "ó", "e\u0301", "\u1112\u1161\u11ab", "日本", "\U0001f600", "*", "**", "_", "`", "``", "[", "]",
    "(x)", "![", "<b>", "</b>", "<!--", "-->", "<div>", "</div>", "&amp;", "&", "\\", "\\*", "{", "}", "{{",
    "}}", "{%", "%}", "{#a}", "{: x}", "|", "-", "- ", "1. ", "> ", "# ", "=", "---", "```", "~~~", "~~",
    ":::", "///", "[^1]", "[^1]: ", "[a]: b", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "import x",
    "export {", "<A b={c}>", "</A>", "{/* x */}", "%s", "\ufeff", "\u2028", "\x0c", "https://a.b",
    "<https://a.b>", "{/*", "'", "\"", "<", ">", "/>", "<pre>", "+++", "\u00a0",
])  # fmt: skip


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["markdown", "mdx"]))
def test_any_markdown(text: str, reader: str) -> None:
    read(text, reader)


WORDS = st.lists(
    st.sampled_from(["alpha", "żółw", "cafe\u0301", "日本", "\U0001f600x", "한국어", "40"]), min_size=1, max_size=6
)
INLINE = WORDS.map(" ".join).flatmap(
    lambda words: st.sampled_from(
        [
            (words, words),
            (f"**{words}** end", f"{words} end"),
            (f"see [{words}](x.md), `c`", f"see {words}, c"),
            (f"a &lt; {words} \\# b", f"a < {words} # b"),
            (f"<b>{words}</b> z", f"{words} z"),
        ]
    )
)
BLOCK = st.sampled_from(
    ["{}", "# {}", "- {}", "1. {}", "> {}", "> - {}", "### {} ###", "- > {}", "{}\n---", "<p>\n{}\n</p>"]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(BLOCK, INLINE), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]))
def test_known_text_is_found_where_it_stands(blocks: list[tuple[str, tuple[str, str]]], newline: str) -> None:
    markdown = "\n\n".join(frame.format(inline) + "\n\n<!-- -->" for frame, (inline, _) in blocks)
    segments = read(markdown.replace("\n", newline))
    assert [item.text for item in segments] == [unicodedata.normalize("NFC", shown) for _, (_, shown) in blocks]
    for item, (_, (inline, _)) in zip(segments, blocks, strict=True):
        assert raw(item) in inline.replace("\n", newline)
        # The span starts and ends with a character of the text, so markup that is open there is cut in two.
        whole = raw(item) + ("`" if inline.endswith("`") else "")
        assert read(whole)[0].text.replace("*", "").replace("[", "") == item.text


@settings(max_examples=40)
@given(st.text(alphabet=st.sampled_from("ab|\\`* \t"), max_size=30), st.sampled_from(["", "> ", "- "]))
def test_any_table_row(row: str, prefix: str) -> None:
    indent = prefix if prefix != "- " else "  "
    segments = read(f"{prefix}| h | i |\n{indent}|---|---|\n{indent}{row}\n{indent}a | b\n")
    assert [item.text for item in segments[:2]] == ["h", "i"]


@pytest.mark.parametrize(
    "unit", ["[a", "![a](", "*a_ ", "`a", "{% ", "{", "{{ ", "<a ", "<A b={", "a\n\n", "> a\n\n", "a|b\n", "<div>\n",
             "export {\n\n", "{: ", ":::[", "e\u0301", "[^", "&", "<!-- ", "{'", "http://"]
)  # fmt: skip
@pytest.mark.parametrize("reader", ["markdown", "mdx"])
@pytest.mark.timeout(60)
def test_hostile_text_comes_to_an_end(unit: str, reader: str) -> None:
    segment(Document("a.md", "en", "[^1]: x\n\n" + unit * 5000, reader))


@pytest.mark.shared_data
@pytest.mark.parametrize("folder", ["opensource.guide", "starlight", "small-layouts"])
def test_real_documents(shared_data: Path, folder: str) -> None:
    root = shared_data / "data" / folder
    count = 0
    for document_set in discover(root).sets[::4]:
        for lang, path in document_set.versions.items():
            document = read_document(root, path, lang, max_size=10**6)
            assert isinstance(document, Document)
            segments = segment(document)
            check_segments(segments)
            count += len(segments)
            for item in segments:
                code = [part.span for part in item.protected if part.kind is ProtectedKind.CODE]
                for mark in ("{%", "{{<", ":::", "<div", "</", "import {"):
                    at = item.text.find(mark)
                    assert at < 0 or any(span.start <= at < span.end for span in code), item
    assert count > 1000
