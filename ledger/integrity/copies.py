"""The copies of a ledger for its levels: for each level below the highest, a ledger with only the part at or below it.

A copy is a ledger of its own in `ledger.levels/LEVEL/`, disposable as the views are, and every question asked with a
clearance is asked of the copy. So an answer cannot depend on anything above: it is not there. A copy is brought up to
date with the new events of the part, and rebuilt if an event changes the level of earlier ones. The same ledger always
has the same copy, with the same identity.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from ledger.base import locking
from ledger.base.desks import is_desk
from ledger.base.files import companion, remove, written_beside
from ledger.errors import Refusal
from ledger.integrity.readers import CHANGING
from ledger.levels.errors import CopyNotWritable, LevelsBusy
from ledger.levels.scheme import Levels, levels_of
from ledger.log import store
from ledger.log.store import Store
from ledger.views.database import folder_locked, path_beside

COPY_OF_A_SERVER = "ledger.db"  # the name of a copy whose ledger is on a server; the copy is a file
FORM = 1  # of the copies; a copy of another form is rebuilt


class Reached(NamedTuple):
    """The extent of a copy: its position in the whole log and its own, and the other things that it depends on."""

    ledger_id: str
    schema: str
    position: int
    copied: int
    form: int = FORM


def copy_at(ledger: Path, level: str) -> Path:
    """The copy of a ledger for a level, brought up to date; the ledger itself for the highest level or none.

    Refused if the ledger has no such level.
    """
    with store.opened(ledger) as whole:
        whole.refuse_if_cut()
        levels = levels_of(whole)
        if not level or levels.rank(levels.known(level)) == levels.top:
            return ledger
        copy = folder_beside(ledger) / level / (COPY_OF_A_SERVER if is_desk(ledger) else ledger.name)
        if not _is_current(copy, _wanted(whole)):
            with _alone(ledger, copy, level), whole.snapshot():  # of one moment, whatever others record meanwhile
                wanted = _wanted(whole)
                if not _is_current(copy, wanted):
                    _bring(whole, copy, levels, levels.rank(level), wanted)
        return copy


def names(ledger: Path) -> tuple[str, ...]:
    """The names of the levels of a ledger, the most open first."""
    with store.opened(ledger) as whole:
        return levels_of(whole).names


def positions(ledger: Path, level: str) -> list[int]:
    """The positions in the whole log of the events of a copy, in order."""
    from ledger.levels import part

    with store.opened(ledger) as whole:
        levels = levels_of(whole)
        return sorted(one.row.position for one in part.whole_part(whole, levels, levels.rank(levels.known(level))))


def folder_beside(ledger: Path) -> Path:
    """The folder for the copies of a ledger: `ledger.levels/` for `ledger.db`."""
    return companion(ledger, "levels")


def forget(ledger: Path) -> None:
    """Delete every copy of a ledger, with its views and replays."""
    folder = folder_beside(ledger)
    if folder.exists():
        with folder_locked(folder / "any", alone=True):
            for one in folder.iterdir():
                shutil.rmtree(one)


@contextmanager
def _alone(ledger: Path, copy: Path, level: str) -> Iterator[None]:
    """Hold the lock of the copies, in their folders, which are as open as the ledger itself."""
    mode = ledger.stat().st_mode
    try:
        for folder in (copy.parent.parent, copy.parent):
            if not folder.exists():
                folder.mkdir(0o700, exist_ok=True)
                folder.chmod(0o700 | (mode & 0o077) | (mode & 0o044) >> 2)
        with folder_locked(copy.parent, alone=True):
            yield
    except BlockingIOError as error:
        raise LevelsBusy(seconds=locking.limit()) from error
    except OSError as error:
        raise CopyNotWritable(level=level, path=copy.parent, why=error.strerror or str(error)) from error


def _reached(copy: Path) -> Reached | None:
    try:
        found: Any = json.loads(companion(copy, "copied.json").read_text("utf-8"))
        return Reached(*found) if copy.exists() else None
    except (OSError, ValueError, TypeError):
        return None


def _wanted(whole: Store) -> Reached:
    """The extent that a copy should have."""
    head = whole.head()
    return Reached(head.ledger_id, head.seal.partition(" ")[0], head.position, 0)


def _is_current(copy: Path, wanted: Reached) -> bool:
    found = _reached(copy)
    return found is not None and found._replace(copied=0) == wanted


def _bring(whole: Store, copy: Path, levels: Levels, clearance: int, wanted: Reached) -> None:
    """Bring a copy to the head of the log: add the new events, or rebuild it."""
    found = _reached(copy)
    if found is not None and found._replace(position=wanted.position, copied=0) == wanted:
        with suppress(Refusal), closing(store.open_store(copy)) as there:
            if there.position() == found.copied and _extended(whole, there, levels, clearance, found.position):
                _note(copy, wanted._replace(copied=there.position()))
                return
    _note(copy, wanted._replace(copied=_made(whole, copy, levels, clearance)))


def _note(copy: Path, reached: Reached) -> None:
    note = companion(copy, "copied.json")
    with written_beside(note, like=copy) as draft:
        draft.write_text(json.dumps(reached), "utf-8")


def _made(whole: Store, copy: Path, levels: Levels, clearance: int) -> int:
    """Rebuild the copy, and return its last position."""
    from ledger.levels import part

    companion(copy, "copied.json").unlink(missing_ok=True)
    with written_beside(copy, lambda draft, _: _placed(draft, copy)) as draft:
        store.create(draft)
        draft.chmod(whole.path.stat().st_mode & 0o777)
        with closing(store.open_store(draft)) as new:
            new.fill(_identity(whole, levels.at(clearance)), part.in_order(part.whole_part(whole, levels, clearance)))
            new.settle()
            return new.position()


def _placed(draft: Path, copy: Path) -> None:
    """Put a new copy in place, without the views and replays of the one before."""
    with folder_locked(copy, alone=True):
        for path in (copy, path_beside(copy), companion(copy, "acknowledged")):
            remove(path)
        draft.rename(copy)
        remove(draft)
    shutil.rmtree(companion(copy, "replays"), ignore_errors=True)


def _identity(whole: Store, level: str) -> str:
    """The identity of a copy, which is always the same."""
    made = hashlib.sha256(f"{whole.head().ledger_id} {level}".encode()).hexdigest()
    return "-".join((made[:8], made[8:12], made[12:16], made[16:20], made[20:32]))


def _extended(whole: Store, there: Store, levels: Levels, clearance: int, after: int) -> bool:
    """Append the new events of the part to a copy; return False if earlier events enter or leave the part."""
    from ledger.levels import part
    from ledger.log.log import Log

    new = [*whole.events(after)]
    if any(row.type.partition(".")[0] in CHANGING for row in new):
        return False
    fresh = part.new_part(whole, there, levels, clearance, new)
    if fresh is None:
        return False
    with closing(Log(there.path)) as log:
        log.append_stored(fresh)
    return True
