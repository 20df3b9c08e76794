"""Backups: a consistent copy of a ledger while others write, verified before it stands in its place.

A backup is a ledger: it can be asked and verified where it is, and restored by taking a backup of it.
"""

import base64
import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.base.files import new_file
from ledger.integrity.checkpoints import frontier_of
from ledger.integrity.errors import BackupDiffers
from ledger.integrity.verify import Verified, verify
from ledger.log.sqlite import file


def back_up(path: Path, into: Path) -> Verified:
    """Copy a ledger to a new file, and what verifying the copy found; refused when it is not the ledger as it was."""
    with file.reading(path) as ledger, new_file(into) as draft:
        with file.refusing(into), closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            ledger.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself, also where nothing may be written
        found = verify(draft)
        if found.problems:
            raise BackupDiffers(path=into, why=found.problems[0])
        rows = (row for row in file.stored(ledger) if row.position <= found.events)
        if base64.b64encode(frontier_of(rows).root()).decode() != found.root:
            raise BackupDiffers(path=into, why="its events are others")
    return found
