"""The commands of ``termcheck glossary``."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from glossary_samples import FULL
from small_corpus import use_stand_in, write_corpus
from termcheck.cli import run
from termcheck.glossary_file import parse_glossary

Capture = pytest.CaptureFixture[str]

COLLIDING = """\
version: 1
concepts:
  - {id: client, terms: {en: client, pl: klient}}
  - {id: customer, terms: {en: customer, pl: klient}}
distinct: [[client, customer]]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a glossary."""
    root = tmp_path / "work"
    root.mkdir()
    monkeypatch.chdir(root)
    Path("glossary.yaml").write_text(FULL, "utf-8")
    return root


class TestCheck:
    def test_problems_have_places(self, capsys: Capture) -> None:
        Path("glossary.yaml").write_text(COLLIDING, "utf-8")
        assert run(["glossary", "check"]) == 1
        first, total = capsys.readouterr().out.splitlines()
        assert first.startswith("glossary.yaml:4:46: error collision: “klient” is the Polish word for client")
        assert total == "1 problem in glossary.yaml"

    @pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 0), ("note", 1), ("never", 0)])
    def test_the_exit_code_follows_fail_on(self, fail_on: str, code: int) -> None:
        assert run(["glossary", "check", ".", "--fail-on", fail_on]) == code

    def test_json(self, capsys: Capture) -> None:
        Path("other.yaml").write_text(COLLIDING, "utf-8")
        assert run(["glossary", "check", "other.yaml", "--format", "json"]) == 1
        data = json.loads(capsys.readouterr().out)
        assert (data["schema"], data["glossary"]) == ("termcheck/glossary-check/v1", "other.yaml")
        (problem,) = data["problems"]
        assert tuple(problem[key] for key in ("check", "severity", "line", "lang")) == (
            "collision",
            "error",
            4,
            "pl",
        )

    @pytest.mark.parametrize("output", ["text", "json"])
    def test_mistakes_are_problems_too_and_end_with_2(self, output: str, capsys: Capture) -> None:
        concepts = "concepts:\n  - {id: a, terms: {en: [x, X], cz: y}}\n"
        bad = f"version: 1\n{concepts}acknowledge: [{{concepts: [a, b], lang: pl, reason: r}}]\n"
        Path("glossary.yaml").write_text(bad, "utf-8")
        assert run(["glossary", "check", "--format", output]) == 2
        shown = capsys.readouterr().out
        assert "'X' is listed twice for en" in shown
        assert "the language tag 'cz' does not exist" in shown
        assert "names the unknown concept 'b'" in shown

    def test_no_glossary(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        (tmp_path / "empty").mkdir()
        monkeypatch.chdir(tmp_path / "empty")
        assert run(["glossary", "check"]) == 2
        assert "there is no glossary" in capsys.readouterr().err
        assert run(["glossary", "check", "none.yaml"]) == 2


class TestExport:
    def test_a_file_and_its_losses(self, capsys: Capture) -> None:
        assert run(["glossary", "export", "--to", "tbx", "-o", "a.tbx", "--losses", "lost.txt"]) == 0
        assert capsys.readouterr().out == "wrote 3 concepts to a.tbx\n"
        assert Path("lost.txt").read_text("utf-8").splitlines()[0] == "client, pl: forms: 'klientów'"
        assert Path("a.tbx").read_text("utf-8").startswith("<?xml")

    def test_standard_output(self, capsys: Capture) -> None:
        assert run(["glossary", "export", "--to", "csv", "-o", "-"]) == 0
        shown = capsys.readouterr()
        assert shown.out.startswith("concept,definition,")
        assert shown.err.startswith("CSV, a column for each language cannot carry: 3 items\n  client and customer: ")

    def test_two_languages_are_asked_for(self, capsys: Capture) -> None:
        assert run(["glossary", "export", "--to", "deepl"]) == 2
        assert "the glossary has en, ko, pl" in capsys.readouterr().err
        assert run(["glossary", "export", "--to", "deepl", "--source", "en", "--target", "en"]) == 2
        assert run(["glossary", "export", "--to", "deepl", "--source", "en", "--target", "pl"]) == 0

    def test_two_languages_are_known_where_there_are_two(self, capsys: Capture) -> None:
        Path("glossary.yaml").write_text(COLLIDING, "utf-8")
        assert run(["glossary", "export", "--to", "deepl"]) == 0
        assert capsys.readouterr().out == "client,klient\ncustomer,klient\n"

    def test_many_losses_are_counted(self, capsys: Capture) -> None:
        lines = [f"  - {{id: c{n}, domain: d, terms: {{en: e{n}, pl: p{n}}}}}" for n in range(150)]
        Path("glossary.yaml").write_text("\n".join(["version: 1", "concepts:", *lines]), "utf-8")
        assert run(["glossary", "export", "--to", "deepl"]) == 0
        assert "and 50 more: --losses FILE lists all" in capsys.readouterr().err


class TestImport:
    def test_a_new_glossary(self, capsys: Capture) -> None:
        Path("a.csv").write_text("en,pl\nclient,klient\n", "utf-8")
        assert run(["glossary", "import", "a.csv", "-o", "new.yaml"]) == 0
        assert capsys.readouterr().out == "wrote 1 concept to new.yaml\n"
        assert [concept.id for concept in parse_glossary(Path("new.yaml").read_text("utf-8")).concepts] == ["client"]

    def test_standard_input_and_output(self, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"en\tpl\nclient\tklient\n")))
        assert run(["glossary", "import", "-", "--from", "tsv"]) == 0
        assert capsys.readouterr().out.startswith("version: 1\nconcepts:\n  - id: client\n")

    def test_a_file_is_not_replaced_unasked(self, capsys: Capture) -> None:
        Path("a.csv").write_text("en,pl\nclient,klient\n", "utf-8")
        assert run(["glossary", "import", "a.csv", "-o", "glossary.yaml"]) == 2
        assert "--merge" in capsys.readouterr().err
        assert Path("glossary.yaml").read_text("utf-8") == FULL
        assert run(["glossary", "import", "a.csv", "-o", "glossary.yaml", "--force"]) == 0
        assert run(["glossary", "import", "a.csv", "--merge"]) == 2

    def test_merging(self, capsys: Capture) -> None:
        Path("a.csv").write_text("concept,en,de\nclient,account,Mandant\nnew,new,\n", "utf-8")
        assert run(["glossary", "import", "a.csv", "--merge", "-o", "glossary.yaml"]) == 0
        shown = capsys.readouterr()
        assert shown.out == "added 1 concept and 1 language of others to glossary.yaml\n"
        assert "client, en: 'account' as preferred: the glossary has other words" in shown.err
        assert "      de: Mandant\n" in Path("glossary.yaml").read_text("utf-8")

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("a.tbx", b"<tbx>", "a.tbx:1:6: this is not well-formed XML"),
            ("a.tbx", b"<tbx/>", "no concept with a word"),
            ("a.csv", b"\xff\xff", "a.csv:1:1: the file is not UTF-8"),
            ("a.doc", b"x", "nothing is known about .doc"),
            ("a.csv", b"client,klient\n", "does not say which languages"),
        ],
    )
    def test_bad_files_are_told_in_words(self, name: str, content: bytes, message: str, capsys: Capture) -> None:
        Path(name).write_bytes(content)
        assert run(["glossary", "import", name]) == 2
        assert message in capsys.readouterr().err

    def test_files_that_cannot_be_read(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        assert run(["glossary", "import", "none.tbx"]) == 2
        assert run(["glossary", "import", "."]) == 2
        monkeypatch.setattr("termcheck.cli.files.MAX_BYTES", 2**20)
        Path("big.csv").write_bytes(b"x" * (2**20 + 1))
        assert run(["glossary", "import", "big.csv"]) == 2
        assert "is larger than 1 MiB" in capsys.readouterr().err

    def test_a_bad_glossary_is_not_merged_into(self) -> None:
        Path("a.csv").write_text("en,pl\nclient,klient\n", "utf-8")
        Path("bad.yaml").write_bytes(b"\xff")
        assert run(["glossary", "import", "a.csv", "--merge", "-o", "bad.yaml"]) == 2
        assert Path("bad.yaml").read_bytes() == b"\xff"


class TestStats:
    @pytest.fixture(autouse=True)
    def corpus(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        use_stand_in(monkeypatch)
        write_corpus(folder)
        Path("glossary.yaml").write_text(
            "version: 1\nconcepts:\n  - {id: gardener, terms: {en: gardener, pl: ogrodnik}}\n"
            "  - {id: baker, terms: {en: baker}}\ndistinct: [[gardener, baker]]\n",
            "utf-8",
        )

    def test_terminal(self, capsys: Capture) -> None:
        assert run(["glossary", "stats"]) == 0
        shown = capsys.readouterr().out
        assert "English (en)" in shown
        assert "1 of 2" in shown

    def test_json(self, capsys: Capture) -> None:
        assert run(["glossary", "stats", "--format", "json", "--lang", "pl"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert data["schema"] == "termcheck/glossary-stats/v1"
        assert [each["lang"] for each in data["languages"]] == ["pl"]
        assert data["concepts"][0]["languages"][0]["words_from"] == "glossary"

    def test_markdown_in_a_file(self) -> None:
        assert run(["glossary", "stats", "--format", "markdown", "-o", "stats.md"]) == 0
        assert Path("stats.md").read_text("utf-8").startswith("## Concepts\n\n| Concept | English")

    def test_what_does_not_work(self, capsys: Capture) -> None:
        assert run(["glossary", "stats", "-o", "x"]) == 2
        Path("glossary.yaml").unlink()
        assert run(["glossary", "stats"]) == 2
        assert "there is no glossary with concepts" in capsys.readouterr().err
