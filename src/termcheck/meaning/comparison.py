"""Compares the versions of rows with each other, by way of the cache.

A comparison of two texts depends on nothing but the texts, their languages and the model, so it is kept. Token vectors
are wanted for texts with a new comparison only, in one pass for all that is compared, and are dropped soon after.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

from termcheck.alignment.sentences import GRID_VERSION, SentenceGrid, align_sentences
from termcheck.corpus.sentences import split_sentences
from termcheck.meaning.phrases import PhraseSupport, phrase_support, read_phrases
from termcheck.meaning.row import RowMeaning
from termcheck.meaning.sentences import MOST, sentence_tokens
from termcheck.meaning.support import PairSupport, pair_support, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from termcheck.cache import Store
    from termcheck.embedding.encoder import Encoder
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.head import WordHead
    from termcheck.meaning.support import Reading
    from termcheck.model import Protected, Span

PAIR_SPACE = "meaning-2"
GRID_SPACE = "sentence grids"
PHRASE_SPACE = "phrases"

_Pair = tuple[str, str]
"""Two languages of a row, in order of their tags."""


class Version(Protocol):
    """One language's text of a row, as a cell has it."""

    @property
    def text(self) -> str: ...

    def protected(self) -> tuple[Protected, ...]: ...


class RowComparer:
    """Compares every two versions of a row; ``head`` is given for the model that it was trained for.

    ``with_phrases`` tells whether words and phrases are compared as wholes too, which only single words need.
    """

    def __init__(
        self,
        encoder: Encoder,
        store: Store,
        centres: Centres,
        head: WordHead | None = None,
        *,
        with_phrases: bool = False,
    ) -> None:
        self._encoder = encoder
        self._store = store
        self._centres = centres
        self._head = head
        self._with_phrases = with_phrases
        self._salt = (encoder.fingerprint, _digest(centres))
        self._head_salt = (*self._salt, head.fingerprint if head is not None else "")

    def rows_key(self, rows: Sequence[Mapping[str, Version]]) -> bytes:
        """What the comparisons of these rows depend on, but for how they are kept."""
        spaces = [PAIR_SPACE, PHRASE_SPACE if self._with_phrases else ""]
        texts = [[[lang, cell.text] for lang, cell in sorted(cells.items())] for cells in rows]
        return hashlib.sha256(json.dumps([spaces, self._head_salt, texts]).encode()).digest()

    def compare(self, rows: Sequence[Mapping[str, Version]]) -> Iterator[RowMeaning]:
        """The rows, given as a version (a cell) for every language, with all comparisons."""
        texts = [{lang: cell.text for lang, cell in cells.items()} for cells in rows]
        spans = [
            {lang: split_sentences(text, lang, rows[number][lang].protected()) for lang, text in row.items()}
            for number, row in enumerate(texts)
        ]
        keys = [_keys(self._salt, row) for row in texts]
        grid_keys = [
            {
                (a, b): _grid_key(key, found[a], found[b])
                for (a, b), key in keys[number].items()
                if 1 < max(len(found[a]), len(found[b])) <= MOST
            }
            for number, found in enumerate(spans)
        ]
        pairs = _Kept(self._store, PAIR_SPACE, [_keys(self._head_salt, row) for row in texts])
        grids = _Kept(self._store, GRID_SPACE, grid_keys)
        phrases = _Kept(self._store, PHRASE_SPACE, keys if self._with_phrases else [{} for _ in texts])
        missing = sorted(pairs.missing | grids.missing | phrases.missing)
        readings = self._read(sorted({(lang, texts[number][lang]) for number, pair in missing for lang in pair}))

        def both(number: int, pair: _Pair) -> tuple[Reading, Reading]:
            left, right = (readings[lang, texts[number][lang]] for lang in pair)
            return left, right

        def pair_bytes(number: int, pair: _Pair) -> bytes:
            left, right = both(number, pair)
            return pair_support(left, right, self._head).to_bytes()

        tokens = {
            (number, lang): sentence_tokens(readings[lang, texts[number][lang]], spans[number][lang])
            for number, lang in {(number, lang) for number, pair in grids.missing for lang in pair}
        }

        def grid_bytes(number: int, pair: _Pair) -> bytes:
            left, right = (tokens[number, lang] for lang in pair)
            return align_sentences(left, right).to_bytes()

        def phrase_bytes(number: int, pair: _Pair) -> bytes:
            left, right = (wholes[lang, texts[number][lang]] for lang in pair)
            return phrase_support(left, right).to_bytes()

        wholes = {
            place: read_phrases(readings[place])
            for place in {(lang, texts[number][lang]) for number, pair in phrases.missing for lang in pair}
        }
        pairs.complete(pair_bytes)
        grids.complete(grid_bytes)
        phrases.complete(phrase_bytes)
        for number, row in enumerate(texts):
            yield RowMeaning(
                row,
                {pair: PairSupport.from_bytes(value) for pair, value in pairs.row(number).items()},
                _Grids(grids.row(number)),
                {pair: PhraseSupport.from_bytes(value) for pair, value in phrases.row(number).items()},
            )

    def _read(self, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Reading]:
        vectors = self._encoder.encode_tokens([text for _, text in wanted]) if wanted else []
        return {
            (lang, text): read_text(text, lang, found.sentence, found.vectors, found.offsets, self._centres, self._head)
            for (lang, text), found in zip(wanted, vectors, strict=True)
        }


def _keys(salt: Sequence[str], texts: Mapping[str, str]) -> dict[_Pair, bytes]:
    """What the comparison of every two texts depends on."""
    return {
        (a, b): hashlib.sha256(json.dumps([*salt, a, texts[a], b, texts[b]]).encode()).digest()
        for a, b in combinations(sorted(texts), 2)
    }


class _Grids(Mapping[_Pair, SentenceGrid]):
    """Grids that are unpacked when they are asked for: most rows have nothing to explain."""

    def __init__(self, packed: Mapping[_Pair, bytes]) -> None:
        self._packed = packed

    def __getitem__(self, pair: _Pair) -> SentenceGrid:
        return SentenceGrid.from_bytes(self._packed[pair])

    def __iter__(self) -> Iterator[_Pair]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class _Kept:
    """What is known of the pairs of some rows: from the cache, or computed and stored. ``keys`` are by row and pair."""

    def __init__(self, store: Store, space: str, keys: Sequence[Mapping[_Pair, bytes]]) -> None:
        self._store = store
        self._space = space
        self._keys = keys
        self._values = dict(store.get_many(space, [key for pairs in keys for key in pairs.values()]))

    @property
    def missing(self) -> set[tuple[int, _Pair]]:
        """The rows and pairs that were not stored."""
        return {
            (number, pair)
            for number, pairs in enumerate(self._keys)
            for pair, key in pairs.items()
            if key not in self._values
        }

    def complete(self, compute: Callable[[int, _Pair], bytes]) -> None:
        """Compute and store what is missing."""
        fresh = {self._keys[number][pair]: compute(number, pair) for number, pair in sorted(self.missing)}
        if fresh:
            self._store.put_many(self._space, fresh)
            self._values.update(fresh)

    def row(self, number: int) -> dict[_Pair, bytes]:
        """What is known of the pairs of a row. Raises ``KeyError`` before ``complete`` when some were missing."""
        return {pair: self._values[key] for pair, key in self._keys[number].items()}


def _grid_key(pair: bytes, left: Sequence[Span], right: Sequence[Span]) -> bytes:
    """What a grid depends on: all that the comparison of its texts does, and where their sentences are."""
    return hashlib.sha256(pair + json.dumps([GRID_VERSION, left, right]).encode()).digest()


def _digest(centres: Centres) -> str:
    digest = hashlib.sha256()
    for means in (centres.token_means, centres.sentence_means):
        for lang in sorted(means):
            digest.update(lang.encode() + means[lang].tobytes())
    return digest.hexdigest()
