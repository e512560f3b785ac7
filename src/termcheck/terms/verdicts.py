"""Verdicts: do concepts that must stay apart have words of their own in each language, and in which rows not?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from termcheck.model import ConceptUse, GroupVerdict, Rendering, Span, Verdict
from termcheck.terms.choices import WordChoice, word_choices
from termcheck.terms.explanation import explain
from termcheck.terms.inflection import are_forms, is_one_verb
from termcheck.terms.pairs import Pair, PairJudge, Side
from termcheck.terms.renderings import LEAST_ROWS, Label, Renderings
from termcheck.terms.segmentation import without_particles
from termcheck.terms.witnesses import Witnesses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from termcheck.terms.evidence import TermEvidence
    from termcheck.terms.witnesses import ConceptWords

# A second word of a concept that stands alone in this share of its rows is a habit.
_WANDER_SHARE = 0.15
# A word of fewer letters stands in others by chance.
_COMPOUNDED = 4
# What stands before the last part of a short compound is a word, not a syllable of one (법률팀, but 스팀).
_DETERMINER = 2
_HIRAGANA = re.compile(r"[\u3041-\u3096]+")
_GRAVITY = (Verdict.COLLAPSED, Verdict.MIXED, Verdict.UNKNOWN, Verdict.DISTINCT)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A word in a row: ``spans`` are offsets in the cell's text."""

    document: str
    row: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CollapseEvidence:
    """One word for two concepts in a language. The sightings are the rows that show one of them without the other.

    They are ordered by their number of words: the first of each is the most telling. ``p_value`` in [0, 1] is the
    chance that a word unrelated to the concepts stands in so many of their rows, ``bound`` in [0, 1] the share of
    each concept's renderings that the word has at least (95 %).
    """

    concepts: tuple[str, str]
    lang: str
    word: str
    first: tuple[Sighting, ...]
    second: tuple[Sighting, ...]
    first_rows: int
    second_rows: int
    p_value: float
    bound: float


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """The verdict on two concepts of a group in a language, whether or not the project accepts one word for them."""

    concepts: tuple[str, str]
    lang: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Wandering:
    """A concept that one language renders by several words, none of them a rival's; the house's choice comes first.

    Every word goes with the rows in which it stands without those before it, the shortest first; ``rows`` counts all
    rows in which the concept is rendered.
    """

    concept: str
    lang: str
    words: tuple[tuple[str, tuple[Sighting, ...]], ...]
    rows: int


@dataclass(frozen=True, slots=True)
class TermReport:
    """Everything the corpus shows about its concepts, in a stable order (concept or group, then language)."""

    uses: tuple[ConceptUse, ...]
    verdicts: tuple[GroupVerdict, ...]
    collapses: tuple[CollapseEvidence, ...]
    choices: tuple[WordChoice, ...]
    pairs: tuple[PairVerdict, ...] = ()
    wanderings: tuple[Wandering, ...] = ()


def judge(
    evidence: TermEvidence,
    words: ConceptWords,
    groups: Iterable[Sequence[str]] = (),
    *,
    sources: Mapping[str, str] | None = None,
    accepted: Collection[tuple[tuple[str, str], str]] = (),
) -> TermReport:
    """Judge every concept and group in every language of the evidence.

    ``words`` are the glossary's words by concept and language, ``groups`` the concepts that must stay apart,
    ``sources`` the source language by document where there is one, ``accepted`` the pairs (in the order of
    their group) and languages for which the project accepts one word.
    """
    families = [tuple(group) for group in groups]
    renderings = Renderings(evidence, Witnesses(words, families, sources))
    settled = {(first, second, lang) for (first, second), lang in accepted}
    pairs: dict[tuple[str, str, str], Pair] = {}
    verdicts = []
    for group in families:
        for lang in renderings.languages:
            judged = []
            for first, second in combinations(group, 2):
                place = (first, second, lang)
                if place not in pairs:
                    pairs[place] = PairJudge(renderings, first, second, lang).judge()
                judged.append(pairs[place])
            verdicts.append(_group_verdict(renderings, group, lang, judged, settled))
    by_place: dict[tuple[str, str], list[tuple[Pair, Side]]] = {}
    for pair in pairs.values():
        for side in pair.sides:
            by_place.setdefault((side.concept, pair.lang), []).append((pair, side))
    concepts = sorted({*words, *(concept for group in families for concept in group)})
    uses = tuple(
        _concept_use(renderings, concept, lang, by_place.get((concept, lang), []))
        for concept in concepts
        for lang in renderings.languages
    )
    collapses = tuple(found for pair in pairs.values() for found in _collapse_evidence(renderings, pair))
    wanderings = (
        _wandering_words(renderings, use, by_place.get((use.concept, use.lang), ()))
        for use in uses
        if use.verdict is Verdict.MIXED
    )
    return TermReport(
        uses,
        tuple(verdicts),
        collapses,
        word_choices(renderings, pairs.values()),
        tuple(PairVerdict((first, second), lang, pair.verdict) for (first, second, lang), pair in pairs.items()),
        tuple(found for found in wanderings if found is not None),
    )


def _group_verdict(
    renderings: Renderings,
    group: tuple[str, ...],
    lang: str,
    pairs: Sequence[Pair],
    settled: Collection[tuple[str, str, str]],
) -> GroupVerdict:
    """The verdict on a group, by its worst pair; a pair whose one word is accepted can make it no worse than that."""
    accepted = [pair for pair in pairs if (pair.first.concept, pair.second.concept, lang) in settled]
    open_pairs = [pair for pair in pairs if pair not in accepted]
    uses = tuple(
        _concept_use(
            renderings,
            concept,
            lang,
            [(pair, side) for pair in pairs for side in pair.sides if side.concept == concept],
        )
        for concept in group
    )
    least = Verdict.DISTINCT if accepted else Verdict.UNKNOWN
    worst = min((pair.verdict for pair in open_pairs), key=_GRAVITY.index, default=least)
    told = [pair for pair in open_pairs if pair.verdict is worst]
    explanation = " ".join(map(explain, told))
    wandering = [use for use in uses if use.verdict is Verdict.MIXED]
    if worst is Verdict.DISTINCT and wandering and not accepted:
        worst = Verdict.MIXED
        explanation = " ".join(_wandering(use) for use in wandering)
    if worst is Verdict.DISTINCT and any(pair.verdict is not Verdict.DISTINCT for pair in accepted):
        worst = Verdict.ACKNOWLEDGED
        told = [pair for pair in accepted if pair.verdict is not Verdict.DISTINCT]
        explanation = " ".join(map(explain, told))
    elif worst is Verdict.DISTINCT and not explanation:
        explanation = " ".join(map(explain, accepted))
    counted = told if worst in (Verdict.ACKNOWLEDGED, Verdict.COLLAPSED) else open_pairs
    shared = tuple(dict.fromkeys(pair.collapse.label.word for pair in counted if pair.collapse is not None))
    return GroupVerdict(group, lang, worst, shared, uses, explanation)


def _wandering(use: ConceptUse) -> str:
    words = ", ".join(f"“{item.word}” ({item.rows} rows)" for item in use.renderings if item.rows >= LEAST_ROWS)
    return f"{use.concept} wanders between {words}; no other concept's word is involved."


def _concept_use(renderings: Renderings, concept: str, lang: str, judged: Sequence[tuple[Pair, Side]]) -> ConceptUse:
    shown = renderings.shown(concept, lang)
    if judged:
        labels = dict.fromkeys(label for pair, side in judged for label in (*side.labels, *pair.shared))
    else:
        labels = dict.fromkeys(renderings.labels(concept, lang))
    counts = {label: len(renderings.using(label, lang).intersection(shown)) for label in labels}
    verdict = _use_verdict(renderings, lang, shown, counts, judged)
    words = {label.word: 0 for label in labels}
    for label, count in counts.items():
        words[label.word] += count
    for pair, side in judged:
        other = pair.second if side is pair.first else pair.first
        for label in other.labels:
            # A left-out concept next to its rival is a rendering by the rival only where that is the habit.
            rows = (*side.replaced, *(side.omitted if side.is_mixed else ()))
            count = len(renderings.using(label, lang).intersection(rows))
            words[label.word] = words.get(label.word, 0) + count
    ranked = sorted(((-count, word) for word, count in words.items() if count))
    return ConceptUse(
        concept,
        lang,
        verdict,
        len(shown),
        tuple(Rendering(word, -negative) for negative, word in ranked),
        not renderings.witnesses.terms(concept, lang),
    )


def _use_verdict(
    renderings: Renderings,
    lang: str,
    shown: Sequence[int],
    counts: Mapping[Label, int],
    judged: Sequence[tuple[Pair, Side]],
) -> Verdict:
    for pair, side in judged:
        if pair.verdict is Verdict.COLLAPSED:
            return Verdict.COLLAPSED
        if pair.verdict is Verdict.MIXED and side.is_mixed:
            return Verdict.MIXED
    rendered = sum(any(p in renderings.using(label, lang) for label in counts) for p in shown)
    if rendered < LEAST_ROWS:
        return Verdict.UNKNOWN
    return Verdict.MIXED if _wanders(renderings, lang, shown, counts, rendered) else Verdict.DISTINCT


def _wandering_words(renderings: Renderings, use: ConceptUse, judged: Sequence[tuple[Pair, Side]]) -> Wandering | None:
    """The words that a concept wanders between; None where a rival's word is all that is wrong."""
    lang = use.lang
    shown = set(renderings.shown(use.concept, lang))
    if judged:
        labels = dict.fromkeys(label for pair, side in judged for label in (*side.labels, *pair.shared))
    else:
        labels = dict.fromkeys(renderings.labels(use.concept, lang))
    rows = {label: shown & renderings.using(label, lang) for label in labels}
    counts = {label: len(found) for label, found in rows.items()}
    rendered = len(set().union(*rows.values()))
    if not _wanders(renderings, lang, sorted(shown), counts, rendered):
        return None
    main = _main(counts)
    usual = {p for label in rows if label is main or label.term for p in rows[label]}
    words = [(main.word, rows[main])]
    family = _family(main, rows, lang)
    for label in sorted(rows, key=lambda label: (-counts[label], label.word)):
        stray = rows[label] - usual
        if label not in family and not label.term and len(stray) >= LEAST_ROWS:
            words.append((label.word, stray))
            usual |= stray
    sightings = tuple(
        (word, _sightings(renderings, next(label for label in rows if label.word == word), lang, found))
        for word, found in words
    )
    return Wandering(use.concept, lang, sightings, rendered) if len(sightings) > 1 else None


def _sightings(renderings: Renderings, label: Label, lang: str, positions: Iterable[int]) -> tuple[Sighting, ...]:
    tokens = renderings.indexes[lang].tokens
    return tuple(
        Sighting(row.document, row.row, renderings.spans(position, label, lang))
        for position in sorted(positions, key=lambda position: (tokens[position], position))
        for row in (renderings.rows[position],)
    )


def _main(counts: Mapping[Label, int]) -> Label:
    return max(counts, key=lambda label: (bool(label.term), counts[label], label.word))


def _family(main: Label, labels: Iterable[Label], lang: str) -> set[Label]:
    """The main word with all its forms and compounds, and theirs: 법률팀 and 법무팀 are both a 팀."""
    family = {main}
    others = set(labels) - family
    while related := {label for label in others if any(_is_form(label, known, lang) for known in family)}:
        family |= related
        others -= related
    return family


def _is_form(label: Label, main: Label, lang: str) -> bool:
    """Whether an induced word is the main one with an ending or without, or one is a compound of the other.

    Accents do not count: they come and go with an ending (*imagen*, *imágenes*). What a script without spaces gives as
    a part is compared without its particles, and a run of hiragana alone is grammar, not a word for a concept.
    """
    if _HIRAGANA.fullmatch(label.word):
        return True
    shorter, longer = sorted((_bare(label), _bare(main)), key=len)
    is_compound = shorter in longer and " " not in longer and len(shorter) >= _COMPOUNDED
    # A Korean or Han compound ends in what it is, however short that is: 법률팀 is a 팀.
    is_kind = shorter >= "\u1100" and longer.endswith(shorter) and len(longer) >= len(shorter) + _DETERMINER
    is_paradigm = are_forms(label.word, main.word, lang)
    return (
        is_compound or is_kind or longer.startswith(shorter) or is_paradigm or is_one_verb(label.word, main.word, lang)
    )


def _bare(label: Label) -> str:
    if label.is_part:
        return without_particles(label.word)
    if label.word >= "\u1100":
        return label.word
    return "".join(letter for letter in unicodedata.normalize("NFD", label.word) if not unicodedata.combining(letter))


def _wanders(
    renderings: Renderings, lang: str, shown: Sequence[int], counts: Mapping[Label, int], rendered: int
) -> bool:
    """Whether a word that is not the concept's main one, nor the glossary's, often stands alone."""
    if not counts:
        return False
    main = _main(counts)
    usual = {p for label in counts if label is main or label.term for p in renderings.using(label, lang)}
    family = _family(main, counts, lang)
    stray = {p for label in counts if label not in family and not label.term for p in renderings.using(label, lang)}
    strays = len(stray.difference(usual).intersection(shown))
    return strays >= LEAST_ROWS and strays >= _WANDER_SHARE * rendered


def _collapse_evidence(renderings: Renderings, pair: Pair) -> Iterator[CollapseEvidence]:
    collapse = pair.collapse
    if collapse is None:
        return

    yield CollapseEvidence(
        (pair.first.concept, pair.second.concept),
        pair.lang,
        collapse.label.word,
        _sightings(renderings, collapse.label, pair.lang, collapse.first),
        _sightings(renderings, collapse.label, pair.lang, collapse.second),
        pair.first.alone,
        pair.second.alone,
        collapse.p_value,
        collapse.bound,
    )
