"""Proof files: that an event is in the log that a checkpoint is of, or that one checkpoint's log begins another's.

A proof is JSON and needs nothing else but the checkpoint in it, which whoever checks it compares with the one they
keep; `docs/verify.py` checks it without Parley. Hashes are in base64, the nearest to the leaf first.
"""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger.integrity.archive import content_of
from ledger.integrity.checkpoints import Checkpoint, kept, origin
from ledger.integrity.errors import CheckpointOfAnother, CheckpointTooLarge, LogContradicts, UnknownPosition
from ledger.log.commitments import commitment, erased, leaf_of
from ledger.log.merkle import Tree
from ledger.log.store import Stored, opened

FORMAT = "parley-proof-1"


def checkpoint(path: Path) -> Checkpoint:
    """The checkpoint of a ledger as it now is; a log that does not bear out one kept beside it must issue no other."""
    tree, _, ledger_id = _read(path, ())
    for _, earlier in kept(path):
        if earlier.origin == origin(ledger_id):
            _refuse_other(path, tree, ledger_id, earlier)
    return _as_it_is(tree, ledger_id)


def inclusion(path: Path, wanted: Sequence[int], at: Checkpoint | None, *, words: bool = True) -> dict[str, Any]:
    """The proof that the events at some positions are in the log; `words` says whether it shows their content."""
    tree, rows, ledger_id = _read(path, wanted)
    at = at or _as_it_is(tree, ledger_id)
    _refuse_other(path, tree, ledger_id, at)
    entries = []
    for position in wanted:
        if position not in rows or position > at.size:
            raise UnknownPosition(position=position, head=at.size)
        row = rows[position]
        told = {"position": position, "type": row.type, "stream": row.stream, "version": row.version}
        told |= {"sha256": commitment(row.state)}
        if words and not erased(row.state):
            told |= content_of(row)
        entries.append(told | {"proof": _text(tree.inclusion(position - 1, at.size))})
    return {"format": FORMAT, "kind": "inclusion", "checkpoint": at.text, "entries": entries}


def consistency(path: Path, old: Checkpoint, new: Checkpoint | None) -> dict[str, Any]:
    """The proof that the log of one checkpoint begins with that of an older one."""
    tree, _, ledger_id = _read(path, ())
    new = new or _as_it_is(tree, ledger_id)
    for one in (old, new):
        _refuse_other(path, tree, ledger_id, one)
    if old.size > new.size:
        old, new = new, old
    proof = _text(tree.consistency(old.size, new.size))
    return {"format": FORMAT, "kind": "consistency", "old": old.text, "new": new.text, "proof": proof}


def _read(path: Path, wanted: Sequence[int]) -> tuple[Tree, dict[int, Stored], str]:
    """The tree of the whole log, the events at some positions, and the ledger's identity."""
    leaves, rows = [], {}
    with opened(path) as store, store.snapshot():
        ledger_id = store.head().ledger_id
        for row in store.events():
            leaves.append(leaf_of(row))
            if row.position in wanted:
                rows[row.position] = row
    return Tree(leaves), rows, ledger_id


def _as_it_is(tree: Tree, ledger_id: str) -> Checkpoint:
    return Checkpoint(origin(ledger_id), tree.size, tree.root(tree.size))


def _refuse_other(path: Path, tree: Tree, ledger_id: str, checkpoint: Checkpoint) -> None:
    """Refuse a checkpoint that this log does not bear out: nothing can be proved of it."""
    if checkpoint.origin != origin(ledger_id):
        raise CheckpointOfAnother(origin=checkpoint.origin, path=path)
    if checkpoint.size > tree.size:
        raise CheckpointTooLarge(size=checkpoint.size, head=tree.size)
    if tree.root(checkpoint.size) != checkpoint.root:
        raise LogContradicts(size=checkpoint.size, path=path)


def _text(hashes: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(one).decode() for one in hashes]
