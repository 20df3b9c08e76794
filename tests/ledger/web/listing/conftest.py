"""Fixtures: the pages of a record whose lists are all longer than a page, and the answers of the command line to it."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from cli.main import run
from ledger.base import now
from tests.cli.console import NOON
from tests.long_record import long_record


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(now, "now", lambda: datetime.fromisoformat(NOON))
        folder = tmp_path_factory.mktemp("long")
        patch.setenv("PARLEY_LEDGER", str(folder / "ledger.db"))
        yield Site(long_record(folder), "/raw_tables")


@pytest.fixture(scope="module")
def printed() -> Callable[[str], str]:
    """What a command line prints."""

    def printed(line: str) -> str:
        out = io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            assert run(line.split()) == 0, line
        return out.getvalue()

    return printed


@pytest.fixture(scope="module")
def told(printed: Callable[[str], str]) -> Callable[[str], Any]:
    """The answer of a command in JSON."""
    return lambda line: json.loads(printed(f"{line} --json"))
