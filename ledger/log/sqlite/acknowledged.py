"""Notes the last acknowledged event next to a ledger file, so that a lost or damaged end of the log is noticed.

After an append, events are in the file's write-ahead log until SQLite moves them into the file. If the write-ahead log
is cut, damaged or deleted while the ledger is not open, they are lost silently. So each append also writes the newest
position and the hash of its leaf into one line next to the file, and the ledger compares the line when it is next
opened. The line also has the peaks of the log's tree, from which its root follows: a rebuild of the views and `verify`
compare the whole log with it. The line is written after the commit: if the process is killed in between, the line is
behind, and nothing is lost. It survives a kill immediately, and a loss of power once the ledger is closed, as at the
end of a command.
"""

import errno
import os
import re
import stat
import zlib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ledger.base.files import companion, contents, create_like
from ledger.log.merkle import WIDTH, Frontier

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
        """Sync and close the line. Syncing after each append would make an append take half as long again."""
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


def _checksum(said: str) -> str:
    """A checksum of the line, so that a line left half written by a loss of power is ignored."""
    return f"{zlib.crc32(said.encode()):08x}"
