"""The values of measures as of a day, and contradictions among the values of one day.

A value that a party asks for, offers or refuses is its position; any other value says how things are. Two values of one
exact day are contested if they cannot both be true, and both say how things are or are positions of one party. What a
party refused is marked so.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ledger.base.text import listed
from ledger.dates import When, compatible
from ledger.domain.figures.given import FigureGiven, Measure
from ledger.domain.kinds import KINDS
from ledger.domain.states import Contest, FollowUp, Meeting, Slugs, Statement
from ledger.domain.vocabulary import ACTS, Role
from ledger.domain.voices import parties
from ledger.views.known import KnownByThen
from ledger.views.links import replaced
from ledger.views.rows import slugs

GIVING = ("statement", "meeting", "follow-up")  # the kinds of entry that give figures
# The last request of an ask, or of each of its separate requests, with the answers to it, in every period by the day.
_ANSWERED = (
    "SELECT DISTINCT last_statement, value FROM {table}, json_each(answered_in)"
    " WHERE negotiation = ? AND valid_from <= ? AND surely_last AND value IN (SELECT value FROM json_each(?))"
)
POSITIONS = (Role.RAISES, Role.ANSWERS, Role.CONSIDERS, Role.AGREES_IN_PRINCIPLE, Role.WITHDRAWS)


class Basis(NamedTuple):
    """The properties that values must share to be compared: the measure, the exact day, and the party whose position.

    `whose` is empty if they say how things are.
    """

    measure: str
    on: str
    whose: Slugs


def given(views: KnownByThen, measure: str = "", entry: str = "") -> list[FigureGiven]:
    """The figures given by the day, in order: of a measure (a slug), or of an entry (its kind and slug)."""
    wanted = "AND (? = '' OR measure = ?) AND (? = '' OR entry = ?)", measure, measure, entry, entry
    return views.states(FigureGiven, "figures", *wanted, order="measure, day, entry, words")


def figures_told(views: KnownByThen) -> Callable[[Statement], Slugs]:
    """The figures of a statement in words, each with who told of it, if nobody told the statement itself so."""
    rows = views.held("entry, measure, reported_by", "figures", "AND reported_by != ''")
    tellers = {(row["entry"], row["measure"]): row["reported_by"] for row in rows}

    def told(said: Statement) -> Slugs:
        of_each = {one: tellers.get((f"statement/{said.slug}", one.partition(": ")[0]), "") for one in said.figures}
        new = {one: "" if teller == said.reported_by else teller for one, teller in of_each.items()}
        return tuple(f"{views.with_title(one)}{views.told_by(teller)}" for one, teller in new.items())

    return told


def contested_fields(views: KnownByThen, kind: str) -> dict[str, Slugs]:
    """The fields on which the reports of each entry of a kind disagree, by slug; none for an entry not in it."""
    found: dict[str, Slugs] = defaultdict(tuple)
    for row in views.held("slug, field", "contested", "AND kind = ?", kind):
        found[row["slug"]] += (row["field"],)
    return found


def measures(views: KnownByThen) -> list[Measure]:
    """The measures known by the day."""
    return [one for one in views.states(Measure, "measures", order="slug") if views.knows(one.slug)]


def issues_of(views: KnownByThen, values: Iterable[FigureGiven]) -> dict[str, Slugs]:
    """The issues of the entries that give values, by kind and slug."""
    among, giving = "AND slug IN (SELECT value FROM json_each(?))", json.dumps(sorted({one.slug for one in values}))
    return {
        f"{kind}/{row['slug']}": slugs(row["issues"])
        for kind in GIVING
        for row in views.held("slug, issues", KINDS[kind].tables[0].name, among, giving)
    }


def replaced_values(views: KnownByThen, values: Iterable[FigureGiven]) -> dict[tuple[str, str], str]:
    """The values that no longer count, by entry and measure, each with the entry that replaces theirs.

    Things done and meetings held stay as they were. A statement on only some of the issues of the one that it replaces
    replaces only the values that it gives again.
    """
    gone = replaced(views)
    if not gone:
        return {}
    done = views.states(FollowUp, "follow_ups", "AND status NOT IN ('open', 'standing')", order="slug")
    held = views.states(Meeting, "meetings", "AND status = 'held'", order="slug")
    stays = {one.slug for one in done} | {one.slug for one in held}
    given_in = {(one.slug, one.measure) for one in values}
    issues: dict[str, set[str]] = {slug: set() for slug in (*gone, *gone.values())}
    among = "AND slug IN (SELECT value FROM json_each(?))"
    for row in views.held("slug, issues", "statements", among, json.dumps([*issues])):
        issues[row["slug"]] = {*slugs(row["issues"])}
    return {
        (slug, measure): gone[slug]
        for slug, measure in given_in
        if slug in gone
        and slug not in stays
        and (issues[slug] <= issues[gone[slug]] or (gone[slug], measure) in given_in)
    }


def is_position(figure: FigureGiven) -> bool:
    """Whether a value is what a party asks for, offers or refuses."""
    return figure.act in ACTS and ACTS[figure.act].role in POSITIONS


def basis_of(figure: FigureGiven) -> Basis | None:
    """The properties that another value must share to be compared with this one; None if its day is not exact."""
    if figure.on.earliest is None or figure.on.earliest != figure.on.latest:
        return None
    return Basis(figure.measure, figure.on.edtf, parties(figure.by) if is_position(figure) else ())


def contradict(one: FigureGiven, other: FigureGiven) -> bool:
    """Whether two values of different entries, of one basis, cannot both be true."""
    if one.entry == other.entry or not compatible(one.start, other.start):
        return False
    from ledger.domain.figures.amount import (
        compatible as amounts_agree,  # with `decimal`, which most questions need not
    )

    return not amounts_agree(one.amount, other.amount)


def contests(views: KnownByThen, measure: str = "") -> list[Contest]:
    """The values that different entries give of one day and that cannot all be true; none of them is preferred."""
    several = (
        "AND (? = '' OR measure = ?) AND (measure, day) IN (SELECT measure, day FROM figures"
        " WHERE negotiation = ? AND valid_from <= ? GROUP BY measure, day"
        " HAVING COUNT(DISTINCT entry) > 1 AND COUNT(DISTINCT low || '/' || high || '/' || whole) > 1)"
    )
    wanted = several, measure, measure, views.negotiation, views.day
    alike: dict[Basis, list[FigureGiven]] = defaultdict(list)
    found = views.states(FigureGiven, "figures", *wanted, order="measure, day, entry, words")
    gone = replaced_values(views, given(views, measure)) if found else {}
    for one in found:
        if (one.slug, one.measure) not in gone and (shared := basis_of(one)) is not None:
            alike[shared].append(one)
    known = {one.slug for one in measures(views)} if alike else set()
    contested = [_contest(shared, values) for shared, values in alike.items() if shared.measure in known]
    return [one for one in contested if one.values]


def _contest(shared: Basis, values: list[FigureGiven]) -> Contest:
    """The contest among values of one basis, with an item for each source; without items if all can be true."""
    disputed = [one for one in values if any(contradict(one, other) for other in values)]
    reports = [(one, source) for one in disputed for source in one.sources or ("",)]
    whose = f"position of {', '.join(shared.whose)}" if shared.whose else "value"
    return Contest(
        kind="measure",
        slug=shared.measure,
        field=f"{whose} on {When(shared.on).describe()}",
        preferred="",
        values=tuple(f"{one.told} ({one.entry.partition('/')[2]})" for one, _ in reports),
        sources=tuple(source for _, source in reports),
        positions=(),
        quotes=tuple(one.words if one.quoted else "" for one, _ in reports),
    )


def refusals(views: KnownByThen) -> dict[str, Slugs]:
    """By statement, its refusals in words: `the United States on 3 June 2025 in us-no (paper)`.

    A statement refuses those that it names as what it answers; one that names none refuses the request that it answers,
    if it is on all issues of that.
    """
    said = views.states(Statement, "statements", "AND act = 'refused'", order="day, turn")
    found = {(target, one.slug) for one in said for target in one.linked("answers")}
    named = {one.slug for one in said if one.linked("answers")}
    refusing = {one.slug: one for one in said}
    among = json.dumps([slug for slug in refusing if slug not in named])
    asked = views.negotiation, views.day, among
    answers = (
        [row for of in ("asks", "requests") for row in views.rows(_ANSWERED.format(table=of), *asked)] if said else []
    )
    those = "AND slug IN (SELECT value FROM json_each(?))", json.dumps([of for of, _ in answers])
    issues = {row["slug"]: {*json.loads(row["issues"])} for row in views.held("slug, issues", "statements", *those)}
    found |= {(of, one) for of, one in answers if of in issues and issues[of] <= {*refusing[one].issues}}
    ordered = sorted(found, key=lambda pair: (pair[0], refusing[pair[1]].order))
    told: dict[str, Slugs] = {}
    for of, one in ordered:
        told[of] = (*told.get(of, ()), _refused(views, refusing[one]))
    return told


def _refused(views: KnownByThen, said: Statement) -> str:
    by, on = listed(map(views.in_sentence, said.on_behalf_of or said.by)), said.said_on.clause()
    sources = f" ({', '.join(said.sources)})" if said.sources else ""
    return f"{by} {on}".rstrip() + f"{views.told_by(said.reported_by)} in {said.slug}{sources}"
