"""Notes the newest acknowledged event next to a ledger file, so that a lost end of the log is noticed.

After an append, events are in the file's write-ahead log until SQLite moves them into the file. If the write-ahead log
is cut, damaged or deleted while the ledger is not open, they are lost silently. So each append also writes the newest
position and the hash of its leaf into one line next to the file, and the ledger compares the line when it is next
opened. The line is written after the commit: if the process is killed in between, the line is behind, and nothing is
lost. The line survives a kill immediately, and a loss of power once the ledger is closed, as at the end of a command.
"""

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from ledger.base.files import companion, contents, create_like
from ledger.log.commitments import leaf_of
from ledger.log.store import Stored

_FORM = "parley-acknowledged-1"
_LINE = 128  # bytes; each line overwrites the previous one in one write
_NOTED = re.compile(rf"{_FORM} ([0-9a-f-]{{36}}) ([1-9][0-9]{{0,14}}) ([0-9a-f]{{64}})\s*", re.ASCII)


class Acknowledged:
    """The line next to one ledger file, which stays open after the first write."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._handle: int | None = None

    @property
    def path(self) -> Path:
        return companion(self._ledger, "acknowledged")

    def note(self, ledger_id: str, newest: Stored) -> None:
        """Note the newest event. If that fails, the line stays behind, because the events are already stored."""
        with suppress(OSError):  # a full disk must not make a successful append look refused
            self.write(ledger_id, newest)

    def write(self, ledger_id: str, newest: Stored) -> None:
        """Note the newest event; OSError if that fails."""
        line = f"{_FORM} {ledger_id} {newest.position} {leaf_of(newest).hex()}".ljust(_LINE - 1) + "\n"
        if self._handle is None:
            self._handle = self._opened()
        os.pwrite(self._handle, line.encode(), 0)

    def noted(self) -> tuple[str, int, str] | None:
        """The noted identity of the ledger, its newest position and the hash of the leaf; None if nothing is noted."""
        try:
            found = _NOTED.fullmatch(contents(self.path, _LINE).decode())
        except (OSError, ValueError):
            return None
        return (found[1], int(found[2]), found[3]) if found else None

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
