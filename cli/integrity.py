"""The commands that prove, copy and erase: checkpoint, verify, prove, export, import-log, move, backup, erase."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal import render
from cli.terminal.options import (
    DryRunOption,
    JsonOption,
    KeeperOption,
    LedgerOption,
    LevelOption,
    NegotiationOption,
    OutOption,
    complete_slug,
    find_ledger,
    new_ledger,
    open_ledger,
    open_record,
    progress,
    whole_ledger,
)
from ledger import Ledger
from ledger.base import desks
from ledger.base.text import counted, visible_json
from ledger.domain.clocks import typed_position
from ledger.errors import NotWritable, Refusal

if TYPE_CHECKING:
    from ledger.desk.store import DraftNamed
    from ledger.integrity.verify import Verified

app = typer.Typer()


@app.command("checkpoint")
def checkpoint(
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="Sign the checkpoint with this Ed25519 private key (PEM)."),
    ] = None,
    out: OutOption = None,
    ledger: LedgerOption = "",
) -> None:
    """Print a checkpoint that can later prove that nothing has changed.

    It states the number of events and the root of their Merkle tree. A copy is stored next to the ledger. Store
    another copy where nobody who can write to the ledger can change it: with the other side, in an e-mail, on paper.

    parley checkpoint
    """
    from ledger.integrity import checkpoints, proofs

    path = whole_ledger(ledger)
    taken = proofs.checkpoint(path)
    if key is not None:
        from ledger.integrity import signatures

        taken, public = signatures.sign(taken, key)
        render.note(f"Signed. To verify the signature, others need this public key: {public}")
    if out is not None:
        _write(out, taken.text, like=path)
    render.raw(taken.text)
    try:
        render.note(f"A copy is stored in {checkpoints.keep(path, taken)}.")
    except NotWritable as refusal:
        render.note(f"No copy is stored next to the ledger ({refusal.details['why']}). Keep this one.")


@app.command("verify")
def verify(
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FILE", help="A checkpoint stored elsewhere (may be repeated)."),
    ] = None,
    key: Annotated[
        str,
        typer.Option(
            "--key", metavar="KEY", help="The public key (or PEM file) that must have signed these checkpoints."
        ),
    ] = "",
    as_json: JsonOption = False,
    ledger: LedgerOption = "",
) -> None:
    """Hash the whole log again, and compare it with the checkpoints.

    This shows that no event has changed or gone missing since the checkpoints were taken.

    parley verify
    """
    from ledger.integrity import checkpoints
    from ledger.integrity.verify import Kept, verify

    given = [Kept(str(file), checkpoints.read(file)) for file in against or ()]
    found = verify(whole_ledger(ledger), given, key)
    if as_json:
        render.as_json(found)
    else:
        _draw(found)
    if found.problems:
        raise typer.Exit(1)


def _draw(found: "Verified") -> None:
    render.out(f"{counted(found.events, 'event')}, root {found.root}")
    if found.erased:
        render.out(f"{counted(found.erased, 'event')} erased; the commitment to each remains.")
    for one in found.checkpoints:
        signed = f", {one.signatures} signed" if one.signatures else ""
        matches = "matches" if one.matches else "DIFFERS"
        render.out(f"Checkpoint of {counted(one.size, 'event')}{signed}: {matches} ({one.where})")
    for note in found.notes:
        render.note(note)
    for problem in found.problems:
        render.out(f"PROBLEM: {problem}")
    count = len(found.problems)
    render.out(f"{counted(count, 'problem')}. Restore the ledger from a backup." if count else "Intact.")


@app.command("prove")
def prove(
    entry: Annotated[
        str,
        typer.Argument(metavar="[SLUG|POSITION]", help="The entry (its slug, name or alias) or the event to prove."),
    ] = "",
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="FILE",
            help="Prove instead that the log still begins with the events of this checkpoint.",
        ),
    ] = None,
    at: Annotated[
        Path | None,
        typer.Option("--at", metavar="FILE", help="The checkpoint to prove against; by default the log as it is now."),
    ] = None,
    sealed: Annotated[bool, typer.Option("--sealed", help="Leave out the content and give only its SHA-256.")] = False,
    out: OutOption = None,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Write a proof that an entry is in the log, for somebody without Parley.

    docs/verify.py checks it against a checkpoint.

    parley prove greer-more-exchanges

    With --since, prove instead that the log still begins with the events of a checkpoint.
    """
    from ledger.integrity import checkpoints, proofs

    path = whole_ledger(ledger)
    against = checkpoints.read(at) if at is not None else None
    if since is not None:
        if entry:
            raise typer.BadParameter("Give an entry or --since, not both.")
        proof = proofs.consistency(path, checkpoints.read(since), against)
    elif entry:
        positions = open_ledger(ledger).positions_of(entry, negotiation)
        proof = proofs.inclusion(path, positions, against, words=not sealed)
    else:
        raise typer.BadParameter("Give the slug of an entry, the position of an event, or --since.")
    text = visible_json(json.dumps(proof, indent=1, ensure_ascii=False)) + "\n"
    if out is None:
        render.raw(text)
    else:
        _write(out, text, like=path)
        render.out(f"Wrote the proof to {out}.")


def _write(path: Path, text: str, like: Path) -> None:
    from ledger.base.files import new_text

    with new_text(path, like) as stream:
        stream.write(text)


@app.command("export")
def export(out: OutOption = None, ledger: LedgerOption = "", level: LevelOption = "") -> None:
    """Export the log exactly as it is stored, as JSON lines.

    `parley import-log` restores it, and docs/verify.py checks it. With --level, export only the part at or below that
    level, as a ledger of its own.

    parley export --out talks.jsonl
    """
    from ledger.base.files import new_text
    from ledger.integrity import archive

    path = open_record(ledger, level).path
    if out is None:
        render.in_utf8()
        archive.export(path, sys.stdout)
        return
    Ledger(path).head()  # if there is no ledger, that is what is wrong
    with new_text(out, like=path) as stream:
        count = archive.export(path, stream)
    render.out(f"Wrote {counted(count, 'event')} to {out}.")


@app.command("publish-log")
def publish_log(
    into: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder for the published ledger.")],
    ledger: LedgerOption = "",
    level: LevelOption = "",
) -> None:
    """Publish the part at or below a level as a ledger of its own, with the proof that it belongs to the whole.

    The folder gets the ledger, its checkpoint, the checkpoint of the whole ledger, and a proof that each event is in
    it, which docs/verify.py checks. The proof reveals how many events there are in all, and the place of each published
    one among them.

    parley publish-log published --level public
    """
    from ledger.integrity import publishing

    if not level:
        raise typer.BadParameter("Give the level to publish with --level.")
    found = publishing.publish(find_ledger(ledger), level, into)
    render.out(f"Published {counted(found.events, 'event')} of {found.of} to {into}.")
    if other := found.events - found.unchanged:
        render.out(
            f"{counted(other, 'event')} of these differ in their stored form: they name others by number, or a level."
        )


@app.command("import-log")
def import_log(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A log written by `parley export`.")],
    ledger: LedgerOption = "",
) -> None:
    """Restore an exported log exactly, into a new or empty ledger.

    parley export --out talks.jsonl

    parley import-log talks.jsonl --ledger restored.db
    """
    from ledger.integrity import archive

    path = new_ledger(ledger)
    count = archive.restore(source, path)
    render.out(f"Restored {counted(count, 'event')} into {desks.name_of(path)}; the root matches the one in {source}.")
    _say_if_older(path)


@app.command("move")
def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The ledger: a file or an address.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new file, or the address of a database.")],
) -> None:
    """Move a ledger between a file and a PostgreSQL database, in either direction.

    Every event keeps its position, its time and its bytes, so proofs and checkpoints remain valid. A move that was
    interrupted continues when the command is repeated. The old ledger is not changed: store it away, and use the new
    one.

    parley move ledger.db moved.db
    """
    from ledger.integrity.move import move

    old, new = whole_ledger(source), find_ledger(target)
    moved = move(old, new, progress)
    there = f" ({moved.before} of them were there before)" if moved.before else ""
    render.out(f"Moved {counted(moved.events, 'event')}{there} to {desks.name_of(new)}; root {moved.root}.")
    render.out(f"From now on, use --ledger {desks.name_of(new)}, and store {desks.name_of(old)} away.")


@app.command("backup")
def backup(
    into: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to make; a file that does not exist yet.")],
    ledger: LedgerOption = "",
) -> None:
    """Copy the ledger, even while others write to it, and verify the copy.

    parley backup ledger-2025-06-15.db

    A backup is itself a ledger. To restore one, move the damaged ledger away and back up the backup:

    parley backup restored.db --ledger ledger-2025-06-15.db
    """
    from ledger.integrity.backup import back_up

    found = back_up(whole_ledger(ledger), into)
    render.out(f"Copied {counted(found.events, 'event')} to {into} and verified the copy; root {found.root}.")
    _say_if_older(into)


def _say_if_older(path: Path) -> None:
    """Print a note if the earlier ledger at this path had recorded more events."""
    try:
        Ledger(path).head()
    except Refusal as refusal:
        render.note(str(refusal))


@app.command("erase")
def erase(
    entry: Annotated[
        str,
        typer.Argument(
            metavar="SLUG|POSITION",
            help="The entry (its slug, name or alias) or one event.",
            autocompletion=complete_slug,
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", help="The reason; it becomes part of the record.")],
    basis: Annotated[str, typer.Option("--basis", help="The rule, order or request that requires it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation at the terminal.")] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """Erase the content of an entry for good.

    The record still shows that the entry existed, and who erased it, when and why.

    To withdraw an entry, use `parley retract`. Erase only content that must not be stored at all.

    parley erase greer-commends-goodwill --reason "The ministry asked for it." --basis "Letter of 12 June 2025"
    """
    from ledger.integrity.erasure import REMAINS, REMAINS_ON_SERVERS

    position = typed_position(entry)
    what = entry if position is None else position
    record = open_ledger(ledger, keeper)
    if not dry_run and not yes and sys.stdin.isatty():
        planned = record.erase(what, reason, basis=basis, negotiation=negotiation, dry_run=True)
        events = counted(len(planned.erased), "event")
        typer.confirm(f"Erase {events} of the {planned.kind} {planned.slug} for good?", abort=True)
    receipt = record.erase(what, reason, basis=basis, negotiation=negotiation, dry_run=dry_run)
    if as_json:
        render.as_json(receipt)
        return
    positions = ", ".join(f"#{one.position}" for one in receipt.erased)
    erased = "Would erase" if dry_run else "Erased"
    render.out(f"{erased} the content of the {receipt.kind} {receipt.slug}: {positions}.")
    for draft in receipt.drafts:
        render.out(f"{'Would delete' if dry_run else 'Deleted'} {_draft(draft)}.")
    for draft in receipt.mentions:
        render.out(
            f"Not deleted: {_draft(draft)}, of another report. It contains erased words; its keeper may discard it."
        )
    if dry_run:
        return
    if receipt.recorded:
        basis = f" ({receipt.basis})" if receipt.basis else ""
        render.out(f"Recorded #{receipt.recorded} in {receipt.negotiation}: {receipt.reason}{basis}")
    for line in REMAINS:
        render.out(line)
    if desks.is_desk(record.path):
        render.out(REMAINS_ON_SERVERS)
    for note in receipt.notes:
        render.out(f"Its source {note} is your own note, which still has its text: `parley erase {note}` erases it.")


def _draft(draft: "DraftNamed") -> str:
    by = f" “{draft.title}” by {draft.keeper}" if draft.title else ", which cannot be read"
    return f"the draft {draft.id}{by}"
