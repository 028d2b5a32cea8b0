"""Answers that are lists, each member on a line of its own, with its own verdict and citations.

Asked to begin with the mark of a list, a small model names the members one after the other where it would else name one
or two of them in a sentence: of the seven questions for a list in a set of news five were answered so instead of two,
of the seven in another as many as before.
"""

from __future__ import annotations

MEMBER = "- "
"""What a member of a list begins with, as in Markdown."""


def after(text: str, sentence: str) -> str:
    r"""Adds a sentence to a text: on a line of its own where it, or the sentence before, is a member of a list.

    >>> after("- Holm", "- Aldmoor"), after("Two bridges closed.", "Nobody was hurt."), after("", "- Holm")
    ('- Holm\n- Aldmoor', 'Two bridges closed. Nobody was hurt.', '- Holm')
    """
    *_, last = text.split("\n")
    apart = sentence.startswith(MEMBER) or last.startswith(MEMBER)
    return text + ("\n" if apart else " ") * bool(text) + sentence


def unlisted(text: str) -> str:
    r"""A list of one member without its mark; any other text as it is.

    >>> unlisted("- Holm"), unlisted("- Holm\n- Aldmoor")
    ('Holm', '- Holm\n- Aldmoor')
    """
    return text.removeprefix(MEMBER) if "\n" not in text else text


def is_name_of_member(text: str) -> bool:
    """Whether a text is the member of a list and no whole sentence: readers that were trained on sentences doubt it.

    >>> is_name_of_member("- Home Rule: 2 seats"), is_name_of_member("- Home Rule won 2 seats.")
    (True, False)
    """
    return text.startswith(MEMBER) and not text.endswith((".", "!", "?"))
