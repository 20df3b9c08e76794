"""The event-sourcing library's SQLite recorder, adapted to use a store's connection and explicit positions."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteDatastore


class AppendOnlyRecorder(SQLiteApplicationRecorder):
    """Inserts events in the store's transaction; the file itself refuses changes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(SQLiteDatastore(os.fspath(path.absolute()), originator_id_type="text"))
        self.insert_events_statement = (
            f"INSERT INTO {self.events_table_name} (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
        )
        self._cursor = SQLiteCursor(connection.cursor())

    def construct_create_table_statements(self) -> list[str]:
        """No statements: `ledger.log.sqlite.file` creates the whole file."""
        return []

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        return self._insert_events(self._cursor, stored_events, **kwargs) or ()
