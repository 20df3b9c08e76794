"""Proofs: checkpoints, verification, and proof files for people who do not run Parley."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli import render
from cli.options import JsonOption, LedgerOption, NegotiationOption, find_ledger, open_ledger
from ledger.base.text import visible_json

app = typer.Typer()

AtOption = Annotated[
    Path | None,
    typer.Option("--at", metavar="FILE", help="The checkpoint to prove against; by default the log as it is."),
]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to write it; else it is printed.")]


@app.command("checkpoint")
def checkpoint(
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="Sign it with this Ed25519 private key (PEM).")
    ] = None,
    out: OutOption = None,
    ledger: LedgerOption = "",
) -> None:
    """Print what proves later that nothing was changed since: how many events there are, and the root of their tree.

    It is kept beside the ledger, too. Keep a copy where nobody who can write to the ledger can change it: with the
    other side, in a mail, on paper.

    parley checkpoint
    """
    from ledger.integrity import checkpoints, proofs

    path = find_ledger(ledger)
    taken = proofs.checkpoint(path)
    if key is not None:
        from ledger.integrity import signatures

        taken, public = signatures.sign(taken, key)
        render.note(f"Signed. Whoever verifies it needs this key: {public}")
    if out is not None:
        _write(out, taken.text)
    kept = checkpoints.keep(path, taken)
    render.raw(taken.text)
    render.note(f"Kept as {kept}.")


@app.command("verify")
def verify(
    against: Annotated[
        list[Path] | None, typer.Option("--against", metavar="FILE", help="A checkpoint that was kept elsewhere.")
    ] = None,
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="Demand that those bear a signature by this key (or PEM file).")
    ] = "",
    as_json: JsonOption = False,
    ledger: LedgerOption = "",
) -> None:
    """Hash the whole log again: is every event what it was when the checkpoints were taken, and is none missing?

    parley verify
    """
    from ledger.integrity import checkpoints
    from ledger.integrity.verify import Kept, verify

    given = [Kept(str(file), checkpoints.read(file)) for file in against or ()]
    found = verify(find_ledger(ledger), given, key)
    if as_json:
        render.as_json(found)
    else:
        render.out(f"{found.events} events, root {found.root}")
        if found.erased:
            render.out(f"The content of {found.erased} was erased; their commitments stand.")
        for one in found.checkpoints:
            signed = f", {one.signatures} signed" if one.signatures else ""
            render.out(
                f"Checkpoint of {one.size} events{signed}: {'matches' if one.matches else 'DIFFERS'} ({one.where})"
            )
        for note in found.notes:
            render.note(note)
        for problem in found.problems:
            render.out(f"PROBLEM: {problem}")
        count = len(found.problems)
        render.out("Intact." if not count else f"{count} problem{'s'[: count > 1]}. What is right is in a backup.")
    if found.problems:
        raise typer.Exit(1)


@app.command("prove")
def prove(
    entry: Annotated[str, typer.Argument(metavar="[SLUG|POSITION]", help="The entry, or the event, to prove.")] = "",
    since: Annotated[
        Path | None, typer.Option("--since", metavar="FILE", help="Prove that the log begins as this checkpoint says.")
    ] = None,
    at: AtOption = None,
    sealed: Annotated[bool, typer.Option("--sealed", help="Leave the content out; only its SHA-256 is shown.")] = False,
    out: OutOption = None,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
) -> None:
    """Write a proof that an entry is in the log, for somebody who keeps a checkpoint and does not run Parley.

    parley prove greer-more-exchanges

    With --since it proves that the log still begins as a checkpoint says. docs/verify.py checks both.
    """
    from ledger.integrity import checkpoints, proofs

    path = find_ledger(ledger)
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
        _write(out, text)
        render.out(f"Wrote the proof to {out}.")


def _write(path: Path, text: str) -> None:
    from ledger.base.files import new_text

    with new_text(path) as stream:
        stream.write(text)
