"""Two rows of questions through the library: as of any day, warm; by the reported or recorded clock, the first time."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random

from benchmarks import ledgers, ministry, peers
from benchmarks.measuring import PARLEY, Result, Row, Target, alone, in_turn, timed
from benchmarks.statements import NEGOTIATION
from ledger import Clocks, Ledger
from ledger.log.store import head
from ledger.views.views import Views

FOLD = "bare eventsourcing, its events folded"
REPLAY = "bare eventsourcing, the whole log replayed"
HLEDGER = "hledger balance (a process)"
QUESTIONS: dict[str, Callable[[Views], object]] = {
    "next round": Views.next_meeting,
    "asks": Views.asks,
    "issues": Views.issues,
    "follow-ups": Views.follow_ups,
}


def days(seed: int) -> Callable[[], str]:
    """A function that draws random days of the ten years; the same seed gives the same days."""
    random = Random(seed)

    def day() -> str:
        return (ministry.FIRST_DAY + timedelta(days=random.randrange(ministry.DAYS))).isoformat()

    return day


def measure_as_of(size: str, quick: bool) -> Result:
    """Ask one of four questions as of a day; the ledger stays open between questions, as that of the peer does."""
    turns = 40 if quick else 200
    ledger = ledgers.ledger_of(size)
    app = peers.LeanApplication(peers.eventsourcing_of(size))
    asked, folded, balanced = days(1), days(1), days(1)
    questions = cycle(QUESTIONS.values())
    subjects = {
        PARLEY: lambda: ask(ledger, Clocks(asked()), next(questions)),
        FOLD: lambda: fold(app, NEGOTIATION, folded()),
    }
    notes = []
    with ledger, tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        if shutil.which("hledger"):
            journal = journal_of(min(ledgers.events_of(size), ministry.EVENTS), Path(folder))
            subjects[HLEDGER] = lambda: balance(journal, balanced())
            turns = min(turns, 60)
        else:
            notes.append("hledger is not installed.")
        result = Result("as-of", size, in_turn(subjects, turns, warm=4), notes=notes)
    app.close()
    result.peaks[PARLEY] = alone(ask_many, size, turns).peak
    return result


def measure_clocks(size: str, quick: bool) -> Result:
    """Ask by the reported or the recorded clock at a moment whose replay is not cached yet."""
    turns = {"1k": 20, "10k": 6 if quick else 20, "100k": 2}.get(size, 1)
    warm = 1 if size in ("1k", "10k") else 0
    app = peers.LeanApplication(peers.eventsourcing_of(size))
    folded, replayed = days(2), days(2)
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        ledger = ledgers.copy_of(size, Path(folder), views=True)
        subjects = {
            PARLEY: _by_another_clock(ledger),
            REPLAY: lambda: [fold(app, negotiation, replayed()) for negotiation in ledgers.negotiations(size)],
            FOLD: lambda: fold(app, NEGOTIATION, folded()),
        }
        result = Result("other-clocks", size, in_turn(subjects, turns, warm))
    app.close()
    result.peaks[PARLEY] = alone(ask_by_other_clocks, size, 1 + warm).peak
    return result


def ask(ledger: Ledger, clocks: Clocks, question: Callable[[Views], object]) -> None:
    """Ask one question about the first negotiation."""
    views = ledger.views(clocks, NEGOTIATION)
    assert question(views) is not None
    views.close()


def ask_many(size: str, turns: int) -> float:
    """The seconds that Parley takes in a separate process, where its memory is measured."""
    ledger, day, questions = ledgers.ledger_of(size), days(1), cycle(QUESTIONS.values())
    with ledger:
        return timed(lambda: ask(ledger, Clocks(day()), next(questions)), turns)


def ask_by_other_clocks(size: str, turns: int) -> float:
    """The seconds that Parley takes in a separate process, where its memory is measured."""
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        once = _by_another_clock(ledgers.copy_of(size, Path(folder), views=True))
        return timed(once, turns)


def _by_another_clock(ledger: Ledger) -> Callable[[], None]:
    """A function that asks by the reported and the recorded clock in turn, at a new moment each time."""
    day, turn = days(2), cycle((True, False))
    positions = iter(range(head(ledger.path)[1] - 1, 0, -7))

    def once() -> None:
        clocks = Clocks(None, day(), None) if next(turn) else Clocks(None, None, next(positions))
        ask(ledger, clocks, Views.asks)

    return once


def fold(app: peers.LeanApplication, negotiation: str, day: str) -> dict[tuple[str, str], tuple[int, str, str]]:
    """By issue and asker as of a day: how often it was asked, when last, and when it was answered."""
    asks: dict[tuple[str, str], tuple[int, str, str]] = {}
    for fact in app.facts(negotiation):
        event = fact.body["event"]
        on = event.get("on", {}).get("edtf", "") if fact.topic.startswith("StatementReported") else ""
        if not on or on > day:
            continue
        for issue in event.get("issues", ()):
            asker = event["by"][0].partition("/")[0]
            times, _, _ = asks.get((issue, asker), (0, "", ""))
            if event["act"] in ("asked", "proposed", "objected"):
                asks[issue, asker] = (times + 1, on, "")
            else:
                asks |= {key: (*known[:2], on) for key, known in asks.items() if key[0] == issue and key[1] != asker}
    return asks


def journal_of(entries: int, folder: Path) -> Path:
    """An hledger journal with this number of entries over the same ten years."""
    random = Random(1)
    path = folder / "bench.journal"
    with path.open("w") as lines:
        for number in range(entries):
            day = ministry.FIRST_DAY + timedelta(days=ministry.DAYS * number // entries)
            issue = random.randrange(40)
            lines.write(f"{day} asked again {number}\n    issues:issue-{issue}  1\n    parties:home\n\n")
    return path


def balance(journal: Path, day: str) -> None:
    """Print the balances before a day."""
    subprocess.run(["hledger", "-f", journal, "bal", "-e", day], check=True, capture_output=True)


AS_OF = Row(
    "as-of",
    "A question as of any day about one negotiation (library call, warm)",
    measure_as_of,
    (
        Target("reach at least", "p95 under 10 ms", lambda r: ms(r.p95()), 10, at_most=True),
        Target("aim", "p95 under 2 ms", lambda r: ms(r.p95()), 2, at_most=True),
    ),
    "question",
)
OTHER_CLOCKS = Row(
    "other-clocks",
    "A question by the reported or recorded clock, the first time",
    measure_clocks,
    (
        Target("reach at least", "3 times as fast as a full replay", lambda r: r.speed(REPLAY), 3),
        Target("aim", "p95 under 100 ms", lambda r: ms(r.p95() or max(r.each(PARLEY))), 100, at_most=True),
    ),
    "question",
)


def ms(seconds: float | None) -> float | None:
    """Milliseconds."""
    return None if seconds is None else seconds * 1_000
