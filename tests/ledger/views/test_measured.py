"""Values of one day that cannot all be true are contested, wherever a reader looks."""

import pytest

from ledger import Clocks, Ledger
from ledger.queries.diff import diff
from ledger.queries.figures import figures
from tests.examples import file, write
from tests.ledger.filing.test_figures import MEASURES
from tests.ledger.queries.test_figures import told


@pytest.fixture
def asked(ledger: Ledger):
    """Files statements, and opens the views as of a day."""
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])

    def views(*statements: str, day: str = "2025-06-15"):
        if statements:
            file(ledger, "".join(statements), language="en")
        return ledger.views(Clocks(day))

    return views


DIFFERING = (told("a", "chapters-closed: 10"), told("b", "chapters-closed: 11", by="vn"))


def test_a_count_that_two_entries_give_differently_is_contested_with_both_values(asked):
    views = asked(*DIFFERING)
    (found,) = views.contested()
    assert (found.kind, found.slug, found.field) == ("measure", "chapters-closed", "value on 20 May 2025")
    assert found.values == ("10 of 20 chapters (a)", "11 of 20 chapters (b)")
    assert (found.sources, found.preferred) == (("vna", "vna"), "")
    assert views.state().contested == views.contested("chapters-closed") == [found]
    assert views.contested("tariff-rate") == []


def test_it_is_contested_from_the_day_of_the_values(asked):
    asked(*DIFFERING)
    assert asked(day="2025-05-19").contested() == []
    (now,) = [one for one in diff(asked(day="2025-05-19"), asked()) if one.kind == "contested"]
    assert now.says.startswith("Contested: measure value on 20 May 2025, 10 of 20 chapters (a) in")


def test_of_positions_those_of_one_party_are_contested(asked):
    views = asked(
        told("a", "tariff-rate: 20 percent", act="proposed"),
        told("b", "tariff-rate: 10 percent", by="vn", act="asked"),
        told("c", "tariff-rate: 25 percent", act="asked"),
        told("d", "tariff-rate: 46 percent"),
    )
    (found,) = views.contested()
    assert (found.field, found.values) == ("position of us on 20 May 2025", ("20 percent (a)", "25 percent (c)"))


@pytest.mark.parametrize("on", ["2025-05", "2025-05-20/2025-05-21"])
def test_values_that_may_be_of_different_days_or_agree_are_not_contested(asked, on):
    other = told("b", "chapters-closed: 11", by="vn", on=on)
    assert asked(told("a", "chapters-closed: 10", on=on), other).contested() == []
    assert asked(told("c", "tariff-rate: at least 20 percent"), told("d", "tariff-rate: 25 percent")).contested() == []


def test_what_is_contested_is_what_the_list_of_figures_marks(asked):
    views = asked(*DIFFERING, told("c", "chapters-closed: 10"), told("d", "tariff-rate: 5 percent"))
    marked = {one.slug for one in figures(views) if one.contested_by}
    (found,) = views.contested()
    assert {value.rpartition("(")[2].rstrip(")") for value in found.values} == marked == {"a", "b", "c"}
