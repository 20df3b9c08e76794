"""The events: immutable facts in the past tense, in negotiators' words.

An event is one thing that a source reported or that the record keeper did. Empty means "not reported": an empty string,
an empty tuple, a `When` without a date. A *voice* is a party (`us`) or a party and a person (`us/jamieson-greer`).
Slugs refer to entries of the same negotiation.
"""

from typing import Any, NamedTuple

from msgspec import Struct

from ledger.dates import When
from ledger.domain.figures.figure import Figure
from ledger.domain.kinds import KIND_OF

UNKNOWN = When()
Slugs = tuple[str, ...]


class Stream(NamedTuple):
    """The name of one entry's stream of events."""

    negotiation: str
    kind: str
    slug: str

    def __str__(self) -> str:
        return f"{self.negotiation}/{self.kind}/{self.slug}"

    @classmethod
    def named(cls, name: str) -> "Stream":
        """The stream of a stored name such as `vn-us-trade/meeting/round-2`."""
        negotiation, kind, slug = name.split("/")
        return cls(negotiation, kind, slug)


LEVELS = Stream("-", "ledger", "levels")  # where a ledger names its levels: no negotiation can have such a slug


class Quote(Struct, frozen=True, omit_defaults=True):
    """Exact words of a source; `start` and `end` locate them in its frozen text, -1 while unverified."""

    words: str
    start: int = -1
    end: int = -1

    @property
    def verified(self) -> bool:
        return self.start >= 0


class Attendee(Struct, frozen=True, omit_defaults=True):
    """A participant in a meeting, with the title that they had that day."""

    who: str
    title: str = ""


class Condition(Struct, frozen=True, omit_defaults=True):
    """A condition, in the words of the source; `on` is the slug of the entry that it is about, "" if there is none."""

    words: str
    on: str = ""

    def __str__(self) -> str:
        return f"{self.words} ({self.on})" if self.on else self.words


class ProvisionTabled(Struct, frozen=True, omit_defaults=True):
    """A provision of a version: its number, its words with brackets, and the heading of the article it begins."""

    number: str
    words: str
    heading: str = ""


class Change(Struct, frozen=True):
    """A corrected field: its old and its new value."""

    old: Any
    new: Any


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The base of all events. `source` and `quotes` are the evidence; events that name something need no source.

    `reaffirms`, `answers`, `denies`, `depends_on`, `replaces` and `meets` are the slugs of other entries, to which this
    one is linked.
    `inferred`, in a report, says which content is the keeper's inference and not the source's own word, and why; "" if
    none. `level` is the level of confidentiality that the keeper gave it, "" if none.
    """

    source: str = ""
    quotes: tuple[Quote, ...] = ()
    level: str = ""


class NegotiationOpened(Event, frozen=True, kw_only=True):
    """The record of a negotiation was opened. `notice` is a sentence that stands at the head of every page."""

    title: str
    parties: tuple[str, ...] = ()
    notice: str = ""


class PartyNamed(Event, frozen=True, kw_only=True):
    """A party to the negotiation was named; `in_sentences` is its name in a sentence, such as "the United States"."""

    name: str
    aliases: tuple[str, ...] = ()
    in_sentences: str = ""


class RoleReported(Event, frozen=True, kw_only=True):
    """A party was reported to have a role in the negotiation or, with `of_party`, in a bloc or coalition.

    `until` is the last day of the role. Without a source it is the keeper's own word, as a name is.
    """

    role: str
    of_party: str = ""
    since: When = UNKNOWN
    until: When = UNKNOWN
    inferred: str = ""


class PersonNamed(Event, frozen=True, kw_only=True):
    """A person was named; they speak for `party`. A `body`, such as a parliament, speaks as a person does."""

    name: str
    aliases: tuple[str, ...] = ()
    party: str = ""
    body: bool = False


class PersonAppointed(Event, frozen=True, kw_only=True):
    """A person was reported to hold a post; `since` is empty if the start was not reported."""

    post: str
    party: str = ""
    since: When = UNKNOWN
    inferred: str = ""


class PersonLeftPost(Event, frozen=True, kw_only=True):
    """A person was reported to have left a post; without `post`, every post that the person had.

    `reported_by` is the voice, or the words for who it is, that the source names for it; "" if none.
    """

    post: str = ""
    on: When = UNKNOWN
    reason: str = ""
    inferred: str = ""
    reported_by: str = ""


class IssueNamed(Event, frozen=True, kw_only=True):
    """A matter between the parties was given a name."""

    title: str
    about: str = ""
    aliases: tuple[str, ...] = ()


class MeasureNamed(Event, frozen=True, kw_only=True):
    """A measure was named: a number that the talks are about, such as a tariff rate or the chapters closed.

    `unit` is the unit of its values, "" if they may have any; `whole` is the number of which they are a part, as a
    decimal, "" if there is none.
    """

    title: str
    unit: str = ""
    whole: str = ""
    aliases: tuple[str, ...] = ()


class SourceRegistered(Event, frozen=True, kw_only=True):
    """A source was filed. `text` is its frozen text, "" if not available; `sha256` is the hash of its UTF-8 bytes.

    If the text was taken from a file in another format, `original` is the name of that file, `original_type` its media
    type, `original_sha256` that of its bytes, and `extractor` the library that took it, with its version.
    """

    kind: str
    title: str
    publisher: str = ""
    published: When = UNKNOWN
    url: str = ""
    language: str = ""
    text: str = ""
    sha256: str = ""
    account_of: str = ""
    derived_from: str = ""
    credits: tuple[str, ...] = ()
    original: str = ""
    original_type: str = ""
    original_sha256: str = ""
    extractor: str = ""
    inferred: str = ""


class SourceTextFrozen(Event, frozen=True, kw_only=True):
    """The text of a registered source was frozen later; its quotes are verified from then on."""

    text: str
    sha256: str


class MeetingAnnounced(Event, frozen=True, kw_only=True):
    """A coming meeting was reported: `by` whom, `on` which day and `at` which meeting; it comes `before` another.

    `told_as` says how it was put: announced, agreed or only expected; "" if the keeper did not say, which claims no
    more than expected. `issues` are those on its agenda. `instead_of` is an earlier date that the report says was given
    up, and `reason` why. `reported_by` is as in `PersonLeftPost`.
    """

    kind: str
    number: int | None = None
    expected: When = UNKNOWN
    told_as: str = ""
    by: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    people: tuple[Attendee, ...] = ()
    place: str = ""
    format: str = ""
    on: When = UNKNOWN
    at: str = ""
    before: str = ""
    issues: tuple[str, ...] = ()
    reaffirms: Slugs = ()
    depends_on: Slugs = ()
    replaces: Slugs = ()
    inferred: str = ""
    instead_of: When = UNKNOWN
    reason: str = ""
    reported_by: str = ""


class MeetingReported(Event, frozen=True, kw_only=True):
    """A meeting was reported to have been held, or to be under way. `reported_by` is as in `PersonLeftPost`."""

    kind: str
    number: int | None = None
    held: When = UNKNOWN
    place: str = ""
    format: str = ""
    parties: tuple[str, ...] = ()
    people: tuple[Attendee, ...] = ()
    issues: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    inferred: str = ""
    reported_by: str = ""


class MeetingCalledOff(Event, frozen=True, kw_only=True):
    """An announced meeting was called off, or postponed without a new date, as `told_as` says; `by` whom, if reported.

    `reported_by` is as in `PersonLeftPost`.
    """

    on: When = UNKNOWN
    reason: str = ""
    by: tuple[str, ...] = ()
    inferred: str = ""
    told_as: str = "called-off"
    reported_by: str = ""


class StatementReported(Event, frozen=True, kw_only=True):
    """A statement on one or more issues was reported; `says` is the keeper's own paraphrase.

    `inferred_in` are the fields that the keeper's inference is about, such as `conditional_on`; none means all of them.
    `meets` are the statements of which it says that a condition is met, or, if it denies, that it is not.
    """

    by: tuple[str, ...]
    act: str
    says: str
    on_behalf_of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    on: When = UNKNOWN
    at: str = ""
    reported_by: str = ""
    figures: tuple[Figure, ...] = ()
    conditional_on: tuple[Condition, ...] = ()
    reaffirms: Slugs = ()
    answers: Slugs = ()
    depends_on: Slugs = ()
    replaces: Slugs = ()
    inferred: str = ""
    denies: Slugs = ()
    inferred_in: Slugs = ()
    meets: Slugs = ()


class FollowUpAgreed(Event, frozen=True, kw_only=True):
    """The parties agreed that something will be done: by a day, or from then on (`standing`).

    `told_as` says whether it was agreed or only promised by its owners; "" in older events, which have no such field.
    `reported_by` is as in `PersonLeftPost`.
    """

    says: str
    owners: tuple[str, ...] = ()
    due: When = UNKNOWN
    standing: bool = False
    issues: tuple[str, ...] = ()
    on: When = UNKNOWN
    at: str = ""
    figures: tuple[Figure, ...] = ()
    reaffirms: Slugs = ()
    depends_on: Slugs = ()
    replaces: Slugs = ()
    inferred: str = ""
    told_as: str = ""
    reported_by: str = ""


class FollowUpClosed(Event, frozen=True, kw_only=True):
    """A follow-up ended, or the part of some `owners`: done, lapsed, dropped or superseded, according to `by`."""

    outcome: str
    on: When = UNKNOWN
    by: tuple[str, ...] = ()
    inferred: str = ""
    owners: tuple[str, ...] = ()


class DeadlineSet(Event, frozen=True, kw_only=True):
    """A deadline was set, or moved: `by` whom, on which `basis` (legal, agreed or self-imposed), for its `owners`.

    `instead_of` is an earlier date that the report says was given up. `reported_by` is as in `PersonLeftPost`.
    """

    says: str
    due: When = UNKNOWN
    basis: str = ""
    owners: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    on: When = UNKNOWN
    at: str = ""
    inferred: str = ""
    instead_of: When = UNKNOWN
    reported_by: str = ""


class DeadlineEnded(Event, frozen=True, kw_only=True):
    """A deadline ended: it was met, missed or lifted, according to `by`."""

    outcome: str
    on: When = UNKNOWN
    by: tuple[str, ...] = ()
    inferred: str = ""


class TaskNoted(Event, frozen=True, kw_only=True):
    """The keeper noted a task of their own side, which was not agreed with anybody.

    `assignee` is a voice, or any name. `waits_on` has the slugs of the entries that must come first: other tasks,
    follow-ups, deadlines, meetings, and issues on which an answer is awaited.
    """

    says: str
    assignee: str = ""
    due: When = UNKNOWN
    waits_on: tuple[str, ...] = ()


class TaskDone(Event, frozen=True, kw_only=True):
    """A task of the keeper's own side was done."""

    on: When = UNKNOWN


class VersionTabled(Event, frozen=True, kw_only=True):
    """A version of a draft text was tabled; `provisions` is empty if the report does not give its words."""

    version: str
    title: str = ""
    by: tuple[str, ...] = ()
    on: When = UNKNOWN
    at: str = ""
    provisions: tuple[ProvisionTabled, ...] = ()
    inferred: str = ""


class WordingReported(Event, frozen=True, kw_only=True):
    """The wording of a provision was reported: proposed, withdrawn, bracketed, agreed or deleted.

    `instead_of` is the phrase of the provision that the words are to replace, "" for all of it.
    """

    provision: str
    status: str
    words: str = ""
    instead_of: str = ""
    by: tuple[str, ...] = ()
    on: When = UNKNOWN
    at: str = ""
    inferred: str = ""


class AnswerAsserted(Event, frozen=True, kw_only=True):
    """The keeper asserted the answer to a question as of a day; without `as_of`, as of the day of each check.

    `about` and `asker` are the subject of the question. `answer` is one of the question's words or, for the next
    round, the slug of a meeting; "none" asserts that there is none. Fields that are empty or None are not asserted.
    """

    question: str
    about: str = ""
    asker: str = ""
    as_of: When = UNKNOWN
    answer: str = ""
    expected: When = UNKNOWN
    held: When = UNKNOWN
    due: When = UNKNOWN
    times: int | None = None
    waiting: bool | None = None
    since: When = UNKNOWN


class EntryCorrected(Event, frozen=True, kw_only=True):
    """The record was wrong: `changes` maps each field to its old and new value as stored.

    `of` is the version, in the stream, of the corrected report; 0 corrects every report so far, which settles any
    contest among them. Old values that differed are stored as {"each": [...]}. A correction from another ledger has
    `reports` instead: the versions of the reports that were corrected there.
    """

    changes: dict[str, Change]
    reason: str
    of: int = 0
    reports: tuple[int, ...] = ()


class EntryRetracted(Event, frozen=True, kw_only=True):
    """The entry is no longer valid: it was entered in error, or withdrawn by its source.

    It withdraws every report so far. A retraction from another ledger has `reports` instead: the versions of the
    reports that were retracted there.
    """

    cause: str
    reason: str
    reports: tuple[int, ...] = ()


class EntryReinstated(Event, frozen=True, kw_only=True):
    """A retraction was a mistake: the entry is valid again.

    It takes back every retraction of the entry so far; one from another ledger, those that were taken back there
    (`retractions`: versions). A later retraction is valid.
    """

    reason: str
    retractions: tuple[int, ...] = ()


class LevelSet(Event, frozen=True, kw_only=True):
    """The entry was given another `level` of confidentiality; `was` is the level before."""

    was: str
    reason: str


class LevelsNamed(Event, frozen=True, kw_only=True):
    """The levels of confidentiality of the ledger were named, the most open first; `level` is its default."""

    levels: tuple[str, ...]


class Erased(Struct, frozen=True, omit_defaults=True):
    """Replaces an event whose stored bytes were erased; `sha256` is the commitment to them.

    `origin` is the event's `Origin.id`, if it was merged from another ledger. `level` is the level that the event had,
    "" for the most open.
    """

    position: int
    version: int
    type: str
    sha256: str
    recorded_at: str
    recorded_by: str
    origin: str = ""
    level: str = ""


class EntryErased(Event, frozen=True, kw_only=True):
    """The stored content of an entry's events was erased; `basis` is the rule or order that asked for it.

    `elsewhere` names the events that were erased in another ledger (by `Origin.id`).
    """

    erased: tuple[Erased, ...]
    reason: str
    basis: str = ""
    elsewhere: tuple[str, ...] = ()


# The kind of entry that each event belongs to; "" for the events that may occur in any stream.
STREAM_KIND: dict[type[Event], str] = {event: KIND_OF.get(event.__name__, "") for event in Event.__subclasses__()}
NAMINGS = (NegotiationOpened, PartyNamed, PersonNamed, IssueNamed, MeasureNamed)
UPKEEP = tuple(event for event, kind in STREAM_KIND.items() if not kind)  # they change the record and report nothing
# Posts of people, roles of parties and wordings of texts: one source may report several of them of one entry.
REPEATED = (PersonAppointed, PersonLeftPost, RoleReported, WordingReported)
INTERNAL = (TaskNoted, TaskDone)  # the keeper's own, which no source reports; they count from the day of recording
SOURCELESS = (*NAMINGS, AnswerAsserted)  # the keeper's own acts: they have no source and no day


class Origin(Struct, frozen=True, omit_defaults=True):
    """Where a merged event was first recorded: when, and at which position of that ledger.

    `id` is the commitment to the bytes stored there, so it names the event in every ledger. `rank` orders corrections:
    each has a higher rank than the corrections of the entry that its ledger already had.
    """

    id: str
    recorded_at: str
    position: int
    rank: int = 0
    recorded_on: str = ""


class Recorded(NamedTuple):
    """An event in the log, with its place, its time and its keeper; `version` counts from 1 within its stream.

    `recorded_at` is in UTC. `recorded_on` is the day in the keeper's time zone, "" where it was the same in UTC.
    `origin`: where it was first recorded, if it was merged from another ledger.
    """

    position: int
    stream: Stream
    version: int
    recorded_at: str
    recorded_by: str
    event: Event
    recorded_on: str = ""
    origin: Origin | None = None

    @property
    def day(self) -> str:
        """The day on which the keeper recorded it, as an ISO date."""
        return self.recorded_on or self.recorded_at[:10]

    @property
    def first_day(self) -> str:
        """The day on which the event was first recorded, in the time zone of that keeper."""
        return self.first.recorded_on or self.first.recorded_at[:10]

    @property
    def first(self) -> "Origin | Recorded":
        """Where it was first recorded, in this ledger or in another."""
        return self.origin if self.origin is not None else self

    @property
    def filed(self) -> str:
        """Its place in the order of filing, as a text that sorts like it; it is the same in every ledger."""
        first = self.first
        return f"{first.recorded_at} {first.position:012}"

    @property
    def type(self) -> str:
        return type(self.event).__name__
