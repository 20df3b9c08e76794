"""The lock of all writers: one round trip waits for it and returns the first things that a writer reads.

Planning these statements costs more than running them, so each connection prepares them once.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.log.postgres.statements import INSERT, LEAF, NEWEST_VERSIONS, array
from ledger.log.store import Stored

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

LOCK = 0x7061726C6579  # the number of the advisory lock
PATIENCE = "5min"  # after which the server ends a transaction whose desk says nothing
RECENT = 1.0  # seconds for which the guards of a log that others write to are not compared again
MOST_NEWS = 200  # events of others of which a writer learns one by one

_TABLES = ("identity", "stored_events", "erasures", "parts", "readers", "leaves")
_FUNCTIONS = ("erase(bigint[])", "rewrite()", "rewrite_parts()", "events_were_appended()", "event_was_changed()",
              "change_is_refused()", "ledger_was_identified()")  # fmt: skip
_OF_TABLES = "ANY (ARRAY[" + ", ".join(f"to_regclass('parley.{name}')::oid" for name in _TABLES) + "])"
_OF_FUNCTIONS = "ANY (ARRAY[" + ", ".join(f"to_regprocedure('parley.{name}')::oid" for name in _FUNCTIONS) + "])"
# Words that change whenever a guard of the log does, since a changed row of a catalog has a new transaction's number.
_GUARDS = f"""
SELECT count(*) || ' ' || sum(made::text::bigint) FROM (
    SELECT xmin AS made FROM pg_class WHERE oid = {_OF_TABLES}
    UNION ALL SELECT xmin FROM pg_trigger WHERE tgrelid = {_OF_TABLES}
    UNION ALL SELECT xmin FROM pg_rewrite WHERE ev_class = {_OF_TABLES}
    UNION ALL SELECT xmin FROM pg_policy WHERE polrelid = {_OF_TABLES}
    UNION ALL SELECT xmin FROM pg_proc WHERE oid = {_OF_FUNCTIONS}
) AS guards
"""
# The guards and the newest state are only read if there are new events; the guards also only if that is asked for.
PREPARED = f"""
SET plan_cache_mode = force_generic_plan;
PREPARE parley_newest (bigint, boolean) AS
SELECT newest, (SELECT count(*) FROM parley.erasures), to_regclass('parley.readers') IS NOT NULL,
    CASE WHEN newest <> $1 AND $2 THEN ({_GUARDS}) END,
    CASE WHEN newest <> $1 THEN (SELECT state FROM parley.stored_events WHERE notification_id = newest) END,
    CASE WHEN newest <> $1 THEN (SELECT {LEAF} FROM parley.stored_events WHERE notification_id = newest) END
FROM (SELECT coalesce(max(notification_id), 0) AS newest FROM parley.stored_events) AS log;
PREPARE parley_news (bigint) AS
SELECT notification_id, originator_id, originator_version, topic, {LEAF}
FROM parley.stored_events WHERE notification_id >= $1 ORDER BY notification_id LIMIT {MOST_NEWS + 2};
PREPARE parley_versions (text[]) AS {NEWEST_VERSIONS.format("$1")};
PREPARE parley_insert (bigint, text[], bigint[], text[], bytea[]) AS {INSERT.format("$1", "$2", "$3", "$4", "$5")};
"""
UNSEEN = 2**62  # the position from which a writer asks for news if it has not seen the log yet


class Novelty(NamedTuple):
    """An event that may be new to a writer, with its leaf in the tree of the log."""

    position: int
    stream: str
    version: int
    type: str
    leaf: bytes


class Locked(NamedTuple):
    """The answers that a writer gets with the lock, if it has seen the log up to some position.

    guards: words that change whenever a guard of the log does; None if they were not read. state, leaf: those of the
    newest event, if it is new. news: the event at the known position and the first ones after it. versions: those of
    the streams that were asked for.
    """

    position: int
    erasures: int
    has_parts: bool
    guards: str | None
    state: bytes | None
    leaf: bytes | None
    news: list[Novelty]
    versions: dict[str, int]

    @property
    def newest(self) -> Stored | None:
        """The newest event, if it is new and known."""
        last = self.news[-1] if self.news else None
        if last is None or self.state is None or last.position != self.position:
            return None
        return Stored(*last[:4], self.state)

    def seen(self, connection: "Connection[Any]", before: "SeenLog | None") -> "SeenLog":
        """The log as the writer has seen it after this turn."""
        guards, compared = self.guards, time.monotonic()
        if guards is None and before is not None:
            guards, compared = before.guards, before.compared
        return SeenLog(connection, self.position, self.leaf, self.erasures, guards, compared)


class SeenLog(NamedTuple):
    """The log as a writer has seen it at the end of its turn.

    leaf: that of the newest event. compared: when the guards were compared, by the monotonic clock.
    """

    connection: "Connection[Any]"
    position: int
    leaf: bytes | None
    erasures: int
    guards: str | None
    compared: float

    def news(self, found: Locked, connection: "Connection[Any]") -> list[Novelty] | None:
        """The events since then; None if they are many, or if the log may be another one or was changed otherwise."""
        if (connection, found.erasures) != (self.connection, self.erasures):
            return None
        if found.guards not in (None, self.guards) or len(found.news) > MOST_NEWS:
            return None
        if not self.position:
            return found.news
        same = found.news and (found.news[0].position, found.news[0].leaf) == (self.position, self.leaf)
        return found.news[1:] if same else None


def statement(connection: "Connection[Any]", seconds: float, seen: SeenLog | None, expected: Sequence[str]) -> str:
    """The statements that begin a transaction with the lock, for which they wait at most some seconds."""
    since = UNSEEN if seen is None else seen.position
    guards = seen is None or time.monotonic() - seen.compared > RECENT
    return (
        f"BEGIN; SET LOCAL lock_timeout = {max(1, int(seconds * 1000))};"
        f" SET LOCAL idle_in_transaction_session_timeout = '{PATIENCE}'; SELECT pg_advisory_xact_lock({LOCK});"
        f" EXECUTE parley_newest ({since}, {guards}); EXECUTE parley_news ({since});"
        f" EXECUTE parley_versions ({array(connection, expected)})"
    )


def answer(found: "Cursor[Any]") -> Locked:
    """The server's answer to these statements."""
    for _ in range(4):
        found.nextset()
    ((position, erasures, has_parts, guards, state, leaf),) = found.fetchall()
    found.nextset()
    news = [Novelty(*row) for row in found.fetchall()]
    found.nextset()
    return Locked(position, erasures, has_parts, guards, state, leaf, news, dict(found.fetchall()))
