"""The one place that wires the stages: discover, read, segment, embed, align, check, policy.

Every stage takes what the one before it made. Nothing here decides anything about texts.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from termcheck.aligning import align, embed, read
from termcheck.embedding.cached import load_cached_encoder
from termcheck.evidence import CheckStage, Corpus, Past, facts_of
from termcheck.inputs import (
    check_languages,
    check_source,
    decisions_file,
    find_documents,
    note_passed_over,
    read_glossary,
    shown_path,
)
from termcheck.languages import display_name
from termcheck.meaning.models import choose_models
from termcheck.model import RunResult
from termcheck.progress import NoProgress
from termcheck.urls import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.cache import Store
    from termcheck.config import Config
    from termcheck.corpus.directives import InlineIgnore
    from termcheck.corpus.discover import Discovery
    from termcheck.corpus.target import Target
    from termcheck.crew.cluster import Cluster
    from termcheck.crew.work import Crew
    from termcheck.embedding.encoder import Encoder
    from termcheck.evidence import Gathered
    from termcheck.glossary import Glossary
    from termcheck.history.changes import Changes
    from termcheck.inputs import ReadSet
    from termcheck.known_documents import KnownDocuments
    from termcheck.model import Decision, DocumentSet, ExpiredDecision, Finding, Suppressed
    from termcheck.progress import Progress
    from termcheck.rules.base import Rule
    from termcheck.rules.facts import CorpusFacts


class Wanted(NamedTuple):
    """What of the findings is to be seen.

    ``langs`` limits them to files in these languages when not empty, ``inline`` are the requests of comments in the
    files, ``changes`` what a finding has to be touched by (None: no matter), ``decided`` whether decisions count.
    """

    target: Target
    config: Config
    langs: Sequence[str]
    inline: Sequence[InlineIgnore]
    changes: Changes | None
    decided: bool = True


class Judged(NamedTuple):
    """What is left of the findings, what is not, and the decisions that were read for it."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    decisions: tuple[Decision, ...]
    expired: tuple[ExpiredDecision, ...]


def check(
    target: Target,
    config: Config,
    *,
    langs: Sequence[str] = (),
    since: str | None = None,
    freshness: bool = False,
    decided: bool = True,
    offline: bool = False,
    use_cache: bool = True,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
    cluster: Cluster | None = None,
    shared: str = "",
) -> RunResult:
    """Check everything at ``target`` and return what was found.

    ``langs`` limits the findings to files in these languages, ``since`` to what the current branch changed since it
    left that branch, tag or commit (for ``auto``, the one that the build service names). ``freshness`` adds how many
    paragraphs are older than their source; without ``decided`` no decision is read. ``offline`` keeps from downloading
    a model. ``encoder`` stands in for the configured model. ``cluster`` is where the work is done, if not here.
    ``shared`` is the URL of a cache that machines share, behind that of each.
    A version that cannot be read is a finding. Raises ``TermcheckError``: ``ConfigError`` for a setting that names no
    rule, ``InputError`` when git cannot tell what changed, ``NothingToCheckError`` when no document has two versions.
    """
    progress = progress or NoProgress()
    with open_store(config, use_cache) as store:
        checker = Checker(
            target,
            config,
            store,
            langs=langs,
            decided=decided,
            offline=offline,
            encoder=encoder,
            cluster=cluster,
            shared=shared,
        )
        describe(checker.discovery, config, use_cache, progress)
        if shared:
            progress.note("Shared cache", shown(shared))
        return checker.check(progress, since=since, freshness=freshness)


class Checker:
    """Checks a corpus, as ``check`` does, and again what a change of a text concerns.

    In between it keeps what the corpus shows, and the model. ``store`` has to stay open.
    """

    def __init__(
        self,
        target: Target,
        config: Config,
        store: Store,
        *,
        langs: Sequence[str] = (),
        decided: bool = True,
        offline: bool = False,
        encoder: Encoder | None = None,
        cluster: Cluster | None = None,
        shared: str = "",
    ) -> None:
        from termcheck.rules.registry import check_selectors, enabled_rules
        from termcheck.rules.word_unsupported import WordUnsupported

        check_selectors(config)
        self._target, self._config, self._store, self._langs, self._decided = target, config, store, langs, decided
        self._rules = enabled_rules(config)
        self._glossary = read_glossary(target, config)
        self.discovery = find_documents(target, config)
        check_languages(langs, self.discovery)
        check_source(config, self.discovery)
        self._models = choose_models(config, encoder, words=WordUnsupported in self._rules)
        self._encoder = load_cached_encoder(config, store, encoder, offline=offline)
        self._stand_in, self._offline, self._cluster, self._shared = encoder, offline, cluster, shared
        self._means: dict[str, NDArray[np.float64]] = {}

    def check(self, progress: Progress, *, since: str | None = None, freshness: bool = False) -> RunResult:
        """Check everything."""
        known = self._known()
        with self._hire(known, progress) as crew:
            found = self._check(progress, crew, since=since, freshness=freshness)
        if known is not None:
            known.remember()
        return found

    def _check(self, progress: Progress, crew: Crew | None, *, since: str | None, freshness: bool) -> RunResult:
        from termcheck.history.freshness import judge_freshness

        target, config, discovery, encoder = self._target, self._config, self.discovery, self._encoder
        sets = read(target, discovery, config, progress, crew)
        note_passed_over(sets, progress)
        changes = None if since is None else compare_with(since, sets, target, self._glossary, config)
        self._means = embed(sets, encoder, progress, crew)
        progress.note("Texts", f"{encoder.misses:,} encoded, {encoder.hits:,} from the cache")
        if encoder.runtime:
            progress.note("Encoder", encoder.runtime)
        alignments = align(sets, self._means, encoder, progress, crew, self._store)
        fresh = None
        if freshness:
            fresh = judge_freshness(target.base, alignments, config.text_paragraphs, progress, config.max_file_size)
        self._stage = CheckStage(self._models, self._store, encoder, discovery.languages, config.keep)
        corpus = Corpus(discovery, sets, alignments, self._glossary)
        self._gathered = self._stage.gather(corpus, Past(changes, fresh), progress, crew)
        return self._result(self._gathered)

    def _known(self) -> KnownDocuments | None:
        """Which documents were checked before, where that decides on workers."""
        if self._cluster is not None or self._shared or self._config.jobs < 2:
            return None
        from termcheck.known_documents import KnownDocuments

        return KnownDocuments(self._store, self._target, self._config, self._encoder.fingerprint, self.discovery.sets)

    def _hire(self, known: KnownDocuments | None, progress: Progress) -> AbstractContextManager[Crew | None]:
        """The workers that the configuration asks for, if there is enough for them to do."""
        config, keys = self._config, [each.key for each in self.discovery.sets]
        elsewhere = self._cluster is not None
        if not elsewhere and not self._shared and (known is None or len(keys) < 2 or not known.workers_pay):
            return nullcontext()
        from termcheck.cache import Cache
        from termcheck.desk import Station

        station = Station(
            self._target,
            config,
            isinstance(self._store, Cache),
            self._encoder.fingerprint,
            self._glossary,
            self.discovery.languages,
            self._models,
            encode=elsewhere or bool(self._shared),
            offline=self._offline,
            encoder=self._stand_in,
            shared=self._shared,
            far=elsewhere,
        )
        if self._cluster is not None:
            from termcheck.crew import cluster

            return cluster.hire(self._cluster, station, keys, progress)
        from termcheck.crew import processes

        if self._shared:
            # One document after another, as they are shared.
            return nullcontext(processes.alone(station, keys))
        return processes.hire(config.jobs, station, keys)

    def check_again(self, changed: ReadSet, *, keep: bool, edited: bool = False) -> RunResult:
        """Check with a document as it would be, or is, now; to ``keep`` it is to go on from there.

        What is usual in the corpus is taken to be what it was when everything was checked. In a document that was only
        ``edited``, the texts stay in their rows.
        """
        from termcheck.alignment.segments import renewed

        former = self._gathered.corpus.alignments[self._gathered.corpus.place(changed.document.key)]
        alignment = renewed(former, changed.segments) if edited else None
        if alignment is None:
            (alignment,) = align([changed], self._means, self._encoder, NoProgress())
        gathered = self._stage.gather_again(self._gathered, changed, alignment)
        if keep:
            self._gathered = gathered
        return self._result(gathered)

    def warm_up(self) -> None:
        """Load the model, which a check does not need for texts that it knows."""
        self._encoder.encode_tokens(["."])

    def documents(self) -> list[DocumentSet]:
        """The documents that were checked."""
        return list(self.discovery.sets)

    def document(self, key: str) -> ReadSet:
        """A document as it was checked last."""
        corpus = self._gathered.corpus
        return corpus.sets[corpus.place(key)]

    def _result(self, gathered: Gathered) -> RunResult:
        facts = facts_of(gathered)
        findings = run_rules(facts, self._rules)
        inline = [ignore for found in facts.directives for ignore in found.ignores]
        wanted = Wanted(self._target, self._config, self._langs, inline, gathered.past.changes, self._decided)
        outcome = apply_policies(findings, facts, wanted)
        return RunResult(
            findings=outcome.kept,
            suppressed=tuple(sorted(outcome.suppressed, key=lambda item: item.finding.sort_key())),
            skipped=self.discovery.skipped,
            sets=tuple(facts.summaries),
            verdicts=tuple(facts.verdicts),
            model=self._encoder.fingerprint,
            tables=gathered.corpus.alignments,
            decisions=outcome.decisions,
            expired=outcome.expired,
        )


def compare_with(
    reference: str, sets: Sequence[ReadSet], target: Target, glossary: Glossary, config: Config
) -> Changes:
    """What differs from the commit at which this branch left ``reference``."""
    from termcheck.history.changes import Version, find_changes

    versions = [
        Version(each.document.versions[lang], lang, found) for each in sets for lang, found in each.segments.items()
    ]
    return find_changes(reference, target.base, versions, glossary, config)


def describe(discovery: Discovery, config: Config, use_cache: bool, progress: Progress) -> None:
    """Note how the run is set up."""
    from termcheck.cache import FILE_NAME

    source = discovery.source
    progress.note("Layout", discovery.layout)
    progress.note("Source", f"{display_name(source)} ({source})" if source else "none")
    progress.note("Model", config.model)
    progress.note("Cache", str(config.cache / FILE_NAME) if use_cache else "not used")


@contextmanager
def open_store(config: Config, use_cache: bool) -> Iterator[Store]:
    """The cache on disk, or one that is forgotten after the run, and one thread for what is done with it."""
    from termcheck.cache import Cache, MemoryCache
    from termcheck.embedding.threads import multiply_with_one_thread

    with multiply_with_one_thread():
        if not use_cache:
            yield MemoryCache()
            return
        with Cache(config.cache) as cache:
            yield cache


def run_rules(facts: CorpusFacts, rules: Iterable[type[Rule]]) -> list[Finding]:
    """The findings of the given rules."""
    from termcheck.rules.base import CorpusRule, DocumentRule
    from termcheck.rules.unsure import weakened

    made = [kind() for kind in rules]
    findings: dict[str, list[Finding]] = {rule.code: [] for rule in made}
    for rule in made:
        if isinstance(rule, CorpusRule):
            findings[rule.code].extend(rule.check(facts))
    # A document may have to be read again, so all rules look at it before the next.
    looking = [rule for rule in made if isinstance(rule, DocumentRule)]
    for document in facts.documents.values():
        for each in looking:
            findings[each.code].extend(weakened(each.check(document), document))
    return [finding for found in findings.values() for finding in found]


def apply_policies(findings: Sequence[Finding], facts: CorpusFacts, wanted: Wanted) -> Judged:
    """What the project wants to see of the findings, sorted, and what it does not, in no order."""
    from termcheck.baseline import Baseline
    from termcheck.decisions import CheckedTexts, apply_decisions
    from termcheck.fingerprint import with_fingerprints
    from termcheck.ignores import apply_ignores
    from termcheck.policy import apply_policy
    from termcheck.rules.decision_expired import DecisionExpired
    from termcheck.rules.unused_ignore import UnusedIgnore
    from termcheck.since import keep_touched

    target, config = wanted.target, wanted.config
    named = with_fingerprints(
        finding for finding in findings if not target.names or finding.location.path in target.names
    )
    # Before the selection, so that what is not selected today counts neither as unused nor as gone.
    config_path = shown_path(config.file, target) if config.file is not None else ""
    sorted_out = apply_ignores(named, wanted.inline, config.exempt, config_path)
    left, suppressed = sorted_out.kept, list(sorted_out.suppressed)
    if not target.names:
        # Of single files not everything is known that a request may be about.
        left = _with(left, map(UnusedIgnore().report, sorted_out.unused))
    decisions = read_decisions(wanted)
    decided = apply_decisions(left, decisions, CheckedTexts(facts.summaries, facts.alignments))
    expiry = DecisionExpired(shown_path(decisions_file(target, config).path, target), facts.summaries)
    left = _with(decided.kept, (expiry.report(each) for each in decided.expired if expiry.is_worth_telling(each)))
    suppressed += decided.suppressed
    if config.baseline is not None:
        comparison = Baseline.load(config.baseline).apply(left)
        left = comparison.new
        suppressed += comparison.suppressed
    outcome = apply_policy(
        left, select=config.select, ignore=config.ignore, severity=config.severity, langs=wanted.langs
    )
    suppressed += outcome.suppressed
    kept = outcome.kept
    if wanted.changes is not None:
        kept, untouched = keep_touched(kept, wanted.changes, facts, named)
        suppressed += untouched
    return Judged(kept, tuple(suppressed), decisions, decided.expired)


def read_decisions(wanted: Wanted) -> tuple[Decision, ...]:
    """The decisions on what this run looks at. Raises ``InputError`` when their file has mistakes."""
    if not wanted.decided:
        return ()
    target, config = wanted.target, wanted.config
    return tuple(each for each in decisions_file(target, config).load() if is_concerned(each, target, config))


def is_concerned(decision: Decision, target: Target, config: Config) -> bool:
    """Whether a run at ``target`` looks at what the decision is about."""
    # The glossary and the configuration count as looked at unless files were named.
    own = [] if target.only else [shown_path(path, target) for path in (config.glossary, config.file) if path]
    return target.covers(decision.path) or decision.path in own


def _with(findings: Sequence[Finding], added: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings together with those of a policy rule, sorted."""
    from termcheck.fingerprint import with_fingerprints

    return tuple(sorted((*findings, *with_fingerprints(added)), key=lambda finding: finding.sort_key()))
