"""Replies and raisers in words, each with who reported it, if the party did not say so itself."""

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ledger.base.text import few, listed, marked
from ledger.domain.states import Ask, Issue, Slugs
from ledger.domain.vocabulary import ends_wait, plain
from ledger.domain.voices import parties
from ledger.views.known import KnownByThen
from ledger.views.status import AskOnTheDay, awaited


class Reply(NamedTuple):
    """The reply of one party, or a bloc: its name, and who reported it, marked if the keeper inferred something."""

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
    for reply, member in _given(one, views):
        given.setdefault(reply, []).extend([member] if member else [])
    is_answered_alone = len(ask.to) == 1 and not any(ask.through) and all(ends_wait(one.act) for one in given)
    is_answered_alone = is_answered_alone and not ask.other_answers
    if not given or is_answered_alone:
        return ""
    by_act: dict[str, dict[str, list[str]]] = {}
    for reply, members in given.items():
        of_them = f" for {few(members, 'members')}" if members else ""
        by_act.setdefault(reply.act, {}).setdefault(reply.told, []).append(f"{reply.by}{of_them}")
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
    return "; ".join(said)


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
    columns = (ask.to, ask.answers, ask.through, *details)
    for party, act, bloc, reported_by, inferred, on in zip(*columns, strict=True):
        if act:
            told = marked(f"{on and f' {on}'}{views.told_by(reported_by)}", inferred)
            yield Reply(act, views.name_of(bloc or party), told), views.name_of(party) if bloc else ""


def raisers(views: KnownByThen, issue: Issue, name_of: Callable[[str], str]) -> str:
    """The parties that raised an issue; without its own word, each with the teller and the denials of its requests."""
    told = _told_requests(views, issue) if issue.raised_by else {}
    names = [f"{name_of(one)}{told.get(one, '')}" for one in issue.raised_by]
    return ("; " if any(told.values()) else ", ").join(names)


def _told_requests(views: KnownByThen, issue: Issue) -> dict[str, str]:
    """By party, who told and denied its last request; "" if its first or its last one is its own word, and undenied."""
    asks = views.states(Ask, "asks", "AND issue = ?", issue.slug)
    made = sorted({slug for one in asks for slug in (one.first_statement, one.last_statement)})
    those = "AND slug IN (SELECT value FROM json_each(?))"
    reporters = {row[0]: row[1] for row in views.held("slug, reported_by", "statements", those, json.dumps(made))}
    how = {slug: views.told_and_denied(reporters.get(slug, ""), slug) for slug in made}
    return {one.asker: how[one.last_statement] if how[one.first_statement] else "" for one in asks}
