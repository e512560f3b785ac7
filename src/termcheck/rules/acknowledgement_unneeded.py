"""TC410."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from termcheck.languages import covers, display_name
from termcheck.model import Excerpt, Finding, Location, Position, Role, Severity, Verdict
from termcheck.rules.base import CorpusRule
from termcheck.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.glossary import Acknowledgement
    from termcheck.rules.facts import CorpusFacts


class AcknowledgementUnneeded(CorpusRule):
    """The glossary accepts one word for two concepts that the texts keep apart.

    ## Why
    The entry keeps this language's collapses from being reported. Once the translations have two words, it only hides
    a relapse.

    ## How it is decided
    For every two concepts of an entry under `acknowledge:` and each of its languages, the verdict would be *distinct*
    without the entry: each concept has a word of its own in at least three rows, and the glossary gives them no word in
    common. Too little evidence, or any mixing, keeps the entry.

    ## Wrong
    `acknowledge: {concepts: [client, customer], lang: de, ...}` while German writes *Mandant* and *Kunde*.

    ## Right
    No entry for German.
    """

    code = "TC410"
    name = "acknowledgement-unneeded"
    severity = Severity.NOTE

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        seen = {(frozenset(pair.concepts), pair.lang): pair.verdict for pair in facts.pairs}
        languages = sorted({pair.lang for pair in facts.pairs})
        for entry in facts.glossary.acknowledgements:
            pairs = [frozenset(pair) for pair in combinations(entry.concepts, 2)]
            for general in entry.languages:
                here = [lang for lang in languages if covers(general, lang)]
                verdicts = [seen.get((pair, lang)) for pair in pairs for lang in here]
                apart = verdicts and all(verdict is Verdict.DISTINCT for verdict in verdicts)
                if apart and not any(_have_common_words(facts, pair, lang) for pair in pairs for lang in here):
                    yield self._unneeded(facts, entry, general)

    def _unneeded(self, facts: CorpusFacts, entry: Acknowledgement, lang: str) -> Finding:
        start = entry.position
        where = Location(facts.glossary.path, None, start, Position(start.line, start.column + 1))
        return self.finding(
            where,
            f"{display_name(lang)} keeps {listing(entry.concepts)} apart: this acknowledgement is no longer needed.",
            confidence=0.9,
            excerpts=[Excerpt(Role.TARGET, where, entry.reason)] if entry.reason else [],
            evidence={"lang": lang},
            concepts=entry.concepts,
        )


def _have_common_words(facts: CorpusFacts, pair: frozenset[str], lang: str) -> bool:
    first, second = sorted(pair)
    one, other = facts.glossary.words(first, lang), facts.glossary.words(second, lang)
    if one is None or other is None:
        return False
    return bool({term.text.casefold() for term in one.accepted} & {term.text.casefold() for term in other.accepted})
