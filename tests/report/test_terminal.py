from __future__ import annotations

import dataclasses
import re

import pytest
from rich.cells import cell_len

from golden import Printed, check_golden
from sample_result import excerpt, location, sample_result
from termcheck.fingerprint import with_fingerprints
from termcheck.model import (
    ConceptUse,
    Finding,
    GroupVerdict,
    Location,
    Position,
    Role,
    RunResult,
    SetSummary,
    Severity,
    Verdict,
    VersionSummary,
)
from termcheck.report.terminal import QUIET, render_terminal
from termcheck.report.wording import sureness


def render(
    result: RunResult,
    *,
    width: int = 80,
    verbosity: int = 0,
    limit: int | None = None,
    color: bool = False,
    repeated: tuple[str, ...] = (),
    proposed_for: tuple[str, ...] | None = None,
) -> str:
    printed = Printed(width, color=color)
    render_terminal(
        result, printed.console, verbosity=verbosity, limit=limit, repeated=repeated, proposed_for=proposed_for
    )
    return printed.getvalue()


def block(text: str, start: str) -> str:
    """The part of the report from the line that starts so, up to the next finding or file."""
    part = text[text.index(f"\n{start}") + 1 :]
    return re.split(r"\n\n(?=\S)", part)[0]


@pytest.mark.parametrize("width", [80, 120])
def test_golden_terminal(width: int) -> None:
    check_golden(f"terminal-{width}.txt", render(sample_result(), width=width))


def test_golden_terminal_verbose() -> None:
    check_golden("terminal-verbose.txt", render(sample_result(), width=100, verbosity=1))


def test_golden_terminal_quiet() -> None:
    check_golden("terminal-quiet.txt", render(sample_result(), verbosity=QUIET))


def test_golden_terminal_color() -> None:
    check_golden("terminal-color.txt", render(sample_result(), color=True).replace("\x1b", "<ESC>"))


def test_nothing_found() -> None:
    summary = SetSummary("a.md", None, 3, (VersionSummary("pl", "pl/a.md", 3, 1.0), VersionSummary("tr", "a", 3, 1.0)))
    lines = render(RunResult((), sets=(summary,))).splitlines()
    assert lines[0] == "a.md  2 versions, 3 rows of paragraphs"
    assert lines[-2] == "No findings."
    assert lines[-1].startswith("Nothing to do.")
    assert render(RunResult(()), verbosity=QUIET) == "No findings.\n"


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("verbosity", [0, 1, 2])
def test_every_line_fits_the_console(width: int, verbosity: int) -> None:
    text = render(sample_result(), width=width, verbosity=verbosity)
    assert [line for line in text.split("\n") if cell_len(line) > width or line.endswith(" ")] == []


@pytest.mark.parametrize("width", [20, 33, 80, 100])
@pytest.mark.parametrize("verbosity", [QUIET, 0, 2])
def test_nothing_from_the_texts_acts_on_a_terminal_or_a_build_log(width: int, verbosity: int) -> None:
    text = render(sample_result(), width=width, verbosity=verbosity)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", text)
    assert not re.search(r"^\s*::[A-Za-z]", text, re.MULTILINE)
    assert "##[" not in text


def test_with_colours_the_only_escape_sequences_are_our_own_styles() -> None:
    text = render(sample_result(), color=True, verbosity=2)
    assert set(re.findall("\x1b(.)", text)) == {"["}
    assert set(re.findall("\x1b\\[[0-9;]*(.)", text)) == {"m"}
    assert "no markup[/]" in text, "markup was taken for a style"


def test_the_source_is_first_and_the_text_to_check_second() -> None:
    found = block(render(sample_result()), "pl/guide/clients.md:12:1")
    languages = re.findall(r"^  (\w+ \(\w+\)) +│ ", found, re.MULTILINE)
    assert languages == ["English (en)", "Polish (pl)", "Arabic (ar)", "Indonesian (id)"]
    assert "Not shown: Korean (ko), Turkish (tr)." in found
    assert "Korean (ko)  " in block(render(sample_result(), verbosity=1), "pl/guide/clients.md:12:1")


def test_marked_words_are_in_brackets_without_colours_and_underlined_with() -> None:
    plain = render(sample_result())
    assert "⟦Klient⟧ wysyła żądanie, a ⟦klient⟧" in plain
    coloured = render(sample_result(), color=True)
    assert "⟦" not in coloured
    styles = re.findall("\x1b\\[([0-9;]*)mKlient", coloured)
    assert [style.split(";")[0] for style in styles] == ["4"], "underlined"


def test_a_long_paragraph_is_cut_around_its_marks_unless_everything_is_asked_for() -> None:
    found = block(render(sample_result()), "pl/guide/clients.md:40:1")
    assert "⟦klient podpisuje⟧" in found.replace("\n", "")
    assert "│ … " in found
    assert len(found.splitlines()) < 25
    everything = render(sample_result(), verbosity=2)
    assert "…" not in block(everything, "pl/guide/clients.md:40:1")
    assert everything.count("przegląda") >= 38


def test_paragraphs_of_a_merged_text_are_told_apart() -> None:
    assert "First ⟦paragraph. ¶ Second⟧ paragraph." in render(sample_result())


def test_a_text_in_no_language_is_named_by_its_file() -> None:
    place = Location("glossary.yaml", None, Position(3, 1), Position(3, 4))
    texts = tuple(excerpt(Role.CONTEXT, "glossary.yaml", None, 3 + number, "müşteri") for number in range(5))
    finding = Finding("TC403", "n", Severity.NOTE, 1.0, "m", place, excerpts=texts)
    text = render(RunResult((finding,)))
    assert re.search(r"^  glossary\.yaml +│ müşteri$", text, re.MULTILINE)
    assert "Not shown: texts in no language." in text


def test_the_limit_shows_the_most_severe_findings_and_says_so() -> None:
    text = render(sample_result(), limit=3)
    shown = re.findall(r"^\S+:\d+:\d+  (\w+)  (TC\d+)", text, re.MULTILINE)
    assert shown == [("warning", "TC403"), ("error", "TC401"), ("error", "TC101")]
    assert "5 findings in 4 files: 2 errors, 2 warnings, 1 note." in text
    assert "Shown above: 3 of 5, the most severe; --limit 0 shows all." in text
    assert "Shown above" not in render(sample_result(), limit=5)
    assert not re.search(r"TC\d+ ", render(sample_result(), limit=0, verbosity=QUIET))


def test_quiet_is_one_line_a_finding_however_long() -> None:
    lines = render(sample_result(), width=40, verbosity=QUIET).splitlines()
    assert len([line for line in lines if re.match(r"\S.*:\d+:\d+  (error|warning|note)  TC\d", line)]) == 5
    assert lines[5].startswith("5 findings")


def test_totals_name_what_is_not_counted() -> None:
    text = render(sample_result(), width=120)
    assert "Not counted: 2 in the baseline; 1 ignored in the text: agreed with [red]the author␛[0m." in text
    assert "Skipped: 2 files (-v lists them)." in text
    assert "pl/broken.md" not in text
    verbose = render(sample_result(), width=120, verbosity=1)
    assert "  • pl/broken.md: not UTF-8: byte 0xff at line 3\n" in verbose


def test_the_last_lines_say_what_to_do_next() -> None:
    result = sample_result()
    worst = next(item for item in result.findings if item.severity is Severity.ERROR)
    assert render(result).splitlines()[-3:] == [
        "Next:",
        f"  termcheck explain {worst.fingerprint}  the evidence behind a finding",
        f"  termcheck rules {worst.code}  what its rule means",
    ]


def test_the_next_command_is_given_the_same_corpus() -> None:
    text = render(sample_result(), width=200, repeated=("my docs", "--source", "none"))
    assert re.search(r"^  termcheck explain [0-9a-f]{16} 'my docs' --source none  ", text, re.MULTILINE)


def test_without_a_glossary_the_way_to_one_is_shown() -> None:
    assert "\n  termcheck glossary discover docs  " in render(sample_result(), proposed_for=("docs",))
    assert "glossary discover" in render(RunResult(()), proposed_for=())
    assert "glossary discover" not in render(sample_result())


def test_a_collapse_without_a_finding_is_not_nothing() -> None:
    use = ConceptUse("client", "pl", Verdict.MIXED, 4, (), False)
    verdict = GroupVerdict(("client", "customer"), "pl", Verdict.MIXED, (), (use,), "")
    last = render(RunResult((), verdicts=(verdict,))).splitlines()[-2:]
    assert "look at them" in " ".join(last)
    assert "Nothing to do" not in " ".join(last)


def test_coverage_of_all_but_one_paragraph_is_not_100_percent() -> None:
    summary = SetSummary("a", None, 2, (VersionSummary("pl", "pl/a", 9999, 0.9999), VersionSummary("tr", "a", 7, 0.29)))
    text = render(RunResult((), sets=(summary,)))
    assert " 99 %" in text
    assert " 29 %" in text


def test_excluded_versions_and_missing_languages_are_said() -> None:
    text = render(sample_result())
    row = block(text, "Indonesian (id)").splitlines()
    assert "left out" in row[0]
    assert row[2] == "no translation of the others"
    assert "No version in German (de), Chinese (Simplified) (zh-Hans)." in text


def test_of_many_documents_those_with_something_to_look_at_are_shown() -> None:
    versions = {
        number: VersionSummary("pl", f"pl/{number}.md", 9, 1.0, excluded=number == 3, outdated=2 if number == 5 else 0)
        for number in range(12)
    }
    sets = tuple(SetSummary(f"document {number}", None, 9, (version,)) for number, version in versions.items())
    finding = dataclasses.replace(sample_result().findings[0], location=location("pl/7.md", "pl", 1))
    result = RunResult((finding,), sets=sets)
    text = render(result)
    assert re.findall(r"^document (\d+) ", text, re.MULTILINE) == ["3", "5", "7"]
    assert "9 documents without findings: -v lists them too." in text
    assert len(re.findall(r"^document \d+ ", render(result, verbosity=1), re.MULTILINE)) == 12
    few = dataclasses.replace(result, sets=sets[:8])
    assert len(re.findall(r"^document \d+ ", render(few), re.MULTILINE)) == 8


def test_a_document_in_one_language_only_has_nothing_to_compare() -> None:
    summary = SetSummary("a.md", None, 0, (VersionSummary("pl", "pl/a.md", 0, 0.0),), ("tr",))
    lines = render(RunResult((), sets=(summary,)), width=100).splitlines()
    assert lines[0] == "a.md  1 version, nothing to compare"
    assert re.fullmatch(r"Polish \(pl\) +pl/a\.md( +–){5}", lines[3])
    assert lines[4] == "No version in Turkish (tr)."


def test_every_verdict_is_in_the_matrix() -> None:
    text = render(sample_result(), width=120)
    for line in (
        r"German \(de\) +unknown +– +–",
        r"Indonesian \(id\) +distinct +klien 15× +pelanggan 9×",
        r"Korean \(ko\) +mixed +클라이언트 9×, 고객 4×, 의뢰인 1×, 1 more +고객 9×",
        r"Polish \(pl\) +collapsed +klient 14×, program 1× +klient 9×",
        r"Turkish \(tr\) +acknowledged +müşteri 13×\* +müşteri 9×\*",
    ):
        assert re.search(f"^{line}$", text, re.MULTILINE), line
    assert "German (de): Only 2 rows" not in text
    assert "German (de): Only 2 rows" in render(sample_result(), width=120, verbosity=1)
    assert "* The glossary has no word here" in text


def test_a_concept_without_a_count_has_a_dash() -> None:
    use = ConceptUse("a", "pl", Verdict.UNKNOWN, 0, ())
    text = render(RunResult((), verdicts=(GroupVerdict(("a", "b"), "pl", Verdict.UNKNOWN, (), (use,), ""),)))
    assert re.search(r"^Polish \(pl\) +unknown +– +–$", text, re.MULTILINE)


def test_a_very_long_paragraph_with_many_marks_is_shown() -> None:
    text = "::a \x1b client " * 100_000
    finding = Finding(
        "TC401",
        "n",
        Severity.NOTE,
        0.5,
        "m",
        location("a", "pl", 1),
        excerpts=(excerpt(Role.TARGET, "a", "pl", 1, text, "client"),),
    )
    assert len(render(RunResult((finding,)))) < 3000


def test_findings_of_a_document_that_is_not_in_the_overview_are_shown() -> None:
    result = dataclasses.replace(sample_result(), sets=(), verdicts=())
    assert render(result).startswith("glossary.yaml  1 finding")


def test_a_finding_without_texts_is_shown() -> None:
    finding = Finding("TC101", "n", Severity.NOTE, 0.2, "Something.", location("a.md", "pl", 2))
    (finding,) = with_fingerprints([finding])
    expected = f"a.md:2:1  note  TC101 n\n  Something.\n  possible · {finding.fingerprint}\n"
    assert expected in render(RunResult((finding,)))


@pytest.mark.parametrize(
    ("confidence", "words"), [(1.0, "very sure"), (0.89, "fairly sure"), (0.5, "likely"), (0.0, "possible")]
)
def test_confidence_in_words(confidence: float, words: str) -> None:
    assert sureness(confidence) == words
