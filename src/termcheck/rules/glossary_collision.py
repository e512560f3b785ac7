"""TC403."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Excerpt, Finding, Location, Position, Role, Severity
from termcheck.rules.base import CorpusRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts


class GlossaryCollision(CorpusRule):
    """The glossary itself gives two distinct concepts one word in a language.

    ## Why
    A glossary that says "keep these apart" and then prescribes one word for both cannot be followed: every text in
    that language is wrong whatever it says.

    ## How it is decided
    The preferred and admitted words of every two concepts of a `distinct:` group are compared per language. An entry
    under `acknowledge:` settles it.

    ## Wrong
    `client: {pl: klient}` and `customer: {pl: klient}` with `distinct: [client, customer]`.

    ## Right
    Two words, or `acknowledge: {concepts: [client, customer], lang: pl, reason: ...}`.
    """

    code = "TC403"
    name = "glossary-collision"
    severity = Severity.ERROR

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for collision in facts.glossary.collisions():
            first, second = (
                Location(
                    facts.glossary.path,
                    None,
                    position,
                    Position(position.line, position.column + len(term.text)),
                )
                for position, term in zip(collision.positions, collision.terms, strict=True)
            )
            yield self.finding(
                second,
                f"The glossary gives {collision.concepts[0]} and {collision.concepts[1]} the same "
                f"{display_name(collision.lang)} word, “{collision.word}”, although they must stay distinct.",
                excerpts=[
                    Excerpt(Role.TARGET, second, collision.terms[1].text),
                    Excerpt(Role.CONTEXT, first, collision.terms[0].text),
                ],
                evidence={"lang": collision.lang, "word": collision.word},
                concepts=collision.concepts,
            )
