"""Paragraphs of a parallel corpus and errors planted in them, for training and measuring the meaning stage.

A planted text should read like a text of its language, so that what is learned is the difference from the counterpart
and not the scar: wrong words are words of the corpus with the same ending, case and frequency, added clauses and
sentences come from the same document, negations stand where the corpus has them.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from replacements import Replacements, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from replacements import Neighbours

UNSPACED = frozenset({"ja", "zh", "th"})
_CLAUSE_END = re.compile(r"[,;:、，—–]\s*|\s[-–]\s|[.!?。]\s*")
_FINAL = re.compile(r"[.。!?]?\s*$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

#: Probability that an error of a kind is planted in a paragraph that can take it.
SHARE = 0.4

_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Neighbouring sentences of a document; ``sentences`` maps each language to them."""

    document: str
    first: int
    sentences: dict[str, tuple[str, ...]]

    def text(self, lang: str) -> str:
        return join(self.sentences[lang], lang)


@dataclass(frozen=True, slots=True)
class Edit:
    """A text with an error: ``added`` are the ranges of the text that are wrong, ``gone`` those of the clean text."""

    text: str
    added: tuple[_Range, ...] = ()
    gone: tuple[_Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Planted:
    """A version of paragraph number ``paragraph`` with one error of the named kind."""

    paragraph: int
    lang: str
    kind: str
    edit: Edit

    @property
    def text(self) -> str:
        return self.edit.text


def join(sentences: Sequence[str], lang: str) -> str:
    """Sentences as one paragraph."""
    return ("" if lang in UNSPACED else " ").join(sentences)


def read_paragraphs(path: Path, langs: Sequence[str], seed: int = 1) -> list[Paragraph]:
    """Paragraphs of one to three sentences from a TSV with a document column and one column per language."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    header = lines[0].split("\t")
    documents: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines[1:]:
        cells = dict(zip(header, line.split("\t"), strict=True))
        documents[cells[header[0]]].append(cells)
    rng = random.Random(seed)  # noqa: S311
    found = []
    for document, sentences in documents.items():
        start = 0
        while start < len(sentences):
            chosen = sentences[start : start + rng.choice([1, 2, 3, 3])]
            found.append(
                Paragraph(document, start, {lang: tuple(sentence[lang] for sentence in chosen) for lang in langs})
            )
            start += len(chosen)
    return found


def read_partial_paragraphs(path: Path, langs: Sequence[str]) -> list[Paragraph]:
    """One paragraph a line from a TSV of the same form; a cell is empty where a language lacks the paragraph."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    header = lines[0].split("\t")
    found = []
    for place, line in enumerate(lines[1:]):
        cells = dict(zip(header, line.split("\t"), strict=True))
        texts: dict[str, tuple[str, ...]] = {lang: (cells[lang],) for lang in langs if cells.get(lang)}
        found.append(Paragraph(cells[header[0]], place, texts))
    return found


class Planter:
    """Plants errors in one language; the same seed plants the same errors.

    ``foreign`` is the language that untranslated sentences are left in. ``neighbours``, where known, maps words to
    words of similar meaning.
    """

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        lang: str,
        *,
        seed: int = 1,
        foreign: str | None = None,
        neighbours: Neighbours | None = None,
    ) -> None:
        self._paragraphs = paragraphs
        self._lang = lang
        self._foreign = foreign
        self._rng = random.Random(f"plant {lang} {seed}")  # noqa: S311
        self._unspaced = lang in UNSPACED
        self._replacements = Replacements([each.text(lang) for each in paragraphs], lang, neighbours)
        self._members: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(paragraphs):
            self._members[each.document].append(number)
        self._document_words = {
            document: Counter(word for number in numbers for _, word in words(paragraphs[number].text(lang), lang))
            for document, numbers in self._members.items()
        }

    def plant(
        self,
        share: float = SHARE,
        numbers: Sequence[int] | None = None,
        shares: Mapping[str, float] | None = None,
    ) -> Iterator[Planted]:
        """All planted versions, paragraph by paragraph; ``numbers`` are the paragraphs that take errors.

        ``share`` is the probability that an error of a kind is planted in a paragraph that can take it, ``shares``
        that of single kinds.
        """
        for number in range(len(self._paragraphs)) if numbers is None else numbers:
            for kind, make in self._kinds(number).items():
                if self._rng.random() >= (shares or {}).get(kind, share):
                    continue
                edit = make()
                if edit is not None and edit.text != self._paragraphs[number].text(self._lang):
                    yield Planted(number, self._lang, kind, edit)

    def _kinds(self, number: int) -> dict[str, Callable[[], Edit | None]]:
        paragraph = self._paragraphs[number]
        sentences = list(paragraph.sentences[self._lang])
        full = join(sentences, self._lang)
        near = self._document_words[paragraph.document]
        elsewhere = self._elsewhere(number)
        swap = self._replacements
        kinds: dict[str, Callable[[], Edit | None]] = {
            "word wrong": lambda: self._wrong_words(full, 1, swap.alike, near),
            "3 words wrong": lambda: self._wrong_words(full, 3, swap.alike, near),
            "word near": lambda: self._wrong_words(full, 1, swap.neighbour, near),
            "name swapped": lambda: self._wrong_words(full, 1, swap.name, near),
            "number changed": lambda: self._other_number(full),
            "negation flipped": lambda: self._flip(full),
            "sentence omitted": lambda: self._without_sentence(sentences),
            "sentence added": lambda: self._with_sentence(sentences, elsewhere),
            "sentence swapped": lambda: self._other_sentence(sentences, elsewhere),
            "sentence repeated": lambda: self._twice(sentences),
            "truncated": lambda: self._truncated(full),
            "clause omitted": lambda: self._without_clause(full),
            "clause added": lambda: self._with_clause(full, elsewhere),
        }
        if self._foreign is not None:
            foreign = paragraph.sentences[self._foreign]
            kinds["sentence untranslated"] = lambda: self._untranslated(sentences, foreign)
        others = [other for other in self._members[paragraph.document] if other != number]
        if others:
            kinds["paragraph swapped"] = lambda: self._whole(full, self._rng.choice(others))
        if number + 1 in others:
            kinds["off by one"] = lambda: self._whole(full, number + 1)
        return kinds

    def _whole(self, full: str, other: int) -> Edit:
        text = self._paragraphs[other].text(self._lang)
        return Edit(text, ((0, len(text)),), ((0, len(full)),))

    def _elsewhere(self, number: int) -> list[str]:
        least = 12 if self._unspaced else 25
        return [
            sentence
            for other in self._members[self._paragraphs[number].document]
            if other != number
            for sentence in self._paragraphs[other].sentences[self._lang]
            if len(sentence) >= least
        ]

    def _wrong_words(
        self,
        text: str,
        count: int,
        choose: Callable[[str, Counter[str], random.Random], str | None],
        near: Counter[str],
    ) -> Edit | None:
        places = [place for place, word in words(text, self._lang) if self._replacements.is_content(word)]
        if choose == self._replacements.name:
            places = [place for place in places if self._replacements.is_name(text[slice(*place)])]
        elif len(places) < count + 2:
            return None
        self._rng.shuffle(places)
        chosen: dict[_Range, str] = {}
        for place in places:
            word = choose(text[slice(*place)], near, self._rng)
            if word is not None:
                chosen[place] = word
            if len(chosen) == count:
                return _replaced(text, chosen)
        return None

    def _other_number(self, text: str) -> Edit | None:
        places = [match.span() for match in _NUMBER.finditer(text)]
        if not places:
            return None
        place = self._rng.choice(places)
        old = text[slice(*place)]
        digits = [at for at, sign in enumerate(old) if sign.isdigit()]
        at = self._rng.choice(digits)
        new = old[:at] + self._rng.choice([d for d in "123456789" if d != old[at]]) + old[at + 1 :]
        return _replaced(text, {place: new})

    def _flip(self, text: str) -> Edit | None:
        places = self._replacements.negations(text)
        if not places:
            return None
        place, new = self._rng.choice(places)
        return _replaced(text, {place: new})

    def _without_sentence(self, sentences: list[str]) -> Edit | None:
        if len(sentences) < 2:
            return None
        place = self._rng.randrange(len(sentences))
        if len(sentences[place]) < (10 if self._unspaced else 20):
            return None
        return self._with(sentences, place, place + 1, [])

    def _with_sentence(self, sentences: list[str], elsewhere: list[str]) -> Edit | None:
        if not elsewhere:
            return None
        place = self._rng.randrange(len(sentences) + 1)
        return self._with(sentences, place, place, [self._rng.choice(elsewhere)])

    def _other_sentence(self, sentences: list[str], elsewhere: list[str]) -> Edit | None:
        if not elsewhere or len(sentences) < 2:
            return None
        place = self._rng.randrange(len(sentences))
        return self._with(sentences, place, place + 1, [self._rng.choice(elsewhere)])

    def _twice(self, sentences: list[str]) -> Edit | None:
        place = self._rng.randrange(len(sentences))
        return self._with(sentences, place, place, [sentences[place]]) if len(sentences) > 1 else None

    def _untranslated(self, sentences: list[str], foreign: Sequence[str]) -> Edit | None:
        place = self._rng.randrange(len(sentences))
        return self._with(sentences, place, place + 1, [foreign[place]]) if len(sentences) > 1 else None

    def _with(self, sentences: list[str], start: int, end: int, new: list[str]) -> Edit:
        """Sentences ``start`` to ``end`` replaced by others."""
        before, old = join(sentences[:start], self._lang), join(sentences[start:end], self._lang)
        gap = len(before) + bool(before and not self._unspaced)
        text = join([*sentences[:start], *new, *sentences[end:]], self._lang)
        added = ((gap, gap + len(join(new, self._lang))),) if new else ()
        return Edit(text, added, ((gap, gap + len(old)),) if old else ())

    def _truncated(self, text: str) -> Edit | None:
        places = words(text, self._lang)
        if len(places) < 12:
            return None
        (_, end), _ = places[self._rng.randint(len(places) * 4 // 10, len(places) * 7 // 10)]
        return Edit(text[:end] + ("。" if self._unspaced else "."), (), ((end, len(text)),))

    def _without_clause(self, text: str) -> Edit | None:
        ends = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
        clauses = [
            (start, end)
            for start, end in pairwise(ends)
            if self._is_clause(text[start:end]) and end - start < 0.6 * len(text)
        ]
        if not clauses:
            return None
        start, end = self._rng.choice(clauses)
        return Edit((text[:start] + text[end:]).strip(), (), ((start, end),))

    def _is_clause(self, text: str) -> bool:
        if self._unspaced:
            return len(text) >= 8
        return len(text) >= 18 and len(text.split()) >= (3 if self._lang in {"ko", "tr", "fi"} else 4)

    def _with_clause(self, text: str, elsewhere: list[str]) -> Edit | None:
        if not elsewhere:
            return None
        sentence = self._rng.choice(elsewhere).rstrip(".。!?")
        if self._unspaced:
            clause, comma = sentence[: self._rng.randint(10, 20)], "、"
        else:
            parts = sentence.split()
            size = self._rng.randint(4, 8)
            start = self._rng.randrange(max(1, len(parts) - size))
            clause, comma = " ".join(parts[start : start + size]), ", "
        final = _FINAL.search(text)
        end = final.start() if final else len(text)
        begin = end + len(comma)
        return Edit(text[:end] + comma + clause + text[end:], ((begin, begin + len(clause)),))


def _replaced(text: str, chosen: dict[_Range, str]) -> Edit:
    parts, added, end, size = [], [], 0, 0
    for (start, stop), word in sorted(chosen.items()):
        parts += [text[end:start], word]
        size += start - end
        added.append((size, size + len(word)))
        size += len(word)
        end = stop
    return Edit("".join([*parts, text[end:]]), tuple(added), tuple(sorted(chosen)))
