"""How meetings are told: by one name, with the report of their status, and with what may have been on record."""

import csv
import io
import json
import re

import pytest

from tests.cli.console import Console

NAMES = """
negotiation: talks
title: Talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States, in-sentences: the United States}
  - {person: dien, party: vn, name: Nguyen Dien}
  - {person: lee, party: us, name: Ann Lee}
  - {person: roe, party: us, name: Bob Roe}
"""
DAILY = """
negotiation: talks
source: {slug: daily, title: Daily, published: 2026-05-04}
entries:
  - {meeting: round-1, kind: round, number: 1, held: 2026-05-01/2026-05-02, place: Hanoi, parties: [vn, us]}
  - {announcement: round-2, kind: round, number: 2, expected: June 2026, as: announced, by: us/lee, on: 2026-05-03}
  - {meeting: see-roe, kind: meeting, held: 2026-05-01, place: Hanoi, people: [vn/dien, us/roe]}
  - {meeting: see-roe-again, kind: meeting, held: 2026-05-02, place: Hue, people: [vn/dien, us/roe]}
"""
WEEKLY = """
negotiation: talks
source: {slug: weekly, title: Weekly, published: May 2026}
entries:
  - {announcement: round-2, kind: round, number: 2, expected: 2026-06-09, as: expected, by: vn/dien}
  - {announcement: visit, kind: meeting, expected: June 2026, before: call-x, parties: [vn, us]}
  - {announcement: call-x, kind: call, expected: 2026-06-20, parties: [vn, us], by: us}
  - {announcement: round-3, kind: round, number: 3, expected: August 2026, as: agreed, by: [us, vn]}
"""
OFF = """
negotiation: talks
source: {slug: june, title: June paper, published: 2026-06-12}
entries:
  - {called-off: call-x, by: us/lee, reported-by: us/lee, on: 2026-06-11, reason: No time.}
  - {called-off: visit, as: postponed, reported-by: two envoys, on: 2026-06-11, reason: A storm.}
"""


def _answer(console: Console, line: str) -> str:
    answer = console.line(f"parley {line}")
    assert answer.code == 0, answer.err
    return answer.out


def _text(console: Console, line: str) -> str:
    return " ".join(_answer(console, line).split())


@pytest.fixture
def talks(console: Console) -> Console:
    console.record(NAMES, DAILY, WEEKLY)
    console.columns = 1000
    return console


UNKNOWN = "Not known whether on record by then: "
PUBLISHED = " (in weekly, published in May 2026)"
PERHAPS = (
    "Nguyen Dien (vn) expected round 2, 9 June 2026",
    "the United States and Viet Nam agreed on round 3, expected August 2026",
)


@pytest.mark.parametrize("line", ["next-round", "state", "meetings", "brief", "brief --full", "handover"])
def test_a_report_that_may_have_been_published_by_then_is_told_as_not_known(talks: Console, line: str) -> None:
    before, within, after = (
        _text(talks, f"{line} --as-of {day}") for day in ("2026-04-30", "2026-05-20", "2026-06-01")
    )
    for says in PERHAPS:
        assert f"{UNKNOWN}{says}{PUBLISHED}" in within
    assert UNKNOWN not in before + after


def test_the_doubt_about_a_meeting_is_in_json_too(talks: Console) -> None:
    perhaps = json.loads(_answer(talks, "next-round --json --as-of 2026-05-20"))["perhaps"]
    assert [one["meeting"] for one in perhaps if one["says"] in PERHAPS] == ["round-2", "round-3"]
    assert {(one["source"], one["because"]) for one in perhaps} == {("weekly", "published in May 2026")}
    front = json.loads(_answer(talks, "state --json --as-of 2026-05-20"))["next_round"]["perhaps"]
    assert front == perhaps


def test_what_may_have_been_said_held_or_called_off_by_then_is_told_as_not_known(talks: Console) -> None:
    talks.record(
        """
negotiation: talks
source: {slug: late, title: Late paper, published: 2026-08-01}
entries:
  - {meeting: round-2, kind: round, number: 2, held: early June 2026, parties: [vn, us]}
  - {called-off: call-x, on: July 2026}
  - {announcement: round-4, kind: round, number: 4, expected: 2026-10-05, by: vn, on: July 2026}
"""
    )
    june = _text(talks, "next-round --as-of 2026-06-05")
    assert f'{UNKNOWN}round 2: "early June 2026" (between 1 and 10 June 2026) (in late)' in june
    july = _text(talks, "next-round --as-of 2026-07-05")
    called = "call of Viet Nam and the United States, expected 20 June 2026: called off (in late, in July 2026)"
    assert f"{UNKNOWN}{called}" in july
    assert f"{UNKNOWN}Viet Nam spoke of round 4, expected 5 October 2026 (in late, said in July 2026)" in july
    assert UNKNOWN not in _text(talks, "next-round --as-of 2026-08-02")


def test_what_the_record_has_by_then_is_no_doubt(talks: Console) -> None:
    again = "{meeting: round-1, kind: round, number: 1, held: early May 2026, parties: [vn, us]}"
    talks.record(
        f"negotiation: talks\nsource: {{slug: again, title: A, published: 2026-05-20}}\nentries:\n  - {again}\n"
    )
    assert "round 1" not in _text(talks, "next-round --as-of 2026-05-05").partition(UNKNOWN)[2]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("meetings", "2026-06-09 announced for June 2026, in daily round 2"),
        ("show round-2", "announced for June 2026, in daily"),
        ("next-round --kind call", "Round 2, expected 9 June 2026: announced for June 2026, in daily"),
        (
            "brief",
            "Round 2 is announced for June 2026, in daily; it is expected on 9 June 2026, as Nguyen Dien (vn) said",
        ),
        ("diff 2026-05-01 2026-06-01", "Round 2 announced for June 2026, in daily; expected 9 June 2026"),
        ("compare round-2", "announced for June 2026, in daily; no report says that it was held"),
    ],
)
def test_a_status_is_told_with_its_report_where_another_one_gives_the_date(
    talks: Console, line: str, told: str
) -> None:
    assert told in _text(talks, line + ("" if line.startswith("diff") else " --as-of 2026-06-01"))


def test_a_status_of_the_report_that_gives_the_date_needs_no_other(talks: Console) -> None:
    shown = _text(talks, "meetings --as-of 2026-05-05")
    assert "June 2026 announced round 2" in shown
    talks.record(
        """
negotiation: talks
source: {slug: later, title: Later, published: 2026-06-02}
entries:
  - {announcement: round-2, kind: round, number: 2, expected: 2026-06-09, as: announced, by: us/lee}
"""
    )
    assert "2026-06-09 announced round 2" in _text(talks, "meetings --as-of 2026-06-03")


def test_two_meetings_of_the_same_people_are_told_apart_wherever_they_are_told_in_sentences(talks: Console) -> None:
    both = [
        f"Meeting of Nguyen Dien (vn) and Bob Roe (us){{}}{when}" for when in ("1 May 2026, Hanoi", "2 May 2026, Hue")
    ]
    for line, between in {"timeline": ": ", "handover": ": ", "diff 2026-04-01 2026-05-05": " held, "}.items():
        for one in both:
            assert one.format(between) in _text(talks, line), line
    assert _answer(talks, "show see-roe").splitlines()[0] == both[0].format(", ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("next-round", "Call of Viet Nam and the United States, expected 20 June 2026"),
        ("next-round --kind call", "Call of Viet Nam and the United States: 20 June 2026"),
        ("state", "Call of Viet Nam and the United States, 20 June 2026"),
        ("brief", "A call of Viet Nam and the United States is expected on 20 June 2026"),
        ("brief --for call-x", "for the call of Viet Nam and the United States expected on 20 June 2026"),
        ("show call-x", "Call of Viet Nam and the United States, expected 20 June 2026"),
        ("diff 2026-05-01 2026-06-01", "Call of Viet Nam and the United States expected 20 June 2026"),
        ("next-round --kind meeting", "before the call of Viet Nam and the United States expected on 20 June 2026"),
        ("timeline", "The United States spoke of a call of Viet Nam and the United States, expected 20 June 2026"),
    ],
)
def test_a_meeting_without_a_number_has_its_participants(talks: Console, line: str, told: str) -> None:
    assert told in _text(talks, line + ("" if line.startswith("diff") else " --as-of 2026-06-01"))


def test_the_pages_name_meetings_and_their_status_as_the_commands_do(talks: Console) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import Ledger
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    site = Site(Ledger(talks.folder / "ledger.db"), "/raw_tables")

    def shown(path: str) -> str:
        return " ".join(re.sub("<[^>]+>", " ", page(site, f"/talks{path}")).split())

    for path in ("", "/meetings", "/brief"):
        assert f"{UNKNOWN}{PERHAPS[0]}{PUBLISHED}" in shown(f"{path}?as-of=2026-05-20"), path
        assert UNKNOWN not in shown(f"{path}?as-of=2026-06-01")
    for path in ("/meetings", "/meeting/round-2", "/brief"):
        assert "announced for June 2026, in daily" in shown(f"{path}?as-of=2026-06-01"), path
    assert "Call of Viet Nam and the United States , 20 June 2026" in shown("?as-of=2026-06-01")


def test_several_accounts_of_a_meeting_are_one_line_or_say_that_they_are_of_the_same(talks: Console) -> None:
    said = "meeting: round-1, kind: round, number: 1, place: Hanoi, parties: [vn, us]"
    for slug, day, held in (
        ("same", "2026-05-05", "2026-05-01/2026-05-02"),
        ("words", "2026-05-06", "{date: 2026-05-01/2026-05-02, words: two days}"),
    ):
        talks.record(
            f"negotiation: talks\nsource: {{slug: {slug}, title: T, published: {day}}}\n"
            f"entries:\n  - {{{said}, held: {held}}}\n"
        )
    told = [line for line in _answer(talks, "timeline --as-of 2026-06-01").splitlines() if "Round 1" in line]
    assert len(told) == 2
    assert re.search("Round 1: 1 to 2 May 2026, Hanoi  +daily, same  ", told[0])
    assert re.search(r'Round 1: "two days" \(1 to 2 May 2026\), Hanoi \(another account\)  +words  ', told[1])
    rows = json.loads(_answer(talks, "timeline --json --as-of 2026-06-01"))
    assert [(one["source"], one["also"]) for one in rows if one["slug"] == "round-1"] == [
        ("daily", ["same"]),
        ("words", []),
    ]
    story = _text(talks, "handover --as-of 2026-06-01")
    assert "- Round 1: 1 to 2 May 2026, Hanoi (in daily and same)." in story
    assert '- Round 1: "two days" (1 to 2 May 2026), Hanoi (another account, in words).' in story
    # The days that a report gives count for more than the keeper's reading of "two days".
    assert "held 1 to 2 May 2026 place" in _text(talks, "show round-1")
    cells = csv.reader(io.StringIO(_answer(talks, "meetings --csv --as-of 2026-06-01")))
    assert not [row for row in cells if "two days" in "".join(row)]


@pytest.mark.parametrize(
    "line", ["next-round --kind call", "timeline", "diff 2026-06-01 2026-06-30", "handover", "show call-x"]
)
def test_who_called_a_meeting_off_is_told_once(talks: Console, line: str) -> None:
    talks.record(OFF)
    dated = line.startswith("diff")
    shown = [
        one
        for one in _answer(talks, line + ("" if dated else " --as-of 2026-06-30")).splitlines()
        if "alled off" in one
    ]
    assert shown
    assert [one.count("Ann Lee") for one in shown] == [1] * len(shown), shown


def test_what_came_to_nothing_names_the_meeting_before_which_it_was_and_its_teller_once(talks: Console) -> None:
    talks.record(OFF)
    told = (
        "Meeting of Viet Nam and the United States, expected June 2026,"
        " before the call of Viet Nam and the United States expected on 20 June 2026: postponed,"
        " as told by two envoys – A storm."
    )
    for line in ("next-round --kind meeting --as-of 2026-06-30", "diff 2026-06-01 2026-06-30"):
        shown = _text(talks, line)
        assert told in shown, shown
        assert "according to two envoys" not in shown


def test_a_round_of_which_only_the_month_is_known_was_held_in_that_month(console: Console) -> None:
    console.record(
        "negotiation: talks\ntitle: Talks\nparties: [arda]\nsource: {slug: daily, title: A, published: 2026-06-10}\n"
        "entries:\n  - {party: arda, name: Arda}\n  - {meeting: spring, kind: round, number: 1, held: May 2026}\n"
    )
    for line in ("next-round", "state", "brief"):
        assert "was held in May 2026" in " ".join(console.line(f"parley {line} --as-of 2026-07-01").out.split()), line
