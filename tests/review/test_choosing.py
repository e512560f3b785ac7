"""Decisions in the app: saved at once, in their file, by several windows, and taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from review_app import DECISIONS, TEXTS, open_review, window
from small_corpus import use_stand_in
from termcheck.cli import run
from termcheck.decisions_file import DecisionsFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from review_app import Window


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


@pytest.fixture
def app(corpus: Path) -> Iterator[Window]:
    with window(open_review(corpus)) as opened:
        yield opened


def saved(corpus: Path) -> dict[str, tuple[str, str, str]]:
    return {
        each.fingerprint: (each.kind.value, each.reason, each.by) for each in DecisionsFile(corpus / DECISIONS).load()
    }


def test_the_page_shows_findings_and_decisions(app: Window) -> None:
    numbers = app.ids("TC303")
    assert len(numbers) == 2
    app.decide(numbers[0], kind="accepted", reason="As the author wants it.")
    page = app.client.get("/")
    assert numbers[0] in page.text
    assert "As the author wants it." in page.text
    assert "script-src 'sha256-" in page.headers["content-security-policy"]
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]


def test_a_decision_is_in_its_file_at_once(app: Window, corpus: Path) -> None:
    first, second = app.ids("TC303")
    answer = app.decide(first)
    assert saved(corpus) == {first: ("false-alarm", "", "Ana")}
    assert answer["state"]["decisions"] == {first: {"kind": "false-alarm", "reason": "", "by": "Ana"}}
    app.decide(first, second, kind="accepted", reason="Agreed\n with  the client.")
    assert saved(corpus)[second] == ("accepted", "Agreed with the client.", "Ana")
    assert len(saved(corpus)) == 2


def test_a_fresh_report_honours_it(
    app: Window, corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = app.ids("TC303")
    app.decide(first)
    use_stand_in(monkeypatch)
    run(["report", str(corpus), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    shown = [finding["fingerprint"] for finding in report["findings"]]
    assert second in shown
    assert first not in shown


def test_accepting_needs_a_reason(app: Window, corpus: Path) -> None:
    (first, _) = app.ids("TC303")
    told = app.decide(first, kind="accepted", reason="  ", expected=422)
    assert "needs a reason" in told["message"]
    assert saved(corpus) == {}


def test_a_decision_is_taken_back(app: Window, corpus: Path) -> None:
    first, second = app.ids("TC303")
    one = app.decide(first, kind="later")
    both = app.decide(first, second, kind="accepted", reason="Fine.")
    app.post("undo", undo=both["undo"])
    assert saved(corpus) == {first: ("later", "", "Ana")}
    app.post("undo", undo=one["undo"])
    assert saved(corpus) == {}
    assert "already" in app.post("undo", 409, undo=one["undo"])["message"]


def test_a_decision_is_reopened(app: Window, corpus: Path) -> None:
    (first, _) = app.ids("TC303")
    app.decide(first)
    assert app.decide(first, kind="open")["state"]["decisions"] == {}
    assert saved(corpus) == {}


def test_two_windows_lose_nothing(app: Window, corpus: Path) -> None:
    first, second = app.ids("TC303")
    with window(open_review(corpus, {}, who="Ben")) as other:
        app.decide(first)
        other.decide(second, kind="later")
        assert saved(corpus) == {first: ("false-alarm", "", "Ana"), second: ("later", "", "Ben")}
        assert app.get("state")["decisions"] == other.get("state")["decisions"]


def test_what_somebody_decided_meanwhile_is_not_overwritten_unseen(app: Window, corpus: Path) -> None:
    (first, _) = app.ids("TC303")
    with window(open_review(corpus, {}, who="Ben")) as other:
        other.decide(first, kind="later")
    choices = [{"id": first, "kind": "false-alarm", "reason": "", "seen": None}]
    assert "Ben has decided" in app.post("decide", 409, choices=choices)["message"]
    assert saved(corpus) == {first: ("later", "", "Ben")}
    app.decide(first)
    assert saved(corpus) == {first: ("false-alarm", "", "Ana")}


def test_undoing_does_not_undo_what_others_did(app: Window, corpus: Path) -> None:
    (first, _) = app.ids("TC303")
    number = app.decide(first)["undo"]
    with window(open_review(corpus, {}, who="Ben")) as other:
        other.decide(first, kind="later")
    assert "Somebody" in app.post("undo", 409, undo=number)["message"]
    assert saved(corpus) == {first: ("later", "", "Ben")}


def test_a_finding_that_is_gone_cannot_be_decided(app: Window, corpus: Path) -> None:
    choices = [{"id": "0" * 16, "kind": "later", "reason": "", "seen": None}]
    assert "no longer there" in app.post("decide", 409, choices=choices)["message"]
    assert saved(corpus) == {}


def test_a_broken_file_is_told_and_left_alone(app: Window, corpus: Path) -> None:
    (first, _) = app.ids("TC303")
    broken = "<<<<<<< HEAD\nversion: 1\n"
    (corpus / DECISIONS).write_text(broken, "utf-8")
    choices = [{"id": first, "kind": "later", "reason": "", "seen": None}]
    assert DECISIONS in app.post("decide", 500, choices=choices)["message"]
    assert (corpus / DECISIONS).read_text("utf-8") == broken
    (corpus / DECISIONS).unlink()
    app.post("decide", choices=choices)
    assert saved(corpus) == {first: ("later", "", "Ana")}


def test_what_is_decided_has_the_severity_that_the_project_gives_it(corpus: Path) -> None:
    with window(open_review(corpus, severity={"TC303": "note"})) as app:
        first, second = app.ids("TC303")
        app.decide(first)
    with window(open_review(corpus, {}, severity={"TC303": "note"})) as app:
        assert sorted(app.ids("TC303")) == sorted((first, second))
        assert {each["severity"] for each in app.data["findings"] if each["code"] == "TC303"} == {"note"}
    with window(open_review(corpus, {}, ignore=["TC303"])) as app:
        assert app.ids("TC303") == []


def test_the_page_says_what_is_wrong_with_the_file(app: Window, corpus: Path) -> None:
    (corpus / DECISIONS).write_text("<<<<<<< HEAD\n", "utf-8")
    answer = app.client.get("/")
    assert answer.status_code == 500
    assert DECISIONS in answer.text


def test_the_name_can_be_changed(app: Window, corpus: Path) -> None:
    (first, _) = app.ids("TC303")
    assert app.post("name", who=" Zoë \n\u202e K. ")["state"]["who"].startswith("Zoë")
    app.decide(first)
    assert saved(corpus)[first][2].startswith("Zoë")


def test_a_text_that_changes_ends_a_decision_visibly(corpus: Path) -> None:
    with window(open_review(corpus)) as app:
        first = next(each["id"] for each in app.data["findings"] if each["code"] == "TC303" and each["line"] == 3)
        app.decide(first, kind="accepted", reason="Right so.")
    changed = TEXTS["pl/story.md"].replace("13 kwiaty", "14 kwiaty")
    with window(open_review(corpus, {"pl/story.md": changed})) as app:
        state = app.get("state")
        assert state["decisions"] == {}
        (expired,) = state["expired"].values()
        assert (expired["kind"], expired["reason"], expired["by"]) == ("accepted", "Right so.", "Ana")
        assert "Polish text was changed" in expired["why"]
        assert app.ids("TC004") == []


def test_the_state_is_only_sent_when_it_is_new(app: Window) -> None:
    answer = app.client.get("/api/state")
    again = {"if-none-match": answer.headers["etag"]}
    assert app.client.get("/api/state", headers=again).status_code == 304
    app.decide(app.ids("TC303")[0])
    assert app.client.get("/api/state", headers=again).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"choices": []},
        {"choices": "all"},
        {"choices": [1]},
        {"choices": [{"id": "x"}]},
        {"choices": [{"id": "x", "kind": "wrong", "reason": "", "seen": None}]},
        {"choices": [{"id": 1, "kind": "later", "reason": "", "seen": None}]},
        {"choices": [{"id": "x", "kind": "later", "reason": "", "seen": "y"}]},
        {"choices": [{"id": "x", "kind": "later", "reason": "", "seen": None}] * 2},
    ],
)
def test_what_no_page_sends_is_refused(app: Window, asked: dict[str, object]) -> None:
    app.post("decide", 400, **asked)


def test_requests_are_read_with_limits(app: Window) -> None:
    headers = {"content-type": "application/json"}
    assert app.client.post("/api/decide", content=b"[" * 100_000, headers=headers).status_code == 400
    assert app.client.post("/api/decide", content=b" " * (5 * 2**20), headers=headers).status_code == 413
    assert app.client.post("/api/decide", content=b"\xff{}", headers=headers).status_code == 400
    assert app.client.post("/api/decide", content=b"[]", headers=headers).status_code == 400
    assert app.client.post("/api/decide", content=b"{}").status_code == 415
    assert app.client.post("/api/decide", data={"choices": "x"}).status_code == 415
