"""From files to articles: which files are meant, and what stands in each.

The text of an article is what a person reads. Of a text file it is the file itself, with every line end as ``\\n`` and,
where the lines were broken at a fixed width, with spaces for those breaks; of Markdown and HTML it is the text without
marks, tags, scripts and menus, headline first. It is never altered afterwards, so offsets into it stay true.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import InputError
from index.reading.bylines import Stated, stated
from index.reading.decoding import decode
from index.records import Article

SUFFIXES = (".txt", ".md", ".html", ".htm")
"""Of two files of one name the earlier kind gets the plain id."""
_SUFFIXES_IN_WORDS = ".txt, .md, .html and .htm files"
_WIDEST_WRAPPED, _FEWEST_WRAPPED = 100, 3


@dataclass(frozen=True)
class Source:
    """A file to read and the id its article is to have."""

    id: str
    path: Path


def find(paths: Sequence[Path]) -> list[Source]:
    """The article files among these files and folders, sorted within each folder.

    An article's id is its path inside the folder that was given, without its extension; a single file's is its name
    without the extension. Where two files would share an id the later one keeps its extension, and a third gets a
    number. Folders are searched to any depth; hidden files and folders are left out.

    Raises InputError: a path does not exist or cannot be opened, a folder holds no article, a file is of another kind.
    """
    sources: dict[str, Source] = {}
    known: set[Path] = set()
    for path in paths:
        for name, file in _files(path):
            if file.resolve() not in known:
                known.add(file.resolve())
                source = Source(_free_id(name, sources), file)
                sources[source.id] = source
    return list(sources.values())


def read(source: Source) -> Article:
    """The article that a file holds.

    Raises InputError: the file cannot be read, is empty, or holds no text.
    """
    path = source.path
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path} cannot be read ({reason}): check the file and its permissions.") from error
    text = decode(data)
    if text is None:
        raise InputError(f"{path} does not hold text: save the article as .txt, .md or .html and add that file.")
    article = _read_as(path.suffix.lower(), text.replace("\r\n", "\n").replace("\r", "\n"))
    if article is None:
        raise InputError(f"{path} is empty: put the article's text into it, or leave it out.")
    text, told = article
    return Article(source.id, told.title, told.outlet, told.published, told.url, text)


def _read_as(suffix: str, text: str) -> tuple[str, Stated] | None:
    """The text for people and what it states about itself, or None where nothing stands in it."""
    # trafilatura takes longer to import than most files to read, and plain text needs none of it.
    if suffix in (".html", ".htm"):
        from index.reading.webpages import read_page

        return read_page(text)
    if suffix == ".md":
        from index.reading.markdown import front_matter, read_markdown

        fields, body = front_matter(text)
        body, heading = read_markdown(body)
        if not body:
            return None
        told = stated(body, {"title": heading, **fields} if heading else fields)
        if "title" in fields and told.title != body.split("\n", 1)[0]:
            body = f"{told.title}\n\n{body}"
        return body, told
    text = _unwrapped(text)
    return (text, stated(text)) if text.strip() else None


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """Each article file that a path given by the user means, with its name inside it."""
    if not _exists(path):
        raise InputError(f"There is no file or folder {path}: check its name.")
    if not path.is_dir():
        if path.suffix.lower() not in SUFFIXES:
            raise InputError(f"{path} is not a kind of file Byline reads: give it {_SUFFIXES_IN_WORDS}.")
        yield path.name, path
        return
    if not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"The folder {path} cannot be opened (permission denied): check its permissions.")
    found = sorted(_walk(path), key=lambda file: _order(file.relative_to(path)))
    if not found:
        raise InputError(f"The folder {path} holds no article: Byline reads {_SUFFIXES_IN_WORDS}.")
    for file in found:
        yield file.relative_to(path).as_posix(), file


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, or a folder on the way that may not be entered
        return False


def _walk(folder: Path) -> Iterator[Path]:
    """The article files at any depth, without hidden ones and without walking in circles along links."""
    seen: set[str] = set()
    for parent, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        real = os.path.realpath(parent)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        for name in files:
            file = Path(parent, name)
            if not name.startswith(".") and file.suffix.lower() in SUFFIXES and file.is_file():
                yield file


def _order(name: Path) -> tuple[tuple[str, ...], int, str]:
    suffix = name.suffix.lower()
    return name.with_suffix("").parts, SUFFIXES.index(suffix), name.name


def _free_id(name: str, taken: dict[str, Source]) -> str:
    """The id for a file of this name: without its extension, with it, or with a number behind it."""
    # a file name that is not UTF-8 would be no text, and so no key for the library
    name = os.fsencode(name).decode("utf-8", "replace")
    plain = name.rpartition(".")[0]
    candidates = [plain, name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _unwrapped(text: str) -> str:
    """The text with a space for every line break that only keeps lines within a fixed width.

    A break is such a one where the next line's first word would not have fitted; the text is wrapped where most
    breaks inside its paragraphs are. Lengths stay, so that offsets stay offsets into the file's text.

    >>> _unwrapped("Rain fell on\\nMonday and on\\nTuesday and\\neverywhere.\\n\\nIt is over.")
    'Rain fell on Monday and on Tuesday and everywhere.\\n\\nIt is over.'
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    if width > _WIDEST_WRAPPED:
        return text
    inside = [at for at in range(len(lines) - 1) if lines[at].strip() and lines[at + 1].strip()]
    full = {at for at in inside if len(lines[at]) + 1 + len(lines[at + 1].split()[0]) > width}
    if len(full) < _FEWEST_WRAPPED or 2 * len(full) <= len(inside):
        return text
    return "".join(line + (" " if at in full else "\n") for at, line in enumerate(lines))[:-1]
