"""Question and exclamation marks in every script.

Only whether a text has any is compared, since sentences are joined and split in translation. Where a language asks
without a question mark (Korean and Japanese endings, Chinese and Thai particles), the words count as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from termcheck.literal.masking import mask_addresses
from termcheck.literal.number_formats import primary
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping


class SentenceMark(StrEnum):
    """The marks that are compared."""

    QUESTION = "question mark"
    EXCLAMATION = "exclamation mark"


@dataclass(frozen=True, slots=True)
class MarkDifference:
    """A mark that only one side has: ``added`` are its places in the version, ``missing`` those in counterparts."""

    mark: SentenceMark
    added: tuple[Span, ...]
    missing: Mapping[str, tuple[Span, ...]]


LONGEST = 20_000
"""Characters from which a text is no paragraph and is not compared."""

_MARKS = {
    SentenceMark.QUESTION: re.compile("[?？؟⸮՞፧⁇⁈⁉︖﹖]"),
    SentenceMark.EXCLAMATION: re.compile("[!！՜‼⁈⁉︕﹗](?!=)"),
}
# Greek asks with a semicolon.
_GREEK = re.compile("[?;\u037e]")
# How a question ends, or a part of one, in languages that can do without the mark.
_ASKING = {
    "ko": re.compile(
        r"(?:까|까요|가요|나요|는지|은지|ㄴ지|던가|냐|니|죠|지요|을지|일지|할지|건가|는가|은가|인가|든지)(?:[\s.,!’”\"')]|$|[가-힣]{0,3}[\s.,])"
        # Headings: "what ... is", "why to ...", "how to ...".
        r"|(?:란|이유|방법)[.’”\"')]?$"
    ),
    "ja": re.compile(
        r"(?:か|かな|の|だろう|でしょう)(?:[。、」』）\s]|$|[をがはにもどと])|何|なぜ|どう|どの|どこ|どれ|誰|いつ|いくつ"
    ),
    "zh": re.compile(r"[吗呢么嗎麼]|是否|什么|怎么|如何|为何|何|谁|哪|几|多少|能不能|有没有|是不是"),
    "th": re.compile("ไหม|หรือไม่|หรือเปล่า|อะไร|ทำไม|อย่างไร|ใคร|ที่ไหน|เมื่อไหร่"),
    "lo": re.compile("ບໍ|ຫຍັງ"),
    "my": re.compile("လား|လဲ"),
    "km": re.compile("ឬទេ|អ្វី"),
    "ar": re.compile(r"(?<!\w)(?:هل|لماذا|كيف|ماذا|أين|متى)(?!\w)"),
    "fi": re.compile(r"\wk[oö](?:han|hän)?(?!\w)", re.IGNORECASE),
}
# How a question begins that was left without its mark, or a title that a translation may put as one.
_BEGINS = {
    "en": re.compile(
        r"(?:^|[.!:;(\"“‘—]\s?)(?:(?:how|why|what|who|which)\s|(?:are|is|was|were|do|does|did|can|could|will|would|should"
        r"|have|has|may)\s(?:i|you|he|she|it|we|they|there|this|that|these|those|the|your|my|our|any)\s)",
        re.IGNORECASE,
    )
}


def compare_marks(
    target: str, target_lang: str, counterparts: Mapping[str, str], source: str | None, mark: SentenceMark
) -> MarkDifference | None:
    """Whether the source, or else all counterparts, have a mark that ``target`` lacks, or the other way round."""
    if not counterparts or max(map(len, (target, *counterparts.values()))) > LONGEST:
        return None
    own = _places(target, target_lang, mark)
    others = {lang: _places(text, lang, mark) for lang, text in counterparts.items()}
    deciding = [source] if source is not None and source in others else list(others)
    if own:
        asked = any(others.values()) or any(
            _asks(text, lang, mark) or _begins_as_question(text, lang, mark) for lang, text in counterparts.items()
        )
        # Beside one counterpart without source, the version that lacks the mark is reported.
        return None if asked or (len(others) < 2 and source not in others) else MarkDifference(mark, own, {})
    if not all(others[lang] for lang in deciding) or _asks(target, target_lang, mark):
        return None
    agreeing = sum(bool(found) for found in others.values())
    if agreeing * 2 <= len(others):
        return None
    return MarkDifference(mark, (), {lang: others[lang] for lang in deciding})


def _places(text: str, lang: str, mark: SentenceMark) -> tuple[Span, ...]:
    pattern = _GREEK if mark is SentenceMark.QUESTION and primary(lang) == "el" else _MARKS[mark]
    if not pattern.search(text):
        return ()
    return tuple(Span(*match.span()) for match in pattern.finditer(mask_addresses(text)))


def _asks(text: str, lang: str, mark: SentenceMark) -> bool:
    """Whether a text asks by its words."""
    pattern = _ASKING.get(primary(lang))
    return mark is SentenceMark.QUESTION and pattern is not None and pattern.search(text) is not None


def _begins_as_question(text: str, lang: str, mark: SentenceMark) -> bool:
    """Whether a sentence of a text begins as questions do, so that a mark in a translation is no surprise."""
    pattern = _BEGINS.get(primary(lang))
    return mark is SentenceMark.QUESTION and pattern is not None and pattern.search(text) is not None
