"""The cache of replays: a negotiation is replayed once for each moment, and later questions reuse the replay.

A replay is a file in a folder next to the ledger. Its name contains everything that the replay depends on: the ledger,
the negotiation, the last position with the hash of its event, the last day of publication, the erasures, and the
schema version. Only an erasure changes the log up to a position, and a different log has a different event there. So a
cached replay is never wrong, and the folder is safe to delete. If the folder cannot be written, the replay stays in
memory.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from ledger.base.files import companion, drafts_in, written_beside
from ledger.log.commitments import leaf_of
from ledger.log.store import opened
from ledger.views.database import folder_locked, open_if_current, prepare
from ledger.views.schema import SCHEMA_VERSION

MOST = 16  # cached replays; the least recently used is deleted first


def replayed(
    ledger: Path,
    ledger_id: str,
    negotiation: str,
    position: int,
    reported_by: str | None,
    fill: Callable[[Path | None], sqlite3.Connection],
) -> sqlite3.Connection:
    """The replay of a negotiation up to a position and a day of publication: from the cache, else new and then cached.

    `fill` replays into the file at a path, or into memory for None.
    """
    folder = folder_beside(ledger)
    erasures = _erasures(ledger)
    moment = f"{position}-{_leaf(ledger, position)}-{reported_by or 'all'}-{erasures}"
    kept = folder / f"{ledger_id}-{negotiation}-{moment}-v{SCHEMA_VERSION}.db"
    found = open_if_current(kept, ledger_id, position)
    if found is not None:
        _used(kept)
        return found
    try:
        folder.mkdir(exist_ok=True)
        place = partial(_put_in_place, ledger, erasures)
        with written_beside(kept, place, ledger) as draft:
            prepare(draft)
            with closing(fill(draft)) as made:
                made.execute("PRAGMA journal_mode=DELETE")  # no write-ahead log: the file alone is moved into place
        _prune(folder)
        found = open_if_current(kept, ledger_id, position)
    except (OSError, sqlite3.Error):
        found = None
    return found or fill(None)


def folder_beside(ledger: Path) -> Path:
    """The folder for the replays of a ledger: `ledger.replays/` for `ledger.db`."""
    return companion(ledger, "replays")


def forget(ledger: Path) -> int:
    """Delete every cached replay of a ledger, and any drafts; return how many were cached.

    After it returns, no replay of the earlier log can be put in place: see `_put_in_place`.
    """
    folder = folder_beside(ledger)
    if not folder.exists():
        return 0
    with folder_locked(folder / "any", alone=True):
        kept = list(folder.glob("*.db"))
        for path in (*kept, *drafts_in(folder)):
            path.unlink(missing_ok=True)
    return len([path for path in kept if not path.name.startswith(".")])


def _put_in_place(ledger: Path, erasures: str, draft: Path, kept: Path) -> None:
    """Cache a replay, unless something was erased since it was begun: it may contain the erased words.

    It holds the folder's lock, as `forget` does, so an erasure either is noticed here or deletes the cached replay.
    """
    with folder_locked(kept, alone=True):
        if _erasures(ledger) == erasures:
            draft.replace(kept)


def _erasures(ledger: Path) -> str:
    """A text that changes with every erasure: the version of the log's schema, because erasing changes the schema."""
    with opened(ledger) as store:
        return store.head().seal.partition(" ")[0]


def _leaf(ledger: Path, position: int) -> str:
    """The hash of the event at a position; "" if there is none."""
    with opened(ledger) as store:
        row = next(store.events(position - 1, position), None)
    return leaf_of(row).hex()[:32] if row else ""


def _used(kept: Path) -> None:
    with suppress(OSError):
        os.utime(kept)


def _prune(folder: Path) -> None:
    kept = sorted(folder.glob("*.db"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-MOST]:
        path.unlink(missing_ok=True)
