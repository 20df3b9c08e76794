"""Output: aligned columns that keep every word, and rows for a spreadsheet."""

import csv
import io
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.terminal import render
from ledger.base.text import one_line

CELLS = st.lists(st.tuples(*[st.text("ab cđ–\n\t\x1b\u202e", max_size=60)] * 3), min_size=1, max_size=6)


class Row(NamedTuple):
    """A row of an answer."""

    slug: str
    sources: tuple[str, ...]
    number: int | None


@given(CELLS, st.integers(0, 2))
def test_aligned_columns_lose_no_word_and_begin_in_one_place(rows: list[tuple[str, str, str]], wide: int) -> None:
    words = sorted(" ".join(" ".join(render.aligned(rows, wide)).split()).replace(" ", ""))
    assert words == sorted("".join("".join(one_line(cell).split()) for row in rows for cell in row))


def test_the_wide_column_wraps_within_the_width() -> None:
    lines = render.aligned([("2025-05-22", "word " * 60, "slug")], 1)
    assert len(lines) > 3
    assert max(map(len, lines)) <= render.width()
    assert lines[0].endswith("slug")


def test_a_number_of_sources_says_how_many_are_independent() -> None:
    assert render.witnesses(1, 1) == "1 source"
    assert render.witnesses(2, 2) == "2 independent sources"
    assert render.witnesses(1, 3) == "1 independent source (3 in all)"


def test_csv_joins_lists_and_leaves_what_is_unknown_empty(capsys: pytest.CaptureFixture[str]) -> None:
    render.as_csv([Row("a", ("x", "y"), None), Row("b", (), 2)])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows == [{"slug": "a", "sources": "x; y", "number": ""}, {"slug": "b", "sources": "", "number": "2"}]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")'])
def test_a_cell_that_a_spreadsheet_would_run_is_shown_as_text(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    render.as_csv([Row(text, (text, "b"), -1)])
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row == {"slug": f"'{text}", "sources": f"'{text}; b", "number": "-1"}
