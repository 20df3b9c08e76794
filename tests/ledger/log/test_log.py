"""The log: the stored content of an event, its time and keeper; no event is lost, doubled or misread."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from ledger import create_ledger, open_ledger
from ledger.dates import When
from ledger.domain.events import (
    Attendee,
    Change,
    EntryCorrected,
    MeetingReported,
    PartyNamed,
    Quote,
    SourceRegistered,
    StatementReported,
    Stream,
)
from ledger.log import store
from ledger.log.errors import LedgerBusy, UnknownStoredEvent, UnreadableStoredEvent
from ledger.log.log import Log
from ledger.log.mapper import TOPIC_OF, TYPES
from tests import laws
from tests.processes import starting

US = Stream("talks", "party", "us")
NOON = datetime(2025, 7, 1, 12, tzinfo=UTC)
SAID = StatementReported(
    source="paper-a",
    quotes=(Quote("asked for a sunset clause", 5, 30),),
    by=("us/ann-lee",),
    act="asked",
    says="Ask for a sunset clause — “now”.",
    issues=("tariffs",),
    on=When("[2025-05-01..2025-05-05]", "in early May"),
)


@pytest.fixture
def path(tmp_path):
    return create_ledger(tmp_path / "ledger.db").path


@pytest.fixture
def log(path):
    log = Log(path, keeper="the keeper")
    yield log
    log.close()


def stored(path):
    """The rows of the log as plain SQLite sees them: position, stream, version, type, content."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM stored_events ORDER BY rowid").fetchall()


def append(log, *entries, at=NOON):
    with laws.at(at), log.writing():
        return log.append(entries)


def insert(path, *, topic="PartyNamed.1", stream="talks/party/zz", state=b"{}"):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, 1, ?, ?)",
            (stream, topic, state),
        )
        connection.commit()


def test_an_event_is_stored_as_json_that_a_person_can_read(log, path):
    append(log, (Stream("talks", "statement", "said-1"), SAID))
    ((position, stream, version, topic, state),) = stored(path)
    assert (position, stream, version, topic) == (1, "talks/statement/said-1", 1, "StatementReported.1")
    assert "Ask for a sunset clause — “now”." in state.decode()
    content = json.loads(state)
    assert re.fullmatch("[0-9a-f]{32}", content.pop("salt"))
    assert content == {
        "recorded_at": "2025-07-01T12:00:00.000000Z",
        "recorded_by": "the keeper",
        "event": {
            "source": "paper-a",
            "quotes": [{"words": "asked for a sunset clause", "start": 5, "end": 30}],
            "by": ["us/ann-lee"],
            "act": "asked",
            "says": "Ask for a sunset clause — “now”.",
            "issues": ["tariffs"],
            "on": {"edtf": "[2025-05-01..2025-05-05]", "phrase": "in early May"},
        },
    }


def test_what_was_not_reported_takes_no_room(log, path):
    append(log, (US, PartyNamed(name="United States")))
    assert json.loads(stored(path)[0][4])["event"] == {"name": "United States"}


@pytest.mark.parametrize(
    ("stream", "event"),
    [
        (US, PartyNamed(name="Việt Nam", aliases=("VN",))),
        (Stream("talks", "statement", "said-1"), SAID),
        (Stream("talks", "source", "paper-a"), SourceRegistered(kind="news", title="T", text="a\r\nb\u2028\0")),
        (
            Stream("talks", "meeting", "round-1"),
            MeetingReported(source="s", kind="round", number=0, people=(Attendee("us/ann-lee", "Minister"),)),
        ),
        (US, EntryCorrected(changes={"name": Change("US", "United States")}, reason="It is short.", of=1)),
    ],
    ids=lambda one: type(one).__name__,
)
def test_an_event_is_read_as_it_was_appended(log, stream, event):
    (appended,) = append(log, (stream, event))
    assert log.stream(stream) == [appended] == list(log.since(0))
    assert appended.event == event
    assert appended.type == type(event).__name__


def test_the_salt_is_sixteen_bytes_and_differs_between_equal_events(log, path):
    append(log, *[(Stream("talks", "party", f"p{nth}"), PartyNamed(name="P")) for nth in range(50)])
    salts = [json.loads(row[4])["salt"] for row in stored(path)]
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}
    assert len(set(salts)) == 50


def test_positions_count_on_and_versions_count_within_a_stream(log):
    vn = Stream("talks", "party", "vn")
    correction = EntryCorrected(changes={}, reason="None.")
    append(log, (US, PartyNamed(name="US")), (vn, PartyNamed(name="VN")), (US, correction))
    append(log, (US, correction))
    assert [(one.position, str(one.stream), one.version) for one in log.since(0)] == [
        (1, "talks/party/us", 1),
        (2, "talks/party/vn", 1),
        (3, "talks/party/us", 2),
        (4, "talks/party/us", 3),
    ]
    assert [one.position for one in log.stream(US)] == [1, 3, 4]
    assert [one.position for one in log.since(1, upto=3)] == [2, 3]
    assert log.position() == 4


def test_an_empty_log_has_its_head_at_zero(log):
    assert (log.position(), list(log.since(0)), log.negotiations()) == (0, [], [])


def test_a_long_filing_keeps_its_order(log):
    names = [f"p{nth}" for nth in range(2_500)]
    recorded = append(log, *[(Stream("talks", "party", name), PartyNamed(name=name)) for name in names])
    assert [one.position for one in recorded] == list(range(1, 2_501))
    assert [one.event.name for one in log.since(0)] == names


def test_recorded_at_is_set_by_the_log_and_never_goes_back_when_the_clock_does(log):
    for hours in (0, 5, -100, 2, 6):
        append(
            log, (Stream("talks", "party", f"p{hours + 100}"), PartyNamed(name="P")), at=NOON + timedelta(hours=hours)
        )
    assert [one.recorded_at[:16] for one in log.since(0)] == [
        "2025-07-01T12:00",
        "2025-07-01T17:00",
        "2025-07-01T17:00",
        "2025-07-01T17:00",
        "2025-07-01T18:00",
    ]


def test_times_of_recording_sort_as_text(log):
    for moment in (NOON, NOON + timedelta(microseconds=1), NOON + timedelta(milliseconds=10)):
        append(log, (Stream("talks", "party", f"p{moment.microsecond}"), PartyNamed(name="P")), at=moment)
    times = [one.recorded_at for one in log.since(0)]
    assert times == sorted(set(times))
    assert len({len(one) for one in times}) == 1


def test_each_event_says_who_recorded_it(path):
    for keeper in ("Ann", "Bình"):
        log = Log(path, keeper)
        append(log, (Stream("talks", "party", keeper[0].lower()), PartyNamed(name=keeper)))
        log.close()
    log = Log(path)
    assert [one.recorded_by for one in log.since(0)] == ["Ann", "Bình"]
    log.close()


def test_what_a_filing_breaks_off_leaves_nothing(log):
    with pytest.raises(RuntimeError), log.writing():
        log.append([(US, PartyNamed(name="US"))])
        raise RuntimeError
    assert log.position() == 0
    assert append(log, (US, PartyNamed(name="US")))[0].version == 1


def test_streams_are_read_by_negotiation_and_slugs_by_kind(log):
    for negotiation in ("talks", "talks-2", "other"):
        append(log, *[(Stream(negotiation, "party", slug), PartyNamed(name=slug)) for slug in ("vn", "us")])
    append(log, (Stream("talks", "person", "us-envoy"), PartyNamed(name="Not a party")))
    assert log.negotiations() == ["other", "talks", "talks-2"]
    assert log.slugs("talks", "party") == ["us", "vn"]
    assert log.bearing("talks", ["nobody", "us-envoy"]) == [Stream("talks", "person", "us-envoy")]
    assert [str(stream) for stream, _ in log.by_stream("talks")] == [
        "talks/party/us",
        "talks/party/vn",
        "talks/person/us-envoy",
    ]
    assert [str(stream) for stream, _ in log.by_stream("talks", upto=1)] == ["talks/party/vn"]


@pytest.mark.parametrize(
    "topic", ["RoundTableHeld.1", "PartyNamed.2", "PartyNamed", "PartyNamed.", "party_named.1", ""]
)
def test_an_event_of_a_type_or_version_not_known_is_refused_with_its_position(log, path, topic):
    append(log, (US, PartyNamed(name="US")))
    insert(path, topic=topic)
    with pytest.raises(UnknownStoredEvent, match=rf"^Position 2 of the ledger has an event '{topic}' that"):
        list(log.since(0))
    with pytest.raises(UnknownStoredEvent, match="Use a newer Parley"):
        open_ledger(path).views()


@pytest.mark.parametrize(
    ("stream", "state"),
    [
        ("talks/party/zz", b"not JSON"),
        ("talks/party/zz", b"\xff\xfe"),
        ("talks/party/zz", b"{}"),
        ("talks/party/zz", b'{"recorded_at":"","recorded_by":"","salt":"","event":{"nam":"ZZ"}}'),
        ("talks/party/zz", b'{"recorded_at":"","recorded_by":"","salt":"","event":{"name":5}}'),
        ("talks/zz", b'{"recorded_at":"","recorded_by":"","salt":"","event":{"name":"ZZ"}}'),
    ],
)
def test_an_event_that_cannot_be_read_is_refused_with_its_position(log, path, stream, state):
    append(log, (US, PartyNamed(name="US")))
    insert(path, stream=stream, state=state)
    with pytest.raises(UnreadableStoredEvent, match=r"^Position 2 of the ledger cannot be read \(.+\)\. Restore"):
        list(log.since(0))


def test_nothing_is_appended_after_an_event_that_cannot_be_read(log, path):
    insert(path, state=b"not JSON")
    with pytest.raises(UnreadableStoredEvent, match=r"^Position 1 of the ledger cannot be read"):
        append(log, (US, PartyNamed(name="US")))
    assert log.position() == 1


def test_every_type_is_stored_under_its_own_name():
    assert {name: cls.__name__ for name, (cls, _) in TYPES.items()} == {name: name for name in TYPES}
    assert len(TOPIC_OF) == len(TYPES)


def test_nothing_of_the_users_environment_changes_where_events_go(path, tmp_path, monkeypatch):
    for name, value in (
        ("SQLITE_DBNAME", str(tmp_path / "other.db")),
        ("PERSISTENCE_MODULE", "eventsourcing.popo"),
        ("COMPRESSOR_TOPIC", "zlib"),
        ("CIPHER_TOPIC", "nothing:Here"),
    ):
        monkeypatch.setenv(name, value)
        monkeypatch.setenv(f"JOURNAL_{name}", value)
    log = Log(path)
    append(log, (US, PartyNamed(name="US")))
    log.close()
    assert json.loads(stored(path)[0][4])["event"] == {"name": "US"}
    assert not (tmp_path / "other.db").exists()


def test_a_ledger_that_another_process_keeps_writing_to_is_busy(log, path, monkeypatch):
    log.close()
    monkeypatch.setenv("PARLEY_WAIT", "0.5")
    impatient = Log(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy, match="Nothing was written; try again"):
            append(impatient, (US, PartyNamed(name="US")))
        other.execute("ROLLBACK")
    append(impatient, (US, PartyNamed(name="US")))
    impatient.close()


def keep_appending(path, start, mine):
    ledger = open_ledger(path, keeper=f"keeper {mine}")
    start.wait()
    for nth in range(25):
        fields = {"title": f"Issue {nth} of {mine}"}
        ledger.append("issue", f"issue-{mine}-{nth}", fields, negotiation="talks")


def test_several_processes_that_append_at_once_lose_and_double_nothing(path):
    open_ledger(path).append("negotiation", "talks", {"title": "The talks"})
    spawning = starting()
    start = spawning.Barrier(4)
    keepers = [spawning.Process(target=keep_appending, args=(path, start, nth)) for nth in range(4)]
    for keeper in keepers:
        keeper.start()
    for keeper in keepers:
        keeper.join()
    assert [keeper.exitcode for keeper in keepers] == [0] * 4
    rows = stored(path)
    assert [row[0] for row in rows] == list(range(1, 102))
    assert {row[1] for row in rows[1:]} == {f"talks/issue/issue-{mine}-{nth}" for mine in range(4) for nth in range(25)}
    for mine in range(4):
        numbers = [int(row[1].rpartition("-")[2]) for row in rows[1:] if f"issue-{mine}-" in row[1]]
        assert numbers == list(range(25))
    times = [json.loads(row[4])["recorded_at"] for row in rows]
    assert times == sorted(times)


def file_the_same(path, start):
    start.wait()
    open_ledger(path).append("issue", "tariffs", {"title": "Tariffs"}, negotiation="talks")


def test_several_processes_that_file_the_same_at_once_record_it_once(path):
    open_ledger(path).append("negotiation", "talks", {"title": "The talks"})
    spawning = starting()
    start = spawning.Barrier(3)
    keepers = [spawning.Process(target=file_the_same, args=(path, start)) for _ in range(3)]
    for keeper in keepers:
        keeper.start()
    for keeper in keepers:
        keeper.join()
    assert [keeper.exitcode for keeper in keepers] == [0] * 3
    assert [row[1] for row in stored(path)] == ["talks/negotiation/talks", "talks/issue/tariffs"]
    assert store.head(path)[1] == 2
