"""Writes the brief: the lines of each section, each with a numbered note on its source and the source's words."""

from collections.abc import Iterable, Sequence

from ledger.base.names import nearest
from ledger.base.text import capital, listed, times
from ledger.dates import When, due_in_words, surely_after
from ledger.domain.clocks import known_day
from ledger.domain.errors import UnknownEntry
from ledger.domain.states import Ask, Forecast, Issue, Meeting
from ledger.domain.vocabulary import ACTS, meeting_name
from ledger.domain.voices import according_to
from ledger.queries.brief import Brief, BriefSection, ChangesSince, Line, Run
from ledger.queries.brief.cited import CitedLines
from ledger.queries.diff import Difference, follows_from_an_ask
from ledger.queries.figures import figures, given_by, latest, with_conditions
from ledger.queries.promises import end_of, followed_up
from ledger.queries.replies import replies
from ledger.views.ahead import differs, present_forecast
from ledger.views.conditions import ConditionOnTheDay, in_force
from ledger.views.links import depends_on
from ledger.views.status import (
    EXPECTED,
    LAPSED,
    AskOnTheDay,
    DeadlineOnTheDay,
    Deferral,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    awaited,
    standing_of,
    told,
    undated,
    until_of,
)
from ledger.views.views import Views


def brief(views: Views, ours: str = "", meeting: str = "", changed: ChangesSince | None = None) -> Brief:
    """The brief as of the views' day, for the party `ours`, to prepare a meeting. Raises UnknownEntry without it."""
    return Writer(views, ours).brief(meeting, changed)


class Writer(CitedLines):
    """Writes the page, section by section."""

    def __init__(self, views: Views, ours: str) -> None:
        super().__init__(views)
        self.ours = ours
        self.issues = views.issues()
        self.every_ask = views.asks(everything=True)
        self.followed_up = followed_up(views)
        self.deferred = views.deferred()
        self.titles = {issue.slug: issue.title for issue in self.issues}
        self.last_said = {issue: one.slug for one in self.statements.values() for issue in one.issues}

    def brief(self, meeting: str, changed: ChangesSince | None) -> Brief:
        prepared = self._meeting(meeting)
        changes = [(f"What changed since {changed.since}", self._changed(changed))] if changed else []
        sections = [
            *self._deadlines(near=True),
            section("What comes next", self._next(prepared)),
            *self._asks(),
            section("Deferred", [self._deferral(one) for one in self.deferred]),
            section("Conditions", [self._condition(one) for one in in_force(self.views)]),
            section("Follow-ups", [self._follow_up(one) for one in self.views.follow_ups()]),
            *self._deadlines(near=False),
            *(section(title, lines) for title, lines in changes),
            section("Where things stand", self._standing()),
            section("Figures", self._figures()),
            section("Contested", self._contested()),
            section(*self._people(prepared)),
        ]
        named = (Run(_meeting_name(prepared.meeting)),) if prepared is not None else ()
        filled = [section for section in sections if section.lines]
        notice = self.views.notice()
        return Brief(self.views.title(), self.views.day, named, filled, list(self.notes), notice=notice)

    def _meeting(self, slug: str) -> MeetingOnTheDay | None:
        if not slug:
            return self.views.next_meeting().expected
        known = {one.meeting.slug: one for one in self.views.meetings()}
        found = self.views.find(["meeting"], slug)  # refused, also if it is known only later
        if found not in known:
            raise UnknownEntry.near("meeting", slug, nearest(slug, known), known)
        return known[found]

    def _next(self, prepared: MeetingOnTheDay | None) -> list[Line]:
        lines = []
        answer = self.views.next_meeting()
        if (now := answer.under_way) is not None:
            says = f"{capital(meeting_name(now.kind, now.number))} is {now.status}: {now.held_in_words}."
            lines.append(self._line(says, rests_on=now.slug))
        if answer.expected is not None:
            lines.append(self._expected(answer.expected))
        elif now is None and answer.last_held is not None:
            held = answer.last_held
            name = f"round {held.number}" if held.number else "round"
            says = f"{answer.none_ahead} {answer.last_one}, {name}, was held {held.held_in_words}."
            lines.append(self._line(says, rests_on=held.slug))
        lapsed = [answer.called_off] if answer.called_off and not answer.expected else []
        lapsed += [prepared] if prepared and prepared.status in LAPSED and prepared not in lapsed else []
        lines += [self._line(f"{told(one)}.", rests_on=one.meeting.slug) for one in lapsed]
        others = [one for one in answer.others if one != prepared]
        if prepared is not None and prepared != answer.expected:
            others.insert(0, prepared)
        return [*lines, *(self._expected(one) for one in others if one.status in EXPECTED)]

    def _standing(self) -> list[Line]:
        lines = []
        for issue in self.issues:
            if issue.status == "open":  # some of its requests may have been answered alone
                alone = [one for one in self.every_ask if one.ask.issue == issue.slug and one.requests > 1]
                lines += [self._answered(issue, one) for one in alone if one.ask.last_answer and not one.waited]
            elif issue.status not in ("named", "noted"):
                lines += self._issue(issue)
        return lines

    def _issue(self, issue: Issue) -> list[Line]:
        """An issue and its status; if it was answered, a line for each ask, with the last answer and its giver."""
        if issue.status not in ("answered", "deferred"):
            by = self.views.as_told(according_to(issue))
            says = f"{issue.title}: {standing_of(issue, f', according to {by}' if by else '')}."
            return [self._line(says, rests_on=self._said_so(issue)), *self._followed_up(issue)]
        deferred = [one.asked.ask for one in self.deferred]  # they have a section of their own
        asks = [one for one in self.every_ask if one.ask.issue == issue.slug and one.ask.last_answer]
        asks = [one for one in asks if one.ask not in deferred]
        return [
            self._answered(issue, one) for one in sorted(asks, key=lambda one: (one.ask.last_answer, one.ask.asker))
        ]

    def _followed_up(self, issue: Issue) -> list[Line]:
        """A line for each follow-up on an issue that ended: what is agreed may be done by now."""
        return [
            self._line(
                f"{issue.title}, follow-up {end_of(one)}: ",
                Run(f"{one.follow_up.says.rstrip('.')}.", filed=True),
                rests_on=one.follow_up.slug,
                event="FollowUpClosed",
            )
            for one in self.followed_up.get(issue.slug, ())
        ]

    def _said_so(self, issue: Issue) -> str:
        """The last statement that gave an issue its status; "" if none did."""
        return issue.rests_on[-1] if issue.rests_on else self.last_said.get(issue.slug, "")

    def _answered(self, issue: Issue, one: AskOnTheDay) -> Line:
        ask, told_by = one.ask, self.views.told_by(one.answer_reported_by)
        said = f"{self._voices(ask.last_answer_by)} {ACTS[ask.last_answer_act].verb}"
        asker = self.views.in_sentence(ask.asker)
        each = f" ({answers})" if (answers := replies(one, self.views)) else ""
        request = f" ({one.among.removeprefix(', ')}: {one.told.rstrip('.')})" if one.requests > 1 else ""
        return self._line(
            f"{issue.title}, asked by {asker}{request}: ",
            f"{said} {known_day(ask, ask.last_answer).clause()}{told_by}{each}.",
            rests_on=ask.answer_statement,
        )

    def _other_expectations(self, meeting: Meeting, forecasts: Sequence[Forecast]) -> str:
        """The other expectations of a meeting, earlier or of the same report, each with who expressed it."""
        before, besides, present = dict[str, None](), "", present_forecast(meeting, forecasts)
        for one in forecasts:
            if not one.expected or present is None or one.expected.describe() == present.expected.describe():
                continue
            when, by = one.expected.ahead(), self._voices(one.by)
            if differs(one, present):
                besides += f" {capital(by)} expected it {when}."
            elif _is_of_one_report(one, present):
                besides += f" The same report also gives it as {one.expected.describe()}."
            else:
                before[f"{when}, as {by} said" if by else when] = None
        return (f" Before that it was expected {'; '.join(before)}." if before else "") + besides

    def _expected(self, one: MeetingOnTheDay) -> Line:
        meeting = one.meeting
        forecasts = self.views.forecasts(meeting.slug)
        to_tell = self.views.to_tell(meeting)
        when = to_tell.expected.ahead() if to_tell.expected else undated(to_tell, "on a day not given")
        by = self._voices(meeting.expected_by)
        said = f", as {by} said" if by else ", as reported" if forecasts else ""
        said += f" {meeting.expected_on.clause()}" if forecasts and meeting.expected_on else ""
        before = self._other_expectations(meeting, forecasts)
        passed = " That time has passed without a report that it was held." if one.status == "unconfirmed" else ""
        name = meeting_name(meeting.kind, meeting.number)
        name = capital(name if meeting.number is not None else f"a {name}")
        return self._line(
            f"{name} {'was' if passed else 'is'} expected {when}{one.rival}{said}",
            f"{self.views.denials(meeting.slug)}{self._mark(meeting.slug)}.",
            passed,
            before,
            f" Reason given: {meeting.reason.rstrip('.')}." if meeting.reason else "",
            f" It depends on: {'; '.join(needed)}." if (needed := depends_on(self.views, meeting)) else "",
            f" On its agenda: {', '.join(self.titles.get(one, one) for one in meeting.issues)}."
            if meeting.issues
            else "",
            rests_on=meeting.slug,
        )

    def _changed(self, changed: ChangesSince) -> list[Line]:
        told = [one for one in changed.differences if one.says and not follows_from_an_ask(one)]
        lines = [
            self._line(
                Run(f"{one.says}.", filed=True),
                rests_on=self._rests_on(one),
                sources=[one.source] if one.kind == "post" and one.source else (),
            )
            for one in told
        ]
        return lines or [self._line("Nothing recorded.")]

    def _rests_on(self, one: Difference) -> str:
        """The entry with the evidence of a difference: for an ask or an issue, the statement that changed it."""
        if one.kind == "ask" and one.after:
            return str(one.after.get("answer_statement") or one.after.get("last_statement") or "")
        if one.kind in ("ask", "issue"):
            rests_on = (one.after or {}).get("rests_on") or [self.last_said.get(one.slug, one.slug)]
            return str(rests_on[-1])
        return one.slug

    def _asks(self) -> list[BriefSection]:
        """The asks that wait for an answer, with a section for each asker; those to us come first, our own last."""
        by_asker: dict[tuple[bool, bool, str], list[AskOnTheDay]] = {}
        for one in self.views.asks():
            ask, own = one.ask, one.ask.asker == self.ours
            asked = awaited(ask) if ask.to else self.views.other_side(ask.asker)
            of_others = own or self.ours not in asked
            by_asker.setdefault((own, of_others, ask.asker), []).append(one)
        found = []
        for (own, of_others, asker), asks in sorted(by_asker.items()):
            to_us = " to us" if self.ours and not of_others else ""
            by = f"{self.views.in_sentence(asker)}{self.views.in_role(asker)}"
            title = "Our unanswered asks" if own else f"Unanswered asks by {by}{to_us}"
            lines = [self._ask(one) for one in asks]
            found.append(BriefSection(title, lines, len(lines), "" if own else by))
        return found

    def _ask(self, one: AskOnTheDay) -> Line:
        ask = one.ask
        said = self.statements.get(ask.last_statement)
        words = f" {said.told}{'' if said.told.rstrip(_QUOTES).endswith(_ENDS) else '.'}" if said else ""
        often = f"{'on this issue ' if ask.times > 1 and one.requests < 2 else ''}{times(ask.times)} on record"
        often += f", first {_day(ask, ask.first_asked)}" if ask.times > 1 else ""
        last = f"{one.last} {one.said_on.clause()}".lstrip()
        waiting = f"; waiting for {one.waited}" if one.days_waiting else ""
        answered = f" {capital(answers)}." if (answers := replies(one, self.views)) else ""
        answered += f" Answered of the same request: {'; '.join(one.besides)}." if one.besides else ""
        among = one.among if one.requests > 1 else ""
        title = Run(f"{self.titles.get(ask.issue, ask.issue)}{among}.", "strong")
        told = self.views.told_and_denied(one.reported_by, ask.last_statement)
        return self._line(
            title,
            Run(words, filed=True),
            f" Asked {often}, {last}{told}{waiting}.{answered}",
            rests_on=ask.last_statement,
        )

    def _deferral(self, one: Deferral) -> Line:
        ask, said = one.asked.ask, one.deferred
        return self._line(
            Run(f"{one.asked.title}.", "strong"),
            Run(f" {one.asked.told}" if one.asked.told else "", filed=True),
            f" {capital(ACTS.get(one.asked.act, ACTS['asked']).verb)} by {self.views.in_sentence(ask.asker)}"
            f"{_clause(one.asked.said_on)};"
            f" deferred by {self._voices(said.by)}{_clause(said.said_on)}"
            f"{self.views.told_and_denied(said.reported_by, said.slug)}: ",
            Run(said.says, filed=True),
            f" {capital(answers)}." if (answers := replies(one.asked, self.views)) else "",
            rests_on=said.slug,
        )

    def _condition(self, one: ConditionOnTheDay) -> Line:
        said, met = one.statement, one.told.removeprefix(one.words)
        titles = Run(f"{', '.join(self.titles.get(issue, issue) for issue in said.issues) or 'No issue'}.", "strong")
        on = f"{_clause(said.said_on)}{self.views.told_and_denied(said.reported_by, said.slug)}"
        by = f" {capital(self._voices(said.on_behalf_of or said.by))} {ACTS[said.act].verb}{on}"
        offer = Run(said.says.rstrip("."), filed=True)
        runs = titles, f"{by}: ", offer, ", conditional on: ", Run(one.words, filed=True), f"{met}."
        return self._line(*runs, rests_on=said.slug)

    def _follow_up(self, one: FollowUpOnTheDay) -> Line:
        follow_up = one.follow_up
        owners = capital(self._voices(follow_up.owners)) or "No owner"
        timing: list[Run | str] = [Run(one.timing, "strong"), ", "] if "past due" in one.timing else []
        due = due_in_words(follow_up.due) if follow_up.due else one.timing
        runs = f"{owners}: ", Run(one.clause, filed=True), " – ", *timing, f"{due}{self.views.denials(follow_up.slug)}."
        agreement = "FollowUpAgreed" if follow_up.ended_for else ""
        return self._line(*runs, rests_on=follow_up.slug, event=agreement)

    def _deadlines(self, *, near: bool) -> list[BriefSection]:
        """The section of the deadlines: it comes first if one is near, and otherwise after the follow-ups."""
        found = self.views.unended_deadlines()
        if any(one.near for one in found) != near:
            return []
        return [section("Deadlines", [self._deadline(one) for one in found])]

    def _deadline(self, one: DeadlineOnTheDay) -> Line:
        deadline = one.deadline
        owners = f"{capital(self._voices(deadline.owners))}: " if deadline.owners else ""
        due = f"due {deadline.due.describe()}" if deadline.due else "no date"
        basis = f", {deadline.basis}" if deadline.basis else ""
        near: list[Run | str] = [Run(one.left, "strong"), ", "] if one.near or "passed" in one.timing else []
        return self._line(owners, Run(one.clause, filed=True), " – ", *near, f"{due}{basis}.", rests_on=deadline.slug)

    def _figures(self) -> list[Line]:
        """The values that count on the day, with who gave them; a contested one says so."""
        return [
            self._line(
                Run(f"{one.title}:", "strong"),
                f" {one.value}, {given_by(self.views, one.figure)}{', contested' if one.contested_by else ''}",
                Run(f"{with_conditions(self.views, one.figure, '')}.", filed=True),
                f" {capital('; '.join(one.figure.also))}." if one.figure.also else "",
                rests_on=one.slug,
                sources=one.figure.sources,
                saying=one.figure.words,
            )
            for one in latest(figures(self.views))
        ]

    def _contested(self) -> list[Line]:
        lines = []
        for one in self.views.contested():
            name = self.views.label_of(one.kind, one.slug).removesuffix(" (contested)").rstrip(".")
            taken = f"; taken as {self.views.value_of(one, one.preferred)}." if one.preferred else "."
            field = capital(one.field.replace("_", " "))
            entry = Run(f"{capital(name) or one.slug}.", "strong", entry=one.slug)
            says = Run(f" {field}: {self.views.accounts_of(one)}", filed=True), Run(taken, filed=True)
            lines.append(self._line(entry, *says, rests_on=one.slug))
        return lines

    def _people(self, prepared: MeetingOnTheDay | None) -> tuple[str, list[Line]]:
        """The people expected, with their posts on the day; if nobody is named, those at the last meeting held."""
        if prepared is None or prepared.meeting.people:
            return "In the room", self._at(prepared.meeting) if prepared else []
        before = self.views.next_meeting(prepared.meeting.kind)
        if (last := before.last_held) is None:
            return "In the room", []
        name = meeting_name(last.kind, last.number)
        return f"In the room at {name}, {before.last_one.lower()} held", self._at(last, past=True)

    def _at(self, meeting: Meeting, *, past: bool = False) -> list[Line]:
        """The people at a meeting; with `past`, with their titles there, and the others who have the same post."""
        people = {person.slug: person for person in self.views.people()}
        lines = []
        for who, title, source in zip(meeting.people, meeting.titles, meeting.named_in, strict=True):
            party, _, slug = who.rpartition("/")
            known = people.get(slug)
            post = (known.post or known.left) if known else ""
            shown = (f"then {title}" if past and title else "") or post or title
            same = [one for one in people.values() if one.post and one.post.casefold() == post.casefold()]
            others = [one.slug for one in same if past and one.slug != slug and one.party == party]
            also = (
                f"; {self._voices(others)} {'is' if len(others) == 1 else 'are'} recorded with that post too"
                if others
                else ""
            )
            left = f"; left that post {until_of(known)}".rstrip() if known and known.left and not known.post else ""
            says = f"{self.views.name_of(who)}{f', {shown}' if shown else ''}{left}{also}."
            lines.append(self._line(says, rests_on=meeting.slug, sources=[source]))
        return lines

    def _voices(self, voices: Iterable[str]) -> str:
        return listed(map(self.views.in_sentence, voices))


def section(title: str, lines: list[Line]) -> BriefSection:
    return BriefSection(title, lines, len(lines))


def _meeting_name(meeting: Meeting) -> str:
    """`round 3`, or the kind and date of a meeting without a number: `the round expected on 20 October 2026`."""
    name = meeting_name(meeting.kind, meeting.number)
    if meeting.number is not None:
        return name
    when = meeting.held or meeting.expected
    return f"the {name} {'held' if meeting.held else 'expected'} {when.clause()}" if when else f"the {name}"


_QUOTES = '”’"'  # which may stand after the end of a sentence
_ENDS = (".", "!", "?", "…", ")")  # of a text after which a sentence may begin


def _clause(when: When) -> str:
    return f" {when.clause()}" if when else ""


def _day(ask: Ask, day: str) -> str:
    return known_day(ask, day).clause()


def _is_of_one_report(one: Forecast, present: Forecast) -> bool:
    """Whether two reports in one source, which does not say that the first is the older one, give these dates."""
    apart = one.source == present.source and one.position != present.position
    return apart and not surely_after(present.said_on, one.said_on)
