"""Concepts that must stay apart: the matrix of verdicts, and the words of every concept as bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.wording import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.model import ConceptUse, GroupVerdict, Verdict

# The words of a concept that are named one by one.
_WORDS = 6
# The shades that tell the words of a bar apart.
_SHADES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A word in a chart: from ``x`` on, ``width`` wide, of the 100 that the longest bar of the group has.

    ``shade`` is in 0 to 3, or "shared" for a word that the language uses for two concepts.
    """

    word: str
    rows: int
    x: str
    width: str
    shade: str


@dataclass(frozen=True, slots=True)
class Usage:
    """How a language renders a concept. ``more`` counts the words that have no bar of their own."""

    concept: str
    bars: tuple[Bar, ...]
    more: int
    learned: bool
    alternative: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What a group looks like in one language, a usage for each of its concepts."""

    verdict: GroupVerdict
    usages: tuple[Usage, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Concepts that must stay apart; ``index`` counts from 1, ``lines`` are in the order of languages."""

    index: int
    concepts: tuple[str, ...]
    lines: tuple[GroupLine, ...]

    def verdict(self, lang: str) -> Verdict | None:
        """The verdict in that language; None when there is none."""
        return next((line.verdict.verdict for line in self.lines if line.verdict.lang == lang), None)

    @property
    def name(self) -> str:
        """All concepts in one line, however many they are."""
        return listing(self.concepts, len(self.concepts))


def concept_groups(verdicts: Sequence[GroupVerdict]) -> list[Group]:
    """The groups in the order of the verdicts."""
    members: dict[tuple[str, ...], list[GroupVerdict]] = {}
    for verdict in verdicts:
        members.setdefault(verdict.group, []).append(verdict)
    return [_group(index, concepts, found) for index, (concepts, found) in enumerate(members.items(), start=1)]


def verdict_languages(groups: Sequence[Group]) -> list[str]:
    """The languages that have a verdict, in tag order."""
    return sorted({line.verdict.lang for group in groups for line in group.lines})


def _group(index: int, concepts: tuple[str, ...], verdicts: Sequence[GroupVerdict]) -> Group:
    longest = max((_total(use) for verdict in verdicts for use in verdict.uses), default=0)
    lines = []
    for verdict in verdicts:
        uses = {use.concept: use for use in verdict.uses}
        usages = tuple(_usage(concept, uses.get(concept), verdict.shared, longest) for concept in concepts)
        lines.append(GroupLine(verdict, usages))
    return Group(index, concepts, tuple(lines))


def _total(use: ConceptUse) -> int:
    return sum(rendering.rows for rendering in use.renderings)


def _usage(concept: str, use: ConceptUse | None, shared: Sequence[str], longest: int) -> Usage:
    if use is None:
        return Usage(concept, (), 0, False, "no words")
    bars = []
    before = 0
    for rank, rendering in enumerate(use.renderings[:_WORDS]):
        shade = "shared" if rendering.word in shared else str(min(rank, _SHADES - 1))
        bars.append(
            Bar(rendering.word, rendering.rows, _share(before, longest), _share(rendering.rows, longest), shade)
        )
        before += rendering.rows
    alternative = ", ".join(f"{rendering.word} {rendering.rows}" for rendering in use.renderings[:_WORDS])
    more = max(len(use.renderings) - _WORDS, 0)
    return Usage(concept, tuple(bars), more, use.induced and bool(bars), alternative or "no words")


def _share(count: int, longest: int) -> str:
    return f"{100 * count / longest:.2f}" if longest else "0"
