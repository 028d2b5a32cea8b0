"""A reranker that the user named: it orders what a search found, and is loaded only then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import WordEmbedder, library_of

from index.embedding.cross_encoder import SentenceTransformerCrossEncoder
from index.embedding.embedder import FloatArray
from index.errors import InputError
from index.library import Library

TEXTS = {
    "one.txt": "Ferry late\n\nThe ferry to Kessby was late again. Nobody was hurt.",
    "two.txt": "Ferry sold\n\nThe ferry was sold to a firm in Ostrey for nine million crowns.",
    "three.txt": "Bridge closed\n\nThe bridge is closed, and no ferry goes, not even the small one of the islanders.",
}


class LengthRanker:
    """Gives a pair the length of its second text, or that and its negative."""

    def __init__(self, labels: tuple[str, ...] = ("relevance",)) -> None:
        self.name, self.labels = "length", labels
        self.asked: list[tuple[str, str]] = []

    def scores(self, pairs: Sequence[tuple[str, str]]) -> FloatArray:
        self.asked += pairs
        lengths = np.array([[len(other)] for _, other in pairs], dtype=np.float32)
        return np.concatenate([lengths, -lengths], axis=1)[:, : len(self.labels)]


def test_what_is_found_is_in_the_order_of_the_reranker_and_keeps_the_score_of_the_search(tmp_path: Path) -> None:
    library_of(tmp_path, TEXTS).close()
    plain = Library(tmp_path / "library", WordEmbedder())
    ranker = LengthRanker()
    library = Library(tmp_path / "library", WordEmbedder(), reranker=ranker)

    found, before = library.search("late ferry"), plain.search("late ferry")

    assert [hit.passage.article_id for hit in before] == ["one", "two", "three"]
    assert [hit.passage.article_id for hit in found] == ["three", "two", "one"]
    assert {hit.passage.article_id: hit.score for hit in found} == {hit.passage.article_id: hit.score for hit in before}
    assert {question for question, _ in ranker.asked} == {"late ferry"}
    assert {text.partition(": ")[0] for _, text in ranker.asked} == {"Bridge closed", "Ferry late", "Ferry sold"}
    assert [hit.passage.article_id for hit in library.search("late ferry", 1)] == ["three"]


def test_only_the_best_hits_are_read_and_the_longer_one_behind_them_stays_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_of(tmp_path, TEXTS).close()
    for room in ("index.reranking", "index.search"):
        monkeypatch.setattr(f"{room}.RERANKED", 2)
    ranker = LengthRanker()
    library = Library(tmp_path / "library", WordEmbedder(), reranker=ranker)
    assert [hit.passage.article_id for hit in library.search("late ferry")] == ["two", "one", "three"]
    assert len(ranker.asked) == 2


def test_what_gives_several_scores_is_no_reranker(tmp_path: Path) -> None:
    library_of(tmp_path, TEXTS).close()
    ranker = LengthRanker(("contradiction", "entailment"))
    with pytest.raises(InputError) as raised:
        Library(tmp_path / "library", WordEmbedder(), reranker=ranker).search("ferry")
    assert str(raised.value) == (
        "The reranker length gives 2 scores a pair (contradiction, entailment) where one is needed to order by; "
        "name another with --reranker"
    )


def tiny_cross_encoder(folder: Path, labels: Sequence[str]) -> Path:
    """A BERT of random weights that knows the letters, in the files that sentence-transformers reads."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    letters = [*"abcdefghijklmnopqrstuvwxyz.:, "]
    tokenizer = Tokenizer(models.WordLevel({each: at for at, each in enumerate([*marks, *letters])}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    named = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=128, **named).save_pretrained(folder)
    torch.manual_seed(7)
    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(marks) + len(letters),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=128,
            id2label=dict(enumerate(labels)),
            label2id={label: at for at, label in enumerate(labels)},
        )
    )
    model.save_pretrained(folder)
    return folder


def by_hand(folder: Path, pairs: Sequence[tuple[str, str]]) -> FloatArray:
    """The logits by transformers alone, one pair at a time."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        rows = [model(**tokenizer(*pair, return_tensors="pt", truncation=True)).logits[0] for pair in pairs]
    return np.stack([row.numpy() for row in rows])


@pytest.mark.parametrize("labels", [("LABEL_0",), ("contradiction", "Entailment", "neutral")])
def test_the_scores_are_the_logits_of_the_model(tmp_path: Path, labels: tuple[str, ...]) -> None:
    folder = tiny_cross_encoder(tmp_path / "tiny", labels)
    model = SentenceTransformerCrossEncoder("tiny", "reranker", lambda: folder)
    pairs = [("who was late", "the ferry was late."), ("who", "nobody: " * 40), ("half \ud83d", "a letter")]
    assert model.labels == tuple(label.lower() for label in labels)
    whole = [(one.replace("\ud83d", "?"), other) for one, other in pairs]
    assert model.scores(pairs) == pytest.approx(by_hand(folder, whole), abs=1e-5)


def test_a_folder_that_holds_no_such_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    model = SentenceTransformerCrossEncoder("tiny", "reranker", lambda: tmp_path)
    with pytest.raises(InputError) as raised:
        model.scores([("a", "b")])
    told = str(raised.value)
    assert told.startswith(f"The reranker {tmp_path} cannot be loaded (")
    assert told.endswith("); name a folder of a cross-encoder that sentence-transformers loads with --reranker")
    assert "\n" not in told
