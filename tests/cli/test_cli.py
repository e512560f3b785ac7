"""The command line as a whole: exit codes, error messages, streams."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
import pytest

from process import python, start
from small_corpus import write, write_corpus
from termcheck import __version__
from termcheck.cli import cli, main, run
from termcheck.errors import ConfigError, NothingToCheckError

COMMANDS = ("report", "align", "discover", "explain", "rules", "init", "config", "cache")


def fail_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make ``termcheck config`` raise."""

    def load_config(*_: object) -> None:
        raise error

    monkeypatch.setattr("termcheck.config.load_config", load_config)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {name} " in shown for name in COMMANDS)
    assert "Exit codes: 0 clean, 1 findings" in shown


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"termcheck, version {__version__}\n"


def test_main_leaves_the_process(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["rules", "none"])
    assert raised.value.code == 2
    assert "there is no rule 'none'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Usage: termcheck"),
        (["reprot"], "No such command 'reprot'; did you mean 'report'?"),
        (["xyzzy"], "there are report, review, align"),
        (["report", "--output", "out.sarif"], "write sarif=out.sarif"),
        (["report", "--output", "out.txt"], "json, sarif"),
        (["report", "--nonsense"], "No such option"),
        (["report", "--format", "xml"], "'xml' is not one of"),
        (["report", "--limit", "-1"], "-1 is not in the range"),
        (["align"], "Missing argument"),
        (["cache", "prune"], "say what to remove"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ConfigError("it is wrong", "make it right"), 2, "Error: it is wrong\nHint: make it right\n"),
        (ConfigError("it is wrong"), 2, "Error: it is wrong\n"),
        (NothingToCheckError("nothing", "look"), 3, "Error: nothing\nHint: look\n"),
        (ConfigError("a\n::error::b\x1b[31m"), 2, "Error: a\n:\ua789error::b␛[31m\n"),
        (KeyboardInterrupt(), 130, "\nInterrupted. What was encoded so far is kept in the cache.\n"),
        (OSError(28, "No space left on device"), 2, "Error: No space left on device\n"),
        (FileNotFoundError(2, "No such file", "a\nb"), 2, "Error: No such file: a\nb\n"),
        (
            MemoryError(),
            2,
            "Error: there is not enough memory\nHint: check a part of the files, or exclude the largest\n",
        ),
    ],
)
def test_errors_of_a_run(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fail_with(error, monkeypatch)
    assert run(["config"]) == code
    assert capsys.readouterr().err == said


class TestBugs:
    def test_are_told_on_one_line(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        fail_with(ZeroDivisionError("of\n::error::a paragraph " + "x" * 9000), monkeypatch)
        assert run(["config"]) == 2
        first, second = capsys.readouterr().err.splitlines()
        assert first.startswith("Error: this is a bug in termcheck: ZeroDivisionError: of :\ua789error::a paragraph xx")
        assert len(first) < 600
        assert "report it" in second
        assert "TERMCHECK_DEBUG=1" in second

    def test_show_where_they_are_for_debugging(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("TERMCHECK_DEBUG", "1")
        fail_with(ZeroDivisionError("oops"), monkeypatch)
        assert run(["config"]) == 2
        shown = capsys.readouterr().err
        assert "Traceback (most recent call last)" in shown
        assert "in load_config" in shown


class TestColour:
    @pytest.mark.parametrize(("value", "coloured"), [("1", False), ("", True)])
    def test_no_color_holds_for_errors(
        self, value: str, coloured: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        monkeypatch.setenv("NO_COLOR", value)
        fail_with(ConfigError("wrong"), monkeypatch)
        run(["config"])
        assert ("\x1b[" in capsys.readouterr().err) is coloured


class TestClosedPipe:
    @pytest.mark.parametrize("arguments", [("rules",), ("rules", "TC401"), ("--help",), ("discover",)])
    def test_is_no_traceback(self, arguments: tuple[str, ...], tmp_path: Path) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = start(*arguments, cwd=write_corpus(tmp_path / "docs"), stdout=writer)
        finally:
            os.close(writer)
        assert done.returncode == 2
        assert done.stderr == b""

    def test_of_a_stream_without_descriptor(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fail_with(SystemExit(1), monkeypatch)
        assert run(["config"]) == 2
        assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_disk(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = start("rules", cwd=tmp_path, stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: No space left on device")


class TestEncoding:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        return write(tmp_path / "docs", {f"{lang}/설명서 żółw.md": "Text.\n" for lang in ("en", "ko")})

    @pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
    def test_ascii_gives_way_to_utf_8(self, environment: dict[str, str], root: Path) -> None:
        done = start("discover", cwd=root, environment=environment)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "설명서 żółw" in done.stdout.decode("utf-8")

    def test_text_of_the_program_itself_in_a_locale_without_any_of_it(self, root: Path) -> None:
        done = start(
            "rules", "TC402", cwd=root, environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert not done.stdout.isascii()
        assert done.stdout.decode("utf-8")

    def test_what_an_encoding_cannot_hold_is_escaped(self, root: Path) -> None:
        done = start("discover", cwd=root, environment={"PYTHONIOENCODING": "latin-1"})
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\\uc124\\uba85\\uc11c \\u017c\xf3\\u0142w" in done.stdout

    def test_in_errors(self, root: Path) -> None:
        done = start("report", "설명", cwd=root, environment={"PYTHONIOENCODING": "latin-1"})
        assert done.returncode == 2
        assert done.stderr.startswith(b"Error: there is no file or folder '\\uc124")

    @pytest.mark.skipif(sys.platform == "win32", reason="paths are no bytes there")
    def test_of_paths_that_are_no_utf_8(self, root: Path) -> None:
        done = start(os.fsdecode(b"report"), os.fsdecode(b"caf\xe9"), cwd=root)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr


def test_without_standard_output(tmp_path: Path) -> None:
    closed = "import sys; sys.stdout = None; from termcheck.cli import run; sys.exit(run(['rules']))"
    done = python("-c", closed, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys; from termcheck.cli import run; run(['--help']); "
        "print(sorted({'numpy', 'rich', 'torch', 'spacy', 'yaml'} & set(sys.modules)), file=sys.stderr)"
    )
    assert python("-c", script, cwd=tmp_path).stderr == b"[]\n"


def test_an_unknown_command_has_no_module() -> None:
    assert cli.get_command(click.Context(cli), "baseline") is None
