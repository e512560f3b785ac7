"""Running text to words, on spaCy's blank pipelines."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from termcheck.terms.inflection.orthography import primary_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Combining marks and Indic, Thai, Lao, Burmese and Khmer vowel signs are parts of words that ``\w`` leaves out.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0963\u0980-\u09fb\u0a00-\u0a75\u0a80-\u0aef\u0b00-\u0b77\u0b80-\u0bef\u0c00-\u0c6f\u0c80-\u0cef"
    "\u0d00-\u0d6f\u0d80-\u0ddf\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u109d"
    "\u17b4-\u17d3\u1dc0-\u1dff\u20d0-\u20f0\u00ad\u200c\u200d\u2060"
)
_APOSTROPHES = "'’ʼ＇"
# Underscores join inside a word only: around it they are emphasis.
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_RUN = rf"{_LETTER}(?:[\w{_MARKS}]*{_LETTER})?"
# A single letter before a hyphen belongs to the word: e-mail, e-posta, T-Shirt.
_WORD = rf"(?:(?<![\w-])[A-Za-z]-(?=[^\W\d_]{{2}}))?{_RUN}(?:[{_APOSTROPHES}]{_RUN})*"
# Manuals mark the letter that an option stands for: [r]emove, E[x]tract. Such a word is one.
_MNEMONIC = r"[^\W\d_]{0,40}\[([^\W\d_]{1,2})\]([^\W\d_]+)"
_SCRIPT_RUN = (
    r"[ァ-ヺー゛゜\u3099\u309a]+|[ぁ-ゖゝゞ]+|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]+|"
    r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
# Where the tokenizer splits at an apostrophe it separates an article from the word (l'utente), or a quoted word from
# its particle ('고객'은); elsewhere a possessive, which stays with the word.
_SPLIT_AT_APOSTROPHE = frozenset({"fr", "it", "ca", "lij", "ga", "ko"})
_REDUPLICATING = frozenset({"id", "ms", "jv", "su"})
SPACELESS = frozenset({"ja", "zh", "yue", "th", "lo", "km", "my", "bo"})
"""Languages that write no spaces between words."""
_PLAIN_TOKENIZER = frozenset({"ko", "ja", "th", "vi", "zh"})
# Pieces without white space longer than this are no words; the tokenizer peels punctuation off such a piece one
# character at a time, copying the rest each time.
_LONG_PIECE = 300
_CHUNK = 8192
# Room for the distinct tokens of a large corpus; a hostile text must not fill the memory.
_MAX_KNOWN = 500_000

Word = tuple[str, int, int]
"""A word as the text shows it, with its start and end (exclusive) in code points."""


class _Splitter:
    """spaCy's tokenizer of one language, and the words of every piece without white space that it has seen.

    The tokenizer works on such pieces one by one. Its few exceptions with white space inside are abbreviations, whose
    words are the same.
    """

    def __init__(self, lang: str) -> None:
        import spacy

        config: dict[str, Any] = {}
        if lang in _PLAIN_TOKENIZER:
            # The native segmenters of these languages are packages that we do not ask users to install.
            config = {"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}}
        try:
            self._tokenizer = spacy.blank(lang, config=config).tokenizer
        except ImportError:
            self._tokenizer = spacy.blank("xx").tokenizer
        self._lang = lang
        self._pieces: dict[str, tuple[Word, ...]] = {}
        self._tokens: dict[int, tuple[tuple[int, int], ...]] = {}

    def pieces(self, pieces: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each piece of text without white space, with their places in the piece; none in addresses."""
        known = self._pieces
        found = list(map(known.get, pieces))
        if None in found:
            fresh = dict.fromkeys(piece for piece in pieces if piece not in known)
            if len(known) + len(fresh) > _MAX_KNOWN:
                known.clear()
                fresh = dict.fromkeys(pieces)
            self._learn(fresh)
            found = list(map(known.get, pieces))
        return cast("list[tuple[Word, ...]]", found)

    def _learn(self, fresh: Iterable[str]) -> None:
        batch: list[str] = []
        size = 0
        for piece in fresh:
            if piece.isalpha():
                # Whatever the tokenizer cuts inside a run of letters ("can" + "not") is joined again.
                self._pieces[piece] = ((piece, 0, len(piece)),)
                continue
            if len(piece) > _LONG_PIECE:
                spans = _with_mnemonics(piece, list(_outside_addresses(piece)))
                self._pieces[piece] = tuple((piece[first:last], first, last) for first, last in spans)
                continue
            batch.append(piece)
            size += len(piece)
            if size > _CHUNK:
                self._tokenize(batch)
                batch, size = [], 0
        if batch:
            self._tokenize(batch)

    def _tokenize(self, batch: list[str]) -> None:
        """Let the tokenizer split pieces, all in one call."""
        line = " ".join(batch)
        try:
            tokens = self._tokenizer(line)
        except UnicodeEncodeError:
            # Half of a surrogate pair is part of no word.
            tokens = self._tokenizer(_pattern(r"[\ud800-\udfff]").sub("\ufffd", line))
        spans = iter(self._spans(tokens))
        span = next(spans, None)
        offset = 0
        for piece in batch:
            end = offset + len(piece)
            found: list[tuple[int, int]] = []
            while span is not None and span[0] < end:
                # An exception with white space inside may reach beyond the piece; its words do not.
                found.append((span[0] - offset, span[1] - offset))
                span = next(spans, None)
            self._pieces[piece] = tuple(
                (piece[first:last], first, last)
                for first, last in _with_mnemonics(piece, _joined(piece, found, self._lang))
            )
            offset = end + 1

    def _spans(self, tokens: Any) -> Iterator[tuple[int, int]]:
        """The words inside the tokens; none in addresses."""
        known = self._tokens
        for token in tokens:
            orth = token.orth
            inside = known.get(orth)
            if inside is None:
                if len(known) >= _MAX_KNOWN:
                    known.clear()
                inside = known[orth] = self._inside(token)
            index = token.idx
            for start, end in inside:
                yield index + start, index + end

    @staticmethod
    def _inside(token: Any) -> tuple[tuple[int, int], ...]:
        text = token.text
        if text.isalnum():
            return ((0, len(text)),)
        if token.like_url or token.like_email:
            # A word may stand before an address without a space: "words](https://example.org)".
            return tuple(_outside_addresses(text)) if "://" in text else ()
        return tuple(match.span() for match in _pattern(_WORD).finditer(text))


def _outside_addresses(piece: str) -> Iterator[tuple[int, int]]:
    """The words of a piece without white space, up to an address that it ends with."""
    scheme = _pattern(r"(?i:https?|ftp)://").search(piece)
    return (match.span() for match in _pattern(_WORD).finditer(piece, 0, scheme.start() if scheme else len(piece)))


@lru_cache(maxsize=64)
def _splitter(lang: str) -> _Splitter:
    return _Splitter(lang)


@lru_cache(maxsize=4)
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def words(text: str, lang: str) -> list[Word]:
    """The words of a text in order, with their places.

    A word is a run of letters, marks, digits and underscores, with apostrophes inside (``client's``, ``SaaS'ın``);
    hyphens separate, except after a single letter (``e-mail``) and in Indonesian reduplication (``klien-klien``).
    French and Italian elisions are words of their own (``l``, ``utilisateur``). Addresses (URLs, e-mail, file names)
    are left out. A letter in brackets belongs to its word (``[r]emove``). Languages without spaces give
    runs of one script.
    """
    lang = primary_language(lang)
    if lang in SPACELESS:
        return [(m.group(), m.start(), m.end()) for m in _pattern(_SCRIPT_RUN).finditer(text)]
    pieces = text.split()
    found: list[Word] = []
    at = 0
    for piece, inside in zip(pieces, _splitter(lang).pieces(pieces), strict=True):
        at = text.index(piece, at)
        found += [(word, at + start, at + end) for word, start, end in inside]
        at += len(piece)
    return found


def words_of_pieces(pieces: Sequence[str], lang: str) -> list[tuple[Word, ...]]:
    """The words of texts without white space, with their places there, for languages that write spaces.

    The words of a text are those of its pieces (``text.split()``), one after another.
    """
    return _splitter(primary_language(lang)).pieces(pieces)


def _joined(line: str, spans: Iterable[tuple[int, int]], lang: str) -> list[tuple[int, int]]:
    """Joins what the tokenizer separates inside a word: ``client`` and ``'s``, ``e-`` and ``mail``."""
    result: list[tuple[int, int]] = []
    before = last = -2
    for start, end in spans:
        if start <= last + 1 and (
            start == last or (line[last] != " " and _joins(line, (before, last), start, end, lang))
        ):
            # Without a gap the tokenizer cut inside a run of letters ("can" + "not").
            result[-1] = (before, end)
        else:
            before = start
            result.append((start, end))
        last = end
    return result


def _with_mnemonics(piece: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of a piece, with one in place of the parts into which brackets cut a mnemonic."""
    if "[" not in piece:
        return spans
    for match in _pattern(_MNEMONIC).finditer(piece):
        start, end = match.span()
        letter, rest = match.group(1)[0], match.group(2)[0]
        if _is_latin(letter) != _is_latin(rest):
            # The letter of a foreign option before a word of the text.
            continue
        parts = [span for span in spans if span[0] < end and start < span[1]]
        if parts and parts[0][0] >= start:
            # An ending behind an apostrophe stays with its word.
            whole = (start, max(end, parts[-1][1]))
            spans = sorted([*(span for span in spans if span not in parts), whole])
    return spans


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter <= "\u1eff"


def _joins(line: str, first: tuple[int, int], start: int, end: int, lang: str) -> bool:
    gap = line[first[1]]
    if gap == "-":
        return _keeps_hyphen(line, first, start, end, lang)
    return gap in _APOSTROPHES and lang not in _SPLIT_AT_APOSTROPHE


def _keeps_hyphen(line: str, first: tuple[int, int], start: int, end: int, lang: str) -> bool:
    before, last = first
    if last - before == 1 and line[before].isascii() and line[before].isalpha():
        return end - start > 1 and line[start].isalpha() and line[before - 1 : before] != "-"
    if lang in _REDUPLICATING:
        return last - before > 2 and line[start : start + 3].casefold() == line[before : before + 3].casefold()
    return False


@cache
def grammar_words(lang: str) -> frozenset[str]:
    """The words of a language that spaCy counts as stop words, folded; none for languages that it does not know."""
    from termcheck.terms.inflection.orthography import fold

    return frozenset(fold(word, lang) for word in _stop_words(lang.partition("-")[0]))


def _stop_words(base: str) -> frozenset[str]:
    """spaCy's list for a language, read from its file: a run that finds everything in the cache does not load spaCy."""
    from importlib import import_module
    from importlib.util import find_spec, module_from_spec, spec_from_file_location

    library = find_spec("spacy")
    places = (library.submodule_search_locations if library is not None else None) or ()
    for place in places:
        path = Path(place, "lang", base, "stop_words.py")
        spec = spec_from_file_location(f"termcheck_stop_words_{base}", path) if path.is_file() else None
        if spec is not None and spec.loader is not None:
            module = module_from_spec(spec)
            try:
                spec.loader.exec_module(module)
            except ImportError:  # One that is made from other parts of spaCy, as the French one.
                module = import_module(f"spacy.lang.{base}.stop_words")
            return frozenset(module.STOP_WORDS)
    return frozenset()
