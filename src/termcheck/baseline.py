"""The baseline: a file of findings that a project already knows of, so that only new ones are shown."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from termcheck.errors import InputError
from termcheck.model import Suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from termcheck.model import Finding

SCHEMA = "termcheck/baseline/v1"
REASON = "in the baseline"

_REMAKE = "write it anew with --write-baseline"
_TEXTS = ("fingerprint", "code", "path", "message")


@dataclass(frozen=True, slots=True)
class Entry:
    """A known finding. Only ``fingerprint`` is compared; the rest tells a reader of the file what was accepted."""

    fingerprint: str
    code: str
    path: str
    lang: str | None
    concepts: tuple[str, ...]
    message: str

    @classmethod
    def of(cls, finding: Finding) -> Entry:
        place = finding.location
        return cls(finding.fingerprint, finding.code, place.path, place.lang, finding.concepts, finding.message)

    def sort_key(self) -> tuple[Any, ...]:
        return (self.path, self.code, self.concepts, self.message, self.fingerprint)


class Comparison(NamedTuple):
    """Findings against a baseline. ``stale`` are entries that no finding answers to any more."""

    new: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    stale: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings in file order. An entry that stands there twice answers for two findings."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Baseline:
        """A baseline of exactly these findings, which have their fingerprints."""
        return cls(tuple(sorted(map(Entry.of, findings), key=Entry.sort_key)))

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline. Raises ``InputError`` when it is missing, cannot be read, or is no baseline."""
        try:
            data = json.loads(path.read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            raise InputError(f"{path}: there is no such baseline", "make one with --write-baseline") from None
        except OSError as error:
            raise InputError(f"{path}: the baseline cannot be read: {error.strerror or error}") from None
        except json.JSONDecodeError as error:
            place = f"{path}:{error.lineno}:{error.colno}"
            raise InputError(f"{place}: the baseline is not valid JSON: {error.msg}", _REMAKE) from None
        except (ValueError, RecursionError):
            raise InputError(f"{path}: the baseline is not valid JSON in UTF-8", _REMAKE) from None
        if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("findings"), list):
            raise InputError(f"{path}: this is not a baseline of the form {SCHEMA}", _REMAKE)
        return cls(tuple(_entry(item, number, path) for number, item in enumerate(data["findings"], start=1)))

    def dump(self) -> str:
        """The file's text: sorted JSON with one finding a line, for small differences between versions."""
        lines = [_line(entry) for entry in sorted(self.entries, key=Entry.sort_key)]
        body = "\n    " + ",\n    ".join(lines) + "\n  " if lines else ""
        return f'{{\n  "schema": "{SCHEMA}",\n  "findings": [{body}]\n}}\n'

    def apply(self, findings: Iterable[Finding]) -> Comparison:
        """Tell known findings from new ones, in the order given, and say which entries are stale.

        Give it the findings of all rules and languages, before any is sorted out: an entry is stale when its finding
        is not among them. After a run on a part of the corpus, only stale entries with a ``path`` in that part count.
        """
        left = Counter(entry.fingerprint for entry in self.entries)
        new: list[Finding] = []
        known: list[Suppressed] = []
        for finding in findings:
            if left[finding.fingerprint] > 0:
                left[finding.fingerprint] -= 1
                known.append(Suppressed(finding, REASON))
            else:
                new.append(finding)
        stale = []
        for entry in reversed(self.entries):
            if left[entry.fingerprint] > 0:
                left[entry.fingerprint] -= 1
                stale.append(entry)
        return Comparison(tuple(new), tuple(known), tuple(reversed(stale)))

    def without(self, stale: Iterable[Entry]) -> Baseline:
        """The baseline less these entries, each taken out once."""
        drop = Counter(stale)
        entries = []
        for entry in reversed(self.entries):
            if drop[entry] > 0:
                drop[entry] -= 1
            else:
                entries.append(entry)
        return Baseline(tuple(reversed(entries)))


def _line(entry: Entry) -> str:
    data = {
        "fingerprint": entry.fingerprint,
        "code": entry.code,
        "path": entry.path,
        "lang": entry.lang,
        "concepts": list(entry.concepts),
        "message": entry.message,
    }
    # A path may hold bytes that are no UTF-8 (as lone surrogates): inside JSON their escapes mean the same.
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def _entry(item: object, number: int, path: Path) -> Entry:
    if isinstance(item, dict):
        texts = [item.get(key) for key in _TEXTS]
        lang, concepts = item.get("lang"), item.get("concepts")
        if (
            all(isinstance(text, str) for text in texts)
            and texts[0]
            and (lang is None or isinstance(lang, str))
            and isinstance(concepts, list)
            and all(isinstance(concept, str) for concept in concepts)
        ):
            return Entry(item["fingerprint"], item["code"], item["path"], lang, tuple(concepts), item["message"])
    keys = ", ".join((*_TEXTS[:3], "lang", "concepts", _TEXTS[3]))
    raise InputError(f"{path}: finding {number} of the baseline is not written as expected ({keys})", _REMAKE)
