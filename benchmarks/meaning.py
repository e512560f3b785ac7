"""What the meaning stage finds: planted errors in human translations, against plain cosine and margin scoring.

    python benchmarks/meaning.py ntrex-dev.tsv --languages cs,fi,ja --work vectors/

The file has one sentence a line and one column per language, the document's name in the first column; NTREX-128
(https://github.com/MicrosoftTranslator/NTREX) can be brought into this form. Errors are planted in documents and, by
default, languages that the detector has not seen (``splits.py``), each language beside English alone, beside English
and two more, and among others without a source.

For every kind of error: the area under the ROC curve and the average precision against clean versions, for the log
odds of the detector, for the thresholds that serve models without one, for the cosine with the source (without one, the
mean cosine with the other versions) and that cosine less its neighbourhood (margin); the share that is remarked by
default; and the share that has any finding, one of the literal rules or this one, which is what a user sees. A clean
version of the corpus may have an error of its own, so "remarked" among them is more than false alarms.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from detector_rows import Rows, Setting
from literal_findings import flagged
from planting import Edit, Planted, read_paragraphs
from splits import HELD_OUT, paragraphs_of, plant
from termcheck.config import default_cache_folder
from termcheck.embedding.encoder import load_encoder
from termcheck.meaning.centres import bundled_centres
from termcheck.meaning.detector import bundled_detector, read_detector
from termcheck.meaning.judge import judge_row
from train_detector import training_centres
from vectors import VectorStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detector_rows import Case
    from planting import Paragraph
    from termcheck.embedding.encoder import TokenVectors
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.detector import Detector

_NEIGHBOURS = 4
_ALL = "(all)"
_ELSEWHERE = "wrong language"
#: Every so many paragraphs stand in a language that is not theirs: the first of these that is neither's.
_ASTRAY = 3
_STRAY = ("de", "pl", "ko")


@dataclass(frozen=True, slots=True)
class Score:
    """One version: the higher, the more suspicious; whether it is ``remarked`` and has any finding (``seen``)."""

    detector: float
    thresholds: float
    cosine: float
    margin: float
    remarked: bool
    seen: bool


class Material:
    """The paragraphs with their vectors, and the errors planted in some languages."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], langs: Iterable[str], targets: Iterable[str], store: VectorStore
    ) -> None:
        self.paragraphs = paragraphs
        self.centres: Centres = training_centres()
        self.vectors = {lang: store.read([each.text(lang) for each in paragraphs]) for lang in langs}
        self.planted: dict[str, list[Planted]] = {}
        self.planted_vectors: dict[str, list[TokenVectors]] = {}
        for lang in targets:
            self.planted[lang] = plant(paragraphs, lang, self.vectors[lang], bundled_centres())
            self.planted_vectors[lang] = store.read([each.text for each in self.planted[lang]])
            stray = next(other for other in _STRAY if other != lang)
            for number in range(0, len(paragraphs), _ASTRAY):
                text, gone = paragraphs[number].text(stray), paragraphs[number].text(lang)
                edit = Edit(text, ((0, len(text)),), ((0, len(gone)),))
                self.planted[lang].append(Planted(number, lang, _ELSEWHERE, edit))
                self.planted_vectors[lang].append(self.vectors[stray][number])


class Bench:
    """Scores the cases of one setting."""

    def __init__(self, material: Material, setting: Setting, numbers: Sequence[int], detector: Detector) -> None:
        self._setting = setting
        self._detector = detector
        self._languages = sorted(material.vectors)
        self._rows = Rows(material, setting, numbers, detector.head)

    def run(self) -> dict[str, list[Score]]:
        """The scores by kind, clean versions under the empty kind."""
        found: dict[str, list[Score]] = defaultdict(list)
        cases = list(self._rows.cases())
        rows = [self._rows.row(case) for case in cases]
        clean = [row.texts for row in self._rows.clean.values()]
        texts = [row.texts for row in rows]
        literal = flagged(clean, texts, self._setting.lang, self._setting.source, self._languages)
        for case, row, seen in zip(cases, rows, literal, strict=True):
            judged, usual = (
                next(
                    each
                    for each in judge_row(row, self._rows.statistics, self._setting.source, model)
                    if each.lang == self._setting.lang
                )
                for model in (self._detector.model, None)
            )
            cosine, margin = self._baselines(case)
            remarked = judged.difference is not None
            # The strength of a judgement will not do: it is 0 for everything far below the threshold.
            odds = self._detector.model.log_odds(self._rows.features(row))
            found[case.kind].append(Score(odds, usual.strength, -cosine, -margin, remarked, remarked or seen))
        return found

    def _baselines(self, case: Case) -> tuple[float, float]:
        against = [self._setting.source] if self._setting.source else list(self._setting.witnesses)
        cosines, margins = [], []
        for other in against:
            readings = self._rows.readings[other]
            values = {number: float(each.sentence @ case.reading.sentence) for number, each in readings.items()}
            own = values.pop(case.number)
            cosines.append(own)
            margins.append(own - np.mean(sorted(values.values())[-_NEIGHBOURS:]))
        return float(np.mean(cosines)), float(np.mean(margins))


def auc(clean: Iterable[float], planted: Iterable[float]) -> float:
    """The probability that a planted error scores higher than a clean paragraph, ties counting half."""
    low, high = np.sort(np.fromiter(clean, float)), np.fromiter(planted, float)
    below = np.searchsorted(low, high, side="left") + np.searchsorted(low, high, side="right")
    return float(below.mean() / (2 * len(low)))


def average_precision(clean: Sequence[float], planted: Sequence[float]) -> float:
    """The mean precision at every planted error, in order of score, clean paragraphs first among equals."""
    scores = [(-score, wrong) for wrong, group in ((0, clean), (1, planted)) for score in group]
    wrong = np.array([wrong for _, wrong in sorted(scores)])
    precision = np.cumsum(wrong) / np.arange(1, len(wrong) + 1)
    return float(precision[wrong == 1].mean())


def show(found: Mapping[str, Sequence[Score]]) -> None:
    names = ("detector", "thresholds", "cosine", "margin")
    clean = found[""]
    print(f"{'kind':<22} {'n':>5}  " + " ".join(f"{name:>10}" for name in names) + "   precision  remarked  any rule")
    print(f"{'(clean)':<22} {len(clean):>5}  {'':>54} {_share(clean)}")
    groups = {kind: scores for kind, scores in sorted(found.items()) if kind}
    # The meaning of a text in another language may well be right; that it is the wrong one is for other rules to say.
    groups[_ALL] = [score for kind, scores in groups.items() if kind != _ELSEWHERE for score in scores]
    for kind, scores in groups.items():
        areas = [
            auc([getattr(each, name) for each in clean], [getattr(each, name) for each in scores]) for name in names
        ]
        precision = average_precision([each.detector for each in clean], [each.detector for each in scores])
        print(
            f"{kind:<22} {len(scores):>5}  "
            + " ".join(f"{area:>10.3f}" for area in areas)
            + f"  {precision:>10.3f} {_share(scores)}"
        )


def _share(scores: Sequence[Score]) -> str:
    """How many are remarked, and how many have any finding."""
    remarked, seen = (
        100 * sum(flags) / len(scores) for flags in zip(*((s.remarked, s.seen) for s in scores), strict=True)
    )
    return f"{remarked:>8.2f}% {seen:>8.2f}%"


def settings(lang: str) -> dict[str, Setting]:
    """The ways in which a version is judged, by name; the counterparts are languages of the training."""
    others = [other for other in ("pl", "tr", "ko", "de") if other != lang]
    return {
        "en": Setting(lang, ("en",), "en"),
        "en + 2": Setting(lang, ("en", *others[:2]), "en"),
        "3 without source": Setting(lang, tuple(others[:3]), None),
        "1 without source": Setting(lang, (others[-1],), None),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the meaning stage on planted errors.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--languages", default=",".join(HELD_OUT))
    parser.add_argument("--work", type=Path, help="a folder that keeps the vectors for the next time")
    parser.add_argument("--detector", type=Path, help="another detector than the one that ships")
    parser.add_argument("--role", default="test", help="documents to measure on; see splits.py")
    parser.add_argument("--settings", help="only these, for example en,en + 2")
    arguments = parser.parse_args()
    targets = arguments.languages.split(",")
    langs = list(dict.fromkeys([*targets, "en", "pl", "tr", "ko", "de"]))
    paragraphs = read_paragraphs(arguments.corpus, langs)
    store = VectorStore(load_encoder("bundled", default_cache_folder()), arguments.work)
    material = Material(paragraphs, langs, targets, store)
    detector = read_detector(arguments.detector) if arguments.detector else bundled_detector()
    numbers = paragraphs_of(paragraphs)[arguments.role]
    total: dict[str, dict[str, list[Score]]] = defaultdict(lambda: defaultdict(list))
    chosen = arguments.settings.split(",") if arguments.settings else None
    for lang in targets:
        for name, setting in settings(lang).items():
            if chosen and name not in chosen:
                continue
            found = Bench(material, setting, numbers, detector).run()
            clean = 100 * sum(score.remarked for score in found[""]) / len(found[""])
            wrong = [score.detector for kind, scores in found.items() if kind for score in scores]
            area = auc([score.detector for score in found[""]], wrong)
            print(f"{lang} beside {name}: AUC {area:.3f}, {clean:.2f} % of clean versions remarked", flush=True)
            for kind, scores in found.items():
                total[name][kind] += scores
    for name, scores_by_kind in total.items():
        print(f"\n{', '.join(targets)} beside {name}")
        show(scores_by_kind)


if __name__ == "__main__":
    main()
