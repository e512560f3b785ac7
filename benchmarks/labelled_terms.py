"""Occurrences of terms in the development data, labelled by hand: references and the word that stands there, no text.

Each file ``data/terms/<language>.tsv`` has a line per term and surface form: ``words`` (``tuned`` for words that were
used to write or correct the rules, ``fresh`` for all others), ``term``, ``label``, ``surface``, and the places as
``path:line:column`` (from 1; in a table of sentences the column counts inside the language's own cell).

A ``hit`` is a form of the term's own word, a ``compound`` holds the term as a part, an ``other`` only looks like it
(another word, a derivation). Forms on which two readers could differ are left out.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = Path(__file__).parent / "data" / "terms"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A labelled place: ``text[start:end]`` is ``surface``, offsets in code points of the line (or cell)."""

    words: str
    term: str
    label: str
    surface: str
    text: str
    start: int
    end: int


def languages() -> tuple[str, ...]:
    """The languages that have labels."""
    return tuple(sorted(path.stem for path in LABELS.glob("*.tsv")))


def occurrences(lang: str, data: Path) -> Iterator[Occurrence]:
    """The labelled occurrences of a language; ``data`` is the folder that the paths start from.

    Raises:
        ValueError: the data do not hold the surface at a place.
    """
    with (LABELS / f"{lang}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for place in row["places"].split(" "):
                path, line, column = place.rsplit(":", 2)
                text = _line(data / path, int(line), lang)
                start = int(column) - 1
                end = start + len(row["surface"])
                if text[start:end] != row["surface"]:
                    raise ValueError(f"{place}: expected {row['surface']!r}, found {text[start:end]!r}")
                yield Occurrence(row["words"], row["term"], row["label"], row["surface"], text, start, end)


def sentences(lang: str, data: Path, limit: int = 0) -> list[str]:
    """The sentences of a language's column in the table, the first ``limit`` of them unless it is 0."""
    lines = _lines(data / "data" / "ntrex-dev.tsv")
    column = lines[0].split("\t").index(lang)
    found = [line.split("\t")[column] for line in lines[1:] if line]
    return found[:limit] if limit else found


def _line(path: Path, number: int, lang: str) -> str:
    line = _lines(path)[number - 1]
    if path.suffix != ".tsv":
        return line
    return line.split("\t")[_lines(path)[0].split("\t").index(lang)]


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")
