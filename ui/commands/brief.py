"""The command that tells what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.chosen import note_empty, open_library
from ui.commands.output import note, print_json, say
from ui.commands.restricting import Outlets, restriction

if TYPE_CHECKING:
    from qa.records import Citation


def brief(
    since: Annotated[
        str | None,
        typer.Option(help="First day, like 2024-03-12.", show_default="a week before the newest date"),
    ] = None,
    outlet: Outlets = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the briefing as JSON.")] = False,
) -> None:
    """Tell what is new: the main stories with their sources, disagreements and corrections."""
    from qa.overview.briefing import briefing
    from qa.prompts import in_quotes
    from ui.html.briefing import counted
    from ui.html.markup import plain_date

    library = open_library()
    found = briefing(library, since, restriction(library, None, None, outlet, None))
    if as_json:
        print_json(found.to_json())
        return
    if library.is_empty:
        note_empty()
        return
    if not found.articles:
        note(f"No article is as new as {plain_date(found.since)}; name an earlier day with --since.")
        return
    stories = f"{found.story_count:,} {'story' if found.story_count == 1 else 'stories'}"
    say(", ".join([*counted(found), stories]))
    for story in found.stories:
        say(f"\n{story.lead.title}\n  {in_quotes(story.lead.quote)}")
        for article in story.articles:
            say(f"  {_line(article.outlet or article.title, article.published, article.id)}")
    if found.disagreements:
        say("\nWhere the articles disagree")
    for differ in found.disagreements:
        say(f"  {differ.about}")
        for told in differ.values:
            sources = "; ".join(_source(citation) for citation in told.citations)
            say(f"    {told.value}: {sources}")
    if found.corrections:
        say("\nCorrections")
    for citation in found.corrections:
        say(f"  {in_quotes(citation.quote)}\n    {_source(citation)}")


def _source(citation: Citation) -> str:
    from ui.html.markup import page_words

    pages = page_words(citation.pages)
    return _line(citation.outlet or citation.title, citation.published, citation.article_id, pages)


def _line(name: str, published: str | None, article_id: str, pages: str = "") -> str:
    from ui.html.markup import plain_date, source_line

    line = source_line(name, None, plain_date(published) or "undated", pages)
    return f"{line} ({article_id})"
