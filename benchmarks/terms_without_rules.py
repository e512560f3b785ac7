"""How well terms are found in a language without rules, whose endings are learned from the corpus, beside exact match.

    python benchmarks/terms_without_rules.py [--data ../shared] [--languages cs hu ...]

The labelled languages (see `labelled_terms`) are treated as unknown ones; their endings come from their own texts in
the development data. Constants were chosen on Polish and Turkish alone. ``certain`` counts only what the endings
settle, ``with unsure`` also what is left to the reader. Compounds are left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from labelled_terms import occurrences, sentences
from termcheck.terms.endings import Endings
from termcheck.terms.inflection.orthography import fold
from termcheck.terms.matcher import Certainty, TermMatcher, TermPattern
from termcheck.terms.tokenizer import words

if TYPE_CHECKING:
    from labelled_terms import Occurrence
    from termcheck.terms.matcher import TermHit

UNKNOWN = "und"
TUNED = ("pl", "tr")
FRESH = ("cs", "de", "es", "fi", "fr", "hu", "id", "it", "nl", "ru", "uk")


def texts(lang: str, data: Path) -> list[str]:
    """The lines of a language in all development data."""
    found = sentences(lang, data)
    for corpus in ("opensource.guide", "tldr"):
        for path in sorted((data / "data" / corpus / lang).rglob("*.md")):
            found += path.read_text(encoding="utf-8").split("\n")
    return found


def hit_at(place: Occurrence, endings: Endings, matchers: dict[str, TermMatcher]) -> TermHit | None:
    """What is found at a labelled place."""
    matcher = matchers.setdefault(place.term, TermMatcher(UNKNOWN, [TermPattern("concept", place.term)]))
    for hit in matcher.find(place.text):
        if hit.start < place.end and hit.end > place.start:
            return endings.settle(hit)
    return None


def score(found: list[bool], wanted: list[bool]) -> str:
    """Precision, recall and F1."""
    right = sum(one and other for one, other in zip(found, wanted, strict=True))
    precision, recall = right / max(1, sum(found)), right / max(1, sum(wanted))
    return f"{precision:.3f} {recall:.3f} {2 * right / max(1, sum(found) + sum(wanted)):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder of the development data")
    parser.add_argument("--languages", nargs="*", default=[*TUNED, *FRESH], metavar="LANGUAGE")
    options = parser.parse_args()
    print(f"{'':4}{'words':>8}{'hits':>6}{'others':>8}  {'exact':19}{'certain':19}with unsure")
    for lang in options.languages:
        forms = {word for text in texts(lang, options.data) for word, _, _ in words(text, UNKNOWN)}
        endings = Endings(UNKNOWN, forms)
        places = [place for place in occurrences(lang, options.data) if place.label != "compound"]
        matchers: dict[str, TermMatcher] = {}
        hits = [hit_at(place, endings, matchers) for place in places]
        wanted = [place.label == "hit" for place in places]
        exact = [fold(place.surface, UNKNOWN) == fold(place.term, UNKNOWN) for place in places]
        certain = [hit is not None and hit.certainty is Certainty.MATCH for hit in hits]
        scores = "  ".join(score(found, wanted) for found in (exact, certain, [hit is not None for hit in hits]))
        print(f"{lang:4}{len(forms):8}{sum(wanted):6}{len(wanted) - sum(wanted):8}  {scores}")


if __name__ == "__main__":
    main()
