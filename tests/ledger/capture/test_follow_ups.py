"""Follow-ups are what both sides agreed to do; what one side says that it will do is a promise."""

import pytest

from tests.ledger.capture.reports import NAMES, drafted, field, only, suggested, told

JOINT = "Joint statement by Norway and Canada"


def test_what_both_agreed_to_do_has_owners_and_a_day() -> None:
    one = only("The two sides agreed to exchange drafts on cod by April 2.", "follow-up")
    assert (one.fields["owners"], field(one, "due"), one.fields["issues"]) == (["no", "ca"], "[..2024-04-02]", ["cod"])
    assert not one.fields["standing"]


def test_what_is_to_be_kept_up_is_standing() -> None:
    assert only("Both sides agreed to continue close cooperation on cod.", "follow-up").fields["standing"]


def test_two_things_agreed_are_two_entries() -> None:
    found = suggested("Both sides agreed to exchange drafts on cod, and to publish all catch data.", "follow-up")
    assert [one.quote for one in found] == [
        "Both sides agreed to exchange drafts on cod",
        "to publish all catch data",
    ]


def test_in_a_joint_text_what_one_will_do_is_a_follow_up() -> None:
    text = "Norway will publish its catch data."
    assert [one.fields["owners"] for one in suggested(text, "follow-up", title=JOINT)] == [["no"]]
    assert suggested(text, "follow-up") == []


def test_what_one_side_promised_is_a_statement() -> None:
    text = "Norway agreed to exchange drafts on cod."
    assert (suggested(text, "follow-up"), told(text)) == ([], [("no", "promised")])


def test_what_both_only_agree_on_is_no_follow_up() -> None:
    text = "Both sides agreed that cod stocks are low."
    assert (suggested(text, "follow-up"), told(text)) == ([], [("no ca", "stated")])


def test_what_might_be_done_is_nothing() -> None:
    assert suggested("The two sides may agree to exchange drafts.") == []


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("They agreed that Norway would submit a paper by April 2.", ["no"]),
        ("Both sides agreed Canada should send its data.", ["ca"]),
        ("Norway and Canada agreed that a working group would be set up.", ["no", "ca"]),
        ("It was agreed that Norway would cut its quota.", ["no"]),
        ("It was agreed to exchange drafts.", ["no", "ca"]),
    ],
)
def test_what_was_agreed_that_somebody_would_do(text: str, owners: list[str]) -> None:
    assert only(text, "follow-up").fields["owners"] == owners


@pytest.mark.parametrize(
    "text",
    [
        "They agreed that peace would benefit all.",
        "They agreed that Norway would benefit from trade.",
        "They did not agree that Norway would submit a paper.",
        "Norway said that Canada would submit a paper.",
        "It was not agreed that Norway would cut its quota.",
        "If it was agreed that cod is scarce, Norway gains.",
    ],
)
def test_a_view_of_what_would_be_is_no_follow_up(text: str) -> None:
    assert suggested(text, "follow-up") == []


def test_a_promise_keeps_its_date() -> None:
    one = only("Norway promised to send its data within two weeks.", "statement")
    assert (one.fields["act"], field(one, "due")) == ("promised", "[2024-03-15..2024-03-29]")
    assert "due" not in only("Norway promised to send its data.", "statement").fields


def test_what_both_instructed_their_teams_to_do_is_a_follow_up() -> None:
    one = only("Norway and Canada instructed their teams to draft a text in May.", "follow-up")
    assert (one.fields["owners"], field(one, "due")) == (["no", "ca"], "2024-05")
    assert suggested("Norway and Canada did not instruct their teams to draft a text.", "follow-up") == []
    assert suggested("Norway instructed its team to draft a text.", "follow-up") == []


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Canada agreed to exchange data and to set up a working group by April 2.",
        "Norway and Canada agreed to continue efforts to cut quotas, and to set up a working group by April 2.",
        "Norway and Canada agreed to exchange data and set up a working group by April 2.",
        "It was agreed to exchange data and to set up a working group by April 2.",
        "It was agreed that data would be exchanged and that a working group would be set up by April 2.",
    ],
)
def test_the_second_task_of_an_agreement_is_another_follow_up(text: str) -> None:
    first, second = suggested(text, "follow-up")
    assert (field(first, "due"), field(second, "due")) == ("", "[..2024-04-02]")
    assert first.end < second.start and "working group" in second.quote


def test_an_agreement_and_a_task_are_two_entries() -> None:
    settled, task = suggested("Both sides agreed on a new quota and to set up a working group by April 2.")
    assert (settled.kind, settled.fields["act"], task.kind) == ("statement", "settled", "follow-up")
    assert settled.quote == "Both sides agreed on a new quota"


def test_from_when_something_holds_is_not_when_it_is_due() -> None:
    one = only("Norway and Canada agreed to open the port as of April 1.", "follow-up")
    assert (field(one, "due"), one.fields["words"]) == ("", "as of April 1")


def test_what_somebody_was_requested_to_do_is_a_follow_up() -> None:
    one = only("Norway was requested to circulate a text by April 2.", "follow-up")
    assert (one.fields["owners"], field(one, "due")) == (["no"], "[..2024-04-02]")
    assert suggested("Norway was not requested to circulate a text.", "follow-up") == []


def test_the_reasons_of_a_follow_up_speak_of_its_owners() -> None:
    reasons = only("Norway and Canada agreed to exchange data.", "follow-up").reasons
    assert reasons[0].startswith("agreed: “agreed”") and reasons[1].startswith("owners: ")


def test_who_was_asked_to_do_something_has_it_to_do() -> None:
    text = "Both sides met. Norway was asked to prepare a list."
    assert [one.fields["owners"] for one in suggested(text, "follow-up")] == [["no"]]
    assert suggested("Norway was asked about a list.", "follow-up") == []


def test_the_day_of_an_agreement_is_no_deadline() -> None:
    one = only("Both sides agreed on Wednesday to exchange drafts.", "follow-up")
    assert field(one, "due") == ""
    assert field(only("Both sides agreed to exchange drafts by Wednesday.", "follow-up"), "due") != ""


def test_a_deadline_that_may_have_passed_is_left_open() -> None:
    one = only("Both sides agreed to exchange drafts by February 12.", "follow-up")
    assert (field(one, "due"), one.fields["words"]) == ("", "by February 12")
    assert field(only("Both sides agreed to exchange drafts by April 12.", "follow-up"), "due") == "[..2024-04-12]"


def test_an_agreement_according_to_a_statement_is_one_of_its_sides() -> None:
    text = "Norway and Canada agreed in Oslo to exchange drafts, according to a joint statement."
    assert only(text, "follow-up").fields["owners"] == ["no", "ca"]


def test_an_agreement_reached_to_do_something_is_a_follow_up_of_both() -> None:
    one = only("An agreement has been reached to fix the date of the next round.", "follow-up")
    assert field(one, "owners") == ["no", "ca"]
    one = only("Norway and Canada arrived at a consensus to return the boats.", "follow-up")
    assert field(one, "owners") == ["no", "ca"]


def test_an_agreement_that_was_not_reached_is_no_follow_up() -> None:
    for text in ("No agreement has been reached to return the boats.", "Norway came to Oslo to talk."):
        assert suggested(text, "follow-up") == []


def test_everybody_named_is_an_owner() -> None:
    text = "Norway and Canada met. The two ministers agreed that experts of Norway and Canada would complete a survey."
    assert only(text, "follow-up").fields["owners"] == ["no", "ca"]
    one_side = "Norway and Canada met. The two ministers agreed that experts of Norway would complete a survey."
    assert only(one_side, "follow-up").fields["owners"] == ["no"]


def test_what_each_of_several_is_to_do_is_a_follow_up_of_all() -> None:
    agreed = "The two sides and Iceland agreed to exchange lists. Each of the three is to send its list by 1 May."
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    title = "Norway and Canada meet"
    made = [one for one in drafted(agreed, names, title).suggestions if one.kind == "follow-up"]
    assert [one.fields["owners"] for one in made] == [["no", "ca", "is"]] * 2
    assert not suggested("Each of the boats is to send its list by 1 May.", "follow-up")


def test_what_a_joint_statement_says_that_one_side_will_do_is_a_follow_up() -> None:
    told_of = "Norway and Canada issued a joint statement. Norway will open its ports, according to the statement."
    assert [one.fields["owners"] for one in suggested(told_of, "follow-up")] == [["no"]]
    assert not suggested("Norway will open its ports, according to the weather.", "follow-up")


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Canada agreed after two days of talks in Oslo late Thursday to speed up their work on cod.",
        "Norway and Canada agreed at a meeting in Oslo to speed up their work on cod.",
    ],
)
def test_when_and_where_it_was_agreed_may_stand_before_what_is_to_be_done(text: str) -> None:
    assert only(text, "follow-up").fields["owners"] == ["no", "ca"]
    assert not suggested(text.replace(" to speed up their work", " on their work"), "follow-up")


def test_of_several_whom_the_title_does_not_name_all_are_the_parties() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",), "fo": ("Faroe Islands",)})
    text = (
        "Norway, Canada, Iceland and the Faroe Islands rejected the advice. "
        "The coastal states agreed to submit a joint request by 1 May."
    )
    made = [one for one in drafted(text, names).suggestions if one.kind == "follow-up"]
    assert [one.fields["owners"] for one in made] == [["no", "ca", "is", "fo"]]


@pytest.mark.parametrize(
    "how",
    ["every two weeks", "every month", "twice a year", "annually", "every two weeks, starting on 1 May"],
)
def test_what_recurs_is_standing_and_no_coming_meeting(how: str) -> None:
    text = f"The chief negotiators will meet by video conference {how}."
    assert only(text, "follow-up").fields["standing"]
    assert not suggested(text, "announcement")
    assert suggested("The chief negotiators will meet by video conference in two weeks.", "announcement")


def test_what_two_named_sides_will_do_is_a_follow_up_of_both() -> None:
    one = only("Norway and Canada will jointly publish the catch figures.", "follow-up")
    assert one.fields["owners"] == ["no", "ca"]
    assert not suggested("Norway will, and Canada will not, publish its figures.", "follow-up")


def test_what_is_still_a_question_is_no_undertaking() -> None:
    assert not suggested("The talks are about how much cod each side will catch in a shared zone.", "follow-up")
    assert suggested("Each side will catch less cod in a shared zone.", "follow-up")
