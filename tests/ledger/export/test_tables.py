"""Answers as CSV: rows for a spreadsheet."""

import csv
import io
from typing import NamedTuple

import pytest

from ledger.dates import When
from ledger.domain.states import Party
from ledger.export.as_csv import BYTE_ORDER_MARK, flat, header, in_csv


class Row(NamedTuple):
    """A row of an answer."""

    name: str
    sources: tuple[str, ...]
    number: int | None


class Wrapping(NamedTuple):
    """A state with more about it."""

    party: Party
    since: When
    replaced_by: Party | None


def test_csv_joins_lists_and_leaves_what_is_unknown_empty() -> None:
    text = in_csv([Row("a", ("x", "y"), None), Row("b", (), 2)], header(Row), {})
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))
    assert rows == [{"name": "a", "sources": "x; y", "number": ""}, {"name": "b", "sources": "", "number": "2"}]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")'])
def test_a_cell_that_a_spreadsheet_would_run_is_shown_as_text(text: str) -> None:
    answer = in_csv([Row(text, (text, "b"), -1)], header(Row), {})
    [row] = csv.DictReader(io.StringIO(answer.removeprefix(BYTE_ORDER_MARK)))
    assert row == {"name": f"'{text}", "sources": f"'{text}; b", "number": "-1"}


def test_without_rows_there_is_a_header() -> None:
    assert in_csv([], header(Row), {}) == f"{BYTE_ORDER_MARK}name,sources,number\n"


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
