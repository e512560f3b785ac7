"""The terms of a whole corpus: its words and hits by document, and the verdicts that they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.shelf import Keyed, OnDemand, Shelf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.glossary import Glossary
    from termcheck.model import Alignment
    from termcheck.progress import Progress
    from termcheck.terms.collect import CellRecord
    from termcheck.terms.evidence import TermEvidence
    from termcheck.terms.verdicts import TermReport


def collect_terms(
    alignments: Sequence[Alignment], glossary: Glossary, store: Store, progress: Progress
) -> Mapping[str, Sequence[Mapping[str, CellRecord]]]:
    """Words and glossary hits of every row, by document."""
    from termcheck.terms.collect import TermCollector

    collector = TermCollector(glossary, store)
    progress.stage("Finding terms", len(alignments))
    keys = []
    languages: set[str] = set()

    def one_by_one() -> Iterator[list[dict[str, CellRecord]]]:
        for alignment in alignments:
            keys.append(alignment.key)
            languages.update(alignment.languages)
            yield collector.document(alignment)
            progress.advance()

    found = Shelf(one_by_one(), records_size)
    return settle(Keyed(keys, found), languages)


def settle(
    records: Mapping[str, Sequence[Mapping[str, CellRecord]]], languages: Iterable[str]
) -> Mapping[str, Sequence[Mapping[str, CellRecord]]]:
    """The records of a corpus in these languages; where a language has no rules, the corpus' own endings decide.

    Unsure hits that they speak for are matches then.
    """
    from termcheck.terms.endings import Endings, is_learned

    learned = {lang for lang in languages if is_learned(lang)}
    if not learned:
        return records
    forms: dict[str, set[str]] = {}
    asked: set[str] = set()
    for rows in records.values():
        for cells in rows:
            for lang, record in cells.items():
                if lang in learned:
                    forms.setdefault(lang, set()).update(word.surface for word in record.words)
                    if record.hits:
                        asked.add(lang)
    if not asked:
        return records
    endings = {lang: Endings(lang, forms[lang]) for lang in sorted(asked)}

    def settled(key: str) -> list[dict[str, CellRecord]]:
        return [
            {
                lang: record._replace(hits=tuple(map(endings[lang].settle, record.hits))) if lang in endings else record
                for lang, record in cells.items()
            }
            for cells in records[key]
        ]

    keys = list(records)
    return Keyed(keys, OnDemand(len(keys), lambda place: settled(keys[place])))


def term_evidence(
    alignments: Sequence[Alignment],
    records: Mapping[str, Sequence[Mapping[str, CellRecord]]],
    foreign: Mapping[str, Collection[tuple[int, str]]],
) -> TermEvidence:
    """The words and hits of all rows; ``foreign`` cells are left out, for their words are another language's."""
    from termcheck.terms.collect import row_terms
    from termcheck.terms.evidence import TermEvidence

    evidence = TermEvidence()
    for alignment in alignments:
        left_out = foreign.get(alignment.key, ())
        for row in row_terms(
            alignment.key,
            [
                {lang: record for lang, record in cells.items() if (number, lang) not in left_out}
                for number, cells in enumerate(records[alignment.key])
            ],
            alignment.source,
        ):
            evidence.add(row)
    return evidence


def judge_terms(
    alignments: Sequence[Alignment],
    records: Mapping[str, Sequence[Mapping[str, CellRecord]]],
    glossary: Glossary,
    foreign: Mapping[str, Collection[tuple[int, str]]],
) -> TermReport:
    """Verdicts on the glossary's concepts in every language."""
    from termcheck.terms.verdicts import TermReport, judge

    if not glossary.concepts:
        return TermReport((), (), (), ())
    evidence = term_evidence(alignments, records, foreign)
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
    accepted = [
        (pair, lang)
        for group in glossary.distinct
        for pair in group.pairs()
        for lang in languages
        if glossary.accepts(pair, lang)
    ]
    sources = {alignment.key: alignment.source for alignment in alignments if alignment.source is not None}
    return judge(evidence, words, groups, sources=sources, accepted=accepted)


def records_size(records: Sequence[Mapping[str, CellRecord]]) -> int:
    """How much room a document's records take, in segments."""
    return sum(map(len, records))
