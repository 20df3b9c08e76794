"""The words by which an issue has its status: who said each, in which statement, and who reported it."""

import pytest

from ledger.domain.folds.issues.words import Words
from tests.examples import conversation, said, spoken


def statement(by="us", reported_by=""):
    (span,) = spoken(said("settled", by, reported_by=reported_by))
    return span.state


def test_a_word_is_of_those_who_said_it_until_they_take_it_back_or_it_is_cancelled():
    words = Words()
    words.say("settled", ["us", "vn"], statement())
    words.say("narrowed", ["us"], statement())
    words.take_back(["us"], "settled", "unresolved")
    assert (words.by("settled"), words.by("narrowed")) == (("vn",), ("us",))
    words.cancel("narrowed")
    assert (words.by("narrowed"), words.statements("narrowed"), words.statements("open")) == ((), [], [])
    assert words.statements("settled") == [statement().slug]


def test_words_that_somebody_else_reported_name_that_voice():
    words = Words()
    words.say("agreed in principle", ["us"], statement(reported_by="an aide of the Chair"))
    words.say("agreed in principle", ["vn"], statement())
    assert words.reported("") == ("agreed in principle: us, as told by an aide of the Chair",)


def test_words_are_the_same_after_they_were_stored():
    words = Words()
    words.say("agreed in principle", ["us"], statement(reported_by="an aide of the Chair"))
    words.say("answered", ["vn"], statement())
    again = Words(words.stored())
    assert (again.stored(), again.reported("")) == (words.stored(), words.reported(""))
    assert again.by("answered") == ("vn",)


@pytest.mark.parametrize(
    ("word", "status", "end", "unless"),
    [
        ("narrowed", "narrowed", "refused", "narrowed"),
        ("agreed-in-principle", "agreed in principle", "refused", "agreed in principle"),
        ("settled", "settled", "asked", "settled"),
    ],
)
def test_a_word_that_may_have_come_after_what_undoes_it_may_still_hold(word, status, end, unless):
    asked, said_by_both = said("asked", "vn", "us", "2025-05-01"), said(word, "vn us", "", "[2025-05-10..2025-05-20]")
    by, to = ("vn", "us") if end == "asked" else ("us", "vn")
    assert conversation(asked, said_by_both).issue[-1].state.status == status
    undated = conversation(asked, said_by_both, said(end, by, to, "")).issue[-1].state
    assert undated.status != status and unless in undated.unless.split(" or ")
    later = conversation(asked, said_by_both, said(end, by, to, "2025-05-21")).issue[-1].state
    assert later.status != status and unless not in later.unless.split(" or ")
    again = said(word, "vn us", "", "2025-05-25")
    assert conversation(asked, said_by_both, said(end, by, to, ""), again).issue[-1].state.status == status
