"""Texts corrected in the app: what the check says of them, and saving that leaves every other byte alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from review_app import TEXTS, open_review, window
from termcheck.alignment.segments import renewed
from termcheck.inputs import read_set

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from review_app import Window

POLISH = "pl/story.md"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


@pytest.fixture
def app(corpus: Path) -> Iterator[Window]:
    with window(open_review(corpus)) as opened:
        yield opened


def messages(app: Window) -> list[str]:
    return [each["message"] for each in app.data["findings"] if each["code"] == "TC303"]


def test_what_is_edited_has_its_markup(app: Window) -> None:
    assert app.post("texts", **app.place(3))["texts"] == ["Żeglarze naprawiają **podarte** białe żagle."]


def test_a_text_is_checked_without_being_saved(app: Window, corpus: Path) -> None:
    before = (corpus / POLISH).read_bytes()
    good = app.post("try", **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])["effect"]
    assert [len(good[each]) for each in ("gone", "still", "new")] == [1, 0, 0]
    assert "13" in good["gone"][0]["message"]
    bad = app.post("try", **app.place(1), texts=["Ogrodnicy podlewają 14 kwiaty każdego ranka."])["effect"]
    assert [len(bad[each]) for each in ("gone", "still", "new")] == [0, 1, 0]
    worse = app.post("try", **app.place(3), texts=["Żeglarze naprawiają **podarte** (białe żagle."])["effect"]
    assert len(worse["new"]) == 1
    assert (corpus / POLISH).read_bytes() == before
    assert app.get("data")["revision"] == app.data["revision"]


def test_a_text_is_saved_and_nothing_else(app: Window, corpus: Path) -> None:
    before = (corpus / POLISH).read_bytes()
    answer = app.post("save", **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])
    assert (corpus / POLISH).read_bytes() == before.replace(b"13 kwiaty", b"12 kwiaty")
    assert len(answer["effect"]["gone"]) == 1
    assert answer["state"]["data"] == app.data["revision"] + 1
    assert len(messages(app)) == 2
    app.reload()
    assert len(messages(app)) == 1
    assert any("12 kwiaty" in text for text in app.data["texts"])


@pytest.mark.parametrize("text", ["Ogrodnicy podlewają 12 kwiaty każdego ranka.", "Żeglarze (naprawiają 7 żagle."])
def test_looking_at_one_row_again_finds_what_looking_at_the_document_does(text: str, corpus: Path) -> None:
    review = open_review(corpus)
    checker = review._checker
    document = checker.document("story")
    before = document.segments["pl"][1]
    content = TEXTS[POLISH].replace(before.text, text).encode()
    changed = read_set(review._corrections._target, document.document, review._config, {POLISH: content})
    quick = checker.check_again(changed, keep=False, edited=True)
    whole = checker.check_again(changed, keep=False)
    assert quick.findings == whole.findings
    assert renewed(quick.tables[0], changed.segments) == quick.tables[0]
    shorter = {**changed.segments, "pl": changed.segments["pl"][:-1]}
    assert renewed(quick.tables[0], shorter) is None


def test_a_correction_is_taken_back(app: Window, corpus: Path) -> None:
    before = (corpus / POLISH).read_bytes()
    number = app.post("save", **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])["undo"]
    app.post("undo-texts", undo=number)
    assert (corpus / POLISH).read_bytes() == before
    app.reload()
    assert len(messages(app)) == 2
    assert "already" in app.post("undo-texts", 409, undo=number)["message"]
    number = app.post("save", **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])["undo"]
    (corpus / POLISH).write_text("Something else.\n", "utf-8")
    assert "changed since" in app.post("undo-texts", 409, undo=number)["message"]
    assert (corpus / POLISH).read_text("utf-8") == "Something else.\n"


@pytest.mark.parametrize("content", [TEXTS[POLISH].replace("\n", "\r\n"), "\ufeff" + TEXTS[POLISH]])
def test_line_ends_and_marks_stay(content: str, corpus: Path) -> None:
    with window(open_review(corpus, {**TEXTS, POLISH: content.encode()})) as app:
        number = app.post("save", **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])["undo"]
        app.post("undo-texts", undo=number)
        assert (corpus / POLISH).read_bytes() == content.encode()
        app.reload()
        app.post("save", **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])
    assert (corpus / POLISH).read_bytes() == content.replace("13 kwiaty", "12 kwiaty").encode()


def test_a_file_that_was_changed_meanwhile_is_left_alone(app: Window, corpus: Path) -> None:
    theirs = TEXTS[POLISH].replace("31 chleb", "30 chleb")
    (corpus / POLISH).write_text(theirs, "utf-8")
    text = "Ogrodnicy podlewają 12 kwiaty każdego ranka."
    told = app.post("save", 409, **app.place(1), texts=[text])
    assert "changed by another program" in told["message"]
    assert (corpus / POLISH).read_text("utf-8") == theirs
    app.post("read", document=0)
    assert "meanwhile" in app.post("save", 409, **app.place(1), texts=[text])["message"]
    app.reload()
    app.post("save", **app.place(1), texts=[text])
    assert (corpus / POLISH).read_text("utf-8") == theirs.replace("13 kwiaty", "12 kwiaty")


def test_a_text_that_would_break_the_file_is_refused(app: Window, corpus: Path) -> None:
    before = (corpus / POLISH).read_bytes()
    for text in ("", "one\n\ntwo", "# A heading", "a\0b", "\ud800"):
        told = app.post("save", 422, **app.place(1), texts=[text])
        assert told["message"]
        assert POLISH not in told["message"]
    assert (corpus / POLISH).read_bytes() == before
    app.post("save", 422, **app.place(1), texts=["x" * 300_000])
    app.post("save", 409, **app.place(1), texts=["a", "b"])


@pytest.mark.parametrize(
    "place",
    [
        {"document": 99},
        {"row": 99},
        {"lang": "xx"},
        {"lang": "../../etc/passwd"},
    ],
)
def test_only_what_is_on_the_page_can_be_edited(place: dict[str, object], app: Window) -> None:
    asked = {**app.place(1), **place}
    app.post("texts", 404, **asked)
    app.post("save", 404, **asked, texts=["x"])
    app.post("read", 404, document=99)


@pytest.mark.parametrize("place", [{"row": -1}, {"row": True}, {"row": "1"}, {"lang": None}, {"data": 1.5}])
def test_what_no_page_sends_is_refused(place: dict[str, object], app: Window) -> None:
    app.post("texts", 400, **{**app.place(1), **place})
    app.post("try", 400, **app.place(1), texts=[1])
    app.post("try", 400, **app.place(1), texts=[])


def test_what_can_only_be_read_says_so(app: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termcheck.review.corrections.editable", lambda _segment: None)
    assert "cannot be corrected here" in app.post("texts", 422, **app.place(1))["message"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, corpus: Path) -> None:
    with window(open_review(corpus)) as app:
        outside = tmp_path / "outside.md"
        (corpus / POLISH).rename(outside)
        (corpus / POLISH).symlink_to(outside)
        before = outside.read_bytes()
        app.post("save", 409, **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])
        assert outside.read_bytes() == before


def test_another_window_learns_of_it(corpus: Path) -> None:
    review = open_review(corpus)
    with window(review) as one, window(review) as other:
        one.post("save", **one.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])
        assert other.get("state")["data"] == other.data["revision"] + 1
        told = other.post("save", 409, **other.place(2), texts=["x"])
        assert "in another window" in told["message"]


def test_everything_is_checked_again(app: Window, corpus: Path) -> None:
    (corpus / POLISH).write_text(TEXTS[POLISH].replace("13", "12").replace("31", "30"), "utf-8")
    app.post("check")
    app.reload()
    assert messages(app) == []


def test_messages_of_a_catalogue_are_edited_without_their_escapes(corpus: Path) -> None:
    files = {
        "locales/en.json": '{\n  "a": "Bakers \\"bake\\" 30 bread before sunrise.",\n  "b": "Sailors mend sails"\n}\n',
        "locales/pl.json": '{\n  "a": "Piekarze \\"pieką\\" 31 chleb przed \\u015bwitem.",\n  "b": "Żagle"\n}\n',
    }
    with window(open_review(corpus, files)) as app:
        row = next(each["rows"][0]["row"] for each in app.data["findings"] if each["code"] == "TC303")
        (text,) = app.post("texts", **app.place(row))["texts"]
        assert text == 'Piekarze "pieką" 31 chleb przed świtem.'
        app.post("save", **app.place(row), texts=[text.replace("31", "30")])
    assert (corpus / "locales/pl.json").read_text("utf-8") == files["locales/pl.json"].replace("31", "30")


@pytest.mark.parametrize("name", ["xlf", "csv"])
def test_texts_go_to_other_programs_and_come_back(name: str, app: Window, corpus: Path) -> None:
    answer = app.client.get(f"/open/pl.{name}")
    assert answer.headers["content-disposition"] == f'attachment; filename="open-pl.{name}"'
    assert "13 kwiaty" in answer.text
    corrected = answer.text.replace("13 kwiaty", "12 kwiaty").encode()
    told = app.client.post("/api/import", content=corrected).json()
    assert told["written"] == {POLISH: 1}
    assert told["refused"] == []
    assert (corpus / POLISH).read_text("utf-8") == TEXTS[POLISH].replace("13 kwiaty", "12 kwiaty")
    app.reload()
    assert len(messages(app)) == 1
    again = app.client.post("/api/import", content=corrected.replace(b"12 kwiaty", b"11 kwiaty")).json()
    assert again["written"] == {}
    assert len(again["refused"]) == 1


def test_what_was_decided_is_not_exported(app: Window) -> None:
    app.decide(*app.ids("TC303"), kind="accepted", reason="Fine.")
    assert "13 kwiaty" not in app.client.get("/open/pl.csv").text


@pytest.mark.parametrize("path", ["/open/xx.csv", "/open/pl.exe", "/open/../../etc/passwd", "/open/%2e%2e%2fpl.csv"])
def test_only_known_files_are_made(path: str, app: Window) -> None:
    assert app.client.get(path).status_code == 404


def test_other_files_are_refused(app: Window, corpus: Path) -> None:
    for content in (b"", b"\0\xff", b"<!DOCTYPE x [<!ENTITY y 'z'>]><xliff>&y;</xliff>", b"a,b\n1,2\n"):
        answer = app.client.post("/api/import", content=content)
        assert answer.status_code == 422
        assert answer.json()["message"]
    assert (corpus / POLISH).read_text("utf-8") == TEXTS[POLISH]


def test_progress_is_counted(app: Window) -> None:
    first, _ = app.ids("TC303")
    app.decide(first, kind="later")
    found = app.get("progress")
    assert found["total"]["later"] == 1
    assert {each["lang"]: each["later"] for each in found["languages"]}["pl"] == 1
    assert [each["by"] for each in found["people"]] == ["Ana"]
    assert found["expired"] == []


def test_decisions_that_hold_no_more_are_shown_and_removed(app: Window, corpus: Path) -> None:
    for each in app.ids("TC303"):
        app.decide(each, kind="accepted", reason="Fine.")
    app.post("save", **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])
    (ended,) = app.get("progress")["expired"]
    assert (ended["kind"], ended["path"]) == ("accepted", POLISH)
    number = app.post("forget", decisions=[ended["id"]])["undo"]
    assert app.get("progress")["expired"] == []
    assert (corpus / "termcheck-decisions.yaml").read_text("utf-8").count("- finding:") == 1
    app.post("undo", undo=number)
    assert len(app.get("progress")["expired"]) == 1
