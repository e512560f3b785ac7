"""Russian and Ukrainian: endings of nouns, adjectives and verbs, fleeting vowels, consonant changes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.paradigm import ParadigmInflection, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONSONANTS = "бвгґджзклмнпрстфхцчшщ"
_RUSSIAN_GROUPS = {
    "hard": "ый ого ому ым ом ая ой ою ую ое ые ых ыми",
    "soft": "ий его ему им ем яя ей ею юю ее ие их ими",
    "velar": "ий ого ому им ом ая ой ою ую ое ие их ими ой",
    "sibilant": "ий его ему им ем ая ей ею ую ее ие их ими",
    "past": "л ла ло ли",
    "part": "вший вшего вшему вшим вшем вшая вшей вшую вшее вшие вших вшими в вши",
    "n": "н на но ны нный нного нному нным нном нная нной нную нное нные нных нными",
    "nie": "ние ния нию нием нии ний ниям ниями ниях",
}
_RUSSIAN = (
    Rule(r"[бвгджзклмнпрстфхцчшщ]$", 0, "- а у ом ем е ы и ов ей ам ами ах"),
    Rule(r"ц$", 0, "ев"),
    Rule(r"(анин|янин)$", 2, "е - ам ами ах"),
    Rule(r"а$", 1, "а ы и е у ой ою ей ею ам ами ах ~"),
    Rule(r"я$", 1, "я и е ю ей ею ям ями ях ~ й ь"),
    Rule(r"ия$", 1, "и ю ей ям ями ях й я"),
    Rule(r"ь$", 1, "ь я ю ем ём е и ей ям ями ях ью а"),
    Rule(r"й$", 1, "й я ю ем ём е и ев ёв ям ями ях"),
    Rule(r"о$", 1, "о а у ом е ам ами ах ~ и"),
    Rule(r"[её]$", 1, "е ё я а ю у ем ом и й ям ам ями ами ях ах ей ~"),
    Rule(r"ие$", 1, "е я ю ем и й ям ями ях"),
    Rule(r"мя$", 1, "я ени енем ена ён енам енами енах"),
    Rule(r"(ый|ой)$", 2, "{hard} ~ о"),
    Rule(r"[гкх](ий|ой)$", 2, "{velar} о"),
    Rule(r"[жшчщ](ий|ая|ее|ие)$", 2, "{sibilant} е"),
    Rule(r"ий$", 2, "{soft}"),
    Rule(r"(ая|ое|ые)$", 2, "{hard} {velar}"),
    Rule(r"[аяеи]ть$", 2, "ть ю ешь ет ем ете ют й йте я {past} {part} {n} {nie} ющий ющего ющему ющим ющая"
                          " ющей ющую ющее ющие"
         " ющих ющими емый"),
    Rule(r"[аеи]ться$", 4, "ться юсь ешься ется емся етесь ются лся лась лось лись ясь"),
    Rule(r"ить$", 3, "ить ю у ишь ит им ите ят ат ил ила ило или и ив ивший ившие ена ено ены ен енный енного"
                     " енному енным енном"
         " енная енной енную енное енные енных енными ение ения ению ением ении ений ениям ениями ениях я"),
    Rule(r"(ова|ева)ть$", 5, "ую уешь ует уем уете уют уй уйте уя ующий ующего ующая ующей ующие ующих ующим"
                             " ующими ующую ующее"),
    Rule(r"нуть$", 4, "нуть ну нешь нет нем нете нут нул нула нуло нули нув"),
    Rule(r"ти$", 2, "ти у ёт ет ут ем"),
)  # fmt: skip
_UKRAINIAN_GROUPS = {
    "hard": "ий ого ому им ім а ої ою у ій е і их ими",
    "past": "в ла ло ли вши",
    "n": "но ний ного ному ним на ної ною ну ній не ні них ними ння нню нням нні",
}
_UKRAINIAN = (
    Rule(r"[бвгґджзклмнпрстфхцчшщ]$", 0, "- а у ові еві ом ем 'і і и ів ей ам ами ах е ю"),
    Rule(r"а$", 1, "а и і у ою ею 'і ам ами ах ~ о ів"),
    Rule(r"я$", 1, "я і ї ю ею єю ям ями ях ~ ь й"),
    Rule(r"р$", 0, "я ю ем еві і ів ям ями ях"),
    Rule(r"ь$", 1, "ь я ю еві ем і ів ей ям ями ях ю"),
    Rule(r"ль$", 0, "лю"),
    Rule(r"й$", 1, "й я ю єві єм ї їв ям ями ях"),
    Rule(r"о$", 1, "о а у ом 'і ам ами ах ~ ові"),
    Rule(r"е$", 1, "е я а ю у ем і ям ам ями ами ях ах ~ ь"),
    Rule(r"(.)\1я$", 1, "я ю ям і ями ях"),
    Rule(r"(.)\1я$", 2, "ь"),
    Rule(r"м'я$", 1, "я ені енем ена ен енам енами енах"),
    Rule(r"ість$", 4, "ість ості істю остей остям остями остях"),
    Rule(r"(ий|а|е|і)$", 2, "-"),
    Rule(r"ий$", 2, "{hard} о ~"),
    Rule(r"[аеоі]$", 1, "ий ого ому им ім ої ою ій их ими"),
    Rule(r"ій$", 2, "ій ього ьому ім я ьої ьою ю є і іх іми"),
    Rule(r"[аяі]ти$", 2, "ти ю єш є ємо єте ють й йте ючи {past} {n} ючий ючого ючих ючі"),
    Rule(r"[иі]ти$", 3, "ити іти ю у иш ить имо ите ять ать ив ила ило или і іть ено ений еного еному еним ена"
                        " еної ену ені ених"
         " еними ення енню енням енні"),
    Rule(r"(ува|юва)ти$", 5, "ую уєш ує уємо уєте ують уй уйте уючи юю юєш ює юємо юєте юють юй юйте юючи"
                             " ований ованого ована"
         " ованої овану оване овані ованих ованими ованим ованому овано"),
    Rule(r"(а|и|ува|юва)тися$", 4, "тися юсь єшся ється ємося єтеся ються вся лася лося лися"),
    Rule(r"нути$", 4, "нути ну неш не немо нете нуть нув нула нуло нули"),
)  # fmt: skip
_STRIP = {
    "ru": (
        "иями иях ями ами ого его ому ему ыми ими ует уют овать ать ять ить еть ешь ет ют ут ишь ит ят ал ала"
        " али ил ила или ый ий ой ая"
        " яя ую юю ое ее ые ие ых их ым им ом ем ём ей ою ею ов ев ам ям ах ях ью ия ию ии ий ие а я ы и е у ю о ь й"
    ),
    "uk": (
        "ями ами ого ому ими ові еві єві ість ості увати ати яти ити іти ують ує ають ає ла ли ло ий ій ої ою"
        " ею єю ів їв ей ам ям ах ях их"
        " им ім ом ем єм ння нню нням нні а я и і ї е є у ю о ь й"
    ),
}


def _variants(stem: str) -> Iterator[str]:
    """The stem before endings: fleeting vowels (список, списка), Ukrainian closed syllables (рік, року)."""
    if len(stem) > 3 and stem[-1] in _CONSONANTS and stem[-2] in "оеєё" and stem[-3] in _CONSONANTS:
        yield stem[:-2] + stem[-1]
        if stem[-3] == "л":
            yield stem[:-2] + "ь" + stem[-1]
    if len(stem) > 3 and stem[-1] in _CONSONANTS and stem[-2] in "еоё" and stem[-3] in "йаеиоу":
        yield stem[:-2] + "й" + stem[-1]
    if len(stem) > 2 and stem[-2] == "і" and stem[-1] in _CONSONANTS:
        yield stem[:-2] + "о" + stem[-1]
        yield stem[:-2] + "е" + stem[-1]
    if len(stem) > 4 and stem.endswith("ець"):
        yield stem[:-3] + "ц"


def _without_ending(stem: str) -> Iterator[str]:
    """The form without an ending: строк, ссылок, писем; Ukrainian посилань, слів."""
    yield stem
    if len(stem) > 2 and stem[-1] in _CONSONANTS and stem[-2] in _CONSONANTS + "ьй":
        head = stem[:-1] if stem[-2] not in "ьй" else stem[:-2]
        yield head + "о" + stem[-1]
        yield head + "е" + stem[-1]
        yield head + "е" + stem[-1] + "ь"
    if len(stem) > 2 and stem[-2] in "оеё":
        yield stem[:-2] + "і" + stem[-1]


def _palatalised(stem: str) -> Iterator[str]:
    for each in (stem, *_variants(stem)):
        yield each[:-1] + {"к": "ц", "г": "з", "х": "с"}.get(each[-1], each[-1])


def _canonical(stem: str) -> str:
    if len(stem) > 3 and stem[-1] in "кцн" and stem[-2] in "оеєё" and stem[-3] in _CONSONANTS:
        stem = stem[:-2] + stem[-1]
    stem = stem.rstrip("ьй'") or stem
    last = {"ц": "к", "з": "г", "с": "х"}.get(stem[-1], stem[-1])
    return stem[:-1].replace("ё", "е") + last


@lru_cache(maxsize=2)
def inflection(lang: str) -> ParadigmInflection:
    """The inflection of ``ru`` or ``uk``."""
    russian = lang == "ru"
    return ParadigmInflection(
        _RUSSIAN if russian else _UKRAINIAN,
        strip=_STRIP[lang],
        canonical=_canonical,
        groups=_RUSSIAN_GROUPS if russian else _UKRAINIAN_GROUPS,
        variants=_variants,
        changes={"'": _palatalised, "~": _without_ending},
    )
