"""docs/dates.md shows every convention, and its examples hold."""

import re
from datetime import date
from pathlib import Path

import pytest

from ledger.dates import parse
from ledger.dates.conventions import CONVENTIONS

DOCS = Path(__file__).parents[3] / "docs" / "dates.md"


def documented(columns):
    """The cells of the rows of the table of docs/dates.md that has so many columns."""
    rows = [line.strip("| \n").split(" | ") for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip("`") for cell in row] for row in rows if len(row) == columns]


def test_the_documentation_shows_every_convention_and_its_reason():
    shown = [(name, row.says.format(first=row.first, last=row.last), row.reason) for name, row in CONVENTIONS.items()]
    assert [tuple(row) for row in documented(3)[1:]] == shown


@pytest.mark.parametrize(("phrase", "said", "looking", "expected"), documented(4)[1:])
def test_the_examples_of_the_documentation_hold(phrase, said, looking, expected):
    assert parse(phrase, date.fromisoformat(said), looking=looking).edtf == expected


def test_every_number_of_a_convention_shown_is_in_its_words():
    for name, row in CONVENTIONS.items():
        words = row.says.format(first=row.first, last=row.last)
        assert "{" not in words and "|" not in words + row.reason, name
        assert re.fullmatch(r"[\x20-\x7e]+", words + row.reason), name
