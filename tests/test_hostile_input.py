"""Whatever a corpus holds, a command ends with a documented exit code and prints nothing that acts on a terminal."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from fakes import FakeEncoder
from small_corpus import paragraphs, use_stand_in, write, write_corpus
from termcheck.cli import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Capture = pytest.CaptureFixture[str]

LANGUAGES = ("en", "pl", "tr")
COMMANDS = (["report", "-q"], ["report", "-vv", "--source", "none"], ["discover", "-v"])
# Escapes and other controls but line breaks, bidirectional overrides and isolates, separators, lone surrogates.
ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
COMMAND_LINE = re.compile(r"^\s*(::[A-Za-z]|##\[|##vso)", re.MULTILINE)

PARAGRAPHS = {
    "workflow commands": "::error file=a,line=1::You were hacked",
    "escaped commands": "%0A::warning::x %0D%0A::set-output name=a::b ::add-mask::a ##[error]x ##vso[task.x]y",
    "terminal escapes": "\x1b[31mred\x1b[2J \x1b]0;title\x07 \x1b]8;;http://x\x1b\\link \x9b31m",
    "carriage returns": "all is well\rError: \r\rnothing\r::error::is\x0b\x0c\x85well",
    "markup": "<script>alert(1)</script> </script><img src=x onerror=alert(1)> &lt;b&gt; <!-- --> ]]> [bold red]x[/]",
    "bidirectional overrides": "abc \u202egnp.exe\u202c \u2066x\u2069 \u200fx &#x202e;reversed&#8238; \u2028::error::x",
    "links": "[text](javascript:alert(1)) ![i](data:text/html,x) [a]: <b> [[x]] [link\n::error::x](http://\x1b[31m)",
    "entities": "&#27;[31m &#x1b;[0m &NewLine;::error::x &#0; &#xd800; &#1114112; &Tab;x",
    "surrogates in JSON": '{"text": "\\ud800\\udfff \\udc00", "line": "\\n::error::x"}',
    "noncharacters": "\ufeff\ufffe\uffff \U0010ffff \ue000 \U000e0041\U000e0042",
    "combining marks": "Z" + "\u0301" * 3000 + " ﷽" * 50,
    "placeholders": "{{{{{{%s%n%x%(a)s${${${a}}}$$$ {0.__class__} {{constructor}}",
    "front matter": "---\n\x1b: !!python/object:os.system\n---\n::error::x",
}


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    return use_stand_in(monkeypatch)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_corpus(tmp_path / "docs")
    monkeypatch.chdir(folder)
    return folder


def harmless(text: str) -> bool:
    return not ACTS.search(text) and not COMMAND_LINE.search(text)


def run_all(capsys: Capture, commands: Sequence[list[str]] = COMMANDS) -> str:
    """Run the commands and the JSON report, check what they print, and return all of it."""
    printed = ""
    for command in commands:
        code = run(command)
        captured = capsys.readouterr()
        assert code in (0, 1, 3), captured.err
        assert harmless(captured.out), command
        assert harmless(captured.err), command
        printed += captured.out + captured.err
    run(["report", "--format", "json"])
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert "\x1b" not in captured.out
    assert not COMMAND_LINE.search(captured.out)
    for finding in report["findings"][:2]:
        run(["explain", finding["fingerprint"]])
        assert harmless(capsys.readouterr().out)
    return printed


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_paragraphs(name: str, root: Path, capsys: Capture) -> None:
    texts = paragraphs("pl")
    write(root, {"pl/story.md": [*texts[:3], PARAGRAPHS[name], *texts[3:]], "tr/story.md": [PARAGRAPHS[name]]})
    assert "TC" in run_all(capsys)


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_in_place_of_a_translation(name: str, root: Path, capsys: Capture) -> None:
    texts = paragraphs("pl")
    texts[2] = PARAGRAPHS[name]
    write(root, {"pl/story.txt": texts, "en/story.txt": paragraphs("en")})
    run_all(capsys, COMMANDS[1:2])
    assert run(["align", "en/story.txt", "pl/story.txt"]) in (0, 1)
    assert harmless(capsys.readouterr().out)
    assert run(["align", "en/story.txt", "pl/story.txt", "--tmx", "x.tmx"]) in (0, 1)


@pytest.mark.skipif(os.name == "nt", reason="such names do not exist there")
class TestNames:
    NAMES = (
        "a\n::error::x",
        "\x1b[31mred",
        "::error file=x::y",
        "\u202etxt",
        "[bold]x[b]",
        "-rf",
        "a b'\"`$(x)",
        "%0A",
        "\\",
    )

    def test_of_files(self, root: Path, capsys: Capture) -> None:
        for name in self.NAMES:
            write(root, {f"{lang}/{name}.md": paragraphs(lang)[lang == "tr" :] for lang in LANGUAGES})
        printed = run_all(capsys)
        assert printed.count("TC101") >= len(self.NAMES)

    def test_of_folders(self, root: Path, capsys: Capture) -> None:
        for name in self.NAMES:
            write(root, {f"{name}/{lang}/a.md": paragraphs(lang)[lang == "tr" :] for lang in LANGUAGES})
        assert "TC101" in run_all(capsys)

    def test_of_files_that_are_skipped(self, root: Path, capsys: Capture) -> None:
        write(root, {f"{name}.bin": "x" for name in self.NAMES})
        assert "skipped a¶:\ua789error::x.bin" in run_all(capsys)

    def test_of_files_that_cannot_be_read(self, root: Path, capsys: Capture) -> None:
        for name in self.NAMES:
            write(root, {f"en/{name}.md": b"\xff", f"pl/{name}.md": b"\xff\xfe\x00"})
        assert "TC001" in run_all(capsys)

    def test_that_are_no_unicode(self, root: Path, capsys: Capture) -> None:
        with open(os.fsencode(root) + b"/en/caf\xe9.md", "wb") as file:  # noqa: PTH123
            file.write(b"Text.\n")
        assert "not valid Unicode" in run_all(capsys)

    def test_on_the_command_line(self, root: Path, capsys: Capture) -> None:
        for name in self.NAMES:
            write(root, {f"{lang}/{name}.md": paragraphs(lang)[lang == "tr" :] for lang in LANGUAGES})
            assert run(["report", "--", f"tr/{name}.md"]) == 1
            assert run(["report", "--", f"no/{name}.md"]) == 2
            assert run(["report", "--select", name, "--lang=" + name]) == 2
            assert run(["align", "--", f"en/{name}.md", f"no/{name}.md"]) == 2
            assert run(["align", "--tmx", f"{name}.tmx", "--", f"en/{name}.md", f"pl/{name}.md"]) == 0
            assert run(["report", "--write-baseline", f"{name}.json", "--", f"tr/{name}.md"]) == 0
            assert run(["rules", "--", name]) == 2
            assert run(["explain", "--", name]) == 2
            assert run(["init", "--", name]) == 2
            captured = capsys.readouterr()
            assert harmless(captured.out)
            assert harmless(captured.err)


class TestShapes:
    def test_a_long_line(self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        # The stand-in looks at every character; what it would see at the end does not matter here.
        encode = FakeEncoder.encode
        monkeypatch.setattr(
            FakeEncoder, "encode", lambda self, texts, progress=None: encode(self, [t[:2000] for t in texts], progress)
        )
        write(root, {"en/long.md": ("x" * 999 + " ") * 10_000, "pl/long.md": "Słowo. " * 1000})
        write(root, {"termcheck.yaml": "max_file_size: 20000000\n"})
        assert run(["report"]) in (0, 1)
        assert harmless(capsys.readouterr().out)

    def test_a_file_beyond_the_limit(self, root: Path, capsys: Capture) -> None:
        write(root, {"termcheck.yaml": "max_file_size: 1000\n", "pl/story.md": "x" * 1001})
        assert run(["report"]) == 1
        assert "larger than 1,000 bytes" in " ".join(capsys.readouterr().out.split())

    def test_many_small_paragraphs(self, root: Path, capsys: Capture) -> None:
        write(root, {"en/many.md": [f"w{number % 40}" for number in range(20_000)], "pl/many.md": ["w1", "w2"] * 20})
        assert run(["report", "en/many.md", "pl/many.md"]) in (0, 1)
        assert harmless(capsys.readouterr().out)

    @pytest.mark.parametrize(
        "text",
        [
            "> " * 1500 + "deep",
            "- " * 1500 + "deep",
            "".join("  " * depth + "- x\n" for depth in range(150)),
            "[" * 3000 + "x",
            "*" * 3000 + "x " * 50,
            "`" * 999 + "a" + "``b" * 500,
            "<div>" * 1000 + "x",
            "![" * 1000 + "](" * 1000,
            "|" * 2000 + "\n" + "|-" * 2000 + "|\n" + "|x" * 2000,
            "{{< a " * 1000 + ">}}" * 1000,
            "<A b={{{" * 500 + "}}}>" * 500,
        ],
    )
    def test_nesting(self, text: str, root: Path, capsys: Capture) -> None:
        write(root, {"pl/story.md": text + "\n", "tr/story.mdx": text + "\n", "en/story.mdx": paragraphs("en")})
        assert run(["report", "--no-cache"]) in (0, 1)
        assert harmless(capsys.readouterr().out)


class TestLinks:
    def test_out_of_the_tree_and_loops(self, root: Path, tmp_path: Path, capsys: Capture) -> None:
        write(tmp_path, {"secret/pl/secret.md": "The password is swordfish.\n"})
        (root / "pl/secret.md").symlink_to(tmp_path / "secret/pl/secret.md")
        write(root, {"en/secret.md": "Text.\n"})
        (root / "fr").symlink_to(tmp_path / "secret/pl")
        (root / "en/loop").symlink_to(root)
        (root / "pl/self.md").symlink_to(root / "pl/self.md")
        (root / "pl/nowhere.md").symlink_to(root / "none.md")
        printed = run_all(capsys)
        assert "swordfish" not in printed
        assert "a symbolic link that leaves the folder" in printed
        assert "a symbolic link that leads nowhere" in printed

    def test_one_that_is_named(self, root: Path, tmp_path: Path, capsys: Capture) -> None:
        write(tmp_path, {"secret.md": "The password is swordfish.\n"})
        (root / "pl/secret.md").symlink_to(tmp_path / "secret.md")
        write(root, {"en/secret.md": "Text.\n"})
        assert run(["report", "pl/secret.md"]) == 3
        (root / "pl/self.md").symlink_to(root / "pl/self.md")
        assert run(["report", "pl/self.md"]) == 3
        assert run(["align", "en/story.md", "pl/self.md"]) == 2
        assert "swordfish" not in capsys.readouterr().out

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_named_pipe_is_not_waited_for(self, root: Path, capsys: Capture) -> None:
        (root / "pl/story.md").unlink()
        os.mkfifo(root / "pl/story.md")
        assert run(["report"]) == 1
        assert "it is no regular file" in " ".join(capsys.readouterr().out.split())


class TestPermissions:
    @pytest.fixture(autouse=True)
    def _are_needed(self, tmp_path: Path) -> None:
        probe = tmp_path / "probe"
        probe.touch(mode=0)
        if os.access(probe, os.R_OK):
            pytest.skip("everything is permitted here")

    def test_folders_and_files(self, root: Path, capsys: Capture) -> None:
        write(root, {"shut/en/a.md": "Text.\n"})
        (root / "shut").chmod(0)
        (root / "pl/story.md").chmod(0)
        try:
            printed = run_all(capsys)
            assert run(["report", "shut/en/a.md"]) == 2
        finally:
            (root / "shut").chmod(0o755)
        assert "the folder cannot be read" in printed
        assert "TC001" in printed

    def test_what_cannot_be_written(self, root: Path, capsys: Capture) -> None:
        root.chmod(0o555)
        try:
            assert run(["init"]) == 2
            assert run(["align", "en/story.md", "pl/story.md", "--tmx", "x.tmx"]) == 2
        finally:
            root.chmod(0o755)
        assert "Permission denied" in capsys.readouterr().err


class TestSettings:
    BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    @pytest.mark.parametrize("name", ["glossary.yaml", "termcheck.yaml"])
    @pytest.mark.parametrize(
        "content",
        [
            BOMB,
            '<!DOCTYPE x [<!ENTITY a "&b;&b;">]>',
            "[" * 5000,
            "a: " * 5000,
            "!!python/object/apply:os.system ['touch pwned']",
            "version: 1\nconcepts: &a\n  - *a\n",
            b"\xff\xfe\x00",
            "\x1b[31m: ::error::\n",
            "? [::error::x]\n: \u202e\n",
        ],
        ids=["aliases", "entities", "brackets", "maps", "objects", "recursion", "binary", "escapes", "keys"],
    )
    def test_are_refused(self, name: str, content: str | bytes, root: Path, capsys: Capture) -> None:
        write(root, {name: content})
        assert run(["report"]) == 2
        captured = capsys.readouterr()
        assert captured.err.startswith("Error: ")
        assert "bug" not in captured.err
        assert harmless(captured.err)
        assert not (root / "pwned").exists()

    def test_words_of_a_glossary_are_shown_only(self, root: Path, capsys: Capture) -> None:
        hostile = json.dumps("::error::x \u202e")
        write(
            root,
            {
                "glossary.yaml": "version: 1\nconcepts:\n"
                f"  - {{id: a, definition: {hostile}, terms: {{en: gardeners, pl: {hostile}}}}}\n"
                f"  - {{id: b, terms: {{en: bakers, pl: {hostile}}}}}\ndistinct:\n  - [a, b]\n"
            },
        )
        assert run(["report", "-v"]) in (0, 1, 2)
        captured = capsys.readouterr()
        assert harmless(captured.out)
        assert harmless(captured.err)

    def test_a_damaged_baseline_and_cache(self, root: Path, cache_dir: Path, capsys: Capture) -> None:
        write(root, {"known.json": '{"findings": ["\x1b::error::"' + "[" * 9999})
        assert run(["report", "--baseline", "known.json"]) == 2
        write(cache_dir, {"cache.sqlite": b"not a database" * 100})
        assert run(["report"]) == 0
        assert harmless(capsys.readouterr().err)
