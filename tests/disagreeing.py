"""Libraries of short reports, and on what they disagree."""

from __future__ import annotations

from pathlib import Path

from fakes import WordEmbedder

from index.library import Library
from index.reading.files import find
from qa.conflict.disagreement import disagreement


def library_of(folder: Path, texts: list[str], dates: list[str] | None = None) -> Library:
    for number, text in enumerate(texts):
        dated = f"The Courier | {dates[number]}\n\n" if dates else ""
        (folder / f"story{number}.txt").write_text(f"Report {number}\n\n{dated}{text}\n")
    library = Library(folder / "library", WordEmbedder())
    list(library.add(find(sorted(folder.glob("*.txt")))))
    return library


def values(library: Library, question: str) -> list[str]:
    return [side.value for side in disagreement(question, library.search(question, 100), library)]
