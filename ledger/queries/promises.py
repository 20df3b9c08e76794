"""Promises and agreed follow-ups: who must do what, and who says that it was done.

A promise is done when somebody later says so on the same issue; the record names them. docs/projections.md gives the
rules, with an example of each.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.base.text import capital, listed, marked
from ledger.dates import When, reported
from ledger.domain.clocks import in_order, may_answer
from ledger.domain.states import Slugs, Statement
from ledger.domain.vocabulary import ACTS
from ledger.domain.voices import among, parties, speakers
from ledger.queries.positions import quoted
from ledger.views.links import reaffirmed, replaced
from ledger.views.status import FollowUpOnTheDay, ends_in, outcome
from ledger.views.views import Views

ONE = "one promiser's"
_NOT_DONE = ("open", "past due", "possibly past due", "due", "no date", "partly reported done")


class Promise(NamedTuple):
    """A promise (kind: promised), or a follow-up with an owner (kind: agreed, or undertaken by its owners alone).

    status of a promise: open, partly reported done (on some of its issues), reported done, disputed (reported done,
    then denied by another party), or replaced; of a follow-up: its timing on the day, or its outcome. `replaced_by` is
    the entry that replaces it, `replacement` its name, and `reaffirmed` those that reaffirm it, the last one on
    `reaffirmed_on`. `word` says
    whose account ended it: their own, one promiser's, the other side's, both sides', a third party's. It counts from
    `day`; `since` and `ended_on` are as exact as reported. `ended_by` are the voices that reported the end, `ended_in`
    is the statement. `reported_by` reported the promise, and `end_reported_by` its end: each is "" if the speaker or
    the source did. `end_inferred` is what the record keeper inferred in the reports of its end. `other_ends` are as in
    `FollowUp`, `alone` as in `FollowUpOnTheDay`. `late`: all reports say that it was done after it was due.
    """

    kind: str
    slug: str
    by: Slugs
    to: Slugs
    says: str
    issues: Slugs
    day: str
    since: When
    due: When
    status: str
    word: str
    ended_by: Slugs
    ended_on: When
    ended_in: str
    quote: str
    replaced_by: str = ""
    reaffirmed: Slugs = ()
    reaffirmed_on: When = When()
    reported_by: str = ""
    end_reported_by: str = ""
    end_inferred: str = ""
    other_ends: Slugs = ()
    late: bool = False
    alone: bool = False
    replacement: str = ""

    @property
    def outcome(self) -> str:
        """The status as people read it: `done late`, `replaced by new-plan`, `reported done (inferred)`."""
        others = ends_in(self.other_ends)
        ended = outcome(self.status, self.ended_on, self.due, self.replacement or self.replaced_by, others)
        return marked("open, no due date" if ended == "no date" else ended, self.end_inferred)

    @property
    def is_open(self) -> bool:
        """Whether it must still be done: nobody, or only the other side, has reported that all of it was done."""
        return self.alone or self.status in (*_NOT_DONE, "standing")


def promises(views: Views, *, by: str | Slugs = "", to: str | Slugs = "", only_open: bool = False) -> list[Promise]:
    """Every promise and every follow-up with an owner; open ones come first, oldest first.

    A promise, and an open follow-up of its makers that rests on the same words, are one undertaking. So are a promise
    and its later reaffirmations.
    """
    said = [*in_order(views.statements())]
    vows = [one for one in said if one.act == "promised" and speakers(one)]
    quotes = quoted(views, [one.slug for one in vows])
    ends = _by_issue(one for one in said if one.act in ("reported-done", "denied") and speakers(one))
    vowed = _by_issue(vows)
    negotiating = views.negotiators(views.roles())
    made = [_promise(one, _ends_of(one, ends, vowed), quotes, negotiating) for one in vows]
    words = {(one.by, one.quote) for one in made if one.quote}
    follow_ups = [*_agreed(views, quotes, negotiating)]
    same = {(one.by, one.quote): one for one in follow_ups if one.is_open and (one.by, one.quote) in words}
    agreed = [one for one in follow_ups if not one.is_open or (one.by, one.quote) not in words]
    made = [_with_due(one, same.get((one.by, one.quote))) for one in made]
    found = [
        one
        for one in _as_linked(views, [*made, *agreed])
        if (not by or among(by, one.by)) and (not to or among(to, one.to)) and (one.is_open or not only_open)
    ]
    return sorted(found, key=lambda one: (not one.is_open, one.day, one.slug))


def _as_linked(views: Views, listed: Sequence[Promise]) -> Iterator[Promise]:
    """The undertakings, each with the entries that replace or reaffirm it; those that reaffirm one are left out."""
    instead, again = replaced(views), reaffirmed(views)
    turns = {one.slug: (one.day, one.slug) for one in listed}
    for one in listed:
        links = again.get(one.slug, [])
        earlier = (target for target, found in again.items() if one.slug in [link.slug for link in found])
        if any(turns.get(target, turns[one.slug]) < turns[one.slug] for target in earlier):
            continue
        last = links[-1].on if links else When()
        found = one._replace(reaffirmed=tuple(link.slug for link in links), reaffirmed_on=last)
        if one.kind == "promised" and one.is_open and one.slug in instead:
            found = found._replace(
                status="replaced", replaced_by=instead[one.slug], replacement=views.called(instead[one.slug])
            )
        yield found


def followed_up(views: Views) -> dict[str, list[FollowUpOnTheDay]]:
    """The follow-ups on each issue: first those in force, the most urgent first, and then those that ended."""
    found: dict[str, list[FollowUpOnTheDay]] = {}
    for one in sorted(views.follow_ups(everything=True), key=lambda one: not one.is_open):
        for issue in one.follow_up.issues:
            found.setdefault(issue, []).append(one)
    return found


def promised(views: Views, was: Statement | None, is_: Statement) -> str:
    """The sentence for a promise or denial that was not there before; "" if it was, or if its speaker is not named."""
    if was is not None or not speakers(is_):
        return ""
    by, to = listed(map(views.in_sentence, is_.by)), listed(map(views.in_sentence, is_.to))
    on = f"{is_.said_on.clause()}{views.told_and_denied(is_.reported_by, is_.slug)}"
    return capital(f"{by} {ACTS[is_.act].towards(to)} {on}: {is_.told}")


def whose_word(
    promisers: Iterable[str], promised_to: Iterable[str], reporters: Iterable[str], negotiating: Collection[str]
) -> str:
    """The account by which something was done, as the promisers see it: their own, the other side's and so on.

    `ONE`: that of some of them, but not of all. If it was promised to nobody in particular, every other party to the
    negotiation is the other side.
    """
    own, told, said = set(parties(promisers)), set(parties(promised_to)), set(parties(reporters))
    theirs = (said & told if told else said.intersection(negotiating)) - own
    if said & own:
        return "both sides'" if theirs else "their own" if own <= said else ONE
    if theirs:
        return "the other side's"
    return "a third party's" if said else ""


def _by_issue(said: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for one in said:
        for issue in one.issues:
            found.setdefault(issue, []).append(one)
    return found


def _ends_of(
    promise: Statement, ends: Mapping[str, Sequence[Statement]], promised: Mapping[str, Sequence[Statement]]
) -> list[Statement]:
    """The later reports that something was done on the issues of a promise, and the denials, in order.

    A party that has itself made a promise on the same issue reports on its own promise. `ends` are all such reports and
    `promised` all promises, by issue.
    """
    on = {one.slug: one for issue in promise.issues for one in ends.get(issue, ()) if may_answer(one, promise)}
    since = [*in_order(on.values())] if len(promise.issues) > 1 else [*on.values()]
    others = [one for issue in promise.issues for one in promised.get(issue, ())] if since else []
    own = {*speakers(promise)}

    def of_its_own(report: Statement) -> bool:
        by = {*speakers(report)}
        return by.isdisjoint(own) and any(by & {*speakers(one)} and may_answer(report, one) for one in others)

    return [one for one in since if one.act != "reported-done" or not of_its_own(one)]


def _promise(
    promise: Statement, since: Sequence[Statement], quotes: dict[str, str], negotiating: Collection[str]
) -> Promise:
    """A promise with its outcome; `since` are the reports that it was done and the denials, in order."""
    reports = [one for one in since if one.act == "reported-done"]
    done = {issue for one in reports for issue in one.issues} & {*promise.issues}
    status = "open" if not done else "reported done" if done == {*promise.issues} else "partly reported done"
    denials = [one for one in since if one.act == "denied" and any(_denies(one, report) for report in reports)]
    word = whose_word(speakers(promise), promise.to, [party for one in reports for party in speakers(one)], negotiating)
    own = {*speakers(promise)}
    telling = [one for one in reports if word not in ("their own", ONE) or own & {*speakers(one)}]
    last = next(reversed(denials or telling), None)
    return Promise(
        kind="promised",
        slug=promise.slug,
        by=promise.by,
        to=promise.to,
        says=promise.told,
        issues=promise.issues,
        day=promise.day,
        since=promise.said_on,
        due=When(),
        status="disputed" if denials else status,
        word=word,
        ended_by=tuple(dict.fromkeys(voice for one in denials or reports for voice in one.by)),
        ended_on=last.said_on if last else When(),
        ended_in=last.slug if last else "",
        quote=quotes.get(promise.slug, ""),
        reported_by=promise.reported_by,
        end_reported_by=last.reported_by if last else "",
        end_inferred=" ".join(dict.fromkeys(one.inferred for one in denials or reports if one.inferred)),
    )


def _with_due(promise: Promise, follow_up: Promise | None) -> Promise:
    """A promise with the due date, and the timing while it is open, of a follow-up that rests on the same words."""
    if follow_up is None or not follow_up.due:
        return promise
    return promise._replace(due=follow_up.due, status=follow_up.status if promise.status == "open" else promise.status)


def _denies(denial: Statement, report: Statement) -> bool:
    """Whether a party other than the reporters later denied a report: by name, else something on the same issue."""
    if denied := denial.linked("denies"):
        return report.slug in denied
    other = not {*speakers(denial)} & {*speakers(report)}
    return other and may_answer(denial, report) and bool({*denial.issues} & {*report.issues})


def _agreed(views: Views, quotes: dict[str, str], negotiating: Collection[str]) -> Iterator[Promise]:
    """The follow-ups that have an owner; without an owner, nobody has promised anything."""
    agreed_on = _agreed_on(views)
    for one in views.follow_ups(everything=True):
        agreed = one.follow_up
        if agreed.owners:
            yield Promise(
                kind="agreed" if agreed.told_as == "agreed" else "undertaken",
                slug=agreed.slug,
                by=agreed.owners,
                to=(),
                says=one.told,
                issues=agreed.issues,
                day=agreed_on[agreed.slug],
                since=reported(agreed.agreed_on, agreed_on[agreed.slug]),
                due=agreed.due,
                status=agreed.status if one.late else one.timing,
                late=one.late,
                alone=one.alone,
                word=whose_word(agreed.owners, (), agreed.closed_by, negotiating),
                ended_by=agreed.closed_by,
                ended_on=one.ended_on,
                ended_in="",
                quote=quotes.get(agreed.slug, ""),
                replaced_by=one.replaced_by,
                replacement=one.replacement,
                other_ends=agreed.other_ends,
            )


def _agreed_on(views: Views) -> dict[str, str]:
    """The day from which each follow-up counts as agreed: the day of its first state."""
    first = "SELECT slug, MIN(valid_from) FROM follow_ups WHERE negotiation = ? AND valid_from <= ? GROUP BY slug"
    return dict(tuple(row) for row in views.rows(first, views.negotiation, views.day))
