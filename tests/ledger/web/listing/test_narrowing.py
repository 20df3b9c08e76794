"""The laws of lists: pages and commands agree, counts say what a choice shows, and the pages make up the whole list."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.listing.lists import LISTS
from ledger.web.request import Request
from ledger.web.site import PAGES
from tests.ledger.web.serving import page, query, text_of

# A page's filters, and the options of the command with the same filters.
SAME = [
    ("statements?party=aa", "statements --by aa"),
    ("statements?party=AA", "statements --by aa"),
    ("statements?issue=issue-0&act=asked", "statements --issue issue-0 --act asked"),
    ("statements?at=meeting-7&party=aa", "statements --at meeting-7 --by aa"),
    ("asks?open=yes", "asks"),
    ("asks?party=bb", "asks --answered --by bb"),
    ("asks?open=yes&awaited=bb", "asks --to bb"),
    ("asks?addressee=bb", "asks --answered --to bb"),
    ("follow-ups?open=yes", "follow-ups"),
    ("follow-ups?party=aa", "follow-ups --closed --owner aa"),
    ("deadlines", "deadlines --passed"),
    ("deadlines?open=yes", "deadlines"),
    ("tasks?open=yes", "tasks"),
    ("meetings?kind=round", "meetings --kind round"),
    ("issues?status=open", "issues --status open"),
    ("sources", "sources"),
    ("people", "people"),
    ("promises?party=aa&open=yes", "promises --by aa --open"),
    ("promises?addressee=aa", "promises --to aa"),
    ("gaps?kind=unanswered&months=3", "gaps --kind unanswered --months 3"),
    ("contested", "contested"),
    ("figures?counts=yes", "figures"),
    ("figures?measure=Rate", "figures rate"),
    ("log?slug=meeting-7", "log meeting-7"),
]  # fmt: skip


def in_json(site: Any, address: str) -> Any:
    path, sign, asked = address.partition("?")
    return json.loads(page(site, f"/talks/{path}.json{sign}{asked}"))


def listed(site: Any, name: str, **asked: str) -> Any:
    """A list with all its rows, without the time that writing JSON takes."""
    clocks = site.opening.clocks({}, date(2026, 11, 21))
    with site.opening.views(clocks, "talks") as views:
        found = PAGES[name].answer(Request(site.opening, views, clocks, f"/talks/{name}", asked, as_data=True))
        return getattr(found, "listed", found)


def key(row: Any) -> str:
    return json.dumps(row, sort_keys=True)


@pytest.mark.parametrize(("address", "line"), SAME)
def test_a_page_and_its_command_have_the_same_rows(long_site: Any, told: Callable[[str], Any], address, line) -> None:
    found = in_json(long_site, address)
    assert sorted(map(key, found["rows"])) == sorted(map(key, told(line)))
    assert found["total"] == len(found["rows"]) > (0 if "tasks" not in address else -1)


@pytest.mark.parametrize("name", LISTS)
def test_a_count_beside_a_choice_is_the_number_of_rows_that_it_shows(long_site: Any, name: str) -> None:
    for narrowed in ({}, {} if name in ("log", "tasks", "texts") else {"words": "1"}):
        for facet in listed(long_site, name, **narrowed).facets:
            for choice in {*facet.choices[:1], *facet.choices[-1:]}:
                chosen = listed(long_site, name, **narrowed, **{facet.name: choice.value})
                assert chosen.total == choice.rows > 0, (name, facet.name, choice)
                assert chosen.facet(facet.name).choices == facet.choices, "its own choices stay what they were"


SHORT = ("tasks", "people", "contested", "texts")
IN_SECTIONS = ("figures",)


@pytest.mark.parametrize("name", [name for name in LISTS if name not in SHORT + IN_SECTIONS])
def test_the_pages_of_a_list_make_up_the_whole_list(long_site: Any, name: str) -> None:
    total, most = in_json(long_site, name)["total"], LISTS[name].most
    seen = [text_of(page(long_site, f"/talks/{name}"))]
    numbers = range(2, -(-total // most) + 1)
    seen += [text_of(page(long_site, f"/talks/{name}?page={number}")) for number in numbers]
    for nth, words in enumerate(seen):
        first, last = nth * most + 1, min(nth * most + most, total)
        assert f"{first:,}–{last:,} of {total:,} " in words
        assert ("Before" in words, "Next →" in words) == (nth > 0, nth + 1 < len(seen))
    refused = long_site.respond(f"/talks/{name}", {"page": str(len(seen) + 1)})
    assert refused.status == 400
    assert f"its last page is {len(seen)}" in text_of(refused.body)


@pytest.mark.parametrize("name", LISTS)
def test_every_column_sorts_in_both_directions_and_rows_without_a_value_come_last(long_site: Any, name: str) -> None:
    whole = sorted(map(repr, listed(long_site, name).rows))
    for column in LISTS[name].columns:
        up, down = (listed(long_site, name, sort=f"{sign}{column.name}").rows for sign in ("", "-"))
        assert sorted(map(repr, up)) == sorted(map(repr, down)) == whole
        with long_site.ledger.views(negotiation="talks") as views:
            keys = [column.key(one, views) not in (None, "") for one in up]
        assert keys == sorted(keys, reverse=True)
        assert whole == [] or f"sort={column.name}" in page(long_site, f"/talks/{name}")


def test_dates_are_sorted_by_their_days_and_titles_without_regard_to_case(long_site: Any) -> None:
    days = [one["published"]["latest"] for one in in_json(long_site, "sources?sort=-published")["rows"]]
    assert days == sorted(days, reverse=True)
    titles = [one["title"] for one in in_json(long_site, "issues?sort=what")["rows"]]
    assert titles == sorted(titles, key=str.lower)


def test_a_period_has_what_may_lie_in_it_and_says_what_has_no_date(long_site: Any) -> None:
    found = in_json(long_site, "follow-ups?from=2026-02-01&to=2026-03")
    due = [one["due"] for one in found["rows"]]
    assert due
    assert all(one["latest"] >= "2026-02-01" and one["earliest"] <= "2026-03-31" for one in due)
    every = in_json(long_site, "follow-ups")["rows"]
    assert found["undated"] == len([one for one in every if not one["due"]["edtf"]]) > 0
    assert f"{found['undated']} more without a date" in text_of(
        page(long_site, "/talks/follow-ups?from=2026-02-01&to=2026-03")
    )


def test_words_find_rows_as_the_search_does(long_site: Any) -> None:
    found = in_json(long_site, 'statements?words="word 17"')["rows"]
    assert [one["slug"] for one in found] == ["main-17"]
    assert {one["slug"] for one in in_json(long_site, "statements?words=MATTER number 17")["rows"]} == {"said-17"}
    assert "No statement matches these filters" in page(long_site, "/talks/statements?words=nothing-of-the-kind")


def test_a_filter_that_names_nothing_known_says_so(long_site: Any) -> None:
    for asked, says in {
        "statements?party=zz": "no party 'zz'",
        "statements?issue=issue-999": "no issue 'issue-999'",
        "statements?act=shouted": "'shouted' is not a known act",
        "meetings?kind=dance": "'dance' is not a known kind of meeting",
        "gaps?kind=hole": "'hole' is not a known kind of gap",
        "meetings?from=whenever": "'whenever'",
        "meetings?from=unknown": "names no day",
        "meetings?from=2026-03-01&to=2026-02-01": "run backwards",
        "meetings?sort=colour": "'colour' is not a known column",
        "meetings?page=0": "no page '0'",
        "meetings?page=two": "no page 'two'",
    }.items():
        path, _, typed = asked.partition("?")
        found = long_site.respond(f"/talks/{path}", query(typed))
        assert found.status in (400, 404), asked
        assert says in text_of(found.body), asked


def test_a_filter_keeps_the_moment_and_can_be_taken_away(long_site: Any) -> None:
    body = page(long_site, "/talks/statements?as-of=2026-03-01&recorded-by=1000&party=aa&words=matter&sort=-date")
    assert "By party: AA" in text_of(body)
    assert 'href="/talks/statements?as-of=2026-03-01&amp;recorded-by=1000&amp;sort=-date&amp;words=matter"' in body
    assert '<input type="hidden" name="recorded-by" value="1000">' in body
    assert '<input type="hidden" name="sort" value="-date">' in body
    assert "Remove all" in body
