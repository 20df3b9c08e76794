"""The page of positions: the position of each party on each issue, and why a party holds none."""

from typing import NamedTuple

from ledger.domain.states import Contest, Slugs
from ledger.domain.vocabulary import ACTS
from ledger.queries import positions
from ledger.queries.positions import TableRow
from ledger.queries.replies import considering
from ledger.views.status import AskOnTheDay, awaited
from ledger.views.views import Views
from ledger.web import evidence
from ledger.web.evidence import Proofs
from ledger.web.request import Request, Tick

FOLD = 200  # rows, shown before "show more"
ACROSS = 6  # parties that fit side by side; if there are more, and fewer issues, the issues go across


class Silence(NamedTuple):
    """Why a party holds no position on an issue: it was never asked, considers the ask, has not answered, has replied
    without taking one, or no answer is reported.

    `asked` is the ask that has waited longest for its answer, or else the last one addressed to it. `reply` is the verb
    of its reply: `promised`, `reported done`.
    """

    kind: str
    asked: AskOnTheDay | None
    reply: str = ""


class PositionsPage(NamedTuple):
    """The shown rows of the table of positions, the parties that hold one, and the number of all rows.

    `silences` and `waiting` are by issue and party: the cells without a position, and the party's own ask on the issue
    if it is unanswered. `contested` are the statements that sources report differently. `since` is the meeting before
    the day; the statements in `changed` hold positions that were taken after it. `flipped`: the parties go down and the
    issues across.
    """

    parties: Slugs
    rows: list[TableRow]
    total: int
    silences: dict[str, dict[str, Silence]]
    waiting: dict[str, dict[str, AskOnTheDay]]
    contested: list[Contest]
    since: Tick | None
    changed: Slugs
    flipped: bool
    proofs: Proofs


def table(request: Request) -> PositionsPage:
    """The positions of the parties, side by side."""
    views = request.views
    asks = views.asks()
    found = positions.table(views, waiting=asks)
    rows = request.part("everything", found.rows, FOLD)
    held = [cell.statement.slug for row in rows for cell in row.cells]
    said = {(row.issue.slug, cell.party): cell.statement.slug for row in rows for cell in row.cells}
    waiting: dict[str, dict[str, AskOnTheDay]] = {}
    for one in asks:
        of_issue = waiting.setdefault(one.ask.issue, {})
        of_issue.setdefault(one.ask.asker, one)  # the one that has waited longest
        if said.get((one.ask.issue, one.ask.asker)) in (one.ask.first_statement, one.ask.last_statement):
            of_issue[one.ask.asker] = one  # the request in the words of the cell
    since = request.compared_with()
    return PositionsPage(
        parties=found.parties,
        rows=rows,
        total=len(found.rows),
        silences=_silences(views, rows, found.parties),
        waiting=waiting,
        contested=[one for one in views.contested() if one.kind == "statement"],
        since=since,
        changed=_changed(views.at(since.day), rows) if since else (),
        flipped=_flipped(request, len(rows), len(found.parties)),
        proofs=evidence.proofs(views, held),
    )


def _flipped(request: Request, issues: int, parties: int) -> bool:
    """Whether the issues go across: as the address says, or else if the issues fit and the parties would not."""
    across = request.query.get("across", "")
    return across == "issues" if across else issues <= ACROSS < parties


def _silences(views: Views, rows: list[TableRow], parties: Slugs) -> dict[str, dict[str, Silence]]:
    """The cells without a position, by issue and party."""
    silent = {row.issue.slug: [party for party in parties if party not in row.by_party] for row in rows}
    on: dict[str, list[AskOnTheDay]] = {}
    for one in views.asks(everything=True) if any(silent.values()) else ():
        on.setdefault(one.ask.issue, []).append(one)
    return {issue: {party: _silence(party, on.get(issue, [])) for party in of} for issue, of in silent.items()}


def _silence(party: str, asks: list[AskOnTheDay]) -> Silence:
    asked = [one for one in asks if one.ask.asker != party and (party in one.ask.to or not one.ask.to)]
    waits = [one for one in asked if party in awaited(one.ask) or (not one.ask.to and one.ask.waiting_since)]
    if waits:
        longest = max(waits, key=lambda one: one.days_waiting or 0)
        return Silence("considering" if party in considering(longest.ask) else "no answer", longest)
    if not asked:
        return Silence("never asked", None)
    last = max(asked, key=lambda one: one.ask.last_asked)
    replied = (dict(zip(one.ask.to, one.ask.answers, strict=True)).get(party, "") for one in (last, *asked))
    reply = next((ACTS[act].verb for act in replied if act in ACTS), "")
    return Silence("replied", last, reply) if reply else Silence("not reported", last)


def _changed(before: Views, rows: list[TableRow]) -> Slugs:
    """The statements that hold positions now and did not at the meeting before."""
    held = {one.slug: (*one.positions,) for one in before.issues()}
    return tuple(
        cell.statement.slug
        for row in rows
        for cell in row.cells
        if cell.statement.slug not in held.get(row.issue.slug, ())
    )
