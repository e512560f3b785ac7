"""Comments of catalogues, which can leave findings alone."""

from __future__ import annotations

import pytest

from termcheck.corpus.readers import reader_of

NOTE = "termcheck-ignore TC201: a pun"


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("po", f'# {NOTE}\n#. {NOTE}\nmsgid "a"\nmsgstr "b"\n'),
        ("yaml", f"# {NOTE}\na: b # no comment on a line of its own\n"),
        ("toml", f'# {NOTE}\na = "b" # {NOTE}\n'),
        ("properties", f"  ! {NOTE}\na = b # no comment\n"),
        ("fluent", f"# {NOTE}\na = b # no comment\n"),
        ("strings", f'/* {NOTE} */ "a" = "b // no comment";\n'),
        ("android", f"<resources><!-- {NOTE} --></resources>"),
        ("xliff", f"<xliff><!-- {NOTE} --></xliff>"),
        ("tmx", f"<tmx><!-- {NOTE} --></tmx>"),
        ("vtt", f"WEBVTT\n\nNOTE {NOTE}\n\n00:01.000 --> 00:02.000\na\n"),
    ],
)
def test_comments(reader: str, text: str) -> None:
    ((span, body),) = reader_of(reader).comments(text)
    assert body.strip() == NOTE
    assert NOTE in text[span.start : span.end]
    assert text[: span.start].strip(" \n") in ("", "<resources>", "<xliff>", "<tmx>", "WEBVTT")


@pytest.mark.parametrize("reader", ["json", "arb", "csv", "stringsdict"])
def test_formats_without_comments(reader: str) -> None:
    assert not list(reader_of(reader).comments(f'{{"a": "# {NOTE}"}}'))


def test_broken_strings_have_the_comments_before_the_trouble() -> None:
    assert [body for _, body in reader_of("strings").comments("/* a */ = /* b */")] == [" a "]
