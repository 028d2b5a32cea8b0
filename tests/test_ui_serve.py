"""Byline as a server for programs: what it answers, whom it lets in, and what it makes of malformed requests."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
import schemathesis
from fakes import Typist, WordEmbedder, library_of
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection
from starlette.testclient import TestClient

from index.errors import FailedError, InputError
from index.library import Library
from qa.assistant import Assistant
from qa.prompts import REFUSAL
from ui.serve.app import LARGEST_REQUEST, application
from ui.serve.functions import Functions
from ui.serve.readers import MOST_WAITING, Keys, Readers, TooManyError, keys_in
from ui.serve.running import serve_programs

KEY = "a key of more than twenty letters"
ARTICLES = {
    "bridge.txt": "Bridge closed\n\nThe bridge at Ostrey is closed. Its repair costs two million crowns.\n",
    "wolves.txt": "Wolves seen\n\nFour wolves were seen near Ostrey, and nine sheep were lost.\n",
}
QUESTION = "What does the repair of the bridge cost?"
PROOF = "Its repair costs two million crowns."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("served"), ARTICLES)


@pytest.fixture(scope="module")
def assistant(library: Library) -> Iterator[Assistant]:
    assistant = Assistant(library, lambda: Typist(PROOF), "typist", reads_ahead=False)
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def open_to_all(library: Library, assistant: Assistant) -> TestClient:
    return TestClient(application(library, assistant, Keys(), "127.0.0.1"), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def locked(library: Library, assistant: Assistant) -> FastAPI:
    return application(library, assistant, Keys([KEY]), "127.0.0.1")


def test_a_question_is_answered_as_byline_ask_prints_it(open_to_all: TestClient) -> None:
    answer = open_to_all.post("/ask", json={"question": QUESTION}).json()
    assert (answer["answered"], answer["text"]) == (True, PROOF)
    assert answer["citations"][0]["quote"] == PROOF
    assert answer["citations"][0]["article"] == "bridge"


def test_a_follow_up_is_understood(open_to_all: TestClient) -> None:
    history = [{"question": QUESTION, "answer": PROOF}]
    answer = open_to_all.post("/ask", json={"question": "And what is closed?", "history": history}).json()
    assert answer["question"] == "And what is closed?"
    assert "bridge" in answer["standalone"]


def test_passages_quotations_and_articles_are_found(open_to_all: TestClient) -> None:
    hits = open_to_all.post("/search", json={"question": "wolves", "k": 1}).json()
    assert [hit["article"] for hit in hits] == ["wolves"]
    article = open_to_all.get("/articles/wolves").json()
    assert article["text"][hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]
    assert (article["corrects"], article["corrected_by"]) == ([], [])
    assert open_to_all.post("/quote", json={"text": "nine sheep were lost"}).json()["verdict"] == "exact"
    assert open_to_all.post("/quote", json={"text": "…"}).json() == {"verdict": "absent", "matches": []}
    absent = open_to_all.get("/articles/lions")
    told = "searching tells the ids of those there are."
    assert absent.json()["error"]["message"].endswith(f" in the library; {told}"), "no command of this machine"
    assert (absent.status_code, absent.json()["error"]["code"]) == (404, 404)


def test_articles_are_listed_some_at_a_time(open_to_all: TestClient) -> None:
    every = open_to_all.get("/articles").json()
    assert ([each["id"] for each in every["articles"]], every["fitting"]) == (["bridge", "wolves"], 2)
    some = open_to_all.get("/articles", params={"limit": 1, "skip": 1}).json()
    assert ([each["id"] for each in some["articles"]], some["fitting"]) == (["wolves"], 2)
    found = open_to_all.get("/articles", params={"words": "WOLVES seen"}).json()
    assert ([each["title"] for each in found["articles"]], found["fitting"]) == (["Wolves seen"], 1)


def test_a_question_without_words_is_refused_like_any_other_that_finds_nothing(open_to_all: TestClient) -> None:
    answer = open_to_all.post("/ask", json={"question": ":"})
    assert (answer.status_code, answer.json()["answered"]) == (200, False)


def test_a_chat_completion_bears_its_citations_as_annotations(open_to_all: TestClient) -> None:
    messages = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
    ]
    done = open_to_all.post(
        "/v1/chat/completions", json={"model": "gpt", "messages": messages, "temperature": 1}
    ).json()
    message = done["choices"][0]["message"]
    assert message["content"] == f"{PROOF} [1]"
    (annotation,) = message["annotations"]
    cited = annotation["url_citation"]
    assert message["content"][cited["start_index"] : cited["end_index"]] == f"{PROOF} [1]"
    assert cited["title"] == "Bridge closed"
    assert cited["url"].startswith("byline:bridge#")
    assert annotation["byline"]["quote"] == PROOF
    assert done["usage"]["total_tokens"] > 0


def test_a_conversation_without_a_question_is_told(open_to_all: TestClient) -> None:
    messages = [{"role": "assistant", "content": "Good morning."}]
    answer = open_to_all.post("/v1/chat/completions", json={"messages": messages})
    assert (answer.status_code, answer.json()["error"]["message"]) == (
        400,
        "The conversation holds no question; give a message of the user.",
    )


def test_a_refusal_is_a_completion_without_annotations(open_to_all: TestClient) -> None:
    messages = [{"role": "user", "content": "Who won the chess championship of Patagonia?"}]
    message = open_to_all.post("/v1/chat/completions", json={"messages": messages}).json()["choices"][0]["message"]
    assert (message["content"], message["annotations"]) == (REFUSAL, [])


def test_a_stream_gives_the_checked_sentences(open_to_all: TestClient) -> None:
    body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    with open_to_all.stream("POST", "/v1/chat/completions", json=body) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = list(answer.iter_lines())
    events = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: {")]
    deltas = [event["choices"][0]["delta"] for event in events]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas) == f"{PROOF} [1]"
    assert [a["byline"]["number"] for delta in deltas for a in delta.get("annotations", ())] == [1]
    assert events[-1]["choices"][0]["finish_reason"] == "stop"
    assert lines[-2:] == ["data: [DONE]", ""] or lines[-1] == "data: [DONE]"


def test_what_fails_within_a_stream_is_told_in_it(library: Library) -> None:
    def load() -> Typist:
        raise FailedError("The model went away; ask again.")

    failing = Assistant(library, load, "none", reads_ahead=False)
    client = TestClient(application(library, failing, Keys(), "127.0.0.1"), base_url="http://127.0.0.1")
    body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    text = client.post("/v1/chat/completions", json=body).text
    assert '"message": "The model went away; ask again."' in text
    whole = client.post("/ask", json={"question": QUESTION})
    assert (whole.status_code, whole.json()["error"]["message"]) == (503, "The model went away; ask again.")
    failing.close()


def test_only_who_gives_a_key_is_let_in(locked: FastAPI) -> None:
    client = TestClient(locked, base_url="http://127.0.0.1")
    assert client.get("/v1/models").status_code == 401
    assert client.get("/v1/models", headers={"Authorization": f"Bearer {KEY}x"}).status_code == 401
    assert client.get("/v1/models", headers={"Authorization": f"Bearer {KEY}"}).json()["data"][0]["id"] == "byline"
    assert client.get("/").status_code == 200  # says what there is, and nothing of the library


def test_other_sites_are_refused_and_too_large_a_request(open_to_all: TestClient) -> None:
    assert open_to_all.post("/ask", json={"question": "x"}, headers={"Origin": "http://evil.test"}).status_code == 403
    assert open_to_all.post("/ask", json={"question": "x"}, headers={"Host": "evil.test"}).status_code == 403
    assert open_to_all.post("/ask", content=b" " * (LARGEST_REQUEST + 1)).status_code == 413


@pytest.mark.parametrize("path", ["/ask", "/search", "/v1/chat/completions"])
def test_too_large_a_request_that_does_not_say_so_is_refused_as_well(open_to_all: TestClient, path: str) -> None:
    answer = open_to_all.post(path, content=iter([b" " * LARGEST_REQUEST, b" "]))
    assert (answer.status_code, answer.text) == (413, "More than 4,194,304 bytes at once are too much.")


def test_a_request_that_is_no_text_is_told(open_to_all: TestClient) -> None:
    answer = open_to_all.post("/ask", content=b'{"question": "\xfc"}', headers={"Content-Type": "application/json"})
    told = "The request is not text in UTF-8; send it as one object of JSON."
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, told)


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/x-www-form-urlencoded"}])
def test_a_request_that_does_not_say_that_it_is_json_is_told_to(
    open_to_all: TestClient, headers: dict[str, str]
) -> None:
    answer = open_to_all.post("/ask", content=b'{"question": "Who?"}', headers=headers)
    told = "The request does not say that it is JSON; send it with the header Content-Type: application/json."
    assert (answer.status_code, answer.json()["error"]["message"]) == (422, told)


def test_the_page_shows_every_function_and_fetches_nothing(open_to_all: TestClient) -> None:
    page = open_to_all.get("/").text
    for path in open_to_all.get("/openapi.json").json()["paths"]:
        assert path in page
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("/ask", {"question": "  "}, "question is not as it is to be (it holds no word); "),
        ("/ask", {"question": "\u00ad\u200b"}, "question is not as it is to be (it holds no word); "),
        ("/search", {"question": "x", "k": 101}, "k is not as it is to be ("),
        ("/v1/chat/completions", {"messages": []}, "messages is not as it is to be ("),
    ],
)
def test_a_malformed_request_is_told_in_openais_shape(
    open_to_all: TestClient, path: str, body: dict[str, object], told: str
) -> None:
    answer = open_to_all.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"].startswith(told)


def test_what_is_nowhere_or_no_json_is_told_in_a_sentence(open_to_all: TestClient) -> None:
    def told(method: str, path: str, body: str = "") -> str:
        sent = open_to_all.request(method, path, content=body, headers={"Content-Type": "application/json"})
        message: str = sent.json()["error"]["message"]
        return message

    assert told("GET", "/nothing") == "There is nothing at /nothing; the page at / describes what there is."
    assert told("DELETE", "/ask") == "/ask does not take DELETE; the page at / describes what there is."
    assert told("POST", "/ask", "{question}").startswith("The request is no JSON (")


def test_readers_take_turns_and_none_may_ask_too_much_at_once() -> None:
    served: list[str] = []

    async def ask(readers: Readers, model: asyncio.Lock, reader: str) -> None:
        async with readers.turn(reader), model:
            await asyncio.sleep(0)
            served.append(reader)

    async def many() -> None:
        readers, model = Readers(), asyncio.Lock()
        await asyncio.gather(*(ask(readers, model, reader) for reader in ["a"] * 5 + ["b"] * 2))
        with pytest.raises(TooManyError):
            await asyncio.gather(*(ask(readers, model, "a") for _ in range(MOST_WAITING + 1)))

    asyncio.run(many())
    assert served[:4] == ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n \n", "{} holds no key; write one a line into it."),
        (f"{KEY}\nshort\n", "Key 2 in {} is too short; give it at least 20 characters."),
    ],
)
def test_keys_that_let_anybody_in_are_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "keys"
    file.write_text(text)
    with pytest.raises(InputError) as raised:
        keys_in(file)
    assert str(raised.value) == told.format(file)


def test_other_machines_need_a_key(library: Library, assistant: Assistant) -> None:
    with pytest.raises(InputError) as raised:
        serve_programs(library, assistant, "0.0.0.0", 0, Keys(), lambda address: None)
    assert str(raised.value) == ("At 0.0.0.0 other machines could ask; give keys with --key-file, or leave --host out.")


def test_the_tools_are_offered_over_standard_input(tmp_path: Path, library: Library) -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from fakes import Typist, WordEmbedder\n"
        "from ui import cli\n"
        "from ui.commands import chosen\n"
        "chosen.open_embedder = WordEmbedder\n"
        f"chosen.open_llm = lambda library: Typist({PROOF!r})\n"
        "cli.main()\n"
    )
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", script, "--library", str(library.folder), "mcp"],
        cwd=Path(__file__).parent.parent,
    )

    async def talk() -> tuple[list[str], str, list[str]]:
        async with stdio_client(server) as streams, ClientSession(*streams) as session:
            told = (await session.initialize()).serverInfo
            assert (told.name, told.version) == ("byline", version("byline"))
            tools = (await session.list_tools()).tools
            assert "\n        " not in str(tools[0].description), "as it is indented in its file"
            names = [tool.name for tool in tools]
            found = await session.call_tool("quote", {"text": "nine sheep were lost"})
            wrong = [await session.call_tool("article", {"id": "lions"}), await session.call_tool("ask", {})]
            assert all(each.isError for each in wrong)
            return names, found.content[0].text, [each.content[0].text for each in wrong]

    names, found, wrong = asyncio.run(talk())
    assert names == ["ask", "quote", "search", "article"]
    assert json.loads(found)["verdict"] == "exact"
    assert wrong == [
        'There is no article "lions" in the library; searching tells the ids of those there are.',
        "question is not as ask takes it (field required); correct it.",
    ]


def test_what_is_asked_of_an_empty_library_is_told_so(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    functions = Functions(library, Assistant(library, lambda: Typist(""), "typist"))
    for ask in (lambda: functions.search("bridge"), lambda: functions.quote("a bridge"), lambda: functions.ask("Who?")):
        with pytest.raises(InputError, match=r"^The library is empty; add articles with: byline add PATH$"):
            ask()


def test_a_search_for_nothing_is_refused_as_a_question_is(library: Library) -> None:
    functions = Functions(library, Assistant(library, lambda: Typist(""), "typist"))
    with pytest.raises(InputError, match=r"^The question is empty; type what you want to know\.$"):
        functions.search(" ")
    assert all(found["pages"] == () for found in functions.search("bridge"))


HEADERS = {"Authorization": f"Bearer {KEY}", "Host": "127.0.0.1"}
OPERATIONS = [
    ("POST", "/ask"),
    ("POST", "/search"),
    ("POST", "/quote"),
    ("GET", "/articles"),
    ("GET", "/articles/{id}"),
    ("GET", "/v1/models"),
    ("POST", "/v1/chat/completions"),
]


@pytest.fixture(scope="module")
def described(locked: FastAPI) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", locked, headers=HEADERS)


def test_every_operation_is_tried(described: BaseSchema) -> None:
    assert {(each.ok().method.upper(), each.ok().path) for each in described.get_all_operations()} == set(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_sent_is_answered_as_described(
    described: BaseSchema, method: str, path: str, mode: GenerationMode
) -> None:
    if mode == GenerationMode.NEGATIVE and (method, path) == ("GET", "/v1/models"):
        pytest.skip("nothing can be sent to it")

    @given(case=described[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def holds(case: schemathesis.Case) -> None:
        header = case.meta.components.get(ParameterLocation.HEADER) if case.meta else None
        # The key is sent with every case: one that only lacks it is none.
        lacks_key = header is not None and header.mode.is_negative
        case.call_and_validate(headers=HEADERS, excluded_checks=[negative_data_rejection] if lacks_key else [])

    holds()
