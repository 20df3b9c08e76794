"""Verify: the whole log hashed again and compared with every checkpoint, the views, and its own rules.

It shows that nothing was changed since a checkpoint was kept elsewhere; it cannot show that what was filed is true.
"""

import base64
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.base import locking
from ledger.domain.events import EntryErased, Stream
from ledger.errors import Refusal
from ledger.integrity.checkpoints import Checkpoint, kept, origin
from ledger.integrity.errors import CheckpointBroken
from ledger.log.commitments import erased, leaf_of
from ledger.log.errors import AcknowledgedLost
from ledger.log.mapper import read_stored
from ledger.log.merkle import Frontier
from ledger.log.store import Stored, opened
from ledger.views.database import path_beside

MENDED = (3, 51, 3)  # the first SQLite without the rare fault in resetting a write-ahead log


class Compared(NamedTuple):
    """A checkpoint, where it was found, and whether the log bears it out."""

    where: str
    size: int
    matches: bool
    signatures: int


class Verified(NamedTuple):
    """What was found: the tree as it now is, the checkpoints compared, what is wrong, and what else to know.

    root: in base64, as in a checkpoint. erased: how many events have no content any more. seen: how many the views
    remember.
    """

    events: int
    root: str
    erased: int
    seen: int
    checkpoints: list[Compared]
    problems: list[str]
    notes: list[str]


class Kept(NamedTuple):
    """A checkpoint to compare with, and where it was found."""

    where: str
    checkpoint: Checkpoint


def verify(path: Path, against: Sequence[Kept] = (), key: str = "") -> Verified:
    """Hash the log again and compare it with the checkpoints given and those kept beside the ledger.

    With a `key`, those given must bear a signature by it.
    """
    broken: list[CheckpointBroken] = []
    with opened(path) as store, store.snapshot():
        wanted = [*(Kept(str(where), one) for where, one in kept(path, broken)), *against]
        ledger_id = store.head().ledger_id
        problems = [f"The file is damaged: {said}." for said in store.damage()]
        try:
            store.refuse_if_cut()
        except AcknowledgedLost as refusal:
            problems.append(str(refusal))
        unfinished = store.is_uncleaned()
        walk = _Walk({one.checkpoint.size for one in wanted}, _remembered(path, ledger_id))
        for row in store.events():
            walk.take(row)
        walk.finish()
    if unfinished:
        problems.append("An erasure was broken off before its traces were cleaned. Run the same `parley erase` again.")
    problems += [
        f"The checkpoint {one.where} bears no signature by that key." for one in against if not _signed(one, key)
    ]
    compared = [_compare(one, origin(ledger_id), walk, problems) for one in wanted]
    return Verified(
        events=walk.frontier.size,
        root=base64.b64encode(walk.frontier.root()).decode(),
        erased=len(walk.erased),
        seen=walk.seen,
        checkpoints=compared,
        problems=[*problems, *walk.problems],
        notes=[*map(str, broken), *_notes(against)],
    )


class _Walk:
    """The log from its first event to its last: what is out of place, and the roots on the way."""

    def __init__(self, sizes: set[int], remembered: Iterator[tuple[int, bytes]]) -> None:
        self.frontier = Frontier()
        self.roots = {0: Frontier().root()}
        self.problems: list[str] = []
        self.erased: dict[tuple[str, int], tuple[int, str]] = {}
        self.seen = 0
        self.changed = 0  # the first position that is not what the views saw
        self._sizes = sizes
        self._remembered = remembered
        self._versions: Counter[str] = Counter()
        self._recorded_at = ""
        self._accounted: dict[tuple[str, int], str] = {}

    def take(self, row: Stored) -> None:
        """Look at the next event."""
        hashed = leaf_of(row)
        self.frontier.append(hashed)
        size = self.frontier.size
        if size in self._sizes:
            self.roots[size] = self.frontier.root()
        if row.position != size and not self.problems:
            self.problems.append(f"Position {size} is missing from the log.")
        self._compare(row, hashed)
        self._versions[row.stream] += 1
        if row.version != self._versions[row.stream]:
            self.problems.append(f"Position {row.position} is version {row.version} of {row.stream}, out of order.")
            self._versions[row.stream] = row.version if isinstance(row.version, int) else 0
        if left := erased(row.state):
            self.erased[row.stream, row.version] = (row.position, left)
            return
        try:
            told = read_stored(row)
            stream = Stream.named(row.stream)
        except (Refusal, ValueError) as refusal:
            self.problems.append(f"Position {row.position}: {refusal}")
            return
        if told.recorded_at < self._recorded_at:
            self.problems.append(f"Position {row.position} was recorded before the event that it follows.")
        self._recorded_at = max(told.recorded_at, self._recorded_at)
        if isinstance(told.event, EntryErased):
            self._accounted |= {(str(stream), one.version): one.sha256 for one in told.event.erased}

    def finish(self) -> None:
        """What can only be said in the end."""
        for event, (position, left) in self.erased.items():
            if self._accounted.get(event) != left:
                self.problems.append(f"Position {position} was tampered with: its content is gone without an erasure.")
        for event in self._accounted.keys() - self.erased.keys():
            self.problems.append(f"Version {event[1]} of {event[0]} was erased, and its content is there again.")
        more = sum(1 for _ in self._remembered)
        if more:
            self.problems.append(f"The views have seen {more} events more than the log holds: it was cut back.")
        if self.changed:
            self.problems.append(f"Position {self.changed} is not the event that the views saw there.")

    def _compare(self, row: Stored, hashed: bytes) -> None:
        seen = next(self._remembered, None)
        if seen is None:
            return
        self.seen += 1
        if seen != (row.position, hashed) and not self.changed:
            self.changed = row.position


def _compare(one: Kept, of: str, walk: _Walk, problems: list[str]) -> Compared:
    """Whether the log bears a checkpoint out; what is wrong when it does not."""
    where, checkpoint = one
    root = walk.roots.get(checkpoint.size)
    matches = checkpoint.origin == of and root == checkpoint.root
    if checkpoint.origin != of:
        problems.append(f"The checkpoint {where} is of another log, {checkpoint.origin}.")
    elif root is None:
        held = walk.frontier.size
        problems.append(f"The checkpoint {where} has {checkpoint.size} events, the log {held}: it was cut back.")
    elif not matches:
        first = f"position {walk.changed}" if walk.changed else f"one of the positions up to {checkpoint.size}"
        problems.append(f"The log is not the one of the checkpoint {where}: {first} is not what it was.")
    return Compared(where, checkpoint.size, matches, len(checkpoint.signatures))


def _signed(one: Kept, key: str) -> bool:
    """Whether a checkpoint is signed by the key, where one is demanded."""
    if not key:
        return True
    from ledger.integrity import signatures

    return signatures.signed_by(one.checkpoint, key)


def _remembered(path: Path, ledger_id: str) -> Iterator[tuple[int, bytes]]:
    """The leaves that the views remember, by position; none where there are no views of this ledger to read."""
    views = path_beside(path)
    try:
        found = views.exists()
        connection = sqlite3.connect(views.absolute() if found else ":memory:", timeout=locking.limit())
    except (OSError, sqlite3.Error):
        return
    try:
        of, root = connection.execute("SELECT ledger_id, root FROM upkeep").fetchone() or ("", "")
        remembered = Frontier()
        for (leaf,) in connection.execute("SELECT leaf FROM leaves ORDER BY position"):
            remembered.append(leaf)
        if (of, root) == (ledger_id, remembered.root().hex()):
            yield from connection.execute("SELECT position, leaf FROM leaves ORDER BY position")
    except sqlite3.Error:
        return  # the views are disposable; damaged ones are no witness
    finally:
        connection.close()


def _notes(against: Sequence[Kept]) -> Iterator[str]:
    if not against:
        yield "Only a checkpoint kept where nobody here can change it proves anything to others: see --against."
    if sqlite3.sqlite_version_info < MENDED:
        version = sqlite3.sqlite_version
        yield f"SQLite {version} is older than 3.51.3, which mended a rare fault in files that several processes write."
