"""TC204."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termcheck.meaning.unsupported import Unsupported
    from termcheck.model import Span
    from termcheck.rules.facts import DocumentFacts, Place

_LONGEST_QUOTE = 60


class WordUnsupported(DocumentRule):
    """A word has no counterpart in any other version.

    ## Why
    A single wrong word hides in a good translation: a figure of speech taken literally, the wrong sense of a word with
    two, something made up. The paragraph as a whole still says about the same, so nothing else notices.

    ## How it is decided
    For every word the best match in each other version of the paragraph is looked for, as a word and as part of a
    phrase, with the token vectors of the embedding model; a source counts as much as all other versions together. How
    far it lies below what is usual for the two languages, how the word fares elsewhere in the corpus, how freely the
    paragraph is translated, and whether the other versions have a word there that is missing in turn, give the
    probability that it is wrong. Few words are shown, at most 10 of 1,000 in a document. Short words, numbers, names,
    words that stand in another version as well, glossary terms, and paragraphs with another finding on their meaning
    are left out.

    A word that a good translator added to be clear looks the same: in real documents about one marked word in ten is
    worth a look. The rule is therefore off by default; `select: [ALL, TC204]` turns it on. With
    `thresholds: {word-unsupported: 0.05}` every word is shown that is wrong with a probability of 0.05 or more (default
    0.25): a list for a translator to go through.

    ## Wrong
    English "Take this advice on board", Polish "Weź tę radę na pokładzie" (on the deck).

    ## Right
    "Weź sobie tę radę do serca".
    """

    code = "TC204"
    name = "word-unsupported"
    severity = Severity.NOTE
    default = False

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for place, words in facts.unsupported.items():
            if facts.is_foreign(place):
                continue
            terms = [(hit.start, hit.end) for hit in facts.hits.get(place, ())]
            for word in words:
                if not any(start < word.span.end and word.span.start < end for start, end in terms):
                    yield self._finding(facts, place, word)

    def _finding(self, facts: DocumentFacts, place: Place, word: Unsupported) -> Finding:
        cell = facts.cell(place)
        quote = _quote(cell.text, word.span)
        marks = {place.lang: (word.span,), **{lang: (span,) for lang, span in word.counterparts.items()}}
        return self.finding(
            cell.location(word.span),
            f"No word of {_versions(word.witnesses)} stands for “{quote}”.",
            document=facts.key,
            confidence=word.confidence,
            excerpts=facts.excerpts(place, marks),
            why=tuple(_why(facts, place, word)),
            evidence={"score": word.score, "witnesses": len(word.witnesses)},
        )


def _why(facts: DocumentFacts, place: Place, word: Unsupported) -> Iterator[str]:
    lang = display_name(place.lang)
    if word.counterparts:
        cells = facts.alignment.rows[place.row].cells
        named = [
            f"“{_quote(cells[other].text, span)}” ({display_name(other)})" for other, span in word.counterparts.items()
        ]
        yield f"{lang} seems to have nothing for {_listed(named)} in turn."
    else:
        yield f"{lang} lacks no word in turn: it may have been added to be clear."
    if word.mutual:
        yield "Two versions alone do not tell which of them is wrong."


def _versions(langs: Sequence[str]) -> str:
    names = [display_name(lang) for lang in langs]
    return f"the {_listed(names, 'or')} version"


def _listed(items: Sequence[str], word: str = "and") -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}"


def _quote(text: str, span: Span) -> str:
    shown = " ".join(text[span.start : span.end].split())
    return shown if len(shown) <= _LONGEST_QUOTE else shown[: _LONGEST_QUOTE - 1].rstrip() + "…"
