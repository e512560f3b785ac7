"""Texts that are open in one language, sent to a translator's tools and back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from small_corpus import check_paths, paragraphs, write
from termcheck.corpus.reading import read_document, segment
from termcheck.decisions import decide
from termcheck.exchange import worklist_csv, worklist_xliff
from termcheck.exchange.corrections import import_corrections
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.worklist import Correction, Remark, WorkItem, Worklist, segment_id, worklist
from termcheck.model import DecisionKind, Document, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from termcheck.model import RunResult, Segment

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PATH = "pl/story.md"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two Polish paragraphs have a wrong number, one of them in bold; a third paragraph is missing."""
    texts = {lang: paragraphs(lang) for lang in ("en", "pl")}
    texts["en"][1] += " At **5**."
    texts["pl"][1] += " Od **6**."
    texts["en"][3] += " Not 70 <b>&amp;</b> `x`."
    texts["pl"][3] += " Nie 80 <b>&amp;</b> `x`."
    del texts["pl"][5]
    return write(tmp_path / "docs", {f"{lang}/story.md": found for lang, found in texts.items()})


def run(corpus: Path) -> RunResult:
    return check_paths(corpus, source="en", langs=("pl",))


def versions(corpus: Path, path: str = PATH) -> Mapping[str, tuple[Segment, ...]]:
    document = read_document(corpus, path, "pl", max_size=10**6)
    assert isinstance(document, Document)
    return {path: segment(document)}


def work(*targets: str, source: str = "s") -> Worklist:
    remark = Remark("TC303 numbers-differ", Severity.WARNING, "A number differs.")
    items = [
        WorkItem(segment_id(index, target), PATH, index + 1, source, target, (remark, remark))
        for index, target in enumerate(targets)
    ]
    return Worklist("pl", "en", tuple(items), 0)


class TestWhatIsOpen:
    def test_texts_with_findings_beside_their_sources(self, corpus: Path) -> None:
        found = worklist(run(corpus), "pl")
        assert (found.lang, found.source, found.without_text) == ("pl", "en", 1)
        assert [(item.path, item.line) for item in found.items] == [(PATH, 3), (PATH, 7)]
        first, second = found.items
        assert first.target.endswith("Od **6**.")
        assert first.source.endswith("At **5**.")
        assert second.target.endswith("Nie 80 <b>&amp;</b> `x`.")
        assert first.remarks[0].rule == "TC303 numbers-differ"
        assert "“6”" in first.remarks[0].text
        assert first.id == segment_id(1, first.target)

    def test_what_is_settled_is_not_open(self, corpus: Path) -> None:
        result = run(corpus)
        number = next(finding for finding in result.findings if finding.code == "TC303")
        for kind, count in ((DecisionKind.LATER, 2), (DecisionKind.FALSE_ALARM, 1)):
            marked = replace(number, decision=decide(number, kind, reason="ask Ada"))
            findings = [marked if each is number else each for each in result.findings]
            found = worklist(replace(result, findings=tuple(findings)), "pl")
            assert len(found.items) == count
        noted = replace(number, decision=decide(number, DecisionKind.NOTE, reason="ask Ada"))
        [item] = worklist(replace(result, findings=(noted,)), "pl").items
        assert item.remarks[0].text.endswith("Note: ask Ada")

    def test_words_to_look_at_are_named_unless_they_are_most_of_the_text(self, corpus: Path) -> None:
        result = run(corpus)
        number = next(finding for finding in result.findings if finding.code == "TC303")
        [target, *others] = number.excerpts
        for mark, told in ((Span(0, 8), True), (Span(0, len(target.text) - 1), False)):
            marked = replace(number, message="See.", excerpts=(replace(target, marks=(mark,)), *others))
            [item] = worklist(replace(result, findings=(marked,)), "pl").items
            assert ("Look at" in item.remarks[0].text) is told

    def test_another_language_has_nothing_open(self, corpus: Path) -> None:
        assert worklist(run(corpus), "en").items == ()

    def test_without_a_source_language(self, corpus: Path) -> None:
        found = worklist(check_paths(corpus, source="none"), "pl")
        assert found.source == "en"
        assert all(item.source for item in found.items)


_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=40)
_cells = _texts.filter(lambda text: "\0" not in text)


class TestXliff:
    @settings(max_examples=60)
    @given(st.lists(_texts, min_size=1, max_size=4, unique=True), _texts)
    def test_every_text_comes_back(self, targets: list[str], source: str) -> None:
        given_work = work(*targets, source=source)
        back = worklist_xliff.read_worklist(worklist_xliff.write_worklist(given_work).encode())
        assert back.lang == "pl"
        assert [(each.id, each.path, each.text) for each in back.items] == [
            (item.id, item.path, item.target) for item in given_work.items
        ]

    def test_it_keeps_the_rules_of_the_format(self, corpus: Path) -> None:
        root = etree.fromstring(worklist_xliff.write_worklist(worklist(run(corpus), "pl")).encode())
        assert root.tag == f"{CORE}xliff"
        assert dict(root.attrib) == {"version": "2.1", "srcLang": "en", "trgLang": "pl"}
        [file] = root
        assert file.get("original") == PATH
        ids = [unit.get("id") for unit in file]
        assert len(set(ids)) == len(ids) == 2
        for unit in file:
            # In the order of the schema: notes before segments, source before target.
            assert [each.tag.removeprefix(CORE) for each in unit] == ["notes", "segment"]
            notes = list(unit[0])
            assert len({note.get("id") for note in notes}) == len(notes) > 0
            assert all(1 <= int(note.get("priority")) <= 10 for note in notes)
            source, target = unit[1]
            assert (source.tag, target.tag) == (f"{CORE}source", f"{CORE}target")
            assert (source.get(XML_LANG), target.get(XML_LANG)) == ("en", "pl")
            assert unit[1].get("state") == "translated"

    def test_what_xml_cannot_hold_is_written_as_the_format_says(self) -> None:
        text = worklist_xliff.write_worklist(work("a\x01b\ufffe"))
        assert 'a<cp hex="0001"/>b<cp hex="FFFE"/></target>' in text

    def test_a_tool_may_cut_a_text_up_and_annotate_it(self) -> None:
        text = worklist_xliff.write_worklist(work("One. Two."))
        start, end = text.index("<segment"), text.index("</segment>") + len("</segment>")
        cut = (
            "<segment><source>a</source><target>Eins<mrk id='m1' translate='no'>!</mrk></target></segment>"
            "<ignorable><source> </source></ignorable>"
            "<segment><source>b</source><target><pc id='p'>Zwei</pc><ph id='q'/>.</target></segment>"
        )
        [item] = worklist_xliff.read_worklist((text[:start] + cut + text[end:]).encode()).items
        assert item.text == "Eins! Zwei."

    def test_a_text_without_target_is_no_correction(self) -> None:
        text = worklist_xliff.write_worklist(work("x"))
        start, end = text.index("<target"), text.index("</target>") + len("</target>")
        assert worklist_xliff.read_worklist((text[:start] + text[end:]).encode()).items == ()

    def test_an_empty_list_cannot_be_written(self) -> None:
        with pytest.raises(ExchangeError, match="no open text"):
            worklist_xliff.write_worklist(work())

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("<xliff", "not well-formed"),
            ("<html/>", "this is not XLIFF"),
            ('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "XLIFF 1.2"),
            ('<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" trgLang="!"/>', "trgLang"),
            ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>', "entities"),
            ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>', "entities"),
        ],
    )
    def test_what_is_no_list_is_refused(self, text: str, message: str) -> None:
        with pytest.raises(ExchangeError, match=message):
            worklist_xliff.read_worklist(text.encode())

    def test_a_character_that_is_none_is_refused(self) -> None:
        text = worklist_xliff.write_worklist(work("a\x01b"))
        with pytest.raises(ExchangeError, match="names no character"):
            worklist_xliff.read_worklist(text.replace('hex="0001"', 'hex="110000"').encode())


class TestTable:
    @settings(max_examples=60)
    @given(
        st.lists(_cells, min_size=1, max_size=4, unique=True),
        st.sampled_from(",;\t"),
    )
    def test_every_text_comes_back(self, targets: list[str], delimiter: str) -> None:
        given_work = work(*targets)
        text = worklist_csv.write_worklist(given_work)
        assert text[0] == "\ufeff"
        if delimiter != ",":  # As a spreadsheet elsewhere saves it.
            output = io.StringIO()
            csv.writer(output, delimiter=delimiter).writerows(csv.reader(io.StringIO(text[1:], newline="")))
            text = output.getvalue()
        back = worklist_csv.read_worklist(text.encode())
        assert back.lang == "pl"
        assert [(each.id, each.path, each.text) for each in back.items] == [
            (item.id, item.path, item.target) for item in given_work.items
        ]

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'=1", "＝1", "\tx"])
    def test_no_cell_is_a_formula(self, text: str) -> None:
        rows = list(csv.reader(io.StringIO(worklist_csv.write_worklist(work(text, source=text))[1:], newline="")))
        assert all(not cell.startswith(("=", "+", "-", "@", "\t", "＝")) for row in rows for cell in row)
        assert rows[1][7] == f"'{text}"

    def test_what_is_no_list_is_refused(self) -> None:
        with pytest.raises(ExchangeError, match="no column id and no column language"):
            worklist_csv.read_worklist(b"a,b\n1,2\n")
        with pytest.raises(ExchangeError, match="no column id"):
            worklist_csv.read_worklist(b"")
        with pytest.raises(ExchangeError, match="several languages"):
            worklist_csv.read_worklist(b"id,language,file,target\na,pl,b,c\na,ko,b,c\n")
        with pytest.raises(ExchangeError, match="too long"):
            worklist_csv.write_worklist(work("x" * 40_000))

    def test_lines_of_somebodys_own_are_passed_over(self) -> None:
        text = worklist_csv.write_worklist(work("a")) + "\n,,,,,a remark\n"
        assert len(worklist_csv.read_worklist(text.encode()).items) == 1


class TestImport:
    def corrected(self, corpus: Path, old: str, new: str, name: str = "xliff") -> list[Correction]:
        form = {"xliff": worklist_xliff, "csv": worklist_csv}[name]
        text = form.write_worklist(worklist(run(corpus), "pl"))
        assert old in text
        return list(form.read_worklist(text.replace(old, new).encode()).items)

    @pytest.mark.parametrize("name", ["xliff", "csv"])
    def test_only_the_corrected_text_changes(self, corpus: Path, name: str) -> None:
        before = (corpus / PATH).read_bytes()
        found = import_corrections(self.corrected(corpus, "Od **6**", "O **5**", name), versions(corpus), corpus)
        assert (found.written, found.unchanged, found.refused) == ({PATH: 1}, 1, ())
        assert (corpus / PATH).read_bytes() == before.replace(b"Od **6**", b"O **5**")
        assert {finding.code for finding in run(corpus).findings} == {"TC303", "TC101"}

    def test_several_texts_of_a_file(self, corpus: Path) -> None:
        corrections = [each._replace(text=f"Nowy tekst {each.id[:2]}.") for each in self.corrected(corpus, "Od", "Od")]
        found = import_corrections(corrections, versions(corpus), corpus)
        assert (found.written, found.refused) == ({PATH: 2}, ())
        texts = (corpus / PATH).read_text("utf-8").split("\n\n")
        assert (texts[1], texts[3]) == ("Nowy tekst s1.", "Nowy tekst s3.")

    def test_a_text_that_moved_is_found_by_what_it_says(self, corpus: Path) -> None:
        corrections = self.corrected(corpus, "Od **6**", "O **5**")
        text = (corpus / PATH).read_text("utf-8")
        (corpus / PATH).write_text("Zupełnie nowy akapit.\n\n" + text, "utf-8")
        assert import_corrections(corrections, versions(corpus), corpus).written == {PATH: 1}
        assert "O **5**" in (corpus / PATH).read_text("utf-8")

    def test_what_cannot_be_imported_is_told_and_left_alone(self, corpus: Path) -> None:
        first, second = self.corrected(corpus, "Od **6**", "O **5**")
        text = (corpus / PATH).read_text("utf-8").replace("**6**", "**7**")
        (corpus / PATH).write_text(text, "utf-8")
        (corpus.parent / "secret.md").write_text("secret", "utf-8")
        corrections = [
            first,
            second._replace(path="../secret.md"),
            second._replace(id="s1"),
            second._replace(id="s999999999-" + "0" * 16),
            second._replace(text=" \n"),
            second._replace(text="a\n\nb", path=PATH),
        ]
        found = import_corrections(corrections, versions(corpus), corpus)
        assert (found.written, found.unchanged) == ({}, 0)
        assert [reason for _, reason in found.refused][:4] == [
            "the text in the file was changed since the export",
            "no such file is checked in this language",
            "'s1' is not an id that termcheck gives",
            "the text in the file was changed since the export",
        ]
        assert len(found.refused) == len(corrections)
        assert (corpus / PATH).read_text("utf-8") == text

    def test_what_was_not_corrected_is_no_matter(self, corpus: Path) -> None:
        corrections = self.corrected(corpus, "Od", "Od")
        (corpus / PATH).write_text((corpus / PATH).read_text("utf-8").replace("**6**", "**7**"), "utf-8")
        found = import_corrections(corrections, versions(corpus), corpus)
        assert (found.written, found.unchanged, found.refused) == ({}, 2, ())

    def test_a_text_that_is_there_twice_is_not_chosen(self, corpus: Path) -> None:
        first, _ = self.corrected(corpus, "Od **6**", "O **5**")
        found = import_corrections([first, first._replace(text="x")], versions(corpus), corpus)
        assert [reason for _, reason in found.refused] == [
            "the text is there twice, so that nobody knows which to take"
        ] * 2

    def test_equal_texts_are_told_apart_only_where_they_stood(self, tmp_path: Path) -> None:
        write(tmp_path, {PATH: ["Tak.", "Inny.", "Tak."]})
        correction = Correction(segment_id(2, "Tak."), PATH, "Nie.", "line 1")
        assert import_corrections([correction], versions(tmp_path), tmp_path).written == {PATH: 1}
        assert (tmp_path / PATH).read_text("utf-8") == "Tak.\n\nInny.\n\nNie.\n"
        write(tmp_path, {PATH: ["Nowy.", "Tak.", "Inny.", "Tak."]})
        [refused] = import_corrections([correction], versions(tmp_path), tmp_path).refused
        assert "several times" in refused.reason

    def test_line_ends_of_another_system_are_no_change(self, tmp_path: Path) -> None:
        write(tmp_path, {PATH: "Jeden\ndwa.\n"})
        correction = Correction(segment_id(0, "Jeden\ndwa."), PATH, "Jeden\r\ndwa.", "line 1")
        assert import_corrections([correction], versions(tmp_path), tmp_path).unchanged == 1
