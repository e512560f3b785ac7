"""What language every cell of a document is in, as a whole and sentence by sentence."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import astuple
from typing import TYPE_CHECKING, NamedTuple

from termcheck.cache import recall
from termcheck.corpus.sentences import split_sentences
from termcheck.literal.language_id import LanguageIdentifier
from termcheck.literal.placeholders import message_syntax
from termcheck.literal.scripts import letters
from termcheck.literal.sentence_language import ForeignSentence, foreign_sentences
from termcheck.literal.untranslated import Untranslated, untranslated
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.model import Alignment, Cell, Row

SPACE = "languages"
_VERSION = 8

_BILINGUAL = "bilingual"

WHOLE = 0.75
"""Letters of a translation by those of the original from which it may be whole."""

FOREIGN_LINE = 0.6
"""Share of a line's letters in foreign sentences from which all of it counts as foreign."""

At = tuple[int, str]
"""A row's index and a language."""


class CellLanguages(NamedTuple):
    """The cells of a document that are ``whole`` in another language, the ``sentences`` of others that are, and the
    cells that stand in two languages on purpose.
    """

    whole: dict[At, Untranslated]
    sentences: dict[At, tuple[ForeignSentence, ...]]
    bilingual: set[At]


class LanguageChecks:
    """Finds what is not in its version's language. It depends on the row's texts alone, so it is cached by them.

    ``keep`` are texts that are left in their language on purpose.
    """

    def __init__(self, candidates: Sequence[str], store: Store, keep: Sequence[str] = ()) -> None:
        self._identifier = LanguageIdentifier(candidates)
        self._store = store
        self._keep = _any_of(keep)

    def check(self, alignment: Alignment) -> CellLanguages:
        """Looks at all cells of a document."""
        places = [(row, lang) for row in alignment.rows for lang in row.present()]
        keys = [self._key(row, lang) for row, lang in places]
        found = recall(self._store, SPACE, keys, lambda place: json.dumps(self._look(*places[place])).encode())
        seen = CellLanguages({}, {}, set())
        for (row, lang), blob in zip(places, found, strict=True):
            whole, sentences = json.loads(blob)
            if whole is not None:
                seen.whole[row.index, lang] = Untranslated(*whole)
            elif sentences == _BILINGUAL:
                seen.bilingual.add((row.index, lang))
            elif sentences:
                seen.sentences[row.index, lang] = tuple(
                    ForeignSentence(Span(*span), *rest) for span, *rest in sentences
                )
        return seen

    def _look(self, row: Row, lang: str) -> tuple[object, object]:
        """What `Untranslated` says of a cell, or else what each `ForeignSentence` in it says; as JSON values."""
        text = row.cells[lang].text
        others = {other: row.cells[other].text for other in row.present() if other != lang}
        spans = self._kept(row.cells[lang])
        whole = untranslated(text, lang, others, spans, identifier=self._identifier)
        if whole is not None:
            return astuple(whole), None
        sentences = foreign_sentences(text, lang, others, spans, identifier=self._identifier)
        if _is_bilingual(text, lang, sentences, others):
            return None, _BILINGUAL
        return None, [astuple(each) for each in sentences]

    def _kept(self, cell: Cell) -> list[Span]:
        """The parts of a cell that stay as they are in every language."""
        spans = [part.span for part in cell.protected()] + message_syntax(cell.text)
        if self._keep is not None:
            spans += (Span(*match.span()) for match in self._keep.finditer(cell.text))
        return spans

    def _key(self, row: Row, lang: str) -> bytes:
        texts = [(other, row.cells[other].text) for other in row.present()]
        content = json.dumps([_VERSION, self._identifier.candidates, lang, self._kept(row.cells[lang]), texts])
        return hashlib.sha256(content.encode()).digest()


def _is_bilingual(text: str, lang: str, sentences: Sequence[ForeignSentence], others: Mapping[str, str]) -> bool:
    """Whether the counterpart stands beside a whole translation: a quotation in both languages, say."""
    if not sentences:
        return False
    return _stands_apart(text, sentences, others) or _stands_behind(text, lang, sentences, others)


def _stands_apart(text: str, sentences: Sequence[ForeignSentence], others: Mapping[str, str]) -> bool:
    """Whether the counterpart, or an earlier state of it, has lines of its own, and the other lines are long enough."""
    langs = {sentence.lang for sentence in sentences}
    original = _size(others.get(sentences[0].lang, ""))
    if len(langs) > 1 or not original or "\n" not in text:
        return False
    spans = [sentence.span for sentence in sentences]
    own = foreign = 0.0
    start = 0
    for line in text.split("\n"):
        parts = [text[max(first, start) : min(last, start + len(line))] for first, last in spans]
        size, marked = _size(line), sum(map(_size, parts))
        if marked >= FOREIGN_LINE * size:
            foreign += size
        elif marked:
            return False
        else:
            own += size
        start += len(line) + 1
    return min(own, foreign) >= WHOLE * original


def _stands_behind(text: str, lang: str, sentences: Sequence[ForeignSentence], others: Mapping[str, str]) -> bool:
    """Whether there is a whole translation without the copied sentences, wherever they stand.

    What is left without them must have as many sentences as the counterpart, and be long enough: a translation may
    well make two sentences of one.
    """
    if not all(sentence.copied for sentence in sentences):
        return False
    copied = [(text[slice(*sentence.span)], sentence.lang) for sentence in sentences]
    count = _count(text, lang) - sum(_count(part, other) for part, other in copied)
    size = _size(text) - sum(_size(part) for part, _ in copied)
    counterparts = [(others[other], other) for _, other in copied]
    return count >= max(_count(whole, other) for whole, other in counterparts) and size >= WHOLE * max(
        _size(whole) for whole, _ in counterparts
    )


def _count(text: str, lang: str) -> int:
    return len(split_sentences(text, lang))


def _size(text: str) -> float:
    return sum(letters(text).values())


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of the texts, the longest first, with any white space between words."""
    words = sorted(
        {tuple(text.split()) for text in texts if text.strip()}, key=lambda each: (-len(" ".join(each)), each)
    )
    if not words:
        return None
    return re.compile("|".join(r"\s".join(map(re.escape, each)) for each in words))
