from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from fakes import FakeEncoder
from meaning_texts import corpus, marked, reading, row, story
from termcheck.alignment.sentences import Sentence, SentenceGrid, align_sentences
from termcheck.cache import MemoryCache
from termcheck.meaning.centres import Centres
from termcheck.meaning.comparison import GRID_SPACE
from termcheck.meaning.documents import MeaningStage
from termcheck.meaning.explanation import Account, explain
from termcheck.meaning.judge import CellJudgement, Difference, judge_row
from termcheck.meaning.models import MeaningModels
from termcheck.meaning.sentences import AbsentSentence, added, left_out, sentence_tokens
from termcheck.model import Cell, Document, Row, Segment, SegmentKind, Span, TextRun

if TYPE_CHECKING:
    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.statistics import PairStatistics

ONE, TWO, THREE = (story(number, 9) for number in (1, 2, 3))


@pytest.fixture(scope="module")
def usual() -> PairStatistics:
    return corpus(("en", "ko", "pl", "tr"))


def spans_of(lang: str, sentences: tuple[str, ...]) -> list[Span]:
    spans, start = [], 0
    for sentence in sentences:
        end = start + len(reading(lang, sentence)[0])
        spans.append(Span(start, end))
        start = end + 1
    return spans


def sentence_row(**versions: tuple[str, ...]) -> RowMeaning:
    """A row whose versions are made of the given sentences, with the grids of every two."""
    whole = row(**{lang: " ".join(sentences) for lang, sentences in versions.items()})
    tokens = {
        lang: sentence_tokens(reading(lang, " ".join(sentences))[1], spans_of(lang, sentences))
        for lang, sentences in versions.items()
    }
    grids = {(a, b): align_sentences(tokens[a], tokens[b]) for a, b in combinations(sorted(tokens), 2)}
    return replace(whole, sentences=grids)


def judged(found: RowMeaning, usual: PairStatistics, lang: str, source: str | None = None) -> CellJudgement:
    return next(item for item in judge_row(found, usual, source) if item.lang == lang)


def test_a_sentence_that_is_left_out_is_named_and_marked(usual: PairStatistics) -> None:
    full = (ONE, TWO, THREE)
    found = sentence_row(en=full, ko=full, pl=(ONE, THREE), tr=full)
    judgement = judged(found, usual, "pl", "en")
    assert judgement.difference is Difference.OMITS
    assert judgement.omission is not None
    assert marked(found, judgement.omission.marks) == dict.fromkeys(("en", "ko", "tr"), TWO)
    assert any(
        line.startswith("The second sentence of the English paragraph (“")
        and line.endswith("has no counterpart in Polish (likewise in Korean and Turkish).")
        for line in judgement.why
    )
    assert judgement.evidence["sentences_missing"] == 1
    assert judgement.confidence > judged(replace(found, sentences={}), usual, "pl", "en").confidence


def test_a_sentence_that_only_one_version_has_is_named_and_marked(usual: PairStatistics) -> None:
    found = sentence_row(en=(ONE, THREE), ko=(ONE, THREE), pl=(ONE, TWO, THREE), tr=(ONE, THREE))
    judgement = judged(found, usual, "pl")
    assert judgement.difference is Difference.ADDS
    assert judgement.addition is not None
    assert marked(found, judgement.addition.marks) == {"pl": TWO}
    assert judgement.why[-1].startswith("The second sentence of the Polish paragraph (“")
    assert judgement.why[-1].endswith("has no counterpart in English, Korean or Turkish.")
    assert judgement.evidence["sentences_added"] == 1


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ((0, 3), "Each of the sentences 2 to 3 of the English paragraph (“"),
        ((0, 2), "Each of the sentences 2, 4 of the English paragraph (“"),
    ],
)
def test_several_sentences(usual: PairStatistics, kept: tuple[int, ...], shown: str) -> None:
    full = (ONE, TWO, THREE, story(4, 9))
    found = sentence_row(en=full, pl=tuple(full[index] for index in kept))
    assert any(line.startswith(shown) for line in judged(found, usual, "pl", "en").why)


@pytest.mark.parametrize(("index", "shown"), [(9, "The tenth sentence of the"), (10, "Sentence 11 of the")])
def test_far_sentences(index: int, shown: str) -> None:
    span = (Span(0, 4),)
    only = (AbsentSentence("pl", index, span[0], 0.9),)
    account = Account("pl", {"pl": "Więc", "en": ""}, ("en",), (), None, {}, span, added=only)
    assert explain(account)[1] == f"{shown} Polish paragraph (“Więc”) has no counterpart in English."


def test_one_witness_that_says_a_thing_twice_does_not_mislead() -> None:
    grids = {("de", "pl"): grid(0.1, 0.9), ("en", "pl"): grid(0.1, 0.2), ("de", "en"): grid(0.0, 0.0)}
    assert left_out(grids, "pl", {"en": 0.6, "de": 0.4}) == ()
    assert [item.lang for item in left_out(grids, "pl", {"en": 0.5, "de": 0.5})] == ["de"]


def test_sentences_in_another_order_are_not_remarked(usual: PairStatistics) -> None:
    full = (ONE, TWO, THREE)
    found = sentence_row(en=full, ko=full, pl=(TWO, ONE, THREE), tr=full)
    assert judged(found, usual, "pl").difference is None


def grid(*absent: float) -> SentenceGrid:
    sentences = tuple(Sentence(Span(10 * place, 10 * place + 9), value) for place, value in enumerate(absent))
    return SentenceGrid(sentences, (Sentence(Span(0, 9), 0.0),), ())


def test_what_another_witness_lacks_as_well_is_not_held_against_a_version() -> None:
    weights = {"en": 0.5, "ko": 0.25, "tr": 0.25}
    grids = {("en", "pl"): grid(0.1, 0.9), ("en", "ko"): grid(0.0, 0.2), ("en", "tr"): grid(0.0, 0.9)}
    # The two others disagree about it: .2 and .9 of it is missing there.
    assert left_out(grids, "pl", weights) == ()
    (found,) = left_out({**grids, ("en", "tr"): grid(0.0, 0.2)}, "pl", weights)
    assert (found.lang, found.index, found.span) == ("en", 1, Span(10, 19))
    assert found.probability == pytest.approx(0.9 * 0.8)


def test_what_most_witnesses_lack_is_added() -> None:
    grids = {("en", "ko"): grid(0.9, 0.1), ("en", "pl"): grid(0.8, 0.3)}
    (found,) = added(grids, "en", {"ko": 0.5, "pl": 0.5})
    assert found.index == 0
    assert found.probability == pytest.approx(0.85)
    assert added({}, "en", {"ko": 0.5, "pl": 0.5}) == ()


def test_tokens_before_the_first_sentence_and_between_words() -> None:
    _, read = reading("en", "a b c")
    tokens = sentence_tokens(read, [Span(4, 7), Span(8, 11)])
    assert tokens.owner.tolist() == [0, 0, 1]
    assert sentence_tokens(read, []).owner.tolist() == [-1, -1, -1]


def make_row(**texts: str) -> Row:
    cells = {}
    for lang, text in texts.items():
        document = Document(f"{lang}.md", lang, text, "markdown")
        run = TextRun(0, len(text), 0, len(text))
        segment = Segment(document, 0, SegmentKind.PARAGRAPH, 0, text, Span(0, len(text)), (run,))
        cells[lang] = Cell((segment,)) if text else Cell()
    return Row(0, cells)


class TestStage:
    encoder = FakeEncoder()

    def test_grids_of_paragraphs(self) -> None:
        stage = MeaningStage(self.encoder, MemoryCache(), MeaningModels(Centres()))
        meaning = stage.read_row(
            make_row(en="Alpha beta gamma delta. Rho tau phi.", pl="Alpha beta gamma delta. Rho tau phi.", tr="")
        )
        (found,) = meaning.sentences.values()
        assert [sentence.span for sentence in found.right] == [Span(0, 23), Span(24, 36)]
        assert [(bead.left, bead.right) for bead in found.beads] == [((0,), (0,)), ((1,), (1,))]

    def test_single_sentences_need_none(self) -> None:
        store = MemoryCache()
        stage = MeaningStage(self.encoder, store, MeaningModels(Centres()))
        assert stage.read_row(make_row(en="Dog barks.", pl="Pies szczeka.")).sentences == {}
        assert GRID_SPACE not in store.info().entries

    def test_grids_are_kept(self) -> None:
        store = MemoryCache()
        encoder = FakeEncoder()
        either = make_row(en="Dog barks. Cat sleeps.", pl="Pies szczeka. Kot śpi.")
        first = MeaningStage(encoder, store, MeaningModels(Centres())).read_row(either)
        calls = len(encoder.calls)
        assert MeaningStage(encoder, store, MeaningModels(Centres())).read_row(either).sentences == first.sentences
        assert len(encoder.calls) == calls

    def test_too_many_sentences(self) -> None:
        stage = MeaningStage(self.encoder, MemoryCache(), MeaningModels(Centres()))
        assert stage.read_row(make_row(en="Dog barks. " * 301, pl="Pies szczeka. Kot śpi.")).sentences == {}


def test_vectors_come_from_the_first_layer() -> None:
    _, read = reading("en", "a b")
    tokens = sentence_tokens(read, [Span(0, 7)])
    assert np.array_equal(tokens.vectors, read.tokens[:, : read.tokens.shape[1] // 2])
