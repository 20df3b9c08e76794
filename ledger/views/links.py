"""The links between entries as of a day: replacements, reaffirmations, separate requests, and the ends of asks.

From the day of an entry that replaces another, the other is no longer valid.
"""

import json
from collections.abc import Collection, Iterable, Mapping

from ledger.domain.states import Ask, Link, Meeting, Slugs
from ledger.domain.vocabulary import ACTS, Role, plain
from ledger.views.reader import Reader
from ledger.views.status import AskStatement

_LATER = "negotiation = ? AND valid_from > ?"


def links(views: Reader) -> list[Link]:
    """The links by the day, in order of occurrence."""
    return views.states(Link, "links", order="valid_from, slug, rowid")


def replaced(views: Reader) -> dict[str, str]:
    """The entries that others replace by the day, each with the last entry that does."""
    return {one.target: one.slug for one in links(views) if one.relation == "replaces"}


def reaffirmed(views: Reader) -> dict[str, list[Link]]:
    """The entries that others reaffirm by the day, each with the links to it in order of occurrence."""
    found: dict[str, list[Link]] = {}
    for one in links(views):
        if one.relation == "reaffirms":
            found.setdefault(one.target, []).append(one)
    return found


def depends_on(views: Reader, of: Meeting) -> list[str]:
    """The names of the entries on which a meeting depends."""
    slugs = [link.partition(" ")[2] for link in of.links if link.startswith("depends-on ")]
    those = "SELECT slug, label FROM entries WHERE negotiation = ? AND slug IN (SELECT value FROM json_each(?))"
    rows = views.rows(those, views.negotiation, json.dumps(slugs)) if slugs else ()
    names = {row["slug"]: row["label"] for row in rows}
    return [names.get(slug, slug).rstrip(".") for slug in slugs]


def separately(views: Reader) -> dict[tuple[str, str], list[Ask]]:
    """The requests of the asks that consist of several, by issue and asker, in the order of their first days."""
    found: dict[tuple[str, str], list[Ask]] = {}
    for one in views.states(Ask, "requests", order="first_asked, rowid"):
        found.setdefault((one.issue, one.asker), []).append(one)
    return found


def separate(views: Reader, asks: Iterable[Ask]) -> list[tuple[Ask, int]]:
    """The asks, each that consists of several requests as these requests, with the number of requests."""
    several = separately(views)
    found = []
    for ask in asks:
        told = several.get((ask.issue, ask.asker), [])
        number = len(told) + ask.times - sum(one.times for one in told)  # those before the last answer to all
        found += [(one, number) for one in told] or [(ask, 1)]
    return found


def answered_besides(
    views: Reader, said: Collection[AskStatement], titles: Mapping[str, str]
) -> dict[tuple[str, str], Slugs]:
    """The issues on which a statement asked and was answered, by statement and asker: `Free boots: accepted`.

    `said` are the statements that make asks: those that ask on one issue have none. `titles` are those of the issues.
    """
    several = {issue for one in said if len(one.issues) > 1 for issue in one.issues}
    if not several:
        return {}
    those = "AND waiting_since = '' AND last_answer != '' AND issue IN (SELECT value FROM json_each(?))"
    found: dict[tuple[str, str], Slugs] = {}
    for ask in views.states(Ask, "asks", those, json.dumps(sorted(several)), order="issue, asker"):
        made = ask.last_statement, ask.asker
        found[made] = *found.get(made, ()), f"{titles.get(ask.issue, ask.issue)}: {plain(ask.last_answer_act)}"
    return found


def perhaps_by_then(views: Reader) -> dict[tuple[str, str], set[str]]:
    """The things that may have happened to an ask by the day, by issue and asker: `asked`, `answered`, `withdrawn`.

    A statement counts from the latest day that its date may mean, so one of "early June" may have been made before the
    day of the question. An undated one was made when it was reported, for all that is known.
    """
    begun = (
        f"SELECT act, issues, day FROM statements WHERE {_LATER} AND day = valid_from AND on_earliest BETWEEN '0' AND ?"
    )
    found: dict[tuple[str, str], set[str]] = {}
    for act, issues, day in views.rows(begun, views.negotiation, views.day, views.day):
        role = ACTS[act].role if act in ACTS else Role.SPEAKS
        if role is Role.CONSIDERS:
            continue
        how = "asked" if role is Role.RAISES else "withdrawn" if role is Role.WITHDRAWS else "answered"
        changed = f"SELECT issue, asker, last_asked, last_answer, last_end FROM asks WHERE {_LATER} AND valid_from = ?"
        of_them = "AND issue IN (SELECT value FROM json_each(?))"
        for issue, asker, *days in views.rows(f"{changed} {of_them}", views.negotiation, views.day, day, issues):
            if day == days[("asked", "answered", "withdrawn").index(how)]:
                found.setdefault((issue, asker), set()).add(how)
    return found
