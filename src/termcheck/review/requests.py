"""What requests bring, read with limits: nothing but our own page sends them, and even that is not trusted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from termcheck.model import DecisionKind
from termcheck.review.choices import OPEN, Choice
from termcheck.review.refused import RefusedError
from termcheck.review.state import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

MAX_BYTES = 4 * 2**20
"""The largest request that is read, but for files."""

_KINDS = frozenset({OPEN, *(kind.value for kind in DecisionKind)})
_MOST_SEGMENTS = 100


async def read_body(request: Request, most: int) -> bytes:
    """What was sent. Raises ``RefusedError`` for more than ``most`` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise RefusedError(413, f"This is larger than {most // 2**20} MiB.")
    return bytes(body)


async def read_json(request: Request) -> Mapping[str, Any]:
    """The JSON object that was sent."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RefusedError(415, "Only JSON is understood here.")
    try:
        data = json.loads(await read_body(request, MAX_BYTES))
    except (ValueError, RecursionError):
        raise _not_understood() from None
    if not isinstance(data, dict):
        raise _not_understood()
    return data


def choices_of(data: Mapping[str, Any]) -> list[Choice]:
    """``choices``: ``[{"id", "kind", "reason", "seen"}]``, at least one, on different findings."""
    items = data.get("choices")
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise _not_understood()
    choices = [_choice(item) for item in items]
    if len({choice.id for choice in choices}) < len(choices):
        raise _not_understood()
    return choices


def place_of(data: Mapping[str, Any]) -> Place:
    """``data``, ``document``, ``row`` and ``lang``."""
    return Place(number_of(data, "data"), number_of(data, "document"), number_of(data, "row"), text_of(data, "lang"))


def texts_of(data: Mapping[str, Any]) -> list[str]:
    """``texts``, one for each segment."""
    texts = data.get("texts")
    if (
        not isinstance(texts, list)
        or not 0 < len(texts) <= _MOST_SEGMENTS
        or not all(isinstance(x, str) for x in texts)
    ):
        raise _not_understood()
    return texts


def text_of(data: Mapping[str, Any], name: str) -> str:
    """A string."""
    text = data.get(name)
    if not isinstance(text, str):
        raise _not_understood()
    return text


def number_of(data: Mapping[str, Any], name: str) -> int:
    """A number that counts from 0."""
    number = data.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise _not_understood()
    return number


def names_of(data: Mapping[str, Any], name: str) -> list[str]:
    """A list of strings."""
    names = data.get(name)
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise _not_understood()
    return names


def _choice(item: Mapping[str, Any]) -> Choice:
    kind, seen = text_of(item, "kind"), item.get("seen")
    if kind not in _KINDS or not (seen is None or isinstance(seen, dict)):
        raise _not_understood()
    return Choice(text_of(item, "id"), kind, text_of(item, "reason"), seen)


def _not_understood() -> RefusedError:
    return RefusedError(400, "This was not understood.", "Load the page again.")
