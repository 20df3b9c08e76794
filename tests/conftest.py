"""Fixtures: a clock that stands still, and a ledger in which the parties, people and issues are named."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cli.script import RARELY
from ledger import Ledger, create_ledger
from ledger.base import now
from tests import examples, prepared
from tests.servers import QUICK, PostgresServer, running
from tests.thorough import THOROUGH

# Tests have no time limits: a busy machine takes longer to draw an example, and that is no failure.
# `make test` draws the same examples each time, so that it never fails by chance; `make laws` draws others each time.
settings.register_profile(
    "parley", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=THOROUGH == 1
)
settings.load_profile("parley")


# Files that take long: they are begun first, the longest before the others, so that at the end no process waits long.
LONG = (
    "desk/test_browser.py", "web/test_browser.py", "test_sign_in.py", "test_damage.py", "test_narrowing.py",
    "test_hindsight.py", "test_laws.py", "crashes/test_desks.py",
)  # fmt: skip


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three processes for two cores: a third of the time, a test waits for a browser, a server or a lock."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_configure() -> None:
    gc.set_threshold(RARELY)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        return next((nth for nth, name in enumerate(LONG) if item.path.as_posix().endswith(name)), len(LONG))

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    gc.freeze()  # thousands of tests, which live to the end


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes it the given moment (ISO 8601 with its offset), and keeps it so."""

    def set_to(moment: str) -> None:
        monkeypatch.setattr(now, "now", lambda: datetime.fromisoformat(moment))

    set_to(examples.NOW)
    return set_to


@pytest.fixture
def nobody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `parley serve` end as soon as it listens, on any free port; 10.0.0.7 in its help stands for localhost."""
    server = pytest.importorskip("ledger.web.server", reason="the extra `web` is not installed")
    bound = server.bound
    monkeypatch.setattr(server, "bound", lambda host, port: bound("127.0.0.1" if host == "10.0.0.7" else host, 0))
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)


@pytest.fixture
def empty_ledger(tmp_path: Path, set_clock: Callable[[str], None]) -> Ledger:
    """A ledger with nothing in it, on 15 June 2025."""
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.keeper = "keeper"
    return ledger


@pytest.fixture
def ledger(tmp_path: Path, set_clock: Callable[[str], None]) -> Ledger:
    """A ledger in which who is who was filed, on 15 June 2025, with its views."""
    prepared.copied(_who_is_who, tmp_path)
    return Ledger(tmp_path / "ledger.db", "keeper")


def _who_is_who(folder: Path) -> None:
    ledger = create_ledger(folder / "ledger.db", "keeper")
    ledger.import_files([examples.write(ledger, examples.WHO, "who.yaml")])
    ledger.views().close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, shared by the tests of one process."""
    with running(18, *QUICK) as server:
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
