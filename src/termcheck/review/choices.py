"""What people decide in the app: read from their file, written to it at once, and taken back."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from termcheck.decisions import Decided, apply_decisions, decide
from termcheck.errors import InputError
from termcheck.model import DecisionKind
from termcheck.report.plain import one_line
from termcheck.review.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from termcheck.decisions import CheckedTexts
    from termcheck.decisions_file import DecisionsFile
    from termcheck.model import Decision, Finding

    _Changes = dict[str, Decision | None]

OPEN = "open"
"""Stands in a choice for the kind of a decision that there shall be none."""

_MOST_UNDONE = 1000


class Choice(NamedTuple):
    """What to decide about the finding ``id``: ``kind`` is a decision's or ``OPEN``.

    ``seen`` is the decision that whoever chose saw before, as ``describe`` tells it; None for none.
    """

    id: str
    kind: str
    reason: str = ""
    seen: Mapping[str, str] | None = None


def describe(decision: Decision | None) -> dict[str, str] | None:
    """A decision as the page gets it."""
    if decision is None:
        return None
    return {"kind": decision.kind.value, "reason": one_line(decision.reason), "by": one_line(decision.by)}


class Choices:
    """The decisions on the findings of the last check. Their file may be changed by others at any time."""

    def __init__(self, file: DecisionsFile, covers: Callable[[Decision], bool]) -> None:
        self._file = file
        self._covers = covers
        self._lock = threading.RLock()
        self._findings: dict[str, Finding] = {}
        self._texts: CheckedTexts | None = None
        self._stamp: tuple[int, ...] | None = None
        self._held: dict[str, Decision] = {}
        self._decided = Decided((), (), ())
        self._undo: dict[int, tuple[_Changes, _Changes]] = {}
        self._count = 0

    def set_findings(self, findings: Iterable[Finding], texts: CheckedTexts) -> None:
        """What a check has found, decided or not, and the texts that it looked at."""
        with self._lock:
            self._findings = {finding.fingerprint: replace(finding, decision=None) for finding in findings}
            self._texts = texts
            self._stamp = None

    def decided(self) -> Decided:
        """The findings with the decisions that hold now. Raises ``TermcheckError`` for a file that is broken."""
        with self._lock:
            stamp = self._look()
            if stamp != self._stamp:
                self._held = {each.fingerprint: each for each in self._file.load() if self._covers(each)}
                held = tuple(self._held.values())
                self._decided = apply_decisions(self._findings.values(), held, self._texts)
                self._stamp = stamp
            return self._decided

    def held(self) -> tuple[Decision, ...]:
        """All decisions on the corpus, whether they hold or not."""
        with self._lock:
            self.decided()
            return tuple(self._held.values())

    def current(self) -> dict[str, Decision]:
        """The decisions that hold, by the fingerprint of their finding."""
        kept, suppressed, _ = self.decided()
        findings = (*kept, *(each.finding for each in suppressed))
        return {each.fingerprint: each.decision for each in findings if each.decision is not None}

    def choose(self, choices: Sequence[Choice], by: str) -> int:
        """Save decisions, all or none, and return a number to undo that by.

        Raises ``RefusedError`` when a finding is gone, or somebody decided otherwise about it meanwhile, and
        ``TermcheckError`` when the file is broken or cannot be written.
        """
        with self._lock:
            current = self.current()
            if any(choice.id not in self._findings for choice in choices):
                raise RefusedError(409, "This finding is no longer there: its texts were changed.")
            others = {
                was.by if was is not None and was.by else "Somebody"
                for choice in choices
                if describe(was := current.get(choice.id)) != choice.seen
            }
            if others:
                raise RefusedError(409, f"{' and '.join(sorted(others))} has decided about it meanwhile.")
            changes: _Changes = {}
            for choice in choices:
                was = current.get(choice.id)
                if was is not None:
                    # In a renamed file a decision holds on under its old name, which it loses now.
                    changes[was.fingerprint] = None
                if choice.kind != OPEN:
                    changes[choice.id] = _decide(self._findings[choice.id], choice, by)
            return self._save(changes)

    def forget(self, fingerprints: Iterable[str]) -> int:
        """Take decisions out that hold no more, and return a number to undo that by."""
        with self._lock:
            return self._save(dict.fromkeys(fingerprints))

    def undo(self, number: int) -> None:
        """Take back what the number stands for. Raises ``RefusedError`` when somebody made a change there since."""
        with self._lock:
            self.decided()
            if number not in self._undo:
                raise RefusedError(409, "This was taken back already.")
            before, after = self._undo[number]
            if any(self._held.get(fingerprint) != decision for fingerprint, decision in after.items()):
                raise RefusedError(409, "Somebody has decided otherwise about it meanwhile, so it was not taken back.")
            self._file.restore(before)
            del self._undo[number]

    def _save(self, changes: _Changes) -> int:
        before = self._file.restore(changes)
        self._count += 1
        self._undo[self._count] = (before, changes)
        self._undo.pop(self._count - _MOST_UNDONE, None)
        return self._count

    def _look(self) -> tuple[int, ...]:
        try:
            found = self._file.path.stat()
        except OSError:
            return ()
        return (found.st_ino, found.st_mtime_ns, found.st_size)


def _decide(finding: Finding, choice: Choice, by: str) -> Decision:
    try:
        return decide(finding, DecisionKind(choice.kind), by=by, reason=choice.reason)
    except InputError as error:
        raise RefusedError(422, error.message, error.hint) from None
