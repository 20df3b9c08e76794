"""Meetings held, expected and called off; each pattern has a counterexample."""

from datetime import date

import pytest

from ledger.capture.entries import entries
from ledger.capture.reading.gazetteer import KnownMeeting
from ledger.capture.suggest import draft
from ledger.capture.thread import Report
from ledger.dates import When
from tests.ledger.capture.reports import NAMES, PUBLISHED, drafted, field, only, suggested


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Canada met in Oslo on March 12.",
        "Norway and Canada held talks in Oslo on March 12.",
        "Minister Dahl had a meeting with Ambassador Tremblay in Oslo on March 12.",
        "Talks between Norway and Canada took place in Oslo on March 12.",
    ],
)
def test_a_meeting_was_held(text: str) -> None:
    one = only(text, "meeting")
    assert (one.fields["parties"], field(one, "held"), one.fields["place"]) == (["no", "ca"], "2024-03-12", "Oslo")


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Canada may have met in Oslo.",
        "Norway and Canada would meet in Oslo.",
        "Norway and Canada have not met in Oslo.",
        "The quotas of Norway and Canada met their target.",
        "In 2019 Norway and Canada met in Oslo.",
        "“Norway and Canada met in Oslo,” nobody wrote.",
    ],
)
def test_no_meeting_was_held(text: str) -> None:
    assert suggested(text, "meeting") == []


def test_a_meeting_told_of_again_is_the_same() -> None:
    text = "Norway and Canada met in Oslo on March 12. Norway and Canada held talks on March 12 on cod."
    assert len(suggested(text, "meeting")) == 1


def test_a_meeting_of_record_is_recognised_by_its_number() -> None:
    text = "Norway and Canada held the third round of talks in Oslo. Norway and Canada held the fourth round of talks."
    third, fourth = suggested(text, "meeting")
    assert (third.fields["is"], third.fields["number"]) == ("round-3", 3)
    assert (fourth.fields["is"], fourth.fields["number"]) == ("", 4)


def test_what_is_said_afterwards_was_said_at_the_meeting() -> None:
    text = "Norway and Canada met in Oslo on March 12. Norway welcomed the progress on cod."
    meeting, statement = suggested(text)
    assert (statement.fields["at"], field(statement, "on")) == (meeting.fields["id"], "2024-03-12")
    assert statement.fields["to"] == ["ca"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The fourth round of talks between Norway and Canada is expected to take place in early April.",
            "[2024-04-01..2024-04-10]",
        ),
        ("Norway and Canada will meet again on April 2.", "2024-04-02"),
        ("The fourth round of talks was postponed to April 2.", "2024-04-02"),
        (
            "The fourth round of talks, which had been expected in early April, will now be held on May 2.",
            "2024-05-02",
        ),
        ("The fourth round of talks, originally planned for April 2, will take place on May 2.", "2024-05-02"),
        ("The fourth round of talks, which had been expected in early April, will now be held in Oslo.", ""),
        ("The fourth round of talks, which will be held in Oslo, is expected on May 2.", "2024-05-02"),
    ],
)
def test_a_meeting_is_expected(text: str, expected: str) -> None:
    one = only(text, "announcement")
    assert (field(one, "expected"), one.fields["parties"]) == (expected, ["no", "ca"])


@pytest.mark.parametrize(
    "text", ["Norway called off the fourth round of talks.", "Canada walked out of the talks on Tuesday."]
)
def test_a_meeting_is_called_off_by_somebody(text: str) -> None:
    one = only(text, "called-off")
    assert one.fields["by"] == (["no"] if text.startswith("Norway") else ["ca"])


def test_a_meeting_that_will_not_be_held_is_called_off_by_nobody_named() -> None:
    one = only("The fourth round of talks was cancelled.", "called-off")
    assert (one.fields["by"], one.fields["number"]) == ([], 4)


@pytest.mark.parametrize("text", ["Norway may call off the talks.", "Norway has not called off the talks."])
def test_nothing_is_called_off(text: str) -> None:
    assert suggested(text, "called-off") == []


def test_what_was_put_back_is_not_announced_for_its_old_date() -> None:
    text = (
        "The fourth round of talks between Norway and Canada, expected in early April, has been put back, Norway said."
    )
    assert suggested(text, "announcement") == []
    assert len(suggested(text, "called-off")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The fourth round of talks was expected on April 2 but will now be held on May 2.",
        "The fourth round of talks is scheduled for May 2 instead of April 2.",
    ],
)
def test_of_an_old_and_a_new_date_a_person_chooses(text: str) -> None:
    one = only(text, "announcement")
    assert field(one, "expected") == ""
    assert "April 2" in one.fields["words"] and "May 2" in one.fields["words"] and "May 2" in one.quote


def test_a_round_is_not_announced_at_a_meeting_of_another_kind() -> None:
    before = "Norway and Canada held a ministerial meeting in Oslo on March 12."
    told = "The fourth round of talks is expected on April 2."
    assert suggested(f"{before}\n{told}", "announcement")[0].fields["at"] == ""
    assert suggested(f"{before} {told}", "announcement")[0].fields["at"] == ""
    agreed = "They agreed to hold the fourth round of talks on April 2."
    assert suggested(f"{before} {agreed}", "announcement")[0].fields["at"] == "m1"


@pytest.mark.parametrize("verb", ["closed", "started", "wrapped up", "ended", "opened", "began", "concluded"])
def test_a_round_that_was_opened_or_closed_was_held(verb: str) -> None:
    one = only(f"Norway and Canada {verb} their fifth round of talks on cod in Oslo on March 12.", "meeting")
    assert (one.fields["number"], field(one, "held")) == (5, "2024-03-12")


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Canada closed the grounds before talks on March 12.",
        "Norway and Canada will have closed their fifth round of talks on March 12.",
    ],
)
def test_what_else_was_closed_is_no_meeting(text: str) -> None:
    assert suggested(text, "meeting") == []


def test_no_meeting_was_held_on_a_day_after_the_report() -> None:
    one = only("Norway and Canada held talks in Oslo on next year's quotas.", "meeting")
    assert field(one, "held") == ""


def test_a_meeting_is_not_dated_by_what_began_on_a_day() -> None:
    text = "Norway and Canada held the final session of the dialogue, launched on June 11, 2020, in Oslo."
    assert field(only(text, "meeting"), "held") == ""


def test_in_a_joint_text_the_same_people_met_again_on_the_same_day() -> None:
    text = "Dahl and Tremblay met in Oslo on March 12. Dahl and Tremblay held the first meeting of the dialogue on cod."
    dates = [field(one, "held") for one in suggested(text, "meeting", title="Joint statement by Norway and Canada")]
    assert dates == ["2024-03-12", "2024-03-12"]
    assert [field(one, "held") for one in suggested(text, "meeting")] == ["2024-03-12", ""]


@pytest.mark.parametrize(
    "text",
    [
        "Negotiators of Norway and Canada are expected to meet in Oslo in April.",
        "Norway and Canada said that they would meet again in April.",
        "The next round of talks in April 2024 was welcomed.",
    ],
)
def test_a_meeting_is_expected_in_other_words(text: str) -> None:
    assert field(only(text, "announcement"), "expected") == "2024-04"


def test_what_a_host_is_known_for_is_no_meeting() -> None:
    assert suggested("Canada, which hosted the talks, welcomed the text.", "meeting") == []


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Canada said that strikes would be met with fines.",
        "Norway had asked Canada for more fish when the talks began.",
    ],
)
def test_words_of_meetings_in_another_sense_are_no_meeting(text: str) -> None:
    assert suggested(text, "meeting") == []


@pytest.mark.parametrize(
    "text",
    [
        "Canada's envoy, Paul Tremblay, paid an official visit to Norway on March 12.",
        "Negotiators of Norway and Canada broke up in Oslo on March 12 without a deal.",
        "After a third meeting of Norway and Canada, on March 12, little is open.",
    ],
)
def test_a_meeting_was_held_in_other_words(text: str) -> None:
    assert field(only(text, "meeting"), "held") == "2024-03-12"


def test_a_working_group_met_on_a_technical_level() -> None:
    (one,) = suggested("The working group met in Oslo on March 12.", "meeting")
    assert one.fields["meeting_kind"] == "technical-meeting"
    assert only("Norway and Canada met in Oslo on March 12.", "meeting").fields["meeting_kind"] == "meeting"


def test_a_meeting_fell_through() -> None:
    assert only("A meeting planned for March fell through after Canada withdrew.", "called-off").quote
    assert suggested("The meeting in March went well.", "called-off") == []


def test_those_who_headed_the_delegations_met() -> None:
    text = (
        "Norway and Canada held the fourth round in Oslo on March 12. The Norwegian delegation was led by Ingrid Dahl, "
        "while the Canadian delegation was headed by Paul Tremblay."
    )
    assert only(text, "meeting").fields["people"] == ["no/ingrid-dahl", "ca/paul-tremblay"]


@pytest.mark.parametrize(
    "text",
    [
        "The first round is to take place in Oslo in April.",
        "Both sides agreed to hold a meeting of ministers in Oslo in April.",
    ],
)
def test_a_meeting_is_to_take_place(text: str) -> None:
    assert field(only(text, "announcement"), "expected") == "2024-04"


def test_the_short_name_of_a_month_does_not_end_a_quotation() -> None:
    assert only("Norway and Canada met in Oslo on Mar. 12. All went well.", "meeting").quote.endswith("Mar. 12")
    assert only("Norway and Canada met on Feb. 12 in Oslo.", "meeting").quote == "met on Feb. 12 in Oslo"


def test_the_day_for_which_a_meeting_was_planned_is_not_that_of_its_cancellation() -> None:
    assert field(only("A meeting pencilled in for March fell through.", "called-off"), "on") == ""


def test_a_meeting_does_not_have_the_day_of_the_next_one() -> None:
    text = "The working group has met four times and will hold its fifth session on March 22."
    assert all(field(one, "held") == "" for one in suggested(text, "meeting"))
    assert field(only(text, "announcement"), "expected") == "2024-03-22"


def test_talks_that_broke_off_without_agreement_were_held() -> None:
    one = only("Norway and Canada broke off talks on March 12 without agreement.", "meeting")
    assert field(one, "held") == "2024-03-12"
    assert suggested("Norway and Canada broke off talks on March 12 without agreement.", "called-off") == []
    assert suggested("Norway broke off the talks.", "meeting") == []


def test_the_board_of_somebody_else_that_is_to_meet_is_no_meeting_of_the_talks() -> None:
    held = "Norway and Canada held the fourth round of talks in Oslo on March 12. "
    assert suggested(f"{held}The bank's board is to meet in May.", "announcement") == []
    assert len(suggested(f"{held}The two sides are to meet in May.", "announcement")) == 1


def test_who_led_the_other_group_was_there_too() -> None:
    text = (
        "Norway and Canada held the fourth round of talks in Oslo on March 12. "
        "The Norwegian group was led by Ingrid Dahl, the Canadian group by Paul Tremblay."
    )
    assert only(text, "meeting").fields["people"] == ["no/ingrid-dahl", "ca/paul-tremblay"]


def test_an_announced_round_has_its_place_and_agenda() -> None:
    held = "Norway and Canada held the fourth round of talks in Oslo on March 12. "
    one = only(f"{held}The next round of talks on cod will take place in Ottawa in May.", "announcement")
    assert (one.fields["place"], one.fields["issues"]) == ("Ottawa", ["cod"])
    one = only(f"{held}The two sides agreed in Oslo to meet again in May.", "announcement")
    assert (one.fields["place"], one.fields.get("issues", [])) == ("", [])


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("The two sides agreed to meet again in May.", "agreed"),
        ("Dahl announced that the next round will take place in May.", "announced"),
        ("The next round is expected to take place in May.", "expected"),
        ("The next round will take place in May.", ""),
    ],
)
def test_a_coming_meeting_is_told_as_its_sentence_tells_it(told: str, word: str) -> None:
    held = "Norway and Canada held the fourth round of talks in Oslo on March 12. "
    assert only(f"{held}{told}", "announcement").fields["told_as"] == word


def test_the_end_of_a_round_is_no_second_round() -> None:
    held = "Norway and Canada held the fourth round of talks in Oslo on March 12. "
    assert len(suggested(f"{held}The talks ended on Wednesday.", "meeting")) == 1
    assert len(suggested(f"{held}Norway and Canada met again on March 14.", "meeting")) == 2


def test_the_days_of_talks_are_counted_back_from_their_end() -> None:
    one = only("Norway and Canada ended three days of talks in Oslo on March 14.", "meeting")
    assert field(one, "held") == "2024-03-12/2024-03-14"
    one = only("Norway and Canada ended their talks in Oslo on March 14.", "meeting")
    assert field(one, "held") == "2024-03-14"


@pytest.mark.parametrize("ended", ["concluded", "wrapped up", "ended"])
def test_the_day_on_which_a_round_ended_may_not_be_its_only_one(ended: str) -> None:
    text = f"Norway and Canada {ended} the fourth round of talks in Oslo on March 12."
    one = only(text, "meeting")
    assert one.doubts == ("held",)
    (made,) = [entry for entry in entries(drafted(text), ()) if entry.kind == "meeting"]
    assert (made.fields["held"], made.left["held"]) == ("", "../2024-03-12 or 2024-03-12")
    later = only(f"{text} The round took place from March 8 to 12.", "meeting")
    assert (field(later, "held"), later.doubts) == ("2024-03-08/2024-03-12", ())
    assert only("Norway and Canada held the fourth round of talks on March 12.", "meeting").doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "Norway's cabinet met on Thursday.",
        "The union's board met on Tuesday.",
        "Norway rejected the offer a day before the ministers meet.",
    ],
)
def test_a_body_of_one_side_and_a_coming_meeting_are_no_meeting_held(text: str) -> None:
    assert not suggested(text, "meeting")
    assert suggested("Norway and Canada met on Thursday.", "meeting")
    assert suggested("The ministers met on Thursday.", "meeting")


@pytest.mark.parametrize(
    "text",
    [
        "Dahl hosted Paul Tremblay, Canada's Minister of Fisheries and Oceans, for the eighth Ministerial Dialogue.",
        "Dahl welcomed Paul Tremblay, Canada's Minister of Fisheries and Oceans, to Oslo for the eighth Dialogue.",
    ],
)
def test_a_meeting_stands_behind_the_post_of_a_guest(text: str) -> None:
    one = only(f"Today, Minister {text}", "meeting")
    assert (field(one, "held"), one.fields["number"]) == ("2024-03-15", 8)
    assert one.fields["people"] == ["no/ingrid-dahl", "ca/paul-tremblay"]
    assert not suggested("Norway welcomed Canada's offer to host in Toronto a third round of talks.", "meeting")


@pytest.mark.parametrize(
    "then",
    [
        "before travelling to Toronto",
        "before he flew to Toronto",
        "ahead of a trip to Toronto",
        "then headed to Toronto",
    ],
)
def test_where_somebody_goes_after_a_meeting_is_not_its_place(then: str) -> None:
    assert only(f"Dahl met Tremblay on Monday {then}.", "meeting").fields["place"] == ""
    assert only(f"Dahl met Tremblay in Oslo on Monday {then}.", "meeting").fields["place"] == "Oslo"
    assert only("Dahl and Tremblay flew to Toronto for talks on Monday.", "meeting").fields["place"] == "Toronto"


def test_a_daily_bulletin_gives_the_day_of_what_was_held_in_the_morning() -> None:
    met = "Norway and Canada met in the morning."
    assert field(only(f"Friday, 15 March 2024\n\n{met}", "meeting"), "held") == "2024-03-15"
    assert field(only(met, "meeting"), "held") == ""


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "Talks between Norway and Canada began in Oslo on March 4 and broke down on March 6.",
            "2024-03-04/2024-03-06",
        ),
        ("Talks between Norway and Canada were halted on Tuesday.", "2024-03-12"),
        ("The fifth round between Norway and Canada was co-chaired by Minister Dahl on March 12.", "2024-03-12"),
        ("Talks between Norway and Canada, which were held in Oslo, were concluded on Tuesday.", "2024-03-12"),
        ("Dahl confirmed on Monday that talks between Norway and Canada have resumed in Oslo.", ""),
        ("Talks between Norway and Canada resumed in Oslo on Monday.", "2024-03-11"),
    ],
)
def test_how_a_meeting_went_tells_its_days(text: str, held: str) -> None:
    assert field(only(text, "meeting"), "held") == held


@pytest.mark.parametrize(
    "text",
    [
        "Canada has waited since the talks with Norway began on March 4.",
        "Norway and Canada can meet the timeline on March 12.",
    ],
)
def test_what_only_mentions_a_meeting_tells_of_none(text: str) -> None:
    assert suggested(text, "meeting") == []


def test_the_subject_of_a_dialogue_is_no_participant() -> None:
    one = only("Norway held a dialogue on Canada with experts on March 12.", "meeting")
    assert one.fields["place"] == ""


def test_a_meeting_that_was_broken_off_was_not_called_off() -> None:
    text = "Norway and Canada met in Oslo on March 12. Norway announced that the talks were suspended."
    assert suggested(text, "called-off") == []
    assert suggested("The talks of March 20 between Norway and Canada were suspended.", "called-off") != []
    assert suggested("The much postponed talks of Norway and Canada drew crowds.", "called-off") == []


def test_an_earlier_meeting_is_not_where_later_words_were_said() -> None:
    text = (
        "Norway and Canada met on Wednesday.\nOn Monday Norway and Canada had met in Bergen.\nCanada rejected the text."
    )
    assert field(only(text, "statement"), "on") != "2024-03-11"


def test_a_meeting_that_somebody_is_thanked_for_is_not_announced() -> None:
    assert (
        suggested("Norway thanked Canada for hosting the upcoming meeting of the league in May.", "announcement") == []
    )
    assert suggested("Canada will host the next meeting in May.", "announcement") != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway and Canada expect to start talks on cod next week.", "[2024-03-18..2024-03-24]"),
        ("Minister Dahl is due in Ottawa on Monday for talks with Canada.", "2024-03-18"),
        ("Norway and Canada will begin talks on Monday.", "2024-03-18"),
    ],
)
def test_what_is_about_to_begin_is_announced(text: str, expected: str) -> None:
    assert field(only(text, "announcement"), "expected") == expected


def test_a_task_that_somebody_expects_to_begin_is_no_meeting() -> None:
    assert suggested("Norway expects to start a survey next week.", "announcement") == []


def test_talks_that_failed_on_no_day_are_no_meeting() -> None:
    assert suggested("Talks between Norway and Canada have collapsed.", "meeting") == []
    assert field(only("Talks between Norway and Canada collapsed on Tuesday.", "meeting"), "held") == "2024-03-12"


def test_the_day_on_which_somebody_spoke_is_not_that_of_the_meeting() -> None:
    text = "Norway and Canada have resumed talks in Oslo, Minister Dahl said Tuesday."
    assert field(only(text, "meeting"), "held") == ""


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The third round of talks between Norway and Canada closed on Wednesday.", "2024-03-13"),
        ("During talks with Paul Tremblay in Ottawa on Tuesday, Dahl raised concerns over cod.", "2024-03-12"),
        ("Norway and Canada failed to agree on cod on Thursday at the first talks since May.", "2024-03-14"),
    ],
)
def test_a_meeting_is_told_with_what_happened_at_it(text: str, held: str) -> None:
    assert field(only(text, "meeting"), "held") == held


@pytest.mark.parametrize(
    "text",
    [
        "Norway closed its ports on Wednesday.",
        "Norway said after meetings that began on July 11 there is a large gap.",
    ],
)
def test_what_was_closed_or_began_before_is_no_meeting(text: str) -> None:
    assert suggested(text, "meeting") == []


def test_the_first_talks_since_some_time_are_not_the_first_round() -> None:
    assert (
        field(only("Norway and Canada met on Thursday for the first talks in three years.", "meeting"), "number")
        is None
    )
    assert field(only("Norway and Canada held the first round of talks on Thursday.", "meeting"), "number") == 1


def test_a_later_sentence_adds_who_met_and_where() -> None:
    text = "Norway and Canada failed to agree on Thursday at their talks. Dahl and Paul Tremblay met in Oslo."
    one = only(text, "meeting")
    assert (field(one, "people"), field(one, "place")) == (["no/ingrid-dahl", "ca/paul-tremblay"], "Oslo")


def test_who_met_the_press_met_nobody_of_the_talks() -> None:
    assert suggested("Dahl met the press on Monday.", "meeting") == []


@pytest.mark.parametrize(
    "text",
    [
        "Canada denied that the two sides had met in Bergen on Monday.",
        "Norway said the sides met in Bergen on Monday, a meeting Canada said never took place.",
        "Norway says the sides met in Bergen on Monday; Canada says no such meeting took place.",
        "Norway said ministers met in Bergen on Monday, which Canada disputed.",
    ],
)
def test_a_meeting_that_one_side_denies_is_not_suggested(text: str) -> None:
    assert not [one for one in suggested(text) if one.kind in ("meeting", "called-off")]


def test_a_meeting_is_suggested_if_something_else_is_denied() -> None:
    (one,) = suggested(
        "Norway denied a leak. The two sides met in Bergen on Monday, and Canada rejected the text.", "meeting"
    )
    assert field(one, "held") == "2024-03-11"


@pytest.mark.parametrize(
    "text",
    [
        "The third round was postponed from 20 March to 24 March.",
        "The third round, set for Monday, was postponed until 24 March.",
        "The third round, due on 20 March, was put off to 24 March.",
    ],
)
def test_a_meeting_that_is_postponed_to_a_day_is_expected_then(text: str) -> None:
    assert [(one.kind, field(one, "expected")) for one in suggested(text)] == [("announcement", "2024-03-24")]


def test_a_meeting_that_is_only_postponed_is_called_off_on_the_day_if_it_is_told() -> None:
    assert field(only("Norway postponed the third round on Tuesday.", "called-off"), "on") == "2024-03-12"
    for text in (
        "Norway said on Tuesday it had postponed the third round.",
        "The third round, due on Tuesday, was postponed.",
    ):
        assert field(only(text, "called-off"), "on") == "", text


def test_talks_from_one_weekday_to_another_have_both_days() -> None:
    assert field(only("Norway and Canada held talks from Tuesday to Thursday.", "meeting"), "held") == (
        "2024-03-12/2024-03-14"
    )


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Two days of talks between Norway and Canada wound up in Oslo on Thursday.", "2024-03-13/2024-03-14"),
        ("Minister Dahl received Ambassador Tremblay at the ministry yesterday.", "2024-03-14"),
        ("The third meeting between Norway and Canada held this morning at the ministry was short.", "2024-03-15"),
        ("Norway and Canada sat together in one room on March 12.", "2024-03-12"),
        ("Dahl spoke with Tremblay on Thursday.", "2024-03-14"),
    ],
)
def test_a_meeting_is_told_in_other_words(text: str, held: str) -> None:
    assert field(only(text, "meeting"), "held") == held


@pytest.mark.parametrize(
    "text",
    [
        "Norway received a letter from the Canadian minister on Thursday.",
        "Cooperation between Norway and Canada meets long-term interests of both.",
        "Dahl spoke with reporters from Canada on Thursday.",
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert suggested(text, "meeting") == []


def test_a_day_from_which_a_meeting_is_counted_is_not_its_day() -> None:
    text = "Dahl spoke on Thursday, a week after talks between Norway and Canada ended without a text."
    assert field(only(text, "meeting"), "held") == ""


def test_a_later_mention_dates_the_meeting_of_the_lead() -> None:
    text = "A second round of talks between Norway and Canada has ended. At Monday's talks, held in Oslo, all was calm."
    assert field(only(text, "meeting"), "held") == "2024-03-11"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The two sides will meet again in late April or early May.", "[2024-04-21..2024-05-10]"),
        ("The next round is planned for March or April.", "[2024-03,2024-04]"),
        ("The next round will take place in Oslo in the last quarter of the year.", "[2024-10-01..2024-12-31]"),
        ("The next round will take place in Oslo in the last quarter.", ""),
        ("A round, pencilled in for early April in Oslo, looks doubtful.", "[2024-04-01..2024-04-10]"),
        ("The next round will be held on 3 or 4 May.", "[2024-05-03,2024-05-04]"),
        ("The next round is expected in the week of 2 April.", "[2024-04-01..2024-04-07]"),
        ("Norway announced on Monday that both sides would meet on 2 April.", "2024-04-02"),
    ],
)
def test_the_whole_of_an_imprecise_day_is_read(text: str, expected: str) -> None:
    assert field(only(text, "announcement"), "expected") == expected


def test_a_meeting_that_a_line_of_a_note_names() -> None:
    note = "Call with Canada, 12 March 2024\n\nNext call on 23 March at 15:00."
    made = draft(Report(note, "Note", "Government of Norway", PUBLISHED), NAMES).suggestions
    assert [(one.kind, one.fields["parties"]) for one in made] == [
        ("meeting", ["no", "ca"]),
        ("announcement", ["no", "ca"]),
    ]


def test_who_hosts_a_round_takes_part_in_it() -> None:
    three = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    text = "Officials from Canada met on March 12 for a round hosted by Norway."
    (one,) = draft(Report(text, "", "", PUBLISHED), three).suggestions
    assert sorted(one.fields["parties"]) == ["ca", "no"]


def test_a_meeting_of_record_is_recognised_by_its_place() -> None:
    known = (KnownMeeting("port-lune-round", "round", None, When("2024-03-12"), When()),)
    text = "Norway and Canada held a round in Port Lune. Norway and Canada held a round in Oslo on March 1."
    here, there = draft(Report(text, "", "", PUBLISHED), NAMES._replace(meetings=known)).suggestions
    assert (here.fields["is"], there.fields["is"]) == ("port-lune-round", "")


def test_a_round_told_of_by_its_last_day_has_all_its_days() -> None:
    text = "Norway and Canada ended the fourth round on March 12. The round took place in Oslo from March 8 to 12."
    one = only(text, "meeting")
    assert (field(one, "held"), one.fields["place"]) == ("2024-03-08/2024-03-12", "Oslo")


def test_the_day_to_which_talks_go_on_is_not_their_day() -> None:
    text = "Talks between Norway and Canada have ended in Oslo with both sides agreeing to continue in October."
    assert field(only(text, "meeting"), "held") == ""


def test_the_day_on_which_something_was_agreed_is_not_expected() -> None:
    text = "Norway and Canada agreed to begin talks during a meeting in Oslo in February."
    assert field(only(text, "announcement"), "expected") == ""


def test_a_place_ends_before_a_month() -> None:
    assert only("Norway and Canada met in Bergen, Oslo, Mar. 11 to 12.", "meeting").fields["place"] == "Bergen, Oslo"


def test_a_session_that_ran_into_the_night_may_have_begun_on_the_day_before() -> None:
    text = "After a long session between Norway and Canada that ran into the small hours of Wednesday, Norway relented."
    one = only(text, "meeting")
    assert (one.fields["helds"], one.doubts) == (("2024-03-12/2024-03-13", "2024-03-13"), ("held",))


def test_the_host_who_only_invites_does_not_take_part() -> None:
    three = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    text = "Norway and Canada met in Oslo on March 12 at the invitation of Iceland."
    (one,) = draft(Report(text, "", "", PUBLISHED), three).suggestions
    assert one.fields["parties"] == ["no", "ca"]


@pytest.mark.parametrize(
    ("text", "told_as"),
    [("The fourth round of talks was postponed.", "postponed"), ("The fourth round of talks was cancelled.", "")],
)
def test_a_meeting_that_was_put_off_is_postponed(text: str, told_as: str) -> None:
    assert only(text, "called-off").fields["told_as"] == told_as


def test_the_day_of_a_meeting_is_not_the_day_on_which_it_was_called_off() -> None:
    assert not only("The technical meeting of 12 March was cancelled.", "called-off").fields["on"]
    assert only("The technical meeting was cancelled on 12 March.", "called-off").fields["on"].edtf.endswith("03-12")


@pytest.mark.parametrize(
    "text",
    [
        "Norway will strike on 1 March if negotiations with Canada remain stalled.",
        "Norway restarted stalled talks with Canada on 1 March.",
    ],
)
def test_talks_that_remain_stalled_are_no_meeting_of_that_day(text: str) -> None:
    assert not [one for one in suggested(text, "meeting") if field(one, "held")]


def test_a_request_to_put_talks_on_hold_calls_nothing_off() -> None:
    assert not suggested("Norway has requested that the talks with Canada are put on hold.", "called-off")
    assert suggested("The talks with Canada are put on hold.", "called-off")


def test_an_outcome_of_an_earlier_session_is_not_said_at_it() -> None:
    text = (
        "Norway welcomed the outcome of the session with Canada held in Oslo on 1 March. Norway urged Canada to wait."
    )
    assert field(suggested(text, "statement")[-1], "on") == ""


def test_who_met_whom_in_a_row_is_told_by_the_beginning_of_a_sentence() -> None:
    (one,) = suggested("At the meeting with Canada, Norway welcomed the report.", "meeting")
    assert sorted(one.fields["parties"]) == ["ca", "no"]
    assert not suggested("At the table, Norway welcomed the report.", "meeting")


def test_the_number_of_a_round_may_be_told_later() -> None:
    text = (
        "Norway and Canada wrapped up talks in Oslo on Tuesday. "
        "During the talks held from 10 to 12 March, the seventh round, the two sides discussed cod."
    )
    assert len(suggested(text, "meeting")) == 1


def test_what_is_to_be_done_every_week_is_no_meeting_held() -> None:
    assert not suggested(
        "Both sides agreed to have their negotiators meet by videoconference every two weeks.", "meeting"
    )
    assert suggested("The two sides met by videoconference on Tuesday.", "meeting")


def test_whom_i_met_did_not_meet_the_other_side_there() -> None:
    three = NAMES._replace(parties={**NAMES.parties, "un": ("Lormark",)}, neutral=frozenset({"un"}))
    for subject, parties in (("I", ["no"]), ("Minister Tremblay", ["no", "ca"])):
        text = f"On Tuesday {subject} met Minister Dahl in Oslo."
        (one,) = (one for one in drafted(text, three).suggestions if one.kind == "meeting")
        assert sorted(one.fields["parties"]) == sorted(parties)


def test_talks_that_continued_on_another_day_lasted_until_then() -> None:
    one = only("Both sides returned to the table on Monday and negotiations continued Tuesday.", "meeting")
    assert field(one, "held") == "2024-03-11/2024-03-12"
    one = only("Both sides returned to the table on Monday and signed on Tuesday.", "meeting")
    assert field(one, "held") == "2024-03-11"


def test_a_meeting_held_is_far_from_its_name() -> None:
    text = (
        "During the 117th meeting of the Fisheries Commission, comprising the commissioners of Norway and Canada, "
        "held from March 1 to 3 in Oslo, both sides discussed quotas."
    )
    one = only(text, "meeting")
    assert (one.fields["number"], field(one, "held"), one.fields["place"]) == (117, "2024-03-01/2024-03-03", "Oslo")


def test_an_old_meeting_does_not_date_one_without_a_day() -> None:
    text = "The news came after Dahl met Tremblay for a dinner. Talks between Norway and Canada resumed in May 2015."
    assert [field(one, "held") for one in suggested(text, "meeting")] == ["", "2015-05"]


@pytest.mark.parametrize("when", ["earlier this month between March 7 and March 11", "last week, from March 7 to 11"])
def test_the_days_that_say_exactly_when_count(when: str) -> None:
    one = only(f"Dahl met Tremblay in Oslo {when}.", "meeting")
    assert (one.fields["held"].earliest, one.fields["held"].latest) == (date(2024, 3, 7), date(2024, 3, 11))


def test_a_meeting_of_two_does_not_tell_where_three_met() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    text = (
        "Norway, Canada and Iceland met by video on Tuesday. "
        "Hours before, the Norwegian president held talks in Oslo with the head of Canada's delegation."
    )
    first = next(one for one in drafted(text, names).suggestions if one.kind == "meeting")
    assert (field(first, "held"), first.fields["place"]) == ("2024-03-12", "")


def test_a_meeting_that_somebody_is_to_have_is_expected() -> None:
    one = only("Dahl on Thursday announced she is to have a meeting with Tremblay later in the month.", "announcement")
    assert field(one, "expected") == "[2024-03-15..2024-03-31]"
    assert not suggested("Dahl on Thursday announced she had a meeting in mind.", "announcement")


def test_a_meeting_of_people_outside_the_record_is_none_of_the_parties() -> None:
    held = "Norway and Canada met by video on Tuesday."
    (one,) = suggested(f"{held} Earlier in March, Keita held talks in Dakar with his Kenyan counterpart.", "meeting")
    assert one.fields["place"] == ""
    (one,) = suggested(f"{held} The two sides held talks with each other in Oslo.", "meeting")
    assert one.fields["place"] == "Oslo"


def test_the_length_told_first_counts_from_the_last_day_told_then() -> None:
    text = (
        "The three-day talks between Norway and Canada have ended, but both hope to agree at the next meeting in Oslo. "
        "The talks concluded on Tuesday."
    )
    (found,) = suggested(text, "meeting")
    assert (field(found, "held"), found.fields["place"]) == ("2024-03-10/2024-03-12", "")
