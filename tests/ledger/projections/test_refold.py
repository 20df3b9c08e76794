"""Catching up refolds everything that a new event touches, so the views equal rebuilt views."""

import pytest

from ledger.log import store
from tests import laws
from tests.laws import NAMES, NEGOTIATION, Projection, Story
from tests.talks import DAY, ROUND, file_also, issue, paper, said, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        yield ledger


@pytest.mark.parametrize(
    "change",
    [
        lambda ledger: file_also(ledger, paper("paper-b", said("said-1", on="2025-05-02", issues=["origin"]))),
        lambda ledger: file_also(ledger, paper("paper-b", said("said-0", on="2025-04-01"))),
        lambda ledger: file_also(ledger, paper("paper-b", ROUND | {"held": "2025-05-21"})),
        lambda ledger: ledger.correct("said-1", {"issues": ["origin"]}, "Misheard.", negotiation=NEGOTIATION),
        lambda ledger: ledger.correct("paper-a", {"published": "2025-06-01"}, "Misdated.", negotiation=NEGOTIATION),
        lambda ledger: ledger.correct("tariffs", {"title": "Tariff lines"}, "Misnamed.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("said-2", "Never said.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("tariffs", "No issue.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("origin", "No issue.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("paper-a", "A hoax.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("us", "No party.", negotiation=NEGOTIATION),
        lambda ledger: file_also(ledger, paper("paper-b", said("said-1"), **{"derived-from": "paper-a"})),
        lambda ledger: ledger.append("role", "vn", {"as": "observer"}, negotiation=NEGOTIATION),
        lambda ledger: ledger.append("role", "us", {"as": "member", "of": "eu"}, negotiation=NEGOTIATION),
        lambda ledger: ledger.append("negotiation", "other", {"title": "Other talks"}),
    ],
    ids=[
        "a second report that adds an issue",
        "an entry filed late",
        "a report that contradicts",
        "a statement moved to another issue",
        "a source's date of publication corrected",
        "an issue renamed",
        "an answer retracted",
        "an issue retracted that was spoken of",
        "an issue retracted that was not",
        "a source retracted",
        "a party retracted",
        "a copy of a source filed",
        "a party that is an observer",
        "a member of a bloc",
        "another negotiation",
    ],
)
def test_catching_up_with_a_change_equals_a_rebuild_and_going_back_undoes_it(ledger, change):
    views, before = Projection(ledger).catch_up(), store.head(ledger.path).position
    then = views.contents()
    change(ledger)
    assert views.catch_up().contents() == Projection(ledger).rebuild().contents()
    assert Projection(ledger).rewind(before).contents() == then


def test_an_entry_filed_late_takes_its_right_place(ledger):
    file_also(ledger, paper("paper-b", said("said-0", "asked", "2025-04-01")))
    views = Projection(ledger).rebuild()
    (ask,) = views.asked(DAY).asks(everything=True, whole=True)
    assert (ask.ask.first_asked, ask.ask.first_statement, ask.ask.times) == ("2025-04-01", "said-0", 2)
    assert ask.ask.status == "answered"
    (before,) = views.asked("2025-04-15").asks()
    assert (before.ask.waiting_since, before.days_waiting) == ("2025-04-01", 14)


def test_a_statement_that_a_later_report_brings_to_an_issue_is_heard_in_its_place(ledger):
    file_also(ledger, paper("paper-b", said("said-3", on="2025-05-03", issues=["origin"])))
    file_also(ledger, paper("paper-c", said("said-1", on="2025-05-04", issues=["origin"])))
    views = Projection(ledger).rebuild().asked(DAY)
    assert issue(views, "origin").last_spoken == "2025-05-03"
    (ask,) = [one.ask for one in views.asks(whole=True) if one.ask.issue == "origin"]
    assert (ask.first_asked, ask.first_statement, ask.last_statement) == ("2025-05-01", "said-1", "said-3")


def test_a_retracted_source_takes_its_reports_with_it(ledger):
    file_also(ledger, paper("paper-b", ROUND | {"place": "Ha Noi"}))
    ledger.retract("paper-a", "A hoax.", negotiation=NEGOTIATION)
    views = Projection(ledger).rebuild().asked(DAY)
    assert [one.slug for one in views.sources()] == ["paper-b"]
    assert [one.meeting.sources for one in views.meetings()] == [("paper-b",)]
    assert (views.statements(), views.follow_ups(everything=True), issue(views).status) == ([], [], "named")
    assert [one.stands for one in views.log("said-1")] == [False]


def test_a_moved_statement_leaves_the_issue_it_was_on(ledger):
    ledger.correct("said-1", {"issues": ["origin"]}, "Misheard.", negotiation=NEGOTIATION)
    views = Projection(ledger).rebuild().asked(DAY)
    assert (issue(views, "origin").status, issue(views, "tariffs").raised_by) == ("open", ())


def test_a_corrected_date_of_publication_moves_what_had_no_date_of_its_own():
    with laws.new_ledger() as ledger:
        laws.tell(ledger, Story(NAMES, (paper("paper-a", said("said-1", on="")),), ()))
        assert [one.day for one in Projection(ledger).rebuild().asked(DAY).statements()] == ["2025-05-20"]
        ledger.correct("paper-a", {"published": "2025-05-02"}, "Misdated.", negotiation=NEGOTIATION)
        assert [one.day for one in Projection(ledger).rebuild().asked(DAY).statements()] == ["2025-05-02"]
