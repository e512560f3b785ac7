"""A glossary as the text of a YAML file, written the way a person would."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.glossary import Concept, Glossary, LanguageTerms, Term

# Text that stands without quotes: letters, digits and harmless marks, beginning with a letter, not ending in a blank.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()+-]*[\w.)+])?")
# What some reader of YAML takes for something else than text.
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def glossary_yaml(glossary: Glossary) -> str:
    """The whole file; read back, it is the same glossary."""
    lines = ["version: 1", "concepts:" if glossary.concepts else "concepts: []"]
    for concept in glossary.concepts:
        lines += concept_lines(concept)
    if glossary.distinct:
        lines.append("distinct:")
        lines += [f"  - {_flow(group.concepts)}" for group in glossary.distinct]
    if glossary.acknowledgements:
        lines.append("acknowledge:")
    for entry in glossary.acknowledgements:
        lines += [f"  - concepts: {_flow(entry.concepts)}", f"    lang: {_flow(entry.languages)}"]
        lines.append(f"    reason: {scalar(entry.reason)}")
        lines += [f"    qualifier: {_flow(entry.qualifier)}"] if entry.qualifier else []
    if glossary.homonyms:
        lines.append("homonyms:")
    for homonym in glossary.homonyms:
        lines += [f"  - concepts: {_flow(homonym.concepts)}", f"    lang: {_flow(homonym.languages)}"]
        lines += [f"    note: {scalar(homonym.note)}"] if homonym.note else []
    return "".join(f"{line}\n" for line in lines)


def concept_lines(concept: Concept, indent: str = "  ") -> list[str]:
    """The lines of an item of ``concepts``, with the blanks in front of its dash as given."""
    lines = [f"id: {scalar(concept.id)}"]
    for key in ("definition", "note", "domain", "part_of_speech"):
        value = getattr(concept, key)
        lines += [f"{key}: {scalar(value)}"] if value else []
    lines += [f"paths: {_flow(concept.paths)}"] if concept.paths else []
    lines += ["do_not_translate: true"] if concept.do_not_translate else []
    lines.append("terms:")
    for lang, entry in concept.terms.items():
        lines += [f"  {line}" for line in language_lines(lang, entry)]
    return [f"{indent}{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def language_lines(lang: str, entry: LanguageTerms) -> list[str]:
    """The lines of an entry of ``terms``, in the shortest form that says everything."""
    if is_short(entry):
        words = [term.text for term in entry.accepted]
        return [f"{scalar(lang)}: {scalar(words[0]) if len(words) == 1 else _flow(words)}"]
    lines = [f"{scalar(lang)}:"]
    for key in ("preferred", "admitted", "deprecated", "forbidden"):
        terms: tuple[Term, ...] = getattr(entry, key)
        lines += [f"  {key}: {_flow(term.text for term in terms)}"] if terms else []
    for key in ("forms", "never"):
        words = getattr(entry, key)
        lines += [f"  {key}: {_flow(words)}"] if words else []
    lines += ["  case_sensitive: true"] if entry.case_sensitive else []
    for key in ("definition", "note", "part_of_speech"):
        value = getattr(entry, key)
        lines += [f"  {key}: {scalar(value)}"] if value else []
    return lines


def language_flow(entry: LanguageTerms) -> str:
    """The value of an entry of ``terms`` on one line, as it may stand between braces."""
    if is_short(entry):
        words = [term.text for term in entry.accepted]
        return scalar(words[0]) if len(words) == 1 else _flow(words)
    return "{" + ", ".join(line.strip() for line in language_lines("x", entry)[1:]) + "}"


def is_short(entry: LanguageTerms) -> bool:
    """Whether a word or a list of words says everything."""
    rest = (entry.unwanted, entry.forms, entry.never, entry.case_sensitive, entry.definition, entry.note)
    return len(entry.preferred) == 1 and not any(rest) and not entry.part_of_speech


def scalar(text: str) -> str:
    """The text as a YAML scalar, in quotes unless no reader can mistake it."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(
        lambda match: "\\ufffd" if "\ud800" <= match[0] <= "\udfff" else f"\\u{ord(match[0]):04x}", quoted
    )


def _flow(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(scalar, texts)) + "]"
