"""The parts of a log for readers with a clearance: the tables, the roles and the policies of a PostgreSQL database.

A ledger may keep, next to its log, the part at or below each level but the highest, as an ordinary log of its own:
with positions and versions without gaps, and in the form that the part has everywhere (`ledger.levels.part`). A role
for each of these levels reads only the rows of its part. The server enforces that by row-level security, also against
the owner of the table; a reading role has no right to the log itself. Everybody may see the leaves of the whole log's
tree, which are hashes over salted commitments, so proofs can be checked.

The writer of an event writes the parts in the same transaction, so readers never see one without the other.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg.sql import SQL, Composed, Identifier, Literal

from ledger.log.postgres.statements import LEAF
from ledger.log.store import Stored

if TYPE_CHECKING:
    from psycopg import Connection

Ask = Callable[..., list[Any]]  # the rows of a statement with its parameters
COLUMNS = {
    "parts": ("rank integer", 'originator_id text "C"', "originator_version bigint", "topic text", "state bytea",
              "notification_id bigint"),
    "readers": ("rank integer", "level text", "role text", "ledger_id text", "position bigint", "made bigint"),
}  # fmt: skip
TABLES = {*COLUMNS, "leaves"}
BATCH = 5_000  # events that are written at once
REWRITE_PARTS = """
BEGIN
    CLUSTER parley.parts USING parts_notification_id_idx;
END
"""

_LEAVES = f"SELECT notification_id AS position, {LEAF} AS leaf FROM parley.stored_events"
SCHEMA = f"""
CREATE TABLE parley.parts (
    rank integer NOT NULL,
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL,
    PRIMARY KEY (rank, originator_id, originator_version)
);
CREATE UNIQUE INDEX parts_notification_id_idx ON parley.parts (rank, notification_id);
CREATE TABLE parley.readers (
    rank integer PRIMARY KEY,
    level text NOT NULL,
    role text NOT NULL,
    ledger_id text NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    made bigint NOT NULL DEFAULT 0
);
CREATE VIEW parley.leaves AS {_LEAVES};
CREATE FUNCTION parley.rewrite_parts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${REWRITE_PARTS}$$;
REVOKE ALL ON FUNCTION parley.rewrite_parts() FROM PUBLIC;
ALTER TABLE parley.parts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE parley.readers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE parley.stored_events ENABLE ROW LEVEL SECURITY;
"""
_OF_WRITERS = """
CREATE POLICY writers ON parley.parts TO {owner}, {desk} USING (true) WITH CHECK (true);
CREATE POLICY writers ON parley.readers TO {owner}, {desk} USING (true) WITH CHECK (true);
CREATE POLICY writers ON parley.stored_events TO {desk} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON parley.parts TO {desk};
GRANT SELECT, UPDATE (ledger_id, position, made) ON parley.readers TO {desk};
GRANT SELECT ON parley.leaves TO {desk};
GRANT EXECUTE ON FUNCTION parley.rewrite_parts() TO {eraser};
"""
_OF_LEVEL = """
CREATE POLICY {policy} ON parley.parts FOR SELECT TO {role} USING (rank = {rank});
CREATE POLICY {policy} ON parley.readers FOR SELECT TO {role} USING (rank = {rank});
GRANT USAGE ON SCHEMA parley TO {role};
GRANT SELECT ON parley.parts, parley.readers, parley.leaves, parley.identity TO {role};
INSERT INTO parley.readers (rank, level, role, ledger_id) VALUES ({rank}, {level}, {named}, {ledger_id});
"""
# The guards of the parts; the names of roles and of levels are those of the ledger.
GUARDS = """
SELECT 'guard ' || relname || ' ' || relrowsecurity::text || ' ' || relforcerowsecurity::text FROM pg_class
    WHERE relnamespace = 'parley'::regnamespace AND relrowsecurity
UNION ALL
SELECT 'policy ' || relname || '.' || CASE WHEN polcmd = 'r' THEN 'level' ELSE polname END || ' ' || polpermissive::text
    || ' ' || polcmd::text || ' ' || CASE WHEN polcmd = 'r' THEN
        coalesce(pg_get_expr(polqual, polrelid) = '(rank = ' || substr(polname, 7) || ')', false)::text
        ELSE coalesce(pg_get_expr(polqual, polrelid), '') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '')
        END
    FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid WHERE relnamespace = 'parley'::regnamespace
UNION ALL
SELECT 'view ' || relname || ' ' || md5(replace(pg_get_viewdef(oid), 'stored_events.', ''))
    || coalesce(reloptions::text, '') FROM pg_class WHERE relnamespace = 'parley'::regnamespace AND relkind = 'v'
"""
GUARDING = ("guard ", "policy ", "view ")
# How a server words the view again, without the names of tables before those of columns, which only 15 writes.
LEAVES_AS_WORDED = "9a0520190c9a30fedcadf125e5baf3b9"
WANTED = {
    *(f"table {table}" for table in TABLES),
    f"view leaves {LEAVES_AS_WORDED}",
    *(f"column {table}.{column}" for table, columns in COLUMNS.items() for column in columns),
    *(f"guard {table} true {str(table != 'stored_events').lower()}" for table in (*COLUMNS, "stored_events")),
    *(f"policy {table}.writers true * true true" for table in (*COLUMNS, "stored_events")),
    *(f"policy {table}.level true r true" for table in COLUMNS),
    f"function rewrite_parts {hashlib.md5(REWRITE_PARTS.encode()).hexdigest()}",  # noqa: S324
}


_NEW = """
new AS (
    INSERT INTO parley.parts (rank, notification_id, originator_id, originator_version, topic, state)
    SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::bytea[]) RETURNING 1
)
"""


class Clearance(NamedTuple):
    """The part that a reading role may read: its rank, level and identity."""

    rank: int
    level: str


def role_of(database: str, level: str) -> str:
    """The name of the role that reads what is at or below a level; the server cuts names at 63 bytes."""
    start = database.encode()[:40].decode(errors="ignore")
    return f"{start}_reads_{level}".encode()[:63].decode(errors="ignore")


def roles_to_make(connection: "Connection[Any]", levels: Sequence[str]) -> list[Composed]:
    """The statements that create the roles which are missing."""
    named = [role_of(connection.info.dbname, level) for level in levels[:-1]]
    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [named])}
    return [SQL("CREATE ROLE {} NOLOGIN").format(Identifier(one)) for one in named if one not in there]


def statements(connection: "Connection[Any]", desk: str, eraser: str, levels: Sequence[str]) -> list[SQL | Composed]:
    """The statements that make the parts of a ledger, which the role of each level but the highest may read."""
    ((owner,),) = connection.execute("SELECT pg_get_userbyid(relowner) FROM pg_class"
                                     " WHERE oid = 'parley.stored_events'::regclass")  # fmt: skip
    names = {"owner": Identifier(owner), "desk": Identifier(desk), "eraser": Identifier(eraser)}
    made: list[SQL | Composed] = [SQL(SCHEMA), SQL(_OF_WRITERS).format(**names)]
    for rank, level in enumerate(levels[:-1]):
        role = role_of(connection.info.dbname, level)
        made.append(
            SQL(_OF_LEVEL).format(
                policy=Identifier(f"level {rank}"), role=Identifier(role), rank=Literal(rank), level=Literal(level),
                named=Literal(role), ledger_id=Literal(str(uuid.uuid4())),
            )
        )  # fmt: skip
    return made


def clearance(connection: "Connection[Any]") -> Clearance | None:
    """The part that this user may read, if it is a reading role; None for a user who may read the whole log."""
    whole = "SELECT has_table_privilege('parley.stored_events', 'SELECT'), to_regclass('parley.readers') IS NOT NULL"
    ((reads_all, has_parts),) = connection.execute(whole)
    if reads_all or not has_parts:
        return None
    allowed = "SELECT rank, level FROM parley.readers WHERE pg_has_role(role, 'MEMBER') ORDER BY rank DESC LIMIT 1"
    found = connection.execute(allowed).fetchone() if _may_read(connection) else None
    return Clearance(*found) if found else None


def _may_read(connection: "Connection[Any]") -> bool:
    ((may,),) = connection.execute("SELECT has_table_privilege('parley.readers', 'SELECT')")
    return bool(may)


class PartOnServer:
    """One part, as it is in the transaction of its writer; `upto` is the position of the log that it reflects."""

    def __init__(self, ask: Ask, rank: int, upto: int, position: int) -> None:
        self._ask = ask
        self.rank = rank
        self.upto = upto
        self._position = position

    def position(self) -> int:
        return self._position

    def newest_versions(self, streams: Sequence[str]) -> dict[str, int]:
        newest = (
            "SELECT originator_id, max(originator_version) FROM parley.parts"
            " WHERE rank = %s AND originator_id = ANY(%s) GROUP BY originator_id"
        )
        return dict(self._ask(newest, self.rank, [*streams]))

    def write(self, rows: Iterable[Stored], upto: int, *, again: bool) -> None:
        """Append events to the part, or write all of it again, which gives it another identity."""
        if again:
            gone = "WITH gone AS (DELETE FROM parley.parts WHERE rank = %s RETURNING 1) SELECT count(*) FROM gone"
            self._ask(gone, self.rank)
        left = iter(rows)
        batch = [*islice(left, BATCH)]
        while following := [*islice(left, BATCH)]:
            self._ask(f"WITH {_NEW} SELECT count(*) FROM new", *self._columns(batch))
            batch = following
        told = (
            f"WITH {_NEW} UPDATE parley.readers SET position = %s, made = made + %s,"
            " ledger_id = CASE WHEN %s THEN %s ELSE ledger_id END WHERE rank = %s RETURNING 1"
        )
        self._ask(told, *self._columns(batch), upto, int(again), again, str(uuid.uuid4()), self.rank)

    def _columns(self, rows: Sequence[Stored]) -> tuple[Any, ...]:
        return self.rank, *([row[nth] for row in rows] for nth in range(len(Stored._fields)))


def kept(ask: Ask) -> list[PartOnServer]:
    """The parts of a ledger that are kept, the most open first; `ask` is the `rows` of a session."""
    newest = "(SELECT max(notification_id) FROM parley.parts WHERE parts.rank = readers.rank)"
    found = ask(f"SELECT rank, position, coalesce({newest}, 0) FROM parley.readers ORDER BY rank")
    return [PartOnServer(ask, *row) for row in found]
