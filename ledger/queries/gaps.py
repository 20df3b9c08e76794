"""The gaps in the record: each with its kind, a sentence, and the slug of the entry concerned.

A gap is not an error: it is something that a careful reader would ask the keeper or the other side about.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from ledger.base.names import known_word
from ledger.base.text import capital, listed
from ledger.dates import When
from ledger.dates.calendar import months_on
from ledger.domain.clocks import known_day
from ledger.domain.quotations import FrozenText
from ledger.domain.states import Slugs
from ledger.domain.texts.numbering import place_of
from ledger.domain.vocabulary import ACTS, meeting_name
from ledger.queries.replies import considering, replies
from ledger.queries.texts import histories, provisions, since_in_words
from ledger.views.ahead import differs
from ledger.views.measured import given
from ledger.views.status import EXPECTED, AskOnTheDay, awaited, standing_of, surely_waits_since, title_of
from ledger.views.views import Views
from ledger.views.weight import sides

# The kinds of gaps with their headings, in the order of listing.
KINDS = {
    "one-sided": "Reported by one side only",
    "unanswered": "Asked and not answered",
    "unowned": "Follow-ups without owner or date",
    "unconfirmed": "Expected meetings whose date passed without a report",
    "unordered": "Dates of one report whose order it does not give",
    "passed": "Deadlines that passed without a report",
    "quiet": "Issues not mentioned",
    "bracketed": "Provisions still in brackets",
    "unworded": "Provisions without a new wording since they were tabled",
    "no-text": "Sources without text",
    "unverified": "Quotations and figures not found in a text",
}
_SILENT = {"": "no answer on record since", "withdrawn": "not known to be withdrawn since"}
CLOSED = ("agreed", "settled", "withdrawn")  # issues that need no further mention
MONTHS = 6


class Gap(NamedTuple):
    """One gap in the record.

    kind: one-sided, unanswered, unowned, unconfirmed, unordered, passed, quiet, bracketed, unworded, no-text,
    unverified.
    """

    kind: str
    slug: str
    says: str


def gaps(views: Views, months: int = MONTHS, kind: str = "") -> list[Gap]:
    """The gaps on the views' day, of one kind or all; issues and provisions are gaps after `months` without change."""
    if kind:
        known_word("kind of gap", kind, KINDS)
    finders: dict[str, Callable[[Views], Iterator[tuple[str, str]]]] = {
        "one-sided": _one_sided,
        "unanswered": _unanswered,
        "unowned": _unowned,
        "unconfirmed": _unconfirmed,
        "unordered": _unordered,
        "passed": _passed,
        "quiet": partial(_quiet, months=months),
        "bracketed": partial(_bracketed, months=months),
        "unworded": partial(_unworded, months=months),
        "no-text": _without_text,
        "unverified": _unverified,
    }
    return [Gap(name, slug, says) for name, find in finders.items() if kind in ("", name) for slug, says in find(views)]


def months_before(day: str, months: int) -> str:
    """The same day `months` earlier, or the last day of that month; never before the first day of the calendar."""
    try:
        return months_on(date.fromisoformat(day), -months).isoformat()
    except ValueError:
        return date.min.isoformat()


def _one_sided(views: Views) -> Iterator[tuple[str, str]]:
    """The entries that only one party's accounts report; a report by a source that is nobody's account ends the gap."""
    known = views.families()
    held, every = views.held_according_to(), [one.meeting for one in views.meetings()]
    reported = [(one.slug, held.get(one.slug, one.sources), title_of(views.to_tell(one))) for one in every]
    reported += [(one.slug, one.sources, one.told) for one in views.statements()]
    agreed = [one.follow_up for one in views.follow_ups(everything=True)]
    reported += [(one.slug, one.agreed_in, one.told) for one in agreed]
    only: dict[Slugs, str] = {}  # many entries rest on the same few sources
    for slug, sources, says in reported:
        if sources not in only:
            reporting = sides(sources, known)
            alone = len(reporting) == 1 and "" not in reporting
            only[sources] = views.in_sentence(reporting.pop()) if alone else ""
        if only[sources]:
            yield slug, capital(f"{only[sources]} only: {says}")


def _unanswered(views: Views) -> Iterator[tuple[str, str]]:
    titles = {issue.slug: issue.title for issue in views.issues()}
    for one in views.asks():
        ask, told_by = one.ask, views.told_and_denied(one.reported_by, one.ask.last_statement)
        asker, title = views.in_sentence(ask.asker), titles.get(ask.issue, ask.issue)
        to = listed(map(views.in_sentence, awaited(ask))) or views.the_rest(ask.asker)
        act = ACTS["asked"] if ask.times > 1 else ACTS.get(one.act, ACTS["asked"])  # the first one may have another
        said = f"; {replies(one, views)}" if considering(ask) else ""
        silent = _SILENT.get(one.unless, "no answer known to have come since")
        yield ask.issue, f"{title}: {asker} {act.towards(to)}{told_by}{said}; {silent} {_since(one)}"


def _since(one: AskOnTheDay) -> str:
    """The day since which an ask waits, in words; `3 June 2025 or earlier` if it may have waited longer."""
    return f"{When(surely_waits_since(one.ask)).describe()}{' or earlier' if one.longer else ''}"


def _unowned(views: Views) -> Iterator[tuple[str, str]]:
    for one in views.follow_ups():
        if one.lacks:
            yield one.follow_up.slug, f"no {' and no '.join(one.lacks)}: {one.told}"


def _unconfirmed(views: Views) -> Iterator[tuple[str, str]]:
    for one in views.meetings():
        if one.status == "unconfirmed":
            yield one.meeting.slug, title_of(views.to_tell(one.meeting))


def _unordered(views: Views) -> Iterator[tuple[str, str]]:
    """The expected meetings for which one report gives two dates, and not which of them was said later."""
    for one in views.meetings():
        if one.status not in EXPECTED:
            continue
        for before, after in pairwise(views.forecasts(one.meeting.slug)):
            if differs(before, after) and before.expected.edtf != after.expected.edtf:
                name = meeting_name(one.meeting.kind, one.meeting.number)
                both = f"{before.expected.describe()} and {after.expected.describe()}"
                yield (
                    one.meeting.slug,
                    f"{capital(name)}: {both} in {after.source}, which does not say which came later",
                )


def _passed(views: Views) -> Iterator[tuple[str, str]]:
    """The deadlines whose last possible day is over, and whose end no report gives."""
    for one in views.deadlines(everything=True):
        if one.timing == "passed":
            yield one.deadline.slug, f"{one.told.rstrip('.')} – due {one.deadline.due.describe()}"


def _quiet(views: Views, months: int) -> Iterator[tuple[str, str]]:
    """The issues that are not closed and were last mentioned long ago; an issue that was only named is not quiet."""
    limit = months_before(views.day, months)
    quiet = [one for one in views.issues() if one.last_spoken and one.status not in CLOSED and one.last_spoken <= limit]
    for one in sorted(quiet, key=lambda one: (one.last_spoken, one.slug)):
        yield one.slug, f"{one.title}: {standing_of(one)}, last mentioned {known_day(one, one.last_spoken).clause()}"


def _bracketed(views: Views, months: int) -> Iterator[tuple[str, str]]:
    """The provisions that have been in brackets for `months` or more, longest first."""
    limit = months_before(views.day, months)
    long = [one for one in provisions(views) if one.status == "bracketed" and one.since <= limit]
    given = histories(views) if long else {}
    for one in sorted(long, key=lambda one: (one.since, one.text, one.nth)):
        last = f", last worded {When(one.last_word).clause()}" if one.last_word else ""
        yield (
            one.text,
            f"{place_of(one.number)}: in brackets {since_in_words(one, given.get((one.text, one.number), []))}{last}",
        )


def _unworded(views: Views, months: int) -> Iterator[tuple[str, str]]:
    """The provisions that were tabled long ago and have been neither worded nor agreed since."""
    limit = months_before(views.day, months)
    for one in provisions(views):
        if not one.last_word and one.status in ("bracketed", "clean") and one.tabled <= limit:
            yield one.text, f"{place_of(one.number)}: nothing since it was tabled {When(one.tabled).clause()}"


def _without_text(views: Views) -> Iterator[tuple[str, str]]:
    for one in views.sources():
        if not one.text_length:
            yield one.slug, one.title


def _unverified(views: Views) -> Iterator[tuple[str, str]]:
    for one in sorted(views.unverified(), key=lambda one: one.source):
        yield one.slug, f"“{one.words}”, {one.source}"
    notes = {one.slug for one in views.every_source() if one.kind == "note"}
    for figure in given(views):
        texts = [] if figure.quoted else [views.text(one) for one in figure.sources if one not in notes]
        if any(texts) and not any(FrozenText(text).find(figure.words) for text in texts):
            yield figure.entry.partition("/")[2], f"the figure “{figure.words}”, {', '.join(figure.sources)}"
