"""The store of a ledger is chosen by the ledger's name, and loads only the modules that a question needs."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from ledger import create_ledger
from ledger.log import store
from ledger.log.errors import NoLedgerHere
from ledger.log.sqlite.store import SqliteStore
from ledger.log.store import Store

ROOT = Path(__file__).parents[3]
HEAD = """
import sys, pathlib
from ledger.log.store import head
print(head(pathlib.Path(sys.argv[1])).position)
print(*{name.partition(".")[0] for name in sys.modules})
"""

QUESTIONS = [name for name, _ in inspect.getmembers(Store) if not name.startswith("_")]


def test_a_path_is_kept_in_sqlite(tmp_path):
    path = create_ledger(tmp_path / "ledger.db").path
    with store.opened(path) as found:
        assert type(found) is SqliteStore
        assert found.head() == store.head(path)


def test_another_database_is_found_by_the_end_of_the_ledgers_path(tmp_path, monkeypatch):
    module = type(sys)("another_database")
    module.open_store = lambda path: f"opened {path}"
    monkeypatch.setitem(sys.modules, "another_database", module)
    monkeypatch.setattr(store, "STORES", ((".another", "another_database"), *store.STORES))
    assert store.open_store(Path("talks.another")) == "opened talks.another"
    with pytest.raises(NoLedgerHere):
        store.open_store(tmp_path / "ledger.db")


def test_to_learn_where_a_log_stands_no_library_is_loaded(tmp_path):
    path = create_ledger(tmp_path / "ledger.db").path
    asked = [sys.executable, "-c", HEAD, str(path)]
    position, loaded = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    assert position == "0"
    assert {*loaded.split()} & {"eventsourcing", "sqlite_utils", "msgspec"} == set()


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_says_what_it_answers_and_takes_no_sql(name):
    question = inspect.getattr_static(Store, name)
    question = question.fget if isinstance(question, property) else question
    assert inspect.getdoc(question)
    assert {*inspect.signature(question).parameters} & {"sql", "where", "order", "statement", "params"} == set()


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("store", ["SqliteStore", "PostgresStore"])
def test_each_store_takes_what_the_protocol_says(store, name):
    if store == "PostgresStore":
        pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    implementation = getattr(import_module(f"ledger.log.{store.removesuffix('Store').lower()}.store"), store)
    asked, answered = inspect.getattr_static(Store, name), inspect.getattr_static(implementation, name, None)
    answered = getattr(answered, "fget", answered)
    asked = getattr(asked, "fget", asked)
    if answered is not None:  # an attribute is set when the store is opened
        assert [*inspect.signature(asked).parameters] == [*inspect.signature(answered).parameters]
