"""What one row's versions say about each of them: it says something else, leaves something out, adds something.

Every version is compared with all others. The others are its witnesses: what they agree on counts, what they do not
agree on themselves is taken off as the row's difficulty. A source, where there is one, counts as much as all other
witnesses together and is not judged itself; and what differs from it grossly is remarked even where all other versions
differ from it in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import exp
from typing import TYPE_CHECKING

from termcheck.meaning.explanation import Account, explain
from termcheck.meaning.measures import Measures, RowView, measure
from termcheck.meaning.parameters import SOURCE_ALONE
from termcheck.meaning.scan import runs
from termcheck.meaning.sentences import added, left_out
from termcheck.meaning.weights import witness_weights
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.sentences import AbsentSentence
    from termcheck.meaning.statistics import PairStatistics

#: Of a passage's threshold, what a run of words must reach to be marked.
_MARK_SHARE = 0.5

#: Words and sentences are not independent witnesses of the same gap.
_MOST_CONFIDENT = 0.99


class Difference(StrEnum):
    """What is remarked about a version."""

    DIFFERS = "differs"
    OMITS = "omits"
    ADDS = "adds"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words without counterpart.

    ``score`` is in units of its threshold (1 and more is remarked), ``marks`` maps languages to sorted, disjoint
    spans of their texts: the counterparts' for an omission, the version's own for an addition.
    """

    score: float
    marks: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class CellJudgement:
    """What the row says about one version.

    ``difference`` is None when there is nothing to remark. ``strength`` is the largest of the scores; all scores are in
    units of their thresholds. ``confidence`` in [0, 1) is 0 without a difference and else starts at 0.5 at the
    threshold. ``deviation`` says how far the version as a whole lies from its witnesses where they agree. ``omission``
    and ``addition`` are given when they have a part in ``difference``. ``mutual`` tells that there is one counterpart
    and no source: which of the two is wrong cannot be known, and the other's judgement says the same from its side.
    ``why`` are plain sentences. ``evidence`` holds the scores ``deviation``, ``omitted`` and ``added``, the number of
    ``witnesses``, and of whole sentences that are missing or added.
    """

    lang: str
    difference: Difference | None = None
    strength: float = 0.0
    confidence: float = 0.0
    deviation: float = 0.0
    omission: Passage | None = None
    addition: Passage | None = None
    mutual: bool = False
    why: tuple[str, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)


def judge_row(row: RowMeaning, statistics: PairStatistics, source: str | None = None) -> tuple[CellJudgement, ...]:
    """Judges every version but the source, in tag order.

    Versions without any word are neither judged nor witnesses; a row with fewer than two others gives nothing. A
    version that is not in its language should be left out of the row: it misleads about all the others.
    """
    view = RowView(row, statistics)
    if len(view.languages) < 2:
        return ()
    return tuple(_judge(view, lang, source) for lang in view.languages if lang != source)


def _judge(view: RowView, lang: str, source: str | None) -> CellJudgement:
    witnesses = [other for other in view.languages if other != lang]
    weights = witness_weights(witnesses, source)
    measures = measure(view, lang, weights)
    strength = measures.strength
    if strength < 1 and source in weights and len(weights) > 1:
        alone = measure(view, lang, {source: 1.0})
        if alone.strength / SOURCE_ALONE >= 1:
            measures, weights, strength = alone, {source: 1.0}, alone.strength / SOURCE_ALONE
    difference = _difference(measures) if strength >= 1 else None
    omission, addition = _passages(view, lang, measures, difference)
    gone = left_out(view.sentences, lang, weights) if omission else ()
    own = added(view.sentences, lang, weights) if addition else ()
    omission, addition = _marking(omission, gone), _marking(addition, own)
    account = Account(
        lang=lang,
        texts=view.texts,
        witnesses=tuple(weights),
        silent=tuple(other for other in witnesses if other not in weights),
        source=source if source in weights else None,
        missing=omission.marks if omission else {},
        extra=addition.marks.get(lang, ()) if addition else (),
        left_out=gone,
        added=own,
    )
    return CellJudgement(
        lang=lang,
        difference=difference,
        strength=strength,
        confidence=_confidence(strength, (*gone, *own)) if difference else 0.0,
        deviation=measures.deviation,
        omission=omission,
        addition=addition,
        mutual=len(witnesses) == 1 and source not in weights,
        why=explain(account) if difference else (),
        evidence={
            "deviation": measures.deviation,
            "omitted": measures.omitted,
            "added": measures.added,
            "witnesses": len(weights),
            "sentences_missing": len({item.index for item in gone}),
            "sentences_added": len(own),
        },
    )


def _marking(passage: Passage | None, sentences: Sequence[AbsentSentence]) -> Passage | None:
    """The passage with whole sentences marked, in the texts that have sentences without counterpart."""
    if passage is None or not sentences:
        return passage
    whole = {item.lang: tuple(each.span for each in sentences if each.lang == item.lang) for item in sentences}
    return Passage(passage.score, {**passage.marks, **whole})


def _confidence(strength: float, sentences: Sequence[AbsentSentence]) -> float:
    """From the scores, and from the surest of the sentences without counterpart as further evidence."""
    surest = max((item.probability for item in sentences), default=0.0)
    return min(1 - exp(1 - strength) / 2 * (1 - surest), _MOST_CONFIDENT)


def _difference(measures: Measures) -> Difference:
    """What the strongest score says; a version that both omits and adds says something else."""
    if max(measures.deviation, measures.both) >= 1:
        return Difference.DIFFERS
    return Difference.OMITS if measures.omitted >= measures.added else Difference.ADDS


def _passages(
    view: RowView, lang: str, measures: Measures, difference: Difference | None
) -> tuple[Passage | None, Passage | None]:
    """The omitted and the added passage, as far as they belong to the difference."""
    limits = measures.thresholds
    omission = addition = None
    if difference in (Difference.DIFFERS, Difference.OMITS) and measures.omitted >= limits.joint:
        marks = {other: _marks(view, other, excess, limits.omission) for other, excess in measures.missing.items()}
        omission = Passage(measures.omitted, {other: spans for other, spans in marks.items() if spans})
    if difference in (Difference.DIFFERS, Difference.ADDS) and measures.added >= limits.joint:
        addition = Passage(measures.added, {lang: _marks(view, lang, measures.extra, limits.addition)})
    return omission, addition


def _marks(view: RowView, lang: str, excess: NDArray[np.float64], limit: float) -> tuple[Span, ...]:
    spans = view.spans[lang]
    return tuple(
        Span(int(spans[run.start, 0]), int(spans[run.end - 1, 1])) for run in runs(excess, limit * _MARK_SHARE)
    )
