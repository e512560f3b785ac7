"""How much each witness counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def witness_weights(witnesses: Sequence[str], source: str | None) -> dict[str, float]:
    """Weights in sum 1: all the same, but a source counts as much as all other witnesses together."""
    if source not in witnesses or len(witnesses) == 1:
        return dict.fromkeys(witnesses, 1 / len(witnesses))
    return {lang: 0.5 if lang == source else 0.5 / (len(witnesses) - 1) for lang in witnesses}
