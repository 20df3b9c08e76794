"""A figure with who gave it and in which words."""

import pytest

from ledger.dates import valid
from ledger.domain.figures.given import FigureGiven
from ledger.domain.figures.reading import parse


def given(**more) -> FigureGiven:
    amount = parse("46 percent").amount._asdict()
    fields = {"entry": "statement/s", "measure": "tariff-rate", "start": valid("2025-07"), "words": "46%", **amount}
    who = {"by": ("us",), "act": "stated", "on": valid("2025-05-20"), "day": "2025-05-20", "sources": ("paper",)}
    return FigureGiven(**{**fields, **who, **more})


def test_it_is_told_with_its_start():
    assert given().told == "46 percent from July 2025"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "“46%”"),
        ({"inferred": "Half."}, "“46%” (inferred)"),
        ({"quoted": False}, "keeper’s figure, not in the quote"),
    ],
)
def test_only_words_of_a_quotation_are_in_quotation_marks(more, words):
    assert given(**more).in_words == words
