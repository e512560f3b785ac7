"""False alarms of the literal rules on clean human translations, and the share of planted faults that they find.

    python benchmarks/literal.py ../shared/data/ntrex-dev.tsv
    python benchmarks/literal.py ../shared/data/ntrex-dev.tsv --langs pl ko --rows 400 --no-language
    python benchmarks/literal.py ../shared/data/ntrex-dev.tsv --role test

The argument is a table of sentences: a document column, then one column per language, the first of them the source.
Paragraphs of one to three sentences are made of it. News hold hardly any links, code, placeholders, tags, mail
addresses or emoji, so half of the paragraphs get one in both versions, written as each language's version of a site
would; that is still clean. The faults are planted in the other half of the work: one per paragraph and rule.

The baseline is what string comparison in the manner of classic quality checks finds: the same digits, links and
signs, counted, on both sides.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planting import Paragraph, read_paragraphs
from splits import paragraphs_of
from termcheck.cache import MemoryCache
from termcheck.corpus.placeholders import find_literals
from termcheck.corpus.sentences import split_sentences
from termcheck.literal.items import ItemKind
from termcheck.literal.rows import LiteralFacts, LiteralStage, RowChecks
from termcheck.literal.sentence_marks import SentenceMark
from termcheck.model import (
    Alignment,
    Cell,
    Document,
    Protected,
    ProtectedKind,
    Row,
    Segment,
    SegmentKind,
    Span,
    TextRun,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SHARE = 0.5
"""Share of the clean paragraphs that get an item."""

WITNESSES = ("de", "it", "pl")
"""Versions of which two stand beside those measured, where a rule needs more than two."""

At = tuple[int, str]
"""A row and a language."""

Pair = tuple[str, str]
"""A paragraph's text in the source and in the target language."""


@dataclass(frozen=True)
class Check:
    """A rule as it is measured: where its findings are, how a fault is planted, what the baseline compares."""

    name: str
    found: Callable[[LiteralFacts], list[At]]
    plant: Callable[[Pair, str, random.Random], Pair | None]
    baseline: Callable[[str, str], bool]
    witnesses: bool = False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--langs", nargs="*", help="target languages (all)")
    parser.add_argument("--rows", type=int, default=150, help="paragraphs with planted faults per rule and language")
    parser.add_argument("--rules", nargs="*", metavar="CODE", help="only these rules (all)")
    parser.add_argument("--no-language", action="store_true", help="leave the language of sentences out")
    parser.add_argument("--without-source", nargs="*", metavar="LANG", help="also these versions without the source")
    parser.add_argument("--role", help="only documents with this role; see splits.py (all)")
    options = parser.parse_args()
    header = options.table.read_text("utf-8").partition("\n")[0].split("\t")[1:]
    source = header[0]
    langs = options.langs or header[1:]
    paragraphs = read_paragraphs(options.table, header)
    if options.role:
        paragraphs = [paragraphs[number] for number in paragraphs_of(paragraphs)[options.role]]
    checks = [
        check
        for check in CHECKS
        if not (options.no_language and check.name == "TC305 sentence-untranslated")
        and (not options.rules or check.name.partition(" ")[0] in options.rules)
    ]
    alarms: dict[tuple[str, str], float] = {}
    hits: dict[tuple[str, str], tuple[int, int]] = {}
    naive: dict[tuple[str, str], tuple[float, float]] = {}
    for lang in langs:
        _measure(paragraphs, source, lang, checks, options.rows, alarms, hits, naive)
    print(f"{len(paragraphs)} paragraphs; false alarms per 100 clean paragraphs / planted faults found in %")
    _table(checks, langs, lambda rule, lang: (alarms[rule, lang], _percent(hits[rule, lang])))
    print("\nThe same for the comparison of strings")
    _table(checks, langs, lambda rule, lang: naive[rule, lang])
    if options.without_source:
        _without_source(paragraphs, options.without_source, checks)


def _measure(
    paragraphs: Sequence[Paragraph],
    source: str,
    lang: str,
    checks: Sequence[Check],
    rows: int,
    alarms: dict[tuple[str, str], float],
    hits: dict[tuple[str, str], tuple[int, int]],
    naive: dict[tuple[str, str], tuple[float, float]],
) -> None:
    rng = random.Random(f"literal {lang}")  # noqa: S311
    plain = [(each.text(source), each.text(lang)) for each in paragraphs]
    clean = [_with_item(pair, lang, rng) for pair in plain]
    stage = LiteralStage([source, lang], MemoryCache())
    alignment = alignment_of([{source: pair[0], lang: pair[1]} for pair in clean], source)
    stage.learn(alignment)
    if any(check.name.startswith("TC305") for check in checks):
        seen = stage.check(alignment)
    else:
        seen = _rows_only([alignment], alignment)
    witnesses = [each for each in WITNESSES if each in paragraphs[0].sentences and each != lang][:2]
    attested = alignment_of(
        [{each: row.text(each) for each in (source, lang, *witnesses)} for row in paragraphs], source
    )
    known = _rows_only([attested], attested)
    for check in checks:
        alarms[check.name, lang] = 100 * _in(lang, check.found(known if check.witnesses else seen)) / len(clean)
        planted = [(number, check.plant(pair, lang, rng)) for number, pair in enumerate(plain)]
        faulty = [(number, pair) for number, pair in planted if pair is not None][:rows]
        # Faults that stand beside each other could hide each other.
        spaced: list[dict[str, str]] = []
        for number, fault in faulty:
            others = {each: paragraphs[number].text(each) for each in witnesses} if check.witnesses else {}
            spaced += [{source: fault[0], lang: fault[1], **others}, {source: ".", lang: "."}]
        spoilt = alignment_of(spaced, source)
        if check.name.startswith("TC305"):
            found = check.found(stage.check(spoilt))
        else:
            found = check.found(_rows_only([attested if check.witnesses else alignment], spoilt))
        hits[check.name, lang] = (_in(lang, found), len(faulty))
        flagged = 100 * sum(check.baseline(*pair) for pair in clean) / len(clean)
        caught = sum(check.baseline(*pair) for _, pair in faulty)
        naive[check.name, lang] = (flagged, _percent((caught, len(faulty))))


def _in(lang: str, places: Sequence[At]) -> int:
    """How many rows are flagged in a language."""
    return len({row for row, other in places if other == lang})


def _rows_only(learnt: Sequence[Alignment], alignment: Alignment) -> LiteralFacts:
    """What the checks find that do not look at the language."""
    rows = RowChecks()
    for each in learnt:
        rows.learn(each)
    facts = LiteralFacts()
    rows.check(alignment, facts)
    return facts


def _without_source(paragraphs: Sequence[Paragraph], langs: Sequence[str], checks: Sequence[Check]) -> None:
    """False alarms where none of the versions is the original."""
    alignment = alignment_of([{lang: each.text(lang) for lang in langs} for each in paragraphs], None)
    facts = _rows_only([alignment], alignment)
    print(f"\n{' '.join(langs)} without the source: rows with a false alarm per 100")
    for check in checks:
        print(f"{check.name:32} {100 * len({row for row, _ in check.found(facts)}) / len(paragraphs):5.2f}")


def _table(checks: Sequence[Check], langs: Sequence[str], values: Callable[[str, str], tuple[float, float]]) -> None:
    print(f"{'':32}" + "".join(f"{lang:>10}" for lang in langs))
    for check in checks:
        cells = [values(check.name, lang) for lang in langs]
        print(f"{check.name:32}" + "".join(f"{alarm:5.1f}/{hit:<4.0f}" for alarm, hit in cells))


def _percent(part: tuple[int, int]) -> float:
    return 100 * part[0] / part[1] if part[1] else float("nan")


# Texts as the readers would give them.


def alignment_of(texts: Sequence[Mapping[str, str]], source: str | None) -> Alignment:
    """A document whose rows are these texts by language."""
    langs = tuple(sorted({lang for row in texts for lang in row})) if texts else ()
    cells = {lang: [_cell(row[lang], lang) if lang in row else Cell() for row in texts] for lang in langs}
    rows = tuple(Row(index, {lang: cells[lang][index] for lang in langs}) for index in range(len(texts)))
    return Alignment("news", source, langs, rows)


_CODE = re.compile(r"`([^`\n]+)`")
_HTML = re.compile(r"</?[a-z][^<>\n]{0,40}>")


def _cell(text: str, lang: str) -> Cell:
    document = Document(f"{lang}.txt", lang, text, "text")
    span = Span(0, len(text))
    known = [Protected(ProtectedKind.CODE, Span(*match.span()), match[1]) for match in _CODE.finditer(text)]
    known += (Protected(ProtectedKind.HTML, Span(*match.span()), match[0]) for match in _HTML.finditer(text))
    protected = tuple(sorted((*known, *find_literals(text, known)), key=lambda part: part.span))
    runs = (TextRun(0, len(text), 0, len(text)),)
    return Cell((Segment(document, 0, SegmentKind.PARAGRAPH, 0, text, span, runs, protected),))


# What clean paragraphs get, in the source's and in the target's way of writing it.

_ITEMS: Sequence[tuple[str, str]] = (
    ("https://example.org/en/docs/setup", "https://example.org/{lang}/docs/setup/"),
    ("https://docs.example.com/en/start.html#first-steps", "https://docs.example.com/{lang}/start.html#x1"),
    ("https://en.wikipedia.org/wiki/Bridge", "https://{lang}.wikipedia.org/wiki/Q12280"),
    ("https://example.org/about?hl=en", "https://example.org/about?hl={lang}"),
    ("%s (%s)", "%2$s (%1$s)"),
    ("{name}: {price:.2f}", "{price:.1f} {name}"),
    ("{{ count }}", "{{count}}"),
    ("${user}", "${user}"),
    ("{count, plural, one {# file} other {# files}}", "{count, plural, few {# x} many {# x} other {# x}}"),
    ("`git push --force`", "`git push --force`"),
    ("`echo \"x\"`", "`echo “x”`"),
    ("<kbd2>Esc</kbd2>", "<kbd2>Esc</kbd2>"),
    ("<b>3</b>", "3"),
    ("help@example.org", "Help@example.org"),
    ("🎉", "🎉\ufe0f"),
    ("👍🏽", "👍"),
)  # fmt: skip


def _with_item(pair: Pair, lang: str, rng: random.Random) -> Pair:
    if rng.random() >= SHARE:
        return pair
    left, right = rng.choice(_ITEMS)
    return f"{pair[0]} {left}", f"{pair[1]} {right.replace('{lang}', lang)}"


# Faults.


def _replaced(left: str, right: str) -> Callable[[Pair, str, random.Random], Pair | None]:
    """The source gets ``left`` at its end and the target ``right``."""
    return lambda pair, lang, rng: (f"{pair[0]} {left}", f"{pair[1]} {right}")  # noqa: ARG005


def _number(pair: Pair, lang: str, rng: random.Random) -> Pair | None:  # noqa: ARG001
    places = [match for match in re.finditer(r"(?<![\w.,:])[2-9]\d(?![\w.,:%])", pair[1]) if match[0] in pair[0]]
    if not places:
        return None
    match = rng.choice(places)
    return pair[0], pair[1][: match.start()] + match[0][::-1].replace("0", "7") + "5" + pair[1][match.end() :]


_MILES = {
    "pl": "mil", "tr": "mil", "ko": "마일", "id": "mil", "de": "Meilen", "fr": "milles", "es": "millas", "ja": "マイル",
    "zh": "英里", "ru": "миль", "uk": "миль", "cs": "mílí", "fi": "mailia", "hu": "mérföld", "ar": "ميل", "vi": "dặm",
    "it": "miglia", "nl": "mijl",
}  # fmt: skip


def _unit(pair: Pair, lang: str, rng: random.Random) -> Pair | None:
    if lang not in _MILES or re.search("mile|kilomet|km", pair[0]):
        return None
    number = rng.randint(11, 99)
    return f"{pair[0]} {number} km", f"{pair[1]} {number} {_MILES[lang]}"


def _repeated(pair: Pair, lang: str, rng: random.Random) -> Pair | None:
    if rng.random() < 0.5:
        start, end = rng.choice(split_sentences(pair[1], lang))
        return (pair[0], f"{pair[1]} {pair[1][start:end]}") if end - start > 40 else None
    words = _JOINING.get(lang, ())
    places = [match for word in words for match in re.finditer(rf"(?<=\s){word}(?=\s)", pair[1])]
    if not places:
        return None
    match = rng.choice(places)
    return pair[0], pair[1][: match.end()] + " " + match[0] + pair[1][match.end() :]


_JOINING = {
    "pl": ("i", "na", "z", "w", "oraz"), "tr": ("ve", "için", "ile"), "ko": ("및",), "id": ("dan", "yang", "di"),
    "de": ("und", "mit", "auf"), "fr": ("et", "dans", "les"), "es": ("el", "de", "para"), "ru": ("на", "для"),
    "uk": ("на", "для"), "cs": ("na", "pro"), "fi": ("ja", "että"), "hu": ("és", "hogy", "az"), "ar": ("في", "على"),
    "vi": ("và", "của", "là"), "it": ("per", "che", "di"), "nl": ("het", "een", "van"),
}  # fmt: skip


def _halved(pair: Pair, lang: str, rng: random.Random) -> Pair | None:  # noqa: ARG001
    return (pair[0], pair[1][: len(pair[1]) // 4]) if len(pair[0]) > 200 else None


def _unasked(pair: Pair, lang: str, rng: random.Random) -> Pair | None:  # noqa: ARG001
    if not re.search("[?？؟]", pair[0]) or not re.search("[?？؟]", pair[1]):
        return None
    return pair[0], re.sub("[?？؟]", "." if pair[1].isascii() else "", pair[1])


def _unexclaimed(pair: Pair, lang: str, rng: random.Random) -> Pair | None:  # noqa: ARG001
    if "!" not in pair[0] or not re.search("[!！]", pair[1]):
        return None
    return pair[0], re.sub("[!！]", ".", pair[1])


def _unclosed(pair: Pair, lang: str, rng: random.Random) -> Pair | None:  # noqa: ARG001
    places = [match.start() for match in re.finditer('[)\\]"”»」）]', pair[1])]
    if not places:
        return None
    place = rng.choice(places)
    return pair[0], pair[1][:place] + pair[1][place + 1 :]


def _unnamed(pair: Pair, lang: str, rng: random.Random) -> Pair | None:  # noqa: ARG001
    names = [name for name in re.findall(r"(?<=\s)[A-Z][A-Za-z0-9]{2,}", pair[0]) if name in pair[1]]
    if not names:
        return None
    name = rng.choice(names)
    return pair[0], pair[1].replace(name, "")


def _pasted(pair: Pair, lang: str, rng: random.Random) -> Pair | None:  # noqa: ARG001
    """The source's last sentence in place of the translation's."""
    original, translated = split_sentences(pair[0], "en"), split_sentences(pair[1], lang)
    if min(len(original), len(translated)) < 2 or original[-1].end - original[-1].start <= 60:
        return None
    return pair[0], pair[1][: translated[-1].start] + pair[0][slice(*original[-1])]


def _item(kind: ItemKind) -> Callable[[LiteralFacts], list[At]]:
    return lambda facts: [(row, lang) for found, row, lang in facts.items if found is kind]


def _mark(mark: SentenceMark) -> Callable[[LiteralFacts], list[At]]:
    return lambda facts: [(row, lang) for found, row, lang in facts.marks if found is mark]


def _counts(pattern: str) -> Callable[[str, str], bool]:
    """Whether two texts differ in what a pattern finds in them."""
    compiled = re.compile(pattern)
    return lambda left, right: Counter(compiled.findall(left)) != Counter(compiled.findall(right))


def _odd(pattern: str) -> Callable[[str, str], bool]:
    """Whether the second text has an odd number of the signs."""
    compiled = re.compile(pattern)
    return lambda left, right: len(compiled.findall(right)) % 2 == 1  # noqa: ARG005


_EMOJI = "[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?"

CHECKS: Sequence[Check] = (
    Check("TC303 numbers-differ", lambda facts: list(facts.numbers), _number, _counts(r"\d+")),
    Check(
        "TC304 units-differ", lambda facts: list(facts.units), _unit, _counts(r"\d\s?(km|miles?|kg|cm|m)\b"),
    ),
    # Where little else is in the paragraph, TC301 has the whole of it.
    Check(
        "TC305 sentence-untranslated", lambda facts: [*facts.sentences, *facts.untranslated], _pasted, lambda *_: False
    ),
    Check(
        "TC306 placeholders-differ", _item(ItemKind.PLACEHOLDER), _replaced("{user_name}", "{username}"),
        _counts(r"%\d?\$?s|\$?\{[^}]*\}+"),
    ),
    Check("TC307 code-differs", _item(ItemKind.CODE), _replaced("`npm install`", "`npm instal`"), _counts("`[^`]*`")),
    Check("TC308 tags-differ", _item(ItemKind.TAG), _replaced("<kbd2>Enter</kbd2>", "<kbd2>Enter"), _counts("<[^>]*>")),
    Check(
        "TC309 links-differ", _item(ItemKind.LINK),
        _replaced("https://example.org/en/docs/move", "https://example.org/docs/remove"), _counts(r"https?://\S+"),
    ),
    Check(
        "TC310 emails-differ", _item(ItemKind.EMAIL), _replaced("office@example.org", "ofice@example.org"),
        _counts(r"\S+@\S+"),
    ),
    Check("TC311 emoji-differ", _item(ItemKind.EMOJI), _replaced("✨", "🔥"), _counts(_EMOJI)),
    Check(
        "TC312 name-missing", lambda facts: list(facts.names), _unnamed, _counts(r"\b[A-Z][A-Za-z]+"), witnesses=True
    ),
    Check(
        "TC313 text-repeated", lambda facts: list(facts.repetitions), _repeated,
        lambda _, right: re.search(r"\b(\w+)\s+\1\b", right) is not None,
    ),
    Check(
        "TC314 length-unusual", lambda facts: list(facts.lengths), _halved,
        lambda left, right: not 0.5 <= len(right) / len(left) <= 2,
    ),
    Check("TC315 question-marks-differ", _mark(SentenceMark.QUESTION), _unasked, _counts(r"[?]")),
    Check("TC316 exclamation-marks-differ", _mark(SentenceMark.EXCLAMATION), _unexclaimed, _counts("!")),
    Check("TC317 brackets-unbalanced", lambda facts: list(facts.unpaired), _unclosed, _odd(r'[()"]')),
)  # fmt: skip


if __name__ == "__main__":
    main()
