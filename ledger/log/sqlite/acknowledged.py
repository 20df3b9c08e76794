"""What was acknowledged last, kept beside a ledger file, so that losing the end of the log is noticed.

After an append, events are in the file's write-ahead log until SQLite moves them into the file. A write-ahead log that
is cut, damaged or deleted while nobody has the ledger open takes them along without a word. So each append also writes
the newest position and the hash of its leaf into one line beside the file, and the ledger compares the line when it is
next opened. The line follows the commit: a process killed in between leaves a line that is behind, which is no loss.
It outlasts a kill at once, and a loss of power as soon as the ledger is closed, as each command does when it is done.
"""

import os
from contextlib import suppress
from pathlib import Path

from ledger.base.files import beside
from ledger.log.commitments import leaf_of
from ledger.log.store import Stored

_LINE = 128  # bytes; each line overwrites the one before in one write


def remember(ledger: Path, ledger_id: str, newest: Stored) -> None:
    """Write down the newest event of a ledger. Where that cannot be written, what was written before is behind."""
    line = f"parley-acknowledged-1 {ledger_id} {newest.position} {leaf_of(newest).hex()}".ljust(_LINE - 1) + "\n"
    try:
        handle = os.open(beside(ledger, "acknowledged"), os.O_WRONLY | os.O_CREAT, ledger.stat().st_mode & 0o666)
        try:
            os.pwrite(handle, line.encode(), 0)
        finally:
            os.close(handle)
    except OSError:
        return  # the events themselves are stored: a full disk must not make an append that succeeded look refused


def sync(ledger: Path) -> None:
    """Make the line outlast a loss of power. Each append doing so would cost half as much again."""
    with suppress(OSError):
        handle = os.open(beside(ledger, "acknowledged"), os.O_RDONLY)
        try:
            os.fdatasync(handle)
        finally:
            os.close(handle)


def remembered(ledger: Path) -> tuple[str, int, str] | None:
    """The ledger's identity, its newest position and the hash of the leaf there, as written; None where nothing is."""
    try:
        form, ledger_id, position, leaf = beside(ledger, "acknowledged").read_text("utf-8").split()
        return (ledger_id, int(position), leaf) if form == "parley-acknowledged-1" else None
    except (OSError, ValueError):
        return None
