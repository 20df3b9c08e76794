"""The states of each kind of entry: folds produce them, tables store them and questions return them.

A state fits one row: its fields are texts, numbers, imprecise dates and lists of slugs. The columns are named after
the fields; a date takes four columns, and a list is stored as JSON.
"""

from typing import NamedTuple

from ledger.base.text import marked, on_condition
from ledger.dates import When, reported
from ledger.domain.vocabulary import guessed_mark

ALWAYS = "0001-01-01"  # the day from which a name is valid: names have no date
Slugs = tuple[str, ...]


class Party(NamedTuple):
    """A party to the negotiation; `in_sentences` is its name inside a sentence, "" if that is `name`."""

    slug: str
    name: str
    aliases: Slugs
    in_sentences: str


class Source(NamedTuple):
    """A source; `text_length` is in characters, 0 without a text. `inferred`: in its entries, such as the year."""

    slug: str
    kind: str
    title: str
    publisher: str
    published: When
    url: str
    language: str
    account_of: str
    derived_from: str
    credits: Slugs
    sha256: str
    text_length: int
    inferred: str = ""


class Statement(NamedTuple):
    """A statement. `day` is the day on which it counts as made, `turn` its place among the statements of that day.

    `conditional_on` are the words of its conditions, `conditional_about`, in parallel, the entry that each is about or
    "". `links` are such as `replaces vn-offer`. `inferred_in` are the fields that `inferred` is about, none for all.
    """

    slug: str
    by: Slugs
    on_behalf_of: Slugs
    to: Slugs
    act: str
    issues: Slugs
    says: str
    on: When
    at: str
    reported_by: str
    sources: Slugs
    day: str
    turn: str
    figures: Slugs = ()
    conditional_on: Slugs = ()
    conditional_about: Slugs = ()
    links: Slugs = ()
    inferred: str = ""
    inferred_in: Slugs = ()

    @property
    def order(self) -> tuple[str, str]:
        """Its place in the order of occurrence."""
        return self.day, self.turn

    @property
    def said_on(self) -> When:
        """When it was made, as exactly as the reports say."""
        return reported(self.on, self.day)

    def linked(self, relation: str) -> Slugs:
        """The entries to which it has such a link."""
        return tuple([one[len(relation) + 1 :] for one in self.links if one.startswith(f"{relation} ")])

    @property
    def told(self) -> str:
        """Its words, with its conditions, marked if the record keeper inferred something in it."""
        return f"{on_condition(self.says, self.conditional_on)}{guessed_mark(self.inferred, self.inferred_in)}"


class Meeting(NamedTuple):
    """A meeting. status: announced, expected, in progress (or over), held, called off, postponed; or of `views.status`.

    `expected_on` is the day of the latest expectation, `expected_by` the voices that expressed it (if none, the
    source), `expectations` their number, `told_as` the most definite report of it: announced, agreed, expected or "".
    `status_in` are the sources of its status, `reported_by` told them of it with this date, `held_within` is the time
    of all its days if reports differ. `told_when`: what the report says that announced it, if it gives another date.
    """

    slug: str
    kind: str
    number: int | None
    status: str
    expected: When
    expected_on: When
    expected_by: Slugs
    expected_source: str
    expectations: int
    before: str
    held: When
    place: str
    format: str
    parties: Slugs
    people: Slugs
    titles: Slugs
    issues: Slugs
    reason: str
    sources: Slugs
    figures: Slugs = ()
    links: Slugs = ()
    inferred: str = ""
    told_as: str = ""
    inferred_in: Slugs = ()  # the fields that rest on what was inferred; if it is empty, all do
    named_in: Slugs = ()  # in parallel to `people`, the source that last named them
    status_in: Slugs = ()
    held_within: When = When()
    reported_by: str = ""
    told_when: str = ""

    @property
    def held_by_all(self) -> When:
        """When it was held; if reports differ, some days from the first that one of them gives to the last."""
        return self.held_within or self.held

    @property
    def held_in_words(self) -> str:
        """When it was held: `6 to 7 October 2026 (contested)`."""
        return f"{self.held.describe()}{' (contested)' if self.held_within else ''}"

    @property
    def sides(self) -> Slugs:
        """The participants: the people, and the parties for which nobody is named."""
        named = {who.partition("/")[0] for who in self.people}
        return (*self.people, *(party for party in self.parties if party not in named))


class Forecast(NamedTuple):
    """One expectation of a meeting, or one date of a deadline; `meeting` is the slug of either.

    `nth` counts from 1 as they were expressed; `reason` is why it took another's place, `reported_by` who told of it.
    """

    meeting: str
    nth: int
    expected: When
    said_on: When
    by: Slugs
    at: str
    source: str
    position: int
    reason: str = ""
    reported_by: str = ""


class FollowUp(NamedTuple):
    """A follow-up, agreed or only promised (`told_as`). status: open, standing, done, lapsed, dropped or superseded.

    `agreed_on` and `at` are those of the first agreement. `reaffirmed` are the dates (EDTF) on which it was agreed
    again, `reaffirmed_sources` their sources. `within`: the days of `due` began when it was agreed ("within 60 days").
    `ended_for` are the owners whose part ended, `ended_as` and `ended_on`, in parallel, the outcomes and the dates
    (EDTF). While it is open, `owners` are the others. `agreed_in` report the agreement, of which `reported_by` told.
    `other_ends` are the ends in reports that differ: outcome, date (EDTF or "-"), voices: `lapsed 2025-06-10 us`.
    """

    slug: str
    says: str
    owners: Slugs
    due: When
    standing: bool
    issues: Slugs
    agreed_on: When
    at: str
    reaffirmed: Slugs
    reaffirmed_sources: Slugs
    status: str
    closed_on: When
    closed_by: Slugs
    sources: Slugs
    figures: Slugs = ()
    links: Slugs = ()
    inferred: str = ""
    within: bool = False
    told_as: str = "agreed"
    ended_for: Slugs = ()
    ended_as: Slugs = ()
    ended_on: Slugs = ()
    parts_by: Slugs = ()  # in parallel to `ended_for`, the voices that said so, as one text, and their source
    parts_in: Slugs = ()
    agreed_in: Slugs = ()
    other_ends: Slugs = ()
    reported_by: str = ""
    end_told: Slugs = ()  # if no owner says that it ended, the voices that do, and `in SOURCE` for a source's own word

    @property
    def told(self) -> str:
        """The task, marked if the record keeper inferred something in it."""
        return marked(self.says, self.inferred)

    @property
    def is_closed(self) -> bool:
        """Whether all of it ended."""
        return self.status not in ("open", "standing")


class Deadline(NamedTuple):
    """A deadline. status: open, met, missed or lifted, as reported; `views.status` derives others.

    `due`, the last of a number of `dates`, was given by the voices `set_by` on `set_on`. For others, see `FollowUp`.
    """

    slug: str
    says: str
    due: When
    basis: str
    owners: Slugs
    issues: Slugs
    set_on: When
    set_by: Slugs
    at: str
    dates: int
    status: str
    ended_on: When
    ended_by: Slugs
    sources: Slugs
    inferred: str = ""
    within: bool = False
    reported_by: str = ""

    @property
    def told(self) -> str:
        """The task with this deadline, marked if the record keeper inferred something in it."""
        return marked(self.says, self.inferred)


class Task(NamedTuple):
    """A task of the keeper's own side, open or done; `assignee` is a voice or any name, `within` as in `FollowUp`."""

    slug: str
    says: str
    assignee: str
    due: When
    waits_on: Slugs
    status: str
    done_on: When
    within: bool = False


class Issue(NamedTuple):
    """A matter between the parties, and its status.

    status: named (no statement yet), noted, open, answered, deferred, narrowed, agreed in principle, unresolved,
    agreed, partly settled, settled, withdrawn. `settled_by` and the like are the parties that said so; `words_reported`
    has the words of a party that others reported: `settled: us, as told by ch/ann-lee`. `raised_since` is the act that
    last raised it after it was narrowed or agreed in principle, if `raised_surely`; otherwise their order is not known.
    `positions` are, in parallel to `holding`, the last statements in which these parties took a position; `besides` has
    others that may be later, as one text. `rests_on` are the statements that gave it its status, the last one at the
    end; those in `rests_on_inferred` have an inference, those in `conditional` conditions. See also `Ask`.
    """

    slug: str
    title: str
    about: str
    status: str
    raised_by: Slugs
    times_raised: int
    first_raised: str
    last_raised: str
    last_answer: str
    last_answer_act: str
    last_answer_by: Slugs
    narrowed_by: Slugs
    raised_since: str
    unresolved_by: Slugs
    settled_by: Slugs
    holding: Slugs
    positions: Slugs
    last_spoken: str
    bounds: Slugs
    in_principle_by: Slugs = ()
    words_reported: Slugs = ()
    rests_on_inferred: Slugs = ()
    unless: str = ""
    besides: Slugs = ()
    other_answers: Slugs = ()
    other_answers_by: Slugs = ()
    rests_on: Slugs = ()
    conditional: Slugs = ()
    raised_surely: bool = True
    surely_by: Slugs = ()
    surely_last: bool = True


class Ask(NamedTuple):
    """One party's request on one issue. status: open, answered, deferred, agreed, withdrawn.

    Days are ISO dates. `answers`, `waits` and `through` run parallel to `to`: the act with which each answered since it
    was last asked, the day since when it is awaited, the bloc that answered for it; else "". `answered_in` are the
    statements with those answers. A party that is `considering` is awaited. `waiting_since` is the earliest of `waits`;
    if nobody was named, that of the first ask after the last answer; else "". `deferred_in` is the statement that
    deferred it, until it is answered, asked again or withdrawn, `ended_in` the one that ended it. `bounds` are latest
    possible days; `surely_by` has those of a convention, each with one by which it was over: `2026-09-10 2026-09-30`.
    `last_end` is the day on which a wait last ended, `surely_since` that of the first request surely after it. `unless`
    is its status if the end of the wait, or another answer, came last; "" if that is excluded. `waiting_in`: the
    request since which it waits. `other_answers` are acts of answers that may be later, `other_answers_by` who gave
    them. `surely_last`: no other request may be later. `unnamed`: the last answer or withdrawal names none of several.
    """

    issue: str
    asker: str
    to: Slugs
    answers: Slugs
    waits: Slugs
    status: str
    times: int
    first_asked: str
    last_asked: str
    last_answer: str
    last_answer_act: str
    last_answer_by: Slugs
    waiting_since: str
    first_statement: str
    last_statement: str
    answer_statement: str
    deferred_in: str
    bounds: Slugs
    through: Slugs
    last_end: str = ""
    surely_since: str = ""
    answered_in: Slugs = ()
    ended_in: str = ""
    rests_on_inferred: Slugs = ()
    unless: str = ""
    other_answers: Slugs = ()
    other_answers_by: Slugs = ()
    surely_by: Slugs = ()
    surely_last: bool = True
    unnamed: bool = False
    waiting_in: str = ""


class IssueSnapshot(NamedTuple):
    """The data that the fold of an issue needs to resume, besides the issue and its asks.

    `day` and `turn`: of the last statement; `until`: when one last came or left; `replaced`: others; `early`: answers
    before any ask; `words`: for its status; `over`: old requests; `otherwise`: a status and what else it may be.
    """

    issue: str
    answered_by: Slugs
    replaced: Slugs
    day: str
    turn: str
    until: str
    early: Slugs = ()
    words: Slugs = ()
    inferred: Slugs = ()
    held: Slugs = ()
    conditional: Slugs = ()
    over: Slugs = ()
    otherwise: Slugs = ()


class Link(NamedTuple):
    """A link of an entry to another, its `target`: a `relation`, the day of the entry with it, and who reports it."""

    slug: str
    relation: str
    target: str
    on: When
    sources: Slugs

    def __str__(self) -> str:
        return f"{self.relation} {self.target}"


class Contest(NamedTuple):
    """A field on which reports of one entry disagree; the lists are parallel, with one item for each report.

    If `kind` is measure, they are values of one day from different entries that cannot all be true. `field` names the
    day and, for positions, the party. Each value names its entry, and none is preferred.
    """

    kind: str
    slug: str
    field: str
    preferred: str
    values: Slugs
    sources: Slugs
    positions: Slugs
    quotes: Slugs
