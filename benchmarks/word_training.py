"""The word head as a torch module, its training on the CPU, and its parameters as the arrays that are shipped."""

from __future__ import annotations

import random
import time
from math import cos, pi
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from termcheck.meaning.head import COSINE_FEATURES, MATCH_FEATURES
from word_examples import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from word_examples import Example

_WIDTH, _OWN, _HIDDEN, _CONTEXT, _NEIGHBOURS = 128, 32, 96, 32, 5
_DROPPED = 0.1
_WARM_UP = 0.08
_BATCH, _BUCKET = 24, 40
_PEAK_RATE, _DECAY = 2.5e-3, 0.02


class HeadModule(nn.Module):
    """The same function as :class:`termcheck.meaning.head.WordHead`, on padded batches of reduced token vectors."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.key = nn.Linear(width, _WIDTH, bias=False)
        self.value = nn.Linear(width, _WIDTH, bias=False)
        self.own = nn.Linear(width, _OWN, bias=False)
        self.temperature = nn.Parameter(torch.tensor(16.0))
        self.hidden = nn.Linear(MATCH_FEATURES + 2 * _WIDTH + _OWN + COSINE_FEATURES, _HIDDEN)
        self.context = nn.Conv1d(_HIDDEN, _CONTEXT, _NEIGHBOURS, padding=_NEIGHBOURS // 2)
        self.output = nn.Linear(_HIDDEN + _CONTEXT, 1)
        self.dropout = nn.Dropout(_DROPPED)
        # The leading components of both layers are a good beginning: words already match their translations.
        start, half = torch.zeros(_WIDTH, width), _WIDTH // 2
        places = torch.arange(half)
        start[places, places] = 1.0
        start[half + places, width // 2 + places] = 1.0
        with torch.no_grad():
            self.key.weight.copy_(start)
            self.value.weight.copy_(2 * start)
            self.output.bias.fill_(-2.0)

    def forward(
        self, left: torch.Tensor, left_mask: torch.Tensor, right: torch.Tensor, right_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds per token of either side, from vectors (n, t, width) and masks (n, t)."""
        with torch.no_grad():
            cosines = _cosines(left, left_mask, right, right_mask), _cosines(right, right_mask, left, left_mask)
        ours, theirs = (
            _Side(functional.normalize(self.key(tokens), dim=2), self.value(tokens), self.own(tokens), mask)
            for tokens, mask in ((self.dropout(left), left_mask), (self.dropout(right), right_mask))
        )
        return self._odds(ours, theirs, cosines[0]), self._odds(theirs, ours, cosines[1])

    def _odds(self, ours: _Side, theirs: _Side, cosines: torch.Tensor) -> torch.Tensor:
        absent = ~theirs.mask[:, None, :]
        similar = (ours.keys @ theirs.keys.transpose(1, 2)).masked_fill(absent, -1.0)
        best, second, claim, contested = _matches(similar, ours.mask, absent)
        attention = (similar * self.temperature).masked_fill(absent, -1e4).softmax(2)
        seen = attention @ theirs.values
        places, other_places = (
            torch.arange(each.shape[1])[None] / each.sum(1, keepdim=True).clamp(min=1)
            for each in (ours.mask, theirs.mask)
        )
        off = (places - (attention @ other_places[:, :, None])[:, :, 0]).abs()
        claimed = (attention * contested[:, None, :]).sum(2)
        match = torch.stack([best, second, claim, claimed, off], dim=2)
        compared = self.dropout(torch.cat([ours.values * seen, (ours.values - seen).abs()], dim=2))
        hidden = torch.relu(self.hidden(torch.cat([match, compared, ours.own, cosines], dim=2))) * ours.mask[..., None]
        around = torch.relu(self.context(hidden.transpose(1, 2))).transpose(1, 2)
        odds: torch.Tensor = self.output(torch.cat([hidden, around], dim=2))[..., 0]
        return odds


class _Side(NamedTuple):
    keys: torch.Tensor
    values: torch.Tensor
    own: torch.Tensor
    mask: torch.Tensor


def _matches(
    similar: torch.Tensor, mask: torch.Tensor, absent: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Best, second best and claim of our tokens (n, t), and how much theirs are contested (n, u)."""
    best = similar.topk(2, dim=2).values if similar.shape[2] > 1 else similar.repeat(1, 1, 2)
    contested = similar.masked_fill(~mask[:, :, None], -1.0).max(1).values
    claim = (2 * similar - contested[:, None, :]).masked_fill(absent, -3.0).max(2).values
    return best[..., 0], best[..., 1], claim, contested


def _cosines(ours: torch.Tensor, mask: torch.Tensor, theirs: torch.Tensor, other_mask: torch.Tensor) -> torch.Tensor:
    """What ``termcheck.meaning.head`` calls cosines, (n, t, 11)."""
    half = ours.shape[2] // 2
    first, last = (
        ours[..., part] @ theirs[..., part].transpose(1, 2) for part in (slice(None, half), slice(half, None))
    )
    absent = ~other_mask[:, None, :]
    found: list[torch.Tensor] = []
    for similar in (first, last, (first + last) / 2):
        found += _matches(similar.masked_fill(absent, -1.0), mask, absent)[:3]
    mean = (found[6] * mask).sum(1, keepdim=True) / mask.sum(1, keepdim=True).clamp(min=1)
    return torch.stack([*found, found[6] - mean, mean.expand_as(found[6])], dim=2)


def train(
    sample: Callable[[random.Random], Sequence[Example]], *, epochs: int, seed: int, report: Callable[[str], None]
) -> HeadModule:
    """Trains a head on ``epochs`` samples; equal arguments on one machine give an equal head."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311
    module: HeadModule | None = None
    start = time.perf_counter()
    for epoch in range(epochs):
        examples = sample(rng)
        if module is None:
            module = HeadModule(examples[0].left.tokens.shape[1])
            optimizer = torch.optim.AdamW(module.parameters(), _PEAK_RATE, weight_decay=_DECAY)
        batches, losses = _batches(examples, rng), []
        for place, batch in enumerate(batches):
            for group in optimizer.param_groups:
                group["lr"] = _PEAK_RATE * _rate((epoch + place / len(batches)) / epochs)
            loss = _loss(module, [examples[at] for at in batch])
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(module.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
        report(f"sample {epoch + 1}: {len(examples)} pairs, {np.mean(losses):.4f}, {time.perf_counter() - start:.0f} s")
    if module is None:
        raise ValueError("there is nothing to train with")
    return module.eval()


def _rate(progress: float) -> float:
    """Up in a line, down in a cosine, as a share of the highest rate; ``progress`` in [0, 1]."""
    down = (progress - _WARM_UP) / (1 - _WARM_UP)
    return min(progress / _WARM_UP, 0.02 + 0.49 * (1 + cos(pi * max(down, 0.0))))


def parameters(module: HeadModule, basis: NDArray[np.float32]) -> dict[str, NDArray[np.float16]]:
    """The arrays of :class:`termcheck.meaning.head.WordHead`; ``basis`` (width, 2 r) reduces full token vectors."""

    def array(tensor: torch.Tensor | None) -> NDArray[np.float32]:
        if tensor is None:
            raise ValueError("a layer has no bias")
        found: NDArray[np.float32] = tensor.detach().numpy()
        return found

    layer = len(basis) // 2, basis.shape[1] // 2
    arrays = {
        "components": np.stack([basis[: layer[0], : layer[1]], basis[layer[0] :, layer[1] :]]),
        "key": array(module.key.weight).T,
        "value": array(module.value.weight).T,
        "own": array(module.own.weight).T,
        "hidden": array(module.hidden.weight).T,
        "hidden_bias": array(module.hidden.bias),
        "context": array(module.context.weight).transpose(2, 1, 0),
        "context_bias": array(module.context.bias),
        "output": array(module.output.weight)[0],
        "output_bias": array(module.output.bias)[0],
        "temperature": module.temperature.detach().numpy(),
    }
    return {name: np.asarray(values, dtype=np.float16) for name, values in arrays.items()}


def _loss(module: HeadModule, examples: Sequence[Example]) -> torch.Tensor:
    left, left_mask = _padded([each.left.tokens for each in examples])
    right, right_mask = _padded([each.right.tokens for each in examples])
    losses, count = [], 0
    for odds, mask, labels in zip(
        module(left, left_mask, right, right_mask),
        (left_mask, right_mask),
        ([each.left_labels for each in examples], [each.right_labels for each in examples]),
        strict=True,
    ):
        wanted, _ = _padded(labels)
        known = mask & (wanted != UNKNOWN)
        losses.append(functional.binary_cross_entropy_with_logits(odds[known], wanted[known], reduction="sum"))
        count += int(known.sum())
    return torch.stack(losses).sum() / max(count, 1)


def _padded(arrays: Sequence[NDArray[np.generic]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(1, *(len(each) for each in arrays)) if len(arrays) > 1 else max(1, len(arrays[0]))
    values = np.zeros((len(arrays), longest, *arrays[0].shape[1:]), dtype=np.float32)
    mask = np.zeros((len(arrays), longest), dtype=bool)
    for place, each in enumerate(arrays):
        values[place, : len(each)] = each
        mask[place, : len(each)] = True
    return torch.from_numpy(values), torch.from_numpy(mask)


def _batches(examples: Sequence[Example], rng: random.Random) -> list[list[int]]:
    """Indexes in batches of examples of about the same length, in random order."""
    order = list(range(len(examples)))
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), _BATCH * _BUCKET):
        bucket = sorted(
            order[start : start + _BATCH * _BUCKET],
            key=lambda place: len(examples[place].left.tokens) + len(examples[place].right.tokens),
        )
        found += [bucket[at : at + _BATCH] for at in range(0, len(bucket), _BATCH)]
    rng.shuffle(found)
    return found
