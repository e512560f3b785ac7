"""Dutch: plurals with open and closed syllables, adjectives, verbs, diminutives, and compounds."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, Stem, first_of, one_of, word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENDINGS = frozenset(word_list("- s 's e en er ers ere st ste eren je jes tje tjes pje pjes etje etjes n ns"))
_STEM_ENDINGS = frozenset(["e", "en", "er", "ere", "es"])
_VERB = frozenset(word_list("- t e en te ten de den end ende"))
_PARTICIPLE = frozenset(["", "t", "d", "te", "de", "en"])
_PREFIXES = (
    "af",
    "aan",
    "op",
    "in",
    "uit",
    "toe",
    "door",
    "over",
    "om",
    "bij",
    "mee",
    "na",
    "terug",
    "weg",
    "samen",
    "vast",
)


def _first_part(rest: str) -> Fit | None:
    for link in ("", "en", "s", "e"):
        if rest.startswith(link) and len(rest) - len(link) >= 4 and rest.isalpha():
            return Fit.COMPOUND
    return None


def _open(word: str) -> Iterator[str]:
    """The stem before a vowel: taal, tal-; bestand, bestand-; bus, buss-; brief, briev-; huis, huiz-."""
    voiced = {"f": "v", "s": "z"}.get(word[-1])
    if len(word) > 3 and word[-2] == word[-3] and word[-2] in "aeou":
        shortened = word[:-2] + word[-1]
        yield shortened
        if voiced:
            yield shortened[:-1] + voiced
    elif len(word) > 2 and word[-1] not in "aeiouhjwxy" and word[-2] in "aeiou" and word[-3] not in "aeiou":
        yield word + word[-1]
    if voiced:
        yield word[:-1] + voiced


class Dutch:
    """Nouns, adjectives and verbs; a term also stands first or last in compounds."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        tail = Fit.UNSURE_COMPOUND if len(word) >= 5 else None
        # Where the stem changes before a vowel it does not stay as it is (wet, wetten; not weten).
        test = one_of(_ENDINGS - _STEM_ENDINGS if any(True for _ in _open(word)) else _ENDINGS)
        if len(word) >= 5:
            test = first_of(test, _first_part)
        found = [Stem(word, test, tail=tail)]
        found.extend(Stem(stem, one_of(_STEM_ENDINGS), tail=tail) for stem in _open(word))
        if word.endswith("heid"):
            found.append(Stem(word[:-2], one_of(frozenset({"den"})), tail=tail))
        if word.endswith("en") and len(word) > 4:
            found.extend(self._verb(word))
        return tuple(found)

    def _verb(self, word: str) -> Iterator[Stem]:
        root = word[:-2]
        roots = [root, root[:-1]] if root[-1] == root[-2] else [root]
        if len(root) > 2 and root[-1] not in "aeiou" and root[-2] in "aeou" and root[-3] not in "aeou":
            roots.insert(0, root[:-1] + root[-2] + root[-1])
        roots += [each[:-1] + {"v": "f", "z": "s"}[each[-1]] for each in roots[:1] if each[-1] in "vz"]
        for each in roots:
            yield Stem(each, one_of(_VERB))
            yield Stem("ge" + each, one_of(_PARTICIPLE), lead=2)
            for prefix in _PREFIXES:
                if each.startswith(prefix) and len(each) > len(prefix) + 2:
                    inner = each[len(prefix) :]
                    yield Stem(f"{prefix}ge{inner}", one_of(_PARTICIPLE))
                    yield Stem(f"{prefix}te{inner}", one_of(frozenset({"en"})))

    def key(self, word: str) -> str:
        """See `Inflection.key`: endings cut off, doubled letters written once."""
        word = word.removesuffix("'s")
        for ending in ("heden", "eren", "etjes", "tjes", "jes", "tje", "je", "ers", "en", "er", "es", "e", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)] + ("heid" if ending == "heden" else "")
                break
        last = {"v": "f", "z": "s"}.get(word[-1], word[-1])
        word = word[:-1] + last
        if len(word) > 3 and word[-1] == word[-2]:
            return word[:-1]
        return word[:-2] + word[-1] if len(word) > 3 and word[-2] == word[-3] and word[-2] in "aeou" else word


@lru_cache(maxsize=1)
def inflection(_lang: str) -> Dutch:
    """The inflection of Dutch."""
    return Dutch()
