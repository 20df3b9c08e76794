"""The cache of an open ledger is never older than the log, whoever changes the log."""

import sqlite3
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from unittest import mock

import pytest

from ledger import create_ledger, open_ledger
from ledger.domain.errors import EntryWasRetracted
from ledger.domain.events import EntryRetracted, PartyNamed, Stream
from ledger.errors import ProblemsFound
from ledger.filing.errors import FiledDifferently
from ledger.filing.lookup import Lookup
from ledger.log.errors import ForeignSchema, LedgerFromTheFuture
from ledger.log.log import Log
from ledger.log.sqlite.store import SqliteStore
from ledger.log.store import opened
from tests import laws

TALKS = "talks"
US = Stream(TALKS, "party", "us")


ON_FILES = pytest.mark.parametrize("path", ["file"], indirect=True)


@pytest.fixture(params=["file", "server"])
def path(request, tmp_path):
    if request.param == "file":
        ledger = create_ledger(tmp_path / "ledger.db")
    else:
        pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
        request.getfixturevalue("desks_folder")
        ledger = create_ledger(request.getfixturevalue("postgres").new_database())
    ledger.append("negotiation", TALKS, {"title": "Talks"})
    ledger.append("party", "us", {"name": "United States"}, negotiation=TALKS)
    ledger.append("party", "vn", {"name": "Viet Nam"}, negotiation=TALKS)
    ledger.append("issue", "tariffs", {"title": "Tariffs"}, negotiation=TALKS)
    text = "The United States asked Viet Nam for lower tariffs."
    ledger.append("source", "news", {"title": "News", "text": text}, negotiation=TALKS)
    return ledger.path


@pytest.fixture
def kept(path):
    """The ledger kept open, which has filed a statement already and remembers all that it rests on."""
    with open_ledger(path) as ledger:
        assert say(ledger, "first") == ["United States asked Viet Nam: for less"]
        yield ledger


def say(ledger, slug, says="for less"):
    """File a statement; what it says, with the names that are of record."""
    fields = {"by": "us", "to": "vn", "act": "asked", "issues": ["tariffs"], "says": says}
    fields["quote"] = "asked Viet Nam for lower tariffs"
    return ledger.append("statement", slug, fields, negotiation=TALKS, source="news").sentences


def rename(ledger):
    ledger.correct("us", {"name": "America"}, "Its short name.", negotiation=TALKS)


def erase(ledger):
    ledger.erase("us", "asked for", negotiation=TALKS)


def merge_a_new_name(ledger):
    with opened(ledger.path) as log:
        log.copy_to(ledger.path.with_name("copy.db"))
    copy = open_ledger(ledger.path.with_name("copy.db"))
    rename(copy)
    ledger.merge(copy.path)


RENAMED = "America asked Viet Nam: for less"
CHANGES = {
    "a correction": (rename, RENAMED),
    "an erasure": (erase, "Us asked Viet Nam: for less"),
    "a merge": (merge_a_new_name, RENAMED),
}


@pytest.mark.parametrize(("change", "told"), CHANGES.values(), ids=CHANGES)
def test_what_another_ledger_changes_is_seen(path, kept, change, told):
    with ExitStack() as stack:
        if path.suffix == ".db":  # the write-ahead log stays, as while others work
            reader = stack.enter_context(closing(sqlite3.connect(path)))
            reader.execute("SELECT * FROM stored_events").fetchone()
        change(open_ledger(path))
    assert say(kept, "second") == [told]


@pytest.mark.parametrize(("change", "told"), CHANGES.values(), ids=CHANGES)
def test_what_the_ledger_changes_itself_is_seen(kept, change, told):
    change(kept)
    assert say(kept, "second") == [told]


@pytest.mark.parametrize("by_itself", [True, False], ids=["by itself", "by another"])
def test_nothing_follows_a_retraction(path, kept, by_itself):
    (kept if by_itself else open_ledger(path)).retract("news", "Withdrawn.", negotiation=TALKS)
    with pytest.raises(ProblemsFound) as refused:
        say(kept, "second")
    assert isinstance(refused.value.problems[0].refusal, EntryWasRetracted)


@pytest.mark.parametrize("by_itself", [True, False], ids=["by itself", "by another"])
def test_a_slug_that_was_free_is_taken_in_between(path, kept, by_itself):
    say(kept if by_itself else open_ledger(path), "second", "for more")
    with pytest.raises(ProblemsFound) as refused:
        say(kept, "second")
    assert isinstance(refused.value.problems[0].refusal, FiledDifferently)


def test_two_ledgers_kept_open_in_turn_see_each_other(path, kept):
    with open_ledger(path) as other:
        for number, name in enumerate(("America", "The States", "The US")):
            ledgers = (kept, other) if number % 2 else (other, kept)
            ledgers[0].correct("us", {"name": name}, "Its name now.", negotiation=TALKS)
            for ledger in ledgers:
                assert say(ledger, f"by-{ledgers.index(ledger)}-{number}") == [f"{name} asked Viet Nam: for less"]


def test_what_is_changed_between_taking_the_log_and_locking_it_is_seen(path, kept):
    writing = Log.writing

    def after_another(log, *looked_up):
        with mock.patch.object(Log, "writing", writing):
            rename(open_ledger(path))
        return writing(log, *looked_up)

    with mock.patch.object(Log, "writing", after_another):
        assert say(kept, "second") == [RENAMED]


@ON_FILES
def test_a_file_put_in_its_place_is_read(path, kept, tmp_path):
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(tmp_path / "other.db")) as target:
        source.backup(target)
    rename(open_ledger(tmp_path / "other.db"))
    (tmp_path / "other.db").replace(path)
    assert say(kept, "second") == [RENAMED]


def test_what_was_not_committed_is_not_remembered(path):
    with closing(Log(path)) as log:
        with log.writing():
            assert Lookup(log, TALKS).in_sentence("us") == "United States"
        with pytest.raises(RuntimeError), log.writing():
            log.append([(US, EntryRetracted(cause="entry-error", reason="Wrong."))])
            assert Lookup(log, TALKS).standing(US).retracted
            raise RuntimeError
        with log.writing():
            assert not Lookup(log, TALKS).standing(US).retracted
            assert log.append([(US, PartyNamed(name="United States"))])[0].version == 2


def test_what_is_erased_is_not_remembered(path):
    with closing(Log(path)) as log:
        with log.writing():
            assert Lookup(log, TALKS).in_sentence("us") == "United States"
            log.erase(log.store.events_of(str(US)))
            assert Lookup(log, TALKS).in_sentence("us") == "us"
        with log.writing():
            assert Lookup(log, TALKS).in_sentence("us") == "us"


def test_what_is_only_tried_is_not_remembered(kept):
    kept.correct("us", {"name": "America"}, "Its short name.", negotiation=TALKS, dry_run=True)
    assert say(kept, "second") == ["United States asked Viet Nam: for less"]


def test_only_the_streams_to_which_others_append_are_read_again(path, kept):
    if path.suffix == ".db":
        pytest.skip("a file only knows that something was written")
    ledger = open_ledger(path)
    ledger.append("party", "eu", {"name": "EU"}, negotiation=TALKS)
    with streams_read(type(kept._pool._idle[0].store)) as read:
        assert say(kept, "second") == ["United States asked Viet Nam: for less"]
    assert read == []
    rename(ledger)
    with streams_read(type(kept._pool._idle[0].store)) as read:
        assert say(kept, "third") == [RENAMED]
    assert read == [str(US)]


def test_without_the_write_lock_nothing_is_remembered(path):
    with closing(Log(path)) as log:
        with log.writing():
            assert Lookup(log, TALKS).in_sentence("us") == "United States"
        rename(open_ledger(path))
        assert Lookup(log, TALKS).in_sentence("us") == "America"


def test_the_time_of_recording_never_goes_back_behind_what_others_recorded(path, kept):
    days = [datetime(2100, 1, day, tzinfo=UTC) for day in (1, 3, 2)]
    for ledger, day, slug in zip((kept, open_ledger(path), kept), days, ("second", "third", "fourth"), strict=True):
        with laws.at(day):
            say(ledger, slug)
    with closing(Log(path)) as log:
        assert [one.recorded_at[:10] for one in log.since(6)] == ["2100-01-01", "2100-01-03", "2100-01-03"]


@ON_FILES
@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("CREATE TRIGGER planted AFTER INSERT ON stored_events BEGIN SELECT 1; END", ForeignSchema),
        ("PRAGMA user_version=99", LedgerFromTheFuture),
    ],
    ids=["a trigger", "a later format"],
)
def test_a_file_that_became_another_is_refused_and_nothing_written(path, kept, statement, refused):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        before = connection.execute("SELECT COUNT(*) FROM stored_events").fetchone()
        with pytest.raises(refused):
            say(kept, "second")
        assert connection.execute("SELECT COUNT(*) FROM stored_events").fetchone() == before


@ON_FILES
def test_an_append_rests_on_what_is_remembered_and_reads_no_stream_again(kept):
    with streams_read() as read:
        say(kept, "second")
    assert read == []


@ON_FILES
def test_no_more_is_remembered_than_the_limit(path):
    names = ["us", "vn", "us"]
    for most, again in ((100_000, []), (1, ["us"])):
        with mock.patch("ledger.log.log.MOST_REMEMBERED", most), closing(Log(path)) as log, log.writing():
            with streams_read() as read:
                for name in names:
                    assert log.remembered(Stream(TALKS, "party", name), len) == 1
            assert [name.rpartition("/")[2] for name in read] == ["us", "vn", *again]


@contextmanager
def streams_read(kind=SqliteStore):
    """The names of the streams that are read from the store meanwhile."""
    read = []
    events_of = kind.events_of

    def noted(store, stream):
        read.append(stream)
        return events_of(store, stream)

    with mock.patch.object(kind, "events_of", noted):
        yield read
