"""Notes the last acknowledged event next to a ledger, so that a lost or damaged end of the log is noticed.

After an append, events are in the file's write-ahead log until SQLite moves them into the file. If the write-ahead log
is cut, damaged or deleted while the ledger is not open, they are lost silently. A server may lose its newest events
when a replica takes its place. So each append also writes the newest position and the hash of its leaf into one line
next to the ledger, and the ledger compares the line when it is next opened. The line also has the peaks of the log's
tree, from which its root follows: a rebuild of the views and `verify` compare the whole log with it. The line is
written after the commit: if the process is killed in between, the line is behind, and nothing is lost. It survives a
kill immediately, and a loss of power once the ledger is closed, as at the end of a command.
"""

import errno
import os
import re
import stat
import zlib
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ledger.base.files import companion, contents, create_like
from ledger.errors import NotWritable, Refusal
from ledger.log.commitments import commitment, leaf, leaf_of
from ledger.log.errors import AcknowledgedLost
from ledger.log.merkle import WIDTH, Frontier
from ledger.log.store import Head, Stored

if TYPE_CHECKING:
    from eventsourcing.persistence import StoredEvent

_FORM = "parley-acknowledged-2"
_LINE = 2048  # bytes, enough for 28 peaks; each line overwrites the previous one in one write
_NOTED = re.compile(
    rf"({_FORM} ([0-9a-f-]{{36}}) ([1-9][0-9]{{0,14}}) ([0-9a-f]{{64}}) ((?:[0-9a-f]{{64}})+)) ([0-9a-f]{{8}})\s*",
    re.ASCII,
)


class Noted(NamedTuple):
    """The last acknowledged state: the ledger's identity, the newest position, its leaf, and the tree up to there."""

    ledger_id: str
    position: int
    leaf: bytes
    frontier: Frontier


class Acknowledged:
    """The line next to one ledger file, which stays open after the first write."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._handle: int | None = None

    @property
    def path(self) -> Path:
        return companion(self._ledger, "acknowledged")

    def write(self, ledger_id: str, frontier: Frontier, newest: bytes) -> None:
        """Note the tree of the log and the leaf of the newest event; OSError if that fails."""
        said = f"{_FORM} {ledger_id} {frontier.size} {newest.hex()} {frontier.peaks().hex()}"
        line = f"{said} {_checksum(said)}".ljust(_LINE - 1) + "\n"
        if self._handle is None:
            self._handle = self._opened()
        os.pwrite(self._handle, line.encode(), 0)

    def noted(self) -> Noted | None:
        """The note; None if there is none, or if it cannot be read."""
        try:
            found = _NOTED.fullmatch(contents(self.path, _LINE).decode())
        except (OSError, ValueError):
            return None
        if found is None or _checksum(found[1]) != found[6]:
            return None
        position, peaks = int(found[3]), bytes.fromhex(found[5])
        if len(peaks) != WIDTH * position.bit_count():
            return None
        return Noted(found[2], position, bytes.fromhex(found[4]), Frontier(position, peaks))

    def close(self) -> None:
        """Sync and close the line. Syncing after each append would make an append 1.5 times as slow."""
        if self._handle is not None:
            with suppress(OSError):
                os.fdatasync(self._handle)
            os.close(self._handle)
            self._handle = None

    def _opened(self) -> int:
        """Open the file, or create it with the ledger's permissions; a planted file is not written to."""
        flags = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            handle = os.open(self.path, flags)
        except FileNotFoundError:
            create_like(self._ledger, self.path)
            handle = os.open(self.path, flags)
        found = os.fstat(handle)
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
            return handle
        os.close(handle)
        raise OSError(errno.EEXIST, "something else has replaced it")


class AcknowledgingStore:
    """The part of a store that notes what it acknowledged, for one ledger."""

    errors: tuple[type[Exception], ...] = (OSError, Refusal)  # that prevent a note
    most_to_read: int | None = None  # events of others that a note may read after an append; None for any number

    def __init__(self, path: Path) -> None:
        self.path = path
        self._acknowledged = Acknowledged(path)
        self._ledger_id = ""
        self._appended: list[tuple[int, bytes]] = []  # the position and leaf of each event since the last commit
        self._frontier = Frontier()  # of the events acknowledged by this store

    @property
    def name(self) -> str:
        return str(self.path)

    def position(self) -> int:
        raise NotImplementedError

    def events(self, after: int = 0, upto: int | None = None) -> Generator[Stored, None, None]:
        raise NotImplementedError

    def _identity(self) -> str:
        raise NotImplementedError

    def head(self) -> Head:
        raise NotImplementedError

    def checked_head(self) -> Head:
        self.refuse_if_cut()
        return self.head()

    def refuse_if_cut(self) -> None:
        known = self._acknowledged.noted()
        if known is None or known.ledger_id != self._identity():
            return
        row = next(self.events(known.position - 1, known.position), None)
        self._refuse_unless(known, leaf_of(row) if row is not None else None)

    def _refuse_unless(self, known: Noted, found: bytes | None) -> None:
        """Refuse the log unless it has, at the position of the note, the leaf of the note."""
        if found is None:
            raise AcknowledgedLost(path=self.name, position=known.position, found=f"ends at position {self.position()}")
        if found != known.leaf:
            raise AcknowledgedLost(path=self.name, position=known.position, found="has another event there")

    def acknowledged(self) -> tuple[int, bytes] | None:
        known = self._acknowledged.noted()
        if known is None or known.ledger_id != self._identity():
            return None
        return known.position, known.frontier.root()

    def accept(self) -> None:
        frontier, newest = Frontier(), b""
        for row in self.events():
            frontier.append(newest := leaf_of(row))
        if newest:
            try:
                self._acknowledged.write(self._identity(), frontier, newest)
            except OSError as error:
                raise NotWritable(path=self._acknowledged.path, why=error.strerror) from error

    def _note(self, positions: Sequence[int], events: "Sequence[StoredEvent]") -> None:
        """Note the events of an append, to be acknowledged after the commit."""
        for position, one in zip(positions, events, strict=True):
            committed = commitment(one.state)
            self._appended.append(
                (position, leaf(one.topic, str(one.originator_id), one.originator_version, committed))
            )

    def _acknowledge(self) -> None:
        """Note the committed events. If that fails, the note stays behind: a recorded event must not look refused."""
        if not self._appended:
            return
        try:
            self._ledger_id = self._ledger_id or self._identity()
            before = self._appended[0][0] - 1
            frontier = self._frontier if self._frontier.size == before else self._frontier_at(before)
            if frontier.size != before:
                return  # another process has noted later events already; or the log has a gap
            for _, newest in self._appended:
                frontier.append(newest)
            self._acknowledged.write(self._ledger_id, frontier, newest)
            self._frontier = frontier
        except self.errors:
            return

    def _frontier_at(self, position: int) -> Frontier:
        """The tree of the events up to about a position, continued from the noted tree."""
        known = self._acknowledged.noted()
        frontier = known.frontier if known is not None and known.ledger_id == self._ledger_id else Frontier()
        if self.most_to_read is None or position - frontier.size <= self.most_to_read:
            for row in self.events(frontier.size, position):
                frontier.append(leaf_of(row))
        return frontier


def _checksum(said: str) -> str:
    """A checksum of the line, so that a line left half written by a loss of power is ignored."""
    return f"{zlib.crc32(said.encode()):08x}"
