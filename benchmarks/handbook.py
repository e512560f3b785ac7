"""Brings the Debian Administrator's Handbook into the form that ``train_detector.py --further`` reads.

    python benchmarks/handbook.py /usr/share/doc/debian-handbook/html handbook.tsv

The book (https://debian-handbook.info, Debian package ``debian-handbook``, CC-BY-SA-3.0 or GPL-2.0-or-later; Hertzog
and Mas) is made from one source for all its languages, so the elements of a page correspond by their order; what was
not translated is in English and left out. Written are paragraphs of prose of medium length that most languages have.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from lxml import html

#: The folders of the languages that are written.
_FOLDERS = {
    "de": "de-DE",
    "es": "es-ES",
    "id": "id-ID",
    "it": "it-IT",
    "ru": "ru-RU",
    "zh": "zh-CN",
    "pl": "pl-PL",
    "tr": "tr-TR",
}
#: Languages that only count when a paragraph has to be in most of them.
_OTHER_FOLDERS = {"ar": "ar-MA", "pt": "pt-BR", "nb": "nb-NO"}
_SHORTEST, _LONGEST = 110, 420
_LEAST, _MOST = 0.15, 2.2
_CODE, _CODE_SHARE = frozenset("/<>_={}$#|\\"), 0.03
_LANGUAGES_LEAST = 7


def texts(page: Path) -> list[tuple[str, str]]:
    """The tags and texts of a page's headings and paragraphs."""
    found = []
    for element in html.parse(str(page)).iter("p", "h1", "h2", "h3", "h4", "dt", "div"):
        if element.tag == "div" and (element.get("class") != "para" or element.find(".//div") is not None):
            continue
        found.append((str(element.tag), " ".join(element.text_content().split())))
    return found


def rows(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """The pages' names and their paragraphs by language."""
    found, seen = [], set()
    for page in sorted((folder / "en-US").glob("*.html")):
        english = texts(page)
        versions = {lang: texts(folder / name / page.name) for lang, name in {**_FOLDERS, **_OTHER_FOLDERS}.items()}
        same = {
            lang: version
            for lang, version in versions.items()
            if [tag for tag, _ in version] == [tag for tag, _ in english]
        }
        for place, (_, text) in enumerate(english):
            if text in seen or not _is_prose(text):
                continue
            seen.add(text)
            cells = {lang: version[place][1] for lang, version in same.items() if version[place][1] != text}
            cells = {lang: cell for lang, cell in cells.items() if _LEAST < len(cell) / len(text) < _MOST}
            if len(cells) >= _LANGUAGES_LEAST and _is_kept(page.name, place):
                found.append((page.name, {"en": text, **cells}))
    return [row for number, row in enumerate(found) if number % 4 != 3]


def _is_prose(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and sum(sign in _CODE for sign in text) <= _CODE_SHARE * len(text)


def _is_kept(page: str, place: int) -> bool:
    """A part of all, so that encoding takes minutes: any, but always the same."""
    digest = hashlib.md5(repr((page, place)).encode(), usedforsecurity=False)
    return int(digest.hexdigest(), 16) % 1000 < 799


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a file of parallel paragraphs of the Debian handbook.")
    parser.add_argument("folder", type=Path, help="the folder with a folder of HTML pages per language")
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    langs = ["en", *_FOLDERS]
    lines = ["\t".join(["document", *langs])]
    lines += ["\t".join([page, *(cells.get(lang, "") for lang in langs)]) for page, cells in rows(arguments.folder)]
    arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} paragraphs written to {arguments.output}")


if __name__ == "__main__":
    main()
