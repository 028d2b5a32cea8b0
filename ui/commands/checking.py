"""The commands that hold somebody's words against the articles: quote and check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import InputError
from ui.commands.chosen import note_empty, open_embedder, open_library, open_reader
from ui.commands.given import given, given_text
from ui.commands.output import note, print_json, say

if TYPE_CHECKING:
    from qa.lookup.quotes import QuoteDifference
    from qa.support.checking import CheckedSentence


def quote(
    text: Annotated[str, typer.Argument(help="The quotation; - reads it from the standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Find where a quotation comes from: exact, altered (and how), or absent."""
    from qa.lookup.quotes import find_quote
    from qa.prompts import in_quotes
    from ui.html.markup import page_words, plain_date, source_line

    library = open_library()
    result = find_quote(given(text), library)
    if library.is_empty:
        note_empty()
    if as_json:
        print_json(result.to_json())
        return
    say(result.verdict)
    for match in result.matches:
        article = library.article(match.article_id)
        source = source_line(article.title, article.outlet, plain_date(article.published), page_words(match.pages))
        say(f"{in_quotes(match.quote)}\n    {source} ({article.id} {match.start}-{match.end})")
        for difference in match.differences:
            say(f"    {_difference_line(difference)}")
        for marked in match.marked:
            say(f"    where “{marked.given}” stands the article has “{marked.found}”")


def check(
    path: Annotated[
        Path,
        typer.Argument(
            help="A text of your own, or - for the standard input; with --claims, a new file to write the verdicts to."
        ),
    ],
    claims: Annotated[
        Path | None,
        typer.Option(help="Judge claims against the evidence given with each (JSON Lines); needs no library."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdicts as JSON.")] = False,
) -> None:
    """Check every sentence of a text against the articles: supported or not, by what, and what differs."""
    from index.language.detection import unknown_to_checks
    from qa.evaluation.saving import write_text
    from qa.support.checking import check as check_text
    from qa.support.judge import judge_claims

    if claims is not None and not _may_be_replaced(path):
        raise InputError(f"{path} is there already and holds no verdicts; name a new file to write them to.")
    text = given_text(claims or path)
    if claims is not None:
        verdicts = judge_claims(text.splitlines(), open_embedder())
        write_text(path, "".join(json.dumps(verdict, ensure_ascii=False) + "\n" for verdict in verdicts))
        note(f"written to {path.absolute()}")
        return
    library = open_library()
    if library.is_empty:
        note_empty()
    if told := unknown_to_checks(text):
        note(told)
    checked = check_text(text, library, open_reader(library))
    if as_json:
        print_json([item.to_json() for item in checked])
        return
    for item in checked:
        _print(item)


def _print(item: CheckedSentence) -> None:
    """A sentence with its verdict, what differs, and what it was held against."""
    from qa.prompts import in_quotes
    from ui.html.markup import page_words, plain_date, source_line

    say(f"{item.support:11} {item.text}")
    for difference in item.differences:
        found = f"“{difference.found}”" if difference.found else "nothing of it"
        say(f"            given “{difference.given}”, the articles say {found}")
    for citation in item.citations:
        pages = page_words(citation.pages)
        place = source_line(citation.title, citation.outlet, plain_date(citation.published), pages)
        say(f"            [{citation.number}] {in_quotes(citation.quote)}")
        say(f"                {place} ({citation.article_id})")


def _may_be_replaced(path: Path) -> bool:
    """Whether nothing would be lost by writing verdicts there: nothing is there, or such verdicts are."""
    if not path.is_file():
        return not path.exists()
    try:
        with path.open(encoding="utf-8") as lines:
            return set(json.loads(lines.readline())) >= {"support", "score"}
    except (OSError, ValueError, TypeError, RecursionError):
        return False


def _difference_line(difference: QuoteDifference) -> str:
    """How a quotation differs at one place."""
    if not difference.given:
        return f"left out “{difference.found}”"
    return f"given “{difference.given}”, " + (f"found “{difference.found}”" if difference.found else "found nothing")
