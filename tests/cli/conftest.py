"""Fixtures: a console, empty or with the worked example recorded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.console import NOON, Console, at


@pytest.fixture
def console(tmp_path: Path, set_clock: Callable[[str], None]) -> Console:
    """A folder with `seeds/` and no ledger, at noon of 21 November 2026."""
    set_clock(NOON)
    return at(tmp_path)


@pytest.fixture
def recorded(console: Console) -> Console:
    """The same with the worked example recorded in `ledger.db`."""
    console.line("parley init")
    assert console.line("parley import seeds/vn-us-trade/*.yaml").code == 0
    return console
