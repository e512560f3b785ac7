"""The commands that look at things: discover, explain, rules, config, cache."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from small_corpus import use_stand_in, write, write_corpus
from termcheck.cli import run
from termcheck.rules.registry import RULES

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus with two missing paragraphs, as the working directory."""
    use_stand_in(monkeypatch)
    folder = write_corpus(tmp_path / "docs", without={"pl": 2, "tr": 4})
    monkeypatch.chdir(folder)
    return folder


class TestDiscover:
    def test_documents(self, root: Path, capsys: Capture) -> None:
        write(root, {"en/lone.md": "Text.\n", "notes.pdf": "x"})
        assert run(["discover"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[:2] == ["Layout: {lang}/{path}", "Source language: English (en)"]
        assert [line.split() for line in lines[2:5]] == [
            ["Document", "en", "pl", "tr"], ["story", "x", "x", "x"], ["lone", "x", "-", "-"],
        ]  # fmt: skip
        assert lines[5] == "Files: en 2, pl 1, tr 1."
        assert lines[6] == "1 document with two or more versions, 1 with one, 1 skipped."

    def test_verbose_names_the_files(self, root: Path, capsys: Capture) -> None:
        write(root, {"notes.pdf": "x", "termcheck.yaml": "", "glossary.yaml": "version: 1\nconcepts: []\n"})
        run(["discover", "-v"])
        shown = capsys.readouterr().out
        assert ".yaml" not in shown
        assert "pl: pl/story.md" in shown
        assert "skipped notes.pdf: no reader for .pdf files" in shown

    def test_no_source(self, capsys: Capture) -> None:
        run(["discover", "--source", "none"])
        assert "Source language: none" in capsys.readouterr().out

    def test_nothing_to_check(self, tmp_path: Path, capsys: Capture) -> None:
        (tmp_path / "empty").mkdir()
        assert run(["discover", str(tmp_path / "empty")]) == 3
        assert "0 documents" in capsys.readouterr().out

    def test_a_folder_that_is_not_there(self) -> None:
        assert run(["discover", "none"]) == 2


class TestExplain:
    @pytest.fixture
    def fingerprints(self, capsys: Capture) -> list[str]:
        run(["report", "--format", "json"])
        return [finding["fingerprint"] for finding in json.loads(capsys.readouterr().out)["findings"]]

    @pytest.mark.parametrize("digits", [16, 8])
    def test_one_finding(self, digits: int, fingerprints: list[str], capsys: Capture) -> None:
        assert run(["explain", fingerprints[0][:digits].upper()]) == 0
        assert "TC101" in capsys.readouterr().out

    def test_a_finding_that_is_not_shown(self, fingerprints: list[str], capsys: Capture) -> None:
        assert run(["explain", fingerprints[0], "--ignore", "TC1"]) == 0
        assert "TC101" in capsys.readouterr().out

    def test_the_command_that_the_report_ends_with(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
    ) -> None:
        monkeypatch.chdir(root.parent)
        run(["report", "docs", "--source", "none"])
        shown = capsys.readouterr().out
        assert "docs/pl/story.md:" in shown
        command = shown[shown.index("termcheck explain ") :].split("  ")[0].split()
        assert command[3:] == ["docs", "--source", "none"]
        assert run(command[1:]) == 0
        assert "docs/pl/story.md:" in capsys.readouterr().out

    def test_too_few_digits(self, fingerprints: list[str], capsys: Capture) -> None:
        assert len(fingerprints) == 2
        assert run(["explain", ""]) == 2
        error = capsys.readouterr().err
        assert "2 findings begin with ''" in error
        assert all(fingerprint in error for fingerprint in fingerprints)

    def test_no_such_finding(self, capsys: Capture) -> None:
        assert run(["explain", "beef"]) == 2
        assert "no finding has the fingerprint 'beef'" in capsys.readouterr().err


class TestRules:
    def test_all(self, capsys: Capture) -> None:
        assert run(["rules"]) == 0
        assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [rule.code for rule in RULES]

    @pytest.mark.parametrize("name", ["TC101", "tc101", "paragraph-missing"])
    def test_one(self, name: str, capsys: Capture) -> None:
        assert run(["rules", name]) == 0
        shown = capsys.readouterr().out
        assert "TC101 paragraph-missing" in shown
        assert "Severity: error" in shown

    @pytest.mark.parametrize(
        ("name", "hint"), [("paragraph-mising", "did you mean 'paragraph-missing'?"), ("x", "lists all rules")]
    )
    def test_none(self, name: str, hint: str, capsys: Capture) -> None:
        assert run(["rules", name]) == 2
        assert hint in capsys.readouterr().err


class TestConfig:
    def test_values_with_their_origins(self, root: Path, capsys: Capture) -> None:
        write(root, {"termcheck.yaml": "languages: [en, pl]\n\nseverity: {TC101: note}\n"})
        assert run(["config"]) == 0
        shown = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
        assert "[en, pl]" in shown["languages"]
        assert shown["languages"].endswith("# termcheck.yaml:1")
        assert "{TC101: note}" in shown["severity"]
        assert "null" in shown["baseline"]
        assert shown["cache"].endswith("# environment variable TERMCHECK_CACHE_DIR")
        assert shown["max_file_size"].endswith("# default")

    def test_mistakes(self, root: Path, capsys: Capture) -> None:
        write(root, {"termcheck.yaml": "langages: [en]\n"})
        assert run(["config"]) == 2
        assert "did you mean 'languages'" in capsys.readouterr().err


class TestCache:
    def test_what_a_run_leaves(self, cache_dir: Path, capsys: Capture) -> None:
        run(["report", "-q"])
        capsys.readouterr()
        assert run(["cache", "info"]) == 0
        first, *spaces = capsys.readouterr().out.splitlines()
        assert first.startswith(f"{cache_dir / 'cache.sqlite'}: ")
        assert "  sentence vectors: 16 entries" in spaces
        assert run(["cache", "prune", "--unused-days", "0", "--max-size", "0"]) == 0
        assert capsys.readouterr().out.endswith(" entries removed.\n")
        assert run(["cache", "clear"]) == 0
        run(["cache", "info"])
        assert "sentence vectors: 0 entries" in capsys.readouterr().out

    def test_one_at_a_url(self, tmp_path: Path, capsys: Capture) -> None:
        from termcheck.remote.blobs import BlobFolder

        url = (tmp_path / "shared").as_uri()
        named = ["--cache-dir", url]
        for number in range(2):
            BlobFolder(url).write("ab" * 32, {"space": {bytes([number]): b""}})
        assert run(["cache", "info", *named]) == 0
        assert capsys.readouterr().out == f"{url}: 36 bytes\n  2 files of shared results\n"
        assert run(["cache", "prune", "--unused-days", "1", "--max-size", "0", *named]) == 0
        assert capsys.readouterr().out == "2 files removed.\n"
        assert run(["cache", "clear", *named]) == 0
        assert run(["cache", "info", "--cache-dir", "nothing://else"]) == 2
        assert "nothing://else" in capsys.readouterr().err

    def test_one_in_another_folder(self, tmp_path: Path, capsys: Capture) -> None:
        assert run(["cache", "info", "--cache-dir", str(tmp_path / "other")]) == 0
        assert capsys.readouterr().out.startswith(f"{tmp_path / 'other' / 'cache.sqlite'}: ")

    def test_none_with_no_cache(self, cache_dir: Path) -> None:
        run(["report", "--no-cache"])
        assert not cache_dir.exists()
