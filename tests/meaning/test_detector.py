"""The trained model on paragraphs: its numbers, its probabilities, and the judgements that rest on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from meaning_texts import corpus, row, story
from termcheck.literal.numbers import compare
from termcheck.meaning.detector import ParagraphModel, bundled_detector, probability
from termcheck.meaning.features import NAMES, features
from termcheck.meaning.judge import Difference, judge_row
from termcheck.meaning.measures import RowView
from termcheck.meaning.row import RowMeaning
from termcheck.meaning.support import PairSupport, WordSupport

if TYPE_CHECKING:
    from termcheck.meaning.statistics import PairStatistics

LANGS = ("aa", "bb", "cc", "dd")
TEXT = story(1, 20)
DOUBTED = 5.0


@pytest.fixture(scope="module")
def usual() -> PairStatistics:
    return corpus(LANGS)


@pytest.fixture(autouse=True)
def _languages_by_their_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """The languages of these tests are made up and have no names."""
    monkeypatch.setattr("termcheck.meaning.explanation.display_name", str)


def doubted(found: RowMeaning) -> RowMeaning:
    """The row with the doubts that a perfect head would have: a concept is there or it is not."""

    def side(lang: str, other: str, support: WordSupport) -> WordSupport:
        said = {word.removesuffix(other) for word in found.texts[other].split()}
        words = [word.removesuffix(lang) for word in found.texts[lang].split()]
        return replace(support, doubt=np.array([-DOUBTED if word in said else DOUBTED for word in words], np.float16))

    pairs = {
        (a, b): PairSupport(side(a, b, pair.left), side(b, a, pair.right), pair.cosine)
        for (a, b), pair in found.pairs.items()
    }
    return RowMeaning(found.texts, pairs)


def versions(text: str = TEXT, **changed: str) -> RowMeaning:
    return doubted(row(**{**dict.fromkeys(LANGS, text), **changed}))


def named(found: RowMeaning, usual: PairStatistics, lang: str, *witnesses: str) -> dict[str, float]:
    weights = dict.fromkeys(witnesses, 1 / len(witnesses))
    return dict(zip(NAMES, features(RowView(found, usual), lang, weights).tolist(), strict=True))


def test_every_number_has_a_name_and_is_finite(usual: PairStatistics) -> None:
    found = named(versions(), usual, "aa", "bb")
    assert all(np.isfinite(value) for value in found.values())
    assert found["own most"] == found["lacking most"] == -DOUBTED
    assert found["witnesses"] == 1


def test_an_omission_shows_on_the_witness_and_an_addition_on_the_version(usual: PairStatistics) -> None:
    words = TEXT.split()
    shorter = named(versions(bb=" ".join(words[:12])), usual, "bb", "aa")
    assert shorter["lacking most"] == DOUBTED
    assert shorter["own most"] == -DOUBTED
    assert shorter["shorter"] > 1
    assert shorter["longer"] == 0
    longer = named(versions(bb=f"{TEXT} {story(7, 8)}"), usual, "bb", "aa")
    assert longer["own most"] == DOUBTED
    assert longer["lacking most"] == -DOUBTED
    assert longer["longer"] > 1


def test_what_the_other_witnesses_doubt_as_well_is_not_held_against_a_version(usual: PairStatistics) -> None:
    odd = versions(aa=f"{TEXT} {story(7, 8)}")
    assert named(odd, usual, "bb", "aa")["lacking run"] > 2
    assert named(odd, usual, "bb", "aa", "cc", "dd")["lacking run"] < 1


def test_numbers_are_compared_without_their_separators(usual: PairStatistics) -> None:
    def changed(ours: str, theirs: str) -> dict[str, float]:
        found = versions()
        texts = {**found.texts, "aa": f"{found.texts['aa']} {ours}", "bb": f"{found.texts['bb']} {theirs}"}
        return named(RowMeaning(texts, found.pairs), usual, "aa", "bb")

    assert changed("1,000.5", "1 000,5")["numbers changed"] == 0
    assert changed("17", "18")["numbers changed"] == 1
    assert changed("17", "")["numbers added"] == 1
    assert changed("", "17")["numbers lacking"] == 1


def test_a_small_count_on_one_side_is_no_finding_of_its_own_and_still_counts(usual: PairStatistics) -> None:
    found = versions()
    texts = {**found.texts, "aa": "there are many options", "bb": "there are 4 options"}
    assert compare(texts["aa"], "aa", {"bb": texts["bb"]}) is None
    assert named(RowMeaning(texts, found.pairs), usual, "aa", "bb")["numbers differ"] == 1


def test_copied_and_repeated_text_is_counted(usual: PairStatistics) -> None:
    found = versions()
    copy = RowMeaning({**found.texts, "aa": "left as it was in Berlin", "bb": "left as it was in Berlin"}, found.pairs)
    # "left" alone: short words and names are the same in many languages.
    assert named(copy, usual, "aa", "bb")["copied"] == pytest.approx(np.log(2))
    assert named(found, usual, "aa", "bb")["copied"] == 0
    twice = RowMeaning({**found.texts, "aa": f"{found.texts['aa']} {found.texts['aa']}"}, found.pairs)
    assert named(twice, usual, "aa", "bb")["repeated"] > named(found, usual, "aa", "bb")["repeated"] == 0
    endless = RowMeaning({**found.texts, "aa": "x" * 30_000}, found.pairs)
    assert named(endless, usual, "aa", "bb")["repeated"] == 0


def test_faithful_versions_are_not_remarked_and_others_are(usual: PairStatistics) -> None:
    model = bundled_detector().model
    assert all(each.difference is None for each in judge_row(versions(), usual, None, model))
    other = {each.lang: each for each in judge_row(versions(bb=story(2, 20)), usual, None, model)}
    assert other["bb"].difference is Difference.DIFFERS
    assert other["bb"].confidence > 0.6
    assert other["bb"].evidence["probability"] > other["bb"].evidence["probability_threshold"]
    assert all(other[lang].difference is None for lang in ("aa", "cc", "dd"))


def test_omitted_and_added_passages_are_told_apart_and_marked(usual: PairStatistics) -> None:
    model = bundled_detector().model
    words = TEXT.split()
    short = {each.lang: each for each in judge_row(versions(cc=" ".join(words[:9])), usual, "aa", model)}["cc"]
    assert short.difference is Difference.OMITS
    assert short.omission is not None
    assert set(short.omission.marks) == {"aa", "bb", "dd"}
    assert short.addition is None
    long = {each.lang: each for each in judge_row(versions(cc=f"{TEXT} {story(7, 12)}"), usual, "aa", model)}["cc"]
    assert long.difference is Difference.ADDS
    assert long.addition is not None
    assert set(long.addition.marks) == {"cc"}


def test_a_version_with_another_number_and_the_same_words_is_told_apart(usual: PairStatistics) -> None:
    found = versions()
    texts = {lang: f"{text} {84 if lang == 'bb' else 48}" for lang, text in found.texts.items()}
    model = replace(bundled_detector().model, several=-3.0)
    numbers = {each.lang: each for each in judge_row(RowMeaning(texts, found.pairs), usual, "aa", model)}["bb"]
    assert (numbers.difference, numbers.by_numbers) == (Difference.DIFFERS, True)
    words = {each.lang: each for each in judge_row(versions(bb=story(2, 20)), usual, "aa", model)}["bb"]
    assert (words.difference, words.by_numbers) == (Difference.DIFFERS, False)


def test_short_versions_are_left_to_the_thresholds(usual: PairStatistics) -> None:
    model = bundled_detector().model
    found = judge_row(versions(story(1, 3)), usual, None, model)
    assert all("probability" not in each.evidence for each in found)


def test_probabilities_stay_in_range() -> None:
    assert probability(0) == 0.5
    assert probability(-1000) == 0
    assert probability(1000) == 1


def test_a_model_of_other_features_is_refused() -> None:
    arrays = {f"model_{name}": np.ones(3) for name in ("mean", "scale", "weights")}
    with pytest.raises(ValueError, match=f"3 features, not {len(NAMES)}"):
        ParagraphModel.from_arrays(arrays)
