"""Indonesian and Malay: clitics, reduplication, and the verb prefixes with their sound changes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, RestTest, Stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLITIC = re.compile(r"(?:nya|ku|mu)?(?:lah|kah|tah|pun)?(?:-(?:nya|ku|mu))?")
_VERB_SUFFIX = re.compile(r"(?:kan|i)?(?:nya|ku|mu|kau)?(?:lah|kah)?")
_DERIVED_SUFFIX = re.compile(r"an(?:nya|ku|mu)?(?:lah|kah|pun)?")
_VOWELS = "aiueo"
# Consonants that the nasal prefixes replace: tulis, menulis; kirim, mengirim; salin, menyalin; pakai, memakai.
_DROPPED = {"t": "n", "k": "ng", "s": "ny", "p": "m"}


def nasal(root: str, prefix: str) -> tuple[str, ...]:
    """The forms that ``me`` or ``pe`` with its nasal gives a root, sound changes included."""
    first = root[0]
    forms = [prefix + root]
    if first in _DROPPED:
        forms.append(prefix + _DROPPED[first] + root[1:])
        forms.append(prefix + {"t": "n", "k": "ng", "s": "n", "p": "m"}[first] + root)
    elif first in "bfv":
        forms.append(prefix + "m" + root)
    elif first in "dcjz":
        forms.append(prefix + "n" + root)
    elif first in _VOWELS or first in "gh":
        forms.append(prefix + "ng" + root)
    if sum(letter in _VOWELS for letter in root) == 1:
        forms.append(prefix + "nge" + root)
    return tuple(dict.fromkeys(forms))


def roots(verb: str) -> tuple[str, ...]:
    """The possible roots of a verb that stands with ``me`` and its nasal in the dictionary, or nothing."""
    if not verb.startswith("me") or len(verb) < 6:
        return ()
    base = verb[2:]
    found = [base]
    for nasal_letters, restored in (("ny", "s"), ("ng", "k"), ("m", "p"), ("n", "t")):
        if base.startswith(nasal_letters):
            rest = base[len(nasal_letters) :]
            found.append(rest)
            if rest[:1] and rest[0] in _VOWELS:
                found.append(restored + rest)
            break
    return tuple(root for root in found if len(root) >= 3)


def _noun(word: str) -> RestTest:
    def test(rest: str) -> Fit | None:
        if _CLITIC.fullmatch(rest):
            return Fit.INFLECTED
        if rest.startswith("-" + word) and _CLITIC.fullmatch(rest[len(word) + 1 :]):
            return Fit.INFLECTED
        if rest == "kan" or (_DERIVED_SUFFIX.fullmatch(rest) and len(word) >= 4):
            return Fit.UNSURE
        return None

    return test


def _verb(rest: str) -> Fit | None:
    return Fit.INFLECTED if _VERB_SUFFIX.fullmatch(rest) else None


def _verb_with_kan(rest: str) -> Fit | None:
    """Of a verb that has -kan in the dictionary the form without it is another word: guna of menggunakan."""
    if not _VERB_SUFFIX.fullmatch(rest):
        return None
    return Fit.INFLECTED if rest.startswith("kan") else Fit.UNSURE


def _verb_of_root(rest: str) -> Fit | None:
    """Behind a root that may be a noun, -kan and -i make another word: mendokumentasikan of dokumentasi."""
    if not _VERB_SUFFIX.fullmatch(rest):
        return None
    return Fit.UNSURE if rest.startswith(("kan", "i")) else Fit.INFLECTED


def _derived(rest: str) -> Fit | None:
    return (
        Fit.UNSURE
        if _CLITIC.fullmatch(rest) or _DERIVED_SUFFIX.fullmatch(rest) or _VERB_SUFFIX.fullmatch(rest)
        else None
    )


class Indonesian:
    """Nouns and verb roots, with what clings to them."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        verb_roots = roots(word)
        found = {word: Stem(word, _verb if verb_roots else _noun(word))}
        for verb_root in verb_roots:
            with_kan = verb_root.endswith("kan") and len(verb_root) > 5
            root, test = (verb_root.removesuffix("kan"), _verb_with_kan) if with_kan else (verb_root, _verb)
            found.setdefault(root, Stem(root, test))
            for prefix in ("di", "ku", "kau", "ter"):
                found.setdefault(prefix + root, Stem(prefix + root, test, lead=len(prefix)))
            for form in nasal(root, "me"):
                found.setdefault(form, Stem(form, test, lead=2))
        if not verb_roots and len(word) >= 3 and word[0].isalpha():
            for prefix in ("di", "ter", "ku", "kau"):
                found.setdefault(prefix + word, Stem(prefix + word, _verb_of_root, lead=len(prefix)))
            for form in nasal(word, "me"):
                found.setdefault(form, Stem(form, _verb_of_root, lead=len(form) - len(word)))
            for form in (*nasal(word, "pe"), "per" + word, "ke" + word, "ber" + word, "se" + word):
                found.setdefault(form, Stem(form, _derived, lead=max(0, len(form) - len(word))))
        return tuple(found.values())

    def key(self, word: str) -> str:
        """See `Inflection.key`: clitics and the second half of a reduplication cut off."""
        first, hyphen, second = word.partition("-")
        if hyphen and second.startswith(first[:3]):
            word = first
        if word.endswith("nya") and len(word) >= 7:
            word = word[:-3]
        for clitic in ("ku", "mu", "lah", "kah", "pun"):
            if word.endswith(clitic) and len(word) - len(clitic) >= 6:
                return word[: -len(clitic)]
        return word


def is_one_verb(first: str, second: str) -> bool:
    """Whether one word is a root of four letters or more with ``ber``, and the other a verb made of the same root."""
    for one, other in ((first, second), (second, first)):
        root = one.removeprefix("ber")
        if root != one and len(root) >= 4:
            made = {root, "di" + root, "ter" + root, *nasal(root, "me")}
            if any(other in (verb, verb + "kan", verb + "i") for verb in made):
                return True
    return False


@lru_cache(maxsize=2)
def inflection(_lang: str) -> Indonesian:
    """The inflection of Indonesian (and, closely enough, Malay)."""
    return Indonesian()
