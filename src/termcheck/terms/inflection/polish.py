"""Polish: endings of nouns, adjectives and verbs with the consonant and vowel changes they bring."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.paradigm import ParadigmInflection, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS = {
    "adj": "y a e ą ego emu ej ym ych ymi",
    "soft adj": "i a ie ia ą ią iego iemu iej im ich imi",
    "past": "- a o em am eś aś by aby oby bym abym",
    "past plural": "i y iśmy yśmy iście yście iby yby",
    "noun": "e a u em om ami ach",
}
# ' palatalised (locative), " personal plural, ~ without ending.
_RULES = (
    Rule(r"([bdfghkłmnprstwzxv])$", 0, "- a u owi em iem e y i 'e \"- owie ów om ami ach"),
    Rule(r"(l|j|c|cz|sz|rz|ż)$", 0, "- a u owi em e y i ów om ami ach ą owie"),
    Rule(r"[ćśźń]$", 0, "- mi '- 'a 'u 'owi 'em 'e 'ą 'om 'ami 'ach 'ów"),
    Rule(r"[bpmwf]$", 0, "i ia iu iem ie iom iami iach ią"),
    Rule(r"a$", 1, "a i y ę ą o e u em 'e \"- om ami ach ów ~ ego emu ej ym ych ymi"),
    Rule(r"[kg]a$", 1, "iego iemu iej im ich imi ie"),
    Rule(r"o$", 1, "o a u em iem 'e ~ om ami ach ów y e"),
    Rule(r"e$", 1, "e a u em ~ om ami ach ów ego emu ej ą y ym ych ymi i"),
    Rule(r"[kg]ie$", 2, 'i ie a ą iego iemu iej im ich imi o "-'),
    Rule(r"y$", 1, 'y a e ą ę ego emu ej ym ych ymi "- om ami ach ów owi em ~ ie'),
    Rule(
        r"i$", 1, 'i a e ą ę o ego iego emu iemu ej iej im ich imi "- ie ia ią iom iami iach om ami ach ów y ym ych ymi'
    ),
    Rule(r"um$", 2, "um a ów om ami ach"),
    Rule(r"mię$", 1, "ę enia eniu eniem ona ion on onom onami onach"),
    Rule(
        r"[oy]wać$",
        4,
        "ować uję ujesz uje ujemy ujecie ują uj ujmy ujcie ując ując{adj} ował{past} owal{past plural}"
        " ował{past plural}"
        " owan{adj} owani owani{noun} owań ywać ywał{past} ywał{past plural} ywal{past plural} ywan{adj}"
        " ywani{noun} ywań",
    ),
    Rule(
        r"[aeu]ć$",
        1,
        "ć m sz my cie ją j jmy jcie jąc jąc{adj} ł{past} ł{past plural} l{past plural} n{adj} ni ni{noun} ń -"
        " jesz je ję jemy",
    ),
    Rule(r"eć$", 2, "ał{past} ał{past plural} el{past plural} ę i isz imy icie ą any"),
    Rule(
        r"[iy]ć$",
        1,
        "ć ę sz - my cie ą ł{past} ł{past plural} l{past plural} on{adj} eni eni{noun} eń j jmy jcie ąc ąc{adj} je ją",
    ),
    Rule(r"[iy]ć$", 2, "- ę ą on{adj} eni{noun} eń eni my cie ąc ąc{adj}"),
    Rule(
        r"nąć$",
        2,
        "ę ie iesz iemy iecie ą ij ął ęł{past} ęł{past plural} ęl{past plural} ięt{adj} ięci ięci{noun} ięć ął{past}",
    ),
)
_STRIP = (
    "ami ach om ów owi owie owy owa owe owego owej owych owym owymi em iem a y i u ę ą o e ie iami iach iom ia"
    " ią iu ię"
    " ego emu ej ych ich ym im ymi imi iego iemu iej mi"
)
_PALATAL = (
    ("st", "ści"), ("zd", "ździ"), ("sł", "śl"), ("sn", "śni"), ("zn", "źni"), ("ch", "sz"), ("t", "ci"), ("d", "dzi"),
    ("r", "rz"), ("ł", "l"), ("k", "c"), ("g", "dz"), ("s", "si"), ("z", "zi"), ("n", "ni"), ("m", "mi"), ("p", "pi"),
    ("b", "bi"), ("w", "wi"), ("f", "fi"), ("v", "vi"), ("ć", "ci"), ("ś", "si"), ("ź", "zi"), ("ń", "ni"),
)  # fmt: skip
_PERSONAL = (
    ("st", "ści"), ("zn", "źni"), ("sn", "śni"), ("ch", "si"), ("sz", "si"), ("t", "ci"),
    ("d", "dzi"), ("r", "rzy"), ("ł", "li"), ("k", "cy"),
    ("g", "dzy"), ("s", "si"), ("ż", "zi"), ("l", "li"), ("c", "cy"), ("j", "je"),
)  # fmt: skip
_DEPALATAL = (("ci", "ć"), ("ni", "ń"), ("si", "ś"), ("zi", "ź"), ("dzi", "dź"))
_CONSONANTS = "bcćdfghjklłmnńprsśtwzźżvx"


def _replaced(stem: str, table: tuple[tuple[str, str], ...]) -> str | None:
    for old, new in table:
        if stem.endswith(old):
            return stem[: -len(old)] + new
    return None


def _palatalised(stem: str) -> Iterator[str]:
    changed = _replaced(stem, _PALATAL) or stem
    yield changed
    for variant in _variants(stem):
        yield _replaced(variant, _PALATAL) or variant


def _personal(stem: str) -> Iterator[str]:
    for each in (stem, *_variants(stem)):
        yield _replaced(each, _PERSONAL) or each + "i"


def _variants(stem: str) -> Iterator[str]:
    """The stem before endings: fleeting e (dodatek, dodatku), ó to o (zespół, zespołu), ą to ę (błąd, błędu)."""
    if len(stem) > 3 and stem[-2] == "e" and stem[-1] in "kcłnrlń" and stem[-3] in _CONSONANTS + "i":
        bare = stem[:-3] if stem[-3] == "i" else stem[:-2]
        yield bare + stem[-1]
    for old, new in (("ó", "o"), ("ą", "ę")):
        at = stem.rfind(old)
        if at >= 0 and len(stem) - at <= 3:
            yield stem[:at] + new + stem[at + 1 :]


def _without_ending(stem: str) -> Iterator[str]:
    """The form without an ending: usług, wtyczek, osób, narzędzi, zdarzeń."""
    yield stem
    hard = _replaced(stem, _DEPALATAL)
    if hard:
        yield hard
    if len(stem) > 2 and stem[-1] in _CONSONANTS and stem[-2] in _CONSONANTS:
        yield stem[:-1] + "e" + stem[-1]
        yield stem[:-1] + "ie" + stem[-1]
    if stem.endswith("j"):
        yield stem[:-1] + "yj"
    for old, new in (("o", "ó"), ("ę", "ą")):
        at = stem.rfind(old)
        if at >= 0 and len(stem) - at <= 3:
            yield stem[:at] + new + stem[at + 1 :]


_KEY_CLASSES = {"ć": "t", "c": "t", "k": "t", "ł": "l", "ń": "n", "ś": "s", "ź": "z", "ż": "g", "ó": "o", "ą": "ę"}


def _canonical(stem: str) -> str:
    """One spelling for the shapes of a stem: the sound of its last consonant and vowel alternates."""
    for soft, hard in (("dzi", "d"), ("dz", "d"), ("dź", "d"), ("rz", "r"), ("sz", "s"), ("ch", "s"), ("cz", "t")):
        if stem.endswith(soft):
            stem = stem[: -len(soft)] + hard
            break
    if len(stem) > 3 and stem[-1] == "i":
        stem = stem[:-1]
    if len(stem) > 4 and stem[-2] == "e" and stem[-1] in "kcłn" and stem[-3] in _CONSONANTS:
        stem = stem[:-2] + stem[-1]
    head, tail = stem[:-3], stem[-3:]
    return head + "".join(_KEY_CLASSES.get(letter, letter) for letter in tail)


# The two stems of znaleźć, odnaleźć, wynaleźć: that of the past and the infinitive, and that of the other forms.
_FIND = re.compile(r"(z|od|wy)na(?:le[źz]|la[zł]|jd)\w*")


def is_one_verb(first: str, second: str) -> bool:
    """Whether both words are forms of one of the verbs of finding, which have two stems (*znaleźć*, *znajdź*)."""
    one, other = _FIND.fullmatch(first), _FIND.fullmatch(second)
    return one is not None and other is not None and one[1] == other[1]


@lru_cache(maxsize=1)
def inflection(_lang: str) -> ParadigmInflection:
    """The inflection of Polish."""
    return ParadigmInflection(
        _RULES,
        strip=_STRIP,
        canonical=_canonical,
        groups=_GROUPS,
        variants=_variants,
        changes={"'": _palatalised, '"': _personal, "~": _without_ending},
    )
