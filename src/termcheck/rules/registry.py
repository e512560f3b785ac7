"""All rules, in the order of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.errors import ConfigError
from termcheck.policy import specificity
from termcheck.positioned import quoted, suggestion
from termcheck.rules.acknowledgement_unneeded import AcknowledgementUnneeded
from termcheck.rules.brackets_unbalanced import BracketsUnbalanced
from termcheck.rules.code_differs import CodeDiffers
from termcheck.rules.concept_mixed import ConceptMixed
from termcheck.rules.concepts_collapsed import ConceptsCollapsed
from termcheck.rules.decision_expired import DecisionExpired
from termcheck.rules.deprecated_term import DeprecatedTerm
from termcheck.rules.directive_not_understood import DirectiveNotUnderstood
from termcheck.rules.emails_differ import EmailsDiffer
from termcheck.rules.emoji_differ import EmojiDiffer
from termcheck.rules.exclamation_marks_differ import ExclamationMarksDiffer
from termcheck.rules.fixed_term_translated import FixedTermTranslated
from termcheck.rules.glossary_collision import GlossaryCollision
from termcheck.rules.inconsistent_rendering import InconsistentRendering
from termcheck.rules.length_unusual import LengthUnusual
from termcheck.rules.links_differ import LinksDiffer
from termcheck.rules.meaning_differs import MeaningDiffers
from termcheck.rules.name_missing import NameMissing
from termcheck.rules.not_a_translation import NotATranslation
from termcheck.rules.numbers_differ import NumbersDiffer
from termcheck.rules.paragraph_extra import ParagraphExtra
from termcheck.rules.paragraph_missing import ParagraphMissing
from termcheck.rules.paragraph_moved import ParagraphMoved
from termcheck.rules.placeholders_differ import PlaceholdersDiffer
from termcheck.rules.qualifier_missing import QualifierMissing
from termcheck.rules.question_marks_differ import QuestionMarksDiffer
from termcheck.rules.required_term_missing import RequiredTermMissing
from termcheck.rules.sentence_untranslated import SentenceUntranslated
from termcheck.rules.source_changed import SourceChanged
from termcheck.rules.tags_differ import TagsDiffer
from termcheck.rules.term_untranslated import TermUntranslated
from termcheck.rules.text_added import TextAdded
from termcheck.rules.text_omitted import TextOmitted
from termcheck.rules.text_repeated import TextRepeated
from termcheck.rules.units_differ import UnitsDiffer
from termcheck.rules.unreadable_file import UnreadableFile
from termcheck.rules.untranslated import Untranslated
from termcheck.rules.unused_ignore import UnusedIgnore
from termcheck.rules.version_missing import VersionMissing
from termcheck.rules.word_unsupported import WordUnsupported
from termcheck.rules.wrong_language import WrongLanguage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.config import Config
    from termcheck.rules.base import Rule

RULES: tuple[type[Rule], ...] = (
    UnreadableFile,
    DirectiveNotUnderstood,
    UnusedIgnore,
    DecisionExpired,
    ParagraphMissing,
    ParagraphExtra,
    ParagraphMoved,
    NotATranslation,
    VersionMissing,
    SourceChanged,
    MeaningDiffers,
    TextOmitted,
    TextAdded,
    WordUnsupported,
    Untranslated,
    WrongLanguage,
    NumbersDiffer,
    UnitsDiffer,
    SentenceUntranslated,
    PlaceholdersDiffer,
    CodeDiffers,
    TagsDiffer,
    LinksDiffer,
    EmailsDiffer,
    EmojiDiffer,
    NameMissing,
    TextRepeated,
    LengthUnusual,
    QuestionMarksDiffer,
    ExclamationMarksDiffer,
    BracketsUnbalanced,
    ConceptsCollapsed,
    ConceptMixed,
    GlossaryCollision,
    RequiredTermMissing,
    DeprecatedTerm,
    InconsistentRendering,
    TermUntranslated,
    FixedTermTranslated,
    QualifierMissing,
    AcknowledgementUnneeded,
)


def find_rule(code: str) -> type[Rule] | None:
    """The rule with this code or name, in any case."""
    wanted = code.strip().casefold()
    return next((rule for rule in RULES if wanted in (rule.code.casefold(), rule.name)), None)


def enabled_rules(config: Config) -> tuple[type[Rule], ...]:
    """The rules to run: those that are on by default and those that a setting asks for by code or name."""
    asked = [*config.select, *config.severity]
    return tuple(
        rule
        for rule in RULES
        if rule.default or any(specificity(selector, rule.code, rule.name) == len(rule.code) for selector in asked)
    )


def suggest_rule(selector: str) -> str:
    """What the author of a selector that names no rule may have meant, as a hint."""
    known = [name for rule in RULES for name in (rule.code, rule.name)]
    return suggestion(selector.strip(), known) or "'termcheck rules' lists all rules"


def check_selectors(config: Config) -> None:
    """Raise ``ConfigError`` that lists everything in ``select``, ``ignore`` and ``severity`` that names no rule."""
    settings: dict[str, Iterable[str]] = {
        "select": config.select,
        "ignore": config.ignore,
        "severity": config.severity,
        "exempt": [rule for exemption in config.exempt for rule in exemption.rules],
    }
    mistakes = [
        f"{_origin(config, setting)}: {quoted(setting)} names the rule {quoted(selector)}, which does not exist; "
        f"{suggest_rule(selector)}"
        for setting, selectors in settings.items()
        for selector in selectors
        if not any(specificity(selector, rule.code, rule.name) is not None for rule in RULES)
    ]
    if mistakes:
        raise ConfigError("\n".join(mistakes))


def _origin(config: Config, setting: str) -> str:
    return str(config.origins.get(setting, "configuration"))
