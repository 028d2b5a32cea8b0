"""Families of models: how each marks who speaks, and whether what it read can be kept."""

from __future__ import annotations

import ctypes
from pathlib import Path

import llama_cpp
import pytest
from tiny import WINDOW, Vocabulary, tiny_model, vocabulary_of

from index.errors import InputError
from index.models.local import find_model
from qa.llm.halt import Halt
from qa.llm.llama import TRIED, LlamaCpp
from qa.llm.protocol import Piece, Prompt, Reading
from qa.llm.states import StateStore
from qa.llm.thinking import without_thoughts
from qa.llm.turns import CHATML, GEMMA, GRANITE, LLAMA_3, PHI, PLAIN, Turns, turns_of

NEVER = Halt()
PASSAGE = "The bridge at Ostrey is closed. Its repair costs two million crowns. " * 6
FIRST, SECOND = (Prompt("Answer.", PASSAGE, question) for question in ("Which bridge?", "What does it cost?"))

QWEN3 = r"{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\n\n</think>\n\n' }}{%- endif %}"
SMOLLM3 = r"""{% if enable_thinking %}{% else %}{{ "<|im_start|>assistant\n" + "<think>\n\n</think>\n" }}{% endif %}"""


def built_in(template: str, system: str, user: str) -> str:
    """A conversation as llama.cpp itself writes it."""
    messages = (llama_cpp.llama_chat_message * 2)()
    for message, (role, content) in zip(messages, (("system", system), ("user", user)), strict=True):
        message.role, message.content = role.encode(), content.encode()
    buffer = ctypes.create_string_buffer(4096)
    written = llama_cpp.llama_chat_apply_template(template.encode(), messages, 2, True, buffer, 4096)
    assert written > 0
    return buffer.raw[:written].decode()


@pytest.mark.parametrize(
    ("turns", "template"), [(CHATML, "chatml"), (LLAMA_3, "llama3"), (GEMMA, "gemma"), (GRANITE, "granite")]
)
def test_turns_are_marked_as_llama_cpp_marks_them(turns: Turns, template: str) -> None:
    ours = f"{turns.before_system}Be brief.{turns.before_user}Which bridge?{turns.before_answer}"
    assert ours == built_in(template, "Be brief.", "Which bridge?")


def test_phi_4_mini_has_the_marks_of_phi_3_without_their_line_breaks() -> None:
    ours = f"{PHI.before_system}Be brief.{PHI.before_user}Which bridge?{PHI.before_answer}"
    assert ours == built_in("phi3", "Be brief.", "Which bridge?").replace("\n", "")


@pytest.mark.parametrize(
    ("marks", "turns"),
    [
        ({"<|im_start|>", "<|im_end|>"}, CHATML),
        ({"<|start_header_id|>", "<|eot_id|>"}, LLAMA_3),
        ({"<start_of_turn>", "<end_of_turn>"}, GEMMA),
        ({"<|start_of_role|>", "<|end_of_role|>", "<|end_of_text|>"}, GRANITE),
        ({"<|system|>", "<|user|>", "<|assistant|>", "<|end|>"}, PHI),
        (set(), PLAIN),
    ],
)
def test_a_family_is_known_by_its_marks(marks: set[str], turns: Turns) -> None:
    assert turns_of(marks.__contains__, None) == turns


def test_a_model_that_would_think_is_given_an_empty_thought_as_its_own_template_writes_it() -> None:
    def is_mark(text: str) -> bool:
        return text == "<|im_start|>"

    assert turns_of(is_mark, QWEN3).before_answer == CHATML.before_answer + "<think>\n\n</think>\n\n"
    assert turns_of(is_mark, SMOLLM3).before_answer == CHATML.before_answer + "<think>\n\n</think>\n"
    assert turns_of(is_mark, "{{ '<think>' }}") == CHATML
    assert turns_of(is_mark, "{{ messages }}") == CHATML


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (["Two ", "million."], "Two million."),
        (["<think>", "Hm.", "</think>", "Two."], "Two."),
        (["<", "think", ">Hm.</", "think>Two."], "Two."),
        (["A <think>b</think>c"], "A c"),
        (["<think>without end"], ""),
        (["1 <", " 2"], "1 < 2"),
        (["ends in <th"], "ends in <th"),
    ],
)
def test_thoughts_are_not_shown(pieces: list[str], shown: str) -> None:
    assert "".join(piece.text for piece in without_thoughts(Piece(text, 0.9) for text in pieces)) == shown


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return vocabulary_of(find_model("0.5b", "llm"))


def opened(path: Path, folder: Path) -> LlamaCpp:
    return LlamaCpp(path, StateStore(folder), threads=1, tried=TRIED)


def steps(model: LlamaCpp, prompt: Prompt) -> tuple[Reading, list[Piece]]:
    """What reading took, and what is written, one by one: random weights repeat nothing that could be tried."""
    reading, *pieces = list(model.answer(prompt, 12, NEVER))
    assert isinstance(reading, Reading)
    return reading, [piece for piece in pieces if isinstance(piece, Piece)]


@pytest.mark.models
@pytest.mark.parametrize("architecture", ["llama", "qwen3", "gemma3", "lfm2", "qwen35"])
def test_what_is_kept_of_a_passage_changes_no_answer_whatever_the_architecture(
    tmp_path: Path, vocabulary: Vocabulary, architecture: str
) -> None:
    path = tiny_model(tmp_path / "tiny.gguf", architecture, vocabulary)
    plain = opened(path, tmp_path / "one")
    plain.goes_back = False
    expected = []
    for prompt in (FIRST, SECOND, FIRST):
        plain.engine.clear()
        reading, pieces = steps(plain, prompt)
        assert not reading.warm
        expected.append(pieces)
    plain.close()

    model = opened(path, tmp_path / "two")
    assert model.goes_back == (architecture not in ("lfm2", "qwen35"))
    assert len(model.engine.tokens(PASSAGE, special=False)) > 8 * WINDOW
    assert model.keep(FIRST.system, FIRST.passage, NEVER) == model.goes_back
    for prompt, before in zip((FIRST, SECOND, FIRST), expected, strict=True):
        reading, pieces = steps(model, prompt)
        assert reading.warm == model.goes_back
        assert [piece.text for piece in pieces] == [piece.text for piece in before]
        assert [p.probability for p in pieces] == pytest.approx([p.probability for p in before], rel=0.02)
    model.close()


@pytest.mark.models
def test_an_empty_thought_is_read_and_no_thought_shown(tmp_path: Path, vocabulary: Vocabulary) -> None:
    paths = [
        tiny_model(tmp_path / f"{name}.gguf", "qwen3", vocabulary, template)
        for name, template in (("plain", "{{ messages }}"), ("thinks", QWEN3))
    ]
    plain, thinks = (opened(path, tmp_path / path.stem) for path in paths)
    assert thinks.count(FIRST) - plain.count(FIRST) == len(
        thinks.engine.tokens("<think>\n\n</think>\n\n", special=True)
    )
    plain.close()
    thinks.close()


@pytest.mark.models
def test_an_unknown_architecture_is_one_sentence(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tiny_model(tmp_path / "tiny.gguf", "gpt-unheard-of", vocabulary)
    with pytest.raises(InputError) as raised:
        opened(path, tmp_path / "states")
    assert str(raised.value) == (
        f"The model {path} is of an architecture that this version of llama.cpp does not know (gpt-unheard-of); "
        "choose another model."
    )
