"""docs/dates.md shows every convention, and its examples hold."""

import re
from datetime import date
from pathlib import Path

import pytest

from ledger.dates import parse
from ledger.dates.conventions import CONVENTIONS
from ledger.dates.languages import LANGUAGES

DOCS = Path(__file__).parents[3] / "docs" / "dates.md"


LANGUAGE_OF = {"### English": "en", "### Vietnamese": "vi"}


def documented(columns):
    """The cells of the rows of the tables of docs/dates.md that have so many columns, each with its heading."""
    heading, found = "", []
    for line in DOCS.read_text("utf-8").splitlines():
        heading = line if line.startswith("#") else heading
        row = line.strip("| \n").split(" | ")
        if line.startswith("| ") and len(row) == columns:
            found.append([heading, *(cell.strip("`") for cell in row)])
    return found


def test_the_documentation_shows_every_convention_and_its_reason():
    shown = [(name, row.says.format(first=row.first, last=row.last), row.reason) for name, row in CONVENTIONS.items()]
    assert [tuple(row[1:]) for row in documented(3)[1:]] == shown


@pytest.mark.parametrize(
    ("heading", "phrase", "said", "looking", "expected"), [row for row in documented(4) if row[1] != "phrase"]
)
def test_the_examples_of_the_documentation_hold(heading, phrase, said, looking, expected):
    when = parse(phrase, date.fromisoformat(said), looking=looking, language=LANGUAGE_OF[heading])
    assert when.edtf == expected


def test_every_language_has_a_table_of_phrases():
    assert {LANGUAGE_OF[row[0]] for row in documented(4)} == set(LANGUAGES)


def test_every_number_of_a_convention_shown_is_in_its_words():
    for name, row in CONVENTIONS.items():
        words = row.says.format(first=row.first, last=row.last)
        assert "{" not in words and "|" not in words + row.reason, name
        assert re.fullmatch(r"[\x20-\x7e]+", words + row.reason), name
