"""The negotiations of a large log folded by several processes, as many as the machine has cores for.

A worker is told negotiations on its standard input, one a line, and puts the rows of each on its output: a length
and a frame of MessagePack. It only reads the log. One that fails, is killed or cannot be started leaves what it was
given to the process that started it, which then folds it itself: so a stored event that cannot be read is refused
in the same words. A worker ends with its input, so with the process that started it, however that one ended.
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

LEAST = 10_000  # events: below that, starting the workers costs about as much as they save
MOST = 3  # workers: what more of them fold, one process does not store
LENGTH = 8  # bytes
# Apart from what the environment tells Python, importing from where this process does, never from the present folder.
COMMAND = "import sys; sys.path[:] = sys.argv[4:]; from ledger.projections.workers import work; work(*sys.argv[1:4])"
_decode = msgspec.msgpack.Decoder(Part).decode
_frames = msgspec.msgpack.Decoder(list[bytes]).decode


@contextmanager
def folding(log: Log, negotiations: Sequence[str], upto: int) -> Iterator[Iterator[Part]]:
    """The rows that each negotiation gives the views up to a position, in their order; the workers begin at once."""
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
        asked = deque(islice(frames, 2 * count))  # a worker folds its next while its last is stored; no more are held

        def parts() -> Iterator[Part]:
            for negotiation in negotiations:
                frame = asked.popleft().result()
                asked.extend(islice(frames, 1))
                yield from map(_decode, _frames(frame)) if frame else fold_negotiation(log, negotiation, upto)

        yield parts()


def _folded(idle: "SimpleQueue[_Worker]", negotiation: str) -> bytes:
    """The frame of a negotiation, by whichever worker is idle first."""
    worker = idle.get()
    try:
        return worker.fold(negotiation)
    finally:
        idle.put(worker)


def wanted(negotiations: int, events: int) -> int:
    """How many workers are worth their start; 0 for none, where one process does it all."""
    if events < LEAST or not sys.executable or getattr(sys, "frozen", False):  # frozen: no interpreter of its own
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
                start_new_session=True,  # an interrupt from the keyboard is for whoever started it
            )

    def fold(self, negotiation: str) -> bytes:
        """The frame of a negotiation, empty where there is none to be had."""
        if self._process is None:
            return b""
        told, said = self._process.stdin, self._process.stdout
        assert told is not None and said is not None
        with suppress(OSError, OverflowError, MemoryError):  # the last two when another program answers
            told.write(f"{negotiation}\n".encode())
            told.flush()
            length = int.from_bytes(said.read(LENGTH))
            frame = said.read(length)
            if len(frame) == length:
                return frame
        return b""

    def end(self) -> None:
        """Leave nothing of it."""
        if self._process is None:
            return
        self._process.kill()
        with suppress(OSError), self._process:
            pass


def work(path: str, file: str, upto: str) -> None:
    """Work as a worker for as long as the input lasts; end at the first error."""
    log = Log(Path(path))
    if _of(log.path) != file:  # another has taken its place since
        return
    encode = msgspec.msgpack.Encoder().encode
    with uncollected():
        for line in sys.stdin.buffer:
            frame = encode([encode(part) for part in fold_negotiation(log, line.decode().strip(), int(upto))])
            sys.stdout.buffer.write(len(frame).to_bytes(LENGTH))
            sys.stdout.buffer.write(frame)
            sys.stdout.buffer.flush()


def _of(path: Path) -> str:
    """Which file is at a path, in words."""
    return "{}:{}".format(*inode(path))
