"""The server for programs: the one door to FastAPI. Its page at ``/`` shows what it offers.

Annotations are not put off here: FastAPI reads them, and those of functions within a function it would not find.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import iterate_in_threadpool
from starlette.exceptions import HTTPException as StarletteHTTPException

from index.errors import BylineError, FailedError
from index.library import Library
from qa.llm.halt import Halt
from qa.records import Answer, Turn
from qa.text.quotations.left_out import parts_of
from ui.serve import schemas
from ui.serve.completions import MODEL_ID, Events, completion, last_question
from ui.serve.description import described
from ui.serve.functions import Functions
from ui.serve.guard import Guard
from ui.serve.readers import Keys, Readers, TooManyError
from ui.ways_out import for_programs

if TYPE_CHECKING:
    from qa.assistant import Assistant

LARGEST_REQUEST = 2**22
"""Bytes: a conversation, not articles. Round, not fitted."""
_TELLS: dict[int | str, dict[str, Any]] = {
    status: {"model": schemas.Problem, "description": description}
    for status, description in {
        400: "The question cannot be answered as it is.",
        401: "The key is missing or wrong.",
        422: "The request is malformed.",
        429: "Too many questions of this reader wait.",
        503: "The answer failed.",
    }.items()
}
_TELLS |= {
    status: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": description}
    for status, description in {
        403: "The request is of another site.",
        408: "The request did not come whole in time.",
        413: "The request is too large.",
    }.items()
}
_LOOK_SECONDS = 0.5
"""Between two looks at whether whoever asked is still there. Round, not fitted."""
_DESCRIBED = "the page at / describes what there is"
_NOT_SAID = "The request does not say that it is JSON; send it with the header Content-Type: application/json."
_OF_FASTAPI = "There was an error parsing the body"
"""Its words where a request's bytes are no text."""
_ABSENT: dict[int | str, dict[str, Any]] = {404: {"model": schemas.Problem, "description": "There is no such article."}}
_STREAMED: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "object"}}}}}


_BEARER = HTTPBearer(auto_error=False, description="One of the keys that the server was started with.")


def _admitted(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> str:
    keys: Keys = request.app.state.keys
    name = keys.reader(given.credentials if given else None, request.client.host if request.client else "")
    if name is None:
        raise HTTPException(401, "The key is missing or wrong.", {"WWW-Authenticate": "Bearer"})
    return name


Admitted = Annotated[str, Depends(_admitted)]
"""The name of whoever asks."""


def application(library: Library, assistant: "Assistant", keys: Keys, host: str) -> FastAPI:
    """The server as an ASGI application, guarded as the page is."""
    app = FastAPI(title="Byline", version="1", docs_url=None, redoc_url=None, responses=_TELLS)
    app.add_middleware(Guard, host=host, largest=LARGEST_REQUEST)
    app.state.keys = keys
    answers = _Answers(assistant)
    _offer_answers(app, answers)
    _offer_articles(app, Functions(library, assistant))
    _offer_what_openai_does(app, answers, library)

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def page() -> str:
        return described(app.openapi())

    _tell_in_words(app)
    return app


class _Answers:
    """The assistant's answers, to each reader in turn."""

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant
        self._readers = Readers()

    async def growing(self, reader: str, question: str, history: list[Turn]) -> AsyncGenerator[Answer, None]:
        """The answer as it grows, once the reader's turn has come; ends when nobody listens any more."""
        stop = Halt()
        try:
            async with self._readers.turn(reader):
                async for answer in iterate_in_threadpool(self._assistant.stream(question, history, stop)):
                    yield answer
        finally:
            stop.set()

    async def finished(self, reader: str, question: str, history: list[Turn], request: Request) -> Answer:
        """The whole answer; whoever has gone meanwhile is waited for no longer, and keeps nobody's turn."""

        async def whole() -> Answer:
            async with aclosing(self.growing(reader, question, history)) as growing:
                *_, last = [answer async for answer in growing]
                return last

        work = asyncio.ensure_future(whole())
        try:
            while not work.done() and not await request.is_disconnected():
                await asyncio.wait({work}, timeout=_LOOK_SECONDS)
        finally:
            if not work.done():
                work.cancel()
        if work.done():
            return work.result()
        raise HTTPException(408, "Nobody waits for the answer any more.")


def _offer_answers(app: FastAPI, answers: _Answers) -> None:
    @app.post("/ask", response_model=schemas.Answer, summary="Answer a question, with citations")
    async def ask(request: schemas.AskRequest, reader: Admitted, http: Request) -> dict[str, Any]:
        history = [Turn(turn.question, turn.answer) for turn in request.history]
        return (await answers.finished(reader, request.question, history, http)).to_json()


def _offer_articles(app: FastAPI, functions: Functions) -> None:
    @app.post("/search", response_model=list[schemas.Hit], summary="Find passages, without a language model")
    def search(request: schemas.SearchRequest, reader: Admitted) -> list[dict[str, Any]]:
        return functions.search(request.question, request.k)

    @app.post("/quote", response_model=schemas.Quote, summary="Find where a quotation comes from")
    def quote(request: schemas.QuoteRequest, reader: Admitted) -> dict[str, Any]:
        if not parts_of(request.text)[0]:
            return {"verdict": "absent", "matches": []}
        return functions.quote(request.text)

    @app.get("/articles", response_model=schemas.ArticleList, summary="List articles, the newest first")
    def articles(listed: Annotated[schemas.ListRequest, Query()], reader: Admitted) -> dict[str, Any]:
        return functions.articles(listed.words, listed.limit, listed.skip)

    @app.get("/articles/{id:path}", response_model=schemas.Article, responses=_ABSENT, summary="Read an article")
    def article(id: str, reader: Admitted) -> dict[str, Any]:
        try:
            return functions.article(id)
        except FailedError:
            raise
        except BylineError as error:
            raise HTTPException(404, for_programs(str(error))) from error


def _offer_what_openai_does(app: FastAPI, answers: _Answers, library: Library) -> None:
    @app.get("/v1/models", response_model=schemas.ModelList, summary="The model to name")
    def models(reader: Admitted) -> dict[str, Any]:
        return {"data": [{"id": MODEL_ID, "object": "model", "created": 0, "owned_by": "byline"}]}

    @app.post(
        "/v1/chat/completions",
        response_model=schemas.Completion,
        responses=_STREAMED,
        summary="Answer the last message of a conversation, as OpenAI's API does",
    )
    async def chat(request: schemas.ChatRequest, reader: Admitted, http: Request) -> Any:
        question, history = last_question(request.messages)
        if not request.stream:
            return completion(await answers.finished(reader, question, history, http), library)
        growing = answers.growing(reader, question, history)
        first = await anext(growing)  # what is wrong with the question is told before a stream begins
        return StreamingResponse(_events(first, growing, library), media_type="text/event-stream")


async def _events(first: Answer, growing: AsyncGenerator[Answer, None], library: Library) -> AsyncIterator[str]:
    events, last = Events(), first
    yield events.begun()
    try:
        async with aclosing(growing) as rest:
            async for last in rest:
                yield events.alive(last)
    except BylineError as error:
        yield events.failed(for_programs(str(error)))
        return
    for event in events.written(last, library):
        yield event


def _tell_in_words(app: FastAPI) -> None:
    """Every error is told in the one shape that OpenAI's clients know."""

    def problem(status: int, message: str, headers: Any = None) -> JSONResponse:
        kind = "invalid_request_error" if status < 500 else "server_error"
        told = {"error": {"message": message, "type": kind, "code": status}}
        return JSONResponse(told, status_code=status, headers=headers)

    @app.exception_handler(BylineError)
    def byline(request: Request, error: BylineError) -> JSONResponse:
        return problem(503 if isinstance(error, FailedError) else 400, for_programs(str(error)))

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return problem(422, f"The request is no JSON ({first['ctx']['error']}); send it as one object.")
        if first["loc"] == ("body",) and not _is_json(request):
            return problem(422, _NOT_SAID)
        where = ".".join(str(place) for place in first["loc"][1:]) or "the request"
        why = "it holds no word" if first["type"] == "string_pattern_mismatch" else _lower(first["msg"])
        return problem(422, f"{where} is not as it is to be ({why}); {_DESCRIBED}.")

    @app.exception_handler(TooManyError)
    def too_many(request: Request, error: TooManyError) -> JSONResponse:
        return problem(429, "Too many of your questions wait; ask again when one is answered.", {"Retry-After": "5"})

    @app.exception_handler(StarletteHTTPException)
    def refused(request: Request, error: StarletteHTTPException) -> JSONResponse:
        told = {
            400: "The request is not text in UTF-8; send it as one object of JSON.",
            404: f"There is nothing at {request.url.path}; {_DESCRIBED}.",
            405: f"{request.url.path} does not take {request.method}; {_DESCRIBED}.",
        }
        is_own = error.detail not in (HTTPStatus(error.status_code).phrase, _OF_FASTAPI)
        message = error.detail if is_own else told.get(error.status_code, error.detail)
        return problem(error.status_code, message, error.headers)


def _is_json(request: Request) -> bool:
    """Whether the head of a request declares JSON; where curl is told nothing else, it declares a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _lower(sentence: str) -> str:
    """The sentence as it stands within another."""
    return sentence[:1].lower() + sentence[1:]
