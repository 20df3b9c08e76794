"""The server guards the log itself: what raw SQL may do, as the owner and in each role."""

import pytest

from ledger.base.desks import desk_of
from ledger.log.errors import ForeignSchema, LedgerFromTheFuture, NotPermitted
from ledger.log.store import create, open_store
from tests.ledger.log.store_suite import append

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
from ledger.log.postgres import schema  # noqa: E402
from ledger.log.postgres.server import close_idle  # noqa: E402

INSERT = "INSERT INTO parley.stored_events VALUES ('talks/party/{}', 1, 'PartyNamed.1', '', {})"
ERASED = """UPDATE parley.stored_events SET state = convert_to('{"erased":"' || encode(sha256(state), 'hex') || '"}',
    'UTF8') WHERE notification_id = 1"""


@pytest.fixture
def owner(store, address):
    append(store, ("talks/party/us", 1, b"secret"), ("talks/party/vn",))
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def as_role(owner, end):
    owner.execute(f"SET ROLE {owner.info.dbname}_{end}")
    return owner


CHANGES = {
    "an update": "UPDATE parley.stored_events SET state = 'x'",
    "an update of nothing but the type": "UPDATE parley.stored_events SET topic = 'PartyNamed.2'",
    "an erasure that moves the event": ERASED.replace("SET", "SET notification_id = 9,"),
    "a deletion": "DELETE FROM parley.stored_events",
    "a deletion of nothing": "DELETE FROM parley.stored_events WHERE false",
    "a truncation": "TRUNCATE parley.stored_events",
    "a replacement": f"{INSERT.format('us', 3)} ON CONFLICT (originator_id, originator_version) DO UPDATE SET state=''",
    "a position that is taken": INSERT.format("eu", 2),
    "a position that leaves a gap": INSERT.format("eu", 4),
    "a position before the first": INSERT.format("eu", 0),
    "another identity": "UPDATE parley.identity SET ledger_id = 'x'",
    "a second identity": "INSERT INTO parley.identity VALUES ('x', 1)",
    "no identity": "DELETE FROM parley.identity",
    "a deleted receipt": "DELETE FROM parley.erasures",
    "no receipts": "TRUNCATE parley.erasures",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("end", ["", "desk", "eraser"], ids=["owner", "desk", "eraser"])
def test_nobody_changes_what_is_recorded(store, owner, statement, end):
    before = store.head(), [*store.events()]
    if end:
        as_role(owner, end)
    with pytest.raises(psycopg.Error):
        owner.execute(statement)
    assert (store.head(), [*store.events()]) == before


def test_a_desk_may_insert_the_next_event_and_read(store, owner):
    as_role(owner, "desk").execute(INSERT.format("eu", 3))
    assert store.position() == 3
    assert owner.execute("SELECT count(*) FROM parley.stored_events").fetchone() == (3,)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM parley.erase(ARRAY[1])",
        "SELECT parley.rewrite()",
        ERASED,
        "UPDATE parley.erasures SET cleaned = true",
        "INSERT INTO parley.erasures VALUES (1, 'x')",
        "ALTER TABLE parley.stored_events DISABLE TRIGGER ALL",
        "DROP TRIGGER events_are_never_updated ON parley.stored_events",
        "CREATE TABLE parley.mine (a int)",
        "CREATE OR REPLACE FUNCTION parley.rewrite() RETURNS void LANGUAGE sql AS ''",
        "SET session_replication_role = replica",
    ],
)
def test_a_desk_may_do_nothing_else(store, owner, statement):
    before = store.head(), [*store.events()]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role(owner, "desk").execute(statement)
    assert (store.head(), [*store.events()]) == before


def test_an_eraser_leaves_the_commitment_and_a_receipt(store, owner):
    owner.execute("SET ROLE NONE")
    owner.execute(f"CREATE ROLE minh_{owner.info.dbname} LOGIN IN ROLE {owner.info.dbname}_eraser")
    with psycopg.connect(owner.info.dsn, user=f"minh_{owner.info.dbname}", autocommit=True) as eraser:
        (found,) = eraser.execute("SELECT * FROM parley.erase(ARRAY[1])")
    assert found == (1, b'{"erased":"2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"}')
    receipts = owner.execute("SELECT position, sha256, erased_by, cleaned, erased_at <= now() FROM parley.erasures")
    sha256 = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
    assert receipts.fetchall() == [(1, sha256, f"minh_{owner.info.dbname}", False, True)]
    assert [row.state for row in store.events()] == [found[1], b"{}"]


def test_what_is_erased_is_not_erased_again(owner):
    owner.execute("SELECT * FROM parley.erase(ARRAY[1])")
    with pytest.raises(psycopg.Error, match="never updated"):
        owner.execute(ERASED.replace("convert_to", "'\\x00'::bytea || convert_to"))


def test_two_that_insert_at_once_take_turns_or_one_is_refused(owner):
    """Even writers that do not take the lock leave no gap that a reader could overtake."""
    with psycopg.connect(owner.info.dsn) as slow, psycopg.connect(owner.info.dsn) as fast:
        slow.execute(INSERT.format("eu", 3))
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="no gaps"):
            fast.execute(INSERT.format("jp", 4))
        fast.rollback()
        slow.commit()
        fast.execute(INSERT.format("jp", 4))


def test_the_channel_says_which_position_is_the_newest(owner, store):
    owner.execute("LISTEN parley")
    append(store, ("talks/party/eu",), ("talks/party/jp",))
    assert [one.payload for one in owner.notifies(timeout=5, stop_after=1)] == ["4"]


# Recognition.

FOREIGN = {
    "a table": "CREATE TABLE parley.extra (a int)",
    "a view": "CREATE VIEW parley.extra AS SELECT 1",
    "a column": "ALTER TABLE parley.stored_events ADD extra int",
    "a trigger": "CREATE TRIGGER extra AFTER INSERT ON parley.erasures EXECUTE FUNCTION parley.change_is_refused()",
    "a disabled trigger": "ALTER TABLE parley.stored_events DISABLE TRIGGER events_are_never_updated",
    "a missing trigger": "DROP TRIGGER events_are_never_deleted ON parley.stored_events",
    "a changed function": "CREATE OR REPLACE FUNCTION parley.change_is_refused() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NULL; END'",
    "another function": "CREATE FUNCTION parley.extra() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a rule": "CREATE RULE extra AS ON INSERT TO parley.erasures DO INSTEAD NOTHING",
}


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
def test_a_database_with_anything_else_is_not_used(path, owner, store, statement):
    owner.execute(statement)
    close_idle()
    with pytest.raises(ForeignSchema, match="Parley's schema"):
        open_store(path)
    with pytest.raises(ForeignSchema), store.writing():
        store.changed_streams()


GUARDS = {name: one for name, one in FOREIGN.items() if name.split()[-1] not in ("table", "view")}


@pytest.mark.parametrize("statement", [one for name, one in GUARDS.items() if name != "another function"])
def test_a_guard_that_is_changed_while_a_desk_is_at_work_is_noticed_with_the_next_event(
    owner, store, other, statement, monkeypatch
):
    monkeypatch.setattr("ledger.log.postgres.lock.RECENT", 0)
    append(other, ("talks/party/jp",))
    with store.writing():
        assert store.changed_streams() is None
    append(other, ("talks/party/kr",))
    with store.writing():
        assert {*store.changed_streams()} == {"talks/party/kr"}
    owner.execute(statement)
    with store.writing():  # until then it rests on what it has seen
        assert not store.changed_streams()
    owner.execute("INSERT INTO parley.stored_events VALUES ('talks/party/eu', 1, 'PartyNamed.1', '', 5)")
    with pytest.raises(ForeignSchema, match="Parley's schema"), store.writing():
        store.changed_streams()


def test_a_schema_of_the_same_name_that_is_no_log_is_refused(postgres, desks_folder):
    address = postgres.new_database()
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("CREATE SCHEMA parley")
    for attempt in (create, open_store):
        with pytest.raises(ForeignSchema, match="not a log"):
            attempt(desk_of(address))


def test_a_log_of_a_later_format_is_refused(path, owner, store):
    owner.execute("SET session_replication_role = replica")
    owner.execute("UPDATE parley.identity SET format = 99")
    close_idle()
    with pytest.raises(LedgerFromTheFuture, match="format 99"):
        open_store(path)


# Creating.


def test_an_owner_who_may_not_create_roles_is_told_what_to_ask_for(postgres, desks_folder):
    address = postgres.new_database()
    with psycopg.connect(address, autocommit=True) as administrator:
        database = administrator.info.dbname
        administrator.execute(f"CREATE ROLE owner_{database} LOGIN")
        administrator.execute(f"GRANT ALL ON DATABASE {database} TO owner_{database}")
        theirs = desk_of(address.replace("postgres@", f"owner_{database}@"))
        with pytest.raises(NotPermitted, match=f'CREATE ROLE "{database}_desk" NOLOGIN') as refused:
            create(theirs)
        assert administrator.execute("SELECT to_regnamespace('parley')").fetchone() == (None,)
        for statement in str(refused.value).partition("run this first: ")[2].split("; "):
            administrator.execute(statement)
    create(theirs)
    open_store(theirs).close()


def test_the_names_of_roles_fit_the_server():
    assert schema.roles("talks") == ("talks_desk", "talks_eraser")
    assert max(len(role.encode()) for role in schema.roles("đàm-phán-" * 9)) <= 63
