"""The one page before tomorrow's meeting, in Markdown: where things stand, what changed, who asked what, who comes.

Every line rests on a numbered note: the source's words, and where they stand. An empty heading is left out.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.base.names import nearest
from ledger.base.text import capital, one_line
from ledger.dates import When
from ledger.domain.errors import UnknownEntry
from ledger.domain.vocabulary import meeting_name
from ledger.queries.diff import Difference
from ledger.views.status import AskOnTheDay, FollowUpOnTheDay, MeetingOnTheDay
from ledger.views.views import Views


class Changed(NamedTuple):
    """What changed since a moment, and how a person would say the moment."""

    since: str
    differences: Sequence[Difference]


def brief(views: Views, ours: str = "", meeting: str = "", changed: Changed | None = None) -> str:
    """The brief as Markdown; `ours` is the party it is written for, `meeting` the slug of the one it prepares."""
    return _Brief(views, ours).text(meeting, changed)


class _Brief:
    """Writes the page and numbers its notes."""

    def __init__(self, views: Views, ours: str) -> None:
        self.views = views
        self.ours = ours
        self.notes: dict[str, int] = {}
        self.sources = {source.slug: source for source in views.every_source()}
        self.issues = views.issues()
        self.titles = {issue.slug: issue.title for issue in self.issues}
        self.statements = {one.slug: one for one in views.statements()}
        self.last_said = {issue: one.slug for one in self.statements.values() for issue in one.issues}

    def text(self, meeting: str, changed: Changed | None) -> str:
        found = self._meeting(meeting)
        head = [f"# {_plain(self.views.title())}", "", f"*As of {_day(self.views.day)}{self._prepares(found)}*"]
        sections = [
            ("Where things stand", self._standing(found)),
            (f"What changed since {_plain(changed.since)}" if changed else "", self._changed(changed)),
            *self._asks(),
            ("What is to be done", [self._follow_up(one) for one in self.views.follow_ups()]),
            ("In dispute between sources", self._contested()),
            ("In the room", self._people(found)),
        ]
        body = [line for title, lines in sections if lines for line in ("", f"## {title}", "", *lines)]
        notes = [f"{number}. {note}" for note, number in self.notes.items()]
        return "\n".join([*head, *body, *(["", "## Sources", "", *notes] if notes else []), ""])

    def _meeting(self, slug: str) -> MeetingOnTheDay | None:
        known = self.views.meetings()
        if slug:
            for one in known:
                if one.meeting.slug == slug:
                    return one
            slugs = [one.meeting.slug for one in known]
            raise UnknownEntry.near("meeting", slug, nearest(slug, slugs), slugs)
        return self.views.next_meeting().expected

    def _prepares(self, found: MeetingOnTheDay | None) -> str:
        if found is None:
            return ""
        return f", for {_meeting_name(found)}"

    def _standing(self, found: MeetingOnTheDay | None) -> list[str]:
        lines = []
        answer = self.views.next_meeting()
        if answer.expected is not None:
            lines.append(self._expected(answer.expected))
        elif answer.last_held is not None:
            held = answer.last_held
            lines.append(
                f"- No further round is announced. The last, round {held.number or ''}".rstrip()
                + f", was held {held.held.describe()}.{self._note(held.slug)}"
            )
        if found is not None and found != answer.expected and found.status in ("announced", "unconfirmed"):
            lines.append(self._expected(found))
        for issue in self.issues:
            if issue.status in ("open", "named", "noted"):
                continue
            by = issue.settled_by or issue.narrowed_by
            if issue.status in ("answered", "agreed"):
                by = issue.last_answer_by
            word = f", by the word of {self._voices(by)}" if by else ""
            note = self._note(self.last_said.get(issue.slug, ""))
            lines.append(f"- {_plain(issue.title)}: {issue.status}{word}.{note}")
        return lines

    def _expected(self, one: MeetingOnTheDay) -> str:
        meeting = one.meeting
        forecasts = self.views.forecasts(meeting.slug)
        when = meeting.expected.describe() if meeting.expected else "on a day not given"
        by = self._voices(meeting.expected_by)
        said = f", as {by} said" if by else ", as reported" if forecasts else ""
        said += f" on {When(meeting.expected_on.edtf).describe()}" if forecasts and meeting.expected_on else ""
        slipped = [forecast.expected.describe() for forecast in forecasts[:-1] if forecast.expected]
        before = f" Before that it was expected {', then '.join(slipped)}." if slipped else ""
        passed = " That time has passed without a report." if one.status == "unconfirmed" else ""
        return f"- {capital(_meeting_name(one))} is expected {when}{said}.{before}{passed}{self._note(meeting.slug)}"

    def _changed(self, changed: Changed | None) -> list[str]:
        if changed is None:
            return []
        told = [one for one in changed.differences if one.says and not _follows_from_an_ask(one)]
        return [f"- {_plain(one.says)}.{self._note(self._rests_on(one))}" for one in told] or ["- Nothing of record."]

    def _rests_on(self, one: Difference) -> str:
        """The entry whose evidence a difference rests on: for an ask or an issue, the statement that moved it."""
        if one.kind == "ask" and one.after:
            return str(one.after.get("answer_statement") or one.after.get("last_statement") or "")
        return self.last_said.get(one.slug, one.slug) if one.kind in ("ask", "issue") else one.slug

    def _asks(self) -> list[tuple[str, list[str]]]:
        """What waits for an answer, under a heading for each asker; what is asked of us first."""
        by_asker: dict[str, list[AskOnTheDay]] = {}
        for one in self.views.asks():
            by_asker.setdefault(one.ask.asker, []).append(one)
        askers = sorted(by_asker, key=lambda asker: (asker == self.ours, asker))
        found = []
        for asker in askers:
            if asker == self.ours:
                title = "What we asked and have no answer to"
            elif self.ours:
                title = f"What {self.views.name_of(asker)} asked of us and has no answer to"
            else:
                title = f"What {self.views.name_of(asker)} asked and has no answer to"
            found.append((title, [self._ask(one) for one in by_asker[asker]]))
        return found

    def _ask(self, one: AskOnTheDay) -> str:
        ask = one.ask
        said = self.statements.get(ask.last_statement)
        words = f" {_plain(said.says)}" if said else ""
        often = "once" if ask.times == 1 else f"{ask.times} times, first on {_day(ask.first_asked)}"
        last = f"last on {_day(ask.last_asked)}" if ask.times > 1 else f"on {_day(ask.first_asked)}"
        days = "1 day" if one.days_waiting == 1 else f"{one.days_waiting} days"
        waiting = f"; waiting for {days}" if one.days_waiting else ""
        title = _plain(self.titles.get(ask.issue, ask.issue))
        return f"- **{title}.**{words} Asked {often}, {last}{waiting}.{self._note(ask.last_statement)}"

    def _follow_up(self, one: FollowUpOnTheDay) -> str:
        follow_up = one.follow_up
        owners = self._voices(follow_up.owners) or "No owner"
        due = f", due {follow_up.due.describe()}" if follow_up.due else ""
        timing = {"overdue": "**overdue**", "possibly overdue": "**perhaps overdue**"}.get(one.timing, one.timing)
        return f"- {owners}: {_plain(follow_up.says).rstrip('.')} ({timing}{due}).{self._note(follow_up.slug)}"

    def _contested(self) -> list[str]:
        return [
            f"- The {one.kind} `{one.slug}`, {one.field.replace('_', ' ')}: "
            f"{' or '.join(dict.fromkeys(map(_plain, one.values)))}; "
            f"taken as {_plain(one.preferred)}.{self._note(one.slug)}"
            for one in self.views.contested()
        ]

    def _people(self, found: MeetingOnTheDay | None) -> list[str]:
        """Who is expected, with the post held on the day; where nobody is named, who came last time."""
        if found is None:
            return []
        named, note = found.meeting, ""
        if not named.people:
            last = self.views.next_meeting(found.meeting.kind).last_held
            if last is None or not last.people:
                return []
            named, note = last, f" (as at {last.slug})"
        posts = {person.slug: person.post for person in self.views.people()}
        lines = []
        for who, title in zip(named.people, named.titles, strict=True):
            post = posts.get(who.rpartition("/")[2], "") or title
            lines.append(
                f"- {self.views.name_of(who)}{f', {_plain(post)}' if post else ''}{note}.{self._note(named.slug)}"
            )
        return lines

    def _note(self, slug: str) -> str:
        """The number of the note for an entry's newest evidence; "" where there is none."""
        evidence = self.views.evidence(slug) if slug else []
        if not evidence:
            return ""
        newest = [one for one in evidence if one.position == evidence[-1].position]
        words = " … ".join(_plain(one.words) for one in newest)
        source = self.sources.get(newest[0].source)
        told = newest[0].source
        if source is not None:
            publisher = f", {_plain(source.publisher)}" if source.publisher else ""
            published = source.published.describe() if source.published else "date unknown"
            told = f"{_plain(source.title)}{publisher}, {published} (`{source.slug}`)"
        note = f"“{words}” {told}"
        return f" [{self.notes.setdefault(note, len(self.notes) + 1)}]"

    def _voices(self, voices: Iterable[str]) -> str:
        return _plain(" and ".join(self.views.name_of(voice) for voice in voices))


def _follows_from_an_ask(one: Difference) -> bool:
    """An issue that is open because something was asked: the ask itself is told."""
    return one.kind == "issue" and (one.after or {}).get("status") == "open"


def _meeting_name(one: MeetingOnTheDay) -> str:
    name = meeting_name(one.meeting.kind, one.meeting.number)
    return name if one.meeting.number is not None else f"{name} `{one.meeting.slug}`"


def _day(iso: str) -> str:
    return When(iso).describe()


_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return one_line(text).translate(_MARKUP)
