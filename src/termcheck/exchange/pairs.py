"""Tables of word pairs: DeepL, OmegaT, and Google's glossaries in one direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.exchange.delimited import decode, delimiter_of, read_lines, table_text
from termcheck.exchange.draft import GlossaryDraft, folded
from termcheck.exchange.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.exchange.delimited import Line
    from termcheck.exchange.draft import ConceptDraft
    from termcheck.exchange.format import Languages, Read
    from termcheck.glossary import Concept, Glossary

COMMENT = "#"
"""How lines of an OmegaT glossary begin that are no entries."""

_OMEGAT_FIRST_LINE = f"{COMMENT} Glossary in tab-separated format -*- coding: utf-8 -*-\n"


def pairs_csv(glossary: Glossary, languages: Languages) -> str:
    """Source and target word as CSV without a header; no source word may stand there twice.

    DeepL takes up to 1,024 bytes a word, which the words of a glossary never reach.
    See https://developers.deepl.com/docs/customize/managing-glossaries.
    """
    return table_text(((source, target) for source, target, _ in _pairs(glossary, languages)), ",")


def write_omegat(glossary: Glossary, languages: Languages) -> str:
    """Source word, target word and definition with tabs between them, as OmegaT writes its own glossary."""
    lines = [
        f"{source}\t{target}\t{concept.definition}".rstrip() for source, target, concept in _pairs(glossary, languages)
    ]
    return _OMEGAT_FIRST_LINE + "".join(f"{line}\n" for line in lines)


def _pairs(glossary: Glossary, languages: Languages) -> Iterator[tuple[str, str, Concept]]:
    for concept in glossary.concepts:
        source, target = concept.terms[languages.source], concept.terms[languages.target]
        for word in source.accepted:
            for rendering in target.accepted:
                yield word.text, rendering.text, concept


def read_deepl(raw: bytes, languages: Languages) -> Read:
    """Read pairs with a comma, semicolon or tab between them; DeepL's own exports name the languages behind them."""
    text = decode(raw)
    return _read(_lines(text), languages, named=True)


def read_google(raw: bytes, languages: Languages) -> Read:
    """Read pairs as Google's glossaries in one direction have them."""
    return _read(_lines(decode(raw)), languages)


def read_omegat(raw: bytes, languages: Languages) -> Read:
    """Read a glossary of OmegaT; lines that begin with ``#`` are comments."""
    lines = read_lines(decode(raw), "\t", quoting=False)
    return _read([line for line in lines if not line.cells[0].startswith(COMMENT)], languages, comments=True)


def _lines(text: str) -> list[Line]:
    """The rows, with the first separator that gives all of them equally many cells, or else the first line's."""
    for delimiter in ",\t;":
        try:
            lines = read_lines(text, delimiter)
        except ExchangeError:
            continue
        sizes = {len(line.cells) for line in lines}
        if len(sizes) == 1 and min(sizes) > 1:
            return lines
    return read_lines(text, delimiter_of(text))


def _read(lines: Iterable[Line], languages: Languages, *, named: bool = False, comments: bool = False) -> Read:
    draft = GlossaryDraft()
    concepts: dict[tuple[str, str, str], ConceptDraft] = {}
    taken: set[tuple[tuple[str, str, str], str, str]] = set()
    for line in lines:
        if len(line.cells) < 2 or not line.cells[0].strip() or not line.cells[1].strip():
            draft.lose(line.where, "is no pair of words: left out")
            continue
        source, target, *more = line.cells
        tags = (languages.source, languages.target)
        if named and not all(tags) and len(more) >= 2:
            tags = (tags[0] or more[0].strip(), tags[1] or more[1].strip())
        if not all(tags):
            raise ExchangeError(
                "the file does not say which languages it is in",
                "name them with --source and --target, for example: --source en --target pl",
            )
        key = (*tags, folded(source))
        if key not in concepts:
            concepts[key] = draft.concept(line.where)
        concept = concepts[key]
        for tag, word in zip(tags, (folded(source), folded(target)), strict=True):
            language = draft.language(concept, tag)
            if language is not None and (key, tag, word) not in taken:
                taken.add((key, tag, word))
                language.words.append((word, None))
        if comments and more and more[0].strip():
            comment = folded(more[0])
            if not concept.definition:
                concept.definition = comment
            elif comment != concept.definition:
                concept.notes.append(comment)
    return draft.build(languages.source)
