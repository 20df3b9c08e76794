"""`parley diff` and `parley brief`: what changed between two moments, and the page before a meeting."""

from contextlib import closing
from itertools import groupby
from typing import Annotated, NamedTuple

import typer

from cli import render
from cli.errors import OneFormat
from cli.options import (
    AsOfOption,
    CsvOption,
    JsonOption,
    KeeperOption,
    LedgerOption,
    NegotiationOption,
    RecordedByOption,
    ReportedByOption,
    clocks,
    complete_slug,
    open_ledger,
    say_undated,
)
from ledger import Clocks, Moment
from ledger.base import now
from ledger.queries import diff as differences
from ledger.queries.diff import Difference
from ledger.views import moments

app = typer.Typer()

HEADINGS = {
    "ask": "Asked and answered",
    "issue": "Issues that moved",
    "follow-up": "Follow-ups",
    "meeting": "Meetings",
    "contested": "Contested",
    "mended": "The record mended",
}
MOMENT = "A day, a meeting, #POSITION, a time, reported:DAY, recorded:DAY, or last-look."


class Line(NamedTuple):
    """A difference as CSV has it: what is told, not every field."""

    kind: str
    slug: str
    part: str
    says: str
    source: str


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=MOMENT, autocompletion=complete_slug)],
    after: Annotated[
        str, typer.Argument(metavar="B", help="The same; by default today.", autocompletion=complete_slug)
    ] = "today",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """What changed between two moments on any clock: sentences with their slugs and sources.

    parley diff 2025-03-31 round-2
    """
    if as_json and as_csv:
        raise OneFormat()
    record = open_ledger(ledger, keeper)
    today = now.today()
    first, second = (moments.read(record, text, today, negotiation) for text in (before, after))
    with (
        closing(record.views(first.clocks, negotiation)) as was,
        closing(record.views(second.clocks, negotiation)) as is_,
    ):
        for views in (was, is_):
            say_undated(views)
        find = differences.between if as_json else differences.told  # what is told, or every field that differs
        found = find(is_, differences.snapshot(was), differences.snapshot(is_))
    if as_json:
        render.as_json(found)
    elif as_csv:
        render.as_csv(Line(one.kind, one.slug, one.part, one.says, one.source) for one in found)
    else:
        _draw(first, second, found)
    if second.clocks == Clocks(today.isoformat()):
        moments.look(record, second.clocks)


@app.command("brief")
def brief(
    since: Annotated[str, typer.Option("--since", metavar="MOMENT", help=f"Tell what changed since. {MOMENT}")] = "",
    meeting: Annotated[
        str, typer.Option("--for", metavar="MEETING", help="The meeting to prepare.", autocompletion=complete_slug)
    ] = "",
    ours: Annotated[str, typer.Option("--us", metavar="PARTY", help="The party that it is written for.")] = "",
    as_of: AsOfOption = "",
    reported_by: ReportedByOption = "",
    recorded_by: RecordedByOption = "",
    ledger: LedgerOption = "",
    negotiation: NegotiationOption = "",
    keeper: KeeperOption = "",
) -> None:
    """The one page before tomorrow's meeting, in Markdown, every line with its source.

    parley brief --as-of 2025-05-22 --since 2025-03-31 --us vn
    """
    from ledger.export.markdown import markdown
    from ledger.queries.brief import ChangesSince
    from ledger.queries.brief import brief as gathered

    record = open_ledger(ledger, keeper)
    with closing(record.views(clocks(as_of, reported_by, recorded_by), negotiation)) as views:
        say_undated(views)
        changed = None
        if since:
            moment = moments.read(record, since, now.today(), negotiation)
            with closing(record.views(moment.clocks, negotiation)) as before:
                found = differences.told(views, differences.snapshot(before), differences.snapshot(views))
            changed = ChangesSince(moment.told, found)
        found_brief = gathered(views, views.find(["party"], ours), meeting, changed)
        render.out(markdown(found_brief).rstrip("\n"))


def _draw(first: Moment, second: Moment, told: list[Difference]) -> None:
    if not told:
        render.out(f"Nothing changed from {first.told} to {second.told}.")
        return
    render.title(f"From {first.told} to {second.told}")
    for kind, of_kind in groupby(told, key=lambda one: one.kind):
        render.heading(HEADINGS[kind])
        for line in render.aligned([(one.says, one.source, one.slug) for one in of_kind], 0, indent="  "):
            render.out(line)
