"""Lookup: an entry is found by its slug, name or alias, of record or about to be, and a slip gets the nearest."""

from contextlib import closing

import pytest

from ledger.domain.errors import UnknownEntry
from ledger.errors import ProblemsFound, Refusal
from ledger.filing.lookup import Lookup
from ledger.log.log import Log
from tests.examples import NEGOTIATION, file, party


@pytest.fixture
def lookup(ledger):
    with closing(Log(ledger.path)) as log:
        yield Lookup(log, NEGOTIATION)


@pytest.mark.parametrize("typed", ["us", "United States", "USA", "usa", " us "])
def test_a_party_is_found_by_its_slug_its_name_or_an_alias(lookup, typed):
    assert lookup.find("party", typed) == "us"


def test_a_slip_gets_the_nearest(lookup):
    with pytest.raises(Refusal, match="rules-of-origin"):
        lookup.find("issue", "rules-of-orign")


def test_nothing_is_found_under_another_kind(lookup):
    with pytest.raises(UnknownEntry):
        lookup.find("issue", "us")
    assert lookup.kind_of("us") == "party"
    assert lookup.kind_of("nobody") is None


def test_what_is_about_to_be_recorded_is_found_and_counts_as_of_record(lookup):
    lookup.add(lookup.stream("party", "uk"), party("United Kingdom", "UK"))
    assert lookup.find("party", "United Kingdom") == "uk"
    assert "uk" in lookup.slugs("party")
    assert [report.position for report in lookup.standing(lookup.stream("party", "uk")).reports] == [0]


def test_an_entry_may_be_named_before_it_is_filed(ledger):
    filed = file(
        ledger,
        "  - statement: s\n    by: uk\n    act: stated\n    says: So\n    quote: a\n  - party: uk\n    name: Britain\n",
    )
    assert {one.stream.slug for one in filed.recorded} == {"vna", "s", "uk"}


def test_nothing_is_conditional_on_itself(ledger):
    offer = "  - {statement: offer, by: us, act: proposed, says: A list., conditional-on: offer = if so, quote: a}\n"
    with pytest.raises(ProblemsFound, match="offer cannot be conditional on itself: name another entry"):
        file(ledger, offer)


def test_a_person_speaks_for_the_party_of_the_record(lookup):
    assert lookup.parties_of("jamieson-greer") == ["us"]
    assert lookup.in_sentence("us/jamieson-greer") == "Jamieson Greer (us)"
    assert lookup.in_sentence("eu") == "European Union"


def test_the_parties_are_those_with_which_the_negotiation_was_opened(lookup):
    assert lookup.parties("2025-06-15") == ("vn", "us")
