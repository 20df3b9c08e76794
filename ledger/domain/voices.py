"""Voices (a party, or a party and a person), their names in sentences, posts of people and roles of parties."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ledger.base.names import is_slug
from ledger.base.text import capital, few, listed
from ledger.dates import When
from ledger.domain.states import Issue, Slugs
from ledger.domain.vocabulary import meeting_name, plain

_VOICE = re.compile(r"\{([a-z0-9-]+(?:/[a-z0-9-]+)?)\}")


def in_braces(teller: str) -> str:
    """A voice of the record in braces, as in the sentences of events; other words, such as a newspaper, as they are."""
    return f"{{{teller}}}" if teller and all(map(is_slug, teller.split("/"))) else teller


UNATTRIBUTED = "unattributed"  # the voice of words without a named speaker
MOST_NAMED = 4  # participants in the name of a meeting


def parties(voices: Iterable[str]) -> tuple[str, ...]:
    """The parties that the voices speak for, without duplicates; none for words without a named speaker."""
    return _parties(tuple(voices))


@lru_cache(maxsize=4096)
def _parties(voices: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([voice.partition("/")[0] for voice in voices if voice != UNATTRIBUTED]))


def speakers(statement: Any) -> tuple[str, ...]:
    """The parties that a statement speaks for; none if nobody was named as its speaker."""
    return parties(() if UNATTRIBUTED in statement.by else statement.on_behalf_of or statement.by)


def participants(parties: Sequence[str], people: Sequence[str]) -> list[str]:
    """The people at a meeting, and the parties for which nobody is named.

    Where several parties are named and somebody is of none of them, such as a mediator, only the parties.
    """
    named = {who.partition("/")[0] for who in people}
    if len(parties) > 1 and not named <= {*parties}:
        return [*parties]
    return [*people, *(party for party in parties if party not in named)]


def named_meeting(meeting: Any) -> str:
    """The name of a meeting, from a report or a state of it, in a sentence: `round 2`, `call of {vn/ann-lee} and {us}`.

    One without a number has its participants, with their voices in braces; of many people, only their parties.
    """
    name = meeting_name(meeting.kind, meeting.number)
    people = [getattr(one, "who", one) for one in meeting.people]
    who = participants(meeting.parties, people)
    if not who or meeting.number is not None:
        return name
    of = who if len(who) <= MOST_NAMED else parties(who)
    return f"{name} of {few([f'{{{voice}}}' for voice in of], 'parties', MOST_NAMED)}"


def represented(said: Any) -> tuple[str, ...]:
    """The voices on whose behalf a statement was made, other than the speakers and their parties."""
    return tuple(one for one in said.on_behalf_of if one not in (*said.by, *parties(said.by)))


def jointly_with(statement: Any, party: str) -> tuple[str, ...]:
    """The other parties for which a party's statement also speaks, so that it is not that party's word alone."""
    return tuple(one for one in speakers(statement) if one != party)


def among(wanted: str | tuple[str, ...], voices: Iterable[str]) -> bool:
    """Whether `wanted` (a voice, a party or a person), or one of several, is one of the voices or part of one."""
    of = (wanted,) if isinstance(wanted, str) else wanted
    return any(one in (voice, *voice.split("/")) for voice in voices for one in of)


def with_names(sentence: str, name_of: Callable[[str], str]) -> str:
    """A sentence of `sentences.py` with the voices in braces replaced by names; its first name gets a capital."""
    named = _VOICE.sub(lambda found: name_of(found[1]), sentence)
    return capital(named) if sentence.startswith("{") else named


class Person(NamedTuple):
    """A person, or a `body`, with the posts of the last report, held `since`, and those `left` since then.

    Without a post, `since` and `until` are those of the posts left. Nobody reported the end of those `also_reported`.
    `posts_in`: the sources of the posts held, or else of the end; the last of them counts as reported on the day
    `posts_reported` (ISO). `contested`: fields on which reports differ;
    `untils`: if they differ on `until`, the date (EDTF) that each source gives: `2026-02-24 paper-a`.
    """

    slug: str
    name: str
    aliases: Slugs
    party: str
    post: str
    since: When
    left: str
    until: When
    body: bool = False
    also_reported: str = ""
    left_because: str = ""
    posts_in: Slugs = ()
    contested: Slugs = ()
    untils: Slugs = ()
    posts_reported: str = ""


class Membership(NamedTuple):
    """A role that a party has in the negotiation or, with `of`, in a bloc or coalition of which it is a member.

    role: party, observer, chair, mediator, secretariat or member. `until` is its last day, empty while it lasts.
    """

    party: str
    role: str
    of: str
    since: When
    until: When
    source: str
    inferred: str = ""

    @property
    def in_talks(self) -> str:
        """The role in the negotiation, in words: `observer to the negotiation`, `chair of the negotiation`."""
        return f"{self.role} {'to' if self.role in ('party', 'observer') else 'of'} the negotiation"


class RoleHeld(NamedTuple):
    """A role of a party in the negotiation, or in a bloc (`of`): from the day `first` to that before `over`, if any."""

    party: str
    role: str
    of: str
    first: str
    over: str


class Memberships:
    """The roles of the parties in the negotiation, and the members of blocs and coalitions, by day."""

    def __init__(self, roles: Iterable[RoleHeld] = ()) -> None:
        self._members: dict[str, list[RoleHeld]] = defaultdict(list)
        self._roles: dict[str, list[RoleHeld]] = defaultdict(list)
        for one in roles:
            if one.role == "member":
                self._members[one.of].append(one)
            elif not one.of:
                self._roles[one.party].append(one)

    def members(self, bloc: str, day: str) -> tuple[str, ...]:
        """The members of a bloc on a day, and their own members in turn; none if it is not a bloc."""
        found: dict[str, None] = {}
        waiting = [bloc] if self._members else []
        while waiting:
            new = [one for one in _on(day, self._members.get(waiting.pop(), ())) if one not in found and one != bloc]
            found |= dict.fromkeys(new)
            waiting += new
        return tuple(found)

    def roles(self, party: str, day: str) -> tuple[str, ...]:
        """The roles of a party in the negotiation on a day, as recorded."""
        of_day = [one for one in self._roles.get(party, ()) if _holds(one, day)]
        return tuple(dict.fromkeys(one.role for one in of_day))

    def is_party(self, party: str, day: str) -> bool:
        """Whether a party negotiates on a day: by its roles or, without any, unless it was a party before."""
        if party not in self._roles:
            return True
        if roles := self.roles(party, day):
            return "party" in roles
        return not any(one.role == "party" and one.first <= day for one in self._roles[party])

    def speaks_as(self, party: str, day: str) -> str:
        """The role in which a party that does not negotiate on a day speaks, such as `mediator`; "" for others."""
        roles = self.roles(party, day)
        return "" if "party" in roles else listed(roles)

    def parties(self, opened_with: Iterable[str], every: Iterable[str], day: str) -> tuple[str, ...]:
        """All parties on a day: those with which the negotiation was opened, else every party of record.

        Those with the role of a party are parties, and those with only another role are not. If a bloc is a party, its
        members are not listed besides it, unless the negotiation was opened with them or they have the role of a party
        themselves.
        """
        opened = tuple(opened_with)
        recorded = [one for one in self._roles if "party" in self.roles(one, day)]
        found = dict.fromkeys(one for one in (*(opened or every), *recorded) if self.is_party(one, day))
        within = {
            member for bloc in found for member in self.members(bloc, day) if bloc not in self.members(member, day)
        }
        return tuple(one for one in found if one in opened or one in recorded or one not in within)


def _holds(role: RoleHeld, day: str) -> bool:
    return role.first <= day and (not role.over or day < role.over)


def _on(day: str, roles: Iterable[RoleHeld]) -> Iterator[str]:
    """The parties that have one of the roles on a day."""
    return (one.party for one in roles if _holds(one, day))


STANDING = ("settled", "agreed in principle", "narrowed", "unresolved")  # words that say how an issue stands
_RESTS_ON = {"partly settled": "settled", "deferred": "answered", "agreed": "answered"}


def according_to(issue: Issue) -> dict[str, str]:
    """The voices according to which the issue has its status, each with who reported it, "" if it said so itself."""
    word = _RESTS_ON.get(issue.status, issue.status)
    told = told_of(issue, word)
    if word == "answered":
        return {voice: told[party] for voice in issue.last_answer_by for party in parties([voice])}
    return told or dict.fromkeys(issue.raised_by, "")


def by_word(issue: Issue) -> dict[str, str]:
    """The same, but empty if only asks and answers give the issue its status."""
    return {} if issue.status in ("open", "answered", "deferred") else according_to(issue)


def told_of(issue: Issue | None, word: str) -> dict[str, str]:
    """The parties that said a word on an issue, or gave the last answer, each with who reported it.

    "" stands for a party that said it itself. word: settled, agreed in principle, narrowed, unresolved or answered;
    empty for any other.
    """
    if issue is None:
        return {}
    said = {
        "settled": issue.settled_by,
        "agreed in principle": issue.in_principle_by,
        "narrowed": issue.narrowed_by,
        "unresolved": issue.unresolved_by,
        "answered": parties(issue.last_answer_by),
    }.get(word, ())
    of_word = {party: teller for of, party, teller in tellings(issue) if of == word}
    told = tellers_of_answer(issue) if word == "answered" else of_word
    return {party: told.get(party, "") for party in said}


def tellings(issue: Issue) -> Iterator[tuple[str, str, str]]:
    """The words on an issue that somebody else reported: the word or the act, the party, and who reported it."""
    for one in issue.words_reported:
        word, _, whose = one.partition(": ")
        party, _, teller = whose.partition(", as told by ")
        yield word, party, teller


def tellers_of_answer(issue: Issue) -> dict[str, str]:
    """The parties whose last answer on an issue somebody else reported, each with who did."""
    act = plain(issue.last_answer_act)
    return {party: teller for word, party, teller in tellings(issue) if word == act}
