"""The formats by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.exchange.columns import read_columns, write_columns
from termcheck.exchange.format import Format
from termcheck.exchange.google import read_google_any, write_google_set
from termcheck.exchange.loss import Part
from termcheck.exchange.pairs import COMMENT, pairs_csv, read_deepl, read_omegat, write_omegat
from termcheck.exchange.tbx import write_dca, write_dct
from termcheck.exchange.tbx_categories import NEAREST
from termcheck.exchange.tbx_reader import read_tbx
from termcheck.exchange.xliff import read_xliff, write_xliff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termcheck.exchange.format import Languages, Read
    from termcheck.glossary import Glossary

_TBX = frozenset(
    {
        Part.IDS, Part.DEFINITION, Part.NOTE, Part.DOMAIN, Part.PART_OF_SPEECH, Part.SYNONYMS, Part.STATUS,
        Part.UNWANTED, Part.LANGUAGE_TEXTS, Part.LANGUAGE_PART_OF_SPEECH,
    }
)  # fmt: skip
_XLIFF = frozenset(
    {
        Part.IDS, Part.DEFINITION, Part.NOTE, Part.DOMAIN, Part.PART_OF_SPEECH, Part.DO_NOT_TRANSLATE, Part.SYNONYMS,
    }
)  # fmt: skip
_COLUMNS = frozenset(Part) - {Part.RELATIONS}


def _write_csv(glossary: Glossary, languages: Languages) -> str:  # noqa: ARG001
    return write_columns(glossary, ",")


def _write_tsv(glossary: Glossary, languages: Languages) -> str:  # noqa: ARG001
    return write_columns(glossary, "\t")


def _read_tsv(raw: bytes, languages: Languages) -> Read:
    return read_columns(raw, languages, "\t")


_ALL = (
    Format("tbx", "TBX-Basic, ISO 30042:2019, DCA style", (".tbx",), _TBX, False, read_tbx, write_dca, nearest=NEAREST),
    Format(
        "tbx-dct", "TBX-Basic, ISO 30042:2019, DCT style", (".tbx",), _TBX, False, read_tbx, write_dct, nearest=NEAREST
    ),
    Format("csv", "CSV, a column for each language", (".csv",), _COLUMNS, False, read_columns, _write_csv),
    Format("tsv", "TSV, a column for each language", (".tsv", ".tab"), _COLUMNS, False, _read_tsv, _write_tsv),
    Format("deepl", "DeepL CSV", (".csv",), frozenset(), True, read_deepl, pairs_csv),
    Format("google", "Google CSV, one direction", (".csv",), frozenset(), True, read_google_any, pairs_csv),
    Format(
        "google-set",
        "Google CSV, equivalent term set",
        (".csv",),
        frozenset({Part.DEFINITION, Part.PART_OF_SPEECH}),
        False,
        read_google_any,
        write_google_set,
    ),
    Format(
        "omegat",
        "OmegaT",
        (".txt", ".utf8"),
        frozenset({Part.DEFINITION, Part.SYNONYMS}),
        True,
        read_omegat,
        write_omegat,
        COMMENT,
    ),
    Format(
        "xliff",
        "XLIFF 2, glossary module",
        (".xlf", ".xliff"),
        _XLIFF,
        True,
        read_xliff,
        write_xliff,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({form.name: form for form in _ALL})
"""The formats in the order in which they are offered."""
