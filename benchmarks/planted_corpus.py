"""A corpus of any size in four languages, generated: the same words in the same order, so that what is said is known.

Lengths of paragraphs follow those of 13 long Markdown guides (quantiles, in English words). Every document leaves out
one paragraph in one translation and changes one number in another.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = ("en", "de", "pl", "tr")
LENGTHS = (1, 3, 4, 5, 7, 8, 10, 12, 15, 18, 21, 24, 26, 29, 34, 38, 42, 47, 53, 63, 176)
PARAGRAPHS = 60
"""Paragraphs of a document."""

_WORDS = """
water Wasser woda su; house Haus dom ev; garden Garten ogród bahçe; morning Morgen ranek sabah
bread Brot chleb ekmek; road Straße droga yol; window Fenster okno pencere; winter Winter zima kış
teacher Lehrer nauczyciel öğretmen; letter Brief list mektup; river Fluss rzeka nehir; mountain Berg góra dağ
bridge Brücke most köprü; village Dorf wieś köy; market Markt targ pazar; ship Schiff statek gemi
forest Wald las orman; stone Stein kamień taş; key Schlüssel klucz anahtar; clock Uhr zegar saat
doctor Arzt lekarz doktor; bird Vogel ptak kuş; horse Pferd koń at; table Tisch stół masa
chair Stuhl krzesło sandalye; door Tür drzwi kapı; light Licht światło ışık; night Nacht noc gece
year Jahr rok yıl; child Kind dziecko çocuk; book Buch książka kitap; field Feld pole tarla
rain Regen deszcz yağmur; wind Wind wiatr rüzgâr; star Stern gwiazda yıldız; fire Feuer ogień ateş
song Lied piosenka şarkı; story Geschichte opowieść hikâye; reads liest czyta okur; writes schreibt pisze yazar
builds baut buduje kurar; sees sieht widzi görür; finds findet znajduje bulur; carries trägt niesie taşır
opens öffnet otwiera açar; closes schließt zamyka kapatır; buys kauft kupuje alır
sells verkauft sprzedaje satar; and und i ve; but aber ale ama; old alt stary eski; new neu nowy yeni
small klein mały küçük; large groß duży büyük; often oft często sıkça
"""
CONCEPTS = tuple(
    tuple(entry.split()) for line in _WORDS.strip().splitlines() for entry in line.split(";") if entry.strip()
)


def write_corpus(folder: Path, segments: int) -> int:
    """Write documents with at least ``segments`` paragraphs in all languages together; returns how many there are."""
    written = 0
    document = 0
    while written < segments:
        for lang in range(len(LANGUAGES)):
            paragraphs = list(_paragraphs(document, lang))
            path = folder / LANGUAGES[lang] / f"part{document // 100:03}" / f"page{document:05}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
            written += len(paragraphs)
        document += 1
    return written


def _paragraphs(document: int, lang: int) -> Iterator[str]:
    missing, changed = _draw(document, "missing", PARAGRAPHS), _draw(document, "changed", PARAGRAPHS)
    for number in range(PARAGRAPHS):
        if lang == 1 + document % 3 and number == missing:
            continue
        place = f"{document} {number}"
        rank = _draw(place, "length", (len(LENGTHS) - 1) * 100)
        low, high = LENGTHS[rank // 100], LENGTHS[rank // 100 + 1]
        words = []
        for index in range(low + (high - low) * (rank % 100) // 100):
            word = CONCEPTS[_draw(place, index, len(CONCEPTS))][lang]
            words.append(word[0].upper() + word[1:] if index % 12 == 0 else word)
            if index % 12 == 11:
                words[-1] += "."
        amount = 100 + _draw(place, "amount", 900)
        if lang == 1 + (document + 1) % 3 and number == changed:
            amount += 7
        yield ("# " if number % 10 == 0 else "") + " ".join(words).rstrip(".") + f" {amount}" + "." * (number % 10 > 0)


def _draw(place: object, purpose: object, count: int) -> int:
    """A number below ``count``, always the same for a place and purpose."""
    digest = hashlib.blake2b(f"{place} {purpose}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") % count
