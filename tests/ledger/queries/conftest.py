"""The fixtures of the tests of assertions and of the check."""

import pytest

from ledger import Ledger
from tests.examples import file
from tests.ledger.queries.asserting import NEWS


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """A ledger in which a paper reports the second round, on 15 June 2025."""
    file(ledger, NEWS)
    return ledger
