"""Decisions on findings: what they do to a report, when they expire, and how their file is read and written."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from process import IMPORTED_FROM, python
from sample_result import sample_result
from scratch_repository import ScratchRepository
from small_corpus import check_paths, make_encoder, paragraphs, write, write_corpus
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.decisions import CheckedTexts, apply_decisions, decide, decided_cells
from termcheck.decisions_file import DecisionsFile
from termcheck.decisions_yaml import dump_decisions, parse_decisions
from termcheck.errors import InputError, OutputError
from termcheck.model import Decision, DecisionKind, Finding
from termcheck.pipeline import check
from termcheck.policy import exit_code
from termcheck.positioned import MistakesError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from termcheck.model import RunResult

FALSE_ALARM, ACCEPTED, LATER, NOTE = DecisionKind
FINDINGS = sample_result().findings
FILE = "termcheck-decisions.yaml"

_texts = st.text(max_size=30) | st.sampled_from(
    ["yes", "~", "a: b", "- x", "# no", "'", "{[", "\x85\u2028\ufeff", "1e5"]
)
_decisions = st.lists(
    st.builds(
        Decision,
        fingerprint=st.text("0123456789abcdef", min_size=16, max_size=16),
        kind=st.sampled_from([FALSE_ALARM, LATER]),
        code=st.sampled_from(["TC101", "TC402"]),
        path=_texts,
        message=_texts,
        lang=st.none() | st.sampled_from(["pl", "no", "zh-Hant"]),
        concepts=st.lists(_texts, max_size=2).map(tuple),
        by=_texts.filter(bool),
        reason=_texts.filter(bool),
        texts=st.dictionaries(st.sampled_from(["en", "no"]), st.just(("00000000", "1e234567"))),
    ),
    max_size=6,
    unique_by=lambda decision: decision.fingerprint,
)


def decision_on(finding: Finding, kind: DecisionKind = FALSE_ALARM, reason: str = "because") -> Decision:
    return decide(finding, kind, by="Ada", reason=reason)


class TestWhatDecisionsDo:
    @pytest.mark.parametrize("kind", [FALSE_ALARM, ACCEPTED])
    def test_what_is_settled_is_suppressed_with_the_reason(self, kind: DecisionKind) -> None:
        kept, suppressed, expired = apply_decisions(FINDINGS, [decision_on(FINDINGS[1], kind)])
        assert kept == (FINDINGS[0], *FINDINGS[2:])
        assert [(item.finding.fingerprint, item.reason) for item in suppressed] == [
            (FINDINGS[1].fingerprint, f"{kind.words}: because")
        ]
        assert suppressed[0].group == {FALSE_ALARM: "decided to be false alarms", ACCEPTED: "accepted"}[kind]
        assert not expired

    @pytest.mark.parametrize("kind", [LATER, NOTE])
    def test_what_is_not_settled_is_shown_with_the_decision(self, kind: DecisionKind) -> None:
        kept, suppressed, _ = apply_decisions(FINDINGS, [decision_on(FINDINGS[1], kind)])
        assert not suppressed
        assert [finding.decision and finding.decision.kind for finding in kept] == [None, kind, None, None, None]

    def test_only_what_is_to_be_fixed_later_makes_no_run_fail(self) -> None:
        for kind, code in ((LATER, 0), (NOTE, 1)):
            kept, _, _ = apply_decisions(FINDINGS[:1], [decision_on(FINDINGS[0], kind)])
            assert exit_code(kept, "note") == code

    @pytest.mark.parametrize("kind", [ACCEPTED, NOTE])
    def test_accepting_needs_a_reason(self, kind: DecisionKind) -> None:
        with pytest.raises(InputError):
            decide(FINDINGS[0], kind, reason=" \n")

    def test_reasons_are_one_line_of_bounded_length(self) -> None:
        assert decide(FINDINGS[0], LATER, reason=" a\n\tb ").reason == "a b"
        with pytest.raises(InputError, match="longer"):
            decide(FINDINGS[0], LATER, reason="x" * 2001)


def run(folder: Path, lang: str = "pl") -> RunResult:
    return check_paths(folder, source="en", langs=(lang,))


def codes(result: RunResult) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    """A corpus whose Polish version has a wrong number, which somebody called a false alarm."""
    texts = {lang: paragraphs(lang) for lang in ("en", "pl")}
    texts["en"][1] += " At 5."
    texts["pl"][1] += " Od 6."
    folder = write(tmp_path / "docs", {f"{lang}/story.md": found for lang, found in texts.items()})
    write(folder, {"termcheck.yaml": "source: en\n"})
    [finding] = run(folder).findings
    DecisionsFile(folder / FILE).record([decision_on(finding)])
    return folder


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class TestExpiry:
    def test_a_decision_holds_when_other_texts_change(self, decided: Path) -> None:
        replace_in(decided / "pl/story.md", "Górnicy", "Nowy akapit na początku.\n\nGórnicy")
        replace_in(decided / "pl/story.md", " Od 6.", "\nOd  6.")
        result = run(decided)
        assert "TC303" not in codes(result)
        assert "TC004" not in codes(result)
        assert [item.reason for item in result.suppressed if item.finding.code == "TC303"] == ["false alarm: because"]

    def test_without_decisions_everything_is_shown(self, decided: Path) -> None:
        config = load_config(decided)
        target = find_target([str(decided)]).based_at(config.file)
        result = check(target, config, decided=False, encoder=make_encoder(), use_cache=False)
        assert (codes(result), result.decisions) == (["TC303"], ())

    @pytest.mark.parametrize(("lang", "name", "old"), [("pl", "Polish", "6"), ("en", "English", "5")])
    def test_a_changed_text_ends_it_visibly(self, decided: Path, lang: str, name: str, old: str) -> None:
        replace_in(decided / lang / "story.md", old, "77")
        result = run(decided)
        assert codes(result) == ["TC303", "TC004"]
        number, note = result.findings
        assert note.message == (
            f"The decision “false alarm” on TC303 in pl/story.md no longer holds: the {name} text was changed."
        )
        assert note.location.path == FILE
        assert note.location.start.line == 4
        assert note.why[-1] == f"What the rule finds there now: {number.fingerprint}."
        assert [item.successor for item in result.expired] == [number.fingerprint]

    def test_a_corrected_text_ends_it_too(self, decided: Path) -> None:
        replace_in(decided / "pl/story.md", "6", "5")
        assert codes(run(decided)) == ["TC004"]

    def test_a_file_that_is_gone_ends_it(self, decided: Path) -> None:
        write(decided, {f"{lang}/other.md": paragraphs(lang) for lang in ("en", "pl")})
        (decided / "pl/story.md").unlink()
        notes = [finding for finding in run(decided).findings if finding.code == "TC004"]
        assert [note.message.rpartition(": ")[2] for note in notes] == ["its file is no longer checked."]

    def test_it_follows_a_renamed_file(self, decided: Path) -> None:
        for lang in ("en", "pl"):
            (decided / lang / "story.md").rename(decided / lang / "tale.md")
        result = run(decided)
        assert codes(result) == []
        assert [item.reason for item in result.suppressed] == ["false alarm: because"]

    def test_another_language_has_nothing_to_do_with_it(self, decided: Path) -> None:
        replace_in(decided / "pl/story.md", "6", "77")
        assert codes(run(decided, "en")) == []

    def test_a_decision_whose_texts_are_all_there_waits(self, decided: Path) -> None:
        write(decided, {"termcheck.yaml": "source: en\nexempt: [{rules: [TC303], reason: numbers are free}]\n"})
        result = run(decided)
        assert (codes(result), result.expired) == ([], ())
        assert len(result.decisions) == 1

    def test_a_fault_that_was_corrected_as_planned_is_not_reported(self, decided: Path) -> None:
        file = DecisionsFile(decided / FILE)
        file.record([replace(file.load()[0], kind=LATER)])
        replace_in(decided / "pl/story.md", "6", "5")
        result = run(decided)
        assert codes(result) == []
        assert [item.why for item in result.expired] == ["the Polish text was changed"]

    def test_the_texts_of_every_finding_are_known_to_be_there(self, tmp_path: Path) -> None:
        folder = write_corpus(tmp_path / "docs", without={"pl": 2, "tr": 4})
        result = check_paths(folder)
        assert len(result.findings) > 1
        known = CheckedTexts(result.sets, result.tables)
        assert [known.gone(decision_on(finding)) for finding in result.findings] == [[]] * len(result.findings)


def test_decisions_are_labels_of_the_cells_that_they_were_about(decided: Path) -> None:
    result = run(decided)
    paths = {version.path: each.key for each in result.sets for version in each.versions}
    [decision] = result.decisions
    [place] = decided_cells(result.decisions, paths, result.tables)
    assert place == (result.sets[0].key, 1, "pl")
    for kind, right in ((FALSE_ALARM, False), (ACCEPTED, True), (LATER, True)):
        assert decided_cells([replace(decision, kind=kind)], paths, result.tables) == {place: right}
    assert decided_cells([replace(decision, kind=NOTE)], paths, result.tables) == {}
    assert decided_cells([decision, replace(decision, kind=LATER)], paths, result.tables) == {place: True}
    replace_in(decided / "en/story.md", "5", "77")
    assert decided_cells([decision], paths, run(decided).tables) == {}


class TestTheFile:
    @settings(max_examples=50)
    @given(_decisions)
    def test_what_is_written_is_read(self, decisions: Sequence[Decision]) -> None:
        text = dump_decisions(decisions)
        assert sorted(parse_decisions(text), key=Decision.sort_key) == sorted(decisions, key=Decision.sort_key)
        assert dump_decisions(reversed(decisions)) == text
        assert len(text.splitlines()) == 3 + 5 * len(decisions)
        assert parse_decisions(text.encode()) == parse_decisions(text)
        # The YAML reader, which a text of another's writing goes to, says the same.
        assert parse_decisions(f"{text}\n") == parse_decisions(text)
        assert [each.position for each in parse_decisions(f"{text}\n")] == [
            each.position for each in parse_decisions(text)
        ]

    def test_a_block_is_five_lines_to_read(self) -> None:
        collapsed = next(finding for finding in FINDINGS if finding.code == "TC401")
        assert dump_decisions([decision_on(collapsed, ACCEPTED)]).splitlines()[3:] == [
            f'- finding: "{collapsed.fingerprint}"',
            '  message: "Polish says “klient” both for “client” and for “customer”, which must stay apart."',
            "  decision: accepted",
            "  reason: because",
            (
                "  details: {by: Ada, rule: TC401, path: pl/guide/clients.md, lang: pl, concepts: [client, customer], "
                f'texts: {{en: ["c2dd4e26"], pl: ["c551cab1"]}}}}  # {collapsed.fingerprint}'
            ),
        ]

    def test_our_own_writing_needs_no_yaml_reader(self, monkeypatch: pytest.MonkeyPatch) -> None:
        decisions = [decision_on(finding, ACCEPTED) for finding in FINDINGS]
        monkeypatch.setattr("termcheck.decisions_yaml.parse_yaml", None)
        assert len(parse_decisions(dump_decisions(decisions))) == len(decisions)

    def test_a_block_that_was_tampered_with_is_read_as_yaml(self) -> None:
        text = dump_decisions([decision_on(FINDINGS[0], ACCEPTED)])
        assert parse_decisions(text.replace("reason: because", "reason: 'because'")) == parse_decisions(text)
        for old, new in (("because", "yes"), ("by: Ada", "by: 1"), ("decision:", "decision: later\n  decision:")):
            changed = text.replace(old, new)
            assert changed != text
            if new == "yes":
                assert parse_decisions(changed)[0].reason == "yes"
                continue
            with pytest.raises(MistakesError):
                parse_decisions(changed)

    def test_no_file_is_no_decisions(self, tmp_path: Path) -> None:
        file = DecisionsFile(tmp_path / FILE)
        assert file.load() == ()
        assert file.remove(["0" * 16]) == {"0" * 16: None}
        assert not file.path.exists()

    def test_changes_are_returned_to_be_undone(self, tmp_path: Path) -> None:
        file = DecisionsFile(tmp_path / FILE)
        first = decision_on(FINDINGS[0])
        file.record([first])
        before = file.record([replace(first, kind=LATER), decision_on(FINDINGS[1])])
        assert len(file.load()) == 2
        file.restore(before)
        assert file.load() == (first,)
        file.restore(file.remove([first.fingerprint]))
        assert file.load() == (first,)

    @pytest.mark.parametrize(
        ("text", "line", "message"),
        [
            ("[]", 1, "must be a mapping"),
            ("version: 2", 1, "'version' must be 1"),
            ("decisions: {}\nversion: 1", 1, "must be a list"),
            ("version: 1\ndecisions:\n- x", 3, "must be a mapping"),
            ("version: 1\ndecisions:\n- {finding: 1234567890123456}", 3, "in quotes"),
            ("version: 1\nextra: 1", 2, "unknown key 'extra'"),
            ("version: 1\ndecisions: &a [*a]", 2, "names no anchor"),
            ("version: 1\ndecisions: [!!python/object:os.system x]", 2, "tag"),
            ("version: 1\ndecisions:\n<<<<<<< ours\n- x\n=======\n- y\n>>>>>>> theirs\n", 3, "a merge is unfinished"),
            ("version: 1\ndecisions: [x", 3, "is missing"),
            ("\x00", 1, "control character"),
        ],
    )
    def test_mistakes_are_told_with_their_line(self, text: str, line: int, message: str, tmp_path: Path) -> None:
        path = tmp_path / FILE
        path.write_text(text, "utf-8")
        with pytest.raises(InputError) as caught:
            DecisionsFile(path).load()
        assert f"{FILE}:{line}:" in caught.value.message
        assert message in caught.value.message
        with pytest.raises(InputError):
            DecisionsFile(path).record([decision_on(FINDINGS[0])])
        assert path.read_text("utf-8") == text

    def test_a_copy_is_passed_over_but_another_opinion_is_told(self) -> None:
        text = dump_decisions([decision_on(FINDINGS[0])])
        block = text.partition("decisions:\n")[2]
        assert parse_decisions(text + block) == parse_decisions(text)
        with pytest.raises(MistakesError, match="decided otherwise here than in line 4") as caught:
            parse_decisions(text + block.replace("false-alarm", "later"))
        assert caught.value.mistakes[0].position.line == 9

    @pytest.mark.parametrize("missing", ["message", "decision", "details", "finding", "reason"])
    def test_what_is_missing_is_told(self, missing: str) -> None:
        lines = dump_decisions([decision_on(FINDINGS[0], ACCEPTED)]).replace("- finding", "-\n  finding").splitlines()
        left = [line for line in lines if not line.strip().startswith(f"{missing}:")]
        with pytest.raises(MistakesError, match=missing):
            parse_decisions("\n".join(left))

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="folder does not exist"):
            DecisionsFile(tmp_path / "no" / FILE).record([decision_on(FINDINGS[0])])


_RECORDING = """
import sys
from pathlib import Path
from termcheck.decisions_file import DecisionsFile
from termcheck.model import Decision, DecisionKind
file, worker = DecisionsFile(Path(sys.argv[1])), int(sys.argv[2])
for number in range(int(sys.argv[3])):
    fingerprint = f"{worker:08x}{number:08x}"
    file.record([Decision(fingerprint, DecisionKind.LATER, "TC303", "a.md", "A number differs." * 50)])
    print(number, flush=True)
"""


class TestSeveralAtOnce:
    def test_two_processes_lose_nothing(self, tmp_path: Path) -> None:

        path, count = tmp_path / FILE, 25
        workers = [
            subprocess.Popen(
                [sys.executable, "-c", _RECORDING, str(path), str(worker), str(count)],
                env={"PYTHONPATH": IMPORTED_FROM},
                stdout=subprocess.DEVNULL,
            )
            for worker in range(3)
        ]
        assert [worker.wait(60) for worker in workers] == [0, 0, 0]
        assert len(DecisionsFile(path).load()) == 3 * count
        assert [each.name for each in tmp_path.iterdir()] == [FILE]

    def test_a_process_killed_while_saving_leaves_a_whole_file(self, tmp_path: Path) -> None:

        path = tmp_path / FILE
        for _ in range(3):
            with subprocess.Popen(
                [sys.executable, "-c", _RECORDING, str(path), "1", "100000"],
                env={"PYTHONPATH": IMPORTED_FROM},
                stdout=subprocess.PIPE,
            ) as worker:
                assert worker.stdout is not None
                done = [worker.stdout.readline() for _ in range(20)]
                worker.kill()
            # Whatever it said it saved is there, and at most one more; and the lock went with the process.
            saved = {decision.fingerprint for decision in DecisionsFile(path).load()}
            assert {f"{1:08x}{int(line):08x}" for line in done} <= saved
        DecisionsFile(path).remove(saved)
        assert DecisionsFile(path).load() == ()


def _merge(folder: Path, base: str, ours: str, theirs: str, *options: str) -> tuple[int, str]:
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(text, "utf-8", newline="")
    done = subprocess.run(
        ["git", "merge-file", "-p", *options, "ours", "base", "theirs"], cwd=folder, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode()


_numbered = st.lists(st.integers(0, 400), max_size=12)


class TestMerges:
    @staticmethod
    def decisions(numbers: Sequence[int]) -> dict[str, Decision]:
        """Decisions that are as like as they can be: same file, rule, reason and person."""
        found = {}
        for number in numbers:
            finding = replace(FINDINGS[number % 2], fingerprint=f"{number * 7919 % 401:016x}")
            found[finding.fingerprint] = decision_on(finding)
        return found

    @settings(max_examples=60)
    @given(base=_numbered, ours=_numbered, theirs=_numbered)
    def test_a_union_of_two_branches_has_all_that_either_decided(
        self, tmp_path_factory: pytest.TempPathFactory, base: list[int], ours: list[int], theirs: list[int]
    ) -> None:
        folder = tmp_path_factory.mktemp("merge")
        texts = [dump_decisions(self.decisions(each).values()) for each in (base, base + ours, base + theirs)]
        code, merged = _merge(folder, *texts, "--union")
        assert code == 0
        assert sorted(parse_decisions(merged), key=Decision.sort_key) == sorted(
            self.decisions(base + ours + theirs).values(), key=Decision.sort_key
        )

    def test_decisions_in_different_places_merge_without_any_setting(self, tmp_path: Path) -> None:
        base = self.decisions([1, 3, 5])
        order = sorted(base)
        between = [f"{int(fingerprint, 16) + 1:016x}" for fingerprint in order[:2]]
        first, second = (decision_on(replace(FINDINGS[1], fingerprint=each)) for each in between)
        texts = [dump_decisions([*base.values(), *more]) for more in ([], [first], [second])]
        code, merged = _merge(tmp_path, *texts)
        assert (code, len(parse_decisions(merged))) == (0, 5)

    def test_two_opinions_on_one_finding_are_told(self, tmp_path: Path) -> None:
        base, ours, theirs = (
            dump_decisions(each) for each in ([], [decision_on(FINDINGS[0])], [decision_on(FINDINGS[0], LATER)])
        )
        _, merged = _merge(tmp_path, base, ours, theirs)
        with pytest.raises(MistakesError, match="a merge is unfinished"):
            parse_decisions(merged)
        _, merged = _merge(tmp_path, base, ours, theirs, "--union")
        with pytest.raises(MistakesError, match="given twice"):
            parse_decisions(merged)

    def test_git_does_it_with_one_line_of_attributes(self, tmp_path: Path) -> None:
        scratch = ScratchRepository(tmp_path / "repo")
        scratch.commit({".gitattributes": f"{FILE} merge=union\n", FILE: dump_decisions([])})
        scratch.git("switch", "-c", "other", "--quiet")
        scratch.commit({FILE: dump_decisions([decision_on(FINDINGS[0])])})
        scratch.git("switch", "main", "--quiet")
        scratch.commit({FILE: dump_decisions([decision_on(FINDINGS[1])])})
        scratch.git("merge", "--quiet", "--no-edit", "other")
        assert len(DecisionsFile(scratch.folder / FILE).load()) == 2


def test_decisions_are_read_without_the_packages_of_the_stages(tmp_path: Path) -> None:
    program = "import sys, termcheck.decisions_file; print({'numpy', 'rich', 'jinja2'} & set(sys.modules))"
    assert python("-c", program, cwd=tmp_path).stdout == b"set()\n"
