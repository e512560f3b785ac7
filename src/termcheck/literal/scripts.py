"""Which scripts a text is written in and which a language uses (ISO 15924 codes)."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

# Only scripts that decide something; everything else counts as no script.
_RANGES = {
    "Latn": "a-zA-Zªºà-öø-ÿÀ-ÖØ-ßĀ-ɏḀ-ỿ",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Arab": "\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08b4",
    "Hebr": "\u05d0-\u05ea",
    "Armn": "\u0531-\u0587",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Deva": "\u0904-\u0939\u0958-\u0961",
    "Beng": "\u0985-\u09b9\u09dc-\u09e1",
    "Guru": "\u0a05-\u0a39\u0a59-\u0a5e",
    "Gujr": "\u0a85-\u0ab9",
    "Taml": "\u0b85-\u0bb9",
    "Telu": "\u0c05-\u0c39",
    "Knda": "\u0c85-\u0cb9",
    "Mlym": "\u0d05-\u0d39",
    "Sinh": "\u0d85-\u0dc6",
    "Thai": "\u0e01-\u0e30\u0e40-\u0e45",
    "Laoo": "\u0e81-\u0eb0",
    "Mymr": "\u1000-\u102a",
    "Khmr": "\u1780-\u17b3",
    "Ethi": "\u1200-\u135a",
    "Hang": "\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e",
    "Kana": "\u3041-\u3096\u30a1-\u30fa\u30fc\u31f0-\u31ff\uff66-\uff9d",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
_PATTERNS = {script: re.compile(f"[{ranges}]") for script, ranges in _RANGES.items()}
_ASCII_LETTERS = re.compile("[a-zA-Z]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")

# How many letters of an alphabet one character of the script is worth.
_WEIGHTS = {"Hang": 2.5, "Hani": 3.0, "Kana": 2.0}

# CLDR's scripts for languages are Jpan and Kore; a text in them is told by its kana and its Hangul.
_AS_WRITTEN = {"Jpan": "Kana", "Kore": "Hang", "Hans": "Hani", "Hant": "Hani"}


def letters(text: str) -> dict[str, float]:
    """How much of each script a text holds, in letters of an alphabet; only scripts that occur, in a fixed order."""
    count = sum(map(len, _ASCII_LETTERS.findall(text)))
    counts = {"Latn": count} if count else {}
    if text.isascii():
        return {"Latn": float(count)} if count else {}
    for character, count in Counter("".join(_BEYOND_ASCII.findall(text))).items():
        if script := _script_of_character(character):
            counts[script] = counts.get(script, 0) + count
    return {script: counts[script] * _WEIGHTS.get(script, 1.0) for script in _RANGES if script in counts}


@lru_cache(maxsize=1 << 14)
def _script_of_character(character: str) -> str:
    """The script of a letter; empty for what is none of a script that decides something."""
    return next((script for script, pattern in _PATTERNS.items() if pattern.match(character)), "")


@lru_cache(maxsize=1024)
def script_of(lang: str) -> str:
    """The script a language tag says or implies, told as `letters` does (``Kana`` for Japanese)."""
    import langcodes

    script = langcodes.Language.get(lang).maximize().script or ""
    return _AS_WRITTEN.get(script, script)
