"""The peers: the same events in a bare `eventsourcing` application and in bare `sqlite3`.

Both use WAL and synchronous FULL, and both are as lean as plain means allow: msgspec for the JSON, no aggregates, no
checks. They store as many bytes for each event as Parley does.
"""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Mapper, StoredEvent, Tracking, Transcoder
from eventsourcing.projection import Projection
from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder
from eventsourcing.utils import Environment

from benchmarks.ledgers import Stored, ledger_of, stored

EVENTSOURCING = "bare eventsourcing"
SQLITE = "bare sqlite3"
BATCH = 1_000


class Fact(NamedTuple):
    """An event in the shape that the library expects; `body` is stored."""

    originator_id: str
    originator_version: int
    topic: str
    body: dict[str, Any]


class LeanMapper(Mapper[str]):
    """Stores facts as JSON by msgspec, without the library's transcoder."""

    def __init__(self) -> None:
        super().__init__(transcoder=_Unused())
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(dict[str, Any]).decode

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        return StoredEvent(domain_event[0], domain_event[1], domain_event[2], self._encode(domain_event[3]))

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        stream, version = str(stored_event.originator_id), stored_event.originator_version
        return Fact(stream, version, stored_event.topic, self._decode(stored_event.state))


class _Unused(Transcoder):
    def encode(self, obj: Any) -> bytes:
        raise NotImplementedError

    def decode(self, data: bytes) -> Any:
        raise NotImplementedError


class LeanApplication(Application[str]):
    """The library's application over one SQLite file; synchronous FULL is SQLite's default."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            {
                "PERSISTENCE_MODULE": "eventsourcing.sqlite",
                "ORIGINATOR_ID_TYPE": "text",
                "SQLITE_DBNAME": os.fspath(path.resolve()),
                "SQLITE_LOCK_TIMEOUT": "30",
            }
        )

    def construct_env(self, name: str, env: Any = None) -> Environment:
        return Environment(name, env)

    def construct_mapper(self) -> Mapper[str]:
        return LeanMapper()

    def facts(self, stream: str) -> list[Fact]:
        """The events of one stream, oldest first."""
        return [self.mapper.to_domain_event(one) for one in self.recorder.select_events(stream)]  # type: ignore[misc]


SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, version INTEGER NOT NULL, topic TEXT NOT NULL,
    state BLOB NOT NULL, UNIQUE (stream, version)
)"""
INSERT = "INSERT INTO events (stream, version, topic, state) VALUES (?, ?, ?, ?)"


def connected(path: Path) -> sqlite3.Connection:
    """A bare sqlite3 connection, as durable as the log."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(SCHEMA)
    return connection


def appended(connection: sqlite3.Connection, events: Sequence[Stored]) -> None:
    """Store events in one durable transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, events)
    connection.execute("COMMIT")


def sqlite_of(size: str) -> Path:
    """The bare SQLite file with a ledger's events; filled if it does not exist."""
    path = ledger_of(size).path.with_name("peer.sqlite3.db")
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        connection = connected(draft)
        for batch in batches(stored(size), 10_000):
            appended(connection, batch)
        connection.close()
        draft.rename(path)
    return path


def eventsourcing_of(size: str) -> Path:
    """The bare eventsourcing file with a ledger's events, one stream a negotiation; filled if it does not exist."""
    path = ledger_of(size).path.with_name("peer.eventsourcing.db")
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        LeanApplication(draft).close()  # creates the table
        connection = sqlite3.connect(draft, isolation_level=None)
        versions: dict[str, int] = {}
        for batch in batches(stored(size), 10_000):
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?)", _as_streams(batch, versions))
            connection.execute("COMMIT")
        connection.close()
        draft.rename(path)
    return path


def _as_streams(batch: Iterable[Stored], versions: dict[str, int]) -> Iterable[tuple[str, int, str, bytes]]:
    for one in batch:
        negotiation = one.stream.partition("/")[0]
        versions[negotiation] = versions.get(negotiation, 0) + 1
        yield negotiation, versions[negotiation], one.topic, one.state


def batches(events: Iterable[Stored], size: int) -> Iterable[list[Stored]]:
    """Lists of at most `size` events."""
    waiting = iter(events)
    while batch := list(islice(waiting, size)):
        yield batch


class Conversations(SQLiteTrackingRecorder):
    """A materialised view as the library's documentation builds it: rows and tracking in one transaction."""

    def construct_create_table_statements(self) -> list[str]:
        statements = super().construct_create_table_statements()
        statements.append(
            "CREATE TABLE IF NOT EXISTS conversations"
            " (negotiation TEXT, issue TEXT, asker TEXT, times INTEGER, last TEXT, answered TEXT,"
            " PRIMARY KEY (negotiation, issue, asker))"
        )
        statements.append(
            "CREATE TABLE IF NOT EXISTS timeline"
            " (position INTEGER PRIMARY KEY, negotiation TEXT, kind TEXT, says TEXT, happened TEXT)"
        )
        return statements

    def entered(self, fact: Fact, tracking: Tracking) -> None:
        """Add a line to the timeline."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("INSERT INTO timeline VALUES (?, ?, ?, ?, ?)", _line(fact, tracking))

    def said(self, fact: Fact, tracking: Tracking) -> None:
        """Add a statement to the timeline and apply it to the asks on its issues."""
        event = fact.body["event"]
        negotiation, on = fact.originator_id, str(event.get("on", ""))
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("INSERT INTO timeline VALUES (?, ?, ?, ?, ?)", _line(fact, tracking))
            for issue in event.get("issues", ()):
                if event["act"] in ("asked", "proposed", "objected"):
                    cursor.execute(
                        "INSERT INTO conversations VALUES (?, ?, ?, 1, ?, '')"
                        " ON CONFLICT DO UPDATE SET times = times + 1, last = excluded.last",
                        (negotiation, issue, event["by"][0], on),
                    )
                else:
                    cursor.execute(
                        "UPDATE conversations SET answered = ? WHERE negotiation = ? AND issue = ? AND asker != ?",
                        (on, negotiation, issue, event["by"][0]),
                    )


def _line(fact: Fact, tracking: Tracking) -> tuple[int, str, str, str, str]:
    event = fact.body["event"]
    happened = str(event.get("on", ""))
    return (tracking.notification_id, fact.originator_id, fact.topic, event.get("says", ""), happened)


class ConversationsProjection(Projection[Conversations]):
    """Processes one event at a time, dispatched by type, as in the library's documentation."""

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def _(self, domain_event: Fact, tracking: Tracking) -> None:
        if domain_event.topic.startswith("StatementReported"):
            self.view.said(domain_event, tracking)
        else:
            self.view.entered(domain_event, tracking)


def projected(size: str, into: Path, most: int) -> int:
    """Project at most `most` events of a ledger, one transaction for each; return their number.

    The library's SQLite recorder has no subscription, so the events are pulled in sections, as its followers do.
    """
    app = LeanApplication(eventsourcing_of(size))
    view = Conversations(SQLiteDatastore(os.fspath(into), originator_id_type="text"))
    view.create_table()
    projection = ConversationsProjection(view)
    done = 0
    while done < most and (found := app.recorder.select_notifications(done + 1, min(1_000, most - done))):
        for notification in found:
            projection.process_event(app.mapper.to_domain_event(notification), Tracking(app.name, notification.id))
        done = found[-1].id
    view.datastore.close()
    app.close()
    return done
