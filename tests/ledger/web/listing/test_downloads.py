"""A list as a file: the CSV of a page is that of its command, and another program reads the workbook."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from tests.ledger.web.serving import page

SAME = [
    ("statements.csv?party=aa", "statements --by aa"),
    ("meetings.csv?kind=round", "meetings --kind round"),
    ("follow-ups.csv?open=yes", "follow-ups"),
    ("sources.csv", "sources"),
    ("promises.csv?addressee=bb", "promises --to bb"),
    ("gaps.csv?kind=unanswered", "gaps --kind unanswered"),
    ("log.csv", "log"),
    ("figures.csv?measure=rate", "figures rate"),
]


@pytest.mark.parametrize(("address", "line"), SAME)
def test_the_csv_of_a_page_is_that_of_its_command(
    long_site: Any, printed: Callable[[str], str], address: str, line: str
) -> None:
    assert page(long_site, f"/talks/{address}") == printed(f"{line} --csv")


def test_a_file_has_all_rows_in_the_order_of_the_page(long_site: Any) -> None:
    text = page(long_site, "/talks/issues.csv?sort=-times&page=2").removeprefix("\ufeff")
    rows = [*csv.DictReader(io.StringIO(text))]
    assert len(rows) == 210
    assert int(rows[0]["times_raised"]) == max(int(one["times_raised"]) for one in rows)


def test_another_program_reads_the_workbook(long_site: Any) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra `office` is not installed")
    found = long_site.respond("/talks/issues.xlsx", {"status": "open"})
    assert found.status == 200
    with zipfile.ZipFile(io.BytesIO(found.body)) as book:
        assert book.testzip() is None
        words = book.read("xl/sharedStrings.xml").decode()
    assert "times_raised" in words
    assert "open" in words
    assert "answered" not in words


def test_only_lists_have_files(long_site: Any) -> None:
    for path in ("/talks/timeline.csv", "/talks/meeting/meeting-7.csv", "/talks.csv", "/talks/check.xlsx"):
        assert long_site.respond(path, {}).status == 404
    refused = long_site.respond("/talks/issues.csv", {"status": "lost"})
    assert refused.status == 404
    assert "not a known status" in refused.body
