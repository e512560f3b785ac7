"""Single words that no other version supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meaning_texts import row, statistics_of, story
from termcheck.meaning.unsupported import UnsupportedWord, marked_words, rank_words

if TYPE_CHECKING:
    from termcheck.meaning.row import RowMeaning

LANGS = ("aa", "bb", "cc")


def document(*, wrong: str = "film", lang: str = "bb", at: tuple[int, ...] = (4,), rows: int = 20) -> list[RowMeaning]:
    """Faithful rows, in some of which the sixth word of a version is another one."""
    found = []
    for number in range(rows):
        words = story(number, 12).split()
        changed = [*words[:5], wrong, *words[6:]]
        texts = {name: " ".join(changed if name == lang and number in at else words) for name in LANGS}
        found.append(row(**texts))
    return found


def ranked(rows: list[RowMeaning], source: str | None = None) -> tuple[UnsupportedWord, ...]:
    return rank_words(rows, statistics_of(rows), source)


def test_the_wrong_word_comes_first_with_its_place() -> None:
    rows = document()
    first = ranked(rows)[0]
    assert (first.row, first.lang, first.word) == (4, "bb", "filmbb")
    assert rows[4].texts["bb"][first.span.start : first.span.end] == "filmbb"


def test_every_word_is_ranked_once_and_the_source_is_left_out() -> None:
    rows = document()
    assert len(ranked(rows)) == 20 * 12 * 3
    assert {item.lang for item in ranked(rows, source="aa")} == {"bb", "cc"}


def test_the_default_cut_shows_the_wrong_word_and_few_others() -> None:
    shown = marked_words(ranked(document()))
    assert shown[0].word == "filmbb"
    assert len(shown) <= 6


def test_no_more_than_so_many_of_a_thousand_are_shown() -> None:
    everything = ranked(document())
    shown = marked_words(everything, cut=-100.0, per_thousand=25.0)
    assert [sum(item.lang == lang for item in shown) for lang in LANGS] == [6, 6, 6]
    assert len(marked_words(everything, cut=-100.0, per_thousand=0.1)) == 3


def test_a_word_that_is_unsupported_everywhere_counts_less() -> None:
    once = ranked(document(wrong="particle", at=(4,)))[0].score
    habit = [item for item in ranked(document(wrong="particle", at=(2, 4, 6, 8))) if item.word == "particlebb"]
    assert len(habit) == 4
    assert max(item.score for item in habit) < once * 0.8


def test_a_short_word_counts_less_than_a_long_one() -> None:
    long_word = ranked(document(wrong="oth"))[0]
    assert long_word.word == "othbb"
    short = next(item for item in ranked(document(wrong="o")) if item.word == "obb")
    assert short.score < long_word.score


def test_rows_with_one_version_have_nothing_to_rank() -> None:
    assert ranked([row(aa="one two")]) == ()
