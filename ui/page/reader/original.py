"""The file that an article was read from, opened beside it: only files of the folders that were added."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import BylineError
from index.library import Library
from index.reading.registry import suffixes
from index.records import Article

_PATH = "/original"
_SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8"}
"""What a browser shows; anything else it saves: a web page of a folder must not run as one of Byline's own."""
_GONE = "The file is no longer where it was when it was added; the article's text is kept in the library."


def original_file(library: Library, article_id: str) -> Path | None:
    """The file that an article was read from; None where it is unknown, gone, or leads out of the folders added."""
    try:
        origin = library.origins.of(library.article(article_id).id)
        folders = library.origins.folders()
    except BylineError:
        return None
    if not origin or not Path(origin).is_absolute():
        return None
    try:
        file = Path(origin).resolve(strict=True)
        is_inside = any(file.is_relative_to(Path(folder).resolve()) for folder in folders)
    except (OSError, ValueError, RuntimeError):
        return None
    return file if is_inside and file.is_file() and file.suffix.lower() in suffixes() else None


def original_link(library: Library, article: Article, place: int | None) -> str:
    """The address of an article's file, a PDF's at the page of this place in its text; empty where there is none."""
    file = original_file(library, article.id)
    if file is None:
        return ""
    page = article.page_at(place) if place is not None and file.suffix.lower() == ".pdf" else None
    return f"{_PATH.lstrip('/')}?article={quote(article.id, safe='')}" + (f"#page={page}" if page else "")


class Originals:
    """ASGI middleware that answers ``/original?article=ID`` with the article's file."""

    def __init__(self, app: ASGIApp, library: Library) -> None:
        self._app = app
        self._library = library

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != _PATH or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        asked = Request(scope).query_params.get("article", "")
        file = await run_in_threadpool(original_file, self._library, asked)
        await _answer(file)(scope, receive, send)


def _answer(file: Path | None) -> Response:
    if file is None:
        return PlainTextResponse(_GONE, status_code=404)
    shown = _SHOWN.get(file.suffix.lower())
    return FileResponse(
        file,
        media_type=shown or "application/octet-stream",
        filename=file.name,
        content_disposition_type="inline" if shown else "attachment",
    )
