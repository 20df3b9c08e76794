"""The plan of a site: which pages and files it has."""

import pytest

pytest.importorskip("jinja2", reason="the extra `web` is not installed")
from ledger import Clocks
from ledger.web.publication.pages import FOR_KEEPERS, LISTED, plan
from tests.ledger.web.publication.reading import Published, files


def test_what_is_planned_is_what_is_written(site: Published) -> None:
    written = {name for name in files(site.folder) if "/" in name}
    assert set().union(*(one.files(every_json=False) for one in site.said.plans)) == written


def test_days_before_the_last_ones_are_counted_and_the_first_is_compared_with_the_last_of_them(site: Published) -> None:
    with site.record.views(Clocks("2025-06-30"), "vn-us-trade") as views:
        every, few = plan(views, 100), plan(views, 2)
    assert every.days == sorted({*every.days})
    assert (every.left_out, every.before) == (0, "")
    assert (few.days, few.left_out, few.before) == (every.days[-2:], len(every.days) - 2, every.days[-3])
    assert few.next_to(few.days[1]) == (few.days[0], "")
    assert every.next_to("") == ("", every.days[0])


def test_nothing_that_happens_later_is_planned(site: Published) -> None:
    with site.record.views(Clocks("2025-05-01"), "vn-us-trade") as views:
        planned = plan(views, 100)
    assert max(planned.days) <= "2025-05-01"
    assert ("meeting", "round-3") not in planned.entries


def test_pages_for_whoever_keeps_the_record_are_left_out(site: Published) -> None:
    assert {"", "table", "timeline", "sources", "brief", "changes", "search"} <= {*LISTED}
    names = {name.rpartition("/")[2].partition(".")[0] for name in files(site.folder)}
    assert names & {*FOR_KEEPERS, "enter"} == set()
