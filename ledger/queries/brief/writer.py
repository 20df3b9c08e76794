"""Writes the brief: the lines of each section, each with a numbered note on its source and the source's words."""

from collections.abc import Sequence

from ledger.base.names import nearest
from ledger.base.text import as_sentence, capital, listed, times
from ledger.dates import When, due_in_words, reported, surely_after
from ledger.domain.clocks import known_day
from ledger.domain.errors import UnknownEntry
from ledger.domain.states import Ask, Forecast, Meeting
from ledger.domain.vocabulary import ACTS, ANNOUNCED
from ledger.queries.brief import Brief, BriefSection, ChangesSince, Line, Run
from ledger.queries.brief.filed import in_runs, words_of
from ledger.queries.brief.issues import IssueLines
from ledger.queries.diff import follows_from_an_ask
from ledger.queries.figures import figures, given_by, latest, with_conditions
from ledger.queries.replies import replies, which, withdrawal
from ledger.views.ahead import differs, present_forecast
from ledger.views.conditions import ConditionOnTheDay, in_force
from ledger.views.status import (
    EXPECTED,
    LAPSED,
    AskOnTheDay,
    DeadlineOnTheDay,
    Deferral,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    and_before,
    awaited,
    one_meeting,
    standing_in_words,
    the_meeting,
    until_of,
)
from ledger.views.views import Views


def brief(views: Views, ours: str = "", meeting: str = "", changed: ChangesSince | None = None) -> Brief:
    """The brief as of the views' day, for the party `ours`, to prepare a meeting. Raises UnknownEntry without it."""
    return Writer(views, ours).brief(meeting, changed)


class Writer(IssueLines):
    """Writes the page, section by section."""

    def __init__(self, views: Views, ours: str) -> None:
        super().__init__(views)
        self.ours = ours
        self.titles = {issue.slug: issue.title for issue in self.issues}

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
            section("Issues", self._standing()),
            section("Figures", self._figures()),
            section("Contested", self._contested()),
            section(*self._people(prepared)),
        ]
        named = (Run(self._name_of(prepared.meeting)),) if prepared is not None else ()
        filled = [section for section in sections if section.lines]
        title, notice, limits = self.views.title(), self.views.notice(), self.views.limits
        return Brief(title, self.views.day, named, filled, list(self.notes), notice=notice, limits=limits)

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
            name, told_how = capital(self.views.name_of_meeting(now)), self.views.how_told(now)
            says = f"{name} is {now.status}: {now.held_in_words}{told_how}."
            lines.append(self._line(says, rests_on=now.slug))
        if answer.expected is not None:
            lines.append(self._expected(answer.expected))
        elif now is None and answer.last_held is not None:
            held = answer.last_held
            when = f"{answer.held_on}{self.views.how_told(held)}"
            says = f"{answer.none_ahead} {answer.last_one(self.views.name_of_meeting)} was held {when}."
            lines.append(self._line(says, rests_on=held.slug))
        lapsed = [answer.called_off] if answer.called_off and not answer.expected else []
        lapsed += [prepared] if prepared and prepared.status in LAPSED and prepared not in lapsed else []
        lines += [self._line(f"{self.views.told(one).rstrip('.')}.", rests_on=one.meeting.slug) for one in lapsed]
        lines += [self._line(f"{one.told}.") for one in answer.perhaps]
        others = [one for one in answer.others if one != prepared]
        if prepared is not None and prepared != answer.expected:
            others.insert(0, prepared)
        return [*lines, *(self._expected(one) for one in others if one.status in EXPECTED)]

    def _other_expectations(self, meeting: Meeting, forecasts: Sequence[Forecast]) -> str:
        """The other expectations of a meeting, earlier or of the same report, each with who expressed it."""
        before, besides, present = dict[str, None](), "", present_forecast(meeting, forecasts)
        for one in forecasts:
            if not one.expected or present is None or one.expected.describe() == present.expected.describe():
                continue
            when, by = one.expected.ahead(), self._voices(one.by)
            told = self.views.told_by(one.reported_by)
            if differs(one, present):
                besides += f" {capital(by)} expected it {when}."
            elif _is_of_one_report(one, present):
                besides += f" The same report also gives it as {one.expected.describe(limit=True)}."
            else:
                before[f"{when}, as {by} said{told}" if by else f"{when}{told}"] = None
        return (f" Before that it was expected {'; '.join(before)}." if before else "") + besides

    def _expected(self, one: MeetingOnTheDay) -> Line:
        meeting = one.meeting
        forecasts = self.views.forecasts(meeting.slug)
        to_tell = self.views.to_tell(meeting)
        when = and_before(to_tell.expected.ahead() if to_tell.expected else "", to_tell, "")
        by = self._voices(meeting.expected_by)
        said_on, given = meeting.expected_on, present_forecast(meeting, forecasts)
        if given and not meeting.expected:  # an expectation without a day does not pass: tell how old it is
            known = {one.position: one.takes_effect for one in self.views.log(meeting.slug, named=False)}
            said_on = reported(said_on, known.get(given.position, ""))
        said, told_by = _clause(said_on), self._how_told(meeting)
        if by or (forecasts and (said or not told_by)):
            said = f", as {f'{by} said' if by else 'reported'}{said}"
        before = self._other_expectations(meeting, forecasts)
        passed = " That time has passed without a report that it was held." if one.status == "unconfirmed" else ""
        is_ = "was" if passed else "is"
        name = capital(one_meeting(meeting, self.views.name_of_meeting(meeting)))
        of_another = f" {meeting.told_when}" if meeting.told_when else ""  # who announced it did not give the date
        sure = [f"{is_} {meeting.told_as}{of_another}"] if meeting.told_as in ANNOUNCED else []
        sure += [] if sure and not when else [f"{'it ' if sure else ''}{is_} expected {when}".rstrip()]
        return self._line(
            f"{name} {'; '.join(sure)}{one.rival}{said}",
            f"{told_by}{self._mark(meeting.slug)}{'' if when else '; no date is given'}.",
            passed,
            before,
            f" Reason given: {meeting.reason.rstrip('.')}." if meeting.reason else "",
            f" It depends on: {'; '.join(needed)}." if (needed := self.views.depends_on(meeting)) else "",
            f" On its agenda: {listed(self.titles.get(one, one) for one in meeting.issues)}." if meeting.issues else "",
            rests_on=meeting.slug,
        )

    def _how_told(self, meeting: Meeting) -> str:
        """Who told of a meeting, besides whoever alone expressed its date, and who denied it."""
        alone = meeting.expected_by == (meeting.reported_by,)
        return self.views.denials(meeting.slug) if alone else self.views.how_told(meeting)

    def _changed(self, changed: ChangesSince) -> list[Line]:
        """The changes, those of the newest source first, then what was said besides: one page may cut the others."""
        told = [one for one in changed.differences if one.says and not follows_from_an_ask(one)]
        age = {slug: nth for nth, slug in enumerate(self.sources)}  # they are ordered by the day they count from
        told.sort(key=lambda one: (one.kind != "statement", age.get(one.source, -1)), reverse=True)
        lines = [
            self._line(
                *self._in_runs(one),
                rests_on=self._rests_on(one),
                sources=[one.source] if one.kind != "meeting" and one.source else (),
            )
            for one in told
        ]
        return lines or [self._line("Nothing recorded.")]

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
        ask, asker = one.ask, self.views.in_sentence(one.ask.asker)
        said = self.statements.get(ask.last_statement)
        words = f" {as_sentence(said.told)}" if said else ""
        often = f"{'on this issue ' if ask.times > 1 and one.requests < 2 else ''}{times(ask.times)} on record"
        often += f", first {_day(ask, ask.first_asked)}" if ask.times > 1 else ""
        last = f"{one.last} {one.said_on.clause()}".lstrip()
        waiting = f"; {one.waits}" if one.days_waiting or one.longer or one.unless else ""
        answered = f" {capital(answers)}." if (answers := replies(one, self.views)) else ""
        answered += f" {capital(asker)} {ended}." if (ended := withdrawal(one, self.views)) else ""
        answered += f" Answered of the same request: {'; '.join(one.besides)}." if one.besides else ""
        answered += f" {capital(one.elsewhere)}." if one.elsewhere else ""
        among = one.among if one.requests > 1 else ""
        title = Run(f"{self.titles.get(ask.issue, ask.issue)}{among}.", "strong")
        told = self.views.told_and_denied(one.reported_by, ask.last_statement)
        return self._line(
            title,
            *self._filed(words, ask.last_statement),
            f" Asked {often}, {last}{told}{waiting}.{answered}",
            rests_on=ask.last_statement,
        )

    def _deferral(self, one: Deferral) -> Line:
        ask, said = one.asked.ask, one.deferred
        return self._line(
            Run(f"{one.asked.title}{one.asked.among if one.asked.requests > 1 else ''}.", "strong"),
            *self._filed(f" {one.asked.told}" if one.asked.told else "", ask.last_statement),
            f" ({one.asked.elsewhere})" if one.asked.elsewhere else "",
            f" {capital(ACTS.get(one.asked.act, ACTS['asked']).verb)} by {self.views.in_sentence(ask.asker)}"
            f"{_clause(one.asked.said_on)};"
            f" deferred by {self._voices(said.by)}{_clause(said.said_on)}"
            f"{self.views.told_and_denied(said.reported_by, said.slug)}: ",
            Run(said.says, filed=True),
            f" {capital(answers)}." if (answers := replies(one.asked, self.views) or which(one.asked)) else "",
            rests_on=said.slug,
        )

    def _condition(self, one: ConditionOnTheDay) -> Line:
        said, since = one.statement, one.told.removeprefix(one.words)
        titles = Run(f"{listed(self.titles.get(issue, issue) for issue in said.issues) or 'No issue'}.", "strong")
        on = f"{_clause(said.said_on)}{self.views.told_and_denied(said.reported_by, said.slug)}"
        by = f" {capital(self._voices(said.on_behalf_of or said.by))} {ACTS[said.act].verb}{on}"
        offer = Run(said.says.rstrip("."), filed=True)
        runs = titles, f"{by}: ", offer, ", conditional on: ", Run(one.words, filed=True), f"{since}."
        return self._line(*runs, rests_on=said.slug)

    def _follow_up(self, one: FollowUpOnTheDay) -> Line:
        follow_up = one.follow_up
        owners = capital(self._voices(follow_up.owners)) or "No owner"
        timing: list[Run | str] = [Run(one.timing, "strong"), ", "] if "past due" in one.timing else []
        due = due_in_words(follow_up.due) if follow_up.due else "" if one.alone else one.timing
        due = "; ".join(filter(None, (due, standing_in_words(one) if one.alone else "")))
        told = self._filed(one.clause, follow_up.slug)
        runs = f"{owners}: ", *told, " – ", *timing, f"{due}{self.views.denials(follow_up.slug)}."
        agreement = "FollowUpAgreed" if follow_up.ended_for else ""
        first_hand = () if one.alone or follow_up.reaffirmed else follow_up.agreed_in[-1:]
        return self._line(*runs, rests_on=follow_up.slug, event=agreement, sources=first_hand)

    def _deadlines(self, *, near: bool) -> list[BriefSection]:
        """The section of the deadlines: it comes first if one is near, and otherwise after the follow-ups."""
        found = self.views.unended_deadlines()
        if any(one.near for one in found) != near:
            return []
        return [section("Deadlines", [self._deadline(one) for one in found])]

    def _deadline(self, one: DeadlineOnTheDay) -> Line:
        deadline = one.deadline
        owners = f"{capital(self._voices(deadline.owners))}: " if deadline.owners else ""
        due = f"due {deadline.due.describe(limit=True)}" if deadline.due else "no date"
        basis = f", {deadline.basis}" if deadline.basis else ""
        near: list[Run | str] = [Run(one.left, "strong"), ", "] if one.near or "passed" in one.timing else []
        told = self._filed(one.clause, deadline.slug)
        return self._line(owners, *told, " – ", *near, f"{due}{basis}.", rests_on=deadline.slug)

    def _figures(self) -> list[Line]:
        """The values that count on the day, with who gave them; a contested one says so."""
        return [
            self._line(
                Run(f"{one.title}:", "strong"),
                f" {one.value}, {given_by(self.views, one.figure)}{', contested' if one.contested_by else ''}",
                *self._filed(f"{with_conditions(self.views, one.figure, '')}.", one.figure.entry.partition("/")[2]),
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
            name = self.views.label_of(one.kind, one.slug).replace(" (contested)", "").rstrip(".")
            taken = f"; taken as {self.views.value_of(one, one.preferred)}." if one.preferred else "."
            field = capital(one.field.replace("_", " "))
            entry = Run(f"{capital(name) or one.slug}.", "strong", entry=one.slug)
            says = in_runs(f" {field}: {self.views.accounts_of(one)}{taken}", words_of(one.field, one.values))
            lines.append(self._line(entry, *says, rests_on=one.slug))
        return lines

    def _people(self, prepared: MeetingOnTheDay | None) -> tuple[str, list[Line]]:
        """The people expected, with their posts on the day; if nobody is named, those at the last meeting held."""
        if prepared is None or prepared.meeting.people:
            return "In the room", self._at(prepared.meeting) if prepared else []
        before = self.views.next_meeting(prepared.meeting.kind)
        if (last := before.last_held) is None:
            return "In the room", []
        last_one = "the last one" if before.surely_last else "one of the last"
        return f"In the room at {self._name_of(last)}, {last_one} held", self._at(last, past=True)

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

    def _name_of(self, meeting: Meeting) -> str:
        return the_meeting(meeting, self.views.name_of_meeting(meeting))


def section(title: str, lines: list[Line]) -> BriefSection:
    return BriefSection(title, lines, len(lines))


def _clause(when: When) -> str:
    return f" {when.clause()}" if when else ""


def _day(ask: Ask, day: str) -> str:
    return known_day(ask, day).clause()


def _is_of_one_report(one: Forecast, present: Forecast) -> bool:
    """Whether two reports in one source, which does not say that the first is the older one, give these dates."""
    apart = one.source == present.source and one.position != present.position
    return apart and not surely_after(present.said_on, one.said_on)
