"""The tables of the views are those that are documented."""

from contextlib import closing
from pathlib import Path

import pytest

from ledger.views.rows import Evidence, Label, LogRow, columns
from ledger.views.schema import ASKED_FOR, HISTORIES, INTO, PLAIN

TABLES = (Path(__file__).parents[3] / "docs" / "tables.md").read_text()


@pytest.mark.parametrize("table", [*HISTORIES, *PLAIN, *INTO])
def test_every_table_is_documented(table):
    assert f"`{table}`" in TABLES


def test_the_views_of_a_ledger_have_these_tables_and_columns(ledger):
    with closing(ledger.views()) as views:
        tables = [row[0] for row in views.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert {name for name in tables if not name.startswith(("search_", "texts_", "sqlite_"))} == {
            *HISTORIES,
            *PLAIN,
            *INTO,
        }
        for name, (state, key) in HISTORIES.items():
            found = [row["name"] for row in views.rows(f"PRAGMA table_info([{name}])")]
            assert [one for one in found if one in columns(state)] == list(columns(state))
            assert {"negotiation", "valid_from", "valid_to", "period", key, *ASKED_FOR.get(name, ())} <= {*found}
        for name, table in PLAIN.items():
            assert [row["name"] for row in views.rows(f"PRAGMA table_info([{name}])")] == list(table)


@pytest.mark.parametrize(("row", "table"), [(LogRow, "log"), (Evidence, "evidence"), (Label, "entries")])
def test_a_row_that_is_not_a_state_has_columns_of_its_table(row, table):
    assert {*row._fields} <= {*PLAIN[table]}
