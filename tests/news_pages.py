"""Pages in the shapes that news sites have, each with what its story is, what is the site's, and its day.

``tests/data/pages/stories.txt`` has the stories, ``pages.txt`` the pages, ``unseen_pages.txt`` those that were written
after the reading of pages, to measure it by: ``§0`` is the headline of the story that a
page's first line names, ``§1`` to ``§6`` its paragraphs. Between ``⟦`` and ``⟧`` stand more words of the story, between
``⟨`` and ``⟩`` what may stay or go, such as a byline; all else that is shown is the site's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "pages"
_UNSEEN = frozenset({"script", "style", "title", "noscript", "template"})
_KINDS = {"⟦": "story", "⟧": "site", "⟨": "either", "⟩": "site"}


@dataclass(frozen=True)
class NewsPage:
    """A page; words are in lower case and in the order of the page."""

    name: str
    markup: str
    published: str
    story: tuple[str, ...]
    either: tuple[str, ...]
    site: tuple[str, ...]

    def story_kept(self, text: str) -> float:
        """The share of the story's words that a text has, in their order."""
        matcher = SequenceMatcher(None, self.story, words(text), autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks()) / len(self.story)

    def site_kept(self, text: str) -> float:
        """The share of the site's words that a text has besides the story's."""
        rest = Counter(words(text)) - Counter(self.story) - Counter(self.either)
        return (rest & Counter(self.site)).total() / max(len(self.site), 1)


def words(text: str) -> list[str]:
    """The words and numbers of a text.

    >>> words("It costs 2.40 pounds.")
    ['it', 'costs', '2', '40', 'pounds']
    """
    return re.findall(r"\w+", text.casefold())


def stories() -> dict[str, list[str]]:
    """The headline and the paragraphs of each story."""
    return {name: lines.strip().split("\n") for name, lines in _sections("stories.txt", r"# (?P<head>.+)")}


def news_pages(file: str = "pages.txt") -> Iterator[NewsPage]:
    """Every page of a file."""
    told_stories = stories()
    for head, template in _sections(file, r"=== (?P<head>.+)"):
        name, story, published = head.split()
        marked = _filled(template, told_stories[story])
        parser = _Told()
        parser.feed(marked)
        told = {kind: tuple(words(" ".join(texts))) for kind, texts in parser.texts.items()}
        yield NewsPage(name, re.sub("[⟦⟧⟨⟩]", "", marked), published, told["story"], told["either"], told["site"])


def _filled(template: str, story: list[str]) -> str:
    """The page with the story's words, marked as such where they are shown."""
    unseen = r"(?s:<title>.*?</title>|<script.*?</script>)|<[^>]*>"
    parts = re.split(f"({unseen})", template)
    shown = [re.sub(r"§(\d)", lambda mark: f"⟦{story[int(mark[1])]}⟧", part) for part in parts[::2]]
    others = [re.sub(r"§(\d)", lambda mark: story[int(mark[1])], part) for part in parts[1::2]]
    return "".join(f"{one}{other}" for one, other in zip(shown, [*others, ""], strict=True))


def _sections(file: str, heading: str) -> list[tuple[str, str]]:
    parts = re.split(rf"^{heading}\n", (_DATA / file).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


class _Told(HTMLParser):
    """What of a marked page is the story's, the site's or either."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {"story": [], "either": [], "site": []}
        self._unseen: list[str] = []
        self._kind = "site"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hidden = "display:none" in (dict(attrs).get("style") or "")
        if tag in _UNSEEN or hidden or self._unseen[-1:] == [tag]:
            self._unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen[-1:] == [tag]:
            self._unseen.pop()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        for part in re.split("([⟦⟧⟨⟩])", data):
            if part in _KINDS:
                self._kind = _KINDS[part]
            else:
                self.texts[self._kind].append(part)
