"""The commands about several libraries: list, make, rename, remove."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands.chosen import Chosen, all_libraries
from ui.commands.output import print_table, say

libraries = typer.Typer(
    help="The libraries by name: list, make, rename or remove them; --library NAME opens one.",
    invoke_without_command=True,
)


@libraries.callback()
def list_libraries(context: typer.Context) -> None:
    """List the libraries; the one that is open is marked."""
    if context.invoked_subcommand is not None:
        return
    rows = [
        (
            "*" if each.folder.resolve() == Chosen.library.resolve() else "",
            each.name,
            "damaged" if each.articles is None else f"{each.articles:,}",
            str(each.folder),
        )
        for each in all_libraries().listed()
    ]
    print_table(["", "name", "articles", "folder"], rows)


@libraries.command("make")
def make_library(name: Annotated[str, typer.Argument(help="The new library's name.")]) -> None:
    """Make an empty library."""
    say(f"made      {name} in {all_libraries().make(name)}")


@libraries.command("rename")
def rename_library(
    name: Annotated[str, typer.Argument(help="The library's name.")],
    new: Annotated[str, typer.Argument(help="Its new name.")],
) -> None:
    """Give a library another name; no other program may have it open."""
    say(f"renamed   {name} to {new}, in {all_libraries().rename(name, new)}")


@libraries.command("remove")
def remove_library(
    name: Annotated[str, typer.Argument(help="The library's name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a library with all that was asked of it; no other program may have it open."""
    known = {each.name: each for each in all_libraries().listed()}
    if name in known and not yes:
        articles = known[name].articles
        held = "" if articles is None else f" with {articles:,} article{'' if articles == 1 else 's'}"
        typer.confirm(f"Delete {known[name].folder}{held} and all that was asked of it?", abort=True, err=True)
    all_libraries().remove(name)
    say(f"removed   {name}")
