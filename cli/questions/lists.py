"""The commands that list rows of the views: asks, issues, follow-ups, deadlines, meetings and others."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.questions.cells import (
    answer_on,
    answer_to,
    date_cell,
    due_cell,
    ending,
    first_asked,
    latest_ask,
    met,
    met_on,
    perhaps_waiting,
    raised,
    status_of_meeting,
    who_said,
    withdrew,
)
from cli.questions.state import what_was_asked
from cli.terminal import render
from cli.terminal.options import MembersOption, complete_slug, voices
from cli.terminal.question import question
from cli.terminal.render import Column, Listing
from ledger.base.text import listed, minute, times
from ledger.domain.states import Issue, Source, Statement
from ledger.domain.vocabulary import ACTS, ISSUE_STATUSES, MEETING_KINDS, known, plain
from ledger.domain.voices import Person, by_word
from ledger.queries.replies import raisers
from ledger.views.rows import Entry, together
from ledger.views.status import (
    AskOnTheDay,
    DeadlineOnTheDay,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    standing_in_words,
    standing_of,
)
from ledger.views.status.people import other_posts, post_of, until_of
from ledger.views.views import LogRow, Views

if TYPE_CHECKING:
    from ledger.views.weight import WeighedContest

app = typer.Typer()

AnsweredOption = Annotated[bool, typer.Option("--answered", help="Include those that are answered or withdrawn.")]
ClosedOption = Annotated[bool, typer.Option("--closed", help="Include those that are closed.")]
PassedOption = Annotated[bool, typer.Option("--passed", help="Include those that have passed or ended.")]
DoneOption = Annotated[bool, typer.Option("--done", help="Include those that are done.")]
KindOption = Annotated[str, typer.Option("--kind", metavar="KIND", help="Only meetings of this kind.")]


def _option(name: str, metavar: str, text: str) -> Any:
    return typer.Option(f"--{name}", metavar=metavar, help=text, autocompletion=complete_slug)


@question(app, "issues")
def issues(
    views: Views, status: Annotated[str, typer.Option("--status", help="Only issues of this status.")] = ""
) -> Any:
    """List the issues with their status.

    parley issues --status open
    """
    _word("status", status, ISSUE_STATUSES)
    from ledger.queries.promises import followed_up

    answer = sorted(views.issues(status), key=lambda one: one.status == "named")
    tasks = {
        issue: [f"{one.follow_up.slug} ({standing_in_words(one)})" for one in found]
        for issue, found in followed_up(views).items()
    }
    columns = [
        Column("Status", standing_of),
        Column("Title", lambda one: one.title, wide=True),
        Column("According to", lambda one: views.as_told(by_word(one))),
        Column("Raised by", lambda one: raisers(views, one)),
        Column("On record", lambda one: times(one.times_raised) if one.times_raised else ""),
        Column("Raised", raised),
        Column("Reply", partial(answer_on, views)),
        Column("Follow-ups", lambda one: "; ".join(tasks.get(one.slug, ()))),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "No issue is on record."), Issue


@question(app, "asks", everywhere=True)
def asks(
    views: Views,
    answered: AnsweredOption = False,
    by: Annotated[str, typer.Option("--by", metavar="PARTY", help="Only asks by this party.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="PARTY", help="Only asks to this party.")] = "",
    members: MembersOption = False,
) -> Any:
    """List the asks that are waiting for an answer, longest first.

    parley asks --by vn
    """
    askers, asked = (voices(views, one, members=members, kinds=["party"]) for one in (by, to))
    answer = views.asks(everything=answered, by=askers, to=asked)
    columns = [
        Column("Waiting", lambda one: one.waited or one.standing),
        Column("Who", lambda one: views.addressed(one.ask.asker, one.ask.to)),
        Column("What", what_was_asked, wide=True),
        Column("Asked", latest_ask),
        Column("By", lambda one: views.speakers(one.said_by, one.reported_by, one.ask.last_statement)),
        Column("At", lambda one: one.at),
        Column("In", lambda one: ", ".join(one.sources)),
        Column("On record", lambda one: times(one.ask.times)),
        Column("First", lambda one: first_asked(one.ask)),
        Column("Reply", partial(answer_to, views)),
        Column("Withdrew", partial(withdrew, views)),
        Column("Slug", lambda one: one.ask.issue),
    ]
    doubt = [] if answered else perhaps_waiting(views.asks(everything=True, by=askers, to=asked))
    nothing = _none("ask", "that waits for an answer", everything=answered)
    return answer, Listing(answer, columns, nothing, notes=doubt), AskOnTheDay


@question(app, "follow-ups", everywhere=True)
def follow_ups(
    views: Views,
    closed: ClosedOption = False,
    owner: Annotated[
        str, typer.Option("--owner", metavar="VOICE", help="Only follow-ups of this party or person.")
    ] = "",
    members: MembersOption = False,
) -> Any:
    """List the follow-ups, those past due first.

    parley follow-ups --owner us
    """
    answer = views.follow_ups(everything=closed, owner=voices(views, owner, members=members))
    columns = [
        Column("Timing", partial(ending, views)),
        Column("Owners", lambda one: views.names_of(one.follow_up.owners) or "NO OWNER"),
        Column("What", lambda one: one.told, wide=True),
        Column("Due", lambda one: due_cell(one.follow_up.due) if one.follow_up.due.latest else ""),
        Column("When", lambda one: due_cell(one.follow_up.due) if not one.follow_up.due.latest else ""),
        Column("Agreed", lambda one: date_cell(one.follow_up.agreed_on) if one.follow_up.told_as == "agreed" else ""),
        Column(
            "Promised", lambda one: date_cell(one.follow_up.agreed_on) if one.follow_up.told_as == "promised" else ""
        ),
        Column("Slug", lambda one: one.follow_up.slug),
    ]
    return answer, Listing(answer, columns, _none("follow-up", "that is open", everything=closed)), FollowUpOnTheDay


@question(app, "deadlines", everywhere=True)
def deadlines(views: Views, passed: PassedOption = False) -> Any:
    """List the deadlines, nearest first.

    A deadline that has passed was missed only if a report says so.

    parley deadlines --passed
    """
    answer = views.deadlines(everything=passed)
    columns = [
        Column("Timing", lambda one: one.left),
        Column("Owners", lambda one: views.names_of(one.deadline.owners)),
        Column("What", lambda one: one.told, wide=True),
        Column("Due", lambda one: due_cell(one.deadline.due)),
        Column("Basis", lambda one: one.deadline.basis),
        Column("Set", lambda one: date_cell(one.deadline.set_on)),
        Column("Slug", lambda one: one.deadline.slug),
    ]
    return answer, Listing(answer, columns, _none("deadline", "that lies ahead", everything=passed)), DeadlineOnTheDay


@question(app, "tasks", everywhere=True)
def tasks_command(
    views: Views,
    done: DoneOption = False,
    for_: Annotated[str, typer.Option("--for", metavar="NAME", help="Only tasks for this person.")] = "",
) -> Any:
    """List the tasks of your own side, and what each of them waits on.

    They are internal: besides this list, only `parley state` (as text) and the pages show them.

    parley tasks --done
    """
    from ledger.queries.tasks import TaskOnTheDay, tasks

    answer = tasks(views, everything=done, assignee=for_)
    columns = [
        Column("Timing", lambda one: one.timing),
        Column("For", lambda one: one.task.assignee),
        Column("What", lambda one: one.task.says, wide=True),
        Column("Due", lambda one: due_cell(one.task.due)),
        Column("Status", lambda one: one.waits),
        Column("Slug", lambda one: one.task.slug),
    ]
    return answer, Listing(answer, columns, _none("task", "that is open", everything=done)), TaskOnTheDay


@question(app, "meetings", everywhere=True)
def meetings(views: Views, kind: KindOption = "") -> Any:
    """List every meeting, announced or held.

    parley meetings --kind round
    """
    _word("kind of meeting", kind, list(MEETING_KINDS))
    answer = views.meetings(kind)
    columns = [
        Column("When", partial(met_on, views)),
        Column("Status", partial(status_of_meeting, views)),
        Column("What", partial(met, views)),
        Column("Who", lambda one: views.names_of(one.meeting.sides), wide=True),
        Column("Place", lambda one: one.meeting.place),
        Column("Slug", lambda one: one.meeting.slug),
    ]
    doubts = [f"{one.told}." for one in views.perhaps_by_then()]
    return answer, Listing(answer, columns, "No meeting is on record.", notes=doubts), MeetingOnTheDay


@question(app, "statements")
def statements(
    views: Views,
    by: Annotated[str, _option("by", "VOICE", "Only statements by this party or person.")] = "",
    issue: Annotated[str, _option("issue", "SLUG", "Only statements on this issue.")] = "",
    act: Annotated[str, typer.Option("--act", help="Only statements with this act.")] = "",
    at: Annotated[str, _option("at", "SLUG", "Only statements at this meeting.")] = "",
    members: MembersOption = False,
) -> Any:
    """List who said what to whom, in order.

    parley statements --by jamieson-greer --issue technical-dialogue
    """
    _word("act", act, list(ACTS))
    speakers, on, where = voices(views, by, members=members), views.find(["issue"], issue), views.find(["meeting"], at)
    answer = views.statements(by=speakers, issue=on, act=act, at=where)
    columns = [
        Column("Date", lambda one: one.said_on.brief()),
        Column("Who", partial(who_said, views)),
        Column("Act", lambda one: plain(one.act)),
        Column("What", lambda one: one.told, wide=True),
        Column("To", lambda one: views.names_of(one.to)),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "No such statement is on record."), Statement


@question(app, "timeline")
def timeline(views: Views) -> Any:
    """List the events in the order in which they happened.

    What several sources report of one meeting in the same sentence is one line; another account of it is marked.

    parley timeline --as-of 2025-03-31
    """
    answer = [first._replace(also=tuple(one.source for one in more)) for first, *more in together(views.timeline())]
    columns = [
        Column("Date", lambda one: one.on.brief()),
        Column("What", lambda one: one.sentence, wide=True),
        Column("Source", lambda one: ", ".join((one.source, *one.also))),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "Nothing that happened by then is on record."), Entry


@question(app, "contested")
def contested(views: Views) -> Any:
    """List every field on which reports disagree.

    Each value is shown with its sources and the number of independent ones.

    parley contested
    """
    from ledger.views.weight import WeighedContest, weighed

    answer = weighed(views.contested(), views.families())
    columns = [
        Column("Entry", lambda one: one.contest.kind),
        Column("Field", lambda one: one.contest.field.replace("_", " ")),
        Column("Values", lambda one: _values(views, one), wide=True),
        Column("Taken as", lambda one: _value(views, one, one.contest.preferred)),
        Column("Slug", lambda one: one.contest.slug),
    ]
    return answer, Listing(answer, columns, "No two reports on record disagree on a field."), WeighedContest


@question(app, "sources")
def sources(views: Views) -> Any:
    """List the sources, oldest first.

    As of a day, only sources published by then are listed; one without a date counts from the day of recording.

    parley sources
    """
    answer = views.sources()
    columns = [
        Column("Published", lambda one: date_cell(one.published) or "unknown"),
        Column("Kind", lambda one: one.kind),
        Column("Title", lambda one: one.title, wide=True),
        Column("Publisher", lambda one: one.publisher),
        Column("Account of", lambda one: views.name_of(one.account_of)),
        Column("Text", lambda one: "frozen" if one.text_length else "not at hand"),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "No source is on record as published by then."), Source


@question(app, "people")
def people(views: Views) -> Any:
    """List the people, with the posts that they hold or have left, and the bodies that speak.

    parley people --as-of 2025-05-22
    """
    answer = views.people()
    columns = [
        Column("Name", lambda one: one.name),
        Column("Party", lambda one: views.name_of(one.party)),
        Column("Post", _post, wide=True),
        Column("Since", lambda one: date_cell(one.since)),
        Column("Until", lambda one: "" if one.post else until_of(one) if one.untils else date_cell(one.until)),
        Column("Other posts", lambda one: other_posts(one).replace("also reported: ", ""), wide=True),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "No person is on record."), Person


@question(app, "parties")
def parties(views: Views) -> Any:
    """List the parties: their roles in the negotiation, and the members of blocs and coalitions.

    parley parties --as-of 2025-05-22
    """
    from ledger.views.parties import PartyOnTheDay, parties

    answer = parties(views)
    columns = [
        Column("Name", lambda one: one.name),
        Column("Role", lambda one: listed(one.roles)),
        Column("Member of", lambda one: views.names_of(one.member_of)),
        Column("Members", lambda one: views.names_of(one.members), wide=True),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "No party is named yet."), PartyOnTheDay


@question(app, "log")
def log(
    views: Views,
    slug: Annotated[str, typer.Argument(help="Only the events of one entry.", autocompletion=complete_slug)] = "",
) -> Any:
    """List the recorded events, in order of recording.

    Events that were later corrected or retracted are listed too.

    parley log round-3
    """
    answer = views.log(views.entry(slug).slug if slug else "")
    columns = [
        Column("#", lambda one: str(one.position) if views.is_sent(one.position) else "not sent"),
        Column("Recorded", lambda one: minute(one.recorded_at)),
        Column("By", lambda one: one.recorded_by),
        Column("Event", lambda one: one.event),
        Column("What", lambda one: one.sentence, wide=True),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "The log is empty."), LogRow


def _value(views: Views, one: "WeighedContest", value: str) -> str:
    """A value as people read it: a measure by its title."""
    return views.with_title(value) if one.contest.field == "figures" else value


def _values(views: Views, one: "WeighedContest") -> str:
    """Each value once with the sources that give it: `22 May 2025: 2 independent sources (3 in all), a, b, c`."""
    told = {}
    for value, independent in zip(one.contest.values, one.weights, strict=True):
        pairs = zip(one.contest.values, one.contest.sources, strict=True)
        sources = list(dict.fromkeys(source for other, source in pairs if other == value))
        witnesses = render.witnesses(independent, len(sources))
        told[value] = f"{_value(views, one, value)}: {witnesses}, {', '.join(sources)}"
    return "; ".join(told.values())


def _none(noun: str, which: str, *, everything: bool) -> str:
    """That a list is empty, which says nothing about what is not on record."""
    return f"No {noun}{'' if everything else f' {which}'} is on record."


def _post(one: Person) -> str:
    """The posts of a person, or the last ones that the person left; `body` for a body."""
    return post_of(one) or ("body" if one.body else "")


def _word(what: str, typed: str, words: Sequence[str]) -> None:
    """Refuse a word that is not in the vocabulary."""
    if typed:
        known(what, typed, words)
