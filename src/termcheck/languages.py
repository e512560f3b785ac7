"""Language tags: BCP 47 (RFC 5646) as used in files, folder names and settings, with their English names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.errors import TermcheckError
from termcheck.positioned import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHAPE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,7}")

# Registered as languages, but saying that there is none or that it is not known.
_NO_LANGUAGE = frozenset({"mis", "mul", "und", "zxx"})

# Two-letter codes that name folders and files of other kinds more often than texts in these languages.
_NOT_AS_NAMES = frozenset(
    ["an", "av", "cu", "cv", "ie", "ii", "in", "io", "na", "os", "pi", "sc", "sh", "ss", "st", "to", "ts"]
)

# The three-letter codes that are taken for a language in the name of a folder or file. Thousands are registered, among
# them "api", "bin", "lib", "man", "new", "old", "raw" and "src"; these are the ones that software and documentation
# are translated into and that are no everyday words. First those that also have a two-letter code.
_THREE_LETTER_CODES = """
    afr alb amh ara aze baq bel ben bos bul bur ces chi cmn cym cze dan deu dut ell eng epo est eus fas fra fre
    ger gle glg gre guj hau heb hin hrv hun hye ibo ind isl ita jav jpn kan kat kaz khm kir kor kur lav ltz mkd mlt
    mri msa mya nep nld nno nob nor pol por pus ron rus slk slv som spa sqi srp swa swe tgl tha tuk tur ukr
    urd uzb vie wel xho yor zho zul

    arn ary arz ast azb bho brx ceb ckb crh csb dsb fil gom grc gsw haw hil hsb hyw ilo kab kmr kok lij lmo
    ltg lzh mai mhr mni mrj nds nqo pap pcm pms quc sah scn sco sgs skr sma smj smn szl tyv tzm
    udm vls vro wuu xmf yue zgh
"""
_THREE_LETTER_NAMES = frozenset(_THREE_LETTER_CODES.split())


# The scripts in use that run from right to left (ISO 15924 codes).
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"})


class LanguageTagError(TermcheckError):
    """Not the tag of a language."""


@lru_cache(maxsize=4096)
def normalise(tag: str) -> str:
    """The tag in its canonical form (RFC 5646, section 4.5): ``zh_TW`` -> ``zh-TW``, ``pt-br`` -> ``pt-BR``.

    Codes that were replaced give way to their successors (``iw`` -> ``he``), three-letter codes to two-letter ones
    (``pol`` -> ``pl``). Raises ``LanguageTagError`` when a part of the tag is not registered.
    """
    import langcodes

    wanted = tag.strip().replace("_", "-")
    if not _SHAPE.fullmatch(wanted) or wanted[:3].lower() in _NO_LANGUAGE:
        raise LanguageTagError(f"{quoted(tag)} is not a language tag", _suggest(tag))
    try:
        valid = langcodes.tag_is_valid(wanted)
        language = langcodes.Language.get(wanted)
    except ValueError:
        raise LanguageTagError(f"{quoted(tag)} is not a language tag", _suggest(tag)) from None
    if language.extlangs:
        # "pol" as in "pl-POL" passes for an extended language, which no tag in use has.
        valid = False
    if not valid or not language.language:
        raise LanguageTagError(f"the language tag {quoted(tag)} does not exist", _suggest(tag))
    return langcodes.standardize_tag(wanted)


def _suggest(tag: str) -> str:
    """What the author of a wrong tag may have meant, or an empty text."""
    import langcodes

    if len(tag) > 40:
        return ""
    wanted = tag.strip().replace("_", "-")
    found = ""
    first, _, rest = wanted.partition("-")
    if rest and _is_valid(first):
        # The language is right, something behind it is not: "pl-POL", "de-formal".
        found = first
    elif len(wanted) == 2 and wanted.isascii() and wanted.isalpha():
        # A country in place of its language: "cz", "jp", "dk". An unknown country gives English.
        likely = langcodes.Language.make(territory=wanted.upper()).maximize().language or ""
        found = likely if likely != "en" else ""
    elif len(wanted) > 3 and wanted.isprintable():
        # The search by name breaks on NUL.
        try:
            found = str(langcodes.find(wanted))
        except LookupError:
            found = ""
    if not found:
        return "use a BCP 47 tag such as pl, pt-BR or zh-Hans"
    code = langcodes.standardize_tag(found)
    return f"did you mean {code} ({display_name(code)})?"


def _is_valid(tag: str) -> bool:
    import langcodes

    return bool(_SHAPE.fullmatch(tag)) and langcodes.tag_is_valid(tag)


@lru_cache(maxsize=4096)
def display_name(tag: str) -> str:
    """The English name of a valid tag's language: ``pt-BR`` -> ``Portuguese (Brazil)``."""
    import langcodes

    return langcodes.Language.get(tag).display_name("en")


@lru_cache(maxsize=4096)
def is_language_tag(name: str) -> bool:
    """Whether the name of a folder, or a part of a file's name, stands for a language.

    Meant to have few false alarms: of the registered codes only those count that texts are translated into and that
    are no common names (not ``src``, ``api``, ``io``), alone or with a registered script, region or variant
    (``zh_TW``, ``sr-Latn``, ``ca-valencia``), in any case. For a tag that the user gave, call ``normalise``.
    """
    first = name[:4].replace("_", "-").partition("-")[0].lower()
    plausible = first in _THREE_LETTER_NAMES or (len(first) == 2 and first not in _NOT_AS_NAMES)
    if not plausible or "-x-" in name.replace("_", "-").lower():
        return False
    try:
        normalise(name)
    except LanguageTagError:
        return False
    return True


@lru_cache(maxsize=4096)
def _likely(tag: str) -> tuple[str, str, str, bool]:
    """Language, likely script, likely region (UTS 35, "Likely Subtags"), and whether the tag names its region."""
    import langcodes

    language = langcodes.Language.get(tag)
    full = language.maximize()
    return full.language or "", full.script or "", full.territory or "", language.territory is not None


def is_right_to_left(tag: str) -> bool:
    """Whether texts in the language of a valid tag run from right to left: ``ar``, ``he``, ``uz-Arab``."""
    return _likely(tag)[1] in _RIGHT_TO_LEFT


def best_match(tag: str, available: Iterable[str]) -> str | None:
    """The tag in ``available`` whose texts can stand in for ``tag``; all tags normalised.

    The tag itself; else the same language and script without a region (``pt-BR`` -> ``pt``, ``zh-TW`` -> ``zh-Hant``);
    else, when ``tag`` names no region, the likely one (``pt`` -> ``pt-BR``) or the only one there is. Never another
    region's (``pt-BR`` -> ``pt-PT``) or another script's (``zh-TW`` -> ``zh``).
    """
    candidates = list(available)
    if tag in candidates:
        return tag
    language, script, region, regional = _likely(tag)
    same = [other for other in candidates if _likely(other)[:2] == (language, script)]
    for other in same:
        if not _likely(other)[3]:
            return other
    if regional:
        return None
    for other in same:
        if _likely(other)[2] == region:
            return other
    return same[0] if len(same) == 1 else None


def covers(general: str, tag: str) -> bool:
    """Whether what holds for ``general`` holds for ``tag``: the same tag, or ``general`` without its region."""
    return best_match(tag, (general,)) == general and (general == tag or not _likely(general)[3])


def is_among(tag: str, wanted: Iterable[str]) -> bool:
    """Whether one of the wanted tags selects this one; ``pt`` selects ``pt-BR`` too."""
    return any(tag == each or tag.startswith(f"{each}-") for each in wanted)
