"""Single words that no other version supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from meaning_texts import row, statistics_of, story
from termcheck.meaning import unsupported
from termcheck.meaning.unsupported import Unsupported, WordModel, bundled_model, find_unsupported
from termcheck.meaning.word_features import FEATURES, Habits, read_row
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from termcheck.meaning.row import RowMeaning

LANGS = ("aa", "bb", "cc")
Found = dict[tuple[int, str], tuple[Unsupported, ...]]

#: Counts nothing but how unsupported a word is.
PLAIN = WordModel(np.array([1.0 if name in ("similarity", "word") else 0.0 for name in FEATURES]), 0.0, 7.0)


def document(
    *, wrong: str = "film", lang: str = "bb", at: tuple[int, ...] = (4,), rows: int = 20, langs: Sequence[str] = LANGS
) -> list[RowMeaning]:
    """Faithful rows, in some of which the sixth word of a version is another one."""
    found = []
    for number in range(rows):
        words = story(number, 12).split()
        changed = [*words[:5], *wrong.split(), *words[5 + len(wrong.split()) :]]
        found.append(row(**{name: " ".join(changed if name == lang and number in at else words) for name in langs}))
    return found


def find(
    rows: list[RowMeaning],
    source: str | None = None,
    judged: Collection[tuple[int, str]] = (),
    protected: Mapping[tuple[int, str], Sequence[Span]] | None = None,
    model: WordModel = PLAIN,
) -> Found:
    statistics, habits = statistics_of(rows), Habits()
    cells = [read_row(each, index, statistics, source) for index, each in enumerate(rows)]
    for in_row in cells:
        for cell in in_row.values():
            habits.add(cell)
    return find_unsupported(cells, habits, source, judged, protected, model)


def words(rows: list[RowMeaning], found: Found) -> dict[tuple[int, str], list[str]]:
    return {
        (number, lang): [rows[number].texts[lang][each.span.start : each.span.end] for each in items]
        for (number, lang), items in found.items()
    }


def test_the_wrong_word_is_found_at_its_place_and_nothing_else() -> None:
    rows = document()
    assert words(rows, find(rows)) == {(4, "bb"): ["filmbb"]}


def test_the_words_missing_in_turn_are_named_in_every_witness() -> None:
    rows = document()
    (found,) = find(rows)[4, "bb"]
    named = {lang: rows[4].texts[lang][span.start : span.end] for lang, span in found.counterparts.items()}
    assert named == {"aa": "s4w5aa", "cc": "s4w5cc"}


def test_the_source_comes_first_among_the_witnesses_and_is_not_accused() -> None:
    (found,) = find(document(), source="cc")[4, "bb"]
    assert found.witnesses == ("cc", "aa")
    assert found.source == "cc"
    assert not find(document(lang="cc"), source="cc").get((4, "cc"))


def test_neighbouring_words_are_one_span() -> None:
    rows = document(wrong="film star")
    assert words(rows, find(rows)) == {(4, "bb"): ["filmbb starbb"]}


def test_what_was_judged_or_is_protected_is_left_out() -> None:
    rows = document()
    assert find(rows, judged=[(4, "bb")]) == {}
    (found,) = find(rows)[4, "bb"]
    assert find(rows, protected={(4, "bb"): [Span(0, 3), found.span]}) == {}
    assert find(rows, protected={(4, "bb"): [Span(0, 3)]}) != {}


def test_of_two_versions_one_is_shown() -> None:
    rows = document(langs=("aa", "bb"))
    found = find(rows)
    assert len(found) == 1
    ((each,),) = found.values()
    assert each.mutual
    assert not find(rows, source="aa")[4, "bb"][0].mutual


def test_no_more_than_so_many_of_a_thousand_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = document(at=(1, 4, 7, 9, 12))
    monkeypatch.setattr(unsupported, "PER_THOUSAND", 12.0)
    model = WordModel(PLAIN.weights, PLAIN.bias, 3.0)
    found = find(rows, model=model)
    assert sum(len(items) for (_, lang), items in found.items() if lang == "bb") == 3


def test_a_score_is_the_log_odds_of_the_confidence() -> None:
    (found,) = find(document())[4, "bb"]
    assert found.confidence == pytest.approx(1 / (1 + np.exp(-found.score)))
    assert found.score >= PLAIN.cut


def test_the_cut_is_a_probability() -> None:
    assert PLAIN.with_least(0.5).cut == 0
    assert PLAIN.with_least(0.9).cut == pytest.approx(np.log(9))
    assert PLAIN.with_least(0).cut == -np.inf
    assert PLAIN.with_least(1).cut == np.inf


def test_the_bundled_parameters_fit_the_features() -> None:
    model = bundled_model()
    assert model.weights.shape == (len(FEATURES),)
    assert model.score(np.zeros((2, len(FEATURES)), np.float32)).tolist() == [model.bias] * 2


def test_parameters_for_other_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsupported, "FEATURES", ("colour",))
    with pytest.raises(ValueError, match="not for colour"):
        bundled_model.__wrapped__()


def test_rows_with_one_version_have_nothing_to_find() -> None:
    assert find([row(aa="one two")]) == {}
