"""The mapper: between events and their stored form; the stored names, versions and upcasters.

An event is stored as JSON a person can read, with a salt, so that the SHA-256 of the stored bytes commits to them
without revealing them.
"""

from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from ledger.domain import events
from ledger.domain.events import Event
from ledger.log.errors import UnknownStoredEvent, UnreadableStoredEvent
from ledger.log.sqlite.file import Stored
from ledger.log.upcasting import Form, Upcasters

E = TypeVar("E")

# The stored name and current version of every event. A name, once released, is never used for anything else.
TYPES: dict[str, tuple[type[Event], int]] = {
    "NegotiationOpened": (events.NegotiationOpened, 1),
    "PartyNamed": (events.PartyNamed, 1),
    "PersonNamed": (events.PersonNamed, 1),
    "PersonAppointed": (events.PersonAppointed, 1),
    "IssueNamed": (events.IssueNamed, 1),
    "SourceRegistered": (events.SourceRegistered, 1),
    "MeetingAnnounced": (events.MeetingAnnounced, 1),
    "MeetingReported": (events.MeetingReported, 1),
    "MeetingCalledOff": (events.MeetingCalledOff, 1),
    "StatementReported": (events.StatementReported, 1),
    "FollowUpAgreed": (events.FollowUpAgreed, 1),
    "FollowUpClosed": (events.FollowUpClosed, 1),
    "AnswerAsserted": (events.AnswerAsserted, 1),
    "EntryCorrected": (events.EntryCorrected, 1),
    "EntryRetracted": (events.EntryRetracted, 1),
    "EntryErased": (events.EntryErased, 1),
}
UPCASTERS = Upcasters([], {name: version for name, (_, version) in TYPES.items()})
FORM_OF: dict[type[Event], Form] = {cls: Form(name, version) for name, (cls, version) in TYPES.items()}
TOPIC_OF: dict[type[Event], str] = {cls: str(form) for cls, form in FORM_OF.items()}


class Envelope(msgspec.Struct, Generic[E], frozen=True):
    """What is stored of an event beside its stream and type."""

    recorded_at: str
    recorded_by: str
    salt: str
    event: E


class Fact(NamedTuple):
    """An event on its way into the log, in the shape the event-sourcing library expects."""

    originator_id: str
    originator_version: int
    envelope: Envelope[Event]


class EventMapper(Mapper[str]):
    """Between facts and stored events: own type names, no Python paths, one place for upcasters."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())  # the library wants one; ours encodes by itself
        self._encoder = msgspec.json.Encoder()
        self._decoders = {
            str(FORM_OF[cls]): msgspec.json.Decoder(Envelope[cls])  # type: ignore[valid-type]
            for cls, _ in TYPES.values()
        }
        self._any = msgspec.json.Decoder(Envelope[dict[str, Any]])
        self.stamp = msgspec.json.Decoder(Envelope[msgspec.Raw]).decode

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        fact: Fact = domain_event
        return StoredEvent(
            originator_id=fact.originator_id,
            originator_version=fact.originator_version,
            topic=TOPIC_OF[type(fact.envelope.event)],
            state=self._encoder.encode(fact.envelope),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        envelope = self.envelope(stored_event.topic, stored_event.state)
        return Fact(str(stored_event.originator_id), stored_event.originator_version, envelope)

    def told(self, row: Stored) -> Envelope[Event]:
        """What a stored event says, upcast to the present form; refused when it cannot be read."""
        if row.type not in self._decoders and not UPCASTERS.knows(Form.of(row.type)):
            raise UnknownStoredEvent(position=row.position, type=row.type)
        try:
            return self.envelope(row.type, row.state)
        except (ValueError, TypeError, LookupError) as error:
            raise UnreadableStoredEvent(position=row.position, why=error) from error

    def envelope(self, topic: str, state: bytes) -> Envelope[Event]:
        """What was stored, upcast to the present form; ValueError when it cannot be read."""
        decoder = self._decoders.get(topic)
        if decoder is not None:
            return decoder.decode(state)
        old = self._any.decode(state)
        form, fields = UPCASTERS.upcast(Form.of(topic), old.event)
        event = msgspec.convert(fields, TYPES[form.name][0])
        return Envelope(old.recorded_at, old.recorded_by, old.salt, event)


@cache
def _mapper() -> EventMapper:
    return EventMapper()


def read_stored(row: Stored) -> Envelope[Event]:
    """What was stored, upcast to the present form; refused when it cannot be read."""
    return _mapper().told(row)
