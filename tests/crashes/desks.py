"""Desks append to a ledger on a server that is killed and restarted meanwhile.

Nothing that was acknowledged may be lost, and nothing doubled, although every desk repeats what was refused. `make
desks` runs it for a minute and prints what happened; a short run is in `test_desks.py`.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ledger import Refusal, create_ledger, open_ledger
from ledger.base import now
from ledger.base.desks import desk_of
from ledger.integrity.verify import verify
from ledger.log.mapper import read_stored
from ledger.log.store import opened
from tests.servers import PostgresServer, running

NEGOTIATION = "talks"
PATIENCE = 60.0  # seconds in which a desk must succeed after the end


class Outcome(NamedTuple):
    """What the desks did, and what the log contains afterwards.

    again: events of which a desk learnt only by a repetition that they had been recorded. lags: the seconds from the
    recording of each event until a follower read it.
    """

    acknowledged: list[list[str]]
    again: int
    refused: Counter[str]
    kills: int
    took: float
    lags: list[float]
    stored: list[str]
    problems: list[str]

    @property
    def lost(self) -> int:
        return len({slug for one in self.acknowledged for slug in one} - {*self.stored})

    @property
    def doubled(self) -> int:
        return len(self.stored) - len({*self.stored})


def contest(server: PostgresServer, folder: Path, *, desks: int, seconds: float, kills: int) -> Outcome:
    """Let so many desks append, for some seconds besides those in which the server is killed and restarted."""
    address = server.new_database()
    os.environ["PARLEY_DESKS"] = str(folder / "own")
    create_ledger(address, "keeper").append("negotiation", NEGOTIATION, {"title": "Talks"})
    started = time.monotonic()
    end = folder / "end"
    at_work = [_started(address, folder, f"d{nth}", end) for nth in range(desks)]
    lags: list[float] = []
    ended = threading.Event()
    follower = threading.Thread(target=_follow, args=(address, lags, ended))
    follower.start()
    for _ in range(kills):
        time.sleep(seconds / (kills + 1))
        server.stop(signal.SIGQUIT)
        server.start()
    time.sleep(seconds / (kills + 1))
    end.touch()
    lines = [json.loads(line) for one in at_work for line in one.communicate()[0].splitlines()]
    took = time.monotonic() - started
    ended.set()
    follower.join()
    with opened(desk_of(address)) as store:
        stored = [row.stream.rpartition("/")[2] for row in store.events(after=1)]
    told = [[slug for desk, slug, _, _ in lines if desk == f"d{nth}" and slug] for nth in range(desks)]
    refused = Counter(refusal for _, slug, _, refusal in lines if not slug)
    again = sum(known for _, slug, known, _ in lines if slug)
    return Outcome(told, again, refused, kills, took, lags, stored, verify(desk_of(address)).problems)


def _started(address: str, folder: Path, name: str, end: Path) -> "subprocess.Popen[str]":
    told = [sys.executable, "-m", "tests.crashes.desks", "desk", address, name, str(end)]
    environment = {**os.environ, "PARLEY_DESKS": str(folder / name)}
    return subprocess.Popen(told, env=environment, stdout=subprocess.PIPE, text=True)


def desk(address: str, name: str, end: Path) -> None:
    """Append one event after another until the file `end` is there. Each answer is a line of JSON.

    What was refused is repeated until it is recorded.
    """
    number = 0
    with open_ledger(address, name) as ledger:
        while not end.exists():
            slug = f"{name}-{number}"
            while not _is_over(end):
                try:
                    filed = ledger.append("party", slug, {"name": slug}, negotiation=NEGOTIATION)
                except Refusal as refusal:
                    print(json.dumps([name, "", 0, type(refusal).__name__]), flush=True)
                    time.sleep(0.05)
                else:
                    print(json.dumps([name, slug, filed.known, ""]), flush=True)
                    break
            number += 1


def _is_over(end: Path) -> bool:
    """Whether a desk has tried for long enough after the end."""
    return end.exists() and time.time() - end.stat().st_mtime > PATIENCE


def _follow(address: str, lags: list[float], ended: threading.Event) -> None:
    """Follow the log as `parley watch` does, and note how late each event is read."""
    position, done = 1, False
    while not done:
        with suppress(Refusal), opened(desk_of(address)) as store:
            while not done:
                last = ended.is_set()
                store.wait(position, 0.2)
                for row in store.events(position):
                    position = row.position
                    lags.append((now.now() - datetime.fromisoformat(read_stored(row).recorded_at)).total_seconds())
                done = last
        time.sleep(0.05)


def main(desks: int, seconds: float, kills: int) -> None:
    with TemporaryDirectory() as folder, running() as server:
        found = contest(server, Path(folder), desks=desks, seconds=seconds, kills=kills)
    events = sum(map(len, found.acknowledged))
    print(f"{desks} desks, {found.took:.0f} s, the server killed {found.kills} times (immediate stop)")
    print(
        f"{events} events acknowledged, {events / found.took:.0f} a second; {found.lost} lost, {found.doubled} doubled"
    )
    print(f"{found.again} learnt by a repetition; refused and repeated: {dict(found.refused)}")
    if found.lags:
        late = statistics.quantiles(found.lags, n=20)[-1]
        print(f"a follower reads an event {statistics.median(found.lags):.3f} s later, 95 of 100 within {late:.3f} s")
    print("Intact." if not found.problems else "\n".join(found.problems))
    sys.exit(bool(found.lost or found.doubled or found.problems))


if __name__ == "__main__":
    if sys.argv[1] == "desk":
        desk(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    else:
        main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
