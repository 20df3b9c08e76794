"""Fixtures: the pages of the worked example, and a real browser."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ledger.base import now
from tests.cli.console import NOON
from tests.ledger.web.chromium import Windows, launched

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for the tests of a module."""
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def windows(browser: Any) -> Windows:
    """The windows of the browser."""
    return Windows(browser)


@pytest.fixture(scope="module")
def noon() -> Iterator[None]:
    """The clock stands still while the pages are served."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(now, "now", lambda: datetime.fromisoformat(NOON))
        yield
