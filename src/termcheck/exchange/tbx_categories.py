"""Names and values of TBX: data categories of TBX-Basic and their counterparts in a glossary."""

from __future__ import annotations

from termcheck.glossary import TermStatus

CORE = "urn:iso:std:iso:30042:ed-2"
"""The namespace of TBX version 3 (ISO 30042:2019)."""

MIN = "http://www.tbxinfo.net/ns/min"
BASIC = "http://www.tbxinfo.net/ns/basic"

STATUSES = {
    TermStatus.PREFERRED: "preferredTerm-admn-sts",
    TermStatus.ADMITTED: "admittedTerm-admn-sts",
    TermStatus.DEPRECATED: "deprecatedTerm-admn-sts",
    TermStatus.FORBIDDEN: "supersededTerm-admn-sts",
}
"""The administrative status that stands for each status of a word."""

NEAREST = {"proper noun": "noun"}
"""For the one part of speech of a glossary that TBX-Basic does not allow, the one to write."""

_STATUS_WORDS = {
    "preferred": TermStatus.PREFERRED,
    "standardized": TermStatus.PREFERRED,
    "admitted": TermStatus.ADMITTED,
    "deprecated": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
    "superseded": TermStatus.FORBIDDEN,
    "notrecommended": TermStatus.FORBIDDEN,
    "forbidden": TermStatus.FORBIDDEN,
}


def status_of(value: str) -> TermStatus | None:
    """The status for a value as any version of TBX writes it (``preferredTerm-admn-sts``, ``notRecommended``)."""
    word = value.strip().casefold().removesuffix("-admn-sts").removesuffix("term")
    return _STATUS_WORDS.get(word)


def id_to_xml(concept_id: str) -> str:
    """The id as an XML name, which may not begin with a digit; no concept id begins with ``_``."""
    return f"_{concept_id}" if concept_id[:1].isdigit() else concept_id


def id_from_xml(name: str) -> str:
    """What ``id_to_xml`` was given."""
    return name[1:] if name[:1] == "_" and name[1:2].isdigit() else name
