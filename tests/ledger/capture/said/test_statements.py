"""Statements from reporting verbs, attributions and quotations; a verb inside one does not give another statement."""

import pytest

from ledger.capture.suggest import draft
from ledger.capture.thread import Report
from ledger.dates import When
from tests.ledger.capture.reports import NAMES, PUBLISHED, drafted, field, only, suggested, told


def test_each_verb_of_a_sentence_is_a_statement_of_its_subject() -> None:
    text = "Norway asked Canada to cut its cod quota and welcomed the progress made on seal products."
    assert told(text) == [("no", "asked"), ("no", "welcomed")]
    asked, welcomed = suggested(text, "statement")
    assert (asked.fields["to"], asked.fields["issues"], welcomed.fields["issues"]) == (["ca"], ["cod"], ["seals"])


def test_speech_within_speech_is_the_reporting_sides_statement() -> None:
    assert told("Norway said that Canada had rejected the text.") == [("no", "stated")]


def test_what_is_only_possible_or_conditional_is_no_statement() -> None:
    for text in ("Norway may reject the text.", "Norway could accept it.", "If Norway rejects the text, stocks fall."):
        assert suggested(text) == []


def test_a_verb_that_carries_two_things_said_makes_two_statements() -> None:
    text = "Dahl said that the cod quota was too high, and that Norway would not accept new seal products."
    first, second = suggested(text, "statement")
    assert (first.fields["act"], second.fields["act"]) == ("objected", "refused")
    assert (first.fields["issues"], second.fields["issues"]) == (["cod"], ["seals"])


def test_what_is_attributed_at_its_end_is_a_statement() -> None:
    one = only("The cod quota is far too low for coastal towns, Minister Dahl said.", "statement")
    assert (one.fields["by"], one.quote) == (["no/ingrid-dahl"], "The cod quota is far too low for coastal towns")


def test_a_quotation_belongs_to_who_spoke_before_it() -> None:
    text = "Dahl welcomed the text. “We will not accept a lower quota for our towns,” she said."
    assert told(text) == [("no/ingrid-dahl", "welcomed"), ("no/ingrid-dahl", "refused")]


def test_a_quotation_is_not_cut_before_it_says_something() -> None:
    words = (
        "“We think that in this long round of talks, some good negotiations were conducted on the cod quota, and that"
        " it is now up to the government in Ottawa to take the steps which it has promised to the towns,” Dahl said."
    )
    one = only(words, "statement")
    assert (
        one.quote == "We think that in this long round of talks, some good negotiations were conducted on the cod quota"
    )


def test_a_quoted_phrase_is_no_statement_of_its_own() -> None:
    assert told("Dahl called the text “null and void”.") == [("no/ingrid-dahl", "objected")]


def test_an_unnamed_official_is_kept_as_unnamed() -> None:
    one = only("A senior official said the text was too long.", "statement")
    assert (one.fields["by"], one.doubts) == ([{"unnamed": "A senior official"}], ("by",))
    attributed = only("The text was far too long, an official said on condition of anonymity.", "statement")
    assert attributed.doubts[:1] == ("by",)
    assert "by" not in only("Minister Dahl said the text was too long.", "statement").doubts


def test_what_an_unnamed_official_of_another_side_claims_is_no_sure_word_of_a_party() -> None:
    claimed = "Norway is ready to shorten the ban to four hours."
    one = only(f"According to a Canadian official who asked not to be named, {claimed}", "statement")
    assert ("by" in one.doubts, one.fields["speakers"]) == (True, ("no",))
    assert one.fields["reported_by"] == "a Canadian official"
    own = only("Norway rejected the text, a Norwegian official said.", "statement")
    assert (own.fields["by"], own.doubts, own.fields["reported_by"]) == (["no"], (), "a Norwegian official")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Dahl said Norway had asked Canada to open its ports.", "asked"),
        ("Dahl said her government had asked Canada to open its ports.", "asked"),
        ("Dahl said Canada had asked Norway to open its ports.", "stated"),
        ("Dahl said Norway would study the request and reply before the end of April.", "deferred"),
        ("Norway said it regretted the figure, and would respond at the next round.", "deferred"),
        ("Norway said it would respond in kind.", "warned"),
        ("Dahl denied that Norway had missed its own deadline.", "denied"),
        ("Dahl did not deny that Norway had missed its own deadline.", "stated"),
    ],
)
def test_what_a_speaker_says_of_own_requests_and_answers(text: str, act: str) -> None:
    assert [one.fields["act"] for one in suggested(text, "statement")][:1] == [act]


def test_an_answer_put_off_has_the_day_on_which_it_is_due() -> None:
    one = only("Dahl said Norway would study the request and reply before the end of April.", "statement")
    assert field(one, "due") != "" and "April" in one.fields["due"].phrase
    assert "due" not in only("Dahl said Norway would study the request.", "statement").fields


def test_what_a_stranger_says_is_not_put_in_a_known_mouth() -> None:
    assert told("Dahl welcomed the text. Jean Moreau arrived. He said that the text was too long.")[1:] == []


def test_a_day_within_what_was_said_is_not_the_day_it_was_said() -> None:
    one = only("Norway threatened to close its ports on April 2.", "statement")
    assert field(one, "on") == ""
    assert field(only("On March 12, Norway rejected the text.", "statement"), "on") == "2024-03-12"


def test_an_act_that_the_verb_does_not_settle_is_in_doubt() -> None:
    sure, doubtful = (
        only(text, "statement") for text in ("Norway rejected the text.", "Norway said that Canada should yield.")
    )
    assert (sure.doubts, doubtful.doubts) == ((), ("act",))
    assert doubtful.acts[0] == "asked" and len(doubtful.acts) > 2
    assert doubtful.reasons


def test_what_was_settled_before_is_history() -> None:
    assert suggested("Norway and Canada had signed a treaty.", "statement") == []
    assert suggested("In 2014 Norway and Canada signed a treaty.", "statement") == []
    assert len(suggested("Norway and Canada signed a treaty.", "statement")) == 1


def test_the_agent_of_words_to_the_press_alone_is_no_entry() -> None:
    assert suggested("Dahl told reporters.", "statement") == []
    assert len(suggested("Dahl told reporters that the quota was too low.", "statement")) == 1


def test_a_condition_belongs_to_the_verb_that_it_follows() -> None:
    text = "Norway pledged to keep the peace and voiced readiness to talk, provided the fleet leaves."
    assert told(text) == [("no", "promised"), ("no", "conditioned")]
    assert told("Norway is willing to talk, provided that Canada commits to peace.") == [("no", "conditioned")]


def test_an_answer_that_was_not_given_attributes_nothing() -> None:
    text = "Norway has proposed hosting a conference, but Canada has not replied."
    assert ("no", "proposed") in told(text)
    assert all(voice != "ca" for voice, _ in told(text))


def test_whom_a_relative_clause_quotes_is_a_speaker() -> None:
    assert told("Norway, which says it will not sign, was absent.") == [("no", "refused")]
    assert told("Canada made an offer, to which Norway replied that it would not sign.")[-1] == ("no", "refused")


def test_somebody_unnamed_speaks_again() -> None:
    text = "A diplomat close to the talks said that the mood was good. The diplomat described the text as fair."
    assert [one.fields["by"][0]["unnamed"] for one in suggested(text, "statement")] == [
        "A diplomat close to the talks",
        "The diplomat",
    ]


def test_verbs_of_one_subject_are_statements_with_their_auxiliaries() -> None:
    assert told("Norway rejected the text and has asked Canada for time.") == [("no", "refused"), ("no", "asked")]
    assert told("Norway is understood to have rejected the text.") == [("no", "refused")]


def test_the_agent_of_a_quotation_is_no_entry_of_its_own() -> None:
    text = "“The quota is far too low for us,” Dahl told her counterpart."
    assert [one.quote for one in suggested(text, "statement")] == ["The quota is far too low for us"]


def test_a_dateline_is_not_quoted() -> None:
    one = only("OSLO, Mar 14 (AFP) - The quota is too low, Dahl said on Monday.", "statement")
    assert one.quote == "The quota is too low"


def test_the_reason_for_an_act_is_in_the_words_of_the_report() -> None:
    attributed = only("Norway stands ready to buy more, Dahl said.", "statement")
    assert attributed.reasons[0] == "promised: “stands ready to”"
    assert only("“The sea is deep and cold,” Dahl said.", "statement").reasons[0] == "stated: a quotation"


def test_each_clause_that_one_verb_reports_is_a_statement() -> None:
    text = (
        "Dahl said that cod is scarce, that Norway would not accept the text and that it was ready to send a new one."
    )
    assert [act for _, act in told(text)] == ["stated", "refused", "promised"]
    assert told("Dahl said that cod is scarce.") == [("no/ingrid-dahl", "stated")]


def test_a_quotation_of_somebody_unnamed_is_in_doubt_and_is_nobody_elses() -> None:
    (one,) = suggested('Dahl left. "We came here for a treaty and not for a lunch," one diplomat said.', "statement")
    assert (one.fields["by"], "by" in one.doubts) == ([{"unnamed": "one diplomat"}], True)


def test_whom_the_verb_after_a_quotation_names_speaks() -> None:
    text = 'Dahl rejected the text. "The quota is much too large for us," said the Canadian minister, Paul Tremblay.'
    assert told(text)[-1][0] == "ca/paul-tremblay"


def test_what_could_not_be_agreed_to_is_refused() -> None:
    assert told("Norway could not, however, agree to the text.") == [("no", "refused")]
    assert told("Norway could agree to the text.") == []


def test_what_was_rejected_again_is_refused_by_whom_the_sentence_names() -> None:
    assert told("The text was again rejected by Norway.") == [("no", "refused")]


def test_a_clause_after_what_was_said_is_a_statement_of_its_own() -> None:
    text = "Norway said that the quota was too high, although it would accept a new survey."
    assert [one.fields["act"] for one in suggested(text, "statement")] == ["objected", "accepted"]
    assert len(suggested("Norway said that the quota was too high, although nobody knew.", "statement")) == 1


def test_what_somebody_insists_on_is_no_bare_verb() -> None:
    assert told("Norway insisted on guidelines.") == [("no", "asked")]
    assert told("Norway insisted on Monday.") == []


def test_the_statement_of_a_side_is_its_word() -> None:
    assert told("Norway rejected the text. The statement added that the quota was too high.")[-1] == ("no", "objected")
    assert told("“Both sides will set up a new working group,” said a joint statement.") != []


def test_an_intent_of_both_is_a_follow_up() -> None:
    assert suggested("Both sides expressed their intent to publish all catch data.", "follow-up") != []
    assert suggested("Norway expressed its intent to publish all catch data.", "follow-up") == []


def test_a_date_in_the_name_of_a_party_is_no_day() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "mm": ("March 3 Movement",)})
    (one,) = drafted("The March 3 Movement rejected the text.", names).suggestions
    assert field(one, "on") == ""


def test_what_the_own_side_will_do_is_a_promise() -> None:
    assert told("Dahl said Norway would open its ports.") == [("no/ingrid-dahl", "promised")]
    assert told("Dahl said Canada would open its ports.") == [("no/ingrid-dahl", "stated")]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway said it had rejected the offer.", "refused"),
        ("Norway said it had not rejected the offer.", "accepted"),
        ("Dahl said Norway opposes the quota.", "objected"),
        ("Dahl added that Norway also “welcomes any agreement on cod”.", "welcomed"),
        ("Norway said that Canada had rejected the offer.", "stated"),
        ("Norway said it might reject the offer.", "stated"),
        ("Norway said it was rejected by Canada.", "stated"),
        ("Dahl outlined Norway support for the text.", "stated"),
    ],
)
def test_what_a_speaker_says_that_the_own_side_did_has_its_act(text: str, act: str) -> None:
    assert told(text)[0][1] == act


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("The talks ended, with Ottawa saying the offer was unfair.", [("ca", "objected")]),
        ("The talks ended, with Ottawa in the chair.", []),
        ("Norway and Canada are pushing for a deal and want five ships.", [("no ca", "asked"), ("no ca", "asked")]),
        ("Norway is asking Canada to move and wait.", [("no", "asked")]),
        ("About 600 members of Canada accused Norway of delay.", [("ca", "criticised")]),
    ],
)
def test_a_subject_within_or_across_clauses(text: str, acts: list[tuple[str, str]]) -> None:
    assert told(text) == acts


def test_each_sentence_of_a_quotation_that_tells_an_act_is_a_statement() -> None:
    text = "Dahl said: “The talks are part of a long process. They should continue in May. It is late. We wait.”"
    assert [(one.acts[0], one.quote) for one in suggested(text, "statement")] == [
        ("stated", "The talks are part of a long process"),
        ("asked", "They should continue in May"),
    ]


def test_a_quotation_that_tells_no_act_is_one_statement() -> None:
    text = "Dahl said: “The talks are part of a long process. The sea is deep there.”"
    assert [one.quote for one in suggested(text, "statement")] == [
        "The talks are part of a long process. The sea is deep there"
    ]


def test_what_a_side_would_not_refuse_is_accepted() -> None:
    assert told("Norway said it would not refuse a meeting with Canada.") == [("no", "accepted")]


def test_a_participle_after_a_refusal_is_an_act_of_its_own() -> None:
    assert told("Norway dismissed the appeal, agreeing to discuss cod only.") == [("no", "refused"), ("no", "promised")]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("If Canada opens its ports, Norway is ready to sign.", [("no", "conditioned")]),
        ("Norway is ready to sign.", [("no", "promised")]),
        ("Norway is not ready to sign.", [("no", "refused")]),
        ("Both sides approved the text.", [("no ca", "settled")]),
        ("Norway approved the text.", [("no", "accepted")]),
        ("Both sides recognised that the ladder is inadequate.", [("no ca", "stated")]),
        ("Dahl told the daily that “no government would sign such a text”.", [("no/ingrid-dahl", "refused")]),
        ("Norway made “headway” on cod.", [("no", "narrowed")]),
        ("Norway concluded the sixth round of talks.", []),
        ("Canada has sent its comments on the text.", []),
        ("Norway has not confirmed the dates.", []),
        ("Dahl opened by complaining that Canada was late.", [("no/ingrid-dahl", "objected")]),
        ("Norway, Tremblay said, had offered ten tonnes.", [("ca/paul-tremblay", "stated")]),
        ("The text was made public by a paper, which said it was weak, noting that it was short.", []),
    ],
)
def test_acts_of_clauses(text: str, acts: list[tuple[str, str]]) -> None:
    assert told(text) == acts


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Some boats would leave, Dahl warned.", [("no/ingrid-dahl", "warned")]),
        ("Some boats left early, Dahl said.", [("no/ingrid-dahl", "stated")]),
        ("Canada made an offer, an offer which Norway turned down.", [("ca", "proposed"), ("no", "refused")]),
        ("Dahl, who headed the team of Canada, argued that cod was scarce.", [("no/ingrid-dahl", "stated")]),
        ("Norway hinted that it could halve the fee.", [("no", "proposed")]),
        ("Norway hinted that it could leave the talks.", [("no", "stated")]),
        ("Norway saw eye to eye with Canada.", [("no", "settled")]),
        ("Norway has agreed not to sell any boats.", [("no", "promised")]),
        ("Dahl hit back within the hour.", []),
        ("Dahl hit back at the offer.", [("no/ingrid-dahl", "criticised")]),
        ("Dahl called the offer a mere fig leaf.", [("no/ingrid-dahl", "criticised")]),
        ("Dahl called the offer a good start.", [("no/ingrid-dahl", "welcomed")]),
        ("Dahl said she saw no harm in that.", [("no/ingrid-dahl", "accepted")]),
        ("The facilitator urged both parties to wait.", [("{'unnamed': 'The facilitator'}", "asked")]),
        ("The two will see what remains.", []),
    ],
)
def test_acts_of_idioms_and_their_opposites(text: str, acts: list[tuple[str, str]]) -> None:
    assert told(text) == acts


def test_what_one_side_will_hand_over_is_its_promise() -> None:
    text = "Dahl's team will table a text, while Canada is to hand in its list by Friday. Norway will host the fair."
    made = suggested(text, "statement")
    assert [(one.fields["by"], one.fields["act"], one.fields["on"]) for one in made] == [
        (["no"], "promised", When()),
        (["ca"], "promised", When()),
    ]


def test_a_third_party_speaks_to_both_others() -> None:
    three = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    report = Report("Norway and Canada met in Oslo on March 12. Iceland proposed a trial.", "", "", PUBLISHED)
    said = draft(report, three).suggestions[-1]
    assert (said.fields["by"], said.fields["to"]) == (["is"], ["no", "ca"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "State television quoted Tremblay as saying that Canada would not cut its quotas.",
            [("ca/paul-tremblay", "refused")],
        ),
        ("Dahl was quoted as saying Norway had asked Canada for time.", [("no/ingrid-dahl", "asked")]),
        ("Norway was described as saying little.", []),
    ],
)
def test_whoever_is_quoted_as_saying_something_says_it(text: str, said: list[tuple[str, str]]) -> None:
    assert told(text) == said


def test_a_speaker_who_tells_of_a_failure_of_the_other_side_blames_it() -> None:
    assert told("Dahl said Canada had violated the agreement.") == [("no/ingrid-dahl", "criticised")]
    assert told("Dahl said Canada had refused to open its ports.") == [("no/ingrid-dahl", "criticised")]
    assert told("Dahl said Canada had rejected the proposal.") == [("no/ingrid-dahl", "stated")]
    assert told("Dahl said Norway had refused to open its ports.") == [("no/ingrid-dahl", "refused")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dahl was more open, saying that Norway would wait.", [("no/ingrid-dahl", "promised")]),
        (
            "The talks were long, Dahl said, adding that “Norway is in no hurry at all today”.",
            [("no/ingrid-dahl", "stated")],
        ),
        ("The office of Minister Ingrid Dahl said Norway would wait.", [("no", "promised")]),
        ("Details of the meeting were announced late.", []),
        ("Asks for more time.", []),
        ("Norway must cut its quota before agreeing to a new round.", []),
    ],
)
def test_the_subject_of_a_clause_without_one(text: str, said: list[tuple[str, str]]) -> None:
    assert told(text)[-1:] == said


def test_what_something_is_described_as_is_no_second_statement() -> None:
    (one,) = suggested("Dahl described the meeting as “an important step on the road to Oslo”.", "statement")
    assert one.acts[0] == "welcomed"
    (blamed,) = suggested("Dahl described the offer as “an insult to all of our fishermen”.", "statement")
    assert blamed.acts[0] == "criticised"


def test_a_post_after_a_person_without_one_is_that_person() -> None:
    names = "Ingrid Dahl, the minister of Norway, met Paul Tremblay. "
    assert told(f"{names}Tremblay blamed Norway. The chief negotiator urged Dahl to wait.")[-1][0] == "ca/paul-tremblay"
    assert told(f"{names}Dahl blamed Canada. The minister urged Tremblay to wait.")[-1][0] == "no/ingrid-dahl"


def test_words_to_others_are_addressed_to_no_side() -> None:
    said = [one.fields["to"] for one in suggested("Norway urged its members to strike. Norway urged Canada to wait.")]
    assert said == [[], ["ca"]]


def test_two_of_three_speak_to_the_third_and_an_offer_is_answered_to_its_maker() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    title = "Norway, Canada and Iceland at odds over cod"
    both = drafted("Norway and Canada demanded a binding agreement.", names, title)
    assert [one.fields["to"] for one in both.suggestions] == [["is"]]
    answer = drafted("Norway rejected an offer by Iceland to share the cod.", names, title)
    assert answer.suggestions[0].fields["to"] == ["is"]


def test_a_day_of_what_happened_is_not_that_of_the_statement() -> None:
    (one,) = suggested("Norway welcomed the volume of cod shipped last year.", "statement")
    assert field(one, "on") == ""
    (dated,) = suggested("Norway welcomed the report last year.", "statement")
    assert field(dated, "on") == "2023"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A statement issued by the Norwegian Ministry stated that the port was closed.", [("no", "stated")]),
        ("The port used by the Norwegian Ministry stated nothing.", []),
        (
            "But Minister Ingrid Dahl was brief. “We cannot be ruled by the calendar of others.”",
            [("no/ingrid-dahl", "refused")],
        ),
        ("Norway said it was no longer insisting on a quota.", [("no", "narrowed")]),
        ("Norway said it was insisting on a quota.", [("no", "asked")]),
        ("Dahl said: “We are still waiting for realistic suggestions from Canada.”", [("no/ingrid-dahl", "asked")]),
        ("Norway is considering the proposal of Canada.", [("no", "considering")]),
        ("Norway considers the proposal of Canada unfair.", [("no", "objected")]),
    ],
)
def test_acts_of_published_reports_and_their_opposites(text: str, said: list[tuple[str, str]]) -> None:
    assert told(text) == said


def test_he_who_assures_both_leaders_may_be_one_of_them() -> None:
    text = "Dahl, during talks with Tremblay in Oslo, stressed the need for calm. She assured both leaders of support."
    assert told(text)[-1][0] == "no/ingrid-dahl"


@pytest.mark.parametrize(
    "who", ["A person familiar with the talks", "People familiar with the talks", "Someone briefed on the plan"]
)
def test_what_somebody_unnamed_says_of_a_side_is_not_its_own_word(who: str) -> None:
    (one,) = suggested(f"{who} said Norway was prepared to discuss cod quotas.", "statement")
    assert one.fields["by"] == [{"unnamed": who}]
    (one,) = suggested("Norway said it was prepared to discuss cod quotas.", "statement")
    assert one.fields["by"] == ["no"]


def test_words_to_somebody_who_was_not_at_a_meeting_were_not_said_there() -> None:
    three = NAMES._replace(parties={**NAMES.parties, "lo": ("Lormark",)})
    text = "Norway and Canada met in Oslo on Tuesday. Norway also urged {} to free the crew."
    for to, party, at in (("Lormark", "lo", ""), ("Canada", "ca", "m1")):
        (one,) = (one for one in drafted(text.format(to), three).suggestions if one.kind == "statement")
        assert (one.fields["to"], one.fields["at"], field(one, "on")) == ([party], at, "2024-03-12" if at else "")


def test_a_quotation_does_not_lose_its_not() -> None:
    told = only("Norway and Canada have still not reached an agreement.", "statement")
    assert told.quote == "have still not reached an agreement"
