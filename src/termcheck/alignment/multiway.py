"""All versions of a document in one table of rows.

Every pair of versions is aligned. One version is the pivot (the source, or else the one best connected to the others)
and its segments start the rows; every other version hangs its beads on them. Pairs that do not involve the pivot then
repair the table: a segment that the pivot alignment left alone joins the row that its other partners are in, one whose
partners agree on another row changes rows, and segments that only others have become rows of their own. Three versions
give triangles; how many close is each cell's confidence.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from termcheck.alignment.anchors import longest_increasing
from termcheck.alignment.gate import THRESHOLD, Connection, connection
from termcheck.alignment.moves import align_pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.alignment.version import Version

ALL_PAIRS = 14
"""Up to this many versions all pairs are aligned; beyond, only those with the pivot and a ring among the others."""


class TableCell(NamedTuple):
    """Segment indices of one version in one row, ascending; see ``model.Cell`` for the other two."""

    segments: tuple[int, ...]
    confidence: float
    moved: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, one cell per language in ``languages``; ``excluded`` maps versions left out to their score."""

    languages: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    excluded: Mapping[str, float]


class _Link(NamedTuple):
    """What one segment is paired with in another version."""

    partners: tuple[int, ...]
    margin: float


_Links = dict[tuple[str, str], dict[int, _Link]]


def align_versions(versions: Mapping[str, Version], source: str | None = None) -> Table:
    """Align all versions of one document.

    The result does not depend on the order of ``versions``. A source that is not among them counts as none.
    """
    languages = sorted(versions)
    source = source if source in versions else None
    kept, excluded, connected = _gate(versions, languages, source)
    if not kept:
        return Table((), (), excluded)
    pivot = source or max(kept, key=lambda lang: (connected[lang], lang))
    links = _link_pairs(versions, kept, pivot)
    builder = _TableBuilder({lang: len(versions[lang]) for lang in kept}, pivot, links)
    return Table(tuple(kept), builder.build(), excluded)


def _gate(
    versions: Mapping[str, Version], languages: Sequence[str], source: str | None
) -> tuple[list[str], dict[str, float], dict[str, int]]:
    """Which versions belong together, the score of those that do not, and how many solid pairs each version has.

    Pairs are counted and margins not added up, so that which version is best connected does not hang on little.
    """
    found: dict[tuple[str, str], Connection] = {}
    for left, right in combinations(languages, 2):
        found[left, right] = found[right, left] = connection(versions[left], versions[right])
    scores = {pair: each.score for pair, each in found.items()}

    def accepted(lang: str, others: Iterable[str]) -> int:
        return sum(scores[lang, other] >= THRESHOLD for other in others if other != lang)

    connected = {lang: sum(found[lang, other].pairs for other in languages if other != lang) for lang in languages}
    if len(languages) < 2:
        return list(languages), {}, connected
    centre = source or max(languages, key=lambda lang: (accepted(lang, languages), connected[lang], lang))
    core = [lang for lang in languages if lang == centre or scores[lang, centre] >= THRESHOLD]
    # A version may fail against the centre alone and still be vouched for by most of the others.
    kept = [lang for lang in languages if lang in core or accepted(lang, core) * 2 > len(core)]
    excluded = {lang: max(scores[lang, other] for other in kept) for lang in languages if lang not in kept}
    return kept, excluded, connected


def _link_pairs(versions: Mapping[str, Version], kept: Sequence[str], pivot: str) -> _Links:
    if len(kept) <= ALL_PAIRS:
        pairs = list(combinations(kept, 2))
    else:
        others = [lang for lang in kept if lang != pivot]
        ring = zip(others, others[1:] + others[:1], strict=True)
        pairs = sorted({tuple(sorted(pair)) for pair in [*((pivot, lang) for lang in others), *ring]})  # type: ignore[misc]
    links: _Links = {}
    for left, right in pairs:
        forward: dict[int, _Link] = {}
        backward: dict[int, _Link] = {}
        for bead in align_pair(versions[left], versions[right]):
            lefts = tuple(range(bead.left_start, bead.left_end))
            rights = tuple(range(bead.right_start, bead.right_end))
            forward.update((index, _Link(rights, bead.margin)) for index in lefts)
            backward.update((index, _Link(lefts, bead.margin)) for index in rights)
        links[left, right] = forward
        links[right, left] = backward
    return links


class _TableBuilder:
    """Holds which row each segment is in while the table is put together."""

    def __init__(self, counts: Mapping[str, int], pivot: str, links: _Links) -> None:
        self.counts = counts
        self.languages = sorted(counts)
        self.pivot = pivot
        self.links = links
        self.row_of: dict[str, dict[int, int]] = {lang: {} for lang in self.languages}
        self.members: defaultdict[int, dict[str, set[int]]] = defaultdict(dict)
        self.row_count = 0

    def build(self) -> tuple[tuple[TableCell, ...], ...]:
        self._start_from_pivot()
        for _ in range(3):
            if not self._join_left_over() + self._change_rows():
                break
        first_new = self.row_count
        self._rows_without_pivot()
        order = self._order(first_new)
        moved = self._moved(order)
        return tuple(
            tuple(self._cell(row, lang, moved[lang]) for lang in self.languages) for row in order if self.members[row]
        )

    def _put(self, lang: str, segment: int, row: int) -> None:
        old = self.row_of[lang].get(segment)
        if old is not None:
            self.members[old][lang].discard(segment)
            if not self.members[old][lang]:
                del self.members[old][lang]
        self.row_of[lang][segment] = row
        self.members[row].setdefault(lang, set()).add(segment)

    def _new_row(self) -> int:
        self.row_count += 1
        return self.row_count - 1

    def _start_from_pivot(self) -> None:
        """One row per pivot segment, or per run of them that some version has as one segment."""
        others = [lang for lang in self.languages if lang != self.pivot]
        partners = {lang: self._confirmed_partners(lang) for lang in others}
        joined: set[int] = set()  # i is joined with i + 1
        for lang in others:
            for found in partners[lang].values():
                joined.update(found[:-1])
        row = -1
        for segment in range(self.counts[self.pivot]):
            if segment == 0 or segment - 1 not in joined:
                row = self._new_row()
            self._put(self.pivot, segment, row)
        for lang in others:
            for segment, found in partners[lang].items():
                self._put(lang, segment, self.row_of[self.pivot][found[0]])

    def _confirmed_partners(self, lang: str) -> dict[int, tuple[int, ...]]:
        """Pivot partners of every segment; a merge that most other versions contradict is undone.

        Rows are shared by all versions, so one wrong merge in one pair would join paragraphs everywhere.
        """
        result: dict[int, tuple[int, ...]] = {}
        for segment, link in self.links[lang, self.pivot].items():
            partners = link.partners
            if len(partners) > 1:
                reached = [set(partners) & through for through in self._pivot_through_others(lang, segment)]
                seen = Counter(index for indices in reached for index in indices)
                merged = sum(len(indices) > 1 for indices in reached)
                if seen and merged * 2 < sum(bool(indices) for indices in reached):
                    partners = (min(seen.items(), key=lambda item: (-item[1], item[0]))[0],)
            result[segment] = partners
        return result

    def _pivot_through_others(self, lang: str, segment: int) -> list[set[int]]:
        """Per third version: the pivot segments that its partners of this segment are linked to."""
        result = []
        for other in self.languages:
            link = self.links.get((lang, other), {}).get(segment) if other != self.pivot else None
            if link is not None:
                onward = self.links.get((other, self.pivot), {})
                result.append(
                    {index for partner in link.partners if partner in onward for index in onward[partner].partners}
                )
        return result

    def _votes(self, lang: str, segment: int) -> Counter[int]:
        """How many other versions see this segment's counterpart in which row."""
        votes: Counter[int] = Counter()
        for other in self.languages:
            link = self.links.get((lang, other), {}).get(segment)
            if link is not None:
                rows = {self.row_of[other][partner] for partner in link.partners if partner in self.row_of[other]}
                votes.update(rows)
        return votes

    def _linked(self, lang: str, segment: int) -> int:
        """How many other versions have a counterpart of this segment."""
        return sum(segment in self.links.get((lang, other), {}) for other in self.languages)

    def _join_left_over(self) -> int:
        changes = 0
        for lang in self.languages:
            for segment in range(self.counts[lang]):
                if segment in self.row_of[lang] or lang == self.pivot:
                    continue
                votes = self._votes(lang, segment)
                if not votes:
                    continue
                row, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
                if count * 2 < self._linked(lang, segment):
                    # Most of its counterparts are left over too: together they make a row of their own.
                    continue
                present = self.members[row].get(lang, set())
                if not present or (count >= 2 and {segment - 1, segment + 1} & present):
                    self._put(lang, segment, row)
                    changes += 1
        return changes

    def _change_rows(self) -> int:
        changes = 0
        for lang in self.languages:
            if lang == self.pivot:
                continue
            for segment, row in sorted(self.row_of[lang].items()):
                votes = self._votes(lang, segment)
                if not votes:
                    continue
                best, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
                alone = len(self.members[row][lang]) == 1
                if best != row and count >= max(2, votes[row] + 1 + alone):
                    self._put(lang, segment, best)
                    changes += 1
        return changes

    def _rows_without_pivot(self) -> None:
        """Segments that are in no row yet: linked ones share a new row, the others get one each."""
        for lang in self.languages:
            for segment in range(self.counts[lang]):
                if segment in self.row_of[lang]:
                    continue
                row = self._new_row()
                queue = [(lang, segment)]
                while queue:
                    here, index = queue.pop()
                    if index in self.row_of[here]:
                        continue
                    self._put(here, index, row)
                    for other in self.languages:
                        link = self.links.get((here, other), {}).get(index)
                        if link is None or (self.members[row].get(other) and other != lang):
                            continue
                        queue.extend((other, partner) for partner in link.partners if partner not in self.row_of[other])

    def _order(self, first_new: int) -> list[int]:
        """Rows in pivot order; a row without pivot follows the row that its text follows in its own version."""
        keys: dict[int, tuple[int, float]] = {row: (row, -1.0) for row in range(first_new)}
        for row in range(first_new, self.row_count):
            places = []
            for lang, segments in sorted(self.members[row].items()):
                first = min(segments)
                anchor, distance = -1, first + 1
                for index in range(first - 1, -1, -1):
                    if self.row_of[lang][index] < first_new:
                        anchor, distance = self.row_of[lang][index], first - index
                        break
                places.append((anchor, distance))
            anchor = Counter(place for place, _ in places).most_common(1)[0][0]
            keys[row] = (anchor, sum(distance for _, distance in places) / len(places))
        return sorted(keys, key=lambda row: (keys[row], row))

    def _moved(self, order: Sequence[int]) -> dict[str, set[int]]:
        """Per version, the segments that are out of order with the rows; the smaller part counts as moved."""
        place = {row: index for index, row in enumerate(order)}
        result: dict[str, set[int]] = {}
        for lang in self.languages:
            shared = [
                (segment, place[row])
                for segment, row in sorted(self.row_of[lang].items())
                if len(self.members[row]) > 1
            ]
            # Splits put several segments into one row, so the sequence may repeat a place.
            ranks = [rank * len(shared) + index for index, (_, rank) in enumerate(shared)]
            steady = set(longest_increasing(ranks))
            result[lang] = {segment for index, (segment, _) in enumerate(shared) if index not in steady}
        return result

    def _cell(self, row: int, lang: str, moved: set[int]) -> TableCell:
        segments = tuple(sorted(self.members[row].get(lang, ())))
        if not segments:
            return TableCell((), self._gap_confidence(row, lang), False)
        return TableCell(segments, self._confidence(row, lang, segments), any(s in moved for s in segments))

    def _confidence(self, row: int, lang: str, segments: tuple[int, ...]) -> float:
        """Share of the row's other versions whose own link to this cell agrees, with the best margin as prior."""
        agree = total = 0.0
        margin = -1.0
        for other, partners in self.members[row].items():
            if other == lang or (lang, other) not in self.links:
                continue
            total += 1
            found = [self.links[lang, other].get(segment) for segment in segments]
            margin = max([margin, *(link.margin for link in found if link)])
            agree += any(link is not None and not partners.isdisjoint(link.partners) for link in found)
        if total == 0:
            return 1.0
        return round((agree + _logistic(margin)) / (total + 1), 4)

    def _gap_confidence(self, row: int, lang: str) -> float:
        """How sure a gap is: the share of the row's versions that have no counterpart in this language."""
        total = linked = 0
        for other, segments in self.members[row].items():
            if (other, lang) in self.links:
                total += 1
                linked += any(segment in self.links[other, lang] for segment in segments)
        return round(1 - linked / total, 4) if total else 1.0


def _logistic(margin: float) -> float:
    """A margin as a probability that the link is right: .5 at .08, where links of deleted segments end."""
    return 1 / (1 + math.exp(-(margin - 0.08) / 0.05))
