"""From texts to what a model reads at once: token ids, with the place of every token in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from termcheck.embedding.windows import split_blocks, split_windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BLOCK_CHARACTERS = 50_000
_SURROGATES = re.compile("[\ud800-\udfff]")
#: White space, and what tokenizers treat like it.
_BLANK = " \t\n\r\f\v\u00a0\u1680\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u3000\ufeff"


@dataclass(frozen=True, slots=True)
class Window:
    """What the model reads at once: ``ids[head : head + len(offsets)]`` are the text's own tokens.

    Before and after them stand the special tokens and the prefix. ``offsets`` are code point ranges of the text;
    a token that shows no character of it has an empty one.
    """

    ids: list[int]
    head: int
    offsets: list[tuple[int, int]]


class WindowTokenizer:
    """Cuts texts into windows of at most ``limit`` tokens, each with the ``prefix`` and the special tokens.

    ``backend`` is a ``tokenizers.Tokenizer``, ``special`` the spellings of its special tokens.
    """

    def __init__(self, backend: Any, special: Sequence[str], prefix: str, limit: int) -> None:
        self._backend = backend
        self._special = _special_pattern(special)
        self._prefix = prefix
        self.limit = limit

    def windows(self, texts: Sequence[str]) -> list[list[Window]]:
        """The windows of each text: none for a text without a visible token, one for most, several for a long one."""
        pieces = [
            (index, start, block)
            for index, text in enumerate(texts)
            for start, block in split_blocks(self._readable(text), _BLOCK_CHARACTERS)
        ]
        found: list[list[Window]] = [[] for _ in texts]
        # The library switches these on, and would go on doing so for a caller who uses the same model with it.
        self._backend.no_truncation()
        self._backend.no_padding()
        encodings = self._backend.encode_batch([self._prefix + block for _, _, block in pieces])
        for (index, start, block), encoding in zip(pieces, encodings, strict=True):
            found[index].extend(self._windows(block, start, encoding))
        return found

    def _readable(self, text: str) -> str:
        """The text with as many characters, but without lone surrogates and literal special tokens."""
        text = _SURROGATES.sub("\ufffd", text)
        # "</s>" in a text about mark-up must not end the model's input.
        return self._special.sub(lambda match: "(" + match.group()[1:], text) if self._special else text

    def _windows(self, text: str, start: int, encoding: Any) -> Iterator[Window]:
        prefix = len(self._prefix)
        # Each of these attributes builds a new list.
        ids, special, spans = encoding.ids, encoding.special_tokens_mask, encoding.offsets
        first, last = 0, len(ids)
        while last and special[last - 1]:
            last -= 1
        while first < last and (special[first] or spans[first][1] <= len(self._prefix.rstrip())):
            first += 1
        places = _closed(text, [_visible(text, begin - prefix, end - prefix) for begin, end in spans[first:last]])
        if not any(begin < end for begin, end in places):
            return
        head, content, tail = ids[:first], ids[first:last], ids[last:]
        for begin, end in split_windows(text, places, max(1, self.limit - len(head) - len(tail))):
            shifted = [(left + start, right + start) for left, right in places[begin:end]]
            yield Window(head + content[begin:end] + tail, len(head), shifted)


def _visible(text: str, begin: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends and without what lies before the text."""
    begin = max(begin, 0)
    while begin < end and text[begin] in _BLANK:
        begin += 1
    while end > begin and text[end - 1] in _BLANK:
        end -= 1
    return begin, max(begin, end)


def _closed(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges, each extended over characters that no token claims (a mark that normalisation composed)."""
    nexts = [*(begin for begin, _ in places[1:]), len(text)][: len(places)]
    return [
        _visible(text, begin, following) if begin < end < following else (begin, end)
        for (begin, end), following in zip(places, nexts, strict=True)
    ]


def _special_pattern(tokens: Sequence[str]) -> re.Pattern[str] | None:
    escaped = sorted((re.escape(token) for token in tokens if token), key=lambda token: (-len(token), token))
    return re.compile("|".join(escaped)) if escaped else None
