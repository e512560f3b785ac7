"""Trains the detector that ships with the package (``src/termcheck/meaning/detector.npz``).

    python benchmarks/train_detector.py ntrex-dev.tsv src/termcheck/meaning/detector.npz --further handbook.tsv \
        --languages pl,tr,ko,de,ru --work vectors/

The file has one sentence a line and one column per language, the document's name in the first column; NTREX-128
(https://github.com/MicrosoftTranslator/NTREX) can be brought into this form. ``--further`` has paragraphs instead, and
empty cells; ``handbook.py`` makes one. Two steps: a word head is trained with
torch on errors planted in the training documents; a logistic regression on whole paragraphs, with one to four
witnesses and with and without a source, is fitted in other documents. ``splits.py`` says what is held out. Needs
scikit-learn and, with the vectors in ``--work``, a few minutes on two cores.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from detector_rows import Setting, features_of, labels_of
from planting import read_paragraphs, read_partial_paragraphs
from splits import HELD_OUT, SEED, paragraphs_of, plant
from termcheck.config import default_cache_folder
from termcheck.embedding.encoder import load_encoder
from termcheck.meaning.centres import Centres, bundled_centres
from termcheck.meaning.detector import ParagraphModel
from termcheck.meaning.features import NAMES
from termcheck.meaning.head import WordHead
from termcheck.meaning.support import read_text
from vectors import VectorStore
from word_examples import Text, planted, sound, splicers
from word_training import parameters, train

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from planting import Paragraph, Planted
    from termcheck.embedding.encoder import TokenVectors
    from word_examples import Example, Splicer

#: Components kept of each layer while training.
_REDUCED = 160
_PASSAGES = frozenset({"sentence", "clause", "truncated", "paragraph", "off"})
#: Spliced and clean pairs per text and sample.
_SPLICES, _SOUND = 1, 2
#: Fewer words are no text to learn from.
_SHORTEST = 5
#: Kinds without labels for their words: what is said twice is said, and what is not translated says the same.
_WHOLE = frozenset({"sentence repeated", "sentence untranslated"})
#: Share of the clean versions, in documents that were left out while fitting, that may reach the thresholds.
FLAGGED_CLEAN = 0.005
#: How often witnesses are drawn for every target language, and how weak the penalty on weights is.
_DRAWS, _STRENGTH = 2, 0.1


def training_centres() -> Centres:
    """The centres of the training languages: held-out ones fall back on the mean, as an unknown language does."""
    known = bundled_centres()
    tokens = {lang: mean for lang, mean in known.token_means.items() if lang not in HELD_OUT}
    return Centres(tokens, {lang: mean for lang, mean in known.sentence_means.items() if lang not in HELD_OUT})


class Material:
    """The encoded corpus: paragraphs, planted texts, and the vectors of both."""

    def __init__(self, paragraphs: Sequence[Paragraph], langs: Sequence[str], store: VectorStore, planted_in: int):
        self.paragraphs = paragraphs
        self.centres = training_centres()
        self.vectors = {lang: store.read([each.text(lang) for each in paragraphs]) for lang in langs}
        self.planted: dict[str, list[Planted]] = {}
        self.planted_vectors: dict[str, list[TokenVectors]] = {}
        for lang in langs[:planted_in]:
            found = plant(paragraphs, lang, self.vectors[lang], bundled_centres())
            self.planted[lang] = found
            self.planted_vectors[lang] = store.read([each.text for each in found])


class Further:
    """Encoded paragraphs that not every language has."""

    def __init__(self, paragraphs: Sequence[Paragraph], langs: Sequence[str], store: VectorStore) -> None:
        self.paragraphs = paragraphs
        self.centres = training_centres()
        self.vectors: dict[str, list[TokenVectors | None]] = {}
        for lang in langs:
            numbers = [number for number, each in enumerate(paragraphs) if lang in each.sentences]
            if numbers:
                self.vectors[lang] = [None] * len(paragraphs)
                found = store.read([paragraphs[number].text(lang) for number in numbers])
                for number, vectors in zip(numbers, found, strict=True):
                    self.vectors[lang][number] = vectors


def reduction(material: Material) -> NDArray[np.float32]:
    """The principal components of the centred token vectors, layer by layer: (width, 2 * _REDUCED)."""
    moments: list[Any] = [0.0, 0.0]
    for lang, found in material.vectors.items():
        for each in found[::4]:
            tokens = _halves(each, lang, material.centres)
            for layer in (0, 1):
                moments[layer] = moments[layer] + tokens[:, layer].T @ tokens[:, layer]
    hidden = len(moments[0])
    basis = np.zeros((2 * hidden, 2 * _REDUCED), dtype=np.float32)
    for layer, moment in enumerate(moments):
        leading = np.linalg.eigh(moment)[1][:, ::-1][:, :_REDUCED]
        # The sign of an eigenvector is arbitrary.
        leading = leading * np.sign(leading[np.abs(leading).argmax(axis=0), np.arange(_REDUCED)])
        basis[layer * hidden : (layer + 1) * hidden, layer * _REDUCED : (layer + 1) * _REDUCED] = leading
    return basis


class Sampler:
    """Draws planted, spliced and clean pairs of the training documents, others every time.

    ``further`` is for spliced and clean pairs only.
    """

    def __init__(self, material: Material, further: Further | None, basis: NDArray[np.float32]) -> None:
        self._planted = {
            lang: [
                (item, _reduce(vectors, item.text, lang, material.centres, basis))
                for item, vectors in zip(found, material.planted_vectors[lang], strict=True)
                if item.kind not in _WHOLE
            ]
            for lang, found in sorted(material.planted.items())
        }
        self._numbers = paragraphs_of(material.paragraphs)["train"]
        self._texts = _texts(material, basis)
        self._splicers = splicers(self._texts, [each.document for each in material.paragraphs], self._numbers)
        self._further = _texts(further, basis) if further else {}
        documents = [each.document for each in further.paragraphs] if further else []
        self._further_numbers = range(len(documents))
        self._further_splicers = splicers(self._further, documents, self._further_numbers)

    def __call__(self, rng: random.Random) -> list[Example]:
        found = [
            *self._errors(rng),
            *_spliced(self._texts, self._splicers, self._numbers, rng, _SPLICES, _SOUND),
            *_spliced(self._further, self._further_splicers, self._further_numbers, rng, 1, 1),
        ]
        return [each for each in found if len(each.left.tokens) and len(each.right.tokens)]

    def _errors(self, rng: random.Random) -> Iterator[Example]:
        chosen, langs = set(self._numbers), sorted(self._texts)
        for lang, found in self._planted.items():
            for item, new in found:
                if item.paragraph in chosen:
                    passage = item.kind.split()[0] in _PASSAGES
                    old = self._text(lang, item.paragraph)
                    for other in sorted({_another(lang, langs, rng) for _ in range(2)}):
                        counterpart = self._text(other, item.paragraph)
                        yield planted(item.edit, new, old, counterpart, passage=passage)

    def _text(self, lang: str, number: int) -> Text:
        found = self._texts[lang][number]
        if found is None:
            raise ValueError(f"paragraph {number} is not in {lang}")
        return found


def _spliced(
    texts: Mapping[str, Sequence[Text | None]],
    by_lang: Mapping[str, Splicer],
    numbers: Sequence[int],
    rng: random.Random,
    splices: int,
    sounds: int,
) -> Iterator[Example]:
    for lang in sorted(texts):
        for number in numbers:
            own = texts[lang][number]
            langs = [other for other in sorted(texts) if texts[other][number] is not None]
            if own is None or len(own.words) < _SHORTEST or len(langs) < 2:
                continue
            for turn in range(splices + sounds):
                other = texts[_another(lang, langs, rng)][number]
                if other is not None:
                    found = by_lang[lang].splice(number, other, rng) if turn < splices else sound(own, other)
                    if found is not None:
                        yield found


def _texts(material: Material | Further, basis: NDArray[np.float32]) -> dict[str, list[Text | None]]:
    return {
        lang: [
            _reduce(each, paragraph.text(lang), lang, material.centres, basis) if each is not None else None
            for each, paragraph in zip(found, material.paragraphs, strict=True)
        ]
        for lang, found in material.vectors.items()
    }


def _another(lang: str, langs: Sequence[str], rng: random.Random) -> str:
    """English, the usual source, more often than others."""
    if lang != "en" and "en" in langs and rng.random() < 0.5:
        return "en"
    return rng.choice([other for other in langs if other != lang])


def _halves(found: TokenVectors, lang: str, centres: Centres) -> NDArray[np.float32]:
    moved = found.vectors.astype(np.float32) - centres.tokens(lang, found.vectors.shape[1])
    moved = moved.reshape(len(moved), 2, -1)
    unit: NDArray[np.float32] = moved / np.maximum(np.linalg.norm(moved, axis=2, keepdims=True), 1e-6)
    return unit


def _reduce(found: TokenVectors, text: str, lang: str, centres: Centres, basis: NDArray[np.float32]) -> Text:
    reading = read_text(text, lang, found.sentence, found.vectors, found.offsets, centres)
    return Text(reading.words, (reading.tokens @ basis).astype(np.float16))


def settings(langs: Sequence[str], targets: Sequence[str], seed: int) -> list[Setting]:
    """For every target language: beside the source alone, beside the source and others, among others."""
    rng = random.Random(seed)  # noqa: S311
    found = []
    for lang in targets:
        others = [other for other in langs if other not in (lang, "en")]
        found += [Setting(lang, ("en", *rng.sample(others, count)), "en") for count in (0, 1, 3)]
        found += [Setting(lang, tuple(rng.sample(others, count)), None) for count in (1, 2, 3)]
    return found


def fit(
    rows: NDArray[np.float64], wrong: NDArray[np.bool_], alone: NDArray[np.bool_], documents: NDArray[np.str_]
) -> dict[str, NDArray[np.float64]]:
    """Logistic regression in which both classes weigh the same, and its thresholds.

    The thresholds rest on every document's odds after a fit to the others: those of a fit to itself are too good.
    """
    found = _regression(rows, wrong)
    odds = np.zeros(len(rows))
    for document in np.unique(documents):
        inside = documents == document
        model = _regression(rows[~inside], wrong[~inside])
        odds[inside] = [model.log_odds(row) for row in rows[inside]]
    thresholds = [np.quantile(odds[~wrong & where], 1 - FLAGGED_CLEAN) for where in (alone, ~alone)]
    return {
        "model_mean": found.mean,
        "model_scale": found.scale,
        "model_weights": found.weights,
        "model_bias": np.array(found.bias),
        "model_alone": np.array(thresholds[0]),
        "model_several": np.array(thresholds[1]),
    }


def _regression(rows: NDArray[np.float64], wrong: NDArray[np.bool_]) -> ParagraphModel:
    from sklearn.linear_model import LogisticRegression

    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    model = LogisticRegression(C=_STRENGTH, max_iter=5000, class_weight="balanced").fit((rows - mean) / scale, wrong)
    return ParagraphModel(mean, scale, model.coef_[0], float(model.intercept_[0]), 0.0, 0.0)


def _say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the detector of the meaning stage.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--work", type=Path, help="a folder that keeps the vectors for the next time")
    parser.add_argument("--languages", help="plant in these languages only; all training languages are counterparts")
    parser.add_argument("--further", type=Path, help="a file of whole paragraphs for clean and spliced pairs")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--head", type=Path, help="take the word head from this file and only fit the paragraph model")
    arguments = parser.parse_args()
    with arguments.corpus.open(encoding="utf-8") as file:
        known = [lang for lang in file.readline().rstrip("\n").split("\t")[1:] if lang not in HELD_OUT]
    targets = arguments.languages.split(",") if arguments.languages else known
    langs = [*targets, *(lang for lang in known if lang not in targets)]
    paragraphs = read_paragraphs(arguments.corpus, langs)
    store = VectorStore(load_encoder("bundled", default_cache_folder()), arguments.work)
    material = Material(paragraphs, langs, store, len(targets))
    _say(f"{len(paragraphs)} paragraphs; errors in {', '.join(targets)}; counterparts in {', '.join(langs)}")
    arrays: Mapping[str, NDArray[Any]]
    if arguments.head:
        with np.load(arguments.head) as data:
            arrays = {name: data[name] for name in data.files if not name.startswith("model_")}
    else:
        basis = reduction(material)
        further = None
        if arguments.further:
            further = Further(read_partial_paragraphs(arguments.further, langs), langs, store)
        sampler = Sampler(material, further, basis)
        arrays = parameters(train(sampler, epochs=arguments.epochs, seed=arguments.seed, report=_say), basis)
        np.savez(arguments.output, allow_pickle=False, **arrays)
        del sampler, further
    head = WordHead.from_arrays(arrays)
    rows, labels, alone = [], [], []
    numbers = paragraphs_of(paragraphs)["calibrate"]
    for draw in range(_DRAWS):
        for setting in settings(langs, [lang for lang in targets if lang != "en"], arguments.seed + draw):
            rows.append(features_of(material, setting, numbers, head))
            labels += labels_of(material, setting, numbers)
            alone += [len(setting.witnesses) == 1] * len(rows[-1])
    matrix, wrong = np.concatenate(rows), np.array([kind != "" for _, kind in labels])
    _say(f"{len(matrix)} versions of paragraphs, {wrong.mean():.0%} with an error")
    fitted = fit(matrix, wrong, np.array(alone), np.array([document for document, _ in labels]))
    for name, weight in zip(NAMES, fitted["model_weights"], strict=True):
        _say(f"{name:<22} {weight:6.2f}")
    np.savez(arguments.output, allow_pickle=False, **arrays, **fitted)
    _say(f"written to {arguments.output}")


if __name__ == "__main__":
    main()
