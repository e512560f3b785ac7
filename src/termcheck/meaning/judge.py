"""What one row's versions say about each of them: it says something else, leaves something out, adds something.

Every version is compared with all others. The others are its witnesses: what they agree on counts, what they do not
agree on themselves is taken off as the row's difficulty. A source, where there is one, counts as much as all other
witnesses together and is not judged itself; and what differs from it grossly is remarked even where all other versions
differ from it in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp
from typing import TYPE_CHECKING

from termcheck.meaning.assessment import Difference, assess
from termcheck.meaning.explanation import Account, explain
from termcheck.meaning.measures import RowView
from termcheck.meaning.parameters import SOURCE_ALONE
from termcheck.meaning.sentences import added, left_out
from termcheck.meaning.weights import witness_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.meaning.detector import ParagraphModel
    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.sentences import AbsentSentence
    from termcheck.meaning.statistics import PairStatistics
    from termcheck.model import Span

__all__ = ["CellJudgement", "Difference", "Passage", "judge_row"]

#: Words and sentences are not independent witnesses of the same gap.
_MOST_CONFIDENT = 0.99


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
    threshold. ``deviation`` says how far the version as a whole lies from its witnesses where they agree (0 where a
    trained model judged). ``omission`` and ``addition`` are given when they have a part in ``difference``.
    ``by_numbers`` tells that nothing would be remarked if the numbers were the same. ``mutual`` tells that there is one
    counterpart and no source: which of the two is wrong cannot be known, and the other's judgement says the same from
    its side. ``why`` are plain sentences. ``evidence`` holds the scores and their thresholds, the number of
    ``witnesses``, and of whole sentences that are missing or added.
    """

    lang: str
    difference: Difference | None = None
    strength: float = 0.0
    confidence: float = 0.0
    deviation: float = 0.0
    omission: Passage | None = None
    addition: Passage | None = None
    by_numbers: bool = False
    mutual: bool = False
    why: tuple[str, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)


def judge_row(
    row: RowMeaning,
    statistics: PairStatistics,
    source: str | None = None,
    model: ParagraphModel | None = None,
    threshold: float = 1.0,
) -> tuple[CellJudgement, ...]:
    """Judges every version but the source, in tag order; by thresholds without a trained ``model``.

    ``threshold`` > 0 is the strength from which on something is remarked, in units of what is usual.
    Versions without any word are neither judged nor witnesses; a row with fewer than two others gives nothing. A
    version that is not in its language should be left out of the row: it misleads about all the others.
    """
    view = RowView(row, statistics)
    if len(view.languages) < 2:
        return ()
    return tuple(_judge(view, lang, source, model, threshold) for lang in view.languages if lang != source)


def _judge(
    view: RowView, lang: str, source: str | None, model: ParagraphModel | None, threshold: float
) -> CellJudgement:
    witnesses = [other for other in view.languages if other != lang]
    weights = witness_weights(witnesses, source)
    found = assess(view, lang, weights, model)
    strength = found.strength / threshold
    if strength < 1 and source in weights and len(weights) > 1:
        alone = assess(view, lang, {source: 1.0}, model)
        stricter = threshold * SOURCE_ALONE
        if alone.strength / stricter > strength:
            found, weights, threshold, strength = alone, {source: 1.0}, stricter, alone.strength / stricter
    remarked = strength >= 1
    gone = left_out(view.sentences, lang, weights) if remarked and found.missing else ()
    own = added(view.sentences, lang, weights) if remarked and found.extra else ()
    missing = _marking({other: spans for other, spans in found.missing.items() if spans}, gone) if remarked else {}
    extra = _marking({lang: found.extra} if found.extra else {}, own) if remarked else {}
    account = Account(
        lang=lang,
        texts=view.texts,
        witnesses=tuple(weights),
        silent=tuple(other for other in witnesses if other not in weights),
        source=source if source in weights else None,
        missing=missing,
        extra=extra.get(lang, ()),
        left_out=gone,
        added=own,
    )
    return CellJudgement(
        lang=lang,
        difference=found.difference if remarked else None,
        strength=strength,
        confidence=_confidence(strength, (*gone, *own)) if remarked else 0.0,
        deviation=found.deviation,
        omission=Passage(found.omitted, missing) if missing else None,
        addition=Passage(found.added, extra) if extra else None,
        by_numbers=remarked and found.beside_numbers < threshold,
        mutual=len(witnesses) == 1 and source not in weights,
        why=explain(account) if remarked else (),
        evidence={
            **found.evidence,
            "sentences_missing": len({item.index for item in gone}),
            "sentences_added": len(own),
        },
    )


def _marking(
    marks: Mapping[str, tuple[Span, ...]], sentences: Sequence[AbsentSentence]
) -> Mapping[str, tuple[Span, ...]]:
    """The marks, with whole sentences in their stead in the texts that have sentences without counterpart."""
    whole = {item.lang: tuple(each.span for each in sentences if each.lang == item.lang) for item in sentences}
    return {**marks, **whole}


def _confidence(strength: float, sentences: Sequence[AbsentSentence]) -> float:
    """One half at the threshold and towards 1 above it; the surest sentence without counterpart is further evidence."""
    surest = max((item.probability for item in sentences), default=0.0)
    return min(1 - exp(1 - strength) / 2 * (1 - surest), _MOST_CONFIDENT)
