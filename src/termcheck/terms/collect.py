"""The terms stage on aligned documents: words and glossary hits of every cell, by way of the cache.

Tokenising and matching depend on the text, the language and the patterns alone, so their results are kept; a run on
an unchanged corpus needs no tokeniser and does not import spaCy.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from termcheck.cache import recall
from termcheck.corpus.globs import Globs
from termcheck.terms.copies import without_copies
from termcheck.terms.evidence import CellTerms, Hit, RowTerms, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.glossary import Glossary
    from termcheck.model import Alignment, Cell, Span
    from termcheck.terms.matcher import TermHit, TermMatcher, TermPattern

SPACE = "terms"
_VERSION = 3


class CellRecord(NamedTuple):
    """What the stage found in one cell: its words and its hits, in reading order."""

    words: tuple[Word, ...]
    hits: tuple[TermHit, ...]


class TermCollector:
    """Finds the words and the glossary's terms in cells."""

    def __init__(self, glossary: Glossary, cache: Store) -> None:
        self._glossary = glossary
        self._cache = cache
        self._matchers: dict[str, TermMatcher] = {}
        self._fingerprints: dict[str, str] = {}
        self._scopes = {concept.id: Globs(concept.paths) for concept in glossary.concepts if concept.paths}

    def document(self, alignment: Alignment) -> list[dict[str, CellRecord]]:
        """Records for every row of a document, by language."""
        places = [(row.index, lang, cell) for row in alignment.rows for lang, cell in row.cells.items() if cell]
        keys = [self._key(lang, cell) for _, lang, cell in places]
        found = recall(self._cache, SPACE, keys, lambda place: _encode(self._read(*places[place][1:])))
        result: list[dict[str, CellRecord]] = [{} for _ in alignment.rows]
        for (row, lang, cell), blob in zip(places, found, strict=True):
            result[row][lang] = self._in_scope(_decode(blob, cell.text), cell)
        return result

    def _in_scope(self, record: CellRecord, cell: Cell) -> CellRecord:
        """Without the hits of concepts that the glossary limits to other files."""
        path = cell.segments[0].path
        out = {concept for concept, globs in self._scopes.items() if globs.match(path) is None}
        if not any(hit.concept in out for hit in record.hits):
            return record
        return record._replace(hits=tuple(hit for hit in record.hits if hit.concept not in out))

    def _read(self, lang: str, cell: Cell) -> CellRecord:
        from termcheck.terms.inflection import stem_key
        from termcheck.terms.stretches import outside
        from termcheck.terms.tokenizer import words

        text, shut = cell.text, _shut(cell)
        found = [
            Word(stem_key(surface, lang), surface, start, end)
            for surface, start, end in outside(words(text, lang), shut)
        ]
        return CellRecord(tuple(found), self._matcher(lang).find(text, shut))

    def _matcher(self, lang: str) -> TermMatcher:
        if lang not in self._matchers:
            from termcheck.terms.matcher import TermMatcher

            self._matchers[lang] = TermMatcher(lang, patterns(self._glossary, lang))
        return self._matchers[lang]

    def _fingerprint(self, lang: str) -> str:
        """The matcher's, without making one: compiling needs the tokeniser."""
        if lang not in self._fingerprints:
            from termcheck.terms.matcher import matcher_fingerprint

            self._fingerprints[lang] = matcher_fingerprint(lang, patterns(self._glossary, lang))
        return self._fingerprints[lang]

    def _key(self, lang: str, cell: Cell) -> bytes:
        shut = [tuple(span) for span in _shut(cell)]
        content = json.dumps([_VERSION, self._fingerprint(lang), lang, cell.text, shut])
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()


def patterns(glossary: Glossary, lang: str) -> list[TermPattern]:
    """What to look for in a language; the glossary's ``forms`` and ``never`` belong to all words of an entry."""
    from termcheck.terms.matcher import TermPattern

    found = []
    for concept in glossary.concepts:
        entry = glossary.words(concept.id, lang)
        if entry is None:
            continue
        for position, term in enumerate(entry.terms):
            # Listed forms belong to the entry as a whole; the first word stands for it.
            forms = entry.forms if position == 0 else ()
            found.append(
                TermPattern(concept.id, term.text, term.status.value, forms, entry.never, entry.case_sensitive)
            )
    return found


def row_terms(
    document: str, records: Sequence[Mapping[str, CellRecord]], source: str | None = None
) -> Iterable[RowTerms]:
    """The records in the shape that the verdicts are made from; unwanted words count as their concept's too.

    Text that a version has copied from the ``source`` language is left out.
    """
    for row, cells in enumerate(records):
        original = cells.get(source) if source is not None else None
        yield RowTerms(
            document,
            row,
            {lang: _cell_terms(record, original if lang != source else None) for lang, record in cells.items()},
        )


def _cell_terms(record: CellRecord, original: CellRecord | None) -> CellTerms:
    hits: dict[str, list[Hit]] = {}
    for hit in record.hits:
        hits.setdefault(hit.concept, []).append(
            Hit(hit.start, hit.end, hit.surface, hit.term, hit.status, hit.certainty == "match", hit.compound)
        )
    words = record.words if original is None else without_copies(record.words, original.words)
    return CellTerms(words, hits)


def _shut(cell: Cell) -> list[Span]:
    """Parts in which no word counts: code, placeholders and the like, but not the text of links."""
    from termcheck.model import ProtectedKind

    return [
        part.span
        for part in cell.protected()
        if part.kind is not ProtectedKind.LINK and part.span.start < part.span.end
    ]


def _encode(record: CellRecord) -> bytes:
    words = [[word.key, word.start, word.end] for word in record.words]
    hits = [[h.start, h.end, h.concept, h.term, h.status, h.certainty, h.compound] for h in record.hits]
    return json.dumps([words, hits], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _decode(blob: bytes, text: str) -> CellRecord:
    from termcheck.terms.matcher import Certainty, TermHit

    words, hits = json.loads(blob.decode("utf-8", "surrogatepass"))
    return CellRecord(
        tuple(Word(key, text[start:end], start, end) for key, start, end in words),
        tuple(
            TermHit(start, end, concept, term, status, Certainty(certainty), text[start:end], compound)
            for start, end, concept, term, status, certainty, compound in hits
        ),
    )
