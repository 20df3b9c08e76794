"""Anything planted in a ledger's files is recognised: the log is refused, and the views are rebuilt."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from ledger import Ledger, open_ledger
from ledger.base.sqlite import is_planted
from ledger.log import store
from ledger.log.errors import ForeignSchema
from ledger.log.sqlite import file, schema
from ledger.views.database import path_beside
from tests.examples import NEGOTIATION

COPYING = "CREATE TRIGGER copies AFTER INSERT ON stored_events BEGIN INSERT INTO copied SELECT NEW.state; END"
ERASING = "CREATE TRIGGER erases AFTER INSERT ON stored_events BEGIN DELETE FROM identity; END"
LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 50000000) SELECT count(*) AS position FROM n"
)


def plant(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def stored(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM stored_events ORDER BY rowid").fetchall()


PLANTED = [
    (
        "a trigger that copies",
        ["CREATE TABLE copied (x)", COPYING],
        "the table 'copied' that is not Parley's, it has the trig",
    ),
    ("a trigger that erases", [ERASING], "it has the trigger 'erases' that is not Parley's"),
    ("a trigger on the identity", [ERASING.replace("INSERT ON stored_events", "UPDATE ON identity")], "'erases'"),
    ("a view", ["CREATE VIEW parties AS SELECT 1"], "it has the view 'parties' that is not Parley's"),
    ("a table", ["CREATE TABLE notes (x)"], "it has the table 'notes' that is not Parley's"),
    ("an index", ["CREATE INDEX i ON stored_events (topic)"], "it has the index 'i' that is not Parley's"),
    (
        "no guard",
        ["DROP TRIGGER stored_events_are_never_deleted"],
        "its trigger stored_events_are_never_deleted is missing",
    ),
    (
        "a guard that guards nothing",
        [
            "DROP TRIGGER stored_events_are_never_updated",
            "CREATE TRIGGER stored_events_are_never_updated BEFORE UPDATE ON stored_events BEGIN SELECT 1; END",
        ],
        "its trigger stored_events_are_never_updated was changed",
    ),
    (
        "a view for a log",
        [
            "PRAGMA legacy_alter_table=ON",
            "ALTER TABLE stored_events RENAME TO hidden",
            "CREATE VIEW stored_events AS SELECT * FROM hidden",
        ],
        "its table stored_events is missing",
    ),
    ("another column", ["ALTER TABLE stored_events ADD COLUMN more"], "its table stored_events was changed"),
]


@pytest.mark.parametrize(("statements", "said"), [one[1:] for one in PLANTED], ids=[one[0] for one in PLANTED])
def test_a_log_in_which_something_was_planted_is_neither_read_nor_written(
    ledger: Ledger, statements: list[str], said: str
) -> None:
    plant(ledger.path, *statements)
    before = stored(ledger.path)
    for attempt in (
        ledger.views,
        ledger.rebuild,
        ledger.check,
        lambda: store.head(ledger.path),
        lambda: ledger.append("party", "xx", {"name": "XX"}, negotiation=NEGOTIATION),
    ):
        with pytest.raises(ForeignSchema, match="does not have Parley's schema") as refused:
            attempt()
        assert said in str(refused.value)
    assert stored(ledger.path) == before


def test_of_much_that_was_planted_the_first_are_named(ledger: Ledger) -> None:
    plant(ledger.path, *(f"CREATE TABLE t{number} (x)" for number in range(9)))
    with pytest.raises(ForeignSchema, match=r"'t0' .*'t1' .*'t2' that is not Parley's, 6 more\.") as refused:
        ledger.views()
    assert "'t3'" not in str(refused.value)


@pytest.mark.parametrize("statement", ["ANALYZE", "VACUUM", "REINDEX", "CREATE TABLE uncleaned (position)"])
def test_upkeep_of_the_file_leaves_it_a_ledger(ledger: Ledger, statement: str) -> None:
    plant(ledger.path, statement)
    assert ledger.append("party", "xx", {"name": "XX"}, negotiation=NEGOTIATION).recorded
    assert "xx" in [one.slug for one in ledger.views().parties()]


def test_recognising_the_schema_costs_next_to_nothing(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection:
        schema.differences(connection, file.SCHEMA)
        taken = []
        for _ in range(50):
            started = time.perf_counter()
            assert schema.differences(connection, file.SCHEMA) == ""
            taken.append(time.perf_counter() - started)
    assert min(taken) < 0.000_2


PLANTED_IN_VIEWS = [
    "CREATE TRIGGER hides AFTER INSERT ON parties BEGIN DELETE FROM parties; END",
    "CREATE TRIGGER halts BEFORE INSERT ON upkeep BEGIN SELECT RAISE(ABORT, 'no'); END",
    "CREATE VIEW more AS SELECT 1",
]


@pytest.mark.parametrize("behind", [False, True], ids=["views of the head", "views that are behind"])
@pytest.mark.parametrize("statement", PLANTED_IN_VIEWS)
def test_views_in_which_something_was_planted_are_thrown_away_and_made_anew(
    ledger: Ledger, statement: str, behind: bool
) -> None:
    ledger.views().close()
    views = path_beside(ledger.path)
    plant(views, statement)
    if behind:
        ledger.append("party", "xx", {"name": "XX"}, negotiation=NEGOTIATION)
    expected = ["eu", "us", "vn", *(["xx"] if behind else [])]
    asked = open_ledger(ledger.path).views()
    assert [one.slug for one in asked.parties()] == expected
    asked.close()
    with closing(sqlite3.connect(views)) as connection:
        assert not is_planted(connection)


def test_a_view_that_works_for_ever_in_the_place_of_a_table_is_never_asked(ledger: Ledger) -> None:
    ledger.views().close()
    plant(path_beside(ledger.path), "DROP TABLE upkeep", f"CREATE VIEW upkeep AS {LONG}")
    started = time.process_time()
    assert [one.slug for one in ledger.views().parties()] == ["eu", "us", "vn"]
    assert time.process_time() - started < 1


def test_a_kept_replay_in_which_something_was_planted_is_made_anew(ledger: Ledger) -> None:
    from ledger import Clocks
    from ledger.projections.replays import folder_beside

    with closing(ledger.views(Clocks(recorded_by=5))) as views:
        before = views.parties()
    (kept,) = folder_beside(ledger.path).glob("*.db")
    plant(kept, "DELETE FROM parties", "CREATE VIEW more AS SELECT 1")
    assert ledger.views(Clocks(recorded_by=5)).parties() == before
