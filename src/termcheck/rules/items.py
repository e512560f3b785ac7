"""From items that differ between versions to findings, for the rules that compare items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.rules.facts import Place
from termcheck.wording import languages, named, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termcheck.literal.items import Item, ItemDifference, ItemKind
    from termcheck.model import Finding
    from termcheck.rules.base import DocumentRule
    from termcheck.rules.facts import DocumentFacts


_PLURALS = {"code": "pieces of code", "emoji": "emoji", "address": "addresses", "e-mail address": "e-mail addresses"}


def item_findings(rule: DocumentRule, facts: DocumentFacts, kind: ItemKind) -> Iterator[Finding]:
    """A finding of ``rule`` for every cell whose items of this kind differ."""
    for (found, row, lang), difference in facts.literal.items.items():
        place = Place(row, lang)
        if found is kind and not facts.is_foreign(place):
            yield _finding(rule, facts, place, difference, kind.value)


def _finding(rule: DocumentRule, facts: DocumentFacts, place: Place, difference: ItemDifference, noun: str) -> Finding:
    # What shows no text (a tag) cannot be marked.
    marks = {lang: [item.span for item in items] for lang, items in difference.missing.items()}
    marks[place.lang] = [item.span for item in difference.added]
    shown = {lang: [span for span in spans if span.start < span.end] for lang, spans in marks.items()}
    missing = difference.missing.get(facts.source or "") or next(iter(difference.missing.values()), ())
    plural = _PLURALS.get(noun, "")
    if difference.added and missing:
        others = languages(difference.missing, facts.source)
        verb = "has" if len(difference.missing) == 1 else "have"
        added = named(noun, _distinct(difference.added), plural)
        message = f"This version has the {added} where {others} {verb} {quoted(_distinct(missing))}."
    elif difference.added:
        message = f"No other version has the {named(noun, _distinct(difference.added), _PLURALS.get(noun, ''))}."
    else:
        verb = "is" if len(_distinct(missing)) == 1 else "are"
        message = f"The {named(noun, _distinct(missing), _PLURALS.get(noun, ''))} {verb} missing in this version."
    cell = facts.cell(place)
    return rule.finding(
        cell.location(shown[place.lang][0] if shown[place.lang] else None),
        message,
        document=facts.key,
        confidence=0.9 if difference.added and missing else 0.8,
        excerpts=facts.excerpts(place, {lang: sorted(set(spans)) for lang, spans in shown.items()}),
        evidence={
            "added": [item.text for item in difference.added],
            "missing": {lang: [item.text for item in items] for lang, items in difference.missing.items()},
        },
    )


def _distinct(items: Sequence[Item]) -> list[str]:
    return list(dict.fromkeys(item.text for item in items))
