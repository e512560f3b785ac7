"""Numbers that one version has and another does without, although nothing is missing.

Languages differ in what they count ("two options", "1) ... 2) ..."), and some numbers are figures of speech: 100
percent sure, a turn of 180 degrees, the early 2000s.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termcheck.literal.numbers import NumberMention

SMALL = 10
"""Up to this, a number that only one side has says nothing."""

_REACH = 16
_PERCENT_AFTER = re.compile(
    r"[\s\u00a0\u202f-]?(?:[%٪％]|per\s?cent|pct|pro[czs]ent|pour\s?cent|por\s?cien|por\s?cento|проц|відс|százal|persen"
    r"|phần\s?trăm|퍼센트|프로|パーセント|في\s?المئ|في\s?المائ|بالمئ|بالمائ)",
    re.IGNORECASE,
)
_PERCENT_BEFORE = re.compile(r"(?:[%٪％]|yüzde\s|百分之)$", re.IGNORECASE)
_DEGREES_AFTER = re.compile(
    r"[\s\u00a0\u202f-]?(?:[°º˚](?!\s?[cf])|degr|grad(?!uat)|grau|stop(?:ni|ień)|stup|derece|derajat|градус|astet|fok|độ|درج|[도度])",
    re.IGNORECASE,
)
_DECADE_AFTER = re.compile(r"['’]?s\b")
_TURNS = frozenset({180, 360})


def is_telling(mention: NumberMention, text: str) -> bool:
    """Whether a number of ``text`` must have a counterpart: not a small count, "100 %", "180 degrees", "the 2000s"."""
    if not mention.values:
        return True
    start, end = mention.span
    value = mention.values[0] if len(mention.values) == 1 else None
    if value == 100:
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
        return not _PERCENT_AFTER.match(after) and not _PERCENT_BEFORE.search(before)
    if value in _TURNS:
        return not _DEGREES_AFTER.match(text, end)
    if value == 2000 and _DECADE_AFTER.match(text, end):
        return False
    return any(value > SMALL for value in mention.values)
