"""The story of a negotiation: its events in order of occurrence, and the changes that each event made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ledger.base.text import capital, said_of
from ledger.dates import When, ends_on, reported
from ledger.domain.clocks import Clocks
from ledger.domain.events import UNKNOWN, MeetingReported, RoleReported, Stream
from ledger.domain.folds import meeting
from ledger.domain.folds.issues import issue
from ledger.domain.folds.issues.folded import NO_MEMBERSHIPS
from ledger.domain.folds.names import memberships
from ledger.domain.kinds import ENDS, Span
from ledger.domain.reports import Account, Settled, Streams, accounts, held_days, linked_days, occurred, standing
from ledger.domain.sentences import tell, told_by
from ledger.domain.states import ALWAYS, Meeting, Statement
from ledger.domain.voices import named_meeting
from ledger.domain.wording import changes
from ledger.log.log import Log
from ledger.projections.fold import fold_entry, who_is_what
from ledger.projections.sources import selected


class StateChange(NamedTuple):
    """An entry whose state an event changed, with the changes in short phrases."""

    kind: str
    slug: str
    how: tuple[str, ...]


class Step(NamedTuple):
    """One event of the story. It counts on `day`; `on` is its date as reported.

    `position` is 0 for the end of a meeting, which has no separate event.
    """

    day: str
    on: When
    position: int
    kind: str
    slug: str
    sentence: str
    changed: tuple[StateChange, ...]


def story(log: Log, negotiation: str, clocks: Clocks) -> Iterator[Step]:
    """The steps of the part of the log that the clocks select; events that name something have no step."""
    streams, publications = selected(log, negotiation, clocks)
    stood = {stream: standing(records) for stream, records in streams.items()}
    teller = _Storyteller(streams)
    steps: list[tuple[Any, Stream, Account, bool]] = []
    held = held_days(streams, publications)
    made_by = linked_days(streams, publications, held)
    for stream in streams:
        for account in accounts(stood[stream], publications, held, made_by.get(stream.slug, "")):
            if account.day == ALWAYS or stream.kind in ("source", "task"):
                teller.know(stream, account)
                continue
            steps.append((account.order, stream, account, False))
            ends = meeting.ends(account)
            if ends not in ("", account.day):
                steps.append(((ends, *account.order[1:]), stream, account, True))
    steps.sort(key=lambda step: (step[0], step[3]))
    more_of_it = _more_of_it(account for _, stream, account, _ in steps if stream.kind == "statement")
    for (day, *_), stream, account, is_end in steps:
        if clocks.as_of is None or day <= clocks.as_of:
            if stream.kind == "statement":
                teller.waits_for_more = next(more_of_it)
            step = teller.step(stream, account, day, is_end, stood[stream].settled)
            if step.changed or not is_end:  # one step for the end, even if several sources report it
                yield step


def _more_of_it(said: Iterable[Account]) -> Iterator[bool]:
    """For each report of a statement, whether others follow with which it has no known order.

    What they make of the issues is told with the last of them.
    """
    every = [(account.order[:3], getattr(account.event, "on", UNKNOWN).edtf == account.day) for account in said]
    left = Counter(group for group, _ in every)
    unordered = {group for group, exact in every if not exact}
    for group, _ in every:
        left[group] -= 1
        yield group in unordered and left[group] > 0


class _Storyteller:
    """Refolds an entry with each of its events, and compares its state with the previous one."""

    def __init__(self, streams: Streams) -> None:
        self._known: dict[Stream, list[Account]] = defaultdict(list)
        self._states: dict[tuple[str, str], Any] = {}
        self._said: dict[str, dict[str, list[Span]]] = defaultdict(dict)
        self._who = NO_MEMBERSHIPS
        self._accounts: dict[str, list[str]] = defaultdict(list)  # of each meeting, in sentences
        self.waits_for_more = False  # whether the next statement has no known order with later ones
        self._waiting: dict[str, None] = {}  # the issues of the statements before those

    def know(self, stream: Stream, account: Account) -> None:
        self._known[stream].append(account)
        if isinstance(account.event, RoleReported):
            held = (
                (one.slug, memberships(one.slug, known)) for one, known in self._known.items() if one.kind == "party"
            )
            rows = ((party, one.state.role, one.state.of, *one[1:]) for party, spans in held for one in spans)
            self._who = who_is_what(rows)

    def step(self, stream: Stream, account: Account, day: str, is_end: bool, settled: Settled) -> Step:
        if not is_end:
            self.know(stream, account)
        spans = fold_entry(stream, self._known[stream], settled)
        before, after = self._states.get((stream.kind, stream.slug)), _at(spans, day)
        changed = self._compare(stream.kind, stream.slug, before, after)
        if isinstance(after, Statement):
            for slug in dict.fromkeys([*(before.issues if before else ()), *after.issues]):
                self._said[slug][stream.slug] = [span for span in spans if slug in span.state.issues]
                self._waiting[slug] = None
        for slug in [] if self.waits_for_more else [*self._waiting]:
            changed += self._issue(stream._replace(kind="issue", slug=slug), day)
            del self._waiting[slug]
        ended = f"{capital(named_meeting(after))} ended{told_by(account.event)}" if is_end else ""
        sentence = ended or self._told(stream, account)
        if type(account.event).__name__ in ENDS and after is not None:
            what = _with_its_date(after, before) if isinstance(after, Meeting) else after.says
            sentence = said_of(what, sentence)
        when = occurred(account.event)
        unbegun = when.is_duration and when.earliest is None and not is_end  # only its end is on record
        exact = ends_on(when, day) and not unbegun
        on = When(day) if exact else reported(When() if is_end or unbegun else when, day)
        return Step(day, on, 0 if is_end else account.position, stream.kind, stream.slug, sentence, tuple(changed))

    def _told(self, stream: Stream, account: Account) -> str:
        """The event as a sentence; a further account of a meeting says so, or that it says the same."""
        sentence = tell(account.event)
        if not isinstance(account.event, MeetingReported):
            return sentence
        before = self._accounts[stream.slug]
        self._accounts[stream.slug] = [*before, sentence]
        if sentence in before:
            return f"{sentence} (also in {account.source})"
        return f"{sentence} (another account)" if before else sentence

    def _issue(self, stream: Stream, day: str) -> list[StateChange]:
        said = [span for spans in self._said[stream.slug].values() for span in spans]
        folded = issue.fold(stream.slug, self._known[stream], said, who=self._who)
        changed = self._compare("issue", stream.slug, self._states.get(("issue", stream.slug)), _at(folded.issue, day))
        for asker in dict.fromkeys(span.state.asker for span in folded.asks):
            asked = _at([span for span in folded.asks if span.state.asker == asker], day)
            kind = f"ask of {asker} on"
            changed += self._compare(kind, stream.slug, self._states.get((kind, stream.slug)), asked)
        return changed

    def _compare(self, kind: str, slug: str, before: Any, after: Any) -> list[StateChange]:
        self._states[kind, slug] = after
        if after is None or before == after:
            return []
        how = tuple(changes(before, after))
        return [StateChange(kind, slug, how)] if how else []


def _with_its_date(meeting: Meeting, before: Meeting | None) -> str:
    """A meeting with the date that it had before it was called off: `Round 2, expected 12 October 2026`."""
    name, had = capital(named_meeting(meeting)), (before or meeting).expected
    return f"{name}, expected {had.describe(limit=True)}" if had else name


def _at(spans: Sequence[Span], day: str) -> Any:
    """The state that was valid on a day; None if there was none."""
    held = (span.state for span in spans if span.valid_from <= day and (not span.valid_to or span.valid_to > day))
    return next(held, None)
