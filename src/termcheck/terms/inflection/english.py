"""English: plural, possessive, -ed, -ing, comparison, and the common irregular words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Stem, one_of, word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

_VOWELS = "aeiou"
_POSSESSIVE = ("", "'s", "'")
_IRREGULAR = {
    forms.split()[0]: tuple(forms.split()[1:])
    for forms in word_list(
        "child children|person people|man men|woman women|mouse mice|foot feet|tooth"
        " teeth|datum data|criterion criteria|index indices|matrix matrices|appendix"
        " appendices|vertex vertices|analysis analyses|basis bases|thesis theses|hypothesis"
        " hypotheses|crisis crises|axis axes|life lives|leaf leaves|half halves|shelf"
        " shelves|knife knives|build built|send sent|write wrote written|read read|run"
        " ran|begin began begun|choose chose chosen|find found|get got gotten|give gave"
        " given|hold held|keep kept|know knew known|lose lost|make made|mean meant|pay"
        " paid|see saw seen|sell sold|set set|show shown|speak spoke spoken|spend spent|take"
        " took taken|teach taught|tell told|think thought|understand understood|bring"
        " brought|buy bought|break broke broken|draw drew drawn|drive drove driven|fall fell"
        " fallen|forget forgot forgotten|grow grew grown|hide hid hidden|leave left|meet"
        " met|put put|bind bound|lead led|split split|catch caught|throw threw thrown|wear"
        " wore worn|win won|overwrite overwrote overwritten|rewrite rewrote"
        " rewritten|rebuild rebuilt|reset reset|undo undid undone|do did done does",
        "|",
    )
}


def _endings(word: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {word: {"", "s"}}
    bare = word[:-1]
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        found[word] |= {"es"}
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        found[word] = {"", "ing"}
        found[bare] = {"ies", "ied", "ier", "iest"}
    elif word.endswith("e"):
        found[word] |= {"d", "r", "rs", "st"}
        found[bare] = {"ing", "ings"}
    else:
        found[word] |= {"ed", "ing", "ings", "er", "ers", "est"}
        if len(word) > 2 and word[-1] in "bdgklmnprtz" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
            found[word + word[-1]] = {"ed", "ing", "er", "ers", "est"}
    if word.endswith("f"):
        found[bare] = found.get(bare, set()) | {"ves"}
    return found


class English:
    """Nouns, verbs and adjectives; -er counts as a form only where the term is short and the ending comparative."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        found = _endings(word)
        # Words in -er of a verb or noun (user, reporter) are words of their own.
        for endings in found.values():
            endings.difference_update(
                {"r", "rs", "er", "ers", "st", "est"} if len(word) > 4 else {"rs", "ers", "r", "er"}
            )
        for form in _IRREGULAR.get(word, ()):
            found.setdefault(form, set()).add("")
        return tuple(
            Stem(stem, one_of(frozenset(ending + clitic for ending in endings for clitic in _POSSESSIVE)))
            for stem, endings in found.items()
        )

    def key(self, word: str) -> str:
        """See `Inflection.key`: possessive, plural and verb endings cut off."""
        word = word.removesuffix("'").removesuffix("'s")
        for base, forms in _IRREGULAR.items():
            if word in forms:
                word = base
                break
        for ending in ("ings", "ing", "ied", "ies", "ed", "es", "s"):
            stem = word[: -len(ending)]
            if word.endswith(ending) and len(stem) >= 3 and not word.endswith("ss"):
                word = stem + ("y" if ending in {"ies", "ied"} else "")
                if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                    word = word[:-1]
                break
        return word.removesuffix("e") if len(word) > 3 else word


@lru_cache(maxsize=1)
def inflection(_lang: str) -> English:
    """The inflection of English."""
    return English()
