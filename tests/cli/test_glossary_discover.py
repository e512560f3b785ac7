from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from small_corpus import use_stand_in, write
from term_rows import filled, plain
from termcheck.cli import run
from termcheck.glossary_file import load_glossary
from termcheck.model import Alignment, Cell, Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from termcheck.inputs import ReadSet

Capture = pytest.CaptureFixture[str]
CLIENT = {"en": "client", "de": "Mandant", "pl": "klient"}
CUSTOMER = {"en": "customer", "de": "Kunde", "pl": "klient"}
WANDERING = {"en": "client", "de": "Mandat", "pl": "klient"}


def row_by_row(sets: Sequence[ReadSet], *_: object) -> list[Alignment]:
    """The table in which the versions' segments stand side by side."""
    (each,) = sets
    langs = tuple(each.segments)
    rows = tuple(
        Row(index, {lang: Cell((each.segments[lang][index],)) for lang in langs})
        for index in range(len(each.segments[langs[0]]))
    )
    return [Alignment(each.document.key, "en", langs, rows)]


@pytest.fixture(autouse=True)
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus in which Polish has one word for two English ones, as the working directory."""
    use_stand_in(monkeypatch)
    monkeypatch.setattr("termcheck.surveys.align", row_by_row)
    rows = [*filled(CLIENT), *filled(CUSTOMER), *plain("en", "de", "pl") * 3]
    folder = tmp_path / "docs"
    write(folder, {f"{lang}/story.md": [row[lang] for row in rows] for lang in ("en", "de", "pl")})
    monkeypatch.chdir(folder)
    return folder


def test_a_table(capsys: Capture) -> None:
    assert run(["glossary", "discover"]) == 0
    shown = capsys.readouterr().out
    assert "Pairs of English words that have one word in another language" in shown
    (line,) = (line for line in shown.splitlines() if line.startswith("client / customer"))
    assert line.split()[3:] == ["pl", "klient", "10", "of", "10,", "10", "of", "10", "de"]


def test_a_glossary_that_can_be_used(corpus: Path, capsys: Capture) -> None:
    assert run(["glossary", "discover", "-o", "proposed.yaml"]) == 0
    assert capsys.readouterr().out == "wrote proposed.yaml\n"
    glossary = load_glossary(corpus / "proposed.yaml", "proposed.yaml")
    assert [group.concepts for group in glossary.distinct] == [("client", "customer")]
    text = (corpus / "proposed.yaml").read_text(encoding="utf-8")
    assert "# Polish “klient” in 10 of 10 rows with only client and 10 of 10 with only customer; apart in de" in text
    assert run(["glossary", "discover", "--format", "yaml"]) == 0
    assert capsys.readouterr().out == text


def test_json(capsys: Capture) -> None:
    assert run(["glossary", "discover", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "termcheck/proposals/v1"
    (merger,) = data["mergers"]
    assert (merger["words"], merger["lang"], merger["word"]) == (["client", "customer"], "pl", "klient")
    assert merger["rows"] == [10, 10]
    assert [example["path"] for example in merger["examples"]] == ["pl/story.md", "pl/story.md"]
    assert "client" in merger["examples"][0]["base_text"]


def test_a_language_in_which_nothing_stands_out(capsys: Capture) -> None:
    assert run(["glossary", "discover", "--lang", "de"]) == 0
    assert capsys.readouterr().out == "Nothing stands out in 50 rows.\n"


def test_a_language_that_is_not_there(capsys: Capture) -> None:
    assert run(["glossary", "discover", "--lang", "fi"]) == 2
    assert "Finnish" in capsys.readouterr().err


def test_standard_output_by_name(capsys: Capture) -> None:
    assert run(["glossary", "discover", "-o", "-"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "  - [client, customer]"


def test_nothing_to_compare(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["glossary", "discover", str(tmp_path / "empty")]) == 3


def test_help(capsys: Capture) -> None:
    assert run(["glossary", "--help"]) == 0
    assert "discover" in capsys.readouterr().out
