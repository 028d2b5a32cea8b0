"""Texts to vectors, by sentence-transformers."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from filelock import Timeout

import index.openmp  # noqa: F401  before torch
from index.errors import InputError, cause_of
from index.turn import GAP_SECONDS, machine_turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embedding.token_states import States

FloatArray: TypeAlias = "NDArray[np.float32]"

_FEW = 16
"""Up to this many texts, a question or what an answer is judged by, are embedded without waiting for one's turn: on all
cores if nothing else computes, else on one, as two beside a language model at work would take longer, and slow it.
Round, not fitted."""

_REPAY = 32
"""So many whole texts are worth preparing for to compute them in 8 bits: it takes as long as is spared on 46 of them.
While articles are added so many come together only where others came before them, and more mostly follow."""

_AT_ONCE = 8
"""Texts that the model takes in together. All are as long as the longest of them to it: 32 at once took three times as
long on two cores, and 250 MB more."""

_TOKENS = 1536
"""Tokens of whole texts that are computed together on one core, with what is made of them in its caches. Round, not
fitted."""

_UNIGRAMS = "sentencepiece.bpe.model"
"""The vocabulary in a model's folder that sentencepiece reads; see index/embedding/unigram_transformer.py."""

_BATCH = 32
"""Texts embedded per turn of the machine: well under a second, so that a waiting question is soon served. Round, not
fitted."""


_LIKE_THE_DEFAULT = {"multilingual-e5-small": (0.74, 4.6)}
"""By name of an embedder, what is taken from its cosines and by what the rest is multiplied, so that they lie where the
default's do. Of questions beside sentences that answer them (xquad-dev, medians) the default's is .64, this one's .88
(German .876, Spanish .884); beside any other sentence .03 and .756, which becomes .07."""

_TURN_SECONDS = 0.5
"""For so long many whole texts are embedded before whoever waits has a turn. Chosen by eye."""


@dataclass(frozen=True)
class Whole:
    """A text to embed, with parts of it that each get a vector of their own."""

    text: str
    head: int
    """Characters of the headline at the text's beginning, which every part is embedded with."""
    parts: tuple[tuple[int, int], ...]
    """Start and end of each part in the text, in characters."""


class Embedder(Protocol):
    """A model that turns texts into vectors; its name and hash are saved with a library and checked on opening."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    @property
    def sha256(self) -> str:
        """Hex digest of the model's weights."""
        ...

    @property
    def window(self) -> int:
        """The most tokens of one text that the model takes in; any further ones would be ignored silently."""
        ...

    def count_tokens(self, text: str) -> int:
        """The tokens of the text, without the two that mark its beginning and end."""
        ...

    def embed(self, texts: Sequence[str], are_questions: bool = False) -> FloatArray:
        """The texts as rows of unit length, shape (len(texts), dimensions).

        ``are_questions``: some models are trained with one prefix for questions and another for what answers them.
        """
        ...

    def embed_wholes(self, wholes: Sequence[Whole]) -> list[FloatArray]:
        """For each text an array of shape (1 + len(parts), dimensions), its rows of unit length: the text's vector,
        then its parts'.

        A part's vector depends on the text around it, so it may differ from that of the part embedded alone.
        """
        ...


_HALVES = re.compile("[\ud800-\udfff]")


def evened(cosines: FloatArray, name: str) -> FloatArray:
    """An embedder's cosines on the scale of the default embedder's, on which the weights that use them were fitted; 1
    at most.

    The cosines of some embedders all lie close together.

    >>> import numpy as np
    >>> evened(np.array([0.756, 0.88, 1.0]), "multilingual-e5-small").round(2).tolist()
    [0.07, 0.64, 1.0]
    """
    if name not in _LIKE_THE_DEFAULT:
        return cosines
    least, times = _LIKE_THE_DEFAULT[name]
    return ((cosines - least) * times).clip(max=1.0)


class SentenceTransformerEmbedder:
    """A sentence-transformers model in a local folder, loaded when the first text is embedded.

    Loading takes seconds (it imports torch), so commands that never embed never pay for it.
    """

    def __init__(self, name: str, find: Callable[[], Path]) -> None:
        """``find`` returns the model's folder when it is first needed, or raises a BylineError that says why not."""
        self.name = name
        self._find = find
        self._lock = threading.Lock()

    @cached_property
    def folder(self) -> Path:
        return self._find()

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the model's weights."""
        weights = self.folder / "model.safetensors"
        try:
            with weights.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise InputError(
                f"The embedder {self.folder} has no readable model.safetensors ({cause_of(error)}); "
                "fetch it with: byline models fetch"
            ) from error

    @cached_property
    def _has_unigrams(self) -> bool:
        return (self.folder / _UNIGRAMS).exists()

    @cached_property
    def _tokenizer(self) -> Any:
        # The tokenizer alone, straight from its file: counting tokens must not import torch.
        if self._has_unigrams:
            from sentencepiece import SentencePieceProcessor

            return SentencePieceProcessor(model_file=str(self.folder / _UNIGRAMS))
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _model(self) -> Any:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        if self._has_unigrams:
            from index.embedding.unigram_transformer import load

            return load(self.folder, self.folder / _UNIGRAMS)
        from index.embedding.quick_sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)

    @cached_property
    def window(self) -> int:
        """The model's own limit (256 tokens for all-MiniLM-L6-v2), its marks included, less the prompt's tokens."""
        return int(self._model.max_seq_length) - self._prompt_tokens

    def count_tokens(self, text: str) -> int:
        if self._has_unigrams:
            return len(self._tokenizer.encode(text))
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def embed(self, texts: Sequence[str], are_questions: bool = False) -> FloatArray:
        """See Embedder; many texts take turns with other heavy work, a few never wait."""
        import numpy as np

        # A tokenizer takes no half of a character, which JSON may hold.
        texts = [_HALVES.sub("\ufffd", text) for text in texts]
        if not texts:
            return np.empty((0, self._dimensions), dtype=np.float32)
        cores = len(os.sched_getaffinity(0))
        if len(texts) <= _FEW:
            try:
                with machine_turn().acquire(blocking=False):
                    return self._encode(texts, cores, are_questions)
            except Timeout:
                return self._encode(texts, 1, are_questions)
        parts = []
        for first in range(0, len(texts), _BATCH):
            if first:
                time.sleep(GAP_SECONDS)
            with machine_turn():
                parts.append(self._encode(texts[first : first + _BATCH], cores, are_questions))
        return np.concatenate(parts)

    @cached_property
    def _prompt_tokens(self) -> int:
        return max((self.count_tokens(prompt) for prompt in self._model.prompts.values() if prompt), default=0)

    def embed_wholes(self, wholes: Sequence[Whole]) -> list[FloatArray]:
        """See Embedder; each text goes through the model once, and a part's vector is the mean over its tokens.

        This is called late chunking (Günther et al., "Late Chunking", 2024). Those of a model that does not take the
        mean over tokens are embedded apart. Batches of alike lengths go to a core each: no batch waits for the others'
        parts of a sum. Many, and any after them, are computed less exactly, where that is quicker: see
        index/embedding/token_states.py.
        """
        if not wholes:  # nothing is loaded for it
            return []
        if not self._takes_means:
            return self._embed_apart(wholes)
        from index.embedding.token_states import exact

        prompts = self._model.prompts
        wholes = [_after(prompts.get("document") or prompts.get("passage") or "", whole) for whole in wholes]
        encoded = self._tokenizer.encode_batch([whole.text for whole in wholes])
        tokens = [self._in_window(each.ids) for each in encoded]
        batches = _alike(tokens)
        rows: dict[int, FloatArray] = {}
        cores = len(os.sched_getaffinity(0))
        is_quick = len(wholes) >= _REPAY or "_quick_states" in self.__dict__
        states = self._quick_states if is_quick else exact(self._model[0])

        def work(batch: Sequence[int]) -> None:
            for number, of_tokens in zip(batch, states([tokens[each] for each in batch]), strict=True):
                rows[number] = means(of_tokens, encoded[number].offsets[: len(of_tokens)], wholes[number])

        with ThreadPoolExecutor(cores, "embedding") as pool:
            while batches:
                with machine_turn():
                    until = time.monotonic() + _TURN_SECONDS
                    while batches and time.monotonic() < until:
                        now, batches = batches[: 2 * cores], batches[2 * cores :]
                        list(pool.map(work, now))
                if batches:
                    time.sleep(GAP_SECONDS)
        return [rows[number] for number in range(len(wholes))]

    def _embed_apart(self, wholes: Sequence[Whole]) -> list[FloatArray]:
        import numpy as np

        texts = [text for whole in wholes for text in (whole.text, *_parts_alone(whole))]
        rows = iter(self.embed(texts))
        return [np.stack([next(rows) for _ in range(1 + len(whole.parts))]) for whole in wholes]

    @cached_property
    def _takes_means(self) -> bool:
        """Whether a text's vector is its tokens' mean state, and the tokenizer tells where each token stands."""
        if self._has_unigrams:
            return False
        pooling = [getattr(module, "pooling_mode", None) for module in self._model]
        return pooling[1:2] == ["mean"] and len(pooling) <= 3

    @cached_property
    def _quick_states(self) -> States:
        from index.embedding.sample_texts import SAMPLE_TEXTS
        from index.embedding.token_states import quick

        return quick(self._model[0], [self._in_window(each.ids) for each in self._tokenizer.encode_batch(SAMPLE_TEXTS)])

    def _in_window(self, tokens: list[int]) -> list[int]:
        """The tokens that the model takes in, its mark of the end last."""
        window = int(self._model.max_seq_length)
        return [*tokens[: window - 1], tokens[-1]] if len(tokens) > window else tokens

    @property
    def _dimensions(self) -> int:
        return int(self._model.get_embedding_dimension())

    def _encode(self, texts: Sequence[str], threads: int, are_questions: bool) -> FloatArray:
        import numpy as np
        import torch

        with self._lock:
            model = self._model
            torch.set_num_threads(threads)
            # The model's own prompts, where it was trained with any: "query: " and "passage: ".
            encode = model.encode_query if are_questions else model.encode_document
            vectors = encode(list(texts), batch_size=_AT_ONCE, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def means(states: FloatArray, offsets: Sequence[tuple[int, int]], whole: Whole) -> FloatArray:
    """The mean state of a text's tokens, then that of each part's tokens with the head's; rows of unit length.

    ``states`` has shape (tokens, dimensions); ``offsets`` are start and end of each token in the text, equal for the
    model's own marks. A part that lies beyond the last token gets the mean of all tokens.

    >>> import numpy as np
    >>> whole = Whole("Rain: It fell. Sun.", 6, ((6, 14), (15, 19)))
    >>> means(np.eye(3, dtype=np.float32), [(0, 6), (6, 14), (15, 19)], whole).round(1).astype(str).tolist()
    [['0.6', '0.6', '0.6'], ['0.7', '0.7', '0.0'], ['0.7', '0.0', '0.7']]
    """
    import numpy as np

    starts, ends = np.array(offsets).T
    is_text = ends > starts
    rows = [states.mean(axis=0)]
    for start, end in whole.parts:
        is_part = is_text & (starts < end) & (ends > start)
        rows.append(states[is_part | is_text & (ends <= whole.head)].mean(axis=0) if is_part.any() else rows[0])
    joined = np.stack(rows)
    return np.asarray(joined / np.linalg.norm(joined, axis=1, keepdims=True), dtype=np.float32)


def _alike(texts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The places of texts, longest first, in batches of as many tokens as are computed together.

    >>> _alike([[1] * 900, [1] * 200, [1] * 800])
    [[0], [2, 1]]
    """
    batches: list[list[int]] = []
    left = 0
    for place in sorted(range(len(texts)), key=lambda place: -len(texts[place])):
        left -= len(texts[place])
        if left < 0 or not batches:
            batches.append([])
            left = _TOKENS - len(texts[place])
        batches[-1].append(place)
    return batches


def _after(prompt: str, whole: Whole) -> Whole:
    """The text after a prompt, which then belongs to its head.

    >>> _after("passage: ", Whole("Rain: It fell.", 6, ((6, 14),)))
    Whole(text='passage: Rain: It fell.', head=15, parts=((15, 23),))
    """
    more = len(prompt)
    parts = tuple((start + more, end + more) for start, end in whole.parts)
    return Whole(prompt + whole.text, whole.head + more, parts)


def _parts_alone(whole: Whole) -> list[str]:
    """Makes a text of each part of a whole: the head of the whole, followed by the part."""
    return [whole.text[: whole.head] + whole.text[start:end] for start, end in whole.parts]
