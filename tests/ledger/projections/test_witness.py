"""The views' memory of the log: a rewritten or cut log is noticed."""

import sqlite3
from contextlib import closing

import pytest

from ledger.log import store
from ledger.projections import witness
from ledger.projections.errors import LogRewritten
from ledger.views.database import path_beside
from tests.talks import file_also, paper, said, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        yield ledger


def execute(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_bytes_changed_in_place_are_met_in_the_end_though_something_is_filed_before_every_question(ledger, monkeypatch):
    monkeypatch.setattr(witness, "BLOCK", 4)

    def file_and_ask(slug):
        file_also(ledger, paper(f"paper-{slug}", said(slug)))
        ledger.views().close()

    for nth in range(10):
        file_and_ask(f"more-{nth}")
    changed = ledger.path.read_bytes().replace(b'"place":"Hanoi"', b'"place":"Osaka"')
    assert changed != ledger.path.read_bytes()
    ledger.path.write_bytes(changed)
    with pytest.raises(LogRewritten):
        for nth in range(10, 30):
            file_and_ask(f"more-{nth}")


@pytest.mark.parametrize("lost", ["position > 5", "position = 5", "position < 5", "position > 0"])
def test_a_rebuild_remembers_again_what_was_lost_of_the_log(ledger, lost):
    path = path_beside(ledger.path)
    remembered = "SELECT position, leaf, (SELECT root FROM upkeep) FROM leaves ORDER BY position"
    ledger.rebuild()
    with closing(sqlite3.connect(path)) as views:
        before = views.execute(remembered).fetchall()
    execute(path, f"DELETE FROM leaves WHERE {lost}")
    ledger.rebuild()
    with closing(sqlite3.connect(path)) as views:
        assert views.execute(remembered).fetchall() == before
    assert len(before) == store.head(ledger.path).position
