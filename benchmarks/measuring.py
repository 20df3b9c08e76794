"""How the benchmarks measure: subjects take turns, ratios are medians over the turns, memory is the peak RSS.

Machines are noisy, so two subjects are compared only within one run, turn by turn.
"""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple

PARLEY = "Parley"
Work = Callable[[], object]


@dataclass
class Result:
    """The result of one row at one size: for each subject, the seconds of each turn.

    A turn processes `units` (events, questions); a slow subject may process fewer. `peaks` are in MB. `notes` tell the
    reader what else matters, for example that a peer is not installed.
    """

    row: str
    size: str
    seconds: dict[str, list[float]]
    units: dict[str, int] = field(default_factory=dict)
    peaks: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def each(self, subject: str) -> list[float]:
        """The seconds per unit in each turn."""
        return [taken / self.units.get(subject, 1) for taken in self.seconds[subject]]

    def median(self, subject: str = PARLEY) -> float | None:
        """The median seconds per unit."""
        return median(self.each(subject)) if self.seconds.get(subject) else None

    def p95(self, subject: str = PARLEY) -> float | None:
        """The 95th percentile of the seconds per unit; None if there are fewer than 20 turns."""
        taken = self.seconds.get(subject, [])
        return quantiles(self.each(subject), n=20)[-1] if len(taken) >= 20 else None

    def speed(self, peer: str, subject: str = PARLEY) -> float | None:
        """How many times as fast as the peer: the median of the turns' ratios."""
        if not self.seconds.get(peer) or not self.seconds.get(subject):
            return None
        return median(slow / fast for slow, fast in zip(self.each(peer), self.each(subject), strict=False))

    def times(self, peer: str, subject: str = PARLEY) -> float | None:
        """How many times as long as the peer it takes."""
        speed = self.speed(peer, subject)
        return 1 / speed if speed else None


class Target(NamedTuple):
    """A target of a row: `value`, computed from a result, must be at least `bound`, or at most if `at_most`."""

    level: str
    words: str
    value: Callable[[Result], float | None]
    bound: float
    at_most: bool = False

    def met(self, result: Result) -> bool | None:
        """Whether the result meets the target; None if it was not measured."""
        value = self.value(result)
        if value is None:
            return None
        return value <= self.bound if self.at_most else value >= self.bound


class Row(NamedTuple):
    """One row of the table: how it is measured at a size, and its targets.

    `only` is the one size at which it is measured if no row is named: another makes no difference, or takes too long.
    """

    name: str
    title: str
    measure: Callable[[str, bool], Result]
    targets: Sequence[Target]
    unit: str
    only: str = ""


def in_turn(subjects: Mapping[str, Work], turns: int, warm: int = 1) -> dict[str, list[float]]:
    """The seconds of each subject's turns, in the order A, B, C, A, B, C; the first `warm` turns are not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in subjects}
    for turn in range(-warm, turns):
        for name, work in subjects.items():
            begun = perf_counter()
            work()
            taken = perf_counter() - begun
            if turn >= 0:
                seconds[name].append(taken)
    return seconds


class Alone(NamedTuple):
    """A subject's run in a separate process: the seconds that it reports, and its peak memory in MB.

    If the subject starts processes, the peak is the sum of their peaks, even if they were not reached at once.
    """

    seconds: float
    peak: float


def alone(work: Callable[..., float], *arguments: str | int) -> Alone:
    """Call a function in a separate process; the function returns its seconds."""
    command = [sys.executable, "-m", "benchmarks.measuring", work.__module__, work.__name__, json.dumps(arguments)]
    started: dict[int, float] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while True:
            try:
                said, _ = process.communicate(timeout=0.05)
                break
            except subprocess.TimeoutExpired:
                started |= peaks_of_children(process.pid)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds, peak = json.loads(said.splitlines()[-1])
    return Alone(seconds, peak + sum(started.values()))


def alone_in_turn(
    subjects: Mapping[str, tuple[Any, ...]], turns: int
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """The seconds and the peak memory of subjects (function, arguments…) that run in separate processes."""
    seconds: dict[str, list[float]] = {name: [] for name in subjects}
    peaks: dict[str, float] = {}
    for _ in range(turns):
        for name, (work, *arguments) in subjects.items():
            done = alone(work, *arguments)
            seconds[name].append(done.seconds)
            peaks[name] = max(done.peak, peaks.get(name, 0.0))
    return seconds, peaks


def timed(work: Work, times: int) -> float:
    """The seconds that it takes to do the work this number of times."""
    begun = perf_counter()
    for _ in range(times):
        work()
    return perf_counter() - begun


def peak() -> float:
    """This process's peak memory in MB, from /proc: `getrusage` would include the parent's."""
    try:
        return _peak("self")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def peaks_of_children(pid: int) -> dict[int, float]:
    """The peak memory so far, in MB, of each process that `pid` started; empty where there is no /proc."""
    found = {}
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError, StopIteration):  # the process may have ended
            for child in map(int, listed.read_text().split()):
                found |= peaks_of_children(child) | {child: _peak(child)}
    return found


def _peak(pid: int | str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1_000


if __name__ == "__main__":
    module, function, given = sys.argv[1:]
    print(json.dumps([getattr(importlib.import_module(module), function)(*json.loads(given)), peak()]))
