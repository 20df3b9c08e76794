"""Fixtures: the pages of the worked example."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.console import NOON

if TYPE_CHECKING:
    from ledger.web.site import Site


@pytest.fixture
def site(tmp_path: Path, set_clock) -> "Site":
    """The pages of the worked example, at noon of 21 November 2026."""
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site
    from tests.ledger.web import serving

    set_clock(NOON)
    return Site(serving.worked_example(tmp_path), "/raw_tables")
