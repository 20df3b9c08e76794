"""The event-sourcing library's PostgreSQL recorder, adapted to use a store's connection and explicit positions.

The library's own recorder saves many events through a pipeline of psycopg, which hangs at about 3,000 events or more
unless its functions in the database are enabled. This one sends any number of events as four arrays in one statement.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg import Connection
from psycopg.rows import dict_row, tuple_row

from ledger.log.postgres.statements import INSERT, array


class OneConnection(PostgresDatastore):
    """A datastore of the library with the connection of a store in place of a pool."""

    def __init__(self, connection: Callable[[], "Connection[Any]"]) -> None:
        super().__init__("", "", "", "", "", schema="parley", originator_id_type="text", enable_db_functions=True)
        self._current = connection

    @contextmanager
    def get_connection(self) -> Iterator["Connection[Any]"]:
        connection = self._current()
        connection.row_factory = dict_row
        try:
            yield connection
        finally:
            connection.row_factory = tuple_row

    def register_type_adapters(self) -> None:
        """No adapters: events are sent as arrays of plain values."""


class ServerRecorder(PostgresApplicationRecorder):
    """Inserts events in the store's transaction, after a position that the store knows; the server refuses changes."""

    def __init__(self, connection: Callable[[], "Connection[Any]"]) -> None:
        super().__init__(OneConnection(connection))

    def create_table(self) -> None:
        """Create nothing: `ledger.log.postgres.schema` creates everything."""

    def insert_events(self, stored_events: Sequence[StoredEvent], *, after: int = 0, **kwargs: Any) -> Sequence[int]:
        """Insert events right after a position, and return their positions."""
        columns: list[list[Any]] = [
            [str(one.originator_id) for one in stored_events],
            [one.originator_version for one in stored_events],
            [one.topic for one in stored_events],
            [one.state for one in stored_events],
        ]
        with self.datastore.get_connection() as connection:
            connection.execute(INSERT.format("%s", "%b", "%b", "%b", "%b"), [after, *columns])
        return range(after + 1, after + len(stored_events) + 1)

    def statement(self, stored_events: Sequence[StoredEvent], after: int) -> str:
        """The statement that inserts a few events right after a position, so that it can be sent with another."""
        with self.datastore.get_connection() as connection:
            streams = array(connection, (str(one.originator_id) for one in stored_events))
            types = array(connection, (one.topic for one in stored_events))
        versions = ",".join(str(one.originator_version) for one in stored_events)
        states = ",".join(f"decode('{one.state.hex()}', 'hex')" for one in stored_events)
        return f"EXECUTE parley_insert ({after}, {streams}, ARRAY[{versions}], {types}, ARRAY[{states}])"
