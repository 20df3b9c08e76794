"""The questions that the views answer, as of one day and in typed rows, using only `sqlite3`.

`Ledger.views` opens them up to date. Questions that need more than a row or two have a module in `queries`.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from ledger.base.names import fold, nearest
from ledger.base.text import said_of
from ledger.dates import When
from ledger.domain import states
from ledger.domain.clocks import in_turn
from ledger.domain.errors import UnknownEntry, UnknownSlug
from ledger.domain.kinds import ENDS, HAPPENING, KINDS, Span, tables_of
from ledger.domain.names import Names
from ledger.domain.vocabulary import meeting_name
from ledger.domain.voices import Person, among
from ledger.views import status as otd
from ledger.views.ahead import Ahead, present_forecast
from ledger.views.conditions import in_force, with_sayings
from ledger.views.errors import NotKnownYet
from ledger.views.links import answered_besides, perhaps_by_then, replaced, separate
from ledger.views.measured import contested_fields, contests
from ledger.views.rows import LABEL, PHRASE, Entry, Evidence, Label, LogRow, S, selected, together
from ledger.views.schema import AS_FILED, OCCURRENCE
from ledger.views.state import State
from ledger.views.status import AskStatement

__all__ = ["Evidence", "Label", "LogRow", "Views"]
_OF_ANY_KIND = f"kind IN ({', '.join(repr(kind) for kind in KINDS)})"  # the indexes have the kind before the slug
_AS_INDEXED = "valid_from"  # for rows that are sorted later
# A `+` keeps SQLite from the index by kind.
_HAPPENED = f"negotiation = ? AND stands AND +kind IN ({', '.join('?' * len(HAPPENING))}) AND takes_effect <= ?"
_SAYS = (
    "(SELECT says FROM {0} WHERE {0}.negotiation = log.negotiation AND {0}.slug = log.slug AND log.kind = '{1}'"
    " {2} LIMIT 1)"
)
_THEN = ("AND valid_from <= log.takes_effect ORDER BY valid_from DESC", "ORDER BY valid_from")  # by then, or else first
# What a deadline or a follow-up says: its label depends on the order of filing.
_WORDS = [_SAYS.format(*of, then) for of in (("deadlines", "deadline"), ("follow_ups", "follow-up")) for then in _THEN]
_ENDED = (
    f"CASE WHEN event IN {ENDS} THEN COALESCE({', '.join(_WORDS)}, (SELECT {LABEL} FROM entries"
    " WHERE entries.negotiation = log.negotiation AND entries.kind = log.kind AND entries.slug = log.slug)) END"
)
_LABEL = f"kind, slug, {LABEL}, retracted, erased"


class Views(Ahead):
    """The questions about one negotiation as of one day."""

    def parties(self) -> list[states.Party]:
        """The parties known by the day."""
        return [one for one in self.states(states.Party, "parties", order="slug") if self.knows(one.slug)]

    def people(self) -> list[Person]:
        """The people known by the day, with their posts on it."""
        found = self.states(Person, "people", order="party, name, slug")
        return [one for one in found if self.knows(one.slug)]

    def issues(self, status: str = "") -> list[states.Issue]:
        """The issues known by the day with their status on it; with `status`, only those with it."""
        found = self.states(states.Issue, "issues", order="slug")
        return [issue for issue in found if (not status or issue.status == status) and self.knows(issue.slug)]

    def asks(
        self, *, everything: bool = False, by: str | states.Slugs = "", to: str | states.Slugs = "", whole: bool = False
    ) -> list[otd.AskOnTheDay]:
        """The asks that are waiting for an answer, longest first; with `everything`, also those that were answered.

        Separate requests are asks of their own, unless `whole`. `by` is the party that asks, or several. `to` is the
        party whose answer is awaited, or several; with `everything`, a party that was asked.
        """
        asked = (lambda ask: ask.to) if everything else otd.awaited
        wanted = "" if everything else "AND waiting_since != ''"
        known = self.states(states.Ask, "asks", wanted, order=_AS_INDEXED)
        told = [(one, 1) for one in known] if whole else separate(self, known, wanted)
        found = [one for one in told if not by or among(by, [one[0].asker])]
        return self._in_full([one for one in found if not to or among(to, asked(one[0]))])

    def deferred(self) -> list[otd.Deferral]:
        """The asks that were deferred and are neither waiting nor answered since, in the order of their deferral."""
        wanted = "AND deferred_in != '' AND waiting_since = ''"
        every = separate(self, self.states(states.Ask, "asks", order=_AS_INDEXED), wanted)
        found = self._in_full([one for one in every if one[0].deferred_in and not one[0].waiting_since])
        said = self._said(states.Statement, [one.ask.deferred_in for one in found])
        deferrals = [otd.Deferral(said[one.ask.deferred_in], one) for one in found]
        return sorted(deferrals, key=lambda one: one.deferred.order)

    def _in_full(self, told: Sequence[tuple[states.Ask, int]]) -> list[otd.AskOnTheDay]:
        titles = {row["slug"]: row["title"] for row in self.held("slug, title", "issues")}
        shown = ((ask.last_statement, ask.answer_statement, ask.ended_in, *ask.answered_in) for ask, _ in told)
        said = self._said(AskStatement, [slug for slugs in shown for slug in slugs])
        besides = answered_besides(self, said.values(), titles)
        perhaps = perhaps_by_then(self) if told else {}
        waits = ((otd.waiting(ask, self.day, perhaps.get((ask.issue, ask.asker), ())), number) for ask, number in told)
        found = otd.longest_first(one._replace(requests=number) for one, number in waits)
        full = (otd.in_full(one, titles, said, besides) for one in found)
        return with_sayings(self, (one._replace(asker_role=self.role_of(one.ask.asker)) for one in full))

    def _said(self, cls: type[S], slugs: Sequence[str]) -> dict[str, S]:
        those = "AND slug IN (SELECT value FROM json_each(?))"
        rows = self.held(selected(cls), "statements", those, json.dumps(slugs))
        return {row["slug"]: one for row, one in zip(rows, self.read(cls, rows), strict=True)}

    def follow_ups(self, *, everything: bool = False, owner: str | states.Slugs = "") -> list[otd.FollowUpOnTheDay]:
        """The open and standing follow-ups, most urgent first; with `everything`, also the closed ones."""
        perhaps_open = "" if everything else "AND (status IN ('open', 'standing') OR end_told != '[]')"
        found = self.states(states.FollowUp, "follow_ups", perhaps_open, order=_AS_INDEXED)
        standing = [one for one in otd.most_urgent_first(self.timed(found)) if everything or one.is_open]
        return [one for one in standing if not owner or among(owner, one.follow_up.owners)]

    def meetings(self, kind: str = "") -> list[otd.MeetingOnTheDay]:
        """Every meeting with its status on the day, in order of date."""
        known = otd.judged(self.states(states.Meeting, "meetings", order=_AS_INDEXED), self.day, replaced(self))
        differ = contested_fields(self, "meeting")
        of_kind = ((one, one.meeting) for one in known if kind in ("", one.meeting.kind))
        found = [
            one._replace(
                contested=differ[of.slug],
                account=self.account_of(of),
                replacement=self.called(one.replaced_by) if one.replaced_by else "",
            )
            for one, of in of_kind
        ]
        return sorted(found, key=lambda one: (_date_of(one.meeting), one.meeting.slug))

    def next_meeting(self, kind: str = "round") -> otd.NextMeeting:
        """The next meeting of a kind ("" = any), with all expectations of it."""
        meetings = self.meetings()
        expected = otd.next_of_kind(meetings, kind)
        forecasts = self.forecasts(expected.meeting.slug) if expected else []
        given = present_forecast(expected.meeting, forecasts) if expected else None
        said = self.evidence_at(given.position) if given else []
        quote = " … ".join(one.words for one in said)
        held, lapsed = otd.last_held(meetings, kind), otd.last_lapsed(meetings, kind)
        now = [one.meeting for one in meetings if one.status in otd.UNDER_WAY and kind in ("", one.meeting.kind)]
        under_way = now[-1] if now else None
        surely = held is None or self.is_surely_last(held, meetings, kind)
        found = otd.NextMeeting(kind, expected, forecasts, quote, held, lapsed, [], under_way, surely)
        others = [one for one in otd.expected_after(meetings, *found.slugs) if kind and one.meeting.kind != kind]
        return found._replace(others=others, perhaps=self.perhaps_by_then())

    def statements(
        self, *, by: str | states.Slugs = "", issue: str = "", act: str = "", at: str = ""
    ) -> list[states.Statement]:
        """The statements made by the day, in order; filtered by parties or persons, issue, act and meeting."""
        return [
            one
            for one in in_turn(self.states(states.Statement, "statements", order="day, turn"))
            if (not by or among(by, (*one.by, *one.on_behalf_of)))
            and (not issue or issue in one.issues)
            and (not act or act == one.act)
            and (not at or at == one.at)
        ]

    def touching(self, issue: str) -> list[str]:
        """The statements that touch an issue, or did before they were corrected."""
        rows = self.rows("SELECT statement FROM mentions WHERE negotiation = ? AND issue = ?", self.negotiation, issue)
        return [row[0] for row in rows]

    def contested(self, slug: str = "") -> list[states.Contest]:
        """Every field on which reports disagree, and every measure whose values of one day cannot all be true."""
        found = [*self.states(states.Contest, "contested", order="slug, field"), *contests(self)]
        return [one for one in sorted(found, key=lambda one: (one.slug, one.field)) if slug in ("", one.slug)]

    def text(self, source: str) -> str:
        """The words of a source's text, if that was at hand by the day."""
        which = "SELECT words FROM passages WHERE negotiation = ? AND source = ? AND valid_from <= ? ORDER BY start"
        return " ".join(row["words"] for row in self.rows(which, self.negotiation, source, self.day))

    def timeline(self) -> list[Entry]:
        """The events that happened by the day, in order of occurrence."""
        return self._entries(f"ORDER BY {OCCURRENCE}")

    def last_entries(self, count: int) -> list[Entry]:
        """The last events that happened by the day, newest first; then as many events without a date.

        As in a timeline, accounts that say the same are one of them, and another account of a meeting is marked.
        """
        newest = f"takes_effect DESC, reported DESC, source DESC, {AS_FILED} DESC LIMIT {3 * count}"
        last = (self._entries(f"AND occurred_as_it_stands {dated} '' ORDER BY {newest}") for dated in ("!=", "="))
        return [one for found in last for one in self._accounts_told(found)[:count]]

    def _accounts_told(self, entries: Sequence[Entry]) -> list[Entry]:
        """The entries in their order, with the accounts of one meeting told as in `together`."""
        met = json.dumps([one.slug for one in entries if one.event == "MeetingReported"])
        those = f"AND event = 'MeetingReported' AND slug IN (SELECT value FROM json_each(?)) ORDER BY {OCCURRENCE}"
        accounts = together(self._entries(those, met)) if met != "[]" else []
        marked = {one.position: of_it[0].sentence for of_it in accounts for one in of_it}
        told: dict[tuple[str, ...], list[Entry]] = {}
        for entry in entries:
            one = entry._replace(sentence=marked.get(entry.position, entry.sentence))
            told.setdefault((one.event, one.slug, one.day, one.occurred, one.sentence), []).append(one)
        return [first._replace(also=tuple(one.source for one in more)) for first, *more in told.values()]

    def log(self, slug: str = "", *, later: bool = False, named: bool = True) -> list[LogRow]:
        """The events of one entry or of all, in order of recording; without `later`, only those that count by the day.

        An event that is no longer valid has the day from which it would count, and a correction the day of its report.
        `named`: the sentences have the names of parties and people; otherwise `self.named` puts them there.
        """
        found, corrects = self._log_of(slug) if slug else self.shared_or_read("log", LogRow, self._log_of)
        shown = found if later else self.by_then(found, corrects)
        return [one._replace(sentence=self.named(one.sentence)) for one in shown] if named else shown

    def _log_of(self, slug: str = "") -> tuple[list[LogRow], list[int]]:
        """The events of one entry or of all, each with the version that it corrects."""
        narrowed = f" AND {_OF_ANY_KIND} AND slug = ?" if slug else ""
        which = f"SELECT {selected(LogRow)}, corrects FROM log WHERE negotiation = ?{narrowed} ORDER BY position"
        rows = self.rows(which, self.negotiation, *([slug] if slug else []))
        return self.read(LogRow, rows), [row["corrects"] for row in rows]

    def evidence(self, slug: str) -> list[Evidence]:
        """The quotations that an entry rests on by the day."""
        by_then = "(SELECT takes_effect FROM log WHERE log.position = evidence.position) <= ?"
        return self._evidence(f"{_OF_ANY_KIND} AND slug = ? AND {by_then}", slug, self.day)

    def unverified(self) -> list[Evidence]:
        """The valid quotations by the day that were not found in the text of their source."""
        perhaps = "NOT (verified AND IFNULL(checked_from, '') <= ?)"  # most were found, and need not be read
        by_then = f"{perhaps} AND position IN (SELECT position FROM log WHERE takes_effect <= ? AND stands)"
        return [one for one in self._evidence(by_then, self.day, self.day) if not one.verified]

    def evidence_at(self, position: int) -> list[Evidence]:
        """The quotations that one event rests on."""
        of_its_entry = "(kind, slug) = (SELECT kind, slug FROM log WHERE position = ?)"  # the index is by entry
        return self._evidence(f"{of_its_entry} AND position = ?", position, position)

    def entry(self, typed: str) -> Label:
        """The kind of the entry with the typed slug, name or alias, and its name on the day.

        Refused if there is none, or if it is known only later.
        """
        asked = ("entry", typed)
        if asked not in self._read:
            self._read[asked] = [self._entry(typed)]
        found: Label = self._read[asked][0]
        return found

    def _entry(self, typed: str) -> Label:
        which = f"SELECT {_LABEL}, valid_from FROM entries WHERE negotiation = ? AND slug = ?"
        slug, row = typed, self.row(which, self.negotiation, typed)
        if row is None:
            slug = self._slug_of(typed)
            row = self.row(which, self.negotiation, slug)
        if self.whole is not None and (row is None or not self.is_known(Label(*row[:-1]), row["valid_from"])):
            with self.whole() as whole:
                if first := whole.first_of(slug):
                    raise first
        if row is None:
            known = self.labels()
            near = nearest(slug, [one.slug for one in known])
            folded = fold(slug)
            named = [one.slug for one in known if folded in fold(one.label)][:3]
            raise UnknownSlug.near("entry", slug, near or named, [one.slug for one in known])
        found = Label(*row[:-1])
        if not self.is_known(found, row["valid_from"]):
            since = self.known_from(found, row["valid_from"])
            raise NotKnownYet(kind=found.kind, slug=slug, since=When(since).describe(), day=When(self.day).describe())
        return found._replace(label=self.label_of(found.kind, slug) or found.label)

    def _slug_of(self, typed: str) -> str:
        """The slug of the entry, of any kind, with the typed name; a text that names none is returned unchanged."""
        try:
            return self.find([], typed)
        except UnknownEntry:
            return typed

    def labels(self, kind: str = "", *, later: bool = False, among: Collection[str] | None = None) -> list[Label]:
        """The slug and name of every entry known by the day, of one kind or all; with `later`, also the others.

        `among` are the slugs of those that are wanted, if not all are.
        """
        those = "" if among is None else "AND slug IN (SELECT value FROM json_each(?))"
        which = f"negotiation = ? AND (? = '' OR kind = ?) {those} ORDER BY slug"
        asked = self.negotiation, kind, kind, *([] if among is None else [json.dumps([*among])])
        rows = self.rows(f"SELECT {_LABEL}, valid_from FROM entries WHERE {which}", *asked)
        found = [(Label(*row[:-1]), row["valid_from"]) for row in rows]
        return [one for one, since in found if later or self.is_known(one, since)]

    def aliases(self, kind: str) -> dict[str, list[str]]:
        """The other names of the entries of a kind, from their valid reports."""
        rows = self.rows(
            "SELECT slug, passages FROM reports WHERE position IN"
            " (SELECT position FROM log WHERE negotiation = ? AND kind = ? AND stands AND takes_effect <= ?)",
            self.negotiation,
            kind,
            self.day,
        )
        found: dict[str, list[str]] = {}
        for slug, passages in rows:
            found.setdefault(slug, []).extend(words for field, words in json.loads(passages) if field == "alias")
        return found

    def history(self, kind: str, slug: str) -> list[Span]:
        """Every state of an entry up to the day, oldest first; some kinds of entry have no states."""
        if not tables_of(kind):
            return []
        table, cls, _ = tables_of(kind)[0]
        rows = self.rows(
            f"SELECT {selected(cls)}, valid_from, valid_to FROM {table}"
            " WHERE negotiation = ? AND slug = ? AND +valid_from <= ? ORDER BY +valid_from",
            self.negotiation,
            slug,
            self.day,
        )
        ends = [row["valid_to"] if row["valid_to"] and row["valid_to"] <= self.day else "" for row in rows]
        found = zip(self.read(cls, rows), rows, ends, strict=True)
        return [Span(state, row["valid_from"], end) for state, row, end in found]

    def find(self, kinds: Sequence[str], typed: str) -> str:
        """The slug of the entry of these kinds (none given: of any) that was typed as a slug, a name or an alias.

        A person may be typed as `party/person`, and a meeting by its kind and number, `round 2`. Refused, with the
        nearest slugs, if there is no such entry.
        """
        wanted = typed.rpartition("/")[2] if "person" in kinds else typed
        if not wanted:
            return wanted
        names = {one.slug: [one.label] for kind in kinds or [""] for one in self.labels(kind)}
        if wanted in names:
            return wanted
        later = self.row("SELECT kind FROM entries WHERE negotiation = ? AND slug = ?", self.negotiation, wanted)
        if later is not None and later["kind"] in kinds:
            self.entry(wanted)  # refused: it is known only later
        others = [pair for kind in kinds or KINDS if KINDS[kind].named for pair in self.aliases(kind).items()]
        if not kinds or "meeting" in kinds:
            meetings = (one.meeting for one in self.meetings())
            others += [(one.slug, [meeting_name(one.kind, one.number)]) for one in meetings]
        for slug, other in others:
            if slug in names:
                names[slug] += other
        return Names(names).slug_of(" or ".join(kinds) or "entry", wanted)

    def state(self) -> State:
        """The status of the negotiation on the day."""
        next_round = self.next_meeting("round")
        counts = f"SELECT COUNT(*), IFNULL(SUM(occurred_as_it_stands = ''), 0) FROM log WHERE {_HAPPENED}"
        [[entries, undated]] = self.rows(counts, self.negotiation, *HAPPENING, self.day)
        return State(
            negotiation=self.negotiation,
            title=self.title(),
            notice=self.notice(),
            day=self.day,
            deadlines=self.unended_deadlines(),
            next_round=next_round,
            other_meetings=otd.expected_after(self.meetings(), *next_round.slugs),
            unresolved=self.issues("unresolved"),
            asks=self.asks(),
            deferred=self.deferred(),
            conditions=in_force(self),
            follow_ups=self.follow_ups(),
            contested=self.contested(),
            last_entries=self.last_entries(5),
            entries=entries,
            undated=undated,
        )

    def _entries(self, order: str, *params: str) -> list[Entry]:
        rows = self.rows(
            "SELECT takes_effect, occurred_as_it_stands, kind, slug, IFNULL(as_it_stands, sentence), source, position,"
            f" {PHRASE}, event, {_ENDED} FROM log WHERE {_HAPPENED} {order}",
            self.negotiation,
            *HAPPENING,
            self.day,
            *params,
        )
        found = ((Entry(*row[:9]), row[9]) for row in rows)  # with what it is about, if its sentence does not name that
        ends = ((one, self.called_off_as(one) if what and one.kind == "meeting" else what) for one, what in found)
        told = ((one, said_of(what, one.sentence) if what else one.sentence) for one, what in ends)
        return [one._replace(sentence=self.named(sentence)) for one, sentence in told]

    def _evidence(self, where: str, *values: Any) -> list[Evidence]:
        rows = self.rows(
            f"SELECT {selected(Evidence)} FROM evidence WHERE negotiation = ? AND {where}"
            f" ORDER BY (SELECT {AS_FILED} FROM log WHERE log.position = evidence.position), rowid",
            self.negotiation,
            *values,
        )
        return [one.on(self.day) for one in self.read(Evidence, rows)]


def _date_of(meeting: states.Meeting) -> str:
    when = otd.date_of(meeting)
    return str(when.earliest or when.latest or "9999-12-31")
