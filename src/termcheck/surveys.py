"""Runs that stop before the rules: alignments, freshness, and what a corpus shows about its terms."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from termcheck.aligning import align, embed
from termcheck.embedding.cached import load_cached_encoder
from termcheck.errors import GlossaryError, InputError
from termcheck.inputs import check_languages, decisions_file, find_documents, read_glossary, read_sets
from termcheck.meaning.models import choose_models
from termcheck.pipeline import describe, open_store
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Unpack

    from termcheck.cache import Store
    from termcheck.config import Config
    from termcheck.corpus.discover import Discovery
    from termcheck.corpus.target import Target
    from termcheck.embedding.encoder import Encoder
    from termcheck.history.freshness import Freshness
    from termcheck.meaning.calibration import Calibration
    from termcheck.model import Alignment
    from termcheck.progress import Progress
    from termcheck.report.align_explain import RowExplanation
    from termcheck.terms.discovery import Discovery as Concepts
    from termcheck.terms.statistics import TermStatistics


class SurveyOptions(TypedDict, total=False):
    """How a corpus is looked at.

    ``langs`` limits what is told to these languages when not empty, ``use_cache`` (default) reads and writes the cache,
    ``offline`` keeps from downloading a model, ``progress`` is told of the steps, and ``encoder`` stands in for the
    configured model.
    """

    langs: Sequence[str]
    use_cache: bool
    offline: bool
    progress: Progress
    encoder: Encoder


class AlignedCorpus(NamedTuple):
    """All documents with two versions or more, aligned, with the open cache, the model and the options."""

    discovery: Discovery
    alignments: Sequence[Alignment]
    store: Store
    encoder: Encoder
    langs: Sequence[str]
    progress: Progress


def align_files(
    discovery: Discovery,
    target: Target,
    config: Config,
    *,
    offline: bool = False,
    use_cache: bool = True,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> Sequence[Alignment]:
    """Only align. Raises ``InputError`` for a version that cannot be read, since there is no report to say so."""
    progress = progress or NoProgress()
    sets = read_sets(target, discovery, config, progress)
    for problem in (problem for each in sets for problem in each.problems):
        raise InputError(f"{problem.location.path} cannot be aligned: {problem.reason}")
    with open_store(config, use_cache) as store:
        cached = load_cached_encoder(config, store, encoder, offline=offline)
        means = embed(sets, cached, progress)
        return align(sets, means, cached, progress)


def explain_row(
    discovery: Discovery,
    target: Target,
    config: Config,
    number: int,
    *,
    offline: bool = False,
    use_cache: bool = True,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> RowExplanation:
    """Align the files of one document and say what row ``number`` (from 1) of the table rests on.

    Raises ``InputError`` as :func:`align_files`, and for a row that there is not.
    """
    from termcheck.alignment.row_evidence import weigh_row
    from termcheck.alignment.segments import describe_versions
    from termcheck.meaning.documents import MeaningStage
    from termcheck.report.align_explain import RowExplanation

    progress = progress or NoProgress()
    (read,) = read_sets(target, discovery, config, progress)
    for problem in read.problems:
        raise InputError(f"{problem.location.path} cannot be aligned: {problem.reason}")
    with open_store(config, use_cache) as store:
        cached = load_cached_encoder(config, store, encoder, offline=offline)
        means = embed([read], cached, progress)
        (alignment,) = align([read], means, cached, progress)
        if not 1 <= number <= len(alignment.rows):
            raise InputError(f"there is no row {number}", f"the table has rows 1 to {len(alignment.rows)}")
        row = alignment.rows[number - 1]
        vectors = {lang: cached.encode([each.text for each in found]) for lang, found in read.segments.items()}
        cells = {lang: [segment.index for segment in cell.segments] for lang, cell in row.cells.items()}
        evidence = weigh_row(describe_versions(read.segments, vectors, means), cells)
        stage = MeaningStage(cached, store, choose_models(config, encoder))
        meaning = stage.read_row(row)
    return RowExplanation(alignment, row, evidence, meaning.sentences)


def find_outdated(target: Target, config: Config, **options: Unpack[SurveyOptions]) -> Freshness:
    """Which paragraphs are older than their source, by the git history.

    A version that cannot be read is passed over: a report says so. Raises ``InputError`` outside a git repository and
    ``NothingToCheckError`` when no document has two versions.
    """
    from termcheck.history.freshness import judge_freshness

    with _aligned(target, config, options) as corpus:
        found = judge_freshness(
            target.base, corpus.alignments, config.text_paragraphs, corpus.progress, config.max_file_size
        )
    return found.only(target.names, corpus.langs)


def survey_terms(target: Target, config: Config, **options: Unpack[SurveyOptions]) -> TermStatistics:
    """Only how the corpus renders the concepts of the glossary.

    Raises ``GlossaryError`` when there are no concepts, ``NothingToCheckError`` when no document has two versions.
    """
    from termcheck.corpus_terms import collect_terms, judge_terms
    from termcheck.evidence import check_literally, foreign_cells
    from termcheck.terms.statistics import term_statistics

    glossary = read_glossary(target, config)
    if not glossary:
        hint = "name one with --glossary, or write one: termcheck glossary discover proposes concepts"
        raise GlossaryError("there is no glossary with concepts", hint)
    with _aligned(target, config, options) as corpus:
        records = collect_terms(corpus.alignments, glossary, corpus.store, corpus.progress)
        literal = check_literally(corpus.alignments, corpus.discovery.languages, corpus.store, corpus.progress)
    report = judge_terms(corpus.alignments, records, glossary, foreign_cells(literal))
    return term_statistics(glossary, records, report, corpus.langs)


def calibrate_corpus(target: Target, config: Config, **options: Unpack[SurveyOptions]) -> Calibration:
    """The threshold for paragraphs that fits the corpus, the configured model, and what people decided.

    Raises ``NothingToCheckError`` when the corpus is too small for that.
    """
    from termcheck.evidence import check_literally, incomparable_cells
    from termcheck.meaning.calibration import calibrate
    from termcheck.meaning.documents import MeaningStage

    with _aligned(target, config, options) as corpus:
        progress, encoder = corpus.progress, options.get("encoder")
        literal = check_literally(corpus.alignments, corpus.discovery.languages, corpus.store, progress, config.keep)
        foreign = incomparable_cells(literal)
        stage = MeaningStage(corpus.encoder, corpus.store, choose_models(config, encoder))
        progress.stage("Comparing", sum(len(alignment.rows) for alignment in corpus.alignments))
        for alignment in corpus.alignments:
            stage.compare(alignment, foreign[alignment.key])
            progress.advance(len(alignment.rows))
        return calibrate(stage, corpus.alignments, foreign, progress, _decided(target, config, corpus))


def _decided(target: Target, config: Config, corpus: AlignedCorpus) -> dict[tuple[str, int, str], bool]:
    """What people decided about findings on the meaning of paragraphs."""
    from termcheck.decisions import decided_cells
    from termcheck.meaning.calibration import CALIBRATED_CODES

    paths = {path: document.key for document in corpus.discovery.sets for path in document.versions.values()}
    decisions = decisions_file(target, config).load()
    return decided_cells((each for each in decisions if each.code in CALIBRATED_CODES), paths, corpus.alignments)


def discover_concepts(
    target: Target, config: Config, **options: Unpack[SurveyOptions]
) -> tuple[Concepts, Mapping[str, Alignment]]:
    """Concepts worth a glossary entry, found without one, and the aligned documents that they come from.

    Raises ``NothingToCheckError`` when no document has two versions.
    """
    from termcheck.corpus_terms import collect_terms, term_evidence
    from termcheck.evidence import check_literally, foreign_cells
    from termcheck.glossary import Glossary
    from termcheck.terms.discovery import discover

    with _aligned(target, config, options) as corpus:
        records = collect_terms(corpus.alignments, Glossary(), corpus.store, corpus.progress)
        literal = check_literally(corpus.alignments, corpus.discovery.languages, corpus.store, corpus.progress)
    evidence = term_evidence(corpus.alignments, records, foreign_cells(literal))
    found = discover(evidence, base=corpus.discovery.source, langs=corpus.langs)
    return found, {alignment.key: alignment for alignment in corpus.alignments}


@contextmanager
def _aligned(target: Target, config: Config, options: SurveyOptions) -> Iterator[AlignedCorpus]:
    langs, use_cache = options.get("langs", ()), options.get("use_cache", True)
    progress = options.get("progress") or NoProgress()
    discovery = find_documents(target, config)
    check_languages(langs, discovery)
    describe(discovery, config, use_cache, progress)
    sets = read_sets(target, discovery, config, progress)
    with open_store(config, use_cache) as store:
        cached = load_cached_encoder(config, store, options.get("encoder"), offline=options.get("offline", False))
        alignments = align(sets, embed(sets, cached, progress), cached, progress)
        yield AlignedCorpus(discovery, alignments, store, cached, langs, progress)
