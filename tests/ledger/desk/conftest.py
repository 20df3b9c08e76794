"""Fixtures: the worked example, and a draft of a new report about it."""

from pathlib import Path

import pytest

from ledger import Ledger
from ledger.desk.draft import DeskDraft
from tests.ledger.desk import drafts

pytest.importorskip("sentencex", reason="the extra `draft` is not installed")
pytest.importorskip("datasette", reason="the extra `web` is not installed")


@pytest.fixture
def example(tmp_path: Path, set_clock) -> Ledger:
    """The worked example, at noon of 21 November 2026."""
    from tests.ledger.web import serving

    set_clock(serving.NOON)
    return serving.worked_example(tmp_path)


@pytest.fixture
def draft(example: Ledger) -> DeskDraft:
    """A draft of a report that the record does not have."""
    return drafts.opened(example)
