"""The pages of the lists: the rows of each question of the record, narrowed as the address asks."""

from typing import NamedTuple

from ledger.queries import tasks as own_tasks
from ledger.queries.gaps import MONTHS
from ledger.queries.gaps import gaps as every_gap
from ledger.queries.promises import followed_up
from ledger.queries.promises import promises as every_promise
from ledger.views.parties import PartyOnTheDay
from ledger.views.parties import parties as parties_of
from ledger.views.status import FollowUpOnTheDay, date_of
from ledger.views.weight import weighed
from ledger.web.listing import answers, lists
from ledger.web.listing.narrowing import Listed, listed
from ledger.web.request import Request


class PeoplePage(NamedTuple):
    """The people, and every party with its roles and members."""

    listed: Listed
    parties: list[PartyOnTheDay]


class IssuesPage(NamedTuple):
    """The issues, and the follow-ups on each, those in force first."""

    listed: Listed
    follow_ups: dict[str, list[FollowUpOnTheDay]]


class GapsPage(NamedTuple):
    """The gaps, and the number of months after which an issue or a provision counts as quiet."""

    listed: Listed
    months: int


class LogPage(NamedTuple):
    """The recorded events; `slug` is the entry that they are about, or ""."""

    listed: Listed
    slug: str


def statements(request: Request) -> Listed:
    """Every statement; the page shows the newest first."""
    return listed(request, request.views.statements(), lists.STATEMENTS)


def asks(request: Request) -> Listed:
    """Every ask: those that wait longest come first, and then those that do not wait."""
    return listed(request, request.views.asks(everything=True), lists.ASKS)


def follow_ups(request: Request) -> Listed:
    """Every follow-up, most urgent first."""
    return listed(request, request.views.follow_ups(everything=True), lists.FOLLOW_UPS)


def deadlines(request: Request) -> Listed:
    """Every deadline: those that lie ahead, nearest first, and then those that passed or ended."""
    return listed(request, request.views.deadlines(everything=True), lists.DEADLINES)


def tasks(request: Request) -> Listed:
    """The tasks of the keeper's own side, nearest first; those that are done come last."""
    return listed(request, own_tasks.nearest_first(own_tasks.tasks(request.views, everything=True)), lists.TASKS)


def meetings(request: Request) -> Listed:
    """Every meeting; the page shows the latest first, and those without a date last."""
    found = request.views.meetings()
    if not request.as_data:
        dated = [one for one in found if date_of(one.meeting)]
        found = dated[::-1] + [one for one in reversed(found) if one not in dated]
    return listed(request, found, lists.MEETINGS)


def issues(request: Request) -> IssuesPage:
    """The issues; those without a statement come last."""
    found = listed(request, sorted(request.views.issues(), key=lambda one: one.status == "named"), lists.ISSUES)
    return IssuesPage(found, followed_up(request.views))


def sources(request: Request) -> Listed:
    """The sources known by the day; the page shows the latest first."""
    return listed(request, request.views.sources(), lists.SOURCES)


def people(request: Request) -> PeoplePage:
    """All named people with their posts on the day, and the parties."""
    return PeoplePage(listed(request, request.views.people(), lists.PEOPLE), parties_of(request.views))


def promises(request: Request) -> Listed:
    """Every promise and every follow-up with an owner; open ones come first, oldest first."""
    return listed(request, every_promise(request.views), answers.PROMISES)


def gaps(request: Request) -> GapsPage:
    """The gaps in the record, by kind."""
    typed = request.query.get("months", "")
    months = min(max(int(typed), 1), 1200) if typed.isdecimal() and len(typed) < 5 else MONTHS
    return GapsPage(listed(request, every_gap(request.views, months), answers.GAPS_FOUND), months)


def contested(request: Request) -> Listed:
    """Every field on which reports disagree, with the values and who reports each."""
    return listed(request, weighed(request.views.contested(), request.views.families()), answers.CONTESTED)


def log(request: Request) -> LogPage:
    """The recorded events, of one entry or of all; the page shows the newest first."""
    views = request.views
    slug = views.find([], request.query.get("slug", ""))
    found = listed(request, views.log(slug, named=False), answers.LOG)  # only what is shown needs names
    return LogPage(found._replace(rows=[one._replace(sentence=views.named(one.sentence)) for one in found.rows]), slug)
