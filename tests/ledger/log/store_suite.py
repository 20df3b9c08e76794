"""The tests of every store of the log: a class for a database inherits them and provides `path`."""

import threading

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.errors import Refusal
from ledger.log.commitments import tombstone
from ledger.log.errors import AlreadyALedger, LedgerBusy, LedgerNotEmpty, NoLedgerHere
from ledger.log.store import Stored, create, head, open_store, opened

GONE = tombstone(b"{}")  # what an erasure leaves of the events below
MANY = 1_200  # more than any store asks for at once


def event(stream: str, version: int = 1, state: bytes = b"{}", form: str = "PartyNamed.1") -> StoredEvent:
    return StoredEvent(stream, version, form, state)


def append(store, *events):
    with store.writing():
        return store.append([event(*one) for one in events])


def names(rows):
    return [(row.stream, row.version) for row in rows]


class StoreSuite:
    @pytest.fixture
    def path(self, tmp_path):
        """The name of a ledger that does not exist yet, to be given by the database's own test class."""
        raise NotImplementedError

    @pytest.fixture
    def second(self, path):
        """The name of another ledger that does not exist yet."""
        return path.with_name("second.db")

    @pytest.fixture
    def store(self, path):
        create(path)
        with opened(path) as store:
            yield store

    @pytest.fixture
    def other(self, store):
        """The same log, opened a second time, as another process has it."""
        with opened(store.path) as other:
            yield other

    @pytest.fixture
    def talks(self, store):
        """The log with a few streams, in another order than the alphabet's."""
        append(store, ("talks/party/vn",), ("talks/party/us",), ("talks-2/party/us",), ("other/negotiation/other",))
        append(store, ("talks/person/us-envoy",), ("talks/party/us", 2), ("talks/partying/us",))
        return store

    # Creating and opening.

    def test_a_new_log_is_empty_and_has_an_identity_of_its_own(self, store, second):
        create(second)
        found, another = store.head(), head(second)
        assert (found.position, store.position(), [*store.events()], store.newest()) == (0, 0, [], None)
        assert len(found.ledger_id) == 36
        assert found.ledger_id != another.ledger_id
        assert not store.is_uncleaned()
        assert store.damage() == []

    def test_a_log_is_not_created_twice(self, path, store):
        append(store, ("talks/party/us",))
        before = store.head()
        with pytest.raises(AlreadyALedger):
            create(path)
        assert head(path) == before

    def test_where_there_is_no_log_none_is_opened_or_made(self, path):
        for _ in range(2):
            with pytest.raises(NoLedgerHere):
                open_store(path)

    def test_an_open_log_is_in_its_place_and_as_recognised(self, store, other):
        append(other, ("talks/party/us",))
        assert store.is_in_place()
        assert store.is_as_recognised()
        assert not store.is_writing

    # Reading.

    def test_events_come_in_the_order_of_recording(self, talks):
        assert [row.position for row in talks.events()] == [1, 2, 3, 4, 5, 6, 7]
        assert [row.position for row in talks.events(after=2)] == [3, 4, 5, 6, 7]
        assert [row.position for row in talks.events(after=2, upto=4)] == [3, 4]
        assert [*talks.events(after=7)] == [*talks.events(after=3, upto=3)] == []
        assert talks.newest() == Stored(7, "talks/partying/us", 1, "PartyNamed.1", b"{}")

    def test_events_of_a_stream_come_oldest_first(self, talks):
        assert names(talks.events_of("talks/party/us")) == [("talks/party/us", 1), ("talks/party/us", 2)]
        assert [*talks.events_of("talks/party")] == [*talks.events_of("talks/party/eu")] == []

    def test_events_under_a_name_come_stream_by_stream(self, talks):
        parties = [("talks/party/us", 1), ("talks/party/us", 2), ("talks/party/vn", 1)]
        assert names(talks.events_under("talks/party")) == parties
        everything = names(talks.events_under("talks"))
        assert everything == [*parties, ("talks/partying/us", 1), ("talks/person/us-envoy", 1)]
        assert names(talks.events_under("talks/party", upto=5)) == [parties[0], parties[2]]
        assert [*talks.events_under("tal")] == []

    def test_streams_under_a_name_come_in_alphabetical_order(self, talks):
        assert talks.streams_under("talks/party") == ["talks/party/us", "talks/party/vn"]
        assert talks.streams_under("other") == ["other/negotiation/other"]
        assert talks.streams_under("nothing") == []

    def test_negotiations_come_in_alphabetical_order(self, talks):
        assert talks.negotiations() == ["other", "talks", "talks-2"]

    def test_the_newest_version_is_that_of_each_stream_that_has_any(self, talks):
        asked = ["talks/party/us", "talks/party/vn", "talks/party/eu"]
        assert talks.newest_versions(asked) == {"talks/party/us": 2, "talks/party/vn": 1}
        assert talks.newest_versions([]) == {}

    def test_many_events_and_many_streams_are_read_like_few(self, store):
        streams = [f"talks/party/p{nth:04}" for nth in range(MANY)]
        assert append(store, *[(stream,) for stream in streams]) == [*range(1, MANY + 1)]
        assert store.newest_versions(streams) == dict.fromkeys(streams, 1)
        assert store.streams_under("talks/party") == streams

    @pytest.mark.parametrize("state", [b"", b"\xff\xfe\x00", "Việt Nam".encode()], ids=repr)
    def test_bytes_are_read_as_they_were_stored(self, store, state):
        append(store, ("talks/party/vn", 1, state, "PartyNamed.3"))
        assert [*store.events()] == [Stored(1, "talks/party/vn", 1, "PartyNamed.3", state)]

    def test_a_snapshot_is_of_one_moment_while_others_write(self, store, other):
        append(other, ("talks/party/us",))
        with store.snapshot():
            assert store.position() == 1
            append(other, ("talks/party/vn",))
            assert store.head().position == store.position() == len([*store.events()]) == 1
        assert store.position() == 2

    # Writing.

    def test_what_is_appended_gets_the_next_positions_and_is_read_at_once(self, store, other):
        with store.writing():
            assert store.is_writing
            assert store.append([event("talks/party/us"), event("talks/party/vn")]) == [1, 2]
            assert store.append([event("talks/party/us", 2)]) == [3]
            assert (store.position(), store.newest().version) == (3, 2)
            assert store.newest_versions(["talks/party/us"]) == {"talks/party/us": 2}
            assert other.position() == 0
        assert other.position() == other.head().position == 3

    def test_events_stored_under_one_lock_are_all_stored_or_none(self, store, other):
        with pytest.raises(RuntimeError), store.writing():
            store.append([event("talks/party/us")])
            store.append([event("talks/party/vn")])
            raise RuntimeError
        assert not store.is_writing
        assert [*store.events()] == [*other.events()] == []
        assert append(store, ("talks/party/us",)) == [1]

    def test_no_version_of_a_stream_is_stored_twice(self, talks):
        before = [*talks.events()]
        with pytest.raises(Refusal), talks.writing():
            talks.append([event("talks/party/eu"), event("talks/party/us", 2)])
        assert [*talks.events()] == before

    def test_one_writes_at_a_time_and_another_waits_no_longer_than_the_limit(self, store, other, monkeypatch):
        monkeypatch.setenv("PARLEY_WAIT", "0.2")
        with store.writing():
            store.append([event("talks/party/us")])
            with pytest.raises(LedgerBusy, match="Nothing was written"), other.writing():
                pytest.fail("two write at once")
        assert append(other, ("talks/party/vn",)) == [2]

    def test_only_what_another_writes_is_news(self, store, other):
        def is_news():
            with store.writing():
                changed = store.changed_streams()
                return changed is None or bool(changed)

        assert [is_news(), is_news()] == [True, False]
        append(store, ("talks/party/us",))
        assert not is_news()
        append(other, ("talks/party/vn",))
        assert [is_news(), is_news()] == [True, False]
        other.position()
        assert not is_news()

    # Erasing.

    def test_what_is_erased_leaves_its_tombstone_and_a_mark(self, talks, other):
        before, seal = [*talks.events()], talks.head().seal
        with talks.writing():
            talks.erase({2: GONE, 6: GONE})
        expected = [row._replace(state=GONE) if row.position in (2, 6) else row for row in before]
        assert [*talks.events()] == [*other.events()] == expected
        assert talks.is_uncleaned()
        assert other.is_uncleaned()
        talks.unmark()
        assert not other.is_uncleaned()
        assert other.head().seal.split()[0] != seal.split()[0]
        assert append(talks, ("talks/party/eu",)) == [8]

    def test_an_erasure_that_is_broken_off_is_none(self, talks):
        before = [*talks.events()]
        with pytest.raises(RuntimeError), talks.writing():
            talks.erase({2: GONE})
            raise RuntimeError
        assert [*talks.events()] == before
        assert not talks.is_uncleaned()
        assert talks.is_as_recognised()

    def test_nothing_holds_what_was_erased_and_wiped(self, store, other):
        secret = b"a secret of some length" * 9
        append(store, ("talks/party/us", 1, secret), ("talks/party/vn",))
        with store.writing():
            store.erase({1: tombstone(secret)})
        assert store.wipe()
        assert not store.holds(secret)
        assert store.holds(b"talks/party/vn")
        assert [row.state for row in other.events()] == [tombstone(secret), b"{}"]

    # Copying.

    def test_a_copy_is_a_ledger_whole_by_itself(self, talks, tmp_path):
        copy = tmp_path / "copy.db"
        talks.copy_to(copy)
        with opened(copy) as found:
            assert found.head()[:2] == talks.head()[:2]
            assert [*found.events()] == [*talks.events()]
        assert [one.name for one in tmp_path.iterdir() if one.name.startswith("copy")] == ["copy.db"]

    def test_an_empty_log_takes_the_identity_and_the_events_of_another(self, store, other):
        rows = [Stored(1, "talks/party/us", 1, "A.1", b"\xff"), Stored(5, "talks/party/us", 2, "B.1", b"{}")]
        store.fill("00000000-0000-4000-8000-000000000001", iter(rows))
        store.settle()
        assert (other.head().ledger_id, [*other.events()]) == ("00000000-0000-4000-8000-000000000001", rows)
        assert append(store, ("talks/party/us", 3)) == [6]

    def test_a_log_is_continued_with_the_events_of_its_like(self, talks, other):
        rows = [Stored(8, "talks/party/us", 3, "A.1", b"\xff"), Stored(9, "talks/party/eu", 1, "B.1", b"")]
        with talks.writing():
            talks.extend(iter(rows))
        assert [*other.events(after=7)] == rows
        with pytest.raises(Refusal), talks.writing():
            talks.extend([Stored(10, "talks/party/eu", 2, "A.1", b""), Stored(9, "talks/party/jp", 1, "A.1", b"")])
        assert talks.position() == 9

    def test_a_log_that_holds_anything_takes_no_other(self, talks):
        before = talks.head(), [*talks.events()]
        with pytest.raises(LedgerNotEmpty):
            talks.fill("00000000-0000-4000-8000-000000000001", [Stored(9, "talks/party/eu", 1, "A.1", b"{}")])
        assert (talks.head(), [*talks.events()]) == before

    def test_a_log_that_breaks_off_is_not_taken(self, store):
        def broken():
            yield Stored(1, "talks/party/us", 1, "A.1", b"{}")
            raise RuntimeError

        before = store.head()
        with pytest.raises(RuntimeError):
            store.fill("00000000-0000-4000-8000-000000000001", broken())
        assert (store.head(), [*store.events()]) == (before, [])

    # Waiting.

    def test_whoever_waits_learns_of_the_next_event(self, talks, other):
        assert talks.wait(6, 0)
        assert not talks.wait(7, 0.05)
        later = threading.Timer(0.1, append, (other, ("talks/party/eu",)))
        later.start()
        assert talks.wait(7, 30)
        later.join()
        assert append(talks, ("talks/party/jp",)) == [9]
