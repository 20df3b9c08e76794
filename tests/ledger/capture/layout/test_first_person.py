"""Whose "I" and "we" a report has; each kind has a report that is not of it."""

import pytest

from ledger.capture.layout.first_person import interview, is_interview, writer
from ledger.capture.reading.mentions import Finder
from ledger.capture.reading.sentences import split
from ledger.capture.reading.voices import publishing
from tests.ledger.capture.reports import NAMES, suggested

ASKED = (
    "Ingrid Dahl has led the talks since May. She spoke to the Daily on Thursday.\n\n"
    "Who is to blame?\n\nWe do not blame anybody.\n\nWhat would help?\n\nWe need a quota of ten tonnes."
)


@pytest.mark.parametrize(
    ("text", "title", "publisher", "who"),
    [
        ("Good evening. I am Ingrid Dahl, and I chair these talks.", "", "", ("no/ingrid-dahl",)),
        ("Good evening.", "Remarks to the press by Paul Tremblay", "", ("ca/paul-tremblay",)),
        ("The following is attributable to Ingrid Dahl: we regret it.", "", "", ("no/ingrid-dahl",)),
        ("Canada asked us to wait. We said no.", "Note", "Ministry of Fisheries of Norway", ("no",)),
        ("Canada asked Norway to wait.", "Note", "Ministry of Fisheries of Norway", ()),
        ("“We said no,” Dahl said.", "Note", "Ministry of Fisheries of Norway", ()),
        ("We asked both sides.", "", "Daily", ()),
    ],
)
def test_who_writes(text: str, title: str, publisher: str, who: tuple[str, ...]) -> None:
    assert writer(text, title, publisher, Finder(NAMES)) == who


def test_an_interview_has_questions_and_the_answers_of_one_person() -> None:
    found = interview(split(ASKED), Finder(NAMES))
    assert found is not None
    assert found.who == ("no/ingrid-dahl",)
    assert [one.text for one in split(ASKED) if one.paragraph in found.questions] == [
        "Who is to blame?",
        "What would help?",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ingrid Dahl spoke on Thursday.\n\nWho is to blame?\n\nWe do not blame anybody.",
        "Will Norway sign?\n\nCanada hopes so.\n\nWill Canada sign?\n\nNorway does not know.",
        "“Who is to blame?”\n\nWe do not know.\n\n“What would help?”\n\nWe do not know.",
    ],
)
def test_what_is_no_interview(text: str) -> None:
    assert interview(split(text), Finder(NAMES)) is None


def test_a_sentence_tells_of_an_interview() -> None:
    assert is_interview("She spoke to the Daily on Thursday.")
    assert not is_interview("She spoke on Thursday.")


def test_the_answers_of_an_interview_are_statements_and_its_questions_are_not() -> None:
    found = [(one.quote, one.fields["by"], one.fields["act"]) for one in suggested(ASKED, "statement")]
    assert ("We need a quota of ten tonnes", ["no/ingrid-dahl"], "asked") in found
    assert not any("blame?" in quote for quote, *_ in found)


@pytest.mark.parametrize(
    ("publisher", "parties"),
    [
        ("Ministry of Fisheries of Norway", ("no",)),
        ("Embassy of Norway in Canada", ("no",)),
        ("Office of the Special Envoy for Norway", ()),
        ("Daily", ()),
    ],
)
def test_whose_paper_it_is(publisher: str, parties: tuple[str, ...]) -> None:
    assert publishing(publisher, Finder(NAMES)) == parties
