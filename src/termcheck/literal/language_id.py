"""Text in another language than its version's: left untranslated, or pasted from another version.

The script decides where it can; `lingua` (Stahl) decides among the languages of one script, from character n-grams.
What says nothing about the language is left out before: names, code, addresses, placeholders, numbers, quotations.
Close relatives (Indonesian and Malay, Czech and Slovak, ...) count as the same language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from termcheck.literal.masking import mask, mask_addresses
from termcheck.literal.number_formats import primary
from termcheck.literal.scripts import letters, script_of
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lingua import LanguageDetector

MIN_LETTERS = 18
"""Letters that must be left after cleaning for any answer; a Chinese character counts as three, a Hangul syllable as
two and a half."""

MIN_WORDS = 4
"""Words that must be left, in scripts that separate words."""

MIN_CONFIDENCE = 0.5
"""Probability among the candidates from which another language is reported."""

MAX_OWN = 0.1
"""Probability of the version's own language up to which another language is reported."""

MAX_OWN_WITH_NAMES = 0.3
"""The same for the text with its names, which often are from the version's own language."""

SURE_CONFIDENCE = 0.8
"""The same where only the names in the text make it long enough; then at most ``SURE_OWN`` for its own language."""

SURE_OWN = 0.02

OWN_SCRIPT = 0.12
"""Share of letters in the version's own script from which a text counts as its language with foreign words in it."""

_LONGEST = 4000
"""Characters of a text that are looked at; more do not change the answer."""

_DIGITS = 6
"""Decimals of a probability."""

_RELATIVES = (
    frozenset({"id", "ms", "jv", "su"}),
    frozenset({"cs", "sk"}),
    frozenset({"hr", "sr", "bs", "sh", "cnr", "sl"}),
    frozenset({"nb", "nn", "no", "da", "sv"}),
    frozenset({"zh", "yue", "lzh", "wuu", "cmn"}),
    frozenset({"bg", "mk"}),
    frozenset({"be", "uk", "ru"}),
    frozenset({"gl", "pt"}),
    frozenset({"gl", "es", "ca", "ast"}),
    frozenset({"af", "nl"}),
    frozenset({"hi", "mr", "ne", "sa"}),
    frozenset({"tr", "az", "tk", "crh"}),
    frozenset({"fi", "et"}),
    frozenset({"tl", "fil", "ceb"}),
    frozenset({"fa", "prs", "tg"}),
    frozenset({"zu", "xh"}),
)
# What lingua calls otherwise.
_ISO_CODES = {"no": "nb", "fil": "tl", "sh": "hr", "cmn": "zh", "yue": "zh"}

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CODE_BEFORE = re.compile(r"[\w@#/\\.:{<$=`%&~+*\]]$")
_CODE_AFTER = re.compile(r"[\d_@/\\=`}>]|[.:](?=\w)|\(\)")
# Before a word that may have its capital for opening a sentence, a quotation or what follows a colon.
_SENTENCE_END = re.compile(r"[.!?…:؟]+[\"'”’»)\]]*\s|[。！？]+[」』”’）]*|\n")
_CAMEL = re.compile(r"[a-zа-я][A-ZА-Я]")
QUOTATIONS = re.compile(
    r"\"[^\"\n]{4,400}\"|“[^”\n]{4,400}”|„[^“”\n]{4,400}[“”]|«[^»\n]{4,400}»|「[^」\n]{4,400}」|『[^』\n]{4,400}』|《[^》\n]{1,400}》|‘[^’\n]{4,400}’"
)
_OPENING_QUOTATION = re.compile('["“„«「『《‘]')
_PLACEHOLDER_SIGN = re.compile("[{%<`]")
_PLACEHOLDER = re.compile(r"\$?\{\{?[^{}\n]{0,80}\}?\}|%\w\b|<[^<>\n]{1,200}>|`[^`\n]{1,400}`")


@dataclass(frozen=True, slots=True)
class Identification:
    """What language a text is in: a tag and its probability in [0, 1] among the candidates, or None and 0."""

    lang: str | None
    confidence: float


UNKNOWN = Identification(None, 0.0)


@lru_cache(maxsize=4096)
def are_related(left: str, right: str) -> bool:
    """Whether two tags name the same language or ones too close to be told apart in a paragraph."""
    one, other = primary(left), primary(right)
    return one == other or any(one in group and other in group for group in _RELATIVES)


class LanguageIdentifier:
    """Tells the candidate languages and English apart.

    ``candidates`` are normalised BCP 47 tags; a language unknown to `lingua` is only told by a script of its own.
    Models are loaded with the first text that needs them.
    """

    def __init__(self, candidates: Sequence[str]) -> None:
        self.candidates = tuple(dict.fromkeys((*candidates, "en")))

    @cached_property
    def _by_script(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for lang in self.candidates:
            found.setdefault(script_of(lang), []).append(lang)
        if "Kana" in found:
            found.setdefault("Hani", [])
        return {script: tuple(langs) for script, langs in found.items()}

    def identify(self, text: str, protected: Iterable[tuple[int, int]] = ()) -> Identification:
        """The language of a text; unknown when it is too short once names, code and the like are left out."""
        probabilities = self._probabilities(_prepared(text[:_LONGEST], protected).core)
        if not probabilities:
            return UNKNOWN
        return _likeliest(probabilities)

    def probabilities(self, text: str, protected: Iterable[tuple[int, int]] = ()) -> Mapping[str, float]:
        """What each candidate's probability is for a text of any length, names included; empty if none is.

        For short texts this is weak evidence, to be used with evidence of another kind.
        """
        return self._probabilities(_prepared(text[:_LONGEST], protected).whole, least=1)

    def wrong_language(self, text: str, lang: str, protected: Iterable[tuple[int, int]] = ()) -> Identification | None:
        """The language of ``text`` if it surely is another one than ``lang``, else None.

        ``protected`` are spans of ``text`` that do not count (code, placeholders, links).
        """
        return self._foreign(_prepared(text[:_LONGEST], protected), lang)

    def _foreign(self, text: _Prepared, lang: str) -> Identification | None:
        shares = letters(text.core)
        if _is_in_script_of(lang, shares):
            return None
        probabilities = self._probabilities(text.core, shares=shares)
        if probabilities:
            found, own = _likeliest(probabilities), _own(probabilities, lang)
            if are_related(found.lang or "", lang) or found.confidence < MIN_CONFIDENCE or own > MAX_OWN:
                return None
            # Single letters can mislead in the few words between names.
            whole = self._probabilities(text.whole, least=1)
            return found if whole and _own(whole, lang) <= MAX_OWN_WITH_NAMES else None
        return self._foreign_with_names(text, lang)

    def _foreign_with_names(self, text: _Prepared, lang: str) -> Identification | None:
        """For a text that is mostly names: the words between them and the whole must say the same."""
        if len(_WORD.findall(text.core)) < 2 or _is_in_script_of(lang, letters(text.whole)):
            return None
        whole = self._probabilities(text.whole)
        if not whole:
            return None
        found = _likeliest(whole)
        if are_related(found.lang or "", lang) or found.confidence < SURE_CONFIDENCE or _own(whole, lang) > SURE_OWN:
            return None
        core = self._probabilities(text.core, least=1)
        return found if core and _likeliest(core).lang == found.lang else None

    def _probabilities(
        self, cleaned: str, least: int = MIN_LETTERS, shares: Mapping[str, float] | None = None
    ) -> dict[str, float]:
        """Candidates and their probabilities for a cleaned text; empty if it has fewer than ``least`` letters.

        ``shares`` are its letters, where they are known.
        """
        shares = letters(cleaned) if shares is None else shares
        if sum(shares.values()) < least:
            return {}
        script = max(shares, key=shares.__getitem__)
        if script in ("Hani", "Kana") and "Kana" in shares:
            # A Chinese text quotes a Japanese name now and then.
            script = "Kana" if shares["Kana"] >= 0.1 * (shares["Kana"] + shares.get("Hani", 0.0)) else "Hani"
        if least > 1 and script not in _UNSPACED and len(_WORD.findall(cleaned)) < MIN_WORDS:
            return {}
        langs = self._by_script.get(script, ())
        if len(langs) <= 1:
            return {langs[0]: 1.0} if langs else {}
        return self._lingua(cleaned, langs)

    def _lingua(self, cleaned: str, langs: Sequence[str]) -> dict[str, float]:
        """Probabilities by `lingua` among the languages of one script; tags of one language share one value."""
        detector, names = self._detector
        values = {
            value.language.iso_code_639_1.name.lower(): value.value
            for value in detector.compute_language_confidence_values(" ".join(cleaned.split()))
        }
        found: dict[str, float] = {}
        for lang in langs:
            code = names.get(lang)
            if code is not None and code not in {names.get(known) for known in found}:
                found[lang] = values.get(code, 0.0)
        total = sum(found.values())
        # The library adds up in another order in every process, so that the last bits differ.
        return {lang: round(value / total, _DIGITS) for lang, value in found.items()} if total > 0 else {}

    @cached_property
    def _detector(self) -> tuple[LanguageDetector, Mapping[str, str]]:
        """The detector and, per candidate that it knows, the ISO 639-1 code it answers with."""
        from lingua import IsoCode639_1, Language, LanguageDetectorBuilder

        known = {language.iso_code_639_1.name.lower() for language in Language.all()}
        names = {}
        for lang in self.candidates:
            code = _ISO_CODES.get(primary(lang), primary(lang))
            if code in known:
                names[lang] = code
        codes = [IsoCode639_1.from_str(code.upper()) for code in sorted(set(names.values()))]
        return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build(), names


# Scripts of many languages, among which the script decides nothing.
_SHARED = frozenset({"Latn", "Cyrl", "Arab", "Deva"})
# Letters (three a character) up to which kanji alone may be Japanese.
_LONGEST_KANJI = 45.0
_UNSPACED = frozenset({"Hani", "Kana", "Thai", "Laoo", "Khmr", "Mymr"})


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A text with spaces where it says nothing about its language; ``core`` is also without names, ``whole`` not."""

    core: str
    whole: str


def _prepared(text: str, protected: Iterable[tuple[int, int]]) -> _Prepared:
    """The text without quotations where enough is left, or where all that is left are names and addresses."""
    plain = mask_addresses(mask(text, protected))
    if _PLACEHOLDER_SIGN.search(plain):
        plain = _PLACEHOLDER.sub(_blank, plain)
    without = QUOTATIONS.sub(_blank, plain) if _OPENING_QUOTATION.search(plain) else plain
    if without != plain and letters(QUOTATIONS.sub(_blank, text)):
        core = mask(without, _names_and_code(without))
        enough = sum(letters(core).values()) >= MIN_LETTERS
        return _Prepared(core, without if enough else plain)
    return _Prepared(mask(plain, _names_and_code(plain)), plain)


def _likeliest(probabilities: Mapping[str, float]) -> Identification:
    lang, confidence = max(probabilities.items(), key=lambda item: item[1])
    return Identification(lang, confidence)


def _own(probabilities: Mapping[str, float], lang: str) -> float:
    return sum(value for name, value in probabilities.items() if are_related(name, lang))


def _is_in_script_of(lang: str, shares: Mapping[str, float]) -> bool:
    """Whether a text in a script that few languages write has enough of ``lang``'s script to be in it."""
    own = script_of(lang)
    total = sum(shares.values())
    written = shares.get(own, 0.0)
    if own in _SHARED or not total:
        return False
    if own == "Kana":
        han = shares.get("Hani", 0.0)
        # Titles in Japanese may do without kana, sentences do not.
        return written >= 0.05 * total or (han >= OWN_SCRIPT * total and han < _LONGEST_KANJI)
    if own == "Hani":
        # Japanese is full of Chinese characters.
        return written >= OWN_SCRIPT * total and shares.get("Kana", 0.0) < 0.1 * (written + shares.get("Kana", 0.0))
    return written >= OWN_SCRIPT * total


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _names_and_code(text: str) -> Iterator[Span]:
    """Capitalised words inside a sentence, words in capitals, and words with signs that only code has."""
    words = list(_WORD.finditer(text))
    for index, match in enumerate(words):
        word = match[0]
        start, end = match.span()
        is_code = (start and text[start - 1] != " " and _CODE_BEFORE.search(text, start - 1, start)) or (
            text[end : end + 1] != " " and _CODE_AFTER.match(text, end, end + 2)
        )
        if not is_code and word.islower():
            continue
        if is_code or _CAMEL.search(word) or (len(word) > 1 and word.isupper()):
            yield Span(start, end)
        elif word[0].isupper():
            opens = index == 0 or _SENTENCE_END.search(text, words[index - 1].end(), start)
            following = words[index + 1][0] if index + 1 < len(words) else ""
            if not opens or following[:1].isupper():
                yield Span(start, end)
