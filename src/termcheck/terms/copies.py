"""Words that a version has from its original as they are: titles, quotations and sentences left untranslated.

They are no words of the version's language, so that they say nothing about how it renders a concept. A cell that is
in another language altogether is left out as a whole, elsewhere; here it is about the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.terms.evidence import Word

# "Pull request" and "open source project" are loans of many languages; longer runs are copied text.
_RUN = 4
# A cell of two words or more that all stand in the original like that is a title.
_TITLE = 2


def without_copies(words: Sequence[Word], original: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a cell but for runs of four and more that the original has too, and but for copied cells."""
    ours = [word.surface.casefold() for word in words]
    theirs = [word.surface.casefold() for word in original]
    size = min(_RUN, max(len(ours), _TITLE))
    known = {tuple(theirs[start : start + size]) for start in range(len(theirs) - size + 1)}
    copied: set[int] = set()
    for start in range(len(ours) - size + 1):
        if tuple(ours[start : start + size]) in known:
            copied.update(range(start, start + size))
    return tuple(word for index, word in enumerate(words) if index not in copied)
