"""The one place that wires the stages: discover, read, segment, embed, align, check, policy.

Every stage takes what the one before it made. Nothing here decides anything about texts.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from termcheck.errors import InputError, NothingToCheckError
from termcheck.languages import display_name
from termcheck.model import (
    Document,
    DocumentSet,
    Excerpt,
    Location,
    Role,
    RunResult,
    SetSummary,
    VersionSummary,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.cache import Store
    from termcheck.config import Config
    from termcheck.corpus.discover import Discovery
    from termcheck.corpus.target import Target
    from termcheck.embedding.cached import CachedEncoder
    from termcheck.embedding.encoder import Encoder
    from termcheck.glossary import Glossary
    from termcheck.literal.rows import LiteralFacts
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.judge import CellJudgement
    from termcheck.model import Alignment, Finding, Segment, Suppressed
    from termcheck.rules.facts import CorpusFacts, UnreadableFile
    from termcheck.terms.collect import CellRecord
    from termcheck.terms.verdicts import TermReport

BATCH = 1024
"""Segments that are sent to the encoder together at least, so that small documents share batches."""


class Progress(Protocol):
    """Hears how far a run is."""

    def stage(self, name: str, total: int) -> None:
        """A new stage begins; it has ``total`` steps."""

    def advance(self, steps: int = 1) -> None:
        """So many further steps are done."""

    def note(self, topic: str, text: str) -> None:
        """A fact about the run that a report does not show."""


class NoProgress:
    """Hears nothing."""

    def stage(self, name: str, total: int) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass

    def note(self, topic: str, text: str) -> None:
        pass


class _Counter:
    """Passes steps on and remembers how many there were."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.count = 0

    def advance(self, steps: int) -> None:
        self.count += steps
        self._progress.advance(steps)


@dataclass(frozen=True, slots=True)
class ReadSet:
    """A document's readable versions and the problems of the others."""

    document: DocumentSet
    segments: Mapping[str, tuple[Segment, ...]]
    problems: tuple[UnreadableFile, ...] = ()
    empty: tuple[str, ...] = field(default=())


def check(
    target: Target,
    config: Config,
    *,
    langs: Sequence[str] = (),
    use_cache: bool = True,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> RunResult:
    """Check everything at ``target`` and return what was found.

    ``langs`` limits the findings to files in these languages. ``encoder`` stands in for the configured model.
    A version that cannot be read is a finding. Raises ``TermcheckError``: ``ConfigError`` for a setting that names no
    rule, ``NothingToCheckError`` when no document has two versions.
    """
    from termcheck.rules.registry import check_selectors

    progress = progress or NoProgress()
    check_selectors(config)
    glossary = read_glossary(target, config)
    discovery = find_documents(target, config)
    check_languages(langs, discovery)
    describe(discovery, config, use_cache, progress)
    sets = read_sets(target, discovery, config, progress)
    centres = choose_centres(config, encoder)
    with open_store(config, use_cache) as store:
        cached = load_cached_encoder(config, store, encoder)
        means = embed(sets, cached, progress)
        progress.note("Texts", f"{cached.misses:,} encoded, {cached.hits:,} from the cache")
        alignments = align(sets, means, cached, progress)
        facts = gather_facts(sets, alignments, discovery, glossary, store, cached, centres, progress)
    findings = run_rules(facts)
    return apply_policies(findings, facts, discovery, target, config, langs, cached.fingerprint)


def align_files(
    discovery: Discovery,
    target: Target,
    config: Config,
    *,
    use_cache: bool = True,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> list[Alignment]:
    """Only align. Raises ``InputError`` for a version that cannot be read, since there is no report to say so."""
    progress = progress or NoProgress()
    sets = read_sets(target, discovery, config, progress)
    for problem in (problem for each in sets for problem in each.problems):
        raise InputError(f"{problem.location.path} cannot be aligned: {problem.reason}")
    with open_store(config, use_cache) as store:
        cached = load_cached_encoder(config, store, encoder)
        means = embed(sets, cached, progress)
        return align(sets, means, cached, progress)


def read_glossary(target: Target, config: Config) -> Glossary:
    """The configured glossary, or an empty one."""
    from termcheck.glossary import Glossary
    from termcheck.glossary_file import load_glossary

    if config.glossary is None:
        return Glossary()
    return load_glossary(config.glossary, shown_path(config.glossary, target))


def shown_path(path: Path, target: Target) -> str:
    """An absolute path as findings name it: relative to the base when it lies there."""
    try:
        return path.relative_to(target.base).as_posix()
    except ValueError:
        return path.as_posix()


def find_documents(target: Target, config: Config) -> Discovery:
    """As ``discover_documents``. Raises ``NothingToCheckError`` when no document has two versions."""
    found = discover_documents(target, config)
    if not found.sets:
        where = "the files named belong to" if target.only else f"{target.root} holds"
        raise NothingToCheckError(
            f"{where} no document with two or more language versions",
            "'termcheck discover -v' shows which files were found there and why others were skipped",
        )
    return found


def check_languages(langs: Sequence[str], discovery: Discovery) -> None:
    """Raise ``InputError`` for a language asked for that no file is in: its report would look clean."""
    for lang in langs:
        if not any(tag == lang or tag.startswith(f"{lang}-") for tag in discovery.languages):
            found = ", ".join(discovery.languages)
            raise InputError(f"no file is in {display_name(lang)} ({lang})", f"the languages found are {found}")


def describe(discovery: Discovery, config: Config, use_cache: bool, progress: Progress) -> None:
    """Note how the run is set up."""
    from termcheck.cache import FILE_NAME

    source = discovery.source
    progress.note("Layout", discovery.layout)
    progress.note("Source", f"{display_name(source)} ({source})" if source else "none")
    progress.note("Model", config.model)
    progress.note("Cache", str(config.cache / FILE_NAME) if use_cache else "not used")


def discover_documents(target: Target, config: Config) -> Discovery:
    """The documents below the root, with paths relative to the base."""
    from termcheck.config import NO_SOURCE
    from termcheck.corpus.discover import discover

    no_source = config.source == NO_SOURCE
    found = discover(
        target.root,
        languages=config.languages,
        source=None if no_source else config.source,
        layout=config.layout,
        include=config.include,
        exclude=config.exclude,
        only=[path.relative_to(target.root).as_posix() for path in target.only],
    )

    def based(document: DocumentSet) -> DocumentSet:
        versions = {lang: target.prefix + path for lang, path in document.versions.items()}
        return replace(document, versions=versions, source=None if no_source else document.source)

    return replace(
        found,
        sets=tuple(based(document) for document in found.sets),
        orphans=tuple(based(document) for document in found.orphans),
        skipped=tuple(replace(item, path=target.prefix + item.path) for item in found.skipped),
        source=None if no_source else found.source,
    )


def read_sets(target: Target, discovery: Discovery, config: Config, progress: Progress) -> list[ReadSet]:
    """All versions of all documents as segments."""
    progress.stage("Reading", len(discovery.sets))
    result = []
    for document in discovery.sets:
        result.append(_read_set(target, document, config))
        progress.advance()
    return result


def _read_set(target: Target, document: DocumentSet, config: Config) -> ReadSet:
    from termcheck.corpus.reading import read_document, segment
    from termcheck.rules.facts import UnreadableFile

    segments: dict[str, tuple[Segment, ...]] = {}
    problems = []
    for lang, path in document.versions.items():
        read = read_document(
            target.base, path, lang, max_size=config.max_file_size, text_paragraphs=config.text_paragraphs
        )
        if not isinstance(read, Document):
            place = Location(path, lang, read.position, read.position)
            problems.append(UnreadableFile(place, read.reason))
            continue
        found = segment(read)
        if found:
            segments[lang] = found
        else:
            start = read.position(0)
            problems.append(UnreadableFile(Location(path, lang, start, start), "it holds no text"))
    return ReadSet(document, segments, tuple(problems))


@contextmanager
def open_store(config: Config, use_cache: bool) -> Iterator[Store]:
    """The cache on disk, or one that is forgotten after the run."""
    from termcheck.cache import Cache, MemoryCache

    if not use_cache:
        yield MemoryCache()
        return
    with Cache(config.cache) as cache:
        yield cache


def load_cached_encoder(config: Config, store: Store, encoder: Encoder | None = None) -> CachedEncoder:
    """The configured model behind the cache; nothing is loaded before the first text that is not cached."""
    from termcheck.embedding.cached import CachedEncoder

    if encoder is None:
        from termcheck.embedding.encoder import load_encoder

        encoder = load_encoder(config.model, config.cache)
    return CachedEncoder(encoder, store)


def choose_centres(config: Config, encoder: Encoder | None) -> Centres:
    """The means of the bundled model's vectors, which are known; none for other models."""
    from termcheck.config import BUNDLED_MODEL
    from termcheck.meaning.centres import Centres, bundled_centres

    return bundled_centres() if encoder is None and config.model == BUNDLED_MODEL else Centres()


def embed(sets: Sequence[ReadSet], encoder: Encoder, progress: Progress) -> dict[str, NDArray[np.float64]]:
    """Encode all segments into the cache and return the mean vector (d,) of every language."""
    sums: dict[str, NDArray[np.float64]] = {}
    counts: dict[str, int] = {}
    progress.stage("Embedding", sum(len(found) for each in sets for found in each.segments.values()))
    for batch in _batches(sets):
        pairs = [(lang, segment.text) for each in batch for lang in each.segments for segment in each.segments[lang]]
        shown = _Counter(progress)
        vectors = encoder.encode([text for _, text in pairs], shown.advance)
        for lang in sorted({lang for lang, _ in pairs}):
            chosen = vectors[[index for index, (other, _) in enumerate(pairs) if other == lang]]
            sums[lang] = sums.get(lang, 0.0) + chosen.sum(axis=0, dtype="float64")
            counts[lang] = counts.get(lang, 0) + len(chosen)
        # What came from the cache, and repeated texts, were not counted on the way.
        progress.advance(len(pairs) - shown.count)
    return {lang: sums[lang] / counts[lang] for lang in sums}


def _batches(sets: Sequence[ReadSet]) -> Iterator[list[ReadSet]]:
    batch: list[ReadSet] = []
    size = 0
    for each in sets:
        batch.append(each)
        size += sum(len(found) for found in each.segments.values())
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def align(
    sets: Sequence[ReadSet], means: Mapping[str, NDArray[np.float64]], encoder: Encoder, progress: Progress
) -> list[Alignment]:
    """The table of every document, in the order of ``sets``."""
    from termcheck.alignment.segments import align_document

    progress.stage("Aligning", len(sets))
    result = []
    for each in sets:
        vectors = {lang: encoder.encode([segment.text for segment in found]) for lang, found in each.segments.items()}
        result.append(align_document(each.document, each.segments, vectors, means))
        progress.advance()
    return result


def gather_facts(
    sets: Sequence[ReadSet],
    alignments: Sequence[Alignment],
    discovery: Discovery,
    glossary: Glossary,
    store: Store,
    encoder: Encoder,
    centres: Centres,
    progress: Progress,
) -> CorpusFacts:
    """Everything that the rules look at."""
    from termcheck.rules.facts import CorpusFacts, DocumentFacts, Place

    records = collect_terms(alignments, glossary, store, progress)
    literal = check_literally(alignments, discovery.languages, store, progress)
    judgements = judge_meaning(alignments, literal, encoder, centres, store, progress)
    documents = {
        alignment.key: DocumentFacts(
            alignment=alignment,
            openings=_openings(each),
            untranslated={Place(*at): found for at, found in literal[alignment.key].untranslated.items()},
            wrong_language={Place(*at): found for at, found in literal[alignment.key].wrong_language.items()},
            numbers={Place(*at): found for at, found in literal[alignment.key].numbers.items()},
            judgements={Place(*at): found for at, found in judgements[alignment.key].items()},
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
) -> dict[str, dict[tuple[int, str], CellJudgement]]:
    """What deviates in meaning, by document."""
    from termcheck.meaning.documents import MeaningStage

    stage = MeaningStage(encoder, store, centres)
    foreign = {key: {*facts.untranslated, *facts.wrong_language} for key, facts in literal.items()}
    progress.stage("Comparing", sum(len(alignment.rows) for alignment in alignments))
    for alignment in alignments:
        stage.compare(alignment, foreign[alignment.key])
        progress.advance(len(alignment.rows))
    return {alignment.key: stage.judge(alignment, foreign[alignment.key]) for alignment in alignments}


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


def run_rules(facts: CorpusFacts) -> list[Finding]:
    """The findings of all rules."""
    from termcheck.rules.base import CorpusRule, DocumentRule
    from termcheck.rules.registry import RULES

    findings: list[Finding] = []
    for kind in RULES:
        rule = kind()
        if isinstance(rule, CorpusRule):
            findings.extend(rule.check(facts))
        elif isinstance(rule, DocumentRule):
            for document in facts.documents.values():
                findings.extend(rule.check(document))
    return findings


def apply_policies(
    findings: Sequence[Finding],
    facts: CorpusFacts,
    discovery: Discovery,
    target: Target,
    config: Config,
    langs: Sequence[str],
    model: str,
) -> RunResult:
    """What the project wants to see of the findings, as the result of the run."""
    from termcheck.baseline import Baseline
    from termcheck.fingerprint import with_fingerprints
    from termcheck.policy import apply_policy

    wanted = target.names
    named = with_fingerprints(finding for finding in findings if not wanted or finding.location.path in wanted)
    known: tuple[Suppressed, ...] = ()
    if config.baseline is not None:
        # Before the selection, so that what is not selected today does not count as gone.
        comparison = Baseline.load(config.baseline).apply(named)
        named, known = comparison.new, comparison.suppressed
    kept, suppressed = apply_policy(
        named, select=config.select, ignore=config.ignore, severity=config.severity, langs=langs
    )
    return RunResult(
        findings=kept,
        suppressed=tuple(sorted((*known, *suppressed), key=lambda item: item.finding.sort_key())),
        skipped=discovery.skipped,
        sets=tuple(facts.summaries),
        verdicts=tuple(facts.verdicts),
        model=model,
    )


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
