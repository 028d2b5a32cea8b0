"""How each family of models marks who speaks; fixed here, because a file's own template is not to be executed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Turns:
    """What stands before and between what the system, the reader and the model say."""

    before_system: str
    before_user: str
    before_answer: str


CHATML = Turns("<|im_start|>system\n", "<|im_end|>\n<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n")
LLAMA_3 = Turns(
    "<|start_header_id|>system<|end_header_id|>\n\n",
    "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n",
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
)
GEMMA = Turns("<start_of_turn>user\n", "\n\n", "<end_of_turn>\n<start_of_turn>model\n")
"""Knows no system: what is told to it stands before the question."""
GRANITE = Turns(
    "<|start_of_role|>system<|end_of_role|>",
    "<|end_of_text|>\n<|start_of_role|>user<|end_of_role|>",
    "<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>",
)
PHI = Turns("<|system|>", "<|end|><|user|>", "<|end|><|assistant|>")
"""Marks of Phi-4-mini, which writes no line breaks after them; Phi-3 does, but reads them as part of its marks."""
PLAIN = Turns("", "\n\n", "\n\nAnswer: ")

_FAMILIES = (
    ("<|im_start|>", CHATML),
    ("<|start_header_id|>", LLAMA_3),
    ("<start_of_turn>", GEMMA),
    ("<|start_of_role|>", GRANITE),
    ("<|assistant|>", PHI),
)
"""By a mark that is one token in the family's vocabulary."""

_EMPTY_THOUGHT = re.compile(r"<think>(?:\\n)+</think>(?:\\n)*")
"""As templates write it, with line breaks escaped, where the model is told not to think."""


def turns_of(is_mark: Callable[[str], bool], template: str | None) -> Turns:
    r"""The family whose marks the vocabulary knows; an empty thought is put where the model would think.

    ``template`` is the file's own, from which nothing is taken but how an empty thought is written.

    >>> turns_of(lambda mark: mark == "<|im_start|>", r"... enable_thinking ... '<think>\n\n</think>\n'").before_answer
    '<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n'
    """
    known = next((turns for mark, turns in _FAMILIES if is_mark(mark)), PLAIN)
    thought = _EMPTY_THOUGHT.search(template or "")
    if thought is None or "enable_thinking" not in (template or ""):
        return known
    return replace(known, before_answer=known.before_answer + thought[0].replace("\\n", "\n"))
