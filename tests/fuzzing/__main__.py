"""`python -m tests.fuzzing --cases 100000 --seed 1`: the long run; with --case, one case again."""

import argparse
import faulthandler
import sys
import time
from pathlib import Path

from tests.fuzzing.bench import bench
from tests.fuzzing.campaign import Result, again, campaign, case_of, judge, table
from tests.fuzzing.targets import TARGETS

FAILURES = Path("build") / "fuzzing"
STUCK = 1_800  # seconds for 500 cases: not even the watchdog got through, also on a busy machine


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="in all; each target has its share of them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this one; may be repeated")
    parser.add_argument("--case", type=int, help="the number of one case, to be tried again by itself")
    chosen = parser.parse_args()
    targets = [TARGETS[name] for name in chosen.target or TARGETS]
    failures = FAILURES.resolve()
    with bench() as made:
        if chosen.case is not None:
            for target in targets:
                case = case_of(target, chosen.seed, chosen.case)
                verdict = judge(made, target, case)
                print(f"{target.name} {chosen.case}: {case!r}"[:5_000])
                print(verdict.fault or f"{'accepted' if verdict.accepted else 'refused'} in {verdict.seconds:.3f} s")
            return bool(verdict.fault)
        whole = sum(target.share for target in targets)
        started = time.monotonic()
        shared = [(target, chosen.cases * target.share // whole) for target in targets]
        results = campaign(made, shared, chosen.seed, failures, _progress)
        faulthandler.cancel_dump_traceback_later()
    print(table(results))
    seconds = time.monotonic() - started
    print(f"seed {chosen.seed}; {seconds:.0f} s; {sum(one.cases for one in results) / seconds:.0f} cases a second")
    for result in results:
        for number in result.failures[:10]:
            print(f"failed: {again(result.target, chosen.seed, number)}")
    return any(result.failures for result in results)


def _progress(result: Result) -> None:
    if result.cases % 500 == 1:
        faulthandler.dump_traceback_later(STUCK, exit=True, file=sys.__stderr__)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{result.target} {result.cases}, {len(result.failures)} failures ")


sys.exit(main())
