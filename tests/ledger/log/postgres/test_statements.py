import pytest

from ledger.log.commitments import leaf_of, tombstone
from tests.ledger.log.store_suite import append

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
from ledger.log.postgres.statements import LEAF, array, behind  # noqa: E402

ODD = ["a'; DROP SCHEMA parley; --", "\\", "{a,b}", '"', "đàm-phán", "%s", "$1", "", "E'x'"]


@pytest.mark.parametrize("conforming", ["on", "off"])
def test_a_text_in_a_statement_stays_a_text(store, conforming):
    connection = store._session.connection
    connection.execute(f"SET standard_conforming_strings = {conforming}")
    assert connection.execute(f"SELECT {array(connection, ODD)}").fetchone() == (ODD,)
    assert connection.execute(f"SELECT {array(connection, [])}").fetchone() == ([],)
    append(store, *[(one,) for one in ODD if one])
    assert [row.stream for row in store.events()] == [one for one in ODD if one]
    connection.execute("RESET standard_conforming_strings")


def test_the_server_computes_the_leaf_that_the_tree_has(store):
    append(store, ("talks/party/us", 1, b"\xff"), ("talks/đàm/vn", 1, tombstone(b"gone")), ("talks/party/us", 2))
    found = store._session.rows(f"SELECT {LEAF} FROM parley.stored_events ORDER BY notification_id")
    assert [leaf for (leaf,) in found] == [leaf_of(row) for row in store.events()]


def test_a_replica_says_how_far_it_is_behind():
    assert (behind(0), behind(12.4)) == ("", "; the newest change that it has is 12 s old")
    assert behind(-1) == "; it does not know how far it is behind"
