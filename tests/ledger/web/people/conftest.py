"""Fixtures: a ledger, and the people who may sign in to its pages."""

from pathlib import Path

import pytest

from ledger import create_ledger
from ledger.web.people.people import People


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(create_ledger(tmp_path / "ledger.db").path)


class Clock:
    """A clock that a test sets, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()
