"""The record during a filing: the log, read stream by stream, and the events that this filing adds.

Rules and references look up entries here. The answers come from the log and never from the views. Each costs one or two
seeks, however large the ledger is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from ledger.base.names import is_slug
from ledger.dates import When
from ledger.domain import rules
from ledger.domain.events import (
    LEVELS,
    DeadlineEnded,
    DeadlineSet,
    Event,
    FollowUpAgreed,
    FollowUpClosed,
    MeasureNamed,
    MeetingAnnounced,
    MeetingCalledOff,
    MeetingReported,
    PersonAppointed,
    PersonLeftPost,
    Quote,
    Recorded,
    RoleReported,
    SourceRegistered,
    StatementReported,
    Stream,
    TaskDone,
    TaskNoted,
    VersionTabled,
    WordingReported,
)
from ledger.domain.kinds import KINDS
from ledger.domain.names import Names
from ledger.domain.reports import Publication, Standing, accounts, source_of, standing
from ledger.domain.vocabulary import RELATIONS, meeting_name
from ledger.domain.voices import Memberships, RoleHeld
from ledger.filing.errors import ConditionOnItself, LinkedToItself, NoCondition, WaitsOnItself
from ledger.levels.naming import levels_in
from ledger.levels.ranks import Ranks, reached
from ledger.levels.scheme import Levels
from ledger.log.log import Log


class StreamRecords:
    """The events of one stream, oldest first, and its valid reports, which are computed on demand."""

    __slots__ = ("records", "standing")

    def __init__(self, records: Sequence[Recorded]) -> None:
        self.records = records
        self.standing: Standing | None = None


NOTHING = StreamRecords(())
# The events that end something, each with the event that begins it.
BEGINS: dict[type[Event], type[Event]] = {
    FollowUpClosed: FollowUpAgreed,
    DeadlineEnded: DeadlineSet,
    TaskDone: TaskNoted,
    MeetingCalledOff: MeetingAnnounced,
    PersonLeftPost: PersonAppointed,
    WordingReported: VersionTabled,
}
_LINKS = {relation: relation.replace("-", "_") for relation in RELATIONS}  # with the field of the event
_ONE_WAY = ("depends-on", "replaces")  # the links that may not lead in a circle


class Lookup:
    """The entries of one negotiation during one filing: those in the record, and those about to be recorded.

    `as_typed` caches the slugs, by kind, and the voices that were already found to exist. A filing only adds entries,
    so they need not be looked up again.
    """

    def __init__(self, log: Log, negotiation: str) -> None:
        self.negotiation = negotiation
        self.as_typed: dict[str, set[str]] = defaultdict(set)
        self._log = log
        self._found: dict[Stream, StreamRecords] = {}
        self._kinds: dict[str, str | None] = {}
        self._names: dict[str, Names] = {}
        self._declared: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        self._declared_held: dict[str, When] = {}
        self._memberships: Memberships | None = None
        self._quoting: dict[str, list[tuple[Stream, Quote]]] | None = None

    def stream(self, kind: str, slug: str) -> Stream:
        return Stream(self.negotiation, kind, slug)

    @cached_property
    def levels(self) -> Levels:
        """The levels of the ledger."""
        return self._log.remembered(LEVELS, levels_in)

    def ranks(self, *streams: Stream) -> Ranks:
        """The levels of these entries, and of those that they name."""

        def find(slugs: Sequence[str]) -> list[Stream]:
            self.expect(slugs)
            return [self.stream(kind, slug) for slug in slugs if (kind := self.kind_of(slug))]

        return Ranks(reached(streams, self.records, find), self.levels)

    def every_rank(self) -> Ranks:
        """The levels of every entry; it reads the whole negotiation."""
        recorded = dict(self._log.by_stream(self.negotiation))
        return Ranks({**recorded, **{one: found.records for one, found in self._found.items()}}, self.levels)

    def negotiations(self) -> list[str]:
        """The negotiations in this ledger."""
        return self._log.negotiations()

    def records(self, stream: Stream) -> Sequence[Recorded]:
        """The events of a stream, oldest first; events about to be recorded come last, and have position 0."""
        return self._of(stream).records

    def standing(self, stream: Stream) -> Standing:
        """The valid reports of a stream."""
        found = self._of(stream)
        if found.standing is None:
            found.standing = standing(found.records)
        return found.standing

    def add(self, stream: Stream, event: Event) -> None:
        """Treat an event that is about to be recorded as part of the record."""
        records = self.records(stream)
        version = records[-1].version + 1 if records else 1
        self._found[stream] = StreamRecords((*records, Recorded(0, stream, version, "", "", event)))
        self._kinds[stream.slug] = stream.kind
        self._names.pop(stream.kind, None)
        if stream.kind == "party":
            self._memberships = None

    def declare(self, kind: str, slug: str, names: Iterable[str] = ()) -> None:
        """Register an entry that is being filed, with its names, so that other entries can already refer to it."""
        self._declared[kind][slug] = (*self._declared[kind].get(slug, ()), *names)
        self._names.pop(kind, None)

    def declare_held(self, meeting: str, held: When) -> None:
        """Register the dates of a meeting that is being filed; its first report counts."""
        self._declared_held.setdefault(meeting, held)

    def expect(self, slugs: Iterable[str]) -> None:
        """Look up the kinds of all these slugs in one query."""
        new = set(slugs) - self._kinds.keys()
        self._kinds |= dict.fromkeys(new)
        for stream in self._log.bearing(self.negotiation, new):
            self._kinds[stream.slug] = stream.kind

    def kind_of(self, slug: str) -> str | None:
        """The kind of the entry with this slug, or None."""
        if slug not in self._kinds:
            self.expect([slug])
        return self._kinds[slug]

    def slugs(self, kind: str) -> list[str]:
        """All slugs of a kind, recorded or about to be recorded."""
        added = (stream.slug for stream, found in self._found.items() if stream.kind == kind and found.records)
        return sorted({*self._log.slugs(self.negotiation, kind), *self._declared[kind], *added})

    def every_slug(self) -> list[str]:
        """The slugs of all kinds."""
        return [slug for kind in KINDS for slug in self.slugs(kind)]

    def find(self, kind: str, typed: str) -> str:
        """The slug of the entry that was typed as a slug, a name or an alias; a refusal names similar entries."""
        typed = typed.strip()
        if typed in self._declared[kind] or self._exists(kind, typed):
            return typed
        if kind not in self._names:
            self._names[kind] = Names({slug: self._names_of(kind, slug) for slug in self.slugs(kind)})
        return self._names[kind].slug_of(kind, typed)

    def find_among(self, kinds: Sequence[str], typed: str) -> str:
        """The same for an entry of any of these kinds."""
        typed = typed.strip()
        if any(typed in self._declared[kind] or self._exists(kind, typed) for kind in kinds):
            return typed
        names = {slug: self._names_of(kind, slug) for kind in kinds for slug in self.slugs(kind)}
        return Names(names).slug_of(f"{', '.join(kinds[:-1])} or {kinds[-1]}", typed)

    def source(self, slug: str) -> SourceRegistered | None:
        """A source, as corrected, with its text; None if no source has this slug."""
        return source_of(one.event for one in self.standing(self.stream("source", slug)).reports) if slug else None

    def measure(self, slug: str) -> MeasureNamed:
        """A measure, as last named; a new one may have any unit until its own entry has been read."""
        reports = self.standing(self.stream("measure", slug)).reports
        return reports[-1].event if reports else MeasureNamed(title=slug)  # type: ignore[return-value]

    def quoting(self, source: str) -> list[tuple[Stream, Quote]]:
        """The quotations of a source in the valid reports of the record; it reads the whole negotiation, once."""
        if self._quoting is None:
            self._quoting = defaultdict(list)
            for stream, records in self._log.by_stream(self.negotiation):
                for report in standing(records).valid:
                    self._quoting[report.event.source] += [(stream, quote) for quote in report.event.quotes]
        return self._quoting[source]

    def circle(self, slug: str, onward: Iterable[str], field: str) -> tuple[str, ...]:
        """The circle in which an entry would lead back to itself through this field, with the value `onward`."""

        def next_of(one: str) -> list[str]:
            kind = self.kind_of(one)
            reports = self.standing(self.stream(kind, one)).valid if kind else ()
            return [other for report in reports for other in getattr(report.event, field, ())]

        return rules.circle(slug, onward, next_of)

    def in_sentence(self, voice: str) -> str:
        """A voice in a sentence: `the United States`, or a person with the party: `Jamieson Greer (us)`."""
        party, slash, person = voice.partition("/")
        kind, slug = ("person", person) if slash else ("party", party)
        name = slug
        for report in reversed(self.standing(self.stream(kind, slug)).reports):
            event = report.event
            if found := getattr(event, "in_sentences", "") or getattr(event, "name", ""):
                name = found
                break
        return f"{name} ({party})" if slash else name

    def parties(self, day: str) -> tuple[str, ...]:
        """The parties to the negotiation on a day: see `Memberships.parties`."""
        reports = self.standing(self.stream("negotiation", self.negotiation)).reports
        opened_with = getattr(reports[-1].event, "parties", ()) if reports else ()
        return self.memberships().parties(opened_with, () if opened_with else self.slugs("party"), day)

    def memberships(self) -> Memberships:
        """The roles of the parties, by day, according to the record and this filing."""
        if self._memberships is None:
            self._memberships = Memberships(one for slug in self.slugs("party") for one in self._roles(slug))
        return self._memberships

    def _roles(self, party: str) -> Iterator[RoleHeld]:
        """The roles of one party, with their days."""
        stood = self.standing(self.stream("party", party))
        sources = {report.event.source for report in stood.valid if isinstance(report.event, RoleReported)}
        if not sources:
            return
        from ledger.domain.folds.names import memberships  # which loads every fold

        published = {slug: source.published for slug in sources if (source := self.source(slug)) is not None}
        publications = {slug: Publication(when, withdrawn=False) for slug, when in published.items()}
        for span in memberships(party, accounts(stood, publications)):
            yield RoleHeld(party, span.state.role, span.state.of, span.valid_from, span.valid_to)

    def parties_of(self, person: str) -> list[str]:
        """The parties for which a person speaks, according to the record."""
        return rules.spoken_for(self.standing(self.stream("person", person)))

    def blocs_of(self, party: str) -> list[str]:
        """The blocs and coalitions of which a party is or was a member."""
        return rules.blocs(self.standing(self.stream("party", party)))

    def held(self, meeting: str) -> When:
        """When a meeting was held, by its first report, so that later reports do not change how a file is read."""
        events = [report.event for report in self.standing(self.stream("meeting", meeting)).reports]
        reported = (event.held for event in events if isinstance(event, MeetingReported))
        return next(reported, self._declared_held.get(meeting, When()))

    def _of(self, stream: Stream) -> StreamRecords:
        found = self._found.get(stream)
        if found is None:
            self._found[stream] = found = self._read(stream)
            if found.records:
                self._kinds[stream.slug] = stream.kind
        return found

    def _read(self, stream: Stream) -> StreamRecords:
        # A slug has one kind, so if an entry of another kind has it, there is nothing to read.
        if not is_slug(stream.slug) or self._kinds.get(stream.slug, stream.kind) != stream.kind:
            return NOTHING
        return self._log.remembered(stream, StreamRecords)

    def _exists(self, kind: str, slug: str) -> bool:
        return bool(self._of(Stream(self.negotiation, kind, slug)).records) or (
            is_slug(slug) and self.kind_of(slug) == kind
        )

    def _names_of(self, kind: str, slug: str) -> Iterator[str]:
        """The names and aliases of an entry; a meeting has its kind and number, `round 2`."""
        yield from self._declared[kind].get(slug, ())
        if kind == "meeting":
            for report in self.standing(self.stream(kind, slug)).reports:
                if isinstance(report.event, MeetingAnnounced | MeetingReported) and report.event.number:
                    yield meeting_name(report.event.kind, report.event.number)
        if KINDS[kind].named:
            for report in self.standing(self.stream(kind, slug)).reports:
                event = report.event
                for name in (getattr(event, "name", ""), getattr(event, "title", ""), *getattr(event, "aliases", ())):
                    if name:
                        yield name


def has_begun(lookup: Lookup, stream: Stream, event: Event) -> bool:
    """Whether the record has what an event ends, or the conditions of which it says that they are met."""
    if begins := BEGINS.get(type(event)):
        return any(isinstance(report.event, begins) for report in lookup.standing(stream).valid)
    return not any(_without_condition(lookup, event))


def refuse_no_condition(lookup: Lookup, slug: str, event: Event) -> None:
    """Refuse a statement that says that a condition of another is met, which has none."""
    for other in _without_condition(lookup, event):
        raise NoCondition(slug=slug, other=other)


def _without_condition(lookup: Lookup, event: Event) -> Iterator[str]:
    """The statements of which an event says that a condition is met, though they have none."""
    for slug in getattr(event, "meets", ()):
        reports = lookup.standing(lookup.stream("statement", slug)).reports
        if not any(report.event.conditional_on for report in reports if isinstance(report.event, StatementReported)):
            yield slug


def refuse_circle(lookup: Lookup, slug: str, event: Event) -> None:
    """Refuse a task, a condition or a link that would lead back to its own entry, directly or by way of others."""
    if isinstance(event, TaskNoted) and (circle := lookup.circle(slug, event.waits_on, "waits_on")):
        raise WaitsOnItself(slug=slug, circle=" → ".join(circle))
    if slug in [one.on for one in getattr(event, "conditional_on", ())]:
        raise ConditionOnItself(slug=slug)
    for relation, field in _LINKS.items():
        if not (onward := getattr(event, field, ())):
            continue
        itself = (slug, slug) if slug in onward else ()
        if circle := lookup.circle(slug, onward, field) if relation in _ONE_WAY else itself:
            raise LinkedToItself(slug=slug, relation=relation, circle=" → ".join(circle))
