"""Which versions of paragraphs the literal rules that are on by default have a finding on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from literal import alignment_of
from termcheck.cache import MemoryCache
from termcheck.literal.rows import LiteralStage
from termcheck.literal.sentence_marks import SentenceMark

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from termcheck.literal.rows import LiteralFacts


def flagged(
    clean: Sequence[Mapping[str, str]],
    rows: Sequence[Mapping[str, str]],
    lang: str,
    source: str | None,
    languages: Collection[str],
) -> list[bool]:
    """For each row whether the version in ``lang`` has a finding; ``clean`` rows tell what is usual.

    ``languages`` are those of the whole corpus, in any of which a text may stand by mistake. Every row is a text
    for each language. They are checked apart from each other: a fault must not hide another.
    """
    stage = LiteralStage(sorted(languages), MemoryCache())
    stage.learn(alignment_of(clean, source))
    apart = [each for row in rows for each in (row, dict.fromkeys(row, "."))]
    places = set(_places(stage.check(alignment_of(apart, source))))
    return [(2 * number, lang) in places for number in range(len(rows))]


def _places(facts: LiteralFacts) -> list[tuple[int, str]]:
    """Rows and languages; exclamation marks are off by default."""
    return [
        *facts.untranslated,
        *facts.wrong_language,
        *facts.sentences,
        *facts.numbers,
        *facts.units,
        *((row, lang) for _, row, lang in facts.items),
        *facts.names,
        *facts.repetitions,
        *facts.lengths,
        *((row, lang) for mark, row, lang in facts.marks if mark is not SentenceMark.EXCLAMATION),
        *facts.unpaired,
    ]
