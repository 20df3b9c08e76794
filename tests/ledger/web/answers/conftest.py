"""Fixtures: the pages of the second worked example, with five parties."""

from pathlib import Path

import pytest

from tests.cli.console import NOON


@pytest.fixture
def fish(tmp_path: Path, set_clock):
    """The pages of the second worked example, at noon of 21 November 2026."""
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import create_ledger
    from ledger.web.site import Site

    set_clock(NOON)
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.import_files(sorted((Path(__file__).parents[4] / "seeds" / "fish-stocks").glob("*.yaml")))
    return Site(ledger, "/raw_tables")
