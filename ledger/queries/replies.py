"""Replies and raisers in words, each with who reported it, if the party did not say so itself."""

from collections.abc import Iterator
from typing import NamedTuple

from ledger.base.text import few, listed, marked, on_condition
from ledger.domain.states import Ask, Issue, Slugs
from ledger.domain.vocabulary import ends_wait, plain, reply
from ledger.domain.voices import parties, tellers_of_answer
from ledger.views.ahead import Ahead
from ledger.views.known import KnownByThen
from ledger.views.status import AskOnTheDay, awaited


class Reply(NamedTuple):
    """The reply of one party, or a bloc: its name, and who reported it, marked if the keeper inferred something.

    `told` has its conditions, too, because an answer of another party does not depend on them.
    """

    act: str
    by: str
    told: str


def replies(one: AskOnTheDay, views: KnownByThen) -> str:
    """The replies of several addressees, and the number without one: `refused: Colombia; 9 have not answered`.

    A bloc is named with the members that it answered for. The text is "" before the first reply, or if the only
    addressee answered itself; but not while it is only considering the ask.
    """
    ask = one.ask
    given: dict[Reply, list[str]] = {}  # with the members for which a bloc gave it
    for one_reply, member in _given(one, views):
        given.setdefault(one_reply, []).extend([member] if member else [])
    is_answered_alone = len(ask.to) == 1 and not any(ask.through) and all(ends_wait(one.act) for one in given)
    is_answered_alone = is_answered_alone and not ask.other_answers
    if not given or is_answered_alone:
        return ""
    by_act: dict[str, dict[str, list[str]]] = {}
    for (act, by, told), members in given.items():
        of_them = f" for {few(members, 'members')}" if members else ""
        by_act.setdefault(act, {}).setdefault(told, []).append(f"{by}{of_them}")
    said = [
        f"{plain(act)}: {listed(f'{listed(by)}{told}' for told, by in alike.items())}" for act, alike in by_act.items()
    ]
    said += [
        f"earlier or later {plain(act)}: {views.name_of(party)}"
        for party, act in zip(ask.other_answers_by, ask.other_answers, strict=True)
    ]
    silent = [party for party, act in zip(ask.to, ask.answers, strict=True) if not act and party in awaited(ask)]
    if len(silent) == 1:
        said.append(f"{views.name_of(silent[0])} has not answered")
    elif silent:
        said.append(f"{len(silent)} have not answered")
    return "; ".join(filter(None, [*said, which(one)]))


def answered(one: AskOnTheDay, views: KnownByThen) -> str:
    """The replies, each with its conditions; if the only addressee answered itself, its act. "" before the first."""
    if said := replies(one, views):
        return said
    act = reply(one.ask.last_answer_act, one.ask.other_answers, views.told_by(one.answer_reported_by))
    told = marked(act, one.answer_inferred)
    return f"{told}{qualifier(one)}" if one.ask.last_answer else ""


def last_answer(issue: Issue, views: Ahead) -> str:
    """The last answer on an issue and those that may be later, with who gave and who told each; "" if nobody raised it.

    Each is marked if it is inferred: `refused: Serbia, as told by Ann Lee (ch); earlier or later accepted: Kosovo`.
    """
    if not (issue.raised_by and issue.last_answer_act):
        return ""
    tellers = tellers_of_answer(issue)
    by = {voice: tellers.get(party, "") for voice in issue.last_answer_by for party in parties([voice])}

    def guessed(party: str, act: str) -> dict[str, str]:
        return views.guesses.get((issue.slug, party, act), {})

    last = "".join(guessed(party, issue.last_answer_act).get(issue.last_answer, "") for party in parties(by))
    told = [marked(f"{plain(issue.last_answer_act)}: {views.as_told(by)}", last)]
    for party, act in zip(issue.other_answers_by, issue.other_answers, strict=True):
        teller = "" if party in parties(by) else tellers.get(party, "")
        says = f"earlier or later {plain(act)}: {views.in_sentence(party)}{views.told_by(teller)}"
        told.append(marked(says, "".join(guessed(party, act).values())))
    return "; ".join(told) + ("" if issue.slug in views.answered_issues else " (not known to answer a request)")


def qualifier(one: AskOnTheDay) -> str:
    """What follows the act of an addressee that answered itself, alone: its conditions, and which request is meant."""
    unknown = which(one)
    conditions = marked(on_condition("", one.answered_on), "." if one.conditions_inferred else "")
    conditions += f"; {one.answer_conditions_said}" if one.answer_conditions_said else ""
    return f"{conditions}{unknown and f'; {unknown}'}"


def withdrawal(one: AskOnTheDay, views: KnownByThen) -> str:
    """`withdrew on 3 June 2025`, if the asker withdrew the request, or names none of several; else ""."""
    if one.ended_act != "withdrew":
        return ""
    unknown = ", which of its requests it means is not on record" if one.ask.unnamed else ""
    return f"withdrew {one.ended_on.clause()}".rstrip() + views.told_by(one.ended_reported_by) + unknown


def which(one: AskOnTheDay) -> str:
    """That the last answer names none of several requests; "" if it does."""
    unnamed = one.ask.unnamed and not one.ask.ended_in
    return "which of several requests it answers is not on record" if unnamed else ""


def considering(ask: Ask) -> Slugs:
    """The parties that consider the ask and have not answered it; if nobody in particular was asked, the last one."""
    if ask.to:
        return tuple(one for one, act in zip(ask.to, ask.answers, strict=True) if act and not ends_wait(act))
    last, since = ask.last_answer_act, ask.last_answer >= ask.last_asked
    return parties(ask.last_answer_by) if last and not ends_wait(last) and since and ask.waiting_since else ()


def _given(one: AskOnTheDay, views: KnownByThen) -> Iterator[tuple[Reply, str]]:
    """The replies of the addressees, each with the member for which a bloc gave it, "" if there is none.

    If nobody in particular was asked, only the last reply counts, and only while it is that the ask is being
    considered.
    """
    ask = one.ask
    for party in considering(ask) if not ask.to else ():
        told = marked(views.told_by(one.answer_reported_by), one.answer_inferred)
        yield Reply(ask.last_answer_act, views.name_of(party), told), ""
    nothing = ("",) * len(ask.to)
    details = one.answers_reported_by or nothing, one.answers_inferred or nothing, one.answers_said_on or nothing
    columns = (ask.to, ask.answers, ask.through, *details, one.answers_conditional_on or nothing)
    for party, act, bloc, reported_by, inferred, on, conditions in zip(*columns, strict=True):
        if act:
            told = marked(f"{on and f' {on}'}{views.told_by(reported_by)}", inferred)
            told += f" (conditional on: {conditions})" if conditions else ""
            yield Reply(act, views.name_of(bloc or party), told), views.name_of(party) if bloc else ""


def raisers(views: Ahead, issue: Issue, *, inside: bool = False) -> str:
    """The parties that raised an issue; without its own word, each with the teller and the denials of its requests.

    `inside`: the text is part of a sentence, not a cell.
    """
    name_of = views.in_sentence if inside else views.name_of
    told = views.told_requests.get(issue.slug, {}) if issue.raised_by else {}
    names = [f"{name_of(one)}{told.get(one, '')}" for one in issue.raised_by]
    if any(told.values()):
        return "; ".join(names)
    return listed(names)
