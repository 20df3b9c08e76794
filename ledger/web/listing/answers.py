"""The lists of answers, which are more than an entry each: promises, gaps, contested fields, figures and the log."""

from decimal import Decimal
from typing import Any

from ledger.base.text import minute
from ledger.dates import When
from ledger.domain.kinds import KINDS
from ledger.domain.vocabulary import ACTS
from ledger.queries.figures import MeasuredValue
from ledger.queries.gaps import KINDS as GAPS
from ledger.queries.gaps import Gap
from ledger.queries.promises import Promise
from ledger.views.rows import LogRow
from ledger.views.weight import WeighedContest
from ledger.web.listing.facets import OPEN, WITH_EVIDENCE, by_issue, by_open, by_party, by_person, words_of
from ledger.web.listing.narrowing import Facet, ListOf, SortColumn

VALUES = {"fact": "how things are", "position": "position of a party"}  # the kinds of a value
COMPARED = ("contested", "made more precise", "replaced")


def _compared(one: MeasuredValue) -> tuple[str, ...]:
    """How a value compares with others, in the words of `COMPARED`."""
    found = zip(COMPARED, (one.contested_by, one.refined_by, one.replaced_by), strict=True)
    return tuple(word for word, others in found if others)


def _size(one: MeasuredValue) -> Any:
    """The key of a value: its least number, else its greatest."""
    return Decimal(one.figure.low or one.figure.high)


PROMISES = ListOf(
    Promise,
    ("promise", "promises"),
    [
        by_open(lambda one: one.is_open),
        Facet("status", "Outcome", lambda one: (one.status,)),
        by_party(lambda one: one.by, "By party"),
        by_person(lambda one: one.by, "By person"),
        by_party(lambda one: one.to, "To", "addressee"),
        by_issue(lambda one: one.issues),
        Facet("kind", "Kind of promise", lambda one: (one.kind,)),
        Facet("word", "Account", lambda one: (one.word,) if one.word else ()),
    ],
    [
        SortColumn("outcome", "Outcome", lambda one, _: one.status),
        SortColumn("what", "What", lambda one, _: one.says),
        SortColumn("who", "Who", lambda one, views: views.names_of(one.by)),
        SortColumn("to", "To whom", lambda one, views: views.names_of(one.to)),
        SortColumn("since", "Since", lambda one, _: one.day),
    ],
    lambda one, views: f"{one.says} {views.names_of((*one.by, *one.to))}",
    lambda one: one.since,
    "Promised or agreed",
    lambda one: str(one.slug),
    most=WITH_EVIDENCE,
)

GAPS_FOUND = ListOf(
    Gap,
    ("gap", "gaps"),
    [Facet("kind", "Kind of gap", lambda one: (one.kind,), words=GAPS)],
    [
        SortColumn("kind", "Kind", lambda one, _: [*GAPS].index(one.kind)),
        SortColumn("what", "What", lambda one, _: one.says),
    ],
    lambda one, _: str(one.says),
)

LOG = ListOf(
    LogRow,
    ("event", "events"),
    [
        Facet("kind", "Kind of entry", lambda one: (one.kind,), words=words_of(KINDS)),
        Facet("event", "Event", lambda one: (one.event,)),
        Facet("changes", "Changes the record", lambda one: ("yes" if one.is_upkeep else "no",), words=OPEN),
        Facet("by", "Recorded by", lambda one: (one.recorded_by,)),
        Facet("valid", "Valid", lambda one: ("yes" if one.stands else "no",), words=OPEN),
    ],
    [
        SortColumn("recorded", "Recorded", lambda one, _: minute(one.recorded_at)),
        SortColumn("what", "What", lambda one, views: views.named(one.sentence)),
        SortColumn("event", "Event", lambda one, _: one.event),
        SortColumn("by", "By", lambda one, _: one.recorded_by),
        SortColumn("position", "#", lambda one, _: one.position, numeric=True),
    ],
    lambda one, views: f"{views.named(one.sentence)} {one.slug}",
    lambda one: When(one.recorded_on),
    "Recorded",
    backwards=True,
)

CONTESTED = ListOf(
    WeighedContest,
    ("field on which reports differ", "fields on which reports differ"),
    [
        Facet("kind", "Kind of entry", lambda one: (one.contest.kind,), words=words_of(KINDS)),
        Facet("field", "Field", lambda one: (one.contest.field,)),
        Facet("settled", "One is preferred", lambda one: ("yes" if one.contest.preferred else "no",), words=OPEN),
    ],
    [
        SortColumn("entry", "Entry", lambda one, views: views.label_of(one.contest.kind, one.contest.slug)),
        SortColumn("field", "Field", lambda one, _: one.contest.field),
        SortColumn("values", "Values", lambda one, _: len({*one.contest.values}), numeric=True),
        SortColumn("preferred", "Taken as", lambda one, _: one.contest.preferred),
    ],
    lambda one, views: " ".join((views.label_of(one.contest.kind, one.contest.slug), *one.contest.values)),
    about=lambda one: str(one.contest.slug),
    most=WITH_EVIDENCE,
)

FIGURES = ListOf(
    MeasuredValue,
    ("value", "values"),
    [
        Facet("measure", "Measure", lambda one: (one.figure.measure,), "measure"),
        Facet("counts", "Counts now", lambda one: ("yes" if one.counts else "no",), words=OPEN),
        Facet("kind", "Kind of value", lambda one: (one.standing or "fact",), words=VALUES),
        by_party(lambda one: one.figure.by, "By party"),
        by_person(lambda one: one.figure.by, "By person"),
        by_issue(lambda one: one.issues),
        Facet("act", "Act", lambda one: (one.figure.act,) if one.figure.act else (), words=words_of(ACTS)),
        Facet("status", "Compared", _compared, words={word: word for word in COMPARED}),
    ],
    [
        SortColumn("when", "When", lambda one, _: one.figure.day if one.figure.on else ""),
        SortColumn("value", "Value", lambda one, _: _size(one), numeric=True),
        SortColumn("who", "Who", lambda one, views: views.names_of(one.figure.by)),
        SortColumn("act", "Act", lambda one, _: one.figure.act),
    ],
    lambda one, views: f"{one.title} {one.value} {one.figure.words} {views.names_of(one.figure.by)}",
    lambda one: one.figure.on,
    "Said, agreed or held",
    lambda one: str(one.slug),
    backwards=True,
    sections="measure",
)
