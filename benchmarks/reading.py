"""What is read of real folders, and how much syntax is left in the texts.

    python benchmarks/reading.py ../shared/data/starlight ../shared/data/tldr

For each folder: the files in a known format, what discovery made of them without a configuration, the segments, and
those of Markdown that still show code, a shortcode, a component, a comment or front matter outside of what is
protected. The baseline reads the same files as plain CommonMark: every text of a paragraph, heading or table.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from termcheck.corpus.discover import discover
from termcheck.corpus.readers import reader_for
from termcheck.corpus.reading import ReadProblem, read_document, segment_or_problem

if TYPE_CHECKING:
    from termcheck.model import Document, Segment

_LARGEST = 10 * 2**20
_SYNTAX = re.compile(
    r"\{%|%\}|\{\{[<%]|^:::|^///|^!!! |^=== \"|\{/\*|\*/\}|<!--|-->|</?[A-Za-z][\w.]*(?:\s[^<>]*)?/?>"
    r"|^(?:import|export) .*['\"];?$|^(?:title|layout|lang|description|template|hero): |\{[:#.][\w-]"
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Count what is read of folders.")
    parser.add_argument("folders", type=Path, nargs="+")
    columns = ("files", "read", "documents", "languages", "segments", "with syntax", "as CommonMark", "with syntax")
    print(f"{'':24}" + "".join(f"{name:>15}" for name in columns))
    for folder in parser.parse_args().folders:
        print(f"{folder.name:24}" + "".join(f"{count:>15,}" for count in _counts(folder)))


def _counts(folder: Path) -> list[int]:
    found = discover(folder)
    files = [path for path in folder.rglob("*") if path.is_file() and reader_for(path.name)]
    versions = [item for each in (*found.sets, *found.orphans) for item in each.versions.items()]
    segments: list[Segment] = []
    plain: list[str] = []
    for lang, path in versions:
        document = read_document(folder, path, lang, max_size=_LARGEST)
        if isinstance(document, ReadProblem):
            print(f"{path}: {document.reason}")
            continue
        read = segment_or_problem(document)
        if isinstance(read, ReadProblem):
            print(f"{path}: {read.reason}")
            continue
        segments += read
        plain += _commonmark(document)
    left = [each for each in segments if _SYNTAX.search(_unprotected(each))]
    for each in left:
        print(f"    {each.path}:{each.location().start.line} {each.text[:80]!r}")
    rough = sum(bool(_SYNTAX.search(text)) for text in plain)
    documents = len(found.sets) + len(found.orphans)
    return [len(files), len(versions), documents, len(found.languages), len(segments), len(left), len(plain), rough]


def _unprotected(segment: Segment) -> str:
    text = segment.text
    for part in segment.protected:
        text = text[: part.span.start] + "_" * (part.span.end - part.span.start) + text[part.span.end :]
    return text


def _commonmark(document: Document) -> list[str]:
    if not document.format.startswith(("markdown", "mdx")):
        return []
    texts = []
    for token in MarkdownIt("commonmark").enable("table").parse(document.text):
        if token.type == "html_block":
            texts.append(token.content)
        elif token.type == "inline":
            texts.append("".join(child.content for child in token.children or () if child.type != "code_inline"))
    return [text for text in texts if re.search(r"[^\W_]", text)]


if __name__ == "__main__":
    main()
