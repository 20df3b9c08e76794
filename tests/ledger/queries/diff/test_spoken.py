"""What was asked, answered, withdrawn and said between two moments."""

import pytest

from ledger import Clocks
from ledger.queries.diff import diff
from tests.examples import file
from tests.ledger.queries.diff.test_sentences import AGAIN, ASKED, REFUSED, changed

TITLE = "Export controls on advanced technology"
LICENCE = ASKED.replace("asked, by", "licence, by").replace("Lift them.", "Name a licence.").replace("05-01", "05-08")
ACCEPTED = REFUSED.replace("refused, by", "accepted, by").replace("act: refused", "act: accepted")


def naming(said: str, link: str) -> str:
    """A statement with a link to others."""
    return said.replace("}", f", {link}}}")


def test_separate_requests_are_told_each_with_its_words_and_its_wait(ledger):
    file(ledger, ASKED + LICENCE)
    told = [one for one in changed(ledger, "2025-04-30", "2025-05-10") if " asked " in one]
    one_of = "(one of 2 requests on record)"
    assert told == [
        f"United States asked Viet Nam on 1 May 2025: {TITLE}: Lift them {one_of}; waiting for 9 days",
        f"United States asked Viet Nam on 8 May 2025: {TITLE}: Name a licence {one_of}; waiting for 2 days",
    ]


def test_an_answer_to_one_of_several_requests_says_to_which(ledger):
    file(ledger, ASKED + LICENCE + naming(REFUSED, "answers: licence"))
    answered = f"Viet Nam answered United States on 12 May 2025 (refused): {TITLE}"
    assert changed(ledger, "2025-05-10", "2025-05-12") == [f"{answered}: Name a licence"]
    both = [one for one in changed(ledger, "2025-04-30", "2025-05-12") if "asked" in one]
    assert [one.endswith(f"; {answered}") for one in both] == [False, True]
    assert "Lift them" in both[0] and both[0].endswith("; waiting for 11 days")


def test_a_request_that_ended_between_the_days_is_told_besides_one_that_waits(ledger):
    withdrew = naming(REFUSED, "answers: asked").replace("by: vn, to: us, act: refused", "by: us, act: withdrew")
    file(ledger, ASKED + LICENCE + withdrew)
    assert changed(ledger, "2025-05-10", "2025-05-12") == [
        f"United States withdrew its request on 12 May 2025: {TITLE}: Lift them"
    ]
    told = [one for one in changed(ledger, "2025-04-30", "2025-05-12") if " asked " in one]
    assert ["withdrew its request" in one for one in told] == [True, False]


def test_a_withdrawal_that_names_none_of_several_requests_is_told_so_of_each(ledger):
    withdrew = REFUSED.replace("by: vn, to: us, act: refused", "by: us, act: withdrew")
    file(ledger, ASKED + LICENCE + withdrew)
    told = changed(ledger, "2025-05-10", "2025-05-12")
    assert [one.partition("(")[2] for one in told if "withdrew" in one] == [
        "perhaps: Lift them)",
        "perhaps: Name a licence)",
    ]
    assert all("which of its requests it means is not on record" in one for one in told if "withdrew" in one)


def test_requests_that_were_answered_before_another_are_told_each(ledger):
    later = LICENCE.replace("05-08", "05-20")
    file(ledger, ASKED + REFUSED + later)
    told = [one for one in changed(ledger, "2025-04-30", "2025-05-20") if " asked " in one]
    assert [("Lift them" in one, "(refused)" in one, "waiting" in one) for one in told] == [
        (True, True, False),
        (False, False, True),
    ]


@pytest.mark.parametrize(("link", "which"), [("", "one of 3 requests"), ("reaffirms: again", "the last of 2 times")])
def test_a_request_is_called_the_last_one_only_where_asks_does(ledger, link, which):
    third = AGAIN.replace("statement: again", "statement: third").replace("2025-05-10", "'[2025-05-05..2025-05-20]'")
    file(ledger, ASKED + AGAIN + (naming(third, link) if link else third))
    asks = {one.ask.last_statement: one for one in ledger.views(Clocks(as_of="2025-06-30")).asks()}
    [told] = changed(ledger, "2025-05-19", "2025-05-20")
    assert f" ({which} on record" in told
    assert asks["third"].last == ("last" if link else "")


def test_an_answer_that_answers_nothing_on_record_is_told_with_its_source(ledger):
    file(ledger, ACCEPTED)
    [found] = diff(ledger.views(Clocks(as_of="2025-05-10")), ledger.views(Clocks(as_of="2025-05-12")))
    assert found.says == f"Viet Nam accepted, to United States on 12 May 2025: {TITLE}: Not now"
    assert (found.kind, found.slug, found.source) == ("statement", "accepted", "vna")


def test_an_answer_after_which_another_came_is_told_too(ledger):
    file(ledger, ASKED + REFUSED + ACCEPTED.replace("05-12", "05-14").replace("Not now", "Now"))
    told = changed(ledger, "2025-05-10", "2025-05-14")
    assert told[0] == f"Viet Nam answered United States on 14 May 2025 (accepted): {TITLE}"
    assert told[-1] == f"Viet Nam refused United States on 12 May 2025: {TITLE}: Not now"


@pytest.mark.parametrize("act", ["stated", "welcomed", "criticised", "warned", "reported-done"])
def test_what_changes_no_status_is_told_once_as_what_was_said(ledger, act):
    file(ledger, ASKED.replace("act: asked", f"act: {act}"))
    [told] = changed(ledger, "2025-04-30", "2025-05-01")
    assert told.endswith(f" on 1 May 2025: {TITLE}: Lift them")
    assert changed(ledger, "2025-05-01", "2025-05-02") == []


def test_words_without_a_named_speaker_are_told_as_such(ledger):
    file(ledger, ASKED.replace("by: us", "by: unattributed").replace("act: asked", "act: stated"))
    assert changed(ledger, "2025-04-30", "2025-05-01") == [
        f"Said without a named speaker on 1 May 2025: {TITLE}: Lift them"
    ]


def test_of_many_statements_the_remarks_are_counted_and_answers_told(ledger, monkeypatch):
    monkeypatch.setattr("ledger.queries.diff.SAID", 3)
    remark = ASKED.replace("act: asked", "act: stated")
    many = "".join(remark.replace("statement: asked", f"statement: said-{one}") for one in range(5))
    file(ledger, many + ACCEPTED)
    told = changed(ledger, "2025-04-30", "2025-05-12")
    assert len(told) == 4
    assert told[-1] == "And 3 more statements: see the list of statements"
    assert sum(" accepted, to " in one for one in told) == 1
    first, second = (ledger.views(Clocks(as_of=day)) for day in ("2025-04-30", "2025-05-12"))
    every = diff(first, second, every_field=True)
    assert [one.slug for one in every if one.kind == "statement"].count("") == 0
    assert len([one for one in every if one.kind == "statement"]) == 6


def test_a_request_has_its_own_source_and_names_that_of_the_answer(ledger):
    file(ledger, ASKED)
    file(ledger, naming(REFUSED, "answers: asked"), slug="other", published="2025-05-20")
    before, after = (ledger.views(Clocks(day)) for day in ("2025-04-30", "2025-06-01"))
    [one] = [one for one in diff(before, after) if one.kind == "ask"]
    assert one.source == "vna"
    assert f"(refused), in other: {TITLE}" in one.says
