"""The issue fold: the spans of an issue, and of each party's ask on it, from the statements that touch the issue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ledger.domain.clocks import group_of, is_exact, source_of_turn, together
from ledger.domain.events import IssueNamed
from ledger.domain.folds.issues.conversation import Conversation
from ledger.domain.folds.issues.folded import NO_MEMBERSHIPS, NOTHING, IssueFold
from ledger.domain.folds.issues.hearing import by_day, replaced_by_others, steps
from ledger.domain.folds.issues.order import other_orders
from ledger.domain.folds.merging import Weighed
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account
from ledger.domain.states import ALWAYS, Ask, Issue, Statement
from ledger.domain.vocabulary import LATER
from ledger.domain.voices import Memberships

APART = 8  # statements


def fold(
    slug: str,
    named: Sequence[Account],
    said: Iterable[Span],
    past: IssueFold = NOTHING,
    who: Memberships = NO_MEMBERSHIPS,
) -> IssueFold:
    """Fold the conversation: `said` are the spans of the statements that touch the issue, in any order.

    `who` says who is a party, and who is a member of what, on the day of each statement.

    It resumes from `past` if `can_resume` allows it; then the last spans and the snapshot are enough.
    """
    title, about = (past.issue[-1].state.title, past.issue[-1].state.about) if past.issue else _named(slug, named)
    conversation, hearing = Conversation(past, who), _Hearing(who, from_the_start=not past.issue)
    afresh, standing = not past.issue, dict[str, Statement]()
    issue_steps: list[tuple[str, Issue | None]] = list(steps(past.issue))
    ask_steps: dict[str, list[tuple[str, Ask | None]]] = defaultdict(list)
    asks: dict[str, Ask | None] = {}  # as of the last step
    for span in past.asks:
        ask_steps[span.state.asker] += steps([span])
    request_steps: dict[tuple[str, str], list[tuple[str, Ask | None]]] = defaultdict(list)
    requests: dict[str, dict[str, Ask]] = defaultdict(dict)  # by asker, as of the last step
    for span in past.requests:
        asker, first = span.state.asker, span.state.first_statement
        request_steps[asker, first] += steps([span])
        if not span.valid_to:
            requests[asker][first] = span.state
    if named:
        issue_steps.append((ALWAYS, conversation.issue(slug, title, about)))
    until = past.snapshot.until
    for until, arriving, leaving in by_day(said):
        for gone in leaving:
            standing.pop(gone.slug, None)
        standing |= {statement.slug: statement for statement in arriving}
        # A later account may add this issue to an earlier statement, or remove it, and a statement may replace another.
        if leaving or any(
            _comes_late(one, conversation, with_others=afresh) or one.linked("replaces") for one in arriving
        ):
            conversation = hearing.again([*together(standing.values())])
        else:
            hearing.go_on(conversation, together(arriving))
        issue_steps.append((until, conversation.issue(slug, title, about) if named or standing else None))
        for asker in dict.fromkeys([*ask_steps, *conversation.askers]):
            ask = conversation.askers.get(asker)
            if asker not in asks or asks[asker] is not ask:  # most statements change no ask
                ask_steps[asker].append((until, conversation.ask(slug, asker)))
                asks[asker] = ask
                now = conversation.requests(asker)
                for first in dict.fromkeys([*requests[asker], *now]):
                    if (request := now.get(first)) is not requests[asker].get(first):  # most answers concern one
                        step = None if request is None else conversation.completed(request, slug)
                        request_steps[asker, first].append((until, step))
                requests[asker] = now
    return IssueFold(
        spans(issue_steps),
        [span for steps in ask_steps.values() for span in spans(steps)],
        [span for steps in request_steps.values() for span in spans(steps)],
        conversation.snapshot(slug, until),
    )


class _Hearing:
    """The statements as heard so far, in parts as `together` returns them, with copies of the conversation.

    If the order changes, the parts before the change need not be heard again.
    """

    def __init__(self, who: Memberships, *, from_the_start: bool) -> None:
        self._who = who
        self._heard: list[Sequence[Statement]] = []
        self._copies: list[Conversation] | None = [] if from_the_start else None  # after every `APART` parts

    def go_on(self, conversation: Conversation, parts: Iterable[Sequence[Statement]]) -> None:
        """Let the conversation hear more statements."""
        for part in parts:
            hear(conversation, part)
            self._heard.append(part)
            if self._copies is not None and not len(self._heard) % APART:
                self._copies.append(conversation.copied())

    def again(self, parts: Sequence[Sequence[Statement]]) -> Conversation:
        """The conversation after all these statements, in order."""
        replaced = replaced_by_others(one for part in parts for one in part)
        if replaced or self._copies is None:  # that a statement is replaced matters already when it is heard
            self._copies, same = None, 0
        else:
            pairs = zip(self._heard, parts, strict=False)
            alike = next((nth for nth, (one, other) in enumerate(pairs) if not _same(one, other)), None)
            same = (min(len(self._heard), len(parts)) if alike is None else alike) // APART
            del self._copies[same:]
        conversation = self._copies[-1].copied() if self._copies else Conversation(who=self._who, replaced=replaced)
        self._heard = [*parts[: same * APART]]
        self.go_on(conversation, parts[same * APART :])
        return conversation


def hear(conversation: Conversation, part: Sequence[Statement]) -> None:
    """Let a conversation hear one statement, or several without a known order, and note what is in doubt then."""
    orders = [*other_orders(part)]
    others = [conversation.copied() for _ in orders]
    for statement in part:
        conversation.hear(statement)
    for other, order in zip(others, orders, strict=True):
        for statement in order:
            other.hear(statement)
    conversation.compare(others)


def _comes_late(statement: Statement, conversation: Conversation, *, with_others: bool) -> bool:
    """Whether a statement belongs before the one heard last, or `with_others` if these may have no known order."""
    day, turn = conversation.heard
    return statement.order < (day, turn) or (with_others and group_of(statement) == (day, source_of_turn(turn)))


def _same(one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    return len(one) == len(other) and all(first is second for first, second in zip(one, other, strict=True))


def can_resume(said: Sequence[Span], past: IssueFold) -> bool:
    """Whether the new statements all come after those already heard, and all remain on the issue."""
    arriving = sorted((span.valid_from, span.state.order) for span in said)
    turns = [(past.snapshot.day, past.snapshot.turn), *(turn for _, turn in arriving)]
    return (
        bool(past.issue and not past.issue[-1].valid_to)
        and all(not span.valid_to for span in said)
        and all(day >= past.snapshot.until for day, _ in arriving)
        and all(one < other for one, other in pairwise(turns))
        and not any(span.state.linked(link) for span in said for link in LATER)
        # Statements without a known order are heard together; the snapshot has none of them.
        and not any(_is_heard_with(span.state, past) for span in said)
    )


def _is_heard_with(statement: Statement, past: IssueFold) -> bool:
    """Whether a statement may be one of several without a known order, of which the last fold heard some."""
    of_one_report = group_of(statement) == (past.snapshot.day, source_of_turn(past.snapshot.turn))
    return of_one_report and not (is_exact(statement) and past.snapshot.day not in past.issue[-1].state.bounds)


def _named(slug: str, named: Sequence[Account]) -> tuple[str, str]:
    titles = [account.event.title for account in named if isinstance(account.event, IssueNamed)]
    return (titles[-1] if titles else slug), Weighed("issue", slug, named, {}).of("about", "")
