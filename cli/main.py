"""The `parley` command: which commands there are, and what an error becomes.

Commands live in the other modules of this folder and are imported when they are called, not before. A refusal is
one sentence on standard error and exit code 1; usage is Typer's, with exit code 2.
"""

import io
import sqlite3
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer._click.exceptions import ClickException
from typer.core import TyperGroup
from typer.main import get_group_from_info

from cli.options import built
from ledger.base import locking
from ledger.base.text import visible
from ledger.errors import NotWritable, Refusal

# Every command, in the order that help lists them, with the module that holds it.
COMMANDS = {
    "init": "upkeep",
    "example": "upkeep",
    "append": "filing",
    "import": "filing",
    "correct": "filing",
    "retract": "filing",
    "state": "lists",
    "next-round": "lists",
    "asks": "lists",
    "issues": "lists",
    "follow-ups": "lists",
    "meetings": "lists",
    "statements": "lists",
    "timeline": "lists",
    "diff": "export",
    "brief": "export",
    "positions": "queries",
    "promises": "queries",
    "contested": "lists",
    "gaps": "weighing",
    "compare": "weighing",
    "sources": "lists",
    "people": "lists",
    "search": "queries",
    "show": "lists",
    "history": "queries",
    "log": "lists",
    "replay": "replay",
    "check": "check",
    "serve": "serve",
    "checkpoint": "integrity",
    "verify": "integrity",
    "prove": "integrity",
    "export": "custody",
    "import-log": "custody",
    "backup": "custody",
    "merge": "custody",
    "erase": "custody",
    "rebuild": "upkeep",
    "check-quotes": "upkeep",
}


class Commands(TyperGroup):
    """The commands, each found when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        app: typer.Typer = import_module(f"cli.{COMMANDS[cmd_name]}").app
        for command in app.registered_commands:
            if command.name == cmd_name:
                return built(command)
        group = next(group for group in app.registered_groups if group.name == cmd_name)
        return get_group_from_info(group, pretty_exceptions_short=False, rich_markup_mode=None, suggest_commands=True)


app = typer.Typer(cls=Commands, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback(invoke_without_command=True)
def parley(
    version: bool = typer.Option(False, "--version", help="Say which Parley this is."),
) -> None:
    """Keep the record of a negotiation: what was said, by whom, where it says so, and where things stand on any day.

    Start with `parley init`; then `parley import` entry files, or `parley append` one entry at a time.
    """
    if version:
        from ledger import __version__

        typer.echo(f"parley {__version__}")
        raise typer.Exit


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 refused, 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    locking.tell = _tell
    try:
        ended = app(arguments, prog_name="parley", standalone_mode=False)
    except ClickException as usage:
        return _explain(usage)
    except typer.Abort:
        print("Aborted.", file=sys.stderr)
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except Refusal as refusal:
        return _refuse(refusal)
    except sqlite3.Error as error:
        return _refuse(NotWritable(path="The views database", why=error))
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the output has seen enough
        return 0
    return ended if isinstance(ended, int) else 0


def _explain(usage: ClickException) -> int:
    """Say how the command is used, with what was typed made visible."""
    told = io.StringIO()
    usage.show(told)
    sys.stderr.write(visible(told.getvalue()))
    return usage.exit_code


def _tell(sentence: str) -> None:
    """Say what a person at a terminal waits for."""
    if sys.stderr.isatty():
        print(sentence, file=sys.stderr, flush=True)


def _refuse(refusal: Refusal) -> int:
    print(f"parley: {visible(str(refusal))}", file=sys.stderr)
    return 1
