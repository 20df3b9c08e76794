"""Answers as CSV: rows for a spreadsheet."""

import csv
import io
from typing import NamedTuple

import pytest

from ledger.export.as_csv import BYTE_ORDER_MARK, in_csv
from ledger.export.tables import header


class Line(NamedTuple):
    """A row of an answer."""

    name: str
    sources: tuple[str, ...]
    number: int | None


def test_csv_joins_lists_and_leaves_what_is_unknown_empty() -> None:
    text = in_csv([Line("a", ("x", "y"), None), Line("b", (), 2)], header(Line), {})
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))
    assert rows == [{"name": "a", "sources": "x; y", "number": ""}, {"name": "b", "sources": "", "number": "2"}]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")'])
def test_a_cell_that_a_spreadsheet_would_run_is_shown_as_text(text: str) -> None:
    answer = in_csv([Line(text, (text, "b"), -1)], header(Line), {})
    [row] = csv.DictReader(io.StringIO(answer.removeprefix(BYTE_ORDER_MARK)))
    assert row == {"name": f"'{text}", "sources": f"'{text}; b", "number": "-1"}


def test_without_rows_there_is_a_header() -> None:
    assert in_csv([], header(Line), {}) == f"{BYTE_ORDER_MARK}name,sources,number\n"
