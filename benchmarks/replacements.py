"""Words to put in place of others: of the same ending and frequency, of similar meaning, names, negations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    #: Words of similar meaning for a word, the most similar first.
    Neighbours: TypeAlias = Mapping[str, Sequence[str]]

_WORD = re.compile(r"[^\W\d_]+")
# Neither Chinese nor Japanese puts spaces between words; runs of Katakana and pairs of Han characters come close.
_UNSPACED_WORD = {
    "ja": re.compile(r"[\u30a1-\u30fa\u30fc]{3,}|[\u4e00-\u9fff]{2,4}"),
    "zh": re.compile(r"[\u4e00-\u9fff]{2}"),
}
_SHORTEST = {"ko": 2, "ja": 2, "zh": 2, "ar": 4, "vi": 2}

#: A word takes a negation when at least one in so many of its occurrences has one.
_MOST_OTHER = 8

#: Negations as (pattern, what stands for it without the negation); what follows is kept.
_NEGATIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": ((r"\bnot\s", ""), (r"\bnever\b", "always"), (r"n[’']t\b", ""), (r"\bwithout\b", "with")),
    "pl": ((r"\bnie\s", ""), (r"\bnigdy\b", "zawsze"), (r"\bbez\b", "z")),
    "de": ((r"\bnicht\s", ""), (r"\bkein(?=e|\b)", "ein"), (r"\bnie\b", "immer"), (r"\bohne\b", "mit")),
    "es": ((r"\bno\s", ""), (r"\bnunca\b", "siempre"), (r"\bsin\b", "con")),
    "it": ((r"\bnon\s", ""), (r"\bmai\b", "sempre"), (r"\bsenza\b", "con")),
    "fr": ((r"\bpas\s", ""), (r"\bjamais\b", "toujours"), (r"\bsans\b", "avec")),
    "nl": ((r"\bniet\s", ""), (r"\bgeen\b", "een"), (r"\bnooit\b", "altijd"), (r"\bzonder\b", "met")),
    "ru": ((r"\bне\s", ""), (r"\bникогда\b", "всегда"), (r"\bбез\b", "с")),
    "uk": ((r"\bне\s", ""), (r"\bніколи\b", "завжди"), (r"\bбез\b", "з")),
    "cs": ((r"\bne(?=(?:ní|bu|by|má|mů|mo|bo|do|po|ch)\w)", ""), (r"\bnikdy\b", "vždy"), (r"\bbez\b", "s")),
    "hu": ((r"\bnem\s", ""), (r"\bsoha\b", "mindig")),
    "fi": ((r"\bei\b", "on"), (r"\beivät\b", "ovat"), (r"\bilman\b", "kanssa")),
    "id": ((r"\btidak\s", ""), (r"\bbukan\s", ""), (r"\btanpa\b", "dengan")),
    "tr": ((r"\bdeğil(?=\w*)", ""), (r"\basla\b", "her zaman")),
    "vi": ((r"\bkhông\s", ""), (r"\bchưa\s", "đã ")),
    "ar": ((r"\bلا\s", ""), (r"\bلم\s", ""), (r"\bلن\s", "")),
    "ko": ((r"지 않", "고 있"), (r"없(?=[다었는을이])", "있"), (r"\b안 ", "")),
    "ja": ((r"ない(?=[。、と])", "ある"), (r"ません", "ます"), (r"なかった", "た")),
    "zh": ((r"不(?=[会能是想])", ""), (r"没有", "有"), (r"没(?!有)", "")),
}


def words(text: str, lang: str) -> list[tuple[tuple[int, int], str]]:
    """The words of a text with their ranges, as far as they can be told without a dictionary."""
    return [(match.span(), match.group()) for match in _UNSPACED_WORD.get(lang, _WORD).finditer(text)]


class Replacements:
    """Chooses replacements among the words of some texts in one language."""

    def __init__(self, texts: Sequence[str], lang: str, neighbours: Mapping[str, Sequence[str]] | None = None) -> None:
        self._lang = lang
        self._neighbours = neighbours or {}
        self._counts = Counter(word for text in texts for _, word in words(text, lang))
        self._classes: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for word in sorted(self._counts):
            if self.is_content(word):
                for key in self._keys(word):
                    self._classes[key].append(word)
        self._names = frozenset(
            word
            for word in _within_sentences(texts, lang)
            if len(word) >= 4 and word[0].isupper() and lang != "de" and word.lower() not in self._counts
        )
        self._negations = [(re.compile(pattern), plain) for pattern, plain in _NEGATIONS.get(lang, ())]
        self._negated = self._what_is_negated(texts)

    def is_content(self, word: str) -> bool:
        """Long enough and rare enough to carry meaning."""
        return len(word) >= _SHORTEST.get(self._lang, 4) and self._counts[word] <= max(8, len(self._counts) // 300)

    def is_name(self, word: str) -> bool:
        """Capitalised within sentences and never written small, in languages where that tells names."""
        return word in self._names

    def alike(self, word: str, near: Counter[str], rng: random.Random) -> str | None:
        """A word of the same ending, case and frequency, sometimes from the same document."""
        for key in self._keys(word):
            members = [other for other in self._classes[key] if not _related(word, other)]
            if rng.random() < 0.5:
                members = [other for other in members if other in near] or members
            if len(members) >= 3 or (members and key == self._keys(word)[-1]):
                return rng.choice(members)
        return None

    def neighbour(self, word: str, _near: Counter[str], rng: random.Random) -> str | None:
        """A word of similar meaning that is no inflection of this one."""
        members = [other for other in self._neighbours.get(word, ()) if not _related(word, other)]
        return rng.choice(members[:6]) if members else None

    def name(self, word: str, near: Counter[str], rng: random.Random) -> str | None:
        """Another name, from the same document where there is one."""
        names = [other for other in sorted(near) if self.is_name(other) and not _related(word, other)]
        return rng.choice(names) if names else None

    def negations(self, text: str) -> list[tuple[tuple[int, int], str]]:
        """Places with a negation and what they say without it, and places that can take one."""
        found = [(match.span(), plain) for pattern, plain in self._negations for match in pattern.finditer(text)]
        if found or self._negated is None:
            return found
        mark, verbs = self._negated
        return [
            ((start, end), mark + text[start:end]) for (start, end), word in words(text, self._lang) if word in verbs
        ]

    def _what_is_negated(self, texts: Sequence[str]) -> tuple[str, frozenset[str]] | None:
        """The language's free negation word, where it has one, and the words seen after it."""
        if not self._negations or not self._negations[0][0].pattern.endswith(r"\s") or self._lang in {"en", "fr", "nl"}:
            return None
        pattern = re.compile(f"({self._negations[0][0].pattern})({_WORD.pattern})")
        marks, after = Counter[str](), Counter[str]()
        for text in texts:
            for match in pattern.finditer(text):
                marks[match.group(1)] += 1
                after[match.group(2)] += 1
        verbs = frozenset(word for word, count in after.items() if self._counts[word] <= _MOST_OTHER * count)
        return (marks.most_common(1)[0][0], verbs) if marks else None

    def _keys(self, word: str) -> tuple[tuple[object, ...], ...]:
        case = "upper" if word.isupper() else "title" if word[0].isupper() else "lower"
        frequency = min(self._counts[word], 16).bit_length()
        if self._lang in _UNSPACED_WORD:
            script = word[0] > "\u4e00"
            return ((script, len(word), frequency), (script, len(word)))
        return (*((case, frequency, word[-size:]) for size in (3, 2, 1)), (case, frequency))


def _within_sentences(texts: Sequence[str], lang: str) -> set[str]:
    """The words that stand anywhere but at the beginning of a sentence."""
    found = set()
    for text in texts:
        end, start = 0, True
        for (begin, stop), word in words(text, lang):
            start = start or any(sign in text[end:begin] for sign in ".!?…:\"“„«‘'(")
            if not start:
                found.add(word)
            end, start = stop, False
    return found


def _related(word: str, other: str) -> bool:
    """Perhaps the same word in another form."""
    a, b = word.casefold(), other.casefold()
    shared = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 4 or 2 * shared > min(len(a), len(b))
