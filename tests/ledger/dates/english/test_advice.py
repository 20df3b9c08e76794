"""A refusal suggests only phrases that are understood."""

import pytest

from ledger.dates import parse
from ledger.dates.english.advice import EXAMPLES
from tests.ledger.dates.phrases import SAID


@pytest.mark.parametrize("phrase", EXAMPLES)
def test_every_phrase_that_a_refusal_suggests_is_understood(phrase):
    assert parse(phrase, SAID)
