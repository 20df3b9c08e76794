"""Fixtures: the site of a ledger with two negotiations."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from ledger.base import now
from tests.cli.console import NOON
from tests.ledger.web.publication.reading import Published


@pytest.fixture(scope="module")
def noon() -> Iterator[None]:
    """The clock stands still."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(now, "now", lambda: datetime.fromisoformat(NOON))
        yield


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, noon: None) -> Published:
    """The site of the worked example and of a second negotiation, in which every field has hostile text."""
    pytest.importorskip("jinja2", reason="the extra `web` is not installed")
    pytest.importorskip("icalendar", reason="the extra `office` is not installed")
    from ledger import AskableRecord
    from ledger.web.publication.publish import publish
    from tests.ledger.web import serving

    folder = tmp_path_factory.mktemp("publication")
    ledger = serving.worked_example(folder)
    hostile = serving.hostile(folder).path.with_name("hostile.jsonl")
    ledger.import_files([hostile])
    record = AskableRecord(ledger.path, level="public")
    return Published(folder / "site", record, publish(record, folder / "site"))
