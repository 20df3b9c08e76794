"""Folds the negotiations of a large log in several processes, depending on the number of cores.

A worker reads negotiations from its standard input, one per line, and writes the rows of each to its output, as a
length and a frame of MessagePack. It only reads the log. If a worker fails, is killed or cannot be started, the parent
process folds the negotiation itself, so an unreadable event is refused in the same words. A worker ends when its input
ends, so it does not outlive its parent, however that process ended.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

import msgspec

from ledger.base.collector import uncollected
from ledger.base.files import inode
from ledger.log.log import Log
from ledger.projections.negotiation import Part, fold_negotiation

LEAST = 10_000  # events: with fewer, starting the workers costs about as much as they save
MOST = 3  # workers: one process cannot store rows as fast as more workers fold them
LENGTH = 8  # bytes
# A worker has the import path of this process, without the current folder or paths from the environment.
COMMAND = "import sys; sys.path[:] = sys.argv[4:]; from ledger.projections.workers import work; work(*sys.argv[1:4])"
_decode = msgspec.msgpack.Decoder(Part).decode
_frames = msgspec.msgpack.Decoder(list[bytes]).decode


@contextmanager
def folding(log: Log, negotiations: Sequence[str], upto: int) -> Iterator[Iterator[Part]]:
    """The parts of each negotiation up to a position, in order; the workers start immediately."""
    count = wanted(len(negotiations), upto) if log.store.is_in_place() else 0
    if not count:
        yield (part for negotiation in negotiations for part in fold_negotiation(log, negotiation, upto))
        return
    with ThreadPoolExecutor(count) as executor, ExitStack() as started:
        idle: SimpleQueue[_Worker] = SimpleQueue()
        for _ in range(count):
            worker = _Worker(log.path, upto)
            started.callback(worker.end)
            idle.put(worker)
        frames = (executor.submit(_folded, idle, negotiation) for negotiation in negotiations)
        asked = deque(islice(frames, 2 * count))  # folded ahead; the limit bounds the memory

        def parts() -> Iterator[Part]:
            for negotiation in negotiations:
                frame = asked.popleft().result()
                asked.extend(islice(frames, 1))
                yield from map(_decode, _frames(frame)) if frame else fold_negotiation(log, negotiation, upto)

        yield parts()


def _folded(idle: "SimpleQueue[_Worker]", negotiation: str) -> bytes:
    """The frame of a negotiation, from the first idle worker."""
    worker = idle.get()
    try:
        return worker.fold(negotiation)
    finally:
        idle.put(worker)


def wanted(negotiations: int, events: int) -> int:
    """The number of workers worth starting; 0 if this process should fold everything itself."""
    if events < LEAST or not sys.executable or getattr(sys, "frozen", False):  # frozen: no interpreter
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = min(cores, negotiations, MOST)
    return count if count > 1 else 0


class _Worker:
    """A process that folds negotiations, one at a time."""

    def __init__(self, path: Path, upto: int) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            told = [str(path), _of(path), str(upto), *map(str, sys.path)]
            self._process = subprocess.Popen(  # noqa: S603 (Python itself)
                [sys.executable, "-I", "-c", COMMAND, *told],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # a keyboard interrupt is for the parent only
            )

    def fold(self, negotiation: str) -> bytes:
        """The frame of a negotiation; empty if the worker fails."""
        if self._process is None:
            return b""
        told, said = self._process.stdin, self._process.stdout
        assert told is not None and said is not None
        with suppress(OSError, OverflowError, MemoryError):  # the last two: the answer is not a worker's
            told.write(f"{negotiation}\n".encode())
            told.flush()
            length = int.from_bytes(said.read(LENGTH))
            frame = said.read(length)
            if len(frame) == length:
                return frame
        return b""

    def end(self) -> None:
        """End the process and close its pipes."""
        if self._process is None:
            return
        self._process.kill()
        with suppress(OSError), self._process:
            pass


def work(path: str, file: str, upto: str) -> None:
    """Run as a worker until the input ends; any error ends the worker."""
    log = Log(Path(path))
    if _of(log.path) != file:  # another file has replaced it
        return
    encode = msgspec.msgpack.Encoder().encode
    with uncollected():
        for line in sys.stdin.buffer:
            frame = encode([encode(part) for part in fold_negotiation(log, line.decode().strip(), int(upto))])
            sys.stdout.buffer.write(len(frame).to_bytes(LENGTH))
            sys.stdout.buffer.write(frame)
            sys.stdout.buffer.flush()


def _of(path: Path) -> str:
    """The identity of the file at a path, as text."""
    return "{}:{}".format(*inode(path))
