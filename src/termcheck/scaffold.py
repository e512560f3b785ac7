"""Commented starting files for a new project: a configuration and a glossary, both valid as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from termcheck.config import NO_SOURCE
from termcheck.languages import display_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONFIG = """\
# Configuration of termcheck. Every key is optional: take away the "#" in front of a key to set it.

# The languages to check: add new ones here, since files in others are skipped. Without this key, every language
# that is found.
{languages}

# The language the others are translated from; "none" when no version is the original.
# Without this key, decided from the files.
{source}

# Where the versions of a document are. Without this key, found out.
{layout}

# Files to check and to leave out, as globs relative to the checked folder.
#include: ["**/*.md"]
#exclude: ["drafts/**"]

# Rules to run or not to run, by code or by the beginning of codes.
#select: [TC1, TC4]
#ignore: [TC101]

# The severity of single rules: error, warning, note or off.
#severity:
#  TC101: warning

# The least severity that makes the exit code 1: error, warning, note or never.
fail_on: error

# Texts that stay in their language on purpose: names, slogans, quotations.
#keep: ["All rights reserved."]

# The glossary. Without this key, glossary.yaml beside this file.
#glossary: glossary.yaml

# Known findings that are not reported again.
#baseline: termcheck-baseline.json

# The embedding model: bundled, a hub id such as intfloat/multilingual-e5-base, or a folder that starts with "./".
#model: bundled

# Where the model runs: auto, cpu, cuda or mps.
#device: auto

# How many processes share the documents of a report.
#jobs: 1

# What separates paragraphs in .txt files: auto, line or blank-line.
#text_paragraphs: auto

# Files with more bytes than this are skipped.
#max_file_size: 10485760
"""

_GLOSSARY = """\
# Glossary of termcheck: the concepts of your texts and which of them must stay apart.
version: 1

# Put your concepts here, like the example below. A language without a word is learned from the texts.
concepts: []

#concepts:
#  - id: client
#    definition: A firm with a long-term contract.
#    terms:
{client}
#  - id: customer
#    definition: Anyone who buys once.
#    terms:
{customer}

# Several words for one language, the first one preferred, the others accepted, too:
#      pl: [klient, kontrahent]
# Everything that can be said about a language:
#      pl:
#        preferred: [klient]
#        admitted: [kontrahent]    # accepted, too
#        deprecated: [abonent]     # to be replaced
#        forbidden: [petent]       # never for this concept
#        forms: [klientowi]        # inflected forms that the rules of the language miss
#        never: [klientela]        # looks like one of the words, but is none
#        case_sensitive: false

# Concepts that must not share a word in any language.
#distinct:
#  - [client, customer]

# Where a language really has one word for two distinct concepts.
#acknowledge:
#  - concepts: [client, customer]
#    lang: {lang}
#    reason: Say here why one word is right.

# Where one word means two concepts, and the sentence tells which.
#homonyms:
#  - concepts: [client, customer]
#    lang: {lang}
"""


def starter_config(languages: Sequence[str], source: str | None, layout: Sequence[str]) -> str:
    """A ``termcheck.yaml`` with the given values; what is empty or None stays a comment.

    ``languages`` and ``source`` are normalised tags (``source`` may be "none"), ``layout`` are patterns.
    """
    return _CONFIG.format(
        languages=_setting("languages", list(languages), ["en", "pl"]),
        source=_setting("source", source, NO_SOURCE),
        layout=_setting("layout", list(layout), ["{lang}/{path}.md"]),
    )


def starter_glossary(languages: Sequence[str]) -> str:
    """A ``glossary.yaml`` without concepts, with an example in comments for the given normalised tags."""
    tags = list(languages) or ["en"]
    english = next((tag for tag in tags if tag.partition("-")[0] == "en"), tags[0])
    width = max(map(len, tags)) + 1
    examples = {
        word: "\n".join(
            f"#      {tag + ':':<{width}} {word if tag == english else '':<8} # {display_name(tag)}" for tag in tags
        )
        for word in ("client", "customer")
    }
    return _GLOSSARY.format(**examples, lang=tags[-1])


def _setting(key: str, value: object, example: object) -> str:
    """The line that sets a key, as a comment with an example when there is no value. JSON is YAML."""
    return f"{key}: {json.dumps(value)}" if value else f"#{key}: {json.dumps(example)}"
