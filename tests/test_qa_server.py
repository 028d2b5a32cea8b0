"""A language model behind a server: what it is sent, and what is told where it fails."""

from __future__ import annotations

import json
import math
import socket
import threading
import time
from pathlib import Path

import pytest
from fakes import library_of
from serving import Fault, Scene, served

from index.errors import BylineError, InputError
from qa.assistant import Assistant
from qa.llm.addresses import server_address
from qa.llm.halt import Halt
from qa.llm.protocol import Piece, Prompt, Reading
from qa.llm.server import ServerModel
from qa.prompts import SYSTEM

PROMPT = Prompt(SYSTEM, "Bridge closed\nThe repair costs two million crowns.\n\n", "Question: What does it cost?")
ARTICLES = {
    "bridge.txt": "Bridge closed\n\nThe bridge at Ostrey is closed. Its repair costs two million crowns.\n",
    "wolves.txt": "Wolves seen\n\nFour wolves were seen near Ostrey, and nine sheep were lost.\n",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.llm.remote.WAITS", (0.01, 0.01))


def model_at(address: str, key: str = "", seconds: float = 20.0) -> ServerModel:
    return ServerModel(server_address(address), key, seconds)


def written(model: ServerModel, most: int = 40) -> str:
    return "".join(step.text for step in model.answer(PROMPT, most, Halt()) if isinstance(step, Piece))


def test_what_is_sent_is_the_prompt_and_nothing_else_of_the_library(tmp_path: Path) -> None:
    scene = Scene("The repair costs two million crowns.")
    piers = " ".join(f"Pier {number} of the bridge stands." for number in range(1, 9))
    library = library_of(tmp_path, ARTICLES | {"piers.txt": f"Piers of the bridge\n\n{piers}\n"})
    with served(scene) as address:
        assistant = Assistant(library, lambda: model_at(address), "scribe")
        answer = assistant.answer("What does the repair of the bridge cost?")
        assistant.close()
    assert answer.answered
    assert answer.sentences[0].text == "The repair costs two million crowns."
    (sent,) = scene.sent
    system, user = sent["messages"]
    assert system == {"role": "system", "content": SYSTEM}
    assert "two million crowns" in user["content"]
    assert "wolves" not in json.dumps(sent).lower()
    assert set(sent) == {
        *("model", "messages", "max_tokens", "temperature", "stream"),
        *("logprobs", "chat_template_kwargs"),
    }
    assert scene.keys == [None]


def test_an_answer_is_the_same_wherever_it_is_written(tmp_path: Path) -> None:
    scene = Scene("Two million crowns.", probability=math.log(0.5))
    with served(scene) as address:
        reading, *pieces = list(model_at(address).answer(PROMPT, 40, Halt()))
    assert isinstance(reading, Reading)
    assert pieces == [Piece(f"{word} ", pytest.approx(0.5)) for word in ("Two", "million", "crowns.")]


def test_a_server_that_knows_fewer_wishes_is_asked_without_them_from_then_on() -> None:
    scene = Scene("Two million crowns.", strict=True)
    with served(scene) as address:
        model = model_at(address)
        assert written(model) == written(model) == "Two million crowns. "
    assert ["logprobs" in sent for sent in scene.sent] == [True, False, False]


def test_what_the_model_thinks_is_not_shown() -> None:
    with served(Scene("<think> Hm, two? </think> Two million.")) as address:
        assert written(model_at(address)).strip() == "Two million."


def test_the_only_model_is_found_and_the_key_is_sent() -> None:
    scene = Scene("Yes.")
    with served(scene) as address:
        model = model_at(address, "secret")
        assert model.name == "scribe"
        assert written(model) == "Yes. "
    assert scene.sent[0]["model"] == "scribe"
    assert scene.keys == ["Bearer secret"]


def test_of_several_models_one_is_to_be_named() -> None:
    with served(Scene(models=("one", "two"))) as address:
        assert model_at(f"{address}#two").name == "two"
        with pytest.raises(InputError) as raised:
            model_at(address)
    assert str(raised.value) == (
        f"The server at {address} has 2 models (one, two); name one of its models: {address}#NAME"
    )


def test_a_busy_server_is_asked_again() -> None:
    scene = Scene("Yes.", faults=[Fault(503, '{"error": {"message": "Loading model"}}'), Fault(429)])
    with served(scene) as address:
        assert written(model_at(f"{address}#scribe")) == "Yes. "
    assert len(scene.sent) == 3


PAGE = "<!DOCTYPE html><html><body>Welcome</body></html>"
FAULTS: dict[str, tuple[Scene, str]] = {
    "html": (
        Scene(faults=[Fault(200, PAGE, "text/html")]),
        "The server at {} answers with something other than the JSON of an OpenAI-compatible API; "
        "give the address up to the path of its API, usually /v1.",
    ),
    "html and no such page": (
        Scene(faults=[Fault(404, PAGE, "text/html")]),
        "The server at {} answers with something other than the JSON of an OpenAI-compatible API; "
        "give the address up to the path of its API, usually /v1.",
    ),
    "another address": (
        Scene(faults=[Fault(302, headers={"Location": "http://example.invalid/"})]),
        "The server at {} answers with something other than the JSON of an OpenAI-compatible API; "
        "give the address up to the path of its API, usually /v1.",
    ),
    "key": (
        Scene(faults=[Fault(401, '{"error": {"message": "Invalid API key"}}')]),
        "The server at {} refuses the key (401 Unauthorized: Invalid API key); put the right one into BYLINE_API_KEY.",
    ),
    "cut": (
        Scene("Two million crowns.", cut_after=1),
        "The server at {} broke off in the middle of an answer; ask again.",
    ),
    "slow": (
        Scene("Two million crowns.", pause=30),
        "The server at {} sent nothing for 1 seconds; ask again, or let it run a smaller model.",
    ),
    "context": (
        Scene(faults=2 * [Fault(400, '{"error": {"message": "the request exceeds the available context size (64)"}}')]),
        "The server at {} has no room for a prompt of about 54 tokens (the request exceeds the available context size "
        "(64)); start it with a larger context.",
    ),
    "context, told without a stream": (
        Scene(
            faults=2
            * [
                Fault(200, "", "text/event-stream"),
                Fault(400, '{"error": {"message": "This model has a maximum context length of 64 tokens."}}'),
            ]
        ),
        "The server at {} has no room for a prompt of about 54 tokens (This model has a maximum context length of 64 "
        "tokens.); start it with a larger context.",
    ),
    "model": (
        Scene(faults=[Fault(404, '{"error": "model not found"}')]),
        "The server at {} knows no model 'scribe' (model not found).",
    ),
    "busy": (
        Scene(faults=3 * [Fault(503, "Loading")]),
        "The server at {} is busy (503: Loading); ask again later.",
    ),
    "failing": (
        Scene(faults=2 * [Fault(500, '{"detail": "out of memory"}')]),
        "The server at {} failed (out of memory); its own log tells more.",
    ),
    "not json": (
        Scene(faults=[Fault(200, "data: {half", "text/event-stream")]),
        "The server at {} broke off in the middle of an answer; ask again.",
    ),
    **{
        f"events that are none {number}": (
            Scene(faults=[Fault(200, f"data: {data}\n\n", "text/event-stream")]),
            "The server at {} answers with something other than the JSON of an OpenAI-compatible API; "
            "give the address up to the path of its API, usually /v1.",
        )
        for number, data in enumerate(('{"choices": ["Yes."]}', '{"choices": 7}', '{"choices": {"a": 1}}', "[1]"))
    },
    "more than any answer": (
        Scene(faults=[Fault(200, "data: " + "x" * 17_000_000, "text/event-stream")]),
        "The server at {} answers with something other than the JSON of an OpenAI-compatible API; "
        "give the address up to the path of its API, usually /v1.",
    ),
    "error in the stream": (
        Scene(faults=[Fault(200, 'data: {"error": {"message": "out of memory"}}\n\n', "text/event-stream")]),
        "The server at {} failed (out of memory); its own log tells more.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_one_sentence(fault: str) -> None:
    scene, told = FAULTS[fault]
    with served(scene) as address:
        model = model_at(f"{address}#scribe", seconds=1.0)
        with pytest.raises(BylineError) as raised:
            written(model)
    assert str(raised.value) == told.format(address)


def test_odd_parts_of_an_event_are_passed_over() -> None:
    events = [
        {"choices": [{"delta": "Yes.", "logprobs": "none"}]},
        {"choices": [{"delta": {"content": ["Yes."]}}]},
        {"choices": [{"delta": {"content": "Two."}, "logprobs": {"content": [{"logprob": "high"}, 7]}}]},
        {"choices": [{"finish_reason": "stop"}]},
    ]
    said = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    with served(Scene(faults=[Fault(200, said, "text/event-stream")])) as address:
        assert written(model_at(f"{address}#scribe")) == "Two."


def test_a_server_that_writes_on_and_on_is_left_at_the_most_that_was_asked_for() -> None:
    event = 'data: {"choices": [{"delta": {"content": "on "}}]}\n\n'
    with served(Scene(faults=[Fault(200, event * 1000, "text/event-stream")])) as address:
        assert written(model_at(f"{address}#scribe"), most=3) == "on on on "


def test_a_server_that_thinks_on_and_on_is_left() -> None:
    with served(Scene("<think> " * 100, pause=0.1)) as address:
        model = model_at(f"{address}#scribe", seconds=0.3)
        with pytest.raises(BylineError) as raised:
            written(model, most=200)
    assert str(raised.value) == (
        f"The server at {address} came to no end in 3 seconds; ask again, or let it run a smaller model."
    )


def test_a_key_that_no_request_can_carry_is_told_without_it() -> None:
    with pytest.raises(InputError) as raised:
        model_at("http://127.0.0.1:9/v1#scribe", "sec\nret")
    assert str(raised.value) == "BYLINE_API_KEY holds a character that no key has; put the key into it anew."


def test_a_server_that_is_down_is_told_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(BylineError) as raised:
        written(model_at(f"http://127.0.0.1:{port}/v1#scribe"))
    assert str(raised.value) == (
        f"The server at http://127.0.0.1:{port}/v1 cannot be reached (All connection attempts failed); "
        "start it, then ask again."
    )


@pytest.mark.parametrize("when", [0.0, 0.5])
def test_an_answer_can_be_called_off_while_the_server_is_silent(when: float) -> None:
    stop = Halt()
    with served(Scene("Two million crowns.", pause=30)) as address:
        model = model_at(f"{address}#scribe")
        timer = threading.Timer(when, stop.set)
        timer.start()
        began = time.monotonic()
        steps = list(model.answer(PROMPT, 40, stop))
        assert time.monotonic() - began < 15
        timer.join()
    assert [step for step in steps if isinstance(step, Piece)] == []


def test_another_machine_is_refused_unless_allowed() -> None:
    with pytest.raises(InputError) as raised:
        server_address("https://models.example.org/v1#large")
    assert str(raised.value) == (
        "models.example.org is another machine, and every question would be sent to it with the passages chosen for "
        "it; allow that with --allow-remote, or give a server on 127.0.0.1."
    )
    assert server_address("https://models.example.org/v1#large", allow_remote=True).model == "large"


@pytest.mark.parametrize(
    "text", ["http://", "http://:80/v1", "http://[::1/v1", "http://127.0.0.1:x/v1", "http://a@b/v1"]
)
def test_a_malformed_address_is_told(text: str) -> None:
    with pytest.raises(InputError) as raised:
        server_address(text, allow_remote=True)
    assert str(raised.value) == f"{text} is no address of a server; give one such as http://127.0.0.1:8000/v1#NAME"


def test_on_this_machine_no_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with served(Scene("Yes.")) as address:
        assert written(model_at(address)) == "Yes. "
