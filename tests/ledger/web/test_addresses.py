"""Addresses: parsing the clocks and linking to them are inverse."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from ledger import Clocks, Refusal
from ledger.web import addresses
from tests.examples import NOW

DAY = NOW[:10]

pytestmark = pytest.mark.usefixtures("set_clock")


@pytest.mark.parametrize(
    "asked",
    [
        Clocks(),
        Clocks("2025-05-22"),
        Clocks("2025-05-22", "2025-06-01", 3),
        Clocks(None, "2025-06-01"),
        Clocks(None, None, 0),
    ],
)
def test_a_link_leads_to_the_moment_it_was_made_of(ledger, asked: Clocks) -> None:
    found = urlsplit(addresses.link("/talks/issues", asked, q="a & b", to=""))
    query = dict(parse_qsl(found.query))
    assert found.path == "/talks/issues"
    assert query.pop("q") == "a & b"
    assert addresses.clocks(ledger, query, date.fromisoformat(DAY)) == asked


def test_an_address_names_a_moment_in_the_words_of_the_command_line(ledger) -> None:
    today = date.fromisoformat(DAY)
    everything = ledger.head().position
    assert addresses.clocks(ledger, {"recorded-by": "#2"}, today).recorded_by == 2
    assert addresses.clocks(ledger, {"recorded-by": "today"}, today).recorded_by == everything
    assert addresses.clocks(ledger, {"as-of": " May 22 "}, today).as_of == "2025-05-22"
    with pytest.raises(Refusal, match="smarch"):
        addresses.clocks(ledger, {"as-of": "smarch"}, today)
