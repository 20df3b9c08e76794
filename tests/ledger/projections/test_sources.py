"""The facts that depend on sources: which reports the clocks select, and when each was published."""

import pytest

from ledger import Clocks
from ledger.domain.events import Stream
from ledger.projections.sources import families_of, publications_of, reported, selected, undated
from tests import laws
from tests.laws import NEGOTIATION
from tests.talks import file_also, paper, said, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        file_also(ledger, paper("paper-b", said("said-9"), published="2025-06-10"))
        yield ledger


def statements(ledger, clocks):
    with laws.opened(ledger) as log:
        return sorted(one.slug for one in selected(log, NEGOTIATION, clocks)[0] if one.kind == "statement")


def streams(ledger):
    with laws.opened(ledger) as log:
        return dict(log.by_stream(NEGOTIATION))


def test_the_reported_clock_selects_what_had_been_published_by_a_day(ledger):
    assert statements(ledger, Clocks(reported_by="2025-05-19")) == []
    assert statements(ledger, Clocks(reported_by="2025-05-20")) == ["said-1", "said-2"]
    assert statements(ledger, Clocks(reported_by="2025-06-10")) == ["said-1", "said-2", "said-9"]


def test_the_recorded_clock_selects_what_was_recorded_by_a_position(ledger):
    assert statements(ledger, Clocks(recorded_by=0)) == []
    assert statements(ledger, Clocks(recorded_by=ledger.head().position - 1)) == ["said-1", "said-2"]


def test_a_correction_without_a_source_goes_with_its_report(ledger):
    ledger.correct("said-1", {"says": "Otherwise."}, "Misheard.", negotiation=NEGOTIATION)
    found = streams(ledger)
    early = reported(found, publications_of(found), "2025-05-20")
    assert [len(early[Stream(NEGOTIATION, "statement", "said-1")])] == [2]


def test_without_a_day_everything_is_selected(ledger):
    found = streams(ledger)
    assert reported(found, publications_of(found), None) == found


def test_a_retracted_source_is_withdrawn_and_in_no_family(ledger):
    ledger.retract("paper-a", "A hoax.", negotiation=NEGOTIATION)
    found = streams(ledger)
    withdrawn = {slug: one.withdrawn for slug, one in publications_of(found).items()}
    assert (withdrawn["paper-a"], withdrawn["paper-b"]) == (True, False)
    assert "paper-a" not in [source for _, source, *_ in families_of(found)]


def test_events_of_a_source_without_a_day_of_publication_are_counted(ledger):
    before = streams(ledger)
    assert undated(before, publications_of(before)) == 0
    file_also(ledger, paper("paper-c", said("said-10"), published=""))
    after = streams(ledger)
    assert undated(after, publications_of(after)) == 2  # the source and its statement
