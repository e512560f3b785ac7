"""Bytes to text."""

from __future__ import annotations

import pytest

from termcheck.corpus.decode import Decoded, Undecodable, decode


def test_plain_utf8() -> None:
    assert decode("Zażółć\r\n".encode()) == Decoded("Zażółć\r\n", bom=False)


def test_byte_order_mark_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbfabc") == Decoded("abc", bom=True)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_unicode_encodings_are_named(encoding: str) -> None:
    decoded = decode("słowo".encode(encoding))
    assert isinstance(decoded, Undecodable)
    assert encoding.upper() in decoded.reason
    assert decoded.position == (1, 1)


def test_invalid_byte_has_a_place() -> None:
    decoded = decode("ab\r\nżó".encode() + b"\xe9 x")
    assert isinstance(decoded, Undecodable)
    assert "0xE9" in decoded.reason
    assert decoded.position == (2, 3)


def test_truncated_character_at_the_end() -> None:
    decoded = decode("abc\nż".encode()[:-1])
    assert isinstance(decoded, Undecodable)
    assert decoded.position == (2, 1)


def test_nul_is_refused_where_it_stands() -> None:
    decoded = decode(b"one\rtwo\n\nth\0ree")
    assert isinstance(decoded, Undecodable)
    assert "NUL" in decoded.reason
    assert decoded.position == (4, 3)
