"""`question` turns a function from views to an answer into a command.

It adds the options that all questions take, reads the clocks, opens the views and closes them, and prints the answer
for people, as JSON or as CSV, or writes it to a workbook.
"""

import inspect
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, nullcontext
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

from cli.terminal import render
from cli.terminal.errors import OneFormat
from cli.terminal.options import (
    AsOfOption,
    CsvOption,
    JsonOption,
    LedgerOption,
    LevelOption,
    NegotiationOption,
    RecordedByOption,
    ReportedByOption,
    XlsxOption,
    clocks,
    open_record,
    parameter,
    signed,
)
from ledger import AskableRecord, Clocks
from ledger.base.text import counted
from ledger.domain.errors import NoNegotiationYet, UnknownEntry
from ledger.errors import Refusal
from ledger.export.tables import header
from ledger.views.views import Views


class Common(NamedTuple):
    """The options that all questions take."""

    as_of: AsOfOption = ""
    reported_by: ReportedByOption = ""
    recorded_by: RecordedByOption = ""
    as_json: JsonOption = False
    as_csv: CsvOption = False
    xlsx: XlsxOption = None
    ledger: LedgerOption = ""
    level: LevelOption = ""
    negotiation: NegotiationOption = ""


class OfNegotiation(NamedTuple):
    """A row of an answer about all negotiations, with the negotiation that it belongs to."""

    row: Any
    negotiation: str


EVERYWHERE = parameter(
    "everywhere",
    Annotated[bool, typer.Option("--all", help="Ask about all negotiations in the ledger; each row says which.")],
    False,
)
ASKED: dict[str, Callable[..., Any]] = {}  # the function of each question whose module was imported
_SAY_SO = ("brief",)  # the questions whose answers say themselves up to when they know
_HINTS = get_type_hints(Common, include_extras=True)
_PARAMETERS = [parameter(name, _HINTS[name], default) for name, default in Common._field_defaults.items()]


def question(
    app: typer.Typer,
    name: str,
    *,
    of: Callable[[AskableRecord, Clocks, str], Any] = AskableRecord.views,
    looking: bool = False,
    everywhere: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Make a command of a function `(views, …options) -> (answer, draw, row)`.

    The function returns the answer, a function that draws it for a person, and the type of its rows in CSV; a fourth
    value gives these rows, if they are not the answer itself.
    `of` returns the first argument of the function, by default the views. If `looking`, the command stores that the
    keeper has looked at the record, for `last-look`. `everywhere` adds an option to ask about all negotiations; the
    function must then return a `Listing`.
    """

    def decorate(ask: Callable[..., Any]) -> Callable[..., None]:
        @wraps(ask)
        def command(**options: Any) -> None:
            common = Common(**{option: options.pop(option) for option in Common._fields})
            one_format(common.as_json, common.as_csv, common.xlsx)
            moment = clocks(common.as_of, common.reported_by, common.recorded_by)
            record = open_record(common.ledger, common.level)
            if options.pop(EVERYWHERE.name, False):
                with ExitStack() as stack:
                    every = [stack.enter_context(views) for views in record.every_views(moment)]
                    answers, table, columns, rows = _of_all(every, lambda views: ask(views, **options))
                    _print(name, common, moment.limits, answers, table, columns, rows, every)
                return
            asked = of(record, moment, common.negotiation)
            with asked if isinstance(asked, Views) else nullcontext():
                if isinstance(asked, Views):
                    say_undated(asked)
                answer, draw, row, *rows = ask(asked, **options)
                views = [asked] if isinstance(asked, Views) else []
                _print(name, common, moment.limits, answer, draw, header(row), rows[0] if rows else answer, views)
                if looking and moment == Clocks():
                    record.look(asked.day)
            if getattr(answer, "problems", ()):
                raise typer.Exit(1)

        ASKED[name] = ask
        own = list(inspect.signature(ask).parameters.values())[1:]
        app.command(name)(signed(command, [*own, *([EVERYWHERE] if everywhere else []), *_PARAMETERS]))
        return command

    return decorate


# The answers in JSON, their table, and their columns and rows in CSV.
_Answers = tuple[list[Any], render.Listing, list[str], list[Any]]


def _of_all(every: Sequence[Views], ask: Callable[[Views], Any]) -> _Answers:
    """The answers of all negotiations as one; refused if every negotiation refuses the question."""
    answers: list[Any] = []
    rows: list[Any] = []
    columns: list[str] = []
    tables = []
    refused: Refusal = NoNegotiationYet()
    for views in every:
        say_undated(views)
        try:
            answer, table, row, *of_csv = ask(views)
        except UnknownEntry as unknown:  # such as a party that only another negotiation has
            refused = unknown
            continue
        answers += [OfNegotiation(one, views.negotiation) for one in _listed(answer)]
        rows += [OfNegotiation(one, views.negotiation) for one in _listed(of_csv[0] if of_csv else answer)]
        columns = [*header(row), "negotiation"]
        tables.append((views.negotiation, table))
    if not tables:
        raise refused
    return answers, render.joined(tables), columns, rows


def _listed(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [answer]


def one_format(*formats: bool | Path | None) -> None:
    """Refuse to answer in two formats at once."""
    if sum(map(bool, formats)) > 1:
        raise OneFormat()


def say_undated(views: Views) -> None:
    """Print the number of events for which the reported clock uses the day of recording."""
    if undated := views.undated():
        count = f"{counted(undated, 'event')} {'counts' if undated == 1 else 'count'}"
        print(f"{count} from the day of recording: the source has no day of publication.", file=sys.stderr)


def _print(
    name: str,
    common: Common,
    limits: str,
    answer: Any,
    draw: Callable[[], None] | render.Listing,
    columns: list[str],
    rows: Any,
    views: Sequence[Views],
) -> None:
    if isinstance(draw, render.Listing) and draw.more and (common.as_json or common.as_csv or common.xlsx):
        print(f"… and {draw.more} more.", file=sys.stderr)  # the table says so itself
    if common.as_json:
        render.as_json(answer)
    elif common.as_csv:
        render.as_csv(rows, columns, views)
    elif common.xlsx:
        render.as_xlsx(common.xlsx, name, rows, columns, views)
    else:
        if limits and name not in _SAY_SO:
            render.out(limits)
        draw()
