"""Answers as tables: columns, and rows with one value in each."""

from typing import NamedTuple

from ledger.dates import When
from ledger.domain.states import Party
from ledger.export.tables import flat, header


class Wrapping(NamedTuple):
    """A state with more about it."""

    party: Party
    since: When
    replaced_by: Party | None


def test_a_state_is_merged_into_what_wraps_it_and_other_entries_are_slugs() -> None:
    eu, is_ = Party("eu", "European Union", ("EU",), ""), Party("is", "Iceland", (), "")
    row = flat(Wrapping(eu, When("2025-05", "in May"), is_))
    assert [*row] == header(Wrapping)
    assert (row["slug"], row["aliases"], row["replaced_by"]) == ("eu", "EU", "is")
    assert [row[f"since{part}"] for part in ("", "_phrase", "_earliest", "_latest")] == [
        "2025-05",
        "in May",
        "2025-05-01",
        "2025-05-31",
    ]
