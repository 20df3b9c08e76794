"""A ledger file: created complete or not at all, checked before use, and refused if it is not a ledger."""

import os
import sqlite3
from contextlib import closing, contextmanager, suppress

import pytest

from ledger import create_ledger, open_ledger
from ledger.base import now
from ledger.base.errors import NoFolder, ReadOnlyPlace
from ledger.errors import NotWritable, Refusal
from ledger.filing import corrections, entry_files, prepare
from ledger.log import store
from ledger.log.errors import (
    AlreadyALedger,
    DamagedLedger,
    LedgerFromTheFuture,
    NoLedgerHere,
    NotALedger,
)
from ledger.log.sqlite import file
from ledger.projections import projector, story
from ledger.views import database, views
from tests import laws
from tests.laws import NAMES, Report, Story
from tests.processes import starting

IMPORTED = (now, entry_files, prepare, corrections, projector, story, views)  # while we may still read the program
NOBODY = 65534
SAID = {"statement": "said-1", "by": ["us"], "act": "asked", "says": "Lower the tariffs." * 20, "issues": ["tariffs"]}
PAPER = Report({"slug": "paper-a", "title": "What it reports", "published": "2025-05-20"}, (SAID,))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger():
    """A ledger with an event or two, all of it in the one file."""
    with laws.new_ledger() as ledger:
        said = tuple(SAID | {"statement": f"said-{nth}"} for nth in range(40))
        laws.tell(ledger, Story(NAMES, (PAPER._replace(entries=said),), ()))
        checkpointed(ledger.path)
        yield ledger


def checkpointed(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_new_ledger_is_empty_and_has_an_identity(path):
    create_ledger(path)
    head = store.head(path)
    assert (len(head.ledger_id), head.position) == (36, 0)


def test_no_two_ledgers_have_the_same_identity(tmp_path):
    assert len({store.head(create_ledger(tmp_path / name).path)[0] for name in ("a.db", "b.db", "c.db")}) == 3


def test_creating_a_ledger_leaves_nothing_beside_it(path):
    create_ledger(path)
    assert [one.name for one in path.parent.iterdir()] == ["ledger.db"]


def test_a_new_ledger_is_written_ahead_and_says_what_it_is(path):
    create_ledger(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA application_id").fetchone() == (file.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (file.FORMAT,)


@pytest.mark.parametrize("there", [b"", b"minutes of the meeting", b"SQLite format 3\0"])
def test_whatever_stands_there_already_is_left_as_it_is(path, there):
    path.write_bytes(there)
    with pytest.raises(AlreadyALedger, match=r"already exists and was not changed"):
        create_ledger(path)
    assert path.read_bytes() == there
    assert [one.name for one in path.parent.iterdir()] == ["ledger.db"]


def test_a_ledger_is_not_created_over_a_ledger(ledger):
    before = ledger.path.read_bytes()
    with pytest.raises(AlreadyALedger):
        create_ledger(ledger.path)
    assert ledger.path.read_bytes() == before


def test_a_ledger_is_not_created_in_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(NoFolder, match="its folder does not exist"):
        create_ledger(tmp_path / "nowhere" / "ledger.db")
    assert list(tmp_path.iterdir()) == []


def create_at_once(path, start, outcomes):
    start.wait()
    try:
        create_ledger(path)
        outcomes.put("created")
    except Refusal as refusal:
        outcomes.put(type(refusal).__name__)


def test_when_several_processes_create_one_ledger_at_once_exactly_one_does(path):
    spawning = starting()
    start, outcomes = spawning.Barrier(4), spawning.Queue()
    creating = [spawning.Process(target=create_at_once, args=(path, start, outcomes)) for _ in range(4)]
    for process in creating:
        process.start()
    found = sorted(outcomes.get(timeout=30) for _ in creating)
    for process in creating:
        process.join()
    assert found == ["AlreadyALedger"] * 3 + ["created"]
    assert store.head(path)[1] == 0
    assert [one.name for one in path.parent.iterdir()] == ["ledger.db"]


def refused_everywhere(path, refusal):
    """Asking, filing and looking at the head of what is at `path` are all refused, and nothing is made there."""
    there = sorted(path.parent.iterdir())
    ledger = open_ledger(path)
    for attempt in (
        lambda: store.head(path),
        ledger.views,
        ledger.rebuild,
        lambda: ledger.append("party", "us", {"name": "US"}, negotiation="talks"),
    ):
        with pytest.raises(refusal):
            attempt()
    assert sorted(path.parent.iterdir()) == there


def test_where_there_is_no_ledger_there_is_none(path):
    refused_everywhere(path, NoLedgerHere)


def test_a_folder_is_no_ledger(path):
    path.mkdir()
    refused_everywhere(path, NotALedger)


@pytest.mark.parametrize("text", ["", "minutes of the meeting\n" * 500])
def test_a_text_file_is_no_ledger_and_is_left_as_it_is(path, text):
    path.write_text(text)
    refused_everywhere(path, NotALedger)
    assert path.read_text() == text


def test_some_other_database_is_no_ledger_and_is_left_as_it_is(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE stored_events (name)")
    before = path.read_bytes()
    refused_everywhere(path, NotALedger)
    assert path.read_bytes() == before


def test_the_views_of_a_ledger_are_no_ledger(ledger):
    ledger.views().close()
    with pytest.raises(NotALedger):
        store.head(database.path_beside(ledger.path))


def test_a_ledger_of_a_newer_format_wants_a_newer_parley(path):
    create_ledger(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={file.FORMAT + 1}")
    refused_everywhere(path, LedgerFromTheFuture)
    with pytest.raises(LedgerFromTheFuture, match=rf"format {file.FORMAT + 1}.*Use a newer Parley"):
        store.head(path)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9])
def test_a_ledger_cut_short_is_damaged_and_points_to_the_backup(ledger, share):
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole[: max(100, int(len(whole) * share))])
    with pytest.raises(DamagedLedger, match="Restore it from a backup"):
        store.head(ledger.path)
    with pytest.raises(DamagedLedger):
        ledger.rebuild()


def test_a_ledger_with_any_page_overwritten_is_read_right_or_refused(ledger):
    whole, page = ledger.path.read_bytes(), 4096
    ledger.rebuild()
    right = ledger.views().statements()
    for start in range(page, len(whole), page):
        ledger.path.write_bytes(whole[:start] + b"\xff" * page + whole[start + page :])
        database.path_beside(ledger.path).unlink(missing_ok=True)
        with suppress(Refusal):
            assert ledger.views().statements() == right


def test_a_ledger_without_its_identity_is_damaged(ledger):
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("DELETE FROM identity")
        connection.commit()
    with pytest.raises(DamagedLedger, match="it has no valid identity"):
        store.head(ledger.path)


@contextmanager
def not_as_root():
    """Give up the rights of root meanwhile, because permissions do not bind root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@contextmanager
def without_leave_to_write(folder):
    """Everything in the folder may only be read, by us too where we are root."""
    for one in (*folder.iterdir(), folder):
        one.chmod(0o555)
    try:
        with not_as_root():
            yield
    finally:
        for one in (folder, *folder.iterdir()):
            one.chmod(0o755)


def test_in_a_folder_that_may_only_be_read_everything_is_refused_and_nothing_changed(ledger):
    ledger.views().close()
    before = {one.name: one.read_bytes() for one in ledger.path.parent.iterdir()}
    with without_leave_to_write(ledger.path.parent):
        for attempt in (
            ledger.views,
            ledger.rebuild,
            lambda: ledger.append("party", "xx", {"name": "XX"}, negotiation="talks"),
        ):
            with pytest.raises(ReadOnlyPlace, match=r"ledger\.db is in a read-only place.*Copy it"):
                attempt()
    assert {one.name: one.read_bytes() for one in ledger.path.parent.iterdir()} == before


def test_in_a_folder_that_may_only_be_read_no_ledger_is_created(tmp_path_factory):
    with laws.new_ledger() as ledger:
        folder = ledger.path.parent
        with without_leave_to_write(folder), pytest.raises(NotWritable):
            create_ledger(folder / "another.db")
        assert [one.name for one in folder.iterdir()] == ["ledger.db"]


@contextmanager
def may_only_be_read(one):
    """One file may only be read, in a folder that may be written to; by us too where we are root."""
    one.parent.chmod(0o777)
    for part in one.parent.iterdir():
        part.chmod(0o444 if part == one else 0o666)
    try:
        with not_as_root():
            yield
    finally:
        one.chmod(0o644)


def test_a_ledger_file_that_may_only_be_read_answers_and_refuses_to_record(ledger):
    right = ledger.views().statements()
    with may_only_be_read(ledger.path):
        with pytest.raises(ReadOnlyPlace, match=r"ledger\.db is in a read-only place"):
            ledger.append("party", "xx", {"name": "XX"}, negotiation="talks")
        assert ledger.views().statements() == right
    ledger.append("party", "xx", {"name": "XX"}, negotiation="talks")
    assert "xx" in [party.slug for party in ledger.views().parties()]


def test_views_that_may_only_be_read_keep_nobody_from_recording(ledger):
    ledger.views().close()
    views = database.path_beside(ledger.path)
    with may_only_be_read(views):
        ledger.append("party", "xx", {"name": "XX"}, negotiation="talks")
        with pytest.raises(ReadOnlyPlace, match=r"ledger\.views\.db is in a read-only place"):
            ledger.views()
    assert "xx" in [party.slug for party in ledger.views().parties()]
