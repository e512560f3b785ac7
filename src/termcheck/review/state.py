"""What the app works on: the last check of the corpus, and the page's data made from it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from termcheck.review.page import render_data, render_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.model import RunResult
    from termcheck.report.context import RuleInfo


class Review:
    """The state of the app; its methods may be called from several threads."""

    def __init__(self, result: RunResult, rules: Sequence[RuleInfo]) -> None:
        self._lock = threading.RLock()
        self._rules = tuple(rules)
        self._result = result
        self._data: str | None = None

    def page(self) -> str:
        """The page with everything in it."""
        with self._lock:
            return render_page(self._result, self._rules, self.data())

    def data(self) -> str:
        """What the page's scripts work on, as JSON."""
        with self._lock:
            if self._data is None:
                self._data = render_data(self._result)
            return self._data
