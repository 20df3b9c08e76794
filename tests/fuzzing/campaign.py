"""A campaign: a number of cases for each target, judged one by one, and a table of the results.

A case is made from the seed, the target's name and its number alone, so any one can be tried again by itself.
"""

import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from ledger import Refusal
from ledger.errors import MOST_SHOWN, ProblemsFound
from tests.fuzzing.bench import Bench, Hang, watchdog
from tests.fuzzing.targets import Target

SLOWEST = 1.0  # seconds of processor time
LONGEST_SENTENCE = 6_000  # characters: a long detail written in escapes; more is no clear refusal


class Verdict(NamedTuple):
    """What came of a case; `fault` is "" when it ended as it must."""

    accepted: bool
    seconds: float
    fault: str


@dataclass
class Result:
    """What came of the cases of one target."""

    target: str
    cases: int = 0
    accepted: int = 0
    refused: int = 0
    slowest: float = 0.0
    failures: list[int] = field(default_factory=list)


def case_of(target: Target, seed: int, number: int) -> Any:
    return target.make(Random(f"{seed}/{target.name}/{number}"))


def judge(bench: Bench, target: Target, case: Any) -> Verdict:
    """Try a case; one that was too slow is measured twice more before that counts."""
    verdict = _tried(bench, target, case)
    for _ in range(2):
        if verdict.fault or verdict.seconds <= SLOWEST:
            return verdict
        verdict = min(verdict, _tried(bench, target, case), key=lambda one: one.seconds)
    if verdict.seconds > SLOWEST and not verdict.fault:
        return verdict._replace(fault=f"It took {verdict.seconds:.2f} seconds of processor time.")
    return verdict


def _tried(bench: Bench, target: Target, case: Any) -> Verdict:
    accepted, fault = False, ""
    started = time.process_time()
    try:
        with watchdog():
            accepted = target.trial(bench, case)
    except Refusal as refusal:
        fault = _unclear(refusal)
    except (Exception, Hang):
        fault = traceback.format_exc()
    seconds = time.process_time() - started
    if bench.changed():
        if not accepted:
            fault = fault or "It was refused, and something was written."
        bench.reset()
    else:
        bench.clear()
    return Verdict(accepted, seconds, fault)


def _unclear(refusal: Refusal) -> str:
    """Why the refusal is no clear sentence, one for each problem; "" when it is."""
    problems = refusal.problems[:MOST_SHOWN] if isinstance(refusal, ProblemsFound) else [("", refusal)]
    sentences = [one.sentence() for _, one in problems]
    if not sentences or not all(sentences):
        return "It was refused without a word."
    if long := next((one for one in sentences if len(one) > LONGEST_SENTENCE), ""):
        return f"It was refused with {len(long)} characters: {long[:200]}"
    return ""


def campaign(
    bench: Bench,
    targets: Iterable[tuple[Target, int]],
    seed: int,
    failures: Path,
    progress: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Try the cases; each that fails is written to the folder of failures, with the command that tries it again."""
    results = []
    for target, cases in targets:
        result = Result(target.name)
        results.append(result)
        for number in range(cases):
            case = case_of(target, seed, number)
            verdict = judge(bench, target, case)
            result.cases += 1
            result.accepted += verdict.accepted
            result.refused += not verdict.accepted
            result.slowest = max(result.slowest, verdict.seconds)
            if verdict.fault:
                result.failures.append(number)
                _keep(failures, target, seed, number, case, verdict)
            progress(result)
    return results


def again(target: str, seed: int, number: int) -> str:
    """The command that tries one case again."""
    return f"python -m tests.fuzzing --target {target} --seed {seed} --case {number}"


def _keep(folder: Path, target: Target, seed: int, number: int, case: Any, verdict: Verdict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    content = f"{again(target.name, seed, number)}\n\n{verdict.fault}\n\n{case!r}\n"
    (folder / f"{target.name}-{seed}-{number}.txt").write_text(content, "utf-8", "backslashreplace")


def table(results: Iterable[Result]) -> str:
    """The results as aligned lines, with their sum."""
    results = list(results)
    rows = [("target", "cases", "accepted", "refused", "slowest case (ms)", "failures")]
    rows += [
        (one.target, *map(str, (one.cases, one.accepted, one.refused, round(one.slowest * 1000), len(one.failures))))
        for one in results
    ]
    sums = [sum(int(row[column]) for row in rows[1:]) for column in (1, 2, 3)]
    slowest = max((round(one.slowest * 1000) for one in results), default=0)
    rows.append(("all", *map(str, sums), str(slowest), str(sum(len(one.failures) for one in results))))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        row[0].ljust(widths[0])
        + "".join(f"  {cell.rjust(width)}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    )
