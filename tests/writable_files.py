"""A file of every format that can be written, and texts that try to break out of one."""

from __future__ import annotations

WRITABLE_FILES: dict[str, str] = {
    "pl/mkdocs.md": (
        'Text.\n\n!!! note "A title"\n    Body of it,\n    wrapped.\n\n    - item\n\n=== "Tab"\n\n    In a tab.\n\n'
        "Term\n: Definition\n  goes on\n\n::: info A title\n\nBody.\n\n:::\n\n*[HTML]: Hyper Text\n"
    ),
    "pl/a.md": (
        "---\n"
        'title: "A \\"quoted\\" title"  # note\n'
        "description: Plain, no\n"
        "---\n"
        "\n"
        "# Heading **bold** {#anchor}\n"
        "\n"
        "A *first* paragraph with a [link](https://example.org/a) and `code`,\n"
        "hard-wrapped over two lines.  \n"
        "Third line &amp; more.\n"
        "\n"
        "> A quote that goes\n"
        "> on here.\n"
        ">\n"
        "> - an item of\n"
        ">   the quote\n"
        "\n"
        "1. One\n"
        "2. Two\n"
        "   over two lines\n"
        "\n"
        "   second paragraph\n"
        "\n"
        "| Name | Text |\n"
        "|------|------|\n"
        "| a \\| b | **c** d |\n"
        "\n"
        '<div class="x">\n'
        "  <p>In HTML\n"
        "  two lines.</p>\n"
        "</div>\n"
        "\n"
        "Setext heading\n"
        "==============\n"
        "\n"
        "Term\n"
        ": Definition\n"
        "\n"
        "```sh\n"
        "code stays\n"
        "```\n"
        "\n"
        "Last one.\n"
    ),
    "pl/toml.md": ('+++\ntitle = "Title"\ndescription = \'Literal\'\n[params]\ntitle = "no"\n+++\n\nText here.\n'),
    "pl/a.mdx": (
        "import X from './x'\n"
        "\n"
        "# Head {/*id*/}\n"
        "\n"
        'Text {value} with <Card title="t">words</Card> here.\n'
        "\n"
        "<Tabs>\n"
        "\n"
        "- item\n"
        "\n"
        "</Tabs>\n"
    ),
    "pl/a.html": (
        "---\n"
        "title: Front\n"
        "---\n"
        "<!DOCTYPE html><html lang=pl><head><title>A title</title>\n"
        "<meta name=\"description\" content='It says'></head>\n"
        "<h1 id=top>Heading <b>bold</b></h1>\n"
        '<p>A <em>first</em> paragraph &amp; a <a href="/x" title=no>link</a>,\n'
        "   {{ name }} over two lines.\n"
        "<ul><li>One<li>Two <br>lines</ul>\n"
        "<table><tr><td>Cell<td>Next</table>\n"
        '<form><input placeholder="Your name"><button title="Hint">Press</button></form>\n'
        '<a href="/y"><p>Said <code>x</code></p></a><img src=x alt="A dog">\n'
    ),
    "pl/a.rst": (
        "=====================\n"
        "A *title* of the page\n"
        "=====================\n"
        "\n"
        "A paragraph with ``code`` and `a link <https://x.org>`_,\n"
        "over two lines.\n"
        "\n"
        "- item one\n"
        "- item two\n"
        "  over two lines\n"
        "\n"
        ".. note:: Said aside,\n"
        "   and more.\n"
        "\n"
        ".. image:: x.png\n"
        "   :alt: A dog\n"
        "\n"
        "Term\n"
        "   Meaning\n"
    ),
    "pl/line.txt": ("First line\nSecond line\n\nThird\n"),
    "pl/wrapped.txt": (
        "A paragraph of text that is wrapped at the right margin by hand so\n"
        "that it goes on here and then\n"
        "stops.\n"
        "\n"
        "Another paragraph of text that is wrapped at the right margin, as\n"
        "you see.\n"
    ),
    "pl.po": (
        'msgid ""\n'
        'msgstr ""\n'
        '"Language: pl\\n"\n'
        "\n"
        "#: a.c:1\n"
        'msgid "a"\n'
        'msgstr "Jeden \\"dwa\\"\\n"\n'
        "\n"
        'msgctxt "c"\n'
        'msgid "long"\n'
        'msgstr ""\n'
        '"First part "\n'
        '"second part.\\n"\n'
        '"third"\n'
        "\n"
        'msgid "one"\n'
        'msgid_plural "many"\n'
        'msgstr[0] "%d plik"\n'
        'msgstr[1] "%d pliki"\n'
        'msgstr[2] "%d plików"\n'
        "\n"
        "#, fuzzy\n"
        'msgid "f"\n'
        'msgstr "x"\n'
        "\n"
        '#~ msgid "old"\n'
        '#~ msgstr "stary"\n'
    ),
    "locales/pl.json": (
        "{\n"
        '  "a": "Jeden \\u017c\\n \\"x\\"",\n'
        '  "n": {"b": "{count, plural, one {# plik} other {# plików}}", "list": ["x1", "x2"]},\n'
        '  "n5": 5\n'
        "}\n"
    ),
    "app_pl.arb": ('{"@@locale": "pl", "hello": "Cześć {name}", "@hello": {"description": "no"}}\n'),
    "locales/pl.yml": (
        "pl:\n"
        "  plain: Two words\n"
        '  double: "It \\"is\\" \\u0105"\n'
        "  single: 'It''s'\n"
        "  folded: >\n"
        "    First line\n"
        "    second\n"
        "  block: |\n"
        "    Line one\n"
        "      indented\n"
        "    line three\n"
        "  multi: a plain text\n"
        "    on two lines\n"
        "  # comment\n"
        '  list: [one text, "two"]\n'
        "  flow: {a: in flow, b: next}\n"
    ),
    "i18n/pl.toml": (
        'a = "Jeden \\u0105"\n'
        "b = 'Dosłownie'\n"
        'c = """\n'
        "Trzy\n"
        'cztery"""\n'
        "d = '''pięć'''\n"
        "[t]\n"
        'other = "sześć"  # note\n'
    ),
    "messages_pl.properties": ("# note\na = Jeden\nb: first \\\n    second\nc = It''s {0}\nd=It's \\u0105\n"),
    "pl/x.ftl": (
        "# note\n"
        "a = Jeden\n"
        "b =\n"
        "    First line\n"
        "    second { $x } line\n"
        "c = { $n ->\n"
        "    [one] jeden plik\n"
        "   *[other] wiele plików\n"
        " }\n"
        "    .attr = Atrybut\n"
        "-term = Termin\n"
    ),
    "res/values-pl/strings.xml": (
        '<?xml version="1.0"?>\n'
        "<resources>\n"
        "  <!-- note -->\n"
        "  <string name=\"a\">Jeden \\'dwa\\' &amp; trzy</string>\n"
        '  <string name="b">Z <b>tagiem</b> i &lt;i>takim&lt;/i></string>\n'
        '  <string name="c"><![CDATA[<p>W cdata</p>]]></string>\n'
        '  <plurals name="d"><item quantity="one">%d plik</item><item quantity="other">%d '
        "plików</item></plurals>\n"
        "</resources>\n"
    ),
    "pl.lproj/x.strings": ('/* note */\n"a" = "Jeden \\"dwa\\"";\nb = "Dwa\nlinie";\n'),
    "pl.lproj/x.stringsdict": (
        '<?xml version="1.0"?>\n'
        "<plist "
        'version="1.0"><dict><key>k</key><dict><key>NSStringLocalizedFormatKey</key><string>%#@v@</'
        "string><key>v</key><dict><key>one</key><string>%d plik &amp; "
        "x</string><key>other</key><string>%d plików</string></dict></dict></dict></plist>\n"
    ),
    "x.pl.xlf": (
        '<xliff version="1.2"><file source-language="en" target-language="pl" original="a"><body>\n'
        '<trans-unit id="1"><source>One <g id="1">x</g></source><target>Jeden <g id="1">x</g> '
        "&lt;b&gt;</target></trans-unit>\n"
        '<trans-unit id="2"><source>Two</source><target>Dwa</target></trans-unit>\n'
        "</body></file></xliff>\n"
    ),
    "m.tmx": (
        '<tmx version="1.4"><header/><body><tu tuid="1"><tuv '
        'xml:lang="en"><seg>One</seg></tuv><tuv xml:lang="pl"><seg>Jeden <bpt '
        'i="1">&lt;b></bpt>x<ept i="1">&lt;/b></ept></seg></tuv></tu></body></tmx>\n'
    ),
    "t.csv": ('key,en,pl\na,One,Jeden\nb,"Two, ""x""","Dwa, ""y""\nlinia"\n'),
    "pl/s.srt": (
        "1\n00:00:01,000 --> 00:00:02,000\nPierwsza <i>linia</i>\ndruga\n\n2\n00:00:03,000 --> 00:00:04,000\nTrzecia\n"
    ),
    "pl/s.vtt": (
        "WEBVTT\n"
        "\n"
        "NOTE no\n"
        "\n"
        "00:01.000 --> 00:02.000 align:start\n"
        "Pierwsza &amp; <b>x</b>\n"
        "\n"
        "id\n"
        "00:03.000 --> 00:04.000\n"
        "Druga\n"
    ),
}
"""By path, in Polish."""

TYPED_TEXTS = (
    "x */ y",
    '""" x',
    "x ''' y",
    "a ]]> b",
    "two\nlines",
    "two\n\nparagraphs",
    "a # b",
    "a: b",
    "- item",
    "'quoted'",
    '"quoted"',
    "a | b",
    "<!-- x",
    "<b>x</b>",
    "&amp; &lt; & <",
    "{x",
    "x}",
    "{{% x %}}",
    "```\nx",
    "~~~",
    "a\\",
    "\\",
    "\\n x",
    "%s %d",
    "@x",
    "?x",
    " lead",
    "trail ",
    "= x",
    "true",
    "null",
    "12",
    "no",
    "*x",
    "# x",
    "> x",
    "a;b,c",
    "00:01 --> 00:02",
    "#~ x",
    "\t tab",
    "x\r\ny",
    "日本語 😀 é",
    "---",
    "x\n---",
    "x\n===",
    "{count, plural, one {a} other {b}}",
    "'{",
    "<g>x",
    "{#id}",
    "x {#id}",
    "[x]: y",
    "x\u000b\u0001y",
    "\u2028x",
    "\ufeffx",
    "key = x\nother = y",
    "...",
    "msgstr x\nmsgid y",
    "</string><string name='z'>q",
    "</seg></tuv>",
    'x "\n"y',
    ".attr = x",
    "[other] x",
    "import x from 'y'",
    "1. x",
    "x  \ny",
)
