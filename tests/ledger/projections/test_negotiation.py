"""The folding of one negotiation gives the same rows in portions of any size."""

import pytest

from ledger import Clocks
from ledger.projections import negotiation
from tests import laws
from tests.laws import NEGOTIATION
from tests.talks import file_also, paper, said, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        file_also(ledger, paper("paper-b", said("said-9", on="2025-05-03"), published="2025-06-10"))
        yield ledger


def folded(ledger, clocks=Clocks()):  # noqa: B008
    """The rows by table, sorted; the events, and the undated ones."""
    rows, events, undated = {}, 0, 0
    with laws.opened(ledger) as log:
        for part in negotiation.fold_negotiation(log, NEGOTIATION, log.position(), clocks):
            events += part.events
            undated += part.undated
            for table, of_table in part.rows.items():
                rows.setdefault(table, []).extend(map(repr, of_table))
    return {table: sorted(of_table) for table, of_table in rows.items()}, events, undated


@pytest.mark.parametrize("portion", [1, 3, 7])
@pytest.mark.parametrize("clocks", [Clocks(), Clocks(as_of="2025-05-03"), Clocks(reported_by="2025-05-20")])
def test_the_size_of_the_portions_changes_no_row(ledger, monkeypatch, portion, clocks):
    at_once = folded(ledger, clocks)
    monkeypatch.setattr(negotiation, "PORTION", portion)
    assert folded(ledger, clocks) == at_once


def test_every_event_is_counted_once(ledger):
    assert folded(ledger)[1] == ledger.head().position


def test_the_events_of_undated_sources_are_counted_when_the_reported_clock_selects(ledger):
    file_also(ledger, paper("paper-c", said("said-10"), published=""))
    assert folded(ledger)[2] == 0
    assert folded(ledger, Clocks(reported_by="2099-12-31"))[2] == 2


def test_an_unknown_negotiation_has_no_rows(ledger):
    with laws.opened(ledger) as log:
        parts = list(negotiation.fold_negotiation(log, "nothing", log.position()))
    assert [(any(part.rows.values()), part.events) for part in parts] == [(False, 0), (False, 0)]
