from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.corpus.reading import segment
from termcheck.history.comparison import VersionChange, changed_words, compare
from termcheck.model import Document, Segment


def segments(*texts: str) -> tuple[Segment, ...]:
    return segment(Document("en/a.md", "en", "\n\n".join(texts) + "\n", "markdown"))


ONE, TWO, THREE = "Save the file now.", "Back it up every single day.", "Close the window at last."


def compared(old: list[str], new: list[str]) -> VersionChange:
    return compare(segments(*old), segments(*new))


def test_the_same() -> None:
    assert not compared([ONE, TWO], [ONE, TWO])
    assert not compared([], [])


@pytest.mark.parametrize("text", ["Save the\nfile now.", "Save  the **file** now.", "Save the file now.  "])
def test_white_space_line_breaks_and_emphasis_are_no_change(text: str) -> None:
    assert not compared([ONE, TWO], [text, TWO])


def test_an_edited_text() -> None:
    found = compared([ONE, TWO, THREE], [ONE, "Back it up every other day.", THREE])
    assert found == VersionChange(changed=frozenset({1}), before={1: TWO})


def test_a_new_text_has_no_earlier_form() -> None:
    assert compared([ONE, THREE], [ONE, TWO, THREE]) == VersionChange(changed=frozenset({1}))


def test_a_removed_text() -> None:
    assert compared([ONE, TWO, THREE], [ONE, THREE]) == VersionChange(removed=frozenset({1}))
    assert compared([ONE, TWO], [ONE]) == VersionChange(removed=frozenset({1}))


def test_a_moved_text() -> None:
    found = compared([ONE, TWO, THREE], [TWO, THREE, ONE])
    assert found == VersionChange(moved=frozenset({2}))


def test_a_text_that_now_stands_twice_is_new_once() -> None:
    assert compared([ONE, TWO], [ONE, TWO, ONE]).changed == {2}
    assert compared([ONE, TWO, ONE], [ONE, TWO]).removed == {2}


def test_edited_texts_are_told_from_new_ones() -> None:
    found = compared([ONE, TWO], ["A wholly different start.", "Save the file later.", "Back it up every week."])
    assert found.before == {1: ONE, 2: TWO}
    assert found.changed == {0, 1, 2}


def test_another_link_is_a_change() -> None:
    found = compared(["See [this](https://example.org/a)."], ["See [this](https://example.org/b)."])
    assert found == VersionChange(frozenset({0}), {0: "See this."}, protected=frozenset({0}))


def test_many_repeated_texts_do_not_take_for_ever() -> None:
    old = segments(*["A.", "B."] * 2000)
    new = segments(*["B.", "A."] * 2000, "C.")
    assert compare(old, new).changed == {4000}


@given(st.lists(st.sampled_from("abcdef"), max_size=12), st.lists(st.sampled_from("abcdef"), max_size=12))
def test_what_is_changed_and_what_is_not_add_up(old: list[str], new: list[str]) -> None:
    found = compared(old, new)
    kept = [text for index, text in enumerate(new) if index not in found.changed]
    for text in set(kept):
        assert kept.count(text) <= old.count(text)
    assert set(found.before) <= found.changed
    assert not found.changed & found.moved
    assert all(0 <= index <= len(new) for index in found.removed)
    if old == new:
        assert not found


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Kept for 30 days.", "Kept for 90 days.", ["90"]),
        ("Kept for 30 days.", "kept, for 30 days!", []),
        ("Kept for 30 days.", "Kept for days.", []),
        ("", "All new.", ["All", "new"]),
        ("a b " * 2000, "a c " * 2000, ["c"] * 2000),
    ],
)
def test_changed_words(before: str, after: str, marked: list[str]) -> None:
    assert [after[start:end] for start, end in changed_words(before, after)] == marked
