"""`question` turns a function from views to an answer into a command.

It adds the options that all questions take, reads the clocks, opens the views and closes them, and prints the answer
for people, as JSON or as CSV.
"""

import inspect
import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, NamedTuple, get_type_hints

import typer

from cli.terminal import render
from cli.terminal.errors import OneFormat
from cli.terminal.options import (
    AsOfOption,
    CsvOption,
    JsonOption,
    LedgerOption,
    NegotiationOption,
    RecordedByOption,
    ReportedByOption,
    clocks,
    open_ledger,
    parameter,
    signed,
)
from ledger import Clocks, Ledger
from ledger.base.text import counted
from ledger.views.views import Views


class Common(NamedTuple):
    """The options that all questions take."""

    as_of: AsOfOption = ""
    reported_by: ReportedByOption = ""
    recorded_by: RecordedByOption = ""
    as_json: JsonOption = False
    as_csv: CsvOption = False
    ledger: LedgerOption = ""
    negotiation: NegotiationOption = ""


_HINTS = get_type_hints(Common, include_extras=True)
_PARAMETERS = [parameter(name, _HINTS[name], default) for name, default in Common._field_defaults.items()]


def question(
    app: typer.Typer, name: str, *, of: Callable[[Ledger, Clocks, str], Any] = Ledger.views, looking: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Make a command of a function `(views, …options) -> (answer, draw)`.

    The function returns the answer and a function that draws it for a person; a third value gives the rows for CSV.
    `of` returns the argument of the function, if that is not the views. `looking` stores that the keeper has looked
    at the record, for `last-look`.
    """

    def decorate(ask: Callable[..., Any]) -> Callable[..., None]:
        @wraps(ask)
        def command(**options: Any) -> None:
            common = Common(**{option: options.pop(option) for option in Common._fields})
            one_format(common.as_json, common.as_csv)
            moment = clocks(common.as_of, common.reported_by, common.recorded_by)
            record = open_ledger(common.ledger)
            asked = of(record, moment, common.negotiation)
            with asked if isinstance(asked, Views) else nullcontext():
                if isinstance(asked, Views):
                    say_undated(asked)
                answer, draw, *rows = ask(asked, **options)
                _print(common, answer, draw, *rows or [answer])
                if looking and moment == Clocks():
                    record.look(asked.day)
            if getattr(answer, "problems", ()):
                raise typer.Exit(1)

        own = list(inspect.signature(ask).parameters.values())[1:]
        app.command(name)(signed(command, [*own, *_PARAMETERS]))
        return command

    return decorate


def one_format(as_json: bool, as_csv: bool) -> None:
    """Refuse to answer in two formats at once."""
    if as_json and as_csv:
        raise OneFormat()


def say_undated(views: Views) -> None:
    """Print the number of events for which the reported clock uses the day of recording."""
    if undated := views.undated():
        count = f"{counted(undated, 'event')} {'counts' if undated == 1 else 'count'}"
        print(f"{count} from the day of recording: the source has no day of publication.", file=sys.stderr)


def _print(common: Common, answer: Any, draw: Callable[[], None], rows: Any) -> None:
    if common.as_json:
        render.as_json(answer)
    elif common.as_csv:
        render.as_csv(rows)
    else:
        draw()
