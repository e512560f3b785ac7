"""Encodings that a file declares: the text, its places, and the way back."""

from __future__ import annotations

import pytest

from termcheck.corpus.reading import ReadProblem, parse_document, segment
from termcheck.corpus.writing import edited, encoded
from termcheck.errors import EditError
from termcheck.model import Document

WORDS = "Zażółć gęślą jaźń"
FILES = {
    "pl/page.html": ("iso-8859-2", "<html>\n<meta charset='ISO-8859-2'>\n<p>{}</p>"),
    "pl/old.htm": ("cp1250", '\n<meta http-equiv=x content="text/html; charset=windows-1250">\n<p>{}</p>'),
    "pl/a.xhtml": ("iso-8859-16", '<?xml version="1.0" encoding="ISO-8859-16"?>\n\n<p>{}</p>'),
    "pl.po": (
        "iso-8859-2",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-2\\n"\nmsgid "a"\nmsgstr "{}"',
    ),
    "values-pl/strings.xml": (
        "iso-8859-2",
        "<?xml version='1.0' encoding='iso-8859-2'?>\n<resources>\n<string name='a'>{}</string></resources>",
    ),
    "a.pl.xlf": (
        "utf-16",
        """<?xml version="1.0" encoding="UTF-16"?><xliff><file source-language="en" target-language="pl">
<trans-unit id="a"><source>x</source>\n<target>{}</target></trans-unit></file></xliff>""",
    ),
    "pl.lproj/a.strings": ("utf-16", '/* c */\n\n"a" = "{}";'),
    "pl/a.srt": ("utf-16", "1\n00:00:01,000 --> 00:00:02,000\n{}"),
    "pl/a.txt": ("utf-16", "\ufeff?\n\n{}"),
}


@pytest.mark.parametrize("path", FILES)
def test_declared(path: str) -> None:
    encoding, content = FILES[path]
    # What Python calls UTF-16 comes with a byte order mark.
    data = content.format(WORDS).removeprefix("\ufeff").encode(encoding)
    document = parse_document(data, path, "pl")
    assert isinstance(document, Document), document
    found = segment(document)[-1]
    assert (found.text, found.location().start.line) == (WORDS, 4 if path.endswith(".po") else 3)
    assert encoded(document) == data
    after = edited(found, f"Ó {WORDS}")
    assert encoded(after) == content.format(f"Ó {WORDS}").removeprefix("\ufeff").encode(encoding)
    if encoding != "utf-16":
        with pytest.raises(EditError, match="encoding of the file"):
            edited(found, "日本")


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("pl/a.html", b"<meta charset=utf-8><p>\xb1", "not valid UTF-8: byte 0xB1"),
        ("pl/a.html", b"<!-- <meta charset=latin2> --><p>\xb1", "not valid UTF-8"),
        ("pl/a.html", b"<meta charset=zip>", "the encoding 'zip', which is not known"),
        ("pl/a.html", b"<meta charset=euc-kr>\n\xff\xff", "not valid cp949, as it declares: byte 0xFF"),
        ("pl.po", b'"charset=unicode_escape\\n"', "which is not known"),
        ("pl.po", b'"charset=ASCII\\n"\n\xb1', "not valid UTF-8"),
        ("values-pl/strings.xml", b'<?xml version="1.0" encoding="UTF-16"?><a/>', "no byte order mark"),
        ("pl/a.md", b"\xff\xfea\0", "UTF-16; only UTF-8"),
        ("pl/a.srt", b"\xff\xfea\0b", "not valid UTF-16"),
        ("pl/a.srt", b"\xff\xfe\0\0a\0\0\0", "UTF-32"),
    ],
)
def test_refused(path: str, content: bytes, reason: str) -> None:
    found = parse_document(content, path, "pl")
    assert isinstance(found, ReadProblem)
    assert reason in found.reason


def test_templates_declare_nothing() -> None:
    found = parse_document('"charset=CHARSET\\n"\nmsgid "ż"'.encode(), "a.pot", "en")
    assert isinstance(found, Document)
    assert found.encoding == "utf-8"
