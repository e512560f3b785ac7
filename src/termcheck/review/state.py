"""What the app works on: the last check of the corpus, what people decided about it, and the page made from both."""

from __future__ import annotations

import threading
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from termcheck.config import NO_SOURCE
from termcheck.decisions import CheckedTexts
from termcheck.decisions_tally import review_status
from termcheck.exchange.worklist import worklist
from termcheck.exchange.worklist_formats import WRITERS
from termcheck.model import DecisionKind
from termcheck.policy import apply_policy
from termcheck.progress import NoProgress
from termcheck.report.html.data import page_data
from termcheck.report.plain import one_line
from termcheck.report.sanitize import show_controls
from termcheck.review.choices import Choices, describe
from termcheck.review.corrections import Corrections, effect
from termcheck.review.page import as_json, render_page
from termcheck.review.refused import RefusedError
from termcheck.rules.decision_expired import DecisionExpired

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.config import Config
    from termcheck.corpus.target import Target
    from termcheck.model import Cell, Finding, RunResult
    from termcheck.pipeline import Checker
    from termcheck.report.context import RuleInfo
    from termcheck.review.choices import Choice

LONGEST_NAME = 200
"""Characters of a name that are kept."""


class Place(NamedTuple):
    """A text on the page: the version in ``lang`` in a row of a document, as the data of that revision has it."""

    data: int
    document: int
    row: int
    lang: str


class Review:
    """The state of the app; its methods may be called from several threads.

    ``result`` is what ``checker`` found, in files in ``langs`` when not empty. ``who`` is the name that goes to
    decisions.
    """

    def __init__(
        self,
        checker: Checker,
        target: Target,
        config: Config,
        result: RunResult,
        *,
        rules: Sequence[RuleInfo] = (),
        langs: Sequence[str] = (),
        who: str = "",
    ) -> None:
        from termcheck.inputs import decisions_file
        from termcheck.pipeline import is_concerned

        self._config = config
        self._rules = tuple(rules)
        self._langs = tuple(langs)
        self._who = who
        self._lock = threading.RLock()
        # Checks go one after the other; what was checked last is answered meanwhile.
        self._checking = threading.Lock()
        self._choices = Choices(decisions_file(target, config), lambda decision: is_concerned(decision, target, config))
        self._corrections = Corrections(checker, target, config)
        self._checker = checker
        self._revision = 0
        self._take(result)

    def _take(self, result: RunResult) -> None:
        """Go on with another result."""
        with self._lock:
            findings = sorted(self._decidable(result), key=lambda each: each.sort_key())
            self._result = replace(result, findings=tuple(findings))
            self._choices.set_findings(findings, CheckedTexts(result.sets, result.tables))
            self._revision += 1
            self._data: str | None = None

    def page(self) -> str:
        """The page with everything in it."""
        with self._lock:
            kept = self._choices.decided().kept
            undecided = [each for each in kept if each.decision is None or each.decision.kind is DecisionKind.NOTE]
            shown = replace(self._result, findings=tuple(undecided), suppressed=())
            known = {each.fingerprint for each in undecided}
            decided = [each for each in self._result.findings if each.fingerprint not in known]
            return render_page(shown, self._rules, decided, self.data(), as_json(self.state()))

    def data(self) -> str:
        """What the page's scripts work on, as JSON."""
        with self._lock:
            if self._data is None:
                self._data = as_json(page_data(self._result) | {"revision": self._revision})
            return self._data

    def state(self) -> dict[str, Any]:
        """What may change while the page is open: the decisions, and which data they belong to."""
        with self._lock:
            decided = self._choices.decided()
            expired = {
                each.successor: {**(describe(each.decision) or {}), "why": one_line(each.why)}
                for each in decided.expired
                if each.successor
            }
            decisions = {name: describe(decision) for name, decision in self._choices.current().items()}
            return {"data": self._revision, "who": self._who, "decisions": decisions, "expired": expired}

    def progress(self) -> dict[str, Any]:
        """How far the review is, by language and person, and the decisions that no longer hold."""
        status = review_status(self._now())
        return {
            "total": asdict(status.total),
            "languages": [{"lang": lang, **asdict(tally)} for lang, tally in status.languages.items()],
            "people": [{"by": one_line(name), **asdict(tally)} for name, tally in status.people.items()],
            "expired": [
                {
                    **(describe(each.decision) or {}),
                    "id": each.decision.fingerprint,
                    "message": one_line(each.decision.message),
                    "path": show_controls(each.decision.path),
                    "lang": each.decision.lang,
                    "why": one_line(each.why),
                    "successor": each.successor,
                }
                for each in status.expired
            ],
        }

    def _now(self) -> RunResult:
        """The result with the decisions that hold now."""
        with self._lock:
            decided = self._choices.decided()
            return replace(
                self._result,
                findings=decided.kept,
                suppressed=decided.suppressed,
                decisions=self._choices.held(),
                expired=decided.expired,
            )

    def languages(self) -> frozenset[str]:
        """The languages of the files that were checked."""
        with self._lock:
            return frozenset(version.lang for summary in self._result.sets for version in summary.versions)

    def worklist(self, lang: str, name: str) -> str:
        """What is open in a language, for other tools, in one of the formats in ``WRITERS``."""
        source = self._config.source
        work = worklist(self._now(), lang, "" if source in (None, NO_SOURCE) else source or "")
        return WRITERS[name](work)

    def bring_in(self, raw: bytes) -> dict[str, Any]:
        """Save what was corrected in other tools, check it, and go on from there."""
        with self._checking:
            imported, result = self._corrections.bring_in(raw)
            if result is not None:
                self._take(result)
        return {
            "written": {show_controls(path): count for path, count in imported.written.items()},
            "unchanged": imported.unchanged,
            "refused": [
                {"path": show_controls(each.path), "where": one_line(each.where), "reason": one_line(reason)}
                for each, reason in imported.refused
            ],
        }

    def rename(self, who: str) -> None:
        """Decisions are made by somebody else from now on."""
        with self._lock:
            self._who = " ".join(show_controls(who[:LONGEST_NAME]).split())

    def choose(self, choices: Sequence[Choice]) -> int:
        """As ``Choices.choose``, in the name of whoever uses the app."""
        return self._choices.choose(choices, self._who)

    def undo(self, number: int) -> None:
        """As ``Choices.undo``."""
        self._choices.undo(number)

    def forget(self, fingerprints: Sequence[str]) -> int:
        """As ``Choices.forget``."""
        return self._choices.forget(fingerprints)

    def texts(self, place: Place) -> list[str]:
        """What there is to edit at a place."""
        return self._corrections.texts(self._cell(place)[1])

    def try_texts(self, place: Place, texts: Sequence[str]) -> dict[str, Any]:
        """What these texts would change, without saving them."""
        with self._checking:
            before = self._result
            key, cell = self._cell(place)
            return self._told(before, self._corrections.check(key, cell, texts))

    def save_texts(self, place: Place, texts: Sequence[str]) -> dict[str, Any]:
        """Save the texts in their file, check them, and go on from there."""
        with self._checking:
            before = self._result
            key, cell = self._cell(place)
            number, after = self._corrections.save(key, cell, texts)
            self._take(after)
            return {"undo": number, "effect": self._told(before, after)}

    def undo_texts(self, number: int) -> None:
        """Take a correction back, check its document, and go on from there."""
        with self._checking:
            self._take(self._corrections.undo(number))

    def read_again(self, document: int) -> None:
        """Check a document as its files are now, and go on from there."""
        with self._checking:
            self._take(self._corrections.read_again(self._key(document)))

    def check_all(self) -> None:
        """Check everything as the files are now, and go on from there."""
        with self._checking:
            self._take(self._checker.check(NoProgress()))

    def _cell(self, place: Place) -> tuple[str, Cell]:
        """The key of the place's document, and what stands there. Raises ``RefusedError`` when it is gone."""
        with self._lock:
            if place.data != self._revision:
                raise RefusedError(409, "The texts were changed meanwhile, here or in another window.")
            key = self._key(place.document)
            rows = next(each.rows for each in self._result.tables if each.key == key)
            cell = rows[place.row].cells.get(place.lang) if place.row < len(rows) else None
            if not cell:
                raise RefusedError(404, "There is no such text.")
            return key, cell

    def _key(self, document: int) -> str:
        """The key of the document at an index of the data. Raises ``RefusedError`` where nothing was compared."""
        key = self._result.sets[document].key if document < len(self._result.sets) else None
        if key not in {each.key for each in self._result.tables}:
            raise RefusedError(404, "There is no such document.")
        return key

    def _told(self, before: RunResult, after: RunResult) -> dict[str, Any]:
        """How two checks differ, for the page."""
        gone, still, new = effect(self._decidable(before), self._decidable(after))

        def tell(findings: Sequence[Finding]) -> list[dict[str, str]]:
            return [{"severity": each.severity.value, "message": one_line(each.message)} for each in findings]

        return {"gone": tell(gone), "still": tell(still), "new": tell(new)}

    def _decidable(self, result: RunResult) -> list[Finding]:
        """The findings, decided or not. Expired decisions are told where the rule says something of the new text."""
        config = self._config
        settled = apply_policy(
            [each.finding for each in result.suppressed if each.finding.decision is not None],
            select=config.select,
            ignore=config.ignore,
            severity=config.severity,
            langs=self._langs,
        ).kept
        return [each for each in (*result.findings, *settled) if each.code != DecisionExpired.code]
