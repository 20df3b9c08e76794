"""Moves a log between databases: each event keeps its position, time and bytes, so all proofs remain valid.

The events go over in parts, each of which is recorded completely or not at all. A move that was interrupted continues
after the last complete part, if the events that are already there are the same. The log that is moved is not changed;
while the last part goes over, nobody can write to it.
"""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ledger.integrity import checkpoints, readers
from ledger.integrity.checkpoints import frontier_of, in_base64
from ledger.integrity.errors import MoveDiffers, NotCleanedYet
from ledger.log.commitments import leaf_of
from ledger.log.errors import LedgerNotEmpty
from ledger.log.merkle import Frontier
from ledger.log.store import Store, create, is_there, opened

PART = 10_000  # events


class Moved(NamedTuple):
    """The number of events in the log, how many were there before, and the root of the tree, in base64."""

    events: int
    before: int
    root: str


def move(source: Path, target: Path, progress: Callable[[int], None] = lambda _: None) -> Moved:
    """Move the log of a ledger to another place, new or empty, or where an earlier move was interrupted."""
    with opened(source) as ours:
        ours.refuse_if_cut()
        if ours.is_uncleaned():
            raise NotCleanedYet(path=ours.name)
        if not is_there(target):
            create(target)
        with opened(target) as theirs:
            frontier = _already_there(ours, theirs)
            before = frontier.size
            while ours.position() - frontier.size > PART:
                _copy_part(ours, theirs, frontier)
                progress(frontier.size)
            with ours.writing():  # nothing is recorded in the old place while the last part goes over
                _copy_part(ours, theirs, frontier)
            root = frontier_of(theirs.events()).root()
            if root != frontier.root():
                raise MoveDiffers(path=theirs.name, position=frontier.size)
            with theirs.writing():
                readers.keep(theirs)
            theirs.accept()
            theirs.settle()
    for _, kept in checkpoints.kept(source):
        checkpoints.keep(target, kept)
    return Moved(frontier.size, before, in_base64(root))


def _already_there(ours: Store, theirs: Store) -> Frontier:
    """The tree of the events that an earlier move brought; refused unless they are the first ones of this log."""
    ledger_id, frontier = ours.head().ledger_id, Frontier()
    if not theirs.position():
        theirs.fill(ledger_id, ())
    if theirs.head().ledger_id != ledger_id:
        raise LedgerNotEmpty(path=theirs.name)
    own = ours.events()
    for row in theirs.events():
        if next(own, None) != row:
            raise MoveDiffers(path=theirs.name, position=row.position)
        frontier.append(leaf_of(row))
    return frontier


def _copy_part(ours: Store, theirs: Store, frontier: Frontier) -> None:
    """Copy the next events, all or nothing."""
    part = list(islice(ours.events(frontier.size), PART))
    if part:
        with theirs.writing():
            theirs.extend(part)
        for row in part:
            frontier.append(leaf_of(row))
