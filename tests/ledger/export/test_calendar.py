"""The calendar file, read back with another library than wrote it."""

from datetime import date, timedelta
from typing import Any

import pytest

pytest.importorskip("icalendar", reason="the extra `office` is not installed")
pytest.importorskip("vobject", reason="a reader of calendars is not installed")

import vobject

from ledger import Clocks, Ledger
from ledger.export.calendar import Written, calendar
from tests.examples import file

ID = "0b7e1c3a-58d2-4f6e-9a41-2c9d8e7f6a55"
SOON = (
    '  - {announcement: round-3, kind: round, number: 3, expected: early June, on: 2025-05-12, parties: "vn, us",'
    " quote: in early June}\n"
)
LATER = SOON.replace("early June", "late June").replace("05-12", "05-14")
OFF = "  - {called-off: round-3, on: 2025-05-20, reason: The minister is ill., quote: was called off}\n"
HELD = "  - {meeting: round-2, kind: round, number: 2, held: 2025-04-01, place: Hanoi, quote: they met}\n"
UNDATED = "  - {meeting: call, kind: call, held: unknown, quote: they called}\n"
LIST = (
    "  - {follow-up: list, says: Send the list., owners: us, due: by the end of May, on: 2025-05-02, quote: the list}\n"
)
SENT = "  - {closed: list, outcome: done, on: 2025-05-20, quote: sent the list}\n"
TEXT = (
    '  - {deadline: answer, says: Answer the text., due: "20 June 2025 12:00 Geneva", basis: agreed, on: 2025-05-02,'
    " quote: by noon}\n"
)
TASK = "  - {task: reply, says: Draft the reply., for: Lan, due: 2025-05-30}\n"


def written(ledger: Ledger, day: str = "2025-05-15", **options: Any) -> Written:
    return calendar(ledger.views(Clocks(as_of=day)), ID, **options)


def items(ledger: Ledger, day: str = "2025-05-15", **options: Any) -> dict[str, Any]:
    """The items of the calendar, by the beginning of their titles."""
    found = vobject.readOne(written(ledger, day, **options).text)
    every = [*getattr(found, "vevent_list", []), *getattr(found, "vtodo_list", [])]
    return {one.summary.value.split(",")[0].split(":")[0].rstrip("."): one for one in every}


def test_an_expected_meeting_is_tentative_on_every_day_that_its_words_allow(ledger: Ledger) -> None:
    file(ledger, SOON + HELD)
    found = items(ledger)
    expected, held = found["Round 3"], found["Round 2"]
    assert expected.summary.value.startswith('Round 3, expected "early June" (between 1 and 10 June 2025): ')
    assert (expected.dtstart.value, expected.dtend.value) == (date(2025, 6, 1), date(2025, 6, 11))
    assert (expected.status.value, held.status.value) == ("TENTATIVE", "CONFIRMED")
    assert (held.dtstart.value, held.dtend.value) == (date(2025, 4, 1), date(2025, 4, 2))
    assert held.location.value == "Hanoi"


def test_a_program_updates_an_item_that_moved_or_was_called_off(ledger: Ledger) -> None:
    file(ledger, SOON)
    before = items(ledger)["Round 3"]
    file(ledger, LATER, slug="later")
    moved = items(ledger)["Round 3"]
    file(ledger, OFF, slug="off")
    off = items(ledger, "2025-05-21")["Round 3"]
    assert before.uid.value == moved.uid.value == off.uid.value
    assert int(before.sequence.value) < int(moved.sequence.value) < int(off.sequence.value)
    assert moved.dtstart.value > before.dtstart.value
    assert off.status.value == "CANCELLED"
    assert "Reason given: The minister is ill." in off.description.value
    reason = (
        SOON.replace("early June", "late July").replace("05-12", "05-25").replace("}", ", reason: The hall was taken.}")
    )
    file(ledger, reason, slug="again")
    again = items(ledger, "2025-05-26")["Round 3"]
    assert again.status.value == "TENTATIVE"
    assert "Reason given for the change of date: The hall was taken." in again.description.value


def test_a_meeting_that_another_superseded_stays_tentative_and_names_it(ledger: Ledger) -> None:
    file(ledger, SOON + HELD.replace("round-2", "round-4").replace("number: 2", "number: 4").replace("04-01", "06-20"))
    found = items(ledger, "2025-06-30")["Round 3"]
    assert found.status.value == "TENTATIVE"  # nobody said that it was cancelled
    assert "Superseded by round 4" in found.description.value
    assert "No report says whether it was held." in found.description.value


def test_what_must_be_done_is_a_to_do_that_is_due_on_its_last_day(ledger: Ledger) -> None:
    file(ledger, LIST + TEXT)
    found = items(ledger)
    assert found["Send the list"].due.value == date(2025, 5, 31)
    assert "by the end of May" in found["Send the list"].summary.value
    assert found["Answer the text"].due.value == date(2025, 6, 20)
    assert "12:00 Geneva" in found["Answer the text"].summary.value
    file(ledger, SENT, slug="sent")
    assert items(ledger, "2025-05-21")["Send the list"].status.value == "COMPLETED"


def test_own_tasks_are_left_out_unless_they_are_wanted(ledger: Ledger) -> None:
    file(ledger, TASK)
    assert "Draft the reply" not in items(ledger, "2025-06-20")
    assert "For Lan." in items(ledger, "2025-06-20", with_tasks=True)["Draft the reply"].description.value


def test_what_has_no_day_is_named_and_not_given_one(ledger: Ledger) -> None:
    file(ledger, UNDATED + HELD)
    assert written(ledger, "2025-06-20").without_day == ("call",)
    assert written(ledger, "2025-06-20").items == 1


def test_a_reminder_comes_before_what_is_still_open_alone(ledger: Ledger) -> None:
    file(ledger, SOON + HELD + TEXT)
    found = items(ledger, alarm=3)
    for title in ("Round 3", "Answer the text"):
        assert found[title].valarm.trigger.value == timedelta(days=-3)
    assert "valarm" not in found["Round 2"].contents


def test_the_same_record_gives_the_same_bytes_and_no_long_line(ledger: Ledger) -> None:
    file(ledger, SOON + HELD + LIST + TEXT + TASK)
    text = written(ledger, with_tasks=True).text
    assert text == written(ledger, with_tasks=True).text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")


def test_a_meeting_names_the_sources_that_report_it_and_dates_on_which_they_differ(ledger: Ledger) -> None:
    """And not the source that only expected it."""
    file(ledger, "  - {announcement: r9, kind: round, number: 9, expected: 2025-05-03, on: 2025-05-01, quote: a}\n")
    for slug, days in (("one", "2025-05-10/2025-05-12"), ("two", "2025-05-11/2025-05-12")):
        held = f"  - {{meeting: r9, kind: round, number: 9, held: {days}, quote: they met}}\n"
        file(ledger, held, slug=slug, title=f"Report {slug}", published="2025-05-13")
    told = items(ledger)["Round 9"].description.value.split("\n")
    assert told[:2] == ["Held.", "Reports differ on its date: 10 to 12 May 2025 or 11 to 12 May 2025."]
    assert [line.partition(",")[0] for line in told[2:]] == ["Source: Report one", "Source: Report two"]


def test_a_to_do_that_ended_says_according_to_whom(ledger: Ledger) -> None:
    file(ledger, LIST)
    file(ledger, SENT.rstrip("\n}") + ", by: vn}\n", slug="sent")
    assert "Done, according to Viet Nam alone." in items(ledger, "2025-05-21")["Send the list"].description.value


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("early June", None),
        ("in the coming weeks", None),
        ("by the end of May", date(2025, 5, 31)),
        ("2025-06", date(2025, 6, 30)),
    ],
)
def test_a_to_do_is_due_on_a_day_only_if_its_words_give_an_end(ledger: Ledger, due: str, day: date | None) -> None:
    file(
        ledger,
        f"  - {{follow-up: list, says: Send the list., owners: us, due: {due}, on: 2025-05-02, quote: the list}}\n",
    )
    found = items(ledger)["Send the list"]
    assert (found.due.value if hasattr(found, "due") else None) == day
    assert day or due in found.summary.value


@pytest.mark.parametrize(
    ("held", "doubt"),
    [
        ("{date: 2025-04-01, words: today}", ""),
        ("{date: 2025-04-01/2025-04-02, words: two days}", ""),
        ("{date: ../2025-04-02, words: today}", "When it began is not reported."),
        ('"[..2025-04-02]"', "It took place on this day or earlier."),
        ('"[2025-04-01,2025-04-02]"', "It took place within these days; on which of them is not reported."),
    ],
)
def test_a_meeting_says_what_is_not_reported_of_its_days_and_only_that(ledger: Ledger, held: str, doubt: str) -> None:
    file(ledger, HELD.replace("2025-04-01", held))
    told = items(ledger)["Round 2"].description.value
    assert told.startswith(f"Held.\n{doubt}\nSource" if doubt else "Held.\nSource")


def test_a_meeting_held_on_an_unknown_day_is_not_put_on_the_days_on_which_it_was_expected(ledger: Ledger) -> None:
    file(ledger, SOON + UNDATED.replace("meeting: call, kind: call", "meeting: round-3, kind: round, number: 3"))
    answer = written(ledger, "2099-01-01")
    assert (answer.items, answer.without_day) == (0, ("round-3",))


def test_a_meeting_without_a_number_has_its_one_name_and_others_their_participants(ledger: Ledger) -> None:
    call = "  - {announcement: call-1, kind: call, parties: [vn, us], expected: 2025-06-20, on: 2025-05-12}\n"
    file(ledger, call + SOON.replace('"vn, us"', '"vn, us, eu"'))
    titles = [one.summary.value for one in items(ledger).values()]
    assert "Call of Viet Nam and United States, expected 20 June 2025" in titles
    assert any(one.endswith(": Viet Nam, United States and European Union") for one in titles)
