"""Statements, merged over the sources that report them."""

from ledger.domain.events import Condition
from ledger.domain.folds import statement
from tests.examples import known, on, said
from tests.ledger.domain.folds.test_figures import figure


def states(*story, **published: str):
    return statement.fold("s1", known(*story, kind="statement", **published), {})


def last(*story, **published: str):
    return states(*story, **published)[-1].state[:2]


def test_a_statement_counts_from_the_day_it_was_made():
    (span,) = states(said("asked", "vn", "us", "2025-05-01"))
    assert (span.valid_from, span.state[0].day) == ("2025-05-01", "2025-05-01")


def test_a_statement_of_an_uncertain_day_counts_from_the_latest_it_may_be():
    assert states(said("asked", "vn", "us", "[2025-05-19..2025-05-22]"))[0].valid_from == "2025-05-22"


def test_an_undated_statement_counts_from_the_day_it_was_published():
    assert states(said("asked", "vn", "us", "", source="ustr"), ustr="2025-05-30")[0].valid_from == "2025-05-30"


def test_a_second_source_fills_in_what_the_first_left_out():
    first = said("asked", "vn", "", "2025-05", says="Asked.", issues=("tariffs",))
    second = said("asked", "vn", "us", "2025-05-22", source="ustr", issues=("origin",), at="round-2")
    state, contests = last(first, second, ustr="2025-05-23")
    assert (state.to, state.on, state.at) == (("us",), on("2025-05-22"), "round-2")
    assert state.issues == ("tariffs", "origin")
    assert state.sources == ("vna", "ustr")
    assert contests == ()


def test_another_act_is_contested():
    _, contests = last(said("accepted", "us", "vn"), said("deferred", "us", "vn", source="ustr"))
    assert [(contest.kind, contest.field, set(contest.values)) for contest in contests] == [
        ("statement", "act", {"accepted", "deferred"})
    ]


def test_another_paraphrase_is_not_contested():
    _, contests = last(said("asked", "vn", says="Lift it."), said("asked", "vn", says="Lift them.", source="ustr"))
    assert contests == ()


def test_statements_of_one_day_keep_the_order_in_which_they_were_published_then_filed():
    early = last(said("asked", "vn", "us", "2025-05-22", source="ustr"), ustr="2025-05-22")[0]
    late = last(said("asked", "vn", "us", "2025-05-22", source="vna"), vna="2025-05-23")[0]
    assert early.turn < late.turn


def test_what_the_keeper_inferred_marks_the_statement_until_a_report_without_inferences_says_the_same():
    first = said("asked", "vn", "us", says="Lift it.", inferred="Which list; the text names none.")
    assert (last(first)[0].inferred, last(first)[0].told) == ("Which list; the text names none.", "Lift it. (inferred)")
    own = said("asked", "vn", "us", says="Lift them.", source="ustr")
    state, contests = last(first, own, ustr="2025-05-30")
    assert (state.told, state.inferred, contests) == ("Lift them.", "", ())
    vaguer = said("asked", "vn", says="Lift them.", source="ustr")  # it does not say of whom
    assert last(first, vaguer, ustr="2025-05-30")[0].inferred == "Which list; the text names none."
    as_sure = said("asked", "vn", "us", says="Lift them.", source="ustr", inferred="The year.")
    assert last(first, as_sure, ustr="2025-05-30")[0].inferred == "Which list; the text names none. The year."
    assert last(said("asked", "vn", "us", says="Lift it."))[0].told == "Lift it."


def test_a_speakers_own_word_is_shown_and_what_another_told_of_it_is_contested():
    if_shared, in_exchange = (Condition("if data is shared"),), (Condition("in exchange for data"),)
    own = said("conditioned", "us/jamieson-greer", "vn", says="About 20 flights.", conditional_on=if_shared)
    told = {"says": "Offered 24 flights.", "reported_by": "vn", "source": "later", "conditional_on": in_exchange}
    state, contests = last(own, said("conditioned", "us", "vn", **told), vna="2025-05-22", later="2025-06-22")
    assert (state.says, state.reported_by, state.conditional_on) == ("About 20 flights.", "", ("if data is shared",))
    assert [(one.field, one.preferred) for one in contests] == [("says", "About 20 flights.")]


def test_a_contested_value_is_not_told_with_the_speaker_and_the_conditions_of_another_report():
    about_400, just_450 = figure("about 400 boxes"), figure("450 boxes")
    first = said("proposed", "us/jamieson-greer", figures=(about_400,), conditional_on=(Condition("if kept dry"),))
    later = said("proposed", "us", says="Offered 450 boxes.", figures=(just_450,), source="later", at="round-2")
    (state, _, given, _) = states(first, later, vna="2025-05-22", later="2025-06-22")[-1].state
    assert (state.by, state.at, state.conditional_on) == (("us",), "round-2", ())
    assert [(one.words, one.by, one.sources) for one in given] == [
        ("450 boxes", ("us",), ("later",)),
        ("about 400 boxes", ("us/jamieson-greer",), ("vna",)),
    ]


def test_the_words_shown_are_those_of_the_report_that_gives_the_day():
    told = said("asked", "vn", "us", "", says="Has asked for it."), {"vna": "2025-05-22"}
    later = said("asked", "vn", "us", "", says="Repeated in writing.", source="later"), {"later": "2025-06-22"}
    dated = said("asked", "vn", "us", "2025-05-20", says="Asked on Tuesday.", source="dated"), {"dated": "2025-05-30"}

    def shown(*reports):
        state = last(*(one for one, _ in reports), **{name: day for _, of in reports for name, day in of.items()})[0]
        return state.says, state.said_on.describe(), state.day

    assert shown(told, later) == ("Has asked for it.", "on or before 22 May 2025", "2025-05-22")
    assert shown(told, later, dated)[:2] == ("Asked on Tuesday.", "20 May 2025")
    by_official = said("asked", "vn", "us", "", says="An official said so.", reported_by="An official"), told[1]
    assert shown(by_official, later) == ("Repeated in writing.", "on or before 22 June 2025", "2025-05-22")
    assert shown(by_official, dated)[:2] == ("Asked on Tuesday.", "20 May 2025")
