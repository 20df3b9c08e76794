"""The file of the views: a damaged one is replaced, and a foreign database is not changed."""

import shutil
import sqlite3
from contextlib import closing, suppress

import pytest

from ledger import Clocks, open_ledger
from ledger.errors import Refusal
from ledger.log import store
from ledger.projections.errors import NotViews
from ledger.projections.tables import open_views
from ledger.views.database import PAGE_SIZE, path_beside
from tests import laws
from tests.laws import NAMES, Projection, Story
from tests.talks import DAY, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        yield ledger


def answers(ledger):
    with closing(ledger.views(Clocks(as_of=DAY))) as views:
        return laws.answers(views)


def overwritten(path, content):
    for part in ("", "-wal", "-shm"):
        path.with_name(path.name + part).unlink(missing_ok=True)
    path.write_bytes(content)


def execute(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


SPOILT = {
    "deleted": lambda path: path.unlink(),
    "of another schema version": lambda path: execute(path, "UPDATE upkeep SET schema_version = 0"),
    "of another ledger": lambda path: execute(path, "UPDATE upkeep SET ledger_id = 'another'"),
    "without a position": lambda path: execute(path, "DELETE FROM upkeep"),
    "without a table": lambda path: execute(path, "DROP TABLE upkeep", "DROP TABLE asks"),
    "with a table too many": lambda path: execute(
        path, "CREATE TABLE mine (name)", "UPDATE upkeep SET schema_version = 0"
    ),
    "cut short": lambda path: overwritten(path, path.read_bytes()[:5000]),
    "cut within its head": lambda path: overwritten(path, path.read_bytes()[:50]),
    "garbage": lambda path: overwritten(path, b"\xff" * 10_000),
    "a text": lambda path: overwritten(path, b"minutes of the meeting"),
    "empty": lambda path: overwritten(path, b""),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_views_that_are_spoilt_come_back_the_same(ledger, spoil):
    before = answers(ledger)
    path = path_beside(ledger.path)
    spoil(path)
    assert answers(ledger) == before
    with closing(open_views(path)) as db:
        found = Projection(ledger)
        found.db = db
        assert found.contents() == Projection(ledger).rebuild().contents()


def pages_overwritten(path):
    """One damaged copy of the views after another."""
    execute(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    whole, page = path.read_bytes(), PAGE_SIZE
    for start in range(page, len(whole), page * 5):
        overwritten(path, whole[:start] + b"\xff" * page + whole[start + page :])
        yield start // page


def test_a_rebuild_mends_views_with_any_page_overwritten(ledger):
    before = answers(ledger)
    for page in pages_overwritten(path_beside(ledger.path)):
        ledger.rebuild()
        assert answers(ledger) == before, page


def test_a_question_of_views_with_any_page_overwritten_is_answered_right_or_refused(ledger):
    before = answers(ledger)
    for page in pages_overwritten(path_beside(ledger.path)):
        with suppress(Refusal):
            assert answers(ledger) == before, page


def test_some_other_database_in_the_place_of_the_views_is_refused_and_left_as_it_is(ledger):
    path = path_beside(ledger.path)
    execute(path, "CREATE TABLE accounts (name)", "INSERT INTO accounts VALUES ('mine')")
    before = path.read_bytes()
    for ask in (ledger.views, ledger.rebuild):
        with pytest.raises(NotViews, match="is in the place of the ledger's views but is another database"):
            ask()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM accounts").fetchall() == [("mine",)]
    assert len(path.read_bytes()) == len(before)


def test_a_ledger_in_the_place_of_the_views_is_refused_and_left_as_it_is(ledger):
    path = path_beside(ledger.path)
    shutil.copyfile(ledger.path, path)
    with pytest.raises(NotViews):
        ledger.views()
    assert store.head(path)[:2] == store.head(ledger.path)[:2]


def test_the_views_of_a_ledger_are_not_those_of_another_in_its_place(ledger, tmp_path):
    ledger.views().close()
    shutil.copyfile(path_beside(ledger.path), tmp_path / "ledger.views.db")
    with laws.new_ledger() as other:
        laws.tell(other, Story(NAMES, (), ()))
        shutil.copyfile(other.path, tmp_path / "ledger.db")
    execute(tmp_path / "ledger.db", "UPDATE identity SET ledger_id = '00000000-0000-4000-8000-000000000001'")
    assert open_ledger(tmp_path / "ledger.db").views().statements() == []


def test_views_with_pages_of_another_size_are_replaced(ledger):
    before = answers(ledger)
    path = path_beside(ledger.path)
    execute(path, "PRAGMA journal_mode=DELETE", "PRAGMA page_size=4096", "VACUUM", "UPDATE upkeep SET seal = ''")
    assert answers(ledger) == before
    with closing(open_views(path)) as db:
        assert db.conn.execute("PRAGMA page_size").fetchone() == (PAGE_SIZE,)
