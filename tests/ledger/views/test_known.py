"""What was known by a day: names from their first mention, entries from their first report, and nothing later."""

import pytest

from ledger import Clocks, Ledger
from ledger.queries.entry import show
from ledger.views.errors import NotKnownYet
from tests import examples

FILED = """
negotiation: vn-us-trade
source:
  slug: undated
  title: A report without a day
entries:
  - meeting: round-2
    kind: round
    held: 2025-05-19
    people: [vn/nguyen-hong-dien]
    issues: [rules-of-origin]
  - meeting: round-2
    kind: round
    held: 2025-05-20
    place: Hanoi
  - statement: asked-late
    by: us/jamieson-greer
    act: asked
    issues: [export-controls]
    says: Tighten them.
    on: 2025-06-02
    quote: tighten
  - statement: asked-late
    by: us/jamieson-greer
    act: asked
    issues: [export-controls]
    says: Tighten them at once.
    on: 2025-06-10
    quote: at once
"""


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """The names were recorded on 15 June 2025, and the reports after them."""
    ledger.import_files([examples.write(ledger, FILED)])
    return ledger


def as_of(ledger: Ledger, day: str, **clocks: str):
    return ledger.views(Clocks(day, **clocks))


def slugs(found):
    return [one.slug for one in found]


def test_a_name_is_known_from_the_first_report_that_mentions_it_or_from_its_recording(told: Ledger) -> None:
    known = {}
    for day in ("2025-05-18", "2025-05-19", "2025-06-02", "2025-06-14", "2025-06-15"):
        with as_of(told, day) as views:
            known[day] = slugs(views.issues()), slugs(views.people())
    dien, greer, origin, controls = "nguyen-hong-dien", "jamieson-greer", "rules-of-origin", "export-controls"
    assert known["2025-05-18"] == ([], [])
    assert known["2025-05-19"] == ([origin], [dien])
    assert known["2025-06-02"] == known["2025-06-14"] == known["2025-06-15"] == ([controls, origin], [greer, dien])


def test_the_parties_that_negotiate_are_known_on_every_day_and_another_from_its_recording(told: Ledger) -> None:
    with as_of(told, "1990-01-01") as views:
        assert slugs(views.parties()) == ["us", "vn"]
        assert views.find(["party"], "us") == "us"
        with pytest.raises(
            NotKnownYet, match=r"The party eu is known only from 15 June 2025: nothing on record by 1 Jan"
        ):
            views.find(["party"], "eu")
    with as_of(told, "2025-06-15") as views:
        assert slugs(views.parties()) == ["eu", "us", "vn"]


def test_by_the_reported_clock_a_name_is_known_if_a_report_published_by_then_mentions_it(told: Ledger) -> None:
    with told.views(Clocks(reported_by="2025-06-14")) as views:
        assert slugs(views.issues()) == []
    with told.views(Clocks(reported_by="2025-06-15")) as views:
        assert slugs(views.issues()) == ["export-controls", "rules-of-origin"]


def test_an_entry_that_a_later_report_brought_is_refused_in_a_sentence_that_says_from_when_it_is_known(told: Ledger):
    since = {"round-2": "19 May 2025", "asked-late": "2 June 2025", "jamieson-greer": "2 June 2025"}
    since |= {"rules-of-origin": "19 May 2025", "undated": "19 May 2025"}
    with as_of(told, "2025-05-18") as views:
        assert slugs(views.labels()) == ["us", "vn", "vn-us-trade"]
        for slug, day in since.items():
            with pytest.raises(NotKnownYet, match=f"{slug} is known only from {day}: nothing on record by 18 May 2025"):
                views.entry(slug)


def test_an_entry_has_the_name_and_the_words_that_it_had_on_the_day(told: Ledger) -> None:
    for day, words, quotes in (("2025-06-09", "Tighten them.", 1), ("2025-06-10", "Tighten them at once.", 2)):
        with as_of(told, day) as views:
            assert views.entry("asked-late").label == words
            assert len(views.evidence("asked-late")) == len(views.log("asked-late")) == quotes
    with as_of(told, "2025-05-19") as views:
        assert views.entry("round-2").label == "Round of Nguyễn Hồng Diên (vn), 19 May 2025"


def test_a_source_without_a_day_is_known_from_the_first_report_in_it(told: Ledger) -> None:
    with as_of(told, "2025-05-18") as views, pytest.raises(NotKnownYet):
        show(views, "undated")
    with as_of(told, "2025-05-19") as views:
        assert show(views, "undated").state.title == "A report without a day"


def test_a_correction_and_a_retraction_are_known_with_what_they_correct(told: Ledger) -> None:
    (_, later) = (one.position for one in told.views().log("asked-late"))
    told.correct("asked-late", {"says": "Tighten them soon."}, "Misheard.", position=later)
    told.retract("round-2", "It was another round.")
    with as_of(told, "2025-06-09") as views:
        assert [one.event for one in views.log("asked-late")] == ["StatementReported"]
    with as_of(told, "2025-06-10") as views:
        assert [one.event for one in views.log("asked-late")][-1] == "EntryCorrected"
    with as_of(told, "2025-05-18") as views, pytest.raises(NotKnownYet):
        views.entry("round-2")
    with as_of(told, "2025-05-20") as views:
        assert views.entry("round-2").retracted == "It was another round."
        assert [one.event for one in views.log("round-2")][-1] == "EntryRetracted"


@pytest.mark.parametrize("day", ["2025-05-18", "2025-05-19", "2025-05-31", "2025-06-02", "2025-06-14"])
def test_the_names_known_on_an_early_day_are_those_that_the_search_finds_by_it(told: Ledger, day: str) -> None:
    with as_of(told, day) as views:
        names = [one.slug for kind in ("person", "issue") for one in views.labels(kind, later=True)]
        assert {one for one in names if views.knows(one)} == {one for one in names if views.mentioned("1", one, day)}
        assert len(names) >= 4


def test_an_ask_that_names_nobody_is_said_to_name_nobody_however_many_negotiate(ledger: Ledger) -> None:
    with as_of(ledger, "2025-06-15") as views:
        assert views.other_side("vn") == ("us",)
        assert (views.addressed("vn", ()), views.to_whom(())) == ("Viet Nam → nobody named", "nobody named")
        assert views.addressed("vn", ("us",)) == "Viet Nam → United States"
        assert views.asking("proposed", ()) == "proposed (nobody named)"
        assert views.asking("proposed", ("us",)) == "proposed to United States"
    examples.file(ledger, "  - {role: eu, as: party, from: 2025-06-01, quote: the Union joined}\n")
    with as_of(ledger, "2025-06-15") as views:
        assert (views.other_side("vn"), views.addressed("vn", ())) == ((), "Viet Nam → nobody named")


def test_figures_are_told_with_the_titles_of_their_measures(ledger: Ledger) -> None:
    examples.file(ledger, "  - {measure: quota, title: Quota of 2025, unit: tonnes}\n")
    with ledger.views() as views:
        assert views.with_title("quota: 20,000 tonnes, other: 3") == "Quota of 2025: 20,000 tonnes, other: 3"
