"""The status of an entry on a given day."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.states import Ask, FollowUp, Meeting
from ledger.views import status as otd
from tests.examples import announced, called_off, columns, conversation, held, meetings, on, said
from tests.thorough import THOROUGH

DAY = "2025-06-15"


def follow_up(due: str = "", **more: Any) -> FollowUp:
    given = {
        "slug": "teams", "says": "", "owners": ("vn",), "standing": False, "issues": (), "agreed_on": on("2025-05-22"),
        "at": "", "reaffirmed": (), "reaffirmed_sources": (),
        "status": "open", "closed_on": on(""), "closed_by": (), "sources": (), **more,
    }  # fmt: skip
    return FollowUp(due=on(due), **given)


def ask(waiting_since: str, issue: str = "export-controls", asker: str = "vn") -> Ask:
    to, since, nothing = ("us",), (waiting_since,), ("",)
    last = "", "", "", "", ()
    return Ask(
        issue,
        asker,
        to,
        nothing,
        since,
        "open",
        1,
        *last,
        waiting_since,
        "",
        "",
        "",
        "",
        (),
        nothing,
        "",
        waiting_since,
    )


def meeting(slug: str, *story) -> Meeting:
    return list(meetings(*story).values())[-1]._replace(slug=slug)


def status(*found: Meeting, day: str = DAY) -> dict[str, str]:
    return {one.meeting.slug: one.status for one in otd.judged(found, day)}


@pytest.mark.parametrize(
    ("due", "timing"),
    [
        ("2025-06-14", "past due"),
        ("2025-06-15", "due"),
        ("2025-06-16", "due"),
        ("2025-05", "past due"),
        ("2025-06", "possibly past due"),
        ("[2025-06-15..2025-06-30]", "due"),
        ("[2025-06-14..2025-06-15]", "possibly past due"),
        ("[..2025-06-15]", "due"),
        ("[..2025-06-14]", "past due"),
        ("[2025-05-23..]", "open"),
        ("2025-06-01/..", "open"),
        ("", "no date"),
    ],
)
def test_a_follow_up_is_past_due_once_its_latest_day_has_passed_and_possibly_once_its_earliest_has(due, timing):
    assert otd.timed(follow_up(due), DAY).timing == timing


def test_what_is_due_within_some_days_of_its_agreement_is_due_until_the_last_of_them():
    due = "[2025-06-01..2025-07-30]"
    timings = [otd.timed(follow_up(due, within=True), f"2025-{day}").timing for day in ("06-03", "07-30", "07-31")]
    assert timings == ["due", "due", "past due"]


def test_soon_is_never_past_due():
    assert otd.timed(follow_up("[2025-05-23..]"), "2099-01-01").timing == "open"


@pytest.mark.parametrize("outcome", ["done", "lapsed", "dropped", "superseded", "standing"])
def test_what_is_closed_or_standing_is_not_past_due(outcome):
    assert otd.timed(follow_up("2025-01-01", status=outcome), DAY).timing == outcome


def test_what_has_no_owner_or_no_date_is_flagged():
    assert otd.timed(follow_up(owners=()), DAY).lacks == ("owner", "date")
    assert otd.timed(follow_up("2025-06-30"), DAY).lacks == ()
    assert otd.timed(follow_up(status="standing"), DAY).lacks == ()


def test_the_most_urgent_comes_first():
    found = [
        follow_up(slug="done", status="done"),
        follow_up(slug="standing", status="standing"),
        follow_up(slug="undated"),
        follow_up("2025-07-01", slug="later"),
        follow_up("2025-06-20", slug="sooner"),
        follow_up("2025-06", slug="maybe"),
        follow_up("2025-06-01", slug="past due"),
        follow_up("[2025-06-15..]", slug="some-day"),
    ]
    ordered = otd.most_urgent_first(otd.timed(one, DAY) for one in found)
    slugs = columns([one.follow_up for one in ordered], "slug")
    assert slugs == ["past due", "maybe", "sooner", "later", "some-day", "undated", "standing", "done"]


def test_an_ask_waits_the_days_since_it_was_asked():
    assert otd.waiting(ask("2025-06-01"), DAY).days_waiting == 14
    assert otd.waiting(ask(DAY), DAY).days_waiting == 0
    assert otd.waiting(ask(""), DAY).days_waiting is None


DAYS = st.integers(1, 9)
WINDOWS = st.one_of(DAYS.map(lambda day: (day, day)), st.tuples(DAYS, DAYS).map(lambda two: (min(two), max(two))))
SPOKEN = st.tuples(
    st.sampled_from([("asked", "vn", "us"), ("asked", "vn", "us"), ("asked", "vn", ""), ("withdrew", "vn", "us")])
    | st.sampled_from(
        [("refused", "us", "vn"), ("accepted", "us", ""), ("deferred", "us", "vn"), ("settled", "us", "")]
    )
    | st.sampled_from([("considering", "us", "vn"), ("considering", "us", "")]),
    WINDOWS,
)


def the_ask(statements) -> Ask | None:
    """The ask of Viet Nam after some statements, each with its act, speaker, addressee and date, in order."""
    told = [said(*one, f"2025-05-0{day}" if isinstance(day, int) else day) for one, day in statements]
    return next((span.state for span in conversation(*told).asks if not span.valid_to), None)


@settings(max_examples=200 * THOROUGH)
@given(st.lists(SPOKEN, min_size=2, max_size=5), st.data())
def test_an_ask_waits_at_least_as_long_as_is_said_whatever_day_each_date_means(statements, data):
    counted = sorted(statements, key=lambda one: one[1][1])  # in the order of the days on which they count
    found = the_ask([(one, f"[2025-05-0{first}..2025-05-0{last}]") for one, (first, last) in counted])
    told = otd.waiting(found, "2025-05-20") if found is not None else None
    if told is None or told.days_waiting is None or told.unless:
        return
    for _ in range(4):
        days = [data.draw(st.integers(first, last)) for _, (first, last) in statements]
        # Of one day, an answer came after what it can have answered.
        reading = sorted(range(len(days)), key=lambda nth: (days[nth], statements[nth][0][0] != "asked"))
        if statements[reading[0]][0][0] != "asked":
            continue  # an answer, or a withdrawal, presupposes an ask
        truly = the_ask([(statements[nth][0], days[nth]) for nth in reading])
        assert truly is not None
        assert truly.waiting_since, (found, truly)
        waited = 20 - int(truly.waiting_since[-2:])
        assert waited >= told.days_waiting
        assert told.longer or waited == told.days_waiting


def test_the_ask_that_waits_longest_comes_first_and_those_that_do_not_wait_last():
    asks = [ask("", "a"), ask(DAY, "b"), ask("2025-05-01", "c", "vn"), ask("2025-05-01", "c", "us")]
    ordered = otd.longest_first(otd.waiting(one, DAY) for one in asks)
    found = columns([one.ask for one in ordered], "issue", "asker")
    assert found == [("c", "us"), ("c", "vn"), ("b", "vn"), ("a", "vn")]


def test_an_announced_meeting_is_unconfirmed_once_its_window_has_passed():
    round_3 = meeting("round-3", announced("[2025-06-01..2025-06-10]"))
    assert status(round_3, day="2025-06-10") == {"round-3": "announced"}
    assert status(round_3, day="2025-06-11") == {"round-3": "unconfirmed"}


@pytest.mark.parametrize("expected", ["", "[2025-05-23..]"])
def test_a_meeting_expected_soon_or_some_day_is_never_unconfirmed(expected):
    assert status(meeting("round-3", announced(expected)), day="2099-01-01") == {"round-3": "announced"}


def test_a_round_is_overtaken_when_one_of_a_higher_number_was_held():
    third, fourth = meeting("r3", announced("2025-06-10", number=3)), meeting("r4", held("2025-06-12", number=4))
    assert status(third, fourth) == {"r3": "overtaken", "r4": "held"}
    earlier = meeting("r2", held("2025-06-12", number=2))
    assert status(third, earlier)["r3"] == "unconfirmed"
    also_third = meeting("r3-again", held("2025-06-12", number=3))
    assert status(third, also_third)["r3"] == "unconfirmed"


def test_a_round_without_a_number_is_overtaken_by_one_held_after_its_window():
    unnumbered = meeting("next", announced("[2025-06-01..2025-06-10]", number=None))
    assert status(unnumbered, meeting("r4", held("2025-06-12", number=4)))["next"] == "overtaken"
    assert status(unnumbered, meeting("r4", held("2025-06-10", number=4)))["next"] == "unconfirmed"


def test_a_round_without_number_or_date_is_overtaken_by_one_held_after_it_was_announced():
    undated = meeting("next", announced("", "2025-05-22", number=None))
    assert status(undated, meeting("r4", held("2025-06-12", number=4)))["next"] == "overtaken"
    assert status(undated, meeting("r4", held("2025-05-01", number=4)))["next"] == "announced"


def test_only_a_meeting_of_the_same_series_overtakes():
    third = meeting("r3", announced("2025-06-20", number=3))
    assert status(third, meeting("m4", held(kind="ministerial", number=4)))["r3"] == "announced"
    call = meeting("call-1", announced("2025-06-20", kind="call", number=1))
    assert status(call, meeting("call-2", held(kind="call", number=2)))["call-1"] == "announced"
    assert status(third, meeting("r4", announced("2025-06-18", number=4)))["r3"] == "announced"


def test_the_next_round_is_the_expected_one_with_the_earliest_window():
    found = [
        meeting("held", held("2025-06-10", number=2)),
        meeting("off", announced("2025-06-16", number=3), called_off("2025-06-05")),
        meeting("vague", announced("", number=None, day="2025-06-14")),
        meeting("later", announced("2025-07-20", number=5)),
        meeting("next", announced("[..2025-07-10]", number=4)),
        meeting("call", announced("2025-06-16", kind="call")),
    ]
    judged = otd.judged(found, DAY)
    assert otd.next_of_kind(judged, "round").meeting.slug == "next"
    assert otd.next_of_kind(judged, "").meeting.slug == "call"
    assert otd.next_of_kind(judged, "ministerial") is None
    assert columns([one.meeting for one in otd.expected_after(judged, "next")], "slug") == ["call", "later", "vague"]


def test_an_unconfirmed_round_is_still_the_next_and_an_overtaken_one_is_not():
    third = meeting("r3", announced("2025-06-10", number=3))
    assert otd.next_of_kind(otd.judged([third], DAY), "round").status == "unconfirmed"
    fourth = meeting("r4", held("2025-06-12", number=4))
    assert otd.next_of_kind(otd.judged([third, fourth], DAY), "round") is None


def test_a_meeting_in_progress_is_shown_among_the_others():
    (on_now,) = (state for day, state in meetings(held("2025-06-14/2025-06-20")).items() if day == "2025-06-14")
    assert [one.status for one in otd.expected_after(otd.judged([on_now], DAY), "")] == ["in progress"]


def test_a_round_that_had_begun_is_no_longer_in_progress_once_a_later_one_was_held():
    first = next(
        state for day, state in meetings(held("2025-03-02/..", number=1)).items() if day == "2025-03-02"
    )._replace(slug="r1")
    second = meeting("r2", held("2025-05-19/2025-05-22", number=2))
    assert [one.status for one in otd.judged([first], DAY)] == ["in progress or over"]
    assert [one.status for one in otd.judged([first, second], DAY)] == ["held", "held"]


@pytest.mark.parametrize(
    ("first", "second", "number", "surely"),
    [
        ("2025-03-13", "2025-05-19/2025-05-22", None, True),
        ("2025-03-13", "2025-03", None, False),
        ("2025-03-13", "2025-03", 2, True),
        ("2025-03-13", "2025-03-13", None, False),
    ],
)
def test_the_last_meeting_is_one_of_the_last_where_neither_its_date_nor_its_number_is_later(
    first, second, number, surely
):
    found = otd.judged([meeting("r1", held(first, number=1)), meeting("r2", held(second, number=number))], DAY)
    assert otd.surely_last(found[1].meeting, found, "round") is surely


def test_the_last_meeting_held_is_named_where_none_is_expected():
    found = [meeting("r1", held("2025-03-13", number=1)), meeting("r2", held("2025-05-19/2025-05-22", number=2))]
    judged = otd.judged(found, DAY)
    assert otd.last_held(judged, "round").slug == "r2"
    assert otd.last_held(judged, "ministerial") is None


def test_what_superseded_a_meeting_is_named_and_the_last_expectation_that_came_to_nothing_is_found():
    third, fifth = (
        meeting("r3", announced("2025-06-10", number=3)),
        meeting("r5", held("2025-11-12/2025-11-14", number=5)),
    )
    judged = otd.judged([third, fifth], "2025-11-20")
    assert otd.told(judged[0]) == ("Round 3, expected 10 June 2025: superseded by round 5 (12 to 14 November 2025)")
    assert judged[1].superseded_by is None
    assert otd.last_lapsed(judged, "round").meeting.slug == "r3"
    assert otd.last_lapsed(judged, "ministerial") is None
    off = meeting("r6", announced("2025-12-10", number=6), called_off("2025-12-01", reason="A storm."))
    assert otd.told(otd.last_lapsed(otd.judged([third, fifth, off], "2025-12-05"), "")) == (
        "Round 6, expected 10 December 2025: called off (A storm.)"
    )


def test_what_was_expected_before_a_round_is_unconfirmed_once_that_round_was_held_or_superseded():
    call = meeting("call", announced("", kind="call", number=None, before="r3"))
    third = meeting("r3", announced("2025-06-10", number=3))
    assert status(call, third, day="2026-06-01") == {"call": "announced", "r3": "unconfirmed"}
    assert status(call, meeting("r3", held("2025-06-10")))["call"] == "unconfirmed"
    assert status(call, third, meeting("r5", held("2025-11-12", number=5)))["call"] == "unconfirmed"
