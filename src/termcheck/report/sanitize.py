"""Making text from the corpus harmless for where it is shown.

A paragraph may hold escape sequences that recolour a terminal or rewrite its lines, characters that reverse what is
read (CVE-2021-42574, "Trojan Source"), or lines that a build service takes for commands. All of it is shown, none of
it acts.
"""

from __future__ import annotations

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# Control characters (C0, DEL, C1), line and paragraph separator, bidirectional embeddings, overrides and isolates,
# their deprecated kin, byte order mark, interlinear annotations, lone surrogates. Left-to-right and right-to-left mark,
# joiners and non-joiners are ordinary parts of Arabic, Hebrew, Persian and Indic text.
_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

# What the runners of GitHub and Azure act upon when it stands in a log: ``::name key=value::`` at the beginning of a
# line, ``##[name]`` and ``##vso[name]`` anywhere. Wrapping can move any word to the beginning of a line.
_COMMAND = re.compile(r"(?<!\S)::(?=[A-Za-z])|::(?=[A-Za-z-]+(?: [^\n]*?)?::)|##(?=\[|vso\[)", re.IGNORECASE)
_DISARMED = {"::": ":\ua789", "##": "#\uff03"}


def well_formed(text: str) -> str:
    """The text with each lone surrogate, which no encoding can hold, replaced by U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def disarm(text: str) -> str:
    """The text, at the same length, without log commands: one character of each becomes one that looks like it."""
    return _COMMAND.sub(lambda match: _DISARMED[match[0]], text)


def show_controls(text: str) -> str:
    """The text with every character that would act on a terminal replaced by a visible sign on the same line.

    Tabs become spaces, line breaks ``¶``, C0 controls their control pictures (escape is ``␛``), the others their code
    point (``‹U+202E›``). The result is longer than the text where there are such characters.
    """
    return _ACTIVE.sub(_sign, text)


def sanitize(text: str, *, keep_lines: bool = False) -> str:
    """``disarm`` and ``show_controls``: for a text that is shown as a whole, with its line breaks if they are ours."""
    harmless = disarm(text)
    return "\n".join(map(show_controls, harmless.split("\n"))) if keep_lines else show_controls(harmless)


def _sign(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character == "\t":
        return " "
    if character == "\n":
        return "¶"
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹U+{code:04X}›"
