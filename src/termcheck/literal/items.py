"""Things that stand in every version as they are, and how one version's differ from its counterparts'."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from termcheck.model import Span

AGREEMENT = 0.75
"""Share of the counterparts that must have an item before its absence counts, where no source decides."""


MOST = 100
"""Items of one kind from which a text is a list of data, which is not compared."""


class ItemKind(StrEnum):
    """What kinds of items are compared, each by itself."""

    PLACEHOLDER = "placeholder"
    CODE = "code"
    TAG = "tag"
    LINK = "link"
    EMAIL = "e-mail address"
    EMOJI = "emoji"


@dataclass(frozen=True, slots=True)
class Item:
    """One such thing. Items with the same ``key`` say the same; ``text`` is how this one is written.

    ``span`` lies in the cell's text; it is empty for something that shows no text there.
    """

    key: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """Items that do not agree: ``missing`` in the version by counterpart, ``added`` ones that no counterpart has."""

    added: tuple[Item, ...] = ()
    missing: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)


def compare_items(
    items: Mapping[str, Sequence[Item]],
    target: str,
    source: str | None,
    mentioned: Callable[[str, Item], bool] | None = None,
) -> ItemDifference | None:
    """How the items of ``target`` differ from those of the other languages in ``items``; None if they do not.

    With the ``source`` among them, what it has must be there and nothing else. Without it, what nearly all
    counterparts have must be there, and nothing is said about additions beside a single counterpart, where the
    version that lacks the item is reported. ``mentioned`` tells whether a language's text has an item of another in
    some other form.
    """
    others = {lang: found for lang, found in items.items() if lang != target}
    if not others or max(map(len, items.values())) > MOST:
        return None
    own = {item.key for item in items[target]}
    known = {item.key for found in others.values() for item in found}
    extra = [item for item in _distinct(items[target]) if item.key not in known]
    if source not in others and (len(others) < 2 or _disagree(others)):
        extra = []
    missing = _missing(own, others, source)
    if mentioned is not None:
        extra = [item for item in extra if not any(mentioned(lang, item) for lang in others)]
        missing = {lang: [each for each in items if not mentioned(target, each)] for lang, items in missing.items()}
    lacking = {lang: tuple(items) for lang, items in missing.items() if items}
    return ItemDifference(tuple(extra), lacking) if extra or lacking else None


def without_variants(difference: ItemDifference, is_variant: Callable[[Item, Item], bool]) -> ItemDifference:
    """The difference without items that are another's form in the version's language.

    ``is_variant`` is asked about an added and a missing item; each is the variant of one at most.
    """
    added = list(difference.added)
    missing = {}
    for lang, lacking in difference.missing.items():
        free = list(added)
        left = []
        for item in lacking:
            variant = next((each for each in free if is_variant(each, item)), None)
            if variant is None:
                left.append(item)
            else:
                free.remove(variant)
        missing[lang] = tuple(left)
    explained = [item for item in added if any(is_variant(item, each) for each in _all(difference.missing))]
    return ItemDifference(
        tuple(item for item in added if item not in explained), {lang: left for lang, left in missing.items() if left}
    )


def _all(missing: Mapping[str, Sequence[Item]]) -> list[Item]:
    return [item for items in missing.values() for item in items]


def _missing(own: set[str], others: Mapping[str, Sequence[Item]], source: str | None) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    keys = {lang: {item.key for item in items} for lang, items in others.items()}
    for lang, items in others.items():
        if source in others and lang != source:
            continue
        lacking = [item for item in _distinct(items) if item.key not in own]
        if source not in others:
            least = AGREEMENT * len(others)
            lacking = [item for item in lacking if sum(item.key in known for known in keys.values()) >= least]
        if lacking:
            found[lang] = lacking
    return found


def _disagree(others: Mapping[str, Sequence[Item]]) -> bool:
    """Whether the counterparts have different items, so that one more is no surprise."""
    return len({frozenset(item.key for item in found) for found in others.values()}) > 1


def _distinct(items: Sequence[Item]) -> list[Item]:
    """The first item of every key, in order."""
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.key, item)
    return list(first.values())
