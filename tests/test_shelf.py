from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, NoReturn

import pytest

from small_corpus import make_encoder, write_corpus
from termcheck import shelf as shelf_module
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.pipeline import check
from termcheck.shelf import Keyed, OnDemand, Shelf

if TYPE_CHECKING:
    from pathlib import Path


def shelf(room: int) -> Shelf[list[str]]:
    return Shelf([["a", "b"], ["c"], [], ["d", "e", "f"], ["g"]], len, room)


@pytest.mark.parametrize("room", [0, 2, 3, 5, 100])
def test_items_are_the_same_wherever_they_are_kept(room: int) -> None:
    found = shelf(room)
    assert list(found) == [["a", "b"], ["c"], [], ["d", "e", "f"], ["g"]]
    assert found[3] == ["d", "e", "f"]
    assert found[-1] == ["g"]
    assert found[1:3] == [["c"], []]
    assert len(found) == 5
    assert found == shelf(100)
    with pytest.raises(IndexError):
        found[5]


def test_only_so_many_items_stay_in_memory() -> None:
    found = shelf(3)
    assert found[0] is found[0]
    assert found[1] is found[1]
    assert found[3] is not found[3]


def test_an_item_is_replaced_without_touching_the_former_shelf() -> None:
    before = shelf(3)
    after = before.replaced(3, ["x"]).replaced(0, ["y"])
    assert list(after) == [["y"], ["c"], [], ["x"], ["g"]]
    assert list(before) == list(shelf(100))
    assert after != before


def test_without_room_for_a_file_items_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", fail)
    assert list(shelf(0)) == list(shelf(100))


def test_items_by_key() -> None:
    found = Keyed(("p", "q", "r", "s", "t"), shelf(0))
    assert found["q"] == ["c"]
    assert list(found.items())[-1] == ("t", ["g"])
    assert "u" not in found
    with pytest.raises(KeyError):
        found["u"]


def test_items_on_demand_are_made_again_after_another_one() -> None:
    made = []

    def make(index: int) -> str:
        made.append(index)
        return str(index)

    found = OnDemand(3, make)
    assert [found[1], found[1], found[2], found[-2]] == ["1", "1", "2", "1"]
    assert made == [1, 2, 1]
    assert found[:2] == ["0", "1"]


def test_a_report_does_not_depend_on_where_documents_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, without in (("a", {"pl": 2}), ("b", {}), ("c", {"tr": 4})):
        write_corpus(tmp_path / name, without=without)
        for lang in ("en", "pl", "tr"):
            (tmp_path / "docs" / lang).mkdir(parents=True, exist_ok=True)
            (tmp_path / name / lang / "story.md").rename(tmp_path / "docs" / lang / f"{name}.md")
    (tmp_path / "docs" / "glossary.yaml").write_text(
        "version: 1\nconcepts:\n  - {id: bread, terms: {en: bread, pl: chleb, tr: ekmek}}\n"
    )

    def run() -> object:
        config = load_config(tmp_path / "docs")
        return check(find_target([str(tmp_path / "docs")]), config, use_cache=False, encoder=make_encoder())

    in_memory = run()
    monkeypatch.setattr(shelf_module, "ROOM", 0)
    assert run() == in_memory
