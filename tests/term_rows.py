"""Rows of an aligned corpus for the tests of the terms stage, made from short sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.terms.evidence import CellTerms, Hit, RowTerms, TermEvidence, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Lexicon = Mapping[str, Mapping[str, Sequence[str]]]

# A sentence with a place for the concept, in English, German, Polish and Turkish. Polish and Turkish words are
# inflected by the frame: Polish wants the endings of a masculine noun, Turkish those after a front vowel.
FRAMES: tuple[dict[str, str], ...] = (
    {
        "en": "we asked the {} today",
        "de": "wir fragten den {} heute",
        "pl": "dzisiaj pytamy {}a",
        "tr": "bugün {}ye sorduk",
    },
    {
        "en": "every {} signs here",
        "de": "jeder {} unterschreibt hier",
        "pl": "każdy {} podpisuje tutaj",
        "tr": "her {} burada imzalar",
    },
    {"en": "call the {} now", "de": "ruf den {} jetzt an", "pl": "teraz zadzwoń do {}a", "tr": "şimdi {}yi ara"},
    {"en": "a letter from the {}", "de": "ein Brief von dem {}", "pl": "list od {}a", "tr": "{}den bir mektup"},
    {"en": "the {} left early", "de": "der {} ging früh", "pl": "{} wyszedł wcześnie", "tr": "{} erken çıktı"},
    {"en": "lunch with the {}", "de": "Mittagessen mit dem {}", "pl": "obiad z {}em", "tr": "{} ile yemek"},
    {"en": "nobody met the {}", "de": "niemand traf den {}", "pl": "nikt nie spotkał {}a", "tr": "kimse {}yi görmedi"},
    {"en": "the {} knows best", "de": "der {} weiß es am besten", "pl": "{} wie najlepiej", "tr": "en iyi {} bilir"},
    {"en": "the {} wrote twice", "de": "der {} schrieb zweimal", "pl": "{} napisał dwa razy", "tr": "{} iki kez yazdı"},
    {"en": "we wait for the {}", "de": "wir warten auf den {}", "pl": "czekamy na {}a", "tr": "{}yi bekliyoruz"},
)
PLAIN: tuple[dict[str, str], ...] = (
    {"en": "the sun is out", "de": "die Sonne scheint", "pl": "słońce świeci", "tr": "güneş açtı"},
    {"en": "it rained all day", "de": "es regnete den ganzen Tag", "pl": "cały dzień padało", "tr": "bütün gün yağdı"},
    {"en": "the train is late", "de": "der Zug kommt spät", "pl": "pociąg się spóźnia", "tr": "tren gecikti"},
    {"en": "we close at noon", "de": "wir schließen am Mittag", "pl": "zamykamy w południe", "tr": "öğlen kapatıyoruz"},
    {"en": "open the window", "de": "öffne das Fenster", "pl": "otwórz okno", "tr": "pencereyi aç"},
    {"en": "the soup was cold", "de": "die Suppe war kalt", "pl": "zupa była zimna", "tr": "çorba soğuktu"},
    {"en": "turn left at the bridge", "de": "an der Brücke links", "pl": "przy moście w lewo", "tr": "köprüden sola"},
    {"en": "the door is locked", "de": "die Tür ist zu", "pl": "drzwi są zamknięte", "tr": "kapı kilitli"},
    {"en": "snow fell in the night", "de": "in der Nacht fiel Schnee", "pl": "nocą padał śnieg", "tr": "gece kar var"},
    {"en": "keep the receipt", "de": "behalte die Quittung", "pl": "zachowaj paragon", "tr": "fişi sakla"},
)  # fmt: skip


def filled(words: Mapping[str, str], count: int = 10, start: int = 0) -> list[dict[str, str]]:
    """``count`` rows with the languages' words in the frames, from frame ``start`` on."""
    frames = [FRAMES[(start + number) % len(FRAMES)] for number in range(count)]
    return [{lang: frame[lang].format(word) for lang, word in words.items()} for frame in frames]


def plain(*langs: str) -> list[dict[str, str]]:
    """Ten rows that show no concept."""
    return [{lang: row[lang] for lang in langs} for row in PLAIN]


def same(word: str) -> str:
    """A grouping key that groups nothing."""
    return word.casefold()


def cell(text: str, lang: str, lexicon: Lexicon, key: Callable[[str], str] = same) -> CellTerms:
    """The cell of a text. A term hits the words that begin with it; one inside a word is a compound."""
    words = [Word(key(match.group()), match.group(), *match.span()) for match in re.finditer(r"\w+", text)]
    hits: dict[str, list[Hit]] = {}
    for concept, by_lang in lexicon.items():
        for term in by_lang.get(lang, ()):
            for match in re.finditer(rf"\w*{re.escape(term)}\w*", text, re.IGNORECASE):
                compound = not match.group().casefold().startswith(term.casefold())
                hit = Hit(*match.span(), match.group(), term, compound=compound)
                hits.setdefault(concept, []).append(hit)
    return CellTerms(words, hits)


def evidence(
    rows: Sequence[Mapping[str, str]], lexicon: Lexicon, key: Callable[[str], str] = same, document: str = "guide"
) -> TermEvidence:
    """The evidence of a document with these rows."""
    return TermEvidence(
        RowTerms(document, number, {lang: cell(text, lang, lexicon, key) for lang, text in row.items()})
        for number, row in enumerate(rows)
    )
