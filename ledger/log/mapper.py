"""The mapper between recorded events and their stored form, with the stored names, versions and upcasters.

An event is stored as readable JSON with a salt, so that the SHA-256 of the stored bytes commits to them without
revealing them.
"""

import os
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, Generic, TypeVar

import msgspec
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from ledger.domain import events
from ledger.domain.events import Event, Origin, Recorded, Stream
from ledger.log.errors import UnknownStoredEvent, UnreadableStoredEvent
from ledger.log.store import Stored
from ledger.log.upcasting import StoredForm, Upcasters

E = TypeVar("E")

# The stored name and current version of every event. A released name is never reused.
TYPES: dict[str, tuple[type[Event], int]] = {
    "NegotiationOpened": (events.NegotiationOpened, 1),
    "PartyNamed": (events.PartyNamed, 1),
    "RoleReported": (events.RoleReported, 1),
    "PersonNamed": (events.PersonNamed, 1),
    "PersonAppointed": (events.PersonAppointed, 1),
    "PersonLeftPost": (events.PersonLeftPost, 1),
    "IssueNamed": (events.IssueNamed, 1),
    "MeasureNamed": (events.MeasureNamed, 1),
    "SourceRegistered": (events.SourceRegistered, 1),
    "SourceTextFrozen": (events.SourceTextFrozen, 1),
    "MeetingAnnounced": (events.MeetingAnnounced, 1),
    "MeetingReported": (events.MeetingReported, 1),
    "MeetingCalledOff": (events.MeetingCalledOff, 1),
    "StatementReported": (events.StatementReported, 1),
    "FollowUpAgreed": (events.FollowUpAgreed, 1),
    "FollowUpClosed": (events.FollowUpClosed, 1),
    "DeadlineSet": (events.DeadlineSet, 1),
    "DeadlineEnded": (events.DeadlineEnded, 1),
    "TaskNoted": (events.TaskNoted, 1),
    "TaskDone": (events.TaskDone, 1),
    "VersionTabled": (events.VersionTabled, 1),
    "WordingReported": (events.WordingReported, 1),
    "AnswerAsserted": (events.AnswerAsserted, 1),
    "EntryCorrected": (events.EntryCorrected, 1),
    "EntryRetracted": (events.EntryRetracted, 1),
    "EntryReinstated": (events.EntryReinstated, 1),
    "EntryErased": (events.EntryErased, 1),
    "LevelSet": (events.LevelSet, 1),
    "LevelsNamed": (events.LevelsNamed, 1),
}
SALT = 16  # bytes
UPCASTERS = Upcasters([], {name: version for name, (_, version) in TYPES.items()})
TOPIC_OF: dict[type[Event], str] = {cls: f"{name}.{version}" for name, (cls, version) in TYPES.items()}


class Envelope(msgspec.Struct, Generic[E], frozen=True, omit_defaults=True):
    """The stored content of an event, apart from its stream and type."""

    recorded_at: str
    recorded_by: str
    salt: str
    event: E
    recorded_on: str = ""
    origin: Origin | None = None


class EventMapper(Mapper[str]):
    """The library's mapper, with our type names instead of Python paths, and with our upcasters."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())  # required by the library; this mapper encodes by itself
        self.encode = msgspec.json.Encoder().encode
        self._readers: dict[str, Callable[[bytes], Envelope[Event]]] = {}
        self.stamp = msgspec.json.Decoder(Envelope[msgspec.Raw]).decode

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """A recorded event in its stored form, with a new salt."""
        return self.stored([domain_event])[0]

    def stored(self, events: Sequence[Recorded]) -> list[StoredEvent]:
        """Recorded events in their stored form, each with a new salt."""
        salts = os.urandom(SALT * len(events)).hex()  # in one call of the system
        found = []
        for nth, one in enumerate(events):
            salt = salts[2 * SALT * nth : 2 * SALT * (nth + 1)]
            envelope = Envelope(one.recorded_at, one.recorded_by, salt, one.event, one.recorded_on, one.origin)
            found.append(StoredEvent(str(one.stream), one.version, TOPIC_OF[type(one.event)], self.encode(envelope)))
        return found

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The recorded event, at position 0, because a stored event of the library has no position."""
        stream, version = str(stored_event.originator_id), stored_event.originator_version
        return self.recorded(Stored(0, stream, version, stored_event.topic, stored_event.state))

    def recorded(self, row: Stored) -> Recorded:
        """A stored event as recorded, upcast to the current form; refused if it cannot be read."""
        envelope = self.read(row)
        try:
            stream = Stream.named(row.stream)
        except ValueError as error:
            raise UnreadableStoredEvent(position=row.position, why=error) from error
        at, by, on = envelope.recorded_at, envelope.recorded_by, envelope.recorded_on
        return Recorded(row.position, stream, row.version, at, by, envelope.event, on, envelope.origin)

    def read(self, row: Stored) -> Envelope[Event]:
        """The stored content, upcast to the current form; refused if it cannot be read."""
        read = self._readers.get(row.type) or self._reader(row)
        try:
            return read(row.state)
        except (ValueError, TypeError, LookupError) as error:
            raise UnreadableStoredEvent(position=row.position, why=error) from error

    def _reader(self, row: Stored) -> "Callable[[bytes], Envelope[Event]]":
        """The reader for bytes of this type; created for the first row, because creating all of them is slow."""
        form = StoredForm.of(row.type)
        if not UPCASTERS.knows(form):
            raise UnknownStoredEvent(position=row.position, type=row.type)
        cls, version = TYPES.get(form.name, (Event, 0))
        if form.version == version:
            self._readers[row.type] = msgspec.json.Decoder(Envelope[cls]).decode  # type: ignore[valid-type]
        else:
            self._readers[row.type] = partial(_upcast, form, msgspec.json.Decoder(Envelope[dict[str, Any]]).decode)
        return self._readers[row.type]


def _upcast(form: StoredForm, decode: "Callable[[bytes], Envelope[dict[str, Any]]]", state: bytes) -> Envelope[Event]:
    old = decode(state)
    form, fields = UPCASTERS.upcast(form, old.event)
    event = msgspec.convert(fields, TYPES[form.name][0])
    return Envelope(old.recorded_at, old.recorded_by, old.salt, event, old.recorded_on, old.origin)


@cache
def _mapper() -> EventMapper:
    return EventMapper()


def read_stored(row: Stored) -> Envelope[Event]:
    """The stored content, upcast to the current form; refused if it cannot be read."""
    return _mapper().read(row)


def restamped(row: Stored, event: Event, origin: Origin | None) -> Stored:
    """A stored event with another content and origin, but the same time, keeper and salt; itself if nothing differs."""
    before = read_stored(row)
    if (before.event, before.origin) == (event, origin):
        return row
    envelope = Envelope(before.recorded_at, before.recorded_by, before.salt, event, before.recorded_on, origin)
    return row._replace(type=TOPIC_OF[type(event)], state=_mapper().encode(envelope))
