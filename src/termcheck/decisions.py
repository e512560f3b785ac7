"""Decisions that people made on findings: which of them hold, and which expired because a text was changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from termcheck.errors import InputError
from termcheck.fingerprint import fingerprint, identifying_excerpts, normalise_text
from termcheck.model import Decision, DecisionKind, ExpiredDecision, Suppressed
from termcheck.wording import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.model import Alignment, Finding, SetSummary

LONGEST_REASON = 2000
"""Code points of a reason."""

_HASH_LENGTH = 8
_MOST_HASHES = 8
# Findings of one rule on equal texts of one file, beyond which a renamed file is not recognised.
_MOST_OCCURRENCES = 8


class Decided(NamedTuple):
    """Findings after the decisions, in the order in which they came, and the decisions that ``expired``.

    What is to be fixed later, or only has a note, is ``kept`` with its decision.
    """

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    expired: tuple[ExpiredDecision, ...]


def decide(finding: Finding, kind: DecisionKind, *, by: str = "", reason: str = "") -> Decision:
    """A decision on a finding that has its fingerprint. White space in ``reason`` and ``by`` is folded.

    Raises ``InputError`` when a reason is missing (to accept, or for a note) or too long.
    """
    reason, by = " ".join(reason.split()), " ".join(by.split())
    if not reason and kind in (DecisionKind.ACCEPTED, DecisionKind.NOTE):
        what = "accepting a finding needs a reason" if kind is DecisionKind.ACCEPTED else "the note is empty"
        raise InputError(what, "write one")
    if max(len(reason), len(by)) > LONGEST_REASON:
        raise InputError(f"the text is longer than {LONGEST_REASON:,} characters", "shorten it")
    return Decision(
        fingerprint=finding.fingerprint,
        kind=kind,
        code=finding.code,
        path=finding.location.path,
        message=finding.message,
        lang=finding.lang,
        concepts=finding.concepts,
        by=by,
        reason=reason,
        texts=_hashes(finding),
    )


def text_hash(text: str) -> str:
    """Eight hexadecimal digits that tell whether a text is still the same, apart from its white space."""
    return hashlib.sha256(normalise_text(text).encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]


def apply_decisions(
    findings: Iterable[Finding], decisions: Sequence[Decision], texts: CheckedTexts | None = None
) -> Decided:
    """Take out what was decided to be no problem, and mark what was decided otherwise.

    ``findings`` are those of all rules and languages, with fingerprints; ``decisions`` are on files that were checked.
    A decision without a finding expired when one of its texts is gone from ``texts``; as long as they are all there it
    waits for the finding to come back. In a file that was renamed a decision goes on to hold.
    """
    given = tuple(findings)
    held = {decision.fingerprint: decision for decision in decisions}
    unmatched = [decision for decision in decisions if decision.fingerprint not in {each.fingerprint for each in given}]
    open_findings = [finding for finding in given if finding.fingerprint not in held]
    expired: list[ExpiredDecision] = []
    if unmatched and texts is not None:
        moved = _moved(unmatched, open_findings, texts)
        held.update(moved)
        followed = {decision.fingerprint for decision in moved.values()}
        open_findings = [finding for finding in open_findings if finding.fingerprint not in moved]
        expired = _expired([each for each in unmatched if each.fingerprint not in followed], open_findings, texts)
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in given:
        decision = held.get(finding.fingerprint)
        marked = finding if decision is None else replace(finding, decision=decision)
        if decision is not None and decision.kind.settles:
            suppressed.append(Suppressed(marked, str(decision)))
        else:
            kept.append(marked)
    return Decided(tuple(kept), tuple(suppressed), tuple(expired))


class CheckedTexts:
    """The texts of the documents that a run looked at, to tell which of those that a decision was about are gone."""

    def __init__(self, sets: Iterable[SetSummary], tables: Sequence[Alignment]) -> None:
        self._documents = {version.path: summary.key for summary in sets for version in summary.versions}
        self._tables = tables
        self._places: dict[str, int] | None = None
        self._hashes: dict[str, Mapping[str, set[str]]] = {}

    def has(self, path: str) -> bool:
        """Whether the file was checked."""
        return path in self._documents

    def _table(self, key: str) -> Alignment | None:
        if self._places is None:
            # Only decisions that nothing is found for need to know, and there are mostly none.
            self._places = {table.key: place for place, table in enumerate(self._tables)}
        return self._tables[self._places[key]] if key in self._places else None

    def gone(self, decision: Decision) -> list[str]:
        """The languages whose text is no longer in the document, in tag order; a language not aligned is left out."""
        key = self._documents[decision.path]
        if key not in self._hashes:
            self._hashes[key] = _document_hashes(self._table(key))
        present = self._hashes[key]
        return sorted(
            lang for lang, wanted in decision.texts.items() if lang in present and not present[lang].issuperset(wanted)
        )


def decided_cells(
    decisions: Iterable[Decision], paths: Mapping[str, str], tables: Iterable[Alignment]
) -> dict[tuple[str, int, str], bool]:
    """Whether findings on cells (document, row, language) were found right, as far as the texts are as they were.

    ``paths`` maps files to the keys of their documents. Notes say nothing; of two decisions on one cell, a right one
    counts.
    """
    wanted: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.path in paths and decision.lang in decision.texts and decision.kind is not DecisionKind.NOTE:
            wanted[paths[decision.path]].append(decision)
    found: dict[tuple[str, int, str], bool] = {}
    for table in tables:
        rows = _row_hashes(table) if table.key in wanted else ()
        for decision in wanted[table.key]:
            pairs = {(lang, each) for lang, hashes in decision.texts.items() for each in hashes}
            place = next((row for row, hashes in rows if pairs <= hashes), None)
            if place is not None and decision.lang is not None:
                key = (table.key, place, decision.lang)
                found[key] = found.get(key, False) or decision.kind is not DecisionKind.FALSE_ALARM
    return found


def _row_hashes(table: Alignment) -> list[tuple[int, set[tuple[str, str]]]]:
    return [
        (row.index, {(lang, text_hash(cell.text)) for lang, cell in row.cells.items() if cell}) for row in table.rows
    ]


def _document_hashes(table: Alignment | None) -> Mapping[str, set[str]]:
    """The hashes of all rows' cells, and of their segments, by language."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in table.rows if table is not None else ():
        for lang, cell in row.cells.items():
            texts = {cell.text, *(segment.text for segment in cell.segments)} if cell else set()
            found[lang].update(map(text_hash, texts))
    return found


def _hashes(finding: Finding) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    # A finding about the whole corpus shows texts of many documents, any of which may be left out of a later run.
    for excerpt in identifying_excerpts(finding) if finding.document else ():
        if excerpt.location.lang is not None:
            found[excerpt.location.lang][text_hash(excerpt.text)] = None
    return {lang: tuple(found[lang])[:_MOST_HASHES] for lang in sorted(found)}


def _moved(decisions: Iterable[Decision], findings: Sequence[Finding], texts: CheckedTexts) -> dict[str, Decision]:
    """Decisions on files that are gone, by the fingerprint of the finding that is the same but for its path."""
    gone = {each.fingerprint: each for each in decisions if each.lang is not None and not texts.has(each.path)}
    kinds = {(each.code, each.lang, each.concepts): set[str]() for each in gone.values()}
    for each in gone.values():
        kinds[each.code, each.lang, each.concepts].add(each.path)
    found: dict[str, Decision] = {}
    for finding in findings:
        passages = [excerpt.text for excerpt in identifying_excerpts(finding)]
        for path in sorted(kinds.get((finding.code, finding.lang, finding.concepts), ())):
            for occurrence in range(_MOST_OCCURRENCES):
                former = fingerprint(finding.code, path, finding.lang, finding.concepts, passages, occurrence)
                if former in gone:
                    found[finding.fingerprint] = gone.pop(former)
                    break
    return found


def _expired(decisions: Iterable[Decision], findings: Iterable[Finding], texts: CheckedTexts) -> list[ExpiredDecision]:
    similar: defaultdict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        similar[finding.code, finding.location.path, finding.lang, finding.concepts].append(finding)
    expired = []
    for decision in decisions:
        if decision.lang is None:
            continue  # On the glossary or the configuration, whose texts are not known here.
        candidates = similar[decision.code, decision.path, decision.lang, decision.concepts]
        successor = _successor(decision, candidates)
        if not texts.has(decision.path):
            expired.append(ExpiredDecision(decision, "its file is no longer checked"))
        elif not decision.texts and candidates:
            expired.append(ExpiredDecision(decision, "a text that it was about was changed", successor))
        elif gone := texts.gone(decision):
            noun = "text was" if len(gone) == 1 else "texts were"
            expired.append(ExpiredDecision(decision, f"the {languages(gone)} {noun} changed", successor))
    return expired


def _successor(decision: Decision, candidates: Sequence[Finding]) -> str:
    """The finding that shares most texts with the decision, or the only one there is; empty when none stands out."""
    wanted = {(lang, each) for lang, hashes in decision.texts.items() for each in hashes}
    shared = [
        len(wanted & {(lang, each) for lang, hashes in _hashes(finding).items() for each in hashes})
        for finding in candidates
    ]
    if len(candidates) == 1 or (candidates and max(shared) > 0):
        return candidates[shared.index(max(shared))].fingerprint
    return ""
