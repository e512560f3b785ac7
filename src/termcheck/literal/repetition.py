"""Words and sentences that stand twice by mistake: "the the", a sentence pasted again.

Many languages double words on purpose (Indonesian *tiba tiba*, Turkish *yavaş yavaş*, Vietnamese *từ từ*); there only
words that join others are taken for slips. What a counterpart doubles as well is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.corpus.sentences import split_sentences
from termcheck.literal.number_formats import primary
from termcheck.literal.scripts import letters
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MIN_LETTERS = 20
"""Letters from which a sentence is not repeated by chance; a Chinese character counts as three."""

LONGEST = 100_000
"""Characters of a text that are looked at."""

# The same word twice with nothing but white space between, not part of something longer joined by signs.
# Marks of vowels and the like belong to the word they stand in, though they are no letters.
_SIGNS = (
    r"\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983"
    r"\u09bc\u09be-\u09cd\u0b82\u0bbe-\u0bcd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_DOUBLED = re.compile(
    rf"(?<![\w'’.@/#{_SIGNS}-])((?:[^\W\d_]|[{_SIGNS}]){{1,40}})(\s{{1,3}})\1(?![\w'’@/#{_SIGNS}-]|\.\w)", re.IGNORECASE
)

# Languages that double words of any kind, with the few words that are never doubled in them.
_REDUPLICATING: Mapping[str, frozenset[str]] = {
    "id": frozenset({"dan", "yang", "di", "ke", "dari", "untuk", "dengan", "pada", "adalah", "atau", "ini", "itu"}),
    "ms": frozenset({"dan", "yang", "di", "ke", "dari", "untuk", "dengan", "pada", "adalah", "atau", "ini", "itu"}),
    "jv": frozenset({"lan", "sing", "ing"}),
    "su": frozenset({"jeung", "anu", "nu"}),
    "tl": frozenset({"ang", "ng", "sa", "mga"}),
    "tr": frozenset({"ve", "için", "ile", "veya", "ama", "gibi", "olarak", "olan", "bir"}),
    "az": frozenset({"və", "üçün", "ilə", "bir"}),
    "vi": frozenset({"và", "của", "là", "cho", "với", "trong", "được", "các", "một", "không", "để", "khi"}),
    "hi": frozenset({"और", "का", "की", "के", "में", "को", "है"}),
    "bn": frozenset({"এবং", "ও"}),
    "ta": frozenset({"மற்றும்"}),
    "ko": frozenset({"및", "또는", "그리고", "있는", "대한", "위해", "있습니다"}),
    "hy": frozenset({"և"}),
    "ka": frozenset({"და"}),
    "hu": frozenset({"a", "és", "hogy", "egy"}),
    "fi": frozenset({"ja", "että", "on", "ei"}),
    "sw": frozenset({"na", "ya", "wa", "kwa"}),
    "af": frozenset({"en", "die"}),
    "zu": frozenset(),
    "ja": frozenset(),
    "zh": frozenset(),
    "th": frozenset(),
    "lo": frozenset(),
    "km": frozenset(),
    "my": frozenset(),
}
# Words that grammar doubles: "what that that means", "die, die die Tür öffnen", "nous nous levons".
_GRAMMAR: Mapping[str, frozenset[str]] = {
    "en": frozenset({"that", "had", "is", "do", "very", "so", "no", "bye", "in", "on", "out"}),
    "de": frozenset({"die", "der", "das", "den", "dem", "sie", "sehr", "wenn"}),
    "nl": frozenset({"die", "dat", "is", "ze", "je", "u", "heel"}),
    "fr": frozenset({"nous", "vous", "très", "en", "un"}),
    "es": frozenset({"muy", "ya"}),
    "pt": frozenset({"muito", "se"}),
    "it": frozenset({"via", "man", "piano", "poco", "molto", "mano", "così", "appena", "quasi"}),
    "pl": frozenset({"się", "już", "bardzo", "nie"}),
    "cs": frozenset({"se", "si", "to", "už"}),
    "sk": frozenset({"sa", "si", "to"}),
    "ru": frozenset({"очень", "да", "что", "чуть", "еле", "то"}),
    "uk": frozenset({"дуже", "що", "ледь", "то"}),
    "sv": frozenset({"det", "att"}),
    "da": frozenset({"det", "at", "der"}),
    "nb": frozenset({"det", "at"}),
    "ar": frozenset({"ما", "من", "بي", "سي", "دي", "إن", "إس", "تي", "أن"}),
}

# Cries and sounds.
_CALLS = frozenset(
    {"ah", "bla", "blah", "bye", "eh", "ha", "haha", "he", "hey", "hi", "ho", "hm", "la", "na", "no", "oh", "ok", "uh"}
)
# Single letters that are words.
_SINGLE: Mapping[str, str] = {
    "en": "a", "pl": "aiouwz", "cs": "aikosuvz", "sk": "aikosuvz", "ru": "авикосуя", "uk": "авийкосуязі", "es": "aeouy",
    "pt": "aeo", "it": "aeio", "fr": "ày", "hu": "a", "sv": "åi", "da": "i", "nb": "i", "hr": "aiosuk", "sl": "aoskvz",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repetition:
    """Something that stands twice: ``first`` and ``again`` are its places, ``sentence`` whether it is a sentence."""

    first: Span
    again: Span
    sentence: bool


def find_repetitions(target: str, lang: str, counterparts: Mapping[str, str]) -> tuple[Repetition, ...]:
    """What is repeated in ``target`` and in no counterpart, in order."""
    found = [*_words(target[:LONGEST], lang), *_sentences(target[:LONGEST], lang)]
    if not found:
        return ()
    others = {other: text[:LONGEST] for other, text in counterparts.items()}
    doubling = any(_DOUBLED.search(text) for text in others.values())
    twice = any(True for other, text in others.items() for _ in _sentences(text, other))
    kept = (item for item in found if not (twice if item.sentence else doubling))
    return tuple(sorted(kept, key=lambda item: item.again))


def _words(text: str, lang: str) -> Iterator[Repetition]:
    key = primary(lang)
    only = _REDUPLICATING.get(key)
    free = _GRAMMAR.get(key, frozenset())
    for match in _DOUBLED.finditer(text):
        word = match[1].casefold()
        if len(word) == 1 and (word not in _SINGLE.get(key, "") or not match[0].islower()):
            continue
        if (
            word in free
            or word in _CALLS
            or (only is not None and word not in only)
            or match[1][1:] != match[1][1:].lower()
        ):
            continue
        yield Repetition(Span(*match.span(1)), Span(match.end(2), match.end()), sentence=False)


def _sentences(text: str, lang: str) -> Iterator[Repetition]:
    seen: dict[str, Span] = {}
    spans = split_sentences(text, lang)
    if len(spans) < 2:
        return
    for start, end in spans:
        key = " ".join(text[start:end].casefold().split()).rstrip(".。!！")
        if key not in seen:
            seen[key] = Span(start, end)
        elif sum(letters(key).values()) >= MIN_LETTERS:
            yield Repetition(seen[key], Span(start, end), sentence=True)
