"""The check stage: what the literal, meaning and term packages find out about aligned documents."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from termcheck.model import Excerpt, Role, SetSummary, VersionSummary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.corpus.discover import Discovery
    from termcheck.embedding.encoder import Encoder
    from termcheck.glossary import Glossary
    from termcheck.inputs import ReadSet
    from termcheck.literal.rows import LiteralFacts
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.unsupported import Unsupported
    from termcheck.model import Alignment, DocumentSet
    from termcheck.progress import Progress
    from termcheck.rules.facts import CorpusFacts
    from termcheck.terms.collect import CellRecord
    from termcheck.terms.verdicts import TermReport


WORD_THRESHOLD = "word-unsupported"
"""The name under which the configuration sets from which probability on a word is shown (TC204)."""


class MeaningFacts(NamedTuple):
    """What the meaning stage found in a document, by row and language."""

    judgements: Mapping[tuple[int, str], CellJudgement]
    unsupported: Mapping[tuple[int, str], tuple[Unsupported, ...]]


def gather_facts(
    sets: Sequence[ReadSet],
    alignments: Sequence[Alignment],
    discovery: Discovery,
    glossary: Glossary,
    store: Store,
    encoder: Encoder,
    centres: Centres,
    progress: Progress,
    thresholds: Mapping[str, float] = MappingProxyType({}),
) -> CorpusFacts:
    """Everything that the rules look at."""
    from termcheck.rules.facts import CorpusFacts, DocumentFacts, Place

    records = collect_terms(alignments, glossary, store, progress)
    literal = check_literally(alignments, discovery.languages, store, progress)
    meaning = judge_meaning(alignments, literal, encoder, centres, store, progress, thresholds)
    documents = {
        alignment.key: DocumentFacts(
            alignment=alignment,
            openings=_openings(each),
            untranslated={Place(*at): found for at, found in literal[alignment.key].untranslated.items()},
            wrong_language={Place(*at): found for at, found in literal[alignment.key].wrong_language.items()},
            numbers={Place(*at): found for at, found in literal[alignment.key].numbers.items()},
            judgements={Place(*at): found for at, found in meaning[alignment.key].judgements.items()},
            unsupported={Place(*at): found for at, found in meaning[alignment.key].unsupported.items()},
            hits={
                Place(row, lang): record.hits
                for row, cells in enumerate(records[alignment.key])
                for lang, record in cells.items()
                if record.hits
            },
        )
        for each, alignment in zip(sets, alignments, strict=True)
    }
    terms = judge_terms(alignments, records, glossary)
    return CorpusFacts(
        glossary=glossary,
        documents=documents,
        summaries=_summaries(alignments, discovery),
        unreadable=[problem for each in sets for problem in each.problems],
        verdicts=terms.verdicts,
        collapses=terms.collapses,
        choices=terms.choices,
    )


def check_literally(
    alignments: Sequence[Alignment], languages: Sequence[str], store: Store, progress: Progress
) -> dict[str, LiteralFacts]:
    """Numbers, languages and untranslated text, by document."""
    from termcheck.literal.rows import LiteralStage

    stage = LiteralStage(languages, store)
    progress.stage("Reading closely", len(alignments))
    result = {}
    for alignment in alignments:
        result[alignment.key] = stage.check(alignment)
        progress.advance()
    return result


def judge_meaning(
    alignments: Sequence[Alignment],
    literal: Mapping[str, LiteralFacts],
    encoder: Encoder,
    centres: Centres,
    store: Store,
    progress: Progress,
    thresholds: Mapping[str, float] = MappingProxyType({}),
) -> dict[str, MeaningFacts]:
    """What deviates in meaning, paragraphs and words, by document."""
    from termcheck.meaning.documents import MeaningStage

    stage = MeaningStage(encoder, store, centres)
    foreign = {key: {*facts.untranslated, *facts.wrong_language} for key, facts in literal.items()}
    progress.stage("Comparing", sum(len(alignment.rows) for alignment in alignments))
    for alignment in alignments:
        stage.compare(alignment, foreign[alignment.key])
        progress.advance(len(alignment.rows))
    judgements = {alignment.key: stage.judge(alignment, foreign[alignment.key]) for alignment in alignments}
    least = thresholds.get(WORD_THRESHOLD)
    return {
        alignment.key: MeaningFacts(judged, stage.unsupported(alignment, judged, least))
        for alignment in alignments
        for judged in (judgements[alignment.key],)
    }


def collect_terms(
    alignments: Sequence[Alignment], glossary: Glossary, store: Store, progress: Progress
) -> dict[str, list[dict[str, CellRecord]]]:
    """Words and glossary hits of every row, by document."""
    from termcheck.terms.collect import TermCollector

    collector = TermCollector(glossary, store)
    progress.stage("Finding terms", len(alignments))
    result = {}
    for alignment in alignments:
        result[alignment.key] = collector.document(alignment)
        progress.advance()
    return result


def judge_terms(
    alignments: Sequence[Alignment], records: Mapping[str, Sequence[Mapping[str, CellRecord]]], glossary: Glossary
) -> TermReport:
    """Verdicts on the glossary's concepts in every language."""
    from termcheck.terms.collect import row_terms
    from termcheck.terms.evidence import TermEvidence
    from termcheck.terms.verdicts import judge

    evidence = TermEvidence()
    for alignment in alignments:
        for row in row_terms(alignment.key, records[alignment.key]):
            evidence.add(row)
    languages = sorted({lang for alignment in alignments for lang in alignment.languages})
    words = {
        concept.id: {
            lang: tuple(term.text for term in entry.accepted)
            for lang in languages
            if (entry := glossary.words(concept.id, lang)) is not None and entry.accepted
        }
        for concept in glossary.concepts
    }
    groups = [group.concepts for group in glossary.distinct]
    acknowledged = [
        (group.concepts, lang)
        for group in glossary.distinct
        for lang in languages
        if all(glossary.acknowledged(pair, lang) for pair in group.pairs())
    ]
    sources = {alignment.key: alignment.source for alignment in alignments if alignment.source is not None}
    return judge(evidence, words, groups, sources=sources, acknowledged=acknowledged)


def _openings(each: ReadSet) -> dict[str, Excerpt]:
    return {
        lang: Excerpt(Role.CONTEXT, segments[0].location(), segments[0].text)
        for lang, segments in each.segments.items()
    }


def _summaries(alignments: Sequence[Alignment], discovery: Discovery) -> list[SetSummary]:
    """One summary for every document, those in a single version included, in key order."""
    found = {document.key: document for document in discovery.sets}
    summaries = [_summary(alignment, found[alignment.key], discovery) for alignment in alignments]
    for document in discovery.orphans:
        (lang, path), *_ = document.versions.items()
        missing = tuple(other for other in discovery.languages if other != lang)
        version = VersionSummary(lang, path, segments=0, coverage=0.0)
        summaries.append(SetSummary(document.key, document.source, 0, (version,), missing))
    return sorted(summaries, key=lambda summary: summary.key)


def _summary(alignment: Alignment, document: DocumentSet, discovery: Discovery) -> SetSummary:
    versions = []
    for lang, path in document.versions.items():
        if lang in alignment.languages:
            count = sum(len(row.cells[lang].segments) for row in alignment.rows)
            versions.append(VersionSummary(lang, path, count, round(alignment.coverage(lang), 4)))
        else:
            excluded = any(exclusion.lang == lang for exclusion in alignment.excluded)
            versions.append(VersionSummary(lang, path, 0, 0.0, excluded))
    missing = tuple(lang for lang in discovery.languages if lang not in document.versions)
    return SetSummary(alignment.key, alignment.source, len(alignment.rows), tuple(versions), missing)
