"""One party's ask on one issue: the effects of requests and answers on it, addressee by addressee."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from ledger.domain.clocks import begins_after, follows
from ledger.domain.clocks import surely_by as made_by
from ledger.domain.folds.issues.hearing import inexact, surely_by
from ledger.domain.states import Ask, Statement
from ledger.domain.vocabulary import ACTS, Role, ends_wait
from ledger.domain.voices import parties

ANSWERED = ("agreed", "answered", "deferred")
NOBODY: Mapping[str, str] = MappingProxyType({})


def answers(statement: Statement, speakers: Sequence[str], ask: Ask) -> bool:
    """Whether an answering statement is addressed to this asker and made by a party that it asked."""
    addressed = parties(statement.to)
    to_the_asker = not addressed or ask.asker in addressed or ask.asker in speakers
    others = [speaker for speaker in speakers if speaker != ask.asker]
    by_the_addressee = bool(others) and (not ask.to or any(other in ask.to for other in others))
    return ask.status != "withdrawn" and to_the_asker and by_the_addressee


def _unasked(statement: Statement, asker: str) -> Ask:
    """An ask that is about to be made for the first time."""
    return Ask(
        issue="",
        asker=asker,
        to=(),
        answers=(),
        waits=(),
        status="open",
        times=0,
        first_asked=statement.day,
        last_asked="",
        last_answer="",
        last_answer_act="",
        last_answer_by=(),
        waiting_since="",
        first_statement=statement.slug,
        last_statement="",
        answer_statement="",
        deferred_in="",
        bounds=(),
        through=(),
    )


def asked(before: Ask | None, asker: str, statement: Statement, heard: tuple[str, str] = ("", "")) -> Ask:
    """The ask after its first or one more request; a request without addressees goes to all earlier addressees.

    `heard` is the day of an answer or withdrawal that ended nothing when it was heard, and `answered` or `withdrawn`.
    """
    ask = before or _unasked(statement, asker)
    end, how = heard
    ask = ask if ask.waiting_since else ask._replace(last_end=max(ask.last_end, end))
    ended = ask.status if ask.status != "open" else ask.unless or how or "answered"
    # If the last request may have come after what ended the wait, the ask may have waited since then.
    sooner = {statement.day} if before and {ask.last_asked, ask.last_end} & {*ask.bounds} and ask.times > 1 else set()
    answer = ask.answer_statement if ends_wait(ask.last_answer_act) else ""
    certain = not ask.last_end or follows(statement, answer, ask.last_end, made_by(ask, ask.last_end))
    named = tuple(party for party in parties(statement.to) if party != asker)
    anybody_since = "" if ask.to else ask.waiting_since  # a request to anybody included the addressees named now
    answers, waits, through, answered_in = (
        dict(zip(ask.to, values, strict=True)) for values in (ask.answers, ask.waits, ask.through, ask.answered_in)
    )
    for party in named or ask.to:
        answers[party], waits[party], through[party] = "", waits.get(party) or anybody_since or statement.day, ""
        answered_in[party] = ""
    others = [*zip(ask.other_answers_by, ask.other_answers, strict=True)]
    asked = ask._replace(
        to=tuple(waits),
        answers=tuple(answers.values()),
        waits=tuple(waits.values()),
        through=tuple(through.values()),
        answered_in=tuple(answered_in.values()),
        status="open",
        times=ask.times + 1,
        last_asked=statement.day,
        waiting_since=_first(waits.values()) or ask.waiting_since or statement.day,
        last_statement=statement.slug,
        waiting_in=(ask.waiting_since and ask.waiting_in) or statement.slug,
        ended_in="",
        unnamed=False,
        deferred_in=ask.deferred_in if "deferred" in answers.values() else "",
        surely_since=ask.surely_since or (statement.day if certain else ""),
        surely_last=came_last(statement, [before] if before else [], surely=True),
        unless="" if ask.surely_since or certain else ended,
        other_answers=tuple(act for by, act in others if answers.get(by)),
        other_answers_by=tuple(by for by, _ in others if answers.get(by)),
    )
    return _bounded(asked, statement, sooner if not ask.waiting_since else ())


def came_last(request: Statement, asks: Sequence[Ask], surely: bool) -> bool:
    """Whether a request certainly came after all earlier ones: by its date, or by a link to the last of them.

    For `surely`, see `last_is_sure`.
    """
    if not asks:
        return True
    last = max(asks, key=lambda one: one.last_asked)
    linked = any(one.endswith(f" {last.last_statement}") for one in request.links)
    by_then = last.last_asked, made_by(last, last.last_asked)
    return begins_after(request.on, *by_then) or (linked and last_is_sure(asks, surely))


def last_is_sure(asks: Sequence[Ask], surely: bool) -> bool:
    """Whether the last request certainly came after the others; `surely` if several parties asked."""
    return surely if len(asks) > 1 else all(ask.surely_last for ask in asks)


def ended(ask: Ask) -> Ask:
    """An ask whose statement was replaced: nobody is asked any more, and no answer is awaited."""
    return ask._replace(
        to=(),
        answers=(),
        waits=(),
        through=(),
        answered_in=(),
        waiting_since="",
        deferred_in="",
        surely_since="",
        unless="",
        other_answers=(),
        other_answers_by=(),
    )


def closed(ask: Ask, status: str, by: Statement) -> Ask:
    """The ask after the asker itself withdrew it or called the matter settled; it no longer waits."""
    return ask._replace(
        waits=("",) * len(ask.to),
        status=status,
        waiting_since="",
        deferred_in="",
        ended_in=by.slug,
        unnamed=False,
        surely_since="",
        unless=_unless_open(ask, by),
        other_answers=(),
        other_answers_by=(),
        last_end=by.day,
        bounds=tuple(sorted({*ask.bounds, *inexact(by)})),
        surely_by=tuple(sorted({*ask.surely_by, *surely_by(by)})),
    )


def perhaps_withdrawn(ask: Ask, by: Statement) -> Ask:
    """The ask after the asker withdrew one of its requests, and no report says which."""
    return ask._replace(
        ended_in=by.slug,
        surely_since="",
        unless="withdrawn",
        last_end=by.day,
        unnamed=True,
        bounds=tuple(sorted({*ask.bounds, *inexact(by)})),
        surely_by=tuple(sorted({*ask.surely_by, *surely_by(by)})),
    )


def perhaps_otherwise(ask: Ask, status: str) -> Ask:
    """The ask, which has another status if statements without a known order were made in another order."""
    if status in (ask.status, *ask.unless.split(" or ")):
        return ask
    unless = " or ".join(sorted({status, *ask.unless.split(" or ")} - {""}))
    return ask._replace(unless=unless, surely_since="")


def named_none(ask: Ask) -> Ask:
    """The ask after an answer to one or more of several requests, and no report says to which."""
    return ask._replace(unnamed=True)


def spoken_for(ask: Ask, members: Mapping[str, str]) -> dict[str, str]:
    """The addressees that are members of a speaking bloc and have not answered themselves since they were asked."""
    heard = zip(ask.to, ask.answers, ask.through, strict=True)
    return {
        party: members[party] for party, act, through in heard if party in members and (through or not ends_wait(act))
    }


def replied(
    ask: Ask, statement: Statement, speakers: Sequence[str], status: str, through: Mapping[str, str] = NOBODY
) -> Ask:
    """The ask after an answer, which ends the wait only for the addressees that gave it, or for whom a bloc did."""
    disputed = status == "agreed" and _answered_otherwise(ask, speakers)
    ask = _said(ask, statement, dict.fromkeys(speakers, "") | {**through}, waits=False)
    answers, waits = ask.answers, ask.waits
    others = {act for act in answers if act and ACTS[act].role not in (Role.ACCEPTS, Role.SETTLES)}
    if _first(waits):
        status = "open"
    elif status == "answered" or others or disputed:
        status = "deferred" if (others or {statement.act}) == {"deferred"} else "answered"
    answered = ask._replace(
        status=status,
        waiting_since=_first(waits),
        waiting_in=ask.waiting_in if _first(waits) == ask.waiting_since else "",
        deferred_in=_deferred_in(ask, statement, answers),
        surely_since=ask.surely_since if _first(waits) else "",
        unless=ask.unless if _first(waits) else _unless_open(ask, statement),
        last_end=ask.last_end if _first(waits) else statement.day,
    )
    return _bounded(answered, statement)


def together(ask: Ask, requests: Sequence[Ask]) -> Ask:
    """The ask that several separate requests make up, some of which were answered alone; it waits while one does."""
    waiting = [one for one in requests if one.waiting_since]
    heard: dict[str, tuple[str, str, str, str]] = {}
    for one in requests:
        for party, *said in zip(one.to, one.answers, one.waits, one.through, one.answered_in, strict=True):
            before = heard.get(party)
            if before is None or (said[1] and (not before[1] or said[1] < before[1])):
                heard[party] = said[0], said[1], said[2], said[3]
    first = min(waiting, key=lambda one: one.waiting_since, default=None)
    last = max(waiting or requests, key=lambda one: one.last_asked)
    statuses = {one.status for one in requests} - {"withdrawn"}
    ended = "answered" if statuses - {"agreed", "deferred"} else "deferred" if "deferred" in statuses else "agreed"
    ended = ended if statuses else "withdrawn"
    days = {ask.first_asked, ask.last_asked, ask.last_answer, ask.last_end, *(one.waiting_since for one in waiting)}
    return ask._replace(
        to=tuple(heard),
        answers=tuple(act for act, *_ in heard.values()),
        waits=tuple(since for _, since, *_ in heard.values()),
        through=tuple(bloc for *_, bloc, _ in heard.values()),
        answered_in=tuple(slug for *_, slug in heard.values()),
        status="open" if first else ended,
        last_statement=last.last_statement,
        ended_in="" if first else last.ended_in,
        waiting_since=first.waiting_since if first else "",
        waiting_in=first.waiting_in if first else "",
        surely_since=first.surely_since if first else "",
        deferred_in="" if first else next((one.deferred_in for one in requests if one.deferred_in), ""),
        unless=first.unless if first else next((one.unless for one in requests if one.unless), ""),
        other_answers=(),
        other_answers_by=(),
        bounds=tuple(sorted({*ask.bounds, *(day for one in requests for day in one.bounds)} & (days - {""}))),
        surely_by=tuple(sorted({*ask.surely_by, *(day for one in requests for day in one.surely_by)})),
    )


def _answered_otherwise(ask: Ask, speakers: Sequence[str]) -> bool:
    """Whether the last answer to a request to nobody in particular came from another party, without accepting.

    Nobody accepts for another party, so the ask is then not agreed.
    """
    act, by = ask.last_answer_act, {*parties(ask.last_answer_by)}
    stands = not ask.to and ask.status in ("answered", "deferred") and act in ACTS
    return stands and ACTS[act].role not in (Role.ACCEPTS, Role.SETTLES) and not by <= {*speakers}


def _unless_open(ask: Ask, end: Statement) -> str:
    """`open` if the end of the wait may have come before the last of several requests; else "".

    If both were made on one day or at one meeting, the request came first; not if the end has no date at all.
    """
    repeated = ask.times > 1 and (ask.last_asked < end.day or end.on.earliest is None)
    by_then = ask.last_asked, made_by(ask, ask.last_asked)
    return "open" if repeated and not follows(end, ask.last_statement, *by_then) else ""


def answered_by(ask: Ask) -> Sequence[str]:
    """The addressees that have answered; if nobody in particular was asked, the parties that answered last."""
    answered = [party for party, act in zip(ask.to, ask.answers, strict=True) if act]
    return answered if ask.to else parties(ask.last_answer_by)


def with_others(ask: Ask, others: Sequence[tuple[str, str]]) -> Ask:
    """The ask after an answer, with the answers that may be later (party and act), and its status if one of them is."""
    statuses = [_status_after(act) for _, act in others]
    other = next((one for one in statuses if one != ask.status), "") if ask.status in ANSWERED else ""
    return ask._replace(
        other_answers=tuple(act for _, act in others),
        other_answers_by=tuple(by for by, _ in others),
        unless=ask.unless or other,
    )


def _status_after(act: str) -> str:
    """The status of an ask whose only answer has this act."""
    return (
        "agreed" if ACTS[act].role in (Role.ACCEPTS, Role.SETTLES) else "deferred" if act == "deferred" else "answered"
    )


def considered(
    ask: Ask, statement: Statement, speakers: Sequence[str], through: Mapping[str, str] = NOBODY
) -> Ask | None:
    """The ask after addressees who have not answered said that they consider it; None if none of them did.

    It still waits for their answers.
    """
    given = dict.fromkeys(speakers, "") | {**through}
    awaited = [party for party, since in zip(ask.to, ask.waits, strict=True) if since and party in given]
    if not ask.waiting_since or (ask.to and not awaited):
        return None
    said = _said(ask, statement, {party: given[party] for party in awaited}, waits=True)
    return _bounded(said, statement)


def _said(ask: Ask, statement: Statement, given: Mapping[str, str], *, waits: bool) -> Ask:
    """The ask with the replies of addressees, each with the bloc that replied for it, "" if it replied itself.

    `waits`: the ask still waits for their answers.
    """
    heard = zip(ask.to, ask.answers, ask.waits, ask.through, ask.answered_in, strict=True)
    said = [
        (statement.act, since if waits else "", given[party], statement.slug)
        if party in given
        else (act, since, bloc, slug)
        for party, act, since, bloc, slug in heard
    ]
    return ask._replace(
        answers=tuple(act for act, *_ in said),
        waits=tuple(since for _, since, *_ in said),
        through=tuple(bloc for *_, bloc, _ in said),
        answered_in=tuple(slug for *_, slug in said),
        last_answer=statement.day,
        last_answer_act=statement.act,
        last_answer_by=statement.by,
        answer_statement=statement.slug,
        unnamed=False,
    )


def _deferred_in(ask: Ask, statement: Statement, answers: Sequence[str]) -> str:
    """The statement that last deferred an ask, after one more answer; "" if no addressee's last answer defers it."""
    if statement.act == "deferred":
        return statement.slug
    return ask.deferred_in if "deferred" in answers else ""


def in_doubt(asks: Iterable[Ask], status: str) -> str:
    """The other status that all asks with this status may have; "" if one of them can have no other."""
    found = {ask.unless for ask in asks if ask.status == status}
    return "" if not found or "" in found else found.pop() if len(found) == 1 else "answered"


def rests_on(ask: Ask) -> Iterator[str]:
    """The statements that give an ask its status: the first request of the wait, the last one, and what ended it."""
    if ask.status == "open" and ask.waiting_in:
        yield ask.waiting_in
    yield ask.last_statement
    if ask.status == "withdrawn":
        yield ask.ended_in
    elif ask.status != "open":
        yield from ask.answered_in
        yield ask.answer_statement
        yield ask.ended_in


def _bounded(ask: Ask, statement: Statement, sooner: Iterable[str] = ()) -> Ask:
    """The ask after one more statement, with those of its days that are only the latest possible ones."""
    first = statement.on.earliest
    # The request heard last may have been made before those that were heard before it.
    requested = (ask.first_asked, ask.waiting_since, *ask.waits) if ask.last_statement == statement.slug else ()
    earlier = {one for one in requested if first is None or one > first.isoformat()}
    bounds = {*ask.bounds, *inexact(statement), *sooner, *earlier}
    surely = {*ask.surely_by, *surely_by(statement)}
    if not bounds and not surely:
        return ask
    days = {ask.first_asked, ask.last_asked, ask.last_answer, ask.last_end, ask.waiting_since, *ask.waits}
    surely = {one for one in surely if one.partition(" ")[0] in days}
    return ask._replace(bounds=tuple(sorted((days - {""}) & bounds)), surely_by=tuple(sorted(surely)))


def _first(days: Iterable[str]) -> str:
    """The earliest of some ISO days, "" if there is none."""
    return min(filter(None, days), default="")
