"""The questions that the views answer, as of one day and in typed rows, using only `sqlite3`.

`Ledger.views` opens them up to date. Questions that need more than a row or two have a module in `queries`.
"""

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from ledger.base.names import fold, nearest
from ledger.base.text import said_of
from ledger.dates import When
from ledger.domain import states
from ledger.domain.errors import UnknownEntry, UnknownSlug
from ledger.domain.kinds import ENDS, HAPPENING, KINDS, Span, tables_of
from ledger.domain.names import Names
from ledger.domain.vocabulary import meeting_name
from ledger.domain.voices import Person, among
from ledger.views import status as otd
from ledger.views.ahead import Ahead, present_forecast
from ledger.views.conditions import in_force
from ledger.views.errors import NotKnownYet
from ledger.views.links import answered_besides, perhaps_by_then, replaced, separate
from ledger.views.measured import contested_fields, contests
from ledger.views.reader import chosen
from ledger.views.rows import LABEL, PHRASE, Entry, Evidence, Label, LogRow, S, selected
from ledger.views.schema import AS_FILED, OCCURRENCE
from ledger.views.state import State
from ledger.views.status import AskStatement

if TYPE_CHECKING:
    from ledger.domain.copies import Family

__all__ = ["Evidence", "Label", "LogRow", "Views", "chosen"]
_OF_ANY_KIND = f"kind IN ({', '.join(repr(kind) for kind in KINDS)})"  # the indexes have the kind before the slug
_AS_INDEXED = "valid_from"  # the order of the index, for rows that are sorted later
_HAPPENED = f"negotiation = ? AND stands AND kind IN ({', '.join('?' * len(HAPPENING))}) AND takes_effect <= ?"
_ENDED = (
    f"CASE WHEN event IN {ENDS} THEN (SELECT {LABEL} FROM entries"
    " WHERE entries.negotiation = log.negotiation AND entries.kind = log.kind AND entries.slug = log.slug) END"
)
_LABEL = f"kind, slug, {LABEL}, retracted, erased"


class Views(Ahead):
    """The questions about one negotiation as of one day."""

    def title(self) -> str:
        """The title of the negotiation, else its slug."""
        row = self.row("SELECT label FROM entries WHERE negotiation = ? AND kind = 'negotiation'", self.negotiation)
        return row[0] if row else self.negotiation

    def notice(self) -> str:
        """The sentence that stands at the head of every page; "" if the negotiation has none."""
        row = self.row("SELECT notice FROM entries WHERE negotiation = ? AND kind = 'negotiation'", self.negotiation)
        return row[0] if row else ""

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
        known = self.states(states.Ask, "asks", "" if everything else "AND waiting_since != ''", order=_AS_INDEXED)
        asked = (lambda ask: ask.to) if everything else otd.awaited
        told = [(one, 1) for one in known] if whole else separate(self, known)
        found = [one for one in told if everything or one[0].waiting_since]
        found = [one for one in found if not by or among(by, [one[0].asker])]
        return self._in_full([one for one in found if not to or among(to, asked(one[0]))])

    def deferred(self) -> list[otd.Deferral]:
        """The asks that were deferred and are neither waiting nor answered since, in the order of their deferral."""
        every = separate(self, self.states(states.Ask, "asks", order=_AS_INDEXED))
        found = self._in_full([one for one in every if one[0].deferred_in and not one[0].waiting_since])
        said = self._said(states.Statement, [one.ask.deferred_in for one in found])
        deferrals = [otd.Deferral(said[one.ask.deferred_in], one) for one in found]
        return sorted(deferrals, key=lambda one: one.deferred.order)

    def _in_full(self, told: Sequence[tuple[states.Ask, int]]) -> list[otd.AskOnTheDay]:
        titles = {row["slug"]: row["title"] for row in self.held("slug, title", "issues")}
        slugs = [slug for ask, _ in told for slug in (ask.last_statement, ask.answer_statement, *ask.answered_in)]
        said = self._said(AskStatement, slugs)
        besides = answered_besides(self, said.values(), titles)
        perhaps = perhaps_by_then(self) if told else {}
        waits = ((otd.waiting(ask, self.day, perhaps.get((ask.issue, ask.asker), ())), number) for ask, number in told)
        found = otd.longest_first(one._replace(requests=number) for one, number in waits)
        full = (otd.in_full(one, titles.get(one.ask.issue, ""), said, besides) for one in found)
        return [one._replace(asker_role=self.role_of(one.ask.asker)) for one in full]

    def _said(self, cls: type[S], slugs: Sequence[str]) -> dict[str, S]:
        those = "AND slug IN (SELECT value FROM json_each(?))"
        rows = self.held(selected(cls), "statements", those, json.dumps(slugs))
        return {row["slug"]: one for row, one in zip(rows, self.read(cls, rows), strict=True)}

    def follow_ups(self, *, everything: bool = False, owner: str | states.Slugs = "") -> list[otd.FollowUpOnTheDay]:
        """The open and standing follow-ups, most urgent first; with `everything`, also the closed ones."""
        open_only = "" if everything else "AND status IN ('open', 'standing')"
        found = self.states(states.FollowUp, "follow_ups", open_only, order=_AS_INDEXED)
        standing = [one for one in otd.most_urgent_first(self.timed(found)) if everything or not one.replaced_by]
        return [one for one in standing if not owner or among(owner, one.follow_up.owners)]

    def timed(self, found: Sequence[states.FollowUp]) -> list[otd.FollowUpOnTheDay]:
        """The follow-ups with their timing on the day, and according to whom each was agreed and ended."""
        from ledger.views.weight import side_alone

        instead, known = replaced(self), self.families({source for one in found for source in one.agreed_in})
        replacing = [instead.get(one.slug, "") for one in found]
        return [
            otd.timed(one, self.day, by, self.in_sentence, side_alone(one, known))
            for one, by in zip(found, replacing, strict=True)
        ]

    def meetings(self, kind: str = "") -> list[otd.MeetingOnTheDay]:
        """Every meeting with its status on the day, in order of date."""
        known = otd.judged(self.states(states.Meeting, "meetings", order=_AS_INDEXED), self.day, replaced(self))
        differ = contested_fields(self, "meeting")
        found = [one._replace(contested=differ[one.meeting.slug]) for one in known if kind in ("", one.meeting.kind)]
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
        surely = held is None or otd.surely_last(held, meetings, kind)
        found = otd.NextMeeting(kind, expected, forecasts, quote, held, lapsed, [], under_way, surely)
        others = [one for one in otd.expected_after(meetings, *found.slugs) if kind and one.meeting.kind != kind]
        return found._replace(others=others)

    def statements(
        self, *, by: str | states.Slugs = "", issue: str = "", act: str = "", at: str = ""
    ) -> list[states.Statement]:
        """The statements made by the day, in order; filtered by parties or persons, issue, act and meeting."""
        found = self.states(states.Statement, "statements", order="day, turn")
        return [
            one
            for one in found
            if (not by or among(by, one.by))
            and (not issue or issue in one.issues)
            and (not act or act == one.act)
            and (not at or at == one.at)
        ]

    def newest_on(self, issue: str) -> str:
        """The last statement on an issue by the day; "" if there is none."""
        row = self.row(
            "SELECT slug FROM mentions CROSS JOIN statements USING (negotiation) WHERE negotiation = ? AND issue = ?"
            " AND slug = statement AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)"
            " AND issue IN (SELECT value FROM json_each(issues)) ORDER BY day DESC, turn DESC LIMIT 1",
            *(self.negotiation, issue, self.day, self.day),
        )
        return row["slug"] if row else ""

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

    def families(self, among: Collection[str] | None = None) -> "dict[str, Family]":
        """The family of every source, or of some, also if published after the day; copies of one text form a family."""
        from ledger.domain.copies import Family

        some = "" if among is None else " AND source IN (SELECT value FROM json_each(?))"
        which = f"SELECT source, family, side FROM families WHERE negotiation = ?{some}"
        rows = self.rows(which, self.negotiation, *([] if among is None else [json.dumps(sorted(among))]))
        return {row["source"]: Family(*row) for row in rows}

    def timeline(self) -> list[Entry]:
        """The events that happened by the day, in order of occurrence."""
        return self._entries(f"ORDER BY {OCCURRENCE}")

    def last_entries(self, count: int) -> list[Entry]:
        """The last events that happened by the day, newest first; then as many events without a date."""
        newest = f"takes_effect DESC, reported DESC, source DESC, {AS_FILED} DESC"
        return [
            one
            for dated in ("!=", "=")
            for one in self._entries(f"AND occurred_as_it_stands {dated} '' ORDER BY {newest} LIMIT {count}")
        ]

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
        [[entries]] = self.rows(f"SELECT COUNT(*) FROM log WHERE {_HAPPENED}", self.negotiation, *HAPPENING, self.day)
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
        )

    def _entries(self, order: str) -> list[Entry]:
        rows = self.rows(
            "SELECT takes_effect, occurred_as_it_stands, kind, slug, IFNULL(as_it_stands, sentence), source, position,"
            f" {PHRASE}, {_ENDED} FROM log WHERE {_HAPPENED} {order}",
            self.negotiation,
            *HAPPENING,
            self.day,
        )
        found = ((Entry(*row[:8]), row[8]) for row in rows)  # with what it is about, if its sentence does not name that
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
    when = meeting.held if meeting.held else meeting.expected
    return str(when.earliest or when.latest or "9999-12-31")
