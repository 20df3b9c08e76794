"""`parley token`: who may sign in to the pages, and as what."""

from typing import Annotated

import typer

from cli.terminal import render
from cli.terminal.groups import LazyGroup
from cli.terminal.options import LedgerOption, open_ledger
from ledger.web.people.errors import LevelNeeded
from ledger.web.people.people import AccessRole, People, last_day, role_of

app = typer.Typer()
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The person's name, as the record gives it.")]


class Tokens(LazyGroup):
    """The commands under `token`."""

    names = ("add", "list", "revoke")


token = typer.Typer(
    cls=Tokens,
    help="Say who may sign in to the pages.\n\nparley token add lan --role recorder",
    rich_markup_mode=None,
    no_args_is_help=True,
)
token.callback()(lambda: None)
app.add_typer(token, name="token")


@token.command("add")
def add(
    name: NameArgument,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="reader, recorder or keeper.")],
    level: Annotated[
        str,
        typer.Option("--level", metavar="LEVEL", help="The level up to which a reader may read.", show_default=False),
    ] = "",
    expires: Annotated[
        str, typer.Option("--expires", metavar="DAYS|DATE", help="The end: 90d, a last day, or never.")
    ] = "365d",
    by_proxy: Annotated[
        bool, typer.Option("--by-proxy", help="Make no token: a trusted reverse proxy says who this is.")
    ] = False,
    ledger: LedgerOption = "",
) -> None:
    """Let a person sign in to the pages, and print their token.

    It is shown only now, and only its hash is stored. A reader sees entries at or below a level. A recorder sees
    everything, and files reports under this name. A keeper may also change levels and name people.

    parley token add lan --role recorder --expires 90d

    parley token add press-office --role reader --level public
    """
    record = open_ledger(ledger)
    record.head()  # if there is no ledger, that is what is wrong
    who, until = role_of(role), last_day(expires)
    if level or who is AccessRole.READER:
        levels = record.levels()
        if not level:
            raise LevelNeeded(name=name, levels=", ".join(levels))
        record.at(level)  # refused if there is no such level
    made = People(record.path).add(name, who, level=level, expires=until, by_proxy=by_proxy)
    may = f"{name} may sign in as a {who}{f' up to {level}' if level else ''}{f', until {until}' if until else ''}"
    if by_proxy:
        render.out(f"{may}, when the proxy says who it is.")
        return
    render.note(f"{may}. The token is shown only now:")
    render.raw(f"{made}\n")


@token.command("list")
def list_people(ledger: LedgerOption = "") -> None:
    """List who may sign in to the pages. Tokens are not stored, so none is shown.

    parley token list
    """
    record = open_ledger(ledger)
    record.head()
    found = People(record.path).all()
    if not found:
        render.out("Nobody may sign in. `parley token add NAME --role recorder` names a person.")
        return
    rows = []
    for one in found:
        until = "has expired" if one.has_expired else f"until {one.expires}" if one.expires else "no end"
        may = f"{one.role} up to {one.level}" if one.level else one.role.value
        rows.append((one.name, may, "token" if one.key else "by the proxy", f"added {one.added}", until))
    render.block(rows, 0, "")


@token.command("revoke")
def revoke(name: NameArgument, ledger: LedgerOption = "") -> None:
    """Make a person's token invalid, and end their sessions at once.

    parley token revoke lan
    """
    record = open_ledger(ledger)
    record.head()
    gone = People(record.path).revoke(name)
    render.out(f"{gone.name} may not sign in any more.")
