"""Reads the views as of one day, with only `sqlite3`: the rows of the tables, and the states in them.

A reader sees one state of the views, whatever is filed after it was opened, and caches the states that it has read.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Any, Self, TypeVar

from ledger.dates.errors import StoredDateNotUnderstood
from ledger.domain.names import chosen
from ledger.views.database import damaged, has_no_checksum
from ledger.views.rows import IN_PERIODS, ON_THE_DAY, S, from_row, periods, selected

T = TypeVar("T")

# The exceptions that inconsistent rows may cause in a question.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, StoredDateNotUnderstood)


# The tables of which every state is kept: most of their entries have one. An issue has one for each statement.
SHARED = ("statements", "follow_ups", "meetings", "sources")
MOST_SHARED = 50_000  # rows of a table

OF_ENTRIES = ("AND slug ", "AND issue ", "AND text ")  # conditions that are met by the rows of some entries


class SharedReads:
    """Rows that were read from the views up to one position of the log, on any day, for readers of other days."""

    def __init__(self) -> None:
        self._found: dict[object, Any] = {}

    def get(self, what: object, read: Callable[[], T]) -> T:
        """The result of an earlier reading, else that of `read`."""
        if what not in self._found:
            self._found[what] = read()
        found: T = self._found[what]
        return found


class Reader:
    """The views of one ledger, or of a replay, as of one day; `reported_by` is the day of a replay by that clock."""

    def __init__(self, connection: sqlite3.Connection, day: str, negotiation: str = "", reported_by: str = "") -> None:
        connection.row_factory = sqlite3.Row
        self._connection = connection
        self.release = connection.close  # closes it, or keeps it for the next reader
        self.day = day
        self.negotiation = negotiation
        self.reported_by = reported_by
        self.limits = ""  # the sentence that says up to when what these views have was published or recorded
        self.whole: Callable[[], Self] | None = None  # opens the views of the whole record, if these are of a part
        self.sent_upto: int | None = None  # the newest position that is on the server, if what waits is in these views
        self.shared: SharedReads | None = None  # what other readers of the same position have read
        self._read: dict[tuple[Any, ...], list[Any]] = {}

    def at(self, day: str) -> Self:
        """The same views as of another day."""
        return self._like(type(self)(self._connection, day, self.negotiation, self.reported_by))

    def of(self, negotiation: str) -> Self:
        """The same views of another negotiation."""
        return self._like(type(self)(self._connection, self.day, negotiation))

    def _like(self, other: Self) -> Self:
        other.sent_upto, other.limits = self.sent_upto, self.limits
        other.shared = self.shared
        other.release = self.release
        return other

    def is_sent(self, position: int) -> bool:
        """Whether an event is in the log on the server, and not one that was filed offline and waits."""
        return self.sent_upto is None or position <= self.sent_upto

    def negotiations(self) -> list[str]:
        """The slugs of the negotiations in these views, in alphabetical order."""
        return [row[0] for row in self.rows(_NEGOTIATIONS)]

    def close(self) -> None:
        self.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Close the views. An error that only damaged views explain becomes a refusal, and the views are discarded.

        Views that match their checksum are not damaged, so then the error is a bug and is raised as it is.
        """
        try:
            if isinstance(error, UNREADABLE) and has_no_checksum(self._connection):
                raise damaged(self._connection, error) from error
        finally:
            self.close()

    def choose(self, negotiation: str) -> None:
        """Choose the negotiation to read: the named one, else the only one in the ledger."""
        held = negotiation and self.row("SELECT 1 FROM entries WHERE negotiation = ? LIMIT 1", negotiation)
        known = [] if held else self.negotiations()
        self.negotiation = negotiation if held else chosen(negotiation, known)

    @property
    def place(self) -> tuple[str, str] | None:
        """The file and the negotiation of this reader; None if the views are only in memory."""
        file = self.rows("PRAGMA database_list")[0]["file"]
        return (file, self.negotiation) if file else None

    def title(self) -> str:
        """The title of the negotiation, else its slug."""
        return self._told("label") or self.negotiation

    def notice(self) -> str:
        """The sentence that stands at the head of every page; "" if the negotiation has none."""
        return self._told("notice")

    def _told(self, column: str) -> str:
        which = f"SELECT {column} FROM entries WHERE negotiation = ? AND slug = ? AND kind = 'negotiation'"
        row = self.row(which, self.negotiation, self.negotiation)
        return row[0] if row else ""

    def position(self) -> int:
        """The log position up to which the views were filled."""
        row = self.row("SELECT position FROM upkeep")
        return int(row[0]) if row else 0

    def undated(self) -> int:
        """The number of events without a known publication; the reported clock uses the day of recording for them."""
        row = self.row("SELECT undated FROM upkeep")
        return int(row[0]) if row else 0

    def states(self, cls: type[S], table: str, also: str = "", *params: str, order: str = "rowid") -> list[S]:
        """The states in a history table that were valid on the day, from the rows that meet the condition `also`."""
        asked = (table, also, params, order)
        if asked not in self._read:
            if table in SHARED and not also and self.shares(table):
                every = partial(self._spans, cls, table, order)
                spans = self.shared_or_read(table, (cls, order), every)
                found = [one for since, until, one in spans if since <= self.day and (not until or until > self.day)]
            else:
                found = self.read(cls, self.held(selected(cls), table, also, *params, order=order))
            self._read[asked] = found
        return list(self._read[asked])

    def shared_or_read(self, table: str, what: object, read: Callable[[], T]) -> T:
        """What `read` returns of a table, whatever the day; if the table is small, it is read once for all readers."""
        if self.shared is None or not self.shares(table):
            return read()
        return self.shared.get((self.negotiation, table, what), read)

    def shares(self, table: str) -> bool:
        """Whether what is read of a table is kept for other readers."""
        row = self.row(f"SELECT MAX(rowid) FROM {table}") if self.shared is not None else None
        return row is not None and (row[0] or 0) <= MOST_SHARED

    def _spans(self, cls: type[S], table: str, order: str) -> list[tuple[str, str | None, S]]:
        """Every state in a history table, with the days from and until which it was valid."""
        which = f"SELECT {selected(cls)}, valid_from, valid_to FROM {table} WHERE negotiation = ? ORDER BY {order}"
        rows = self.rows(which, self.negotiation)
        found = zip(rows, self.read(cls, rows), strict=True)
        return [(row["valid_from"], row["valid_to"], state) for row, state in found]

    def held(
        self, columns: str, table: str, also: str = "", *params: str, order: str = "rowid"
    ) -> Sequence[sqlite3.Row]:
        """The given columns of the same rows, for questions that need only some."""
        # SQLite does not know that an entry has few rows.
        within, among = ("", ()) if also.startswith(OF_ENTRIES) else (f"{IN_PERIODS} AND", periods(self.day))
        return self.rows(
            f"SELECT {columns} FROM {table} WHERE negotiation = ? AND {within} {ON_THE_DAY} {also} ORDER BY +{order}",
            *(self.negotiation, *among, self.day, self.day, *params),
        )

    def read(self, cls: type[S], rows: Iterable[Any]) -> list[S]:
        """The states in rows with the columns of `selected`; refused if a row cannot be read."""
        try:
            return [from_row(cls, row) for row in rows]
        except (ValueError, TypeError, IndexError) as error:
            raise damaged(self._connection, error) from error

    def rows(self, statement: str, *params: Any) -> Sequence[sqlite3.Row]:
        """The rows that a SELECT finds; refused if one has bytes in place of text."""
        try:
            found = self._connection.execute(statement, params).fetchall()
        except UnicodeEncodeError:  # a parameter is not valid Unicode, so no row contains it
            return []
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise damaged(self._connection, error) from error
        if bytes in map(type, chain.from_iterable(found)):
            raise damaged(self._connection, TypeError("a value is not text"))
        return found

    def row(self, statement: str, *params: Any) -> sqlite3.Row | None:
        """The first row that a SELECT finds."""
        return next(iter(self.rows(statement, *params)), None)


# One seek for each negotiation, where DISTINCT would read every entry.
_NEGOTIATIONS = (
    "WITH RECURSIVE known(found) AS (SELECT MIN(negotiation) FROM entries UNION ALL"
    " SELECT (SELECT MIN(negotiation) FROM entries WHERE negotiation > found) FROM known WHERE found IS NOT NULL)"
    " SELECT found FROM known WHERE found IS NOT NULL"
)
