"""The act of a clause by whom it tells of: the speaker's side, the other one, or both; each with its opposite."""

import pytest

from tests.ledger.capture.reports import told


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Dahl said that Canada should open its ports.", "asked"),
        ("Dahl said that Norway and Canada should be partners.", "stated"),
        ("“We must go on with these talks,” Dahl said.", "stated"),
        ("“Canada must go on with these talks,” Dahl said.", "asked"),
        ("Dahl said that Canada was ready to sign the text.", "stated"),
        ("Dahl said that Norway was ready to sign the text.", "promised"),
        ("Dahl said that the two countries had no plans to meet.", "stated"),
        ("Dahl said that Norway had no plans to meet.", "refused"),
        ("“Canada has cancelled the round at short notice,” Dahl said.", "criticised"),
        ("“They are blocking every single paragraph,” Dahl said.", "criticised"),
        ("“We are blocking nothing in this text,” Dahl said.", "stated"),
        ("“We propose a pause of two weeks,” Dahl said.", "proposed"),
        ("“We reject the text as it stands,” Dahl said.", "refused"),
        ("“They sprang it on us at the last minute,” Dahl said.", "criticised"),
        ("“They told us about it at the last minute,” Dahl said.", "stated"),
        ("Dahl said that Norway would drop its demand for an inspection.", "withdrew"),
        ("Dahl said that Canada would drop its demand for an inspection.", "stated"),
        ("Dahl said that Norway was still pressing for an inspection.", "asked"),
        ("Dahl said that Canada was still pressing for an inspection.", "stated"),
        ("“We thank them for their patience,” Dahl said.", "welcomed"),
        ("Dahl said that Canada would be in Ottawa on Saturday.", "stated"),
        ("Dahl said that Norway would be in Ottawa on Saturday.", "promised"),
    ],
)
def test_whose_act_a_clause_tells(text: str, act: str) -> None:
    assert [one for _, one in told(text)] == [act]


def test_each_of_several_clauses_has_its_own_subject() -> None:
    found = told("Dahl said that Canada had ignored the text, and that the two countries had no plans to meet.")
    assert [act for _, act in found] == ["criticised", "stated"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Dahl said that Canada “did not show any will to agree”.", "criticised"),
        ("Dahl said that Norway “did not show its hand at all”.", "stated"),
        ("“Canada’s been very rough on us in these talks,” Dahl said.", "criticised"),
        ("“It’s been a very rough week in these talks,” Dahl said.", "stated"),
        ("Dahl called Canada a close ally.", "stated"),
        ("Dahl called the text a joke.", "criticised"),
        ("Dahl vowed to resist the quota.", "objected"),
        ("Dahl vowed to publish the quota.", "promised"),
        ("Dahl said that any agreement must protect cod.", "conditioned"),
        ("Dahl said that an agreement protected cod.", "stated"),
        ("Dahl said that Norway would not retaliate.", "promised"),
        ("Dahl said that Norway would not sign.", "refused"),
        ("“We have made no progress on cod at all,” Dahl said.", "stated"),
        ("“We have made real progress on cod this week,” Dahl said.", "narrowed"),
    ],
)
def test_a_reproach_a_condition_and_a_promise_have_their_opposites(text: str, act: str) -> None:
    assert [one for _, one in told(text)] == [act]


def test_the_answer_to_an_offer_is_that_of_whoever_gives_it() -> None:
    said = told("Canada said it would accept an offer from Norway to resume the talks, but only if the ban ends.")
    assert said == [("ca", "conditioned")]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("“Canada has chosen to wait instead of leading the way here,” Dahl said.", "criticised"),
        ("“Norway has chosen to wait instead of hurrying at all,” Dahl said.", "stated"),
        ("“Our crews are tired of this endless waiting game,” Dahl said.", "criticised"),
        ("“Our crews are busy with this endless waiting game,” Dahl said.", "stated"),
        ("Dahl said that failure to agree would hurt the coast.", "warned"),
        ("Dahl said that the coast had been hurt.", "stated"),
        ("“Canada would be wise to read the text again,” Dahl said.", "asked"),
        ("“Canada was wise to read the text again,” Dahl said.", "stated"),
        ("Dahl said that the offer missed the mark.", "objected"),
        ("Dahl said that the offer arrived on Monday.", "stated"),
        ("Dahl told the assembly last month that Norway was ready to sign.", "promised"),
        ("Dahl told the assembly last month that Canada was ready to sign.", "stated"),
        ("Norway declared a unilateral truce.", "promised"),
        ("Norway declared a day of rest.", "stated"),
        ("Dahl said that Norway would not be rushed into a text.", "refused"),
        ("Dahl said that the talks had come a long way.", "narrowed"),
        ("Dahl said that the talks were a long way from a strike.", "stated"),
        ("“I reiterate my call for a pause of two weeks,” Dahl said.", "asked"),
        ("“I remember my stay of two weeks in Oslo,” Dahl said.", "stated"),
        ("“We are prepared to fight this in the courts,” Dahl said.", "warned"),
        ("“We are prepared to sign this in the courts,” Dahl said.", "promised"),
        ("“Very pleased that the text is at last done,” Dahl said.", "welcomed"),
    ],
)
def test_words_of_judgement_have_their_opposites(text: str, act: str) -> None:
    assert [one for _, one in told(text)] == [act]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway said that its board had voted against the offer.", "refused"),
        ("Norway said that its board had voted for the offer.", "accepted"),
        ("Norway said that its board had met in Oslo.", "stated"),
        ("Norway said that it would decide on Friday.", "deferred"),
        ("Norway said that it had yet to decide.", "deferred"),
        ("Norway confirmed that it would attend the round.", "promised"),
        ("Norway did not confirm that it would attend the round.", ""),
        ("Norway said that its parliament must approve the text first.", "conditioned"),
        ("Norway said that Canada must approve the text first.", "asked"),
        ("Norway said that it was inclined to accept the text.", "accepted-in-part"),
        ("Norway said that it could not rule out a strike.", "warned"),
        ("Norway ruled out a strike.", "refused"),
        ("Norway said that it would prefer a longer truce.", "asked"),
        ("Norway said that it was waiting for an answer from Canada.", "asked"),
        ("Norway called on Canada to bear a fair share.", "asked"),
        ("Norway called the text a fair compromise.", "welcomed"),
    ],
)
def test_what_is_decided_awaited_or_left_open(text: str, act: str) -> None:
    assert [one for _, one in told(text)] == ([act] if act else [])


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Dahl said that Norway would not be party to such a deal.", "refused"),
        ("Dahl said that Norway was party to such a deal.", "stated"),
        ("Dahl said that the offer was final.", "refused"),
        ("“We did not bargain in bad faith at all,” Dahl said.", "denied"),
        ("“They did bargain in bad faith all along,” Dahl said.", "criticised"),
        ("Dahl said that Norway would boycott the talks until the ban ended.", "conditioned"),
        ("Dahl said that Norway would boycott the talks.", "warned"),
        ("Dahl said that the offer was new.", "stated"),
        ("Dahl said that Norway was considering legal action.", "warned"),
        ("Dahl said that Norway was considering the weather.", "stated"),
        ("Dahl said that Canada had a duty to act.", "asked"),
        ("Dahl said that Norway had done nothing wrong.", "denied"),
        ("Dahl said that Norway could accept the text with two changes.", "accepted-in-part"),
        ("Dahl said that Norway could accept the text.", "accepted"),
        ("Dahl said that the text needed more work.", "objected"),
        ("Dahl said that Norway was not seeking a trade war.", "stated"),
    ],
)
def test_what_a_side_will_not_do_must_do_or_did_not_do(text: str, act: str) -> None:
    assert [one for _, one in told(text)] == [act]
