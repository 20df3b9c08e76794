"""The commands to set up and maintain a ledger: init, example, use, desk, rebuild."""

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal import render
from cli.terminal.options import JsonOption, LedgerOption, find_ledger, new_ledger, open_ledger
from ledger.base import desks
from ledger.base.text import counted, listed
from ledger.domain.errors import NoNegotiationYet
from ledger.domain.names import chosen
from ledger.views.asking import choice

app = typer.Typer()

_PACKED = Path(__file__).parent / "example"  # in an installed wheel; in a checkout the same two paths are at the top
EXAMPLE = _PACKED if _PACKED.is_dir() else Path(__file__).parents[1]


@app.command("init")
def init(
    levels: Annotated[
        str,
        typer.Option(
            "--levels",
            metavar="NAMES",
            help="Its levels of confidentiality, the most open first; by default public,internal,confidential.",
        ),
    ] = "",
    default_level: Annotated[
        str,
        typer.Option(
            "--default-level", metavar="LEVEL", help="The level of an entry without one; by default the first."
        ),
    ] = "",
    readers: Annotated[
        bool,
        typer.Option(
            "--readers",
            help="Make a role on the server for each level but the highest; each reads only up to its level.",
        ),
    ] = False,
    ledger: LedgerOption = "",
) -> None:
    """Create an empty ledger.

    parley init --ledger talks.db

    The levels are fixed when the ledger is created:

    parley init --levels open,desk,minister --default-level desk --ledger desk.db

    With the address of a PostgreSQL database, such as postgresql://host/talks, it is created there, with a role for
    those who record (talks_desk) and one for those who also erase (talks_eraser). With --readers, there is also a role
    for each level but the highest (talks_reads_public), which reads only the part at or below it. An existing ledger
    gets these roles in the same way.
    """
    from ledger import create_ledger
    from ledger.integrity.readers import enable, is_there

    path = new_ledger(ledger)
    if readers and not desks.is_desk(path):
        raise typer.BadParameter("--readers needs the address of a PostgreSQL database.")
    if readers and is_there(path):
        render.out(f"Readers of {desks.name_of(path)} may have a role for {listed(enable(path))}.")
        return
    create_ledger(
        path, levels=[one.strip() for one in levels.split(",")] if levels else (), default_level=default_level
    )
    if readers:
        enable(path)
    following = "`parley import` entry files, or `parley append negotiation SLUG --title …`"
    render.out(f"Created {desks.name_of(path)}. Next: {following}.")


@app.command("example")
def example(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder for the files.")],
) -> None:
    """Copy the two worked examples into a new folder.

    The examples in the help, such as `parley import seeds/vn-us-trade/*.yaml`, work in that folder. The second example,
    seeds/fish-stocks, is invented, and has its documents with it. The folder also contains docs/verify.py, a script
    that checks proofs without Parley.

    parley example tour
    """
    from ledger.base.files import new_folder

    with new_folder(folder):
        for name in ("vn-us-trade", "fish-stocks"):
            shutil.copytree(EXAMPLE / "seeds" / name, folder / "seeds" / name)
        (folder / "docs").mkdir()
        shutil.copy(EXAMPLE / "docs/verify.py", folder / "docs")
    steps = f"`cd {folder}`, `parley init`, `parley import seeds/vn-us-trade/*.yaml`, `parley state`"
    render.out(f"Copied the worked examples to {folder}. Next: {steps}.")


@app.command("use")
def use(
    slug: Annotated[str, typer.Argument(metavar="[SLUG]", help="The negotiation; without it, show them all.")] = "",
    none: Annotated[bool, typer.Option("--none", help="Choose no negotiation.")] = False,
    ledger: LedgerOption = "",
) -> None:
    """Choose the negotiation that commands use, if the ledger contains several.

    Opening a negotiation chooses it too. The choice is stored next to the ledger, for each user of the machine.
    --negotiation and the environment variable PARLEY_NEGOTIATION take precedence.

    parley use vn-us-trade
    """
    record = open_ledger(ledger)
    if slug and none:
        raise typer.BadParameter("Give a negotiation or --none, not both.")
    if slug or none:
        choice.choose(record.path, slug and chosen(slug, record.negotiations()))
    with ExitStack() as stack:
        known = {views.negotiation: views.title() for views in map(stack.enter_context, record.every_views())}
    named, used = os.environ.get("PARLEY_NEGOTIATION", ""), choice.choice(record.path)
    now = named or used or (next(iter(known)) if len(known) == 1 else "")
    if known:
        render.block([("→" if one == now else " ", one, title) for one, title in known.items()], 2, "")
    if named:
        render.out(f"Commands are about {named}, because PARLEY_NEGOTIATION says so.")
    elif used:
        render.out(f"Commands are about {used}, because `parley use` chose it.")
    elif now:
        render.out(f"Commands are about {now}, the only negotiation in this ledger.")
    elif known:
        render.out("No negotiation is chosen: `parley use SLUG` chooses one.")
    elif not none:
        raise NoNegotiationYet()


@app.command("desk")
def desk(as_json: JsonOption = False, ledger: LedgerOption = "") -> None:
    """Show the desk of a ledger on a server: how far it has seen the log, and which entries wait to be sent.

    parley desk
    """
    from ledger.integrity.offline import desk_state

    path = find_ledger(ledger)
    if not desks.is_desk(path):
        render.out(f"{path} is a file, so nothing waits to be sent to a server.")
        return
    found = desk_state(path)
    if as_json:
        render.as_json(found)
        return
    server = "cannot be reached" if found.position is None else f"is at position {found.position}"
    render.out(f"The server of {found.ledger} {server}.")
    seen = f"has seen position {found.seen}" if found.seen else "has not seen the log yet"
    render.out(f"This desk {seen}; its files are in {found.folder}.")
    waits = f"Waits to be sent: {found.waiting}. `parley merge` sends it." if found.waiting else "Nothing waits."
    render.out(waits)


@app.command("rebuild")
def rebuild(
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept the log as it is, even if it is not the log that the views saw.")
    ] = False,
    ledger: LedgerOption = "",
) -> None:
    """Rebuild the views from the log.

    parley rebuild
    """
    position = open_ledger(ledger).rebuild(accept=accept)
    render.out(f"Rebuilt the views from {counted(position, 'event')}.")
