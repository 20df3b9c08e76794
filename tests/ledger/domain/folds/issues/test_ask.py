"""What a request and an answer make of an ask; `test_issue.py` has whole conversations."""

from ledger.domain.folds.issues.ask import answers, asked, inexact, replied
from tests.examples import said, spoken


def heard(*one):
    return spoken(said(*one))[0].state


ASKED = asked(None, "vn", heard("asked", "vn", "us eu", "2025-05-01"))


def test_an_addressee_answers_the_asker_or_nobody_in_particular_and_a_bystander_answers_nothing():
    assert [answers(heard("refused", by, to), [by], ASKED) for by in ("us", "eu", "cn") for to in ("vn", "", "cn")] == [
        *(True, True, False),
        *(True, True, False),
        *(False, False, False),
    ]


def test_an_answer_ends_the_wait_for_the_addressee_that_gave_it():
    once = replied(ASKED, heard("refused", "eu", "vn", "2025-05-02"), ["eu"], "answered")
    assert (once.status, once.answers, once.waits) == ("open", ("", "refused"), ("2025-05-01", ""))
    twice = replied(once, heard("accepted", "us", "vn", "2025-05-03"), ["us"], "agreed")
    assert (twice.status, twice.answers, twice.waiting_since) == ("answered", ("accepted", "refused"), "")


def test_asked_again_it_waits_for_those_who_are_named():
    answered = replied(ASKED, heard("refused", "us eu", "vn", "2025-05-02"), ["us", "eu"], "answered")
    again = asked(answered, "vn", heard("asked", "vn", "us", "2025-05-05"))
    assert (again.times, again.status, again.waits) == (2, "open", ("2025-05-05", ""))


def test_a_day_that_no_report_gives_is_a_bound():
    exact, late = heard("asked", "vn", "us", "2025-05-01"), heard("asked", "vn", "us", "[..2025-05-03]")
    assert inexact(exact) == set()
    assert inexact(late) == {late.day}
    assert asked(None, "vn", late).bounds == (late.day,)


def test_it_is_deferred_until_the_addressee_answers_or_it_is_asked_again():
    put_off = replied(ASKED, heard("deferred", "us eu", "vn", "2025-05-02"), ["us", "eu"], "answered")
    assert (put_off.status, put_off.deferred_in) == ("deferred", "s1")
    assert asked(put_off, "vn", heard("asked", "vn", "us eu", "2025-05-05")).deferred_in == ""
    one = replied(put_off, heard("refused", "us", "vn", "2025-05-03"), ["us"], "answered")
    assert (one.status, one.deferred_in) == ("answered", "s1")
    assert replied(one, heard("accepted", "eu", "vn", "2025-05-04"), ["eu"], "agreed").deferred_in == ""


def test_asked_of_nobody_in_particular_it_is_deferred_until_the_next_answer():
    anybody = asked(None, "vn", heard("asked", "vn", "", "2025-05-01"))
    put_off = replied(anybody, heard("deferred", "us", "vn", "2025-05-02"), ["us"], "answered")
    assert (put_off.status, put_off.deferred_in) == ("deferred", "s1")
    assert replied(put_off, heard("refused", "us", "vn", "2025-05-03"), ["us"], "answered").deferred_in == ""


def test_nobody_accepts_for_another_party_that_set_conditions():
    anybody = asked(None, "vn", heard("asked", "vn", "", "2025-05-01"))
    conditioned = replied(anybody, heard("conditioned", "us", "vn", "2025-05-02"), ["us"], "answered")
    assert replied(conditioned, heard("accepted", "eu", "vn", "2025-05-03"), ["eu"], "agreed").status == "answered"
    assert replied(conditioned, heard("accepted", "us", "vn", "2025-05-03"), ["us"], "agreed").status == "agreed"
    assert (
        replied(conditioned, heard("accepted", "us eu", "vn", "2025-05-03"), ["us", "eu"], "agreed").status == "agreed"
    )
    assert replied(anybody, heard("accepted", "eu", "vn", "2025-05-03"), ["eu"], "agreed").status == "agreed"
