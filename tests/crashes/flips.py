"""Flips single bits in a ledger's files, and tells whether any question then answers wrongly without a word.

`python -m tests.crashes.flips views 1500 7` flips 1,500 bits of the views, one at a time, from the seed 7;
`large` does so to views without a checksum, as large ones are; `log` flips bits of the log after the views are deleted.
It prints how many answers were right, refused and wrong.
"""

import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from ledger.base.files import companion, remove
from ledger.log.sqlite.store import SqliteStore
from ledger.views import checksum
from ledger.views.database import path_beside
from tests.cli.console import Console, at

DAY = "--as-of 2025-11-20"
QUESTIONS = (
    *(f"{one} {DAY}" for one in ("state", "asks --answered", "next-round", "statements", "gaps", "sources", "people")),
    *(f"{one} {DAY}" for one in ("follow-ups --closed", "meetings --json")),
    "log",
)
Answers = tuple[tuple[int, str], ...]


def flipped(path: Path, chance: random.Random) -> int:
    """Flip one bit of a file in place, so that its size and its times stay as they were; the number of the bit."""
    found, content = path.stat(), bytearray(path.read_bytes())
    bit = chance.randrange(8 * len(content))
    content[bit // 8] ^= 1 << bit % 8
    with path.open("r+b") as file:
        file.write(content)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    return bit


def worked_example(folder: Path) -> Console:
    """A console in a folder with the worked example of record, and with current views."""
    console = at(folder)
    assert console.line("parley init").code == 0
    assert console.line("parley import seeds/vn-us-trade/*.yaml").code == 0
    answers(console)
    return console


def answers(console: Console) -> Answers:
    """The exit code and the output of each question."""
    found = [console.line(f"parley {question}") for question in QUESTIONS]
    assert not any("Traceback" in one.err for one in found), found
    return tuple((one.code, one.out) for one in found)


def verdict(found: Answers, right: Answers) -> str:
    """What became of the answers after one flip."""
    if any(code == 0 and (code, out) != known for (code, out), known in zip(found, right, strict=True)):
        return "wrong"
    return "right" if found == right else "refused"


def flip_views(console: Console, flips: int, seed: int) -> Counter[str]:
    """Flip bits of the views; the question after a flip, and the next, must be right."""
    views, chance, right = path_beside(console.folder / "ledger.db"), random.Random(seed), answers(console)
    found: Counter[str] = Counter()
    for _ in range(flips):
        bit = flipped(views, chance)
        outcome = verdict(answers(console), right)
        found[outcome] += 1
        if outcome != "right":
            print(f"views, bit {bit}: {outcome}")
        if not checksum.LARGEST:
            remove(views)  # the flipped bit may still be in them
        if outcome != "right" or not checksum.LARGEST:
            assert answers(console) == right, "the views were not rebuilt"
    return found


def flip_log(console: Console, flips: int, seed: int) -> Counter[str]:
    """Flip bits of the log while there are no views; each question is right or refused."""
    path, chance, right = console.folder / "ledger.db", random.Random(seed), answers(console)
    SqliteStore(path).settle()
    whole, noted = path.read_bytes(), companion(path, "acknowledged").read_bytes()
    found: Counter[str] = Counter()
    for _ in range(flips):
        for one in (*path.parent.glob("ledger.db-*"), *path.parent.glob("ledger.views.db*")):
            one.unlink()
        path.write_bytes(whole)
        companion(path, "acknowledged").write_bytes(noted)
        bit = flipped(path, chance)
        outcome = verdict(answers(console), right)
        found[outcome] += 1
        if outcome == "wrong":
            print(f"log, bit {bit}: {outcome}")
    return found


if __name__ == "__main__":
    which, number, first = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if which == "large":
        checksum.LARGEST = 0
    with tempfile.TemporaryDirectory() as scratch:
        print(dict((flip_log if which == "log" else flip_views)(worked_example(Path(scratch)), number, first)))
