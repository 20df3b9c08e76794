"""The acts of reporting words; each pattern has a counterexample: negated, conditional, or merely possible."""

import pytest

from ledger.capture.reading import acts
from ledger.capture.reading.predicates import predicates
from tests.ledger.capture.reports import ENGLISH, mentions, suggested


def offered(text: str) -> acts.Offered:
    (one, *_) = predicates(text, mentions(text), ENGLISH)
    return acts.of_verb(ENGLISH, one, text[one.end : one.ends])


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway asked Canada to cut its quota.", "asked"),
        ("Norway called on Canada to cut its quota.", "asked"),
        ("Norway proposed a new text.", "proposed"),
        ("Norway put a new text on the table.", "proposed"),
        ("Norway objected to the quota.", "objected"),
        ("Norway expressed concern about the quota.", "objected"),
        ("Norway warned that stocks would collapse.", "warned"),
        ("Norway condemned the seizure.", "criticised"),
        ("Norway accused Canada of delay.", "criticised"),
        ("Norway accepted the quota.", "accepted"),
        ("Norway accepted the proposal in part.", "accepted-in-part"),
        ("Norway agreed to the quota on condition that inspections end.", "conditioned"),
        ("Norway rejected the quota.", "refused"),
        ("Norway ruled out a new quota.", "refused"),
        ("Norway blocked the decision.", "refused"),
        ("Norway denied the report.", "denied"),
        ("Norway withdrew its objection.", "withdrew"),
        ("Norway postponed its decision.", "deferred"),
        ("Norway said that it would consider the request.", "considering"),
        ("Norway said that the request was under consideration.", "considering"),
        ("Norway said that it would study the request and reply in May.", "deferred"),
        ("Norway said that it would not accept the quota.", "refused"),
        ("Norway said that it would send a new text.", "promised"),
        ("Norway said that it had lifted the ban.", "reported-done"),
        ("Norway promised a new text.", "promised"),
        ("Norway is ready to send a new text.", "promised"),
        ("Norway welcomed the progress.", "welcomed"),
        ("Norway was disappointed that nothing was agreed.", "objected"),
        ("Norway stated its policy.", "stated"),
        ("Norway signalled its agreement.", "accepted"),
        ("Norway continues to oppose the quota.", "objected"),
        ("Norway took note of the request.", "stated"),
        ("Norway countered with a new quota.", "proposed"),
        ("Norway described the offer as insufficient.", "objected"),
        ("Norway indicated its intention to sign.", "promised"),
        ("Norway said that it would walk out unless the quota was cut.", "warned"),
        ("Norway brushed the proposal aside.", "refused"),
        ("Norway brushed the claim aside.", "denied"),
        ("Norway said that the offer was an insult.", "criticised"),
        ("Norway said that it might raise its quota.", "proposed"),
        ("Norway said that progress had been made.", "narrowed"),
        ("Norway submitted written commitments on data.", "promised"),
        ("Norway lodged a protest.", "objected"),
        ("Norway summoned the Canadian ambassador.", "objected"),
        ("Norway gave ground on the quota.", "accepted-in-part"),
        ("Norway went along with the text.", "accepted"),
        ("Norway backtracked on the quota.", "withdrew"),
        ("Norway hit out at the delay.", "criticised"),
        ("Norway stood firm on the quota.", "refused"),
        ("Norway hammered out a text.", "settled"),
        ("Norway played down the report.", "denied"),
        ("Norway expects an answer from Canada.", "asked"),
        ("Norway issued an ultimatum.", "warned"),
        ("Norway said that it would consult its capital.", "deferred"),
        ("Norway said that it would not sign before the summer.", "conditioned"),
        ("Norway said that it could live with the text.", "accepted"),
        ("Norway said that the quota was unacceptable.", "objected"),
        ("Norway said that it was committed to a peaceful settlement.", "stated"),
    ],
)
def test_a_verb_stands_for_an_act(text: str, act: str) -> None:
    assert offered(text).acts[0] == act


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway did not accept the quota.", "refused"),
        ("Norway did not support the quota.", "objected"),
        ("Norway never promised a new text.", "refused"),
        ("Norway did not object to the quota.", "accepted"),
        ("Norway would not hear of a quota.", "refused"),
        ("Norway could not agree to the quota.", "refused"),
    ],
)
def test_a_denied_verb_stands_for_the_opposite_and_is_in_doubt(text: str, act: str) -> None:
    found = offered(text)
    assert (found.acts[0], found.sure) == (act, False)
    assert found.why.startswith("not ")


def test_what_is_not_asked_any_more_is_withdrawn() -> None:
    found = offered("Norway no longer asks for a quota.")
    assert (found.acts[0], found.sure) == ("withdrew", False)


def test_nothing_is_put_on_record_of_who_declined_to_comment() -> None:
    assert offered("Norway declined to comment.").acts == ()
    assert offered("Norway declined the invitation.").acts[0] == "refused"
    assert offered("Norway has not commented on the quota.").acts == ()


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("We call on all members to act", "asked"),
        ("We will not accept this text", "refused"),
        ("We are ready to talk", "promised"),
        ("The seizure violates the law of the sea", "objected"),
        ("There can be no deal without inspections", "conditioned"),
        ("What we are asking for is balance", "asked"),
        ("We will not change our laws", "refused"),
        ("We will not forget this", "stated"),
        ("The sea is deep", "stated"),
        ("This text is a death sentence for the cod", "criticised"),
        ("No fleet will cross that line", "refused"),
        ("This was a good meeting", "welcomed"),
        ("Our patience has its bounds", "warned"),
    ],
)
def test_a_quotation_stands_for_an_act_by_its_words(words: str, act: str) -> None:
    assert acts.of_quotation(ENGLISH, words).acts[0] == act


def test_what_is_told_without_a_verb_goes_by_its_content() -> None:
    assert acts.of_content(ENGLISH, "Norway stands ready to buy more").acts[0] == "promised"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway raised its offer to 30 tonnes.", "proposed"),
        ("Norway raised its quota to 30 tonnes.", "stated"),
        ("Norway came down to 30 tonnes.", "narrowed"),
        ("Norway gave no ground.", "refused"),
        ("Norway gave some ground.", "accepted-in-part"),
        ("Norway took the opposite view.", "objected"),
        ("Norway took the view that cod is scarce.", "stated"),
        ("Norway insisted that Canada must first leave.", "conditioned"),
        ("Norway insisted that Canada leave.", "asked"),
        ("Norway agreed on 15 of the 17 articles.", "narrowed"),
        ("Norway agreed on all articles.", "settled"),
        ("Norway assured Canada that cod is not at stake.", "stated"),
        ("Norway assured Canada that it would leave.", "promised"),
        ("Norway said that it might leave if Canada left.", "conditioned"),
        ("Norway said that it had submitted a new draft.", "proposed"),
        ("Norway supported the initiative.", "accepted"),
        ("Norway supported Canada.", "welcomed"),
        ("Norway recognized the need to act.", "stated"),
        ("Norway asked for more time.", "deferred"),
        ("Norway asked for more cod.", "asked"),
        ("Norway agreed to the proposal.", "accepted"),
        ("Norway agreed to the principle.", "accepted-in-part"),
        ("Norway agreed to study the proposal.", "considering"),
        ("Norway offered 30 tonnes if Canada left.", "conditioned"),
        ("Norway offered 30 tonnes if needed.", "proposed"),
        ("Norway sees no reason to wait.", "refused"),
        ("Norway sees no obstacle to a deal.", "accepted"),
        ("Norway called the draft premature.", "objected"),
        ("Norway called the talks constructive.", "welcomed"),
        ("Norway insisted there was no rift.", "denied"),
        ("Norway said that the two had come close to a deal.", "narrowed"),
        ("Norway said that the two had come to talk.", "stated"),
        ("Norway gave up its claim to the bank.", "withdrew"),
        ("Norway handed over a new text.", "proposed"),
        ("Norway was unable to accept the text.", "refused"),
        ("Norway took a positive view of the text.", "welcomed"),
        ("Norway took a dim view of the text.", "objected"),
    ],
)
def test_an_act_and_its_neighbours(text: str, act: str) -> None:
    assert offered(text).acts[0] == act


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway highlighted the leadership of Canada.", "welcomed"),
        ("Norway highlighted the need for leadership.", "stated"),
        ("Norway described the measures it had taken.", "reported-done"),
        ("Norway described the measures.", "stated"),
        ("Norway asked its experts to study the text.", "considering"),
        ("Norway asked Canada to study the text.", "asked"),
        ("Norway made three demands.", "asked"),
        ("Norway agreed to a ceiling of 30 tonnes.", "accepted"),
        ("Norway agreed to exchange data.", "promised"),
        ("Norway expressed its desire to work with Canada.", "stated"),
        ("Norway expressed its desire to see a text.", "asked"),
        ("Norway said that it regretted the delay.", "criticised"),
        ("Norway said that it hopes for a text.", "asked"),
        ("Norway said that it had to consult its cabinet.", "deferred"),
        ("Norway said that it had not asked for a text.", "denied"),
        ("Norway declared the bank untouchable.", "refused"),
        ("Norway declared the bank open.", "stated"),
        ("Norway called the walkout senseless.", "objected"),
        ("Norway said that a strike was possible at any time.", "warned"),
        ("Norway said that a strike was over.", "stated"),
        ("Norway closed 20 of 26 chapters.", "narrowed"),
    ],
)
def test_acts_that_the_words_after_a_verb_decide(text: str, act: str) -> None:
    assert offered(text).acts[0] == act


def test_a_journey_is_no_statement() -> None:
    assert offered("Norway concluded a visit to the coast.").acts == ()
    assert offered("Norway concluded an agreement with Canada.").acts[0] == "settled"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway said that Canada had not offered enough.", "criticised"),
        ("Norway said that it had not offered a text.", "denied"),
        ("Norway insisted that the quota would remain intact.", "refused"),
        ("Norway said that the quota would remain a topic.", "stated"),
        ("Norway assessed the round as highly productive.", "welcomed"),
        ("Norway signed off on three waivers.", "reported-done"),
        ("Norway signalled positive feedback.", "welcomed"),
        ("Norway managed to narrow the gap.", "narrowed"),
        ("Norway reinforced its support for the text.", "stated"),
        ("Norway said that fishers could begin the strike on Monday.", "warned"),
    ],
)
def test_acts_that_the_rest_of_a_clause_decides(text: str, act: str) -> None:
    assert offered(text).acts[0] == act


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("It is not perfect, but we will take it.", "accepted"),
        ("We have come to an agreement on cod.", "settled"),
        ("We have not been able to make progress.", "stated"),
        ("We have made progress on cod.", "narrowed"),
        ("If they do not answer, we will strike in May.", "warned"),
        ("They have come back with the same offer.", "criticised"),
    ],
)
def test_acts_of_quotations(words: str, act: str) -> None:
    assert acts.of_quotation(ENGLISH, words).acts[0] == act


@pytest.mark.parametrize(
    ("text", "act", "opposite"),
    [
        ("Norway held its ground on cod.", "refused", "Norway held its breath on Monday."),
        ("Norway came out against the quota.", "objected", "Norway came out of the room."),
        ("Norway spoke out in favour of the quota.", "welcomed", "Norway spoke in the morning."),
        ("Norway threw its weight behind the text.", "welcomed", "Norway put its ships to sea."),
        ("Norway made a plea for more time at sea.", "asked", "Norway made a turn."),
        ("Norway reneged on its pledge to cut the quota.", "withdrew", "Norway went on a tour."),
        ("Norway quit the talks.", "refused", "Norway left the harbour."),
        ("Norway voted to strike.", "warned", "Norway voted in May."),
        ("Norway voted overwhelmingly to reject the offer.", "refused", "Norway voted in May."),
        ("Norway allowed inspectors on board.", "accepted", "Norway allowed a goal."),
        ("Norway released 20 sailors.", "reported-done", "Norway released a report."),
        ("Norway is mulling the offer.", "considering", "Norway is mulling over lunch."),
        ("Norway suspended its participation in the agreement.", "withdrew", "Norway suspended a player."),
        ("Norway watered down its text.", "narrowed", "Norway watered the lawn."),
        ("Norway extended the agreement by a year.", "settled", "Norway extended its coast road."),
        ("Norway tendered a new offer.", "proposed", "Norway tendered its ships."),
        ("Norway fears that the stock will collapse.", "objected", "Norway fears no rival."),
        ("Norway panned the offer.", "criticised", "Norway pan-fried the fish."),
    ],
)
def test_idioms_of_bargaining_and_the_same_words_in_another_sense(text: str, act: str, opposite: str) -> None:
    assert offered(text).acts[0] == act
    found = predicates(opposite, mentions(opposite), ENGLISH)
    assert all(
        acts.of_verb(ENGLISH, one, opposite[one.end : one.ends]).acts[:1] in ((), ("stated",), ("promised",))
        for one in found
    )


def test_what_goes_on_is_no_statement_but_words_that_go_on_are() -> None:
    assert not offered("Norway continued discussing cod.").acts
    assert offered("Norway continued: “We wait.”").acts


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway accepted the text in principle.", "agreed-in-principle"),
        ("Norway accepted the text in principle but wants another date.", "accepted-in-part"),
        ("Norway accepted the text on a matter of principle.", "accepted"),
        ("Norway asked for time to study the text.", "deferred"),
        ("Norway asked for time limits in the text.", "asked"),
        ("Norway came to the table seeking more cod.", "asked"),
        ("Dahl said the increase could not be financed.", "refused"),
        ("Dahl said the increase could be financed.", "stated"),
        ("Dahl said that access was not for sale.", "refused"),
        ("Dahl said she would put it to her cabinet.", "deferred"),
        ("Dahl said she would put it in writing.", "promised"),
        ("“Members will not vote for a deal like this one,” Dahl said.", "refused"),
        ("“Members will vote for a deal like this one,” Dahl said.", "stated"),
    ],
)  # fmt: skip
def test_phrases_of_an_answer_and_their_opposites(text: str, act: str) -> None:
    assert suggested(text, "statement")[-1].fields["act"] == act


def test_what_both_sides_agree_to_do_and_to_meet_is_a_follow_up_and_a_meeting_to_come() -> None:
    found = suggested("The two sides agreed to exchange data and to meet in Bergen on 20 March.")
    assert [(one.kind, one.quote) for one in found] == [
        ("follow-up", "The two sides agreed to exchange data"),
        ("announcement", "to meet in Bergen on 20 March"),
    ]
    found = suggested("The two sides agreed to exchange data and to meet their targets.")
    assert "announcement" not in [one.kind for one in found]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway said that reports of a deal were exaggerated.", "denied"),
        ("Norway said that reports of a deal were long.", "stated"),
        ("Norway said that Canada had failed to keep its word.", "criticised"),
        ("Norway said that both sides had failed to agree.", "stated"),
        ("Norway said that the text did not reflect its views.", "objected"),
        ("Norway said that the text reflected its views.", "stated"),
        ("Norway said that the tariff would lead to a trade war.", "warned"),
        ("Norway said that the round would lead to an agreement.", "stated"),
        ("Norway said that it would consider only a short truce.", "conditioned"),
        ("Norway said that the talks had been constructive.", "welcomed"),
        ("Norway said that progress had been made.", "narrowed"),
        ("Norway said that no progress had been made.", "stated"),
        ("Norway hopes to continue the talks.", "stated"),
        ("Norway hopes that Canada will continue the talks.", "asked"),
        ("Norway handed over its list of vessels.", "reported-done"),
        ("Norway handed over its draft of article 4.", "proposed"),
        ("Norway rejected the figure put forward by Canada.", "refused"),
        ("Norway rejected the figures of Canada.", "denied"),
        ("Norway held out for a higher quota.", "refused"),
    ],
)
def test_the_content_of_what_is_said_may_decide_its_act(text: str, act: str) -> None:
    assert offered(text).acts[0] == act


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norway did not think that Canada would retaliate.", "stated"),
        ("Norway said it did not think that Canada would retaliate.", "stated"),
        ("Norway said that Canada would retaliate.", "warned"),
        ("Norway did not want to follow Canada.", "stated"),
        ("Norway said that it would renegotiate the quota.", "promised"),
        ("Norway said that Canada had reneged on the quota.", "criticised"),
        ("Norway attacked the proposal of Canada.", "criticised"),
        ("Norway said no new talks were expected.", "stated"),
        ("Norway said no to the offer.", "refused"),
    ],
)
def test_words_that_only_look_like_an_act(text: str, act: str) -> None:
    assert offered(text).acts[0] == act


@pytest.mark.parametrize(
    "text",
    ["Norway declined to disclose details.", "Norway declined comment.", "Norwegian jets attacked Canadian vessels."],
)
def test_to_decline_to_say_something_and_to_attack_a_ship_are_no_statements(text: str) -> None:
    assert not suggested(text, "statement")


@pytest.mark.parametrize(
    "text",
    [
        "Norway refrained from answering the offer.",
        "Dahl did not indicate whether Norway would accept the offer.",
        "Dahl did not say where the fleet would go.",
        "The ministry did not stipulate what form the reply would take.",
        "Norway did not hint at a new text.",
    ],
)
def test_what_nobody_said_is_no_act(text: str) -> None:
    assert suggested(text) == []
