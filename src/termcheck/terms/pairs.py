"""One pair of concepts in one language: every row sorted by the word that stands in it.

A row that shows a concept holds the concept's own word, only the word of its rival, a word that serves both, or
none of them. What a word belongs to follows from the glossary, or else from where it stands more often.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.model import Verdict
from termcheck.terms.induction import Universe, induce
from termcheck.terms.renderings import LEAST_ROWS, Label, unify
from termcheck.terms.significance import at_least, fisher_exact, lower_bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termcheck.terms.renderings import Renderings

# A word in more than half of the rows that are rendered at all is the one the language uses.
_HOUSE_SHARE = 0.5
_LEAST_BOUND = 1 / 3
# From this share (and two rows) on, the rival's word is a habit and no slip.
_MIXED_SHARE = 0.1
_MIXED_ROWS = 2
_SIGNIFICANT = 0.01
_OWNED = 0.05
# A rival's word that stands for the concept is there in many of the rows that lack its own word, not in a few.
_COINCIDENCE = 0.05
_REPLACED_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Side:
    """The rows of one concept of a pair, as positions in the evidence, in order.

    Of the ``alone`` rows, which show it without its rivals, ``own`` hold its own word, ``rival`` only the rival's,
    ``shared`` a word of both. Of the rows that show both concepts, ``kept`` hold its own word; ``merged`` hold the
    rival's instead, and more often than the rival accounts for; ``omitted`` hold the rival's, but no more often.
    ``chance`` in [0, 1] is the probability that the rival's word stands in so many ``rival`` rows without meaning
    this concept, as it does in rows that show neither.
    """

    concept: str
    labels: tuple[Label, ...]
    alone: int
    own: tuple[int, ...]
    rival: tuple[int, ...]
    shared: tuple[int, ...]
    kept: tuple[int, ...]
    merged: tuple[int, ...]
    omitted: tuple[int, ...]
    chance: float

    @property
    def rendered(self) -> int:
        """How many of the ``alone`` rows hold a word of either concept."""
        return len(self.own) + len(self.rival) + len(self.shared)

    @property
    def right(self) -> int:
        """In how many rows the concept has its own word."""
        return len(self.own) + len(self.kept)

    @property
    def substituted(self) -> tuple[int, ...]:
        """The ``rival`` rows; none where the rival's word is there by coincidence."""
        lacking = self.alone - len(self.own) - len(self.shared)
        is_habit = self.chance < _COINCIDENCE and len(self.rival) >= _REPLACED_SHARE * lacking
        return self.rival if is_habit else ()

    @property
    def replaced(self) -> tuple[int, ...]:
        """The rows in which the rival's word stands for it."""
        return (*self.substituted, *self.merged)

    @property
    def wrong(self) -> int:
        """In how many rows another word stands for it: the rival's, or one that serves both."""
        return len(self.replaced) + len(self.shared)

    @property
    def is_mixed(self) -> bool:
        """Whether the rival's word stands for this concept too often to be a slip."""
        return self.wrong >= _MIXED_ROWS and self.wrong >= _MIXED_SHARE * (self.right + self.wrong)


@dataclass(frozen=True, slots=True)
class Collapse:
    """One word for both concepts: in ``first`` and ``second`` of the rows that show one of them alone.

    It stands in ``elsewhere`` of the ``contrast`` rows that show neither. ``p_value`` in [0, 1]: the chance that
    a word unrelated to the concepts stands in so many of their rows (the worse of the two, Fisher's exact test).
    ``bound`` in [0, 1]: with 95 % confidence at least this share of either concept's renderings is the word.
    """

    label: Label
    first: tuple[int, ...]
    second: tuple[int, ...]
    elsewhere: int
    contrast: int
    p_value: float
    bound: float


@dataclass(frozen=True, slots=True)
class Bound:
    """A concept that only stands in a phrase with ``companion``, in rows that mostly hold the rival's ``word`` too.

    Which word of the phrase renders the concept and which the companion cannot be told.
    """

    concept: str
    companion: str
    rival: str
    word: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The verdict on two concepts in a language, with the rows behind it. ``shared`` are the words of both."""

    lang: str
    first: Side
    second: Side
    shared: tuple[Label, ...]
    verdict: Verdict
    collapse: Collapse | None = None
    bound: Bound | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second


class PairJudge:
    """Sorts the rows of a pair and judges them."""

    def __init__(self, renderings: Renderings, first: str, second: str, lang: str) -> None:
        self._renderings = renderings
        self._lang = lang
        self._concepts = (first, second)
        self._alone = tuple(renderings.universe(concept, lang).alone for concept in self._concepts)
        self._both = renderings.both(first, second, lang)
        # In a phrase that always goes with a concept, a word of its own is that of the phrase as likely as not.
        in_phrase = any(map(renderings.companion, self._concepts))
        lists = unify(
            renderings.labels(first, lang),
            renderings.labels(second, lang),
            renderings.indexes[lang],
            *self._alone,
            compounds=in_phrase,
        )
        self._owned: tuple[list[Label], list[Label]] = ([], [])
        self._shared: list[Label] = []
        for label in dict.fromkeys((*lists[0], *lists[1])):
            owner = self._owner(label, label in lists[0], label in lists[1])
            (self._shared if owner is None else self._owned[owner]).append(label)
        if self._shared and not in_phrase and all(not label.term for label in self._shared):
            self._prefer_words_that_differ()

    def _prefer_words_that_differ(self) -> None:
        """Drop a word that only accompanies both concepts: each has one that sets its rows apart from the other's."""
        found = []
        for side in (0, 1):
            background = self._renderings.universe(self._concepts[side], self._lang).background
            others = set(self._alone[1 - side])
            universe = Universe(background, self._alone[side], background.rows - others)
            best = induce(self._concepts[side], universe)[:1]
            if not best or best[0].rows <= _HOUSE_SHARE * best[0].shown:
                return
            found.append(Label(best[0].word, best[0].forms, "", best[0]))
        self._shared = []
        for side, label in enumerate(found):
            self._owned[side][:] = dict.fromkeys((label, *self._owned[side]))

    def judge(self) -> Pair:
        """The pair with its verdict."""
        first, second = self._side(0), self._side(1)
        collapse = self._collapse(first, second)
        bound = self._bound() if collapse is None else None
        if bound is not None:
            verdict = Verdict.UNKNOWN
        elif collapse is not None:
            verdict = Verdict.COLLAPSED
        elif min(first.right + first.wrong, second.right + second.wrong) < LEAST_ROWS:
            verdict = Verdict.UNKNOWN
        elif max(first.right, second.right) == 0:
            # All is shared, but not surely enough for a collapse.
            verdict = Verdict.UNKNOWN
        elif first.is_mixed or second.is_mixed:
            verdict = Verdict.MIXED
        elif min(first.right, second.right) >= LEAST_ROWS:
            verdict = Verdict.DISTINCT
        else:
            verdict = Verdict.UNKNOWN
        return Pair(self._lang, first, second, tuple(self._shared), verdict, collapse, bound)

    def _bound(self) -> Bound | None:
        """Whether one concept is but a part of a phrase that holds, as a word or in a compound, the rival's word."""
        for side in (0, 1):
            own, rival = self._owned[side], self._owned[1 - side]
            companion = self._renderings.companion(self._concepts[side])
            if not companion or not rival or any(label.term for label in own):
                continue
            main = rival[0]
            users = self._renderings.holding(main, self._lang)
            if len(users.intersection(self._alone[side])) > _HOUSE_SHARE * len(self._alone[side]):
                return Bound(self._concepts[side], companion, self._concepts[1 - side], main.word)
        return None

    def _users(self, labels: Iterable[Label]) -> set[int]:
        return {position for label in labels for position in self._renderings.using(label, self._lang)}

    def _owner(self, label: Label, in_first: bool, in_second: bool) -> int | None:
        """Which concept a word belongs to; None when it serves both."""
        if label.term:
            first, second = (
                label.term in self._renderings.witnesses.terms(concept, self._lang) for concept in self._concepts
            )
            return None if first and second else int(second)
        users = self._renderings.using(label, self._lang)
        sizes = [len(rows) for rows in self._alone]
        counts = [len(users.intersection(rows)) for rows in self._alone]
        for side, other in ((0, 1), (1, 0)):
            often = counts[side] * max(sizes[other], 1) >= 2 * counts[other] * max(sizes[side], 1)
            p_value = fisher_exact(
                counts[side], sizes[side] - counts[side], counts[other], sizes[other] - counts[other]
            )
            if often and p_value < _OWNED:
                return side
        return None if in_first and in_second else int(in_second)

    def _side(self, side: int) -> Side:
        concept = self._concepts[side]
        own, rival, shared = (
            self._users(labels) for labels in (self._owned[side], self._owned[1 - side], self._shared)
        )
        alone = self._alone[side]
        doubtful = {
            position
            for position in (*alone, *self._both)
            if position not in own
            and position not in shared
            and self._renderings.may_use(position, concept, self._lang)
        }
        replaced = tuple(p for p in alone if p in rival and p not in own and p not in shared and p not in doubtful)
        lacking = sum(p not in own and p not in shared and p not in doubtful for p in alone)
        instead = [p for p in self._both if p in rival and p not in own and p not in shared and p not in doubtful]
        merged = [position for position in instead if self._more_than_due(position, 1 - side)]
        return Side(
            concept,
            tuple(self._owned[side]),
            len(alone),
            tuple(position for position in alone if position in own),
            replaced,
            tuple(position for position in alone if position in shared and position not in own),
            tuple(position for position in self._both if position in own),
            tuple(merged),
            tuple(position for position in instead if position not in merged),
            self._chance(rival, len(replaced), lacking),
        )

    def _contrast(self) -> frozenset[int]:
        """The rows that surely show neither concept."""
        universe = self._renderings.universe(self._concepts[0], self._lang)
        return universe.background.rows.difference(*self._alone, self._both, universe.apart)

    def _chance(self, users: set[int], found: int, rows: int) -> float:
        contrast = self._contrast()
        rate = (len(users & contrast) + 0.5) / (len(contrast) + 1)
        return at_least(found, rows, rate)

    def _more_than_due(self, position: int, side: int) -> bool:
        """Whether the words of one concept stand more often in a row than the witnesses have that concept."""
        renderings = self._renderings
        spans = {span for label in self._owned[side] for span in renderings.spans(position, label, self._lang)}
        return len(spans) > renderings.testified(position, self._concepts[side], without=self._lang)

    def _collapse(self, first: Side, second: Side) -> Collapse | None:
        ways: Sequence[tuple[list[Label], tuple[int, ...], tuple[int, ...]]] = (
            (self._shared, first.shared, second.shared),
            (self._owned[1], first.substituted, second.own),
            (self._owned[0], first.own, second.substituted),
        )
        for labels, ours, theirs in ways:
            if min(len(ours), len(theirs)) < LEAST_ROWS:
                continue
            if len(ours) <= _HOUSE_SHARE * first.rendered or len(theirs) <= _HOUSE_SHARE * second.rendered:
                continue
            bound = min(lower_bound(len(ours), first.rendered), lower_bound(len(theirs), second.rendered))
            if bound < _LEAST_BOUND:
                continue
            result = self._measure(labels, ours, theirs, bound)
            if result.p_value < _SIGNIFICANT or result.label.term:
                return result
        return None

    def _measure(
        self, labels: Sequence[Label], ours: tuple[int, ...], theirs: tuple[int, ...], bound: float
    ) -> Collapse:
        rows = {*ours, *theirs}
        label = max(labels, key=lambda item: (len(rows & self._renderings.using(item, self._lang)), item.word))
        users = self._renderings.using(label, self._lang)
        contrast = self._contrast()
        elsewhere = len(users & contrast)
        p_value = max(
            fisher_exact(
                len(users.intersection(alone)),
                len(alone) - len(users.intersection(alone)),
                elsewhere,
                len(contrast) - elsewhere,
            )
            for alone in self._alone
        )
        return Collapse(
            label,
            tuple(position for position in ours if position in users),
            tuple(position for position in theirs if position in users),
            elsewhere,
            len(contrast),
            p_value,
            bound,
        )
