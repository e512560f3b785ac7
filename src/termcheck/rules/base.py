"""What a rule is. Every rule is a class in a file of its own; its docstring is its documentation page."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from termcheck.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termcheck.model import Excerpt, Location
    from termcheck.rules.facts import CorpusFacts, DocumentFacts


class Rule(ABC):
    """One kind of finding, under a code that never changes its meaning."""

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    default: ClassVar[bool] = True
    """Whether the rule runs without being asked for by its code or name."""

    @classmethod
    def page(cls) -> str:
        """The rule's documentation in Markdown: its docstring."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """The first line of the page."""
        return cls.page().partition("\n")[0]

    def finding(
        self,
        location: Location,
        message: str,
        *,
        document: str = "",
        confidence: float = 1.0,
        excerpts: Sequence[Excerpt] = (),
        why: Sequence[str] = (),
        evidence: Mapping[str, Any] | None = None,
        concepts: Sequence[str] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule, so that code, name and severity cannot be mistyped."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            confidence=min(max(confidence, 0.0), 1.0),
            message=message,
            location=location,
            document=document,
            excerpts=tuple(excerpts),
            why=tuple(why),
            evidence=dict(evidence or {}),
            concepts=tuple(concepts),
        )


class DocumentRule(Rule):
    """A rule that looks at one document's versions at a time."""

    @abstractmethod
    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        """Findings on one document, in any order."""


class CorpusRule(Rule):
    """A rule that needs to have seen the whole corpus, or that looks at the glossary or the files as such."""

    @abstractmethod
    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        """Findings on the corpus, in any order."""


class PolicyRule(Rule):
    """A rule about the project's own decisions on findings; the policy stage makes its findings."""
