"""Two rows of whole processes: a question and an append, next to a Typer hello-world, hledger and sqlite-utils."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from benchmarks import ledgers, ministry, peers, statements
from benchmarks.asking import journal_of
from benchmarks.measuring import PARLEY, Result, Row, Target, in_turn

DAY = "2020-06-01"
HELLO = "Typer hello-world"
HLEDGER = "hledger"
SQLITE_UTILS = "sqlite-utils"
RUN = [
    sys.executable,
    "-c",
    "import sys; from cli.script import main; sys.exit(main())",
]  # what the `parley` script does
HELLO_WORLD = """
import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def hello(name: str) -> None:
    print(f"Hello {name}")


app()
"""


def measure_question(size: str, quick: bool) -> Result:
    """`parley next-round`, and a similar command of each peer."""
    ledger = ledgers.ledger_of(size).path
    database = peers.sqlite_of(size)
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        journal = journal_of(min(ledgers.events_of(size), ministry.EVENTS), Path(folder))
        asked = ["next-round", "--ledger", str(ledger), "--negotiation", statements.NEGOTIATION, "--as-of", DAY]
        found = "SELECT * FROM events WHERE stream LIKE 'talks-000/meeting/%' ORDER BY position DESC LIMIT 1"
        subjects = {
            PARLEY: _run(RUN + asked),
            HELLO: hello_world(Path(folder)),
            HLEDGER: _run(["hledger", "-f", journal, "bal", "-e", DAY]),
            SQLITE_UTILS: _run([sys.executable, "-m", "sqlite_utils", database, found]),
        }
        return _measured("question-process", size, subjects, 15 if quick else 40)


def measure_append(size: str, quick: bool) -> Result:
    """`parley append statement`, and a similar command of each peer."""
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        ledger = ledgers.copy_of(size, Path(folder), views=False).path
        database = shutil.copyfile(peers.sqlite_of(size), Path(folder) / "sqlite3.db")
        journal = journal_of(min(ledgers.events_of(size), ministry.EVENTS), Path(folder))
        subjects = {
            PARLEY: _parley_append(ledger, size),
            HELLO: hello_world(Path(folder)),
            HLEDGER: _hledger_add(journal),
            SQLITE_UTILS: _sqlite_utils_insert(database, size),
        }
        return _measured("append-process", size, subjects, 15 if quick else 40)


def _measured(row: str, size: str, subjects: dict[str, Callable[[], None]], turns: int) -> Result:
    notes = []
    if not shutil.which("hledger"):
        del subjects[HLEDGER]
        notes.append("hledger is not installed.")
    return Result(row, size, in_turn(subjects, turns, warm=2), notes=notes)


def _run(command: Sequence[str | Path], said: str = "") -> Callable[[], None]:
    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, input=said or None, text=True)

    return run


def hello_world(folder: Path) -> Callable[[], None]:
    """A Typer program that greets, as a whole process."""
    script = folder / "hello.py"
    script.write_text(HELLO_WORLD)
    return _run([sys.executable, script, "world"])


def _parley_append(ledger: Path, size: str) -> Callable[[], None]:
    numbers = count(1)

    def append() -> None:
        number = next(numbers)
        typed = statements.fields(size, number) | {"issues": "issue-1"}
        options = [part for name, value in typed.items() for part in (f"--{name}", value)]
        where = [
            "--ledger",
            str(ledger),
            "--negotiation",
            statements.NEGOTIATION,
            "--source",
            statements.evidence(size)[0],
        ]
        _run([*RUN, "append", "statement", f"typed-{number}", *options, *where])()

    return append


def _hledger_add(journal: Path) -> Callable[[], None]:
    """`hledger add`, which reads each part from standard input."""
    return _run(["hledger", "-f", journal, "add"], "2024-11-04\nasked\nissues:issue-1\n1\nparties:home\n-1\n.\ny\n.\n")


def _sqlite_utils_insert(database: Path, size: str) -> Callable[[], None]:
    numbers = count(1)

    def insert() -> None:
        number = next(numbers)
        row = statements.stored(number, b"")._asdict() | {"state": json.dumps(statements.body(size, number))}
        _run([sys.executable, "-m", "sqlite_utils", "insert", database, "events", "-"], json.dumps(row))()

    return insert


QUESTION = Row(
    "question-process",
    "A question as a whole process (`parley next-round`)",
    measure_question,
    (
        Target("reach at least", "1.5 of hello-world", lambda r: r.times(HELLO), 1.5, at_most=True),
        Target("aim", "1.1 of hello-world", lambda r: r.times(HELLO), 1.1, at_most=True),
    ),
    "process",
)
APPEND = Row(
    "append-process",
    "An append as a whole process (`parley append statement`)",
    measure_append,
    (
        Target("reach at least", "2.5 of hello-world", lambda r: r.times(HELLO), 2.5, at_most=True),
        Target("aim", "1.8 of hello-world", lambda r: r.times(HELLO), 1.8, at_most=True),
    ),
    "process",
)
