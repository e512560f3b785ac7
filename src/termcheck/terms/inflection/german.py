"""German: endings, umlaut, verb forms, and compounds with their linking elements."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, RestTest, Stem, first_of, one_of, word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NOUN = frozenset(word_list("- s es e n en er ern em nen ns ens innen in ' 's se sen ses"))
_ADJECTIVE = frozenset(
    word_list("- e er en em es ere erer eren erem eres ste sten stes ster stem este esten estes ester")
)
_AFTER_E = frozenset(word_list("- n s ns r m nen rin rinnen"))
_UMLAUT_ENDINGS = frozenset(["", "e", "en", "er", "ern", "n", "s"])
_VERB = frozenset(
    word_list(
        "- e st t en est et te test ten tet ete etest eten etet ter tes tem end ende ender enden endes endem n nd nde"
    )
)
_PARTICIPLE = frozenset(f"{base}{ending}" for base in ("t", "et", "en") for ending in ("", "e", "er", "en", "em", "es"))
_PREFIXES = word_list(
    "herunter hoch aus ein an ab auf zu vor nach mit bei um weiter wieder zurück heraus hinzu fest"
    " bereit frei zusammen her hin dar durch über unter"
)
# Rests that look like the second part of a compound and are suffixes that make another word.
_DERIVATION = re.compile(
    r"(?:lich|isch|haft|bar|sam|los|ig|heit|keit|schaft|ung|chen|lein|tum|nis|weise|mäßig|fähig|frei|voll|reich"
    r"|ei|ieren|iert)(?:keit|heit|e|er|en|em|es|s|ung|ungen|e?n?)?|ende?[nmrs]?"
)
# Words of three letters that may follow in a compound (Lizenztyp); with e they would look like endings.
_SHORT_WORD = re.compile(r"[bdfghklmprstvwz][aouiyäöü][bdfgklmnprtz]")
_PLURALS = {  # foreign endings that the plural replaces
    "y": ("ies",),
    "um": ("en", "a"),
    "us": ("en", "i"),
    "a": ("en", "ata", "s"),
    "o": ("en", "i", "s"),
    "is": ("en",),
    "on": ("a",),
    "ix": ("izes",),
    "ex": ("izes",),
}


def _umlaut(word: str) -> str | None:
    """The word with an umlaut in its last syllable that can take one, or None."""
    matches = list(re.finditer(r"au|[aou](?![eiu])", word))
    if not matches or matches[-1].end() == len(word):
        return None
    match = matches[-1]
    changed = {"au": "äu", "a": "ä", "o": "ö", "u": "ü"}[match.group()]
    return word[: match.start()] + changed + word[match.end() :]


def _compound(known: frozenset[str], *, short: bool) -> RestTest:
    """Whether another word follows, directly or behind a linking element."""

    def test(rest: str) -> Fit | None:
        for link in ("", "s", "es", "n", "en", "er", "e"):
            part = rest[len(link) :]
            if not rest.startswith(link) or not part.isalpha():
                continue
            if len(part) < 4:
                if not link and rest not in known and _SHORT_WORD.fullmatch(part):
                    return Fit.UNSURE_COMPOUND
                continue
            if rest in known or _DERIVATION.fullmatch(part) or not re.search(r"[aeiouyäöü]", part):
                return None
            return Fit.UNSURE_COMPOUND if short else Fit.COMPOUND
        return None

    return test


class German:
    """Nouns, adjectives and verbs; a term also stands first or last in compounds."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        tail = Fit.UNSURE_COMPOUND if len(word) >= 4 else None
        short = len(word) < 5
        endings = _NOUN | _ADJECTIVE if not word.endswith("e") else _AFTER_E
        found = [Stem(word, first_of(one_of(endings), _compound(endings, short=short)), tail=tail)]
        if word.endswith("e"):
            bare = word[:-1]
            found.append(Stem(bare, one_of(frozenset(["en", "es", "er", "em", "in", "innen"]))))
            if len(bare) > 4:  # Sprache, Sprachkurs
                found.append(Stem(bare, _first_part_only))
        umlaut = _umlaut(word)
        if umlaut:
            found.append(
                Stem(umlaut, first_of(one_of(_UMLAUT_ENDINGS), _compound(_UMLAUT_ENDINGS, short=True)), tail=tail)
            )
        if word[-1] in "lnr" and word[-2:-1] == "e" and len(word) > 4:  # dunkel, dunkle
            found.append(Stem(word[:-2] + word[-1], one_of(_ADJECTIVE - {""})))
        for ending, plurals in _PLURALS.items():
            if word.endswith(ending) and len(word) > len(ending) + 2:
                found.append(Stem(word[: -len(ending)], one_of(frozenset(plurals)), tail=tail))
        if word.endswith("n") and len(word) > 4:
            found.extend(self._verb(word))
        return tuple(found)

    def _verb(self, word: str) -> Iterator[Stem]:
        root = word[:-2] if word.endswith("en") else word[:-1]
        yield Stem(root, one_of(_VERB))
        yield Stem("ge" + root, one_of(_PARTICIPLE), lead=2)
        for prefix in _PREFIXES:
            if root.startswith(prefix) and len(root) > len(prefix) + 2:
                inner = root[len(prefix) :]
                yield Stem(f"{prefix}ge{inner}", one_of(_PARTICIPLE))
                yield Stem(f"{prefix}zu{inner}", one_of(frozenset({"en", "n"})))

    def key(self, word: str) -> str:
        """See `Inflection.key`: endings cut off, umlauts undone."""
        word = word.partition("'")[0] or word
        for ending in ("innen", "ungen", "nen", "ern", "en", "er", "es", "em", "in", "e", "n", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)] + ("ung" if ending == "ungen" else "")
                break
        return word.translate(str.maketrans("äöü", "aou"))


def _first_part_only(rest: str) -> Fit | None:
    fit = _compound(frozenset(), short=True)(rest)
    return fit if rest[:1] not in {"e", "l", "i", ""} else None


@lru_cache(maxsize=1)
def inflection(_lang: str) -> German:
    """The inflection of German."""
    return German()
