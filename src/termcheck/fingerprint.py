"""What identifies a finding from one run to the next: the texts it is about, never where they stand."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from termcheck.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termcheck.model import Excerpt, Finding

LENGTH = 16
"""Hexadecimal digits of a fingerprint (64 bits: among a million findings, two coincide once in 37 million runs)."""

_SCHEME = "termcheck/v1"


def fingerprint(
    code: str, path: str, lang: str | None, concepts: Sequence[str], texts: Sequence[str], occurrence: int
) -> str:
    """The first ``LENGTH`` hexadecimal digits of a SHA-256 over the arguments.

    ``texts`` are compared in Unicode form NFC with all white space folded, so that a reflowed paragraph is the same.
    ``occurrence`` counts from 0 the findings that agree in everything else.
    """
    # JSON keeps apart what plain concatenation would run together, and escapes whatever UTF-8 cannot hold.
    identity = json.dumps(
        [_SCHEME, code, path, lang, list(concepts), [normalise_text(text) for text in texts], occurrence]
    )
    return hashlib.sha256(identity.encode("ascii")).hexdigest()[:LENGTH]


def with_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in report order, each with its fingerprint.

    It covers the texts to be changed and their sources. A finding on a text that is missing and has no source covers
    the first version that does have the text. Further versions only testify: adding a language changes nothing.
    """
    seen: Counter[str] = Counter()
    result = []
    for finding in sorted(findings, key=lambda finding: finding.sort_key()):
        texts = [excerpt.text for excerpt in identifying_excerpts(finding)]
        first = fingerprint(finding.code, finding.location.path, finding.lang, finding.concepts, texts, 0)
        occurrence = seen[first]
        seen[first] += 1
        own = first
        if occurrence:
            own = fingerprint(finding.code, finding.location.path, finding.lang, finding.concepts, texts, occurrence)
        result.append(replace(finding, fingerprint=own))
    return tuple(result)


def identifying_excerpts(finding: Finding) -> list[Excerpt]:
    """The excerpts whose texts the fingerprint covers."""
    found = [excerpt for excerpt in finding.excerpts if excerpt.role in (Role.TARGET, Role.SOURCE)]
    if found:
        return found
    witnesses = [excerpt for excerpt in finding.excerpts if excerpt.role is Role.WITNESS]
    return [excerpt for excerpt in witnesses if excerpt.location.lang == witnesses[0].location.lang]


def normalise_text(text: str) -> str:
    """The text in the form in which it is compared: NFC, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).split())
