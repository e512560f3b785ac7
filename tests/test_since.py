"""What a branch is told about, in a corpus with problems that were there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scratch_repository import ScratchRepository
from small_corpus import make_encoder, paragraphs, write
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.decisions import decide
from termcheck.decisions_file import DecisionsFile
from termcheck.model import DecisionKind
from termcheck.pipeline import check
from termcheck.since import REASON

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.model import RunResult

LANGUAGES = ("en", "pl", "tr")


class Project:
    """A repository whose Polish version lacks the third paragraph from the start; tests change things on a branch."""

    def __init__(self, folder: Path) -> None:
        self.scratch = ScratchRepository(folder)
        self.texts = {lang: paragraphs(lang) for lang in LANGUAGES}
        del self.texts["pl"][2]
        self.scratch.commit({**self.files(), "termcheck.yaml": "source: en\n"})
        self.scratch.git("switch", "--quiet", "--create", "work")

    def files(self) -> dict[str, list[str]]:
        return {f"{lang}/story.md": texts for lang, texts in self.texts.items()}

    def save(self, **others: str) -> None:
        write(self.scratch.folder, {**self.files(), **others})

    def check(self, *paths: str, since: str = "main") -> RunResult:
        target = find_target([str(self.scratch.folder / path) for path in (paths or ("",))])
        config = load_config(target.root)
        return check(target.based_at(config.file), config, since=since, use_cache=False, encoder=make_encoder())

    def found(self, *paths: str) -> list[tuple[str, str | None]]:
        return [(finding.code, finding.lang) for finding in self.check(*paths).findings]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def test_what_was_there_before_is_only_counted(project: Project) -> None:
    result = project.check()
    assert result.findings == ()
    assert [(item.finding.code, item.reason) for item in result.suppressed] == [("TC101", REASON)]


def test_a_paragraph_taken_out_is_told_where_it_was(project: Project) -> None:
    del project.texts["tr"][4]
    project.save()
    (finding,) = project.check().findings
    assert (finding.code, finding.lang, finding.location.start.line) == ("TC101", "tr", 9)


def test_a_paragraph_taken_out_at_the_end(project: Project) -> None:
    del project.texts["tr"][5]
    project.save()
    assert project.found() == [("TC101", "tr")]


def test_a_paragraph_added_to_the_source_is_told_in_every_version(project: Project) -> None:
    project.texts["en"].append("Painters mix colours beside tall windows.")
    project.save()
    assert project.found() == [("TC101", "pl"), ("TC101", "tr")]


def test_a_paragraph_taken_out_of_the_source(project: Project) -> None:
    del project.texts["en"][5]
    project.save()
    assert project.found() == [("TC102", "pl"), ("TC102", "tr")]


def test_an_edited_source_makes_its_translations_suspect(project: Project) -> None:
    project.texts["en"][0] = "Gardeners water flowers every second morning."
    project.save()
    found = [finding for finding in project.check().findings if finding.code == "TC106"]
    assert [(finding.lang, finding.location.start.line) for finding in found] == [("pl", 1), ("tr", 1)]
    target, source, *others, earlier = found[0].excerpts
    assert target.text == paragraphs("pl")[0]
    assert [source.text[start:end] for start, end in source.marks] == ["second"]
    assert earlier.text == paragraphs("en")[0]
    assert [other.location.lang for other in others] == ["tr"]


def test_a_translation_that_changed_too_is_fine(project: Project) -> None:
    project.texts["en"][0] = "Gardeners water flowers every second morning."
    project.texts["pl"][0] = "Ogrodnicy podlewają kwiaty każdego drugiego ranka."
    project.save()
    assert ("TC106", "pl") not in project.found()
    assert ("TC106", "tr") in project.found()


@pytest.mark.parametrize(
    "text",
    [
        "Gardeners water\nflowers every morning.",
        "Gardeners, water flowers every morning!",
        "Gardeners *water* flowers every morning.",
    ],
)
def test_reflow_punctuation_and_emphasis_do_not_make_translations_suspect(project: Project, text: str) -> None:
    project.texts["en"][0] = text
    project.save()
    assert project.found() == []


def test_another_link_makes_translations_suspect(project: Project) -> None:
    for lang in LANGUAGES:
        project.texts[lang][0] = f"[{paragraphs(lang)[0]}](https://example.org/a)"
    project.scratch.commit(project.files())
    project.texts["en"][0] = f"[{paragraphs('en')[0]}](https://example.org/b)"
    project.save()
    result = project.check(since="HEAD")
    assert {(finding.code, finding.lang) for finding in result.findings} >= {("TC106", "pl"), ("TC106", "tr")}


def test_renamed_files_are_not_changed(project: Project) -> None:
    for lang in LANGUAGES:
        project.scratch.git("mv", f"{lang}/story.md", f"{lang}/tale.md")
    assert project.found() == []
    project.scratch.commit({})
    assert project.found() == []


def test_a_new_file_is_told_in_full(project: Project) -> None:
    write(project.scratch.folder, {f"{lang}/new.md": texts for lang, texts in project.texts.items()})
    result = project.check()
    assert [(item.code, item.location.path) for item in result.findings] == [("TC101", "pl/new.md")]


def test_a_moved_paragraph(project: Project) -> None:
    project.texts["tr"].append(project.texts["tr"].pop(0))
    project.save()
    assert ("TC103", "tr") in project.found()


def test_a_moved_paragraph_of_before(project: Project) -> None:
    project.texts["tr"].append(project.texts["tr"].pop(0))
    project.scratch.commit(project.files())
    project.texts["pl"][0] += " Nowe."
    project.save()
    # The Polish file has nothing to do with the order of the Turkish one.
    assert ("TC103", "tr") not in [(item.code, item.lang) for item in project.check(since="HEAD").findings]


def test_files_named_one_by_one(project: Project) -> None:
    project.texts["en"].append("Painters mix colours beside tall windows.")
    project.save()
    assert project.found("pl/story.md") == [("TC101", "pl")]


def test_a_comment_that_does_not_work_is_told_when_it_is_new(project: Project) -> None:
    project.texts["pl"].append("<!-- termcheck-ignore TC101 -->")
    project.save()
    assert project.found() == [("TC002", "pl")]
    project.scratch.commit({})
    project.texts["tr"][0] += " Yeni."
    project.save()
    assert ("TC002", "pl") not in [(item.code, item.lang) for item in project.check(since="HEAD").findings]


class TestSettings:
    def test_that_hide_less_show_what_they_hid(self, project: Project) -> None:
        project.scratch.commit({"termcheck.yaml": "source: en\nignore: [TC101]\n"})
        write(project.scratch.folder, {"termcheck.yaml": "source: en\n"})
        assert [item.code for item in project.check(since="HEAD").findings] == ["TC101"]

    def test_that_change_a_severity_show_its_findings(self, project: Project) -> None:
        write(project.scratch.folder, {"termcheck.yaml": "source: en\nseverity: {TC101: note}\n"})
        assert project.found() == [("TC101", "pl")]

    def test_that_hide_more_show_nothing(self, project: Project) -> None:
        write(project.scratch.folder, {"termcheck.yaml": "source: en\nignore: [TC2]\n"})
        assert project.found() == []

    def test_that_change_what_is_looked_at_show_everything(self, project: Project) -> None:
        write(project.scratch.folder, {"termcheck.yaml": "source: none\n"})
        assert project.found() == [("TC101", "pl")]

    def test_that_could_not_be_read_show_everything(self, project: Project) -> None:
        project.scratch.commit({"termcheck.yaml": "source: [\n"})
        write(project.scratch.folder, {"termcheck.yaml": "source: en\n"})
        assert [item.code for item in project.check(since="HEAD").findings] == ["TC101"]


class TestGlossary:
    """Polish has one word for both concepts, and the glossary says so."""

    GLOSSARY = (
        "version: 1\nconcepts:\n"
        "  - {id: gardener, terms: {en: gardener, pl: WORD}}\n  - {id: baker, terms: {en: baker, pl: piekarz}}\n"
        "distinct:\n  - [gardener, baker]\n"
    )

    def test_a_changed_entry_is_touched(self, project: Project) -> None:
        project.scratch.commit({"glossary.yaml": self.GLOSSARY.replace("WORD", "ogrodnik")})
        write(project.scratch.folder, {"glossary.yaml": self.GLOSSARY.replace("WORD", "piekarz")})
        assert "TC403" in [item.code for item in project.check(since="HEAD").findings]

    @pytest.mark.parametrize("edit", ["# a comment\n{}", "{}\n", "{}  - [baker, sailor]\n"])
    def test_an_entry_that_stayed_is_not(self, project: Project, edit: str) -> None:
        text = self.GLOSSARY.replace("WORD", "piekarz")
        text = text.replace("distinct:", "  - {id: sailor, terms: {en: sailor}}\ndistinct:")
        project.scratch.commit({"glossary.yaml": text})
        write(project.scratch.folder, {"glossary.yaml": edit.replace("{}", text)})
        codes = [item.code for item in project.check(since="HEAD").findings]
        assert ("TC403" in codes) == ("sailor" in edit)


def test_a_decision_that_the_branch_ends_is_told(project: Project) -> None:
    project.texts["tr"][0] += " 7"
    project.texts["en"][0] += " 5"
    project.texts["pl"][0] += " 5"
    project.save()
    [number] = [each for each in project.check().findings if each.code == "TC303"]
    DecisionsFile(project.scratch.folder / "termcheck-decisions.yaml").record(
        [decide(number, DecisionKind.FALSE_ALARM)]
    )
    project.scratch.commit({})
    project.scratch.git("switch", "--quiet", "--create", "further")
    assert project.check(since="work").findings == ()
    project.texts["pl"][1] += " Nowe zdanie."
    project.save()
    assert "TC004" not in {finding.code for finding in project.check(since="work").findings}
    project.texts["en"][0] += " again"
    project.save()
    assert "TC004" in {finding.code for finding in project.check(since="work").findings}
