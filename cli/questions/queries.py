"""The commands for questions that are more than a list: search, promises, gaps, compare, check.

Each command imports only its own query.
"""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.terminal import render, screen
from cli.terminal.options import FullOption, MembersOption, SlugArgument, voices
from cli.terminal.question import question
from cli.terminal.render import Column, Listing
from ledger import AskableRecord
from ledger.base.names import known_word
from ledger.base.text import counted, listed
from ledger.dates import When, due_in_words
from ledger.domain.kinds import KINDS
from ledger.views.status import also_ended, ends_in
from ledger.views.views import Views

if TYPE_CHECKING:
    from ledger.queries.check import Checked
    from ledger.queries.compare import Comparison
    from ledger.queries.promises import Promise

app = typer.Typer()


@question(app, "search", everywhere=True)
def search_command(
    views: Views,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="The words to find; an entry must contain all of them.")
    ],
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Only entries of this kind.")] = "",
    most: Annotated[int, typer.Option("--most", min=0, metavar="N", help="Only the N best; by default all.")] = 0,
) -> Any:
    """Search statements, titles, names and quotes.

    The best matches come first, with the words found in [brackets]. Case and diacritics do not matter. `export*`
    finds every word that begins with `export`; words in quotation marks are a phrase.

    parley search "market economy" dien

    parley search "export control*" --kind statement
    """
    from ledger.queries.search import Found, marked, search, terms

    if kind:
        known_word("kind of entry", kind, KINDS)
    # The shell removes quotation marks: an argument with a space was quoted.
    typed = " ".join(f'"{word}"' if " " in word.strip() and '"' not in word else word for word in words)
    found = search(views, typed, kind)
    answer = found[:most] if most else found
    wanted = terms(typed)
    columns = [
        Column("Date", lambda one: one.on.brief()),
        Column("Kind", lambda one: one.kind),
        Column("In", lambda one: one.where),
        Column("Passage", lambda one: marked(one.passage, wanted), wide=True),
        Column("Slug", lambda one: one.slug),
    ]
    return (
        answer,
        Listing(answer, columns, "No matches in the record up to that date.", len(found) - len(answer)),
        Found,
    )


@question(app, "promises")
def promises_command(
    views: Views,
    by: Annotated[str, typer.Option("--by", metavar="VOICE", help="Only promises by this party or person.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="VOICE", help="Only promises to this party or person.")] = "",
    members: MembersOption = False,
    only_open: Annotated[bool, typer.Option("--open", help="Only open promises.")] = False,
) -> Any:
    """List who promised what to whom, and who says that it was done.

    Follow-ups with an owner are listed too.

    parley promises --by us
    """
    from ledger.queries.promises import Promise, promises

    promisers, others = (voices(views, one, members=members) for one in (by, to))
    answer = promises(views, by=promisers, to=others, only_open=only_open)
    columns = [
        Column("Since", lambda one: one.since.brief()),
        Column("Who", partial(_promiser, views)),
        Column("What", partial(_promise, views), wide=True),
        Column("Outcome", lambda one: one.outcome + ("" if one.kind == "promised" else views.denials(one.slug))),
        Column("Slug", lambda one: one.slug),
    ]
    return answer, Listing(answer, columns, "No promise is on record by then."), Promise


def _promiser(views: Views, one: "Promise") -> str:
    """`Viet Nam → United States`, `Viet Nam, as agreed`, `Viet Nam, not said to whom`."""
    who = views.speakers(one.by, one.reported_by, one.slug if one.kind == "promised" else "")
    if one.kind == "agreed":
        return f"{who}, as agreed"
    to = views.names_of(one.to)
    return f"{who} → {to}" if to else f"{who}, not said to whom"


def _promise(views: Views, one: "Promise") -> str:
    from ledger.queries.promises import ONE

    due = f" – {due_in_words(one.due)}" if one.due else ""
    if one.reaffirmed:
        due += f"; reaffirmed {one.reaffirmed_on.clause()} ({one.reaffirmed[-1]})"
    if not one.word:
        return f"{one.says.rstrip('.')}{due}" if due else one.says
    denied = f", denied by {', '.join(one.ended_by)}" if one.status == "disputed" else ""
    where = f" ({one.ended_in})" if one.ended_in else ""
    told_by = views.told_by(one.end_reported_by)
    # A follow-up has the day that the account gives, a statement the day of the account itself.
    ended = f"{',' if one.ended_in else f': {one.status}'} {one.ended_on.brief()}" if one.ended_on else ""
    by = f"According to {views.names_of(one.ended_by)}" if one.word == ONE else f"By {one.word} account"
    others = also_ended(ends_in(one.other_ends), views.in_sentence)
    return f"{one.says.rstrip('.')}{due}. {by}{denied}{ended}{told_by}{where}{others}."


@question(app, "gaps")
def gaps_command(
    views: Views,
    months: Annotated[
        int | None,
        typer.Option("--months", min=1, max=1200, help="The number of months without change; by default 6."),
    ] = None,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Only gaps of this kind, all of them.")] = "",
    full: FullOption = False,
) -> Any:
    """List the gaps in the record.

    A gap is, for example, a missing answer, owner, date or source text, or an account that only one side gave. A list
    that is longer than a screen is shown in short: some gaps of each kind, cut to a line.

    parley gaps --as-of 2025-11-30 --months 3
    """
    from ledger.queries.gaps import MONTHS, Gap, gaps

    months = months or MONTHS
    answer = gaps(views, months, kind)
    parts = [
        (_heading(name, months), [(one.says, one.slug) for one in of_kind])
        for name, of_kind in groupby(answer, key=lambda one: one.kind)
    ]

    def draw() -> None:
        render.title(f"{views.title()}: what the record lacks")
        render.out(f"as of {When(views.day).describe()}")
        if not answer:
            render.out(f"No gap{' of this kind' if kind else ''} was found in the record.")
        elif full or kind or screen.holds([(rows, 0) for _, rows in parts], used=2 + 2 * len(parts)):
            for heading, rows in parts:
                render.heading(f"{heading} ({len(rows)})")
                render.block(rows, 0)
        else:
            short = [screen.Group(heading, [screen.Row(*row) for row in rows]) for heading, rows in parts]
            screen.show(short, "--full, or --kind KIND for one kind", used=3)

    return answer, draw, Gap


def _heading(kind: str, months: int) -> str:
    from ledger.queries.gaps import KINDS

    if kind in ("bracketed", "unworded"):
        return f"{KINDS[kind]} ({counted(months, 'month')} or more)"
    return f"{KINDS[kind]} for {counted(months, 'month')}" if kind == "quiet" else KINDS[kind]


@question(app, "compare")
def compare_command(views: Views, meeting: SlugArgument) -> Any:
    """Compare the sides' accounts of one meeting: what all of them report, and what only one reports.

    parley compare round-5
    """
    from ledger.queries.compare import ComparedItem, compare

    answer = compare(views, meeting)
    return answer, lambda: _draw_comparison(views, answer), ComparedItem, answer.told


def _draw_comparison(views: Views, found: "Comparison") -> None:
    from ledger.queries.compare import EVERY, ONLY, OTHERS, SOME

    render.title(found.label)
    render.out(f"meeting {found.meeting}, as of {When(views.day).describe()}")
    accounts = [
        (_side(views, one.side), render.witnesses(one.independent, len(one.sources)), ", ".join(one.sources))
        for one in found.accounts
    ]
    accounts += [(views.name_of(party), "no account on record", "") for party in found.missing]
    if found.ahead:
        render.out(f"{found.ahead}; no report says that it was held")
    if accounts:
        render.heading("Reports of it so far" if found.ahead else "Accounts")
        render.block(accounts, 2)
    headings = {EVERY: "Reported by every side", SOME: "Reported by some sides", OTHERS: "Reported only by others"}
    for accounts, of_heading in groupby(found.told, key=lambda one: one.accounts):
        rows = list(of_heading)
        side = views.in_sentence(accounts[len(ONLY) + 1 :])
        heading = headings.get(accounts) or f"Of the sides, reported only by {side}"
        render.heading(f"{heading} ({len(rows)})")
        render.block([(one.kind, one.says, _also(accounts, one.sides), one.slug) for one in rows], 1)
    if not found.told:
        render.out()
        render.out("No statement or follow-up of this meeting is on record.")


def _also(accounts: str, sides: Sequence[str]) -> str:
    """The other sides that report an item, if the heading does not name them."""
    from ledger.queries.compare import OTHERS, SOME

    if accounts == SOME:
        return listed(side or "others" for side in sides)
    return "others too" if "" in sides and accounts != OTHERS else ""


def _side(views: Views, side: str) -> str:
    return views.name_of(side) if side else "others"


@question(app, "check", of=AskableRecord.check)
def check(checked: "Checked") -> Any:
    """Check the record: whether the assertions hold and the entries fit together.

    The exit code is 1 if there is a problem. Without --as-of, the whole record is checked, and each assertion as of
    its own day. With --as-of, only the events up to that day are checked, and the assertions about days up to it.

    parley check
    """
    from ledger.queries.check import Finding

    columns = [
        Column("Problem", lambda one: one.kind),
        Column("#", lambda one: str(one.position)),
        Column("What", lambda one: one.says, wide=True),
        Column("Slug", lambda one: one.slug),
    ]
    return checked, Listing(checked.problems, columns, _all_well(checked)), Finding, checked.problems


def _all_well(checked: "Checked") -> str:
    """The sentence for a record without problems."""
    unverified = f" ({checked.unverified} unverified: the text is not at hand)" if checked.unverified else ""
    quotes = counted(checked.quotes + checked.unverified, "quote")
    items = f"{counted(checked.assertions, 'assertion')}, {counted(checked.events, 'event')}, {quotes}{unverified}"
    return f"No problem found in {items}."
