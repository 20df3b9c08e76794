"""Answers as JSON: named fields, dates with their bounds, wrapped states merged, nothing raw."""

import json
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import When
from ledger.export.as_json import in_json, plain


class Inner(NamedTuple):
    slug: str
    on: When


class Outer(NamedTuple):
    inner: Inner
    days: int | None


class Page(NamedTuple):
    title: str
    rows: list[Outer]


DATE = {
    "edtf": "2025-05",
    "phrase": "in May",
    "earliest": "2025-05-01",
    "latest": "2025-05-31",
    "text": "May 2025",
}


def test_a_date_is_an_object_with_its_bounds_and_its_words():
    assert plain(When("2025-05", "in May")) == DATE


def test_an_unknown_bound_of_a_date_is_null():
    found = plain(When("[2025-05-01..]"))
    assert (found["earliest"], found["latest"]) == ("2025-05-01", None)
    assert (plain(When())["earliest"], plain(When())["latest"]) == (None, None)


def test_a_state_that_an_answer_wraps_is_merged_into_it():
    one = Outer(Inner("round-2", When("2025-05", "in May")), None)
    assert plain(one) == {"slug": "round-2", "on": DATE, "days": None}


def test_lists_and_pages_keep_their_shape():
    found = plain(Page("The talks", [Outer(Inner("a", When()), 1)]))
    assert (found["title"], found["rows"][0]["slug"], found["rows"][0]["days"]) == ("The talks", "a", 1)
    assert plain(("a", "b")) == ["a", "b"]


def test_letters_of_other_languages_are_written_as_they_are():
    assert in_json({"name": "Nguyễn"}) == '{\n  "name": "Nguyễn"\n}\n'


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_law_json_says_what_was_filed_and_shows_no_control_character(text):
    written = in_json([text])
    assert json.loads(written) == [text]
    assert not any(mark in written for mark in "\x1b\u202e\u2066\x9b")
