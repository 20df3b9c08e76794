"""Whether a date phrase says when a statement was made."""

import pytest

from ledger.capture.reading.days import days
from ledger.capture.reading.predicates import predicates
from ledger.capture.reading.said_on import is_present, may_date, says_when
from tests.ledger.capture.reports import ENGLISH, PUBLISHED, mentions


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("On Tuesday Norway rejected the text.", True),
        ("Norway on Tuesday rejected the text.", True),
        ("Norway rejected the text on Tuesday.", True),
        ("Earlier, at a workshop on March 12, Norway rejected the text.", True),
        ("Norway said that talks began on Tuesday.", False),
        ("Norway promised a new text on Tuesday.", False),
    ],
)
def test_a_day_says_when(text: str, says: bool) -> None:
    (verb, *_) = predicates(text, mentions(text), ENGLISH)
    (day,) = days(text, PUBLISHED)
    assert says_when(text, day, verb) is says


def test_a_verb_in_the_present() -> None:
    for text, present in (("Norway wants cod.", True), ("Norway wanted cod.", False)):
        (verb,) = predicates(text, mentions(text), ENGLISH)
        assert is_present(text, verb) is present


def test_a_day_in_what_was_said_dates_nothing() -> None:
    for text, dates in (("Norway rejected it on Tuesday.", True), ("Norway asked that it end on Tuesday.", False)):
        (verb, *_) = predicates(text, mentions(text), ENGLISH)
        (day,) = days(text, PUBLISHED)
        assert may_date(text, verb, day) is dates
