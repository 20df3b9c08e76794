"""The commands that list rows of the views."""

import json
import re

import pytest

from tests.cli.console import Console

DEADLINE = """
negotiation: talks
title: Talks
parties: [vn]
source: {slug: notice, title: Notice, published: 2025-08-01}
entries:
  - party: vn
    name: Viet Nam
  - follow-up: reply
    says: Reply to the notice.
    owners: vn
    due: 14 August 2025 12:00 Geneva
    quote: a
"""


@pytest.mark.parametrize(
    "command", ["follow-ups", "state", "show reply", "history reply", "promises", "brief", "log", "follow-ups --json"]
)
def test_the_hour_and_zone_of_a_deadline_are_shown_with_its_day(console: Console, command: str) -> None:
    console.columns = 1000
    console.line("parley init")
    (console.folder / "notice.yaml").write_text(DEADLINE)
    assert console.line("parley import notice.yaml").code == 0
    out = " ".join(
        console.line(f"parley {command} --as-of 2025-08-02" if command != "log" else "parley log").out.split()
    )
    assert "12:00 Geneva" in out


def test_a_follow_up_with_a_start_alone_is_listed_with_its_month(console: Console) -> None:
    console.columns = 1000
    (console.folder / "talks.yaml").write_text(DEADLINE.replace("14 August 2025 12:00 Geneva", "from February 2027"))
    console.line("parley init")
    assert console.line("parley import talks.yaml").code == 0
    answer = console.line("parley follow-ups").out
    assert "from February 2027" in answer
    assert "2027-02/.." not in answer


def test_each_contested_value_stands_with_its_independent_weight(press: Console) -> None:
    (row,) = json.loads(press.line("parley contested --json").out)
    assert (row["values"], row["weights"]) == (["21 May 2025", "21 May 2025", "22 May 2025"], [1, 1, 1])
    out = " ".join(press.line("parley contested").out.split())
    assert "21 May 2025: 1 independent" in out
    assert "(2 in all)" in out
    assert "said by 1 source" in press.line("parley show hanoi").out


def test_the_parties_are_listed_with_their_roles_and_members(recorded: Console) -> None:
    for role in (("eu", "party"), ("vn", "member", "--of", "eu"), ("us", "chair", "--until", "2025-06-01")):
        slug, kind, *more = role
        recorded.parley("append", "party", "eu", "--name", "European Union")
        assert recorded.parley("append", "role", slug, "--as", kind, *more).code == 0
    rows = {row["slug"]: row for row in recorded.line("parley parties --csv").rows}
    assert (rows["eu"]["roles"], rows["eu"]["members"], rows["vn"]["member_of"]) == ("party", "vn", "eu")
    assert "chair" in recorded.line("parley parties --as-of 2025-06-01").out
    assert "chair" not in recorded.line("parley parties --as-of 2025-06-02").out
    assert "member of" in recorded.line("parley show vn").out
    assert recorded.parley("append", "role", "eu", "--as", "member", "--of", "vn").err.startswith(
        "parley: eu cannot be a member of vn: vn is a member of it"
    )


def test_a_bloc_is_listed_with_its_members_where_that_is_wanted(recorded: Console) -> None:
    recorded.parley("append", "party", "eu", "--name", "European Union")
    recorded.parley("append", "role", "vn", "--as", "member", "--of", "eu")
    task = ["--owners", "vn", "--says", "Send a list.", "--note", "Agreed by phone."]
    assert recorded.parley("append", "follow-up", "vn-list", *task).code == 0
    given = ["--by", "us", "--to", "vn", "--act", "promised", "--says", "We will reply.", "--note", "Said by phone."]
    assert recorded.parley("append", "statement", "us-promise", *given).code == 0
    for question, bloc, member in (
        ("statements", "--by eu --with-members", "--by vn"),
        ("asks --answered", "--by eu --with-members", "--by vn"),
        ("asks --answered", "--to eu --with-members", "--to vn"),
        ("positions", "--by eu --with-members", "--by vn"),
        ("follow-ups --closed", "--owner eu --with-members", "--owner vn"),
        ("promises", "--by eu --with-members", "--by vn"),
        ("promises", "--to eu --with-members", "--to vn"),
    ):
        found = recorded.line(f"parley {question} {bloc} --csv").rows
        assert found == recorded.line(f"parley {question} {member} --csv").rows
        assert found
        assert not recorded.line(f"parley {question} {bloc.removesuffix(' --with-members')} --csv").rows


def test_words_without_a_named_speaker_and_bodies_are_listed_as_such(recorded: Console) -> None:
    said = ["--act", "promised", "--issues", "tariffs", "--says", "A cut is near.", "--note", "It is understood."]
    filed = recorded.parley("append", "statement", "whispered", "--by", "unattributed", *said)
    assert (filed.code, "Unattributed: A cut is near." in filed.out) == (0, True)
    assert [row["by"] for row in recorded.line("parley statements --csv").rows if row["slug"] == "whispered"] == [
        "unattributed"
    ]
    assert [row["slug"] for row in recorded.line("parley statements --by unattributed --csv").rows] == ["whispered"]
    for question in ("promises", "positions", "asks --answered"):
        assert "whispered" not in recorded.line(f"parley {question} --csv").out
    refused = recorded.parley("append", "statement", "again", "--by", "unattributed", "--for", "us", *said)
    assert (refused.code, "speak for nobody" in refused.err) == (1, True)
    recorded.parley(
        "append", "person", "national-assembly", "--name", "National Assembly", "--party", "vn", "--body", "yes"
    )
    people = {row["slug"]: row["body"] for row in json.loads(recorded.line("parley people --json").out)}
    assert (people["national-assembly"], people["jamieson-greer"]) == (True, False)
    assert "body" in recorded.line("parley people").out
    spoke = recorded.parley("append", "statement", "voted", "--by", "vn/national-assembly", *said)
    assert "National Assembly (vn) promised: A cut is near." in spoke.out


def test_a_post_that_a_person_left_is_listed_as_a_former_one_with_its_end(recorded: Console) -> None:
    recorded.columns = 1000
    left = ["--on", "in June 2025", "--note", "Greer left.", "--post", "US Trade Representative"]
    assert recorded.parley("append", "left-post", "jamieson-greer", *left).code == 0
    people = {row["slug"]: row for row in recorded.line("parley people --csv").rows}
    one = people["jamieson-greer"]
    assert (one["post"], one["left"], one["until"]) == ("", "US Trade Representative", "2025-06")
    assert "formerly US Trade Representative" in recorded.line("parley people").out
    assert "formerly" not in recorded.line("parley people --as-of 2025-06-29").out
    shown = recorded.line("parley show jamieson-greer").out
    assert "Left the post US Trade Representative" in shown
    refused = recorded.parley("append", "left-post", "jamieson-greer", "--post", "Minister", "--note", "Left.")
    assert (refused.code, "It gives: US Trade Representative." in refused.err) == (1, True)


def append(console: Console, entry: str, slug: str, **fields: str) -> str:
    """Append an entry with a note as its source; its sentence, or the refusal."""
    options = [word for name, value in fields.items() for word in (f"--{name.replace('_', '-')}", value)]
    ran = console.parley("append", entry, slug, *options)
    return ran.out if ran.code == 0 else ran.err


def test_a_deadline_is_moved_is_near_and_passes_without_being_called_missed(recorded: Console) -> None:
    recorded.columns = 1000
    first = {"says": "Answer the draft.", "owners": "vn", "due": "30 June 2025, 17:00 GMT", "basis": "agreed"}
    append(recorded, "deadline", "answer", **first, on="2025-06-04", note="Told by phone.")
    append(recorded, "deadline", "answer", says="Answer the draft.", due="10 July 2025", on="2025-06-25", note="Moved.")
    assert (
        "in 10 days  Viet Nam  Answer the draft.  2025-06-30 17:00 GMT"
        in recorded.line("parley deadlines --as-of 2025-06-20").out
    )
    headings = [line for line in recorded.line("parley state --as-of 2025-06-20").out.splitlines() if line[:1] != " "]
    assert "Deadlines (1)" in headings[:4]
    assert headings.index("Deadlines (1)") < headings.index("Next round")
    far = [line for line in recorded.line("parley state --as-of 2025-06-10").out.splitlines() if line[:1] != " "]
    assert far.index("Deadlines (1)") > far.index("Next round")
    assert "10 July 2025, 10 days later than before" in recorded.line("parley history answer").out
    assert recorded.line("parley deadlines").out == "No deadline that lies ahead is on record.\n"
    (row,) = json.loads(recorded.line("parley deadlines --passed --json").out)
    assert (row["slug"], row["timing"], row["days_left"], row["near"]) == ("answer", "passed", None, False)
    assert "missed" not in recorded.line("parley show answer").out
    moved = recorded.line("parley diff 2025-06-20 2025-06-28").out
    assert "Deadline slipped: Answer the draft, 30 June 2025, 17:00 GMT → 10 July 2025" in moved
    for elsewhere in ("promises", "follow-ups"):
        assert "Answer the draft" not in recorded.line(f"parley {elsewhere}").out
    append(recorded, "ended", "answer", outcome="met", on="2025-07-09", by="us", note="Told by phone.")
    assert (
        "Deadline met, according to the United States: Answer" in recorded.line("parley diff 2025-07-08 2025-07-10").out
    )
    assert "no deadline list to end" in append(recorded, "ended", "list", outcome="met", note="Told by phone.")


def test_an_expected_meeting_shows_the_agenda_that_its_sources_give_together(recorded: Console) -> None:
    recorded.columns = 1000
    for issue, note in (("tariffs", "Told by phone."), ("trade-balance", "Told again.")):
        told = {"kind": "round", "number": "6", "expected": "early December", "on": "2025-11-20", "issues": issue}
        append(recorded, "announcement", "round-6", **told, note=note)
    agendas = "US tariffs and Trade balance", "Trade balance and US tariffs"
    for command, heading in (("next-round", "Agenda: "), ("state", "Agenda: "), ("brief --full", "On its agenda: ")):
        out = recorded.line(f"parley {command} --as-of 2025-11-25").out
        assert any(f"{heading}{agenda}" in out for agenda in agendas), command
    assert re.search(
        r"agenda +(tariffs, trade-balance|trade-balance, tariffs)\n", recorded.line("parley show round-6").out
    )


def test_own_tasks_are_listed_with_what_they_wait_on_and_apart_from_what_was_agreed(recorded: Console) -> None:
    recorded.columns = 1000
    append(recorded, "task", "legal-check", says="Check the law.", due="Friday", **{"for": "lan"})
    append(recorded, "task", "draft-reply", says="Draft the reply.", waits_on="legal-check")
    out = recorded.line("parley tasks").out
    assert out.index("ready") < out.index("waits on legal-check")
    assert "would wait on itself" in append(recorded, "task", "loop", says="Wait.", waits_on="loop")
    append(recorded, "task-done", "legal-check")
    assert "waits on" not in recorded.line("parley tasks").out
    rows = {row["slug"]: row for row in json.loads(recorded.line("parley tasks --done --json").out)}
    assert (rows["draft-reply"]["ready"], rows["legal-check"]["timing"]) == (True, "done")
    agreed, own = recorded.line("parley state").out.split("Own tasks (1)")
    assert "Draft the reply; ready" in own
    for command in (
        "state --json",
        "state --csv",
        "promises",
        "follow-ups",
        "timeline",
        "brief --full",
        "search reply",
        "diff 2025-01-01",
    ):
        assert "Draft the reply" not in agreed + recorded.line(f"parley {command}").out
    assert "task draft-reply, ready" in recorded.line("parley show draft-reply").out


ROUNDS = """
negotiation: talks
title: Talks
parties: [vn, us]
source: {slug: early, title: Early report, published: 2025-05-20}
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States}
  - {issue: tariffs, title: Tariffs}
  - {issue: visas, title: Visas}
  - {meeting: round-1, kind: round, number: 1, held: 2025-05-15/2025-05-16, quote: a}
  - {announcement: round-2, kind: round, number: 2, expected: 2025-06-10, on: 2025-05-16, quote: a}
  - {statement: first, by: vn, to: us, act: asked, issues: tariffs, says: Cut them., on: unknown, quote: a}
  - {statement: second, by: vn, to: us, act: asked, issues: tariffs, says: Cut them now., on: before May 21, quote: a}
  - {statement: us-visas, by: us, to: vn, act: asked, issues: visas, says: Open them., on: 2025-05-16, quote: a}
  - {follow-up: list, says: Send the list., owners: us, due: 2025-05-10, on: 2025-05-02, quote: a}
  - {closed: list, outcome: done, on: 2025-05-18, by: us, quote: a}
---
negotiation: talks
source: {slug: late, title: Late report, published: 2025-05-21}
entries:
  - {meeting: round-1, kind: round, number: 1, held: 2025-05-15/2025-05-17, quote: a}
  - {announcement: round-2, kind: round, number: 2, expected: 2025-06-12, on: 2025-05-16, quote: a}
"""


@pytest.fixture
def rounds(console: Console) -> Console:
    """Reports that differ on the days of two meetings, with a request whose date does not tell that it was last."""
    console.columns = 1000
    (console.folder / "rounds.yaml").write_text(ROUNDS)
    console.line("parley init")
    assert console.line("parley import rounds.yaml").code == 0
    return console


@pytest.mark.parametrize("command", ["meetings", "state", "next-round", "brief --full"])
def test_a_date_on_which_reports_differ_is_marked_where_it_is_shown(rounds: Console, command: str) -> None:
    answer = rounds.line(f"parley {command} --as-of 2025-06-01").out
    assert re.search(r"(2025-06-12|12 June 2025) \(contested\)", answer)
    assert command != "meetings" or "15 to 17 May 2025 (contested)" in answer
    agreed = rounds.line(f"parley {command} --as-of 2025-06-01 --reported-by 2025-05-20").out
    assert "(contested)" not in agreed


@pytest.mark.parametrize("question", ["asks", "issues"])
def test_a_request_is_called_the_last_one_only_by_its_date(rounds: Console, question: str) -> None:
    for columns in (60, 1000):
        rounds.columns = columns
        answer = " ".join(rounds.line(f"parley {question}").out.replace("Slug", "").split())
        assert answer.count("2025-05-20 or earlier, in unknown order") == (
            question == "issues"
        )  # `asks` has each alone
        assert answer.count(", one of 2 requests: ") == 2 * (question == "asks")
        assert not re.search("last", answer, re.IGNORECASE)


def test_the_list_of_statements_says_to_whom(rounds: Console) -> None:
    rounds.columns = 60
    assert "to Viet Nam" in rounds.line("parley statements --issue visas").out


def test_late_is_said_alike_wherever_the_end_of_a_follow_up_is_told(rounds: Console) -> None:
    for command in ("follow-ups --closed", "promises", "show list", "history list", "diff 2025-05-01 2025-05-21"):
        answer = rounds.line(f"parley {command}").out
        assert "done late" in answer.lower(), command


def test_the_end_of_a_follow_up_is_told_with_who_says_so_and_the_day_as_the_day_of_its_end(rounds: Console) -> None:
    assert "done late, according to United States" in rounds.line("parley follow-ups --closed").out
    assert "By their own account: done 2025-05-18." in rounds.line("parley promises").out


def test_the_sources_of_a_person_are_those_of_the_posts(rounds: Console) -> None:
    """Others name the person too, as a speaker."""
    (rounds.folder / "people.yaml").write_text(PEOPLE)
    assert rounds.line("parley import people.yaml").code == 0
    assert "posts reported by 1 source" in rounds.line("parley show lee").out
    assert "roles reported by 1 source" in rounds.line("parley show vn").out
    assert "carried by 1 source" in rounds.line("parley show list").out


PEOPLE = """
negotiation: talks
source: {slug: people, title: Who is who, published: 2025-05-20}
entries:
  - {person: lee, name: Ann Lee, party: us}
  - {appointment: lee, post: Envoy, quote: a}
  - {role: vn, as: party, quote: a}
"""


def test_what_was_filed_before_is_counted_with_its_source_when_it_is_filed_again(rounds: Console) -> None:
    count = len(rounds.line("parley log --csv").rows)
    again = rounds.line("parley import rounds.yaml").out
    assert again == f"Nothing new was filed; already in the record: {count} events.\n"
    more = ROUNDS + "  - {statement: more, by: us, act: stated, says: More., quote: a}\n"
    (rounds.folder / "rounds.yaml").write_text(more)
    again = rounds.line("parley import rounds.yaml").out
    assert again.startswith(f"Recorded 1 event in talks: 1 statement; already in the record: {count} events.\n")


@pytest.mark.parametrize(
    "question", ["asks", "state", "positions", "positions --full", "table", "brief", "show tariffs"]
)
def test_what_a_mediator_asks_is_told_as_the_mediators(rounds: Console, question: str) -> None:
    (rounds.folder / "chair.yaml").write_text(MEDIATOR)
    assert rounds.line("parley import chair.yaml").code == 0
    assert "Switzerland (mediator)" in rounds.line(f"parley {question}").out
    assert "Viet Nam (" not in rounds.line(f"parley {question}").out


MEDIATOR = """
negotiation: talks
source: {slug: chair, title: The chair, published: 2025-05-21}
entries:
  - {party: ch, name: Switzerland}
  - {role: ch, as: mediator, from: 2025-05-01}
  - {statement: bridge, by: ch, to: [vn, us], act: asked, issues: tariffs, says: Meet., on: 2025-05-18, quote: a}
"""


MOVED = """
negotiation: talks
source: {slug: moved, title: Moved, published: 2025-05-22}
entries:
  - announcement: round-2
    kind: round
    number: 2
    expected: 2025-06-20
    instead-of: 2025-06-12
    reason: a holiday
    on: 2025-05-22
    quote: a
"""


def test_a_meeting_that_was_moved_is_told_with_the_reason_wherever_its_dates_are(rounds: Console) -> None:
    (rounds.folder / "moved.yaml").write_text(MOVED)
    assert rounds.line("parley import moved.yaml").code == 0
    for question in ("state", "next-round", "show round-2", "history round-2", "brief", "log round-2"):
        assert "a holiday" in rounds.line(f"parley {question}{'' if 'log' in question else ' --as-of 2025-06-01'}").out
    changed = rounds.line("parley diff 2025-05-21 2025-05-23").out
    assert "Round 2 slipped: 12 June 2025 → 20 June 2025 (a holiday)" in changed
    [meeting] = [row for row in rounds.line("parley meetings --csv").rows if row["slug"] == "round-2"]
    assert (meeting["expected"], meeting["contested"], meeting["reason"]) == ("2025-06-20", "", "a holiday")


DIFFERING = """
negotiation: talks
source: {slug: other, title: Another account, published: 2025-05-22}
entries:
  - {meeting: round-9, kind: round, number: 9, held: 2025-05-05/2025-05-08, quote: a}
  - {statement: refusal, by: vn, act: objected, issues: tariffs, at: round-9, says: Not acceptable., quote: a}
  - {follow-up: own, says: Meet again., owners: us, at: round-9, quote: a}
---
negotiation: talks
source: {slug: third, title: A third account, published: 2025-05-23}
entries:
  - {meeting: round-9, kind: round, held: 2025-05-05/2025-05-07, quote: a}
"""


def test_a_contested_date_of_a_meeting_dates_nothing_that_another_source_reports_of_it(rounds: Console) -> None:
    for nth, text in enumerate(DIFFERING.split("---")):
        (rounds.folder / f"{nth}.yaml").write_text(text)
        assert rounds.line(f"parley import {nth}.yaml").code == 0
    [said] = [one for one in rounds.line("parley statements --csv").rows if one["slug"] == "refusal"]
    assert said["on"] == "[2025-05-05..2025-05-08]"
    assert "between 5 and 8 May 2025" in " ".join(rounds.line("parley follow-ups").out.split())
    assert "Not acceptable" not in rounds.line("parley brief --as-of 2025-05-07").out
    assert "From round-9 (8 May 2025)" in rounds.line("parley diff round-9").out
    marked = "5 to 7 May 2025 (contested)"
    for question in ("history round-9", "compare round-9", "show round-9", "brief --as-of 2025-05-07"):
        assert marked in rounds.line(f"parley {question}").out, question


VOW = """
negotiation: talks
title: Talks
parties: [arda, belm]
source: {slug: daily, title: A report, published: 2026-04-10}
entries:
  - {party: arda, name: Arda}
  - {party: belm, name: Belm}
  - {issue: locks, title: Locks of the canal}
  - {follow-up: letter, as: promised, says: Write a letter., owners: arda, issues: locks, quote: would write a letter}
  - {follow-up: visit-them, says: Visit the locks., owners: [arda, belm], issues: locks, quote: agreed to visit}
"""


@pytest.mark.parametrize(
    "command",
    ["state", "follow-ups", "promises", "show letter", "show locks", "brief", "handover", "gaps", "diff 2026-04-01"],
)
def test_what_its_owner_alone_promised_is_told_so_and_what_was_agreed_is_not(console: Console, command: str) -> None:
    console.columns = 1000
    console.record(VOW)
    lines = console.line(f"parley {command}").out.splitlines()
    told = [one for one in lines if "Write a letter" in one]
    assert any("promised" in one.lower() for one in told), told
    assert not any("promised" in one.lower() for one in lines if "Visit the locks" in one)


UNORDERED = """
negotiation: talks
title: Talks
parties: [arda, belm]
source: {slug: daily, title: A report, published: 2026-04-10}
entries:
  - {party: arda, name: Arda}
  - {party: belm, name: Belm}
  - {issue: locks, title: Locks of the canal}
  - {statement: asked, by: arda, to: belm, act: asked, issues: locks, says: Open the locks., on: 2026-04-01,
     quote: asked}
  - {statement: again, by: arda, to: belm, act: asked, issues: locks, says: Open them all., quote: asked again}
  - {statement: done, by: belm, to: arda, act: settled, issues: locks, says: They are open., quote: done}
"""


def test_an_ask_that_may_have_come_after_its_reply_is_counted_as_one_that_may_wait(console: Console) -> None:
    console.record(UNORDERED)
    may = "1 more ask may wait: no date tells whether the reply came after. See --answered."
    assert may in " ".join(console.line("parley asks").out.split())
    assert may not in " ".join(console.line("parley asks --answered").out.split())
