"""The thread of a report: the day, meeting, addressee and issues that a sentence takes from those before it."""

import pytest

from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.suggest import draft
from ledger.capture.thread import Report
from tests.ledger.capture.reports import NAMES, PUBLISHED, drafted, field, only, suggested, told


def test_a_day_holds_for_its_paragraph_and_no_longer() -> None:
    text = "On March 12, Norway rejected the text. It asked for more time.\nCanada welcomed the visit."
    assert [field(one, "on") for one in suggested(text, "statement")] == ["2024-03-12", "2024-03-12", ""]


def test_what_only_points_back_is_about_the_issues_before() -> None:
    text = "Norway raised the cod quota with Canada and asked it to lower the figure. It rejected the proposal."
    assert suggested(text, "statement")[-1].fields["issues"] == ["cod"]


def test_an_issue_is_found_by_the_words_of_its_title() -> None:
    one = only("Norway asked for access for its fishing boats to all northern grounds.", "statement")
    assert one.fields["issues"] == ["access"]
    assert only("Norway asked for access to the archive.", "statement").fields["issues"] == []


def test_an_issue_is_not_found_inside_another_word() -> None:
    assert only("Norway asked for a codicil.", "statement").fields["issues"] == [
        "cod"
    ]  # the phrase may be the beginning of a longer word
    assert only("Norway asked for an encoding.", "statement").fields["issues"] == []


def test_the_addressee_is_the_object_of_the_verb() -> None:
    assert only("Norway urged Canada to yield.", "statement").fields["to"] == ["ca"]
    assert only("Norway rejected the text.", "statement").fields["to"] == ["ca"]
    assert only("Norway stated its policy.", "statement").fields["to"] == []


def test_what_is_told_to_the_press_is_told_to_nobody_else() -> None:
    assert only("Norway told reporters that it rejected the text.", "statement").fields["to"] == []
    assert only("Norway told Canada that it rejected the text.", "statement").fields["to"] == ["ca"]


def test_an_answer_goes_to_whose_words_it_answers() -> None:
    names = Gazetteer({"no": ("Norway",), "ca": ("Canada",), "is": ("Iceland",)}, {}, {})
    for text, to in (
        ("Norway rejected Canada's proposal.", ["ca"]),
        ("Norway proposed to Iceland that they share the catch.", ["is"]),
        ("Norway described the catch as large.", []),
    ):
        (one,) = [one for one in drafted(text, names).suggestions if one.kind == "statement"]
        assert one.fields["to"] == to


def test_words_after_the_round_are_not_said_at_it() -> None:
    held = "Norway and Canada held the fourth round of talks in Oslo on March 12. "
    inside, after = (
        only(f"{held}Dahl {words}", "statement")
        for words in ("rejected the text.", "said afterwards that cod is scarce.")
    )
    assert (inside.fields["at"], after.fields["at"]) == ("m1", "")


def test_the_following_day_is_counted_from_the_last_one_named() -> None:
    text = "On March 12, Norway rejected the text. Canada withdrew its offer the following day."
    assert [field(one, "on") for one in suggested(text, "statement")] == ["2024-03-12", "2024-03-13"]


def test_a_day_is_not_carried_over_to_another_speaker() -> None:
    text = "On March 12, Norway rejected the text. Canada welcomed the visit."
    assert [field(one, "on") for one in suggested(text, "statement")] == ["2024-03-12", ""]


def test_what_is_said_was_not_said_at_a_meeting_of_long_before() -> None:
    text = (
        "Norway and Canada met in Oslo on March 12. Norway welcomed the progress. The two sides had met in Bergen on "
        "January 5. Norway asked Canada for data."
    )
    first, last = suggested(text, "statement")
    assert (first.fields["at"], last.fields["at"]) == ("m1", "m1")
    assert [field(one, "held") for one in suggested(text, "meeting")] == ["2024-03-12", "2024-01-05"]


@pytest.mark.parametrize(
    ("text", "voice", "in_doubt"),
    [
        ("Tremblay asked Norway to wait. He said that Norway would not yield.", "no/ingrid-dahl", True),
        ("Tremblay asked Norway to wait. He said that Norway would face duties.", "ca/paul-tremblay", False),
        ("Tremblay asked Norway to wait. He said that Canada would not yield.", "ca/paul-tremblay", False),
        ("Tremblay rejected the text. He reaffirmed Norway’s readiness to talk.", "no/ingrid-dahl", True),
        ("Tremblay rejected the text. He welcomed Norway’s readiness to talk.", "ca/paul-tremblay", False),
        ("Tremblay rejected the text. She urged Canada to think again.", "no/ingrid-dahl", False),
        ("The Canadian side rejected the text. He thanked Norway.", "ca/paul-tremblay", False),
    ],
)
def test_he_speaks_for_the_side_that_the_sentence_speaks_for(text: str, voice: str, in_doubt: bool) -> None:
    met = "Ambassador Paul Tremblay met Minister Ingrid Dahl in Oslo on March 12. "
    last = suggested(met + text, "statement")[-1]
    assert (last.fields["by"], "by" in last.doubts) == ([voice], in_doubt)
    assert last.fields.get("speakers", [voice])[0] == voice


def test_what_a_ministry_says_in_the_present_is_said_on_the_day_of_publication() -> None:
    of_norway = draft(Report("Norway supports the plan.", "", "Ministry of Trade of Norway", PUBLISHED), NAMES)
    (one,) = of_norway.suggestions
    assert field(one, "on") == PUBLISHED.isoformat()
    assert field(only("Norway supports the plan.", "statement"), "on") == ""


def test_what_was_told_the_press_was_not_said_at_the_meeting() -> None:
    met = "Norway and Canada met in Oslo on March 12. "
    (at_it,) = suggested(f"{met}Dahl rejected the text.", "statement")
    (to_press,) = suggested(f"{met}Dahl told reporters that she rejected the text.", "statement")
    assert (at_it.fields["at"], at_it.fields["to"]) == ("m1", ["ca"])
    assert (to_press.fields["at"], to_press.fields["to"], field(to_press, "on")) == ("", [], "")


def test_of_several_parties_the_sides_are_those_of_the_title() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    report = Report("The Parties welcomed the progress.", "Joint statement by Norway and Iceland", "", PUBLISHED)
    assert draft(report, names).suggestions[0].fields["by"] == ["no", "is"]
    untitled = Report("The Parties welcomed the progress.", "", "", PUBLISHED)
    assert draft(untitled, names).suggestions == []


def test_an_issue_is_named_again_by_its_last_word() -> None:
    text = "Norway raised the cod quotas. Canada called the quotas unfair."
    assert [one.fields["issues"] for one in suggested(text, "statement")] == [["cod"], ["cod"]]
    assert only("Canada called the quotas unfair.", "statement").fields["issues"] == []


@pytest.mark.parametrize("verb", ["has accepted", "had asked for", "has repeatedly opposed"])
def test_what_somebody_has_said_was_not_said_at_the_meeting(verb: str) -> None:
    met = "Norway and Canada met in Oslo on March 12. "
    (one,) = suggested(f"{met}Canada {verb} the text.", "statement")
    assert (field(one, "on"), one.fields["at"]) == ("", "")
    (at_it,) = suggested(f"{met}Canada opposed the text.", "statement")
    assert (field(at_it, "on"), at_it.fields["at"]) == ("2024-03-12", "m1")


def test_the_day_of_one_speaker_is_not_that_of_another() -> None:
    text = "Dahl said on Monday that the text was fair. Tremblay rejected it."
    assert [field(one, "on") for one in suggested(text, "statement")] == ["2024-03-11", ""]


@pytest.mark.parametrize(
    "text",
    [
        "The text is fair, Dahl said on Monday, but Canada rejected it.",
        "Dahl told the Storting on Monday that she would sign the text.",
        "“We will sign the text as it is,” Dahl told reporters on Monday.",
    ],
)
def test_a_statement_was_made_on_the_day_beside_its_verb(text: str) -> None:
    assert field(suggested(text, "statement")[0], "on") == "2024-03-11"


def test_of_a_conference_whose_participants_are_not_named_everybody_may_have_spoken() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    text = "The ninth session was held in Geneva on March 12. Iceland opposed the text."
    found = draft(Report(text, "", "", PUBLISHED), names).suggestions
    assert [(one.kind, one.fields.get("at")) for one in found][-1] == ("statement", "m1")


@pytest.mark.parametrize(
    "text",
    [
        "The talks went on.\nCod quotas\nNorway opposed any delay.",
        "The talks went on. On cod, the two sides differed. Norway opposed any delay.",
    ],
)
def test_a_statement_that_names_no_issue_is_on_that_of_its_heading_or_paragraph(text: str) -> None:
    assert suggested(text, "statement")[-1].fields["issues"] == ["cod"]


def test_the_headline_of_a_report_is_not_the_issue_of_all_of_it() -> None:
    assert only("Talks on cod quotas\nNorway opposed any delay.", "statement").fields["issues"] == []


def test_a_speaker_who_is_not_in_the_record_is_not_the_one_before() -> None:
    text = (
        "Dahl rejected the text. Olav Moe, an adviser to President Paul Tremblay, dismissed that. "
        "“A bad text is no text at all,” he said."
    )
    assert [one.fields["by"] for one in suggested(text, "statement")] == [["no/ingrid-dahl"]]


def test_what_somebody_unnamed_said_has_not_the_day_of_the_speaker_before() -> None:
    text = "Dahl said on Monday that the text was fair.\nA diplomat said that the text was unfair."
    assert [field(one, "on") for one in suggested(text, "statement")] == ["2024-03-11", ""]


def test_a_day_since_when_is_not_the_day_of_the_next_clause() -> None:
    text = "Dahl said that no ship had come since Monday and called on Canada to act. She rejected the text."
    assert [field(one, "on") for one in suggested(text, "statement")] == ["", "", ""]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Both want a lower quota.", ""),
        ("Norway is insisting on a lower quota.", ""),
        ("Norway insisted on a lower quota.", "2024-03-12"),
        ("The session came days after Norway had rejected the text.", ""),
    ],
)
def test_what_holds_now_or_came_before_has_no_day_of_the_meeting(text: str, on: str) -> None:
    found = suggested(f"Norway and Canada met in Oslo on March 12.\n{text}", "statement")
    assert [field(one, "on") for one in found] == [on]


def test_a_day_between_an_accusation_and_its_matter_is_its_day() -> None:
    assert field(only("Norway accused Canada on Tuesday of delay.", "statement"), "on") == "2024-03-12"
    assert field(only("Norway accused Canada of delay in the Tuesday session.", "statement"), "on") == ""


def test_he_urged_both_sides_is_the_word_of_him() -> None:
    text = "Minister Dahl proposed a new text. He urged both sides to be patient."
    assert told(text) == [("no/ingrid-dahl", "proposed"), ("no/ingrid-dahl", "asked")]


def test_the_subject_of_a_headline_is_no_side() -> None:
    text = "Both sides welcomed the text."
    names = NAMES._replace(parties={**NAMES.parties, "ru": ("Russia",)})
    (one,) = drafted(text, names, "Dialogue of Norway and Canada on Russia").suggestions
    assert one.fields["by"] == ["no", "ca"]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("In January the board is to meet; Norway rejected the text.", ""),
        ("The board is to meet in May; Norway urged Canada last week to wait.", "[2024-03-04..2024-03-10]"),
        ("On March 12, Norway rejected the text.", "2024-03-12"),
        ("On March 12 Canada voted, but Norway rejected the text.", ""),
        ("Norway welcomed the signing of the text in May.", ""),
    ],
)  # fmt: skip
def test_the_day_of_another_clause_is_not_that_of_a_statement(text: str, on: str) -> None:
    assert field(suggested(text, "statement")[-1], "on") == on


def test_the_day_of_somebodys_words_of_long_ago_is_not_that_of_the_next() -> None:
    for day, on in (("March 12", "2024-03-12"), ("January 9", "")):
        text = f"On {day}, Dahl rejected the text.\nDahl welcomed the visit."
        assert field(suggested(text, "statement")[-1], "on") == on


def test_who_is_urged_in_a_headline_is_no_side() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "fi": ("Finland",), "pl": ("Poland",)})
    (one,) = drafted("Both sides welcomed the text.", names, "Norway and Canada urge Finland to wait").suggestions
    assert one.fields["by"] == ["no", "ca"]


def test_the_only_party_that_is_blamed_is_addressed() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "fi": ("Finland",), "pl": ("Poland",)})

    def to(text: str) -> list[str]:
        (one,) = drafted(text, names).suggestions
        return list(one.fields["to"])

    assert to("Norway criticised the delay in Canada.") == ["ca"]
    assert to("Norway criticised the delay in Canada and Poland.") == []
    assert to("Norway noted the delay in Canada.") == []


def test_a_group_and_one_of_its_side_are_the_group() -> None:
    text = "Norway and Canada met.\nThe ministers and Minister Dahl condemned the raid."
    assert told(text) == [("no ca", "criticised")]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Norway rejected a truce on February 6 meant to last.", "2024-02-06"),
        ("Norway welcomed the raid on February 6 and its end.", ""),
        ("Norway welcomed the truce.", "2024-03-12"),
    ],
)
def test_another_day_in_a_clause_takes_the_day_of_the_meeting_away(text: str, on: str) -> None:
    found = suggested(f"Norway and Canada met in Oslo on March 12.\n{text}", "statement")
    assert [field(one, "on") for one in found] == [on]


def test_what_was_said_after_a_meeting_has_its_day_but_was_not_said_at_it() -> None:
    text = "Norway and Canada met in Oslo on Thursday.\nDahl said after the meeting that nothing had changed.\n"
    first, *_ = suggested(text, "statement")
    assert (field(first, "on"), field(first, "at")) == ("2024-03-14", "")
    later = suggested(text + "“We are not there yet and will not be soon,” said Dahl.", "statement")[-1]
    assert (field(later, "on"), field(later, "at"), field(later, "to")) == ("2024-03-14", "", [])


def test_the_day_of_what_a_relative_clause_tells_is_not_that_of_the_statement() -> None:
    (one,) = suggested("Norway said after meetings that began on July 11 there is a large gap.", "statement")
    assert field(one, "on") == ""


def test_the_day_of_talks_that_a_paragraph_begins_with_is_that_of_its_statements() -> None:
    text = "Norway and Canada met on Thursday.\nDuring the January talks, Norway asked for more cod. Canada refused it."
    first, second = suggested(text, "statement")
    assert (field(first, "on"), field(second, "on"), field(second, "at")) == ("2024-01", "", "")


def test_what_somebody_hopes_or_says_in_the_present_has_no_day_of_another_sentence() -> None:
    hopes = suggested("Norway rejected the text on Monday. It hopes for a new one.")[-1]
    asked = suggested("Norway rejected the text on Monday. It asked for a new one.")[-1]
    assert (field(hopes, "on"), field(asked, "on")) == ("", "2024-03-11")
    says = suggested("Norway says the text was signed on Monday.")[-1]
    said = suggested("Norway rejected the text on Monday.")[-1]
    assert (field(says, "on"), field(said, "on")) == ("", "2024-03-11")


@pytest.mark.parametrize("how", ["Speaking to the press", "In remarks to journalists", "At a briefing for reporters"])
def test_what_is_said_to_the_press_is_not_said_at_the_round(how: str) -> None:
    held = "The two sides held a third round on Monday."
    assert field(suggested(f"{held} {how}, Dahl called the offer unfair.")[-1], "at") == ""
    assert field(suggested(f"{held} Dahl called the offer unfair.")[-1], "at") == "m1"


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Since last month, Norway has asked Canada to open its ports.", ""),
        ("Last month, Norway asked Canada to open its ports.", "2024-02"),
        ("Until last month, Norway refused to open its ports.", ""),
    ],
)
def test_a_day_from_or_to_which_something_was_asked_is_not_when_it_was_asked(text: str, on: str) -> None:
    assert field(suggested(text, "statement")[0], "on") == on


def test_a_quotation_has_the_day_of_the_words_that_lead_it_in() -> None:
    met = "Norway and Canada met in Oslo on Wednesday. "
    text = f'{met}Dahl had said in a message to members on Tuesday: "Canada will never open its ports to us."'
    assert [field(one, "on") for one in suggested(text, "statement")] == ["2024-03-12"]
    other = f'{met}Dahl told the meeting: "Canada will never open its ports to us."'
    assert [field(one, "on") for one in suggested(other, "statement")] == ["2024-03-13"]


def test_of_three_parties_the_two_that_are_named_most_are_the_sides() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    often = "Norway met Canada. Norway spoke. Canada spoke. Norway asked Canada for cod. Iceland was there. "
    report = f"{often}Canada offered a deal on cod."
    assert drafted(report, names).suggestions[-1].fields["to"] == ["no"]
    rarely = "Norway was there. Iceland was there. Canada offered a deal on cod."
    assert drafted(rarely, names).suggestions[-1].fields["to"] == []


def test_a_day_in_a_relative_clause_is_not_that_of_the_statement() -> None:
    (one,) = suggested("Tremblay, who left the talks in 2018, has threatened to leave again.", "statement")
    assert field(one, "on") == ""
    (other,) = suggested("In February, Tremblay threatened to leave again.", "statement")
    assert field(other, "on") == "2024-02"


def test_who_is_named_after_a_quotation_goes_on_speaking() -> None:
    met = "Norway met Canada. Tremblay was there. "
    text = f"{met}“Norway will wait for the reply of Canada,” said Ingrid Dahl, adding that it was due."
    assert told(text)[-1] == ("no/ingrid-dahl", "stated")


def test_who_spoke_to_the_press_on_a_later_day_does_not_go_on_at_the_meeting() -> None:
    held = "Norway and Canada met in Oslo on Monday."
    told = "“We are ready to sign,” Dahl said at a briefing on Tuesday. Dahl said the offer was unfair."
    later = suggested(f"{held}\n\n{told}", "statement")[-1]
    assert (field(later, "on"), later.fields["at"]) == ("2024-03-12", "")
    there = suggested(f"{held}\n\nDahl said the offer was unfair.", "statement")[-1]
    assert (field(there, "on"), there.fields["at"]) == ("2024-03-11", "m1")


@pytest.mark.parametrize("who", ["The mediators", "The intermediaries"])
def test_they_in_what_mediators_say_are_the_mediators(who: str) -> None:
    (one,) = suggested(f"{who} said they were ready to present a text.")
    assert (one.kind, one.fields["by"]) == ("statement", [{"unnamed": who}])
    (one,) = suggested("Both sides said they were ready to present a text.", "statement")
    assert one.fields["by"] == ["no", "ca"]


def test_they_after_both_sides_are_both_sides() -> None:
    text = "Norway said that all parties agreed on the list. They decided to settle the rest quickly."
    assert only(text, "follow-up").fields["owners"] == ["no", "ca"]


def test_a_verb_without_its_own_subject_has_no_day_if_the_first_has_none() -> None:
    held = "Norway and Canada met in Oslo on Monday."
    first, second = suggested(f"{held}\n\nDahl had earlier rejected the text and asked for time.", "statement")
    assert (field(first, "on"), field(second, "on"), second.fields["at"]) == ("", "", "")
    first, second = suggested(f"{held}\n\nDahl rejected the text and asked for time.", "statement")
    assert (first.fields["at"], second.fields["at"]) == ("m1", "m1")


@pytest.mark.parametrize(
    ("then", "on"),
    [
        ("He said that Canada had refused to move.", "2024-03-12"),
        ("He told Reuters that Canada had refused to move.", ""),
        ("He told a reporter of the Oslo daily that Canada had refused to move.", ""),
        ("Dahl said at one point that Canada had refused to move.", ""),
        ("Dahl said in an interview that Canada had refused to move.", ""),
        ("Dahl said that Canada had refused to move, the broadcaster NRK reported.", ""),
    ],
)
def test_a_day_is_not_carried_to_another_occasion(then: str, on: str) -> None:
    text = f"Dahl told the press on March 12 that the text was fair. {then}"
    assert field(suggested(text, "statement")[-1], "on") == on
