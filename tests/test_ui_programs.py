"""Programs that call the page."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from browsing import ARTICLES, Parrot
from gradio_client import Client
from gradio_client.exceptions import AppError
from page_server import free_port

from ui.page.build import running

if TYPE_CHECKING:
    from mcp.types import CallToolResult

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]


# ---- programs ----


def test_programs_call_four_functions_by_name_and_nothing_else(address: str):
    client = Client(address, verbose=False)
    told = client.view_api(return_format="dict")
    assert set(told["named_endpoints"]) == {"/ask", "/quote", "/search", "/article"}
    assert told["unnamed_endpoints"] == {}
    answer = client.predict("Who kept the lighthouse for thirty years?", api_name="/ask")
    assert answer["citations"][0]["quote"] == "Ana Ruiz kept the lighthouse for thirty years."
    assert client.predict("kept the lighthouse", api_name="/quote")["verdict"] == "exact"
    hits = client.predict("northern pier storm", 2, api_name="/search")
    assert [set(hit) for hit in hits] == [{"article", "start", "end", "pages", "text", "score"}] * 2
    assert client.predict("harbour", api_name="/article")["text"] == ARTICLES["harbour.txt"]
    with pytest.raises(AppError, match='There is no article "gone" in the library'):
        client.predict("gone", api_name="/article")
    client.close()


def test_fifty_programs_ask_at_once_and_each_is_answered(address: str):
    def ask(question: str) -> dict[str, Any]:
        event = httpx.post(f"{address}gradio_api/call/ask", json={"data": [question]}, timeout=60).json()["event_id"]
        told = httpx.get(f"{address}gradio_api/call/ask/{event}", timeout=60).text
        (answer,) = json.loads(told.split("event: complete\ndata: ")[1])
        return dict(answer)

    questions = [f"Who kept the lighthouse for thirty years until {year}?" for year in range(1950, 2000)]
    with ThreadPoolExecutor(len(questions)) as pool:
        answers = list(pool.map(ask, questions))
    assert [answer["question"] for answer in answers] == questions
    assert {answer["citations"][0]["quote"] for answer in answers} == {"Ana Ruiz kept the lighthouse for thirty years."}


def test_the_same_functions_are_tools_of_the_model_context_protocol(parrot: Parrot):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    calls = {
        "ask": {"question": "Who kept the lighthouse for thirty years?"},
        "quote": {"text": "kept the lighthouse"},
        "search": {"question": "northern pier storm", "k": 2},
        "article": {"id": "harbour"},
    }

    async def use(address: str) -> tuple[list[str], dict[str, Any], CallToolResult]:
        async with (
            streamablehttp_client(f"{address}gradio_api/mcp/") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            answers = {}
            for name, arguments in calls.items():
                (content,) = (await session.call_tool(name, arguments)).content
                answers[name] = json.loads(content.text)
            return tools, answers, await session.call_tool("article", {"id": "gone"})

    with (
        running(parrot.library, parrot, "127.0.0.1", free_port(), mcp=True) as address,  # type: ignore[arg-type]
        ThreadPoolExecutor() as pool,  # because Playwright's loop runs in this thread
    ):
        tools, answers, gone = pool.submit(lambda: asyncio.run(use(address))).result()
    assert sorted(tools) == ["article", "ask", "quote", "search"]
    assert answers["ask"]["answered"] is True
    assert answers["ask"]["citations"][0]["quote"] == "Ana Ruiz kept the lighthouse for thirty years."
    assert answers["quote"]["verdict"] == "exact"
    assert [set(hit) for hit in answers["search"]] == [{"article", "start", "end", "pages", "text", "score"}] * 2
    assert answers["article"]["text"] == ARTICLES["harbour.txt"]
    assert answers["article"]["outlet"] is None
    assert gone.isError
    assert 'There is no article "gone" in the library' in gone.content[0].text
