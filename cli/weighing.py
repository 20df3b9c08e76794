"""The questions of a careful reader: what the record lacks, and how the sides' accounts of a meeting differ."""

from typing import Annotated, Any

import typer

from cli import render
from cli.options import SlugArgument, question
from ledger.base.text import counted
from ledger.dates import When
from ledger.queries import compare as comparing
from ledger.queries import gaps as lacking
from ledger.views.views import Views

app = typer.Typer()

MOST = 12  # lines under a heading of the page; `--kind` gives them all


@question(app, "gaps")
def gaps(
    views: Views,
    months: Annotated[
        int, typer.Option("--months", min=1, max=1200, help="From how many months on an issue counts as quiet.")
    ] = lacking.MONTHS,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Only gaps of this kind, all of them.")] = "",
) -> Any:
    """What the record lacks: one side's word only, no answer, no owner, no date, silence, no text.

    parley gaps --as-of 2025-11-30 --months 3
    """
    answer = lacking.gaps(views, months, kind)

    def draw() -> None:
        render.title(f"{views.title()}: what the record lacks")
        render.out(f"as of {When(views.day).describe()}")
        if not answer:
            render.out("Nothing.")
        for name, heading in lacking.KINDS.items():
            found = [one for one in answer if one.kind == name]
            if found:
                since = f" for {counted(months, 'month')}" if name == "quiet" else ""
                render.heading(f"{heading}{since} ({len(found)})")
                shown = found if kind or len(found) <= MOST + 1 else found[:MOST]
                render.block([(one.says, one.slug) for one in shown], 0)
                if len(shown) < len(found):
                    render.out(f"  and {len(found) - len(shown)} more: parley gaps --kind {name}")

    return answer, draw, answer


@question(app, "compare")
def compare(views: Views, meeting: SlugArgument) -> Any:
    """The sides' accounts of one meeting: what all of them tell, and what one alone does.

    parley compare round-5
    """
    answer = comparing.compare(views, meeting)
    return answer, lambda: _draw(views, answer), answer.told


def _draw(views: Views, found: comparing.Comparison) -> None:
    render.title(found.label)
    render.out(f"meeting {found.meeting}, as of {When(views.day).describe()}")
    accounts = [
        (_name(views, one.side), render.witnesses(one.independent, len(one.sources)), ", ".join(one.sources))
        for one in found.accounts
    ]
    accounts += [(views.name_of(party), "no account of record", "") for party in found.missing]
    if accounts:
        render.heading("Accounts")
        render.block(accounts, 2)
    for told_by in dict.fromkeys(one.told_by for one in found.told):
        rows = [one for one in found.told if one.told_by == told_by]
        party = told_by.removeprefix("only ")
        title = {
            comparing.EVERY: "Every side tells",
            comparing.SOME: "Some sides tell",
            comparing.OTHERS: "Only others tell",
        }.get(told_by, f"Of the sides only {views.name_of(party)} tells")
        render.heading(f"{title} ({len(rows)})")
        render.block([(one.kind, one.says, _also(told_by, one.sides), one.slug) for one in rows], 1)
    if not found.told:
        render.out()
        render.out("Nothing that was said or agreed there is of record.")


def _also(told_by: str, sides: tuple[str, ...]) -> str:
    """That others tell of it too, where the heading does not say so; of some sides, which."""
    if told_by == comparing.SOME:
        return ", ".join(side or "others" for side in sides)
    return "others too" if "" in sides and told_by != comparing.OTHERS else ""


def _name(views: Views, side: str) -> str:
    return views.name_of(side) if side else "others"
