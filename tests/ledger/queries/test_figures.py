"""Every value of a measure, with who gave it; which are contested, and which count now."""

import pytest

from ledger import Clocks
from ledger.queries.brief.writer import brief
from ledger.queries.diff import diff
from ledger.queries.figures import figures, given_by, latest, with_conditions
from tests.examples import file, write
from tests.ledger.filing.test_figures import MEASURES

OWN = " (keeper’s figure, not in the quote)"


def told(slug: str, value: str, by: str = "us", act: str = "stated", on: str = "2025-05-20") -> str:
    return (
        f'  - statement: {slug}\n    by: {by}\n    act: {act}\n    issues: [export-controls]\n    on: "{on}"\n'
        f"    says: So it is.\n    figures: {{{value}}}\n    quote: so it is\n"
    )


@pytest.fixture
def answers(ledger):
    """Files statements, and answers as of a day with (slug, value, contested by, refined by)."""
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])

    def answer(*statements: str, day: str = "", which=lambda values: values):
        file(ledger, "".join(statements), language="en")
        with ledger.views(Clocks(day or None)) as views:
            found = which(figures(views))
            return [(one.slug, one.value, one.contested_by, one.refined_by) for one in found]

    return answer


def test_values_come_in_order_of_day_and_none_from_after_it(answers):
    story = (told("b", "chapters-closed: 11", on="2025-05-22"), told("a", "chapters-closed: 10"))
    assert [one[:2] for one in answers(*story)] == [("a", "10 of 20 chapters"), ("b", "11 of 20 chapters")]
    assert [one[0] for one in answers(day="2025-05-21")] == ["a"]


def test_two_counts_of_one_day_that_differ_are_contested(answers):
    found = answers(told("a", "chapters-closed: 10"), told("b", "chapters-closed: 11", by="vn"))
    assert [(slug, against) for slug, _, against, _ in found] == [("a", ("statement/b",)), ("b", ("statement/a",))]


def test_a_finer_value_of_the_day_refines_a_coarser_one(answers):
    found = answers(told("a", "tariff-rate: at least 20 percent"), told("b", "tariff-rate: 25 percent", by="vn"))
    assert [one[2:] for one in found] == [((), ("statement/b",)), ((), ())]


@pytest.mark.parametrize("on", ["2025-05", "[2025-05-01..2025-05-20]"])
def test_values_of_days_that_may_differ_are_not_contested(answers, on):
    found = answers(told("a", "chapters-closed: 10", on=on), told("b", "chapters-closed: 11", by="vn", on=on))
    assert [one[2] for one in found] == [(), ()]


def test_the_positions_of_two_parties_are_not_contested(answers):
    found = answers(
        told("a", "tariff-rate: 20 percent", act="proposed"), told("b", "tariff-rate: 10 percent", by="vn", act="asked")
    )
    assert [one[2] for one in found] == [(), ()]


def test_a_position_does_not_contest_how_things_are(answers):
    found = answers(told("a", "tariff-rate: 46 percent"), told("b", "tariff-rate: 10 percent", by="us", act="proposed"))
    assert [one[2] for one in found] == [(), ()]


def test_the_last_count_and_each_partys_last_position_count_now(answers):
    story = (
        told("old", "tariff-rate: 46 percent", on="2025-05-01"),
        told("new", "tariff-rate: 20 percent", on="2025-05-10"),
        told("vn-1", "tariff-rate: 5 percent", by="vn", act="proposed", on="2025-05-01"),
        told("vn-2", "tariff-rate: 10 percent", by="vn", act="proposed", on="2025-05-02"),
        told("us-1", "tariff-rate: 15 percent", act="refused", on="2025-05-03"),
    )
    assert {one[0] for one in answers(*story, which=latest)} == {"new", "vn-2", "us-1"}


def test_a_value_hides_what_the_same_party_said_before_and_no_other_and_what_a_meeting_gives_hides_all(answers, ledger):
    story = (
        told("us-1", "chapters-closed: 9", on="2025-05-01"),
        told("vn-1", "chapters-closed: 8", by="vn", on="2025-05-02"),
        told("us-2", "chapters-closed: 10", on="2025-05-10"),
        told("leak-1", "chapters-closed: 7", by="unattributed", on="2025-05-03"),
        told("leak-2", "chapters-closed: 6", by="unattributed", on="2025-05-04"),
    )
    assert {one[0] for one in answers(*story, which=latest)} == {"vn-1", "us-2", "leak-1", "leak-2"}
    met = '  - {meeting: met, kind: round, held: 2025-05-12, figures: {chapters-closed: "11"}, quote: so it is}\n'
    file(ledger, met, slug="later", language="en")
    assert {one.slug for one in latest(figures(ledger.views()))} == {"met"}


def test_a_statement_on_some_of_the_issues_replaces_only_the_values_that_it_gives_anew(ledger):
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])
    both = told("both", "tariff-rate: 8 percent, chapters-closed: 9", act="asked").replace(
        "[export-controls]", "[export-controls, rules-of-origin]"
    )
    one = told("one", "tariff-rate: 6 percent", act="asked", on="2025-05-22")
    file(ledger, both + one.replace("    quote", "    replaces: both\n    quote"), language="en")
    now = {(one.slug, one.value) for one in latest(figures(ledger.views()))}
    assert now == {("one", "6 percent"), ("both", "9 of 20 chapters")}


def test_a_value_says_who_gave_it_and_when(ledger):
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])
    meeting = (
        "  - meeting: round-2\n    kind: round\n    number: 2\n    held: 2025-05-19/2025-05-22\n"
        "    figures: {chapters-closed: 10}\n    quote: ten chapters\n"
    )
    agreed = (
        "  - follow-up: pay\n    says: Pay.\n    owners: us\n    on: 2025-05-22\n"
        "    figures: {tariff-rate: 5 percent}\n    quote: pay\n"
    )
    file(ledger, meeting + agreed + told("a", "tariff-rate: 20 percent", act="proposed"))
    with ledger.views() as views:
        assert [given_by(views, one.figure) for one in figures(views)] == [
            "at the meeting held 19 to 22 May 2025",
            f"United States proposed on 20 May 2025{OWN}",
            "agreed on 22 May 2025",
        ]


def test_a_value_is_told_with_the_conditions_of_its_statement(ledger):
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])
    offered = told("a", "tariff-rate: 20 percent", act="proposed").replace(
        "    quote:", "    conditional-on: quotas fall\n    quote:"
    )
    file(ledger, offered + told("b", "tariff-rate: 10 percent", by="vn", act="proposed"), language="en")
    with ledger.views(Clocks("2025-04-01")) as before, ledger.views(Clocks("2025-06-01")) as views:
        said = [with_conditions(views, one.figure, given_by(views, one.figure)) for one in figures(views)]
        assert sorted(said) == [
            f"United States proposed on 20 May 2025{OWN}, conditional on: quotas fall",
            f"Viet Nam proposed on 20 May 2025{OWN}",
        ]
        changes = [one.says for one in diff(before, views) if one.kind == "figure"]
        assert sum("conditional on: quotas fall" in one for one in changes) == 1
        of_brief = ["".join(run.words for run in line.runs) for one in brief(views).sections for line in one.lines]
        assert any("20 percent" in line and "conditional on: quotas fall" in line for line in of_brief)


def test_the_figures_of_a_meeting_of_several_days_count_from_its_last_day(ledger):
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])
    file(
        ledger,
        "  - meeting: round-2\n    kind: round\n    number: 2\n    held: 2025-05-19/2025-05-22\n"
        "    figures: {chapters-closed: 10}\n    quote: ten chapters\n",
    )
    for day, shown in (("2025-05-19", []), ("2025-05-21", []), ("2025-05-22", ["2025-05-22"])):
        with ledger.views(Clocks(day)) as views:
            assert [one.figure.day for one in figures(views)] == shown
            (found,) = views.meetings()
            assert len(found.meeting.figures) == len(shown)
    with ledger.views(Clocks("2025-05-21")) as before, ledger.views(Clocks("2025-05-22")) as after:
        assert [one.slug for one in diff(before, after) if one.kind == "figure"] == ["chapters-closed"]


def test_reports_of_one_meeting_that_differ_are_said_to(ledger):
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])
    for source, count in (("vna", 10), ("ustr", 11)):
        file(
            ledger,
            "  - meeting: round-2\n    kind: round\n    number: 2\n    held: 2025-05-19/2025-05-22\n"
            f"    figures: {{chapters-closed: {count}}}\n    quote: so many\n",
            slug=source,
        )
    with ledger.views() as views:
        assert [one.contested_by for one in figures(views)] == [("meeting/round-2",)]
        assert [one.field for one in views.contested()] == ["figures"]
