"""All commands by name, each loaded when it is asked for: none waits for the options of all the others."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, Final, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from generator.cli.guard import guarded

if TYPE_CHECKING:
    from typer._click import Command

COMMANDS: Final = {
    "demo": "packs.demo",
    "build": "packs.build",
    "preview": "packs.preview",
    "find": "packs.find",
    "batch": "batching.batch",
    "verify": "batching.verify",
    "list": "content.list_",
    "new": "content.new",
    "schema": "content.schema",
    "sign-off": "content.sign_off",
    "check": "checking.check",
    "understand": "checking.understand",
    "screening": "screening.screening",
    "poses": "posing.poses",
    "merge": "merging.merge",
    "print": "printing.print_",
    "mail": "mail.mail",
}
"""Module and function of each command in the order of the help; `mail` has commands of its own."""


class OnDemand(TyperGroup):
    """The group of all commands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = cast("MutableMapping[str, Command]", _Commands())  # nobody adds one later


class _Commands(Mapping[str, "Command"]):
    """Commands by name, built from their functions when they are first looked up."""

    def __init__(self) -> None:
        self._built: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._built:
            self._built[name] = _built(name, COMMANDS[name])
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _built(name: str, where: str) -> Command:
    """A command of one function, or a group of commands that has a name of its own."""
    module, _, attribute = where.partition(".")
    found = getattr(importlib.import_module(f"generator.cli.{module}"), attribute)
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = typer.Typer(add_completion=False)
    alone.command(name)(guarded(found))
    return get_command(alone)
