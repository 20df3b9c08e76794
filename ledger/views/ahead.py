"""The dates given for meetings and deadlines, their moves, the sources that report a meeting, and open deadlines."""

import json
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ledger.base.text import capital, counted, said_of, uncapital
from ledger.dates import When, as_limit, covers, surely_after, wholly_after
from ledger.domain.kinds import KINDS
from ledger.domain.states import Deadline, FollowUp, Forecast, Meeting, Slugs, Statement
from ledger.domain.vocabulary import OF_THE_ACT, OFF, guess, meeting_name
from ledger.domain.voices import parties
from ledger.views.errors import NotInThisPart
from ledger.views.links import NamedEntries, replaced
from ledger.views.measured import refusals
from ledger.views.rows import PHRASE, Entry, selected
from ledger.views.schema import OCCURRENCE
from ledger.views.status import (
    DeadlineOnTheDay,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    PerhapsByThen,
    nearest_first,
    on_the_day,
    surely_last,
    timed,
    told,
    took_place,
)

if TYPE_CHECKING:
    from ledger.domain.copies import Family

# The reports of meetings that count after a day, each with the publication of its source.
_LATER = f"""
    SELECT event, slug, log.source, position, IFNULL(as_it_stands, sentence), occurred_as_it_stands, {PHRASE},
      (SELECT paper.occurred_as_it_stands FROM log AS paper WHERE paper.negotiation = log.negotiation
       AND paper.kind = 'source' AND paper.slug = log.source AND paper.event = 'SourceRegistered' AND paper.stands)
    FROM log WHERE negotiation = ? AND kind = 'meeting' AND stands AND takes_effect > ?
      AND event IN ('MeetingAnnounced', 'MeetingReported', 'MeetingCalledOff') ORDER BY {OCCURRENCE}"""


class Move(NamedTuple):
    """How an expectation relates to the one before it.

    how: slipped (its window lies wholly later), brought forward (wholly earlier), made more precise (within the earlier
    window), reaffirmed (the same), restated (anything else). `days` is the number of days by which the last possible
    day moved, if it slipped or was brought forward and both have one. It moved by `at_least` to `at_most` days, counted
    from start to start; `at_most` is null if a date is open. `about`: only a convention gives a day that was counted.
    """

    how: str
    days: int | None
    at_least: int | None = None
    at_most: int | None = None
    about: bool = False

    @property
    def says(self) -> str:
        """`10 days later than before`; `37 to 61 days later than before`; `made more precise`."""
        if self.at_least is None:
            return self.how
        about, by = "about " * self.about, counted(self.at_least, "day")
        if self.at_most not in (None, self.at_least):
            by = f"{self.at_least} to {counted(self.at_most, 'day')}"
        by = f"{'at least ' if self.at_most is None else ''}{about}{by}"
        return f"{by} {'later' if self.how == 'slipped' else 'earlier'} than before"


class Ahead(NamedEntries):
    """The questions about dates that lie ahead, and about meetings held since."""

    def forecasts(self, slug: str) -> list[Forecast]:
        """Every date that a meeting or a deadline was given by the day, oldest first."""
        rows = self.rows(
            f"SELECT {selected(Forecast)} FROM forecasts"
            " WHERE negotiation = ? AND meeting = ? AND valid_from <= ? ORDER BY nth",
            self.negotiation,
            slug,
            self.day,
        )
        return self.read(Forecast, rows)

    def held_according_to(self, meeting: str = "") -> dict[str, Slugs]:
        """The sources that report a meeting, or each, as held or in progress; its other sources only expected it."""
        narrowed = " AND slug = ?" if meeting else ""
        found: dict[str, dict[str, None]] = {}
        for slug, source in self.rows(
            "SELECT slug, source FROM log WHERE negotiation = ? AND kind = 'meeting' AND event = 'MeetingReported'"
            f" AND stands AND takes_effect <= ?{narrowed} ORDER BY position",
            *(self.negotiation, self.day, *([meeting] if meeting else [])),
        ):
            found.setdefault(slug, {})[source] = None
        return {slug: tuple(sources) for slug, sources in found.items()}

    def closed_in(self, follow_up: str) -> Slugs:
        """The sources that report the end of a follow-up."""
        found = self.rows(
            "SELECT source FROM log WHERE negotiation = ? AND kind = 'follow-up' AND slug = ?"
            " AND event = 'FollowUpClosed' AND stands AND takes_effect <= ? AND source != '' ORDER BY position",
            *(self.negotiation, follow_up, self.day),
        )
        return tuple(dict.fromkeys(row["source"] for row in found))

    def first_reported(self) -> dict[str, str]:
        """The day by which each meeting was first reported as held or in progress."""
        first = (
            "SELECT slug, MIN(reported) FROM log WHERE negotiation = ? AND kind = 'meeting'"
            " AND event = 'MeetingReported' AND stands AND takes_effect <= ? GROUP BY slug"
        )
        return {row[0]: row[1] for row in self.rows(first, self.negotiation, self.day)}

    def is_surely_last(self, last: Meeting, meetings: Sequence[MeetingOnTheDay], kind: str) -> bool:
        """As `surely_last`; the days of the first reports are read only if dates and numbers do not tell."""
        return surely_last(last, meetings, kind) or surely_last(last, meetings, kind, self.first_reported())

    def account_of(self, meeting: Meeting) -> str:
        """Who told of a meeting, or the side whose account alone gives its status: `as told by Viet Nam`; else ""."""
        reporting = {self._accounts.get(source, "") for source in meeting.status_in}
        teller = meeting.reported_by or (reporting.pop() if len(reporting) == 1 else "")
        return f"as told by {self.in_sentence(teller)}" if teller else ""

    def how_told(self, meeting: Meeting) -> str:
        """`, as told by Viet Nam (denied by China on 3 June: No date)`: who told of a meeting, and who denied it."""
        account = self.account_of(meeting)
        return f"{f', {account}' if account else ''}{self.denials(meeting.slug)}"

    def told(self, one: MeetingOnTheDay) -> str:
        """A meeting that came to nothing: `Round 3, expected "early June": superseded by round 5`."""
        return told(one, self.titled(one.meeting))

    def refused(self, statement: str) -> str:
        """`, refused by the United States on 3 June 2025 in us-no (paper)`: after what a statement asks; else ""."""
        return "".join(f", refused by {told}" for told in self.refusals.get(statement, ()))

    @cached_property
    def refusals(self) -> dict[str, Slugs]:
        """By statement, its refusals in words."""
        return refusals(self)

    @cached_property
    def told_requests(self) -> dict[str, dict[str, str]]:
        """By issue and asker, who told and denied its last request.

        The text is "" if its first or its last request is its own word, and undenied.
        """
        asks = self.held("issue, asker, first_statement, last_statement", "asks")
        made = sorted({slug for row in asks for slug in (row["first_statement"], row["last_statement"])})
        those = "AND slug IN (SELECT value FROM json_each(?))", json.dumps(made)
        tellers = {row["slug"]: row["reported_by"] for row in self.held("slug, reported_by", "statements", *those)}
        how = {slug: self.told_and_denied(tellers.get(slug, ""), slug) for slug in made}
        found: dict[str, dict[str, str]] = {}
        for issue, asker, first, last in asks:
            found.setdefault(issue, {})[asker] = how[last] if how[first] else ""
        return found

    @cached_property
    def answered_issues(self) -> frozenset[str]:
        """The issues on which a request is known to be answered; words said before every request answer none."""
        return frozenset(row["issue"] for row in self.held("issue", "asks", "AND last_answer != ''"))

    @cached_property
    def guesses(self) -> dict[tuple[str, str, str], dict[str, str]]:
        """The keeper's inferences in statements that may be replies: by issue, party and act, and then by day."""
        found: dict[tuple[str, str, str], dict[str, str]] = {}
        for said in self.states(Statement, "statements", "AND inferred != ''"):
            why = guess(said.inferred, said.inferred_in, *OF_THE_ACT)
            for party in parties((*said.by, *said.on_behalf_of)) if why else ():
                for issue in said.issues:
                    found.setdefault((issue, party, said.act), {})[said.day] = why
        return found

    def families(self, among: Collection[str] | None = None) -> "dict[str, Family]":
        """The family of every source, or of some, also if published after the day; copies of one text form a family."""
        from ledger.domain.copies import Family

        some = "" if among is None else " AND source IN (SELECT value FROM json_each(?))"
        which = f"SELECT source, family, side FROM families WHERE negotiation = ?{some}"
        rows = self.rows(which, self.negotiation, *([] if among is None else [json.dumps(sorted(among))]))
        return {row["source"]: Family(*row) for row in rows}

    def timed(self, found: Sequence[FollowUp]) -> list[FollowUpOnTheDay]:
        """The follow-ups with their timing on the day, and according to whom each was agreed and ended."""
        from ledger.views.weight import ended_alone, side_alone

        instead, known = replaced(self), self.families({source for one in found for source in one.sources})
        ends = [ended_alone(one, known, self._negotiating) if one.end_told else () for one in found]
        until = self._ended_until([one.slug for one in found if one.is_closed and not one.closed_on])
        how = [(instead.get(one.slug, ""), self.in_sentence, side_alone(one, known)) for one in found]
        on_day = (
            timed(one, self.day, *by_whom, by, until.get(one.slug, ""))
            for one, by_whom, by in zip(found, how, ends, strict=True)
        )
        return [one._replace(replacement=self.called(one.replaced_by)) if one.replaced_by else one for one in on_day]

    def _ended_until(self, slugs: Collection[str]) -> dict[str, str]:
        """The day by which each of these follow-ups had ended: that of the first report of its end."""
        which = (
            "SELECT slug, MIN(takes_effect) FROM log WHERE negotiation = ? AND kind = 'follow-up' AND stands AND"
            " event = 'FollowUpClosed' AND slug IN (SELECT value FROM json_each(?)) GROUP BY slug"
        )
        rows = self.rows(which, self.negotiation, json.dumps([*slugs])) if slugs else ()
        return dict(tuple(row) for row in rows)

    @cached_property
    def _accounts(self) -> dict[str, str]:
        """The sources that are the account of one side, each with that side."""
        which = "SELECT source, side FROM families WHERE negotiation = ? AND side != ''"
        rows = self.shared_or_read("families", "side", lambda: self.rows(which, self.negotiation))
        return {row["source"]: row["side"] for row in rows}

    def called_off_as(self, report: Entry) -> str:
        """The title of a meeting, with the date that it had when a report called it off."""
        before = f"({OCCURRENCE}) < (SELECT {OCCURRENCE} FROM log WHERE position = ?)"
        rows = self.rows(
            f"SELECT position FROM log WHERE negotiation = ? AND kind = 'meeting' AND slug = ? AND {before}",
            *(self.negotiation, report.slug, report.position),
        )
        earlier = {row["position"] for row in rows}
        dates = [one.expected for one in self.forecasts(report.slug) if one.expected and one.position in earlier]
        [meeting] = self.states(Meeting, "meetings", "AND slug = ?", report.slug)
        return self.titled(
            meeting._replace(status="expected", held=When(), expected=dates[-1] if dates else When(), before="")
        )

    def first_of(self, slug: str) -> NotInThisPart | None:
        """The refusal that says from when an entry is on record; None if there is no such entry."""
        first = "SELECT kind, MIN(reported), MIN(recorded_at), MIN(position) FROM log"
        row = self.row(f"{first} WHERE negotiation = ? AND slug = ? GROUP BY kind", self.negotiation, slug)
        if row is None:
            return None
        kind, reported, recorded_at, position = row
        if kind in KINDS and KINDS[kind].named:
            of_mention = "MIN((SELECT reported FROM log WHERE log.position = search.rowid))"
            reported = self.mentioned(of_mention, slug, self.day) or recorded_at[:10]
        recorded = f"{When(recorded_at[:10]).clause()} as #{position}"
        return NotInThisPart(kind=kind, slug=slug, reported=When(reported).clause(), recorded=recorded)

    def perhaps_by_then(self) -> list[PerhapsByThen]:
        """The reports of meetings that count only later, but may have been on record by the day.

        The day is one of the possible days of what they say or, if they do not date that, of their publication. Reports
        that would change nothing are left out.
        """
        found: list[PerhapsByThen] = []
        for event, slug, source, position, sentence, *dates in self.rows(_LATER, self.negotiation, self.day):
            on, published = When(*dates[:2]), When(dates[2] or "")
            first = (on or published).earliest
            if first is None or first.isoformat() > self.day or self._is_known_of(event, slug, position):
                continue
            said = "said " * (event == "MeetingAnnounced")
            because = f"published {published.clause()}"
            if on:  # the sentence of a meeting that was held has its date
                because = "" if event == "MeetingReported" else f"{said}{on.clause()}"
            says = said_of(self._title_by_then(slug), sentence) if event == "MeetingCalledOff" else sentence
            says = says if says.startswith("{") else uncapital(says)
            found.append(PerhapsByThen(slug, self.named(f": {says}")[2:], because, source))
        return found

    def _is_known_of(self, event: str, slug: str, position: int) -> bool:
        """Whether the record has by the day what a later report says of a meeting: that it was held, off, or when."""
        meeting = next(iter(self.states(Meeting, "meetings", "AND slug = ?", slug)), None)
        if meeting is None or event == "MeetingCalledOff":
            return meeting is not None and meeting.status in OFF.values()
        if event == "MeetingReported" or took_place(meeting):
            return took_place(meeting)
        given = (
            "SELECT expected FROM forecasts WHERE negotiation = ? AND meeting = ? AND position = ? ORDER BY nth DESC"
        )
        row = self.row(given, self.negotiation, slug, position)
        return meeting.status == "announced" and row is not None and row["expected"] == meeting.expected.edtf

    def _title_by_then(self, slug: str) -> str:
        """The title of a meeting on the day; if it is not on record by then, the kind and number that it has later."""
        if known := self.states(Meeting, "meetings", "AND slug = ?", slug):
            return self.titled(known[0])
        which = "SELECT kind, number FROM meetings WHERE negotiation = ? AND slug = ? ORDER BY valid_from"
        row = self.row(which, self.negotiation, slug)
        return capital(meeting_name(row["kind"], row["number"])) if row else slug

    def unended_deadlines(self) -> list[DeadlineOnTheDay]:
        """The deadlines whose end no report gives: first those that passed, then those that lie ahead."""
        every = self.deadlines(everything=True)
        passed = [one for one in every if one.timing == "passed"]
        return passed + [one for one in every if one.is_open]

    def deadlines(self, *, everything: bool = False) -> list[DeadlineOnTheDay]:
        """The deadlines that have neither passed nor ended, nearest first; with `everything`, then the others."""
        found = nearest_first(self.deadlines_on_the_day(self.states(Deadline, "deadlines", order="valid_from")))
        return [one for one in found if everything or one.is_open]

    def deadlines_on_the_day(self, found: Sequence[Deadline]) -> list[DeadlineOnTheDay]:
        """The deadlines with their timing on the day."""
        instead = replaced(self)
        on_day = (on_the_day(one, self.day, instead.get(one.slug, ""), self.in_sentence) for one in found)
        return [one._replace(replacement=self.called(one.replaced_by)) if one.replaced_by else one for one in on_day]


def moved(before: When, after: When, *, of_deadline: bool = False) -> Move:
    """How a new expectation, or a new date of a deadline, relates to the one before it."""
    about = before.is_conventional or after.is_conventional
    if of_deadline:
        before, after = as_limit(before), as_limit(after)
    if wholly_after(after, before) or wholly_after(before, after):
        days = (after.latest - before.latest).days if after.latest and before.latest else None
        if wholly_after(after, before):
            return Move("slipped", days, *_apart(before, after), about)
        return Move("brought forward", days, *_apart(after, before), about)
    if before.edtf == after.edtf:
        return Move("reaffirmed", None)
    return Move("made more precise" if covers(before, after) else "restated", None)


def _apart(earlier: When, later: When) -> tuple[int | None, int | None]:
    """The least and the most days from the start of one date to the start of a later one; None where a date is open."""
    (first, last), (other_first, other_last) = earlier.starts, later.starts
    least = (other_first - last).days if other_first and last else None
    return least, (other_last - first).days if other_last and first else None


def moves(forecasts: Sequence[Forecast], *, of_deadline: bool = False) -> list[Move | None]:
    """How each forecast relates to the last one before it that speaks of the date; None if nothing is known to move.

    That is so for the first, for one that says nothing of the date, and for one that differs from the one before.
    """
    found: list[Move | None] = []
    before: Forecast | None = None
    for one in forecasts:
        apart = before is None or is_silent(one) or differs(before, one)
        found.append(None if apart or not before else moved(before.expected, one.expected, of_deadline=of_deadline))
        before = before if is_silent(one) else one
    return found


def is_silent(one: Forecast) -> bool:
    """Whether a report of a coming meeting, or of a deadline, says nothing of its date."""
    return one.expected == When()


def date_given(one: Forecast) -> str:
    """The date of a forecast in words: `by 3 June 2025`; `"at a later date" (no date given)`."""
    words = one.expected.describe(limit=True)
    return words if one.expected else words.replace("date unknown", "no date given")


def differs(one: Forecast, other: Forecast) -> bool:
    """Whether one source gave these forecasts and does not say which came later: nothing has moved.

    Two voices gave them, or only the first one has a day.
    """
    if is_silent(one) or is_silent(other):
        return False
    by_others = bool(one.by and other.by) and not {*one.by} & {*other.by}
    undated = bool(one.said_on) and not other.said_on
    return (by_others or undated) and one.source == other.source and not surely_after(other.said_on, one.said_on)


def present_forecast(meeting: Meeting, forecasts: Sequence[Forecast]) -> Forecast | None:
    """The forecast that gives the expected date of a meeting; None for a meeting without forecasts."""
    same = [one for one in forecasts if one.expected == meeting.expected] or [*forecasts]
    return same[-1] if same else None
