from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from termcheck.cache import Cache, MemoryCache
from termcheck.corpus.reading import segment
from termcheck.glossary import Concept, Glossary, LanguageTerms, Term, TermStatus
from termcheck.model import Alignment, Cell, Document, Row
from termcheck.terms import tokenizer
from termcheck.terms.collect import SPACE, CellRecord, TermCollector, patterns, row_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

GLOSSARY = Glossary(
    "glossary.yaml",
    (
        Concept(
            "customer",
            {
                "en": LanguageTerms(preferred=(Term("customer"),)),
                "de": LanguageTerms(
                    preferred=(Term("Kunde"),),
                    admitted=(Term("Kundin", TermStatus.ADMITTED),),
                    forbidden=(Term("Abnehmer", TermStatus.FORBIDDEN),),
                    forms=("Kundschaft",),
                    never=("Herr Kunde",),
                ),
            },
        ),
        Concept("invoice", {"de": LanguageTerms(preferred=(Term("Rechnung"),), case_sensitive=True)}),
    ),
)


def table(*rows: Mapping[str, str], format_: str = "markdown") -> Alignment:
    """A document with a segment for every text."""
    langs = tuple(sorted({lang for row in rows for lang in row}))
    made = []
    for index, row in enumerate(rows):
        cells = {
            lang: Cell(segment(Document(f"{lang}/a.md", lang, row[lang], format_)) if lang in row else ())
            for lang in langs
        }
        made.append(Row(index, cells))
    return Alignment("a.md", None, langs, tuple(made))


def surfaces(record: CellRecord) -> tuple[list[str], list[tuple[str, str, str]]]:
    return (
        [word.surface for word in record.words],
        [(hit.concept, hit.surface, hit.status) for hit in record.hits],
    )


def test_words_and_hits_of_every_cell() -> None:
    collector = TermCollector(GLOSSARY, MemoryCache())
    first, second = collector.document(
        table({"en": "A customer pays.", "de": "Den Abnehmern hilft der Kunde."}, {"de": "Die Rechnungen."})
    )
    assert surfaces(first["en"]) == (["A", "customer", "pays"], [("customer", "customer", "preferred")])
    assert surfaces(first["de"])[1] == [("customer", "Abnehmern", "forbidden"), ("customer", "Kunde", "preferred")]
    assert surfaces(second["de"])[1] == [("invoice", "Rechnungen", "preferred")]
    assert "en" not in second, "an empty cell has no record"


def test_places_are_offsets_in_the_cell() -> None:
    text = "First line.\n\nA **customer** pays."
    alignment = table({"en": text})
    (record,) = (found["en"] for found in TermCollector(GLOSSARY, MemoryCache()).document(alignment))
    shown = alignment.rows[0].cells["en"].text
    assert shown == "First line.\nA customer pays."
    assert [shown[word.start : word.end] for word in record.words] == [word.surface for word in record.words]
    assert shown[record.hits[0].start : record.hits[0].end] == "customer"


def test_protected_parts_hold_no_words_but_the_text_of_links_does() -> None:
    text = "Set `customer` or {customer} in the [customer list](https://example.com/customer)."
    ((record,),) = (found.values() for found in TermCollector(GLOSSARY, MemoryCache()).document(table({"en": text})))
    assert surfaces(record) == (["Set", "or", "in", "the", "customer", "list"], [("customer", "customer", "preferred")])


def test_forms_of_one_word_have_one_key() -> None:
    (row,) = TermCollector(Glossary(), MemoryCache()).document(table({"tr": "Müşteri müşterilere müşteriyi."}))
    assert len({word.key for word in row["tr"].words}) == 1


ROWS = (
    {"en": "A customer pays `now`.", "de": "Der Großkunde zahlt, die Kundin auch.", "ko": "고객이 지불합니다."},
    {"en": "It 😀 is\u00a0done.", "tr": "Fatura İZMİR'e gönderildi."},
)


def test_what_comes_from_the_cache_is_the_same() -> None:
    store = MemoryCache()
    fresh = TermCollector(GLOSSARY, store).document(table(*ROWS))
    assert fresh[0]["de"].hits[0].compound
    assert TermCollector(GLOSSARY, store).document(table(*ROWS)) == fresh


def test_a_cache_on_disk_is_as_good(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as store:
        fresh = TermCollector(GLOSSARY, store).document(table(*ROWS))
    with Cache(tmp_path / "cache") as store:
        assert TermCollector(GLOSSARY, store).document(table(*ROWS)) == fresh


def test_what_is_cached_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryCache()
    fresh = TermCollector(GLOSSARY, store).document(table(*ROWS))

    def refuse(*_: object) -> None:
        pytest.fail("a cached text was read again")

    monkeypatch.setattr(tokenizer, "words", refuse)
    monkeypatch.setattr("termcheck.terms.matcher.TermMatcher.find", refuse)
    assert TermCollector(GLOSSARY, store).document(table(*ROWS)) == fresh


def test_a_cached_run_does_not_load_spacy(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as store:
        TermCollector(GLOSSARY, store).document(table(*ROWS))
    script = f"""if True:
        import sys
        sys.path[:] = {[str(Path(__file__).parent), *sys.path]!r}
        from pathlib import Path
        from test_collect import GLOSSARY, ROWS, Cache, TermCollector, table
        with Cache(Path({str(tmp_path / "cache")!r})) as store:
            TermCollector(GLOSSARY, store).document(table(*ROWS))
        print("spacy" in sys.modules)
        """
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("False\n", "")


class _Counting(MemoryCache):
    """Counts what is stored."""

    def __init__(self) -> None:
        super().__init__()
        self.stored = 0

    def put_many(self, space: str, items: Mapping[bytes, bytes]) -> None:
        assert space == SPACE
        self.stored += len(items)
        super().put_many(space, items)


def test_only_what_is_new_is_stored() -> None:
    store = _Counting()
    TermCollector(GLOSSARY, store).document(table({"en": "A customer pays."}, {"en": "A customer pays."}))
    assert store.stored == 1
    TermCollector(GLOSSARY, store).document(table({"en": "A customer pays."}, {"en": "Nobody pays."}))
    assert store.stored == 2


@pytest.mark.parametrize(
    ("glossary", "row"),
    [
        (Glossary(), {"de": "Der Kunde zahlt."}),
        (GLOSSARY, {"nl": "Der Kunde zahlt."}),
        (GLOSSARY, {"de": "Der Kunde zahlte."}),
        (GLOSSARY, {"de": "Der `Kunde` zahlt."}),
    ],
    ids=["other glossary", "other language", "other text", "other protected parts"],
)
def test_whatever_changes_the_result_is_read_anew(glossary: Glossary, row: Mapping[str, str]) -> None:
    store = _Counting()
    TermCollector(GLOSSARY, store).document(table({"de": "Der Kunde zahlt."}))
    TermCollector(glossary, store).document(table(row))
    assert store.stored == 2


def test_lone_surrogates_survive_the_cache() -> None:
    rows = {"en": "A custo\ud800mer and a customer\udfff pay."}
    store = MemoryCache()
    fresh = TermCollector(GLOSSARY, store).document(table(rows))
    assert fresh[0]["en"].words
    assert TermCollector(GLOSSARY, store).document(table(rows)) == fresh


def test_patterns_of_a_language() -> None:
    found = patterns(GLOSSARY, "de")
    assert [(item.concept, item.text, item.status) for item in found] == [
        ("customer", "Kunde", "preferred"),
        ("customer", "Kundin", "admitted"),
        ("customer", "Abnehmer", "forbidden"),
        ("invoice", "Rechnung", "preferred"),
    ]
    assert [item.forms for item in found] == [("Kundschaft",), (), (), ()]
    assert [item.never for item in found] == [("Herr Kunde",)] * 3 + [()]
    assert [item.case_sensitive for item in found] == [False, False, False, True]


def test_patterns_fall_back_from_a_region_and_may_be_none() -> None:
    assert patterns(GLOSSARY, "de-AT") == patterns(GLOSSARY, "de")
    assert patterns(GLOSSARY, "ko") == []


def test_rows_in_the_shape_of_the_evidence() -> None:
    records = TermCollector(GLOSSARY, MemoryCache()).document(
        table({"de": "Der Großkunde und der Kunde erhalten die Rechnung."}, {"de": "Nichts."})
    )
    first, second = row_terms("a.md", records)
    assert (first.document, first.row, second.row) == ("a.md", 0, 1)
    assert first.cells["de"].words == records[0]["de"].words
    hits = first.cells["de"].hits
    assert {
        concept: [(hit.surface, hit.certain, hit.compound) for hit in found] for concept, found in hits.items()
    } == {
        "customer": [("Großkunde", False, True), ("Kunde", True, False)],
        "invoice": [("Rechnung", True, False)],
    }
    assert second.cells["de"].hits == {}


def test_what_is_not_translated_is_looked_for_in_every_language() -> None:
    concept = Concept("hub", {"en": LanguageTerms(preferred=(Term("GitHub"),))}, do_not_translate=True)
    glossary = Glossary("glossary.yaml", (concept,))
    (records,) = TermCollector(glossary, MemoryCache()).document(table({"de": "Der GitHub.", "pl": "To jest GitHub."}))
    assert [hit.concept for record in records.values() for hit in record.hits] == ["hub", "hub"]


def test_a_concept_limited_to_some_files_is_not_found_in_others() -> None:
    words = {"de": LanguageTerms(preferred=(Term("Kunde"),))}
    alignment = table({"de": "Der Kunde zahlt."})
    for paths, found in ((("de/*.md",), 1), (("shop/**",), 0)):
        glossary = Glossary("glossary.yaml", (Concept("customer", words, paths=paths),))
        (records,) = TermCollector(glossary, MemoryCache()).document(alignment)
        assert len(records["de"].hits) == found
        assert "Kunde" in surfaces(records["de"])[0]


def copied(original: str, version: str) -> list[str]:
    """The words that are left of a German version of an English text."""
    collector = TermCollector(Glossary("glossary.yaml", ()), MemoryCache())
    records = collector.document(table({"en": original, "de": version}))
    (row,) = row_terms("a.md", records, "en")
    return [word.surface for word in row.cells["de"].words]


def test_text_copied_from_the_source_says_nothing_about_the_version() -> None:
    original = "See the liberal contribution policy of Node. Ask for a pull request."
    assert copied(original, "Mehr steht in the liberal contribution policy. Ein Pull Request genügt.") == [
        "Mehr", "steht", "in", "Ein", "Pull", "Request", "genügt",
    ]  # fmt: skip


def test_a_copied_title_is_left_out_but_a_single_word_is_not() -> None:
    assert copied("Contributor funnel", "Contributor Funnel") == []
    assert copied("Community", "Community") == ["Community"]
    assert copied("One community", "Die Community") == ["Die", "Community"]
