"""Rows become entries with the places of their rows, and slugs that depend on nothing but what they say."""

import pytest

from ledger.errors import Refusal
from ledger.filing.spreadsheets.entries import sheets
from ledger.filing.spreadsheets.mapping import ColumnMap
from ledger.filing.spreadsheets.rows import FilledRow, FilledTable

MAP = ColumnMap(
    "statement", {"Who": "by", "Ask": "says", "Issue": "issues", "Source": "source"}, {"act": "asked"}, "vna"
)
ROWS = [
    FilledRow("a[S]:2", {"Who": "us", "Ask": "Cut the tariffs; all of them", "Issue": "tariffs; ttip\nsteel"}),
    FilledRow("a[S]:3", {"Who": "vn", "Ask": "Wait", "Source": "other"}),
    FilledRow("a[S]:4", {"Remarks": "nothing that is mapped"}),
]


def table(*rows: FilledRow) -> list[FilledTable]:
    return [FilledTable("S", ["Who", "Ask", "Issue", "Source", "Remarks"], [*rows])]


def test_each_row_is_an_entry_of_its_source() -> None:
    first, second = sheets(table(*ROWS), MAP)
    assert (first.source_slug, second.source_slug) == ("vna", "other")
    [entry] = first.entries
    assert (entry.kind, entry.where) == ("statement", "a[S]:2")
    assert entry.fields == {
        "act": "asked", "by": ["us"], "says": "Cut the tariffs; all of them", "issues": ["tariffs", "ttip", "steel"],
    }  # fmt: skip
    assert entry.slug.startswith("cut-the-tariffs-all-of-them-")


def test_a_slug_depends_on_the_content_of_a_row_alone() -> None:
    moved = ROWS[0]._replace(where="a[S]:9")
    changed = ROWS[0]._replace(cells={**ROWS[0].cells, "Who": "vn"})
    slugs = [sheets(table(row), MAP)[0].entries[0].slug for row in (ROWS[0], moved, changed)]
    assert slugs[0] == slugs[1] != slugs[2]


def test_a_row_that_is_there_twice_is_one_entry() -> None:
    [sheet] = sheets(table(ROWS[0], ROWS[0]._replace(where="a[S]:9")), MAP)
    assert len(sheet.entries) == 1


def test_a_column_may_give_the_slug() -> None:
    mapping = MAP._replace(columns={"Ask": "slug", "Who": "by"})
    assert sheets(table(FilledRow("a:2", {"Who": "us", "Ask": "us-asked"})), mapping)[0].entries[0].slug == "us-asked"


def test_names_need_no_source_and_have_their_names_as_slugs() -> None:
    [sheet] = sheets(table(FilledRow("a:2", {"Who": "Lê Văn Tám"})), ColumnMap("person", {"Who": "name"}, {}))
    assert (sheet.source_slug, sheet.entries[0].slug) == ("", "le-van-tam")


def test_rows_without_a_source_and_columns_without_a_field_are_refused() -> None:
    with pytest.raises(Refusal, match="Nothing says which source"):
        sheets(table(*ROWS), MAP._replace(source=""))
    with pytest.raises(Refusal, match="No column is mapped to a field of a statement"):
        sheets(table(*ROWS), MAP._replace(columns={"Source": "source"}))
