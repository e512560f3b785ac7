"""Blocks that dialects add to Markdown: admonitions, tabs, definition lists, abbreviations, expressions in code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segment_checks import check_segments
from termcheck.corpus.reading import parse_document, segment
from termcheck.model import Document, Segment


def read(text: str, path: str = "a.md") -> tuple[Segment, ...]:
    document = parse_document(text.encode(), path, "en")
    assert isinstance(document, Document)
    found = segment(document)
    check_segments(found)
    return found


def texts(text: str, path: str = "a.md") -> list[str]:
    return [each.text for each in read(text, path)]


MKDOCS = """\
Before.

!!! note "A *title*"
    Body of the note,
    wrapped.

    - an item

        its second paragraph

    ```py
    code = "!!! no"
    ```

    ??? tip
        Inside, with a [link][].

    Behind it.

!!! warning

    Behind a blank line.

??? info inline end ""
    Without a title.

=== "Tab *one*"

    In a tab.

=== "Tab two"
\tBy a tab.

- a list

    !!! danger "In a list"
        Its body.

    still the item

[link]: https://example.org

After.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_indented_blocks(newline: str) -> None:
    found = read(MKDOCS.replace("\n", newline))
    assert [each.text for each in found] == [
        "Before.",
        "A title",
        "Body of the note, wrapped.",
        "an item",
        "its second paragraph",
        "Inside, with a link.",
        "Behind it.",
        "Behind a blank line.",
        "Without a title.",
        "Tab one",
        "In a tab.",
        "Tab two",
        "By a tab.",
        "a list",
        "In a list",
        "Its body.",
        "still the item",
        "After.",
    ]
    assert found[2].location().start == (4, 5)
    assert found[2].location().end == (5, 13)
    assert [part.value for part in found[5].protected] == ["https://example.org"]
    assert [each.kind.value for each in found[3:5]] == ["list item", "list item"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!!! Attention, please !!!\n\nText.\n", ["!!! Attention, please !!!", "Text."]),
        ("!!! warning\n\nText.\n", ["!!! warning", "Text."]),
        ("??? what\nText.\n", ["??? what Text."]),
        ("    !!! note\n        code\n", []),
        ('```\n!!! note "x"\n    code\n```\n', []),
        ("Title\n===\n\nText.\n", ["Title", "Text."]),
    ],
)
def test_what_only_looks_like_an_indented_block(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_mdx_has_no_indented_blocks() -> None:
    assert texts('!!! note "x"\n    Body.\n', "a.mdx") == ['!!! note "x" Body.']


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (":::info A title", "A title"),
        ("::: details Click *here* {open}", "Click here"),
        (":::{note} Of MyST", "Of MyST"),
        (":::note Title{#anchor}", "Title"),
        (":::tip[In brackets]", "In brackets"),
        ("/// details | Barred", "Barred"),
        (":::", None),
        ("::: package.module.Class", None),
        ("::::{.css-class #id}", None),
    ],
)
def test_containers(line: str, title: str | None) -> None:
    assert texts(f"Before.\n\n{line}\n\nBody.\n\n:::\n") == ["Before.", *([title] if title else []), "Body."]


def test_definition_lists() -> None:
    text = "Term *one*\n: Definition one\n  goes on\n: Another\n\nTerm two\n\n:   Loose definition\n\n    Second one\n"
    found = read(text)
    assert [each.text for each in found] == [
        "Term one",
        "Definition one goes on",
        "Another",
        "Term two",
        "Loose definition",
        "Second one",
    ]
    assert found[1].location().start == (2, 3)
    assert texts("Ratio\n: no space before it\n") == ["Ratio", "no space before it"]
    assert texts("A line\n:no definition\n") == ["A line :no definition"]


def test_abbreviations() -> None:
    assert texts("HTML.\n\n*[HTML]: Hyper Text\n*[W3C]: Consortium\n") == ["HTML.", "Hyper Text", "Consortium"]


def test_expressions_in_code_tags() -> None:
    text = "Type: <code>{`List<{ a: string }`}[Icon](/icons){` | null>`}</code> or <code>{name}</code>.\n"
    found = read(text, "a.mdx")
    assert found[0].text == "Type: List<{ a: string }Icon | null> or {name}."
    kinds = [(part.kind.value, part.value) for part in found[0].protected if part.kind.value != "html"]
    assert kinds == [
        ("code", "List<{ a: string }Icon | null>"),
        ("link", "/icons"),
        ("placeholder", "{name}"),
        ("code", "{name}"),
    ]


def test_trees_of_files() -> None:
    text = """Before.

<FileTree>

- src
  - components/
    - **Header.astro** an *important* file
    - my_file.md
    - …

</FileTree>

- src
"""
    found = read(text, "a.mdx")
    assert [each.text for each in found] == ["Before.", "Header.astro an important file", "src"]
    assert [(part.kind.value, part.value) for part in found[1].protected] == [("code", "Header.astro")]


@pytest.mark.parametrize(
    "line",
    [
        "[TOC]",
        "[[_TOC_]]",
        '--8<-- "docs/part.md"',
        "{* ../../src/tutorial.py hl[1:3] *}",
        "{!> ../../src/tutorial.py!}",
        "<<< @/snippets/x.js{1,3}",
        "* Contents\n{:toc}",
        "1. TOC\n{: .menu toc}",
        "$$\nE = mc^2\n$$",
        "$$ a_1 + b $$",
    ],
)
def test_commands_and_formulas_are_no_text(line: str) -> None:
    assert texts(f"Before.\n\n{line}\n\nAfter.\n") == ["Before.", "After."]


def test_a_formula_in_a_line() -> None:
    found = read("The value $$x^2$$ grows, and $5 or $$ remain.\n")
    assert found[0].text == "The value $$x^2$$ grows, and $5 or $$ remain."
    assert [part.value for part in found[0].protected] == ["$$x^2$$"]
    assert texts("* An item\n{: .wide}\n") == ["An item"]


def test_ids_of_headings_in_comments() -> None:
    assert [each.anchors for each in read("# A {/* #a-b */}\n\n## B {/*c*/}\n", "a.mdx")] == [("a-b",), ("c",)]


PARTS = st.sampled_from(
    [
        "!!! note",
        '!!! a b "t"',
        "???+ x",
        '=== "T"',
        "    ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\n\n",
        "- ",
        "> ",
        ": ",
        ":::",
        ":::note x",
        "```",
        "word",
        "# ",
        "|",
        "<div>",
        "*[A]: b",
        "<!--",
        "-->",
        "{: #a}",
    ]
)


@given(st.lists(PARTS, max_size=40).map("".join), st.sampled_from(["a.md", "a.mdx"]))
def test_anything(text: str, path: str) -> None:
    read(text, path)


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n    " * 2000,
        "".join("    " * (n % 40) + "!!! note\n" for n in range(2000)),
        ": a\n" * 4_000,
        "a\n: b\n\n" * 2000,
        ":" * 100_000,
        "a\n" + ": " * 15_000,
        (":::" + "." * 3990 + "\n") * 20,
        ("::: a " + " x{" * 1300 + "\n") * 20,
        '=== "' + "x" * 100_000,
        "$$ a" * 20_000,
        "{* " * 20_000,
    ],
)
def test_long_and_deep(text: str) -> None:
    read(text)
