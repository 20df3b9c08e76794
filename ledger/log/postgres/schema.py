"""The schema of a log in a PostgreSQL database, and the comparison of a database with it.

The server itself guards the log, whatever program writes to it. A stored event is never deleted, and changed only by
its erasure, which leaves the commitment to its bytes and a receipt. Positions have no gaps: an insertion must continue
right after the newest event, so a reader never overtakes an event that is still to come. Two roles of the server, named
for the database, may be given to people: the desk may read and insert, and the eraser may also erase.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from psycopg import Connection
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Composed, Identifier, Literal

from ledger.log.errors import NotPermitted
from ledger.log.postgres import parts

FORMAT = 1
CHANNEL = "parley"  # on which the server notifies of the position of the newest event

_APPENDED = """
DECLARE
    first bigint; last bigint; many bigint; before bigint; newest bigint;
BEGIN
    SELECT min(notification_id), max(notification_id), count(*) INTO first, last, many FROM new_events;
    IF many > 0 THEN
        SELECT coalesce(max(notification_id), 0) INTO before FROM parley.stored_events WHERE notification_id < first;
        SELECT max(notification_id) INTO newest FROM parley.stored_events;
        IF first <> before + 1 OR last <> first + many - 1 OR last <> newest THEN
            RAISE EXCEPTION 'the log has no gaps: the next position is not %', first
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        PERFORM pg_notify('parley', last::text);
    END IF;
    RETURN NULL;
END
"""
_CHANGED = """
BEGIN
    IF (NEW.originator_id, NEW.originator_version, NEW.topic, NEW.notification_id)
            IS DISTINCT FROM (OLD.originator_id, OLD.originator_version, OLD.topic, OLD.notification_id)
        OR NEW.state IS DISTINCT FROM convert_to('{"erased":"' || encode(sha256(OLD.state), 'hex') || '"}', 'UTF8')
    THEN
        RAISE EXCEPTION 'the log is append-only: a stored event is never updated';
    END IF;
    INSERT INTO parley.erasures (position, sha256) VALUES (OLD.notification_id, encode(sha256(OLD.state), 'hex'));
    RETURN NEW;
END
"""
_REFUSED = """
BEGIN
    RAISE EXCEPTION 'the log is append-only: % is refused', TG_OP;
END
"""
_IDENTIFIED = """
BEGIN
    IF EXISTS (SELECT 1 FROM parley.stored_events) THEN
        RAISE EXCEPTION 'a log with events keeps its identity';
    END IF;
    RETURN NEW;
END
"""
_ERASE = """
    UPDATE parley.stored_events
    SET state = convert_to('{"erased":"' || encode(sha256(state), 'hex') || '"}', 'UTF8')
    WHERE notification_id = ANY(positions)
    RETURNING notification_id, state
"""
_REWRITE = """
BEGIN
    CLUSTER parley.stored_events USING stored_events_notification_id_idx;
END
"""
# The body of each function, by its name.
FUNCTIONS = {
    "events_were_appended": _APPENDED,
    "event_was_changed": _CHANGED,
    "change_is_refused": _REFUSED,
    "ledger_was_identified": _IDENTIFIED,
    "erase": _ERASE,
    "rewrite": _REWRITE,
}
_TRIGGER = "FUNCTION parley.{}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $${}$$;"
_GUARDED = "LANGUAGE {} SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${}$$;"

# The table has the columns of the event-sourcing library, so its other programs can read it, too.
SCHEMA = f"""
CREATE SCHEMA parley;
CREATE TABLE parley.identity (ledger_id text NOT NULL, format integer NOT NULL);
CREATE TABLE parley.stored_events (
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL,
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX stored_events_notification_id_idx ON parley.stored_events (notification_id);
CREATE TABLE parley.erasures (
    position bigint NOT NULL,
    sha256 text NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased_by text NOT NULL DEFAULT session_user,
    cleaned boolean NOT NULL DEFAULT false
);
{"".join(f"CREATE {_TRIGGER.format(name, body)}" for name, body in list(FUNCTIONS.items())[:4])}
CREATE FUNCTION parley.erase(positions bigint[]) RETURNS TABLE (place bigint, tombstone bytea)
{_GUARDED.format("sql", _ERASE)}
CREATE FUNCTION parley.rewrite() RETURNS void
{_GUARDED.format("plpgsql", _REWRITE)}
CREATE TRIGGER events_are_appended AFTER INSERT ON parley.stored_events REFERENCING NEW TABLE AS new_events
    FOR EACH STATEMENT EXECUTE FUNCTION parley.events_were_appended();
CREATE TRIGGER events_are_never_updated BEFORE UPDATE ON parley.stored_events
    FOR EACH ROW EXECUTE FUNCTION parley.event_was_changed();
CREATE TRIGGER events_are_never_deleted BEFORE DELETE OR TRUNCATE ON parley.stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION parley.change_is_refused();
CREATE TRIGGER identity_is_fixed BEFORE UPDATE ON parley.identity
    FOR EACH ROW EXECUTE FUNCTION parley.ledger_was_identified();
CREATE TRIGGER erasures_are_never_deleted BEFORE DELETE OR TRUNCATE ON parley.erasures
    FOR EACH STATEMENT EXECUTE FUNCTION parley.change_is_refused();
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA parley FROM PUBLIC;
"""
_IDENTIFY = f"""
INSERT INTO parley.identity VALUES ({{ledger_id}}, {FORMAT});
CREATE TRIGGER identity_is_never_replaced BEFORE INSERT OR DELETE OR TRUNCATE ON parley.identity
    FOR EACH STATEMENT EXECUTE FUNCTION parley.change_is_refused();
"""
_RIGHTS = """
GRANT USAGE ON SCHEMA parley TO {desk};
GRANT SELECT ON ALL TABLES IN SCHEMA parley TO {desk};
GRANT INSERT ON parley.stored_events TO {desk};
GRANT EXECUTE ON FUNCTION parley.erase(bigint[]), parley.rewrite() TO {eraser};
GRANT UPDATE (cleaned) ON parley.erasures TO {eraser};
"""
OBJECTS = (
    """
SELECT 'table ' || relname FROM pg_class
    WHERE relnamespace = 'parley'::regnamespace AND relkind NOT IN ('i', 'I', 't') AND NOT relispartition
UNION ALL
SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || CASE attcollation
    WHEN 0 THEN '' WHEN 'pg_catalog.default'::regcollation THEN '' ELSE ' ' || attcollation::regcollation::text END
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'parley'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'trigger ' || tgname || ' ' || tgenabled::text || ' ' || proname FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE relnamespace = 'parley'::regnamespace AND NOT tgisinternal
UNION ALL
SELECT 'rule ' || rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
    WHERE relnamespace = 'parley'::regnamespace AND NOT (relkind = 'v' AND rulename = '_RETURN')
UNION ALL
SELECT 'function ' || proname || ' ' || md5(prosrc) FROM pg_proc WHERE pronamespace = 'parley'::regnamespace
UNION ALL
"""
    + parts.GUARDS
)
_COLUMNS = {
    "identity": ("ledger_id text", "format integer"),
    "stored_events": ('originator_id text "C"', "originator_version bigint", "topic text", "state bytea",
                      "notification_id bigint"),
    "erasures": ("position bigint", "sha256 text", "erased_at timestamp with time zone", "erased_by text",
                 "cleaned boolean"),
}  # fmt: skip
_TRIGGERS = {
    "events_are_appended": "events_were_appended",
    "events_are_never_updated": "event_was_changed",
    "events_are_never_deleted": "change_is_refused",
    "identity_is_fixed": "ledger_was_identified",
    "identity_is_never_replaced": "change_is_refused",
    "erasures_are_never_deleted": "change_is_refused",
}
WANTED = {
    *(f"table {table}" for table in _COLUMNS),
    *(f"column {table}.{column}" for table, columns in _COLUMNS.items() for column in columns),
    *(f"trigger {name} O {function}" for name, function in _TRIGGERS.items()),
    *(f"function {name} {hashlib.md5(body.encode()).hexdigest()}" for name, body in FUNCTIONS.items()),  # noqa: S324
}
MOST_NAMED = 3


class Roles(NamedTuple):
    """The names of the roles of a database."""

    desk: str
    eraser: str


def roles(database: str) -> Roles:
    """The names of the roles of a database; the server cuts names at 63 bytes."""
    start = database.encode()[:50].decode(errors="ignore")
    return Roles(f"{start}_desk", f"{start}_eraser")


def create(connection: "Connection[Any]", ledger_id: str) -> None:
    """Create the schema of an empty log, and its roles, in the transaction of the caller.

    Roles belong to the whole server: existing ones are used. Refused, with the statements for an administrator, if this
    user may not create them.
    """
    connection.execute(SCHEMA)
    connection.execute(SQL(_IDENTIFY).format(ledger_id=Literal(ledger_id)))
    named = roles(connection.info.dbname)
    desk, eraser = map(Identifier, named)
    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[*named]])}
    statements = [SQL("CREATE ROLE {} NOLOGIN").format(Identifier(one)) for one in named if one not in there]
    member = "SELECT 1 FROM pg_auth_members WHERE roleid = to_regrole(%s) AND member = to_regrole(%s)"
    if not connection.execute(member, [desk.as_string(), eraser.as_string()]).fetchone():
        statements.append(SQL("GRANT {} TO {}").format(desk, eraser))
    _make_roles(connection, statements)
    connection.execute(SQL(_RIGHTS).format(desk=desk, eraser=eraser))


def add_parts(connection: "Connection[Any]", levels: Sequence[str]) -> None:
    """Make the tables of the parts, and a role that reads each, in the transaction of the caller.

    Refused as `create` is.
    """
    _make_roles(connection, parts.roles_to_make(connection, levels))
    for statement in parts.statements(connection, *roles(connection.info.dbname), levels):
        connection.execute(statement)


def _make_roles(connection: "Connection[Any]", statements: Sequence[Composed]) -> None:
    try:
        for statement in statements:
            connection.execute(statement)
    except InsufficientPrivilege as error:
        wanted = "; ".join(one.as_string() for one in statements)
        what = f"create the roles of the ledger. An administrator may run this first: {wanted}"
        raise NotPermitted(user=connection.info.user, what=what) from error


def differences(found: Iterable[str]) -> str:
    """The differences between the objects of a database (rows of `OBJECTS`) and the schema, in words; "" if none."""
    present = {*found}
    wanted = WANTED | parts.WANTED if present & parts.WANTED else WANTED
    missing = sorted(wanted - present)
    told = [f"its {_named(one)} is missing or was changed" for one in missing]
    extra = [one for one in sorted(present - wanted) if _named(one) not in map(_named, missing)]
    told += [f"its {_named(one)} was changed" for one in extra if one.startswith(parts.GUARDING)]
    known = {_named(one) for one in wanted}
    told += [f"it has the {_named(one)}, which is not Parley's" for one in sorted(present) if _named(one) not in known]
    more = [f"{len(told) - MOST_NAMED} more"] if len(told) > MOST_NAMED else []
    return ", ".join(told[:MOST_NAMED] + more)


def _named(described: str) -> str:
    """The kind and the name of a described object."""
    return " ".join(described.split()[:2])
