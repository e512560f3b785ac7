"""The check stage: what the literal, meaning and term packages find out about aligned documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus_terms import collect_terms, judge_terms, records_size, settle
from termcheck.crew.work import Task
from termcheck.model import Excerpt, Role, SetSummary, VersionSummary
from termcheck.progress import NoProgress
from termcheck.quiet import QuietRows, content_digest
from termcheck.shelf import Keyed, OnDemand, Shelf

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import TypeVar

    from termcheck.cache import Store
    from termcheck.corpus.directives import Directives
    from termcheck.corpus.discover import Discovery
    from termcheck.crew.work import Crew
    from termcheck.embedding.encoder import Encoder
    from termcheck.glossary import Glossary
    from termcheck.history.changes import Changes
    from termcheck.history.comparison import VersionChange
    from termcheck.history.freshness import DocumentFreshness, Freshness
    from termcheck.inputs import ReadSet
    from termcheck.literal.rows import LiteralFacts, LiteralStage
    from termcheck.meaning.documents import MeaningStage
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.models import MeaningModels
    from termcheck.meaning.unsupported import Unsupported
    from termcheck.model import Alignment, DocumentSet
    from termcheck.progress import Progress
    from termcheck.rules.facts import CorpusFacts, UnreadableFile
    from termcheck.terms.collect import CellRecord

    _Item = TypeVar("_Item")


class MeaningFacts(NamedTuple):
    """What the meaning stage found in a document, by row and language."""

    judgements: Mapping[tuple[int, str], CellJudgement]
    unsupported: Mapping[tuple[int, str], tuple[Unsupported, ...]]


class Corpus(NamedTuple):
    """What the checks look at: the aligned documents, in the order of their sets, and the glossary."""

    discovery: Discovery
    sets: Sequence[ReadSet]
    alignments: Sequence[Alignment]
    glossary: Glossary

    def place(self, key: str) -> int:
        """The index of a document. Raises ``KeyError`` for one that there is not."""
        for index, document in enumerate(self.discovery.sets):
            if document.key == key:
                return index
        raise KeyError(key)


class Past(NamedTuple):
    """What the history says, as far as a run asked for it."""

    changes: Changes | None = None
    freshness: Freshness | None = None


class Gathered(NamedTuple):
    """What the check stage found out, by document where it is about one."""

    corpus: Corpus
    past: Past
    records: Mapping[str, Sequence[Mapping[str, CellRecord]]]
    literal: Mapping[str, LiteralFacts]
    meaning: Mapping[str, MeaningFacts]


class CheckStage:
    """The check stage; it goes on knowing what is usual in the corpus, so that one document can be looked at again.

    ``keep`` are texts that stay in their language on purpose.
    """

    def __init__(
        self, models: MeaningModels, store: Store, encoder: Encoder, languages: Sequence[str], keep: Sequence[str] = ()
    ) -> None:
        from termcheck.literal.rows import LiteralStage
        from termcheck.meaning.documents import MeaningStage

        self._store = store
        self._models = models
        self._fingerprint = encoder.fingerprint
        self._literal = LiteralStage(languages, store, keep)
        self._meaning = MeaningStage(encoder, store, models)

    def gather(self, corpus: Corpus, past: Past, progress: Progress, crew: Crew | None = None) -> Gathered:
        """Look at all documents; with the ``crew`` that aligned them, if there is one."""
        keys = [document.key for document in corpus.discovery.sets]
        records: Mapping[str, Sequence[Mapping[str, CellRecord]]] = {}
        # Without concepts nobody asks for words.
        if corpus.glossary.concepts:
            if crew is None:
                records = collect_terms(corpus.alignments, corpus.glossary, self._store, progress)
            else:
                progress.stage("Finding terms", len(keys))
                found = Shelf(crew.call("collect_terms", map(Task, keys), progress), records_size)
                records = settle(Keyed(keys, found), corpus.discovery.languages)
        digests = {alignment.key: content_digest(alignment) for alignment in corpus.alignments}
        quiet = QuietRows(self._store, "literal", (), digests)
        literal = _check_literally(self._literal, corpus.alignments, progress, quiet, crew)
        foreign = incomparable_cells(literal)
        judged_by = (self._models.threshold, self._models.detector is None, self._fingerprint)
        quiet = QuietRows(self._store, "meaning", judged_by, digests, foreign)
        meaning = _judge_meaning(self._meaning, corpus.alignments, literal, progress, quiet, crew)
        return Gathered(corpus, past, records, literal, meaning)

    def gather_again(self, before: Gathered, each: ReadSet, alignment: Alignment) -> Gathered:
        """Look again at one document, whose texts were changed; what is usual is what it was before."""
        from termcheck.alignment.segments import changed_rows

        corpus = before.corpus
        place = corpus.place(alignment.key)
        records: Mapping[str, Sequence[Mapping[str, CellRecord]]] = {}
        if corpus.glossary.concepts:
            again = collect_terms([alignment], corpus.glossary, self._store, NoProgress())
            records = settle({**before.records, **again}, corpus.discovery.languages)
        literal = {alignment.key: self._literal.check(alignment)}
        changed = changed_rows(corpus.alignments[place], alignment)
        known = before.meaning[alignment.key]
        meaning = {alignment.key: _meaning_again(self._meaning, alignment, literal, known, changed)}
        return before._replace(
            corpus=corpus._replace(
                sets=_with(corpus.sets, place, each), alignments=_with(corpus.alignments, place, alignment)
            ),
            records=records,
            literal={**before.literal, **literal},
            meaning={**before.meaning, **meaning},
        )


def facts_of(gathered: Gathered) -> CorpusFacts:
    """Everything that the rules look at."""
    from termcheck.rules.facts import CorpusFacts, DocumentFacts, Place
    from termcheck.terms.qualifiers import find_unqualified

    (discovery, sets, alignments, glossary), past, records, literal, meaning = gathered
    keys = [document.key for document in discovery.sets]
    openings: dict[str, dict[str, Excerpt]] = {}
    problems: list[UnreadableFile] = []
    directives: list[Directives] = []
    for key, each in zip(keys, sets, strict=True):
        openings[key] = _openings(each)
        problems += each.problems
        directives += each.directives
    hits = {
        key: {
            Place(row, lang): record.hits
            for row, cells in enumerate(found)
            for lang, record in cells.items()
            if record.hits
        }
        for key, found in records.items()
    }

    def facts(place: int) -> DocumentFacts:
        key = keys[place]
        return DocumentFacts(
            alignment=alignments[place],
            openings=openings[key],
            literal=literal[key],
            changes=_version_changes(discovery.sets[place], past.changes),
            judgements={Place(*at): found for at, found in meaning[key].judgements.items()},
            unsupported={Place(*at): found for at, found in meaning[key].unsupported.items()},
            hits=hits.get(key, {}),
        )

    terms = judge_terms(alignments, records, glossary, foreign_cells(literal))
    return CorpusFacts(
        glossary=glossary,
        documents=Keyed(keys, OnDemand(len(keys), facts)),
        alignments=alignments,
        directives=directives,
        summaries=_summaries(alignments, discovery, past.freshness),
        unreadable=problems,
        directive_problems=[problem for found in directives for problem in found.problems],
        verdicts=terms.verdicts,
        collapses=terms.collapses,
        choices=terms.choices,
        uses=terms.uses,
        pairs=terms.pairs,
        wanderings=terms.wanderings,
        unqualified=find_unqualified(glossary, Keyed(keys, alignments), terms.collapses),
    )


def check_literally(
    alignments: Sequence[Alignment],
    languages: Sequence[str],
    store: Store,
    progress: Progress,
    keep: Sequence[str] = (),
) -> dict[str, LiteralFacts]:
    """What stands in the texts as it is, compared, by document."""
    from termcheck.literal.rows import LiteralStage

    quiet = QuietRows(store, "literal", (), {each.key: content_digest(each) for each in alignments})
    return _check_literally(LiteralStage(languages, store, keep), alignments, progress, quiet)


def _check_literally(
    stage: LiteralStage,
    alignments: Sequence[Alignment],
    progress: Progress,
    quiet: QuietRows,
    crew: Crew | None = None,
) -> dict[str, LiteralFacts]:
    progress.stage("Reading closely", len(alignments))
    for alignment in alignments:
        stage.learn(alignment)
    if crew is not None:
        crew.tell("know_rows", stage.rows)
        tasks = [Task(key, (quiet.busy(key),)) for key in quiet.documents]
        result = dict(zip(quiet.documents, crew.call("check_literally", tasks, progress), strict=True))
    else:
        result = {}
        for alignment in alignments:
            result[alignment.key] = stage.check(alignment, quiet.busy(alignment.key))
            progress.advance()
    quiet.remember({key: facts.busy_rows() for key, facts in result.items()})
    return result


def foreign_cells(literal: Mapping[str, LiteralFacts]) -> dict[str, set[tuple[int, str]]]:
    """The cells, by document, that are not in their language, so that they say nothing about its words."""
    return {key: {*facts.untranslated, *facts.wrong_language} for key, facts in literal.items()}


def incomparable_cells(literal: Mapping[str, LiteralFacts]) -> dict[str, set[tuple[int, str]]]:
    """The cells, by document, whose meaning is not compared: those, and what stands in two languages on purpose."""
    return {key: found | literal[key].bilingual for key, found in foreign_cells(literal).items()}


def _judge_meaning(
    stage: MeaningStage,
    alignments: Sequence[Alignment],
    literal: Mapping[str, LiteralFacts],
    progress: Progress,
    quiet: QuietRows,
    crew: Crew | None = None,
) -> dict[str, MeaningFacts]:
    """What deviates in meaning, paragraphs and words, by document."""
    foreign = incomparable_cells(literal)
    documents = Keyed(foreign, alignments)
    progress.stage("Comparing", sum(len(alignment.rows) for alignment in alignments))
    if crew is not None and crew.encodes:
        judged = _judge_elsewhere(stage, documents, foreign, progress, quiet, crew)
    else:
        for alignment in alignments:
            stage.compare(alignment, foreign[alignment.key])
            progress.advance(len(alignment.rows))
        if crew is None or stage.looks_at_words:
            judged = {key: stage.judge(each, foreign[key], quiet.busy(key)) for key, each in documents.items()}
        else:
            crew.tell("know_pairs", stage.statistics)
            tasks = [Task(key, (foreign[key], quiet.busy(key))) for key in documents]
            judged = {
                # A worker that cannot read the cache leaves the judging to us.
                key: stage.judge(each, foreign[key]) if found is None else found.judgements
                for (key, each), found in zip(documents.items(), crew.call("judge", tasks), strict=True)
            }
    quiet.remember({key: [row for row, _ in found] for key, found in judged.items()})
    return {key: _with_words(stage, documents, key, judged[key], literal[key]) for key in documents}


def _judge_elsewhere(
    stage: MeaningStage,
    documents: Mapping[str, Alignment],
    foreign: Mapping[str, Collection[tuple[int, str]]],
    progress: Progress,
    quiet: QuietRows,
    crew: Crew,
) -> dict[str, dict[tuple[int, str], CellJudgement]]:
    """The judgements by document of workers that compare for themselves; what they learn is added up here."""
    tasks = [Task(key, (foreign[key],)) for key in documents]
    for alignment, statistics in zip(documents.values(), crew.call("compare", tasks), strict=True):
        stage.statistics.merge(statistics)
        progress.advance(len(alignment.rows))
    crew.tell("know_pairs", stage.statistics)
    tasks = [Task(key, (foreign[key], quiet.busy(key))) for key in documents]
    judged = {}
    for key, found in zip(documents, crew.call("judge", tasks), strict=True):
        judged[key] = found.judgements
        stage.take_words(key, found.words)
    return judged


def _meaning_again(
    stage: MeaningStage,
    alignment: Alignment,
    literal: Mapping[str, LiteralFacts],
    known: MeaningFacts,
    changed: Collection[int] | None,
) -> MeaningFacts:
    """What deviates in a document, of which only the ``changed`` rows are not known (None: no row is)."""
    judged = stage.judge(alignment, incomparable_cells(literal)[alignment.key], changed)
    if changed is not None and not stage.looks_at_words:
        judged |= {at: judgement for at, judgement in known.judgements.items() if at[0] not in changed}
    key = alignment.key
    return _with_words(stage, {key: alignment}, key, judged, literal[key])


def _with_words(
    stage: MeaningStage,
    documents: Mapping[str, Alignment],
    key: str,
    judged: Mapping[tuple[int, str], CellJudgement],
    literal: LiteralFacts,
) -> MeaningFacts:
    # A sentence in another language says something else than its version, and is told as what it is.
    found = {place: judgement for place, judgement in judged.items() if place not in literal.sentences}
    if not stage.looks_at_words:
        return MeaningFacts(found, {})
    return MeaningFacts(found, stage.unsupported(documents[key], {*judged, *literal.sentences}))


def _version_changes(document: DocumentSet, changes: Changes | None) -> dict[str, VersionChange]:
    if changes is None:
        return {}
    versions = document.versions.items()
    return {lang: changes.versions[path, lang] for lang, path in versions if (path, lang) in changes.versions}


def _openings(each: ReadSet) -> dict[str, Excerpt]:
    return {
        lang: Excerpt(Role.CONTEXT, segments[0].location(), segments[0].text)
        for lang, segments in each.segments.items()
    }


def _summaries(alignments: Sequence[Alignment], discovery: Discovery, freshness: Freshness | None) -> list[SetSummary]:
    """One summary for every document, those in a single version included, in key order."""
    found = {document.key: document for document in discovery.sets}
    fresh = {} if freshness is None else {document.key: document for document in freshness.documents}
    summaries = [
        _summary(alignment, found[alignment.key], discovery, fresh.get(alignment.key)) for alignment in alignments
    ]
    for document in discovery.orphans:
        (lang, path), *_ = document.versions.items()
        missing = tuple(other for other in discovery.languages if other != lang)
        version = VersionSummary(lang, path, segments=0, coverage=0.0)
        summaries.append(SetSummary(document.key, document.source, 0, (version,), missing))
    return sorted(summaries, key=lambda summary: summary.key)


def _summary(
    alignment: Alignment, document: DocumentSet, discovery: Discovery, freshness: DocumentFreshness | None
) -> SetSummary:
    versions = []
    for lang, path in document.versions.items():
        if lang in alignment.languages:
            count = sum(len(row.cells[lang].segments) for row in alignment.rows)
            outdated = freshness.count(lang) if freshness is not None and lang in freshness.compared else None
            versions.append(VersionSummary(lang, path, count, round(alignment.coverage(lang), 4), outdated=outdated))
        else:
            excluded = any(exclusion.lang == lang for exclusion in alignment.excluded)
            versions.append(VersionSummary(lang, path, 0, 0.0, excluded))
    missing = tuple(lang for lang in discovery.languages if lang not in document.versions)
    return SetSummary(alignment.key, alignment.source, len(alignment.rows), tuple(versions), missing)


def _with(items: Sequence[_Item], place: int, item: _Item) -> Sequence[_Item]:
    if isinstance(items, Shelf):
        return items.replaced(place, item)
    return [*items[:place], item, *items[place + 1 :]]
