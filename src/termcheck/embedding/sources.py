"""Where a model comes from: the bundled one, a local folder, or a model hub; found out without loading it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termcheck.embedding.bundled import DIMENSION, bundled_digest, bundled_folder
from termcheck.embedding.digest import folder_digest
from termcheck.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable

BUNDLED = "bundled"
#: Raised when the same model gives other vectors than before (prefix, windows, layers): cached ones expire.
_PROCEDURE = 1
#: Prompts that treat both sides alike come first.
_SYMMETRIC_PROMPTS = ("BitextMining", "STS", "query")
_E5_PREFIX = "query: "
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(?:@[\w./-]+)?")
_HUB_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]
_HUB_BESIDE = ["onnx/*", "openvino/*", "coreml/*", "*/onnx/*"]


@dataclass(frozen=True)
class ModelSource:
    """A model that was found but not loaded.

    ``identity`` names its exact weights and configuration, ``prefix`` is put before every text, ``dimension`` is
    None when only loading tells. ``folder()`` gives the local folder to load from and may take seconds the first
    time.
    """

    name: str
    identity: str
    prefix: str
    dimension: int | None
    folder: Callable[[], Path] = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, over everything that decides what vector a text gets."""
        parts = (str(_PROCEDURE), self.identity, self.prefix)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def find_model(model: str, cache_dir: Path, *, offline: bool = False) -> ModelSource:
    """The source of ``bundled``, a local folder, or a hub id such as ``org/name`` or ``org/name@revision``.

    An existing folder wins over a hub id of the same spelling. A hub model that has been downloaded before is
    used as it is; the network is asked only for one that has not, and never with ``offline``. Raises
    ``ModelError``.
    """
    if model == BUNDLED:
        # The identity of the file is enough: the conversion is a function of it.
        return ModelSource(BUNDLED, bundled_digest(), _E5_PREFIX, DIMENSION, lambda: bundled_folder(cache_dir))
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _folder_source(model, folder)
    if not _HUB_ID.fullmatch(model) or folder.exists():
        raise ModelError(
            f"there is no model folder {model!r}, and it is not a hub id",
            hint=f"use {BUNDLED!r}, the path of a sentence-transformers folder, or an id such as org/name",
        )
    return _folder_source(model, _hub_folder(model, offline=offline))


def _folder_source(name: str, folder: Path) -> ModelSource:
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise ModelError(
            f"{folder} is not a model: it has neither modules.json nor config.json",
            hint="give the folder that SentenceTransformer.save wrote",
        )
    try:
        identity = folder_digest(folder)
    except OSError as error:
        raise ModelError(f"cannot read the model in {folder}: {error.strerror or error}") from None
    return ModelSource(name, identity, _prefix(name, folder), _dimension(folder), lambda: folder)


def _hub_folder(model: str, *, offline: bool) -> Path:
    from huggingface_hub import snapshot_download

    repository, _, revision = model.partition("@")
    arguments: dict[str, Any] = {
        "repo_id": repository,
        "revision": revision or None,
        "allow_patterns": _HUB_FILES,
        "ignore_patterns": _HUB_BESIDE,
    }
    try:
        return Path(snapshot_download(**arguments, local_files_only=True))
    except (OSError, ValueError):
        if offline:
            raise ModelError(
                f"the model {model} has not been downloaded, and this run is offline",
                hint="run once with network access, or use the bundled model or a local folder",
            ) from None
    try:
        return Path(snapshot_download(**arguments))
    except Exception as error:  # The hub client raises errors of several libraries.
        raise ModelError(
            f"cannot download the model {model}: {_first_line(error)}",
            hint="check the name and the network, or use the bundled model or a local folder",
        ) from None


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _prefix(name: str, folder: Path) -> str:
    """The prompt that the model itself defines for comparing texts; E5 models need one even if they name none."""
    config = _read_json(folder / "config_sentence_transformers.json")
    if isinstance(config, dict):
        prompts = config.get("prompts")
        if isinstance(prompts, dict):
            for key in (config.get("default_prompt_name"), *_SYMMETRIC_PROMPTS):
                prompt = prompts.get(key)
                if isinstance(prompt, str) and prompt:
                    return prompt
    known_as = [name.rpartition("/")[2], folder.resolve().name]
    base = _read_json(folder / "config.json")
    if isinstance(base, dict):
        known_as.append(str(base.get("_name_or_path", "")).rpartition("/")[2])
    is_e5 = any(re.search(r"(^|[-_])e5([-_]|$)", part) and "instruct" not in part for part in known_as)
    return _E5_PREFIX if is_e5 else ""


def _dimension(folder: Path) -> int | None:
    """The length of the vectors, from the configuration of the modules that may change it."""
    modules = _read_json(folder / "modules.json")
    if not isinstance(modules, list):
        return None
    found: int | None = None
    for module in modules:
        if not isinstance(module, dict):
            return None
        kind = str(module.get("type", "")).rpartition(".")[2]
        config = _read_json(folder / str(module.get("path", "")) / "config.json")
        if kind == "Pooling" and isinstance(config, dict):
            found = _pooled(config)
        elif kind == "Dense" and isinstance(config, dict):
            found = config.get("out_features")
        elif kind not in {"Transformer", "Normalize", "Dropout"}:
            return None
    return found if isinstance(found, int) else None


def _pooled(config: dict[str, Any]) -> int | None:
    size = config.get("embedding_dimension", config.get("word_embedding_dimension"))
    mode = config.get("pooling_mode")
    modes = len(mode) if isinstance(mode, list) else 1
    if mode is None:
        modes = sum(value is True for key, value in config.items() if key.startswith("pooling_mode_"))
    return size * modes if isinstance(size, int) and modes else None
