"""The server shows each reading role the rows of its part, whatever program asks."""

import pytest

from ledger.base.desks import desk_of
from ledger.log.errors import ForeignSchema, NotPermitted, ReadsAPart
from ledger.log.store import Stored, create, open_store, opened
from tests.ledger.log.store_suite import append

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
from ledger.log.postgres import parts  # noqa: E402
from ledger.log.postgres.server import close_idle  # noqa: E402

NAMES = ("public", "internal", "confidential")
US = Stored(1, "talks/party/us", 1, "PartyNamed.1", b"open")
VN = Stored(2, "talks/party/vn", 1, "PartyNamed.1", b"noted")


@pytest.fixture
def owner(store, address):
    """A log of three events, of which readers may see one or two."""
    append(store, ("talks/party/eu", 1, b"secret"), ("talks/party/us", 1, b"open"), ("talks/party/vn", 1, b"noted"))
    with store.writing():
        store.keep_parts(NAMES)
        for part, rows in zip(store.parts(), ([US], [US, VN]), strict=True):
            part.write(rows, 3, again=True)
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def as_reader(owner, level):
    owner.execute(f"SET ROLE {owner.info.dbname}_reads_{level}")
    return owner


@pytest.mark.parametrize(("level", "states"), [("public", [b"open"]), ("internal", [b"open", b"noted"])])
def test_a_role_reads_its_own_part(owner, level, states):
    found = as_reader(owner, level).execute("SELECT state FROM parley.parts ORDER BY notification_id")
    assert [state for (state,) in found] == states
    assert owner.execute("SELECT level, position FROM parley.readers").fetchall() == [(level, 3)]
    assert owner.execute("SELECT count(*) FROM parley.leaves").fetchone() == (3,)


REFUSED = [
    "SELECT * FROM parley.stored_events",
    "SELECT count(*) FROM parley.stored_events",
    "SELECT * FROM parley.erasures",
    "INSERT INTO parley.parts VALUES (0, 'talks/party/jp', 1, 'PartyNamed.1', '', 9)",
    "UPDATE parley.parts SET rank = 0",
    "UPDATE parley.readers SET rank = 2",
    "DELETE FROM parley.parts",
    "TRUNCATE parley.parts",
    "SELECT parley.rewrite_parts()",
    "SELECT * FROM parley.erase(ARRAY[1])",
    "ALTER TABLE parley.parts DISABLE ROW LEVEL SECURITY",
    "CREATE POLICY mine ON parley.parts USING (true)",
    "CREATE OR REPLACE VIEW parley.leaves AS SELECT 1 AS position, state AS leaf FROM parley.stored_events",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_a_role_may_do_nothing_else(owner, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_reader(owner, "internal").execute(statement)


def test_a_right_that_is_given_by_mistake_shows_nothing_of_the_log(owner):
    owner.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA parley TO {owner.info.dbname}_reads_public")
    assert as_reader(owner, "public").execute("SELECT count(*) FROM parley.stored_events").fetchone() == (0,)
    assert owner.execute("SELECT count(*) FROM parley.parts").fetchone() == (1,)


def test_a_desk_and_an_eraser_keep_their_rights(owner, store):
    owner.execute(f"SET ROLE {owner.info.dbname}_eraser")
    assert owner.execute("SELECT count(*) FROM parley.stored_events").fetchone() == (3,)
    owner.execute("SELECT * FROM parley.erase(ARRAY[1])")
    owner.execute("SELECT parley.rewrite(), parley.rewrite_parts()")
    owner.execute(f"SET ROLE {owner.info.dbname}_desk")
    owner.execute("INSERT INTO parley.stored_events VALUES ('talks/party/jp', 1, 'PartyNamed.1', '', 4)")
    assert store.position() == 4
    assert owner.execute("SELECT count(*) FROM parley.parts").fetchone() == (3,)


FOREIGN = {
    "no guard": "ALTER TABLE parley.parts DISABLE ROW LEVEL SECURITY",
    "a guard that does not bind the owner": "ALTER TABLE parley.parts NO FORCE ROW LEVEL SECURITY",
    "no guard of the log": "ALTER TABLE parley.stored_events DISABLE ROW LEVEL SECURITY",
    "another policy": "CREATE POLICY mine ON parley.parts USING (true)",
    "a policy that shows all": 'ALTER POLICY "level 0" ON parley.parts USING (true)',
    "a missing policy": "DROP POLICY writers ON parley.parts",
    "a view of something else": "CREATE OR REPLACE VIEW parley.leaves AS"
    " SELECT notification_id AS position, state AS leaf FROM parley.stored_events",
    "a view with the rights of whoever asks": "ALTER VIEW parley.leaves SET (security_invoker = true)",
    "a missing view": "DROP VIEW parley.leaves",
    "a rule of the view": "CREATE RULE extra AS ON INSERT TO parley.leaves DO INSTEAD NOTHING",
    "a changed function": "CREATE OR REPLACE FUNCTION parley.rewrite_parts() RETURNS void LANGUAGE sql AS ''",
}


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
def test_a_database_whose_guards_were_changed_is_not_used(owner, path, statement):
    owner.execute(statement)
    close_idle()
    with pytest.raises(ForeignSchema):
        open_store(path)


def test_a_view_of_another_table_of_the_same_name_is_found_out_whatever_the_search_path(owner, path):
    owner.execute("CREATE TABLE public.stored_events AS SELECT * FROM parley.stored_events")
    owner.execute("ALTER ROLE postgres SET search_path = public, parley")
    try:
        close_idle()
        open_store(path).close()  # what was not changed is used
        view = owner.execute("SELECT pg_get_viewdef('parley.leaves'::regclass)").fetchone()[0]
        owner.execute("CREATE OR REPLACE VIEW parley.leaves AS " + view.replace("FROM parley.", "FROM public."))
        close_idle()
        with pytest.raises(ForeignSchema, match="its view leaves is missing or was changed"):
            open_store(path)
    finally:
        owner.execute("ALTER ROLE postgres RESET search_path")
        owner.execute("DROP TABLE public.stored_events CASCADE")


@pytest.mark.parametrize("version", [15, 16])
def test_a_server_of_another_version_is_used_and_its_guards_are_compared(request, desks_folder, version):
    server = request.getfixturevalue(f"postgres_{version}")
    address = server.new_database()
    create(desk_of(address))
    with opened(desk_of(address)) as store, store.writing():
        store.keep_parts(NAMES)
    close_idle()
    open_store(desk_of(address)).close()
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(FOREIGN["a view of something else"])
    close_idle()
    with pytest.raises(ForeignSchema, match="its view leaves"):
        open_store(desk_of(address))
    server.release()


def test_the_store_of_a_reader_is_the_log_of_the_part(owner, store, postgres):
    name = f"lan_{owner.info.dbname}_x"
    owner.execute(f"CREATE ROLE {name} LOGIN IN ROLE {owner.info.dbname}_reads_internal")
    theirs = open_store(desk_of(postgres.address(owner.info.dbname, name)))
    try:
        assert [*theirs.events()] == [US, VN]
        assert [*theirs.events_of("talks/party/vn")] == [VN]
        assert [*theirs.events_under("talks", 1)] == [US]
        assert theirs.streams_under("talks/party") == ["talks/party/us", "talks/party/vn"]
        assert (theirs.negotiations(), theirs.position(), theirs.newest()) == (["talks"], 2, VN)
        assert theirs.newest_versions(["talks/party/us", "talks/party/eu"]) == {"talks/party/us": 1}
        with pytest.raises(ReadsAPart, match="'internal'"), theirs.writing():
            pass
        before = theirs.head()
        with store.writing():
            store.parts()[1].write([US], 3, again=True)
        assert theirs.head().ledger_id != before.ledger_id
        assert [*theirs.events()] == [US]
    finally:
        theirs.close()


def test_the_names_of_roles_fit_the_server():
    assert parts.role_of("talks", "public") == "talks_reads_public"
    assert len(parts.role_of("đàm-phán-" * 9, "minister" * 9).encode()) <= 63


def test_who_may_not_create_roles_is_told_what_to_ask_for(address):
    with psycopg.connect(address, autocommit=True) as administrator:
        database = administrator.info.dbname
        administrator.execute(f"CREATE ROLE owner_{database} LOGIN")
        administrator.execute(f"GRANT ALL ON DATABASE {database} TO owner_{database}")
        for end in ("desk", "eraser"):
            administrator.execute(f"CREATE ROLE {database}_{end}")
        administrator.execute(f"GRANT {database}_desk TO {database}_eraser")
    theirs = desk_of(address.replace("postgres@", f"owner_{database}@"))
    create(theirs)
    wanted = f'CREATE ROLE "{database}_reads_public" NOLOGIN'
    with pytest.raises(NotPermitted, match=wanted), opened(theirs) as store, store.writing():
        store.keep_parts(NAMES)
