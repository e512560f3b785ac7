"""Korean: particles (josa) and the copula, agreeing with the final consonant (batchim), and compounds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, RestTest, Stem, word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

_HANGUL_BASE = 0xAC00
_RIEUL = 8
_UNKNOWN = -1

# Particles that keep one shape after every word.
_FREE = (
    "에|에서|에게|에게서|한테|한테서|께|께서|의|도|만|까지|부터|마다|보다|처럼|같이|만큼|대로|밖에|조차|마저|커녕|치고|하고"
    "|더러|보고|에다|에다가|뿐|뿐만|끼리|당|씩|째|쯤|이라도|에서부터|에게로|한테로|서|엔|에겐|에선|에게선|한텐|께선|까진|부턴|처럼은|만큼은"
)
# Particles that follow others: 에서는, 에게만, 까지도, 만의, 로부터의.
_TAILS = "는|도|만|의|까지|부터|조차|마저|나|라도|요|만이|만을|만은|만의|은|이|을|으로|이라도|이다|입니다|이며|이고|인"
# Endings of the copula 이다 behind its 이; after a vowel the 이 may drop.
_COPULA = (
    "다|며|고|자|라|라는|라고|라고는|라고도|라면|라도|라서|라며|라든가|라든지|란|랑|나|나마|든|든지|든가|지|지만|지요|죠|기|기도|기에|기만"
    "|기는|거나|야|야말로|므로|니|니까|다만|더라도|었다|었던|었고|었으며|었지만|었을|었습니다|었어요|었는데|었다면|어야|어서|어도"
    "|에요|오|십니다|시다|신|실|시며|시고|며|면|면서|던|네요|군요|구나|려면|라기보다|라기보다는|라는데|랄|란다|어요|여"
)
_CONTRACTED = (  # 이 and the ending in one syllable, after any word
    "인|일|임|입니다|입니까|인지|인지를|인데|인가|인가요|인가를|일지|일까|일까요|일수록|일뿐|임을|임에도|임은|임이|일지라도"
    "|인들|인만큼|인즉|일경우|인경우|일때|인척|인양|였다|였던|였고|였으며|였지만|였을|였습니다|였어요|였는데|였다면|여야|여서|여도|예요|옵니다"
)
# Light verbs that turn a noun into the verb of the same concept (설치하다, 설치됩니다).
_LIGHT_VERB = r"(?:하|되|해|했|돼|됐|된|될|됨|됩|한|할|함|합|받|시키|시켜|시킨|시킬|당하|드리|드립)[가-힣]{0,6}"
_PLURAL = "들"
_HONORIFIC = "님"
# Suffixes that make another word of the noun.
_DERIVED = "적|용|별|측|화|성|형|층|군|권|식|자|사|팀|명|수|용도|상|간|내|외|중|전|후"


def _batchim(word: str) -> int:
    """The number of the final consonant (0 for none), or -1 where the letter does not tell."""
    code = ord(word[-1]) - _HANGUL_BASE
    return code % 28 if 0 <= code < 11172 else _UNKNOWN


@lru_cache(maxsize=1)
def _rests() -> dict[str, re.Pattern[str]]:
    """What may follow a noun that ends in a vowel, in ㄹ, in another consonant, or in a foreign letter."""
    vowel = "는|가|를|와|로|론|로선|로썬|로서|로써|로부터|로의|야|나|란|랑|라|여|ㄴ|ㄹ"
    consonant = "은|이|을|과|으로|으론|으로선|으로썬|으로서|으로써|으로부터|으로의|아|이나|이란|이랑|이라|이여"
    rieul = "은|이|을|과|로|론|로선|로썬|로서|로써|로부터|로의|아|이나|이란|이랑|이라|이여"
    shapes = {"vowel": vowel, "consonant": consonant, "rieul": rieul, "foreign": f"{vowel}|{consonant}"}
    result: dict[str, re.Pattern[str]] = {}
    for name, own in shapes.items():
        dropped = "" if name in {"consonant", "rieul"} else f"|(?!자)(?:{_COPULA})"  # 자 alone makes a person: 기여자.
        copula = f"(?:이(?:{_COPULA})|{_CONTRACTED}{dropped})"
        result[name] = re.compile(f"(?:(?:{own}|{_FREE})(?:{_TAILS}){{0,2}}|(?:{_FREE}|로|으로)?{copula}(?:{_TAILS})?)")
    return result


def _shape(word: str) -> str:
    batchim = _batchim(word)
    if batchim == _UNKNOWN:
        return "foreign"
    if batchim == 0:
        return "vowel"
    return "rieul" if batchim == _RIEUL else "consonant"


def _is_ending(rest: str, shape: str) -> bool:
    """Whether particles, a plural or a copula follow; the plural and the honorific decide the shape that comes next."""
    for suffix in (_HONORIFIC + _PLURAL, _PLURAL, _HONORIFIC):
        if rest.startswith(suffix):
            rest = rest[len(suffix) :]
            shape = _shape(suffix)
            break
    return not rest or _rests()[shape].fullmatch(rest) is not None


@lru_cache(maxsize=4)
def _light_verb() -> re.Pattern[str]:
    return re.compile(_LIGHT_VERB)


def _test(shape: str, *, short: bool) -> RestTest:
    def test(rest: str) -> Fit | None:
        rest = rest.removeprefix("'")
        if _is_ending(rest, shape):
            return Fit.INFLECTED
        if not all("가" <= letter <= "힣" for letter in rest):
            return None
        if _light_verb().fullmatch(rest):
            return Fit.UNSURE if short else Fit.INFLECTED
        if short:
            return None
        if len(rest) == 1 or (rest[0] in _DERIVED.split("|") and _is_ending(rest[1:], _shape(rest[0]))):
            return Fit.COMPOUND if rest[0] in _DERIVED.split("|") else Fit.UNSURE_COMPOUND
        return Fit.COMPOUND

    return test


_VERB_ENDINGS = frozenset(
    word_list(
        "기 기는 기를 음 습니다 는다 는 은 을 고 고자 어 아 어서 아서 으면 세요 으세요 지 았다 었다 았습니다 었습니다"
    )
)


class Korean:
    """Nouns with their particles; a word of one syllable is found only with particles, never in compounds."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        if word.endswith("하다") and len(word) > 3:
            return (*self.stems(word.removesuffix("하다")), Stem(word, lambda rest: None if rest else Fit.EXACT))
        short = len(word) < 2
        hangul = _batchim(word) != _UNKNOWN
        tail = None
        if hangul and not short:
            tail = Fit.UNSURE_COMPOUND if len(word) == 2 else Fit.COMPOUND
        # One syllable in front of two makes too many other words (컴파일, 레코드).
        front = 2 if len(word) == 2 else 1
        return (Stem(word, _test(_shape(word), short=short or not hangul), tail=tail, front=front),)

    def key(self, word: str) -> str:
        """See `Inflection.key`: particles, plural and copula cut off, at least two syllables kept."""
        while True:
            for cut in range(2, len(word)):
                stem, rest = word[:cut], word[cut:]
                if "가" <= rest[0] <= "힣" and _is_ending(rest, _shape(stem)):
                    word = stem.rstrip("'")
                    break
            else:
                return word


def is_one_verb(first: str, second: str) -> bool:
    """Whether two words are one syllable with different endings of a verb, a stem that is too short for a key."""
    return (
        first[:1] == second[:1]
        and first[1:] in _VERB_ENDINGS
        and second[1:] in _VERB_ENDINGS
        and "가" <= first[:1] <= "힣"
    )


@lru_cache(maxsize=1)
def inflection(_lang: str) -> Korean:
    """The inflection of Korean."""
    return Korean()
