"""The links between entries as of a day: replacements, reaffirmations, separate requests, and the ends of asks.

From the day of an entry that replaces another, the other is no longer valid.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from ledger.base.text import in_quotes
from ledger.domain.states import Ask, Link, Meeting
from ledger.domain.vocabulary import Role, plain, role_of
from ledger.domain.voices import with_names
from ledger.views.known import KnownByThen
from ledger.views.reader import Reader
from ledger.views.rows import IN_PERIODS, periods
from ledger.views.schema import INEXACT
from ledger.views.status import AskStatement, the_meeting, took_place

_CHANGED = (
    f"SELECT issue, asker, last_asked, last_answer, last_end FROM asks WHERE negotiation = ? AND {IN_PERIODS}"
    " AND valid_from = ? AND +issue IN (SELECT value FROM json_each(?))"
)


class NamedEntries(KnownByThen):
    """The names of entries in the sentences of others."""

    def named(self, sentence: str) -> str:
        """A sentence with the voices and entries in it replaced by their names."""
        return with_names(sentence, self.called)

    def called(self, name: str) -> str:
        """A voice or an entry inside a sentence: `Viet Nam`, `the call of … expected on 3 June 2026`, `“Send it”`.

        A statement is called by its slug, as is an entry that is not on record by the day.
        """
        if name not in self._called:
            self._called[name] = self._entry_called(name) or self.in_sentence(name)
        return self._called[name]

    @cached_property
    def _called(self) -> dict[str, str]:
        """The names that were looked up."""
        return {}

    def _entry_called(self, slug: str) -> str:
        row = self.row("SELECT kind FROM entries WHERE negotiation = ? AND slug = ?", self.negotiation, slug)
        kind = row["kind"] if row else ""
        if kind == "meeting":
            known = self.states(Meeting, "meetings", "AND slug = ?", slug)
            return the_meeting(known[0], self.name_of_meeting(known[0])) if known else ""
        label = self.label_of(kind, slug).rstrip(".") if kind in ("follow-up", "deadline", "issue") else ""
        return label if kind == "issue" or not label else in_quotes(label)

    def depends_on(self, meeting: Meeting) -> list[str]:
        """The names of the entries on which a meeting depends: `Ratify the text`, `Round 2, 3 June 2026`."""
        slugs = [one.partition(" ")[2] for one in meeting.links if one.startswith("depends-on ")]
        those = "SELECT slug, kind FROM entries WHERE negotiation = ? AND slug IN (SELECT value FROM json_each(?))"
        kinds = dict(tuple(row) for row in self.rows(those, self.negotiation, json.dumps(slugs))) if slugs else {}
        return [(self.label_of(kinds.get(slug, ""), slug) or slug).rstrip(".") for slug in slugs]

    def needs(self, meeting: Meeting) -> str:
        """`; depends on: Ratify the text`: on what a meeting that was not held yet depends, after its name; else ""."""
        needed = "" if took_place(meeting) else "; ".join(self.depends_on(meeting))
        return f"; depends on: {needed}" if needed else ""


def links(views: Reader) -> list[Link]:
    """The links by the day, in order of occurrence."""
    return views.states(Link, "links", order="valid_from, slug, rowid")


def replaced(views: Reader) -> dict[str, str]:
    """The entries that others replace by the day, each with the last entry that does."""
    return {one.target: one.slug for one in links(views) if one.relation == "replaces"}


def reaffirmed(views: Reader) -> dict[str, list[Link]]:
    """The entries that others reaffirm by the day, each with the links to it in order of occurrence."""
    found: dict[str, list[Link]] = {}
    for one in links(views):
        if one.relation == "reaffirms":
            found.setdefault(one.target, []).append(one)
    return found


def separate(views: Reader, asks: Iterable[Ask], which: str = "", *params: str) -> list[tuple[Ask, int]]:
    """The asks, each that consists of several requests as these requests, with the number of requests.

    Of an ask that consists of several, only the requests that meet the condition `which` are returned.
    """
    several: dict[tuple[str, str], list[Ask]] = {}
    for one in views.states(Ask, "requests", which, *params, order="first_asked, rowid"):
        several.setdefault((one.issue, one.asker), []).append(one)
    numbers = requests_made(views)
    found: list[tuple[Ask, int]] = []
    for ask in asks:
        number = numbers.get((ask.issue, ask.asker), 0)
        found += [(one, number) for one in several.get((ask.issue, ask.asker), [])] if number else [(ask, 1)]
    return found


def requests_made(views: Reader) -> dict[tuple[str, str], int]:
    """The number of requests in each ask that consists of several, by issue and asker."""
    made = views.held("issue, asker, COUNT(*), SUM(times)", "requests", "GROUP BY issue, asker", order="issue")
    if not made:
        return {}
    times = {(issue, asker): often for issue, asker, often in views.held("issue, asker, times", "asks", order="issue")}
    # With those before the last answer to all.
    return {(issue, asker): count + times[issue, asker] - often for issue, asker, count, often in made}


def answered_besides(
    views: Reader, said: Collection[AskStatement], titles: Mapping[str, str]
) -> dict[tuple[str, str], dict[str, str]]:
    """The issues on which a statement asked and was answered, by statement and asker, each with the answer in words:
    `Free boots: accepted`.

    `said` are the statements that make asks: those that ask on one issue have none. `titles` are those of the issues.
    """
    several = {issue for one in said if len(one.issues) > 1 for issue in one.issues}
    if not several:
        return {}
    those = "AND waiting_since = '' AND last_answer != '' AND +issue IN (SELECT value FROM json_each(?))"
    found: dict[tuple[str, str], dict[str, str]] = {}
    for ask in views.states(Ask, "asks", those, json.dumps(sorted(several)), order="issue, asker"):
        answer = f"{titles.get(ask.issue, ask.issue)}: {plain(ask.last_answer_act)}"
        found.setdefault((ask.last_statement, ask.asker), {})[ask.issue] = answer
    return found


def perhaps_by_then(views: Reader) -> dict[tuple[str, str], set[str]]:
    """The things that may have happened to an ask by the day, by issue and asker: `asked`, `answered`, `withdrawn`.

    A statement counts from the latest day that its date may mean, so one of "early June" may have been made before the
    day of the question. An undated one was made when it was reported, for all that is known.
    """
    begun = (
        "SELECT act, issues, day FROM statements WHERE negotiation = ? AND valid_from > ?"
        f" AND {INEXACT} AND on_earliest <= ?"
    )
    found: dict[tuple[str, str], set[str]] = {}
    for act, issues, day in views.rows(begun, views.negotiation, views.day, views.day):
        role = role_of(act)
        if role is Role.CONSIDERS:
            continue
        how = "asked" if role is Role.RAISES else "withdrawn" if role is Role.WITHDRAWS else "answered"
        for issue, asker, *days in views.rows(_CHANGED, views.negotiation, *periods(day), day, issues):
            if day == days[("asked", "answered", "withdrawn").index(how)]:
                found.setdefault((issue, asker), set()).add(how)
    return found
