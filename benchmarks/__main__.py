"""`python -m benchmarks [ROW…] [--sizes 1k,10k] [--quick]` measures; `--write` writes docs/performance.md."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import (
    appending,
    asking,
    differing,
    importing,
    living,
    positions,
    processes,
    rebuilding,
    report,
    serving,
)
from benchmarks.ledgers import HOME, SIZES, TRIAL
from benchmarks.measuring import Result, Row

ROWS: tuple[Row, ...] = (
    appending.APPEND,
    importing.ROW,
    rebuilding.ROW,
    asking.AS_OF,
    asking.OTHER_CLOCKS,
    positions.ROW,
    appending.GROWTH,
    processes.QUESTION,
    processes.APPEND,
    differing.ROW,
    serving.ROW,
    living.TOUR,
    living.DAYS,
    living.READING,
    living.MEMORY,
)
RESULTS = HOME / "results.json"
PAGE = Path("docs/performance.md")


def main() -> int:
    """Measure the requested rows at the requested sizes and store the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"any of {', '.join(row.name for row in ROWS)}")
    parser.add_argument("--sizes", default=",".join(SIZES), help="by default %(default)s")
    parser.add_argument("--quick", action="store_true", help="fewer turns")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE} from the stored results")
    given = parser.parse_args()
    sizes = given.sizes.split(",")
    rows = [row for row in ROWS if row.name in given.rows or not given.rows]
    if unknown := [name for name in given.rows if name not in {row.name for row in ROWS}] + [
        *({*sizes} - {*SIZES, *TRIAL})
    ]:
        parser.error(f"unknown row or size: {', '.join(unknown)}")
    HOME.mkdir(parents=True, exist_ok=True)
    if given.write:
        PAGE.write_text(report.page(ROWS, _kept()), "utf-8")
        return 0
    for size in sizes:
        for row in rows:
            if row.only and row.only != size and not given.rows:
                continue
            result = row.measure(size, given.quick)
            _keep(result)
            print("\n".join(report.lines(row, result)), flush=True)
    return 0


def _kept() -> list[Result]:
    if not RESULTS.exists():
        return []
    return [Result(**found) for found in json.loads(RESULTS.read_text("utf-8"))["results"]]


def _keep(result: Result) -> None:
    """Store a result; it replaces an earlier result of the same row and size."""
    others = [one for one in _kept() if (one.row, one.size) != (result.row, result.size)]
    kept = {"machine": report.machine(), "results": [asdict(one) for one in [*others, result]]}
    RESULTS.write_text(json.dumps(kept, indent=1), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
