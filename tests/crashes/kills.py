"""Kills many victims of every kind of work and prints what was found of them, as a table: `make crashes`."""

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.crashes.harness import WORKS, Before, Found, aftermath, kill_one, new_ledger

BURST = 4  # kills on one ledger before anybody looks


class Tally:
    """What came of the kills of one kind of work."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.kills = self.at_work = 0
        self.found: list[Found] = []

    def burst(self, folder: Path, chance: random.Random, kills: int) -> None:
        """Kill several on one ledger, one after the other, and only then look."""
        ledger = new_ledger(folder)
        before = Before.of(ledger.path)
        told = [kill_one(self.kind, ledger, chance) for _ in range(kills)]
        self.kills += kills
        self.at_work += sum(lines.at_work for lines in told)
        self.found.append(aftermath(ledger, before, told))

    @property
    def faults(self) -> list[str]:
        told = [text for one in self.found for text in (*one.missing, *one.half)]
        told += ["the log is damaged" for one in self.found if not one.intact]
        return told + ["the views differ from a rebuild" for one in self.found if not one.views_equal]

    def row(self) -> tuple[str, ...]:
        missing, half = (sum(len(getattr(one, what)) for one in self.found) for what in ("missing", "half"))
        acknowledged = sum(one.acknowledged for one in self.found)
        numbers = (
            self.kills,
            self.at_work,
            acknowledged,
            acknowledged - missing,
            sum(one.more for one in self.found),
            half,
        )
        looked = len(self.found)
        intact, equal = (sum(getattr(one, what) for one in self.found) for what in ("intact", "views_equal"))
        return (self.kind, *map(str, numbers), f"{intact} of {looked}", f"{equal} of {looked}")


HEAD = ("work", "kills", "in the middle", "acknowledged", "found", "stored unsaid", "half", "log intact", "views equal")


def main(arguments: Sequence[str]) -> int:
    """`KILLS [SEED]`."""
    kills, seed = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1
    chance = random.Random(seed)
    tallies = [Tally(kind) for kind in WORKS]
    began = time.monotonic()
    while (left := kills - sum(tally.kills for tally in tallies)) > 0:
        tally = min(tallies, key=lambda one: one.kills)
        with tempfile.TemporaryDirectory(prefix="parley-") as folder:
            tally.burst(Path(folder), chance, min(BURST, left))
        for fault in tally.faults:
            print(f"{tally.kind}: {fault}", file=sys.stderr)
    rows = [HEAD, *(tally.row() for tally in tallies)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"{kills} kills with SIGKILL, seed {seed}, in {time.monotonic() - began:.0f} s; {BURST} before anybody looks")
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        print(row[0].ljust(widths[0]), *cells[1:], sep="  ")
    at_work = sum(tally.at_work for tally in tallies)
    print(
        f"{at_work / kills:.0%} of the kills hit a piece of work begun and not acknowledged; none had ended its work."
    )
    return int(any(tally.faults for tally in tallies))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
