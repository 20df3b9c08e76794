"""A ledger on a real server."""

import pytest

from ledger.base.desks import desk_of
from ledger.log.store import create, opened
from tests.servers import QUICK, running


@pytest.fixture(scope="session")
def postgres_16():
    with running(16, *QUICK) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_15():
    with running(15, *QUICK) as server:
        yield server


@pytest.fixture
def address(postgres, desks_folder):
    """The address of an empty database."""
    return postgres.new_database()


@pytest.fixture
def path(address):
    return desk_of(address)


@pytest.fixture
def store(path):
    create(path)
    with opened(path) as store:
        yield store


@pytest.fixture
def other(store):
    """The same log, opened a second time, as another desk has it."""
    with opened(store.path) as other:
        yield other
