"""The language model in this process: it reads each passage once, not for every question, and writes answers.

A model is not thread-safe; ``qa.llm.worker`` owns it.
"""

from __future__ import annotations

import codecs
import contextlib
import math
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import InputError
from qa.llm.attention import Watch
from qa.llm.engine import CONTEXT_TOKENS, Engine
from qa.llm.gpu import layers_on_gpu
from qa.llm.look import Look
from qa.llm.protocol import Piece, Prompt, Reading
from qa.llm.states import StateStore
from qa.llm.thinking import without_thoughts
from qa.llm.turns import turns_of

SMALL_BELOW = 1_000_000_000
"""Parameters of a model below which a key sentence is shown even where the passage has just said it.

On half of a development set this took the answers of a 0.5B model that held the right words from 60 to 70 in a hundred
(80 questions); with a 1.5B model it changed nothing (40 questions).
"""

TRIED = 3
"""Tokens guessed and read on trial while writing: quick kernels take four at once (Q4_0 and alike: ggml's
repack.cpp)."""
_GAINS_BELOW = 2.5
"""Writings that reading four tokens may take for that to gain. With 1.7 the writing of 95 answers of a 0.5B model would
have taken .62 of the time, with 3.0 all of it."""
_COMPARED = 8
"""Times that reading one and four tokens is timed. Round, not fitted."""
_FEWEST_REPEATED = 2
"""Last tokens that must have stood in the same row before, for what followed them there to be tried. Chosen by eye."""

_LEFT_FOR_ANSWER = 512
"""Tokens of the context that a prompt leaves for the answer. Round, not fitted."""
_LONGEST_PROMPT = CONTEXT_TOKENS - _LEFT_FOR_ANSWER
_LOOKS_AT = 1024
"""Tokens of a passage and the question after it that are looked at. A section and a long question have some 400. Of a
longer prompt the last ones are read for the state after it."""
_LONGEST_LOOK = 256
"""Tokens of the question: they are read in one computation. Round, not fitted."""
_TRIAL = "Two bridges were closed on Tuesday, and the town council met."
_TRIAL_READ = 8
"""Tokens read before a copy of the state is tried out. Round, not fitted."""
_UNDERSTOOD = 5 / 7
"""Share of the layers after which a state is taken: what was understood stands there, the last layers turn it
into the next word. After 12, 16, 20, 24 and all of 28 layers a probe as of ``tests/bench/fit_in_mind.py`` told which
sections of four libraries answer with an AUROC of .63, .79, .82, .77 and .73."""
_SAME = 1e-3
"""Two rows of logits are the same that differ by less than this share of what they spread over. Chosen by eye."""


class LlamaCpp:
    """A GGUF file, loaded; greedy decoding.

    The keys and values of a passage, read after the system text, are kept and fetched for the next question about it,
    of which only the question is read. Nothing about the answer differs: the passage stands where it was read.
    (Several passages read apart and joined, their positions shifted, were tried too: the answers of 0.5B and 1.5B
    models got worse than with one passage and the best sentences of the others.)
    """

    def __init__(
        self,
        path: Path,
        states: StateStore,
        threads: int | None = None,
        budget: int | None = None,
        tried: int = 0,
        gpu_layers: int | None = None,
    ) -> None:
        """Loads the file; ``states`` keeps the states of passages, ``budget`` is how many tokens can be read in time.

        ``tried`` is the tokens read on trial while writing, TRIED at the most; ``gpu_layers`` are computed on a
        GPU, by default all where there is one.

        Raises InputError: the file is missing, truncated or no GGUF, or there is too little memory for it.
        """
        self.name = path.stem
        self.engine = Engine(path, threads, layers_on_gpu(gpu_layers))
        self.is_small = self.engine.parameters < SMALL_BELOW
        self._states = states
        self._budget = budget
        self._turns = turns_of(self._is_mark, self.engine.metadata("tokenizer.chat_template"))
        self.goes_back = self._goes_back()
        """Whether the model can go on from where it was before: else every prompt is read whole, and none ahead."""
        self._tried = tried if self.goes_back else 0
        self._watch = Watch(round(self.engine.layers * _UNDERSTOOD))
        self._watched: Engine | None = None
        """Reads what is looked at: asked of each of its computations, a model writes more slowly."""
        self._path = path

    def close(self) -> None:
        """Gives the memory back; the model is not to be used afterwards."""
        if self._watched is not None:
            self._watched.close()
        self.engine.close()

    def count(self, prompt: Prompt) -> int:
        """See LanguageModel."""
        passage, question = self._prompt_tokens(prompt)
        return len(passage) + len(question)

    def answer(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Reading | Piece]:
        """See LanguageModel."""
        yield self.read(replace(prompt, begins=""), stop)
        if not stop.is_set() and prompt.begins:
            self.engine.decode(self.engine.tokens(prompt.begins, special=False), stop)
            yield Piece(prompt.begins, None)
        if not stop.is_set():
            yield from without_thoughts(self.write(most_tokens, stop))

    def leaning(self, prompt: Prompt, to: Sequence[str], against: Sequence[str], stop: threading.Event) -> float:
        """See Leans."""
        self.read(prompt, stop)
        if stop.is_set():
            return 0.0
        logits = self.engine.logits().astype(np.float64)
        for_it, other = ([self.engine.tokens(w, special=False)[0] for w in words] for words in (to, against))
        return float(np.logaddexp.reduce(logits[for_it]) - np.logaddexp.reduce(logits[other]))

    def state(self, prompt: Prompt, stop: threading.Event) -> NDArray[np.float32]:
        """See Leans."""
        passage, question = self._prompt_tokens(prompt)
        question = question[-_LOOKS_AT:]
        passage = passage[max(len(passage) + len(question) - _LOOKS_AT, 0) :]
        watched = self._looking()
        known = _shared(passage, watched.read)
        if known < len(passage) and (kept := self._states.get(self.engine.key(passage))) is not None:
            known = len(passage) if watched.restore(kept, passage) else 0
        watched.cut(known)
        # The question is read apart, always in the same computations: else the state differs a little.
        for part in (passage[known:], question):
            state = self._watch.state(watched, part, stop)
        return np.zeros(watched.dimensions, dtype=np.float32) if state is None else state

    def look(self, prompt: Prompt, pieces: Sequence[int], stop: threading.Event) -> Look | None:
        """See Looks."""
        passage, question = self._prompt_tokens(prompt)
        asks = len(self.engine.tokens(prompt.question, special=False))
        if len(question) > _LONGEST_LOOK or len(passage) + len(question) > _LOOKS_AT:
            return None
        watched = self._looking()
        state = self._states.get(self.engine.key(passage))
        if state is None:
            self._fetch(passage)
            if not self._read_passage(passage, stop):
                return None
            state = self.engine.state()
        if watched.read != passage and not watched.restore(state, passage):
            return None
        begins = len(passage) - len(self.engine.tokens(prompt.passage, special=False))
        lengths = [len(self.engine.spelled(token)) for token in passage[begins:]]
        starts = [begins + start for start in _tokens_at(pieces, prompt.passage, lengths)]
        return self._watch.look(watched, starts, question, asks)

    def _looking(self) -> Engine:
        """The engine that tells where it looks and what it has in mind; made when it is first needed."""
        if self._watched is None:
            see = self._watch.see
            self._watched = Engine(self._path, window=_LOOKS_AT, at_once=_LONGEST_LOOK, watch=see, beside=self.engine)
        return self._watched

    def state_bytes(self, system: str, passage: str) -> int:
        """Bytes on the disk of a passage's state."""
        return self.engine.bytes_a_token * len(self._passage_tokens(system, passage))

    def knows(self, system: str, passage: str) -> bool:
        """Whether the passage's state is kept."""
        return self.engine.key(self._passage_tokens(system, passage)) in self._states

    def affords(self, prompt: Prompt, patience: float = 1.0) -> bool:
        """See ReadsAhead."""
        passage, question = self._prompt_tokens(prompt)
        if len(passage) + len(question) > _LONGEST_PROMPT:
            return False
        unread = len(passage) - (_shared(passage, self.engine.read) if self.goes_back else 0)
        if unread == 0 or self.engine.key(passage) in self._states:
            return True
        budget = math.inf if self._budget is None else self._budget
        return patience > 0 and unread + len(question) <= patience * budget

    def keep(self, system: str, passage: str, stop: threading.Event) -> bool:
        """See ReadsAhead."""
        if not self.goes_back or self.knows(system, passage):
            return False
        tokens = self._passage_tokens(system, passage)
        self._fetch(tokens)
        self._read_passage(tokens, stop)
        return True

    @property
    def has_room(self) -> bool:
        """See ReadsAhead."""
        return self.goes_back and not self._states.is_full

    def read(self, prompt: Prompt, stop: threading.Event) -> Reading:
        """Reads a prompt; a passage known from before is not read again.

        Raises InputError: the prompt leaves no room for an answer.
        """
        passage, question = self._prompt_tokens(prompt)
        tokens = len(passage) + len(question)
        if tokens > _LONGEST_PROMPT:
            raise InputError(f"The prompt has {tokens:,} tokens, more than the model can read; ask a shorter question.")
        unread = self._fetch(passage)
        if self._read_passage(passage, stop):
            self.engine.decode(question, stop)
        return Reading(tokens, unread + len(question), warm=unread == 0)

    def write(self, most_tokens: int, stop: threading.Event) -> Iterator[Piece]:
        """Writes after what was read, until the answer ends, it is stopped, or ``most_tokens`` are written.

        An answer repeats what was read, so that what followed there is read along on trial. Of these tokens those are
        kept that the model chooses itself (Yang et al., Inference with Reference, https://arxiv.org/abs/2304.04487).
        """
        engine = self.engine
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        tried: list[int] = []
        for _ in range(most_tokens):
            if stop.is_set():
                return
            logits = engine.logits(before_last=len(tried))
            token = int(logits.argmax())
            if engine.ends(token):
                return
            yield Piece(decoder.decode(engine.spelled(token)), float(1 / np.exp(logits - logits[token]).sum()))
            if tried and tried[0] == token:
                engine.read.append(tried.pop(0))
                continue
            if len(engine.read) + self._tried >= CONTEXT_TOKENS:
                return
            engine.cut(len(engine.read))
            tried = list(_followed([*engine.read, token])[: self._tried])
            if not engine.decode([token, *tried], stop, rows=1 + len(tried)):
                return
            del engine.read[len(engine.read) - len(tried) :]

    @contextlib.contextmanager
    def one_by_one(self) -> Iterator[None]:
        """In this context an answer is written token by token: none are guessed ahead and read on trial."""
        tried, self._tried = self._tried, 0
        try:
            yield
        finally:
            self._tried = tried

    def gains_by_trying(self, prompt: Prompt) -> bool:
        """Whether reading some tokens on trial while writing is quicker here than writing one by one."""
        never = threading.Event()
        if not self.goes_back:
            return False
        self.read(prompt, never)
        taken: dict[int, list[float]] = {1: [], 1 + TRIED: []}
        for _ in range(_COMPARED):
            for count, seconds in taken.items():
                began = time.perf_counter()
                self.engine.decode(self.engine.read[:count], never, rows=count)
                seconds.append(time.perf_counter() - began)
        return min(taken[1 + TRIED]) < _GAINS_BELOW * min(taken[1])

    def _goes_back(self) -> bool:
        """Whether the model gives the same logits after going back, and after a state is restored, as at first.

        A model whose memory is recurrent forgets nothing of what it read; one whose memory slides may have lost it.
        """
        engine, never = self.engine, threading.Event()
        tokens = engine.tokens(_TRIAL, special=False, beginning=True)
        before, after = tokens[:_TRIAL_READ], tokens[_TRIAL_READ:]
        engine.decode(before, never)
        state = engine.state()

        def read_on() -> NDArray[np.float32]:
            engine.decode(after, never)
            return engine.logits().copy()

        first = read_on()
        same = _SAME * float(np.ptp(first))
        engine.cut(len(before))
        goes_back = engine.read == before and np.allclose(read_on(), first, rtol=0, atol=same)
        engine.clear()
        restored = goes_back and engine.restore(state, before) and np.allclose(read_on(), first, rtol=0, atol=same)
        engine.clear()
        return bool(restored)

    def _is_mark(self, text: str) -> bool:
        return len(self.engine.tokens(text, special=True)) == 1

    def _prompt_tokens(self, prompt: Prompt) -> tuple[list[int], list[int]]:
        """The tokens of a prompt up to the end of its passage, and the tokens after that."""
        # Only the marks of who speaks are read as marks: "<|im_end|>" in an article stays text.
        question = self.engine.tokens(prompt.question, special=False)
        question += self.engine.tokens(self._turns.before_answer, special=True)
        question += self.engine.tokens(prompt.begins, special=False)
        return self._passage_tokens(prompt.system, prompt.passage), question

    def _passage_tokens(self, system: str, passage: str) -> list[int]:
        tokens = self.engine.tokens(self._turns.before_system, special=True, beginning=True)
        tokens += self.engine.tokens(system, special=False)
        tokens += self.engine.tokens(self._turns.before_user, special=True)
        return tokens + self.engine.tokens(passage, special=False)

    def _fetch(self, tokens: list[int]) -> int:
        """Leaves nothing read but these tokens or as many of their first as are known; how many are not."""
        known = _shared(tokens, self.engine.read)
        if known == len(tokens):
            self._states.touch(self.engine.key(tokens))
        elif (state := self._states.get(self.engine.key(tokens))) is not None:
            known = len(tokens) if self.engine.restore(state, tokens) else 0
        self.engine.cut(known)
        return len(tokens) - len(self.engine.read)

    def _read_passage(self, tokens: list[int], stop: threading.Event) -> bool:
        """Reads what is not yet read of these tokens and keeps the state; False when it was stopped."""
        read = self.engine.read
        if len(read) == len(tokens):
            return True
        if not self.engine.decode(tokens[len(read) :], stop):
            return False
        if self.goes_back:
            self._states.put(self.engine.key(tokens), self.engine.state())
        return True


def _followed(tokens: Sequence[int]) -> Sequence[int]:
    """All tokens after the latest earlier place where the last few tokens stand; none where they stand nowhere before.

    >>> _followed([5, 6, 7, 8, 9, 6, 7])
    [8, 9, 6, 7]
    """
    last = tokens[-_FEWEST_REPEATED:]
    for after in range(len(tokens) - 1, _FEWEST_REPEATED - 1, -1):
        if tokens[after - _FEWEST_REPEATED : after] == last:
            return tokens[after:]
    return []


def _tokens_at(characters: Sequence[int], text: str, lengths: Sequence[int]) -> list[int]:
    """The tokens of a text that these characters stand in, given the bytes of each token.

    >>> _tokens_at([0, 4], "Né. Two.", [3, 1, 4, 1])
    [0, 2]
    """
    ends = np.cumsum(lengths)
    places = [len(text[:character].encode()) for character in characters]
    return [min(int(np.searchsorted(ends, place, side="right")), len(lengths) - 1) for place in places]


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two sequences begin with in common."""
    length = min(len(one), len(other))
    return next((i for i in range(length) if one[i] != other[i]), length)
