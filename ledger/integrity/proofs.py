"""Proof files, which show that an event is in the log of a checkpoint, or that a newer log begins with an older one.

A proof is JSON and contains its checkpoint. The verifier compares it with their own copy of the checkpoint.
`docs/verify.py` checks a proof without Parley. Hashes are in base64, starting with the one next to the leaf.
"""

from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

from ledger.integrity import copies
from ledger.integrity.archive import content_of
from ledger.integrity.checkpoints import Checkpoint, in_base64, kept, origin
from ledger.integrity.errors import CheckpointOfAnother, CheckpointTooLarge, LogContradicts, UnknownPosition
from ledger.log.commitments import commitment, erased, leaf_of
from ledger.log.merkle import Tree
from ledger.log.store import Stored, opened

FORMAT = "parley-proof-1"
_SEALED = {"position", "type", "stream", "version", "sha256", "proof"}  # what a proof has without the content


def checkpoint(path: Path) -> Checkpoint:
    """The present checkpoint of a ledger; refused if the log contradicts a checkpoint stored next to it."""
    tree, _, ledger_id = _read(path, ())
    for _, earlier in kept(path):
        if earlier.origin == origin(ledger_id):
            _refuse_mismatch(path, tree, ledger_id, earlier)
    return _now(tree, ledger_id)


def inclusion(path: Path, wanted: Sequence[int], at: Checkpoint | None, *, words: bool = True) -> dict[str, Any]:
    """The proof that the events at these positions are in the log; with `words` it contains their content."""
    tree, rows, ledger_id = _read(path, wanted)
    at = at or _now(tree, ledger_id)
    _refuse_mismatch(path, tree, ledger_id, at)
    entries = []
    for position in wanted:
        if position not in rows or position > at.size:
            raise UnknownPosition(position=position, head=at.size)
        row = rows[position]
        told = {"position": position, "type": row.type, "stream": row.stream, "version": row.version}
        told |= {"sha256": commitment(row.state)}
        if words and not erased(row.state):
            told |= content_of(row)
        entries.append(told | {"proof": _in_base64(tree.inclusion(position - 1, at.size))})
    return {"format": FORMAT, "kind": "inclusion", "checkpoint": at.text, "entries": entries}


def at_level(path: Path, level: str, streams: Set[str], sealed: Set[str]) -> dict[str, Any]:
    """The proof that the events of these streams at or below a level are in the log.

    It has the content of an event only if the level has it unchanged; never that of the `sealed` streams.
    """
    allowed = {*copies.positions(path, level)}
    with opened(path) as store:
        positions = [row.position for row in store.events() if row.stream in streams and row.position in allowed]
    with opened(copies.copy_at(path, level)) as part:
        as_copied = {commitment(row.state) for row in part.events()}
    proof = inclusion(path, positions, None)
    proof["entries"] = [
        one
        if one["sha256"] in as_copied and one["stream"] not in sealed
        else {name: value for name, value in one.items() if name in _SEALED}
        for one in proof["entries"]
    ]
    return proof


def consistency(path: Path, old: Checkpoint, new: Checkpoint | None) -> dict[str, Any]:
    """The proof that the log of one checkpoint begins with the log of an older one."""
    tree, _, ledger_id = _read(path, ())
    new = new or _now(tree, ledger_id)
    for one in (old, new):
        _refuse_mismatch(path, tree, ledger_id, one)
    if old.size > new.size:
        old, new = new, old
    proof = _in_base64(tree.consistency(old.size, new.size))
    return {"format": FORMAT, "kind": "consistency", "old": old.text, "new": new.text, "proof": proof}


def _read(path: Path, wanted: Sequence[int]) -> tuple[Tree, dict[int, Stored], str]:
    """The tree of the whole log, the events at some positions, and the ledger's identity."""
    leaves, rows, among = [], {}, {*wanted}
    with opened(path) as store, store.snapshot():
        ledger_id = store.head().ledger_id
        for row in store.events():
            leaves.append(leaf_of(row))
            if row.position in among:
                rows[row.position] = row
    return Tree(leaves), rows, ledger_id


def _now(tree: Tree, ledger_id: str) -> Checkpoint:
    return Checkpoint(origin(ledger_id), tree.size, tree.root(tree.size))


def _refuse_mismatch(path: Path, tree: Tree, ledger_id: str, checkpoint: Checkpoint) -> None:
    """Refuse a checkpoint that does not match this log, because nothing can be proved against it."""
    if checkpoint.origin != origin(ledger_id):
        raise CheckpointOfAnother(origin=checkpoint.origin, path=path)
    if checkpoint.size > tree.size:
        raise CheckpointTooLarge(size=checkpoint.size, head=tree.size)
    if tree.root(checkpoint.size) != checkpoint.root:
        raise LogContradicts(size=checkpoint.size, path=path)


def _in_base64(hashes: Sequence[bytes]) -> list[str]:
    return [in_base64(one) for one in hashes]
