"""The commands about the models on this machine: show, fetch, verify."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands.chosen import open_speeds
from ui.commands.output import progress, say

models = typer.Typer(help="The models: show, fetch or verify them.", invoke_without_command=True)


@models.callback()
def show_models(context: typer.Context) -> None:
    """Show every model that can be fetched, what it needs, and whether it suits this machine and is on it."""
    if context.invoked_subcommand is not None:
        return
    from index.models.local import models_folder
    from qa.llm.suiting import known_models

    for known in known_models(open_speeds()):
        model = known.model
        say(f"{model.name}\n  {model.role}, {known.facts}: {known.here}")
        if model.purpose:
            say(f"  for {model.purpose}")
    say(f"in {models_folder()}")


@models.command("fetch")
def fetch_models(
    names: Annotated[
        list[str] | None, typer.Argument(help="Names, or parts of names; without any, those that every question needs.")
    ] = None,
) -> None:
    """Get models; one that is here and whole is left alone, an interrupted fetch continues."""
    from index.models.catalogue import catalogue, named
    from index.models.fetching import fetch

    wanted = [named(name) for name in names or []] or [model for model in catalogue() if not model.optional]
    with progress("bytes") as bars:
        for model in wanted:
            task = bars.add_task(model.name, total=model.bytes)

            def report(what: str, here: int, total: int, task: int = task) -> None:
                bars.update(task, description=what, completed=here)  # type: ignore[arg-type]

            fetch(model, report)
            bars.update(task, completed=model.bytes)


@models.command("verify")
def verify_models() -> None:
    """Hash every model; exit status 1 when one that Byline uses is missing, or any is not what models.txt pins."""
    from index.models.catalogue import catalogue
    from index.models.local import path_of, verify

    results = [verify(model) for model in catalogue() if not model.optional or path_of(model).exists()]
    for result in results:
        say(f"{result.state:8} {result.model.name}")
        if result.fetched:
            for mismatch in result.mismatches:
                say(f"         {mismatch}")
    if any(result.state != "ok" for result in results):
        raise typer.Exit(1)
