"""Verification: hashes the whole log again and compares it with every checkpoint, the views and its own rules.

Verification shows that nothing has changed since a checkpoint that was stored elsewhere. It cannot show that the record
is true.
"""

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from ledger.domain.events import EntryErased, Stream
from ledger.errors import Refusal
from ledger.integrity.checkpoints import Checkpoint, in_base64, kept, origin
from ledger.integrity.errors import CheckpointBroken
from ledger.log.commitments import erased, leaf_of
from ledger.log.errors import AcknowledgedLost
from ledger.log.mapper import read_stored
from ledger.log.merkle import Frontier
from ledger.log.store import Store, Stored, opened
from ledger.views import checksum
from ledger.views.database import connect, path_beside

FIXED = (3, 51, 3)  # the first SQLite without a rare bug in resetting a write-ahead log


class Compared(NamedTuple):
    """A checkpoint, its place, and whether it matches the log."""

    where: str
    size: int
    matches: bool
    signatures: int


class Verified(NamedTuple):
    """The result: the present tree, the compared checkpoints, the problems, and notes for the reader.

    root: in base64, as in a checkpoint. erased: the number of erased events. seen: the number of events that the views
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
    """A checkpoint to compare with, and its place."""

    where: str
    checkpoint: Checkpoint


def verify(path: Path, against: Sequence[Kept] = (), key: str = "") -> Verified:
    """Hash the log again and compare it with the given checkpoints and with those stored next to the ledger.

    If `key` is given, each given checkpoint must be signed with it.
    """
    broken: list[CheckpointBroken] = []
    with opened(path) as store:
        # Read everything to compare with before the snapshot, which lacks events that others append meanwhile.
        ledger_id = store.head().ledger_id
        wanted = [*(Kept(str(where), one) for where, one in kept(path, broken)), *against]
        acknowledged = store.acknowledged()
        problems = _lost(store)
        with _remembered(path, ledger_id) as remembered, store.snapshot():
            problems += [f"The file is damaged: {said}." for said in store.damage()]
            unfinished = store.is_uncleaned()
            walk = _Walk({one.checkpoint.size for one in wanted} | {acknowledged[0] if acknowledged else 0}, remembered)
            for row in store.events():
                walk.take(row)
            walk.finish()
    if unfinished:
        problems.append(
            "An erasure was interrupted before its traces were cleaned up. Run the same `parley erase` again."
        )
    problems += [f"The checkpoint {one.where} is not signed with that key." for one in against if not _signed(one, key)]
    if acknowledged is not None and walk.roots.get(acknowledged[0], acknowledged[1]) != acknowledged[1]:
        problems.append(
            f"The log is not as it was acknowledged: one of its first {acknowledged[0]} events has changed."
        )
    compared = [_compare(one, origin(ledger_id), walk, problems) for one in wanted]
    return Verified(
        events=walk.frontier.size,
        root=in_base64(walk.frontier.root()),
        erased=len(walk.erased),
        seen=walk.seen,
        checkpoints=compared,
        problems=[*problems, *walk.problems],
        notes=[*map(str, broken), *_of_views(path_beside(path)), *_notes(against)],
    )


class _Walk:
    """A walk over the log from its first event to its last, which collects problems and intermediate roots."""

    def __init__(self, sizes: set[int], remembered: Iterator[tuple[int, bytes]]) -> None:
        self.frontier = Frontier()
        self.roots = {0: Frontier().root()}
        self.problems: list[str] = []
        self.erased: dict[tuple[str, int], tuple[int, str]] = {}
        self.seen = 0
        self.changed = 0  # the first position that differs from what the views saw
        self._sizes = sizes
        self._remembered = remembered
        self._versions: Counter[str] = Counter()
        self._recorded_at = ""
        self._accounted: dict[tuple[str, int], str] = {}

    def take(self, row: Stored) -> None:
        """Check the next event."""
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
            self.problems.append(f"Position {row.position} has an earlier time than the event before it.")
        self._recorded_at = max(told.recorded_at, self._recorded_at)
        if isinstance(told.event, EntryErased):
            self._accounted |= {(str(stream), one.version): one.sha256 for one in told.event.erased}

    def finish(self) -> None:
        """Add the problems that show only after the last event."""
        for event, (position, left) in self.erased.items():
            if self._accounted.get(event) != left:
                self.problems.append(
                    f"Position {position} was tampered with: its content is missing, but no erasure is recorded."
                )
        for event in self._accounted.keys() - self.erased.keys():
            self.problems.append(f"Version {event[1]} of {event[0]} was erased, but its content is there again.")
        more = sum(1 for _ in self._remembered)
        if more:
            self.problems.append(f"The views have seen {more} more events than the log has: it was cut back.")
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
    """Whether a checkpoint matches the log; if it does not, a problem is added."""
    where, checkpoint = one
    root = walk.roots.get(checkpoint.size)
    matches = checkpoint.origin == of and root == checkpoint.root
    if checkpoint.origin != of:
        problems.append(f"The checkpoint {where} belongs to another log, {checkpoint.origin}.")
    elif root is None:
        held = walk.frontier.size
        problems.append(
            f"The checkpoint {where} covers {checkpoint.size} events, but the log has {held}: it was cut back."
        )
    elif not matches:
        first = f"position {walk.changed}" if walk.changed else f"one of the positions up to {checkpoint.size}"
        problems.append(f"The log does not match the checkpoint {where}: {first} has changed.")
    return Compared(where, checkpoint.size, matches, len(checkpoint.signatures))


def _signed(one: Kept, key: str) -> bool:
    """Whether a checkpoint is signed by the key, if a key is required."""
    if not key:
        return True
    from ledger.integrity import signatures

    return signatures.signed_by(one.checkpoint, key)


def _lost(store: Store) -> list[str]:
    """A problem if the log has lost acknowledged events; empty otherwise."""
    try:
        store.refuse_if_cut()
    except AcknowledgedLost as refusal:
        return [str(refusal)]
    return []


@contextmanager
def _remembered(path: Path, ledger_id: str) -> Iterator[Iterator[tuple[int, bytes]]]:
    """The leaves that the views remember, by position; none if no views of this ledger can be read."""
    views = path_beside(path)
    try:
        connection = connect(views) if views.exists() else sqlite3.connect(":memory:")
    except (OSError, sqlite3.Error):
        yield iter(())
        return
    with closing(connection):
        if not _are_of(connection, ledger_id):
            yield iter(())
            return
        with closing(_leaves(connection)) as leaves:  # a generator that outlives its connection fails when it is closed
            yield leaves


def _are_of(connection: sqlite3.Connection, ledger_id: str) -> bool:
    """Whether the views are of this ledger and their leaves match their root; also begins to read one state of them."""
    try:
        connection.execute("BEGIN")
        of, root = connection.execute("SELECT ledger_id, root FROM upkeep").fetchone() or ("", "")
        remembered = Frontier()
        for _, leaf in _leaves(connection):
            remembered.append(leaf)
    except (sqlite3.Error, TypeError):
        return False  # the views are disposable; damaged ones are not compared
    return bool((of, root) == (ledger_id, remembered.root().hex()))


def _leaves(connection: sqlite3.Connection) -> Generator[tuple[int, bytes], None, None]:
    yield from connection.execute("SELECT position, leaf FROM leaves ORDER BY position")


def _of_views(views: Path) -> Iterator[str]:
    """A note if the views are, or may be, damaged. They can be rebuilt from the log at any time."""
    try:
        if not views.exists():
            return
        with closing(connect(views)) as connection:
            matches = checksum.matches(connection)
    except (OSError, sqlite3.Error, UnicodeDecodeError):
        matches = False
    if matches is None:
        yield "The views are too large for a checksum, so they were not checked. `parley rebuild` rebuilds them."
    elif not matches:
        yield "The views are damaged. The next question rebuilds them."


def _notes(against: Sequence[Kept]) -> Iterator[str]:
    if not against:
        yield "Only a checkpoint stored out of reach of this ledger proves anything to others: see --against."
    if sqlite3.sqlite_version_info < FIXED:
        version = sqlite3.sqlite_version
        yield f"SQLite {version} is older than 3.51.3, which fixed a rare bug in files written by several processes."
