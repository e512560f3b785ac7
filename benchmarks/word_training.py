"""The word head as a torch module, its training on the CPU, and its parameters as the arrays that are shipped."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from termcheck.meaning.head import MATCH_FEATURES
from word_examples import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from word_examples import Example

_WIDTH, _HIDDEN, _CONTEXT, _NEIGHBOURS = 128, 64, 32, 5
_BATCH, _BUCKET = 24, 40
_PEAK_RATE, _DECAY = 2.5e-3, 0.02


class HeadModule(nn.Module):
    """The same function as :class:`termcheck.meaning.head.WordHead`, on padded batches of reduced token vectors."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.key = nn.Linear(width, _WIDTH, bias=False)
        self.value = nn.Linear(width, _WIDTH, bias=False)
        self.temperature = nn.Parameter(torch.tensor(16.0))
        self.hidden = nn.Linear(2 * _WIDTH + MATCH_FEATURES, _HIDDEN)
        self.context = nn.Conv1d(_HIDDEN, _CONTEXT, _NEIGHBOURS, padding=_NEIGHBOURS // 2)
        self.output = nn.Linear(_HIDDEN + _CONTEXT, 1)
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
        sides = [
            (functional.normalize(self.key(tokens), dim=2), self.value(tokens), mask)
            for tokens, mask in ((left, left_mask), (right, right_mask))
        ]
        return self._side(*sides[0], *sides[1]), self._side(*sides[1], *sides[0])

    def _side(
        self,
        keys: torch.Tensor,
        values: torch.Tensor,
        mask: torch.Tensor,
        other_keys: torch.Tensor,
        other_values: torch.Tensor,
        other_mask: torch.Tensor,
    ) -> torch.Tensor:
        absent = ~other_mask[:, None, :]
        similar = (keys @ other_keys.transpose(1, 2)).masked_fill(absent, -1.0)
        best = similar.topk(2, dim=2).values if similar.shape[2] > 1 else similar.repeat(1, 1, 2)
        contested = similar.masked_fill(~mask[:, :, None], -1.0).max(1).values
        claim = (2 * similar - contested[:, None, :]).masked_fill(absent, -3.0).max(2).values
        attention = (similar * self.temperature).masked_fill(absent, -1e4).softmax(2)
        seen = attention @ other_values
        places, other_places = (
            torch.arange(each.shape[1])[None] / each.sum(1, keepdim=True).clamp(min=1) for each in (mask, other_mask)
        )
        off = (places - (attention @ other_places[:, :, None])[:, :, 0]).abs()
        claimed = (attention * contested[:, None, :]).sum(2)
        match = torch.stack([best[..., 0], best[..., 1], claim, claimed, off], dim=2)
        compared = torch.cat([match, values * seen, (values - seen).abs()], dim=2)
        hidden = torch.relu(self.hidden(compared)) * mask[..., None]
        around = torch.relu(self.context(hidden.transpose(1, 2))).transpose(1, 2)
        odds: torch.Tensor = self.output(torch.cat([hidden, around], dim=2))[..., 0]
        return odds


def train(examples: Sequence[Example], *, epochs: float, seed: int, report: Callable[[str], None]) -> HeadModule:
    """Trains a head; equal arguments on one machine give an equal head."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311
    module = HeadModule(examples[0].left.tokens.shape[1])
    batches = _batches(examples, rng)
    total = int(len(batches) * epochs)
    optimizer = torch.optim.AdamW(module.parameters(), _PEAK_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _PEAK_RATE, total_steps=total, pct_start=0.1)
    start, losses = time.perf_counter(), []
    for step in range(total):
        if step and step % len(batches) == 0:
            batches = _batches(examples, rng)
        loss = _loss(module, [examples[place] for place in batches[step % len(batches)]])
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if (step + 1) % 100 == 0:
            report(f"step {step + 1}/{total}: {np.mean(losses[-100:]):.4f}, {time.perf_counter() - start:.0f} s")
    return module


def parameters(module: HeadModule, basis: NDArray[np.float32]) -> dict[str, NDArray[np.float16]]:
    """The arrays of :class:`termcheck.meaning.head.WordHead`; ``basis`` (width, r) reduces full token vectors."""

    def array(tensor: torch.Tensor | None) -> NDArray[np.float32]:
        if tensor is None:
            raise ValueError("a layer has no bias")
        found: NDArray[np.float32] = tensor.detach().numpy()
        return found

    arrays = {
        "key": basis @ array(module.key.weight).T,
        "value": basis @ array(module.value.weight).T,
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
