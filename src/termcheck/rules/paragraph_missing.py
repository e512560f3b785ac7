"""TC101."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.rules.gaps import missing_in, named, runs
from termcheck.wording import counted, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts

SHOWN = 3
"""Paragraphs of a longer gap that are quoted."""


class ParagraphMissing(DocumentRule):
    """A version lacks a paragraph that the source, or most other versions, have.

    ## Why
    Readers of that version do not get to know what it says. It happens when a paragraph is added to the source
    after the translation was made, or is lost in copying.

    ## How it is decided
    The paragraphs of all versions are aligned at once. With a source language, what the source has must be in every
    version. Without one, at least two versions and more than half of all must have the paragraph. Neighbouring gaps
    are one finding, placed where the text would have to be inserted. A paragraph that was merged into its neighbour
    is not missing.

    In catalogues of messages the key decides; a plural category that a language does not have is not missing.

    ## Wrong
    English: "Save the file. | Back it up every day. | Close the window." Turkish: "Dosyayı kaydedin. | Pencereyi
    kapatın."

    ## Right
    All three paragraphs in both.
    """

    code = "TC101"
    name = "paragraph-missing"
    severity = Severity.ERROR

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        missing: dict[str, list[int]] = {}
        for row in facts.alignment.rows:
            for lang in missing_in(facts, row):
                missing.setdefault(lang, []).append(row.index)
        for lang, rows in missing.items():
            for run in runs(rows):
                yield self._gap(facts, lang, run)

    def _gap(self, facts: DocumentFacts, lang: str, run: list[int]) -> Finding:
        first = facts.alignment.rows[run[0]]
        have = languages(first.present(), facts.source)
        noun = "message" if first.key else "paragraph"
        what = f"{len(run)} {noun}s in a row are"
        if len(run) == 1:
            what = f"The {named(first)} is" if first.key else "A paragraph is"
        excerpts = [next(iter(facts.excerpts(Place(row, lang)))) for row in islice(run, SHOWN)]
        if len(run) == 1:
            excerpts = list(facts.excerpts(Place(run[0], lang)))
        confidence = sum(facts.cell(Place(row, lang)).confidence for row in run) / len(run)
        where = f"the place is where the text would follow its neighbours in {have}."
        why = [f"Nothing in this version {'has a text for its key' if first.key else 'matches it'}; {where}"]
        if len(run) > SHOWN:
            why.append(f"The first {SHOWN} of {counted(len(run), noun)} are shown.")
        return self.finding(
            facts.insertion_point(Place(run[-1], lang)),
            f"{what} missing here that {have} {'has' if len(first.present()) == 1 else 'have'}.",
            document=facts.key,
            confidence=confidence,
            excerpts=excerpts,
            why=why,
            evidence={"paragraphs": len(run), "rows": list(run)},
        )
