"""MDX."""

from __future__ import annotations

import pytest

from segment_checks import check_segments
from termcheck.corpus.readers.mdx import module_block_end
from termcheck.corpus.reading import segment
from termcheck.model import Document, Segment


def read(text: str) -> tuple[Segment, ...]:
    segments = segment(Document("a.mdx", "en", text, "mdx"))
    check_segments(segments)
    return segments


def texts(text: str) -> list[str]:
    return [item.text for item in read(text)]


def test_modules_components_and_expressions() -> None:
    text = """---
title: T
---
import { Tabs, TabItem } from '@astrojs/starlight/components';
import x from 'y'

export const items = [
  { a: 1 },

  { a: 2 },
];

# Using {frontmatter.title}

An export, and an import too.

<Tabs syncKey="a > b" items={[{ a: "}" }, '>']}>
\t<TabItem label="Stars">Sirius, Vega</TabItem>
\t<TabItem label="Moons">Io, {/* no */}Europa{' '}and more</TabItem>
</Tabs>

<LinkCard
\ttitle="not text"
\thref="/x/"
/>

<Card>

    Indented *text* in <b>a card</b>.

</Card>

<>
Fragment
</>

Last <Badge text="New" /> word, 2 < 3, <https://a.b>, [x](<c d.md>) and `<Tabs>`.
"""
    segments = read(text)
    assert [item.text for item in segments] == [
        "T",
        "Using {frontmatter.title}",
        "An export, and an import too.",
        "Sirius, Vega",
        "Io, Europa and more",
        "Indented text in a card.",
        "Fragment",
        "Last word, 2 < 3, https://a.b, x and <Tabs>.",
    ]
    values = [part.value for item in segments for part in item.protected]
    assert '<Badge text="New" />' in values
    assert "{frontmatter.title}" in values
    assert "c d.md" in values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {b} c", ["a {b} c"]),
        ("a {b\nc} d", ["a d"]),
        ("a{' '}b", ["a b"]),
        ("a \\{b c", ["a {b c"]),
        ("a {b c", ["a {b c"]),
        ("a } b {c}} d", ["a } b {c}} d"]),
        ("it's {it's} ok", ["it's {it's} ok"]),
        ("x {f({a: '}'})} y", ["x {f({a: '}'})} y"]),
        ("x {a /* } */ b} y", ["x {a /* } */ b} y"]),
        ("x {a /* y", ["x {a /* y"]),
        ("x <B c='{' /> y", ["x y"]),
        ("x <B c={<C/>} /> y", ["x y"]),
        ("x <B < y", ["x <B < y"]),
        ("x < y > z", ["x < y > z"]),
        ("a<br/>b", ["a b"]),
        ("a <code>{x}</code> b", ["a {x} b"]),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert texts(text + "\n") == expected


def test_module_blocks() -> None:
    assert module_block_end("important\n", 0) == 0
    assert module_block_end("import a\nimport b\n\ntext", 0) == 17
    assert module_block_end("export {", 0) == 8
    assert module_block_end("export const a = {\n\n}\n\ntext", 0) == 21
    # Brackets that never close take no more than the first block.
    assert module_block_end("export const a = '{'\n\ntext\n\nmore", 0) == 20
    assert module_block_end("export {\n\n" + "a\n\n" * 50, 0) == 8


def test_component_in_code_is_code() -> None:
    assert texts("```mdx\n<Tabs>\n```\n\n- a\n\n  ```js\n  import a\n  ```\n") == ["a"]
