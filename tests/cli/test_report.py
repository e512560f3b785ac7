from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from small_corpus import paragraphs, use_stand_in, write, write_corpus
from termcheck.cli import run

if TYPE_CHECKING:
    from fakes import FakeEncoder

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    return use_stand_in(monkeypatch)


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus whose Polish version lacks a paragraph, as the working directory."""
    root = write_corpus(tmp_path / "docs", without={"pl": 2})
    monkeypatch.chdir(root)
    return root


def repair() -> None:
    write_corpus(Path())


def load(path: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    return content


@pytest.mark.usefixtures("faulty")
class TestExitCodes:
    def test_findings(self) -> None:
        assert run(["report"]) == 1

    def test_no_findings(self) -> None:
        repair()
        assert run(["report"]) == 0

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["--exit-zero"], 0),
            (["--fail-on", "never"], 0),
            (["--fail-on", "note"], 1),
            (["--select", "TC2"], 0),
            (["--ignore", "TC101"], 0),
            (["--lang", "tr"], 0),
            (["--lang", "pl", "--lang", "tr"], 1),
            (["tr/story.md"], 0),
            (["pl/story.md"], 1),
            (["nowhere"], 2),
            (["en", "pl"], 2),
            (["--lang", "xx"], 2),
            (["--lang", "cs"], 2),
            (["--select", "TC9"], 2),
            (["--source", "klingon"], 2),
            (["--config", "none.yaml"], 2),
            (["--baseline", "none.json"], 2),
            (["--glossary", "none.yaml"], 2),
            (["en/story.md", "--source", "none"], 0),
        ],
    )
    def test_with_options(self, arguments: list[str], code: int, capsys: Capture) -> None:
        assert run(["report", *arguments]) == code
        assert ("Error: " in capsys.readouterr().err) is (code == 2)

    def test_the_severity_of_a_rule_decides(self) -> None:
        write(Path(), {"termcheck.yaml": "severity: {TC101: warning}\n"})
        assert run(["report"]) == 0
        assert run(["report", "--fail-on", "warning"]) == 1

    def test_nothing_to_check(self, tmp_path: Path, capsys: Capture) -> None:
        empty = tmp_path / "empty"
        empty.mkdir()
        assert run(["report", str(empty)]) == 3
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "no document with two or more language versions" in captured.err


@pytest.mark.usefixtures("faulty")
class TestOutput:
    def test_a_report(self, capsys: Capture) -> None:
        run(["report"])
        captured = capsys.readouterr()
        assert "pl/story.md:5:1  error  TC101 paragraph-missing" in captured.out
        assert captured.err == ""

    def test_quiet_is_a_line_for_each_finding(self, capsys: Capture) -> None:
        run(["report", "--quiet"])
        first, total = capsys.readouterr().out.splitlines()
        assert first.startswith("pl/story.md:5:1  error  TC101")
        assert total == "1 finding in 1 file: 1 error."

    def test_json_fits_the_schema(self, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        run(["report", "--format", "json"])
        captured = capsysbinary.readouterr()
        report = json.loads(captured.out.decode("utf-8"))
        schema = json.loads(resources.files("termcheck.schemas").joinpath("report.v1.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(schema).validate(report)
        assert [finding["code"] for finding in report["findings"]] == ["TC101"]
        assert captured.err == b""
        assert captured.out.endswith(b"}\n")

    def test_verbose_tells_how_it_was_done(self, cache_dir: Path, capsys: Capture) -> None:
        run(["report", "-v"])
        assert capsys.readouterr().err.splitlines() == [
            "Layout: {lang}/{path}",
            "Source: English (en)",
            "Model: bundled",
            f"Cache: {cache_dir}/cache.sqlite",
            "Texts: 17 encoded, 0 from the cache",
        ]
        run(["report", "-v", "--no-cache", "--source", "none", "--format", "json"])
        captured = capsys.readouterr()
        assert captured.err.splitlines()[1:] == [
            "Source: none",
            "Model: bundled",
            "Cache: not used",
            "Texts: 17 encoded, 0 from the cache",
        ]
        assert json.loads(captured.out)["summary"]["findings"] == 1

    def test_quiet_wins(self, capsys: Capture) -> None:
        run(["report", "-v", "-q"])
        assert capsys.readouterr().err == ""

    @pytest.mark.parametrize(("verbosity", "said"), [([], ""), (["-v"], "Layout: ")])
    def test_bars_on_a_terminal(
        self, verbosity: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
    ) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
        run(["report", "--no-cache", *verbosity])
        shown = capsys.readouterr().err
        assert "Embedding" in shown
        assert said in shown

    @pytest.mark.parametrize("plain", [False, True])
    def test_colours_on_a_terminal(self, plain: bool, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
        if plain:
            monkeypatch.setenv("NO_COLOR", "1")
        run(["report", "-q"])
        assert ("\x1b[1;31m" in capsys.readouterr().out) is not plain


@pytest.mark.usefixtures("faulty")
class TestLimit:
    @pytest.fixture(autouse=True)
    def _three_findings(self, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("termcheck.cli.report.LIMIT", 2)
        for name in ("a", "b"):
            write(faulty, {f"{lang}/{name}.md": paragraphs(lang)[lang == "pl" :] for lang in ("en", "pl", "tr")})

    @pytest.mark.parametrize(
        ("arguments", "shown"), [([], 2), (["--limit", "1"], 1), (["--limit", "0"], 3), (["--limit", "3"], 3)]
    )
    def test_findings_beyond_it_are_counted(self, arguments: list[str], shown: int, capsys: Capture) -> None:
        assert run(["report", *arguments]) == 1
        captured = capsys.readouterr()
        assert captured.out.count("error  TC101") == shown
        assert "3 findings in 3 files" in captured.out
        assert (f"Shown above: {shown} of 3" in captured.out) is (shown < 3)
        assert captured.err == ""

    @pytest.mark.parametrize(("arguments", "shown"), [([], 3), (["--limit", "1"], 1)])
    def test_quiet_has_none_of_its_own(self, arguments: list[str], shown: int, capsys: Capture) -> None:
        run(["report", "-q", *arguments])
        assert capsys.readouterr().out.count("error  TC101") == shown

    def test_json_is_always_complete(self, capsys: Capture) -> None:
        run(["report", "--format", "json", "--limit", "1"])
        assert json.loads(capsys.readouterr().out)["summary"]["findings"] == 3


@pytest.mark.usefixtures("faulty")
class TestBaseline:
    def test_what_was_written_is_not_reported_again(self, capsys: Capture) -> None:
        assert run(["report", "--write-baseline", "known.json"]) == 0
        assert capsys.readouterr() == ("wrote 1 finding to known.json\n", "")
        assert [entry["code"] for entry in load("known.json")["findings"]] == ["TC101"]
        assert run(["report", "--baseline", "known.json"]) == 0
        captured = capsys.readouterr()
        assert "1 in the baseline" in captured.out
        assert captured.err == ""

    def test_one_in_the_configuration_can_be_written_the_first_time(self) -> None:
        write(Path(), {"termcheck.yaml": "baseline: known.json\n"})
        assert run(["report"]) == 2
        assert run(["report", "--write-baseline", "known.json"]) == 0
        assert run(["report"]) == 0

    def test_a_damaged_one_is_written_anew(self) -> None:
        write(Path(), {"termcheck.yaml": "baseline: known.json\n", "known.json": "{"})
        assert run(["report"]) == 2
        assert run(["report", "--write-baseline", "known.json"]) == 0
        assert run(["report"]) == 0

    def test_writing_twice_gives_the_same(self) -> None:
        run(["report", "--write-baseline", "known.json"])
        before = Path("known.json").read_bytes()
        run(["report", "--write-baseline", "known.json", "--baseline", "known.json"])
        assert Path("known.json").read_bytes() == before

    @pytest.mark.parametrize("part", [["tr/story.md"], ["--lang", "tr"], ["--select", "TC2"]])
    def test_what_a_partial_run_does_not_show_stays_known(self, part: list[str]) -> None:
        run(["report", "--write-baseline", "known.json"])
        before = Path("known.json").read_bytes()
        assert run(["report", *part, "--write-baseline", "known.json"]) == 0
        assert Path("known.json").read_bytes() == before

    def test_what_is_gone_is_dropped(self) -> None:
        run(["report", "--write-baseline", "known.json"])
        repair()
        run(["report", "--write-baseline", "known.json"])
        assert load("known.json")["findings"] == []

    def test_stale_entries_are_mentioned(self, capsys: Capture) -> None:
        run(["report", "--write-baseline", "known.json"])
        repair()
        capsys.readouterr()
        assert run(["report", "--baseline", "known.json"]) == 0
        message = "No longer found: 1 known finding. --prune-baseline takes them out of the file.\n"
        assert capsys.readouterr().err == message
        run(["report", "--baseline", "known.json", "-v"])
        assert f"{message}  pl/story.md  TC101  A paragraph is missing" in capsys.readouterr().err
        run(["report", "--baseline", "known.json", "--quiet"])
        assert capsys.readouterr().err == ""

    def test_stale_entries_are_taken_out(self, capsys: Capture) -> None:
        run(["report", "--write-baseline", "known.json"])
        known = Path("known.json").read_bytes()
        assert run(["report", "--baseline", "known.json", "--prune-baseline"]) == 0
        assert Path("known.json").read_bytes() == known
        repair()
        capsys.readouterr()
        assert run(["report", "tr/story.md", "--baseline", "known.json", "--prune-baseline"]) == 0
        assert Path("known.json").read_bytes() == known
        assert run(["report", "--baseline", "known.json", "--prune-baseline"]) == 0
        assert load("known.json")["findings"] == []
        assert "Taken out of the baseline: 1 finding no longer found." in capsys.readouterr().err

    @pytest.mark.parametrize("arguments", [[], ["--baseline", "known.json", "--write-baseline", "known.json"]])
    def test_pruning_needs_a_baseline_that_stays(self, arguments: list[str], capsys: Capture) -> None:
        assert run(["report", "--prune-baseline", *arguments]) == 2
        assert "--prune-baseline" in capsys.readouterr().err

    @pytest.mark.parametrize("arguments", [["tr/story.md"], ["pl/story.md", "--select", "TC2"]])
    def test_what_was_not_looked_at_is_not_stale(self, arguments: list[str], capsys: Capture) -> None:
        run(["report", "--write-baseline", "known.json"])
        capsys.readouterr()
        run(["report", *arguments, "--baseline", "known.json"])
        assert capsys.readouterr().err == ""

    def test_what_lies_outside_the_folder_is_not_stale(self, faulty: Path, capsys: Capture) -> None:
        write(faulty.parent, {"termcheck.yaml": "source: en\n"})
        write_corpus(faulty.parent / "blog")
        assert run(["report", "--write-baseline", "known.json"]) == 0
        capsys.readouterr()
        assert run(["report", str(faulty.parent / "blog"), "--baseline", "known.json"]) == 0
        assert capsys.readouterr().err == ""

    def test_the_glossary_is_looked_at(self, capsys: Capture) -> None:
        glossary = "version: 1\nconcepts:\n  - {id: a, terms: {pl: x}}\n  - {id: b, terms: {pl: x}}\n"
        write(Path(), {"glossary.yaml": glossary + "distinct:\n  - [a, b]\n"})
        run(["report", "--write-baseline", "known.json"])
        write(Path(), {"glossary.yaml": glossary})
        capsys.readouterr()
        run(["report", "--baseline", "known.json"])
        assert "1 known finding." in capsys.readouterr().err

    def test_one_that_cannot_be_written(self, capsys: Capture) -> None:
        assert run(["report", "--write-baseline", "none/known.json"]) == 2
        assert "its folder does not exist" in capsys.readouterr().err
