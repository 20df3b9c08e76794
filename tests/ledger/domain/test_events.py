"""Events and the streams that they belong to."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain import events
from ledger.domain.events import Quote, Recorded, Stream
from tests.examples import NOW, said

slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


@given(slugs, slugs, slugs)
def test_a_stream_is_known_by_its_name(negotiation, kind, slug):
    stream = Stream(negotiation, kind, slug)
    assert Stream.named(str(stream)) == stream


@pytest.mark.parametrize("name", ["", "vn-us-trade", "vn-us-trade/meeting", "vn-us-trade/meeting/round-2/more"])
def test_a_name_that_is_not_of_three_parts_is_no_stream(name):
    with pytest.raises(ValueError, match="unpack"):
        Stream.named(name)


def test_an_event_cannot_be_changed():
    with pytest.raises(AttributeError):
        said("asked", "us").act = "refused"


def test_a_field_that_an_event_does_not_have_is_refused():
    with pytest.raises(msgspec.ValidationError, match="unknown field `colour`"):
        msgspec.convert({"name": "Viet Nam", "colour": "red"}, events.PartyNamed)


def test_what_was_not_reported_is_not_stored():
    assert msgspec.to_builtins(events.PartyNamed(name="Viet Nam")) == {"name": "Viet Nam"}


def test_a_quote_is_verified_once_it_has_a_place():
    assert Quote("from 19 to 22 May", 0, 17).verified
    assert not Quote("from 19 to 22 May").verified


def test_a_recorded_event_goes_by_the_name_of_its_class():
    stream = Stream("talks", "statement", "s1")
    assert Recorded(1, stream, 1, NOW, "keeper", said("asked", "us")).type == "StatementReported"
