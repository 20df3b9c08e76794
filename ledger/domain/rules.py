"""Which event may follow which: pure checks on the valid part of a stream.

The rules do not depend on the order of filing: a meeting announced after it was held is refused, whether the
announcement or the report is filed second.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ledger.base.errors import UnknownWord
from ledger.base.names import fold
from ledger.dates import When, surely_after
from ledger.domain import events
from ledger.domain.clocks import last_day
from ledger.domain.errors import (
    AgreedInBrackets,
    AlreadyClosed,
    AlreadyEnded,
    AlreadyHeld,
    AlreadyOpened,
    AlreadyRetracted,
    AssertedTwice,
    AssertsNothing,
    ClosedBeforeAgreed,
    DueAndStanding,
    EndedBeforeSet,
    EndsBeforeItBegins,
    EntryWasErased,
    EntryWasRetracted,
    HeldBeforeAnnounced,
    MemberOfItself,
    MemberOfNothing,
    MissingField,
    NamedTwice,
    NeverAgreed,
    NeverAnnounced,
    NeverAppointed,
    NeverSet,
    NeverTabled,
    NoParty,
    NotAnOwner,
    NotOfTheQuestion,
    OtherPerson,
    OtherPost,
    SourceWasRetracted,
    UnknownParty,
    UnknownSlug,
    WordsDoNotFit,
)
from ledger.domain.events import Event
from ledger.domain.reports import Standing
from ledger.domain.texts.brackets import is_bracketed, parsed
from ledger.domain.texts.numbering import place_of
from ledger.domain.vocabulary import QUESTIONS
from ledger.domain.voices import UNATTRIBUTED


def check(kind: str, slug: str, stood: Standing, event: Event) -> None:
    """Refuse an event that may not follow the valid part of its stream."""
    if stood.retracted is not None:
        if isinstance(event, events.EntryRetracted):
            raise AlreadyRetracted(slug=slug, reason=stood.retracted.reason)
        if isinstance(event, events.EntryCorrected | events.SourceTextFrozen):
            raise EntryWasRetracted(slug=slug, reason=stood.retracted.reason)
        if isinstance(event, events.SourceRegistered):
            raise SourceWasRetracted(slug=slug, reason=stood.retracted.reason)
    if stood.erased is not None and stood.wholly_erased:
        raise EntryWasErased(slug=slug, reason=stood.erased.reason)
    if isinstance(event, events.StatementReported):
        _statement(event)
        return  # it may follow any other event
    if isinstance(event, events.UPKEEP):
        if not stood.reports:
            raise UnknownSlug(what=kind, typed=slug, hint="Record it first.")
        return
    before = [report.event for report in stood.valid]  # what was retracted may be filed again
    match event:
        case events.NegotiationOpened():
            for opened in before:
                raise AlreadyOpened(slug=slug, title=getattr(opened, "title", ""))
        case events.PartyNamed() if slug == UNATTRIBUTED:
            raise NoParty(slug=slug)
        case (
            events.PartyNamed()
            | events.PersonNamed()
            | events.IssueNamed()
            | events.MeasureNamed()
            | events.SourceRegistered()
        ):
            _named_once(kind, slug, before, event)
        case events.RoleReported():
            if not any(isinstance(earlier, events.PartyNamed) for earlier in before):
                raise UnknownParty(slug=slug)
            _role(slug, event)
        case events.PersonAppointed() | events.PersonLeftPost():
            if not any(isinstance(earlier, events.PersonNamed) for earlier in before):
                raise OtherPerson(slug=slug)
            if isinstance(event, events.PersonLeftPost):
                _left(slug, before, event)
        case events.MeetingAnnounced() | events.MeetingReported() | events.MeetingCalledOff():
            _meeting(slug, [*before, event])
        case events.FollowUpAgreed() | events.FollowUpClosed():
            _follow_up(slug, before, event)
        case events.DeadlineSet() | events.DeadlineEnded():
            _deadline(slug, [*before, event])
        case events.VersionTabled() | events.WordingReported():
            _text(slug, [*before, event])
        case events.TaskDone():
            if not any(isinstance(earlier, events.TaskNoted) for earlier in before):
                raise UnknownSlug(what="task", typed=slug, hint="Record it first.")
        case events.AnswerAsserted():
            if before:
                raise AssertedTwice(slug=slug)
            _assertion(slug, event)


def consistent(kind: str, slug: str, stood: Standing) -> None:
    """Refuse a correction after which the stream would break a rule."""
    story = [report.event for report in stood.reports]
    if kind == "meeting" and story:
        _meeting(slug, story)
    if kind == "follow-up" and story:
        _follow_up(slug, story[:-1], story[-1])
    if kind == "deadline" and story:
        _deadline(slug, story)
    if kind == "text" and story:
        _text(slug, story)
    for event in story:
        if isinstance(event, events.AnswerAsserted):
            _assertion(slug, event)
        if isinstance(event, events.RoleReported):
            _role(slug, event)


def in_no_circle(slug: str, joined: Iterable[str], blocs_of: Callable[[str], Iterable[str]]) -> None:
    """Refuse a party that joins itself, directly or through others; `blocs_of` gives the blocs that a party joined."""
    for bloc in joined:
        if circle(slug, [bloc], blocs_of):
            why = "it is the same party" if bloc == slug else f"{bloc} is a member of it, or of one of its members"
            raise MemberOfItself(slug=slug, bloc=bloc, why=why)


def circle(slug: str, onward: Iterable[str], next_of: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The shortest circle in which an entry leads back to itself, beginning and ending with it; () if there is none.

    `onward` are the entries that it leads to, and `next_of` gives those that any other leads to.
    """
    paths: dict[str, tuple[str, ...]] = {one: (slug, one) for one in onward}
    waiting = [*paths]
    for one in waiting:
        if one == slug:
            return paths[one]
        for other in next_of(one):
            if other not in paths:
                paths[other] = (*paths[one], other)
                waiting.append(other)
    return ()


def blocs(stood: Standing) -> list[str]:
    """The blocs and coalitions of which a party is or was a member, according to the events of its stream."""
    roles = (report.event for report in stood.valid if isinstance(report.event, events.RoleReported))
    return [one.of_party for one in roles if one.role == "member"]


def agree(kind: str, slug: str, stood: Standing) -> None:
    """Refuse reports from several ledgers that contradict one another, though each ledger kept the rules."""
    story = [report.event for report in stood.reports]
    if kind == "meeting":
        _held_in_order(slug, story)


def spoken_for(stood: Standing) -> list[str]:
    """The parties that a person speaks for, according to the events that name or appoint the person."""
    return list(dict.fromkeys([party for report in stood.reports if (party := getattr(report.event, "party", ""))]))


def _named_once(kind: str, slug: str, before: list[Event], event: Event) -> None:
    for earlier in before:
        if type(earlier) is type(event):
            raise NamedTwice(kind=kind, slug=slug, name=getattr(earlier, "name", "") or getattr(earlier, "title", ""))


def _role(slug: str, event: events.RoleReported) -> None:
    """Refuse a member of nothing, and a role that ended before it began."""
    if event.role == "member" and not event.of_party:
        raise MemberOfNothing(slug=slug, role=event.role)
    if surely_after(event.since, event.until):
        since, until = event.since.describe(), event.until.describe()
        raise EndsBeforeItBegins(slug=slug, role=event.role, since=since, until=until)


def _left(slug: str, before: list[Event], event: events.PersonLeftPost) -> None:
    """Refuse the end of a post that the record does not give to the person."""
    posts = list(dict.fromkeys(one.post for one in before if isinstance(one, events.PersonAppointed)))
    if not posts:
        raise NeverAppointed(slug=slug)
    if event.post and fold(event.post) not in map(fold, posts):
        raise OtherPost(slug=slug, post=event.post, posts=", ".join(posts))


def _statement(event: events.StatementReported) -> None:
    if event.inferred_in and not event.inferred:
        raise MissingField(kind="statement with inferred-in", field="inferred", help="what you inferred, and why")
    for name in event.inferred_in:
        if not getattr(event, name):
            field = "for" if name == "on_behalf_of" else name.replace("_", "-")
            raise MissingField(kind="statement", field=field, help="inferred-in names it")


def _meeting(slug: str, story: list[Event]) -> None:
    """Refuse a meeting announced after it was held, or called off before it was announced or after it was held."""
    kinds = {type(event) for event in story}
    if events.MeetingCalledOff in kinds and events.MeetingAnnounced not in kinds:
        raise NeverAnnounced(slug=slug)
    _held_in_order(slug, story)


def _held_in_order(slug: str, story: list[Event]) -> None:
    announced = [event for event in story if isinstance(event, events.MeetingAnnounced)]
    called_off = [event for event in story if isinstance(event, events.MeetingCalledOff)]
    for held in (event.held for event in story if isinstance(event, events.MeetingReported)):
        for announcement in announced:
            if surely_after(announcement.on, held):
                raise HeldBeforeAnnounced(slug=slug, held=held.describe(), announced=announcement.on.describe())
        for off in called_off:
            if not _may_precede(off.on, held):
                raise AlreadyHeld(slug=slug, held=held.describe(), off=off.on.describe())


def _follow_up(slug: str, before: list[Event], event: Event) -> None:
    """Refuse a follow-up both due and standing, closed before it was agreed, or closed twice by one source."""
    story = [*before, event]
    agreed = [one for one in story if isinstance(one, events.FollowUpAgreed)]
    closed = [one for one in story if isinstance(one, events.FollowUpClosed)]
    if any(one.standing and one.due for one in agreed):
        raise DueAndStanding(slug=slug)
    if not agreed:
        raise NeverAgreed(slug=slug)
    if _twice_by_one_source(closed):
        raise AlreadyClosed(slug=slug, outcome=closed[0].outcome)
    owners = [owner for one in agreed for owner in one.owners]
    for owner in (owner for one in closed for owner in one.owners if owner not in owners):
        raise NotAnOwner(slug=slug, owner=owner, owners=", ".join(dict.fromkeys(owners)) or "nobody")
    for one, first in _too_early(closed, agreed):
        raise ClosedBeforeAgreed(slug=slug, closed=one.on.describe(), agreed=first.on.describe())


def _deadline(slug: str, story: list[Event]) -> None:
    """Refuse the end of a deadline that was not set, was set only later, or was already ended by the same source."""
    given = [one for one in story if isinstance(one, events.DeadlineSet)]
    ended = [one for one in story if isinstance(one, events.DeadlineEnded)]
    if not given:
        raise NeverSet(slug=slug)
    if _twice_by_one_source(ended):
        raise AlreadyEnded(slug=slug, outcome=ended[0].outcome)
    for one, first in _too_early(ended, given):
        raise EndedBeforeSet(slug=slug, ended=one.on.describe(), set=first.on.describe())


def _text(slug: str, story: list[Event]) -> None:
    """Refuse the wording of a text that was not tabled, or words that do not fit the reported status."""
    if not any(isinstance(one, events.VersionTabled) for one in story):
        raise NeverTabled(slug=slug)
    for one in story:
        if not isinstance(one, events.WordingReported):
            continue
        place = place_of(one.provision)
        if not one.words and one.status == "agreed" and not one.instead_of:
            continue  # agreed in words that the report does not give
        if bool(one.words) == (one.status == "deleted"):
            advice = (
                "leave out the words of what was deleted" if one.words else f"give the words that were {one.status}"
            )
            raise WordsDoNotFit(place=place, advice=advice)
        if one.status == "agreed" and is_bracketed(parsed(one.words, place)):
            raise AgreedInBrackets(place=place, words=one.words)
        if one.status == "withdrawn" and not one.by:
            raise MissingField(kind="wording that was withdrawn", field="by", help="who withdrew it")


def _twice_by_one_source(ends: Sequence[Event]) -> bool:
    return len({(one.source, getattr(one, "owners", ())) for one in ends}) < len(ends)


def _too_early(ends: Sequence[Any], began: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """The ends that come before every beginning, each with the first beginning, whatever the order of filing.

    An end is compared with the beginnings in its own source, or with all of them if it has none.
    """
    for one in ends:
        compared = [earlier for earlier in began if earlier.source == one.source] or began
        if all(surely_after(earlier.on, one.on) for earlier in compared):
            yield one, compared[0]


def _assertion(slug: str, event: events.AnswerAsserted) -> None:
    """Refuse a wrong subject, a date without a last day, or an answer that the question does not have."""
    question = QUESTIONS.get(event.question)
    if question is None:  # in a log that Parley did not write
        raise UnknownWord.near("question", event.question, (), QUESTIONS)
    needed = {"about": bool(question.about), "by": event.question == "ask"}
    for field, value in (("about", event.about), ("by", event.asker)):
        if needed[field] and not value:
            wanted = f"the {question.about}" if field == "about" else "the party that asked"
            raise MissingField(kind=f"question {event.question!r}", field=field, help=wanted)
    answers = [name for name, needs in needed.items() if needs] + ["is", *question.fields]
    given = [field for field in asserted(event) if field not in answers]
    given += [field for field, value in (("about", event.about), ("by", event.asker)) if value and not needed[field]]
    for field in given:
        raise NotOfTheQuestion(question=event.question, field=field, fields=", ".join(answers))
    if not list(asserted(event)):
        raise AssertsNothing(slug=slug, fields=" or ".join(["is", *question.fields]))
    if event.as_of:
        last_day("as-of", event.as_of, event.as_of.describe())


def asserted(event: events.AnswerAsserted) -> Iterator[str]:
    """The asserted parts of the answer, by their field names in the form."""
    for field, name in ASSERTED.items():
        if getattr(event, name) not in ("", None, When()):
            yield field


# The parts of an answer: the name in the form, and the field of the event.
ASSERTED = {"is": "answer"} | {name: name for name in ("expected", "held", "due", "times", "waiting", "since")}


def _may_precede(off: When, held: When) -> bool:
    """Whether a meeting can have been called off, and announced again, before it was held: so it can without a date."""
    return off.earliest is None or held.starts_by is None or off.earliest < held.starts_by
