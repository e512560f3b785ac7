"""What is known about each word."""

from __future__ import annotations

import numpy as np

from meaning_texts import row, statistics_of, story
from termcheck.meaning.row import RowMeaning
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import PairSupport, WordSupport
from termcheck.meaning.word_features import FEATURES, CellWords, Habits, complete, markable, nearby, orphans, read_row


def literal(**texts: str) -> dict[str, CellWords]:
    """A row of texts that all support each other equally."""

    def side(text: str) -> WordSupport:
        starts = [text.index(word) for word in text.split()]
        spans = np.array(
            [(at, at + len(word.strip(",."))) for at, word in zip(starts, text.split(), strict=True)], np.int32
        )
        return WordSupport(spans, *(np.full(len(spans), value, np.float16) for value in (0.5, 0.5, np.nan)))

    langs = sorted(texts)
    pairs = {(a, b): PairSupport(side(texts[a]), side(texts[b]), 0.6) for a in langs for b in langs if a < b}
    return read_row(RowMeaning(texts, pairs), 0, PairStatistics(), None)


def habits(*rows: dict[str, CellWords]) -> Habits:
    found = Habits()
    for cells in rows:
        for cell in cells.values():
            found.add(cell)
    return found


def test_a_wrong_word_lacks_support_and_leaves_an_orphan() -> None:
    concepts = story(1).split()
    wrong = " ".join([*concepts[:5], "film", *concepts[6:]])
    rows = [row(aa=story(n), bb=story(n), cc=story(n)) for n in range(2, 9)]
    rows.append(row(aa=story(1), bb=wrong, cc=story(1)))
    statistics = statistics_of(rows)
    cells = read_row(rows[-1], 7, statistics, None)
    features = complete(cells, "bb", habits(cells))
    for name in ("similarity", "claim", "word", "phrase", "orphan"):
        assert features[:, FEATURES.index(name)].argmax() in ((5,) if name != "phrase" else (4, 5, 6)), name
    assert orphans(cells, "bb", "aa", habits(cells)).argmax() == 5


def test_capitals_and_letters_and_neighbours() -> None:
    cells = literal(aa="Wir sahen Berlin, heute 서울에", bb="Today we visited the town")
    cell = cells["aa"]
    assert cell.capitals.tolist() == [False, False, True, False, False]
    assert cell.letters.tolist() == [3, 5, 6, 5, 6]
    assert cell.adjacent.tolist() == [True, True, False, True]


def test_short_words_numbers_copies_and_names_are_not_marked() -> None:
    cells = literal(
        aa="wir sahen abends in München Android für 1000 taler", bb="at night we saw android with only some guilders"
    )
    wanted = [False, True, True, False, False, False, False, False, True]
    assert markable(cells, "aa", habits(cells)).tolist() == [False, *wanted[1:4], True, *wanted[5:]]
    others = literal(aa="lange kleine worte ohne namen darin und noch viele mehr davon", bb="nothing")
    assert markable(cells, "aa", habits(cells, others)).tolist() == wanted


def test_a_habit_is_that_of_the_other_occurrences() -> None:
    rows = [row(aa="particle " + story(n), bb=story(n)) for n in range(1, 7)]
    cells = [read_row(each, n, statistics_of(rows), None) for n, each in enumerate(rows)]
    found = habits(*cells)
    values = found.of(cells[0]["aa"])
    assert values.argmax() == 0
    assert abs(values[1:]).max() == 0
    found.add(cells[5]["aa"], -1)
    assert found.of(cells[0]["aa"])[0] < values[0]


def test_the_nearest_gap_counts_most() -> None:
    values, which = nearby(np.array([0, 0, 3, 0, 0, 0, 0, 0, 0, 2], np.float32), 10)
    assert which[[2, 9]].tolist() == [2, 9]
    assert values[2] > values[4] > 0
    assert nearby(np.zeros(0, np.float32), 3)[1].tolist() == [-1, -1, -1]


def test_a_row_needs_two_versions_with_words() -> None:
    assert read_row(row(aa="one two"), 0, PairStatistics(), None) == {}
    assert read_row(row(aa="one two", bb=""), 0, PairStatistics(), None) == {}
