from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invented_corpus import invented_corpus, invented_encoder
from termcheck.cache import MemoryCache
from termcheck.errors import NothingToCheckError
from termcheck.meaning.calibration import FEWEST, FEWEST_DECIDED, agreeing, calibrate, fit
from termcheck.meaning.centres import Centres
from termcheck.meaning.documents import MeaningStage
from termcheck.meaning.models import MeaningModels
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from termcheck.model import Alignment

ROWS = 110


def stage_and_rows(count: int) -> tuple[MeaningStage, list[Alignment]]:
    found = [invented_corpus(count)]
    stage = MeaningStage(invented_encoder(count), MemoryCache(), MeaningModels(Centres()))
    for each in found:
        stage.compare(each, ())
    return stage, found


def test_errors_are_planted_and_the_threshold_finds_them() -> None:
    stage, alignments = stage_and_rows(ROWS)
    found = calibrate(stage, alignments, {"a": ()}, NoProgress())
    assert found.versions == 2 * ROWS >= FEWEST
    assert found.wrong == 0
    assert found.clean_by_fitted <= found.versions // 100
    assert found.found["paragraph swapped"].by_fitted == found.found["paragraph swapped"].planted > 5
    assert sum(each.planted for each in found.found.values()) > ROWS * 0.8
    again = calibrate(stage, alignments, {"a": ()}, NoProgress())
    assert again == found


def test_a_small_corpus_is_refused() -> None:
    stage, alignments = stage_and_rows(12)
    with pytest.raises(NothingToCheckError, match="24 aligned paragraphs are too few"):
        calibrate(stage, alignments, {"a": ()}, NoProgress())


def test_one_in_a_hundred_may_reach_the_threshold() -> None:
    strengths = [index / 100 for index in range(300)]
    found = fit(strengths, {})
    assert found.threshold == pytest.approx(2.97)
    assert sum(strength >= found.threshold for strength in strengths) == found.clean_by_fitted == 3
    assert found.clean_by_default == 200


def test_what_looks_like_a_gross_error_does_not_count() -> None:
    found = fit([0.2] * 300 + [9.0] * 10, {"paragraph swapped": [8.0] * 12, "number changed": [0.7, 0.1]})
    assert (found.wrong, found.versions) == (10, 310)
    assert found.threshold == 0.5
    assert found.found["number changed"].by_default == 0
    assert found.found["number changed"].by_fitted == 1
    assert list(found.found) == ["paragraph swapped", "number changed"]


def test_equal_strengths_all_stay_below() -> None:
    found = fit([1.0] * 250, {})
    assert found.clean_by_fitted == 0
    assert found.threshold == 1.01


class TestDecisions:
    def test_false_alarms_below_right_findings_raise_the_threshold(self) -> None:
        decided = [(0.9, False)] * 12 + [(1.04, True)] * 12 + [(1.2, False)]
        assert agreeing(decided) == 0.91
        found = fit([0.3] * 300, {}, decided)
        assert found.threshold == 0.91
        assert found.decided is not None
        assert (found.decided.right, found.decided.false_alarms) == (12, 13)
        assert (found.decided.right_by_default, found.decided.false_by_default) == (12, 1)
        assert (found.decided.right_by_fitted, found.decided.false_by_fitted) == (12, 1)

    def test_right_findings_leave_it_where_the_weakest_of_them_is(self) -> None:
        assert agreeing([(1.0, True)] * 15 + [(1.5, False)] * 12) == 1.0
        assert agreeing([(0.1, True)] * 12 + [(0.2, False)] * 10) == 0.5

    def test_each_fifth_is_judged_by_the_others(self) -> None:
        # Nothing tells these apart, so what fits four fifths fits the last one no better.
        decided = [(1 + index * 0.01, index % 2 == 0) for index in range(40)]
        found = fit([0.3] * 300, {}, decided).decided
        assert found is not None
        own = sum(1 if right else -1 for strength, right in decided if strength >= agreeing(decided))
        assert found.right_by_fitted - found.false_by_fitted <= own

    @pytest.mark.parametrize("missing", [True, False])
    def test_few_decisions_of_a_kind_change_nothing(self, *, missing: bool) -> None:
        decided = [(2.0, missing)] * (FEWEST_DECIDED - 1) + [(1.0, not missing)] * 50
        assert fit([0.3] * 300, {}, decided) == fit([0.3] * 300, {})

    def test_they_are_looked_up_by_cell(self) -> None:
        stage, alignments = stage_and_rows(ROWS)
        strengths = stage.strengths(alignments[0], ())
        ordered = sorted(strengths, key=lambda place: strengths[place])
        decided = {("a", *place): number >= 20 for number, place in enumerate([*ordered[:20], *ordered[-20:]])}
        decided["b", 1, "en"] = True
        found = calibrate(stage, alignments, {"a": ()}, NoProgress(), decided)
        assert found.decided is not None
        assert (found.decided.right, found.decided.false_alarms) == (20, 20)
        assert found.threshold >= 0.5
