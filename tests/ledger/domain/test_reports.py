"""The valid reports of a stream, as corrected, each on the day it takes effect, in order."""

import pytest

from ledger.domain import events
from ledger.domain.events import Recorded, Stream
from ledger.domain.filings import field_types
from ledger.domain.reports import Held, Publication, accounts, held_days, occurred, reported_on, takes_effect
from ledger.domain.states import ALWAYS
from tests.examples import (
    NOW,
    agreed,
    announced,
    appointed,
    called_off,
    corrected,
    held,
    known,
    on,
    party,
    registered,
    retracted,
    said,
    stood,
)

ERASED = events.EntryErased(erased=(), reason="a request")


def places(standing):
    return [report.event.place for report in standing.reports]


def test_a_correction_of_every_report_settles_its_fields():
    standing = stood(held(place="Hanoi"), held(place="Hue"), corrected(place="Da Nang"))
    assert places(standing) == ["Da Nang", "Da Nang"]
    assert standing.settled == {"place": {1, 2}}


def test_a_correction_of_one_report_leaves_the_others_and_settles_nothing():
    standing = stood(held(place="Hanoi"), held(place="Hue"), corrected(of=1, place="Da Nang"))
    assert places(standing) == ["Da Nang", "Hue"]
    assert standing.settled == {}


def test_a_correction_holds_for_what_was_reported_before_it_alone():
    assert places(stood(held(place="Hanoi"), corrected(place="Hue"), held(place="Hanoi"))) == ["Hue", "Hanoi"]


def test_a_correction_passes_over_a_field_that_an_event_does_not_have():
    standing = stood(announced("2025-06"), held("2025-06-10"), corrected(held={"edtf": "2025-06-11"}))
    assert [getattr(report.event, "held", None) for report in standing.reports] == [None, on("2025-06-11")]


def test_a_retracted_entry_has_no_accounts():
    assert stood(held(), retracted("a slip")).retracted.reason == "a slip"
    assert known(held(), retracted()) == []


def test_an_entry_is_wholly_erased_when_no_report_is_left():
    assert stood(ERASED).wholly_erased
    assert not stood(held(), ERASED).wholly_erased
    assert not stood(held()).wholly_erased


def test_a_report_from_a_withdrawn_source_does_not_stand():
    standing = stood(held(place="Hanoi"), held(place="Hue", source="ustr"))
    publications = {
        "vna": Publication(on("2025-06-10"), withdrawn=True),
        "ustr": Publication(on("2025-06-11"), withdrawn=False),
    }
    assert [account.event.place for account in accounts(standing, publications)] == ["Hue"]


def test_accounts_are_in_order_of_occurrence_then_publication_then_source_then_recording():
    story = [
        said("asked", "us", day="2025-05-03", says="a later day"),
        said("asked", "us", says="a later publication"),
        said("asked", "us", says="second by its source's slug", source="ustr"),
        said("asked", "us", says="first by its source's slug", source="apa"),
        said("asked", "us", says="second from one source", source="apa"),
    ]
    found = known(*story, kind="statement", vna="2025-05-20", ustr="2025-05-10", apa="2025-05-10")
    assert [account.event.says for account in found] == [
        "first by its source's slug",
        "second from one source",
        "second by its source's slug",
        "a later publication",
        "a later day",
    ]
    assert (found[0].day, found[0].reported, found[0].source) == ("2025-05-01", "2025-05-10", "apa")


@pytest.mark.parametrize(
    ("event", "published", "reported"),
    [
        (held(), "2025-06-12", "2025-06-12"),
        (held(), "2025-06", "2025-06-30"),
        (held(), "", NOW[:10]),
        (held(), "2025-06-12/..", NOW[:10]),
        (registered(published="2025-05-22"), None, "2025-05-22"),
        (held(source=""), None, NOW[:10]),
        (party(), None, ALWAYS),
    ],
)
def test_an_event_is_reported_when_its_source_was_published_else_when_it_was_recorded(event, published, reported):
    publication = None if published is None else Publication(on(published), withdrawn=False)
    assert reported_on(recorded(event), publication) == reported


def recorded(event, *day):
    return Recorded(1, Stream("vn-us-trade", "meeting", "met"), 1, NOW, "keeper", event, *day)


def test_the_recording_day_is_the_keepers_own():
    assert reported_on(recorded(held(""), "2025-06-14"), None) == "2025-06-14"


@pytest.mark.parametrize(
    ("event", "day"),
    [
        (held("2025-06-10"), "2025-06-10"),
        (held("2025-06"), "2025-06-15"),  # it was held by the day of the report
        (held("2025-05"), "2025-05-31"),
        (held("2025-07"), "2025-07-31"),  # the report or its date is wrong
        (held("2025-06-09/2025-06-12"), "2025-06-09"),
        (held("2025-06/2025-06-12"), "2025-06-12"),
        (held(""), "2025-06-15"),
        (held("[2025-06-10..]"), "2025-06-15"),
        (announced("2025-09", day="2025-05-22"), "2025-05-22"),
        (called_off("2025-06-05"), "2025-06-05"),
        (agreed("2025-09", day="2025-05-22"), "2025-05-22"),
        (appointed(since="2025-04"), "2025-04-30"),
        (registered(published="2025-05-22"), "2025-05-22"),
        (party(), ALWAYS),
    ],
)
def test_an_event_takes_effect_on_the_latest_day_that_it_can_have_happened(event, day):
    assert takes_effect(event, "2025-06-15") == day


def test_an_events_own_date_is_the_one_that_it_reports():
    assert occurred(held("2025-06-10")) == on("2025-06-10")
    assert occurred(appointed(since="2025-04")) == on("2025-04")
    assert not occurred(party())


def test_every_field_can_be_corrected_but_the_source_and_its_words():
    assert {*field_types(events.MeetingCalledOff)} == {"on", "reason", "by", "inferred", "told_as", "reported_by"}
    for event in events.STREAM_KIND:
        assert not {"source", "quotes"} & {*field_types(event)}


AT_ROUND_2 = said("asked", "vn", "us", "", at="round-2", on=on(""), source="release")
ROUND_2 = on("2025-05-19/2025-05-22")


def days_of(event, held_then, published="2025-06-01"):
    story = stood(event, kind="statement", slug="s1")
    publications = {"release": Publication(on(published), withdrawn=False)}
    [account] = accounts(story, publications, {"round-2": Held({}, held_then)} if held_then else {})
    return account.event.on, account.day


def test_what_was_said_at_a_meeting_on_a_day_not_given_was_said_within_the_days_of_the_meeting():
    assert days_of(AT_ROUND_2, ROUND_2) == (on("[2025-05-19..2025-05-22]"), "2025-05-22")
    assert days_of(AT_ROUND_2, on("2025-05-22")) == (on("2025-05-22"), "2025-05-22")


def test_it_was_said_by_the_day_on_which_it_was_reported():
    assert days_of(AT_ROUND_2, ROUND_2, "2025-05-20") == (on("[2025-05-19..2025-05-20]"), "2025-05-20")
    assert days_of(AT_ROUND_2, on("2025-05-19/.."), "2025-05-20") == (on("[2025-05-19..2025-05-20]"), "2025-05-20")
    assert days_of(AT_ROUND_2, ROUND_2, "2025-05-01") == (on(""), "2025-05-01")


def test_its_own_day_or_a_meeting_without_a_day_leaves_it_as_reported():
    dated = said("asked", "vn", "us", "2025-05-21", at="round-2", source="release")
    assert days_of(dated, ROUND_2) == (on("2025-05-21"), "2025-05-21")
    assert days_of(AT_ROUND_2, None) == (on(""), "2025-06-01")


def test_where_its_days_are_contested_a_source_dates_by_its_own_account_and_any_other_by_all_of_them():
    own, other = on("2025-05-19/2025-05-22"), on("2025-05-19/2025-05-21")
    story = stood(AT_ROUND_2, kind="statement", slug="s1")
    publications = {"release": Publication(on("2025-06-01"), withdrawn=False)}
    for according_to, last in (({"release": own, "vna": other}, "22"), ({"release": other, "vna": own}, "21")):
        [account] = accounts(story, publications, {"round-2": Held(according_to, on("2025-05-19/2025-05-22"))})
        assert (account.event.on, account.day) == (on(f"[2025-05-19..2025-05-{last}]"), f"2025-05-{last}")
    [account] = accounts(story, publications, {"round-2": Held({"vna": other}, on("[2025-05-18..2025-05-22]"))})
    assert account.event.on == on("[2025-05-18..2025-05-22]")


def test_days_that_a_correction_settled_date_what_any_source_reports_from_the_meeting():
    stream = Stream("vn-us-trade", "meeting", "round-2")
    settled = corrected(held={"edtf": "2025-05-20"})
    story = [held("2025-05-19", source="vna"), held("2025-05-20", source="ustr"), settled]
    publications = {one: Publication(on("2025-06-01"), withdrawn=False) for one in ("vna", "ustr", "later")}

    def held_then(*events):
        records = [Recorded(nth, stream, nth, NOW, "keeper", event) for nth, event in enumerate(events, start=1)]
        return held_days({stream: records}, publications)["round-2"]

    assert held_then(*story) == Held({}, on("2025-05-20"))
    contested_since = held("2025-05-23", source="later")
    assert held_then(*story, contested_since) == Held({}, on("2025-05-20"))
    assert held_then(*story[:2], contested_since).told_in("later") == on("2025-05-23")


def test_a_meeting_was_held_on_the_finest_of_the_dates_that_agree_else_within_all_of_them():
    def held_on(*days):
        sources = ("vna", "ustr", "third")
        stream = Stream("vn-us-trade", "meeting", "round-2")
        story = [held(day, source=source) for day, source in zip(days, sources, strict=False)]
        records = [Recorded(nth, stream, nth, NOW, "keeper", event) for nth, event in enumerate(story, start=1)]
        days_published = zip(sources, ("2025-06-01", "2025-06-02", "2025-06-03"), strict=True)
        publications = {source: Publication(on(day), withdrawn=False) for source, day in days_published}
        return held_days({stream: records}, publications)["round-2"]

    assert held_on("2025-05", "2025-05-22") == held_on("2025-05-22", "2025-05") == Held({}, on("2025-05-22"))
    assert held_on("2025-05-22", "2025-05-23").whole == on("[2025-05-22..2025-05-23]")
