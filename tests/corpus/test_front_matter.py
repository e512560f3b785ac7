"""Title and description in front matter."""

from __future__ import annotations

import pytest

from segment_checks import check_segments
from termcheck.corpus.readers.front_matter import front_matter_drafts, front_matter_end
from termcheck.corpus.segmentation import Draft, number
from termcheck.model import Document, SegmentKind


def fields(text: str) -> list[Draft]:
    drafts = list(front_matter_drafts(text, front_matter_end(text)))
    check_segments(number(Document("a.md", "en", text, "markdown"), drafts))
    return drafts


def shown(text: str) -> list[tuple[str, str, str]]:
    return [(draft.kind.value, draft.text, text[draft.span.start : draft.span.end]) for draft in fields(text)]


def test_yaml() -> None:
    text = "---\nlang: pl\ntitle: Dwa słowa # note\ndescription: 'It''s fine'\nnav:\n  title: no\n---\n# x\n"
    assert shown(text) == [
        ("title", "Dwa słowa", "Dwa słowa"),
        ("description", "It's fine", "'It''s fine'"),
    ]
    assert fields(text)[0].kind is SegmentKind.TITLE


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_folded_lines(newline: str) -> None:
    text = newline.join(["---", "description: >-", "  One line", "  and two.", 'title: "A B"', "---", "x"])
    found = fields(text)
    assert [draft.text for draft in found] == ["One line and two.", "A B"]
    assert text[found[0].span.start : found[0].span.end] == f"One line{newline}  and two."


def test_escapes_map_as_a_whole() -> None:
    text = '---\ntitle: "Tab\\tand \\u017c"\n---\n'
    assert shown(text) == [("title", "Tab and ż", '"Tab\\tand \\u017c"')]


def test_entities_are_read() -> None:
    text = "---\ntitle: C&oacute;digo &nosuch; R&D\n---\n"
    assert shown(text) == [("title", "Código &nosuch; R&D", "C&oacute;digo &nosuch; R&D")]


def test_toml() -> None:
    text = '+++\nlang = "pl"\ntitle = "Dwa słowa"\nweight = 3\n[menu]\ntitle = "no"\n+++\nx\n'
    assert shown(text) == [("title", "Dwa słowa", "Dwa słowa")]


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\ntitle: never closed\n",
        "---\ntitle: [a, b]\n---\n",
        "---\ntitle: 2024\n---\n",
        "---\ntitle: ''\n---\n",
        "---\n- title\n---\n",
        "---\ntitle: {: broken\n---\n",
        "---\ntitle: a\x07b\n---\n",
        "---\n? [a]\n: b\n---\n",
        "---\na: " + "[" * 1500 + "\n---\n",
        "---\n" + "a: b\n" * 14000 + "title: too far\n---\n",
        "+++\ntitle = broken\n+++\n",
        "+++\ntitle = 3\n+++\n",
        "---\n---\n",
        " ---\ntitle: x\n---\n",
    ],
)
def test_without_fields(text: str) -> None:
    assert shown(text) == []


def test_end() -> None:
    assert front_matter_end("---\na: b\n---\nrest") == 12
    assert front_matter_end("---\r\na: b\r\n...\r\nrest") == 14
    assert front_matter_end("--- \n---x\n---\n") == 13
    assert front_matter_end("text\n---\n---\n") == 0
