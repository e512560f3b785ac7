"""What one row of the table rests on: every two cells' similarity, background, structure and link, weighed again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from termcheck.alignment.moves import align_pair
from termcheck.alignment.similarity import KIND_PENALTY, SIGNATURE_WEIGHT, background, signature_agreement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from termcheck.alignment.version import Version


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """Two cells that have text. ``margin`` is ``similarity`` less the mean of both backgrounds, plus ``structure``.

    ``similarity`` in [-1, 1] is the cosine of the centred vectors, a background the mean cosine with the nearest other
    paragraphs of the other version. ``structure`` is what kinds, numbers, links, code and ids add or take off,
    ``shared`` names those that both sides have. ``linked`` tells whether the two versions, aligned by themselves, put
    these cells together, ``moved`` that they did so out of order.
    """

    left: str
    right: str
    similarity: float
    left_background: float
    right_background: float
    structure: float
    shared: tuple[str, ...]
    same_kind: bool
    linked: bool
    moved: bool

    @property
    def margin(self) -> float:
        return self.similarity - (self.left_background + self.right_background) / 2 + self.structure


@dataclass(frozen=True, slots=True)
class GapEvidence:
    """A version that has nothing in the row: its paragraph that comes nearest to the cell of ``other``.

    ``segment`` is its index; ``similarity`` and ``background`` as in :class:`PairEvidence`, from ``other``'s side.
    """

    lang: str
    other: str
    segment: int
    similarity: float
    background: float


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """All pairs of cells with text and all gaps, in tag order; how many ``triangles`` of links, how many ``closed``."""

    pairs: tuple[PairEvidence, ...]
    gaps: tuple[GapEvidence, ...]
    triangles: int
    closed: int


def weigh_row(versions: Mapping[str, Version], cells: Mapping[str, Sequence[int]]) -> RowEvidence:
    """The evidence for a row. ``cells`` hold segment indices by language; every two versions are aligned again."""
    present = [lang for lang in sorted(cells) if cells[lang]]
    absent = [lang for lang in sorted(cells) if not cells[lang]]
    pairs = tuple(_pair(versions, cells, left, right) for left, right in combinations(present, 2))
    linked = {frozenset((pair.left, pair.right)) for pair in pairs if pair.linked}
    # A triangle counts that at least two links speak for.
    links = [sum(frozenset(two) in linked for two in combinations(three, 2)) for three in combinations(present, 3)]
    gaps = tuple(_gap(versions, cells, lang, other) for lang in absent for other in present if len(versions[lang]))
    return RowEvidence(pairs, gaps, sum(count >= 2 for count in links), sum(count == 3 for count in links))


def _pair(versions: Mapping[str, Version], cells: Mapping[str, Sequence[int]], left: str, right: str) -> PairEvidence:
    here, there = versions[left].take(cells[left]), versions[right].take(cells[right])
    ours, theirs = _merged(here), _merged(there)
    agreement = float(signature_agreement(here.signatures, there.signatures).mean())
    different = float((here.kinds[:, None] != there.kinds[None, :]).mean())
    beads = [
        bead
        for bead in align_pair(versions[left], versions[right])
        if not set(cells[left]).isdisjoint(range(bead.left_start, bead.left_end))
        and not set(cells[right]).isdisjoint(range(bead.right_start, bead.right_end))
    ]
    shared = frozenset().union(*here.signatures) & frozenset().union(*there.signatures)
    return PairEvidence(
        left,
        right,
        similarity=float(ours @ theirs),
        left_background=_background(ours, versions[right]),
        right_background=_background(theirs, versions[left]),
        structure=SIGNATURE_WEIGHT * agreement - KIND_PENALTY * different,
        shared=tuple(sorted(shared)),
        same_kind=different == 0,
        linked=bool(beads),
        moved=any(bead.moved for bead in beads),
    )


def _gap(versions: Mapping[str, Version], cells: Mapping[str, Sequence[int]], lang: str, other: str) -> GapEvidence:
    vector = _merged(versions[other].take(cells[other]))
    cosines = versions[lang].vectors @ vector
    nearest = int(cosines.argmax())
    return GapEvidence(lang, other, nearest, float(cosines[nearest]), _background(vector, versions[lang]))


def _merged(version: Version) -> NDArray[np.float32]:
    total = version.lengths.astype(np.float32) @ version.vectors
    norm = float(np.linalg.norm(total))
    unit: NDArray[np.float32] = total / norm if norm > 1e-9 else np.zeros_like(total)
    return unit


def _background(vector: NDArray[np.float32], other: Version) -> float:
    return float(background((other.vectors @ vector)[None, :])[0])
