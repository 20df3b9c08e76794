"""Parties, people with their posts, sources."""

import msgspec

from ledger.domain.events import Recorded, Stream
from ledger.domain.folds.names import fold_party, fold_source, memberships
from ledger.domain.reports import reported_on
from ledger.domain.states import ALWAYS
from tests.examples import NOW, appointed, corrected, known, on, party, registered, role


def test_a_name_holds_always():
    (span,) = fold_party("vn", known(party("Viet Nam", "Vietnam")), {})
    assert (span.state.name, span.state.aliases, span.valid_from) == ("Viet Nam", ("Vietnam",), ALWAYS)


def test_a_name_without_a_source_counts_as_always_reported():
    stream = Stream("vn-us-trade", "party", "us")
    assert reported_on(Recorded(1, stream, 1, NOW, "keeper", party()), None) == ALWAYS
    assert reported_on(Recorded(1, stream, 1, NOW, "keeper", appointed()), None) == "2025-06-15"


def test_the_name_of_a_party_in_a_sentence_is_kept_beside_it():
    named = msgspec.structs.replace(party("United States"), in_sentences="the United States")
    (span,) = fold_party("us", known(named), {})
    assert (span.state.name, span.state.in_sentences) == ("United States", "the United States")
    (span,) = fold_party("us", known(party("United States"), corrected(in_sentences="the US")), {})
    assert span.state.in_sentences == "the US"


def test_a_corrected_name_holds_always_too():
    (span,) = fold_party("vn", known(party("Viet Nan"), corrected(name="Viet Nam")), {})
    assert (span.state.name, span.valid_from) == ("Viet Nam", ALWAYS)


def held(*story, **published: str) -> list[tuple[str, str, str]]:
    spans = memberships("pl", known(party(), *story, kind="party", slug="pl", **published))
    return [(f"{span.state.role} {span.state.of}".strip(), span.valid_from, span.valid_to) for span in spans]


def test_a_role_lasts_from_its_first_day_through_its_last():
    assert held(role("member", "eu", "2004-05-01")) == [("member eu", "2004-05-01", "")]
    assert held(role("member", "eu", "1973", "2020-01-31")) == [("member eu", "1973-12-31", "2020-02-01")]
    assert held(role("chair", since="2025-05", until="2025-06")) == [("chair", "2025-05-31", "2025-07-01")]
    assert held(role("observer")) == [("observer", ALWAYS, "")]  # nobody reports that it began
    assert held(role("observer", source="")) == [("observer", ALWAYS, "")]  # as a name
    assert held(role("observer", until="2025-05-20")) == [("observer", ALWAYS, "2025-05-21")]
    assert held(role("observer"), role("observer", since="2025-05-20")) == [("observer", "2025-05-20", "")]
    assert held(role("observer", until="9999-12-31", source="")) == [("observer", ALWAYS, "")]


def test_another_report_ends_a_role_or_begins_it_again():
    joined, left = role("member", "eu", "1973-01-01"), role("member", "eu", until="2020-01-31", source="ustr")
    assert held(joined, left) == held(left, joined)
    assert [(start, end) for _, start, end in held(joined, left)][-1][1] == "2020-02-01"
    again = held(joined, left, role("member", "eu", "2030-01-01"))
    assert [(start, end) for _, start, end in again][-1] == ("2030-01-01", "")
    assert held(joined, role("chair", since="2025-01-01"))[1:] == [("chair", "2025-01-01", "")]


def test_a_source_is_there_from_the_day_it_was_published():
    (span,) = fold_source("vna", known(registered("Round two", "2025-05-22", text="Talks."), kind="source"), {})
    assert (span.valid_from, span.state.title, span.state.published) == ("2025-05-22", "Round two", on("2025-05-22"))
    assert span.state.text_length == 6
