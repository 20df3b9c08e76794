"""How an issue stands, by what was heard."""

from ledger.domain.folds.issues.folded import NO_MEMBERSHIPS, NOTHING
from ledger.domain.folds.issues.issue import fold
from ledger.domain.folds.issues.standpoint import Standpoint
from tests.examples import said, spoken

ASKED, REFUSED = said("asked", "vn", "us"), said("refused", "us", "vn", "2025-05-03")


def test_where_nothing_was_heard_there_are_no_asks():
    assert not Standpoint(NOTHING, NO_MEMBERSHIPS).askers


def test_it_begins_with_the_asks_of_a_fold_that_ended():
    past = fold("export-controls", [], spoken(ASKED, REFUSED))
    begun = Standpoint(past, NO_MEMBERSHIPS)
    assert {asker: ask.status for asker, ask in begun.askers.items()} == {"vn": "answered"}


def test_the_status_rests_on_the_statements_that_gave_it():
    spans = spoken(ASKED, REFUSED)
    found = fold("export-controls", [], spans).issue[-1].state
    assert (found.status, found.rests_on) == ("answered", tuple(span.state.slug for span in spans))
