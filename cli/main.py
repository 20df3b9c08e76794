"""The `parley` command: the list of its commands, and the handling of errors.

The commands are in the other modules of this folder, which are imported only when needed. A refusal is one sentence on
standard error, with exit code 1. Typer reports wrong usage, with exit code 2.
"""

import contextlib
import io
import os
import re
import sqlite3
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer._click.exceptions import ClickException
from typer.main import get_group_from_info

from cli.errors import NoOutput, OutputLost
from cli.terminal.groups import LazyGroup
from cli.terminal.options import built
from ledger.base import desks, locking, now
from ledger.base.text import visible
from ledger.errors import NotWritable, Refusal

# Every command with its module, in the groups and order of the help.
GROUPS = {
    "Begin": {"init": "upkeep", "example": "upkeep", "use": "upkeep"},
    "Record": {
        "draft": "draft",
        "append": "filing",
        "import": "importing",
        "correct": "corrections",
        "retract": "corrections",
        "reinstate": "corrections",
        "level": "corrections",
        "merge": "filing",
        "check-quotes": "importing",
    },
    "See where we stand": {
        "state": "questions.state",
        "next-round": "questions.state",
        "asks": "questions.lists",
        "follow-ups": "questions.lists",
        "deadlines": "questions.lists",
        "tasks": "questions.lists",
        "issues": "questions.lists",
        "meetings": "questions.lists",
        "statements": "questions.lists",
        "positions": "questions.positions",
        "figures": "questions.positions",
        "table": "questions.positions",
        "text": "questions.texts",
        "promises": "questions.queries",
        "contested": "questions.lists",
        "gaps": "questions.queries",
        "serve": "serve",
    },
    "Look back": {
        "show": "questions.entry",
        "history": "questions.entry",
        "search": "questions.queries",
        "compare": "questions.queries",
        "diff": "questions.moments",
        "replay": "questions.moments",
        "timeline": "questions.lists",
        "sources": "questions.lists",
        "people": "questions.lists",
        "parties": "questions.lists",
        "log": "questions.lists",
        "watch": "questions.watch",
    },
    "Hand on": {
        "brief": "export",
        "handover": "export",
        "calendar": "export",
        "workbook": "export",
        "interchange": "export",
        "bundle": "bundle",
        "publish": "publish",
        "publish-log": "integrity",
    },
    "Trust the record": {
        "check": "questions.queries",
        "checkpoint": "integrity",
        "verify": "integrity",
        "prove": "integrity",
    },
    "Keep the ledger": {
        "backup": "integrity",
        "export": "integrity",
        "import-log": "integrity",
        "move": "integrity",
        "erase": "integrity",
        "token": "people",
        "desk": "upkeep",
        "rebuild": "upkeep",
    },
}
# Words that people type for a command with a name that is spelled differently.
MEANT = {
    "add": "append", "new": "append", "record": "append", "file": "append", "create": "init", "start": "init",
    "edit": "correct", "fix": "correct", "change": "correct", "update": "correct", "undo": "retract",
    "withdraw": "retract",  "remove": "retract", "delete": "retract", "forget": "erase", "load": "import",
    "status": "state", "today": "state", "next": "next-round", "requests": "asks", "questions": "asks",
    "todo": "tasks", "actions": "follow-ups", "rounds": "meetings",
    "said": "statements", "quotes": "statements", "topics": "issues", "docs": "sources", "articles": "sources",
    "conflicts": "contested", "disputes": "contested", "missing": "gaps", "report": "brief", "web": "serve",
    "browse": "serve", "view": "show", "cat": "show", "find": "search", "grep": "search", "changes": "diff",
    "chronology": "timeline", "persons": "people", "delegation": "people", "events": "log", "validate": "check",
    "follow": "watch", "tail": "watch", "copy": "backup", "dump": "export", "restore": "import-log", "help": "--help",
    "classify": "level", "tokens": "token", "user": "token", "site": "publish", "website": "publish",
}  # fmt: skip
COMMANDS = {name: module for group in GROUPS.values() for name, module in group.items()}


_built = cache(built)  # a process builds each command once


class Commands(LazyGroup):
    """The commands, each imported when it is needed."""

    names = COMMANDS
    meant = MEANT

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        app: typer.Typer = import_module(f"cli.{COMMANDS[cmd_name]}").app
        for command in app.registered_commands:
            if command.name == cmd_name:
                return _built(command)
        group = next(group for group in app.registered_groups if group.name == cmd_name)
        return get_group_from_info(group, pretty_exceptions_short=False, rich_markup_mode=None, suggest_commands=True)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands in their groups, each with the first sentence of its help."""
        for heading, group in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(LONGEST), self._first_sentence(ctx, name)) for name in group])

    def _first_sentence(self, ctx: Any, name: str) -> str:
        paragraph = " ".join(self.get_command(ctx, name).help.partition("\n\n")[0].split())
        return re.split(r"(?<=[.?]) ", paragraph)[0]


LONGEST = max(map(len, COMMANDS))


app = typer.Typer(cls=Commands, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback(invoke_without_command=True)
def parley(
    version: bool = typer.Option(False, "--version", help="Show the version of Parley."),
) -> None:
    """Keep the record of a negotiation: who said what, which source says so, and where things stand on any day.

    Start with `parley init`. Then `parley import` entry files, or `parley append` one entry at a time. `parley COMMAND
    --help` says more about each command, with an example.
    """
    if version:
        from ledger import __version__

        typer.echo(f"parley {__version__}")
        raise typer.Exit


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command. The exit code is 0 if it succeeded, 1 if it was refused, 2 for wrong usage."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open()  # noqa: SIM115 (it stays open for the life of the process)
    if sys.stderr is None:  # closed by the caller, as `2>&-` does
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 (it stays open for the life of the process)
    try:
        if sys.stdout is None:
            raise NoOutput()
        code = _run(arguments)
        sys.stdout.flush()
    except Refusal as refusal:
        return _refuse(refusal)
    except BrokenPipeError:  # the reader closed the pipe
        _forget_output()
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        _forget_output()
        return _refuse(OutputLost(why=error.strerror))
    return code


def _run(arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    locking.tell, now.warn, desks.warn = _tell, _warn, _warn
    try:
        ended = app(arguments, prog_name="parley", standalone_mode=False)
    except ClickException as usage:
        return _explain(usage)
    except typer.Abort:
        print("Aborted.", file=sys.stderr)
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except sqlite3.Error as error:
        raise NotWritable(path="The views database", why=error) from error
    return ended if isinstance(ended, int) else 0


def _forget_output() -> None:
    """Stop Python from trying to write the rest of the output at exit, which would fail again."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain(usage: ClickException) -> int:
    """Print the usage error, with unsafe characters as escapes."""
    message = io.StringIO()
    usage.show(message)
    sys.stderr.write(visible(message.getvalue()))
    return usage.exit_code


def _tell(sentence: str) -> None:
    """Print what the command is waiting for, if a person is at the terminal."""
    if sys.stderr.isatty():
        print(sentence, file=sys.stderr, flush=True)


def _warn(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _refuse(refusal: Refusal) -> int:
    from cli.terminal.render import note

    note(f"parley: {refusal}")
    return 1
