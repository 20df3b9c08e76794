"""A follow-up becomes past due as time passes."""

from typing import Any

import pytest

from ledger.domain.states import FollowUp
from ledger.views import status as otd
from tests.examples import columns, on

DAY = "2025-06-15"


def follow_up(due: str = "", **more: Any) -> FollowUp:
    given = {
        "slug": "teams", "says": "", "owners": ("vn",), "standing": False, "issues": (), "agreed_on": on("2025-05-22"),
        "at": "", "reaffirmed": (), "reaffirmed_sources": (),
        "status": "open", "closed_on": on(""), "closed_by": (), "sources": (), **more,
    }  # fmt: skip
    return FollowUp(due=on(due), **given)


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


def test_an_owner_that_told_of_its_own_promise_needs_no_teller_beside_it():
    promised = follow_up(told_as="promised", owners=("eu/ashton",), reported_by="eu/ashton")
    assert otd.timed(promised, DAY, side="powers").account == ""
    assert otd.timed(promised._replace(owners=("eu/ashton", "iran")), DAY).account == "as told by eu/ashton"
