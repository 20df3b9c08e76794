"""An ask waits for no longer than its reports allow, and nothing is said of its status that they leave open."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.dates import When
from ledger.domain.clocks import known_day
from ledger.domain.events import Condition
from ledger.domain.states import Ask
from ledger.domain.vocabulary import reply
from ledger.queries.gaps import gaps
from ledger.queries.positions import positions
from ledger.views import status as otd
from tests.examples import as_of, columns, conversation, said
from tests.talks import file_also, paper, talks
from tests.talks import said as said_in_talks
from tests.thorough import THOROUGH

DAY = "2025-06-15"


def ask(waiting_since: str, issue: str = "export-controls", asker: str = "vn") -> Ask:
    to, since, nothing = ("us",), (waiting_since,), ("",)
    last = "", "", "", "", ()
    return Ask(
        issue,
        asker,
        to,
        nothing,
        since,
        "open",
        1,
        *last,
        waiting_since,
        "",
        "",
        "",
        "",
        (),
        nothing,
        "",
        waiting_since,
    )


def test_an_ask_waits_the_days_since_it_was_asked():
    assert otd.waiting(ask("2025-06-01"), DAY).days_waiting == 14
    assert otd.waiting(ask(DAY), DAY).days_waiting == 0
    assert otd.waiting(ask(""), DAY).days_waiting is None


DAYS = st.integers(1, 9)
WINDOWS = st.one_of(DAYS.map(lambda day: (day, day)), st.tuples(DAYS, DAYS).map(lambda two: (min(two), max(two))))
SPOKEN = st.tuples(
    st.sampled_from([("asked", "vn", "us"), ("asked", "vn", "us"), ("asked", "vn", ""), ("withdrew", "vn", "us")])
    | st.sampled_from(
        [("refused", "us", "vn"), ("accepted", "us", ""), ("deferred", "us", "vn"), ("settled", "us", "")]
    )
    | st.sampled_from([("considering", "us", "vn"), ("considering", "us", "")]),
    WINDOWS,
)


def _one_day(one, other) -> bool:
    """Whether two statements count on one day."""
    return one[1][1] == other[1][1]


ANSWERED_TWICE = [
    (("asked", "vn", "us"), 1),
    (("refused", "us", "vn"), 5),
    (("accepted", "us", "vn"), "[2025-05-04..2025-05-06]"),
]


def the_ask(statements) -> Ask | None:
    """The ask of Viet Nam after some statements, each with its act, speaker, addressee and date, in order."""
    told = [said(*one, f"2025-05-0{day}" if isinstance(day, int) else day) for one, day in statements]
    return next((span.state for span in conversation(*told).asks if not span.valid_to), None)


@settings(max_examples=200 * THOROUGH)
@given(st.lists(SPOKEN, min_size=2, max_size=5), st.data())
def test_an_ask_waits_at_least_as_long_as_is_said_whatever_day_each_date_means(statements, data):
    counted = sorted(statements, key=lambda one: one[1][1])  # in the order of the days on which they count
    found = the_ask([(one, f"[2025-05-0{first}..2025-05-0{last}]") for one, (first, last) in counted])
    told = otd.waiting(found, "2025-05-20") if found is not None else None
    if told is None or told.days_waiting is None or told.unless:
        return
    for _ in range(4):
        days = [data.draw(st.integers(first, last)) for _, (first, last) in statements]
        # Of one day, an answer came after what it can have answered.
        reading = sorted(range(len(days)), key=lambda nth: (days[nth], statements[nth][0][0] != "asked"))
        if statements[reading[0]][0][0] != "asked":
            continue  # an answer, or a withdrawal, presupposes an ask
        truly = the_ask([(statements[nth][0], days[nth]) for nth in reading])
        assert truly is not None
        assert truly.waiting_since, (found, truly)
        waited = 20 - int(truly.waiting_since[-2:])
        assert waited >= told.days_waiting
        assert told.longer or waited == told.days_waiting


@settings(max_examples=200 * THOROUGH)
@given(st.lists(SPOKEN, min_size=2, max_size=4), st.data())
def test_an_ask_has_the_status_that_is_said_or_one_that_is_said_to_be_possible(statements, data):
    counted = sorted(statements, key=lambda one: one[1][1])
    found = the_ask([(one, f"[2025-05-0{first}..2025-05-0{last}]") for one, (first, last) in counted])
    if found is None or found.unless or counted[0][0][0] != "asked":
        return
    for _ in range(4):
        days = [data.draw(st.integers(first, last)) for _, (first, last) in statements]
        reading = sorted(range(len(days)), key=lambda nth: (days[nth], statements[nth][0][0] != "asked"))
        if statements[reading[0]][0][0] != "asked" or len({*days}) < len(days):
            continue
        asks = [nth for nth in reading if statements[nth][0][0] == "asked"]
        ends = [nth for nth in reading if nth not in asks]
        if any(days[end] < days[one] and _one_day(statements[end], statements[one]) for end in ends for one in asks):
            continue  # of those that count on one day, the request came first
        truly = the_ask([(statements[nth][0], days[nth]) for nth in reading])
        assert truly is not None
        assert truly.status == found.status, (found, truly)


def test_an_answer_that_may_be_later_than_the_last_one_heard_is_told_with_it():
    told = the_ask(ANSWERED_TWICE)
    assert told is not None
    assert (otd.standing_of_ask(told), told.other_answers) == ("agreed, unless answered", ("refused",))
    assert told.other_answers_by == ("us",)
    assert reply(told.answers[0], told.other_answers) == "accepted, earlier or later refused"
    asked_again = the_ask([*ANSWERED_TWICE, (("asked", "vn", "us"), 9)])
    assert asked_again is not None
    assert (asked_again.status, asked_again.unless, asked_again.other_answers) == ("open", "", ())


def test_the_ask_that_waits_longest_comes_first_and_those_that_do_not_wait_last():
    asks = [ask("", "a"), ask(DAY, "b"), ask("2025-05-01", "c", "vn"), ask("2025-05-01", "c", "us")]
    ordered = otd.longest_first(otd.waiting(one, DAY) for one in asks)
    found = columns([one.ask for one in ordered], "issue", "asker")
    assert found == [("c", "us"), ("c", "vn"), ("b", "vn"), ("a", "vn")]


def test_what_was_accepted_on_conditions_is_agreed_on_conditions():
    asked, on_conditions = said("asked", "vn", "us", "2025-05-01"), (Condition("inspections begin"),)
    accepted = said("accepted", "us", "vn", "2025-05-03", conditional_on=on_conditions)
    assert otd.standing_of(conversation(asked, accepted).issue[-1].state) == "agreed on conditions"
    again = said("accepted", "us", "vn", "2025-05-05")
    assert otd.standing_of(conversation(asked, accepted, again).issue[-1].state) == "agreed"


@pytest.mark.parametrize(
    ("phrase", "published", "since"),
    [
        ("early May", "2025-05-28", "2025-05-28"),  # it was made before it was reported
        ("early May", "2025-06-10", "2025-05-31"),  # and within the month of its words
        ("mid-May", "2025-06-10", "2025-05-31"),
        ("around May 10", "2025-06-10", "2025-05-31"),
        ("in the first week of May", "2025-06-10", "2025-05-31"),
        ("late May", "2025-06-10", "2025-05-31"),
        ("May", "2025-06-10", "2025-05-31"),
        ("May 10", "2025-06-10", "2025-05-10"),
        ("between May 10 and 12", "2025-06-10", "2025-05-12"),
        ("in recent days", "2025-06-10", "2025-06-10"),
    ],
)
def test_no_day_is_counted_as_waited_that_only_a_convention_gives(phrase, published, since):
    with talks() as ledger:
        report = paper("paper-b", said_in_talks("said-9", issues=("origin",), on=phrase), published=published)
        file_also(ledger, report)
        [asked] = [one for one in ledger.views(as_of("2025-06-30")).asks() if one.ask.issue == "origin"]
        days = (date(2025, 6, 30) - date.fromisoformat(since)).days
        assert (asked.days_waiting, asked.longer) == (days, phrase != "May 10")
        [gap] = [one.says for one in gaps(ledger.views(as_of("2025-06-30")), 6, "unanswered")]
        assert When(since).describe() in gap


def test_a_request_of_a_known_day_is_counted_where_only_a_convention_gives_that_of_the_first():
    with talks() as ledger:
        asks = (
            said_in_talks("said-8", issues=("origin",), on="early May"),
            said_in_talks("said-9", issues=("origin",), on="2025-05-14", reaffirms="said-8"),
        )
        file_also(ledger, paper("paper-b", *asks, published="2025-06-10"))
        [asked] = [one for one in ledger.views(as_of("2025-06-30")).asks() if one.ask.issue == "origin"]
        assert asked.waited == "at least 47 days"
        assert known_day(asked.ask, asked.ask.first_asked).clause() == "on or before 31 May 2025"


MAY = "[2025-05-01..2025-05-31]"


@pytest.mark.parametrize(
    ("requests", "surely"),
    [
        ([("2025-05-01", ""), ("2025-05-02", "")], True),
        ([(MAY, ""), ("2025-05-22", "")], False),
        ([(MAY, ""), (MAY, "s1")], True),
        ([("2025-04-01", ""), ("[2025-05-05..2025-05-12]", ""), ("[2025-05-06..2025-05-13]", "")], False),
        ([("2025-04-01", ""), ("[2025-05-05..2025-05-12]", ""), ("[2025-05-06..2025-05-13]", "s2")], True),
        ([("2025-04-01", ""), ("[2025-05-05..2025-05-12]", ""), ("[2025-05-06..2025-05-13]", "s1")], False),
        ([(MAY, ""), (MAY, ""), (MAY, "s2")], False),  # the first may still be later than both
        ([(MAY, ""), (MAY, ""), ("2025-06-01", "")], True),
    ],
)
@pytest.mark.parametrize("askers", [("vn",), ("vn", "us")])
def test_a_request_is_the_last_one_if_its_date_or_what_it_reaffirms_says_so(requests, surely, askers):
    told = [
        said("asked", askers[nth % len(askers)], "eu", "", on=When(when), reaffirms=(slug,) if slug else ())
        for nth, (when, slug) in enumerate(requests)
    ]
    fold = conversation(*told)
    assert fold.issue[-1].state.surely_last is surely
    for ask in (span.state for span in fold.asks if not span.valid_to and len(askers) == 1):
        assert (otd.AskOnTheDay(ask, None).last == "last") is surely


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("late May", "2025-05-20", True),  # the order in which they are heard is not known to be that of the days
        ("2025-05-20", "late May", True),
        ("mid-May", "2025-05-26", True),
        ("early May", "late May", False),
        ("2025-04-30", "late May", False),
        ("early May", "2025-06-02", False),
    ],
)
def test_a_convention_does_not_tell_which_of_two_answers_came_last(first, second, told):
    story = ("us", "asked", "2025-04-01"), ("vn", "refused", first), ("vn", "accepted", second)
    with talks() as ledger:
        entries = (said_in_talks(f"{by}-{act}", act, on, ("origin",), by=by) for by, act, on in story)
        file_also(ledger, paper("paper-b", *entries, published="2025-06-20"))
        views = ledger.views(as_of("2025-06-30"))
        [found] = [one for one in views.issues() if one.slug == "origin"]
        assert bool(found.other_answers) is told
        [asked] = [one for one in views.asks(everything=True) if one.ask.issue == "origin"]
        assert bool(asked.ask.other_answers) is told and bool(asked.ask.unless) is told
        [position] = [one for one in positions(views) if one.issue == "origin" and one.party == "vn"]
        assert bool(position.besides) is told
