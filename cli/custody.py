"""Keeping the log: copies of it, another's events into it, and the erasure of what must not be kept."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli import render
from cli.options import (
    DryRunOption,
    JsonOption,
    KeeperOption,
    LedgerOption,
    NegotiationOption,
    complete_slug,
    find_ledger,
    open_ledger,
)
from ledger.domain.clocks import typed_position

app = typer.Typer()


@app.command("export")
def export(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="As JSON lines: the only form there is.")] = True,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write it; else it is printed.")
    ] = None,
    ledger: LedgerOption = "",
) -> None:
    """Write the log exactly as it is stored, for `parley import-log` and for docs/verify.py.

    parley export --jsonl --out talks.jsonl
    """
    from ledger.base.files import new_text
    from ledger.integrity import archive

    if out is None:
        archive.export(find_ledger(ledger), sys.stdout)
        return
    with new_text(out) as stream:
        count = archive.export(find_ledger(ledger), stream)
    render.out(f"Wrote {count} events to {out}.")


@app.command("import-log")
def import_log(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A log that `parley export` wrote.")],
    ledger: LedgerOption = "",
) -> None:
    """Restore an exported log into a ledger that is new or empty, exactly.

    parley export --out talks.jsonl

    parley import-log talks.jsonl --ledger restored.db
    """
    from ledger.integrity import archive

    path = Path("ledger.db") if not ledger else find_ledger(ledger)
    count = archive.restore(source, path)
    render.out(f"Restored {count} events into {path}; the root is the one that {source} states.")


@app.command("backup")
def backup(
    into: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to make; nothing may be there yet.")],
    ledger: LedgerOption = "",
) -> None:
    """Copy the ledger while others go on writing, and verify the copy.

    parley backup ledger-2025-06-15.db

    A backup is a ledger itself. To restore one, move the damaged ledger away and take a backup of the backup:

    parley backup restored.db --ledger ledger-2025-06-15.db
    """
    from ledger.integrity.backup import back_up

    found = back_up(find_ledger(ledger), into)
    render.out(f"Copied {found.events} events to {into} and verified them; root {found.root}.")


@app.command("erase")
def erase(
    entry: Annotated[
        str, typer.Argument(metavar="SLUG|POSITION", help="The entry, or one event.", autocompletion=complete_slug)
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why: it is kept with the record.")],
    basis: Annotated[str, typer.Option("--basis", help="The rule, order or request that asks for it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask at the terminal.")] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Erase what an entry says, for good; that it was there, and who erased it, when and why, stays of record.

    Use `parley retract` for what should not stand, and this only for what must not be kept at all.

    parley erase greer-commends-goodwill --reason "The ministry asked for it." --basis "Letter of 12 June 2025"
    """
    position = typed_position(entry)
    what = entry if position is None else position
    record = open_ledger(ledger, keeper)
    if not dry_run and not yes and sys.stdin.isatty():
        planned = record.erase(what, reason, basis=basis, negotiation=negotiation, dry_run=True)
        events = f"{len(planned.erased)} event{'s'[: len(planned.erased) > 1]}"
        typer.confirm(f"Erase {events} of the {planned.kind} {planned.slug} for good?", abort=True)
    receipt = record.erase(what, reason, basis=basis, negotiation=negotiation, dry_run=dry_run)
    if as_json:
        render.as_json(receipt)
        return
    positions = ", ".join(f"#{one.position}" for one in receipt.erased)
    said = "Would erase" if dry_run else "Erased"
    render.out(f"{said} the content of the {receipt.kind} {receipt.slug}: {positions}.")
    if dry_run:
        return
    if receipt.recorded:
        render.out(f"Recorded #{receipt.recorded}: {receipt.reason}{f' ({receipt.basis})' if receipt.basis else ''}")
    for line in _RECEIPT:
        for each in render.paragraph(line, ""):
            render.out(each)


_RECEIPT = (
    "Cleaned: the log with its free pages and write-ahead log, the views, the search index, kept replays.",
    "Kept: type, slug, time, keeper and SHA-256 of each event; every proof of the rest still verifies.",
    "Out of reach: backups, exports, proofs and copies made before, entry files it was imported from, snapshots of the"
    " disk; and what other entries say of it. Checkpoints hold no content.",
)


@app.command("merge")
def merge(
    other: Annotated[Path, typer.Argument(metavar="OTHER", help="The other ledger; it is left as it is.")],
    ours: Annotated[
        list[str] | None,
        typer.Option("--ours", metavar="SLUG", help="Keep this entry as it is here; repeat for several."),
    ] = None,
    dry_run: DryRunOption = False,
    ledger: LedgerOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Take in what a colleague filed into another ledger and this one does not hold yet.

    A copy for a colleague to take along, and later what was filed into it:

    parley backup colleague.db

    parley merge colleague.db

    What both hold with different content is listed, and nothing is taken until it is settled.
    """
    filed = open_ledger(ledger, keeper).merge(other, ours=ours or (), dry_run=dry_run)
    entries = len({one.stream for one in filed.recorded})
    said = "Would take in" if dry_run else "Took in"
    render.out(f"{said} {len(filed.recorded)} events of {entries} entries; {filed.known} were of record already.")
