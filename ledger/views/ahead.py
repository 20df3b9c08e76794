"""The dates given for meetings and deadlines, their moves, the sources that report a meeting, and open deadlines."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger.base.text import counted
from ledger.dates import When, as_limit, covers, surely_after
from ledger.domain.states import Deadline, Forecast, Meeting, Slugs
from ledger.views.known import KnownByThen
from ledger.views.links import replaced
from ledger.views.rows import Entry, selected
from ledger.views.schema import OCCURRENCE
from ledger.views.status import DeadlineOnTheDay, nearest_first, on_the_day, title_of


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


class Ahead(KnownByThen):
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
        return title_of(meeting._replace(held=When(), expected=dates[-1] if dates else When(), before=""))

    def unended_deadlines(self) -> list[DeadlineOnTheDay]:
        """The deadlines whose end no report gives: first those that passed, then those that lie ahead."""
        every = self.deadlines(everything=True)
        passed = [one for one in every if one.timing == "passed"]
        return passed + [one for one in every if one.is_open]

    def deadlines(self, *, everything: bool = False) -> list[DeadlineOnTheDay]:
        """The deadlines that have neither passed nor ended, nearest first; with `everything`, then the others."""
        every, instead = self.states(Deadline, "deadlines", order="valid_from"), replaced(self)
        found = nearest_first(on_the_day(one, self.day, instead.get(one.slug, ""), self.in_sentence) for one in every)
        return [one for one in found if everything or one.is_open]


def moved(before: When, after: When, *, of_deadline: bool = False) -> Move:
    """How a new expectation, or a new date of a deadline, relates to the one before it."""
    about = before.is_conventional or after.is_conventional
    if of_deadline:
        before, after = as_limit(before), as_limit(after)
    if surely_after(after, before) or surely_after(before, after):
        days = (after.latest - before.latest).days if after.latest and before.latest else None
        if surely_after(after, before):
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
    """How each forecast relates to the one before; None for the first, and for one that differs from it."""
    related = (
        None if differs(one, other) else moved(one.expected, other.expected, of_deadline=of_deadline)
        for one, other in pairwise(forecasts)
    )
    return [None, *related][: len(forecasts)]


def differs(one: Forecast, other: Forecast) -> bool:
    """Whether one source gave these forecasts and does not say which came later: nothing has moved.

    Two voices gave them, or only the first one has a day.
    """
    by_others = bool(one.by and other.by) and not {*one.by} & {*other.by}
    undated = bool(one.said_on) and not other.said_on
    return (by_others or undated) and one.source == other.source and not surely_after(other.said_on, one.said_on)


def present_forecast(meeting: Meeting, forecasts: Sequence[Forecast]) -> Forecast | None:
    """The forecast that gives the expected date of a meeting; None for a meeting without forecasts."""
    same = [one for one in forecasts if one.expected == meeting.expected] or [*forecasts]
    return same[-1] if same else None
