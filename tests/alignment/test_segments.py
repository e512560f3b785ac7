from __future__ import annotations

import numpy as np
import pytest

from fakes import FakeEncoder
from termcheck.alignment.segments import align_document, describe
from termcheck.alignment.version import centre
from termcheck.corpus.reading import segment
from termcheck.model import Alignment, Document, DocumentSet, Segment

ENGLISH = """# Coffee machine {#coffee}

Fill the tank with fresh water every morning.

Switch the machine on and wait for 90 seconds.

Put your cup under the spout.

Choose a recipe on the screen and press start.

Empty the grounds before you leave in the evening.

Call the technician when the red lamp is on.
"""
# Other words, but to the stand-in encoder the same meanings.
WORDS = sorted({word.strip(".#{}").casefold() for word in ENGLISH.split()})
CONCEPTS = {f"{word}{lang}": word for word in WORDS for lang in ("xa", "xb", "xc")}
VERSIONS = {"en": "", "de": "xa", "ko": "xb", "pl": "xc"}


def translated(text: str, lang: str) -> str:
    """The text with an ending at every word that tells the language."""
    ending = VERSIONS[lang]
    return "\n".join(
        " ".join(
            part if part[0] in "#{" else part.rstrip(".") + ending + "." * part.endswith(".") for part in line.split()
        )
        for line in text.split("\n")
    )


def aligned(texts: dict[str, str], source: str | None = "en") -> Alignment:
    encoder = FakeEncoder({**CONCEPTS, **{word: word for word in WORDS}})
    segments = {lang: segment(Document(f"{lang}/a.md", lang, text, "markdown")) for lang, text in texts.items()}
    vectors = {lang: encoder.encode([found.text for found in each]) for lang, each in segments.items()}
    means = {lang: each.mean(axis=0, dtype=np.float64) for lang, each in vectors.items()}
    document = DocumentSet("a.md", {lang: f"{lang}/a.md" for lang in texts}, source)
    return align_document(document, segments, vectors, means)


def texts_of(alignment: Alignment, lang: str) -> list[tuple[str, ...]]:
    return [tuple(found.text for found in row.cells[lang].segments) for row in alignment.rows]


def test_rows_hold_the_segments_that_belong_together() -> None:
    texts = {lang: translated(ENGLISH, lang) for lang in VERSIONS}
    found = aligned(texts)
    assert (found.key, found.source, found.languages) == ("a.md", "en", ("de", "en", "ko", "pl"))
    assert found.excluded == ()
    assert [row.index for row in found.rows] == list(range(7))
    for row in found.rows:
        assert tuple(row.cells) == found.languages
        assert {cell.segments[0].index for cell in row.cells.values()} == {row.index}
        assert {cell.segments[0].lang for cell in row.cells.values()} == set(VERSIONS)
    assert all(found.coverage(lang) == 1.0 for lang in VERSIONS)


def test_every_segment_is_in_one_row() -> None:
    blocks = ENGLISH.split("\n\n")
    shorter = "\n\n".join(blocks[:3] + blocks[4:])
    texts = {"en": ENGLISH, "de": translated(ENGLISH, "de"), "pl": translated(shorter, "pl")}
    found = aligned(texts)
    for lang, text in texts.items():
        flat = [each for row in texts_of(found, lang) for each in row]
        assert flat == [each.text for each in segment(Document("x", lang, text, "markdown"))]
    assert texts_of(found, "pl")[3] == ()
    assert texts_of(found, "en")[3] == ("Put your cup under the spout.",)


def test_a_version_of_something_else_is_excluded() -> None:
    other = "\n\n".join(f"Zupełnie{n} inny{n} tekst{n} o{n} ogrodzie{n} i{n} kwiatach{n}." for n in range(7))
    found = aligned({"en": ENGLISH, "de": translated(ENGLISH, "de"), "ko": translated(ENGLISH, "ko"), "pl": other})
    assert found.languages == ("de", "en", "ko")
    (exclusion,) = found.excluded
    assert (exclusion.lang, exclusion.path) == ("pl", "pl/a.md")
    assert 0 <= exclusion.score < 0.1
    assert all("pl" not in row.cells for row in found.rows)


def test_a_language_without_a_mean_of_the_corpus_is_aligned_too() -> None:
    segments = {"en": _read("One thing.\n\nAnother thing."), "pl": _read("One thing.\n\nAnother thing.")}
    vectors = {lang: FakeEncoder().encode([each.text for each in found]) for lang, found in segments.items()}
    found = align_document(DocumentSet("a", {"en": "a", "pl": "b"}), segments, vectors, {})
    assert len(found.rows) == 2


def _read(text: str) -> tuple[Segment, ...]:
    return segment(Document("en/a.md", "en", text, "markdown"))


def _described(text: str) -> tuple[frozenset[str], ...]:
    found = _read(text)
    return describe(found, centre(FakeEncoder().encode([each.text for each in found]))).signatures


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("Plain words.", set()),
        ("In 1984, 7 of 12 came.", {"1984", "12"}),
        ("## Install {#setup}", {"#setup"}),
        ("Run `make`.", {"code:make"}),
        ("Hello {name}.", {"placeholder:{name}"}),
        ("See [there](https://example.com/a).", {"link:https://example.com/a"}),
        # These are translated themselves.
        ("See [there](../en/a.md).", set()),
        ("See [there](https://example.com/a#top).", set()),
        # Markup says nothing about the content.
        ("Some <b>bold</b> words.", set()),
    ],
)
def test_what_a_translation_keeps(text: str, signature: set[str]) -> None:
    assert _described(text) == (frozenset(signature),)


def test_lengths_and_kinds() -> None:
    found = _read("# One\n\n## Two\n\nThree.\n\n- Four\n  - Five\n")
    version = describe(found, FakeEncoder().encode([each.text for each in found]))
    assert version.lengths.tolist() == [3, 3, 6, 4, 4]
    one, two, three, four, five = version.kinds.tolist()
    assert len({one, two, three, four}) == 4, "headings differ by level"
    assert four == five, "list items do not"


def test_the_fields_of_a_page_are_what_they_are_whatever_they_say() -> None:
    assert (
        _described("---\ntitle: Home\n---\n")
        == _described("---\ntitle: Strona główna\n---\n")
        == (frozenset({"field:title"}),)
    )
