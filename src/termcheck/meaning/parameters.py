"""The numbers the judgement rests on, measured on clean and planted paragraphs (see ``benchmarks/meaning.py``).

Scores are sums of robust deviations, so they mean the same in every language pair. They do depend on how many
witnesses there are: with one counterpart its own looseness cannot be told from an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

#: A word's claim may lie this far below what is usual before it counts, in robust standard deviations.
ADDITION_SLACK: Final = 0.7
OMISSION_SLACK: Final = 0.2

#: Support by the other witnesses beyond this does not make a missing word more missing.
WITNESS_CAP: Final = 0.2

#: However far a word lies below what is usual, it counts no more than this: one odd word is not a passage.
WORD_CAP: Final = 2.5

#: Agreement of the witnesses among themselves beyond this does not make a version more deviant.
AGREEMENT_CAP: Final = 0.5

#: A version is measured against the source alone as well, in case all other versions are wrong in the same way. Then
#: nothing tells a difficult row from an error, so everything must be this much more.
SOURCE_ALONE: Final = 1.5

#: Rows with fewer words are judged by their deviation alone.
MIN_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is remarked.

    ``deviation`` is in standard deviations, whose square is ``base + short / words``. ``omission`` and ``addition``
    are sums of excess over a run of words. ``joint``: when both are present, this share of each is enough.
    """

    deviation: float
    base: float
    short: float
    omission: float
    addition: float
    joint: float


def thresholds_for(weights: Collection[float]) -> Thresholds:
    """The thresholds for witnesses of these weights (in sum 1): the fewer really count, the higher."""
    if len(weights) == 1:
        return Thresholds(deviation=3.6, base=0.25, short=8.0, omission=8.5, addition=7.0, joint=0.72)
    concentration = sum(weight * weight for weight in weights)
    return Thresholds(
        deviation=3.6,
        base=0.12,
        short=5.5,
        omission=6.2 + 3.2 * concentration,
        addition=4.4 + 3.0 * concentration,
        joint=0.72,
    )
