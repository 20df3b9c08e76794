"""The links between entries as of a day: which entries replace or reaffirm others, and the asks of one statement.

From the day of an entry that replaces another, the other is no longer valid.
"""

import json
from collections.abc import Collection, Mapping

from ledger.domain.states import Ask, Link, Slugs
from ledger.domain.vocabulary import plain
from ledger.views.reader import Reader
from ledger.views.rows import AskStatement


def links(views: Reader) -> list[Link]:
    """The links by the day, in order of occurrence."""
    return views.states(Link, "links", order="valid_from, slug, rowid")


def replaced(views: Reader) -> dict[str, str]:
    """The entries that others replace by the day, each with the last that does."""
    return {one.target: one.slug for one in links(views) if one.relation == "replaces"}


def reaffirmed(views: Reader) -> dict[str, list[Link]]:
    """The entries that others reaffirm by the day, each with the links to it in order of occurrence."""
    found: dict[str, list[Link]] = {}
    for one in links(views):
        if one.relation == "reaffirms":
            found.setdefault(one.target, []).append(one)
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
