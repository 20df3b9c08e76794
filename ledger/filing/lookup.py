"""The knowledge of the record while something is being filed: the log read by streams, and what the same filing adds.

Rules and references ask here. The log alone is the authority, never the views; each answer costs a seek or
two, however large the ledger is.
"""

from collections.abc import Iterable, Iterator, Sequence

from ledger.base.names import is_slug
from ledger.dates import When
from ledger.domain import rules
from ledger.domain.events import Event, MeetingReported, Recorded, Stream
from ledger.domain.kinds import KINDS
from ledger.domain.names import Names
from ledger.domain.reports import Standing, standing
from ledger.log.log import Log


class StreamRecords:
    """What is told of one entry, oldest first, and what of it stands, once that was asked for."""

    __slots__ = ("records", "standing")

    def __init__(self, records: Sequence[Recorded]) -> None:
        self.records = records
        self.standing: Standing | None = None


NOTHING = StreamRecords(())


class Lookup:
    """The entries of one negotiation, as recorded and as about to be."""

    def __init__(self, log: Log, negotiation: str) -> None:
        self.negotiation = negotiation
        self._log = log
        self._told: dict[Stream, StreamRecords] = {}
        self._kinds: dict[str, str | None] = {}
        self._names: dict[str, Names] = {}
        self.declared: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in KINDS}
        self.to_be_held: dict[str, When] = {}

    def stream(self, kind: str, slug: str) -> Stream:
        return Stream(self.negotiation, kind, slug)

    def negotiations(self) -> list[str]:
        """The negotiations that this ledger holds."""
        return self._log.negotiations()

    def records(self, stream: Stream) -> Sequence[Recorded]:
        """The events of a stream, oldest first, those about to be recorded at the end with position 0."""
        return self._of(stream).records

    def declare(self, kind: str, slug: str, names: Iterable[str] = ()) -> None:
        """Take note of an entry that is being filed, by its slug and its names, so that others may refer to it."""
        self.declared[kind][slug] = (*self.declared[kind].get(slug, ()), *names)
        self._names.pop(kind, None)

    def stands(self, stream: Stream) -> Standing:
        """The valid reports of a stream."""
        told = self._of(stream)
        if told.standing is None:
            told.standing = standing(told.records)
        return told.standing

    def add(self, stream: Stream, event: Event) -> None:
        """Take an event that is about to be recorded into account."""
        records = self.records(stream)
        version = records[-1].version + 1 if records else 1
        self._told[stream] = StreamRecords((*records, Recorded(0, stream, version, "", "", event)))
        self._kinds[stream.slug] = stream.kind
        self._names.pop(stream.kind, None)

    def kind_of(self, slug: str) -> str | None:
        """The kind of the entry with this slug, None when there is none."""
        if slug not in self._kinds:
            self.expect([slug])
        return self._kinds[slug]

    def expect(self, slugs: Iterable[str]) -> None:
        """Look up all at once what kinds of entries have these slugs."""
        new = set(slugs) - self._kinds.keys()
        self._kinds |= dict.fromkeys(new)
        for stream in self._log.bearing(self.negotiation, new):
            self._kinds[stream.slug] = stream.kind

    def slugs(self, kind: str) -> list[str]:
        """Every slug of a kind, recorded or declared."""
        return sorted({*self._log.slugs(self.negotiation, kind), *self.declared[kind], *self._added(kind)})

    def find(self, kind: str, typed: str) -> str:
        """The slug of the entry that was typed as slug, name or alias; refused, with the nearest names, if none."""
        typed = typed.strip()
        if typed in self.declared[kind] or self._exists(kind, typed):
            return typed
        if kind not in self._names:
            self._names[kind] = Names({slug: self._names_of(kind, slug) for slug in self.slugs(kind)})
        return self._names[kind].slug_of(kind, typed)

    def in_sentence(self, voice: str) -> str:
        """A party inside a sentence, `the United States`, or a person with the party: `Jamieson Greer (us)`."""
        party, slash, person = voice.partition("/")
        kind, slug = ("person", person) if slash else ("party", party)
        reports = reversed(self.stands(self.stream(kind, slug)).reports)
        names = (getattr(report.event, "in_sentences", "") or getattr(report.event, "name", "") for report in reports)
        name = next(filter(None, names), slug)
        return f"{name} ({party})" if slash else name

    def parties_of(self, person: str) -> list[str]:
        """The parties that a person is of record, or about to be, as speaking for."""
        return rules.spoken_for(self.stands(self.stream("person", person)))

    def held(self, meeting: str) -> When:
        """When a meeting was held: by the first report of record (a later one must not change how a file reads)."""
        events = [report.event for report in self.stands(self.stream("meeting", meeting)).reports]
        reported = (event.held for event in events if isinstance(event, MeetingReported))
        return next(reported, self.to_be_held.get(meeting, When()))

    def _of(self, stream: Stream) -> StreamRecords:
        told = self._told.get(stream)
        if told is None:
            self._told[stream] = told = self._read(stream)
            if told.records:
                self._kinds[stream.slug] = stream.kind
        return told

    def _read(self, stream: Stream) -> StreamRecords:
        # A slug is of one kind, so where another kind has it, or none, there is nothing to read.
        if not is_slug(stream.slug) or self._kinds.get(stream.slug, stream.kind) != stream.kind:
            return NOTHING
        return self._log.remembered(stream, StreamRecords)

    def _exists(self, kind: str, slug: str) -> bool:
        return bool(self._of(self.stream(kind, slug)).records) or (is_slug(slug) and self.kind_of(slug) == kind)

    def _added(self, kind: str) -> Iterable[str]:
        return [stream.slug for stream, told in self._told.items() if stream.kind == kind and told.records]

    def _names_of(self, kind: str, slug: str) -> Iterator[str]:
        """The names and aliases of one entry; only parties, people and issues are found by theirs."""
        yield from self.declared[kind].get(slug, ())
        if KINDS[kind].named:
            for report in self.stands(self.stream(kind, slug)).reports:
                yield from _called(report.event)


def _called(event: Event) -> list[str]:
    names = [getattr(event, name, "") for name in ("name", "title")]
    return [name for name in [*names, *getattr(event, "aliases", ())] if name]
