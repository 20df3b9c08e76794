"""Lines of a brief on the issues: where each stands, and who said the last word on it."""

from collections.abc import Iterable

from ledger.base.text import as_sentence, capital, listed
from ledger.dates import surely_after
from ledger.domain.clocks import known_day
from ledger.domain.states import Issue, Statement
from ledger.domain.vocabulary import ACTS
from ledger.domain.voices import according_to
from ledger.queries.brief import Line, Run
from ledger.queries.brief.cited import CitedLines
from ledger.queries.promises import followed_up
from ledger.queries.replies import qualifier, raisers, replies, withdrawal
from ledger.views.status import AskOnTheDay, standing_in_words, standing_of
from ledger.views.views import Views


class IssueLines(CitedLines):
    """Makes the lines on the issues."""

    def __init__(self, views: Views) -> None:
        super().__init__(views)
        self.issues = views.issues()
        self.every_ask = views.asks(everything=True)
        self.followed_up = followed_up(views)
        self.deferred = views.deferred()
        self._asks_by_issue: dict[str, list[AskOnTheDay]] = {}
        self._said_on: dict[str, list[Statement]] = {}
        for ask in self.every_ask:
            self._asks_by_issue.setdefault(ask.ask.issue, []).append(ask)
        for said in self.statements.values():
            for issue in said.issues:
                self._said_on.setdefault(issue, []).append(said)

    def _standing(self) -> list[Line]:
        """Every issue with its status and the last word on it; those that were answered come first.

        Last come, in a line each, the open ones whose last word is an unanswered ask, which the brief tells elsewhere,
        and those on which nothing was said.
        """
        asked = [one for one in self.issues if one.status == "open" and self._is_only_asked(one)]
        named = [one for one in self.issues if one.status == "named"]
        told = [one for one in self.issues if one.status not in ("open", "noted", "named")]
        told += [one for one in self.issues if one.status in ("open", "noted") and one not in asked]
        lines = [line for issue in told for line in (*self._issue(issue), *self._followed_up(issue))]
        lines += [line for issue in (*asked, *named) for line in self._followed_up(issue)]
        for says, of_these in (
            ("Open, with the last word among the unanswered asks", asked),
            ("Named, without a statement on it", named),
        ):
            if of_these:
                titles = Run("; ".join(one.title for one in of_these), filed=True)
                lines.append(self._line(f"{says} ({len(of_these)}): ", titles, "."))
        return lines

    def _is_only_asked(self, issue: Issue) -> bool:
        """Whether every request on an open issue waits, and the last word on it is one of them."""
        asks = self._asks_on(issue)
        return all(one.waited for one in asks) and self._last(issue) in {one.ask.last_statement for one in asks}

    def _issue(self, issue: Issue) -> list[Line]:
        """An issue and its status; if it was answered, a line for each ask, with the last answer and its giver.

        The last word on it follows, unless another line of the brief has it.
        """
        answered = self._alone(issue)
        lines = [self._answered(issue, one) for one in answered]
        if issue.status not in ("answered", "deferred", "open", "noted"):
            says = f"{issue.title}: {standing_of(issue, self._by(issue))}."
            lines = [self._line(says, rests_on=self._said_so(issue))]
        told = {slug for one in answered for slug in (one.ask.answer_statement, one.ask.ended_in)}
        told |= {one.ask.last_statement for one in self._asks_on(issue) if one.waited}
        told |= {one.deferred.slug for one in self.deferred}
        if self._last(issue) in told or (lines and self._last(issue) == self._said_so(issue)):
            return lines
        status = "" if lines else f": {standing_of(issue, self._by(issue))}"
        return [*lines, self._line(f"{issue.title}{status}.", *self._last_word(issue), rests_on=self._last(issue))]

    def _alone(self, issue: Issue) -> list[AskOnTheDay]:
        """The asks on an issue that are told one by one, with their answers; those deferred have their own section."""
        asks: list[AskOnTheDay] = []
        if issue.status in ("answered", "deferred"):
            deferred = [one.asked.ask for one in self.deferred]
            asks = [one for one in self._asks_on(issue) if one.ask not in deferred]
        elif issue.status == "open":  # some of its requests may have been answered alone
            asks = [one for one in self._asks_on(issue) if one.requests > 1 and not one.waited]
        return sorted(asks, key=lambda one: (one.ask.last_answer, one.ask.asker))

    def _by(self, issue: Issue) -> str:
        """`, raised by Egypt`, `, according to Egypt`: who gave an issue its status."""
        if issue.status == "open":
            by = raisers(self.views, issue, inside=True)
            return f", raised by {by}" if by else ""
        by = self.views.as_told(according_to(issue))
        return f", according to {by}" if by else ""

    def _asks_on(self, issue: Issue) -> list[AskOnTheDay]:
        return self._asks_by_issue.get(issue.slug, [])

    def _last(self, issue: Issue) -> str:
        """The last statement on an issue; "" if there is none."""
        return self.last_said.get(issue.slug, "")

    def _followed_up(self, issue: Issue) -> list[Line]:
        """A line for each follow-up on an issue, if one of them ended: what was agreed may be done by now."""
        found = self.followed_up.get(issue.slug, ())
        return [
            self._line(
                f"{issue.title}, follow-up {standing_in_words(one)}: ",
                Run(as_sentence(one.follow_up.says), filed=True),
                rests_on=one.follow_up.slug,
                event="FollowUpClosed" if one.follow_up.is_closed else "FollowUpAgreed",
            )
            for one in (found if any(one.follow_up.is_closed for one in found) else ())
        ]

    def _last_word(self, issue: Issue) -> list[Run]:
        """` Last word: Egypt refused on 6 April 2018: …`; `Among the last words` if no date tells which is the last."""
        *others, said = self._said_on[issue.slug]
        is_last = all(surely_after(said.said_on, one.said_on) for one in others)
        spoke_for = f", for {self._voices(said.on_behalf_of)}," if said.on_behalf_of else ""
        by = f"{capital(self._voices(said.by))}{spoke_for} {ACTS[said.act].towards(self._voices(said.to))}"
        on = f"{said.said_on.clause()}{self.views.told_and_denied(said.reported_by, said.slug)}"
        lead = f" {'Last word' if is_last else 'Among the last words'}: {by} {on}: "
        return [Run(lead), *self._filed(as_sentence(said.told), said.slug)]

    def _said_so(self, issue: Issue) -> str:
        """The last statement that gave an issue its status; "" if none did."""
        return issue.rests_on[-1] if issue.rests_on else self._last(issue)

    def _answered(self, issue: Issue, one: AskOnTheDay) -> Line:
        ask, asker, said = one.ask, self.views.in_sentence(one.ask.asker), ""
        request = f" ({one.among.removeprefix(', ')}: {one.told.rstrip('.')})" if one.requests > 1 else ""
        if ask.last_answer:
            verb, told_by = ACTS[ask.last_answer_act].verb, self.views.told_by(one.answer_reported_by)
            said = f"{self._voices(ask.last_answer_by)} {verb} {known_day(ask, ask.last_answer).clause()}{told_by}"
            said += f" ({answers})" if (answers := replies(one, self.views)) else qualifier(one)
        withdrew = f"{asker} {ended}" if (ended := withdrawal(one, self.views)) else ""
        return self._line(
            f"{issue.title}, asked by {asker}{request}: ",
            f"{'; '.join(filter(None, [said, withdrew])) or one.standing}.",
            rests_on=ask.answer_statement or ask.ended_in,
        )

    def _voices(self, voices: Iterable[str]) -> str:
        return listed(map(self.views.in_sentence, voices))
