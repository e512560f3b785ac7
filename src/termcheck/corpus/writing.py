"""Writing a changed text back into its file: only the bytes of that text change, and everything else reads as before.

The reader says how its format writes a text (`readers/editable.py`). What comes out is read again, and kept only if
the segment says what was wanted and all others are what they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termcheck.atomic_file import replace_file
from termcheck.corpus.decode import MARKS
from termcheck.corpus.layouts import named_languages
from termcheck.corpus.readers import reader_of
from termcheck.corpus.readers.base import BrokenFileError, ReadOptions
from termcheck.corpus.reading import read_bytes
from termcheck.corpus.segmentation import in_order
from termcheck.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termcheck.corpus.readers.editable import Editable
    from termcheck.corpus.segmentation import Draft
    from termcheck.model import Document, Segment


def editable(segment: Segment) -> str | None:
    """What a person edits of a segment: markup and placeholders in it, escapes resolved, line breaks as ``\\n``.

    Of running text, this is what stands in the file, without the indentation and the quote marks before its lines. Of a
    catalogue, it is the message without the escapes of the file. None for what can only be read.
    """
    edit = _drafts(segment)[segment.index].edit
    return None if edit is None else edit.shown


def editable_texts(document: Document) -> tuple[str | None, ...]:
    """What `editable` gives for each segment of a document, in order, at once; empty for one that cannot be read."""
    drafts = _read(document.text, document.format)
    return () if isinstance(drafts, str) else tuple(None if each.edit is None else each.edit.shown for each in drafts)


def edited(segment: Segment, new: str) -> Document:
    """The segment's document with ``new``, which takes the place of what `editable` gave.

    Raises `EditError` when the format cannot say ``new`` there without changing anything else.
    """
    drafts = _drafts(segment)
    edit = drafts[segment.index].edit
    if edit is None:
        reason = drafts[segment.index].fixed
        raise EditError(
            f"{_place(segment)}: this text can only be read{reason and ', as '}{reason}", "change it in the file itself"
        )
    new = _cleaned(segment, edit, new)
    if new == edit.shown:
        return segment.document
    for text in _attempts(segment.document.text, edit, new):
        after = replace(segment.document, text=text)
        if _is_as_wanted(segment, drafts, after, new):
            return after
    raise EditError(
        f"{_place(segment)}: the file would not say this text, or other texts in it would change",
        "keep the markup, the placeholders and the blank lines, or change it in the file",
    )


def write_edit(root: Path, segment: Segment, new: str) -> Document:
    """Save `edited` in the file below ``root`` and return the document as it is now.

    The file is replaced at once, keeps its mode, and is left alone when it is no longer what was read. Links that lead
    out of ``root`` are not followed. Raises `EditError`.
    """
    before = segment.document
    after = edited(segment, new)
    expected = encoded(before)
    # One byte more than expected is enough to see that the file grew.
    content = read_bytes(root, before.path, len(expected))
    if content != expected:
        reason = content if isinstance(content, str) and "larger" not in content else "it was changed since it was read"
        raise EditError(f"{before.path}: not saved, {reason}", "read it again")
    if after is not before:
        try:
            replace_file((root / before.path).resolve(), encoded(after))
        except OSError as error:
            raise EditError(f"{before.path}: not saved, {error.strerror or error}", "is the folder writable?") from None
    return after


def encoded(document: Document) -> bytes:
    """The content of the file that a document was read from."""
    return (MARKS[document.encoding] if document.bom else b"") + document.text.encode(document.encoding)


def _drafts(segment: Segment) -> list[Draft]:
    """What the segment's document holds; the segment is the one at its index."""
    document = segment.document
    drafts = _read(document.text, document.format)
    if isinstance(drafts, str):
        raise EditError(f"{document.path}: {drafts}")
    if segment.index >= len(drafts) or drafts[segment.index].span != segment.span:
        raise EditError(f"{_place(segment)}: this text is not in the document", "read the document again")
    return drafts


def _place(segment: Segment) -> str:
    start = segment.location().start
    return f"{segment.path}:{start.line}:{start.column}"


def _cleaned(segment: Segment, edit: Editable, new: str) -> str:
    """The text with the line breaks that `editable` shows."""
    try:
        new.encode("utf-8")
    except UnicodeEncodeError:
        raise EditError(f"{_place(segment)}: the text holds half a character (a lone surrogate)") from None
    try:
        new.encode(segment.document.encoding)
    except UnicodeEncodeError as error:
        what = f"{error.object[error.start]!r} cannot be written in the encoding of the file ({error.encoding})"
        raise EditError(f"{_place(segment)}: {what}", "save the file in UTF-8") from None
    if "\0" in new:
        raise EditError(f"{_place(segment)}: the text holds a NUL character")
    if not new.strip():
        raise EditError(f"{_place(segment)}: the text is empty", "remove a text in the file itself")
    return new if "\r" in edit.shown else new.replace("\r\n", "\n").replace("\r", "\n")


def _attempts(text: str, edit: Editable, new: str) -> Iterator[str]:
    if edit.fits is None or edit.fits(new):
        change = _smallest_change(edit, new)
        yield text[: change.start] + edit.escape(change.text) + text[change.end :]
    if edit.requoting is not None:
        whole = edit.text.text
        start, end = edit.span or (0, len(whole))
        span, write = edit.requoting
        yield text[: span.start] + write(whole[:start] + new + whole[end:]) + text[span.end :]


@dataclass(frozen=True, slots=True)
class _Change:
    """``text``, escapes not made yet, replaces ``[start, end)`` of the file."""

    start: int
    end: int
    text: str


def _smallest_change(edit: Editable, new: str) -> _Change:
    """What differs between the old text and the new one, so that the rest of it stays as it is written."""
    old = edit.shown
    offset = edit.span[0] if edit.span else 0
    limit = min(len(old), len(new))
    head = next((at for at in range(limit) if old[at] != new[at]), limit)
    limit -= head
    tail = next((at for at in range(limit) if old[-1 - at] != new[-1 - at]), limit)
    first, last = offset + head, offset + len(old) - tail
    # Text that is written in one piece changes as a whole.
    pieces = list(edit.text.pieces(0, edit.text.length))
    for piece in pieces:
        written = edit.text.source[piece.raw_start : piece.raw_end]
        if piece.literal and written == edit.text.text[piece.start : piece.end]:
            continue
        if piece.start < first < piece.end:
            first = piece.start
        if piece.start < last < piece.end:
            last = piece.end
    whole = edit.text.text
    middle = whole[first : offset + head] + new[head : len(new) - tail] + whole[offset + len(old) - tail : last]
    if first < last:
        return _Change(*edit.text.raw_range(first, last), middle)
    # Nothing goes: the new text follows what stands before it.
    place = edit.text.raw_range(first - 1, first)[1] if first else pieces[0].raw_start
    return _Change(place, place, middle)


def _is_as_wanted(segment: Segment, drafts: list[Draft], after: Document, new: str) -> bool:
    """Whether the new text reads back, and nothing else in the file reads otherwise than before."""
    before = segment.document
    reader = reader_of(before.format)
    options = ReadOptions(lang=before.lang, path=before.path, named=named_languages(before.path))
    if reader.format(before.text, options) == before.format != reader.format(after.text, options):
        return False
    shift = len(after.text) - len(before.text)
    for side in {before.format, *reader.sides(before.text)}:
        old = drafts if side == before.format else _read(before.text, side)
        found = _read(after.text, side)
        if isinstance(old, str) or isinstance(found, str):
            if old != found:
                return False
            continue
        if len(old) != len(found):
            return False
        for index, (was, now) in enumerate(zip(old, found, strict=True)):
            if side == before.format and index == segment.index:
                if now.edit is None or now.edit.shown != new or _role(was) != _role(now):
                    return False
            elif not _is_same(was, now, shift if was.span.start >= segment.span.end else 0):
                return False
    return True


def _read(text: str, side: str) -> list[Draft] | str:
    """What a file says to one of its readers, or why it says nothing."""
    try:
        return in_order(reader_of(side).drafts(text, side))
    except BrokenFileError as error:
        return error.reason


def _role(draft: Draft) -> tuple[object, ...]:
    """What a segment is, whatever it says."""
    return draft.kind, draft.level, draft.anchors, draft.key


def _is_same(was: Draft, now: Draft, shift: int) -> bool:
    start, end = was.span
    return (
        (now.span.start, now.span.end) == (start + shift, end + shift)
        and _role(was) == _role(now)
        and (was.text, was.protected) == (now.text, now.protected)
    )
