"""Hungarian: number, possession and case behind stems that lengthen or drop a vowel, and compounds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, RestTest, Stem, first_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CASES = (
    r"(?:[oeöaá]?t|n[ae]k|b[ae]n|b[ae]|b[oóöő]l|r[ae]|r[oóöő]l|t[oóöő]l|h[oeö]z|n[aá]l|n[ée]l|[oeöa]?n|v[ae]l"
    r"|v[áé]|ként|ig|ért|képp(?:en)?|kor|é"
    r"|([a-zé-űáíóöúü])[ae]l|[áé]|ul|ül)"
)
_PLURAL = r"(?:[oeöaá]?k)"
_POSSESSIVE = (
    r"(?:j?[ae]|[oeöaáé]?m|[oeöaáé]?d|j?[áé]|[uüou]nk|[oeöa]?t[oeö]k|j?[uü]k|[ae]i|j[ae]i|i|[ae]?i(?:m|d|nk"
    r"|t[oe]k|k)|j[ae]i(?:m|d|nk|t[oe]k|k)"
    r"|[uü]nk|nk|t[oe]k|j[aáeé]|[áé]|j?[áé]n|[oe]tok|jait|jeit|ait|eit)"
)
_VERB = (
    r"(?:[ouaeö]?k|sz|ol|el|öl|unk|ünk|[oeö]?tok|[oeö]?tek|n[ae]k|[ao]m|[eé]m|[oe]d|j?[aei]|j?uk|j?ük|j[áé]tok"
    r"|j[áé]k|t[ae]m|t[áé]l|t|ott|ett|ött"
    r"|tunk|tünk|t[ae]k|t[ae]|[oeö]tt[aáeé]?\w{0,3}|n[iy]|ni|n[áé]\w{0,3}|jon|jen|jön|j[áé]\w{0,3}|v[ae]|[oó]|ő"
    r"|[áé]s\w{0,5}|h[ae]t\w{0,5}|[aáeé]\w{1,4})?"
)
_SHORT = {"á": "a", "é": "e", "í": "i", "ó": "o", "ő": "ö", "ú": "u", "ű": "ü"}


_BACK = frozenset("aáoóuú")
_FRONT = frozenset("eöőüű")
# Endings that make another word: verbs, abstract nouns, adjectives.
_DERIVED = re.compile(r"(?:z|ság|ség|[oeöaá]?s|[ae]?tlan|[ae]?tlen|i).*")
_HARMONY_FREE = re.compile(r"kor$|ként$|ig$|ért$")


@lru_cache(maxsize=1)
def _noun_pattern() -> re.Pattern[str]:
    return re.compile(rf"-?(?:{_PLURAL}|{_POSSESSIVE})?{_CASES}?")


def _harmonises(word: str, rest: str) -> bool:
    """Whether the endings have the vowels that the word asks for; i, í and é leave it open behind a back vowel."""
    vowels = [letter for letter in word if letter in _BACK or letter in _FRONT or letter in "iíé"]
    letters = set(_HARMONY_FREE.sub("", rest))
    if not vowels:
        return True
    if vowels[-1] in _BACK:
        return not letters & _FRONT
    if vowels[-1] in _FRONT or not _BACK.intersection(vowels):
        return not letters & _BACK or set("ií").issuperset(vowels)
    return True


def _noun_test(word: str) -> RestTest:
    adjective = word[-1] not in "aáeéiíoóöőuúüű"

    def test(rest: str) -> Fit | None:
        if not _noun_pattern().fullmatch(rest) or not _harmonises(word, rest):
            return None
        return Fit.UNSURE if rest == "i" and adjective else Fit.INFLECTED

    return test


def _verb(rest: str) -> Fit | None:
    return Fit.INFLECTED if re.fullmatch(_VERB, rest) else None


def _compound(rest: str) -> Fit | None:
    return Fit.COMPOUND if len(rest) >= 4 and rest.isalpha() and not _DERIVED.fullmatch(rest) else None


def _oblique(word: str) -> Iterator[tuple[str, str]]:
    """Stems before endings and the letters these may start with: ügyfél, ügyfel-; alma, almá-; tükör, tükr-."""
    if word[-1] in "ae":
        yield word[:-1] + {"a": "á", "e": "é"}[word[-1]], ""
    if len(word) > 2 and word[-2] in _SHORT and word[-1] not in "aáeéiíoóöőuúüű":
        yield word[:-2] + _SHORT[word[-2]] + word[-1], "aeioöuüáé"
    if len(word) > 4 and word[-2] in "oeö" and word[-1] in "lrmzgkn" and word[-3] not in "aáeéiíoóöőuúüű":
        yield word[:-2] + word[-1], "aeioöuüáé"
    if word[-1] in "óő":
        yield word[:-1] + {"ó": "av", "ő": "ev"}[word[-1]], "a e"


class Hungarian:
    """Nouns, adjectives and verbs; a term also stands first or last in compounds."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        long = len(word) >= 5
        tail = Fit.UNSURE_COMPOUND if long else None
        noun = _noun_test(word)
        found = [Stem(word, first_of(noun, _compound) if long else noun, tail=tail)]
        for stem, starts in _oblique(word):
            found.append(Stem(stem, _starting(noun, starts), tail=tail))
        if word.endswith("ni") and len(word) > 4:
            root = word[:-2].removesuffix("a").removesuffix("e") if len(word) > 6 else word[:-2]
            found.append(Stem(root, _verb))
        return tuple(found)

    def key(self, word: str) -> str:
        """See `Inflection.key`: cases, possessives and plural cut off, the last vowel shortened."""
        for suffix in (_CASES, _POSSESSIVE, _PLURAL):
            match = re.fullmatch(rf"(.{{3,}}?){suffix}", word)
            if match and len(match.group(1)) >= 4:
                word = match.group(1)
        word = word.rstrip("aáeé") if len(word) > 4 else word
        return word[:-2] + "".join(_SHORT.get(letter, letter) for letter in word[-2:])


def _starting(noun: RestTest, starts: str) -> RestTest:
    def test(rest: str) -> Fit | None:
        return noun(rest) if rest and (not starts or rest[0] in starts) else None

    return test


@lru_cache(maxsize=1)
def inflection(_lang: str) -> Hungarian:
    """The inflection of Hungarian."""
    return Hungarian()
