"""The title, agency and day in the first lines, and lines that must not be read as these."""

from datetime import date

import pytest

from ledger.capture.documents.dateline import completed, language_of
from ledger.capture.documents.document import Extracted, Original

BODY = "The two sides met and agreed to go on with the talks in the spring of the year."


def of(text: str) -> Extracted:
    return completed(Extracted(text, Original(type="text/plain")))


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("OSLO, March 12, 2024 (Daily) - " + BODY, "Daily", date(2024, 3, 12)),
        ("OSLO (Daily) – " + BODY, "Daily", None),
        ("OSLO, March 12 (Daily) - " + BODY, "Daily", None),
        ("12 March 2024", "", date(2024, 3, 12)),
        ("Published: March 12, 2024", "", date(2024, 3, 12)),
        ("Oslo, 12 March 2024 - " + BODY, "", date(2024, 3, 12)),
        ("Nordic Fish Wire, 12 March 2024", "Nordic Fish Wire", date(2024, 3, 12)),
        ("By our staff. Nordic Fish Wire, Tuesday 12 March 2024", "Nordic Fish Wire", date(2024, 3, 12)),
        ("Byline. Nordic Fish Wire, 12 March 2024", "Byline. Nordic Fish Wire", date(2024, 3, 12)),
        ("Nordic Fish Wire, 12 March 2024 [Source: Reuters]", "Nordic Fish Wire", date(2024, 3, 12)),
        ("Reuters | March 12, 2024", "Reuters", date(2024, 3, 12)),
        ("By Jane Doe, Reuters", "Reuters", None),
        ("Source: VNA", "VNA", None),
        ("Ministry of Fisheries of Norway", "Ministry of Fisheries of Norway", None),
        ("By Jane Doe", "", None),
        ("New York, 12 March 2024", "", date(2024, 3, 12)),
        ("They met (again) - and talked.", "", None),
    ],
)
def test_the_dateline_gives_the_agency_and_the_day(line: str, publisher: str, published: date | None) -> None:
    found = of(f"Talks resume in Oslo\n{line}\n{BODY}\n")
    assert (found.title, found.publisher, found.published) == ("Talks resume in Oslo", publisher, published)


def test_a_first_sentence_is_no_title() -> None:
    assert of(f"{BODY}\n{BODY}").title == ""
    assert of("Talks resume in Oslo").title == ""


def test_metadata_counts_more_than_the_first_lines() -> None:
    found = completed(Extracted(f"Talks resume\n{BODY}", Original(type="text/html"), "Headline", "Paper"))
    assert (found.title, found.publisher) == ("Headline", "Paper")


@pytest.mark.parametrize(
    ("text", "language"),
    [(BODY, "en"), ("Hai bên đã thống nhất tiếp tục đàm phán về thuế đối ứng", "vi"), ("Die Seiten trafen sich", "")],
)
def test_the_language_is_told_by_letters_and_words(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("head", "title", "publisher", "published"),
    [
        (
            "Readout: Dahl meets with Canada\nFrom: Global Affairs Norway\n12 March 2024 – Oslo – Ministry",
            "Readout: Dahl meets with Canada", "Global Affairs Norway", date(2024, 3, 12),
        ),
        (
            "Minister Dahl meets with Canada\nReadout\nMarch 12, 2024 – Ottawa, Ontario – Global Affairs Canada",
            "Minister Dahl meets with Canada", "Global Affairs Canada", date(2024, 3, 12),
        ),
        (
            "MINISTRY OF FISHERIES\nPress Release No. 45/2024\nOslo, 12 March 2024\nSecond round of talks on cod",
            "Second round of talks on cod", "MINISTRY OF FISHERIES", date(2024, 3, 12),
        ),
        (
            "Office of the Special Envoy for Cod\nRemarks to the press by the Envoy, Ingrid Dahl\nOslo, 12 March 2024",
            "Remarks to the press by the Envoy, Ingrid Dahl", "Office of the Special Envoy for Cod", date(2024, 3, 12),
        ),
        ("Press release | 12 March 2024 | Oslo\nTalks resume in Oslo", "Talks resume in Oslo", "", date(2024, 3, 12)),
        ("FOR IMMEDIATE RELEASE\nContact: Press office\nTalks resume in Oslo", "Talks resume in Oslo", "", None),
        ("Talks resume\nPublished: 12 Mar 2024 | Updated: 14 Mar 2024", "Talks resume", "", date(2024, 3, 12)),
        ("Talks resume in Oslo\n12.03.2024", "Talks resume in Oslo", "", date(2024, 3, 12)),
        ("Talks resume in Oslo\n12/03/2024", "Talks resume in Oslo", "", None),  # in March or in December
        ("Office workers call for talks\n12 March 2024", "Office workers call for talks", "", date(2024, 3, 12)),
        ("Government rejects the offer\n12 March 2024", "Government rejects the offer", "", date(2024, 3, 12)),
    ],
)  # fmt: skip
def test_a_letterhead_and_the_kind_of_paper_are_no_title(
    head: str, title: str, publisher: str, published: date | None
) -> None:
    found = of(f"{head}\n\n{BODY}\n")
    assert (found.title, found.publisher, found.published) == (title, publisher, published)


@pytest.mark.parametrize(
    ("line", "title", "publisher"),
    [
        ("Nordic Fish Wire, 12 March 2024", "Talks resume in Oslo", "Nordic Fish Wire"),
        ("12 March 2024, Nordic Fish Wire", "Talks resume in Oslo", "Nordic Fish Wire"),
        ("Fish Times (Oslo), 12 March 2024", "Talks resume in Oslo", "Fish Times (Oslo)"),
        ("Fish Times, 12 March 2024. Norway and Canada met.", "", "Fish Times"),
        ("Oslo, 12 March 2024", "Talks resume in Oslo", ""),
    ],
)
def test_a_first_line_with_publisher_and_day_is_no_title(line: str, title: str, publisher: str) -> None:
    found = of(f"{line}\n\nTalks resume in Oslo\n{BODY}\n")
    assert (found.title, found.publisher, found.published) == (title, publisher, date(2024, 3, 12))


def test_a_headline_may_end_with_an_abbreviation_and_an_agency_stand_in_brackets() -> None:
    found = of(f"Next round likely in Dec.\n(Xinhua)\nUpdated: 2024-03-12 10:28\n{BODY}\n")
    assert (found.title, found.publisher, found.published) == ("Next round likely in Dec.", "Xinhua", date(2024, 3, 12))
    assert of(f"They met in March.\n{BODY}\n").title == ""
