"""Questions in, typed rows out: the views read as of a day, with nothing but `sqlite3`.

A question first makes sure that the views are those of the log's head; only where they are not is the projector called.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ledger.base.names import fold, nearest
from ledger.domain import states
from ledger.domain.errors import UnknownEntry, UnknownSlug
from ledger.domain.kinds import HAPPENING, tables_of
from ledger.domain.voices import among, with_names
from ledger.views import status as otd
from ledger.views.database import damaged
from ledger.views.rows import Evidence, Label, LogRow, chosen, from_row, selected

if TYPE_CHECKING:
    from ledger.domain.copies import Family

__all__ = ["Evidence", "Label", "LogRow", "Views", "chosen"]
S = TypeVar("S", bound=tuple[Any, ...])
_NEVER_ENDS = "9999-12-31"
_FOUND = "valid_from"  # the order of the index, for what is put in order afterwards


class Views:
    """The views of one ledger, or of a replay, as of one day."""

    def __init__(self, connection: sqlite3.Connection, day: str, negotiation: str = "") -> None:
        connection.row_factory = sqlite3.Row
        self._connection = connection
        self.day = day
        self.negotiation = negotiation or ""
        self._names: dict[str, str] | None = None

    def at(self, day: str) -> "Views":
        """The same views as of another day."""
        return Views(self._connection, day, self.negotiation)

    def choose(self, negotiation: str) -> None:
        """Ask of one negotiation; where the ledger holds just one it need not be said."""
        held = negotiation and self._row("SELECT 1 FROM entries WHERE negotiation = ? LIMIT 1", negotiation)
        self.negotiation = negotiation if held else chosen(negotiation, [row[0] for row in self._rows(_NEGOTIATIONS)])

    @property
    def place(self) -> tuple[str, str] | None:
        """The file and the negotiation that are read; None where the views are in memory alone."""
        file = self._rows("PRAGMA database_list")[0]["file"]
        return (file, self.negotiation) if file else None

    def undated(self) -> int:
        """How many events the reported clock placed by the day they were recorded, for want of a day of publication."""
        row = self._row("SELECT undated FROM upkeep")
        return int(row[0]) if row else 0

    def title(self) -> str:
        """The negotiation's title, else its slug."""
        row = self._row("SELECT label FROM entries WHERE negotiation = ? AND kind = 'negotiation'", self.negotiation)
        return row[0] if row else self.negotiation

    def parties(self) -> list[states.Party]:
        return self.states(states.Party, "parties", order="slug")

    def people(self) -> list[states.Person]:
        """Everybody named, with the post they held on the day."""
        return self.states(states.Person, "people", order="party, name, slug")

    def sources(self) -> list[states.Source]:
        """The sources published by the day, oldest first."""
        return self.states(states.Source, "sources", order="valid_from, slug")

    def every_source(self) -> list[states.Source]:
        """The sources whenever published."""
        whenever = f"SELECT {selected(states.Source)} FROM sources WHERE negotiation = ? ORDER BY valid_from, slug"
        return self.read(states.Source, self._rows(whenever, self.negotiation))

    def issues(self, status: str = "") -> list[states.Issue]:
        """Where each issue stands."""
        found = self.states(states.Issue, "issues", order="slug")
        return [issue for issue in found if not status or issue.status == status]

    def asks(self, *, everything: bool = False, by: str = "", to: str = "") -> list[otd.AskOnTheDay]:
        """The asks that wait for an answer, longest first; with `everything` the answered ones too."""
        known = self.states(states.Ask, "asks", "" if everything else "AND waiting_since != ''", order=_FOUND)
        found = otd.longest_first(otd.waiting(ask, self.day) for ask in known)
        return [one for one in found if (not by or one.ask.asker == by) and (not to or to in one.ask.to)]

    def follow_ups(self, *, everything: bool = False, owner: str = "") -> list[otd.FollowUpOnTheDay]:
        """The follow-ups still to be done or kept up, most urgent first; with `everything` the closed ones too."""
        open_only = "" if everything else "AND status IN ('open', 'standing')"
        found = self.states(states.FollowUp, "follow_ups", open_only, order=_FOUND)
        timed = otd.most_urgent_first(otd.timed(one, self.day) for one in found)
        return [one for one in timed if not owner or among(owner, one.follow_up.owners)]

    def meetings(self, kind: str = "") -> list[otd.MeetingOnTheDay]:
        """Every meeting with its status on the day, in order of date."""
        of_kind = ("AND kind = ?", kind) if kind else ()  # a meeting is overtaken by none of another kind
        known = self.states(states.Meeting, "meetings", *of_kind, order=_FOUND)
        return sorted(otd.judged(known, self.day), key=lambda one: (_date_of(one.meeting), one.meeting.slug))

    def next_meeting(self, kind: str = "round") -> otd.NextMeeting:
        """The next meeting of a kind ("" = any), who said so, in which words, and how its date has moved."""
        meetings = self.meetings(kind)
        expected = otd.next_of_kind(meetings, kind)
        forecasts = self.forecasts(expected.meeting.slug) if expected else []
        said = self.evidence_at(forecasts[-1].position) if forecasts else []
        quote = " … ".join(one.words for one in said)
        return otd.NextMeeting(kind, expected, forecasts, quote, otd.last_held(meetings, kind))

    def forecasts(self, meeting: str) -> list[states.Forecast]:
        """Every expectation of a meeting voiced by the day, oldest first."""
        rows = self._rows(
            f"SELECT {selected(states.Forecast)} FROM forecasts"
            " WHERE negotiation = ? AND meeting = ? AND valid_from <= ? ORDER BY nth",
            self.negotiation,
            meeting,
            self.day,
        )
        return self.read(states.Forecast, rows)

    def statements(self, *, by: str = "", issue: str = "", act: str = "", at: str = "") -> list[states.Statement]:
        """What was said by the day, in order; narrowed by party or person, issue, act and meeting."""
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
        """The statement on an issue that was made last by the day; "" where there is none."""
        row = self._row(
            "SELECT slug FROM mentions CROSS JOIN statements USING (negotiation) WHERE negotiation = ? AND issue = ?"
            " AND slug = statement AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)"
            " AND issue IN (SELECT value FROM json_each(issues)) ORDER BY day DESC, turn DESC LIMIT 1",
            *(self.negotiation, issue, self.day, self.day),
        )
        return row["slug"] if row else ""

    def touching(self, issue: str) -> list[str]:
        """The statements that touch an issue, or did before they were mended."""
        rows = self._rows("SELECT statement FROM mentions WHERE negotiation = ? AND issue = ?", self.negotiation, issue)
        return [row[0] for row in rows]

    def contested(self, slug: str = "") -> list[states.Contest]:
        """Every field on which reports disagree, with all the values."""
        found = self.states(states.Contest, "contested", order="slug, field")
        return [one for one in found if not slug or one.slug == slug]

    def families(self) -> "dict[str, Family]":
        """The family of each source, whenever published: those with copies of one text are of one family."""
        from ledger.domain.copies import Family

        rows = self._rows("SELECT source, family, side FROM families WHERE negotiation = ?", self.negotiation)
        return {row["source"]: Family(*row) for row in rows}

    def timeline(self) -> list[otd.Entry]:
        """What happened by the day, in order of occurrence."""
        return self._entries("ORDER BY takes_effect, reported, source, position")

    def last_entries(self, count: int) -> list[otd.Entry]:
        """The last things known to have happened by the day, newest first; those without a date are left out."""
        newest = "takes_effect DESC, reported DESC, source DESC, position DESC"
        return self._entries(f"AND occurred_as_it_stands != '' ORDER BY {newest} LIMIT {count}")

    def log(self, slug: str = "") -> list[LogRow]:
        """The recorded events in order of recording, of one entry or of all; those that no longer stand too."""
        narrowed = " AND slug = ?" if slug else ""
        rows = self._rows(
            f"SELECT {selected(LogRow)} FROM log WHERE negotiation = ?{narrowed} ORDER BY position",
            self.negotiation,
            *([slug] if slug else []),
        )
        found = self.read(LogRow, rows)
        return [one._replace(sentence=self.named(one.sentence)) for one in found]

    def evidence(self, slug: str) -> list[Evidence]:
        """The quotations an entry rests on."""
        return self._evidence("slug = ?", slug)

    def unverified(self) -> list[Evidence]:
        """The quotations of what stood by the day that nobody has found in their source's text."""
        by_then = "SELECT position FROM log WHERE takes_effect <= ? AND stands"
        return self._evidence(f"NOT verified AND position IN ({by_then})", self.day)

    def evidence_at(self, position: int) -> list[Evidence]:
        """The quotations one event rests on."""
        of_its_entry = "(kind, slug) = (SELECT kind, slug FROM log WHERE position = ?)"  # which is what is indexed
        return self._evidence(f"{of_its_entry} AND position = ?", position, position)

    def entry(self, slug: str) -> Label:
        """The kind and name of an entry; refused, with the nearest slugs, when there is none."""
        row = self._row(
            "SELECT kind, slug, label, retracted, erased FROM entries WHERE negotiation = ? AND slug = ?",
            self.negotiation,
            slug,
        )
        if row is None:
            known = self.labels()
            near = nearest(slug, [one.slug for one in known])
            folded = fold(slug)
            named = [one.slug for one in known if folded in fold(one.label)][:3]
            raise UnknownSlug.near("entry", slug, near or named, [one.slug for one in known])
        return Label(*row)

    def labels(self, kind: str = "") -> list[Label]:
        """Every entry's slug and name, of one kind or of all."""
        rows = self._rows(
            "SELECT kind, slug, label, retracted, erased FROM entries WHERE negotiation = ? AND (? = '' OR kind = ?)"
            " ORDER BY slug",
            self.negotiation,
            kind,
            kind,
        )
        return [Label(*row) for row in rows]

    def history(self, kind: str, slug: str) -> list[states.Span]:
        """Every state an entry went through by the day, oldest first; of some kinds there is none."""
        if not tables_of(kind):
            return []
        table, cls, _ = tables_of(kind)[0]
        rows = self._rows(
            f"SELECT {selected(cls)}, valid_from, valid_to FROM {table}"
            " WHERE negotiation = ? AND slug = ? AND +valid_from <= ? ORDER BY +valid_from",
            self.negotiation,
            slug,
            self.day,
        )
        ends = [row["valid_to"] if row["valid_to"] and row["valid_to"] <= self.day else "" for row in rows]
        begun = [row["valid_from"] for row in rows]
        return [states.Span(*span) for span in zip(self.read(cls, rows), begun, ends, strict=True)]

    def find(self, kinds: Sequence[str], typed: str) -> str:
        """The slug of what was typed as a slug, a name or an alias, or as party/person; refused when there is none."""
        wanted = typed.rpartition("/")[2]
        labels = [one for kind in kinds for one in self.labels(kind)]
        slugs = [one.slug for one in labels]
        if not typed or wanted in slugs:
            return wanted
        names = [(one.label, one.slug) for one in labels]
        names += [(alias, one.slug) for one in self.people() if "person" in kinds for alias in one.aliases]
        names += [(alias, one.slug) for one in self.parties() if "party" in kinds for alias in one.aliases]
        meant = {slug for name, slug in names if fold(name) == fold(wanted)}
        if len(meant) != 1:
            near = sorted(meant) or nearest(wanted, slugs)
            raise UnknownEntry.near(" or ".join(kinds), typed, near, slugs)
        return meant.pop()

    def name_of(self, voice: str) -> str:
        """The name of a party, or of a person with the party: `Jamieson Greer (us)`."""
        if self._names is None:
            people, parties = self.people(), self.parties()
            self._names = {one.slug: one.name for one in people} | {one.slug: one.name for one in parties}
        party, slash, person = voice.partition("/")
        if slash:
            return f"{self._names.get(person, person)} ({party})"
        return self._names.get(party, party)

    def names_of(self, voices: Iterable[str]) -> str:
        """The names of voices, in one line."""
        return ", ".join(map(self.name_of, voices))

    def named(self, sentence: str) -> str:
        """A sentence with its voices named."""
        return with_names(sentence, self.name_of)

    def state(self) -> otd.State:
        """Where we stand, on one page."""
        next_round = self.next_meeting("round")
        shown = next_round.expected.meeting.slug if next_round.expected else ""
        return otd.State(
            negotiation=self.negotiation,
            title=self.title(),
            day=self.day,
            next_round=next_round,
            other_meetings=otd.expected_after(self.meetings(), shown),
            asks=self.asks(),
            follow_ups=self.follow_ups(),
            contested=self.contested(),
            last_entries=self.last_entries(5),
        )

    def states(self, cls: type[S], table: str, also: str = "", *params: str, order: str = "rowid") -> list[S]:
        """The states of a history table that held on the day, of those rows for which `also` is true."""
        return self.read(cls, self.held(selected(cls), table, also, *params, order=order))

    def held(
        self, columns: str, table: str, also: str = "", *params: str, order: str = "rowid"
    ) -> Sequence[sqlite3.Row]:
        """Columns of the same rows, for those who need no states."""
        return self._rows(
            f"SELECT {columns} FROM {table} WHERE negotiation = ? AND valid_from <= ?"
            f" AND (valid_to IS NULL OR valid_to > ?) {also} ORDER BY {order}",
            *(self.negotiation, self.day, self.day, *params),
        )

    def close(self) -> None:
        self._connection.close()

    def _entries(self, order: str) -> list[otd.Entry]:
        rows = self._rows(
            "SELECT takes_effect, occurred_as_it_stands, kind, slug, IFNULL(as_it_stands, sentence), source,"
            " position"
            f" FROM log WHERE negotiation = ? AND stands AND kind IN ({', '.join('?' * len(HAPPENING))})"
            f" AND takes_effect <= ? {order}",
            self.negotiation,
            *HAPPENING,
            self.day,
        )
        found = [otd.Entry(*row) for row in rows]
        return [one._replace(sentence=self.named(one.sentence)) for one in found]

    def _evidence(self, where: str, *values: Any) -> list[Evidence]:
        rows = self._rows(
            f"SELECT {selected(Evidence)} FROM evidence WHERE negotiation = ? AND {where} ORDER BY position, rowid",
            self.negotiation,
            *values,
        )
        return self.read(Evidence, rows)

    def rows(self, statement: str, *params: Any) -> Sequence[sqlite3.Row]:
        """Rows of the tables, for the questions that have a module of their own."""
        return self._rows(statement, *params)

    def _rows(self, statement: str, *params: Any) -> Sequence[sqlite3.Row]:
        try:
            return self._connection.execute(statement, params).fetchall()
        except UnicodeEncodeError:  # bytes typed that are no UTF-8: no row can hold them
            return []
        except sqlite3.DatabaseError as error:
            raise damaged(self._connection, error) from error

    def _row(self, statement: str, *params: Any) -> sqlite3.Row | None:
        return next(iter(self._rows(statement, *params)), None)

    def read(self, cls: type[S], rows: Iterable[Any]) -> list[S]:
        """The states that rows of the columns `selected` for them hold; refused when one holds none."""
        try:
            return [from_row(cls, row) for row in rows]
        except (ValueError, TypeError, IndexError) as error:
            raise damaged(self._connection, error) from error


# One seek for each, where DISTINCT would read every entry.
_NEGOTIATIONS = (
    "WITH RECURSIVE known(found) AS (SELECT MIN(negotiation) FROM entries UNION ALL"
    " SELECT (SELECT MIN(negotiation) FROM entries WHERE negotiation > found) FROM known WHERE found IS NOT NULL)"
    " SELECT found FROM known WHERE found IS NOT NULL"
)


def _date_of(meeting: states.Meeting) -> str:
    when = meeting.held if meeting.held else meeting.expected
    return str(when.earliest or when.latest or _NEVER_ENDS)
