"""How far the review is: tables for people, and JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from termcheck.report.console import print_blocks
from termcheck.report.json_text import json_text
from termcheck.report.wording import bullet, indented, language, safe
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import Console, RenderableType

    from termcheck.decisions_tally import ReviewStatus, RuleRecord, Tally
    from termcheck.model import ExpiredDecision

SCHEMA = "termcheck/review-status/v1"

_KINDS = {
    "later": "To be fixed",
    "accepted": "Accepted",
    "false_alarm": "False alarms",
    "note": "Notes",
    "expired": "Expired",
    "waiting": "Waiting",
}
_PER_CENT = 100


def print_status(status: ReviewStatus, console: Console) -> None:
    """Print what is open and decided by language, person and rule, and which decisions expired."""
    print_blocks(console, _blocks(status))


def status_json(status: ReviewStatus) -> str:
    """The same as JSON text (``schemas/review-status.v1.schema.json``)."""
    return json_text(
        {
            "schema": SCHEMA,
            "total": asdict(status.total),
            "languages": [{"lang": lang or None, **asdict(tally)} for lang, tally in status.languages.items()],
            "people": [
                {"by": name, **{key: value for key, value in asdict(tally).items() if key != "open"}}
                for name, tally in status.people.items()
            ],
            "rules": rules_json(status.rules),
            "expired": [expired_json(item) for item in status.expired],
        }
    )


def rules_json(rules: Iterable[RuleRecord]) -> list[dict[str, Any]]:
    """What people made of each rule's findings, as JSON values."""
    return [
        {
            "code": rule.code,
            "right": rule.right,
            "false_alarms": rule.false_alarms,
            "precision": round(rule.precision, 4),
        }
        for rule in rules
    ]


def expired_json(item: ExpiredDecision) -> dict[str, Any]:
    """An expired decision as JSON values."""
    decision = item.decision
    return {
        "kind": decision.kind.value,
        "reason": decision.reason,
        "by": decision.by,
        "fingerprint": decision.fingerprint,
        "code": decision.code,
        "path": decision.path,
        "lang": decision.lang,
        "why": item.why,
        "successor": item.successor or None,
    }


def records_line(rules: Iterable[RuleRecord], most: int | None = None) -> str:
    """``TC303 9 of 12 right; TC402 3 of 3 right``, the rules with most decisions first where only ``most`` are told."""
    given = list(rules)
    told = given if most is None else sorted(given, key=lambda rule: -rule.decided)[:most]
    parts = [
        f"{rule.code} {rule.right:,} of {rule.decided:,} right" for rule in sorted(told, key=lambda rule: rule.code)
    ]
    if len(told) < len(given):
        parts.append(counted(len(given) - len(told), "more rule"))
    return "; ".join(parts)


def _blocks(status: ReviewStatus) -> Iterator[RenderableType]:
    names = {lang: language(lang) if lang else "no language" for lang in status.languages}
    yield _table("Language", {names[lang]: tally for lang, tally in status.languages.items()}, status.total)
    yield ""
    if status.people:
        yield _table("Person", {name or "not named": tally for name, tally in status.people.items()}, None)
        yield ""
    if status.rules:
        yield _rules(status.rules)
        yield ""
    if status.expired:
        yield Text("Expired, since a text was changed", "bold")
        for item in status.expired:
            yield indented(bullet(_expired(item)))
        yield ""
    yield _summary(status.total)


def _table(heading: str, tallies: Mapping[str, Tally], total: Tally | None) -> Table:
    table = _empty_table(heading)
    kinds = ({} if total is None else {"open": "Open"}) | _KINDS
    for title in kinds.values():
        table.add_column(title, justify="right")
    for name, tally in tallies.items():
        table.add_row(safe(name), *_numbers(tally, kinds))
    if total is not None and len(tallies) > 1:
        table.add_section()
        table.add_row(Text("Together", "bold"), *_numbers(total, kinds))
    return table


def _rules(rules: Iterable[RuleRecord]) -> Table:
    table = _empty_table("Rule")
    for title in ("Right", "False alarms", "Precision"):
        table.add_column(title, justify="right", no_wrap=True)
    for rule in rules:
        share = f"{round(rule.precision * _PER_CENT)} %"
        table.add_row(Text(rule.code), _number(rule.right), _number(rule.false_alarms), Text(share))
    return table


def _empty_table(heading: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", border_style="dim")
    table.add_column(heading, overflow="fold")
    return table


def _numbers(tally: Tally, kinds: Iterable[str]) -> list[Text]:
    return [_number(getattr(tally, kind)) for kind in kinds]


def _number(value: int) -> Text:
    return Text(f"{value:,}" if value else "–", "" if value else "dim")


def _expired(item: ExpiredDecision) -> Text:
    decision = item.decision
    line = safe(f"{decision.path}  {decision.code}  ", "bold").append_text(safe(f"{decision}", "not bold"))
    by = f", decided by {decision.by}" if decision.by else ""
    line.append_text(safe(f"{by}: {item.why}.", "not bold"))
    return line.append_text(safe(f" Found there now: {item.successor}.", "not bold")) if item.successor else line


def _summary(total: Tally) -> Text:
    known = total.open + total.decided
    if not known:
        return Text("Nothing is found, and nothing to decide.", "bold green")
    if not total.open:
        return Text(f"All {counted(known, 'finding')} are decided.", "bold green")
    share = int(total.decided / known * _PER_CENT)
    return Text(f"{total.decided:,} of {counted(known, 'finding')} decided ({share} %), {total.open:,} open.", "bold")
