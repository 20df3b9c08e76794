"""The row `table`: the parties' positions side by side, and the figures, as of any day, in talks with a bloc of 27."""

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import ledgers, ministry
from benchmarks.asking import ask, days, ms
from benchmarks.measuring import PARLEY, Result, Row, Target, in_turn
from benchmarks.statements import NEGOTIATION
from ledger import Clocks, Ledger
from ledger.queries.figures import figures
from ledger.queries.positions import table
from ledger.views.views import Views

MEMBERS = 27
FIGURES = 400  # statements with a figure
FIGURES_ALONE = "Parley, `figures`"
QUESTIONS: dict[str, Callable[[Views], object]] = {PARLEY: table, FIGURES_ALONE: figures}


def measure(size: str, quick: bool) -> Result:
    """Ask for the table of positions, or for the figures, as of a day."""
    folder = tempfile.TemporaryDirectory(dir=ledgers.HOME)
    with folder as home, with_a_bloc(size, Path(home)) as ledger:  # it stays open between questions
        subjects = {name: _once(ledger, question, seed) for seed, (name, question) in enumerate(QUESTIONS.items(), 6)}
        return Result("table", size, in_turn(subjects, 40 if quick else 200, warm=4))


def _once(ledger: Ledger, question: Callable[[Views], object], seed: int) -> Callable[[], None]:
    day = days(seed)
    return lambda: ask(ledger, Clocks(day()), question)


def with_a_bloc(size: str, folder: Path) -> Ledger:
    """A copy of a ledger in which a bloc and its members also speak, with figures, conditions and links."""
    ledger = ledgers.copy_of(size, folder, views=False)
    path = folder / "bloc.jsonl"
    lines: list[dict[str, Any]] = [{"negotiation": NEGOTIATION}, *_names()]
    source = {"slug": "bloc-paper", "title": "What the bloc said", "published": _day(ministry.DAYS), "kind": "news"}
    lines += [{"negotiation": NEGOTIATION, "source": source}, *_statements(Random(1))]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    ledger.import_files([path])
    ledger.rebuild()
    return ledger


def _names() -> Iterator[dict[str, Any]]:
    yield {"party": "bloc", "name": "The Bloc"}
    yield {"measure": "quota", "title": "Quota", "unit": "tonnes"}
    for number in range(MEMBERS):
        yield {"party": f"member-{number}", "name": f"Member {number}"}
        yield {"role": f"member-{number}", "as": "member", "of": "bloc"}


def _statements(random: Random) -> Iterator[dict[str, Any]]:
    """Offers of the bloc and of single members, over the ten years; some have a condition, and some replace another."""
    for number in range(FIGURES):
        by = "bloc" if number % 4 else f"member-{number // 4 % MEMBERS}"  # the bloc speaks for its members
        yield {
            "statement": f"offer-{number}",
            "by": by,
            "to": "home-000",
            "act": random.choice(("proposed", "conditioned", "accepted-in-part", "stated")),
            "issues": [f"issue-{random.randrange(12)}"],
            "says": "The quota may be larger.",
            "figures": {"quota": f"{random.randrange(1, 40)}00 tonnes"},
            "on": _day(ministry.DAYS * number // FIGURES),
            **({"conditional-on": "issue-1 = if the rules are agreed"} if number % 4 == 0 else {}),
            **({"replaces": [f"offer-{number - 29}"]} if number >= 29 and number % 3 == 0 else {}),
        }


def _day(number: int) -> str:
    return (ministry.FIRST_DAY + timedelta(days=number)).isoformat()


ROW = Row(
    "table",
    "`table` and `figures` as of any day, one negotiation with a bloc of 27 (library call, warm)",
    measure,
    (
        Target("reach at least", "`table`, p95 under 10 ms", lambda r: ms(r.p95()), 10, at_most=True),
        Target("reach at least", "`figures`, p95 under 10 ms", lambda r: ms(r.p95(FIGURES_ALONE)), 10, at_most=True),
    ),
    "question",
    only="10k",
)
