"""The part of the record that was known by a day: the names, entries and events that reports until then brought.

A report counts from the day on which it took effect. The naming of a party, person or issue reports nothing. It is
known from the day on which it was recorded, or from the first report that mentions it, if that counts earlier.
"""

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from ledger.base.names import fold
from ledger.base.text import listed
from ledger.dates import When
from ledger.domain.figures.given import Measure
from ledger.domain.kinds import KINDS, tables_of
from ledger.domain.states import ALWAYS, Contest, Link, Meeting, Party, Slugs, Source, Statement
from ledger.domain.vocabulary import ACTS
from ledger.domain.voices import Memberships, Person, RoleHeld, named_meeting, with_names
from ledger.views.reader import Reader
from ledger.views.rows import Label, LogRow, selected, slugs
from ledger.views.status import the_meeting, title_of

NOBODY_NAMED = "nobody named"  # instead of the addressees of an ask, if no report names any
_FIELDS = ("by", "on behalf of", "to", "owners", "issues", "parties", "party", "of party", "people", "measures",
           "conditional on", "depends on")  # fmt: skip
# Whether a report names a slug: among the slugs it refers to, `us/ann-lee` names the person and the party.
_NAMES = (
    f"EXISTS (SELECT 1 FROM json_each(passages) AS one WHERE json_extract(one.value, '$[0]') IN {_FIELDS}"
    " AND ', ' || replace(json_extract(one.value, '$[1]'), '/', ', ') || ', ' LIKE ?)"
)

# The parties, people, issues and measures that were recorded after a day; `log` has an index by kind.
_KINDS = "'party', 'person', 'issue', 'measure'"
_NAMED_AFTER = (
    f"SELECT slug FROM entries WHERE negotiation = ? AND kind IN ({_KINDS}) AND slug IN"
    f" (SELECT slug FROM log WHERE negotiation = ? AND kind IN ({_KINDS})) AND valid_from > ?"
)
_MEASURE = re.compile(r"(?:(?<=^)|(?<=, ))[a-z0-9-]+(?=: )")
_VOICES = ("by", "to", "on_behalf_of", "owners", "closed_by", "parties", "people")  # contested fields that name some
_LAST = 200  # statements
_FEW = 300  # reports


class KnownByThen(Reader):
    """The views as of one day, without anything that became known later."""

    def name_of(self, voice: str) -> str:
        """The name of a party, or of a person followed by the party: `Jamieson Greer (us)`."""
        party, slash, person = voice.partition("/")
        if slash:
            return f"{self._names.get(person, person)} ({party})"
        return self._names.get(party, party)

    def in_sentence(self, voice: str) -> str:
        """The name inside a sentence, with the article that some parties take: `the United States`."""
        return self._sentence_names.get(voice) or self.name_of(voice)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.slug: one.name for one in self._voices}

    @cached_property
    def _sentence_names(self) -> dict[str, str]:
        return {one.slug: one.in_sentences for one in self._voices if isinstance(one, Party)}

    @cached_property
    def _voices(self) -> list[Person | Party]:
        return [*self.states(Person, "people"), *self.states(Party, "parties")]

    def names_of(self, voices: Iterable[str]) -> str:
        """The names of voices in one line: `Viet Nam, Canada and Belm`."""
        return listed(map(self.name_of, voices))

    def speakers(self, voices: Iterable[str], teller: str, entry: str) -> str:
        """The names of speakers, with who reported their words and who denied the entry."""
        return f"{self.names_of(voices)}{self.told_and_denied(teller, entry)}"

    def told_by(self, voice: str) -> str:
        """`, as told by Ann Lee (ch)`: the reporter of a statement, a voice or any words; "" if there is none."""
        return f", as told by {self.in_sentence(voice)}" if voice else ""

    def told_and_denied(self, voice: str, entry: str) -> str:
        """The teller of a statement and its denials: `, as told by Ann Lee (ch), denied by Viet Nam on 3 June 2025`.

        Each part is "" if there is nobody.
        """
        return f"{self.told_by(voice)}{self.denied_by(entry)}"

    def words_of(self, said: Statement) -> str:
        """The words of a statement, and who reported and denied it: `Lower the tariffs, as told by Ann Lee (ch)`."""
        how = self.told_and_denied(said.reported_by, said.slug)
        return f"{said.told.rstrip('.')}{how}" if how else said.told

    def denied_by(self, entry: str) -> str:
        """`, denied by Viet Nam on 3 June 2025`: by whom a statement was denied; "" if nobody did."""
        by = [by for by, _ in self._denials.get(entry, ())]
        return f", denied by {listed(by)}" if by else ""

    def denials(self, entry: str) -> str:
        """` (denied by Viet Nam on 3 June 2025: No date was agreed)`: who denied an entry that is more than words.

        The words tell what of it was denied. The text is "" if nobody did.
        """
        denials = [f"denied by {by}: {says.rstrip('.')}" for by, says in self._denials.get(entry, ())]
        return f" ({'; '.join(denials)})" if denials else ""

    @cached_property
    def _denials(self) -> dict[str, list[tuple[str, str]]]:
        """By entry, those who denied it, each with the words."""
        found: dict[str, list[tuple[str, str]]] = {}
        denying = [one.slug for one in self.states(Link, "links", "AND relation = 'denies'")]
        those = "AND slug IN (SELECT value FROM json_each(?))", json.dumps(denying)
        for said in self.states(Statement, "statements", *those, order="day, turn") if denying else ():
            by = f"{listed(map(self.in_sentence, said.by))} {said.said_on.clause()}{self.told_by(said.reported_by)}"
            for entry in said.linked("denies"):
                found.setdefault(entry, []).append((by.strip(), said.says))
        return found

    def accounts_of(self, one: Contest) -> str:
        """Every account of a contested field, with its sources: `11 May 2025 in ustr; 12 May 2025 in vna, moit`."""
        accounts: dict[str, list[str]] = {}
        for value, source in zip(one.values, one.sources, strict=True):
            accounts.setdefault(self.value_of(one, value), []).append(source)
        return "; ".join(f"{told} in {', '.join(dict.fromkeys(sources))}" for told, sources in accounts.items())

    def value_of(self, one: Contest, value: str) -> str:
        """A value of a contested field in words: voices by their names."""
        return self.names_of(value.split(", ")) if one.field in _VOICES else value

    def jointly(self, others: Iterable[str]) -> str:
        """` jointly with Viet Nam and Canada`: the other parties of a joint statement; "" if there are none."""
        with_others = listed(map(self.in_sentence, others))
        return f" jointly with {with_others}" if with_others else ""

    def as_told(self, told: Mapping[str, str]) -> str:
        """Voices inside a sentence, with who reported their words: `Viet Nam; Canada, as told by the Chair`."""
        by: dict[str, list[str]] = {}
        for voice, teller in told.items():
            by.setdefault(teller, []).append(self.in_sentence(voice))
        return "; ".join(f"{listed(by[teller])}{self.told_by(teller)}" for teller in sorted(by))

    def named(self, sentence: str) -> str:
        """A sentence with its voices replaced by their names."""
        return with_names(sentence, self.in_sentence)

    def role_of(self, party: str) -> str:
        """The role in which a party that does not negotiate speaks on the day, such as `mediator`; else ""."""
        return self._held.speaks_as(party, self.day)

    def with_role(self, party: str) -> str:
        """The name of a party, with the role in which it speaks: `Halden (mediator)`."""
        return f"{self.name_of(party)}{self.in_role(party)}"

    def in_role(self, party: str) -> str:
        """` (mediator)`, after the name of a party: the role in which it speaks, unless its name is that role."""
        role = self.role_of(party)
        return f" ({role})" if role and fold(self.name_of(party)).removeprefix("the ") != role else ""

    @cached_property
    def _held(self) -> Memberships:
        return self.roles()

    def to_whom(self, to: Iterable[str]) -> str:
        """The addressees of an ask: `Quell, Orvane`; `nobody named` if no report names any."""
        return self.names_of(to) or NOBODY_NAMED

    def addressed(self, asker: str, to: Iterable[str]) -> str:
        """Asker and addressees: `Quell → Orvane`, `Quell → nobody named`."""
        return f"{self.with_role(asker)} → {self.to_whom(to)}"

    def asking(self, act: str, to: Slugs) -> str:
        """The verb of an ask and its addressees, in a sentence: `proposed to Orvane`, `proposed (nobody named)`."""
        meant = ACTS.get(act, ACTS["asked"])
        return meant.towards(listed(map(self.in_sentence, to))) if to else f"{meant.verb} ({NOBODY_NAMED})"

    def other_side(self, asker: str) -> Slugs:
        """The other of two parties that negotiate; empty if there are more, or if the asker is not one of them."""
        others = tuple(one for one in self._negotiating if one != asker)
        return others if len(others) == 1 and asker in self._negotiating else ()

    @cached_property
    def _negotiating(self) -> Slugs:
        return self.negotiators(self._held)

    @cached_property
    def conditioned(self) -> dict[str, Slugs]:
        """The words of the conditions of each statement that has any."""
        said = self.states(Statement, "statements", "AND conditional_on != '[]'", order="day, turn")
        return {one.slug: one.conditional_on for one in said}

    def negotiators(self, held: Memberships) -> Slugs:
        """Everybody who is a party to the negotiation on the day, by the roles held on it."""
        opened = self.row(
            "SELECT passages FROM reports WHERE position IN"
            " (SELECT position FROM log WHERE negotiation = ? AND kind = 'negotiation')",
            self.negotiation,
        )
        listed = dict(json.loads(opened[0])).get("parties", "") if opened else ""
        known = [one.slug for one in self._voices if isinstance(one, Party) and self.knows(one.slug)]
        return held.parties(listed.split(", ") if listed else (), known, self.day)

    def roles(self) -> Memberships:
        """The roles that began by the day, from which those held on it follow."""
        columns = "party, role, [of], valid_from, valid_to"
        begun = f"SELECT {columns} FROM memberships WHERE negotiation = ? AND valid_from <= ? ORDER BY {columns}"
        rows = self.rows(begun, self.negotiation, self.day)
        held = (RoleHeld(party, role, of, first, over or "") for party, role, of, first, over in rows)
        return Memberships(one for one in held if self.knows(one.party) and (not one.of or self.knows(one.of)))

    def with_title(self, figures: str) -> str:
        """One or more figures of an entry, such as `quota: 20 tonnes`, with the titles of their measures."""
        return _MEASURE.sub(lambda slug: self._titles.get(slug[0], slug[0]), figures)

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {one.slug: one.title for one in self.states(Measure, "measures")}

    def knows(self, name: str) -> bool:
        """Whether a party, person or issue is known by the day: recorded by then, or mentioned in a report that counts.

        The slug of any other entry is always known.
        """
        if name not in self._doubtful:
            return True
        if name not in self._sought:
            self._sought[name] = bool(self.mentioned("1", name, self.day))
        return self._sought[name]

    @cached_property
    def _sought(self) -> dict[str, bool]:
        """Whether a report by the day mentions a name, for each name that was looked up."""
        return {}

    @cached_property
    def _doubtful(self) -> frozenset[str]:
        """The parties, people, issues and measures that are known by the day only if a report mentions them."""
        by = min(self.day, self.reported_by or self.day)
        newest = self.row("SELECT recorded_on FROM log ORDER BY position DESC LIMIT 1")
        if newest is None or newest[0] <= by:
            return frozenset()
        rows = self.rows(_NAMED_AFTER, self.negotiation, self.negotiation, by)
        others = {slug for (slug,) in rows} - self._named_last() if rows else set()
        if others and (among := self._named_in_few()) is not None:
            self._sought.update(dict.fromkeys(others, False) | dict.fromkeys(others & among, True))
        return frozenset(others)

    def _named_last(self) -> set[str]:
        """The parties, people and issues in the last statements by the day: most of them, and found in one query."""
        last = (
            "SELECT [by], on_behalf_of, [to], issues FROM statements WHERE negotiation = ? AND valid_from <= ?"
            f" AND (valid_to IS NULL OR valid_to > ?) ORDER BY valid_from DESC LIMIT {_LAST}"
        )
        distinct = set(chain.from_iterable(self.rows(last, self.negotiation, self.day, self.day)))
        return {name for value in distinct for voice in slugs(value) for name in voice.split("/")}

    def _named_in_few(self) -> set[str] | None:
        """The names in the reports by the day, if these are few; else None.

        On an early day the search would read every later mention of each name in vain.
        """
        reports = self.rows(
            "SELECT reports.slug, passages FROM log CROSS JOIN reports ON reports.position = log.position"
            " WHERE log.negotiation = ? AND takes_effect <= ? AND (takes_effect > ? OR +log.kind = 'negotiation')"
            " AND stands LIMIT ?",
            *(self.negotiation, self.day, ALWAYS, _FEW),
        )
        if len(reports) == _FEW:
            return None
        found: set[str] = set()
        for slug, passages in reports:
            named = ", ".join(text for field, text in json.loads(passages) if field in _FIELDS)
            found |= {*named.replace("/", ", ").split(", ")} - {slug}
        return found

    @cached_property
    def _positions(self) -> tuple[int, int]:
        """The positions of the first and the last event of the negotiation."""
        row = self.row("SELECT MIN(position), MAX(position) FROM log WHERE negotiation = ?", self.negotiation)
        return (row[0] or 0, row[1] or 0) if row else (0, 0)

    def mentioned(self, what: str, name: str, by: str) -> Any:
        """A column or an aggregate of the reports, up to a day, that mention a name; None if no report does."""
        row = self.row(
            f"SELECT {what} FROM search CROSS JOIN reports ON reports.position = search.rowid WHERE search MATCH ?"
            " AND search.rowid BETWEEN ? AND ? AND valid_from <= ? AND (valid_from > ? OR kind = 'negotiation')"
            f" AND negotiation = ? AND slug != ? AND {_NAMES} LIMIT 1",
            f'tags : "{name.replace("-", " ")}"',
            *(*self._positions, by, ALWAYS, self.negotiation, name, f"%, {name}, %"),
        )
        return row[0] if row else None

    def is_known(self, entry: Label, since: str) -> bool:
        """Whether an entry is known by the day; `since` is the day from which it counts by itself."""
        if entry.kind in KINDS and KINDS[entry.kind].named:
            return self.knows(entry.slug)
        if entry.kind == "negotiation" or since <= self.day:
            return True
        return entry.kind == "source" and self.rests_on(entry.slug)

    def known_from(self, entry: Label, since: str) -> str:
        """The day from which an entry is known, which is after the day of the views."""
        if entry.kind in KINDS and KINDS[entry.kind].named:
            return self.mentioned("MIN(valid_from)", entry.slug, since) or since
        rests = "SELECT MIN(takes_effect) FROM log WHERE negotiation = ? AND source = ? AND stands AND takes_effect > ?"
        row = self.row(rests, self.negotiation, entry.slug, ALWAYS) if entry.kind == "source" else None
        return min(since, row[0] or since) if row else since

    def by_then(self, found: Sequence[LogRow], corrects: Sequence[int]) -> list[LogRow]:
        """The events that count by the day."""
        counting: set[tuple[str, str, int]] = set()  # version 0: any event of the entry
        shown = []
        for one, version in zip(found, corrects, strict=True):
            if (one.kind, one.slug, version) in counting if one.is_upkeep else self._counts(one):
                shown.append(one)
                counting |= {(one.kind, one.slug, 0), (one.kind, one.slug, one.version)}
        return shown

    def _counts(self, one: LogRow) -> bool:
        """Whether an event that is not a correction counts by the day."""
        match one.event:
            case "NegotiationOpened":
                return True
            case "PartyNamed" | "PersonNamed" | "IssueNamed" | "MeasureNamed":
                return self.knows(one.slug)
            case "AnswerAsserted":
                return one.recorded_on <= self.day
            case "RoleReported" if one.takes_effect == ALWAYS:
                return self.knows(one.slug)
        day = one.takes_effect
        if not day:
            begins = When(one.occurred).starts_by
            day = begins.isoformat() if begins else one.reported or one.recorded_on
        return day <= self.day or (one.kind == "source" and self.rests_on(one.slug))

    def label_of(self, kind: str, slug: str) -> str:
        """The name of an entry, as known on the day; "" if it has no state then."""
        if not tables_of(kind):
            return ""
        table, cls, _ = tables_of(kind)[0]
        named = next((name for name in ("says", "title", "name") if name in cls._fields), "")  # none for a meeting
        on_the_day = "+valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)"
        row = self.row(
            f"SELECT {named or selected(Meeting)} FROM {table} WHERE negotiation = ? AND slug = ? AND {on_the_day}"
            " ORDER BY +valid_from DESC LIMIT 1",
            *(self.negotiation, slug, self.day, self.day),
        )
        if row is None:
            return ""
        return str(row[0]) if named else self.titled(self.read(Meeting, [row])[0])

    def titled(self, meeting: Meeting) -> str:
        """A meeting by its name and date: `Call of Viet Nam and the United States, expected 20 June 2026`."""
        return title_of(self.to_tell(meeting), self.name_of_meeting(meeting))

    def name_of_meeting(self, meeting: Meeting) -> str:
        """`round 2`; a meeting without a number has its participants: `call of Viet Nam and the United States`."""
        return self.named(named_meeting(meeting))

    def to_tell(self, meeting: Meeting) -> Meeting:
        """A meeting to be told: with the name of the meeting before which it is, if that is on record by the day."""
        others = self.states(Meeting, "meetings", "AND slug = ?", meeting.before) if meeting.before else []
        return meeting._replace(before=the_meeting(others[0], self.name_of_meeting(others[0]))) if others else meeting

    def sources(self) -> list[Source]:
        """The sources published by the day, oldest first; one of an unknown day counts from the day of recording."""
        return self.states(Source, "sources", order="valid_from, slug")

    def every_source(self, among: Collection[str] | None = None) -> list[Source]:
        """Every source, or some of them, including those published after the day.

        Each is as on the day, without a text that came later.
        """
        some = "" if among is None else " AND slug IN (SELECT value FROM json_each(?))"
        whenever = (
            f"SELECT {selected(Source)}, valid_from FROM sources WHERE negotiation = ?{some} ORDER BY valid_from, slug"
        )
        found: dict[str, sqlite3.Row] = {}
        for row in self.rows(whenever, self.negotiation, *([] if among is None else [json.dumps(sorted(among))])):
            if row["slug"] not in found or row["valid_from"] <= self.day:
                found[row["slug"]] = row
        return self.read(Source, found.values())

    def rests_on(self, source: str) -> bool:
        """Whether a report in a source counts by the day."""
        counts = "stands AND takes_effect > ? AND takes_effect <= ?"
        asked = self.negotiation, source, ALWAYS, self.day
        return self.row(f"SELECT 1 FROM log WHERE negotiation = ? AND source = ? AND {counts}", *asked) is not None
