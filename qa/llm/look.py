"""Where a language model looked while it read a question after a text, as probes weigh it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LEAST = 1e-3
"""Added to a share of the attention before its logarithm is taken: less is as good as none. Round, not fitted."""


@dataclass(frozen=True)
class Look:
    """Where a model looked while it read a question after a text, and what it then had in mind.

    Of the attention that each head of each layer gives, which sums to 1.
    """

    to_pieces: NDArray[np.float32]
    """To the text's pieces, shape (layers, heads, 2, pieces): from the question, from its end."""
    to_question: NDArray[np.float32]
    """To the question itself, shape (layers, heads)."""
    to_first: NDArray[np.float32]
    """To the first token, where heads look that found nothing, shape (layers, heads)."""
    state: NDArray[np.float32]
    """After the question, shape (dimensions,)."""

    @property
    def shares(self) -> NDArray[np.float32]:
        """The logarithm of each piece's share of the attention to all, shape (pieces, layers * heads * 2)."""
        every = self.to_pieces
        shares = np.log(every / (every.sum(-1, keepdims=True) + 1e-5) + _LEAST)
        return np.asarray(shares.reshape(-1, every.shape[-1]).T, dtype=np.float32)

    @property
    def of_text(self) -> NDArray[np.float32]:
        """What tells of the whole text: the logarithm of the attention given to the piece given most, to the question
        and to the first token, and the state after the question, its mean square made 1."""
        given = (self.to_question, self.to_first, self.to_pieces.max(-1))
        logarithms = [np.log(each + _LEAST).ravel() for each in given]
        state = self.state / np.sqrt((self.state**2).mean() + 1e-6)
        return np.concatenate([*logarithms, state]).astype(np.float32)
