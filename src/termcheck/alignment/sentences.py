"""The sentences of two aligned texts side by side: which belong together, which have no counterpart.

Sentences of a paragraph are too short and too much alike for vectors of their own: their words tell them apart. Tokens
of both texts that are each other's best match link their sentences (the mutual matches of SimAlign, Jalili Sabet et al.
2020). A sentence whose tokens link to nothing, and whose best matches all fit another sentence better, has no
counterpart. Tokens come from one pass over the whole paragraph, so nothing is encoded again. Sentences in another order
are no loss, so order plays no part in what belongs together; it only tells which of them moved.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termcheck.alignment.anchors import certain_increasing
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

#: A logistic model of a sentence having no counterpart, fitted by ``benchmarks/sentences.py --fit``: the weights of the
#: mean claim and of the linked share, and a bias for one sentence in forty without counterpart.
_CLAIM: Final = -21.4
_LINKED: Final = -29.5
_BIAS: Final = 10.6

#: Few tokens say little: both features are means with so many further tokens of what is usual between translations.
_PRIOR: Final = 4
_USUAL: Final = (0.5, 0.34)

#: Tokens compared at a time, which bounds memory.
_BLOCK: Final = 512

GRID_VERSION: Final = 2
"""To be raised with every change of what a grid of the same tokens says: kept ones are then computed anew."""

LIKELY: Final = 0.5
"""Probability from which a sentence counts as having no counterpart."""


@dataclass(frozen=True, slots=True, eq=False)
class SentenceTokens:
    """A text's sentences and its tokens.

    ``spans`` (s,) are sorted, disjoint ranges of code points. ``vectors`` float32 (t, d) are centred token vectors of
    unit length, or zeros; ``owner`` (t,) int32 is each token's sentence, -1 for a token that is in none or no word.
    """

    spans: tuple[Span, ...]
    vectors: NDArray[np.float32]
    owner: NDArray[np.int32]

    def __post_init__(self) -> None:
        if len(self.vectors) != len(self.owner):
            raise ValueError(f"{len(self.vectors)} token vectors but {len(self.owner)} owners")


class Sentence(NamedTuple):
    """A sentence of one of the two texts: its place, and the probability that the other text has nothing for it."""

    span: Span
    absent: float


class SentenceBead(NamedTuple):
    """Sentences that belong together: indices on either side, ascending, neither empty.

    ``similarity`` in [0, 1]: how many of their words are linked with each other, and how closely. ``moved`` tells that
    they stand elsewhere in one of the texts, relative to the others.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    similarity: float
    moved: bool


@dataclass(frozen=True, slots=True)
class SentenceGrid:
    """Two texts' sentences beside each other. ``beads`` are sorted; a sentence is in one bead or in none."""

    left: tuple[Sentence, ...]
    right: tuple[Sentence, ...]
    beads: tuple[SentenceBead, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """The sentences of the left text that the right one has nothing for."""
        return _absent(self.left)

    @property
    def extra(self) -> tuple[int, ...]:
        """The sentences of the right text that the left one has nothing for."""
        return _absent(self.right)

    @property
    def worst(self) -> SentenceBead | None:
        """The bead whose sentences are least alike, the first of several; None without any."""
        return min(self.beads, key=lambda bead: bead.similarity, default=None)

    def swapped(self) -> SentenceGrid:
        """The same seen from the other text."""
        beads = sorted(SentenceBead(bead.right, bead.left, bead.similarity, bead.moved) for bead in self.beads)
        return SentenceGrid(self.right, self.left, tuple(beads))

    def to_bytes(self) -> bytes:
        """A compact form that :meth:`from_bytes` reads."""
        sides = [[[*item.span, item.absent] for item in side] for side in (self.left, self.right)]
        return json.dumps([*sides, self.beads], separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> SentenceGrid:
        """What :meth:`to_bytes` wrote. Raises ``ValueError`` for anything else."""
        try:
            left, right, beads = json.loads(data)
            sides = [tuple(Sentence(Span(start, end), absent) for start, end, absent in side) for side in (left, right)]
            found = tuple(SentenceBead(tuple(a), tuple(b), similarity, moved) for a, b, similarity, moved in beads)
        except (TypeError, ValueError) as error:
            raise ValueError("no sentence grid") from error
        return cls(sides[0], sides[1], found)


def align_sentences(left: SentenceTokens, right: SentenceTokens) -> SentenceGrid:
    """Put the sentences of two texts beside each other.

    Swapping the texts mirrors the result. Time grows with the product of the lengths; memory with their sum, and with
    the product of the numbers of sentences.
    """
    links = _link(left, right)
    left_absent, right_absent = (_probabilities(features) for features in _both_features(left, right, links))
    return SentenceGrid(
        tuple(map(Sentence, left.spans, left_absent)),
        tuple(map(Sentence, right.spans, right_absent)),
        _beads(links.weights, left_absent, right_absent, _sizes(left), _sizes(right)),
    )


def absence_features(left: SentenceTokens, right: SentenceTokens) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the probabilities of absence rest on, for either text float64 (s, 2): mean claim and linked share.

    A claim is in [-3, 1], a share in [0, 1], both drawn towards what is usual in short sentences; both are NaN for a
    sentence without any word.
    """
    return _both_features(left, right, _link(left, right))


@dataclass(frozen=True, slots=True, eq=False)
class _Links:
    """``weights`` (n, m): summed cosines of the tokens that two sentences have in common.

    A token's claim is its best cosine less what the partner loses by it, see ``meaning.support``; shapes (t,).
    """

    weights: NDArray[np.float64]
    left_claim: NDArray[np.float32]
    right_claim: NDArray[np.float32]


def _link(left: SentenceTokens, right: SentenceTokens) -> _Links:
    weights = np.zeros((len(left.spans), len(right.spans)))
    ours, theirs = np.flatnonzero(left.owner >= 0), np.flatnonzero(right.owner >= 0)
    left_claim = np.zeros(len(left.owner), dtype=np.float32)
    right_claim = np.zeros(len(right.owner), dtype=np.float32)
    if not len(ours) or not len(theirs):
        return _Links(weights, left_claim, right_claim)
    left_vectors, right_vectors = left.vectors[ours], right.vectors[theirs]
    from_left, from_right = _Cosines(left_vectors, right_vectors), _Cosines(right_vectors, left_vectors)
    forward, best = from_left.best()
    backward, best_back = from_right.best()
    left_claim[ours] = from_left.claim(best_back)
    right_claim[theirs] = from_right.claim(best)
    mutual = np.flatnonzero((backward[forward] == np.arange(len(ours))) & (best > 0))
    places = left.owner[ours[mutual]], right.owner[theirs[forward[mutual]]]
    np.add.at(weights, places, best[mutual].astype(np.float64))
    return _Links(weights, left_claim, right_claim)


class _Cosines:
    """Those of every token of ours (a row) with every one of theirs, block by block; a single block is kept."""

    def __init__(self, ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> None:
        self._ours, self._theirs = ours, theirs
        self._only = ours @ theirs.T if len(ours) <= _BLOCK else None

    def _blocks(self) -> Iterator[NDArray[np.float32]]:
        if self._only is not None:
            yield self._only
            return
        for start in range(0, len(self._ours), _BLOCK):
            yield self._ours[start : start + _BLOCK] @ self._theirs.T

    def best(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Each token's most similar one in the other text, and the cosine."""
        places, values = [], []
        for cosines in self._blocks():
            place = cosines.argmax(axis=1)
            places.append(place)
            values.append(cosines[np.arange(len(place)), place])
        return np.concatenate(places), np.concatenate(values)

    def claim(self, contested: NDArray[np.float32]) -> NDArray[np.float32]:
        """Each token's best claim on the other text, whose tokens' best cosines are ``contested``."""
        found: NDArray[np.float32] = np.concatenate(
            [(2 * cosines - contested).max(axis=1) for cosines in self._blocks()]
        )
        return found


def _sizes(text: SentenceTokens) -> NDArray[np.int64]:
    return np.bincount(text.owner[text.owner >= 0], minlength=len(text.spans))


def _both_features(
    left: SentenceTokens, right: SentenceTokens, links: _Links
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return (
        _features(left, links.left_claim, links.weights),
        _features(right, links.right_claim, links.weights.T),
    )


def _features(text: SentenceTokens, claim: NDArray[np.float32], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    sizes = _sizes(text)
    inside = text.owner >= 0
    claims = np.bincount(text.owner[inside], weights=claim[inside], minlength=len(sizes))
    sums = np.column_stack([claims, _neighbours_together(weights)])
    features = (sums + _PRIOR * np.array(_USUAL)) / (sizes[:, None] + _PRIOR)
    return np.where(sizes[:, None] > 0, features, np.nan)


def _probabilities(features: NDArray[np.float64]) -> list[float]:
    """Per sentence the probability that it has no counterpart; 0 for one without any word."""
    scores = _BIAS + features @ np.array([_CLAIM, _LINKED])
    known = 1 / (1 + np.exp(-np.clip(scores, -60, 60)))
    return [round(float(value), 4) for value in np.where(np.isnan(known), 0.0, known)]


def _neighbours_together(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Per row the largest sum of two neighbouring columns: the other text may have split the sentence."""
    if weights.shape[1] < 2:
        alone: NDArray[np.float64] = weights.sum(axis=1)
        return alone
    pairs: NDArray[np.float64] = (weights[:, :-1] + weights[:, 1:]).max(axis=1)
    return pairs


def _beads(
    weights: NDArray[np.float64],
    left_absent: Sequence[float],
    right_absent: Sequence[float],
    left_sizes: NDArray[np.int64],
    right_sizes: NDArray[np.int64],
) -> tuple[SentenceBead, ...]:
    """Sentences joined with the one that most of their words are linked with, from either side."""
    shares = weights / np.sqrt(np.outer(np.maximum(left_sizes, 1), np.maximum(right_sizes, 1)))
    pairs = {(i, j) for i, j in _favourites(shares) if left_absent[i] < LIKELY}
    pairs |= {(i, j) for j, i in _favourites(shares.T) if right_absent[j] < LIKELY}
    groups = []
    for left, right in _components(pairs):
        if len(left) == len(right) == 1:
            common, size = weights[left[0], right[0]], left_sizes[left[0]] * right_sizes[right[0]]
        else:
            common, size = weights[np.ix_(left, right)].sum(), left_sizes[left].sum() * right_sizes[right].sum()
        similarity = float(common / np.sqrt(size))
        groups.append((left, right, similarity))
    steady = set(certain_increasing([right[0] for _, right, _ in groups]))
    return tuple(
        SentenceBead(tuple(left), tuple(right), round(min(similarity, 1.0), 4), index not in steady)
        for index, (left, right, similarity) in enumerate(groups)
    )


def _favourites(shares: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Each row's column with the largest share, for rows that have one at all."""
    for row in np.flatnonzero(shares.any(axis=1)).tolist():
        yield row, int(shares[row].argmax())


def _components(pairs: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Connected groups of left and right indices, by their first on the left."""
    group_of: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
    for i, j in sorted(pairs):
        mine, other = group_of.get((0, i), ({i}, set())), group_of.get((1, j), (set(), {j}))
        if mine is not other:
            mine[0].update(other[0])
            mine[1].update(other[1])
            group_of.update(((0, index), mine) for index in mine[0])
            group_of.update(((1, index), mine) for index in mine[1])
    distinct = {id(group): group for group in group_of.values()}
    return sorted((sorted(left), sorted(right)) for left, right in distinct.values())


def _absent(side: Sequence[Sentence]) -> tuple[int, ...]:
    return tuple(index for index, sentence in enumerate(side) if sentence.absent >= LIKELY)
