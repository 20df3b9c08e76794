"""Single steps lead from old stored forms to current ones; a broken chain is refused at construction."""

import json
import sqlite3
from contextlib import closing

import pytest

from ledger import create_ledger, open_ledger
from ledger.dates import When
from ledger.domain.events import MeetingReported, Stream
from ledger.log import log, mapper
from ledger.log.errors import UnreadableStoredEvent
from ledger.log.upcasting import BrokenChain, StoredForm, Upcaster, Upcasters


def step(old, new, change=lambda fields: fields):
    return Upcaster(StoredForm.of(old), StoredForm.of(new), change)


def test_a_form_is_a_name_and_a_version():
    assert StoredForm.of("MeetingReported.2") == StoredForm("MeetingReported", 2)
    assert str(StoredForm("MeetingReported", 2)) == "MeetingReported.2"


@pytest.mark.parametrize(
    "topic", ["MeetingReported", "MeetingReported.", "MeetingReported.x", "MeetingReported.-1", ""]
)
def test_a_topic_without_a_version_names_no_known_form(topic):
    assert not Upcasters([], {"MeetingReported": 1}).knows(StoredForm.of(topic))


def test_a_current_form_is_left_as_it_is():
    steps = Upcasters([], {"MeetingReported": 1})
    fields = {"kind": "round"}
    assert steps.upcast(StoredForm("MeetingReported", 1), fields) == (
        StoredForm("MeetingReported", 1),
        {"kind": "round"},
    )


def test_an_old_form_takes_every_step_to_the_present_one():
    steps = Upcasters(
        [
            step("MeetingReported.2", "MeetingReported.3", lambda fields: fields | {"third": True}),
            step("RoundHeld.1", "MeetingReported.2", lambda fields: fields | {"kind": "round"}),
            step("MeetingReported.1", "MeetingReported.2", lambda fields: fields | {"second": True}),
        ],
        {"MeetingReported": 3},
    )
    now = StoredForm("MeetingReported", 3)
    assert steps.upcast(StoredForm("RoundHeld", 1), {}) == (now, {"kind": "round", "third": True})
    assert steps.upcast(StoredForm("MeetingReported", 1), {}) == (now, {"second": True, "third": True})
    assert all(steps.knows(StoredForm.of(form)) for form in ("RoundHeld.1", "MeetingReported.1", "MeetingReported.3"))
    assert not steps.knows(StoredForm("MeetingReported", 4))
    assert not steps.knows(StoredForm("RoundHeld", 2))


@pytest.mark.parametrize(
    ("steps", "current", "said"),
    [
        ([step("A.1", "A.3")], {"A": 3}, "no upcaster starts from A.2"),
        ([step("A.2", "A.3")], {"A": 3}, "no upcaster starts from A.1"),
        ([], {"A": 2}, "no upcaster starts from A.1"),
        ([step("A.1", "A.2"), step("A.1", "A.2")], {"A": 2}, "two upcasters start from A.1"),
        ([step("A.1", "B.1"), step("B.1", "A.1")], {"C": 1}, "go round in a circle"),
        ([step("A.1", "A.1")], {"C": 1}, "go round in a circle"),
        ([step("A.1", "B.1"), step("B.1", "C.1"), step("C.1", "B.1")], {"D": 1}, "go round in a circle"),
        ([step("A.1", "B.1")], {"C": 1}, "end at B.1, which is not current"),
        ([step("A.1", "A.2")], {"A": 1}, "end at A.2, which is not current"),
        ([step("A.1", "B.1")], {"A": 1, "B": 1}, "starts from A.1, which is current"),
        ([step("A.1", "A.2"), step("A.2", "B.1")], {"A": 2, "B": 1}, "starts from A.2, which is current"),
    ],
)
def test_a_broken_chain_is_refused_when_it_is_built(steps, current, said):
    with pytest.raises(BrokenChain, match=said):
        Upcasters(steps, current)


def test_the_present_chain_holds():
    assert all(mapper.UPCASTERS.knows(StoredForm.of(topic)) for topic in mapper.TOPIC_OF.values())


OLD = {
    "source": "paper-a",
    "kind": "round",
    "venue": "Ha Noi",
    "from": "2025-05-19",
    "to": "2025-05-22",
}


def from_the_first(fields):
    fields = dict(fields)
    fields["place"] = fields.pop("venue")
    return fields


def from_the_second(fields):
    fields = dict(fields)
    fields["held"] = {"edtf": f"{fields.pop('from')}/{fields.pop('to')}", "phrase": ""}
    return fields


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    """A ledger with a meeting stored in a form two versions old, read by a Parley that knows the third."""
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.append("negotiation", "talks", {"title": "The talks"})
    envelope = {"recorded_at": "2025-07-01T12:00:00.000000Z", "recorded_by": "Ann", "salt": "00" * 16, "event": OLD}
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, 1, ?, ?)",
            ("talks/meeting/round-2", "MeetingReported.1", json.dumps(envelope).encode()),
        )
        connection.commit()
    steps = [
        step("MeetingReported.1", "MeetingReported.2", from_the_first),
        step("MeetingReported.2", "MeetingReported.3", from_the_second),
    ]
    types = mapper.TYPES | {"MeetingReported": (MeetingReported, 3)}
    monkeypatch.setattr(mapper, "TYPES", types)
    monkeypatch.setattr(mapper, "TOPIC_OF", mapper.TOPIC_OF | {MeetingReported: "MeetingReported.3"})
    monkeypatch.setattr(mapper, "UPCASTERS", Upcasters(steps, {name: version for name, (_, version) in types.items()}))
    return ledger


def test_an_event_in_an_old_form_is_brought_to_the_present_one_on_read(ledger):
    read = log.Log(ledger.path)
    (record,) = read.stream(Stream("talks", "meeting", "round-2"))
    read.close()
    assert record.event == MeetingReported(
        source="paper-a", kind="round", place="Ha Noi", held=When("2025-05-19/2025-05-22")
    )
    assert (record.type, record.recorded_by) == ("MeetingReported", "Ann")


def test_an_event_in_an_old_form_projects_like_any_other(ledger):
    (meeting,) = ledger.views().meetings()
    assert (meeting.meeting.place, meeting.meeting.held, meeting.status) == (
        "Ha Noi",
        When("2025-05-19/2025-05-22"),
        "held",
    )


def test_reading_changes_nothing_that_is_stored_and_new_events_take_the_present_form(ledger):
    ledger.views().close()
    ledger.append("source", "paper-b", {"title": "What it reports"}, negotiation="talks")
    fields = {"kind": "round", "held": "2025-06-03", "quote": "They met."}
    ledger.append("meeting", "round-3", fields, negotiation="talks", source="paper-b")
    with closing(sqlite3.connect(ledger.path)) as connection:
        found = connection.execute("SELECT topic, state FROM stored_events WHERE originator_id LIKE '%/meeting/%'")
        (old, state), (new, _) = found.fetchall()
    assert (old, json.loads(state)["event"], new) == ("MeetingReported.1", OLD, "MeetingReported.3")


def test_an_old_form_that_its_upcaster_cannot_change_is_refused_with_its_position(ledger):
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, 1, ?, ?)",
            (
                "talks/meeting/round-4",
                "MeetingReported.1",
                b'{"recorded_at":"","recorded_by":"","salt":"","event":{"kind":"round"}}',
            ),
        )
        connection.commit()
    with pytest.raises(UnreadableStoredEvent, match="Position 3 of the ledger cannot be read"):
        open_ledger(ledger.path).views()
