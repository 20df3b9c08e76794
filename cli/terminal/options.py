"""The options that commands share (ledger, negotiation, keeper, moment, format) and their meaning."""

import inspect
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command_from_info
from typer.models import CommandInfo

from cli.terminal.errors import ChosenNotThere, KeeperUnreadable, LedgerIsAUrl, NeedsTheWhole
from ledger import AskableRecord, Clocks, Ledger
from ledger.base import desks, now
from ledger.base.files import is_there
from ledger.base.text import first_unsafe
from ledger.domain.clocks import typed_clocks
from ledger.domain.voices import UNATTRIBUTED
from ledger.views.asking import choice

if TYPE_CHECKING:
    from ledger.views.views import Views

DEFAULT = "ledger.db"

LedgerOption = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar="PARLEY_LEDGER",
        metavar="PATH|URL",
        help="The ledger: a file, or the address of a PostgreSQL database; by default ledger.db in this folder or the"
        " nearest parent folder.",
        show_default=False,
    ),
]


LEVEL = "PARLEY_LEVEL"
LevelOption = Annotated[
    str,
    typer.Option(
        "--level",
        envvar=LEVEL,
        metavar="LEVEL",
        help="Only entries at or below this level of confidentiality, as if there were none above it.",
        show_default=False,
    ),
]


def _chosen(ctx: typer.Context, named: str) -> str:
    """The negotiation named by the option or the environment, else the one chosen with `parley use`; "" if none is."""
    if named or ctx.resilient_parsing:
        return named
    path, level = find_ledger(ctx.params.get("ledger", "")), ctx.params.get("level", "")
    slug = choice.choice(path)
    if slug and slug not in AskableRecord(path, level=level).negotiations():
        if level:
            return ""  # whoever has this clearance does not know of it
        raise ChosenNotThere(slug=slug)
    return slug


NegotiationOption = Annotated[
    str,
    typer.Option(
        "--negotiation",
        envvar="PARLEY_NEGOTIATION",
        metavar="SLUG",
        help="The negotiation, if the ledger contains several; by default the one chosen with `parley use`.",
        show_default=False,
        callback=_chosen,
    ),
]
KeeperOption = Annotated[
    str,
    typer.Option(
        "--keeper", envvar="PARLEY_KEEPER", metavar="NAME", help="The person who records; by default your user name."
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be recorded, without recording it.")]
OfflineOption = Annotated[
    bool,
    typer.Option(
        "--offline", help="If the server of the ledger cannot be reached, file it here; it is sent on when it can be."
    ),
]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="Only what had happened by this day; by default today.")
]
ReportedByOption = Annotated[
    str, typer.Option("--reported-by", metavar="DATE", help="Only what had been published by this day.")
]
RecordedByOption = Annotated[
    str,
    typer.Option(
        "--recorded-by",
        metavar="DATE|TIME|POSITION",
        help="Only what had been recorded by this day, time (in UTC) or position of the log.",
    ),
]
MembersOption = Annotated[bool, typer.Option("--with-members", help="With a bloc, also its members.")]
FullOption = Annotated[bool, typer.Option("--full", help="The whole answer, however long.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Answer in CSV.")]
XlsxOption = Annotated[
    Path | None, typer.Option("--xlsx", metavar="FILE", help="Write the answer to a new workbook, for a spreadsheet.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The file to write; by default standard output.")
]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Replace the file if it is there.")]
TextsOption = Annotated[
    Path | None,
    typer.Option("--texts", metavar="FOLDER", help="The folder with the sources' texts, found by their SHA-256."),
]
MOMENT = "A day, a meeting, #POSITION, a time, reported:DAY, recorded:DAY, or last-look."


def find_ledger(named: str) -> Path:
    """The path of the named ledger, else `ledger.db` in this folder or the nearest parent that has one."""
    if desks.is_address(named):
        return desks.desk_of(named)
    if "://" in named:
        raise LedgerIsAUrl(scheme=named.partition("://")[0])
    if named:
        return Path(named)
    here = Path.cwd()
    return next((folder / DEFAULT for folder in (here, *here.parents) if is_there(folder / DEFAULT)), Path(DEFAULT))


def new_ledger(named: str) -> Path:
    """The path for a new ledger: the named one, else `ledger.db` in this folder."""
    return find_ledger(named) if named else Path(DEFAULT)


def open_ledger(named: str, keeper: str = "", *, offline: bool = False) -> Ledger:
    """Open the whole ledger of a command; long work shows its progress.

    With `offline`, it is a ledger at this desk if the server cannot be reached.
    """
    ledger = Ledger(whole_ledger(named), _keeper(keeper), progress)
    return ledger.offline() if offline else ledger


def open_record(named: str, level: str, keeper: str = "") -> AskableRecord:
    """Open the record for a question: the whole of it, or only its part at or below a level."""
    return AskableRecord(find_ledger(named), _keeper(keeper), progress, level)


def whole_ledger(named: str) -> Path:
    """The ledger of a command that reads all of it; refused if the environment limits the user to a level."""
    if level := os.environ.get(LEVEL, ""):
        raise NeedsTheWhole(level=level)
    return find_ledger(named)


def _keeper(name: str) -> str:
    if unsafe := first_unsafe(name):
        raise KeeperUnreadable(code=unsafe)
    return name


def clocks(as_of: str, reported_by: str, recorded_by: str) -> Clocks:
    """The moment that the three clock options name."""
    return typed_clocks(as_of, reported_by, recorded_by, now.today(), mark="--")


def complete_slug(incomplete: str, ctx: Any = None) -> list[tuple[str, str]]:
    """The slugs that begin with `incomplete`, for the shell's completion; none if there is no ledger."""
    given = ctx.params if ctx is not None else {}
    try:
        named = given.get("ledger") or os.environ.get("PARLEY_LEDGER", "")
        record = open_record(named, given.get("level") or os.environ.get(LEVEL, ""))
        chosen = os.environ.get("PARLEY_NEGOTIATION", "") or choice.choice(find_ledger(named))
        views = record.views(negotiation=given.get("negotiation") or chosen)
    except Exception:  # completion must never disturb the shell
        return []
    found = [(one.slug, one.label) for one in views.labels() if one.slug.startswith(incomplete)]
    views.close()
    return found


def voices(views: "Views", typed: str, *, members: bool, kinds: Sequence[str] = ("party", "person")) -> tuple[str, ...]:
    """The typed voice and, with `members`, the members if it is a bloc; none if none was typed."""
    from ledger.views.parties import with_members

    voice = typed if typed == UNATTRIBUTED else views.find(kinds, typed)
    return with_members(views, voice) if voice and members else (voice,) if voice else ()


SlugArgument = Annotated[
    str, typer.Argument(metavar="SLUG", help="The entry: its slug, name or alias.", autocompletion=complete_slug)
]


def parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    """A parameter of a command whose signature is built at run time."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def signed(command: Callable[..., None], parameters: Sequence[inspect.Parameter]) -> Callable[..., None]:
    """Give the command a signature with these parameters, which Typer reads."""
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command


def built(command: CommandInfo) -> Any:
    """Build one Typer command without the others."""
    return get_command_from_info(command, pretty_exceptions_short=False, rich_markup_mode=None)


def progress(done: int) -> None:
    """Show the progress of long work on one line of a terminal's standard error."""
    if sys.stderr.isatty() and done > 5_000:
        sys.stderr.write(f"\r{done:,} events")
        sys.stderr.flush()
