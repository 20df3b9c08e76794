"""Spans as rows: one row for each state, for as long as it was valid."""

import pytest

from ledger import Clocks
from tests import laws
from tests.laws import NAMES, Projection, Story
from tests.talks import paper, said, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        yield ledger


def test_equal_states_that_meet_are_one_row():
    """Two accounts of one source differ in one field; the one preferred is known first, the dispute only later."""
    with laws.new_ledger() as ledger:
        late = said("said-1", "refused", "[2025-05-01..2025-05-20]")
        laws.tell(ledger, Story(NAMES, (paper("paper-a", late, said("said-1", "asked", "2025-05-01")),), ()))
        db = Projection(ledger).rebuild().db
        assert list(db.query("SELECT act, valid_from, valid_to FROM statements")) == [
            {"act": "asked", "valid_from": "2025-05-01", "valid_to": None}
        ]
        assert list(db.query("SELECT field, valid_from, valid_to FROM contested")) == [
            {"field": "act", "valid_from": "2025-05-20", "valid_to": None}
        ]


def test_the_rows_of_an_entry_follow_one_another_without_a_gap(ledger):
    rows = list(
        Projection(ledger).rebuild().db.query("SELECT status, valid_from, valid_to FROM issues ORDER BY slug, 2")
    )
    of_tariffs = [row for row in rows if row["status"] != "named"]
    assert [(row["status"], row["valid_from"], row["valid_to"]) for row in of_tariffs] == [
        ("open", "2025-05-01", "2025-05-05"),
        ("answered", "2025-05-05", None),
    ]


def test_as_of_a_day_later_states_have_no_row_and_the_state_of_that_day_is_open(ledger):
    db = Projection(ledger).replay(Clocks(as_of="2025-05-03")).db
    assert [row["slug"] for row in db["statements"].rows] == ["said-1"]
    assert list(db.query("SELECT status, valid_to FROM issues WHERE slug = 'tariffs' ORDER BY valid_from")) == [
        {"status": "named", "valid_to": "2025-05-01"},
        {"status": "open", "valid_to": None},
    ]
