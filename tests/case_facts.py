"""What the rules get to see, made from a few lines of YAML: the real stages at work, without an encoder.

A case gives the rows of one document (``rows``) or of several (``documents``), as an aligner would have put them:

    source: en
    rows:
      - {en: Save the file., tr: Dosyayı kaydedin.}
      - {en: Back it up., tr: {confidence: 0.4}}
      - {en: [Close it., Then rest.], tr: {text: Kapatın ve dinlenin., moved: true}}

Every text is Markdown and one segment of its version's file, with an empty line between two of them; ``order`` gives
the order of the rows in a version's file where it is another one. ``templates`` with ``fillers`` stand for a row
per combination, ``langs`` are those to take of all that the rows have. ``glossary`` is a glossary as in its file,
except that its concepts are a mapping of ids to words, and ``fixed`` lists those that are not to be translated.
``before`` gives, by language, the texts that a version had earlier. ``comments`` are texts of files in which only
instructions to termcheck are looked for, ``ignored`` says what a request asked for that nothing answered to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml

from termcheck.cache import MemoryCache
from termcheck.corpus.directives import find_directives
from termcheck.corpus.reading import segment
from termcheck.corpus_terms import collect_terms, judge_terms
from termcheck.evidence import check_literally, foreign_cells
from termcheck.glossary import Glossary
from termcheck.glossary_file import load_glossary
from termcheck.history.comparison import VersionChange, compare
from termcheck.meaning.judge import CellJudgement, Difference, Passage
from termcheck.meaning.unsupported import Unsupported
from termcheck.model import (
    Alignment,
    Cell,
    Document,
    Excerpt,
    Exclusion,
    Location,
    Position,
    Role,
    Row,
    Segment,
    SegmentKind,
    SetSummary,
    Span,
    VersionSummary,
)
from termcheck.progress import NoProgress
from termcheck.rules.facts import CorpusFacts, DocumentFacts, Place, UnreadableFile
from termcheck.terms.qualifiers import find_unqualified

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.corpus.directives import DirectiveProblem
    from termcheck.literal.rows import LiteralFacts
    from termcheck.model import Finding
    from termcheck.terms.collect import CellRecord

KEY = "guide.md"


@dataclass(frozen=True)
class Part:
    """A cell as the case gives it: its texts in Markdown, and what the aligner says of it."""

    texts: tuple[str, ...]
    kind: str | None
    moved: bool
    confidence: float


@dataclass(frozen=True)
class BuiltCase:
    """The facts of a case, and the text of every file in it."""

    facts: CorpusFacts
    files: Mapping[str, str]

    def text_at(self, finding: Finding) -> str:
        """What stands in the file at a finding's place."""
        lines = self.files[finding.location.path].split("\n")
        (first, start), (last, end) = finding.location.start, finding.location.end
        if first == last:
            return lines[first - 1][start - 1 : end - 1]
        return "\n".join([lines[first - 1][start - 1 :], *lines[first : last - 1], lines[last - 1][: end - 1]])


def build(case: Mapping[str, Any], folder: Path) -> BuiltCase:
    """The facts of a case; ``folder`` is an empty one, for the glossary."""
    given = case.get("documents", [case] if "rows" in case else [])
    documents = [_document(item, item.get("key", KEY)) for item in given]
    glossary, glossary_text = _glossary(case.get("glossary"), folder)
    unreadable = [_unreadable(item) for item in case.get("unreadable", ())]
    alignments = [item.alignment for item in documents if len(_versions(item, unreadable)) > 1]
    languages = case.get("languages") or sorted({lang for item in documents for lang in item.openings})
    records = collect_terms(alignments, glossary, MemoryCache(), NoProgress())
    literal = check_literally(alignments, languages, MemoryCache(), NoProgress(), case.get("keep", ()))
    terms = judge_terms(alignments, records, glossary, foreign_cells(literal))
    facts = CorpusFacts(
        glossary=glossary,
        documents={
            item.alignment.key: _facts(item, records[item.alignment.key], literal[item.alignment.key])
            for item in documents
            if item.alignment in alignments
        },
        summaries=[_summary(item, _versions(item, unreadable), languages) for item in documents],
        unreadable=unreadable,
        directive_problems=[problem for text in case.get("comments", ()) for problem in _problems(text)],
        verdicts=terms.verdicts,
        collapses=terms.collapses,
        choices=terms.choices,
        uses=terms.uses,
        pairs=terms.pairs,
        wanderings=terms.wanderings,
        unqualified=find_unqualified(glossary, {item.key: item for item in alignments}, terms.collapses),
    )
    files = {path: text for item in documents for path, text in item.files.items()}
    return BuiltCase(facts, {**files, glossary.path: glossary_text})


@dataclass(frozen=True)
class _Document:
    alignment: Alignment
    openings: Mapping[str, Excerpt]
    judgements: Mapping[Place, CellJudgement]
    unsupported: Mapping[Place, tuple[Unsupported, ...]]
    files: Mapping[str, str]
    changes: Mapping[str, VersionChange]


def _document(given: Mapping[str, Any], key: str) -> _Document:
    rows = [row for item in given["rows"] for row in _expand(item, given.get("langs"))]
    langs = sorted({lang for row in rows for lang in row})
    parts = {lang: [_part(row.get(lang)) for row in rows] for lang in langs}
    cells: dict[str, list[Cell]] = {}
    files = {}
    for lang in langs:
        order = given.get("order", {}).get(lang, range(len(rows)))
        cells[lang], files[f"{lang}/{key}"] = _version(parts[lang], order, f"{lang}/{key}", lang)
    openings = {}
    for lang in langs:
        first = min((cell.segments[0] for cell in cells[lang] if cell), key=lambda found: found.index)
        openings[lang] = Excerpt(Role.CONTEXT, first.location(), first.text)
    excluded = []
    for lang, item in given.get("excluded", {}).items():
        (cell,), files[f"{lang}/{key}"] = _version([_part(item.get("text"))], [0], f"{lang}/{key}", lang)
        excluded.append(Exclusion(lang, f"{lang}/{key}", item["score"]))
        if cell:
            openings[lang] = Excerpt(Role.CONTEXT, cell.location(), cell.text)
    table = tuple(Row(index, {lang: cells[lang][index] for lang in langs}) for index in range(len(rows)))
    return _Document(
        Alignment(key, given.get("source"), tuple(langs), table, tuple(excluded)),
        openings,
        {Place(item["row"], item["lang"]): _judgement(item, table) for item in given.get("judgements", ())},
        {Place(item["row"], item["lang"]): (_unsupported(item, table),) for item in given.get("unsupported", ())},
        files,
        {lang: _change(texts, cells[lang], f"{lang}/{key}", lang) for lang, texts in given.get("before", {}).items()},
    )


def _change(texts: Sequence[str], cells: Sequence[Cell], path: str, lang: str) -> VersionChange:
    now = sorted((found for cell in cells for found in cell.segments), key=lambda found: found.index)
    return compare(segment(Document(path, lang, "\n\n".join(texts), "markdown")), now)


def _expand(item: Mapping[str, Any], langs: Sequence[str] | None) -> list[Mapping[str, Any]]:
    """The rows that an entry stands for, in these languages."""
    if "templates" not in item:
        return [item]
    return [
        {lang: _filled(template[lang], filler.get(lang, "")) for lang in langs or template}
        for filler in item.get("fillers", [{}])
        for template in item["templates"]
    ]


def _filled(text: str, words: str | Mapping[str, str]) -> str:
    return text.format(words) if isinstance(words, str) else text.format(**words)


def _part(given: str | Sequence[str] | Mapping[str, Any] | None) -> Part:
    if not isinstance(given, Mapping):
        given = {"text": given}
    texts = given.get("text") or ()
    return Part(
        (texts,) if isinstance(texts, str) else tuple(texts),
        given.get("kind"),
        given.get("moved", False),
        given.get("confidence", 1.0),
    )


def _version(parts: Sequence[Part], order: Sequence[int], path: str, lang: str) -> tuple[list[Cell], str]:
    """A version's cells by row, and its file."""
    raw = [text for number in order for text in parts[number].texts]
    document = Document(path, lang, "\n\n".join(raw) + "\n", "markdown")
    segments = segment(document)
    assert len(segments) == len(raw), f"each text must be one segment: {raw}, {[found.text for found in segments]}"
    cells = [Cell(confidence=part.confidence, moved=part.moved) for part in parts]
    start = 0
    for number in order:
        part = parts[number]
        found = segments[start : start + len(part.texts)]
        start += len(part.texts)
        cells[number] = replace(cells[number], segments=tuple(_of_kind(each, part.kind) for each in found))
    return cells, document.text


def _of_kind(found: Segment, kind: str | None) -> Segment:
    return found if kind is None else replace(found, kind=SegmentKind(kind))


def _judgement(given: Mapping[str, Any], table: Sequence[Row]) -> CellJudgement:
    """A judgement with marked words in place of their spans."""
    cells = table[given["row"]].cells

    def passage(name: str) -> Passage | None:
        if name not in given:
            return None
        marks = {lang: _places(cells[lang].text, words) for lang, words in given[name]["marks"].items()}
        return Passage(given[name].get("score", 1.5), marks)

    return CellJudgement(
        lang=given["lang"],
        difference=Difference(given["difference"]) if given.get("difference") else None,
        confidence=given.get("confidence", 0.8),
        deviation=given.get("deviation", 0.0),
        omission=passage("omission"),
        addition=passage("addition"),
        by_numbers=given.get("by_numbers", False),
        mutual=given.get("mutual", False),
        why=tuple(given.get("why", ())),
        evidence=given.get("evidence", {}),
    )


def _unsupported(given: Mapping[str, Any], table: Sequence[Row]) -> Unsupported:
    """A word without counterpart, given by itself."""
    cells = table[given["row"]].cells
    source = given.get("source")
    return Unsupported(
        span=_places(cells[given["lang"]].text, [given["word"]])[0],
        score=given.get("score", -1.0),
        confidence=given.get("confidence", 0.27),
        witnesses=tuple(sorted((x for x in cells if x != given["lang"] and cells[x]), key=lambda x: (x != source, x))),
        source=source,
        counterparts={x: _places(cells[x].text, [word])[0] for x, word in given.get("counterparts", {}).items()},
        mutual=given.get("mutual", False),
    )


def _places(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    return tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)


def _facts(item: _Document, records: Sequence[Mapping[str, CellRecord]], literal: LiteralFacts) -> DocumentFacts:
    return DocumentFacts(
        alignment=item.alignment,
        openings=item.openings,
        literal=literal,
        judgements=item.judgements,
        changes=item.changes,
        unsupported=item.unsupported,
        hits={
            Place(row, lang): record.hits
            for row, cells in enumerate(records)
            for lang, record in cells.items()
            if record.hits
        },
    )


def _versions(item: _Document, unreadable: Sequence[UnreadableFile]) -> dict[str, str]:
    """The files of a document by language, in tag order: those in its table, those left out and the unreadable."""
    key = item.alignment.key
    found = {lang: f"{lang}/{key}" for lang in (*item.alignment.languages, *(e.lang for e in item.alignment.excluded))}
    for problem in unreadable:
        lang, _, name = problem.location.path.partition("/")
        if name == key:
            found[lang] = problem.location.path
    return dict(sorted(found.items()))


def _summary(item: _Document, versions: Mapping[str, str], languages: Sequence[str]) -> SetSummary:
    table = item.alignment
    summaries = tuple(
        VersionSummary(lang, path, 0, 0.0, excluded=lang not in table.languages) for lang, path in versions.items()
    )
    missing = tuple(lang for lang in languages if lang not in versions)
    return SetSummary(table.key, table.source, len(table.rows), summaries, missing)


def _glossary(given: Mapping[str, Any] | None, folder: Path) -> tuple[Glossary, str]:
    """The glossary, loaded from a file, and the file's text."""
    if given is None:
        return Glossary(), ""
    given = dict(given)
    fixed = given.pop("fixed", ())
    concepts = [
        {"id": name, "terms": terms, **({"do_not_translate": True} if name in fixed else {})}
        for name, terms in given["concepts"].items()
    ]
    text = yaml.safe_dump({"version": 1, **given, "concepts": concepts}, allow_unicode=True, sort_keys=False)
    path = folder / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    return load_glossary(path, "glossary.yaml"), text


def _problems(text: str) -> Sequence[DirectiveProblem]:
    document = Document(f"en/{KEY}", "en", text, "markdown")
    return find_directives(document, segment(document)).problems


def _unreadable(given: Mapping[str, Any]) -> UnreadableFile:
    place = Position(given.get("line", 1), given.get("column", 1))
    return UnreadableFile(Location(given["path"], given["lang"], place, place), given["reason"])
