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
_CLITIC = r"(?:kin|kaan|kään|ko|kö|han|hän|pa|pä)"
_PLURAL_CASES = (
    "ja|jä|jen|ia|iä|ien|ina|inä|iksi|issa|issä|ista|istä|illa|illä|ilta|iltä|ille|itta|ittä|ineen|in|iin|ihin"
    "|oita|öitä|oiden|öiden|oissa"
    "|öissä|oista|öistä|oilla|öillä|oille|öille|oihin|öihin|oiksi|oina|oja|öjä|ojen|öjen|oilta|öiltä|ita|itä"
    "|iden|itten|oitta"
)
_VERB = (
    r"(?:n|t|mme|tte|vat|vät|[aeiouyäö]|isi|isin|isit|isimme|isivat|isivät|i|in|it|imme|ivat|ivät|taan|tään"
    r"|daan|dään|tiin|ttiin|ttu|tty|tu|ty"
    r"|nut|nyt|neet|maan|mään|massa|mässä|malla|mällä|misen|minen|mista|mistä|va|vä|van|vän|minen|mis(?:ta|een|tä))?"
)
# Strong grade at the beginning of the last syllable, weak grade in its place; the order decides.
_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"),
    ("lk", "l"), ("rk", "r"), ("k", ""), ("p", "v"), ("t", "d"),
)  # fmt: skip


@lru_cache(maxsize=8)
def _pattern(endings: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{endings})?{_POSSESSIVE}?{_CLITIC}?'?|:{_CASES}")


def _ending(endings: str) -> RestTest:
    def test(rest: str) -> Fit | None:
        return Fit.INFLECTED if _pattern(endings).fullmatch(rest) else None

    return test


def _inflected(rest: str) -> Fit | None:
    return _ending(_CASES)(rest) if rest else None


def _partitive(rest: str) -> Fit | None:
    return Fit.INFLECTED if re.fullmatch(rf"t[aä]{_POSSESSIVE}?{_CLITIC}?", rest) else None


def _compound(rest: str) -> Fit | None:
    return Fit.COMPOUND if len(rest) >= 5 and rest.isalpha() else None


def _graded(stem: str) -> Iterator[str]:
    """The stem with the other grade of its last consonants (linkki, linki-; tieto, tiedo-; osoite, osoitte-)."""
    vowels = re.search(r"[aeiouyäö]+$", stem)
    if vowels is None:
        return
    head, ending = stem[: vowels.start()], vowels.group()
    for strong, weak in _GRADES:
        if head.endswith(strong):
            yield head[: -len(strong)] + weak + ending
            break
    for strong, weak in _GRADES:
        if weak and head.endswith(weak) and not head.endswith(strong):
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
    ("e", ("ee", "eit", "eid", "eis", "eil", "ei", "et")),
    ("in", ("ime", "imi", "int")),
    ("i", ("e", "ei", "ie", "ii")),
    ("si", ("de", "te", "s")),
    ("ton", ("ttoma", "ttomi", "tont")),
)  # fmt: skip


class Finnish:
    """Nouns, adjectives and verbs; a term also stands first or last in compounds."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        tail = Fit.UNSURE_COMPOUND if len(word) >= 5 else None
        plain = _ending(_CASES)
        stems = {word: first_of(plain, _compound) if len(word) >= 5 else plain}
        oblique = [word[: -len(old)] + new for old, news in _STEM_ENDINGS if word.endswith(old) for new in news]
        if word[-1] not in "aeiouyäö":
            oblique += [word + "i", word + "e"]
        for stem in (word, *oblique):
            for each in (stem, *_graded(stem)):
                stems.setdefault(each, _inflected)
                if each[-1] in "aäie" and len(each) > 3 and not word.endswith("si"):
                    stems.setdefault(each[:-1], _ending(_PLURAL_CASES))
                    if each[-1] in "aä":
                        stems.setdefault(each[:-1] + {"a": "o", "ä": "ö"}[each[-1]], _ending(_PLURAL_CASES))
        if word.endswith("si"):  # vuosi, vuotta, vuonna
            stems.setdefault(word[:-2] + "t", _partitive)
            stems.setdefault(word[:-2] + "n", one_of(frozenset({"na", "nä"})))
        if word[-1] in "aä" and len(word) > 4:
            self._verb(word, stems)
        return tuple(Stem(text, test, tail=tail) for text, test in stems.items() if len(text) > 1)

    @staticmethod
    def _verb(word: str, stems: dict[str, RestTest]) -> None:
        root = word[:-1]
        roots = [root]
        if word.endswith(("ata", "ätä", "ota", "uta", "itä", "ita", "eta")):
            roots = [word[:-2], word[:-2] + word[-1], word[:-2] + "tse"]
        elif word.endswith(("da", "dä", "la", "lä", "na", "nä", "ra", "rä", "ta", "tä")):
            roots = [word[:-2], word[:-1] + "e", word[:-2] + "e"]
        for stem in list(roots):
            roots += list(_graded(stem))
        for stem in roots:
            stems.setdefault(stem, _ending(_VERB))

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
