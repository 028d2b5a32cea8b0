"""What the table's script asks for to show and to set right the facts about an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from index.errors import BylineError
from index.facts import FACTS, checked_facts
from index.library import Library
from qa.corrections.links import corrected
from ui.html.corrections import CORRECTED_BY, CORRECTS
from ui.html.markup import place_address
from ui.ways_out import on_page


def facts_of(library: Library) -> Callable[[str], dict[str, Any]]:
    """The function by which the table's script gets the facts about an article."""

    def article_facts(article_id: str) -> dict[str, Any]:
        """Each fact by its name as ``[value, where it comes from]``; ``{"error": sentence}`` where that failed.

        ``corrections`` are the articles that it corrects or that correct it, each as ``[which, id, address,
        headline, date]``.
        """
        try:
            article = library.article(str(article_id))
            found = corrected(article, library)
        except BylineError as error:
            return {"error": on_page(str(error))}
        told_by = dict(article.told_by)
        facts = {name: [getattr(article, name) or "", told_by.get(name, "")] for name in FACTS}
        others = [
            *((CORRECTED_BY, each) for each in found.corrected_by),
            *((CORRECTS, each) for each in found.corrects),
        ]
        corrections = [[how, each.id, place_address(each.id), each.title, each.published] for how, each in others]
        return {"facts": facts, "corrections": corrections}

    return article_facts


def editing(library: Library) -> Callable[[dict[str, Any]], dict[str, str]]:
    """The function by which the table's script sets the facts about an article right."""

    def edit_article(asked: dict[str, Any]) -> dict[str, str]:
        """Sets the ``facts`` of the ``article`` right, or, with none, takes its edits back.

        ``{"error": sentence}`` where that failed.
        """
        try:
            article_id, facts = str(asked["article"]), asked.get("facts")
            if facts is None:
                library.take_back_edits(article_id)
            else:
                library.edit(article_id, checked_facts({name: str(facts[name]) for name in FACTS if name in facts}))
        except BylineError as error:
            return {"error": on_page(str(error))}
        return {}

    return edit_article
