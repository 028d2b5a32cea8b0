"""Where options may stand: those of every command are taken after the command, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

COMMON: Mapping[str, bool] = {
    "--library": True,
    "--model": True,
    "--reranker": True,
    "--judge": True,
    "--index": True,
    "--gpu-layers": True,
    "--allow-remote": False,
}
"""The options of every command, and whether a value follows."""
OWN: Mapping[str, frozenset[str]] = {"doctor": frozenset({"--library"})}
"""Those of these names that a command has for itself."""


def in_front(arguments: Sequence[str]) -> list[str]:
    """The arguments with the options of every command first, wherever they stood.

    >>> in_front(["chat", "--port", "7861", "--model", "0.5b"])
    ['--model', '0.5b', 'chat', '--port', '7861']
    >>> in_front(["ask", "--model=0.5b", "--", "What is --model?"])
    ['--model=0.5b', 'ask', '--', 'What is --model?']
    """
    first: list[str] = []
    others: list[str] = []
    own: frozenset[str] = frozenset()
    left = iter(arguments)
    for argument in left:
        name, equals, _ = argument.partition("=")
        if argument == "--":
            others += [argument, *left]
        elif name in COMMON and name not in own:
            first.append(argument)
            if COMMON[name] and not equals:
                first += [value for value in [next(left, None)] if value is not None]
        else:
            own = own or OWN.get(argument, frozenset())
            others.append(argument)
    return first + others
