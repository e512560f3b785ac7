"""The statistics of a glossary in their three forms."""

from __future__ import annotations

import io
import json

from rich.console import Console

from termcheck.model import GroupVerdict, Rendering, Verdict
from termcheck.report.stats_json import stats_json
from termcheck.report.stats_markdown import stats_markdown
from termcheck.report.stats_terminal import print_stats
from termcheck.terms.statistics import ConceptStatistics, LanguageCoverage, Origin, TermStatistics

HOSTILE = "a\x1b[31m|b<i>"
LANGUAGES = ("de", "en", "ko", "pl", "tr")


def cell(lang: str) -> ConceptStatistics:
    words = tuple(Rendering(f"{HOSTILE if n == 0 else 'w'}{n}", 9 - n) for n in range(4))
    origin = Origin.LEARNED if lang == "pl" else Origin.GLOSSARY
    return ConceptStatistics("client", lang, Verdict.MIXED, 20, 12 if lang == "en" else 0, origin, words)


def statistics() -> TermStatistics:
    cells = {("client", lang): cell(lang) for lang in LANGUAGES[:-1]}
    cells["client", "tr"] = ConceptStatistics("client", "tr", Verdict.UNKNOWN, 0, 0, Origin.NONE, ())
    return TermStatistics(
        ("client",),
        LANGUAGES,
        cells,
        tuple(LanguageCoverage(lang, 1, 1, 1, 1) for lang in LANGUAGES),
        (
            GroupVerdict(("client", "customer"), "pl", Verdict.COLLAPSED, (HOSTILE,), (), ""),
            GroupVerdict(("client", "customer"), "en", Verdict.DISTINCT, (), (), ""),
        ),
    )


def shown(width: int) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False)
    print_stats(statistics(), console)
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


def test_a_terminal_gets_no_control_characters() -> None:
    text = shown(300)
    assert "\x1b" not in text
    assert "a␛[31m|b<i>0 9×, w1 8×, 2 more*" in " ".join(text.split())
    assert "mixed, 12 hits" in text


def test_languages_that_do_not_fit_come_below() -> None:
    wide, narrow = shown(140), shown(50)
    assert wide.count("Concept") == 1
    assert narrow.count("Concept") == 5
    assert max(map(len, narrow.splitlines())) <= 50


def test_markdown_shows_and_does_not_act() -> None:
    text = stats_markdown(statistics())
    assert "\x1b" not in text
    assert "<i>" not in text
    rows = [line for line in text.splitlines() if line.startswith("| client")]
    assert rows[0].replace("&#124;", "").count("|") == len(LANGUAGES) + 2
    assert "<br>mixed, 12 hits" in rows[0]


def test_markdown_without_groups() -> None:
    from dataclasses import replace

    assert "must stay distinct" not in stats_markdown(replace(statistics(), groups=()))


def test_json_has_everything() -> None:
    data = json.loads(stats_json(statistics()))
    assert data["schema"] == "termcheck/glossary-stats/v1"
    (concept,) = data["concepts"]
    english, turkish = concept["languages"][1], concept["languages"][4]
    assert (english["occurrences"], english["house_word"], len(english["renderings"])) == (12, f"{HOSTILE}0", 4)
    assert (turkish["words_from"], turkish["house_word"]) == ("none", None)
    assert [verdict["verdict"] for verdict in data["distinct"]] == ["collapsed", "distinct"]
