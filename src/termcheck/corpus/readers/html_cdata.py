"""CDATA sections of XHTML: text in which no tags and references are, which the tokenizer of HTML takes for comments."""

from __future__ import annotations

import re

from termcheck.corpus.readers.masking import Masked, Masker

_BEGIN = re.compile(r"<!--|<(?P<name>script|style)\b|<!\[CDATA\[", re.IGNORECASE)
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_MARKUP = re.compile("[<>&]+")
_END = "]]>"


def without_cdata(masked: Masked) -> Masked:
    """The file with the marks of its sections hidden, and so what would be markup in them, which readers see."""
    text = masked.text
    masker = Masker(text)
    position = 0
    found = False
    while begin := _BEGIN.search(text, position):
        if begin["name"]:
            close = _RAW_END[begin["name"].lower()].search(text, begin.end())
            position = close.end() if close else len(text)
            continue
        is_comment = begin[0] == "<!--"
        end = text.find("-->" if is_comment else _END, begin.end())
        if end < 0:
            break
        position = end + len(_END)
        if is_comment:
            continue
        found = True
        masker.hide(*begin.span())
        for markup in _MARKUP.finditer(text, begin.end(), end):
            masker.hide(*markup.span(), visible=True)
        masker.hide(end, position)
    if not found:
        return masked
    opened = masker.finish()
    return Masked(opened.text, tuple(sorted((*masked.masks, *opened.masks), key=lambda mask: mask.start)))
