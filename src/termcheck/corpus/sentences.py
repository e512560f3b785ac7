"""The sentences of a segment's text, each as an exact span of it.

The library `sentencex` (Wikimedia, about 300 languages) knows the abbreviations and terminators; what it cannot see is
settled here: text that must not be cut (code, placeholders), quotations, and boundaries after which a sentence plainly
goes on.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from termcheck.model import Protected, ProtectedKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Characters looked at together, which bounds the memory for a line of megabytes.
_BLOCK: Final = 1 << 16

_SURROGATES = re.compile("[\ud800-\udfff]")
# A quotation may hold whole sentences and often misses one of its marks, so marks must not decide about boundaries.
_QUOTES = re.compile('["“”„‟«»「」『』〝〞〟＂]')
_CLOSING: Final = frozenset("」』〞〟»”")
_WIDE_OPENING: Final = frozenset("「『〝")
_OPENING: Final = _WIDE_OPENING | frozenset("„«")
_GAP = re.compile(r"[\s\"“”„‟«»「」『』〝〞〟＂]*")
_ENDS_WIDE = re.compile("[。！？｡．]")
# Japanese goes on with a particle after what is quoted.
_QUOTED_ON = re.compile("と|って|を")
_LONGEST_ENUMERATOR: Final = 8
_ENUMERATOR = re.compile(r"[(\[]?\d{1,3}[.)]+")
_INITIAL = re.compile(r"(?:[\s.(\[])?[^\W\d_]\.")
_VISIBLE = re.compile(r"[^\W_]")


def split_sentences(text: str, lang: str, protected: Sequence[Protected] = ()) -> tuple[Span, ...]:
    """The sentences of ``text`` as sorted, disjoint spans without white space around them.

    Together they hold everything but white space. ``lang`` is a BCP 47 tag; a language that is not known is split at
    its punctuation. A line break ends a sentence. No sentence ends inside code, a placeholder or an address among the
    ``protected`` parts. Scripts that mark no sentence ends (Thai) give one sentence. Time grows linearly with the text.
    """
    return _split(text, lang, tuple(protected))


@lru_cache(maxsize=1024)
def _split(text: str, lang: str, protected: tuple[Protected, ...]) -> tuple[Span, ...]:
    masked = _mask(text, protected)
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans.extend(_split_line(text, masked, start, start + len(line), lang.split("-")[0]))
        start += len(line) + 1
    return tuple(spans)


def _mask(text: str, protected: Iterable[Protected]) -> str:
    """As many characters, with those blotted out that must not be taken for an end of a sentence."""
    masked = _QUOTES.sub(" ", _SURROGATES.sub("\ufffd", text))
    parts: list[str] = []
    at = 0
    for item in sorted(protected, key=lambda item: item.span):
        start, end = max(item.span.start, at), item.span.end
        if start < end and _is_whole(item, text):
            parts += [masked[at:start], "X" * (end - start)]
            at = end
    return "".join([*parts, masked[at:]]) if parts else masked


def _is_whole(item: Protected, text: str) -> bool:
    if item.kind in (ProtectedKind.CODE, ProtectedKind.PLACEHOLDER):
        return True
    # The text of a link or an image is prose, but for a bare address.
    return not any(character.isspace() for character in text[item.span.start : item.span.end])


def _split_line(text: str, masked: str, start: int, end: int, lang: str) -> Iterator[Span]:
    first = before = start
    visible = False
    for boundary in _boundaries(masked, start, end, lang):
        # Only what is new since the last boundary is looked at: a sentence may go on over any number of them.
        stop = before + len(masked[before:boundary].rstrip())
        visible = visible or _VISIBLE.search(text, before, stop) is not None
        before = boundary
        cut = _cut(text, masked, first, stop, end) if visible else None
        if cut is not None:
            yield _trimmed(text, first, cut)
            first, visible = cut, False
    rest = _trimmed(text, first, end)
    if rest.start < rest.end:
        yield rest


def _boundaries(masked: str, start: int, end: int, lang: str) -> Iterator[int]:
    """Where the library begins a new sentence inside ``masked[start:end]``."""
    import sentencex

    while start < end:
        block = masked[start : min(start + _BLOCK, end)]
        found = [start + item["start_index"] for item in sentencex.get_sentence_boundaries(lang, block)][1:]
        if start + len(block) < end and found:
            # The last sentence of a block may go on; it opens the next block.
            yield from found
            start = found[-1]
        else:
            yield from found
            start += len(block)


def _cut(text: str, masked: str, first: int, stop: int, end: int) -> int | None:
    """Where a sentence from ``first`` on really ends, ``stop`` being its last mark; None when it goes on."""
    following = _after_gap(text, stop, end)
    if following >= end or _goes_on(text, masked, stop, following):
        return None
    if stop - first <= _LONGEST_ENUMERATOR and _ENUMERATOR.fullmatch(text, first, stop):
        return None
    if _INITIAL.fullmatch(text, max(first, stop - 3), stop) and text[stop - 2].isupper():
        return None
    closing = [index for index in range(stop, following) if not text[index].isspace() and not _opens(text, index, stop)]
    return closing[-1] + 1 if closing else stop


def _after_gap(text: str, start: int, end: int) -> int:
    gap = _GAP.match(text, start, end)
    return gap.end() if gap else start


def _goes_on(text: str, masked: str, stop: int, following: int) -> bool:
    if masked[following] == text[following] and text[following].islower():
        return True
    gap = text[stop:following]
    if not gap or any(character.isspace() for character in gap):
        return False
    if _ENDS_WIDE.match(text, stop - 1):
        return _QUOTED_ON.match(text, following) is not None
    return not _opens(text, following - 1, stop)


def _opens(text: str, index: int, stop: int) -> bool:
    """Whether the quotation mark at ``index`` opens the next sentence rather than closing the one before it."""
    mark = text[index]
    spaced = not text[index + 1 : index + 2].strip()
    if mark in _OPENING:
        return not (spaced and index == stop and mark not in _WIDE_OPENING)
    if mark in _CLOSING and (index == stop or spaced):
        return False
    # What stands right after white space and right before a word opens, whatever its shape.
    return index > stop and text[index - 1].isspace() and not spaced


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
