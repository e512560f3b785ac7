"""Rendering induction: which words of a language render a concept, learned from the aligned rows.

For a concept and a language, the rows that show the concept are compared with the rows that show neither it nor a
concept that must stay apart from it. A word that stands in the first and not in the second renders the concept.
Words are picked greedily until the rows are covered, so a concept may have several. What makes it safe:

- A *word* is a set of forms: those with one grouping key, or with a common beginning. The data choose which,
  so languages without inflection rules are served too.
- The expected count follows the cells' lengths, since a long cell holds more of every frequent word.
- A word that another word of a witness language explains much better is that word's translation, not this
  concept's ("explaining away").
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termcheck.terms.significance import log_likelihood_ratio, lower_bound, surprise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.terms.index import Background, LanguageIndex


# G2 of 15 is a chance of 1 in 10,000, about the number of words that are tried.
_LEAST_SURPRISE = 15.0
_LEAST_ROWS = 3
_LEAST_SHARE = 0.06
_LEAST_PRECISION = 0.2
_LEAST_LIFT = 3.0
_MOST_RENDERINGS = 5
_MOST_TRIALS = 40
# What a further word needs, where the concept has one: at least this share of its rows shows the concept (95 %).
_LEAST_CONFIDENCE = 0.2
_AS_WELL = 0.97
_SHORTLIST = 40
# To take a candidate away from the concept, a word of a witness language must go with it this much more closely, and
# in the concept's rows without that word the candidate must be this much rarer.
_EXPLAINED = 1.0
_RARER = 0.5
_MOST_ROWS = 2000
# A word explains at least this much of what the single character does that it holds.
_WORD_IN_PART = 0.4
# A second spelling of a word counts from this share of its rows on.
_SPELLING_SHARE = 0.15
_SPELLING_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Induced:
    """A word that renders a concept in a language.

    ``word`` is what to show: a form, or two where the word has a constant neighbour. ``candidate`` is the grouping key
    or beginning that was picked, ``forms`` are all its folded forms (in scripts without spaces, runs of text that
    hold ``word``). It stands in ``rows`` of the ``shown`` rows
    that show the concept without a rival, and in ``elsewhere`` of the ``contrast`` rows that show neither.
    ``confidence`` in [0, 1] is a lower bound (95 %) on the share of its rows that show the concept.
    """

    concept: str
    lang: str
    word: str
    candidate: str
    forms: frozenset[str]
    rows: int
    shown: int
    elsewhere: int
    contrast: int
    surprise: float
    confidence: float


class Universe:
    """The rows one question is asked on: those that show a concept, and those that contrast with it.

    ``left_out`` are rows that belong to neither side: those of rivals, and those in dispute. ``alone`` are all rows
    that show the concept, ``shown`` the first of them, on which words are learned.
    """

    def __init__(self, background: Background, shown: Iterable[int], left_out: Iterable[int]) -> None:
        self.background = background
        self.index = background.index
        self.alone = sorted(background.rows.intersection(shown))
        self.shown = self.alone[:_MOST_ROWS]
        self.apart = sorted(background.rows.intersection((*left_out, *self.alone)).difference(self.shown))
        elsewhere = (*self.shown, *self.apart)
        self.contrast = len(background.rows) - len(elsewhere)
        self._elsewhere = self.index.count(elsewhere)
        self._tokens = background.tokens - sum(self.index.tokens[position] for position in elsewhere)

    def elsewhere(self, candidate: str) -> int:
        """In how many contrast rows the candidate stands."""
        return self.background.totals[candidate] - self._elsewhere[candidate]

    def expected(self, candidate: str, rows: Sequence[int]) -> float:
        """In how many of the rows the candidate was due, had it nothing to do with the concept."""
        rate = (self.elsewhere(candidate) + 0.5) / (self._tokens + 1)
        return sum(-math.expm1(-rate * self.index.tokens[position]) for position in rows)

    def association(self, candidate: str, found: int, rows: int) -> float:
        """G2 of the candidate, which stands in ``found`` of ``rows`` rows that show the concept."""
        elsewhere = self.elsewhere(candidate)
        return log_likelihood_ratio(found, rows - found, elsewhere, self.contrast - elsewhere)

    def explained_away(self, candidate: str, witness: LanguageIndex, own: frozenset[str]) -> bool:
        """Whether a word of the witness other than the ``own`` keys explains the candidate, and the concept does not.

        It does when the candidate goes with that word more closely than with the concept, and is much rarer in the
        rows that show the concept without it. A word that renders both remains, and a name explains no other word.
        """
        inside = set(self.shown)
        users = self.index.using(self.index.forms_of(candidate)) & (self.background.rows - set(self.apart))
        ours = users & inside
        total = len(inside) + self.contrast

        def association(shared: int, other: int) -> float:
            return log_likelihood_ratio(
                shared, len(users) - shared, other - shared, total - len(users) - other + shared
            )

        near, all_near = witness.count_keys(ours), witness.count_keys(inside)
        around = witness.count_keys(users)
        outside = witness.count_keys(self.apart)
        totals = self.background.witness_totals(witness)
        threshold = _EXPLAINED * association(len(ours), len(inside))
        for key, count in around.items():
            if key in own or 2 * near[key] < len(ours):
                continue
            with_key, without = all_near[key], len(inside) - all_near[key]
            rarer = (len(ours) - near[key]) * with_key < _RARER * near[key] * without
            explains = (rarer or without == 0) and association(count, totals[key] - outside[key]) > threshold
            if explains and not self._stays(key, witness, candidate, ours):
                return True
        return False

    def _stays(self, key: str, witness: LanguageIndex, candidate: str, positions: Iterable[int]) -> bool:
        """Whether a word of the witness mostly stands here as it is, beside the candidate.

        Then it is a name, of which the candidate is no translation.
        """
        others = {
            position: {form for form in witness.forms(position) if witness.key_of(form) == key}
            - self.index.forms_of(candidate)
            for position in positions
        }
        copied = sum(bool(there & self.index.forms(position)) for position, there in others.items())
        return 2 * copied > sum(map(bool, others.values()))


def induce(
    concept: str,
    universe: Universe,
    *,
    covered: Iterable[int] = (),
    explain: tuple[LanguageIndex, frozenset[str]] | None = None,
    rivals: Iterable[int] = (),
    taken: frozenset[str] = frozenset(),
) -> tuple[Induced, ...]:
    """The words that render a concept, the most telling first; empty when the evidence is too thin.

    ``covered`` are shown rows whose rendering is known already. ``explain`` gives a witness language to explain
    words away with, and the keys of the concept's own words (and its rivals') there. ``rivals`` are rows that show
    a rival alone: where shown rows may hold a rival too, a word that is as usual in these is the rival's; ``taken``
    are forms that belong to a rival.
    """
    index = universe.index
    done = set(covered)
    open_rows = [position for position in universe.shown if position not in done]
    rival_rows = [position for position in rivals if position in index]
    rival_counts = index.count(rival_rows)
    least = max(_LEAST_ROWS, math.ceil(_LEAST_SHARE * len(universe.shown)))
    found: list[Induced] = []
    refused: set[str] = set()
    counts = index.count(open_rows)
    for _ in range(_MOST_TRIALS):
        if len(open_rows) < least or len(found) == _MOST_RENDERINGS:
            break
        eligible = {
            candidate: count
            for candidate, count in counts.items()
            if count >= least
            and candidate not in refused
            and 2 * rival_counts[candidate] * len(open_rows) <= count * max(len(rival_rows), 1)
        }
        pick = _best(universe, open_rows, eligible)
        if pick is None:
            break
        item = _measured(concept, universe, *pick)
        is_taken = 2 * len(item.forms & taken) > len(item.forms)
        is_vague = bool(found) and item.confidence < _LEAST_CONFIDENCE
        if is_taken or is_vague or (explain is not None and universe.explained_away(item.candidate, *explain)):
            refused.update(index.relatives(item.candidate))
            continue
        found.extend(_spellings(universe, item))
        users = index.using(item.forms)
        open_rows = [position for position in open_rows if position not in users]
        counts = index.count(open_rows)
    return tuple(found)


def _measured(concept: str, universe: Universe, candidate: str, score: float) -> Induced:
    index = universe.index
    forms = index.forms_of(candidate)
    users = sorted(index.using(forms).intersection(universe.shown))
    elsewhere = universe.elsewhere(candidate)
    return Induced(
        concept,
        index.lang,
        index.phrase(candidate, users),
        candidate,
        forms,
        len(users),
        len(universe.shown),
        elsewhere,
        universe.contrast,
        score,
        lower_bound(len(users), len(users) + elsewhere),
    )


def _spellings(universe: Universe, item: Induced) -> list[Induced]:
    """The word, and beside it a second spelling of it that was taken for a form (디렉토리, 디렉터리).

    Spellings differ in one letter inside; inflection changes the end of a word, and umlaut or a shifted accent only
    the marks on a letter.
    """
    index = universe.index
    if not item.candidate.endswith("*") or item.candidate.startswith("*"):
        return [item]
    rows: Counter[str] = Counter()
    for position in universe.shown:
        rows.update({key for form in index.forms(position) & item.forms if (key := index.key_of(form)) is not None})
    ranked = sorted(rows, key=lambda key: (-rows[key], key))
    least = max(_LEAST_ROWS, _SPELLING_SHARE * item.rows)
    for key in ranked[1:]:
        if rows[key] >= least and is_respelt(ranked[0], key):
            other = frozenset(form for form in item.forms if form.startswith(key))
            return [_part_of(universe, item, item.forms - other, ranked[0]), _part_of(universe, item, other, key)]
    return [item]


def _part_of(universe: Universe, item: Induced, forms: frozenset[str], key: str) -> Induced:
    users = sorted(universe.index.using(forms).intersection(universe.shown))
    word = universe.index.phrase(f"={key}", users)
    return replace(item, word=word, candidate=f"={key}", forms=forms, rows=len(users))


def is_respelt(first: str, second: str) -> bool:
    """Whether two words of one length differ in one letter inside, and not only by a mark on it."""
    if len(first) != len(second) or len(first) < _SPELLING_LETTERS or first[-1] != second[-1]:
        return False
    differing = [(one, other) for one, other in zip(first, second, strict=True) if one != other]
    if len(differing) != 1:
        return False
    one, other = (unicodedata.normalize("NFD", char) for char in differing[0])
    # Korean syllables decompose into letters, of which any may differ.
    return (len(one) > 1 < len(other) and "\u1100" <= one[0] <= "\u11ff") or one[0] != other[0]


def _best(universe: Universe, open_rows: Sequence[int], counts: Mapping[str, int]) -> tuple[str, float] | None:
    rows = len(open_rows)
    ranked = sorted(
        (-universe.association(candidate, count, rows), not candidate.startswith("="), -len(candidate), candidate)
        for candidate, count in counts.items()
    )[:_SHORTLIST]
    scored: list[tuple[float, str]] = []
    for negative, _, _, candidate in ranked:
        count = counts[candidate]
        expected = universe.expected(candidate, open_rows)
        score = min(-negative, surprise(count, rows, expected))
        precise = count >= _LEAST_PRECISION * (count + universe.elsewhere(candidate))
        if precise and count >= _LEAST_LIFT * expected and score >= _LEAST_SURPRISE:
            scored.append((score, candidate))
    if not scored:
        return None
    # Of candidates that do about as well, a grouping key comes before a beginning, and a longer one before a shorter.
    enough = _AS_WELL * max(score for score, _ in scored)
    score, candidate = min(
        (item for item in scored if item[0] >= enough),
        key=lambda item: (not item[1].startswith("="), -len(item[1]), -item[0], item[1]),
    )
    if len(candidate) == len("**") + 1 and candidate.startswith("*"):
        # One character may be what several words have in common (删除 and 移除): the words are tried in turn.
        longer = [item for item in scored if candidate.strip("*") in item[1] and len(item[1]) > len(candidate)]
        score, candidate = max(
            (item for item in longer if item[0] >= _WORD_IN_PART * score), default=(score, candidate)
        )
    return candidate, score
