"""Acts that a noun names are suggested, and mere mentions of such nouns are not."""

import pytest

from tests.ledger.capture.reports import field, only, suggested, told


@pytest.mark.parametrize(
    ("text", "by", "act"),
    [
        ("The demand by Canada for a larger quota surprised nobody.", "ca", "asked"),
        ("Norway's refusal to cut its quota angered the fleet.", "no", "refused"),
        ("An assurance from Canada that inspections would end was met with silence.", "ca", "promised"),
        ("The Canadian offer of 30 tonnes fell on deaf ears.", "ca", "proposed"),
        ("Dahl's reply was that the quota had been kept.", "no/ingrid-dahl", "stated"),
        ("Dahl's answer was that Norway would not accept the text.", "no/ingrid-dahl", "refused"),
    ],
)
def test_a_noun_names_the_act_of_whom_it_is(text: str, by: str, act: str) -> None:
    assert told(text) == [(by, act)]


@pytest.mark.parametrize(
    "text",
    [
        "The demand for cod in Canada has grown.",
        "Norway's offer expires in June.",
        "The quota, a demand of the fleet, was kept.",
    ],
)
def test_a_noun_without_its_matter_or_its_party_names_no_act(text: str) -> None:
    assert told(text) == []


def test_a_refused_demand_gives_the_demand_and_the_refusal() -> None:
    told_of = told("A request by Canada for a larger quota was turned down by Norway.")
    assert sorted(told_of) == [("ca", "asked"), ("no", "refused")]
    quotes = [one.quote for one in suggested("A request by Canada for a larger quota was turned down by Norway.")]
    assert quotes == ["A request by Canada for a larger quota", "was turned down by Norway"]


def test_what_was_signed_after_a_meeting_is_settled_by_its_parties() -> None:
    held = "Norway and Canada held the fourth round of talks in Oslo on March 12. "
    (one,) = suggested(f"{held}Following the talks, a protocol was signed.", "statement")
    assert (one.fields["by"], one.fields["act"], field(one, "on")) == (["no", "ca"], "settled", "2024-03-12")
    assert suggested(f"{held}A protocol was signed in 2012.", "statement") == []
    assert suggested(f"{held}Following the talks, no agreement was reached.", "statement") == []


def test_an_answer_without_an_agent_is_that_of_the_other_side_and_in_doubt() -> None:
    text = "Norway made an improved offer on cod, but the proposal was turned down."
    _, one = suggested(text, "statement")
    assert (one.fields["by"], one.acts[0], one.doubts) == (["ca"], "refused", ("by",))


def test_an_answer_with_its_agent_is_no_second_one() -> None:
    assert len(suggested("Norway made an offer, but the proposal was rejected by Canada.", "statement")) == 2
    assert len(suggested("Norway made an offer, but the proposal was not discussed.", "statement")) == 1


def test_what_was_also_agreed_upon_is_settled_unless_it_was_not() -> None:
    (one,) = suggested("An exchange of data was also agreed upon.", "statement")
    assert (one.fields["by"], one.acts[0]) == (["no", "ca"], "settled")
    assert suggested("An exchange of data was also not agreed upon.", "statement") == []


def test_a_request_that_a_sentence_leads_up_to_is_one() -> None:
    (one,) = suggested("One point of contention was Norway’s call for a ban.", "statement")
    assert (one.fields["by"], one.acts[0]) == (["no"], "asked")


@pytest.mark.parametrize(
    "text",
    [
        "The text agreed by Norway and Canada reads: “Each Party shall open its ports to the other.”",
        "Under article 4.2(a), which the two sides agreed on Monday, “no vessel shall be boarded without notice”.",
        "Under the terms that both sides initialled, “each Party shall report its catch within ten days”.",
    ],
)
def test_wording_that_is_quoted_from_an_agreed_text_is_settled_by_those_who_agreed(text: str) -> None:
    one = suggested(text, "statement")[-1]
    assert ({*one.fields["by"]}, one.fields["act"], one.doubts) == ({"no", "ca"}, "settled", ())


@pytest.mark.parametrize(
    "text",
    [
        "Under article 4, which the two sides have not agreed, “no vessel shall be boarded without notice”.",
        "Norway proposed that the text of article 4 read: “No vessel shall be boarded without notice.”",
        "Dahl said the text agreed on Monday was “the best that anybody could have hoped for”.",
    ],
)
def test_wording_that_is_not_agreed_is_not_settled(text: str) -> None:
    assert "settled" not in [one.fields["act"] for one in suggested(text, "statement")]


def test_what_was_requested_by_nobody_named_is_in_doubt() -> None:
    one = only("It was requested that 1,500 permits be issued.", "statement")
    assert (one.acts[0], "by" in one.doubts) == ("asked", True)
    assert only("It was requested by Norway that permits be issued.", "statement").fields["by"] == ["no"]
    assert not suggested("It was raining in Oslo.", "statement")
