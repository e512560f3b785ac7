"""Findings that the project asked to leave alone: comments in the files, and ``exempt`` in the configuration."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.globs import Globs
from termcheck.languages import is_among
from termcheck.model import Location, Suppressed
from termcheck.policy import specificity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termcheck.config import Exemption
    from termcheck.corpus.directives import IgnoreSelector, InlineIgnore
    from termcheck.model import Finding


class Sorted(NamedTuple):
    """``kept`` and ``suppressed`` findings in the order in which they came, and the places of ``unused`` requests."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    unused: tuple[UnusedRequest, ...]


@dataclass(frozen=True, slots=True)
class UnusedRequest:
    """A request that no finding answers to. ``what`` names it: a comment's selectors, or the exempted rules."""

    location: Location
    what: str


def apply_ignores(
    findings: Iterable[Finding],
    inline: Iterable[InlineIgnore],
    exemptions: Sequence[Exemption] = (),
    config_path: str = "",
) -> Sorted:
    """Take out what comments and exemptions ask for; a finding that both ask for counts for both.

    ``config_path`` is how findings name the configuration file, in which the exemptions stand.
    """
    by_path: dict[str, list[_Request]] = defaultdict(list)
    for ignore in inline:
        by_path[ignore.location.path].append(_Inline(ignore))
    general = [_Exempt(exemption, config_path) for exemption in exemptions]
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        asked = [request for request in (*by_path[finding.location.path], *general) if request.covers(finding)]
        for request in asked:
            request.used = True
        if asked:
            suppressed.append(Suppressed(finding, asked[0].reason))
        else:
            kept.append(finding)
    requests = [*(request for found in by_path.values() for request in found), *general]
    unused = [UnusedRequest(request.location, request.what) for request in requests if not request.used]
    return Sorted(tuple(kept), tuple(suppressed), tuple(unused))


class _Request:
    used = False
    reason: str
    location: Location
    what: str

    def covers(self, finding: Finding) -> bool:
        raise NotImplementedError


class _Inline(_Request):
    def __init__(self, ignore: InlineIgnore) -> None:
        self._ignore = ignore
        self.reason = f"ignored in the file: {ignore.reason}" if ignore.reason else "ignored in the file"
        self.location = ignore.location
        self.what = ", ".join(map(_shown, ignore.selectors)) or "termcheck off"

    def covers(self, finding: Finding) -> bool:
        scope = self._ignore.scope
        start, end = finding.location.start, finding.location.end
        # A missing text has an empty place, which may be just at an edge.
        inside = start < scope.end and end > scope.start if start < end else scope.start <= start <= scope.end
        selectors = self._ignore.selectors
        return inside and (not selectors or any(_selects(selector, finding) for selector in selectors))


class _Exempt(_Request):
    def __init__(self, exemption: Exemption, config_path: str) -> None:
        self._exemption = exemption
        self._paths = Globs(exemption.paths)
        self.reason = f"exempt: {exemption.reason}"
        self.location = Location(config_path, None, exemption.position, exemption.position)
        self.what = ", ".join(exemption.rules)

    def covers(self, finding: Finding) -> bool:
        exemption = self._exemption
        return (
            any(specificity(rule, finding.code, finding.name) is not None for rule in exemption.rules)
            and (not exemption.concepts or any(concept in finding.concepts for concept in exemption.concepts))
            and (not self._paths or self._paths.match(finding.location.path) is not None)
            and (not exemption.languages or (finding.lang is not None and is_among(finding.lang, exemption.languages)))
        )


def _selects(selector: IgnoreSelector, finding: Finding) -> bool:
    named = specificity(selector.rule, finding.code, finding.name) is not None
    return named and (selector.concept is None or selector.concept in finding.concepts)


def _shown(selector: IgnoreSelector) -> str:
    return selector.rule if selector.concept is None else f"{selector.rule}[{selector.concept}]"
