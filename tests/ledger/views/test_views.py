"""Questions and their answers: content, order, and rows that must not appear."""

import pytest

from ledger import Clocks, create_ledger
from ledger.domain.errors import NoNegotiationYet, SeveralNegotiations, UnknownNegotiation, UnknownSlug
from tests import laws
from tests.laws import NAMES, NEGOTIATION, Report, Story

DAY = "2025-07-01"


def paper(slug, *entries, published="2025-05-20", **fields):
    return Report({"slug": slug, "title": f"What {slug} reports", "published": published, **fields}, entries)


def said(slug, act="asked", on="2025-05-01", issues=("tariffs",), by="us", **fields):
    return {"statement": slug, "by": [by], "act": act, "on": on, "issues": [*issues], "says": "So.", **fields}


FIRST = paper(
    "paper-a",
    {"meeting": "round-1", "kind": "round", "number": "1", "held": "2025-05-19/2025-05-22", "place": "Hanoi"},
    {"announcement": "round-2", "kind": "round", "number": "2", "expected": "early June", "on": "2025-05-22"}
    | {"by": ["us"], "quote": ["in early June"]},
    said("said-1", by="us/ann-lee", to=["vn"], quote=["asked for it", "twice"]),
    said("said-2", "refused", "2025-05-05", by="vn/binh-vo", to=["us"], at="round-1"),
    said("said-3", "asked", "2025-05-22", by="us", to=["vn"], at="round-1", issues=["tariffs", "origin"]),
    said("said-4", "proposed", "2025-05-22", by="vn", issues=["data-flows"]),
    {"follow-up": "task-1", "says": "Send the list.", "owners": ["vn/binh-vo"], "due": "2025-06-03"}
    | {"on": "2025-05-22"},
    {"follow-up": "task-2", "says": "Keep talking.", "standing": "yes", "on": "2025-05-22"},
    {"follow-up": "task-3", "says": "Set a date.", "owners": ["us"], "on": "2025-05-22"},
    {"closed": "task-3", "outcome": "done", "on": "2025-05-30"},
    {"appointment": "ann-lee", "post": "Minister", "from": "2025-05-10"},
)
SECOND = paper(
    "paper-b",
    {"meeting": "round-1", "kind": "round", "held": "2025-05-19/2025-05-21", "place": "Hanoi"},
    {"announcement": "round-2", "kind": "round", "expected": "late June", "on": "2025-06-05", "by": ["vn"]}
    | {"quote": ["not before late June"]},
    published="2025-06-06",
)


@pytest.fixture(scope="module")
def ledger():
    with laws.new_ledger() as ledger:
        told = Story(NAMES, (FIRST, SECOND), ())
        assert laws.tell(ledger, told) == told
        yield ledger


@pytest.fixture
def ask(ledger):
    """The views as of a day."""
    opened = []

    def views(day=DAY, **clocks):
        opened.append(ledger.views(Clocks(as_of=day, **clocks)))
        return opened[-1]

    yield views
    for one in opened:
        one.close()


def slugs(found):
    return [one.slug for one in found]


def test_asks_that_wait_come_longest_first_and_answered_ones_only_on_request(ask):
    views = ask()
    waiting = [(one.ask.issue, one.ask.asker, one.ask.waiting_since, one.days_waiting) for one in views.asks()]
    assert waiting == [
        ("data-flows", "vn", "2025-05-22", 40),
        ("origin", "us", "2025-05-22", 40),
        ("tariffs", "us", "2025-05-22", 40),
    ]
    assert [one.ask.status for one in ask("2025-05-10").asks(everything=True)] == ["answered"]
    assert ask("2025-05-10").asks() == []


def test_asks_are_narrowed_by_who_asks_and_of_whom(ask):
    assert [one.ask.issue for one in ask().asks(by="vn")] == ["data-flows"]
    assert [one.ask.issue for one in ask().asks(to="vn")] == ["origin", "tariffs"]
    assert ask().asks(to="eu") == []


def test_an_ask_waits_from_the_first_time_it_was_asked_after_the_last_answer(ask):
    (before,) = ask("2025-05-03").asks()
    assert (before.ask.waiting_since, before.days_waiting, before.ask.times) == ("2025-05-01", 2, 1)
    (now,) = [one for one in ask().asks() if one.ask.issue == "tariffs"]
    assert (now.ask.first_asked, now.ask.last_answer, now.ask.waiting_since, now.ask.times, now.requests) == (
        "2025-05-22",
        "",
        "2025-05-22",
        1,
        2,
    )
    (whole,) = [one.ask for one in ask().asks(whole=True) if one.ask.issue == "tariffs"]
    assert (whole.first_asked, whole.last_answer, whole.waiting_since, whole.times) == (
        "2025-05-01",
        "2025-05-05",
        "2025-05-22",
        2,
    )


def test_follow_ups_come_most_urgent_first_and_closed_ones_only_on_request(ask):
    assert [(one.follow_up.slug, one.timing) for one in ask().follow_ups()] == [
        ("task-1", "past due"),
        ("task-2", "standing"),
    ]
    assert [(one.follow_up.slug, one.timing) for one in ask().follow_ups(everything=True)][-1] == ("task-3", "done")
    assert [(one.follow_up.slug, one.timing) for one in ask("2025-05-25").follow_ups()] == [
        ("task-1", "due"),
        ("task-3", "no date"),
        ("task-2", "standing"),
    ]


def test_a_follow_up_is_found_by_its_owners_party_or_person(ask):
    for owner in ("vn", "binh-vo", "vn/binh-vo"):
        assert [one.follow_up.slug for one in ask().follow_ups(owner=owner)] == ["task-1"]
    assert ask().follow_ups(owner="us") == []


def test_statements_come_in_order_and_are_narrowed_by_voice_issue_act_and_meeting(ask):
    views = ask()
    assert slugs(views.statements()) == ["said-1", "said-2", "said-3", "said-4"]
    assert slugs(views.statements(by="us")) == ["said-1", "said-3"]
    assert slugs(views.statements(by="ann-lee")) == slugs(views.statements(by="us/ann-lee")) == ["said-1"]
    assert slugs(views.statements(issue="origin")) == ["said-3"]
    assert slugs(views.statements(act="refused")) == slugs(views.statements(at="round-1"))[:1] == ["said-2"]
    assert slugs(views.statements(by="us", issue="tariffs", act="asked", at="round-1")) == ["said-3"]
    assert views.statements(by="eu") == []


def test_what_had_not_happened_by_the_day_is_in_no_answer(ask):
    views = ask("2025-05-20")
    assert slugs(views.statements()) == ["said-1", "said-2"]
    assert [(one.meeting.slug, one.status) for one in views.meetings()] == [("round-1", "in progress")]
    assert views.follow_ups(everything=True) == []
    assert slugs(views.sources()) == ["paper-a"]
    assert {entry.slug for entry in views.timeline()} == {"said-1", "said-2", "round-1"}
    assert ask("2025-05-01").sources() == []


def test_the_title_and_the_parties_are_known_on_every_day_and_other_names_from_their_first_mention(ask):
    views = ask("1990-01-01")
    assert slugs(views.parties()) == ["eu", "us", "vn"]
    assert (views.issues(), views.people()) == ([], [])
    assert (views.statements(), views.timeline(), views.title()) == ([], [], "The talks")
    assert slugs(ask("2025-05-01").issues()) == ["tariffs"]


def test_a_post_is_held_from_the_day_it_was(ask):
    assert {one.slug: one.post for one in ask("2025-05-09").people()} == {"ann-lee": "", "binh-vo": ""}
    assert {one.slug: one.post for one in ask("2025-05-10").people()} == {"ann-lee": "Minister", "binh-vo": ""}


def test_issues_are_narrowed_by_where_they_stand(ask):
    assert slugs(ask().issues("open")) == ["data-flows", "origin", "tariffs"]
    assert slugs(ask("2025-05-10").issues("answered")) == ["tariffs"]


def test_the_next_round_says_who_expects_it_in_which_words_and_how_its_date_slipped(ask):
    first = ask("2025-05-25").next_meeting()
    assert (first.expected.meeting.slug, first.expected.status, first.quote) == (
        "round-2",
        "expected",
        "in early June",
    )
    now = ask("2025-06-15").next_meeting()
    assert now.quote == "not before late June"
    assert [(one.nth, one.expected.phrase, one.by, one.source) for one in now.forecasts] == [
        (1, "early June", ("us",), "paper-a"),
        (2, "late June", ("vn",), "paper-b"),
    ]
    assert now.expected.meeting.expectations == 2
    assert ask("2025-06-04").next_meeting().expected.status == "expected"
    assert ask("2025-07-20").next_meeting().expected.status == "unconfirmed"


def test_where_no_meeting_of_a_kind_is_expected_the_last_one_held_is_named(ask):
    assert ask("2025-05-25").next_meeting("call").expected is None
    before = ask("2025-05-20").next_meeting()
    assert (before.expected, before.forecasts, before.quote, before.last_held) == (None, [], "", None)
    assert ask().next_meeting().last_held.slug == "round-1"
    assert ask().next_meeting("ministerial").last_held is None


def test_what_the_reports_disagree_on_is_shown_with_all_the_values(ask):
    (contest,) = ask().contested()
    assert (contest.slug, contest.field, contest.preferred) == ("round-1", "held", "19 to 21 May 2025")
    assert contest.values == ("19 to 22 May 2025", "19 to 21 May 2025")
    assert contest.sources == ("paper-a", "paper-b")
    assert ask().contested("round-1") == [contest]
    assert ask().contested("round-2") == []


def test_the_log_tells_every_event_in_order_of_recording(ask):
    events = ask().log()
    assert [one.position for one in events] == list(range(1, len(events) + 1))
    assert [one.event for one in ask().log("round-2")] == ["MeetingAnnounced", "MeetingAnnounced"]
    assert [one.source for one in ask().log("round-2")] == ["paper-a", "paper-b"]


def test_evidence_is_found_by_entry_and_by_event(ask):
    found = ask().evidence("said-1")
    assert [(one.words, one.source, one.verified) for one in found] == [
        ("asked for it", "paper-a", False),
        ("twice", "paper-a", False),
    ]
    assert ask().evidence_at(found[0].position) == found


def test_the_history_of_an_entry_is_every_state_it_went_through_by_the_day(ask):
    spans = ask().history("meeting", "round-2")
    assert [(span.state.expected.phrase, span.valid_from, span.valid_to) for span in spans] == [
        ("early June", "2025-05-22", "2025-06-05"),
        ("late June", "2025-06-05", ""),
    ]
    assert [span.state.status for span in ask().history("meeting", "round-1")] == [
        "in progress",
        "in progress or over",
        "held",
    ]
    assert len(ask("2025-05-20").history("meeting", "round-1")) == 1
    assert ask("2025-05-01").history("meeting", "round-1") == []


def test_an_entry_is_found_by_its_slug_and_near_ones_are_offered(ask):
    assert tuple(ask().entry("round-1")[:2]) == ("meeting", "round-1")
    with pytest.raises(UnknownSlug, match=r"Did you mean .*round-1"):
        ask().entry("rond-1")
    assert [one.slug for one in ask().labels("meeting")] == ["round-1", "round-2"]


def test_a_meeting_is_found_by_its_kind_and_number(ask):
    assert ask().find(["meeting"], "Round 2") == ask().entry("round 2").slug == "round-2"


def test_where_we_stand_is_one_page_of_the_same_answers(ask):
    views = ask("2025-06-15")
    page = views.state()
    assert (page.negotiation, page.title, page.day) == (NEGOTIATION, "The talks", "2025-06-15")
    assert (page.asks, page.follow_ups, page.contested) == (views.asks(), views.follow_ups(), views.contested())
    assert page.next_round == views.next_meeting("round")
    assert page.other_meetings == []
    assert len(page.last_entries) == 5
    assert [entry.slug for entry in page.last_entries] == [entry.slug for entry in views.timeline()][:-6:-1]


def test_a_question_of_one_clock_does_not_change_another(ask):
    assert [one.expectations for one in (one.meeting for one in ask().meetings()) if one.slug == "round-2"] == [2]
    published = ask(reported_by="2025-06-01")
    assert [one.meeting.expectations for one in published.meetings() if one.meeting.slug == "round-2"] == [1]
    assert published.contested() == []
    names = ask(recorded_by=4)
    assert (slugs(names.parties()), names.statements()) == (["eu", "us", "vn"], [])


@pytest.fixture
def fresh(tmp_path):
    return create_ledger(tmp_path / "ledger.db")


def test_an_empty_ledger_says_that_it_holds_no_negotiation(fresh):
    with pytest.raises(NoNegotiationYet):
        fresh.views()


def test_where_there_are_several_negotiations_one_is_to_be_named(fresh):
    for slug in ("first", "second"):
        fresh.append("negotiation", slug, {"title": slug.title()})
        fresh.append("party", "us", {"name": f"US of the {slug}"}, negotiation=slug)
    with pytest.raises(SeveralNegotiations, match="first, second"):
        fresh.views()
    with pytest.raises(UnknownNegotiation, match="Did you mean second"):
        fresh.views(negotiation="secnd")
    views = fresh.views(negotiation="second")
    assert [one.name for one in views.parties()] == ["US of the second"]
    assert views.title() == "Second"
    views.close()


def test_views_are_kept_beside_the_ledger_and_not_written_again_for_a_question(ledger, ask):
    ask()
    beside = ledger.path.with_name("ledger.views.db")
    before = beside.stat().st_mtime_ns
    ask("2025-05-20").state()
    assert beside.stat().st_mtime_ns == before


@pytest.mark.parametrize("last", ["paper-a", "paper-b"])
def test_the_end_of_a_deadline_is_told_in_words_that_do_not_depend_on_the_order_of_filing(tmp_path, last):
    limits = {
        "paper-a": paper("paper-a", {"deadline": "limit", "says": "Answer in full.", "due": "2025-06-01"}),
        "paper-b": paper("paper-b", {"deadline": "limit", "says": "Answer.", "due": "2025-06-01", "on": "2025-05-20"}),
    }
    over = paper("paper-c", {"ended": "limit", "outcome": "met", "on": "2025-05-21"}, published="2025-05-22")
    reports = tuple(sorted(limits.values(), key=lambda one: one.source["slug"] == last))
    ledger = create_ledger(tmp_path / "ledger.db")
    laws.tell(ledger, Story(NAMES, (*reports, over), ()))
    told = [one.sentence for one in ledger.views(Clocks(as_of=DAY)).timeline() if "met" in one.sentence]
    assert told == ["Answer: met"]
