"""The layers of a BERT-like network in ONNX Runtime, with its fused kernels for attention, normalisation and GELU.

The graph is built from the weights in memory, which takes a second; nothing is written. BERT, RoBERTa, XLM-RoBERTa and
CamemBERT share it: they only count positions from different places.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from termcheck.embedding.threads import inference_threads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FAMILY = frozenset({"bert", "camembert", "roberta", "xlm-roberta"})
_FUSED = "com.microsoft"
_OPSETS = {"": 17, _FUSED: 1}
_IR_VERSION = 8
_FLOAT = 1
_INT32 = 6
_EXTERNAL = 1


def is_installed() -> bool:
    """Whether the libraries of the extra ``onnx`` are there; does not import them."""
    return all(importlib.util.find_spec(name) is not None for name in ("onnx", "onnxruntime"))


class Shape(NamedTuple):
    """The sizes of a network; ``first_position`` is the row of the position table for a text's first token."""

    layers: int
    heads: int
    epsilon: float
    first_position: int = 0

    @property
    def inner(self) -> int:
        """The number, from 1, of the layer at two thirds of the depth, whose token vectors are wanted too."""
        return round(self.layers * 2 / 3)


def read_shape(config: Mapping[str, Any]) -> Shape | None:
    """The shape by a ``config.json`` of transformers; None for a network that this module cannot run."""
    kind = config.get("model_type")
    if (
        kind not in FAMILY
        or config.get("hidden_act", "gelu") != "gelu"
        or config.get("position_embedding_type") not in (None, "absolute")
        or config.get("is_decoder")
        or round(config["num_hidden_layers"] * 2 / 3) < 1
    ):
        return None
    first = 0 if kind == "bert" else int(config["pad_token_id"]) + 1
    return Shape(int(config["num_hidden_layers"]), int(config["num_attention_heads"]), config["layer_norm_eps"], first)


class OnnxLayers:
    """A network ready to run on the CPU.

    ``weights`` are float32 under the names of ``transformers.BertModel``; the table of words may be mapped from a file,
    only the rows that texts need are read. Raises ``KeyError`` for a missing weight, and what ONNX Runtime raises.
    """

    def __init__(self, shape: Shape, weights: Mapping[str, NDArray[np.float32]]) -> None:
        import onnxruntime

        self._words = weights["embeddings.word_embeddings.weight"]
        # One text is one input: its tokens are all of the first type.
        types = weights["embeddings.token_type_embeddings.weight"][0]
        self._places = weights["embeddings.position_embeddings.weight"][shape.first_position :] + types
        graph = _Graph(shape, weights)
        self.threads = inference_threads()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.log_severity_level = 3
        # Batches have all sorts of shapes, so a plan for one of them is of no use to the next.
        options.enable_mem_pattern = False
        # Threads that wait must not keep a core from the processes that read and align.
        options.add_session_config_entry("session.force_spinning_stop", "1")
        # The weights stay in these arrays, which the session reads without a copy.
        self._arrays = graph.arrays
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in graph.arrays.values()]
        options.add_external_initializers(list(graph.arrays), values)
        self._session = onnxruntime.InferenceSession(
            graph.serialised(), sess_options=options, providers=["CPUExecutionProvider"]
        )

    def states(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], *, inner: bool
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        """The last layer's vectors (b, t, hidden) and, on demand, those of the inner layer.

        ``ids`` and ``mask`` are (b, t); padding, which ``mask`` marks with 0, stands at the end.
        """
        vectors = self._words[ids] + self._places[: ids.shape[1]]
        wanted = ["last", "inner"] if inner else ["last"]
        found = self._session.run(wanted, {"embedded": vectors, "mask": mask.astype(np.int32)})
        return found[0], found[1] if inner else None


class _Graph:
    """Nodes, and the weights as ``arrays`` beside them: written into the graph they would be copied several times."""

    def __init__(self, shape: Shape, weights: Mapping[str, NDArray[np.float32]]) -> None:
        self._weights = weights
        self._nodes: list[Any] = []
        self._epsilon = shape.epsilon
        self._hidden = int(weights["embeddings.word_embeddings.weight"].shape[1])
        self.arrays: dict[str, NDArray[np.float32]] = {}
        state = "state0"
        scale, shift = (self._vector(f"embeddings.LayerNorm.{part}") for part in ("weight", "bias"))
        self._add("LayerNormalization", ["embedded", scale, shift], state, axis=-1, epsilon=self._epsilon)
        for layer in range(1, shape.layers + 1):
            name = "last" if layer == shape.layers else "inner" if layer == shape.inner else f"state{layer}"
            state = self._layer(f"encoder.layer.{layer - 1}", state, name, shape.heads)

    def _layer(self, key: str, state: str, name: str, heads: int) -> str:
        parts = [f"{key}.attention.self.{part}" for part in ("query", "key", "value")]
        projection = self._matrix(f"{key}.attention.self", [f"{part}.weight" for part in parts])
        bias = self._vector(*(f"{part}.bias" for part in parts))
        mixed = self._fused("Attention", [state, projection, bias, "mask"], f"{name}.mixed", num_heads=heads)
        attended = self._product_and_norm(f"{key}.attention.output", mixed, state, f"{name}.attended")
        grown = self._add("MatMul", [attended, self._matrix(f"{key}.intermediate.dense.weight")], f"{name}.grown")
        active = self._fused("BiasGelu", [grown, self._vector(f"{key}.intermediate.dense.bias")], f"{name}.active")
        return self._product_and_norm(f"{key}.output", active, attended, name)

    def _product_and_norm(self, key: str, state: str, skipped: str, name: str) -> str:
        product = self._add("MatMul", [state, self._matrix(f"{key}.dense.weight")], f"{name}.product")
        norm = [self._vector(f"{key}.{part}") for part in ("LayerNorm.weight", "LayerNorm.bias", "dense.bias")]
        return self._fused("SkipLayerNormalization", [product, skipped, *norm], name, epsilon=self._epsilon)

    def _matrix(self, name: str, parts: list[str] | None = None) -> str:
        """A weight, or several beside each other, as ONNX multiplies it: (inputs, outputs)."""
        columns = [self._weights[part].T for part in parts or [name]]
        self.arrays[name] = np.ascontiguousarray(np.concatenate(columns, axis=1), dtype=np.float32)
        return name

    def _vector(self, *names: str) -> str:
        self.arrays[names[0]] = np.concatenate([self._weights[name] for name in names]).astype(np.float32, copy=False)
        return names[0]

    def _fused(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        return self._add(kind, inputs, output, domain=_FUSED, **attributes)

    def _add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def serialised(self) -> bytes:
        from onnx import TensorProto, helper

        def value(name: str, kind: int, *sizes: str | int) -> Any:
            return helper.make_tensor_value_info(name, kind, ["batch", "tokens", *sizes])

        weights = []
        for name, array in self.arrays.items():
            tensor = TensorProto(name=name, data_type=_FLOAT, dims=array.shape, data_location=_EXTERNAL)
            # ONNX wants a place; what is read are the arrays that the session is given.
            tensor.external_data.add(key="location", value="memory")
            weights.append(tensor)
        states = [value(name, _FLOAT, self._hidden) for name in ("last", "inner")]
        inputs = [value("embedded", _FLOAT, self._hidden), value("mask", _INT32)]
        graph = helper.make_graph(self._nodes, "layers", inputs, states, weights)
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
        serialised: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION).SerializeToString()
        return serialised
