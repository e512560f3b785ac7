from __future__ import annotations

import pytest

from termcheck.terms.segmentation import Segmenter, without_particles

RUNS = [
    *("打开文件", "删除文件", "复制文件", "文件很大", "文件名", "这个文件的大小"),
    *("当前文件夹", "共享文件夹", "文件夹是空的", "新建文件夹", "文件夹里"),
    *("打开目录", "删除目录", "目录很大"),
]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("个包", "包"),
        ("包的", "包"),
        ("一個包", "包"),
        ("包了", "包"),
        ("包", "包"),
        ("目的地", "目的地"),
        ("的了", "的了"),
    ],
)
def test_chinese_particles_at_the_ends_are_cut_off(word: str, expected: str) -> None:
    assert without_particles(word) == expected


def test_the_pieces_of_a_run_are_its_words() -> None:
    segmenter = Segmenter(RUNS)
    assert all("".join(segmenter.cut(run)) == run for run in RUNS)
    assert "文件夹" in segmenter.cut("当前文件夹")


def test_a_word_that_begins_another_one_does_not_stand_there() -> None:
    segmenter = Segmenter(RUNS)
    assert segmenter.places("文件", "当前文件夹") == []
    assert segmenter.places("文件", "打开文件") == [(2, 4)]
    assert segmenter.places("文件", "这个文件的大小") == [(2, 4)]


def test_a_word_within_another_one_that_it_ends_stands_there() -> None:
    assert Segmenter(RUNS).places("夹", "当前文件夹") == [(4, 5)]
