"""Number words: looked up in tables, put together to values.

The tables (``number_words.toml``) serve to *explain* digits: where one version writes ``12`` and another a word for
it, nothing is wrong. They are therefore generous: a word that may mean a number counts as that number.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from termcheck.literal.number_formats import Reading, primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_WORD = 40
_LONGEST_RUN = 8
_INSIDE = " \u00a0\u202f\u2009-\u2010\u2011"
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_SAME_WORDS_AS = {
    "ms": "id",
    "nb": "sv",
    "da": "sv",
    "nn": "sv",
    "no": "sv",
    "sk": "cs",
    "be": "ru",
    "gl": "pt",
    "yue": "zh",
}
_WITHOUT_SPACES = frozenset({"ja", "zh"})

# Understood beside digits in every language: 5k, 2.8bn, 3 mln, 11 Mio.
_ABBREVIATIONS = {
    "k": 3, "тыс": 3, "тис": 3, "tys": 3, "tis": 3, "tsd": 3, "rb": 3,
    "m": 6, "mn": 6, "mm": 6, "mln": 6, "mio": 6, "mill": 6, "mil": 6, "млн": 6, "jt": 6, "м": 6,
    "b": 9, "bn": 9, "bln": 9, "mrd": 9, "mld": 9, "md": 9, "mds": 9, "mia": 9, "mlrd": 9, "млрд": 9,
    "t": 12, "tn": 12, "trn": 12, "трлн": 12,
}  # fmt: skip
# Which of them also are units, or words of other languages.
_DOUBTFUL = frozenset({"k", "m", "b", "t", "м", "mm", "md", "mil", "mill", "mn", "mia", "tis", "rb", "tys"})
# Czech "mil" is many miles as well as short for a million.
_SCALE_OR_UNIT = frozenset({("cs", "mil"), ("sk", "mil")})
_INTERNATIONAL = (("milli", 6), ("mili", 6), ("milj", 6), ("milo", 6), ("tri", 12))

_ARABIC_PREFIX = re.compile(r"(?:[وفبلك])?(?:ال|لل)?")
_KOREAN_COUNTER = re.compile(
    r"(?:명|번|개|달|살|시|차례|가지|사람|주|배|곳|쪽|째|분|차|해|권|장|편|곡|대|마리|골|경기|팀|건|군데|아이|자녀|딸|아들|형제|자매|팔|손|눈|발|다리|쌍|세트|잔|병|칸|층|방)"
)


class Step(NamedTuple):
    """A part of a number: ``value`` multiplies what stands before it if ``times``, else it is added."""

    times: bool
    value: Fraction


class Word(NamedTuple):
    """What one word says: its parts in order, and all values that it or a part of it may stand for."""

    steps: tuple[Step, ...]
    values: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class WordMention:
    """Number words that stand together at ``[start, end)``; ``readings`` with their sum first, then its parts."""

    start: int
    end: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    stems: dict[str, Word]
    open_ended: frozenset[str]
    ignored: frozenset[str]
    ignored_prefixes: tuple[str, ...]
    glue: frozenset[str]
    joined: bool
    longest: int
    pattern: re.Pattern[str] | None


def knows(lang: str) -> bool:
    """Whether there are number words for the language."""
    return _table(_key(lang)) is not None


def find_words(text: str, lang: str) -> Iterator[WordMention]:
    """The number words of a text, in order. Nothing for a language without a table."""
    table = _table(_key(lang))
    if table is None:
        return
    if table.pattern is not None:
        for match in table.pattern.finditer(text):
            yield WordMention(match.start(), match.end(), _readings([table.stems[match[0]]]))
        return
    run: list[Word] = []
    start = end = seen = 0
    key = _key(lang)
    for match in _WORD.finditer(text):
        folded, word = _look_up(match[0], key)
        if run and (text[seen : match.start()].strip(_INSIDE) or len(run) >= _LONGEST_RUN):
            yield WordMention(start, end, _readings(run))
            run = []
        if word:
            start = start if run else match.start()
            run.append(word)
            end = match.end()
        elif run and folded not in table.glue:
            yield WordMention(start, end, _readings(run))
            run = []
        seen = match.end()
    if run:
        yield WordMention(start, end, _readings(run))


class Scale(NamedTuple):
    """A multiplier written behind digits: where it ends, its value, and whether it may mean something else."""

    end: int
    factor: Fraction
    doubtful: bool


def scale_after(text: str, position: int, lang: str) -> Scale | None:
    """The multiplier at ``position``, directly or after one space: ``million``, ``mil millones``, ``k``."""
    factor = Fraction(1)
    end = position
    doubtful = False
    for _ in range(3):
        here = end + 1 if text[end : end + 1] in (" ", "\u00a0", "\u202f", "\u2009", "-") else end
        match = _WORD.match(text, here)
        found = _multiplier(match[0], lang) if match and len(match[0]) <= _LONGEST_WORD else None
        if match is None or found is None:
            break
        factor *= found[0]
        doubtful |= found[1]
        end = match.end()
    return Scale(end, factor, doubtful) if end > position else None


def _multiplier(word: str, lang: str) -> tuple[Fraction, bool] | None:
    key = _key(lang)
    folded = _folded(word, key)
    table = _table(key)
    if table is not None:
        known = _word(folded, key)
        if known and all(step.times and step.value >= 100 for step in known.steps):
            return evaluate(known.steps), (key, folded) in _SCALE_OR_UNIT
    if folded in _ABBREVIATIONS:
        return Fraction(10 ** _ABBREVIATIONS[folded]), folded in _DOUBTFUL
    if table is None:
        for prefix, power in _INTERNATIONAL:
            if folded.startswith(prefix):
                return Fraction(10**power), True
    return None


def evaluate(steps: Sequence[Step]) -> Fraction:
    """The value of a number word by word: ``two hundred thousand``, ``dua puluh lima``, ``fünf-und-zwanzig``."""
    total = Fraction(0)
    section = Fraction(0)
    for times, value in steps:
        if not times:
            section += value
        elif value < 1000:
            low = section % value
            section += (low or 1) * value - low
        elif 0 < total < value:
            total = (total + section) * value
            section = Fraction(0)
        else:
            total += (section or 1) * value
            section = Fraction(0)
    return total + section


def _readings(run: Sequence[Word]) -> tuple[Reading, ...]:
    """The value of the whole run, then of every part of it ("nineteenth century" has nineteen), then of its words."""
    found: dict[Reading, None] = {}
    for length in range(len(run), 0, -1):
        for start in range(len(run) - length + 1):
            found[(evaluate([step for word in run[start : start + length] for step in word.steps]),)] = None
    for word in run:
        for value in word.values:
            found[(value,)] = None
    return tuple(found)


@lru_cache(maxsize=1024)
def _key(lang: str) -> str:
    code = primary(lang)
    return _SAME_WORDS_AS.get(code, code)


def _folded(word: str, key: str) -> str:
    if key == "tr":
        word = word.replace("I", "ı").replace("İ", "i")
    return word.casefold().replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=1 << 16)
def _look_up(word: str, key: str) -> tuple[str, Word | None]:
    """A word as it is folded in a language, and what it says."""
    folded = _folded(word, key)
    return folded, _word(folded, key)


@lru_cache(maxsize=1 << 16)
def _word(folded: str, key: str) -> Word | None:
    """What a folded word says in a language with a table; None if it is no number."""
    table = _table(key)
    if (
        table is None
        or len(folded) > _LONGEST_WORD
        or folded in table.ignored
        or folded.startswith(table.ignored_prefixes)
    ):
        return None
    if key == "ar":
        return _arabic(folded, table)
    if key == "ko":
        return _korean(folded, table)
    found = _stems(folded, table, 0)
    if found is None:
        return None
    return Word(tuple(step for word in found for step in word.steps), tuple(v for word in found for v in word.values))


def _stems(folded: str, table: _Table, position: int) -> list[Word] | None:
    """The stems from ``position`` on that make up the rest of a word, the longest first."""
    for length in range(min(table.longest, len(folded) - position), 0, -1):
        stem = folded[position : position + length]
        word = table.stems.get(stem)
        if word is None:
            continue
        end = position + length
        if end == len(folded):
            return [word]
        if table.joined:
            rest = _stems(folded, table, end)
            for glue in () if rest else table.glue:
                if folded.startswith(glue, end):
                    rest = rest or _stems(folded, table, end + len(glue))
            if rest:
                return [word, *rest]
        if stem in table.open_ended:
            return [word]
    return None


def _arabic(folded: str, table: _Table) -> Word | None:
    """Arabic writes "and", "the" and some prepositions onto the word, and "two" as an ending of the noun."""
    match = _ARABIC_PREFIX.match(folded)
    word = table.stems.get(folded) or table.stems.get(folded[match.end() :] if match else folded)
    if word is None and len(folded) > 4 and folded.endswith(("ين", "ان")):
        return Word((Step(False, Fraction(2)),), (Fraction(2),))
    return word


def _korean(folded: str, table: _Table) -> Word | None:
    """Native numerals at the start of a word, before a counter or a particle; one syllable only before a counter."""
    for length in range(min(table.longest, len(folded)), 0, -1):
        word = table.stems.get(folded[:length])
        if word and (length > 1 or length == len(folded) or _KOREAN_COUNTER.match(folded, length)):
            units = table.stems.get(folded[length : length + 1])
            if units and length == 1 and folded[0] in "열":
                continue
            rest = table.stems.get(folded[length : length + 2]) or units
            if rest and word.values[0] >= 20 and rest.values[0] < 10:
                return Word((*word.steps, *rest.steps), (*word.values, *rest.values))
            return word
    return None


@cache
def _table(key: str) -> _Table | None:
    data = _data().get(key)
    if data is None:
        return None
    stems: dict[str, Word] = {}
    open_ended: set[str] = set()
    for name, words in data["words"].items():
        step = _step(name)
        for entry in words.split():
            stem = unicodedata.normalize("NFC", entry.rstrip("*")).replace("i̇", "i")
            known = stems.get(stem)
            if known is None:
                stems[stem] = Word((step,), (step.value,))
            else:
                steps = (step,) if step.times else known.steps
                stems[stem] = Word(steps, (*known.values, step.value))
            if entry.endswith("*"):
                open_ended.add(stem)
    for number, names in enumerate(data["months"], 1):
        for entry in names.split():
            stem = entry.rstrip("*")
            value = Fraction(number)
            known = stems.get(stem)
            stems[stem] = Word(known.steps, (*known.values, value)) if known else Word((Step(False, value),), (value,))
            if entry.endswith("*"):
                open_ended.add(stem)
    ignored: list[str] = data.get("ignored", [])
    pattern = None
    if key in _WITHOUT_SPACES:
        pattern = re.compile("|".join(map(re.escape, sorted(stems, key=lambda stem: (-len(stem), stem)))))
    return _Table(
        stems,
        frozenset(open_ended),
        frozenset(entry for entry in ignored if not entry.endswith("*")),
        tuple(entry[:-1] for entry in ignored if entry.endswith("*")),
        frozenset(data["glue"]),
        data.get("joined", False),
        max(map(len, stems)),
        pattern,
    )


def _step(name: str) -> Step:
    if name[0] == "x":
        return Step(True, Fraction(name[1:]))
    return Step(False, Fraction(name.lstrip("+")))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = files("termcheck.literal").joinpath("number_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
