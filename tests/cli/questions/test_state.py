"""`parley state` and `parley next-round`: one page, each line with the slug to look at next."""

import json

from tests.cli.console import Console


def test_each_line_of_the_page_ends_in_an_entry_that_can_be_shown(recorded: Console) -> None:
    out = recorded.line("parley state --as-of 2025-05-22").out
    rows = recorded.line("parley state --as-of 2025-05-22 --csv").rows
    assert len(rows) > 20
    for row in rows:
        assert row["slug"] in out
        assert recorded.parley("show", row["slug"]).code == 0


def test_the_page_counts_its_sections_as_json_does(recorded: Console) -> None:
    out = recorded.line("parley state --as-of 2025-05-22").out
    state = json.loads(recorded.line("parley state --as-of 2025-05-22 --json").out)
    statements = len({one["last_statement"] for one in state["asks"]})
    assert f"Asked and not answered ({len(state['asks'])}, made in {statements} statements)" in out
    assert f"Follow-ups ({len(state['follow_ups'])})" in out
    assert f"Contested ({len(state['contested'])})" in out


def test_that_no_round_is_expected_is_an_answer(recorded: Console) -> None:
    assert "No round is on record." in recorded.line("parley state --as-of 2025-03-31").out
    assert recorded.line("parley next-round --as-of 2025-03-31").out.startswith("No round is on record.")
    assert recorded.line("parley next-round --as-of 2025-03-31 --csv").rows == []


UNDATED = """
negotiation: talks
title: Talks
parties: [vn, us]
source: {slug: note, title: Note, published: unknown}
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States}
  - {meeting: round-1, kind: round, held: unknown, parties: [vn, us]}
"""


def test_a_round_whose_day_no_report_gives_is_on_record(console: Console) -> None:
    console.record(UNDATED)
    console.columns = 1000
    for line in ("state", "next-round", "brief"):
        told = console.line(f"parley {line}").out
        last_one = "The last round, of Viet Nam and United States, was held on a day that no report gives."
        assert f"No coming round is on record. {last_one}" in told


def test_the_next_round_names_the_words_and_the_source_and_no_speaker_where_none_is_named(
    recorded: Console,
) -> None:
    recorded.columns = 120
    first, *more = recorded.line("parley next-round --as-of 2025-05-22").out.splitlines()
    assert first.startswith('Round 3: "early June" (between 1 and 10 June 2025), as told by Viet Nam (inferred)')
    assert more[0].startswith("said 22 May 2025: “") and more[0].endswith("  vna-2025-05-22")
    assert "early June”" in " ".join(more)


def test_another_kind_of_meeting_can_be_asked_for(recorded: Console) -> None:
    assert "ministerial" in recorded.line("parley next-round --kind ministerial").out.lower()
    refused = recorded.line("parley next-round --kind rond")
    assert (refused.code, "Did you mean round?" in refused.err) == (1, True)


def test_what_the_parties_call_unresolved_has_a_section_of_its_own(recorded: Console) -> None:
    told = ["--by", "us", "--by", "vn", "--act", "unresolved", "--issues", "tariffs", "--on", "2025-06-04"]
    recorded.parley("append", "statement", "tariffs-open", *told, "--says", "It is open.", "--note", "Both say so.")
    out = recorded.line("parley state --as-of 2025-06-05").out
    assert "Unresolved, as the parties say (1)" in out
    assert "according to the United States and Viet Nam" in out


def test_the_next_round_mentions_what_came_to_nothing_and_other_kinds_of_meeting(recorded: Console) -> None:
    recorded.columns = 1000
    out = recorded.line("parley next-round --as-of 2025-11-20").out
    assert 'Round 3, expected "early June" (between 1 and 10 June 2025), as told by Viet Nam: superseded by' in out
    ministerial = "Ministerial of Nguyen Hong Dien (vn) and Jamieson Greer (us), expected"
    assert f'{ministerial} "later this November" (between 14 and 30 November 2025)  ' in out
    for command in ("show", "history"):
        assert "superseded by round 5" in recorded.line(f"parley {command} round-3 --as-of 2025-11-20").out


def test_an_ask_is_shown_with_its_words_and_who_said_and_reported_them(recorded: Console) -> None:
    recorded.columns = 1000
    asks = json.loads(recorded.line("parley asks --as-of 2025-05-22 --json").out)
    assert len(asks) > 5
    for command in ("state", "asks"):
        out = recorded.line(f"parley {command} --as-of 2025-05-22").out
        for ask in asks:
            assert ask["says"] and ask["said_by"] and ask["sources"]
            times = ask["times"]
            among = f", one of {ask['requests']} requests" if ask["requests"] > 1 else ""
            assert times == 1
            what = f"{ask['title']}{among}: {ask['says'].rstrip('.')}"
            lines = [line for line in out.splitlines() if what in line]
            assert any(ask["at"] in line and all(source in line for source in ask["sources"]) for line in lines)


def test_what_was_deferred_has_a_section_until_it_is_answered_or_asked_again(recorded: Console) -> None:
    recorded.columns = 1000
    heading = "Deferred (1)"
    (asked,) = [one for one in json.loads(recorded.line("parley asks --as-of 2025-06-03 --json").out)
                if one["issue"] == "market-economy-status" and "soon recognise" in one["says"]]  # fmt: skip
    later = ["--by", "us", "--to", "vn", "--act", "deferred", "--issues", "market-economy-status", "--on", "2025-06-04"]
    later += ["--answers", asked["last_statement"]]
    recorded.parley("append", "statement", "later", *later, "--says", "It will consider it.", "--note", "Not yet.")
    out = recorded.line("parley state --as-of 2025-06-05").out
    assert heading in out
    assert "Market economy status of Viet Nam, one of 2 requests: “soon recognise" in out.partition(heading)[2]
    assert "Deferred by United States: It will consider it – 4 June 2025, in " in out
    (one,) = json.loads(recorded.line("parley state --as-of 2025-06-05 --json").out)["deferred"]
    assert (one["slug"], one["says"], one["asked"]["asker"]) == ("later", "It will consider it.", "vn")
    assert heading not in recorded.line("parley state --as-of 2025-06-03").out
    no = [one.replace("deferred", "refused").replace("06-04", "06-06") for one in later]
    recorded.parley("append", "statement", "no", *no, "--says", "No.", "--note", "No.")
    assert heading not in recorded.line("parley state --as-of 2025-06-07").out


def test_a_deferral_that_names_none_of_two_requests_says_so(recorded: Console) -> None:
    recorded.columns = 1000
    later = ["--by", "us", "--to", "vn", "--act", "deferred", "--issues", "market-economy-status", "--on", "2025-06-04"]
    recorded.parley("append", "statement", "later", *later, "--says", "It will consider it.", "--note", "Not yet.")
    lines = recorded.line("parley state --as-of 2025-06-05").out.partition("Deferred (2)")[2].splitlines()[1:3]
    for line, words in zip(sorted(lines), ("Technical", "soon recognise"), strict=True):
        assert "Market economy status of Viet Nam, one of 2 requests: " in line and words in line
        assert "which of several requests it answers is not on record" in line
    brief = recorded.line("parley brief --full --as-of 2025-06-05").out
    assert brief.count("Which of several requests it answers is not on record") == 2
    assert brief.count("one of 2 requests") == 2


def test_what_is_inferred_in_an_ask_or_a_meeting_is_marked_so_on_the_page(recorded: Console) -> None:
    page, asks = (" ".join(recorded.line(f"parley {one} --as-of 2025-05-22").out.split()) for one in ("state", "asks"))
    for told in (page, asks):
        assert "and so help to expand trade, particularly imports of US goods. (inferred)" in told
    assert 'Round 3: "early June" (between 1 and 10 June 2025), as told by Viet Nam (inferred)' in page
    ask = json.loads(recorded.line("parley asks --as-of 2025-05-22 --json").out)
    assert "The text calls it a hope" in next(one["inferred"] for one in ask if one["issue"] == "investment")


def test_a_round_that_is_going_on_is_said_to_be_in_progress(recorded: Console) -> None:
    page = recorded.line("parley state --as-of 2025-11-13").out
    assert page.count("Round 5 is in progress") == 1
    assert "in progress  Round 5" not in page
    others = json.loads(recorded.line("parley state --as-of 2025-11-13 --json").out)["other_meetings"]
    assert "round-5" not in [one["slug"] for one in others]
    for command in ("next-round", "brief --full"):
        assert (
            "Round 5 is in progress: 12 to 14 November 2025"
            in recorded.line(f"parley {command} --as-of 2025-11-13").out
        )
    assert (
        json.loads(recorded.line("parley next-round --as-of 2025-11-13 --json").out)["under_way"]["slug"] == "round-5"
    )


def test_a_passed_deadline_and_the_offer_of_a_condition_are_shown(recorded: Console) -> None:
    recorded.columns = 1000
    limit = ["--says", "Answer the offer.", "--due", "2025-06-10", "--basis", "agreed", "--on", "2025-06-01"]
    recorded.parley("append", "deadline", "answer-offer", *limit, "--note", "Agreed by phone.")
    offer = ["--by", "vn", "--to", "us", "--act", "proposed", "--issues", "tariffs", "--on", "2025-06-01"]
    offer += ["--says", "Cut the duty.", "--conditional-on", "access is granted"]
    recorded.parley("append", "statement", "offer", *offer, "--note", "Told by phone.")
    out = recorded.line("parley state --as-of 2025-06-12").out
    assert "passed" in out and "Answer the offer – due 10 June 2025, agreed" in out
    assert "tariffs: Cut the duty, conditional on: access is granted" in out
    brief = recorded.line("parley brief --as-of 2025-06-12").out
    assert "Answer the offer – **passed**, due 10 June 2025" in brief
    assert "Cut the duty, conditional on: access is granted" in brief


VAGUE = """negotiation: talks
title: Talks
parties: [vn, us]
source: {slug: paper, title: A paper}
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States}
  - {statement: dated, by: vn, act: stated, says: It hopes., on: 2026-11-01}
  - {statement: undated, by: vn, act: stated, says: It waits.}
  - {statement: vague, by: vn, act: stated, says: It fears., on: before 2 November 2026}
"""


def test_undated_entries_are_not_listed_as_if_they_were_of_the_day_on_which_they_were_recorded(
    console: Console,
) -> None:
    (console.folder / "talks.yaml").write_text(VAGUE)
    console.line("parley init")
    assert console.line("parley import talks.yaml").code == 0
    _, last = console.line("parley state").out.split("Last entries (2 of 2 with a date)\n")
    dated, undated = last.split("Undated entries, the last reported (1 of 1)\n")
    assert [line.split()[-1] for line in dated.split("\n") if line] == ["vague", "dated"]
    assert [line.split()[-1] for line in undated.split("\n") if line] == ["undated"]
