"""Paragraphs of a parallel corpus and errors planted in them, for measuring what the meaning stage finds."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_UNSPACED = frozenset({"ja", "zh", "th"})
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[,;:、，—–]\s*|\s[-–]\s|[.!?。]\s*")
_FINAL = re.compile(r"[.。!?]?\s*$")

#: Probability that an error of a kind is planted in a paragraph that can take it.
SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Neighbouring sentences of a document; ``sentences`` maps each language to them."""

    document: str
    first: int
    sentences: dict[str, tuple[str, ...]]

    def text(self, lang: str) -> str:
        return join(self.sentences[lang], lang)


@dataclass(frozen=True, slots=True)
class Planted:
    """A version of paragraph number ``paragraph`` with one error of the named kind."""

    paragraph: int
    lang: str
    kind: str
    text: str


def join(sentences: Sequence[str], lang: str) -> str:
    """Sentences as one paragraph."""
    return ("" if lang in _UNSPACED else " ").join(sentences)


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


class Planter:
    """Plants errors in one language; the same seed plants the same errors."""

    def __init__(self, paragraphs: Sequence[Paragraph], lang: str) -> None:
        self._paragraphs = paragraphs
        self._lang = lang
        self._rng = random.Random(f"plant {lang}")  # noqa: S311
        self._unspaced = lang in _UNSPACED
        counts = Counter(word for each in paragraphs for word in _WORD.findall(each.text(lang)) if self._content(word))
        self._class = {word: min(count, 5) for word, count in counts.items()}
        self._words: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._class):
            self._words[self._class[word]].append(word)
        self._members: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(paragraphs):
            self._members[each.document].append(number)

    def _content(self, word: str) -> bool:
        return len(word) >= (2 if self._lang == "ko" else 4) and (word[0].islower() or not word[0].isupper())

    def plant(self) -> Iterator[Planted]:
        """All planted versions, paragraph by paragraph."""
        for number, paragraph in enumerate(self._paragraphs):
            sentences = list(paragraph.sentences[self._lang])
            for kind, text in self._errors(number, sentences):
                if text is not None:
                    yield Planted(number, self._lang, kind, text)

    def _errors(self, number: int, sentences: list[str]) -> Iterator[tuple[str, str | None]]:
        elsewhere = self._elsewhere(number)
        full = join(sentences, self._lang)
        kinds: dict[str, Callable[[], str | None]] = {
            "word wrong": lambda: self._wrong_words(full, 1),
            "3 words wrong": lambda: self._wrong_words(full, 3),
            "sentence omitted": lambda: self._without_sentence(sentences),
            "sentence added": lambda: self._with_sentence(sentences, elsewhere),
            "sentence swapped": lambda: self._other_sentence(sentences, elsewhere),
            "clause omitted": lambda: self._without_clause(full),
            "clause added": lambda: self._with_clause(full, elsewhere),
        }
        for kind, make in kinds.items():
            if self._rng.random() < SHARE:
                yield kind, make()
        others = [other for other in self._members[self._paragraphs[number].document] if other != number]
        if others:
            yield "paragraph swapped", self._paragraphs[self._rng.choice(others)].text(self._lang)
        if number + 1 in others:
            yield "off by one", self._paragraphs[number + 1].text(self._lang)

    def _elsewhere(self, number: int) -> list[str]:
        least = 12 if self._unspaced else 25
        return [
            sentence
            for other in self._members[self._paragraphs[number].document]
            if other != number
            for sentence in self._paragraphs[other].sentences[self._lang]
            if len(sentence) >= least
        ]

    def _wrong_words(self, text: str, count: int) -> str | None:
        places = [match for match in _WORD.finditer(text) if match.group() in self._class]
        if self._unspaced or len(places) < count + 2:
            return None
        chosen = sorted(self._rng.sample(places, count), key=lambda match: -match.start())
        for match in chosen:
            word = self._rng.choice(self._words[self._class[match.group()]])
            text = text[: match.start()] + word + text[match.end() :]
        return text

    def _without_sentence(self, sentences: list[str]) -> str | None:
        if len(sentences) < 2:
            return None
        place = self._rng.randrange(len(sentences))
        if len(sentences[place]) < (10 if self._unspaced else 20):
            return None
        return join(sentences[:place] + sentences[place + 1 :], self._lang)

    def _with_sentence(self, sentences: list[str], elsewhere: list[str]) -> str | None:
        if not elsewhere:
            return None
        place = self._rng.randrange(len(sentences) + 1)
        return join([*sentences[:place], self._rng.choice(elsewhere), *sentences[place:]], self._lang)

    def _other_sentence(self, sentences: list[str], elsewhere: list[str]) -> str | None:
        if not elsewhere or len(sentences) < 2:
            return None
        place = self._rng.randrange(len(sentences))
        return join([*sentences[:place], self._rng.choice(elsewhere), *sentences[place + 1 :]], self._lang)

    def _without_clause(self, text: str) -> str | None:
        ends = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
        clauses = [
            (start, end)
            for start, end in pairwise(ends)
            if self._is_clause(text[start:end]) and end - start < 0.6 * len(text)
        ]
        if not clauses:
            return None
        start, end = self._rng.choice(clauses)
        return (text[:start] + text[end:]).strip()

    def _is_clause(self, text: str) -> bool:
        if self._unspaced:
            return len(text) >= 8
        return len(text) >= 18 and len(text.split()) >= (3 if self._lang in {"ko", "tr", "fi"} else 4)

    def _with_clause(self, text: str, elsewhere: list[str]) -> str | None:
        if not elsewhere:
            return None
        sentence = self._rng.choice(elsewhere).rstrip(".。!?")
        if self._unspaced:
            clause, comma = sentence[: self._rng.randint(10, 20)], "、"
        else:
            words = sentence.split()
            size = self._rng.randint(4, 8)
            start = self._rng.randrange(max(1, len(words) - size))
            clause, comma = " ".join(words[start : start + size]), ", "
        final = _FINAL.search(text)
        end = final.start() if final else len(text)
        return text[:end] + comma + clause + text[end:]
