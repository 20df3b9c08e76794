"""Whole small ledgers for Hypothesis, and what the laws compare of them.

A story is what several sources report of one negotiation, and how the keeper mended the record afterwards. It is
drawn as entry files and filed through the library, so that every log the laws are tried on is one that the rules
allow. The pools are small and the days few, so that sources meet: on one entry, on one day, in one dispute.
"""

import atexit
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from hypothesis import strategies as st

from ledger import Ledger, Refusal, create_ledger, open_ledger
from ledger.base import now
from ledger.domain.clocks import EVERYTHING, Clocks
from ledger.domain.states import Statement
from ledger.domain.vocabulary import ACTS, RELATIONS
from ledger.errors import ProblemsFound
from ledger.log import store
from ledger.log.log import Log
from ledger.projections.projector import catch_up, rebuild, replay, rewind
from ledger.projections.tables import open_views
from ledger.queries.compare import compare
from ledger.queries.entry import linked
from ledger.queries.figures import figures as every_figure
from ledger.queries.gaps import gaps
from ledger.queries.positions import positions
from ledger.queries.positions import table as table_of_positions
from ledger.queries.promises import promises
from ledger.queries.search import search
from ledger.queries.tasks import tasks as own_tasks
from ledger.queries.texts import provisions
from ledger.queries.texts import texts as every_text
from ledger.queries.texts import wordings as wordings_given
from ledger.views.conditions import conditions
from ledger.views.parties import memberships
from ledger.views.parties import parties as who_is_what
from ledger.views.views import Views

NEGOTIATION = "talks"
BEGINNING = datetime(2025, 7, 1, 9, tzinfo=UTC)  # when the first file of a story is filed
TEXT = "They asked for a sunset clause, and were told that no tariff falls before the autumn. A call will follow."
QUOTES = ("asked for a sunset clause", "no tariff falls before the autumn", "A call will follow.")
PARTIES = ("us", "vn", "eu")
PEOPLE = ("us/ann-lee", "vn/binh-vo")
VOICES = (*PARTIES, *PEOPLE)
GUESS = "The paper does not say so."
ISSUES = ("tariffs", "origin", "data-flows")
MEETINGS = ("round-1", "round-2", "mid-call")
DAYS = ("2025-05-01", "2025-05-02", "2025-05-05", "2025-05-20", "2025-05-21", "2025-06-03", "2025-06-30")
ASKED_OF = ("2025-04-30", *DAYS, "2025-05-06", "2025-05-31", "2025-06-10", "2025-07-01", "2025-07-02", "2026-01-01")
Fields = dict[str, Any]


class Report(NamedTuple):
    """The entry file of one source; `entries` are mappings as an entry file holds them."""

    source: Fields
    entries: tuple[Fields, ...]
    has_text: bool = False

    @property
    def slug(self) -> str:
        return str(self.source.get("slug", "names"))


class Mend(NamedTuple):
    """A correction (of the first report by `of`, of all when that is "") or, without a field, a retraction.

    Without a field, the value "back" takes retractions back.
    """

    slug: str
    field: str = ""
    value: Any = ""
    of: str = ""


class Story(NamedTuple):
    """Names, what the sources report in the order filed, and how the record was mended."""

    names: Report
    reports: tuple[Report, ...]
    mends: tuple[Mend, ...]


# Drawing.


def some(values: Sequence[str], least: int = 0, most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True)


def maybe(what: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value for a field, or "" for a field that is left out."""
    return st.one_of(what, st.just(""))


days = st.sampled_from(DAYS)


@st.composite
def pairs(draw: st.DrawFn, pattern: str) -> str:
    """Two different days in order, in an EDTF pattern."""
    first, last = sorted(draw(some(DAYS, 2, 2)))
    return pattern.format(first, last)


# Imprecise as readouts are: a doubt, a choice, a month, about, by, from, perhaps.
dates = st.one_of(
    days,
    days,
    pairs("[{}..{}]"),
    pairs("[{},{}]"),
    st.sampled_from(("2025-05", "2025-06", "2025", "2025-05-20~", "2025-05-21?", "[..2025-05-21]", "[2025-05-05..]")),
)
spells = st.one_of(dates, pairs("{}/{}"), st.sampled_from(("2025-05-05/..", "../2025-05-21", "2025-05/2025-06")))
phrases = st.sampled_from(("early June", "late May", "next week", "soon", "before 1 July", "within 30 days"))


FIGURES = ("10 percent", "at least 5 percent", "about 11 percent", "4–12 percent from 1 July 2025", "zero duty")
figures = st.one_of(st.just(""), st.just(""), st.builds(lambda value: {"tariff-rate": value}, st.sampled_from(FIGURES)))
CONDITIONS = ("if the duty falls", "origin = once the rules are agreed", ["tariffs = if it falls", "a call is held"])


@st.composite
def meetings(draw: st.DrawFn) -> Fields:
    slug = draw(st.sampled_from(MEETINGS))
    return {
        "meeting": slug,
        "kind": draw(st.sampled_from(("round", "call"))),
        "number": draw(st.sampled_from(("", "1", "2"))),
        "held": draw(st.one_of(spells, st.just("unknown"))),
        "place": draw(st.sampled_from(("", "Ha Noi", "Hanoi", "Washington, D.C.", "Washington"))),
        "format": draw(st.sampled_from(("", "", "virtual", "in-person"))),
        "parties": draw(some(PARTIES)),
        "people": draw(some((*PEOPLE, "us/ann-lee, Deputy Minister"))),
        "issues": draw(some(ISSUES)),
        "figures": draw(figures),
    }


@st.composite
def announcements(draw: st.DrawFn) -> Fields:
    return {
        "announcement": draw(st.sampled_from(MEETINGS)),
        "kind": draw(st.sampled_from(("round", "round", "call"))),
        "number": draw(st.sampled_from(("", "1", "2"))),
        "expected": draw(st.one_of(maybe(spells), phrases)),
        "by": draw(some(VOICES)),
        "issues": draw(some(ISSUES, 0, 1)),
        "on": draw(maybe(dates)),
    }


@st.composite
def statements(draw: st.DrawFn) -> Fields:
    by = draw(st.one_of(*[some(VOICES, 1, 2)] * 7, st.just(["unattributed"])))
    return {
        "statement": f"said-{draw(st.integers(1, 4))}",
        "by": by,
        "for": draw(some(PARTIES, 0, 1)) if by != ["unattributed"] else [],
        "to": draw(some(PARTIES, 0, 2)),
        "act": draw(st.sampled_from([*ACTS, "asked", "asked", "accepted", "refused", "settled", "narrowed"])),
        "issues": draw(some(ISSUES, draw(st.integers(0, 1)), 2)),
        "says": draw(st.sampled_from(("Lower the tariffs.", "Not before the autumn.", "Agreed."))),
        "on": draw(maybe(dates)),
        "figures": draw(figures),
        "conditional-on": draw(maybe(st.sampled_from(CONDITIONS))),
        **draw(st.sampled_from(({}, {}, {}, {"inferred": GUESS}, {"inferred": GUESS, "inferred-in": ["act", "says"]}))),
    }


@st.composite
def conversations(draw: st.DrawFn, dates: st.SearchStrategy[str] = days) -> list[Report]:
    """Statements on few issues, each as a source of its own reports it, some of them reported twice.

    Each was made on a day, or on one of `dates`, as imprecise as these are.
    """
    said = draw(st.lists(statements(), min_size=2, max_size=7))
    told = []
    for nth, one in enumerate(said):
        slug = f"said-{nth}" if draw(st.integers(0, 6)) else "said-0"
        fields = {key: value for key, value in one.items() if value not in ("", [])}
        if nth and draw(st.integers(0, 3)) == 0:
            relation = draw(st.sampled_from(sorted(RELATIONS)))
            earlier = [f"said-{one}" for one in range(nth)]
            if targets := earlier if relation != "meets" else _with_conditions(one.entries[0] for one in told):
                fields[relation] = [draw(st.sampled_from(targets))]
        source = {"slug": f"paper-{nth}", "title": "What it reports", "published": draw(days)}
        told.append(Report(source, (fields | {"statement": slug, "on": draw(dates)},)))
    return told


def _with_conditions(entries: Iterable[Fields]) -> list[str]:
    """The statements among the entries that set a condition, of which others may say that it is met."""
    return sorted({slug(one) for one in entries if "statement" in one and one.get("conditional-on")})


def without_tasks(story: Story) -> Story:
    """The story without the keeper's own tasks, which no source reports: they depend on when they were recorded."""
    told = [
        report._replace(entries=tuple(one for one in report.entries if not {*one} & {"task", "task-done"}))
        for report in story.reports
    ]
    return story._replace(reports=tuple(told), mends=tuple(one for one in story.mends if one.slug[:4] != "own-"))


def said_on(report: Report) -> tuple[str, str, str]:
    """The place of a report of one statement in the order of occurrence."""
    return report.entries[0]["on"], report.source["published"], report.slug


@st.composite
def follow_ups(draw: st.DrawFn) -> Fields:
    standing = draw(st.booleans())
    return {
        "follow-up": f"task-{draw(st.integers(1, 2))}",
        "says": draw(st.sampled_from(("Send the list.", "Send the full list."))),
        "owners": draw(some(VOICES)),
        "due": "" if standing else draw(st.one_of(maybe(dates), phrases)),
        "standing": "yes" if standing else "",
        "issues": draw(some(ISSUES, 0, 1)),
        "on": draw(maybe(dates)),
        "figures": draw(figures),
    }


@st.composite
def deadlines(draw: st.DrawFn) -> Fields:
    return {
        "deadline": f"limit-{draw(st.integers(1, 2))}",
        "says": draw(st.sampled_from(("Answer the draft.", "Answer the full draft."))),
        "owners": draw(some(VOICES)),
        "due": draw(st.one_of(dates, phrases)),
        "basis": draw(st.sampled_from(("", "legal", "agreed"))),
        "by": draw(some(VOICES)),
        "issues": draw(some(ISSUES, 0, 1)),
        "on": draw(maybe(dates)),
    }


PROVISIONS = (
    {"1": "The Parties [shall](us) [should](vn, eu) cooperate.", "2.1": "Each Party pays [ten] percent."},
    {"1": "The Parties shall cooperate.", "2.1": "Each Party pays."},
    {"2.1": "Each Party pays [ten](us) [twenty] percent.", "2.2": "[This [Agreement](vn) lasts.](eu)"},
)
WORDED = ("shall", "may", "The Parties shall cooperate.", "Each Party pays.")


@st.composite
def texts(draw: st.DrawFn) -> Fields:
    return {
        "text": "agreement",
        "version": draw(st.sampled_from(("1", "2"))),
        "title": draw(st.sampled_from(("", "The agreement", "An agreement"))),
        "by": draw(some(VOICES, 0, 1)),
        "on": draw(maybe(dates)),
        "provisions": draw(maybe(st.sampled_from(PROVISIONS))),
    }


@st.composite
def wordings(draw: st.DrawFn) -> Fields:
    status = draw(st.sampled_from(("proposed", "proposed", "withdrawn", "bracketed", "agreed", "agreed", "deleted")))
    bracketed = (*WORDED, "The Parties [shall](us) [may] cooperate.")
    return {
        "wording": "agreement",
        "provision": draw(st.sampled_from(("1", "2.1", "2.2", "3"))),
        "status": status,
        "words": "" if status == "deleted" else draw(st.sampled_from(bracketed if status == "bracketed" else WORDED)),
        "instead-of": draw(st.sampled_from(("", "shall", "Each Party"))) if status in ("proposed", "agreed") else "",
        "by": draw(some(VOICES, 1, 2)),
        "on": draw(maybe(dates)),
    }


@st.composite
def tasks(draw: st.DrawFn) -> Fields:
    return {
        "task": f"own-{draw(st.integers(1, 3))}",
        "says": "Draft the reply.",
        "for": draw(st.sampled_from(("", "Lan", "vn/binh-vo"))),
        "due": draw(maybe(days)),
        "waits-on": draw(some(ISSUES)),
    }


appointments = st.builds(
    lambda person, post, since: {"appointment": person, "post": post, "from": since},
    st.sampled_from(("ann-lee", "binh-vo")),
    st.sampled_from(("Minister", "Chief negotiator")),
    maybe(dates),
)


@st.composite
def roles(draw: st.DrawFn) -> Fields:
    """A party's role in the negotiation or, as a member, in the European Union."""
    member = draw(st.booleans())
    return {
        "role": draw(st.sampled_from(("us", "vn") if member else PARTIES)),
        "as": "member" if member else draw(st.sampled_from(("party", "observer", "chair"))),
        "of": "eu" if member else "",
        "from": draw(maybe(dates)),
        "until": draw(maybe(dates)),
    }


@st.composite
def entries(draw: st.DrawFn) -> list[Fields]:
    """What one source reports; it announces what it calls off, and reports agreed what it reports done."""
    found: list[Fields] = []
    for one in draw(
        st.lists(st.one_of(meetings(), announcements(), follow_ups(), deadlines(), tasks(), texts()), max_size=3)
    ):
        found.append(one)
        kind, slug = next(iter(one.items()))
        end = draw(st.sampled_from(("", "", "end")))
        if end and kind == "announcement":
            found.append({"called-off": slug, "on": draw(maybe(dates)), "reason": "A storm."})
        if end and kind == "follow-up":
            outcome = draw(st.sampled_from(("done", "lapsed")))
            found.append({"closed": slug, "outcome": outcome, "on": draw(maybe(dates)), "by": draw(some(VOICES))})
        if end and kind == "deadline":
            outcome = draw(st.sampled_from(("met", "missed", "lifted")))
            found.append({"ended": slug, "outcome": outcome, "on": draw(maybe(dates)), "by": draw(some(VOICES))})
        if kind == "text":
            found += draw(st.lists(wordings(), max_size=3))
        if end and kind == "task":
            found.append({"task-done": slug, "on": draw(maybe(days))})
    found += draw(
        st.lists(st.one_of(statements(), statements(), statements(), appointments, roles()), min_size=2, max_size=4)
    )
    for one in [one for one in found if "appointment" in one]:
        if draw(st.integers(0, 2)) == 0:
            post = draw(st.sampled_from(("", one["post"])))
            found.append({"left-post": one["appointment"], "post": post, "on": draw(maybe(dates))})
    named = {"statement", "follow-up", "meeting", "announcement"}
    linkable = {next(iter(one.values())) for one in found if {*one} & named}
    for one in found:
        relations = ["reaffirms", "depends-on", "replaces"] + ["answers", "denies", "meets"] * ("statement" in one)
        if linkable and {*one} & {"statement", "follow-up", "announcement"} and draw(st.integers(0, 2)) == 0:
            relation = draw(st.sampled_from(relations))
            targets = sorted(one for one in linkable if relation != "answers" or one.startswith("said"))
            targets = _with_conditions(found) if relation == "meets" else targets
            one[relation] = draw(some(targets, 0, 2)) if targets else []
    met = [one["meeting"] for one in found if "meeting" in one]
    for one in found:
        if (
            met
            and draw(st.booleans())
            and {*one} & {"statement", "announcement", "follow-up", "deadline", "text", "wording"}
        ):
            one["at"] = draw(st.sampled_from(met))
        if not {*one} & {"task", "task-done"}:
            one["quote"] = draw(some(QUOTES, 1, 2))
    return [{key: value for key, value in one.items() if value not in ("", [])} for one in found]


@st.composite
def reports(draw: st.DrawFn, slug: str) -> Report:
    source = {
        "slug": slug,
        "kind": draw(st.sampled_from(("news", "readout", "note"))),
        "title": f"What {slug} reports",
        "published": draw(maybe(dates)),
        "account-of": draw(st.sampled_from(("", *PARTIES))),
        "publisher": draw(st.sampled_from(("", "A Wire", "Another"))),
        "credits": draw(st.sampled_from(("", "", "A Wire"))),
    }
    return Report(source, tuple(draw(entries())), draw(st.booleans()))


CORRECTED = {
    "statement": {
        "act": "asked",
        "says": "Something else.",
        "issues": ["origin"],
        "on": "2025-05-02",
        "to": ["eu"],
        "figures": {"tariff-rate": "7 percent"},
        "conditional-on": "data-flows = data may flow",
        "replaces": ["said-1"],
        "answers": ["said-2"],
        "denies": ["said-1"],
        "meets": ["said-1"],
    },
    "follow-up": {"says": "Something else.", "owners": ["eu"], "on": "2025-05-01", "due": "2025-06-03"},
    "closed": {"outcome": "dropped", "on": "2025-06-30"},
    "deadline": {"says": "Something else.", "due": "2025-06-03", "basis": "self-imposed", "on": "2025-05-01"},
    "task": {"says": "Draft nothing.", "due": "2025-06-03", "waits-on": "tariffs"},
    "task-done": {"on": "2025-06-03"},
    "text": {"version": "2", "title": "Another agreement", "on": "2025-05-02", "by": ["vn"]},
    "wording": {"provision": "2.1", "words": "They should cooperate.", "on": "2025-05-02", "by": ["eu"]},
    "ended": {"outcome": "lifted", "on": "2025-06-30"},
    "meeting": {"kind": "ministerial", "held": "2025-05-20", "place": "Geneva", "number": "3"},
    "announcement": {"expected": "2025-06-30", "on": "2025-05-01", "number": "3"},
    "called-off": {"on": "2025-05-02", "reason": "No visa."},
    "appointment": {"post": "Envoy", "from": "2025-05-21"},
    "role": {"from": "2025-05-20", "until": "2025-06-10", "as": "observer"},
    "left-post": {"on": "2025-05-25", "reason": "An election."},
    "source": {"published": "2025-05-20", "title": "Another title", "derived-from": "paper-a"},
    "issue": {"title": "Tariff lines", "about": "What is paid at the border."},
}


@st.composite
def mends(draw: st.DrawFn, told: Sequence[Report]) -> Mend:
    """One correction or retraction of something reported, of a source or of an issue."""
    report = draw(st.sampled_from(told))
    entry = draw(st.sampled_from((*report.entries, {"source": report.slug}, {"issue": "tariffs"})))
    kind, about = next(iter(entry.items()))
    if kind not in ("appointment", "left-post", "role") and draw(st.integers(0, 3)) == 0:
        return Mend(about, value=draw(st.sampled_from(("", "", "back"))))
    field, value = draw(st.sampled_from(sorted(CORRECTED[kind].items(), key=str)))
    of = "" if kind in ("source", "issue") else draw(st.sampled_from((report.slug, "")))
    return Mend(about, field, value, of)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A small negotiation as two to four sources report it."""
    slugs = draw(st.permutations(("paper-a", "paper-b", "paper-c", "paper-d")))
    told = tuple(draw(reports(slug)) for slug in slugs[: draw(st.integers(2, 4))])
    return Story(NAMES, told, tuple(draw(st.lists(mends(told), max_size=3))))


NAMES = Report(
    {},
    (
        *({"party": slug, "name": slug.upper()} for slug in PARTIES),
        {"person": "ann-lee", "name": "Ann Lee", "party": "us"},
        {"person": "binh-vo", "name": "Bình Võ", "party": "vn"},
        *({"issue": slug, "title": slug.replace("-", " ").title()} for slug in ISSUES),
        {"measure": "tariff-rate", "title": "Tariff rate", "unit": "percent"},
    ),
)


# Filing.


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The library's clock stopped at a moment."""
    with mock.patch.object(now, "now", lambda: moment):
        yield


@contextmanager
def new_ledger() -> Iterator[Ledger]:
    """An empty ledger in a folder of its own, which goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    try:
        shutil.copyfile(_blank(), folder / "ledger.db")
        yield open_ledger(folder / "ledger.db", keeper="the keeper")
    finally:
        shutil.rmtree(folder)


@cache
def _blank() -> Path:
    """One empty ledger, to be copied: creating each anew would be most of the time the laws take."""
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    atexit.register(shutil.rmtree, folder)
    create_ledger(folder / "ledger.db")
    return folder / "ledger.db"


def write(report: Report, folder: Path) -> Path:
    """The report as an entry file, one JSON object a line, beside its source's text where that is at hand."""
    header: Fields = {"negotiation": NEGOTIATION}
    if report.source:
        header["source"] = {key: value for key, value in report.source.items() if value != ""}
        if report.has_text:
            header["source"]["text"] = "text.txt"
            (folder / "text.txt").write_text(TEXT)
    else:
        header |= {"title": "The talks", "parties": list(PARTIES), "notice": "Drawn for a test."}
    path = folder / f"{report.slug}.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in (header, *report.entries)))
    return path


def file_report(ledger: Ledger, report: Report) -> Report:
    """File what the rules allow of a report; what they refuse is left out, and the report as filed returned."""
    while True:
        try:
            ledger.import_files([write(report, ledger.path.parent)])
            return report
        except ProblemsFound as refused:
            lines = {int(where.rpartition(":")[2]) - 2 for where, _ in refused.problems}
            assert -1 not in lines, refused
            kept = [one for nth, one in enumerate(report.entries) if nth not in lines]
            report = report._replace(entries=tuple(_standing_alone(kept)))


def _standing_alone(kept: list[Fields]) -> list[Fields]:
    """The entries without what leans on one that is not there: so every order of filing is open to the file."""
    there = {next(iter(one.items())) for one in kept}
    there |= {("", slug) for _, slug in there}
    alone = [one for one in kept if _leans_on(one) <= there]
    return alone if len(alone) == len(kept) else _standing_alone(alone)


BEGINS = {
    "called-off": "announcement",
    "closed": "follow-up",
    "ended": "deadline",
    "left-post": "appointment",
    "task-done": "task",
}


def _leans_on(entry: Fields) -> set[tuple[str, Any]]:
    kind, about = next(iter(entry.items()))
    needs = BEGINS.get(kind, kind)
    linked = {slug for relation in RELATIONS for slug in entry.get(relation, [])}
    return {(needs, about)} | ({("meeting", entry["at"])} if "at" in entry else set()) | {("", slug) for slug in linked}


def mend(ledger: Ledger, wanted: Mend) -> bool:
    """Mend the record if there is something to mend; whether it was done."""
    reports = _to_mend(ledger, wanted)
    try:
        if not wanted.field and wanted.value:
            ledger.reinstate(wanted.slug, "It was right.", negotiation=NEGOTIATION)
        elif not wanted.field:
            ledger.retract(wanted.slug, "It was wrong.", negotiation=NEGOTIATION)
        elif reports:
            ledger.correct(
                wanted.slug,
                {wanted.field: wanted.value},
                "It was wrong.",
                negotiation=NEGOTIATION,
                position=reports[0] if wanted.of else None,
                everywhere=not wanted.of,
            )
    except Refusal:
        return False
    return not wanted.field or bool(reports)


def _to_mend(ledger: Ledger, wanted: Mend) -> list[int]:
    """The positions of the reports, by the source that the mend names if any, that state the field or alone could.

    A field that several reports leave out is not given to one of them: that would be the one filed last.
    """
    name = {"from": "since", "as": "role"}.get(wanted.field, wanted.field.replace("-", "_"))
    with opened(ledger) as log:
        streams = log.bearing(NEGOTIATION, [wanted.slug])
        could = [record for stream in streams for record in log.stream(stream) if hasattr(record.event, name)]
    stating = [record for record in could if getattr(record.event, name)] or (could if len(could) == 1 else [])
    return [record.position for record in stating if wanted.of in ("", record.event.source)]


def tell(ledger: Ledger, story: Story, between: Callable[[], None] = lambda: None, day: int = 1) -> Story:
    """File the whole story, each file `day` days after the one before; the story as the rules allowed it."""
    moment = BEGINNING
    filed, mended = [], []
    for report in (story.names, *story.reports):
        with at(moment):
            filed.append(file_report(ledger, report))
        moment += timedelta(days=day)
        between()
    for wanted in story.mends:
        with at(moment):
            if mend(ledger, wanted):
                mended.append(wanted)
        moment += timedelta(days=day)
        between()
    return Story(filed[0], tuple(filed[1:]), tuple(mended))


# Projecting and comparing.


@contextmanager
def opened(ledger: Ledger) -> Iterator[Log]:
    log = Log(ledger.path, ledger.keeper)
    try:
        yield log
    finally:
        log.close()


class Projection:
    """Views in memory of a ledger's log, brought about by catching up, by a rebuild or by a replay."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.db = open_views(None)

    def catch_up(self) -> "Projection":
        with opened(self.ledger) as log:
            catch_up(log, self.db, store.head(self.ledger.path))
        return self

    def rebuild(self) -> "Projection":
        with opened(self.ledger) as log:
            rebuild(log, self.db, store.head(self.ledger.path))
        return self

    def replay(self, clocks: Clocks = EVERYTHING) -> "Projection":
        with opened(self.ledger) as log:
            replay(log, self.db, store.head(self.ledger.path).ledger_id, clocks)
        return self

    def rewind(self, position: int, reported_by: str | None = None) -> "Projection":
        """What the views of the whole log were at a moment, made from them; replayed if they cannot be rewound."""
        clocks, newer = Clocks(None, reported_by, position), Projection(self.ledger).rebuild()
        with opened(self.ledger) as log:
            if rewind(log, newer.db.conn, self.db, clocks, NEGOTIATION):
                return self
            replay(log, self.db, store.head(self.ledger.path).ledger_id, clocks, negotiation=NEGOTIATION)
            return self

    def asked(self, day: str) -> Views:
        return Views(self.db.conn, day, NEGOTIATION)

    def contents(self) -> dict[str, list[str]]:
        """Every row of every table, in no order, but for what is remembered of the log."""
        return contents(self.db.conn)


WORDS = {"temp.words": "search", "temp.words_of_texts": "texts"}  # the vocabulary of each full text


def contents(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Every row of every table of some views, and every indexed word, but for what is remembered of the log."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = [name for (name,) in found if not name.startswith(("search_", "texts_", "sqlite_"))]
    for vocabulary, table in WORDS.items():
        connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {vocabulary} USING fts5vocab(main, {table}, instance)")
    return {
        name: sorted(repr(tuple(row)) for row in connection.execute(f"SELECT * FROM {name}"))
        for name in [*(name for name in names if name not in ("leaves", "upkeep")), *WORDS]
    }


def answers(views: Views) -> Fields:
    """What every question that is asked of a day is answered on that day."""
    meetings = views.meetings()
    return {
        "parties": views.parties(),
        "roles": memberships(views),
        "who is what": who_is_what(views),
        "people": views.people(),
        "sources": views.sources(),
        "issues": views.issues(),
        "asks": views.asks(everything=True),
        "follow-ups": views.follow_ups(everything=True),
        "tasks": own_tasks(views, everything=True),
        "deadlines": views.deadlines(everything=True),
        "meetings": meetings,
        "forecasts": {slug: views.forecasts(slug) for slug in (*MEETINGS, "limit-1", "limit-2")},
        "next": [views.next_meeting(kind) for kind in ("round", "call", "ministerial", "")],
        "statements": views.statements(),
        "contested": views.contested(),
        "families": views.families(),
        "gaps": gaps(views, 1),
        "compared": [compare(views, one.meeting.slug) for one in meetings],
        "timeline": views.timeline(),
        "last": views.last_entries(3),
        "promises": promises(views),
        "positions": positions(views),
        "figures": every_figure(views),
        "conditions": conditions(views),
        "links": _links(views),
        "table": table_of_positions(views),
        "texts": every_text(views),
        "provisions": provisions(views),
        "wordings": wordings_given(views, "agreement"),
        "state": views.state(),
        "unverified": sorted((one.slug, one.source, one.words, one.told) for one in views.unverified()),
        "found": [search(views, word, "source") for word in ("tariff", "sunset")],
    }


def without_doubts(found: Fields) -> Fields:
    """The answers without the reports that count only later, but may have been on record by the day."""
    state = found["state"]
    return found | {
        "next": [one._replace(perhaps=[]) for one in found["next"]],
        "state": state._replace(next_round=state.next_round._replace(perhaps=[])),
    }


def _links(views: Views) -> dict[str, list[Any]]:
    """The links between valid entries: the record names those that were retracted, and a replay leaves them out."""
    valid = [one.slug for one in views.labels() if not (one.retracted or one.erased)]
    found = {
        slug: [(one.link, one.other.slug, one.in_words) for one in of_it if one.other.slug in valid]
        for slug, of_it in linked(views, valid).items()
    }
    return {slug: of_it for slug, of_it in found.items() if of_it}


def without_positions(answer: Any) -> Any:
    """An answer with everything in it that names a position of the log taken out."""
    if isinstance(answer, dict):
        return {key: without_positions(value) for key, value in answer.items()}
    if isinstance(answer, Statement):
        answer = answer._replace(turn="")
    if isinstance(answer, tuple) and hasattr(answer, "_replace"):
        named = [field for field in ("position", "positions") if field in answer._fields]
        return [without_positions(value) for value in answer._replace(**dict.fromkeys(named))]
    if isinstance(answer, list):
        return [without_positions(value) for value in answer]
    return answer


def slug(entry: Fields) -> str:
    """The slug that an entry's first key gives it."""
    return str(next(iter(entry.values())))
