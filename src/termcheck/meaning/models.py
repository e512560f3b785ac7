"""What the meaning stage judges by: trained parts that belong to the bundled model, and the project's thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termcheck.config import BUNDLED_MODEL
from termcheck.errors import ConfigError

if TYPE_CHECKING:
    from termcheck.config import Config
    from termcheck.embedding.encoder import Encoder
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.detector import Detector
    from termcheck.meaning.unsupported import WordModel


class MeaningModels(NamedTuple):
    """``detector`` is None for models that it was not trained for, ``words`` where single words are not looked at.

    ``threshold`` says how strong the evidence against a paragraph must be, above 0: see
    :func:`~termcheck.meaning.judge.judge_row`.
    """

    centres: Centres
    detector: Detector | None = None
    words: WordModel | None = None
    threshold: float = 1.0


def choose_models(config: Config, encoder: Encoder | None, *, words: bool = False) -> MeaningModels:
    """The models for a configuration; ``encoder`` stands in for its model, ``words`` asks for single words too.

    Raises ``ConfigError`` for a threshold that is not above 0.
    """
    detector = choose_detector(config, encoder)
    return MeaningModels(
        choose_centres(config, encoder),
        detector,
        choose_word_model(config, head=detector is not None) if words else None,
        choose_threshold(config),
    )


def choose_centres(config: Config, encoder: Encoder | None) -> Centres:
    """The means of the bundled model's vectors, which are known; none for other models."""
    from termcheck.meaning.centres import Centres, bundled_centres

    return bundled_centres() if encoder is None and config.model == BUNDLED_MODEL else Centres()


def choose_detector(config: Config, encoder: Encoder | None) -> Detector | None:
    """The trained part of the meaning stage, which belongs to the bundled model; none for other models."""
    from termcheck.meaning.detector import bundled_detector

    return bundled_detector() if encoder is None and config.model == BUNDLED_MODEL else None


def choose_threshold(config: Config) -> float:
    """How strong the evidence against a paragraph must be (TC201 to TC203). Raises ``ConfigError`` unless above 0."""
    from termcheck.meaning.calibration import DEFAULT_THRESHOLD, THRESHOLD_NAME

    value = config.thresholds.get(THRESHOLD_NAME, DEFAULT_THRESHOLD)
    if value <= 0:
        raise ConfigError(
            f"the threshold {THRESHOLD_NAME} must be above 0, not {value:g}", "termcheck calibrate finds a good one"
        )
    return float(value)


def choose_word_model(config: Config, *, head: bool) -> WordModel:
    """What judges single words (TC204), with or without a trained head."""
    from termcheck.meaning.unsupported import THRESHOLD_NAME, bundled_model

    least = config.thresholds.get(THRESHOLD_NAME)
    model = bundled_model(head=head)
    return model if least is None else model.with_least(least)
