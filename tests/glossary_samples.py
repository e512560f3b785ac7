"""Glossaries for tests: one with everything in it, and a strategy that makes any."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

from hypothesis import strategies as st

from termcheck.glossary import (
    Acknowledgement,
    Concept,
    DistinctGroup,
    Glossary,
    Homonym,
    LanguageTerms,
    Term,
    TermStatus,
    comparable,
)

FULL = """\
version: 1
concepts:
  - id: client
    definition: A firm with a "long-term" contract, & more.
    note: "Never: a buyer <of things>."
    domain: billing
    part_of_speech: noun
    paths: ["docs/**"]
    terms:
      en: client
      pl:
        preferred: [klient]
        admitted: [kontrahent]
        deprecated: [abonent]
        forbidden: [petent]
        forms: [klientów]
        never: [klientela]
        case_sensitive: true
        definition: Firma z umową.
        note: Nie osoba.
        part_of_speech: other
      tr:
  - id: 2fa.login
    do_not_translate: true
    terms:
      en: GitHub
  - id: customer
    terms:
      en: [customer, buyer]
      ko: [고객, 구매자]
      pl: nabywca
distinct:
  - [client, customer]
acknowledge:
  - concepts: [client, customer]
    lang: [tr, de]
    reason: One word.
    qualifier: [x]
homonyms:
  - concepts: [client, 2fa.login]
    lang: en
    note: Context tells.
"""

_LANGUAGES = ("en", "pl", "tr", "ko", "zh-Hant", "pt-BR")
_TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="|\\'=+-@\",;\t#<&"),
    max_size=25,
).map(lambda text: " ".join(text.split()))


def _nfc(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


TEXTS = _TEXT.map(_nfc)
WORDS = TEXTS.filter(lambda text: any(char.isalnum() for char in text) and len(text) < 60)
_PARTS = st.sampled_from(["", "noun", "proper noun", "verb", "other"])


@st.composite
def _language_terms(draw: st.DrawFn, lang: str) -> LanguageTerms:
    exact = draw(st.booleans())
    words = draw(st.lists(WORDS, min_size=1, max_size=4, unique_by=lambda word: comparable(word, lang, exact=exact)))
    statuses = [TermStatus.PREFERRED, *draw(st.lists(st.sampled_from(TermStatus), min_size=3, max_size=3))]
    lists: dict[TermStatus, list[Term]] = {status: [] for status in TermStatus}
    for word, status in zip(words, statuses, strict=False):
        lists[status].append(Term(word, status))
    taken = {comparable(word, lang, exact=exact) for word in words}
    never = [word for word in draw(st.lists(WORDS, max_size=2)) if comparable(word, lang, exact=exact) not in taken]
    return LanguageTerms(
        preferred=tuple(lists[TermStatus.PREFERRED]),
        admitted=tuple(lists[TermStatus.ADMITTED]),
        deprecated=tuple(lists[TermStatus.DEPRECATED]),
        forbidden=tuple(lists[TermStatus.FORBIDDEN]),
        forms=tuple(draw(st.lists(WORDS, max_size=2))),
        never=tuple(never),
        case_sensitive=exact,
        definition=draw(TEXTS),
        note=draw(TEXTS),
        part_of_speech=draw(_PARTS),
    )


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    """Valid glossaries with one to three concepts, everything but positions in them."""
    ids = draw(
        st.lists(st.from_regex(r"[A-Za-z0-9][a-z._-]{1,9}[a-z]", fullmatch=True), min_size=1, max_size=3, unique=True)
    )
    concepts = []
    for concept_id in ids:
        langs = draw(st.lists(st.sampled_from(_LANGUAGES), min_size=1, max_size=3, unique=True))
        concepts.append(
            Concept(
                concept_id,
                MappingProxyType({lang: draw(_language_terms(lang)) for lang in sorted(langs)}),
                definition=draw(TEXTS),
                note=draw(TEXTS),
                domain=draw(TEXTS),
                part_of_speech=draw(_PARTS),
                paths=tuple(draw(st.lists(WORDS, max_size=2))),
                do_not_translate=draw(st.booleans()),
            )
        )
    if len(ids) < 2:
        return Glossary(concepts=tuple(concepts))
    pair = (ids[0], ids[1])
    return Glossary(
        concepts=tuple(concepts),
        distinct=(DistinctGroup(pair),),
        acknowledgements=(Acknowledgement(pair, ("pl",), draw(WORDS), (draw(WORDS),)),),
        homonyms=(Homonym(pair, ("en", "tr"), draw(TEXTS)),),
    )
