"""Tiny models of other architectures: random weights, the real vocabulary of a model that is on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from gguf import GGUFReader, GGUFWriter, TokenType
from numpy.typing import NDArray

WORDS, BYTES = 3000, 256
WIDTH, HEADS, HEAD, INNER, LAYERS = 64, 4, 16, 96, 3
WINDOW = 8
"""Tokens that a sliding memory holds."""
CONVOLVED = 3
"""Tokens that a short convolution looks at."""
STATES, STATE = 2, 16
"""Heads of a linear attention, and numbers of a row and of a column of what each remembers."""

Matrix = Callable[..., NDArray[np.float16]]


@dataclass(frozen=True)
class Vocabulary:
    """The beginning of a real vocabulary, and its marks."""

    model: str
    pre: str
    tokens: list[str]
    kinds: list[int]
    merges: list[str]
    ends: int
    """The number of the token by which an answer ends."""


@cache
def vocabulary_of(path: Path) -> Vocabulary:
    """From a GGUF file: its first tokens are bytes and what the first merges make of them, so these go together."""
    fields = GGUFReader(path).fields
    kinds = fields["tokenizer.ggml.token_type"].contents()
    kept = [number for number, kind in enumerate(kinds) if number < WORDS or kind != TokenType.NORMAL]
    tokens = fields["tokenizer.ggml.tokens"]
    return Vocabulary(
        model=fields["tokenizer.ggml.model"].contents(),
        pre=fields["tokenizer.ggml.pre"].contents(),
        tokens=[tokens.contents(number) for number in kept],
        kinds=[kinds[number] for number in kept],
        merges=fields["tokenizer.ggml.merges"].contents(slice(WORDS - BYTES)),
        ends=kept.index(fields["tokenizer.ggml.eos_token_id"].contents()),
    )


def tiny_model(path: Path, architecture: str, words: Vocabulary, template: str | None = None) -> Path:
    """Writes a model of this architecture with these tokens."""
    draw = np.random.default_rng(7)
    writer = GGUFWriter(path, architecture)
    writer.add_tokenizer_model(words.model)
    writer.add_tokenizer_pre(words.pre)
    writer.add_token_list(words.tokens)
    writer.add_token_types(words.kinds)
    writer.add_token_merges(words.merges)
    writer.add_eos_token_id(words.ends)
    writer.add_vocab_size(len(words.tokens))
    if template is not None:
        writer.add_chat_template(template)
    writer.add_block_count(LAYERS)
    writer.add_context_length(4096)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv([0, 0, 2] if architecture == "lfm2" else 2)
    writer.add_key_length(HEAD)
    writer.add_value_length(HEAD)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(10_000.0)
    writer.add_rope_dimension_count(HEAD)
    if architecture == "gemma3":
        writer.add_sliding_window(WINDOW)
    if architecture == "lfm2":
        writer.add_shortconv_l_cache(CONVOLVED)
    if architecture == "qwen35":
        writer.add_full_attention_interval(LAYERS)
        writer.add_rope_dimension_sections([HEAD // 4, HEAD // 8, HEAD // 8, 0])
        writer.add_ssm_conv_kernel(CONVOLVED)
        writer.add_ssm_state_size(STATE)
        writer.add_ssm_group_count(STATES)
        writer.add_ssm_time_step_rank(STATES)
        writer.add_ssm_inner_size(STATES * STATE)

    def matrix(*shape: int) -> NDArray[np.float16]:
        return (draw.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float16)

    def ones(size: int) -> NDArray[np.float32]:
        return np.ones(size, dtype=np.float32)

    writer.add_tensor("token_embd.weight", matrix(len(words.tokens), WIDTH))
    writer.add_tensor("token_embd_norm.weight" if architecture == "lfm2" else "output_norm.weight", ones(WIDTH))
    for layer in range(LAYERS):
        for name, data in _layer(architecture, layer, matrix, ones).items():
            writer.add_tensor(f"blk.{layer}.{name}" + ("" if name in _WITHOUT_SUFFIX else ".weight"), data)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


_WITHOUT_SUFFIX = ("ssm_a", "ssm_dt.bias")


def _layer(
    architecture: str, layer: int, matrix: Matrix, ones: Callable[[int], NDArray[np.float32]]
) -> dict[str, NDArray[np.float16] | NDArray[np.float32]]:
    tensors: dict[str, NDArray[np.float16] | NDArray[np.float32]] = {
        "attn_norm": ones(WIDTH),
        "ffn_norm": ones(WIDTH),
        "ffn_gate": matrix(INNER, WIDTH),
        "ffn_up": matrix(INNER, WIDTH),
        "ffn_down": matrix(WIDTH, INNER),
    }
    if architecture == "lfm2" and layer < LAYERS - 1:
        return tensors | {
            "shortconv.conv": matrix(WIDTH, CONVOLVED).astype(np.float32),
            "shortconv.in_proj": matrix(3 * WIDTH, WIDTH),
            "shortconv.out_proj": matrix(WIDTH, WIDTH),
        }
    if architecture == "qwen35":
        tensors["post_attention_norm"] = tensors.pop("ffn_norm")
    if architecture == "qwen35" and layer < LAYERS - 1:
        remembered = STATES * STATE
        return tensors | {
            "attn_qkv": matrix(3 * remembered, WIDTH),
            "attn_gate": matrix(remembered, WIDTH),
            "ssm_conv1d": matrix(3 * remembered, CONVOLVED).astype(np.float32),
            "ssm_dt.bias": ones(STATES),
            "ssm_a": -ones(STATES),
            "ssm_beta": matrix(STATES, WIDTH),
            "ssm_alpha": matrix(STATES, WIDTH),
            "ssm_norm": ones(STATE),
            "ssm_out": matrix(WIDTH, remembered),
        }
    queries = 2 if architecture == "qwen35" else 1  # which has a gate beside each
    tensors |= {
        "attn_q": matrix(queries * HEADS * HEAD, WIDTH),
        "attn_k": matrix(2 * HEAD, WIDTH),
        "attn_v": matrix(2 * HEAD, WIDTH),
        "attn_output": matrix(WIDTH, HEADS * HEAD),
    }
    if architecture in ("qwen3", "qwen35", "gemma3", "lfm2"):
        tensors |= {"attn_q_norm": ones(HEAD), "attn_k_norm": ones(HEAD)}
    if architecture == "gemma3":
        tensors |= {"post_attention_norm": ones(WIDTH), "post_ffw_norm": ones(WIDTH)}
    return tensors
