"""An ask waits for no longer than its reports allow, and nothing is said of its status that they leave open."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.states import Ask
from ledger.views import status as otd
from tests.examples import columns, conversation, said
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


def test_the_ask_that_waits_longest_comes_first_and_those_that_do_not_wait_last():
    asks = [ask("", "a"), ask(DAY, "b"), ask("2025-05-01", "c", "vn"), ask("2025-05-01", "c", "us")]
    ordered = otd.longest_first(otd.waiting(one, DAY) for one in asks)
    found = columns([one.ask for one in ordered], "issue", "asker")
    assert found == [("c", "us"), ("c", "vn"), ("b", "vn"), ("a", "vn")]
