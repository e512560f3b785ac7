"""The speed of the term matcher: its start beside spaCy's PhraseMatcher, its pace beside spaCy's bare tokenizer."""

from __future__ import annotations

import re
import time
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from labelled_terms import sentences
from termcheck.terms.matcher import TermMatcher, TermPattern

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CONCEPTS = 1000
_COMMON = 150  # Words more frequent than these are no terms.
_SENTENCES = ("ar", "cs", "de", "en", "es", "fi", "fr", "hu", "id", "it", "ja", "ko", "nl", "pl", "ru", "tr", "uk")
# Languages without a column of their own borrow the words of a neighbour.
_LOAD = {**dict(zip(_SENTENCES, _SENTENCES, strict=True)), "vi": "vi", "zh": "zh", "pt": "es"}
_PACE = ("pl", "tr", "ko", "id", "de", "cs", "fi", "ru")
_PLAIN = {"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}}


def _pipeline(lang: str) -> Any:
    import spacy

    return spacy.blank(lang, config=_PLAIN if lang in {"ko", "ja", "vi", "zh"} else {})


def _terms(texts: list[str]) -> list[str]:
    """Longer words, frequent ones but for the most frequent; joined in twos where the text has too few."""
    counts = Counter(word.lower() for text in texts for word in re.findall(r"[^\W\d_]{4,}", text))
    found = [word for word, _ in counts.most_common(_COMMON + _CONCEPTS)[_COMMON:]]
    return found + [f"{first} {second}" for first, second in pairwise(found)][: _CONCEPTS - len(found)]


def _best(action: Callable[[], object], repeat: int = 3) -> float:
    seconds = []
    for _ in range(repeat):
        start = time.process_time()
        action()
        seconds.append(time.process_time() - start)
    return min(seconds)


def print_speed(data: Path) -> None:
    """Measures and prints both tables."""
    _print_load(data)
    _print_pace(data)


def _print_load(data: Path) -> None:
    from spacy.matcher import PhraseMatcher

    own = peer = 0.0
    terms = {lang: _terms(sentences(column, data)) for lang, column in _LOAD.items()}
    pipelines = {lang: _pipeline(lang) for lang in terms}
    for lang, entries in terms.items():
        patterns = [TermPattern(term, term) for term in entries]
        TermMatcher(lang, patterns[:1])  # The tokenizer itself is common to both.

        def load(nlp: Any = pipelines[lang], entries: list[str] = entries) -> None:
            PhraseMatcher(nlp.vocab, attr="LOWER").add("terms", [nlp.make_doc(term) for term in entries])

        own += _best(lambda lang=lang, patterns=patterns: TermMatcher(lang, patterns), 1)  # type: ignore[misc]
        peer += _best(load, 1)
    print(f"\nload {_CONCEPTS} concepts x {len(terms)} languages: {own:.2f} s of processor time", end="; ")
    print(f"spaCy's PhraseMatcher {peer:.2f} s")


def _print_pace(data: Path) -> None:
    print(f"\ntokens per second of processor time, {_CONCEPTS} concepts, first pass and later passes")
    print(f"{'':4}{'tokenizer alone':>26}{'with the matcher':>28}{'share of its pace':>28}")
    for lang in _PACE:
        texts = sentences(lang, data)
        nlp = _pipeline(lang)

        def tokenize(nlp: Any = nlp, texts: list[str] = texts) -> int:
            return sum(len(nlp.tokenizer(text)) for text in texts)

        first = _best(tokenize, 1)
        tokens = tokenize()
        bare = _best(tokenize)
        matcher = TermMatcher(lang, [TermPattern(term, term) for term in _terms(texts)])

        def find(matcher: TermMatcher = matcher, texts: list[str] = texts) -> None:
            for text in texts:
                matcher.find(text)

        # The first pass meets every word for the first time, here and in the tokenizer.
        cold = _best(find, 1)
        warm = _best(find)
        row = f"{tokens / first:14,.0f}{tokens / bare:12,.0f}{tokens / cold:16,.0f}{tokens / warm:12,.0f}"
        print(f"{lang:4}{row}{first / cold:16.2f}{bare / warm:12.2f}")
