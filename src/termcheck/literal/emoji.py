"""Emoji and their short names (``:tada:``)."""

from __future__ import annotations

import re

from termcheck.literal.items import Item
from termcheck.model import Span

# Pictographs with what may follow them: variation selectors, skin tones, joined ones; a pair of letters is a flag.
_PICTOGRAPH = (
    "[\U0001f300-\U0001f3fa\U0001f400-\U0001faff\u2600-\u2604\u2607-\u27bf\u231a\u231b\u23e9-\u23f3\u2b50\u2b55]"
)
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTOGRAPH}[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]{{0,2}}"
    f"(?:\u200d{_PICTOGRAPH}[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]{{0,2}}){{0,6}}"
)
_SHORT_NAME = re.compile(r"(?<![\w:]):(?:[+-]1|[a-z][a-z0-9_]{1,40}):(?![\w:])")
_VARIATION = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
# Check marks, crosses, quotation marks, arrows and numbers are typography, which fonts and writers choose freely.
_TYPOGRAPHY = re.compile("[\u2605\u2606\u2610-\u2612\u2713-\u2718\u275b-\u2760\u2669-\u266f\u2764-\u27bf\u2767]")


def emoji_items(text: str) -> list[Item]:
    """The emoji of a text; skin tones and ways to draw one do not count."""
    if text.isascii() and ":" not in text:
        return []
    found = []
    for match in _EMOJI.finditer(text):
        key = _VARIATION.sub("", match[0])
        if key and not _TYPOGRAPHY.match(key):
            found.append(Item(key, match[0], Span(*match.span())))
    found += [Item(match[0], match[0], Span(*match.span())) for match in _SHORT_NAME.finditer(text)]
    return sorted(found, key=lambda item: item.span)
