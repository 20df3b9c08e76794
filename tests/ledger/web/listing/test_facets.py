"""The facets that lists share: a voice counts for its party and its person, and a date is sorted by its last day."""

from typing import NamedTuple

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.dates import When, valid
from ledger.web.listing.facets import by_party, by_person, day_of, words_of


class Said(NamedTuple):
    by: tuple[str, ...]


def test_a_voice_counts_for_its_party_and_its_person() -> None:
    said = Said(("us/jamieson-greer", "vn"))
    assert [*by_party(lambda one: one.by).values(said)] == ["us", "vn"]
    assert [*by_person(lambda one: one.by).values(said)] == ["jamieson-greer"]


def test_a_date_is_sorted_by_its_last_possible_day() -> None:
    assert day_of(valid("2026-05")) == "2026-05-31"
    assert day_of(valid("2026-05-02/..")) == "2026-05-02"
    assert day_of(When()) == ""


def test_words_of_a_vocabulary_are_read_without_hyphens() -> None:
    assert words_of(["agreed-in-principle"]) == {"agreed-in-principle": "agreed in principle"}
