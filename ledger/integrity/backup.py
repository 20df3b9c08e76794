"""Backups: a consistent copy of a ledger while others write, verified before it stands in its place.

A backup is a ledger: it can be asked and verified where it is, and restored by taking a backup of it.
"""

import base64
from pathlib import Path

from ledger.base.files import new_file
from ledger.integrity.checkpoints import frontier_of
from ledger.integrity.errors import BackupDiffers
from ledger.integrity.verify import Verified, verify
from ledger.log.store import opened


def back_up(path: Path, into: Path) -> Verified:
    """Copy a ledger to a new file, and what verifying the copy found; refused when it is not the ledger as it was."""
    with opened(path) as store, new_file(into, like=path) as draft:
        store.copy_to(draft)
        found = verify(draft)
        if found.problems:
            raise BackupDiffers(path=into, why=found.problems[0])
        if base64.b64encode(frontier_of(store.events(upto=found.events)).root()).decode() != found.root:
            raise BackupDiffers(path=into, why="its events are others")
    return found
