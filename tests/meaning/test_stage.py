"""Documents through the meaning stage: what is compared, kept and judged."""

from __future__ import annotations

import pytest

from invented_corpus import invented_corpus, invented_encoder, paragraph, word
from termcheck.cache import MemoryCache
from termcheck.meaning.centres import Centres
from termcheck.meaning.comparison import PAIR_SPACE, PHRASE_SPACE
from termcheck.meaning.documents import MeaningStage
from termcheck.meaning.judge import Difference
from termcheck.meaning.models import MeaningModels
from termcheck.meaning.unsupported import bundled_model

ROWS = 40
WRONG = paragraph(3, "pl").replace(word(400 + 3 * 12 + 5, "pl"), "zupełnieinne")


def test_a_wrong_word_is_shown_by_a_model_for_words_only() -> None:
    document = invented_corpus(ROWS, {(3, "pl"): WRONG})
    encoder = invented_encoder(ROWS)
    store = MemoryCache()
    plain = MeaningStage(encoder, store, MeaningModels(Centres()))
    plain.compare(document, ())
    judged = plain.judge(document, ())
    assert plain.unsupported(document, judged) == {}
    assert PAIR_SPACE in store.info().entries
    assert PHRASE_SPACE not in store.info().entries
    stage = MeaningStage(encoder, store, MeaningModels(Centres(), words=bundled_model(head=False).with_least(0.01)))
    stage.compare(document, ())
    assert stage.judge(document, ()) == judged
    found = stage.unsupported(document, ())
    assert {row for row, _ in found} == {3}
    (shown,) = found[3, "pl"]
    assert "zupełnieinne" in WRONG[shown.span.start : shown.span.end]
    assert shown.score == max(item.score for items in found.values() for item in items)
    assert (3, "pl") not in stage.unsupported(document, {(3, "pl")})
    calls = len(encoder.calls)
    stage.compare(document, ())
    assert len(encoder.calls) == calls


def test_the_threshold_decides_what_is_remarked() -> None:
    document = invented_corpus(ROWS, {(3, "pl"): paragraph(4, "pl")})
    encoder = invented_encoder(ROWS)
    remarked = {}
    for threshold in (1.0, 100.0):
        stage = MeaningStage(encoder, MemoryCache(), MeaningModels(Centres(), threshold=threshold))
        stage.compare(document, ())
        remarked[threshold] = {place: each.difference for place, each in stage.judge(document, ()).items()}
    assert remarked == {1.0: {(3, "pl"): Difference.DIFFERS}, 100.0: {}}


def test_the_strength_of_a_text_in_the_place_of_another() -> None:
    document = invented_corpus(ROWS)
    stage = MeaningStage(invented_encoder(ROWS), MemoryCache(), MeaningModels(Centres()))
    stage.compare(document, ())
    present = stage.strengths(document, ())
    assert set(present) == {(row, lang) for row in range(ROWS) for lang in ("pl", "tr")}
    assert max(present.values()) < 1
    found = stage.strengths(document, (), {(3, "pl"): paragraph(4, "pl"), (9, "tr"): paragraph(9, "tr")})
    assert set(found) == {(3, "pl"), (9, "tr")}
    assert found[3, "pl"] > 1
    assert found[9, "tr"] == pytest.approx(present[9, "tr"])
