"""Inflection by language: which forms a dictionary form takes, and which forms belong together."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import cast

from termcheck.terms.inflection.base import Fit, Inflection, Stem
from termcheck.terms.inflection.orthography import fold, primary_language

_MODULES = {
    "cs": "czech",
    "de": "german",
    "en": "english",
    "es": "romance",
    "fi": "finnish",
    "fr": "romance",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "romance",
    "ko": "korean",
    "ms": "indonesian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "romance",
    "ru": "east_slavic",
    "sk": "czech",
    "tr": "turkish",
    "uk": "east_slavic",
    "vi": "isolating",
}

# Languages whose modules can tell that two words are one verb.
_ONE_VERB = frozenset({"id", "ko", "ms", "pl"})

__all__ = ["Fit", "Inflection", "Stem", "are_forms", "has_rules", "inflection", "is_one_verb", "stem_key"]


def has_rules(lang: str) -> bool:
    """Whether the inflection of a language is known; for the others every inflected form is unsure."""
    return primary_language(lang) in _MODULES


@lru_cache(maxsize=64)
def inflection(lang: str) -> Inflection:
    """The inflection of a language, or the generic one for a language without rules."""
    primary = primary_language(lang)
    module = import_module(f"{__name__}.{_MODULES.get(primary, 'generic')}")
    return cast("Inflection", module.inflection(primary))


@lru_cache(maxsize=500_000)
def stem_key(word: str, lang: str) -> str:
    """A key that the inflected forms of a word usually share and different words usually do not.

    Deterministic and for grouping only: it is not a word of the language. ``klient``, ``klienta`` and
    ``klientami`` have one key in Polish.
    """
    folded = fold(word, lang)
    return inflection(lang).key(folded) if folded else ""


def are_forms(first: str, second: str, lang: str) -> bool:
    """Whether one of two words is a dictionary form of which the rules of the language know the other as a form."""
    one, other = fold(first, lang), fold(second, lang)
    return has_rules(lang) and (_is_form_of(one, other, lang) or _is_form_of(other, one, lang))


def _is_form_of(form: str, word: str, lang: str) -> bool:
    return any(
        (stem.rest(form[len(stem.text) :]) or 0) >= Fit.INFLECTED
        for stem in inflection(lang).stems(word)
        if form.startswith(stem.text)
    )


def is_one_verb(first: str, second: str, lang: str) -> bool:
    """Whether two words are surely forms or kinds of one verb that its key keeps apart.

    Korean 찾기, 찾음 and 찾습니다 have a stem of a single syllable, Indonesian *berjalan* and *jalankan* one root,
    Polish *znaleźć* and *znajdź* two stems.
    """
    primary = primary_language(lang)
    if primary not in _ONE_VERB:
        return False
    module = import_module(f"{__name__}.{_MODULES[primary]}")
    return bool(module.is_one_verb(first, second))
