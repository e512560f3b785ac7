"""Turkish: suffix chains with vowel harmony and consonant assimilation, walked one suffix at a time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, RestTest, Stem, word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BACK = "aıou"
_VOWELS = "aeıioöuü"
_VOICELESS = "çfhkpsşt"
_HIGH = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}
_SOFT = {"p": "b", "ç": "c", "t": "d", "k": "ğ", "g": "ğ"}
_HARD = {"b": "p", "c": "ç", "d": "t", "ğ": "k"}
_FRONTED = {"a": "e", "o": "ö", "u": "ü"}

# Suffixes in the usual notation: A is a or e, I is ı, i, u or ü, D is d or t, C is c or ç; a bracketed vowel stands
# after a consonant only, a bracketed consonant after a vowel only. Each leads to the state behind the arrow.
_GRAPH: dict[str, str] = {
    "noun": "lAr>plural ->plural lIk>derived sIz>derived lI>derived CI>derived",
    "plural": "(I)m>case (I)n>case (I)mIz>case (I)nIz>case (s)I>case3 lArI>case3 ->case",
    "case": "(y)I>end (y)A>copula DA>ki DAn>copula (n)In>ki (y)lA>copula CA>copula ->copula",
    "case3": "nI>end nA>copula nDA>ki nDAn>copula nIn>ki (y)lA>copula ylA>copula nCA>copula ->copula",
    "ki": "ki>pronoun kü>pronoun ->copula",
    "pronoun": "lAr>plural ->case3",
    "copula": (
        "->end (y)DI>person (y)mIş>predicate (y)sA>person DIr>plural3 (y)Im>end sIn>end (y)Iz>end sInIz>end"
        " lAr>plural3 (y)ken>end"
    ),
    "predicate": "->end DIr>plural3 (y)Im>end sIn>end (y)Iz>end sInIz>end lAr>plural3 (y)DI>person (y)sA>person"
    " (y)ken>end",
    "person": "->end m>end n>end k>end nIz>end lAr>end",
    "plural3": "->end DIr>end DI>person mIş>end sA>end",
    "verb": (
        "->end Il>verb In>verb n>verb l>verb t>verb DIr>verb Iş>verb (y)Abil>verb (y)AmA>negative mA>negative"
        " mA>plural"
        " mAk>case mIyor>predicate (I)yor>predicate Ar>predicate (I)r>predicate (y)AcAk>predicate (y)AcAk>plural"
        " (y)AcAğ>plural DI>person mIş>predicate mIş>noun sA>person mAlI>predicate (y)In>end (y)InIz>end (y)An>noun"
        " DIk>plural DIğ>plural (y)Ip>end (y)ArAk>end (y)IncA>end mAdAn>end (y)Iş>noun (y)A>predicate mAktA>predicate"
    ),
    "negative": (
        "->end z>predicate yAcAk>predicate yAcAk>plural yAcAğ>plural DI>person mIş>predicate sA>person mAlI>predicate"
        " yIn>end yInIz>end yAn>noun DIk>plural DIğ>plural yIp>end yArAk>end yIncA>end mAk>case mA>plural"
        " yA>predicate"
    ),
    "derived": "->noun",
}
_MONOSYLLABLES_THAT_SOFTEN = frozenset(
    word_list(
        "kap dip renk güç uç genç borç taç yurt kurt dert tat gök çok denk ahenk harç et git güt cep kalp harp tertip"
    )
)
_DROPS_VOWEL = frozenset(
    word_list(
        "isim resim şehir fikir zehir nehir burun ağız omuz boyun göğüs karın oğul akıl nesil metin kısım"
        " kayıp kayıt sabır emir izin vakit şekil cisim asıl fasıl hüküm ritim zihin beyin kesir keşif"
        " kabir alın gönül devir nakit seyir vasıf kasıt özür ömür nakil akis hacim bağır ufuk"
    )
)
_DOUBLES = frozenset(word_list("hak his hat tıp sır zan ret zıt af had hal şık cer"))


def _realise(template: str, vowel: str, last: str) -> tuple[str, str, str]:
    """The letters of a suffix after a given last vowel and last letter, with the new last vowel and letter."""
    letters: list[str] = []
    index = 0
    while index < len(template):
        symbol = template[index]
        if symbol == "(":
            symbol = template[index + 1]
            index += 3
            if (symbol in "IA") == (last in _VOWELS):
                continue
        else:
            index += 1
        if symbol == "A":
            symbol = "a" if vowel in _BACK else "e"
        elif symbol == "I":
            symbol = _HIGH[vowel]
        elif symbol in "DC":
            symbol = {"D": "dt", "C": "cç"}[symbol][last in _VOICELESS]
        letters.append(symbol)
        last = symbol
        if symbol in _VOWELS:
            vowel = symbol
    return "".join(letters), vowel, last


@lru_cache(maxsize=8)
def _edges(state: str) -> tuple[tuple[str, str], ...]:
    edges = []
    for item in _GRAPH[state].split():
        template, _, target = item.rpartition(">")
        edges.append(("" if template == "-" else template, target))
    return tuple(edges)


@lru_cache(maxsize=65536)
def _walk(rest: str, vowel: str, last: str, state: str) -> Fit | None:
    """Whether a chain of suffixes that starts in ``state`` spells ``rest``; unsure behind a derivation."""
    if state == "end":
        return None if rest else Fit.INFLECTED
    best: Fit | None = None
    for template, target in _edges(state):
        letters, new_vowel, new_last = _realise(template, vowel, last)
        if not rest.startswith(letters):
            continue
        fit = _walk(rest[len(letters) :], new_vowel, new_last, target)
        if fit is not None and target == "derived":
            fit = Fit.UNSURE
        if fit is not None and (best is None or fit > best):
            best = fit
    return best


def _last_vowels(stem: str) -> str:
    """The vowels that suffixes may follow: the last one, and its front twin in loans such as kontrol and saat."""
    vowels = [letter for letter in stem if letter in _VOWELS]
    if not vowels:
        return "eia"
    last = vowels[-1]
    return last + _FRONTED[last] if last in _FRONTED and stem[-1] in "lt" else last


def _chain(stem: str, *states: str, before: str = "") -> RestTest:
    """A test for the suffixes after ``stem``; with ``before`` the rest must start with one of these letters."""
    vowels, last = _last_vowels(stem), stem[-1]

    def test(rest: str) -> Fit | None:
        if rest.startswith("'"):
            return _after_apostrophe(rest[1:])
        if before and not rest.startswith(tuple(before)):
            return None
        fits = [_walk(rest, vowel, last, state) for vowel in vowels for state in states]
        return max((fit for fit in fits if fit is not None), default=None)

    return test


def _after_apostrophe(rest: str) -> Fit | None:
    """Behind an apostrophe stand suffixes that follow the sound of a foreign name, which its letters do not tell."""
    fits = [_walk(rest, vowel, last, state) for vowel in "aıoueiöü" for last in "ank" for state in ("noun", "case3")]
    return max((fit for fit in fits if fit is not None), default=None)


def _softened(word: str) -> Iterator[str]:
    vowels = sum(letter in _VOWELS for letter in word)
    if word[-1] in _SOFT and (vowels > 1 or word in _MONOSYLLABLES_THAT_SOFTEN):
        yield word[:-1] + ("g" if word.endswith("nk") else _SOFT[word[-1]])
    if word in _DROPS_VOWEL:
        stem = word[:-2] + word[-1]
        yield stem
        if stem[-1] in "tp":
            yield stem[:-1] + _SOFT[stem[-1]]
    if word in _DOUBLES:
        yield word[:-1] + {"p": "b", "t": "t", "d": "d"}.get(word[-1], word[-1]) * 2


class Turkish:
    """Nouns, adjectives and verbs (in -mek, -mak)."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        if len(word) > 4 and word.endswith(("mek", "mak")):
            return tuple(self._verb_stems(word))
        return tuple(self._noun_stems(word))

    def _noun_stems(self, word: str) -> Iterator[Stem]:
        if word[-1] in "ıiuü":
            # A compound's possessive ending (web sitesi) is in the dictionary form: web sitesine, web siteleri.
            yield Stem(word, _chain(word, "noun", "case3"))
            bare = word[:-2] if len(word) > 3 and word[-2] == "s" and word[-3] in _VOWELS else word[:-1]
            if len(bare) > 1:
                yield Stem(bare, _chain(bare, "noun", before="l"))
        else:
            yield Stem(word, _chain(word, "noun"))
        for stem in _softened(word):
            yield Stem(stem, _chain(word[:-1] + stem[-1], "noun", before=_VOWELS))

    def _verb_stems(self, word: str) -> Iterator[Stem]:
        root = word[:-3]
        yield Stem(root, _chain(root, "verb"))
        if root[-1] in "ae":
            narrowed = root[:-1] + _HIGH[_last_vowels(root[:-1] or root)[0]]
            yield Stem(narrowed, _chain(narrowed, "verb", before="y"))
        if root.endswith(("et", "git", "güt", "tat")):
            yield Stem(root[:-1] + "d", _chain(root[:-1] + "d", "verb", before=_VOWELS))

    def key(self, word: str) -> str:
        """See `Inflection.key`: plural and case endings cut off, and a final vowel of a longer word."""
        word = word.partition("'")[0] or word
        word = _before_plural(word)
        while True:
            shorter = _without_case(word)
            if shorter == word:
                break
            word = shorter
        if len(word) > 3 and (word[-1] in _HARD or word.endswith("ng")):
            return word[:-1] + _HARD.get(word[-1], "k")
        return word


def _before_plural(word: str) -> str:
    for plural in ("lar", "ler"):
        at = word.find(plural, 3)
        while at > 0:
            stem, rest = word[:at], word[at + 3 :]
            vowel = plural[1]
            if any(letter in _VOWELS for letter in stem) and _walk(rest, vowel, "r", "plural"):
                return stem
            at = word.find(plural, at + 1)
    return word


_CASES = (
    (
        word_list("ndaki ndeki nda nde ndan nden sıyla siyle suyla süyle nın nin nun nün yı yi yu yü ya ye yla yle"),
        True,
    ),
    (word_list("sı si su sü sını sini sunu sünü sına sine suna süne"), True),
    (word_list("ımız imiz umuz ümüz ınız iniz unuz ünüz ın in un ün la le"), False),
    (word_list("daki deki taki teki dan den tan ten da de ta te dır dir dur dür tır tir tur tür"), None),
    (["ı", "i", "u", "ü", "a", "e"], False),
)


def _without_case(word: str) -> str:
    best = word
    for endings, after_vowel in _CASES:
        for ending in endings:
            if not word.endswith(ending):
                continue
            stem = word[: -len(ending)]
            fits = len(stem) >= 4 and any(letter in _VOWELS for letter in stem)
            if fits and after_vowel is not None:
                fits = (stem[-1] in _VOWELS) == after_vowel
            if fits and len(stem) < len(best):
                best = stem
    return best


@lru_cache(maxsize=1)
def inflection(_lang: str) -> Turkish:
    """The inflection of Turkish."""
    return Turkish()
