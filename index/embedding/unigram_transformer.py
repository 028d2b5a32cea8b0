"""A transformer of sentence-transformers whose tokens sentencepiece makes: multilingual-e5-small's 250,000 unigrams
take 15 MB so, and 280 MB with the tokenizers library.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentencepiece import SentencePieceProcessor

from index.embedding.quick_sentence_transformers import InputModule, Pooling, SentenceTransformer


class UnigramTransformer(InputModule):  # type: ignore[misc]
    """A module of sentence-transformers that turns texts into the hidden states of their tokens."""

    save_in_root = True

    def __init__(self, folder: Path, vocabulary: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        self.tokenizer = SentencePieceProcessor(model_file=str(vocabulary))
        self.max_seq_length = int(json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"])
        self.auto_model = AutoModel.from_pretrained(folder, local_files_only=True, add_pooling_layer=False)

    def get_embedding_dimension(self) -> int:
        return int(self.auto_model.config.hidden_size)

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: object) -> dict[str, torch.Tensor]:
        """The token ids of the texts with their marks, shape (texts, longest), and which of them are no padding."""
        start, end, pad = (self.tokenizer.piece_to_id(mark) for mark in ("<s>", "</s>", "<pad>"))
        most = self.max_seq_length - 2
        rows = [[start, *tokens[:most], end] for tokens in self.tokenizer.encode([(prompt or "") + t for t in inputs])]
        longest = max(map(len, rows))
        return {
            "input_ids": torch.tensor([row + [pad] * (longest - len(row)) for row in rows]),
            "attention_mask": torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows]),
        }

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        hidden = self.auto_model(input_ids=features["input_ids"], attention_mask=features["attention_mask"])
        return {**features, "token_embeddings": hidden.last_hidden_state}

    def save(self, output_path: str, *_: object, **__: object) -> None:
        raise NotImplementedError("a model is only read")


def load(folder: Path, vocabulary: Path) -> SentenceTransformer:
    """The sentence-transformers model in the folder, with the prompts that it was trained with.

    ``vocabulary`` is the file of its pieces that sentencepiece reads.
    """
    pooling = Pooling.load(str(folder), subfolder="1_Pooling", local_files_only=True)
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))["prompts"]
    return SentenceTransformer(modules=[UnigramTransformer(folder, vocabulary), pooling], prompts=prompts, device="cpu")
