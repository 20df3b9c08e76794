"""Backups: a consistent copy of a ledger, taken even while others write, and verified before it is moved into place.

A backup is itself a ledger: it can be queried and verified, and a backup of it restores the ledger.
"""

from pathlib import Path

from ledger.base.files import new_file
from ledger.integrity.checkpoints import frontier_of, in_base64
from ledger.integrity.errors import BackupDiffers
from ledger.integrity.verify import Verified, verify
from ledger.log.store import opened


def back_up(path: Path, into: Path) -> Verified:
    """Copy a ledger to a new file, and return the verification of the copy; refused if it differs from the ledger."""
    with opened(path) as store, new_file(into, like=path) as draft:
        store.copy_to(draft)
        found = verify(draft)
        if found.problems:
            raise BackupDiffers(path=into, why=found.problems[0])
        if in_base64(frontier_of(store.events(upto=found.events)).root()) != found.root:
            raise BackupDiffers(path=into, why="it contains other events")
    return found
