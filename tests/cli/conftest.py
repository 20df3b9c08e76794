"""Fixtures: a console, empty or with the worked example recorded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.console import NOON, Console, at

_RECORDED: list[bytes] = []


@pytest.fixture
def console(tmp_path: Path, set_clock: Callable[[str], None]) -> Console:
    """A folder with `seeds/` and no ledger, at noon of 21 November 2026."""
    set_clock(NOON)
    return at(tmp_path)


@pytest.fixture
def recorded(console: Console) -> Console:
    """The same with the worked example recorded in `ledger.db`; recorded once, then copied."""
    ledger = console.folder / "ledger.db"
    if not _RECORDED:
        console.line("parley init")
        assert console.line("parley import seeds/vn-us-trade/*.yaml").code == 0
        assert not ledger.with_name("ledger.db-wal").exists()
        _RECORDED.append(ledger.read_bytes())
    ledger.write_bytes(_RECORDED[0])
    return console
