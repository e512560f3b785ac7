"""The report on the repository's own corpus finds every planted fault and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from termcheck.model import RunResult, Verdict
from termcheck.report.json_report import to_json

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def faults() -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = yaml.safe_load((ROOT / "corpus/faults.yaml").read_text("utf-8"))
    return content


def test_the_report_finds_every_planted_fault_and_nothing_else(
    faults: list[dict[str, Any]], demo_result: RunResult
) -> None:
    corpus_wide = {fault["code"] for fault in faults if fault["line"] is None}
    found = [
        (finding.code, finding.location.path, None if finding.code in corpus_wide else finding.location.start.line)
        for finding in demo_result.findings
    ]
    assert sorted(found, key=str) == sorted(((f["code"], f["path"], f["line"]) for f in faults), key=str)


def test_quotes_stand_where_the_list_says(faults: list[dict[str, Any]]) -> None:
    for fault in faults:
        lines = (ROOT / fault["path"]).read_text("utf-8").splitlines()
        places = lines if fault["line"] is None else [lines[fault["line"] - 1]]
        assert any(fault["quote"] in line for line in places), fault["id"]


def test_the_list_for_people_says_the_same(faults: list[dict[str, Any]]) -> None:
    rows = [line.split(" | ") for line in (ROOT / "corpus/FAULTS.md").read_text("utf-8").splitlines()]
    listed = {(row[0].removeprefix("| "), row[1].strip("`"), row[2], row[3]) for row in rows if len(row) == 5}
    wanted = {(f["kind"], f["path"], str(f["line"] or "all"), f["code"]) for f in faults}
    assert listed - {("Fault", "File", "Line", "Rule")} == wanted


def test_verdicts(demo_result: RunResult) -> None:
    verdicts = {(verdict.group, verdict.lang): verdict for verdict in demo_result.verdicts}
    both = ("client", "customer")
    assert {lang: verdicts[both, lang].verdict for lang in ("de", "en", "id", "ko", "pl", "tr")} == {
        "de": Verdict.DISTINCT,
        "en": Verdict.DISTINCT,
        "id": Verdict.DISTINCT,
        "ko": Verdict.MIXED,
        "pl": Verdict.COLLAPSED,
        "tr": Verdict.COLLAPSED,
    }
    assert verdicts[both, "pl"].shared == ("klient",)
    assert verdicts[both, "tr"].shared == ("müşteri",)
    assert verdicts[("safety", "security"), "de"].verdict is Verdict.ACKNOWLEDGED


_SECOND_RUN = """
import sys
from termcheck.cli import run
code = run(["report", "corpus/", "--format", "json"])
heavy = sorted({"torch", "spacy", "transformers", "sentence_transformers", "lingua"} & set(sys.modules))
print(code, heavy, file=sys.stderr)
"""


def test_a_second_run_gives_the_same_bytes_and_loads_nothing_heavy(demo_result: RunResult, demo_cache: Path) -> None:
    environment = {**os.environ, "TERMCHECK_CACHE_DIR": str(demo_cache)}
    again = subprocess.run(
        [sys.executable, "-c", _SECOND_RUN], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert again.stderr.splitlines()[-1] == "1 []"
    assert again.stdout == to_json(demo_result)
