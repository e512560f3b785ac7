"""Decisions as the text of a YAML file that git can compare and merge.

A decision is a block of five lines at most. The first and the last line of a block occur in no other block, and no more
than three lines between them can, so that even ``merge=union`` keeps the blocks of both branches whole: git takes
lines that both sides have out of a conflict only where there are more of them in a row, or at its edges.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from termcheck.glossary_yaml import scalar
from termcheck.model import Decision, DecisionKind, Position
from termcheck.positioned import Mistake, MistakesError, decode_utf8, quoted, suggestion
from termcheck.yaml_source import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termcheck.positioned import DataPath, Positioned

VERSION = 1

_HEADER = """\
# What was decided about findings, one block each, written by "termcheck review". Other comments are not kept.
version: 1
decisions:
"""
_MARKER = re.compile(r"^(?:<{7}|>{7})(?: .*)?\r?$", re.MULTILINE)
_BLOCK_START = re.compile(r"^(?=- finding: )", re.MULTILINE)
_SCALAR = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s\[\]{},:"\\][^\[\]{},:"\\]*')
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_CODE = re.compile(r"TC[0-9]{3}")
_BLOCK_KEYS = ("finding", "message", "decision", "reason", "details")
_DETAIL_KEYS = ("by", "rule", "path", "lang", "concepts", "texts")
_KEEP_ONE = "keep one of the two blocks"


def dump_decisions(decisions: Iterable[Decision]) -> str:
    """The whole file, sorted by path; read back, it is the same decisions."""
    blocks = (_block(decision) for decision in sorted(decisions, key=Decision.sort_key))
    return _HEADER + "".join(blocks)


def parse_decisions(raw: bytes | str) -> tuple[Decision, ...]:
    """The decisions in the text of a file, in its order.

    Raises ``MistakesError`` with everything that is wrong with it, be it left over from a merge or written by hand.
    """
    text = raw if isinstance(raw, str) else decode_utf8(raw)
    known = _own_writing(text)
    if known is not None:
        return known
    _refuse_conflicts(text)
    source = parse_yaml(text)
    return _Reader(source).decisions()


def _block(decision: Decision) -> str:
    details = [f"by: {scalar(decision.by)}"] if decision.by else []
    details += [f"rule: {scalar(decision.code)}", f"path: {scalar(decision.path)}"]
    details += [f"lang: {scalar(decision.lang)}"] if decision.lang is not None else []
    details += [f"concepts: [{', '.join(map(scalar, decision.concepts))}]"] if decision.concepts else []
    if decision.texts:
        hashes = (f"{scalar(lang)}: [{', '.join(map(_quoted, found))}]" for lang, found in decision.texts.items())
        details.append(f"texts: {{{', '.join(hashes)}}}")
    lines = [
        f"- finding: {_quoted(decision.fingerprint)}",
        f"  message: {_quoted(decision.message)}",
        f"  decision: {decision.kind.value}",
        *([f"  reason: {scalar(decision.reason)}"] if decision.reason else []),
        # The comment makes the line one of a kind.
        f"  details: {{{', '.join(details)}}}  # {decision.fingerprint}",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """The text in quotes, also where it needs none: some hashes look like numbers, and blocks should look alike."""
    written = scalar(text)
    return written if written.startswith('"') else f'"{written}"'


def _own_writing(text: str) -> tuple[Decision, ...] | None:
    """The decisions in a text just as ``dump_decisions`` writes it, several times as fast as through YAML; else None.

    However a block is read here, it counts only when writing it again gives the same lines.
    """
    if not text.startswith(_HEADER):
        return None
    line = _HEADER.count("\n") + 1
    found: dict[str, Decision] = {}
    for block in _BLOCK_START.split(text[len(_HEADER) :])[1:]:
        try:
            decision = _own_block(block, Position(line, 3))
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        if _block(decision) != block or decision.fingerprint in found:
            return None
        found[decision.fingerprint] = decision
        line += block.count("\n")
    return tuple(found.values()) if found else None


def _own_block(block: str, position: Position) -> Decision:
    lines = dict(line[2:].split(": ", 1) for line in block.rstrip("\n").split("\n"))
    details = _value(lines["details"].rpartition("  #")[0])
    return Decision(
        fingerprint=_value(lines["finding"]),
        kind=DecisionKind(lines["decision"]),
        code=details["rule"],
        path=details["path"],
        message=_value(lines["message"]),
        lang=details.get("lang"),
        concepts=tuple(details.get("concepts", ())),
        by=details.get("by", ""),
        reason=_value(lines["reason"]) if "reason" in lines else "",
        texts={lang: tuple(hashes) for lang, hashes in details.get("texts", {}).items()},
        position=position,
    )


def _value(text: str) -> Any:
    """A scalar or flow collection of ours, which is JSON but for the quotes that plain words do without."""
    return json.loads(_SCALAR.sub(lambda match: match[0] if match[0][0] == '"' else f'"{match[0]}"', text))


def _refuse_conflicts(text: str) -> None:
    """A merge that git left unfinished is seldom valid YAML, and what the YAML reader says of it helps nobody."""
    found = _MARKER.search(text)
    if found:
        message = "a merge is unfinished here: git left its marks"
        hint = "keep the blocks of both sides, each block once, and delete the lines <<<<<<<, ======= and >>>>>>>"
        at = Position(text.count("\n", 0, found.start()) + 1, 1)
        raise MistakesError((Mistake(at, message, hint),))


class _Reader:
    """Turns plain data into decisions and collects what is wrong."""

    def __init__(self, source: Positioned) -> None:
        self._source = source
        self._mistakes: list[Mistake] = []

    def decisions(self) -> tuple[Decision, ...]:
        data = self._source.data
        if data is None:
            return ()
        if not isinstance(data, dict):
            self._mistake((), "the file must be a mapping with the keys 'version' and 'decisions'")
            data = {}
        elif data.get("version") != VERSION:
            self._mistake(("version",), f"'version' must be {VERSION}", "a later termcheck may have written the file")
        self._check_keys((), data, ("version", "decisions"))
        items = data.get("decisions")
        if not isinstance(items, list | None):
            self._mistake(("decisions",), "'decisions' must be a list")
            items = None
        found = [self._decision(item, ("decisions", index)) for index, item in enumerate(items or ())]
        decisions = self._unique(decision for decision in found if decision is not None)
        if self._mistakes:
            raise MistakesError(tuple(self._mistakes))
        return decisions

    def _decision(self, item: Any, path: DataPath) -> Decision | None:
        before = len(self._mistakes)
        if not isinstance(item, dict):
            self._mistake(path, "a decision must be a mapping that begins with 'finding'")
            return None
        self._check_keys(path, item, _BLOCK_KEYS)
        details = item.get("details")
        if not isinstance(details, dict):
            self._mistake((*path, "details"), "'details' must be a mapping with 'rule' and 'path'")
            details = {}
        self._check_keys((*path, "details"), details, _DETAIL_KEYS)
        fingerprint = self._text(
            item, path, "finding", _FINGERPRINT, "the 16 hexadecimal digits of a finding, in quotes"
        )
        kind = self._kind(item, path)
        reason = self._text(item, path, "reason") if "reason" in item else ""
        if kind is DecisionKind.ACCEPTED and not reason.strip():
            self._mistake(path, "what is accepted needs a reason", "add a line 'reason: …'")
        inside = (*path, "details")
        found = Decision(
            fingerprint=fingerprint,
            kind=kind,
            code=self._text(details, inside, "rule", _CODE, "a rule's code such as TC301"),
            path=self._text(details, inside, "path"),
            message=self._text(item, path, "message"),
            lang=self._text(details, inside, "lang") if "lang" in details else None,
            concepts=self._texts(details.get("concepts", []), (*inside, "concepts")),
            by=self._text(details, inside, "by") if "by" in details else "",
            reason=reason,
            texts=self._hashes(details.get("texts", {}), (*inside, "texts")),
            position=self._source.at(path),
        )
        return found if len(self._mistakes) == before else None

    def _kind(self, item: Mapping[str, Any], path: DataPath) -> DecisionKind:
        value = str(item.get("decision"))
        choices = [kind.value for kind in DecisionKind]
        if value in choices:
            return DecisionKind(value)
        self._mistake(
            (*path, "decision"), f"'decision' must be one of {', '.join(choices)}", suggestion(value, choices)
        )
        return DecisionKind.NOTE

    def _text(
        self,
        data: Mapping[str, Any],
        path: DataPath,
        key: str,
        pattern: re.Pattern[str] | None = None,
        what: str = "text",
    ) -> str:
        value = data.get(key)
        if isinstance(value, str) and (pattern is None or pattern.fullmatch(value)):
            return value
        if key in data or path in self._source.values:
            self._mistake((*path, key), f"{quoted(key)} must be {what}")
        return ""

    def _texts(self, value: Any, path: DataPath) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self._mistake(path, f"{quoted(path[-1])} must be a list of texts")
        return ()

    def _hashes(self, value: Any, path: DataPath) -> dict[str, tuple[str, ...]]:
        if isinstance(value, dict):
            return {lang: self._texts(found, (*path, lang)) for lang, found in value.items()}
        self._mistake(path, "'texts' must be a mapping from languages to lists")
        return {}

    def _check_keys(self, path: DataPath, data: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                hint = suggestion(key, known) or f"the known keys are {', '.join(known)}"
                place = self._source.key_at((*path, key))
                self._mistakes.append(Mistake(place, f"unknown key {quoted(key)}", hint, (*path, key)))

    def _unique(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """The decisions without copies, which a union of two branches may leave."""
        found: dict[str, Decision] = {}
        for decision in decisions:
            first = found.setdefault(decision.fingerprint, decision)
            if first != decision:
                line = first.position.line
                message = f"the finding {decision.fingerprint} is decided otherwise here than in line {line}"
                self._mistakes.append(Mistake(decision.position, message, _KEEP_ONE))
        return tuple(found.values())

    def _mistake(self, path: DataPath, message: str, hint: str = "") -> None:
        self._mistakes.append(Mistake(self._source.at(path), message, hint, path))
