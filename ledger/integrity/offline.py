"""Filing while the server of a ledger cannot be reached: the log as this desk has seen it, and the waiting entries.

A desk keeps a copy of the server's log in `seen.db`, which each catch-up of the views brings up to date first. Entries
filed offline go into a ledger of their own, made from that copy, so the rules, slugs and names of the record hold:
`after-172/ledger.db` has the 172 events that the desk had seen, and then those that wait. They are sent by a merge
(`ledger.filing.merge`), in which each event keeps its identity: a merge that is repeated after a lost acknowledgement
records nothing twice. The ledger is removed only after all of its events are on the server.

A lock on the folder is held while something is filed and while it is sent, so nothing is filed into a ledger that is
being removed. Content that is erased on the server is erased here, too.
"""

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ledger.base import desks, locking, now
from ledger.base.files import companion, remove, replace_durably, written_beside
from ledger.base.text import counted, listed, minute
from ledger.errors import NotWritable, Refusal
from ledger.integrity.errors import NothingSeenYet, NotSentYet
from ledger.log import store
from ledger.log.errors import LedgerBusy, ServerAway
from ledger.log.store import Store
from ledger.views.database import folder_locked

NAME = "ledger.db"  # of the ledger with what waits
MOST_NAMED = 5  # entries
_FILED = re.compile(r"after-(0|[1-9][0-9]*)", re.ASCII)


class Waiting(NamedTuple):
    """The ledger whose new events wait to be sent, and the newest position that the desk had seen before them."""

    path: Path
    after: int

    def streams(self) -> list[str]:
        """The stream of each event that waits."""
        with store.opened(self.path) as filed:
            return [row.stream for row in filed.events(self.after)]

    def told(self) -> str:
        """The entries and events that wait, as in `party jp and statement s (3 events)`; "" if there are none."""
        streams = self.streams()
        entries = [" ".join(one.split("/")[1:]) for one in dict.fromkeys(streams)]
        more = [f"{len(entries) - MOST_NAMED} more"] if len(entries) > MOST_NAMED else []
        return f"{listed([*entries[:MOST_NAMED], *more])} ({counted(len(streams), 'event')})" if streams else ""


class DeskState(NamedTuple):
    """A desk: the name of its ledger, its folder, the newest positions of server and desk, and the waiting entries.

    position: None while the server cannot be reached. seen: 0 if the desk has no copy of the log. waiting: as in `told`
    of `Waiting`.
    """

    ledger: str
    folder: str
    position: int | None
    seen: int
    waiting: str
    events: int


# Questions.


def desk_state(ledger: Path) -> DeskState:
    """The state of the desk of a ledger on a server."""
    position: int | None = None
    with suppress(ServerAway), store.opened(ledger) as log:
        position = log.position()
    seen = 0
    if has_seen(ledger):
        with store.opened(_seen(ledger)) as copy:
            seen = copy.position()
    filed = waiting(ledger)
    told, events = (filed.told(), len(filed.streams())) if filed is not None else ("", 0)
    return DeskState(desks.name_of(ledger), str(ledger.parent), position, seen, told, events)


def waiting(ledger: Path) -> Waiting | None:
    """The ledger of events that a desk filed while its server could not be reached, and has still to send."""
    try:
        found = [one for one in _folder(ledger).iterdir() if _FILED.fullmatch(one.name)]
    except OSError:
        return None
    return Waiting(found[0] / NAME, int(found[0].name.partition("-")[2])) if found else None


def asked_of(ledger: Path) -> tuple[Path, Waiting | None, str]:
    """The ledger that answers questions, its waiting entries, and a sentence for the user if anything waits.

    While the server cannot be reached, it is the ledger with the entries filed offline, if there are any.
    """
    filed = waiting(ledger)
    told = filed.told() if filed is not None else ""
    if filed is None or not told:
        return ledger, None, ""
    if is_away(ledger):
        said = f"The server cannot be reached, so this is the record as of position {filed.after}{_time_of(filed)}"
        return filed.path, filed, f"{said}, with what was filed here and is not yet sent: {told}."
    sends = "`parley merge`, or the next recording, sends it."
    return ledger, None, f"Filed offline and not yet sent, so not in this answer: {told}. {sends}"


def _time_of(filed: Waiting) -> str:
    """The time of the newest event that the desk had seen, for a sentence; "" if its content was erased."""
    with store.opened(filed.path) as log:
        row = next(log.events(filed.after - 1, filed.after), None) if filed.after else None
    recorded_at = json.loads(row.state).get("recorded_at", "") if row is not None else ""
    return f", recorded {minute(recorded_at)} UTC" if recorded_at else ""


# Filing and sending.


def is_away(ledger: Path) -> bool:
    """Whether the log of a ledger is on a server that cannot be reached."""
    if not desks.is_desk(ledger):
        return False
    try:
        with store.opened(ledger) as log:
            log.position()
    except ServerAway:
        return True
    return False


@contextmanager
def filing(ledger: Path) -> Iterator[Waiting]:
    """Yield the ledger into which to file, created from the desk's copy of the log; it is not sent meanwhile.

    Refused if the desk has no copy of the log.
    """
    if not has_seen(ledger) and waiting(ledger) is None:
        raise NothingSeenYet(path=desks.name_of(ledger))
    with _held(ledger):
        yield waiting(ledger) or _begun(ledger)


@contextmanager
def sending(ledger: Path, ours: Iterable[str], *, dry_run: bool) -> Iterator[Waiting | None]:
    """Yield the waiting ledger, and remove it after the block, unless the block fails or this is a dry run.

    If it has events of the entries `ours`, which are not sent, it is set aside instead.
    """
    if waiting(ledger) is None:
        yield None
        return
    with _held(ledger):
        filed = waiting(ledger)
        yield filed
        if filed is not None and not dry_run:
            if not {stream.rpartition("/")[2] for stream in filed.streams()}.isdisjoint(ours):
                aside = companion(ledger, f"unsent-{now.now():%Y-%m-%d-%H%M%S}-{os.urandom(2).hex()}.db")
                _copied(filed.path, aside)
                desks.say(f"The entries filed offline that were not sent are in {aside}.")
            _remove(filed.path.parent)


def _begun(ledger: Path) -> Waiting:
    for left in _folder(ledger).glob(".*"):
        _remove(left)
    draft = _folder(ledger) / f".{os.urandom(4).hex()}"
    draft.mkdir(0o700)
    after = _copied(_seen(ledger), draft / NAME)
    place = draft.rename(_folder(ledger) / f"after-{after}")
    return Waiting(place / NAME, after)


def refuse_if_waiting(ledger: Path) -> None:
    """Refuse to continue while entries filed offline are not sent."""
    filed = waiting(ledger)
    if filed is not None and (told := filed.told()):
        raise NotSentYet(told=told)


def _copied(ledger: Path, to: Path) -> int:
    """Copy a ledger, only for this user, and return its position."""
    with store.opened(ledger) as log:
        log.copy_to(to)
        to.chmod(0o600)
        return log.position()


# The copy of the log.


def has_seen(ledger: Path) -> bool:
    """Whether the desk of a ledger has a copy of the log."""
    return _seen(ledger).exists()


def see(whole: Store) -> None:
    """Bring the copy of the log of an open ledger on a server up to date, unless that fails."""
    with suppress(Refusal, OSError, sqlite3.Error):
        bring(whole)


def bring(whole: Store) -> None:
    """Bring the copy of the log of an open ledger on a server up to date: add the new events, or make it again."""
    ledger = whole.path
    seen, newest = _seen(ledger), whole.position()
    with _held(ledger):
        try:
            if seen.exists() and _extended(whole, seen, newest):
                return
        except (Refusal, sqlite3.Error):
            pass  # it is damaged
        filed = waiting(ledger)
        if filed is not None:
            _erase_in(filed, _erased_since(whole, filed.after, newest))
        with written_beside(seen, _replace) as draft:
            store.create(draft)
            draft.chmod(0o600)
            with store.opened(draft) as new:
                new.fill(whole.head().ledger_id, whole.events(0, newest))
                new.settle()


def _extended(whole: Store, seen: Path, newest: int) -> bool:
    """Append the new events to the copy; return False if it is a copy of another log."""
    with store.opened(seen) as copy:
        before = copy.position()
        known, same = copy.newest(), next(whole.events(before - 1, before), None) if before else None
        if copy.head().ledger_id != whole.head().ledger_id or known != same or copy.is_uncleaned():
            return False
        if before == newest:
            return True
        gone = _erased_since(whole, before, newest)
        filed = waiting(whole.path)
        if filed is not None:
            _erase_in(filed, gone)
        with copy.writing():
            copy.extend(whole.events(before, newest))
            if gone:
                copy.erase(gone)
        return _is_wiped(copy)


def _erased_since(whole: Store, after: int, upto: int) -> dict[int, bytes]:
    """The remains of the events that were erased between two positions, by their positions."""
    erasures = [row for row in whole.events(after, upto) if row.type.startswith("EntryErased.")]
    if not erasures:
        return {}
    from ledger.domain.events import EntryErased
    from ledger.log.mapper import read_stored

    events = (read_stored(row).event for row in erasures)
    positions = {gone.position for event in events if isinstance(event, EntryErased) for gone in event.erased}
    found = (next(whole.events(one - 1, one), None) for one in sorted(positions) if one)
    return {row.position: row.state for row in found if row is not None}


def _erase_in(filed: Waiting, gone: Mapping[int, bytes]) -> None:
    """Erase events in the ledger that waits, too, with its views and replays."""
    there = {position: state for position, state in gone.items() if position <= filed.after}
    if not there:
        return
    for one in filed.path.parent.iterdir():
        if not one.name.startswith(NAME) and one != companion(filed.path, "acknowledged"):
            _remove(one)
    with store.opened(filed.path) as log:
        with log.writing():
            log.erase(there)
        _is_wiped(log)


def _is_wiped(log: Store) -> bool:
    """Remove the traces of an erasure; return whether none is left."""
    if not log.is_uncleaned():
        return True
    if log.wipe():
        log.unmark()
        return True
    return False


# Places.


def _folder(ledger: Path) -> Path:
    return companion(ledger, "offline")


def _seen(ledger: Path) -> Path:
    return _folder(ledger) / "seen.db"


@contextmanager
def _held(ledger: Path) -> Iterator[None]:
    """Hold the lock on the entries filed offline at a desk."""
    folder = _folder(ledger)
    try:
        folder.mkdir(0o700, exist_ok=True)
    except OSError as error:
        raise NotWritable(path=folder, why=error.strerror) from error
    try:
        with folder_locked(_seen(ledger), alone=True):
            yield
    except BlockingIOError as error:
        raise LedgerBusy(path=folder, seconds=locking.limit()) from error


def _replace(draft: Path, seen: Path) -> None:
    """Put a new copy in place, without the write-ahead log of the one before."""
    remove(seen)
    replace_durably(draft, seen)


def _remove(path: Path) -> None:
    """Remove a file or a folder; a folder at once, so that nobody finds half of it."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    if not path.name.startswith("."):
        path = path.rename(path.with_name(f".{path.name}.{os.urandom(4).hex()}"))
    shutil.rmtree(path, ignore_errors=True)
