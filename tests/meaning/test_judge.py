"""Which version of a row is remarked, for what, and on which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meaning_texts import corpus, marked, row, statistics_of, story
from termcheck.meaning.judge import CellJudgement, Difference, judge_row

if TYPE_CHECKING:
    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.statistics import PairStatistics

LANGS = ("aa", "bb", "cc", "dd")
TEXT = story(1)
FIRST, SECOND = story(1, 20).split()[:13], story(1, 20).split()[13:]


@pytest.fixture(scope="module")
def usual() -> PairStatistics:
    return corpus(LANGS)


@pytest.fixture(autouse=True)
def _languages_by_their_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """The languages of these tests are made up and have no names."""
    monkeypatch.setattr("termcheck.meaning.explanation.display_name", str)


def versions(text: str = TEXT, **changed: str) -> RowMeaning:
    return row(**{**dict.fromkeys(LANGS, text), **changed})


def remarks(found: RowMeaning, usual: PairStatistics, source: str | None = None) -> dict[str, CellJudgement]:
    return {item.lang: item for item in judge_row(found, usual, source) if item.difference}


def test_faithful_versions_are_not_remarked(usual: PairStatistics) -> None:
    judgements = judge_row(versions(), usual)
    assert [item.lang for item in judgements] == list(LANGS)
    assert all(item.difference is None and item.confidence == 0 and item.why == () for item in judgements)


def test_another_paragraph_is_remarked_in_its_version_only(usual: PairStatistics) -> None:
    found = remarks(versions(bb=story(2)), usual)
    assert list(found) == ["bb"]
    assert found["bb"].difference is Difference.DIFFERS
    assert found["bb"].confidence > 0.9
    assert found["bb"].deviation >= 1
    assert found["bb"].why[0] == "aa, cc and dd agree with each other; bb differs from them."


def test_an_omitted_clause_is_marked_in_the_counterparts(usual: PairStatistics) -> None:
    whole = " ".join(FIRST + SECOND)
    cut = versions(whole, cc=" ".join(FIRST))
    found = remarks(cut, usual)
    assert list(found) == ["cc"]
    assert found["cc"].difference is Difference.OMITS
    assert found["cc"].addition is None
    assert found["cc"].omission is not None
    assert marked(cut, found["cc"].omission.marks) == dict.fromkeys(("aa", "bb", "dd"), " ".join(SECOND))
    assert any(sentence.startswith("cc has nothing for “s1w13aa") for sentence in found["cc"].why)


def test_an_added_clause_is_marked_in_the_version(usual: PairStatistics) -> None:
    longer = versions(dd=f"{TEXT} {story(5, 7)}")
    found = remarks(longer, usual)
    assert list(found) == ["dd"]
    assert found["dd"].difference is Difference.ADDS
    assert found["dd"].omission is None
    assert found["dd"].addition is not None
    assert marked(longer, found["dd"].addition.marks) == {"dd": story(5, 7)}
    assert found["dd"].why[1].endswith("in dd has no counterpart in aa, bb or cc.")


def test_a_replaced_clause_is_something_else_and_marked_on_both_sides(usual: PairStatistics) -> None:
    whole = " ".join(FIRST + SECOND)
    replaced = versions(whole, aa=" ".join([*FIRST, *story(6, 7).split()]))
    judgement = remarks(replaced, usual)["aa"]
    assert judgement.difference is Difference.DIFFERS
    assert judgement.omission is not None
    assert judgement.addition is not None
    assert marked(replaced, judgement.addition.marks) == {"aa": story(6, 7)}
    assert set(marked(replaced, judgement.omission.marks)) == {"bb", "cc", "dd"}


def test_a_row_that_is_loose_everywhere_is_not_remarked(usual: PairStatistics) -> None:
    loose = {lang: " ".join([*FIRST[:8], *story(20 + n, 2).split()]) for n, lang in enumerate(LANGS)}
    assert remarks(row(**loose), usual) == {}


def test_the_source_is_not_judged_and_its_reading_counts(usual: PairStatistics) -> None:
    found = judge_row(versions(bb=story(2)), usual, source="aa")
    assert [item.lang for item in found] == ["bb", "cc", "dd"]
    assert "(aa is the source)" in next(item for item in found if item.difference).why[0]


def test_versions_that_all_miss_what_the_source_says_are_all_remarked(usual: PairStatistics) -> None:
    old = " ".join(FIRST)
    new = f"{old} {story(9, 16)}"
    stale = versions(old, aa=new)
    found = remarks(stale, usual, source="aa")
    assert list(found) == ["bb", "cc", "dd"]
    assert found["cc"].difference is Difference.OMITS
    assert found["cc"].omission is not None
    assert marked(stale, found["cc"].omission.marks) == {"aa": story(9, 16)}
    assert found["cc"].why[-1] == "bb and dd may differ from the source in the same way."


def test_two_versions_without_a_source_say_it_of_both(usual: PairStatistics) -> None:
    found = remarks(row(aa=story(1), bb=story(2)), usual)
    assert list(found) == ["aa", "bb"]
    assert all(item.mutual for item in found.values())
    assert found["aa"].why[0] == "aa was compared with bb; the two do not say the same."


def test_two_versions_with_a_source_blame_the_other(usual: PairStatistics) -> None:
    found = remarks(row(aa=story(1), bb=story(2)), usual, source="aa")
    assert list(found) == ["bb"]
    assert not found["bb"].mutual
    assert found["bb"].why[0] == "bb was compared with aa, the source; the two do not say the same."


def test_very_short_texts_are_hardly_ever_remarked(usual: PairStatistics) -> None:
    assert remarks(versions("one two", bb="one four"), usual) == {}
    assert remarks(versions("one two three", bb="one five three"), usual) == {}
    assert remarks(versions("one two three", bb="one two three four five six"), usual) == {}


def test_versions_without_words_take_no_part(usual: PairStatistics) -> None:
    assert [item.lang for item in judge_row(versions(bb=""), usual)] == ["aa", "cc", "dd"]
    assert judge_row(row(aa="", bb="one"), usual) == ()
    assert judge_row(row(aa="one"), usual) == ()
    assert [item.lang for item in judge_row(versions(aa=""), usual, source="aa")] == ["bb", "cc", "dd"]


def test_a_small_corpus_is_enough() -> None:
    rows = [versions(story(n)) for n in range(30, 35)] + [versions(story(36), bb=story(37))]
    usual = statistics_of(rows)
    assert [list(remarks(found, usual)) for found in rows] == [[], [], [], [], [], ["bb"]]


def test_long_quotes_are_cut(usual: PairStatistics) -> None:
    found = remarks(versions(dd=f"{TEXT} {story(5, 60)}"), usual)
    assert "…” in dd" in found["dd"].why[1]
    assert len(found["dd"].why[1]) < 200


def test_the_threshold_is_in_units_of_the_default(usual: PairStatistics) -> None:
    usually = next(item for item in judge_row(versions(bb=story(2)), usual) if item.lang == "bb")
    assert usually.difference is Difference.DIFFERS
    stricter = next(item for item in judge_row(versions(bb=story(2)), usual, threshold=50.0) if item.lang == "bb")
    assert stricter.difference is None
    assert stricter.strength == pytest.approx(usually.strength / 50)
