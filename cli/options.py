"""What every command has in common: where the ledger is, which moment is asked of, in which form to answer.

`question` makes a command of a function from views to an answer: it adds the options that all questions take,
reads the clocks, opens the views and closes them.
"""

import inspect
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command_from_info
from typer.models import CommandInfo

from cli import render
from cli.errors import LedgerIsAUrl, OneFormat
from ledger import Clocks, Ledger
from ledger.base import now
from ledger.domain.clocks import typed_clocks
from ledger.views.views import Views

DEFAULT = "ledger.db"

LedgerOption = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar="PARLEY_LEDGER",
        metavar="PATH",
        help="The ledger; by default ledger.db here or in a parent folder.",
        show_default=False,
    ),
]
NegotiationOption = Annotated[
    str,
    typer.Option("--negotiation", metavar="SLUG", help="Which negotiation, where the ledger holds several."),
]
KeeperOption = Annotated[
    str,
    typer.Option("--keeper", envvar="PARLEY_KEEPER", metavar="NAME", help="Who records; by default the user."),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="What had happened by then; by default today.")
]
ReportedByOption = Annotated[
    str, typer.Option("--reported-by", metavar="DATE", help="Only what had been published by then.")
]
RecordedByOption = Annotated[
    str,
    typer.Option("--recorded-by", metavar="DATE|TIME|POSITION", help="Only what this ledger held then (UTC)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Answer in CSV.")]


def find_ledger(named: str) -> Path:
    """The ledger named, else `ledger.db` in this folder or the nearest parent that has one."""
    if "://" in named:
        raise LedgerIsAUrl(url=named)
    if named:
        return Path(named)
    here = Path.cwd()
    return next((folder / DEFAULT for folder in (here, *here.parents) if (folder / DEFAULT).exists()), Path(DEFAULT))


def open_ledger(named: str, keeper: str = "") -> Ledger:
    """The ledger a command works on; long work shows how far it has come."""
    return Ledger(find_ledger(named), keeper, _progress)


def clocks(as_of: str, reported_by: str, recorded_by: str) -> Clocks:
    """The moment that the three clock options say."""
    return typed_clocks(as_of, reported_by, recorded_by, now.today(), mark="--")


def question(
    app: typer.Typer, name: str, *, of: Callable[[Ledger, Clocks, str], Any] = Ledger.views, looking: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Make a command of a function `(views, …options) -> (answer, draw)`.

    The function returns the answer and how to draw it for a person, and may add the rows that CSV has of it. `of` is
    what it is asked of, where that is not the views. `looking` remembers that somebody looked at where things stand.
    """

    def decorate(ask: Callable[..., Any]) -> Callable[..., None]:
        @wraps(ask)
        def command(**options: Any) -> None:
            common = {option: options.pop(option) for option in _COMMON}
            if common["as_json"] and common["as_csv"]:
                raise OneFormat()
            moment = clocks(common["as_of"], common["reported_by"], common["recorded_by"])
            record = open_ledger(common["ledger"])
            asked = of(record, moment, common["negotiation"])
            try:
                if isinstance(asked, Views):
                    say_undated(asked)
                answer, draw, *rows = ask(asked, **options)
                if common["as_json"]:
                    render.as_json(answer)
                elif common["as_csv"]:
                    render.as_csv(*rows or [answer])
                else:
                    draw()
                if looking and moment == Clocks():
                    from ledger.views import moments

                    moments.look(record, Clocks(asked.day))
                if getattr(answer, "problems", ()):
                    raise typer.Exit(1)
            finally:
                if isinstance(asked, Views):
                    asked.close()

        own = list(inspect.signature(ask, eval_str=True).parameters.values())[1:]
        command.__signature__ = inspect.Signature([*own, *_COMMON_PARAMETERS])  # type: ignore[attr-defined]
        command.__annotations__ = {one.name: one.annotation for one in [*own, *_COMMON_PARAMETERS]}
        app.command(name)(command)
        return command

    return decorate


def complete_slug(incomplete: str) -> list[tuple[str, str]]:
    """The slugs that begin with what was typed, for the shell's completion; none when there is no ledger."""
    try:
        views = open_ledger(os.environ.get("PARLEY_LEDGER", "")).views()
    except Exception:  # a completion must never disturb the shell
        return []
    found = [(one.slug, one.label) for one in views.labels() if one.slug.startswith(incomplete)]
    views.close()
    return found


def built(command: CommandInfo) -> Any:
    """One command of Typer's, without its neighbours."""
    return get_command_from_info(command, pretty_exceptions_short=False, rich_markup_mode=None)


SlugArgument = Annotated[
    str, typer.Argument(metavar="SLUG", help="The slug of an entry.", autocompletion=complete_slug)
]


def say_undated(views: Views) -> None:
    """Say what the reported clock had to decide without a day of publication."""
    if undated := views.undated():
        told = "event counts" if undated == 1 else "events count"
        print(f"{undated} {told} from the day of recording: the source has no day of publication.", file=sys.stderr)


def _progress(done: int) -> None:
    """How far long work has come, on one line of a terminal's standard error."""
    if sys.stderr.isatty() and done > 5_000:
        sys.stderr.write(f"\r{done:,} events projected")
        sys.stderr.flush()


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


_COMMON_PARAMETERS = [
    _parameter("as_of", AsOfOption, ""),
    _parameter("reported_by", ReportedByOption, ""),
    _parameter("recorded_by", RecordedByOption, ""),
    _parameter("as_json", JsonOption, False),
    _parameter("as_csv", CsvOption, False),
    _parameter("ledger", LedgerOption, ""),
    _parameter("negotiation", NegotiationOption, ""),
]
_COMMON = [one.name for one in _COMMON_PARAMETERS]
