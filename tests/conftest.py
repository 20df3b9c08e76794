"""Fixtures: a clock that stands still, and a ledger in which the parties, people and issues are named."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ledger import Ledger, create_ledger
from ledger.base import now
from tests import examples
from tests.servers import PostgresServer, running

# Tests have no time limits: a busy machine takes longer to draw an example, and that is no failure.
settings.register_profile("parley", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("parley")


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes it the given moment (ISO 8601 with its offset), and keeps it so."""

    def set_to(moment: str) -> None:
        monkeypatch.setattr(now, "now", lambda: datetime.fromisoformat(moment))

    set_to(examples.NOW)
    return set_to


@pytest.fixture
def nobody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `parley serve` end as soon as it listens, on whatever port is free."""
    server = pytest.importorskip("ledger.web.server", reason="the extra `web` is not installed")
    bound = server.bound
    monkeypatch.setattr(server, "bound", lambda host, port: bound(host, 0))
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)


@pytest.fixture
def empty_ledger(tmp_path: Path, set_clock: Callable[[str], None]) -> Ledger:
    """A ledger with nothing in it, on 15 June 2025."""
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.keeper = "keeper"
    return ledger


@pytest.fixture
def ledger(empty_ledger: Ledger) -> Ledger:
    """A ledger in which who is who was filed, on 15 June 2025."""
    empty_ledger.import_files([examples.write(empty_ledger, examples.WHO, "who.yaml")])
    return empty_ledger


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, shared by the tests of one process."""
    with running(18, "fsync=off") as server:
        yield server


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """A real PostgreSQL server, whose databases are emptied after the test."""
    yield postgres_server
    postgres_server.release()


@pytest.fixture
def desks_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the desks of this test."""
    monkeypatch.setenv("PARLEY_DESKS", str(tmp_path / "desks"))
    return tmp_path / "desks"
