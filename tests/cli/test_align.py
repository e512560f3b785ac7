from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from small_corpus import paragraphs, use_stand_in, write, write_corpus
from termcheck.cli import run
from termcheck.cli.align import SURE
from termcheck.model import Alignment, Cell, Document, Row, Segment, SegmentKind, Span, TextRun
from termcheck.report.align_formats import ALIGN_FORMATS

Capture = pytest.CaptureFixture[str]
ENGLISH, POLISH, TURKISH = "en/story.md", "pl/story.md", "tr/story.md"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus whose Polish version lacks a paragraph, as the working directory."""
    use_stand_in(monkeypatch)
    folder = write_corpus(tmp_path / "docs", without={"pl": 2})
    monkeypatch.chdir(folder)
    return folder


def test_rows(capsys: Capture) -> None:
    assert run(["align", ENGLISH, POLISH, TURKISH]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0].split() == ["Row", "English", "(en)", "Polish", "(pl)", "Turkish", "(tr)"]
    assert lines[1].split()[:2] == ["1", "Gardeners"]
    assert any("Sailors mend" in line and " - " in line for line in lines)
    assert captured.err == ""


def test_languages_can_be_told(capsys: Capture) -> None:
    Path(POLISH).rename("one.md")
    assert run(["align", ENGLISH, "pl=one.md"]) == 0
    assert "Polish (pl)" in capsys.readouterr().out


def test_a_file_that_is_no_translation_is_left_out(capsys: Capture) -> None:
    write(Path(), {TURKISH: [f"Qwxz {number} vbnm {number * 7} kjhg." for number in "abcdefgh"]})
    assert run(["align", ENGLISH, POLISH, TURKISH]) == 1
    shown = capsys.readouterr().out
    assert "tr/story.md is not a translation of the others" in shown
    assert "Turkish" not in shown


def test_two_files_of_which_one_is_no_translation(capsys: Capture) -> None:
    write(Path(), {POLISH: [f"Qwxz {number} vbnm {number * 7} kjhg." for number in "abcdefgh"]})
    assert run(["align", ENGLISH, POLISH]) == 1
    assert "is not a translation" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("confidence", "moved", "shown"),
    [(SURE, False, "A dog."), (0.5, False, "A dog. [50% sure]"), (0.71, True, "A dog. [moved, 71% sure]")],
)
def test_doubts_are_shown(
    confidence: float, moved: bool, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    document = Document("en/a.md", "en", "A dog.", "markdown")
    segment = Segment(document, 0, SegmentKind.PARAGRAPH, 0, "A dog.", Span(0, 6), (TextRun(0, 6, 0, 6),))
    row = Row(0, {"en": Cell((segment,), confidence, moved), "pl": Cell()})
    monkeypatch.setattr("termcheck.surveys.align_files", lambda *_, **__: [Alignment("a", "en", ("en", "pl"), (row,))])
    assert run(["align", ENGLISH, POLISH]) == 0
    assert f"1  {shown}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["en/none.md", POLISH], "there is no file 'en/none.md'"),
        (["en", "pl"], "there is no file 'en'"),
        ([ENGLISH, f"en={POLISH}"], "same language"),
        ([ENGLISH], "two language versions are needed"),
        ([ENGLISH, "notes.md"], "cannot be told from its name"),
        ([ENGLISH, f"xx={POLISH}"], "'xx' does not exist"),
        ([ENGLISH, f"polish={POLISH}"], "did you mean pl"),
        ([ENGLISH, "pl=none.md"], "none.md does not exist"),
        ([ENGLISH, "pl=picture.pl.png"], "no reader knows"),
        ([ENGLISH, "broken.pl.md"], "broken.pl.md cannot be aligned: "),
        ([ENGLISH, "empty.pl.md"], "empty.pl.md cannot be aligned: it holds no text"),
        ([ENGLISH, "s3://user:secret@bucket/x.md?key=secret"], "s3://bucket/x.md is not read here"),
        ([ENGLISH, "pl=s3://user:secret@bucket/x.md"], "s3://bucket/x.md is not read here"),
        ([ENGLISH, POLISH, "--source", "tr"], "none of the files is in the source language tr"),
        ([ENGLISH, POLISH, "--source", "klingon"], "klingon"),
    ],
)
def test_errors(arguments: list[str], said: str, root: Path, capsys: Capture) -> None:
    write(root, {"notes.md": "x\n", "picture.pl.png": b"\x89", "broken.pl.md": b"\xff\xfe", "empty.pl.md": ""})
    assert run(["align", *arguments]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert "secret" not in captured.err
    assert captured.out == ""


class TestTmx:
    def source_language(self, name: str) -> str | None:
        header = ElementTree.parse(name).getroot().find("header")  # noqa: S314
        assert header is not None
        return header.get("srclang")

    def test_is_written(self, capsys: Capture) -> None:
        assert run(["align", ENGLISH, POLISH, "--tmx", "story.tmx"]) == 0
        assert capsys.readouterr() == ("wrote story.tmx\n", "")
        units = ElementTree.parse("story.tmx").getroot().findall("body/tu")  # noqa: S314
        assert [len(unit.findall("tuv")) for unit in units] == [2] * 5
        assert self.source_language("story.tmx") == "en"

    @pytest.mark.parametrize(("source", "shown"), [("pl", "pl"), ("none", "*all*")])
    def test_source(self, source: str, shown: str) -> None:
        assert run(["align", ENGLISH, POLISH, "--source", source, "--tmx", "story.tmx"]) == 0
        assert self.source_language("story.tmx") == shown

    def test_a_configured_source_that_does_not_fit_is_passed_over(self, root: Path) -> None:
        write(root, {"termcheck.yaml": "source: de\n"})
        assert run(["align", ENGLISH, POLISH, "--tmx", "story.tmx"]) == 0
        assert self.source_language("story.tmx") == "en"

    @pytest.mark.parametrize("place", ["none/story.tmx", "en", "en/story.md/story.tmx"])
    def test_what_cannot_be_written_leaves_nothing_behind(self, place: str, root: Path, capsys: Capture) -> None:
        before = sorted(root.rglob("*"))
        assert run(["align", ENGLISH, POLISH, "--tmx", place]) == 2
        assert "cannot be written" in capsys.readouterr().err
        assert sorted(root.rglob("*")) == before


class TestOutputs:
    def test_several_from_one_run(self, root: Path, capsys: Capture) -> None:
        names = {"tmx": "story.tmx", "tsv": "story.tsv", "json": "story.json"}
        outputs = [part for name, file in names.items() for part in ("--output", f"{name}={file}")]
        assert run(["align", ENGLISH, POLISH, *outputs]) == 0
        assert capsys.readouterr().out == "wrote story.tmx\nwrote story.tsv\nwrote story.json\n"
        assert (root / "story.tsv").read_text("utf-8").startswith("row\tconfidence\ten\t")
        data = json.loads((root / "story.json").read_text("utf-8"))
        assert data["schema"] == "termcheck/alignment/v1"
        assert [row["row"] for row in data["rows"]] == list(range(1, 7))

    @pytest.mark.parametrize("name", ALIGN_FORMATS)
    def test_what_is_printed_is_what_is_written(
        self, name: str, root: Path, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        assert run(["align", ENGLISH, POLISH, "--format", name, "--output", f"{name}=out"]) == 0
        assert capsysbinary.readouterr().out == (root / "out").read_bytes()

    @pytest.mark.parametrize("value", ["pdf=x", "tsv", "tsv=", "tsv=en", "tsv=no/such/file"])
    def test_what_cannot_work_is_refused_before_the_run(
        self, value: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
    ) -> None:
        monkeypatch.setattr("termcheck.surveys.align_files", lambda *_, **__: pytest.fail("it ran"))
        assert run(["align", ENGLISH, POLISH, "--output", value]) == 2
        assert capsys.readouterr().err

    def test_nothing_printed(self, capsys: Capture) -> None:
        assert run(["align", ENGLISH, POLISH, "--format", "none"]) == 0
        assert capsys.readouterr().out == ""


class TestExplain:
    def test_a_row(self, capsys: Capture) -> None:
        assert run(["align", ENGLISH, POLISH, TURKISH, "--explain", "1"]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith("Row 1 of 6\n")
        assert "English (en): 1 paragraph, en/story.md:1" in shown
        assert "en - pl: margin" in shown
        assert "Triangles of three versions: 1 of 1 close" in shown

    def test_a_gap(self, capsys: Capture) -> None:
        assert run(["align", ENGLISH, POLISH, "--explain", "3"]) == 0
        shown = capsys.readouterr().out
        assert "Polish (pl): nothing" in shown
        assert "Polish (pl) to en: similarity" in shown

    def test_sentences(self, root: Path, capsys: Capture) -> None:
        two = {lang: " ".join(paragraphs(lang)[:2]) for lang in ("en", "pl")}
        write(root, {f"{lang}/two.md": [text, *paragraphs(lang)[2:]] for lang, text in two.items()})
        assert run(["align", "en/two.md", "pl/two.md", "--explain", "1"]) == 0
        assert "Sentences of English (en) and Polish (pl)" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--explain", "7"], "there is no row 7"),
            (["--explain", "0"], "--explain"),
            (["--explain", "1", "--format", "tsv"], "cannot be used with"),
            (["--explain", "1", "--tmx", "x.tmx"], "cannot be used with"),
        ],
    )
    def test_errors(self, arguments: list[str], said: str, capsys: Capture) -> None:
        assert run(["align", ENGLISH, POLISH, *arguments]) == 2
        assert said in capsys.readouterr().err

    def test_a_file_that_cannot_be_read(self, root: Path, capsys: Capture) -> None:
        write(root, {POLISH: ""})
        assert run(["align", ENGLISH, POLISH, "--explain", "1"]) == 2
        assert "cannot be aligned" in capsys.readouterr().err
