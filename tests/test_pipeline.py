from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from small_corpus import check_paths, make_encoder, paragraphs, write, write_corpus
from termcheck.config import load_config
from termcheck.corpus.discover import discover_pairs
from termcheck.corpus.target import Target
from termcheck.errors import ConfigError, InputError, NothingToCheckError
from termcheck.model import RunResult, Severity
from termcheck.pipeline import check
from termcheck.surveys import align_files

if TYPE_CHECKING:
    from pathlib import Path


def found(result: RunResult) -> list[tuple[str, str]]:
    return [(finding.code, finding.location.path) for finding in result.findings]


def coverages(result: RunResult) -> dict[str, float]:
    return {version.path: version.coverage for summary in result.sets for version in summary.versions}


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A corpus whose Polish version lacks the third paragraph."""
    return write_corpus(tmp_path / "faulty", without={"pl": 2})


class TestWhatIsFound:
    def test_nothing_in_a_faithful_corpus(self, tmp_path: Path) -> None:
        result = check_paths(write_corpus(tmp_path / "docs"))
        assert result.findings == ()
        assert coverages(result) == {"en/story.md": 1.0, "pl/story.md": 1.0, "tr/story.md": 1.0}
        assert result.model == make_encoder().fingerprint

    def test_the_tables_behind_the_summaries(self, faulty: Path) -> None:
        result = check_paths(faulty)
        [table], [summary] = result.tables, result.sets
        assert (table.key, len(table.rows)) == (summary.key, summary.rows)
        assert [row.index for row in table.rows if not row.cells["pl"]] == [2]

    def test_a_missing_paragraph_with_a_source(self, faulty: Path) -> None:
        result = check_paths(faulty)
        (finding,) = result.findings
        assert (finding.code, finding.location.path) == ("TC101", "pl/story.md")
        assert "(the source)" in finding.message
        assert result.sets[0].source == "en"

    def test_a_missing_paragraph_without_a_source(self, faulty: Path) -> None:
        result = check_paths(faulty, source="none")
        (finding,) = result.findings
        assert (finding.code, finding.location.path) == ("TC101", "pl/story.md")
        assert "source" not in finding.message
        assert result.sets[0].source is None

    def test_another_source_is_the_measure(self, faulty: Path) -> None:
        assert {code for code, _ in found(check_paths(faulty, source="pl"))} == {"TC102"}

    def test_a_document_in_one_language_only(self, tmp_path: Path) -> None:
        root = write(write_corpus(tmp_path / "docs"), {"en/lone.md": paragraphs("en")})
        result = check_paths(root)
        assert {code for code, _ in found(result)} == {"TC105"}
        lone = next(summary for summary in result.sets if summary.key == "lone")
        assert (lone.rows, lone.missing) == (0, ("pl", "tr"))

    def test_in_batches(self, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(faulty, {f"{lang}/{name}.md": paragraphs(lang) for lang in ("en", "pl", "tr") for name in ("a", "z")})
        encoder = make_encoder()
        at_once = check_paths(faulty, encoder=encoder)
        assert len(encoder.calls[0]) == 18
        monkeypatch.setattr("termcheck.aligning.BATCH", 1)
        assert check_paths(faulty) == at_once


class TestUnreadable:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"caf\xe9 au lait", "UTF-8"),
            (b"\xff\xfeh\x00i\x00", "UTF-16"),
            (b"a\0b", "NUL"),
            (b"", "no text"),
            (b" \n\n", "no text"),
            (b"x" * 3000, "larger"),
        ],
    )
    def test_a_file_becomes_a_finding_and_the_others_are_checked(
        self, content: bytes, reason: str, faulty: Path
    ) -> None:
        write(faulty, {"tr/story.md": content})
        result = check_paths(faulty, max_file_size=2000)
        assert found(result) == [("TC101", "pl/story.md"), ("TC001", "tr/story.md")]
        assert reason in result.findings[1].message

    def test_a_broken_glyph_is_placed(self, faulty: Path) -> None:
        write(faulty, {"tr/story.md": b"one\ntwo \xe9"})
        result = check_paths(faulty, select=["TC001"])
        assert result.findings[0].location.start == (2, 5)

    def test_all_but_one(self, faulty: Path) -> None:
        write(faulty, {"tr/story.md": b"\xff", "pl/story.md": b"\xff"})
        assert found(check_paths(faulty)) == [("TC001", "pl/story.md"), ("TC001", "tr/story.md")]

    def test_all(self, faulty: Path) -> None:
        write(faulty, {f"{lang}/story.md": b"\xff" for lang in ("en", "pl", "tr")})
        assert [code for code, _ in found(check_paths(faulty))] == ["TC001"] * 3


class TestPaths:
    @pytest.fixture
    def project(self, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A second document, whose Polish and Turkish versions lack a paragraph each."""
        texts = {lang: paragraphs(lang) for lang in ("en", "pl", "tr")}
        del texts["pl"][1], texts["tr"][4]
        write(faulty, {f"{lang}/other.md": texts[lang] for lang in texts})
        monkeypatch.chdir(faulty)
        return faulty

    @pytest.mark.usefixtures("project")
    def test_a_folder(self) -> None:
        assert found(check_paths(".")) == [
            ("TC101", "pl/other.md"), ("TC101", "pl/story.md"), ("TC101", "tr/other.md"),
        ]  # fmt: skip

    @pytest.mark.usefixtures("project")
    def test_one_file_is_checked_against_all_its_versions(self) -> None:
        result = check_paths("tr/other.md")
        assert found(result) == [("TC101", "tr/other.md")]
        assert [excerpt.location.lang for excerpt in result.findings[0].excerpts][:2] == ["en", "pl"]
        assert [summary.key for summary in result.sets] == ["other"]

    @pytest.mark.usefixtures("project")
    @pytest.mark.parametrize("pattern", ["pl/*.md", "*l/**/*.md"])
    def test_a_glob(self, pattern: str) -> None:
        assert found(check_paths(pattern)) == [("TC101", "pl/other.md"), ("TC101", "pl/story.md")]

    def test_paths_are_relative_to_the_configuration(self, project: Path) -> None:
        write(project.parent, {"termcheck.yaml": "source: en\n"})
        assert found(check_paths(project / "pl/story.md")) == [("TC101", "faulty/pl/story.md")]

    @pytest.mark.usefixtures("project")
    def test_fingerprints_do_not_depend_on_what_is_checked(self) -> None:
        everything = {finding.fingerprint for finding in check_paths(".").findings}
        assert {finding.fingerprint for finding in check_paths("tr/other.md").findings} < everything

    def test_a_file_that_is_in_no_document(self, project: Path) -> None:
        write(project, {"en/alone.md": "Text.\n"})
        with pytest.raises(NothingToCheckError, match="files named"):
            check_paths("en/alone.md")


class TestLanguages:
    def test_findings_in_other_languages_are_counted_only(self, faulty: Path) -> None:
        result = check_paths(faulty, langs=["tr"])
        assert result.findings == ()
        assert [item.reason for item in result.suppressed] == ["in languages not selected"]

    def test_a_general_tag_covers_a_regional_one(self, faulty: Path) -> None:
        (faulty / "pl").rename(faulty / "pt-BR")
        result = check_paths(faulty, langs=["pt"], select=["TC101"])
        assert found(result) == [("TC101", "pt-BR/story.md")]

    @pytest.mark.parametrize("lang", ["cs", "pl-PL"])
    def test_a_language_without_files_is_an_error(self, lang: str, faulty: Path) -> None:
        with pytest.raises(InputError, match="no file is in") as raised:
            check_paths(faulty, langs=[lang])
        assert "en, pl, tr" in raised.value.hint


class TestPolicy:
    @pytest.mark.parametrize("code", ["TC101", "TC1", "paragraph-missing", "ALL", "tc101"])
    def test_severities(self, code: str, faulty: Path) -> None:
        assert [finding.severity for finding in check_paths(faulty, severity={code: "note"}).findings] == ["note"]

    def test_a_rule_turned_off(self, faulty: Path) -> None:
        result = check_paths(faulty, severity={"TC101": "off"})
        assert (result.findings, len(result.suppressed)) == ((), 1)

    def test_selection(self, faulty: Path) -> None:
        assert check_paths(faulty, select=["TC2"]).findings == ()
        assert check_paths(faulty, ignore=["TC101"]).findings == ()
        assert len(check_paths(faulty, select=["TC101"], ignore=["TC1"]).findings) == 1

    @pytest.mark.parametrize(
        ("setting", "value", "hint"),
        [
            ("select", ["TC110"], "did you mean 'TC"),
            ("select", ["TC4", "TC5"], "'TC5'"),
            ("ignore", ["paragraph-mising"], "did you mean 'paragraph-missing'"),
            ("severity", {"TC999": "off"}, "'TC999'"),
            ("select", ["xyzzy"], "termcheck rules"),
        ],
    )
    def test_what_names_no_rule_is_an_error(self, setting: str, value: Any, hint: str, faulty: Path) -> None:
        with pytest.raises(ConfigError, match=f"command line: '{setting}' names the rule") as raised:
            check_paths(faulty, **{setting: value})
        assert hint in raised.value.message

    def test_all_wrong_names_are_listed_with_their_places(self, faulty: Path) -> None:
        write(faulty, {"termcheck.yaml": "fail_on: error\nselect: [TC9]\nseverity: {TC8: note, TC1: note}\n"})
        with pytest.raises(ConfigError) as raised:
            check_paths(faulty)
        first, second = raised.value.message.splitlines()
        assert "termcheck.yaml:2: 'select'" in first
        assert "termcheck.yaml:3: 'severity'" in second

    def test_a_baseline(self, faulty: Path) -> None:
        from termcheck.baseline import Baseline

        known = Baseline.of(check_paths(faulty).findings)
        write(faulty, {"known.json": known.dump()})
        result = check_paths(faulty, baseline=str(faulty / "known.json"))
        assert result.findings == ()
        assert [item.reason for item in result.suppressed] == ["in the baseline"]

    def test_a_missing_baseline(self, faulty: Path) -> None:
        with pytest.raises(InputError, match="no such baseline"):
            check_paths(faulty, baseline=str(faulty / "none.json"))


class TestGlossary:
    GLOSSARY = (
        "version: 1\nconcepts:\n  - id: gardener\n    terms: {en: gardeners, pl: {preferred: [rolnicy], "
        "deprecated: [ogrodnicy]}}\n"
    )

    def test_its_findings_are_found(self, faulty: Path) -> None:
        write(faulty, {"glossary.yaml": self.GLOSSARY})
        assert ("TC405", "pl/story.md") in found(check_paths(faulty))

    def test_one_elsewhere_is_named_in_full(self, faulty: Path, tmp_path: Path) -> None:
        clashing = (
            "version: 1\nconcepts:\n  - {id: a, terms: {pl: słowo}}\n  - {id: b, terms: {pl: słowo}}\ndistinct:\n"
            "  - [a, b]\n"
        )
        elsewhere = write(tmp_path / "other", {"words.yaml": clashing})
        result = check_paths(faulty, glossary=str(elsewhere / "words.yaml"))
        assert ("TC403", (elsewhere / "words.yaml").as_posix()) in found(result)


class TestSameInputSameResult:
    def test_twice(self, faulty: Path) -> None:
        assert check_paths(faulty) == check_paths(faulty)

    def test_with_and_without_cache(self, faulty: Path, cache_dir: Path) -> None:
        fresh = check_paths(faulty)
        assert not cache_dir.exists()
        encoder = make_encoder()
        assert check_paths(faulty, use_cache=True, encoder=encoder) == fresh
        assert encoder.calls
        again = make_encoder()
        assert check_paths(faulty, use_cache=True, encoder=again) == fresh
        assert again.calls == []

    def test_in_whatever_order_the_files_were_made(self, tmp_path: Path) -> None:
        names = [f"{lang}/{name}.md" for lang in ("en", "pl", "tr") for name in ("a", "b", "c")]
        results = []
        for number, order in enumerate((names, names[::-1], names[4:] + names[:4])):
            root = tmp_path / str(number)
            for name in order:
                texts = paragraphs(name[:2])
                write(root, {name: texts[1:] if name == "pl/b.md" else texts})
            results.append(check_paths(root))
        assert results[0].findings
        assert results[0] == results[1] == results[2]

    def test_wherever_the_corpus_is(self, tmp_path: Path) -> None:
        one, other = (check_paths(write_corpus(tmp_path / name, without={"tr": 3})) for name in ("a", "b/c"))
        assert one == other


class TestNothingToCheck:
    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(NothingToCheckError, match="no document with two") as raised:
            check_paths(tmp_path)
        assert "discover -v" in raised.value.hint

    def test_a_source_that_no_file_is_in(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no file is in French"):
            check_paths(write_corpus(tmp_path / "docs"), source="fr")

    def test_one_language(self, tmp_path: Path) -> None:
        with pytest.raises(NothingToCheckError):
            check_paths(write(tmp_path / "docs", {"en/a.md": "Text.\n", "en/b.md": "Text.\n"}))

    def test_everything_excluded(self, faulty: Path) -> None:
        with pytest.raises(NothingToCheckError):
            check_paths(faulty, exclude=["*.md"])


class TestAlignFiles:
    def test_rows(self, faulty: Path, cache_dir: Path) -> None:
        found = discover_pairs({"en": faulty / "en/story.md", "pl": faulty / "pl/story.md"})
        config = load_config(faulty)
        (alignment,) = align_files(found, Target(found.root, found.root), config, encoder=make_encoder())
        assert [len(row.present()) for row in alignment.rows] == [2, 2, 1, 2, 2, 2]
        assert (cache_dir / "cache.sqlite").exists()

    def test_what_cannot_be_read_is_an_error(self, faulty: Path) -> None:
        write(faulty, {"pl/story.md": b"\xff"})
        found = discover_pairs({"en": faulty / "en/story.md", "pl": faulty / "pl/story.md"})
        with pytest.raises(InputError, match=r"pl/story\.md cannot be aligned"):
            align_files(found, Target(found.root, found.root), load_config(faulty), encoder=make_encoder())


class Listener:
    """Hears everything about a run."""

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}
        self.steps: dict[str, int] = {}
        self.notes: dict[str, str] = {}

    def stage(self, name: str, total: int) -> None:
        self.totals[name] = total
        self.steps[name] = 0

    def advance(self, steps: int = 1) -> None:
        self.steps[list(self.steps)[-1]] += steps

    def note(self, topic: str, text: str) -> None:
        self.notes[topic] = text


def test_progress_ends_where_it_said(faulty: Path) -> None:
    heard = Listener()
    check(Target(faulty, faulty), load_config(faulty), progress=heard, encoder=make_encoder())
    assert heard.steps == heard.totals
    assert next(iter(heard.totals)) == "Reading"
    assert heard.notes["Source"] == "English (en)"
    assert heard.notes["Texts"] == "17 encoded, 0 from the cache"
    assert heard.notes["Cache"].endswith("cache.sqlite")


def test_severity_of_an_unreadable_file_is_an_error(faulty: Path) -> None:
    write(faulty, {"tr/story.md": b"\xff"})
    assert check_paths(faulty, select=["TC001"]).findings[0].severity is Severity.ERROR
