"""A BERT that embeds many texts by multiplying numbers of 8 bits, which a processor with VNNI does four times as fast.

Each weight, and each number that is multiplied with weights, becomes one of 256 steps (Jacob et al., "Quantization and
Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", 2018). What the steps span is measured
once, on texts given when the model is loaded, so a text's vectors do not depend on those that are embedded with it.
Two things keep them close to the exact ones: the numbers of dimensions that are wide for all texts are divided by a
factor which the weights are multiplied by (Xiao et al., "SmoothQuant", 2023), and the few widest dimensions within a
layer are computed exactly beside the others (Dettmers et al., "LLM.int8()", 2022). All else stays as it was.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch.nn import functional

_MARGIN = 1.2
"""Times what the texts spanned, for texts that span more; a number beyond is taken for the last one within. Chosen
by eye."""

_WIDEST = 16
"""Dimensions within a layer that are computed exactly; without them cosines with the exact vectors fell to .985. Chosen
by eye."""

_ROWS = 128
"""Tokens are filled up to a multiple of so many: oneDNN takes milliseconds to prepare for every new number of rows.
Round, not fitted."""


class EightBitBert:
    """The layers of a BERT of transformers, in 8 bits. Attention is computed in numbers of 16 bits, where asked for."""

    def __init__(self, bert: Any, texts: Sequence[Sequence[int]], half: bool) -> None:
        """Measures the range of each number on ``texts``: the token ids of texts of many kinds."""
        self._embeddings = bert.embeddings
        self._dtype = torch.bfloat16 if half else torch.float32
        with torch.inference_mode():
            with _spans(bert.encoder.layer) as spans:
                for tokens in texts:
                    bert(input_ids=torch.tensor([tokens]))
            self._layers = [_Layer(layer, spans, self._dtype) for layer in bert.encoder.layer]

    def states(self, texts: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """For texts given as token ids, the last hidden states of each text's tokens, shape (tokens, dimensions)."""
        lengths = [len(tokens) for tokens in texts]
        unused = -sum(lengths) % _ROWS
        tokens = torch.tensor([[*itertools.chain(*texts), *[0] * unused]])
        places = torch.tensor([[*itertools.chain(*map(range, lengths)), *[0] * unused]])
        with torch.inference_mode():
            states = self._embeddings(input_ids=tokens, position_ids=places)[0]
            for layer in self._layers:
                states = layer(states, lengths)
        return list(states[: sum(lengths)].split(lengths))


class _Layer:
    def __init__(self, layer: Any, spans: dict[Any, _Span], dtype: torch.dtype) -> None:
        own = layer.attention.self
        self._heads, self._dtype = int(own.num_attention_heads), dtype
        scale = float((own.query.out_features // self._heads) ** -0.5)
        weights = torch.cat([own.query.weight * scale, own.key.weight, own.value.weight])
        biases = torch.cat([own.query.bias * scale, own.key.bias, own.value.bias])
        self._attended = _Linear(weights, biases, spans[own.query])
        self._joined = _Linear.of(layer.attention.output.dense, spans)
        self._widened = _Linear.of(layer.intermediate.dense, spans)
        self._norms = layer.attention.output.LayerNorm, layer.output.LayerNorm
        self._set_narrowed(layer.intermediate.dense, layer.output.dense, spans)

    def _set_narrowed(self, wide: Any, narrow: Any, spans: dict[Any, _Span]) -> None:
        low, high = spans[narrow]
        widest = high.argsort(descending=True)[:_WIDEST]
        weights, high = narrow.weight.clone(), high.clone()
        weights[:, widest], high[widest] = 0, 0
        # What the widened numbers become is one step for all their dimensions: oneDNN knows no other for its results.
        self._narrowed = _Linear(weights, narrow.bias, (low, high), smooth=False)
        self._exact = wide.weight[widest].t().contiguous(), wide.bias[widest], narrow.weight[:, widest].t().contiguous()

    def __call__(self, states: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
        attended = self._attention(self._attended(self._attended.steps(states), dtype=self._dtype), lengths)
        states = self._norms[0](self._joined.added(self._joined.steps(attended), states))
        widen, bias, narrow = self._exact
        exact = functional.gelu(torch.addmm(bias, states, widen))
        widened = self._widened(self._widened.steps(states), gelu_for=self._narrowed)
        return torch.as_tensor(self._norms[1](self._narrowed.added(widened, states).addmm_(exact, narrow)))

    def _attention(self, of_all: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
        """Attention's output for each token, shape (rows, width); ``of_all``: queries, keys and values side by side."""
        rows, width = len(of_all), of_all.shape[1] // 3
        taken = torch.zeros(rows, self._heads, width // self._heads)
        parts = of_all.view(rows, 3, self._heads, -1)
        for first, length in zip(itertools.accumulate(lengths, initial=0), lengths, strict=False):
            queries, keys, values = parts[first : first + length].permute(1, 2, 0, 3)
            weights = torch.softmax(torch.bmm(queries, keys.transpose(1, 2)), -1, dtype=torch.float32)
            taken[first : first + length] = torch.bmm(weights.to(self._dtype), values).transpose(0, 1)
        return taken.view(rows, width)


_Span = tuple[torch.Tensor, torch.Tensor]
"""The least and the greatest number of each dimension."""


class _Linear:
    """A linear layer in 8 bits; ``smooth`` allows each dimension of its input to be divided by a factor of its own."""

    def __init__(self, weights: torch.Tensor, bias: torch.Tensor, span: _Span, smooth: bool = True) -> None:
        low, high = span
        factors = torch.ones_like(high)
        if smooth:
            factors = (torch.maximum(-low, high).clamp(min=1e-3) / weights.abs().amax(0).clamp(min=1e-6)).sqrt()
        least, most = (float(each) * _MARGIN for each in ((low / factors).min(), (high / factors).max()))
        self._step = (most - least) / 255
        self._zero = round(-least / self._step)
        self._per_number = 1 / (factors * self._step)
        self._shift = torch.full_like(factors, self._zero + 0.5)
        weights = weights * factors
        self._weight_steps = weights.abs().amax(1).clamp(min=1e-9) / 127
        rounded = (weights / self._weight_steps[:, None]).round().to(torch.int8)
        self._packed = torch.ops.onednn.qlinear_prepack(rounded, None)
        self._weight_zeros = torch.zeros(len(weights), dtype=torch.int64)
        self._bias = bias.detach().clone()

    @classmethod
    def of(cls, linear: Any, spans: dict[Any, _Span]) -> _Linear:
        return cls(linear.weight, linear.bias, spans[linear])

    def steps(self, numbers: torch.Tensor) -> torch.Tensor:
        """The input in 8 bits, as integers from 0 to 255: oneDNN has no quick kernel for signed ones."""
        return torch.addcmul(self._shift, numbers, self._per_number).clamp_(0, 255).to(torch.uint8)

    def __call__(
        self, steps: torch.Tensor, dtype: torch.dtype = torch.float32, gelu_for: _Linear | None = None
    ) -> torch.Tensor:
        """The layer's output in ``dtype``; with ``gelu_for``, GELU of it, in that layer's own 8-bit steps."""
        to = (gelu_for._step, gelu_for._zero, torch.uint8, "gelu") if gelu_for else (1.0, 0, dtype, "none")
        return torch.as_tensor(torch.ops.onednn.qlinear_pointwise(*self._taking(steps), self._bias, *to, [], "none"))

    def added(self, steps: torch.Tensor, to: torch.Tensor) -> torch.Tensor:
        """The layer's output plus ``to``, which stays as it is: a residual connection."""
        rest: tuple[Any, ...] = (self._bias, 1.0, 0, torch.float32, 1.0, 0, "sum", 1.0, "none", [], "")
        return torch.as_tensor(torch.ops.onednn.qlinear_pointwise.binary(*self._taking(steps), to.clone(), *rest))

    def _taking(self, steps: torch.Tensor) -> tuple[Any, ...]:
        return steps, self._step, self._zero, self._packed, self._weight_steps, self._weight_zeros


@contextmanager
def _spans(layers: Any) -> Iterator[dict[Any, _Span]]:
    """A context that yields, by linear layer, the least and greatest number of each input dimension seen within it."""
    spans: dict[Any, _Span] = {}

    def watch(linear: Any, given: tuple[torch.Tensor, ...]) -> None:
        numbers = given[0].flatten(0, 1)
        low, high = spans.get(linear, (torch.zeros(numbers.shape[1]), torch.zeros(numbers.shape[1])))
        spans[linear] = torch.minimum(low, numbers.amin(0)), torch.maximum(high, numbers.amax(0))

    linears = [each for each in layers.modules() if isinstance(each, torch.nn.Linear)]
    hooks = [linear.register_forward_pre_hook(watch) for linear in linears]
    try:
        yield spans
    finally:
        for hook in hooks:
            hook.remove()
