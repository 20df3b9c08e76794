"""The statements by which a log in a PostgreSQL database is read and written."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from psycopg.pq import Escaping

if TYPE_CHECKING:
    from psycopg import Connection

COLUMNS = "notification_id, originator_id, originator_version, topic, state"
SELECT = f"SELECT {COLUMNS} FROM parley.stored_events"
COPY = f"COPY parley.stored_events ({COLUMNS}) FROM STDIN (FORMAT binary)"
# A leaf as in `ledger.log.commitments`, with the commitment that is left of an erased event.
LEAF = """
sha256(E'\\\\x00'::bytea || convert_to(
    'parley-leaf-1' || chr(10) || topic || chr(10) || originator_id || chr(10) || originator_version || chr(10)
    || CASE WHEN length(state) = 77 AND convert_from(substr(state, 1, 11), 'LATIN1') = '{"erased":"'
        THEN convert_from(substr(state, 12, 64), 'LATIN1') ELSE encode(sha256(state), 'hex') END
    || chr(10), 'UTF8'))
"""
# The seconds by which a replica may be behind its main server: 0 if it has replayed all that it receives; else NULL.
_LAG = """
CASE WHEN pg_is_in_recovery() THEN
    CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() AND EXISTS (SELECT 1 FROM pg_stat_wal_receiver)
    THEN 0 ELSE coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8, -1) END
END
"""
_POSITION = "coalesce((SELECT max(notification_id) FROM parley.stored_events), 0)"
_DATABASE = "(SELECT oid::bigint FROM pg_database WHERE datname = current_database())"
_LEAF_AT = f"(SELECT {LEAF} FROM parley.stored_events WHERE notification_id = %s)"
_HEAD = f"""
SELECT (SELECT ledger_id FROM parley.identity), {_POSITION}, (SELECT count(*) FROM parley.erasures),
    pg_relation_filenode('parley.stored_events')::bigint, {_DATABASE}, {_LAG}, {_LEAF_AT}
"""
# The name after all names under a negotiation begins with `0`, which follows `/`.
NEGOTIATIONS = """
WITH RECURSIVE found (name) AS (
    (SELECT split_part(originator_id, '/', 1) FROM parley.stored_events ORDER BY originator_id LIMIT 1)
    UNION ALL
    SELECT (SELECT split_part(originator_id, '/', 1) FROM parley.stored_events
            WHERE originator_id >= found.name || '0' COLLATE "C" ORDER BY originator_id LIMIT 1)
    FROM found WHERE name IS NOT NULL
)
SELECT name FROM found WHERE name IS NOT NULL
"""
NEWEST_VERSIONS = """
SELECT name, newest FROM (
    SELECT name, (SELECT originator_version FROM parley.stored_events WHERE originator_id = name
                  ORDER BY originator_version DESC LIMIT 1) AS newest
    FROM unnest({}::text[]) AS name
) AS asked WHERE newest IS NOT NULL
"""
INSERT = (
    "INSERT INTO parley.stored_events (originator_id, originator_version, topic, state, notification_id)"
    " SELECT id, version, topic, state, {}::bigint + nth"
    " FROM unnest({}::text[], {}::bigint[], {}::text[], {}::bytea[])"
    " WITH ORDINALITY AS new (id, version, topic, state, nth)"
)


def array(connection: "Connection[Any]", texts: Iterable[str]) -> str:
    """An array of texts, as it is written in a statement."""
    escaped = Escaping(connection.pgconn).escape_literal
    return "ARRAY[" + ",".join(str(escaped(one.encode()), "utf-8") for one in texts) + "]::text[]"


def head_of(rank: int | None) -> str:
    """The statement for the head of the log, or of the part of this rank, and the leaf of the event at a position.

    The identity of a part changes with each writing of the whole part.
    """
    if rank is None:
        return _HEAD
    return (
        f"SELECT ledger_id, {_POSITION}, made, rank::bigint, {_DATABASE}, {_LAG}, {_LEAF_AT}"
        f" FROM parley.readers WHERE rank = {rank}"
    )


def part_of(rank: int) -> str:
    """The part of this rank, in the place of the table of the log."""
    return f"(SELECT * FROM parley.parts WHERE rank = {rank}) AS stored_events"


def behind(lag: float) -> str:
    """How far a replica is behind, for a sentence; "" if it has all that it can know of."""
    if lag < 0:
        return "; it does not know how far it is behind"
    return f"; the newest change that it has is {lag:.0f} s old" if lag else ""
