"""The source of a report is filled in from the report and the record; a day is one day."""

from datetime import date

import pytest

from ledger import Ledger
from ledger.capture.documents.document import Extracted, Original
from ledger.capture.documents.extract import extract
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.desk.draft import DeskDraft
from ledger.desk.errors import DayUnclear
from ledger.desk.record import Record, publication, source_of
from tests.ledger.desk import drafts

NAMES = Record("talks", Gazetteer({"no": ("Norway",), "ec": ("European Commission",)}, {}, {}), set(), {})


def test_a_text_of_record_keeps_its_slug(example: Ledger, draft: DeskDraft) -> None:
    fields = {"title": "T", "text": draft.text, "published": "2025-07-10"}
    example.append("source", "invented", fields)
    assert source_of(extract(draft.text.encode(), "x"), drafts.names(example)).slug == "invented"
    again = drafts.opened(example)
    assert (again.slug, again.of_record) == ("invented", True)


@pytest.mark.parametrize(("typed", "day"), [("2025-05-22", date(2025, 5, 22)), ("unknown", None), ("", None)])
def test_the_day_of_publication_is_one_day_or_unknown(typed: str, day: date | None) -> None:
    assert publication(typed) == day


def test_a_month_is_not_a_day_of_publication() -> None:
    with pytest.raises(DayUnclear):
        publication("2025-05")


@pytest.mark.parametrize(
    ("publisher", "title", "kind", "account_of"),
    [
        ("Norwegian Ministry of Trade", "Minister meets envoy", "readout", "no"),
        ("Global Affairs Norway", "Readout: Minister Dahl and her guest", "readout", "no"),
        ("Daily", "Readout: Minister Dahl and her guest", "readout", ""),
        ("Office of the Special Envoy for Norway", "Remarks to the press", "news", ""),
        ("Norwegian Ministry of Trade", "Statement on cod", "release", "no"),
        ("European Commission", "Statement on cod", "release", "ec"),
        ("Norwegian Ministry of Trade", "Joint statement on cod", "release", ""),
        ("Norway Today", "Minister meets envoy", "news", ""),
        ("Ministry of Trade of Peru", "Minister meets envoy", "news", ""),
    ],
)
def test_a_report_of_a_partys_office_is_its_account(publisher: str, title: str, kind: str, account_of: str) -> None:
    document = Extracted("The minister met the envoy.", Original(), title, publisher, None)
    source = source_of(document, NAMES)
    assert (source.kind, source.account_of) == (kind, account_of)
