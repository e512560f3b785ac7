"""Finnish: stems with consonant gradation, case and possessive endings, clitics, and compounds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, RestTest, Stem, first_of, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CASES = (
    r"(?:n|t|a|ä|ta|tä|na|nä|ksi|kse|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|tta|ttä|ne|[aeiouyäö]n|h[aeiouyäö]n"
    r"|seen|siin|ja|jä|en|ien|jen"
    r"|den|tten|iden|itten|ina|inä|iksi|ikse|issa|issä|ista|istä|illa|illä|ilta|iltä|ille|itta|ittä|ine|in|iin"
    r"|ihin|ia|iä|ita|itä|it)"
)
_POSSESSIVE = r"(?:ni|si|nsa|nsä|mme|nne|[aeiouyäö]n)"
# Before a possessive the illative loses its n: taloon, talooni.
_ILLATIVE = r"(?:h?[aeiouyäö]|see|sii|i[hi]i)(?:ni|si|nsa|nsä|mme|nne)"
_CLITIC = r"(?:kin|kaan|kään|ko|kö|han|hän|pa|pä)"
_PLURAL_CASES = (
    "ja|jä|jen|ia|iä|ien|ina|inä|iksi|issa|issä|ista|istä|illa|illä|ilta|iltä|ille|itta|ittä|ineen|in|iin|ihin"
    "|oita|öitä|oiden|öiden|oissa"
    "|öissä|oista|öistä|oilla|öillä|oille|öille|oihin|öihin|oiksi|oina|oja|öjä|ojen|öjen|oilta|öiltä|ita|itä"
    "|iden|itten|oitta"
)
_PERSON = (
    "n|t|mme|tte|vat|vät|[aeiouyäö]|isi|isin|isit|isimme|isivat|isivät|i|in|it|imme|ivat|ivät|taan|tään"
    "|daan|dään|tiin|ttiin|nut|nyt|neet|matta|mättä"
)
_VERB_NOUN = (
    "(?:va|vä|vi|nee|nei|nu|ny|ttu|tty|tu|ty|ttava|ttävä|tava|tävä|ttavi|ttävi|tavi|tävi"
    f"|mise|mis|minen|ma|mä|mi){_CASES}?"
)
_VERB = f"{_PERSON}|{_VERB_NOUN}"
_PASSIVE = f"taan|tään|ttiin|tta|ttä|(?:ttaisi|ttäisi)(?:in)?|(?:ttu|tty|tu|ty|ttava|ttävä|tava|tävä){_CASES}?"
_PAST = "i|in|it|imme|itte|ivat|ivät|oi|oin|oit|oimme|oivat"
# Strong grade at the beginning of the last syllable, weak grade in its place; the order decides.
_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"),
    ("lk", "l"), ("rk", "r"), ("k", ""), ("p", "v"), ("t", "d"),
)  # fmt: skip
_VOWELS = "aeiouyäö"
_BACK = frozenset("aou")
_FRONT = frozenset("äöy")


@lru_cache(maxsize=8)
def _pattern(endings: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{endings})?{_POSSESSIVE}?|{_ILLATIVE}){_CLITIC}?'?|:{_CASES}")


@lru_cache(maxsize=8)
def _behind_cut(endings: str) -> re.Pattern[str]:
    """For stems that have lost their last vowel: an ending must stand in its place."""
    return re.compile(rf"(?:{endings}){_POSSESSIVE}?{_CLITIC}?'?")


@lru_cache(maxsize=8)
def _ending(endings: str) -> RestTest:
    def test(rest: str) -> Fit | None:
        return Fit.INFLECTED if _pattern(endings).fullmatch(rest) else None

    return test


@lru_cache(maxsize=8)
def _cut_ending(endings: str) -> RestTest:
    def test(rest: str) -> Fit | None:
        return Fit.INFLECTED if _behind_cut(endings).fullmatch(rest) else None

    return test


def _inflected(rest: str) -> Fit | None:
    return _ending(_CASES)(rest) if rest else None


def _consonant_stem(rest: str) -> Fit | None:
    return Fit.INFLECTED if re.fullmatch(rf"t(?:[aä]{_POSSESSIVE}?|en){_CLITIC}?", rest) else None


def _compound(rest: str) -> Fit | None:
    return Fit.COMPOUND if len(rest) >= 5 and rest.isalpha() else None


def _doubtful_compound(rest: str) -> Fit | None:
    return Fit.UNSURE_COMPOUND if len(rest) >= 4 and rest.isalpha() else None


def _genitive_compound(rest: str) -> Fit | None:
    """Compounds whose first part stands in the genitive: voitonjuhla."""
    return Fit.UNSURE_COMPOUND if len(rest) >= 6 and rest[0] == "n" and rest.isalpha() else None


def _disharmonious(word: str) -> frozenset[str]:
    """The vowels that endings of the word cannot have; none for words with vowels of both kinds."""
    letters = set(word)
    return _BACK if not letters & _BACK else _FRONT if not letters & _FRONT else frozenset()


@lru_cache(maxsize=64)
def _harmonised(wrong: frozenset[str], test: RestTest) -> RestTest:
    def harmonised(rest: str) -> Fit | None:
        fit = test(rest)
        return None if fit is Fit.INFLECTED and wrong.intersection(rest) else fit

    return harmonised


def _graded(stem: str, *, inverse: bool) -> Iterator[str]:
    """The stem with the other grade of its last consonants (linkki, linki-; tieto, tiedo-; osoite, osoitte-)."""
    vowels = re.search(rf"[{_VOWELS}]+$", stem)
    if vowels is None:
        return
    head, ending = stem[: vowels.start()], vowels.group()
    for strong, weak in _GRADES:
        if head.endswith(strong):
            yield head[: -len(strong)] + weak + ending
            break
    if inverse:
        for strong, weak in _GRADES:
            if weak and weak not in "lr" and head.endswith(weak) and not head.endswith(strong):
                yield head[: -len(weak)] + strong + ending


_STEM_ENDINGS = (  # dictionary ending, oblique endings
    ("nen", ("se", "s")),
    ("us", ("ukse", "uks", "ude", "ute", "uut", "ut", "uu", "uks")),
    ("ys", ("ykse", "yks", "yde", "yte", "yyt", "yt", "yy")),
    ("os", ("okse", "oks")),
    ("ös", ("ökse", "öks")),
    ("is", ("ikse", "iks", "ii")),
    ("as", ("aa", "ai", "aks", "akse")),
    ("äs", ("ää", "äi")),
    ("mies", ("miehe", "miehi", "mieste")),
    ("e", ("ee", "eit", "eid", "eis", "eil", "ei", "et")),
    ("in", ("ime", "imi", "int", "imma", "immi", "impa", "impi", "immä", "impä")),
    ("mpi", ("mpa", "mma", "mmi", "mpä", "mmä")),
    ("i", ("e", "ei", "ie", "ii")),
    ("si", ("de", "te", "s")),
    ("ton", ("ttoma", "ttomi", "tont")),
    ("tön", ("ttömä", "ttömi", "tönt")),
    ("ut", ("ue", "ui")),
    ("yt", ("ye", "yi")),
)


class _Tests(dict[str, list[RestTest]]):
    """The tests of each stem; a stem of the noun may be one of the verb as well."""

    def add(self, stem: str, test: RestTest) -> None:
        self.setdefault(stem, []).append(test)


class Finnish:
    """Nouns, adjectives and verbs; a term also stands first or last in compounds."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        tail = Fit.UNSURE_COMPOUND if len(word) >= 5 else None
        tests = _Tests()
        tests.add(word, _ending(_CASES))
        self._noun(word, tests)
        if word[-1] in "aä" and len(word) > 4:
            self._verb(word, tests)
        wrong = _disharmonious(word)
        found = {stem: [_harmonised(wrong, test) for test in each] for stem, each in tests.items()}
        if len(word) >= 4:
            found[word].append(_compound if len(word) >= 5 else _doubtful_compound)
        return tuple(
            Stem(stem, first_of(*each, *([_genitive_compound] if len(stem) >= 4 else [])), tail=tail)
            for stem, each in found.items()
            if len(stem) > 1
        )

    @staticmethod
    def _noun(word: str, tests: _Tests) -> None:
        oblique = [word[: -len(old)] + new for old, news in _STEM_ENDINGS if word.endswith(old) for new in news]
        if word[-1] not in _VOWELS:
            oblique += [word + "i", word + "e"]
        inverse = word[-1] not in "aiouyäö"
        for stem in dict.fromkeys((word, *oblique)):
            for each in (stem, *_graded(stem, inverse=inverse)):
                tests.add(each, _inflected)
                if each[-1] in "aäie" and len(each) > 3 and not word.endswith("si"):
                    tests.add(each[:-1], _cut_ending(_PLURAL_CASES))
                    if each[-1] in "aä":
                        tests.add(each[:-1] + {"a": "o", "ä": "ö"}[each[-1]], _cut_ending(_PLURAL_CASES))
        if word[-1] == "i" and word[-2:-1] in "lnr":  # kieli, kieltä, kielten
            tests.add(word[:-1], _consonant_stem)
        if word.endswith("si"):  # vuosi, vuotta, vuonna
            tests.add(word[:-2] + "t", _consonant_stem)
            tests.add(word[:-2] + "n", one_of(frozenset({"na", "nä"})))

    @staticmethod
    def _verb(word: str, tests: _Tests) -> None:
        root = word[:-1]
        roots = [root]
        if word.endswith(("ata", "ätä", "ota", "uta", "itä", "ita", "eta")):
            roots = [word[:-2], word[:-2] + word[-1], word[:-2] + "tse"]
        elif word.endswith(("da", "dä", "la", "lä", "na", "nä", "ra", "rä", "ta", "tä")):
            roots = [word[:-2], word[:-1] + "e", word[:-2] + "e"]
        for stem in list(roots):
            roots += list(_graded(stem, inverse=True))
        for stem in roots:
            tests.add(stem, _ending(_VERB))
            if stem[-1] in "aä":  # muuttaa, muutti, muutetaan
                tests.add(stem[:-1] + "e", _cut_ending(_PASSIVE))
            if stem[-1] in "aäei" and len(stem) > 3:
                tests.add(stem[:-1], _cut_ending(_PAST))

    def key(self, word: str) -> str:
        """See `Inflection.key`: clitics, possessives and cases cut off, the grade of the last consonants undone."""
        word = word.partition(":")[0].partition("'")[0] or word
        for suffix in (_CLITIC, _POSSESSIVE, _CASES):
            match = re.fullmatch(rf"(.{{3,}}?[aeiouyäö]){suffix}", word)
            if match and len(match.group(1)) >= 4:
                word = match.group(1)
        stem = re.sub(r"(?:nen|kse|ude|ute|se|s|[aeiouyäö]+)$", "", word) if len(word) > 5 else word.rstrip("aeiouyäö")
        stem = stem if len(stem) >= 3 else word
        for strong, weak in _GRADES:
            if len(weak) == 2 and stem.endswith((strong, weak)):
                return stem[:-2] + weak
            if len(strong) == 2 and stem.endswith(strong):
                return stem[:-2] + weak
        return stem[:-1] + {"d": "t", "v": "p"}.get(stem[-1], stem[-1])


@lru_cache(maxsize=1)
def inflection(_lang: str) -> Finnish:
    """The inflection of Finnish."""
    return Finnish()
