"""Checking the record: the problems as an answer like any other, and exit code 1 when there are any."""

from typing import Any

import typer

from cli import render
from cli.options import question
from cli.render import Column
from ledger import Ledger
from ledger.base.text import counted
from ledger.queries.check import Checked

app = typer.Typer()


@question(app, "check", of=Ledger.check)
def check(checked: Checked) -> Any:
    """What is wrong with the record: assertions that no longer hold, and what does not fit together.

    Exit code 1 when there is a problem. Without --as-of, all that is of record is checked, and every assertion as of
    its own day; with it, only what had happened by then, and what is asserted of a day by then.

    parley check
    """
    columns = [
        Column("Problem", lambda one: one.kind),
        Column("#", lambda one: str(one.position)),
        Column("What", lambda one: one.says, wide=True),
        Column("Slug", lambda one: one.slug),
    ]
    return checked, lambda: render.table(checked.problems, columns, _all_well(checked)), checked.problems


def _all_well(checked: Checked) -> str:
    """What was looked at, when nothing is wrong."""
    unverified = f" ({checked.unverified} unverified: the text is not at hand)" if checked.unverified else ""
    quotes = counted(checked.quotes + checked.unverified, "quote")
    looked = f"{counted(checked.assertions, 'assertion')}, {counted(checked.events, 'event')}, {quotes}{unverified}"
    return f"No problem found in {looked}."
