from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from small_corpus import paragraphs, use_stand_in, write
from termcheck.cli import run
from termcheck.schema import load_schema

Capture = pytest.CaptureFixture[str]
FILE = "termcheck-decisions.yaml"


@pytest.fixture(autouse=True)
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a corpus with two wrong numbers in Polish."""
    use_stand_in(monkeypatch)
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    texts = {lang: paragraphs(lang) for lang in ("en", "pl")}
    for number, wrong in ((1, 6), (3, 80)):
        texts["en"][number] += " 5."
        texts["pl"][number] += f" {wrong}."
    folder = write(tmp_path / "docs", {f"{lang}/story.md": found for lang, found in texts.items()})
    write(folder, {"termcheck.yaml": "source: en\n"})
    monkeypatch.chdir(folder)
    return folder


def fingerprints(capsys: Capture) -> list[str]:
    run(["report", "--format", "json", "--no-decisions"])
    return [finding["fingerprint"] for finding in json.loads(capsys.readouterr().out)["findings"]]


def decide(fingerprint: str, kind: str, reason: str = "") -> None:
    """As somebody would by hand."""
    path = Path(FILE)
    text = path.read_text("utf-8") if path.exists() else "version: 1\ndecisions:\n"
    text += f'- finding: "{fingerprint}"\n  message: A number differs.\n  decision: {kind}\n'
    text += f"  reason: {reason}\n" if reason else ""
    path.write_text(text + "  details: {rule: TC303, path: pl/story.md, lang: pl}\n", "utf-8")


def test_every_command_honours_decisions(capsys: Capture) -> None:
    first, second = fingerprints(capsys)
    assert run(["report", "--fail-on", "warning", "-q"]) == 1
    decide(first, "accepted", "so says the law")
    decide(second, "later")
    capsys.readouterr()
    assert run(["report", "--fail-on", "warning"]) == 0
    text = capsys.readouterr().out
    assert "warning (to be fixed later)  TC303" in text
    assert "Not counted: 1 accepted." in text
    assert "Decided so far: TC303 2 of 2 right." in text
    assert run(["explain", first]) == 0
    assert "accepted: so says the law" in capsys.readouterr().out
    run(["report", "--format", "sarif-full"])
    [log] = json.loads(capsys.readouterr().out)["runs"]
    assert [item["justification"] for each in log["results"] for item in each.get("suppressions", ())] == [
        "accepted: so says the law"
    ]
    run(["report", "--format", "junit", "--fail-on", "warning"])
    assert 'failures="0"' in capsys.readouterr().out
    run(["report", "--write-baseline", "known.json"])
    assert Path("known.json").read_text("utf-8").count("TC303") == 1
    assert run(["report", "--fail-on", "warning", "--no-decisions"]) == 1


def test_a_file_of_decisions_with_mistakes_stops_the_run(capsys: Capture) -> None:
    write(Path(), {FILE: "version: 1\ndecisions: 5\n"})
    assert run(["report"]) == 2
    assert f"{FILE}:2:" in capsys.readouterr().err


def test_the_status(capsys: Capture) -> None:
    decide(fingerprints(capsys)[0], "false-alarm")
    decide("0" * 16, "false-alarm")
    assert run(["review", "--status"]) == 0
    text = capsys.readouterr().out
    assert "1 of 2 findings decided (50 %), 1 open." in text
    assert "0 %" in text
    assert run(["review", "--status", "--format", "json", "--lang", "pl"]) == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.validate(data, load_schema("review-status.v1"))
    assert data["total"]["open"] == data["total"]["false_alarm"] == 1


def test_pruning_takes_out_what_expired(capsys: Capture) -> None:
    first, second = fingerprints(capsys)
    decide(first, "false-alarm")
    decide(second, "false-alarm")
    path = Path("pl/story.md")
    path.write_text(path.read_text("utf-8").replace("6.", "7."), "utf-8")
    # The decision by hand has no hashes of texts; a number that is still wrong ends it.
    assert run(["review", "--prune"]) == 0
    assert "Taken out: 1 expired decision." in capsys.readouterr().out
    assert Path(FILE).read_text("utf-8").count("- finding") == 1


@pytest.mark.parametrize("name", ["xliff", "csv"])
def test_texts_go_out_and_come_back(name: str, capsys: Capture) -> None:
    assert run(["review", "--export", f"{name}=open.{name}", "--lang", "pl"]) == 0
    assert "Written: 2 texts to correct." in capsys.readouterr().out
    sent = Path(f"open.{name}")
    sent.write_text(sent.read_text("utf-8").replace(" 6.", " 5."), "utf-8")
    assert run(["review", "--import", str(sent)]) == 0
    assert "Written: 1 text in 1 file. Unchanged: 1." in capsys.readouterr().out
    assert len(fingerprints(capsys)) == 1


def test_what_cannot_be_imported_is_listed(capsys: Capture) -> None:
    run(["review", "--export", "csv=open.csv", "--lang", "pl"])
    path = Path("pl/story.md")
    path.write_text(path.read_text("utf-8").replace(" 6.", " 5."), "utf-8")
    sent = Path("open.csv")
    sent.write_text(sent.read_text("utf-8").replace(" 6.", " 4."), "utf-8")
    capsys.readouterr()
    assert run(["review", "--import", "open.csv"]) == 1
    captured = capsys.readouterr()
    assert "Not imported: 1 text." in captured.err
    assert "the text in the file was changed since the export" in captured.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--export", "csv=x.csv"], "one --lang"),
        (["--export", "csv=x.csv", "--lang", "pl", "--lang", "en"], "one --lang"),
        (["--export", "tmx=x", "--lang", "pl"], "tmx"),
        (["--status", "--prune"], "cannot be used together"),
        (["--import", "none.csv"], "none.csv"),
        (["--import", "termcheck.yaml"], "no column"),
        (["--import", "pl"], "cannot be read"),
        (["--export", "xliff=x.xlf", "--lang", "en"], "no open text"),
    ],
)
def test_misuse_is_told(arguments: list[str], said: str, capsys: Capture) -> None:
    assert run(["review", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not Path("x.csv").exists()
