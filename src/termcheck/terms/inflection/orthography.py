"""How the spellings of one word are made comparable: composition, apostrophes, invisible characters, letter case."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʹ′＇`´"), "'")
# Soft hyphen, zero width space, joiners and the byte order mark: none of them is seen, all of them break a comparison.
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_CLEAN = {**_APOSTROPHES, **_INVISIBLE}
_MNEMONIC = re.compile(r"\[([^\W\d_]{1,2})\](?=[^\W\d_])")
_TURKIC_CASE = {ord("I"): "ı", ord("İ"): "i"}
_TURKIC = frozenset({"tr", "az", "crh", "tt"})


def primary_language(tag: str) -> str:
    """The language subtag of a BCP 47 tag in lower case: ``pt`` for ``pt-BR``."""
    return tag.replace("_", "-").partition("-")[0].lower()


def clean(text: str) -> str:
    """NFC, with one kind of apostrophe, without invisible characters and the brackets of a mnemonic (``[r]emove``).

    Letter case is kept.
    """
    if "[" in text:
        text = _MNEMONIC.sub(r"\1", text)
    return text if text.isascii() and "`" not in text else unicodedata.normalize("NFC", text).translate(_CLEAN)


def fold(text: str, lang: str) -> str:
    """The spelling that comparisons use: ``clean`` and without letter case.

    Turkish and Azerbaijani pair I with ı and İ with i. The result may be longer or shorter than ``text``.
    """
    text = clean(text)
    if primary_language(lang) in _TURKIC:
        text = text.translate(_TURKIC_CASE)
    return unicodedata.normalize("NFC", text.casefold())
