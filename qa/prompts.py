"""Every text the language model is given and every sentence Byline says by itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Literal

from index.language.detection import language_of, rules_for
from index.language.pack import Language
from qa.text.orders.finding import text_without_orders
from qa.text.quotations.marks import has_marks

SYSTEM = (
    "Answer the question from the articles. Begin with the direct answer and give everything that belongs to it, "
    "in one to three sentences."
)
"""What the model is told before anything else; it never changes, so it is read once."""

WHAT_HAPPENED = "What happened in {topic}?"
"""What the reader is asked of a topic in any language, so that it tells the main events from the rest."""

REFUSAL = "I found no answer to this in the articles."
"""The whole answer when the articles do not hold one."""
_REFUSALS = {
    "de": "Ich habe in den Artikeln keine Antwort darauf gefunden.",
    "es": "No encontré respuesta a esto en los artículos.",
    "fr": "Je n’ai pas trouvé de réponse à cela dans les articles.",
}

UNANSWERED = "I found no answer to “{question}” in the articles."
"""The refusal of one part of a question, beside the answers to its other parts."""
_UNANSWERED = {
    "de": "Auf „{question}“ habe ich in den Artikeln keine Antwort gefunden.",
    "es": "No encontré respuesta a «{question}» en los artículos.",
    "fr": "Je n’ai pas trouvé de réponse à « {question} » dans les articles.",
}

MAYBE = "This may answer it:"
"""Stands before what was found where it is in doubt whether that answers the question."""
_MAYBES = {
    "de": "Dies könnte die Antwort sein:",
    "es": "Esto puede responderla:",
    "fr": "Ceci répond peut-être à la question :",
}

DIFFERENCE = "The articles differ: {told}."
"""Tells what the articles say differently, beside the answer."""
_DIFFERENCES = {
    "de": "Die Artikel unterscheiden sich: {told}.",
    "es": "Los artículos difieren: {told}.",
    "fr": "Les articles divergent : {told}.",
}

TOLD_BEFORE = "Told before: {told}."
"""Tells what an outlet said before it said what is the answer."""
_TOLD_BEFORE = {
    "de": "Früher gemeldet: {told}.",
    "es": "Antes se había informado: {told}.",
    "fr": "Annoncé auparavant : {told}.",
}

MISSING = 'Which {what} is missing: "{gap}"'
"""Asks for what was left out of a sentence."""
_MISSING = {
    "de": ("{what} fehlt: „{gap}“", {"date": "Welches Datum", "number": "Welche Zahl", "name": "Welcher Name"}),
    "es": ("¿Qué {what} falta aquí?: «{gap}»", {"date": "fecha", "number": "número", "name": "nombre"}),
    "fr": ("{what} manque : « {gap} »", {"date": "Quelle date", "number": "Quel nombre", "name": "Quel nom"}),
}

ACCORDING_TO = "{claim}, according to {who}."
"""Tells whose a claim is; in English, the one language whose speakers are known."""

QUOTED = "“{quote}”"
"""Stands in place of what the model wrote where the articles do not support it."""
_QUOTED = {"de": "„{quote}“", "es": "«{quote}»", "fr": "« {quote} »"}

TELL_MORE = "Summarise the articles about “{question}”"
"""What is asked after a question whose answer is to tell more."""
_TELL_MORES = {
    "de": "Fasse die Artikel über „{question}“ zusammen",
    "es": "Resume los artículos sobre «{question}»",
    "fr": "Résume les articles sur « {question} »",
}

SUMMARISE = "Summarise this article"
"""Asked by a button above an open article; the page says it in the language of its reader."""

WHAT_SAID = {
    "en": "What did {name} say?",
    "de": "Was sagte {name}?",
    "es": "¿Qué dijo {name}?",
    "fr": "Qu’a dit {name} ?",
}
"""Suggested to a reader, of somebody who says something in the articles, in the language of these."""


def in_quotes(quote: str) -> str:
    """The articles' words as a quotation (``QUOTED``), in the marks of their language if known here; else in English.

    Words that begin or end with a mark of their own get no second one beside it.

    >>> in_quotes("Zwei Brücken wurden gesperrt."), in_quotes("Two bridges were closed.")
    ('„Zwei Brücken wurden gesperrt.“', '“Two bridges were closed.”')
    >>> in_quotes('"We had four hours," said Ilse Brandt.')
    '"We had four hours," said Ilse Brandt.'
    """
    if has_marks(quote):
        return quote
    return _QUOTED.get(rules_for(quote).code, QUOTED).format(quote=quote)


def refusal(question: str) -> str:
    """The refusal in the language of the question, if it is known here; else in English.

    >>> refusal("Wie viele Brücken wurden gesperrt?"), refusal("How many bridges were closed?") == REFUSAL
    ('Ich habe in den Artikeln keine Antwort darauf gefunden.', True)
    """
    return _REFUSALS.get(rules_for(question).code, REFUSAL)


def unanswered(question: str) -> str:
    """The refusal of a part of a question (``UNANSWERED``) in the part's language, if known here; else in English.

    >>> unanswered("¿Quién cerró el puente?")
    'No encontré respuesta a «¿Quién cerró el puente?» en los artículos.'
    """
    return _UNANSWERED.get(rules_for(question).code, UNANSWERED).format(question=question)


def may_answer(question: str) -> str:
    """The words before an answer that only may be one (``MAYBE``), in the question's language or in English.

    >>> may_answer("¿Cuántos puentes se cerraron?")
    'Esto puede responderla:'
    """
    return _MAYBES.get(rules_for(question).code, MAYBE)


def tell_more(question: str) -> str:
    """The request for more than a question's answer tells (``TELL_MORE``), in the question's language or in English.

    >>> tell_more("¿Quién cerró el puente?")
    'Resume los artículos sobre «¿Quién cerró el puente?»'
    """
    return _TELL_MORES.get(rules_for(question).code, TELL_MORE).format(question=question)


def told_differently(question: str, told: str) -> str:
    """The sentence that introduces what articles tell differently, ``told``, in the question's language or in English.

    >>> told_differently("How many died?", "3 (The Courier); 4 (The Post)")
    'The articles differ: 3 (The Courier); 4 (The Post).'
    """
    return _DIFFERENCES.get(rules_for(question).code, DIFFERENCE).format(told=told)


def told_before(question: str, told: str) -> str:
    """The same of the sentence that tells what the answer's outlet said before.

    >>> told_before("Wie viele starben bei der Flut?", "3 (Der Kurier, 12. März 2024)")
    'Früher gemeldet: 3 (Der Kurier, 12. März 2024).'
    """
    return _TOLD_BEFORE.get(rules_for(question).code, TOLD_BEFORE).format(told=told)


def missing(what: Literal["date", "number", "name"], gap: str, spoken: Language) -> str:
    """The question for a date, number or name left out of a sentence (``gap``), in its language or in English.

    >>> from index.language.registry import language
    >>> missing("number", "Rund ____ Menschen kamen.", language("de"))
    'Welche Zahl fehlt: „Rund ____ Menschen kamen.“'
    """
    form, words = _MISSING.get(spoken.code, (MISSING, {}))
    return form.format(what=words.get(what, what), gap=gap)


def passage_text(headline: str, passage: str, outlet: str | None = None, published: str | None = None) -> str:
    r"""A passage as the model is shown it, under its headline, without sentences that give the model orders.

    >>> passage_text("Storm hits Aldmoor", "Two bridges were closed.", "The Courier", "2024-03-12")
    'Storm hits Aldmoor\nThe Courier, 2024-03-12\nTwo bridges were closed.\n\n'
    """
    headline, passage = text_without_orders(headline), text_without_orders(passage)
    source = publisher_line(outlet, published)
    lines = [] if passage.startswith(headline) else [headline]
    return "\n".join([*lines, *([source] if source else []), passage]) + "\n\n"


def publisher_line(outlet: str | None, published: str | None) -> str:
    """Who published a passage, and when, as far as it is known, as the model is shown it."""
    return ", ".join(part for part in (outlet, published) if part)


def without_source(answer: str, line: str) -> str:
    """The answer without the line that tells whose the passage is: small models copy it along.

    Where a sentence goes on from it, it stays.

    >>> without_source("The Courier, 2024-03-12 Two bridges were closed.", "The Courier, 2024-03-12")
    'Two bridges were closed.'
    >>> without_source("The Courier, 2024-03-12, told of two bridges.", "The Courier, 2024-03-12")
    'The Courier, 2024-03-12, told of two bridges.'
    """
    if not line:
        return answer
    copied = rf"{re.escape(line)}(?!\s*,|\s+[a-zà-ÿ])"
    return " ".join(part for piece in re.split(copied, answer) if (part := piece.strip()))


def without_article(answer: str, headline: str) -> str:
    r"""The answer up to a line that is a headline: after it models copy the article, its byline first.

    >>> without_article("Two were closed.\nStorm hits Aldmoor\nBy Lena Foss\nA storm", "Storm hits Aldmoor")
    'Two were closed.'
    """
    first, *lines = answer.split("\n")
    kept = itertools.takewhile(lambda line: line.strip() != headline.strip(), lines)
    return "\n".join([first, *kept]).strip()


def question_text(question: str, sentences: Sequence[str] = ()) -> str:
    r"""The question as it follows the passage, after the sentences that most probably answer it.

    One that is not in English is followed by the language to answer in.

    >>> question_text("Which bridges?", ["Two bridges were closed."])
    'Two bridges were closed.\n\nQuestion: Which bridges?'
    >>> question_text("Welche Brücken wurden gesperrt?")
    'Question: Welche Brücken wurden gesperrt?\nAnswer in German.'
    """
    spoken = language_of(question)
    asked = f"Question: {question}" + ("" if spoken.code == "en" else f"\nAnswer in {spoken.name}.")
    return "".join(f"{sentence}\n" for sentence in sentences) + "\n" * bool(sentences) + asked


def text_to_lean_by(question: str) -> str:
    """A question that yes or no answers, as the model is asked to which it leans.

    In other languages than English models lean to yes whatever the sentences say; told to answer in English, they tell
    one from the other as they do of English questions.

    >>> text_to_lean_by("Wurde die Brücke gestern gesperrt?").splitlines()[-1]
    'Answer yes or no, in English.'
    """
    if language_of(question).code == "en":
        return question_text(question)
    return f"Question: {question}\nAnswer yes or no, in English."
