"""The exact export of the log as JSON lines (positions, times, salts, bytes) and its import into an empty ledger.

The first line describes the rest: `{"format": "parley-log-1", "ledger_id": …, "events": …, "root": …}`. Each
further line is an event: position, type, stream, version, and its stored bytes as the text `state` (or in base64 as
`state_base64` if they are not UTF-8). An erased event has the remaining commitment, `erased`, instead.
"""

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from ledger.base.desks import is_desk
from ledger.base.files import is_there, new_file
from ledger.base.names import is_slug
from ledger.base.text import visible_json
from ledger.domain.clocks import EVERYTHING
from ledger.domain.events import LEVELS, STREAM_KIND, EntryErased, Stream
from ledger.domain.kinds import KINDS
from ledger.errors import NotWritable, Refusal
from ledger.integrity import readers
from ledger.integrity.checkpoints import frontier_of, in_base64
from ledger.integrity.errors import LogFileBroken
from ledger.log.commitments import erased, leaf_of
from ledger.log.errors import AcknowledgedLost, LedgerNotEmpty
from ledger.log.log import Log
from ledger.log.mapper import read_stored
from ledger.log.merkle import Frontier
from ledger.log.store import Stored, create, opened
from ledger.projections import projector, tables

FORMAT = "parley-log-1"
LONGEST = 64_000_000  # bytes of a line; the text of a source usually has a few thousand
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
_LEDGER_ID = re.compile(r"[0-9a-f-]{36}")


def export(path: Path, out: TextIO) -> int:
    """Write a ledger's log, and return the number of events."""
    with opened(path) as store, store.snapshot():
        frontier = frontier_of(store.events())
        head = {
            "format": FORMAT,
            "ledger_id": store.head().ledger_id,
            "events": frontier.size,
            "root": in_base64(frontier.root()),
        }
        out.write(json.dumps(head) + "\n")
        for row in store.events():
            out.write(visible_json(json.dumps(line_of(row), ensure_ascii=False)) + "\n")
    return frontier.size


def restore(source: Path, path: Path) -> int:
    """Restore an exported log into a new or empty ledger, and return the number of events; all or nothing."""
    if is_there(path) or is_desk(path):
        count = _fill_empty(source, path)
    else:
        with new_file(path) as draft:
            count = _fill(source, draft)
    with opened(path) as store, suppress(AcknowledgedLost, NotWritable):
        # Note the newest event, unless the earlier ledger at this path had recorded more.
        store.refuse_if_cut()
        store.accept()
    return count


def _fill_empty(source: Path, path: Path) -> int:
    """Fill the empty ledger at a path from an exported log, after trying it in a draft.

    A ledger on a server has been created before: only its owner may do that.
    """
    with opened(path) as store, TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        if store.position():
            raise LedgerNotEmpty(path=store.name)
        draft = Path(folder) / "draft.db"
        count = _fill(source, draft)
        with opened(draft) as filled:
            store.fill(filled.head().ledger_id, filled.events())
        with store.writing():
            readers.keep(store)
    return count


def _fill(source: Path, draft: Path) -> int:
    """Create a ledger from an exported log, and check that its views can be filled."""
    with _opened(source) as lines:
        head = _head(source, lines)
        frontier = Frontier()
        create(draft)
        with opened(draft) as store:
            store.fill(head["ledger_id"], _counted(_checked(source, lines), frontier))
    if frontier.size != head["events"]:
        why = f"it contains {frontier.size} events, but its first line says {head['events']}"
        raise LogFileBroken(path=source, why=why)
    if in_base64(frontier.root()) != head["root"]:
        raise LogFileBroken(path=source, why="its events do not match the root in its first line")
    try:
        with closing(Log(draft)) as log, closing(tables.open_views(None)) as db:
            projector.replay(log, db, head["ledger_id"], EVERYTHING)
    except Refusal:
        raise
    except Exception as error:  # a log that Parley did not write can cause any error
        raise LogFileBroken(path=source, why=f"its events cannot be projected ({error})") from error
    return frontier.size


def _counted(rows: Iterable[Stored], frontier: Frontier) -> Iterator[Stored]:
    """Pass the events on, adding each to the tree first."""
    for row in rows:
        frontier.append(leaf_of(row))
        yield row


@contextmanager
def _opened(source: Path) -> Iterator[Iterator[tuple[int, bytes]]]:
    """Open a file and yield its lines with their numbers."""
    try:
        if not source.is_file():
            raise LogFileBroken(path=source, why="it is not a file" if source.exists() else "there is no such file")
        with source.open("rb") as stream:
            yield enumerate(iter(lambda: stream.readline(LONGEST), b""), 1)
    except OSError as error:
        raise LogFileBroken(path=source, why=error.strerror or error) from error


def _head(source: Path, lines: Iterator[tuple[int, bytes]]) -> dict[str, Any]:
    found = _object(source, *next(lines, (1, b"")))
    if found.get("format") != FORMAT:
        raise LogFileBroken(path=source, why=f"its first line is not the header of a {FORMAT} file")
    wanted = {"ledger_id": str, "events": int, "root": str}
    for name, kind in wanted.items():
        if type(found.get(name)) is not kind:
            raise LogFileBroken(path=source, why=f"its first line has no {name!r}")
    if not _LEDGER_ID.fullmatch(found["ledger_id"]):
        raise LogFileBroken(path=source, why="its first line does not name a ledger")
    return found


def _checked(source: Path, lines: Iterable[tuple[int, bytes]]) -> Iterator[Stored]:
    """The events in the lines; refused unless each is in order and readable."""
    versions: Counter[str] = Counter()
    recorded_at = ""
    left: dict[str, str] = {}  # the commitment of each erased event, and its line
    named: set[str] = set()  # the commitments that erasure events name
    for position, (number, line) in enumerate(lines, 1):
        where = f"{source}:{number}"
        row = _row(where, _object(source, number, line))
        versions[row.stream] += 1
        if (row.position, row.version) != (position, versions[row.stream]):
            raise LogFileBroken(path=where, why="the event is out of order")
        try:
            stream = Stream.named(row.stream)
        except ValueError:
            stream = Stream("", "", "")
        is_entry = is_slug(stream.negotiation) and is_slug(stream.slug) and stream.kind in KINDS
        if not is_entry and stream != LEVELS:
            raise LogFileBroken(path=where, why=f"{row.stream!r} is not a stream")
        if commitment := erased(row.state):
            left[commitment] = where
        else:
            told = read_stored(row)
            if not _is_time(told.recorded_at):
                raise LogFileBroken(path=where, why=f"{told.recorded_at!r} is not a time in UTC")
            if told.recorded_on and not _is_day_at(told.recorded_on, told.recorded_at):
                raise LogFileBroken(
                    path=where, why=f"{told.recorded_on!r} is not the date in any time zone at that moment"
                )
            if isinstance(told.event, EntryErased):
                named |= {one.sha256 for one in told.event.erased}
            if STREAM_KIND[type(told.event)] not in ("", stream.kind):
                raise LogFileBroken(path=where, why=f"{row.type} is not an event of a {stream.kind}")
            if told.recorded_at < recorded_at:
                raise LogFileBroken(path=where, why="it has an earlier time than the event before it")
            recorded_at = told.recorded_at
        yield row
    for commitment, where in left.items():
        if commitment not in named:
            raise LogFileBroken(path=where, why="it is erased, but no erasure is recorded")


def _is_time(text: str) -> bool:
    """Whether a text is a time in the format of the log."""
    try:
        return _TIME.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _is_day_at(text: str, time: str) -> bool:
    """Whether a text is a day (ISO) in some time zone at a time in UTC: the same day, the one before or after."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and abs((day - date.fromisoformat(time[:10])).days) <= 1


def _row(where: str, found: dict[str, Any]) -> Stored:
    for name, kind in {"position": int, "stream": str, "version": int, "type": str}.items():
        if type(found.get(name)) is not kind:
            raise LogFileBroken(path=where, why=f"it has no {name!r}")
    try:
        state = _state(found)
    except (KeyError, ValueError, AttributeError, TypeError, binascii.Error):
        raise LogFileBroken(path=where, why="it has neither content nor the commitment of an erased event") from None
    return Stored(found["position"], found["stream"], found["version"], found["type"], state)


def _state(found: dict[str, Any]) -> bytes:
    if "erased" in found:
        left = b'{"erased":"%b"}' % found["erased"].encode()
        if not erased(left):
            raise ValueError
        return left
    if "state_base64" in found:
        return base64.b64decode(found["state_base64"], validate=True)
    state: bytes = found["state"].encode()
    return state


def _object(source: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise LogFileBroken(path=f"{source}:{number}", why="it is not a line of JSON")
    return found


def line_of(row: Stored) -> dict[str, Any]:
    """A stored event as a line of the exported log."""
    place = {"position": row.position, "type": row.type, "stream": row.stream, "version": row.version}
    return place | content_of(row)


def content_of(row: Stored) -> dict[str, str]:
    """The stored bytes of an event as text (in base64 if they are not UTF-8); for an erased event, its commitment."""
    if left := erased(row.state):
        return {"erased": left}
    try:
        return {"state": row.state.decode()}
    except UnicodeDecodeError:
        return {"state_base64": in_base64(row.state)}
