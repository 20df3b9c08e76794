"""A refusal suggests only phrases that are understood."""

import pytest

from ledger.dates import parse
from ledger.dates.errors import DateNotUnderstood
from ledger.dates.vietnamese.advice import EXAMPLES
from tests.ledger.dates.phrases import SAID


@pytest.mark.parametrize("phrase", EXAMPLES)
def test_every_phrase_that_a_refusal_suggests_is_understood(phrase):
    assert parse(phrase, SAID, language="vi")


@pytest.mark.parametrize(
    ("phrase", "near"), [("trong nhung ngay toii", "trong những ngày tới"), ("dauu thang 6", "đầu")]
)
def test_a_refusal_suggests_a_phrase_of_the_language(phrase, near):
    with pytest.raises(DateNotUnderstood, match=f'Did you mean "{near}'):
        parse(phrase, SAID, language="vi")
