"""Which versions of clean paragraphs the literal rules that are on by default have a finding on.

    python benchmarks/literal_findings.py ../shared/data/ntrex-dev.tsv
    python benchmarks/literal_findings.py ../shared/data/ntrex-dev.tsv --role test --langs cs fi --list

Every language stands beside the source alone, in whole documents; links and the like are not put in, as they are for
``literal.py``. With ``--list`` every finding is printed with both texts, to be read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from literal import CHECKS, alignment_of
from planting import read_paragraphs
from splits import paragraphs_of
from termcheck.cache import MemoryCache
from termcheck.literal.rows import LiteralStage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from termcheck.literal.rows import LiteralFacts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--langs", nargs="*", help="target languages (all)")
    parser.add_argument("--role", help="only documents with this role; see splits.py (all)")
    parser.add_argument("--list", action="store_true", help="print every finding with its texts")
    options = parser.parse_args()
    source, *others = options.table.read_text("utf-8").partition("\n")[0].split("\t")[1:]
    langs = options.langs or others
    paragraphs = read_paragraphs(options.table, [source, *others])
    chosen = set(paragraphs_of(paragraphs)[options.role] if options.role else range(len(paragraphs)))
    counts: Counter[tuple[str, str]] = Counter()
    for lang in langs:
        alignment = alignment_of([{source: each.text(source), lang: each.text(lang)} for each in paragraphs], source)
        stage = LiteralStage([source, lang], MemoryCache())
        stage.learn(alignment)
        found = {(code, row) for code, row, other in _places(stage.check(alignment)) if other == lang and row in chosen}
        counts.update((code, lang) for code, _ in found)
        counts["any", lang] = len({row for _, row in found})
        for code, row in sorted(found) if options.list else ():
            print(f"{code} {lang} {row}\n  {paragraphs[row].text(source)}\n  {paragraphs[row].text(lang)}")
    print(f"{len(chosen)} paragraphs a language; with a finding per 100")
    print(f"{'':6}" + "".join(f"{lang:>6}" for lang in langs) + "   all")
    for code in sorted({code for code, _ in counts}):
        shares = [100 * counts[code, lang] / len(chosen) for lang in langs]
        print(f"{code:6}" + "".join(f"{share:6.1f}" for share in shares) + f"{sum(shares) / len(langs):6.2f}")


def flagged(
    clean: Sequence[Mapping[str, str]],
    rows: Sequence[Mapping[str, str]],
    lang: str,
    source: str | None,
    languages: Collection[str],
) -> list[bool]:
    """For each row whether the version in ``lang`` has a finding; ``clean`` rows tell what is usual.

    ``languages`` are those of the whole corpus, in any of which a text may stand by mistake. Every row is a text
    for each language. They are checked apart from each other: a fault must not hide another.
    """
    stage = LiteralStage(sorted(languages), MemoryCache())
    stage.learn(alignment_of(clean, source))
    apart = [each for row in rows for each in (row, dict.fromkeys(row, "."))]
    places = {(row, other) for _, row, other in _places(stage.check(alignment_of(apart, source)))}
    return [(2 * number, lang) in places for number in range(len(rows))]


def _places(facts: LiteralFacts) -> Iterator[tuple[str, int, str]]:
    """Codes, rows and languages; exclamation marks are off by default, and whole paragraphs are not TC305's."""
    language = (("TC301", facts.untranslated), ("TC302", facts.wrong_language), ("TC305", facts.sentences))
    for code, places in language:
        yield from ((code, row, lang) for row, lang in places)
    for check in CHECKS:
        code = check.name.partition(" ")[0]
        if code not in {"TC305", "TC316"}:
            yield from ((code, row, lang) for row, lang in check.found(facts))


if __name__ == "__main__":
    main()
