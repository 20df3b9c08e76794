"""Two reports of one matter: a report that says less adds nothing, withdraws nothing and reaffirms nothing.

The second report is silent on what the first one gives, tells some of it again, and has entries on the same issues.
"""

import json
import re

import pytest

from ledger import Ledger
from tests.cli.console import Console

TALKS = """
negotiation: talks
title: Talks on the canal
parties: [arda, belm, corv]
entries:
  - {party: arda, name: Arda}
  - {party: belm, name: Belm}
  - {party: corv, name: Corv}
  - {person: ann-ray, name: Ann Ray, party: arda}
  - {person: bo-lund, name: Bo Lund, party: belm}
  - {issue: locks, title: Size of the locks}
  - {issue: resumption, title: Resumption of the talks}
  - {issue: old-treaty, title: The old treaty}
  - {issue: who-meets, title: Who takes part}
---
negotiation: talks
source: {slug: herald, title: Herald, published: 2026-04-10}
entries:
  - {appointment: ann-ray, post: Water Minister, party: arda}
  - {meeting: quay-talks, kind: round, held: ../2026-04-06, place: Quay, parties: [arda, belm, corv]}
  - {statement: lund-locks, by: belm/bo-lund, act: stated, issues: locks, says: One matter is open.}
  - announcement: experts
    kind: ministerial
    expected: {date: "", words: at a later date}
    by: belm/bo-lund
    as: announced
    issues: locks
---
negotiation: talks
source: {slug: courier, title: Courier, published: 2026-04-19}
entries:
  - {appointment: ann-ray, post: Water Minister, party: arda}
  - {meeting: quay-talks, kind: round, held: unknown, place: Quay}
  - {announcement: experts, kind: ministerial, by: [arda, belm], as: agreed, on: "[2026-04-06..2026-04-19]"}
  - {follow-up: alone, owners: [arda, belm], on: "[2026-04-06..2026-04-19]", issues: [locks, who-meets],
     says: The experts meet alone.}
  - {follow-up: with-ministers, owners: [arda, belm, corv], standing: yes, on: 2026-01-29, issues: who-meets,
     says: The ministers take part.}
  - {closed: with-ministers, outcome: superseded}
  - {statement: proposal, by: arda, to: [belm, corv], act: proposed, issues: resumption, on: 2026-04-12,
     says: Meet here.}
  - {statement: will-wait, by: arda/ann-ray, act: stated, issues: resumption, reported-by: Radio Nine, says: We wait.}
  - {statement: undermined, by: [belm, corv], act: criticised, issues: old-treaty, says: Arda undermined the round.}
  - {statement: no-clause, by: arda, act: refused, issues: old-treaty, at: quay-talks, reported-by: Belm and Corv,
     says: Include a clause.}
"""


@pytest.fixture
def talks(console: Console) -> Console:
    """Both reports are recorded; lines are not wrapped."""
    console.record(TALKS)
    console.columns = 1000
    return console


def asked(console: Console, line: str) -> str:
    """The answer to a question, on one line."""
    answer = console.line(f"parley {line}")
    assert answer.code == 0, answer.err
    return " ".join(answer.out.split())


def page(console: Console, path: str) -> str:
    """The text of a page, on one line."""
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site
    from tests.ledger.web import serving

    body = serving.page(Site(Ledger(console.folder / "ledger.db"), "/raw_tables"), f"/talks{path}")
    main = re.sub(r"<(script|style|nav|header|footer).*?</\1>", " ", body.split("<main", 1)[1], flags=re.S)
    return " ".join(re.sub("<[^>]+>", " ", main).split())


@pytest.mark.parametrize("slug", ["quay-talks", "ann-ray", "experts"])
def test_a_report_that_adds_nothing_is_told_as_reported_again(talks: Console, slug: str) -> None:
    for answer in (asked(talks, f"history {slug}"), asked(talks, f"history {slug} --json")):
        assert "reported again" in answer
        assert "in more detail" not in answer


def test_a_report_that_names_another_participant_is_told_as_in_more_detail(talks: Console) -> None:
    talks.record("""
negotiation: talks
source: {slug: gazette, title: Gazette, published: 2026-04-20}
entries:
  - {meeting: quay-talks, kind: round, held: unknown, people: ["belm/bo-lund, Head of delegation"]}
""")
    assert "people: Bo Lund (belm)" in asked(talks, "history quay-talks")
    talks.record("""
negotiation: talks
source: {slug: bulletin, title: Bulletin, published: 2026-04-21}
entries:
  - {meeting: quay-talks, kind: round, held: unknown, people: ["belm/bo-lund, Head of delegation and envoy"]}
""")
    assert "2026-04-21 or earlier reported in more detail" in asked(talks, "history quay-talks")


def test_a_report_that_is_silent_on_a_date_neither_withdraws_nor_reaffirms_nor_moves_it(talks: Console) -> None:
    for line in ("history experts", "history experts --json", "history experts --csv", "diff 2026-04-11 2026-04-20",
                 "next-round --kind ministerial", "brief --full", "brief --since 2026-04-11"):  # fmt: skip
        answer = asked(talks, line)
        assert not re.search("no longer|reaffirmed|restated|more precise", answer), line
    assert '"at a later date" (no date given) said' in asked(talks, "history experts")
    assert '"phrase": "at a later date"' in asked(talks, "show experts --json").replace('"words"', '"phrase"')
    assert "“at a later date” (no date given)" in page(talks, "/meeting/experts")
    assert not re.search("no longer|reaffirmed|restated", page(talks, "/meeting/experts"))


def test_the_words_about_a_date_are_told_with_the_day_on_which_their_speaker_said_them(talks: Console) -> None:
    for line in ("brief", "brief --full", "handover"):
        answer = asked(talks, line)
        assert "as Bo Lund (belm) said on or before 10 April 2026" in answer, line


def test_a_date_is_compared_with_the_last_report_that_speaks_of_the_date(talks: Console) -> None:
    talks.record("""
negotiation: talks
source: {slug: gazette, title: Gazette, published: 2026-04-20}
entries:
  - {announcement: experts, kind: ministerial, expected: 2026-05-10, on: 2026-04-20}
---
negotiation: talks
source: {slug: bulletin, title: Bulletin, published: 2026-04-21}
entries:
  - {announcement: experts, kind: ministerial, on: 2026-04-21}
---
negotiation: talks
source: {slug: monitor, title: Monitor, published: 2026-04-22}
entries:
  - {announcement: experts, kind: ministerial, expected: 2026-05-15, on: 2026-04-22}
""")
    told = asked(talks, "history experts --as-of 2026-04-25")
    assert "15 May 2026, 5 days later than before" in told
    assert "no date given said on 21 April 2026" in told.replace(" said 21", " said on 21")
    assert "15 May 2026" in asked(talks, "next-round --kind ministerial --as-of 2026-04-25")


@pytest.mark.parametrize("issue", ["locks", "who-meets"])
def test_an_issue_is_mentioned_by_its_follow_ups_and_meetings_too(talks: Console, issue: str) -> None:
    assert "last mentioned 2026-04-06..19" in asked(talks, f"show {issue}")
    shown = json.loads(talks.line(f"parley show {issue} --json").out)
    assert shown["last_mentioned"]["edtf"] == "[2026-04-06..2026-04-19]"
    assert "last mentioned" not in asked(talks, "gaps --kind quiet --as-of 2026-10-12")
    quiet = talks.line("parley gaps --kind quiet --as-of 2026-10-19").out.splitlines()
    title = {"locks": "Size of the locks", "who-meets": "Who takes part"}[issue]
    assert any(title in one and "last mentioned between 6 and 19 April 2026" in one for one in quiet)


def test_the_evidence_of_a_moved_issue_is_the_statement_that_moved_it(talks: Console) -> None:
    from ledger.web.site import Site
    from tests.ledger.web import serving

    site = Site(Ledger(talks.folder / "ledger.db"), "/raw_tables")
    found = json.loads(serving.page(site, "/talks/changes.json?from=quay-talks&to=2026-04-30"))
    [moved] = [one for one in found["changes"] if one["kind"] == "issue"]
    assert moved["rests_on"] == "proposal"


def test_the_front_page_counts_the_changes_as_the_page_of_changes_does(talks: Console) -> None:
    front, changes = page(talks, "?as-of=2026-04-30"), page(talks, "/changes?as-of=2026-04-30")
    [shown] = re.findall(r"All (\d+) changes", front)
    assert f"to 30 April 2026 {shown} " in changes


def test_words_that_answer_nothing_on_record_are_named_by_their_act(talks: Console) -> None:
    told = "refused: Arda, as told by Belm and Corv"
    assert f"reported by others {told}" in asked(talks, "show old-treaty")
    assert "said: refused by Arda, as told by Belm and Corv" in asked(talks, "history old-treaty")
    for line in ("show old-treaty", "history old-treaty", "issues --json", "show old-treaty --json"):
        assert "answered: " not in asked(talks, line), line
    assert '"refused: arda, as told by Belm and Corv"' in asked(talks, "issues --json")
    assert "said: refused by Arda, as told by Belm and Corv" in page(talks, "/issue/old-treaty")


def test_a_statement_told_by_nobody_else_is_not_called_the_partys_own_words(talks: Console) -> None:
    told = asked(talks, "positions --full")
    assert "(not known to be later than proposal; reported directly: proposal)" in told
    assert "own words" not in told


def test_a_meeting_with_only_an_end_is_dated_alike_in_the_story_and_in_the_timeline(talks: Console) -> None:
    [line] = [one for one in talks.line("parley timeline").out.splitlines() if "Quay" in one and "until 6 April" in one]
    assert line.startswith("until 2026-04-06 ")
    story = talks.line("parley replay").out.splitlines()
    [at] = [number for number, one in enumerate(story) if "Round of Arda" in one]
    assert [one for one in story[:at] if not one.startswith(" ")][-1].startswith("on or before 6 April 2026")


def test_the_end_of_a_follow_up_has_the_day_of_its_report_and_what_is_in_force_comes_first(talks: Console) -> None:
    ended = "superseded on or before 19 April 2026"
    listed = asked(talks, "issues --as-of 2026-06-01")
    assert f"alone (in force, no due date); with-ministers ({ended})" in listed
    talks.columns = 60
    assert "follow-ups: alone (in force" in asked(talks, "issues --as-of 2026-06-01")
    talks.columns = 1000
    handed = asked(talks, "handover")
    first, last = (
        handed.index("follow-up in force, no due date: The experts meet alone"),
        handed.index(f"follow-up {ended}"),
    )
    assert first < last
    shown = page(talks, "/issues")
    assert shown.index("follow-up in force, no due date: The experts") < shown.index(f"follow-up {ended}")
    for answer in (asked(talks, "issues"), handed, asked(talks, "brief --full"), shown, page(talks, "/follow-ups")):
        assert "superseded date unknown" not in answer
    assert json.loads(talks.line("parley follow-ups --closed --json").out)[-1]["ended_on"]["edtf"] == "[..2026-04-19]"


def test_a_post_without_a_date_is_told_with_the_time_of_its_last_report(talks: Console) -> None:
    known = "Water Minister, as reported on or before 19 April 2026"
    assert known in asked(talks, "people --as-of 2026-12-01")
    assert known in asked(talks, "handover --as-of 2026-12-01")
    assert known in page(talks, "/people?as-of=2026-12-01")
    assert known in page(talks, "/person/ann-ray?as-of=2026-12-01")
    assert "as reported on or before 10 April 2026" in asked(talks, "people --as-of 2026-04-15")
    [shown] = json.loads(talks.line("parley people --json").out)[:1]
    assert shown["posts_reported"] == "2026-04-19"


def test_the_cells_of_a_promise_are_apart_and_an_open_one_has_no_date_as_its_outcome(talks: Console) -> None:
    talks.record("""
negotiation: talks
source: {slug: gazette, title: Gazette, published: 2026-04-20}
entries:
  - {statement: vow, by: arda/ann-ray, act: promised, issues: locks, reported-by: The radio of the northern towns,
     says: "We will defend the locks by all the means that we have, and with the help of all of our friends."}
""")
    talks.columns = 80
    answer = asked(talks, "promises")
    assert "Ann Ray (arda), as told by The radio of the northern towns, not said to whom" in answer
    assert "outcome: open, no due date" in answer
    assert "outcome no date" not in answer


def test_a_condition_names_who_made_it(talks: Console) -> None:
    talks.record("""
negotiation: talks
source: {slug: gazette, title: Gazette, published: 2026-04-20}
entries:
  - {statement: will-join, by: belm/bo-lund, act: stated, issues: locks, says: The ministers would join them.,
     conditional-on: {words: when they make progress, on: locks}}
""")
    shown = asked(talks, "show locks")
    conditions = shown[shown.index("Conditions") : shown.index("Said")]
    assert "2026-04-20 or earlier Bo Lund (belm): stated when they make progress" in conditions
    assert "Bo Lund (belm), " in page(talks, "/issue/locks").partition("Conditions")[2]
