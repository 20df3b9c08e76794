"""Fixtures: the pages of the second worked example, with five parties."""

from pathlib import Path

import pytest

from ledger import Ledger, create_ledger
from tests import prepared
from tests.cli.console import NOON, SEEDS


@pytest.fixture
def fish(tmp_path: Path, set_clock):
    """The pages of the second worked example, at noon of 21 November 2026."""
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site

    set_clock(NOON)
    prepared.copied(_record, tmp_path)
    return Site(Ledger(tmp_path / "ledger.db"), "/raw_tables")


def _record(folder: Path) -> None:
    ledger = create_ledger(folder / "ledger.db")
    ledger.import_files(sorted(SEEDS.glob("fish-stocks/*.yaml")))
    ledger.views().close()
