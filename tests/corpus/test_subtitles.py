"""Subtitles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segment_checks import check_segments
from termcheck.corpus.discover import discover
from termcheck.corpus.readers import reader_of
from termcheck.corpus.reading import ReadProblem, parse_document, segment_or_problem
from termcheck.model import Document, Segment

if TYPE_CHECKING:
    from pathlib import Path

SRT = """1
00:00:01,000 --> 00:00:04,000
<i>Dzień dobry,</i>
jak się masz?

2
00:00:05,000 --> 00:00:07,500 X1:40
- {\\an8}Dobrze. 😀
- To świetnie!

3
00:00:08,000 --> 00:00:09,000

"""
VTT = """WEBVTT - A title

STYLE
::cue { color: red }

NOTE termcheck-ignore TC201: a pun

intro
00:01.000 --> 00:04.000 align:start
<v Anna>Tom &amp; Jerry</v>
are <00:02.000>here

00:05.000 --> 00:06.000
End"""


def read(path: str, content: str) -> tuple[Segment, ...] | ReadProblem:
    document = parse_document(content.encode(), path, "pl")
    assert isinstance(document, Document)
    found = segment_or_problem(document)
    if isinstance(found, tuple):
        check_segments(found)
    return found


def segments(path: str, content: str) -> tuple[Segment, ...]:
    found = read(path, content)
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_srt(newline: str) -> None:
    found = segments("a.pl.srt", "\ufeff" + SRT.replace("\n", newline))
    assert [item.text for item in found] == ["Dzień dobry, jak się masz?", "- Dobrze. 😀 - To świetnie!"]
    assert [item.location().start for item in found] == [(3, 4), (8, 1)]
    assert [part.value for item in found for part in item.protected] == ["<i>", "</i>", "{\\an8}"]


def test_vtt() -> None:
    found = segments("a.pl.vtt", VTT)
    assert [item.text for item in found] == ["Tom & Jerry are here", "End"]
    assert found[0].location().start == (10, 9)
    assert [body.strip() for _, body in reader_of("vtt").comments(VTT)] == ["termcheck-ignore TC201: a pun"]


@pytest.mark.parametrize(("path", "content"), [("a.pl.vtt", SRT), ("a.pl.srt", "Some text\n\nMore\n")])
def test_broken(path: str, content: str) -> None:
    assert isinstance(read(path, content), ReadProblem)


def test_layout(tmp_path: Path) -> None:
    for name in ("talk.srt", "talk.pl.srt", "talk.pt-BR.srt"):
        (tmp_path / name).touch()
    assert [dict(each.versions) for each in discover(tmp_path).sets] == [
        {"en": "talk.srt", "pl": "talk.pl.srt", "pt-BR": "talk.pt-BR.srt"}
    ]


@pytest.mark.parametrize("layout", [(), ("talk.{lang}.*",)])
def test_subtitles_are_no_versions_of_other_texts(tmp_path: Path, layout: tuple[str, ...]) -> None:
    for name in ("talk.md", "talk.de.md", "talk.es.md", "talk.pl.srt", "talk.fr.srt", "pl/a.md", "de/a.srt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = discover(tmp_path, layout=layout)
    versions = [set(each.versions.values()) for each in found.sets]
    assert {"talk.pl.srt", "talk.fr.srt"} in versions
    assert all(len({path[-3:] for path in each}) == 1 for each in versions)


@given(
    st.lists(
        st.sampled_from(
            ["1\n", "00:00:01,000 --> 00:00:02,000", "\n", "\r\n", "a", "<i>", "&amp;", "NOTE", "{\\a}", " "]
        )
    )
)
def test_anything(parts: list[str]) -> None:
    read("a.pl.srt", "".join(parts))
    read("a.pl.vtt", "WEBVTT\n\n" + "".join(parts))


def test_long_lines() -> None:
    stamp = "00:00:01,000 --> 00:00:02,000\n"
    for text in ("<a " * 40_000, "{\\" * 40_000, "a " * 100_000, "x\n" * 40_000):
        read("a.pl.srt", stamp + text + "\n\n")
