"""Czech (and, closely enough, Slovak): endings of nouns, adjectives and verbs with their consonant changes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.paradigm import ParadigmInflection, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS = {
    "adj": "ý á é ého ému ém ým ou í ých ými",
    "l": "l la lo li ly",
    "n": "n na no ni ny ný ná né ného nému ném ným nou ní ních ními ních ním",
}
_RULES = (
    Rule(r"[bdfghklmnprstvxzťďňčšžřcj]$", 0, "- a u ovi em e ě y i 'i 'e é ové ů ům ech ách 'ích emi ami ích ích mi"),
    Rule(r"tel$", 0, "e i em é ů ům ích"),
    Rule(r"[ďťň]$", 0, "- i e í ím ích emi"),
    Rule(r"a$", 1, "a y u o 'e ě ou ám ách ami ~ i ové ů é ům"),
    Rule(r"[eě]$", 1, "e ě i í ím ích emi ~ ete eti etem ata at atům a"),
    Rule(r"ce$", 1, "e i í ím ích emi ~ ů ům"),
    Rule(r"o$", 1, "o a u em ě 'e ům ech ách 'ích y ~ i"),
    Rule(r"í$", 1, "í ím ích ími ího ímu"),
    Rule(r"st$", 0, "- i í em ech mi"),
    Rule(r"[ýáé]$", 1, "{adj} 'í e"),
    Rule(r"um$", 2, "um a u em ech ách y ům"),
    Rule(r"(us|os|es)$", 2, "- a u em y ů ům ech ovi ové"),
    Rule(r"ovat$", 4, "ovat uji uju uješ uje ujeme ujete ují ujou uj ujte uje ujíc ující oval ovala ovalo ovali"
                      " ovaly ován ována ováno ováni"
         " ovány ovaný ovaná ované ovaného ovaném ovaných ovanými ovanou ování ováním ováních"),
    Rule(r"at$", 2, "at ám áš á áme áte ají ej ejte al ala alo ali aly án ána áno áni ány aný aná ané aného"
                    " aných aným anou ání áním"),
    Rule(r"[ie]t$", 2, "it et ím íš í íme íte ějí ejí i il ila ilo ili ily el ela elo eli ely en ena eno eni"
                       " eny ený ená ené eného ených"
         " eným enou ení ením eních ě ěte"),
    Rule(r"ít$", 2, "ít il ila ilo ili ily it ita ito iti ity itý itá ité itého itých itým ití itím iji ije"
                    " iješ ijeme ijete ijí ij ijte"),
    Rule(r"nout$", 4, "nout nu neš ne neme nete nou nul nula nulo nuli nuly nut nuta nuto nutí ni něte"),
)  # fmt: skip
_STRIP = (
    "atům ovi ové ého ému ými ých ích ími emi ami ách ech ovat oval ovala ovali uje ují ování ám ům ou em ém ým"
    " ím at it et"
    " al ala ali il ila ili a á e é ě i í o u ů y ý"
)
_PALATAL = (("ck", "čt"), ("sk", "šť"), ("ch", "š"), ("k", "c"), ("h", "z"), ("g", "z"), ("r", "ř"))
_CONSONANTS = "bcčdďfghjklmnňpqrřsštťvzž"


def _palatalised(stem: str) -> Iterator[str]:
    for each in (stem, *_variants(stem)):
        yield each
        for old, new in _PALATAL:
            if each.endswith(old):
                yield each[: -len(old)] + new
                break


def _variants(stem: str) -> Iterator[str]:
    """The stem before endings: fleeting e (článek, článku), ů to o (stůl, stolu), long to short vowels."""
    if len(stem) > 3 and stem[-2] in "eě" and stem[-1] in "kclnrň" and stem[-3] in _CONSONANTS:
        yield stem[:-2] + stem[-1]
    at = stem.rfind("ů")
    if at >= 0 and len(stem) - at <= 3:
        yield stem[:at] + "o" + stem[at + 1 :]
    if stem[-1] in "ťďň":
        yield stem[:-1] + {"ť": "t", "ď": "d", "ň": "n"}[stem[-1]]
    for long_vowel, short in (("í", "ě"), ("á", "a"), ("é", "e"), ("í", "i")):
        if len(stem) > 2 and stem[-2] == long_vowel and len(stem) <= 5:
            yield stem[:-2] + short + stem[-1]


def _without_ending(stem: str) -> Iterator[str]:
    yield stem
    if len(stem) > 2 and stem[-1] in _CONSONANTS and stem[-2] in _CONSONANTS:
        yield stem[:-1] + "e" + stem[-1]
    for long_vowel, short in (("á", "a"), ("í", "i"), ("í", "ě"), ("ou", "u")):
        at = stem.rfind(long_vowel)
        if at > 0 and len(stem) - at <= 3:
            yield stem[:at] + short + stem[at + len(long_vowel) :]


def _canonical(stem: str) -> str:
    if len(stem) > 4 and stem[-2] == "e" and stem[-1] in "kcln" and stem[-3] in _CONSONANTS:
        stem = stem[:-2] + stem[-1]
    if stem.endswith(("čt", "šť")):
        stem = stem[:-2] + {"čt": "ck", "šť": "sk"}[stem[-2:]]
    classes = {"c": "k", "z": "h", "ř": "r", "ť": "t", "ď": "d", "ň": "n", "š": "s"}
    stem = stem.removesuffix("ch") + ("š" if stem.endswith("ch") else "")
    return (stem[:-1] + classes.get(stem[-1], stem[-1])).replace("ů", "o")


@lru_cache(maxsize=1)
def inflection(_lang: str) -> ParadigmInflection:
    """The inflection of Czech."""
    return ParadigmInflection(
        _RULES,
        strip=_STRIP,
        canonical=_canonical,
        groups=_GROUPS,
        variants=_variants,
        changes={"'": _palatalised, "~": _without_ending},
    )
