"""A corpus of a few paragraphs in three languages, and an encoder for which its words mean the same.

Every word of the texts stands for the same word of the other languages, so that the stand-in encoder sees translations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes import FakeEncoder
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.pipeline import check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pytest

    from termcheck.model import RunResult

GLOSSARY = """\
version: 1
concepts:
  - {id: bread, terms: {en: bread, pl: chleb, tr: ekmek}}
  - {id: lamp, terms: {en: lamp, pl: lampa, tr: lamba}}
distinct:
  - [bread, lamp]
"""
"""A glossary of two words of these texts."""

_SENTENCES = (
    (
        "gardeners water flowers every morning",
        "ogrodnicy podlewają kwiaty każdego ranka",
        "bahçıvanlar her sabah sular",
    ),
    ("bakers bake bread before sunrise", "piekarze pieką chleb przed świtem", "fırıncılar gündoğmadan ekmek pişirir"),
    ("sailors mend torn white sails", "żeglarze naprawiają podarte białe żagle", "denizciler yırtık yelken onarır"),
    (
        "teachers read stories aloud slowly",
        "nauczyciele czytają głośno długie opowieści",
        "öğretmenler yüksek masal okur",
    ),
    ("miners carry lamps deep underground", "górnicy noszą lampy głęboko pod ziemią", "madenciler derinde lamba taşır"),
    (
        "clerks copy old letters patiently",
        "urzędnicy cierpliwie przepisują stare listy",
        "kâtipler eski mektupları kopyalar",
    ),
)
_LANGUAGES = ("en", "pl", "tr")


def paragraphs(lang: str) -> list[str]:
    """The six paragraphs in English, Polish or Turkish."""
    return [row[_LANGUAGES.index(lang)].capitalize() + "." for row in _SENTENCES]


def make_encoder() -> FakeEncoder:
    """An encoder for which the n-th words of a sentence in all languages mean the same."""
    concepts = {}
    for number, row in enumerate(_SENTENCES):
        for sentence in row:
            for place, word in enumerate(sentence.split()):
                concepts[word] = f"{number} {min(place, 3)}"
    return FakeEncoder(concepts)


def write(root: Path, files: Mapping[str, str | bytes | Sequence[str]]) -> Path:
    """Write files below ``root``, making folders; a sequence becomes paragraphs."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else "\n\n".join(content) + "\n", "utf-8")
    return root


def write_corpus(root: Path, *, without: Mapping[str, int] | None = None) -> Path:
    """Write ``en``, ``pl`` and ``tr/story.md``; ``without`` names a paragraph to leave out by language."""
    files = {}
    for lang in _LANGUAGES:
        texts = paragraphs(lang)
        if without and lang in without:
            del texts[without[lang]]
        files[f"{lang}/story.md"] = texts
    return write(root, files)


def check_paths(
    *paths: Path | str,
    langs: Sequence[str] = (),
    use_cache: bool = False,
    encoder: FakeEncoder | None = None,
    **settings: object,
) -> RunResult:
    """What a run finds at the paths with the stand-in encoder and these settings."""
    target = find_target([str(path) for path in paths])
    config = load_config(target.root, None, settings)
    return check(
        target.based_at(config.file), config, langs=langs, use_cache=use_cache, encoder=encoder or make_encoder()
    )


def use_stand_in(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    """Let commands that run in this process use the stand-in encoder, and return it."""
    from termcheck.meaning.centres import Centres

    encoder = make_encoder()
    monkeypatch.setattr("termcheck.embedding.encoder.load_encoder", lambda *_args, **_options: encoder)
    monkeypatch.setattr("termcheck.meaning.models.choose_centres", lambda *_args: Centres())
    monkeypatch.setattr("termcheck.meaning.models.choose_detector", lambda *_args: None)
    return encoder
