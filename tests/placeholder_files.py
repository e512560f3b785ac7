"""A file of every format that says some texts, and placeholders of every kind to put into them."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from office_files import docx, odt, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

KINDS = {
    "printf": ("%s", "%d"),
    "printf, numbered": ("%1$s", "%2$s"),
    "python, percent": ("%(count)d", "%(cuont)d"),
    "python, braces": ("{name}", "{nmae}"),
    "format": ("{price:.2f}", "{prize:.2f}"),
    "mustache": ("{{ name }}", "{{ nmae }}"),
    "dollar": ("${name}", "${nmae}"),
    "percent braces": ("%{name}", "%{nmae}"),
    "reference": ("$t(key)", "$t(kye)"),
    "numbered tag": ("<0/>", "<1/>"),
    "argument": ("{when, date, short}", "{wehn, date, short}"),
    "tag": ("<bdi></bdi>", "<bdo></bdo>"),
}
"""What a program fills in, and another such thing that it would not."""


@dataclass(frozen=True)
class TextFormat:
    """How texts in several languages become files.

    ``build`` makes the files, by path, of the texts in each language; ``path`` is where a language's stand. ``written``
    is how a text is written there. ``without`` are the kinds that mean something else in this format, or nothing.
    """

    build: Callable[[Mapping[str, Sequence[str]]], dict[str, str | bytes]]
    path: Callable[[str], str]
    written: Callable[[str], str] = str
    without: frozenset[str] = frozenset()


def _each(
    path: str,
    item: str,
    head: str = "",
    tail: str = "",
    written: Callable[[str], str] = str,
    without: frozenset[str] = frozenset(),
) -> TextFormat:
    """A format with a file for each language."""

    def build(texts: Mapping[str, Sequence[str]]) -> dict[str, str | bytes]:
        files: dict[str, str | bytes] = {}
        for lang, said in texts.items():
            entries = [
                item.replace("N", str(number)).replace("SOURCE", written(source)).replace("TEXT", written(text))
                for number, (source, text) in enumerate(zip(texts["en"], said, strict=True))
            ]
            files[path.format(lang)] = head.replace("LANG", lang) + "".join(entries) + tail
        return files

    return TextFormat(build, path.format, written, without)


def _xml(text: str) -> str:
    return html.escape(text, quote=False)


def _android(text: str) -> str:
    return _xml(text).replace("'", r"\'")


def _json(texts: Mapping[str, Sequence[str]]) -> dict[str, str | bytes]:
    return {
        f"i18n/{lang}.json": json.dumps({f"k{n}": text for n, text in enumerate(said)}, ensure_ascii=False, indent=1)
        for lang, said in texts.items()
    }


def _arb(texts: Mapping[str, Sequence[str]]) -> dict[str, str | bytes]:
    return {
        f"app_{lang}.arb": json.dumps({f"k{n}": text for n, text in enumerate(said)}, ensure_ascii=False, indent=1)
        for lang, said in texts.items()
    }


def _csv(texts: Mapping[str, Sequence[str]]) -> dict[str, str | bytes]:
    rows = ["key," + ",".join(texts)]
    for number, row in enumerate(zip(*texts.values(), strict=True)):
        rows.append(",".join([f"k{number}", *(f'"{text}"' for text in row)]))
    return {"texts.csv": "\n".join(rows) + "\n"}


def _tmx(texts: Mapping[str, Sequence[str]]) -> dict[str, str | bytes]:
    units = []
    for number, row in enumerate(zip(*texts.values(), strict=True)):
        variants = "".join(
            f'<tuv xml:lang="{lang}">\n<seg>{_xml(text)}</seg></tuv>\n' for lang, text in zip(texts, row, strict=True)
        )
        units.append(f'<tu tuid="k{number}">\n{variants}</tu>\n')
    return {"memory.tmx": f'<tmx version="1.4"><header/><body>\n{"".join(units)}</body></tmx>\n'}


def _office(suffix: str) -> Callable[[Mapping[str, Sequence[str]]], dict[str, str | bytes]]:
    def build(texts: Mapping[str, Sequence[str]]) -> dict[str, str | bytes]:
        if suffix == "docx":
            return {
                f"{lang}/a.docx": docx("".join(paragraph(_xml(text)) for text in said)) for lang, said in texts.items()
            }
        return {
            f"{lang}/a.odt": odt("".join(f"<text:p>{_xml(text)}</text:p>" for text in said))
            for lang, said in texts.items()
        }

    return build


def _without(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


TEXT_FORMATS = {
    # In running text, braces with commas are sentences about them.
    "markdown": _each("{}/a.md", "TEXT\n\n", without=_without("argument")),
    # Braces are expressions of JavaScript, and so are they after a sign; angle brackets are tags.
    "mdx": _each(
        "{}/a.mdx",
        "TEXT\n\n",
        without=_without("argument", "dollar", "percent braces", "numbered tag", "format"),
    ),
    "html": _each("{}/a.html", "<p>TEXT</p>\n", "<body>\n", "</body>", without=_without("argument")),
    # Tags are none here.
    "rst": _each("{}/a.rst", "TEXT\n\n", without=_without("argument", "tag")),
    "text": _each("{}/a.txt", "TEXT\n\n", without=_without("argument", "tag")),
    "docx": TextFormat(_office("docx"), "{}/a.docx".format, without=_without("argument", "tag")),
    "odt": TextFormat(_office("odt"), "{}/a.odt".format, without=_without("argument", "tag")),
    "srt": _each("{}/a.srt", "N\n00:00:0N,000 --> 00:00:0N,900\nTEXT\n\n", without=_without("argument")),
    "vtt": _each("{}/a.vtt", "00:0N.000 --> 00:0N.900\nTEXT\n\n", "WEBVTT\n\n", without=_without("argument")),
    "po": _each("po/{}.po", 'msgid "SOURCE"\nmsgstr "TEXT"\n\n', 'msgid ""\nmsgstr "Language: LANG\\n"\n\n'),
    "json": TextFormat(_json, "i18n/{}.json".format),
    "arb": TextFormat(_arb, "app_{}.arb".format),
    "yaml": _each("i18n/{}.yml", '  kN: "TEXT"\n', "LANG:\n"),
    "toml": _each("i18n/{}.toml", 'kN = "TEXT"\n'),
    "properties": _each("m_{}.properties", "kN = TEXT\n"),
    # Braces are Fluent's own.
    "fluent": _each(
        "{}/a.ftl",
        "kN = TEXT\n",
        without=_without("argument", "format", "mustache", "dollar", "percent braces"),
    ),
    "android": _each(
        "values-{}/strings.xml",
        '<string name="kN">TEXT</string>\n',
        "<resources>\n",
        "</resources>\n",
        written=_android,
    ),
    "strings": _each("{}.lproj/a.strings", '"kN" = "TEXT";\n'),
    "stringsdict": _each(
        "{}.lproj/a.stringsdict",
        "<key>kN</key><dict><key>NSStringLocalizedFormatKey</key><string>%#@v@</string>\n"
        "<key>v</key><dict><key>other</key><string>TEXT</string></dict></dict>\n",
        '<plist version="1.0"><dict>\n',
        "</dict></plist>\n",
        written=_xml,
    ),
    "xliff": _each(
        "a.{}.xlf",
        '<trans-unit id="kN"><source>SOURCE</source>\n<target>TEXT</target></trans-unit>\n',
        '<xliff version="1.2"><file source-language="en" target-language="LANG"><body>\n',
        "</body></file></xliff>\n",
        written=_xml,
    ),
    "xliff 2": _each(
        "a.{}.xlf",
        '<unit id="kN"><segment><source>SOURCE</source>\n<target>TEXT</target></segment></unit>\n',
        '<xliff version="2.0" srcLang="en" trgLang="LANG" xmlns="urn:oasis:names:tc:xliff:document:2.0">\n'
        '<file id="f">\n',
        "</file>\n</xliff>\n",
        written=_xml,
    ),
    "tmx": TextFormat(_tmx, lambda _lang: "memory.tmx", _xml),
    "csv": TextFormat(_csv, lambda _lang: "texts.csv"),
}
