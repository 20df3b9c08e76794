"""The newest acknowledged event, noted next to a ledger file, so that losing the end of the log is noticed.

After an append, events are in the file's write-ahead log until SQLite moves them into the file. A write-ahead log that
is cut, damaged or deleted while nobody has the ledger open takes them along without a word. So each append also writes
the newest position and the hash of its leaf into one line next to the file, and the ledger compares the line when it
is next opened. The line follows the commit: a process killed in between leaves a line that is behind, and nothing is
lost. It outlasts a kill at once, and a loss of power once the ledger is closed, as each command does when it is done.
"""

import os
from contextlib import suppress
from pathlib import Path

from ledger.base.files import companion
from ledger.log.commitments import leaf_of
from ledger.log.store import Stored

_FORM = "parley-acknowledged-1"
_LINE = 128  # bytes; each line overwrites the one before in one write


class Acknowledged:
    """The line next to one ledger file, open once it was written to."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._handle: int | None = None

    def note(self, ledger_id: str, newest: Stored) -> None:
        """Note the newest event. Where that cannot be written, the line stays behind: the events are stored."""
        line = f"{_FORM} {ledger_id} {newest.position} {leaf_of(newest).hex()}".ljust(_LINE - 1) + "\n"
        with suppress(OSError):  # a full disk must not make an append that succeeded look refused
            if self._handle is None:
                mode = self._ledger.stat().st_mode & 0o666
                self._handle = os.open(companion(self._ledger, "acknowledged"), os.O_WRONLY | os.O_CREAT, mode)
            os.pwrite(self._handle, line.encode(), 0)

    def noted(self) -> tuple[str, int, str] | None:
        """The ledger's identity, its newest position and the hash of the leaf there; None where nothing is noted."""
        try:
            form, ledger_id, position, leaf = companion(self._ledger, "acknowledged").read_text("utf-8").split()
            return (ledger_id, int(position), leaf) if form == _FORM else None
        except (OSError, ValueError):
            return None

    def close(self) -> None:
        """Close the line, and make it outlast a loss of power. Syncing each append would cost half as much again."""
        if self._handle is not None:
            with suppress(OSError):
                os.fdatasync(self._handle)
            os.close(self._handle)
            self._handle = None
