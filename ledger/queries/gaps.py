"""The gaps in the record: each with its kind, a sentence, and the slug of the entry concerned.

A gap is not an error: it is something that a careful reader would ask the keeper or the other side about.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from ledger.base.names import known_word
from ledger.base.text import capital, in_quotes, marked
from ledger.dates import When
from ledger.dates.calendar import months_on
from ledger.domain.quotations import FrozenText
from ledger.domain.states import Slugs
from ledger.domain.texts.numbering import place_of
from ledger.queries.entry import last_mention, mentions
from ledger.queries.replies import considering, replies
from ledger.queries.texts import histories, provisions, since_in_words
from ledger.views.ahead import differs
from ledger.views.measured import given
from ledger.views.status import EXPECTED, AskOnTheDay, awaited, in_words, standing_of, surely_waits_since
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
    reported = [(one.slug, held.get(one.slug, one.sources), views.titled(one)) for one in every]
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
        asked = views.asking("asked" if ask.times > 1 else one.act, awaited(ask))  # the first one may have another act
        said = f"; {replies(one, views)}" if considering(ask) else ""
        yield ask.issue, f"{title}: {asker} {asked}{told_by}{said}; {one.silence} since {_since(one)}"


def _since(one: AskOnTheDay) -> str:
    """The day since which an ask waits, in words; `3 June 2025 or earlier` if it may have waited longer."""
    since = surely_waits_since(one.ask)
    day = "today" if one.longer and not one.days_waiting else When(since).describe()
    return marked(f"{day}{' or earlier' if one.longer else ''}", one.waited_inferred)


def _unowned(views: Views) -> Iterator[tuple[str, str]]:
    for one in views.follow_ups():
        if one.lacks:
            yield one.follow_up.slug, f"no {' and no '.join(one.lacks)}: {one.told}"


def _unconfirmed(views: Views) -> Iterator[tuple[str, str]]:
    for one in views.meetings():
        if one.status in ("unconfirmed", "overtaken"):
            since = f"; {in_words(one.status, one.superseded_by)}" if one.superseded_by else ""
            yield one.meeting.slug, f"{views.titled(one.meeting)}{views.how_told(one.meeting)}{since}"


def _unordered(views: Views) -> Iterator[tuple[str, str]]:
    """The expected meetings for which one report gives two dates, and not which of them was said later."""
    for one in views.meetings():
        if one.status not in EXPECTED:
            continue
        for before, after in pairwise(views.forecasts(one.meeting.slug)):
            if differs(before, after) and before.expected.edtf != after.expected.edtf:
                name = views.name_of_meeting(one.meeting)
                both = f"{before.expected.describe(limit=True)} and {after.expected.describe(limit=True)}"
                yield (
                    one.meeting.slug,
                    f"{capital(name)}: {both} in {after.source}, which does not say which came later",
                )


def _passed(views: Views) -> Iterator[tuple[str, str]]:
    """The deadlines whose last possible day is over, and whose end no report gives."""
    for one in views.deadlines(everything=True):
        if one.timing == "passed":
            yield one.deadline.slug, f"{one.told.rstrip('.')} – due {one.deadline.due.describe(limit=True)}"


def _quiet(views: Views, months: int) -> Iterator[tuple[str, str]]:
    """The issues that are not closed and were last mentioned long ago; an issue that was only named is not quiet."""
    limit, found = months_before(views.day, months), mentions(views)
    undated = {one.slug for one in views.sources() if not one.published}
    quiet = []
    for one in views.issues():
        every = found.get(one.slug, [])
        dated = [mention for mention in every if not undated.issuperset(mention.sources)] or every
        last = max((mention.day for mention in dated), default="")
        if last and one.status not in CLOSED and last <= limit:
            told = last_mention(dated).clause()
            if any(mention.day > last for mention in every):
                told = f"{When(f'[..{last}]').clause()}; a report without a date mentions it too"
            quiet.append((last, one.slug, told, one))
    for _, slug, told, one in sorted(quiet):
        yield slug, f"{one.title}: {standing_of(one)}, last mentioned {told}"


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
        yield one.slug, f"{in_quotes(one.words)}, {one.source}"
    notes = {one.slug for one in views.every_source() if one.kind == "note"}
    for figure in given(views):
        texts = [] if figure.quoted else [views.text(one) for one in figure.sources if one not in notes]
        if any(texts) and not any(FrozenText(text).find(figure.words) for text in texts):
            yield figure.entry.partition("/")[2], f"the figure {in_quotes(figure.words)}, {', '.join(figure.sources)}"
