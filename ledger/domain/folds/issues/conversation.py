"""The conversation on an issue: its statements give the issue, and each party's ask, their status.

Status is attributed, never guessed. An issue is settled, agreed in principle, narrowed or unresolved only when every
party that raised or answered it has said so. It is partly settled when only some of them, or a party that was asked,
have said so. Where nobody raised it, two parties must have said so, or accepted it together; but it is unresolved if
one says so. The WTO Goods Council adopted this rule for settling in G/L/1578. A party that is not concerned answers and
settles nothing. A party's words as somebody else reports them count as its own, and the state names the reporter.

Each word lasts until something undoes it. An issue that is raised again is no longer settled. A narrowing, or an
agreement in principle, is undone by an objection, a refusal or a party that takes its word back; it ends when every ask
is accepted. A party that called an issue unresolved is taken at its word until it agrees, settles or withdraws.

A bloc speaks for those of its members that have not answered themselves since they were asked. A member does not speak
for its bloc. Somebody who is not a party on the day (an observer, a chair) can only ask, withdraw the ask, and answer
what it was asked by name.

An objection answers the asks that wait for, or have had, an answer of the objecting party and are not agreed. It is an
ask itself only if there is none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial

from ledger.domain.folds.issues.ask import (
    NOBODY,
    answered_by,
    answers,
    asked,
    came_last,
    closed,
    considered,
    ended,
    last_is_sure,
    perhaps_otherwise,
    replied,
    rests_on,
    spoken_for,
    with_others,
)
from ledger.domain.folds.issues.folded import NO_MEMBERSHIPS, NOTHING, IssueFold
from ledger.domain.folds.issues.hearing import as_days, early_ends, ended_early, inexact, surely_by, undated
from ledger.domain.folds.issues.holding import Holding
from ledger.domain.folds.issues.requests import Requests
from ledger.domain.folds.issues.standpoint import Standpoint
from ledger.domain.states import Ask, Issue, IssueSnapshot, Slugs, Statement
from ledger.domain.vocabulary import ACTS, OF_THE_ACT, Role, ends_wait, guess, role_of
from ledger.domain.voices import Memberships, parties
from ledger.domain.voices import speakers as speakers_of


class Conversation(Standpoint):
    """The asks and answers on one issue so far; statements are heard in order of occurrence."""

    def __init__(self, past: IssueFold = NOTHING, who: Memberships = NO_MEMBERSHIPS, replaced: Collection[str] = ()):
        super().__init__(past, who)
        last: Issue | None = past.issue[-1].state if past.issue else None
        stored = (span.state for span in past.requests if not span.valid_to)
        self._requests = Requests(self.askers.values(), stored, past.snapshot.over)
        self.heard = past.snapshot.day, past.snapshot.turn  # the place of the statement heard last
        # The statements in which the keeper inferred something, and those with conditions.
        self._inferred, self._conditional = {*past.snapshot.inferred}, {*past.snapshot.conditional}
        raised = (last.raised_since, last.raised_surely, last.surely_last) if last else ("", True, True)
        self._raised_since, self._raised_surely, self._surely_last = raised
        self._others = [*zip(last.other_answers_by, last.other_answers, strict=True)] if last else []
        self._holding = Holding(past.snapshot.held)
        self._bounds, self._surely_by = ({*last.bounds}, {*last.surely_by}) if last else (set(), set())
        self._early_ends = as_days(past.snapshot.early)
        self._replaced = {*past.snapshot.replaced, *replaced}  # the statements that others on the issue replace
        self._gone = {*past.snapshot.replaced}  # those of them whose successor has been heard
        self._made_in: dict[str, Slugs] = defaultdict(tuple)  # the statements in which each party made its ask
        self._ended: dict[str, Ask] = {}  # those whose statements this one replaces
        self._group = "", ""  # the day and the source of the undated statements heard last
        self._asked: set[str] = set()  # the parties that asked among them
        self._early: list[Statement] = []  # the answers among them that answer no ask among them

    def copied(self) -> "Conversation":
        """An independent copy."""
        other = copy(self)
        other.__dict__ |= {name: copy(one) for name, one in vars(self).items() if one is not self._who}
        return other

    def hear(self, statement: Statement) -> None:
        """Take one more statement into account."""
        speakers = speakers_of(statement)
        self.heard, self._last_spoken = max(self.heard, statement.order), statement.day
        self._bounds |= inexact(statement)
        self._surely_by |= surely_by(statement)
        if not speakers:
            return  # words without a speaker
        self._inferred |= {statement.slug} if guess(statement.inferred, statement.inferred_in, *OF_THE_ACT) else set()
        self._conditional |= {statement.slug} if statement.conditional_on else set()
        if self._group != (group := undated(statement)):
            self._group, self._asked, self._early = group, set(), []
        role = role_of(statement.act)
        self._ended = {}
        for slug in statement.linked("replaces"):
            self._replace(slug, statement)
        if role not in (Role.RAISES, Role.WITHDRAWS) and not (speakers := self._negotiating(statement)):
            return  # an observer, a chair: nothing that they say answers, narrows or settles
        if statement.slug in self._replaced and (role is not Role.RAISES or statement.slug in self._gone):
            return
        if role.takes_a_position:
            self._holding.take(speakers, statement)
        self._early_ends |= early_ends(statement, speakers, self.askers.values())
        answered = self._askers_in(statement.linked("answers"))
        if answered and not role.is_answer and role is not Role.CONSIDERS:
            self._reply(statement, speakers, "answered", answered)
        match role:
            case Role.RAISES:
                self._raise(statement, speakers)
            case Role.OBJECTS:
                self._object(statement, speakers, answered)
            case Role.ANSWERS | Role.ACCEPTS:
                self._answer_asks(statement, answered)
            case Role.AGREES_IN_PRINCIPLE:
                self._answer_asks(statement, answered)
                self._words.take_back(speakers, "unresolved")
                self._words.say("agreed in principle", speakers, statement)
                self._raised_since = ""
            case Role.CONSIDERS:
                self._consider(statement, speakers, answered)
            case Role.NARROWS:
                self._words.say("narrowed", speakers, statement)
                self._raised_since = ""
            case Role.KEEPS_OPEN:
                self._words.say("unresolved", speakers, statement)
                self._words.take_back(speakers, "settled")
            case Role.SETTLES:
                self._words.say("settled", speakers, statement)
                self._settle(statement, speakers, answered)
            case Role.WITHDRAWS:
                for asker in speakers:
                    if asker in self.askers:
                        self.askers[asker] = self._requests.withdraw(self.askers[asker], statement)
                self._words.take_back(speakers, "narrowed", "agreed in principle", "unresolved")
                self._raised_since = self._raised_since if self._words.lasting() else ""

    def compare(self, others: Sequence["Conversation"]) -> None:
        """Note what is in doubt, because the statements heard last may have had the order in which `others` heard them.

        A doubt about the status lasts as long as the status.
        """
        if not others and not self._otherwise:
            return
        status = self._status()
        found = [*self._otherwise[1:]] if self._otherwise[:1] == (status,) else []
        for other in others:
            instead = other.askers
            self.askers |= {
                one.asker: perhaps_otherwise(one, instead[one.asker].status)
                for one in self.askers.values()
                if one.asker in instead
            }
            self._requests.compare(other._requests)
            found.append(other._status())
        perhaps = [one for one in dict.fromkeys(found) if one not in (status, "named", "noted")]
        self._otherwise = (status, *perhaps) if perhaps else ()

    def issue(self, slug: str, title: str, about: str) -> Issue:
        """The present state of the issue."""
        asks = self.askers.values()
        last_answer, last_answer_act, last_answer_by = self._answer
        first_raised = min((ask.first_asked for ask in asks), default="")
        last_raised = max((ask.last_asked for ask in asks), default="")
        days, status = {first_raised, last_raised, last_answer, self._last_spoken}, self._status()
        return Issue(
            slug=slug,
            title=title,
            about=about,
            status=status,
            raised_by=tuple(self.askers),
            times_raised=sum(ask.times for ask in asks),
            first_raised=first_raised,
            last_raised=last_raised,
            surely_last=last_is_sure([*asks], self._surely_last),
            last_answer=last_answer,
            last_answer_act=last_answer_act,
            last_answer_by=last_answer_by,
            in_principle_by=self._words.by("agreed in principle"),
            narrowed_by=self._words.by("narrowed"),
            raised_since=self._raised_since,
            raised_surely=self._raised_surely or not self._raised_since,
            unresolved_by=self._words.by("unresolved"),
            settled_by=self._words.by("settled"),
            words_reported=self._words.reported(last_answer_act),
            rests_on=(rests := self._rests_on(status)),
            rests_on_inferred=self._inferred_in(rests),
            conditional=tuple(sorted(self._conditional & {*rests})),
            unless=self._unless(status),
            holding=self._holding.parties,
            positions=self._holding.positions,
            besides=self._holding.besides,
            other_answers=tuple(act for _, act in self._others),
            other_answers_by=tuple(party for party, _ in self._others),
            last_spoken=self._last_spoken,
            bounds=tuple(sorted(days & self._bounds | days & {day for ask in asks for day in ask.bounds})),
            surely_by=tuple(sorted(one for one in self._surely_by if one.partition(" ")[0] in days)),
        )

    def ask(self, slug: str, asker: str) -> Ask | None:
        """The present state of one party's ask; None if the party asks nothing."""
        found = self.askers.get(asker)
        return self.completed(found, slug) if found else None

    def completed(self, ask: Ask, slug: str) -> Ask:
        """An ask, or a request, with what depends on the issue."""
        return ask._replace(issue=slug, rests_on_inferred=self._inferred_in(rests_on(ask)))

    def requests(self, asker: str) -> dict[str, Ask]:
        """The separate requests of one party, by their first statements; none if it made only one."""
        found = self._requests.apart(self.askers[asker]) if asker in self.askers else ()
        return {one.first_statement: one for one in found}

    def snapshot(self, slug: str, until: str) -> IssueSnapshot:
        """The state from which a later fold resumes; `until` is the last day on which anything changed."""
        early = tuple(f"{who} {day}" for who, day in sorted(self._early_ends.items()))
        answered_by, replaced, inferred, conditional = (
            tuple(sorted(one)) for one in (self._answered_by, self._replaced, self._inferred, self._conditional)
        )
        stored = (
            self._words.stored(), inferred, self._holding.stored(), conditional, self._requests.over(), self._otherwise
        )  # fmt: skip
        return IssueSnapshot(slug, answered_by, replaced, *self.heard, until, early, *stored)

    def _raise(self, statement: Statement, speakers: Sequence[str]) -> None:
        self._words.undo(statement, "settled")
        if self._words.lasting():
            surely = self._words.precede(statement)
            if surely or not (self._raised_since and self._raised_surely):
                self._raised_since, self._raised_surely = statement.act, surely
        self._surely_last = came_last(statement, [*self.askers.values()], self._surely_last)
        for asker in speakers:
            before = self.askers.get(asker) or self._ended.pop(asker, None)
            heard = ended_early(self._early_ends, asker, statement)
            self.askers[asker] = asked(before, asker, statement, heard)
            self._requests.make(before, self.askers[asker], statement, heard)
            self._made_in[asker] += (statement.slug,)
        if any(self._group):
            self._asked.update(speakers)
            early, self._early = self._early, []
            for answer in early:
                self._answer_asks(answer, speakers)

    def _askers_in(self, statements: Sequence[str]) -> list[str]:
        """The parties that asked on the issue in these statements."""
        if not statements:
            return []
        return [asker for asker, made in self._made_in.items() if asker in self.askers and {*made} & {*statements}]

    def _replace(self, slug: str, by: Statement) -> None:
        """End the effects of a replaced statement: its positions, and the asks that it alone made.

        A request by the same party in the new statement repeats the earlier ask, and keeps its first day. One that was
        withdrawn stays on record as such.
        """
        self._gone.add(slug)
        self._holding.replace(slug)
        if by.act == "withdrew":
            return
        self.askers |= self._requests.replace(slug, self._gone, self.askers)
        for asker in self._askers_in([slug]):
            self._made_in[asker] = tuple(one for one in self._made_in[asker] if one != slug)
            if not self._made_in[asker]:
                self._ended[asker], self._surely_last = ended(self.askers.pop(asker)), False
                self._requests.forget(asker)

    def _object(self, statement: Statement, speakers: Sequence[str], of: Sequence[str] = ()) -> None:
        """Answer the asks that the objection answers and not all have accepted; without any, it is an ask itself."""
        self._words.undo(statement, "settled")
        self._widen(statement)
        disputed = [asker for asker in of or self.askers if self.askers[asker].status != "agreed"]
        if not (disputed and self._reply(statement, speakers, "answered", disputed)):
            self._raise(statement, speakers)

    def _answer_asks(self, statement: Statement, of: Sequence[str] = ()) -> None:
        """Answer the asks that the statement answers, or only those of some parties."""
        speakers, accepts = self._negotiating(statement), ACTS[statement.act].role is Role.ACCEPTS
        answered = self._reply(statement, speakers, "agreed" if accepts else "answered", of)
        if accepts:
            self._words.take_back(speakers, "unresolved")
        if any(self._group) and self._asked.isdisjoint(answered):
            self._early.append(statement)

    def _answering(
        self, statement: Statement, speakers: Sequence[str], of: Sequence[str]
    ) -> Iterator[tuple[Ask, Mapping[str, str]]]:
        """The asks to which the statement replies, or only those of some parties, each with members of a bloc.

        Those who made a request together do not answer it.
        """
        members = {one: bloc for bloc in speakers for one in self._who.members(bloc, statement.day)}
        for ask in [ask for ask in self.askers.values() if not of or ask.asker in of]:
            through = spoken_for(ask, members) if members else NOBODY
            with_it = {one.asker for one in self.askers.values() if one.last_statement == ask.last_statement}
            voices = [one for one in (*speakers, *through) if one == ask.asker or one not in with_it]
            if any(answers(statement, voices, one) for one in (ask, *self._requests.of(ask.asker))):
                yield ask, through

    def _consider(self, statement: Statement, speakers: Sequence[str], of: Sequence[str]) -> None:
        """Note that addressees consider the asks, or those of some parties; the asks wait as before."""
        for ask, through in self._answering(statement, speakers, of):
            change = partial(considered, statement=statement, speakers=speakers, through=through)
            if (after := change(ask)) is not None:
                self.askers[ask.asker] = after
                self._requests.consider(ask.asker, statement, (*speakers, *through), change)
                if ends_wait(self._answer[1]) and self._answer[1]:
                    continue  # what was answered before stays the last answer on the issue
                self._note_answer(statement)

    def _reply(self, statement: Statement, speakers: Sequence[str], status: str, of: Sequence[str] = ()) -> list[str]:
        """Answer the asks that the statement answers, and return the askers; without asks the answer still counts."""
        answered = []
        for ask, through in self._answering(statement, speakers, of):
            answered.append(ask)

            def change(ask: Ask, through: Mapping[str, str] = through) -> Ask:
                after = replied(ask, statement, speakers, status, through)
                return with_others(after, self._holding.other_answers(answered_by(after)))

            self.askers[ask.asker] = self._requests.answer(ask, statement, (*speakers, *through), change)
        if answered or not self.askers:
            self._answered_by.update(one for one in speakers if self._who.is_party(one, statement.day))
            self._note_answer(statement)
            if statement.act == "refused" or (answered and all(ask.status == "agreed" for ask in self._live())):
                self._widen(statement)
        return [ask.asker for ask in answered]

    def _widen(self, by: Statement) -> None:
        """Cancel all earlier statements that the issue was narrowed, or agreed in principle."""
        self._words.undo(by, "narrowed", "agreed in principle")
        self._raised_since = ""

    def _note_answer(self, statement: Statement) -> None:
        """Note the last answer on the issue."""
        self._answer = statement.day, statement.act, statement.by
        self._others = self._holding.answers_besides(statement, self._answered_by)
        self._words.cancel("answered")
        self._words.say("answered", parties(statement.by), statement)

    def _inferred_in(self, statements: Iterable[str]) -> Slugs:
        """Those of the statements in which the keeper inferred something."""
        return tuple(sorted(self._inferred & {*statements}))

    def _settle(self, statement: Statement, speakers: Sequence[str], of: Sequence[str] = ()) -> None:
        """Call the issue settled: this accepts the asks of others, and the speaker's own ask no longer waits."""
        self._words.take_back(speakers, "unresolved")
        if self.askers:
            self._reply(statement, speakers, "agreed", of)
        for own in [self.askers[asker] for asker in speakers if asker in self.askers]:
            if own.status == "open" or own.deferred_in:
                self.askers[own.asker] = closed(own, "agreed", statement)
                self._requests.settle(own.asker, statement)

    def _negotiating(self, statement: Statement) -> Slugs:
        """The speakers that are parties to the negotiation on the day, or that reply to what they were asked."""
        role = role_of(statement.act)
        replies = role in (Role.ANSWERS, Role.ACCEPTS, Role.CONSIDERS)
        named = {party for ask in self.askers.values() for party in ask.to} if replies else ()
        found = speakers_of(statement)
        return tuple(one for one in found if one in named or self._who.is_party(one, statement.day))
