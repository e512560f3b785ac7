"""Which findings a change touches: on its texts, their source, the glossary entries and the settings that it alters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.history.changes import EVERY_LANGUAGE
from termcheck.ignores import apply_ignores
from termcheck.model import Role, Suppressed
from termcheck.policy import Outcome, apply_policy
from termcheck.rules.decision_expired import DecisionExpired
from termcheck.rules.facts import Place
from termcheck.rules.paragraph_moved import ParagraphMoved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.history.changes import Changes
    from termcheck.model import Finding, Row
    from termcheck.rules.facts import CorpusFacts, DocumentFacts

REASON = "not touched by the change"


def keep_touched(
    findings: Iterable[Finding], changes: Changes, facts: CorpusFacts, unsorted: Iterable[Finding]
) -> Outcome:
    """Sort out what the change has nothing to do with. The evidence for a finding may come from anywhere.

    ``findings`` went through the project's settings, ``unsorted`` are all findings before they did.
    """
    given = tuple(findings)
    if changes.everything:
        return Outcome(given, ())
    touch = _Touch(changes, facts)
    revealed = _revealed(given, unsorted, changes)
    kept = tuple(each for each in given if each.fingerprint in revealed or touch.covers(each))
    shown = {finding.fingerprint for finding in kept}
    return Outcome(kept, tuple(Suppressed(each, REASON) for each in given if each.fingerprint not in shown))


def _revealed(findings: Iterable[Finding], unsorted: Iterable[Finding], changes: Changes) -> set[str]:
    """The findings that the former settings would have hidden, or shown with another severity."""
    if changes.former is None:
        return set()
    former = changes.former
    exempted = apply_ignores(unsorted, (), former.exempt)
    before = apply_policy(exempted.kept, select=former.select, ignore=former.ignore, severity=former.severity)
    severities = {finding.fingerprint: finding.severity for finding in before.kept}
    return {each.fingerprint for each in findings if severities.get(each.fingerprint) != each.severity}


class _Touch:
    def __init__(self, changes: Changes, facts: CorpusFacts) -> None:
        self._changes = changes
        self._facts = facts
        self._touched = {key: _touched_places(document) for key, document in facts.documents.items()}
        self._rows = {
            (first.path, first.location().start): (key, row.index)
            for key, document in facts.documents.items()
            for row in document.alignment.rows
            for cell in row.cells.values()
            for first in cell.segments[:1]
        }

    def covers(self, finding: Finding) -> bool:
        if self._by_glossary(finding):
            return True
        if finding.code in (ParagraphMoved.code, DecisionExpired.code):
            return self._by_file(finding)
        places = self._places(finding)
        if any(place in self._touched[key] for key, place in places):
            return True
        if finding.concepts and not finding.document:
            return self._by_concept(finding)
        return not places and finding.location.path in self._changes.files

    def _by_glossary(self, finding: Finding) -> bool:
        """Whether an entry that the finding is about changed for its language, its source or all languages."""
        if not finding.concepts:
            return False
        document = self._facts.documents.get(finding.document)
        langs = {EVERY_LANGUAGE, finding.lang, document.source if document else None}
        if finding.lang is None:
            return any(concept in finding.concepts for concept, _ in self._changes.concepts)
        return any(
            (concept, lang) in self._changes.concepts
            for concept in finding.concepts
            for lang in langs
            if lang is not None
        )

    def _places(self, finding: Finding) -> list[tuple[str, Place]]:
        """The cells that the finding is about, with their documents; none when it is about a file as a whole."""
        if finding.lang is None:
            return []
        # A text that is missing has no place of its own: its row is that of the other versions.
        targets = [excerpt for excerpt in finding.excerpts if excerpt.role is Role.TARGET] or finding.excerpts
        starts = [(excerpt.location.path, excerpt.location.start) for excerpt in targets]
        found = [self._rows[start] for start in starts if start in self._rows]
        if finding.document in self._facts.documents:
            # The excerpts of a long gap are only its first.
            found += [(finding.document, row) for row in finding.evidence.get("rows", ())]
        return [(key, Place(row, finding.lang)) for key, row in dict.fromkeys(found)]

    def _by_file(self, finding: Finding) -> bool:
        """Whether anything changed in the finding's language or in the source of its document."""
        document = self._facts.documents.get(finding.document)
        if document is None:
            return True
        return finding.lang in document.changes or document.source in document.changes

    def _by_concept(self, finding: Finding) -> bool:
        """Whether a touched text in the finding's language is in a row that shows one of its concepts."""
        return any(
            place.lang == finding.lang and self._facts.documents[key].term_marks(place.row, concept)
            for key, places in self._touched.items()
            for place in places
            for concept in finding.concepts
        )


def _touched_places(document: DocumentFacts) -> set[Place]:
    """The cells whose own text, or whose source, was changed or taken out; without a source, also gaps of new texts."""
    own = {Place(row.index, lang) for lang in document.alignment.languages for row in _changed_rows(document, lang)}
    touched = set(own)
    for row, lang in own:
        for other in document.alignment.languages:
            empty = not document.alignment.rows[row].cells[other]
            if lang == document.source or (document.source is None and empty):
                touched.add(Place(row, other))
    return touched


def _changed_rows(document: DocumentFacts, lang: str) -> Iterator[Row]:
    change = document.changes.get(lang)
    if change is None:
        return
    following = sum(len(row.cells[lang].segments) for row in document.alignment.rows)
    for row in reversed(document.alignment.rows):
        cell = row.cells[lang]
        if not cell:
            if following in change.removed:
                yield row
            continue
        if not cell.moved:
            following = cell.segments[0].index
        if any(segment.index in change.changed for segment in cell.segments):
            yield row
