"""The brief in Markdown: every line has its note."""

import re

import pytest

from ledger import Clocks, Ledger
from ledger.domain.errors import UnknownEntry
from ledger.export.markdown import markdown
from ledger.queries.brief import ChangesSince
from ledger.queries.brief.writer import brief
from ledger.queries.diff import diff
from tests.examples import file

ASKED = (
    "  - {statement: asked, by: us, to: vn, act: asked, issues: export-controls, says: Lift *them*.,"
    " on: 2025-05-01, quote: lift them}\n"
)
OURS = (
    ASKED.replace("asked,", "ours,", 1)
    .replace("by: us, to: vn", "by: vn, to: us")
    .replace("issues: export-controls", "issues: rules-of-origin")
)
SOON = (
    "  - {announcement: round-3, kind: round, number: 3, expected: early June, on: 2025-05-12, quote: in early June}\n"
)
LATER = SOON.replace("early June", "late June").replace("05-12", "05-14")
ROUND_2 = (
    '  - {meeting: round-2, kind: round, number: 2, held: 2025-04-01, people: ["us/jamieson-greer"], quote: they met}\n'
)
TASK = "  - {follow-up: list, says: Send the list., owners: us, due: 2025-05-10, on: 2025-05-02, quote: the list}\n"


def page(ledger: Ledger, day: str = "2025-05-15", **options) -> str:
    return markdown(brief(ledger.views(Clocks(as_of=day)), **options))


def headings(text: str) -> list[str]:
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


def test_a_record_with_nothing_in_it_has_no_headings(ledger):
    assert headings(page(ledger)) == []


def test_what_is_asked_of_us_comes_before_what_we_asked(ledger):
    file(ledger, ASKED + OURS)
    assert headings(page(ledger, ours="vn")) == [
        "Unanswered asks by United States to us",
        "Our unanswered asks",
        "Issues",
        "Sources",
    ]


def test_every_line_has_a_note_and_every_note_a_line(ledger):
    file(ledger, ASKED + OURS + SOON + LATER + ROUND_2 + TASK)
    body, _, notes = page(ledger, ours="vn").partition("## Sources")
    lines = [line for line in body.splitlines() if line.startswith("- ")]
    lines.remove(next(line for line in lines if line.startswith("- Open, with the last word among")))
    assert len(lines) == 5
    marks = {re.search(r"\[(\d+)\]$", line)[1] for line in lines}
    assert marks == set(re.findall(r"^(\d+)\. ", notes, re.MULTILINE))
    assert "“in late June” News of 2025-05-22, 22 May 2025 (`vna`)" in notes


def test_a_date_that_moved_is_told_with_what_it_was(ledger):
    file(ledger, SOON + LATER)
    assert (
        '- Round 3 is expected for "late June" (between 21 and 30 June 2025), as reported on 14 May 2025.'
        ' Before that it was expected for "early June" (between 1 and 10 June 2025). [1]'
    ) in page(ledger)


def test_who_is_in_the_room_is_who_came_last_time_where_nobody_is_named(ledger):
    file(ledger, ROUND_2 + SOON)
    ledger.append("appointment", "jamieson-greer", {"post": "US Trade Representative", "from": "2025-02-27"})
    ledger.append("person", "rick-switzer", {"name": "Rick Switzer", "party": "us"})
    assert (
        "## In the room at round 2, the last one held\n\n- Jamieson Greer (us), US Trade Representative. [2]"
        in page(ledger)
    )
    ledger.append(
        "appointment", "rick-switzer", {"post": "US Trade Representative", "from": "2025-05-27", "party": "us"}
    )
    later = page(ledger, day="2025-06-01")
    assert "US Trade Representative; Rick Switzer is recorded with that post too." in later
    ledger.append("left-post", "jamieson-greer", {"on": "2025-05-26"}, note="Greer left.")
    known = page(ledger, day="2025-06-01")
    assert (
        "US Trade Representative; left that post on 26 May 2025; Rick Switzer is recorded with that post too." in known
    )
    assert "left that post" not in page(ledger, day="2025-05-25")


def test_what_changed_since_a_moment_is_told_even_when_nothing_did(ledger):
    file(ledger, TASK)
    views, before = (ledger.views(Clocks(as_of=day)) for day in ("2025-05-15", "2025-05-09"))
    found = diff(before, views)
    text = markdown(brief(views, changed=ChangesSince("9 May 2025", found)))
    says = "Now past due, with no report by 15 May 2025 that it was done: Send the list – due 10 May 2025"
    assert f"## What changed since 9 May 2025\n\n- {says}. [1]" in text
    assert "- Nothing recorded." in markdown(brief(views, changed=ChangesSince("today", [])))


def test_a_meeting_that_is_not_of_record_is_refused(ledger):
    file(ledger, SOON)
    with pytest.raises(UnknownEntry, match="Did you mean round-3"):
        page(ledger, meeting="rund-3")


def test_what_was_filed_is_not_read_as_markdown(ledger):
    file(ledger, ASKED)
    assert "Lift \\*them\\*." in page(ledger)


def test_a_follow_up_says_when_it_is_due_once_and_stresses_that_it_is_late(ledger):
    file(ledger, TASK)
    assert "- United States: Send the list – due 10 May 2025. [1]" in page(ledger, "2025-05-09")
    assert "- United States: Send the list – **past due**, due 10 May 2025. [1]" in page(ledger, "2025-05-11")
