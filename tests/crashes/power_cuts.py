"""Power cuts, simulated: what the disk may hold when the power goes at any moment of some commands.

`strace` records what the commands write, sync, rename and delete. A cut is a moment in that record. What was synced by
then is on the disk; of what was not, each write is there, is not, or is there in some of its sectors, and of the
names of files any first part. `python -m tests.crashes.power_cuts 5000 1` tries 5,000 cuts from the seed 1 and prints
what was lost.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger import open_ledger
from ledger.errors import Refusal
from ledger.integrity.verify import verify
from ledger.log.errors import NoLedgerHere

ROOT = Path(__file__).parents[2]
SECTOR = 512  # bytes, the most that a disk writes at once
CALLS = "openat,close,fsync,fdatasync,link,unlink,rename,pwrite64,write,ftruncate"
PARLEY = "import sys; from cli.main import run; sys.exit(run())"
COMMANDS = (
    "init",
    "import names.yaml",
    "state",
    *(f"append party p{number} --name P{number}" for number in range(4)),
    "state",
    "append party late --name Late",
)
NAMES = "negotiation: talks\ntitle: The talks\nparties: [us]\nentries:\n  - {party: us, name: United States}\n"
DONE = {**{nth: f"p{nth - 3}" for nth in range(3, 7)}, 8: "late", 1: "us"}  # what each command acknowledges
_CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += +(\d+)")


class Op(NamedTuple):
    """One step on the disk: what it does to which file, or to which names."""

    what: str  # "new", "write", "cut", "sync", "name", "unname", "move", "sync names", "done"
    file: int = 0
    at: int = 0
    content: bytes = b""
    path: str = ""
    to: str = ""


def recorded(folder: Path) -> list[Op]:
    """Run the commands in a folder, and record what they do to the disk."""
    (folder / "names.yaml").write_text(NAMES)
    ops: list[Op] = []
    names: dict[str, int] = {}
    for nth, command in enumerate(COMMANDS):
        trace = folder.with_name(f"trace-{nth}")
        watched = ["strace", "-f", "-y", "-xx", "-s", "9000000", "-e", f"trace={CALLS}", "-o", str(trace)]
        ran = subprocess.run(
            [*watched, sys.executable, "-c", PARLEY, *command.split()],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PARLEY_LEDGER": "ledger.db"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        ops += [*_ops(trace.read_text(errors="replace").splitlines(), folder.resolve(), names), Op("done", nth)]
        trace.unlink()
    return ops


def _ops(lines: Sequence[str], folder: Path, names: dict[str, int]) -> Iterator[Op]:
    """The steps of one command inside the folder; `names` has the number of each file, and is kept up to date."""
    open_files: dict[int, int | str] = {}
    places: dict[int, int] = {}
    for line in lines:
        if (call := _CALL.match(line)) is None:
            continue
        what, told, result = call[2], call[3], int(call[4])
        texts = [bytes.fromhex(one.replace("\\x", "")) for one in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', told)]
        paths = [os.path.normpath(folder / os.fsdecode(one)) for one in texts if what not in ("write", "pwrite64")]
        handle = int(found[0]) if (found := re.match(r"\d+", told)) else -1
        file = open_files.get(handle)
        if what == "openat" and (path := paths[0]).startswith(str(folder)):
            if "O_CREAT" in told and path not in names:
                names[path] = len(names) + 1_000 * (1 + max(names.values(), default=0) // 1_000)
                yield from (Op("new", names[path]), Op("name", names[path], path=path))
            open_files[result], places[result] = names.get(path, path), 0
        elif what == "close":
            open_files.pop(handle, None)
        elif what in ("fsync", "fdatasync") and file is not None:
            yield Op("sync", file) if isinstance(file, int) else Op("sync names")
        elif what == "link" and paths[0] in names:
            names[paths[1]] = names[paths[0]]
            yield Op("name", names[paths[1]], path=paths[1])
        elif what == "unlink" and names.pop(paths[0], None) is not None:
            yield Op("unname", path=paths[0])
        elif what == "rename" and paths[0] in names:
            names[paths[1]] = names.pop(paths[0])
            yield Op("move", path=paths[0], to=paths[1])
        elif what == "pwrite64" and isinstance(file, int):
            yield Op("write", file, int(told.rsplit(",", 1)[1]), texts[0][:result])
        elif what == "write" and isinstance(file, int):
            yield Op("write", file, places[handle], texts[0][:result])
            places[handle] += result
        elif what == "ftruncate" and isinstance(file, int):
            yield Op("cut", file, int(told.rsplit(",", 1)[1]))


def disk(ops: Sequence[Op], chance: random.Random) -> dict[str, bytes]:
    """One of the contents that the disk may have when the power goes after these steps, by path."""
    files: dict[int, bytearray] = {}
    unsynced: dict[int, list[Op]] = {}
    naming: list[Op] = []
    certain = 0
    for op in ops:
        if op.what == "new":
            files[op.file], unsynced[op.file] = bytearray(), []
        elif op.what in ("write", "cut"):
            unsynced[op.file].append(op)
        elif op.what == "sync":
            for one in unsynced[op.file]:
                _apply(files[op.file], one)
            unsynced[op.file].clear()
        elif op.what == "sync names":
            certain = len(naming)
        elif op.what != "done":
            naming.append(op)
    luck = chance.choice((0.0, 0.5, 0.5, 0.5, 1.0))
    for file, waiting in unsynced.items():
        for op in waiting:
            if chance.random() < luck:
                for part in _torn(op, chance) if luck < 1 else [op]:
                    _apply(files[file], part)
    names: dict[str, int] = {}
    for op in naming[: chance.randint(certain, len(naming)) if luck < 1 else None]:
        if op.what == "name":
            names[op.path] = op.file
        elif op.what == "unname":
            names.pop(op.path, None)
        else:
            names[op.to] = names.pop(op.path)
    return {path: bytes(files[file]) for path, file in names.items() if not path.endswith("-shm")}


def _torn(op: Op, chance: random.Random) -> list[Op]:
    """A write, or some of its sectors."""
    if op.what == "cut" or chance.random() < 0.7:
        return [op]
    starts = range(0, len(op.content), SECTOR)
    return [
        op._replace(at=op.at + start, content=op.content[start : start + SECTOR])
        for start in starts
        if chance.random() < 0.5
    ]


def _apply(content: bytearray, op: Op) -> None:
    if op.what == "cut":
        del content[op.at :]
    content.extend(bytes(max(0, op.at - len(content))))
    content[op.at : op.at + len(op.content)] = op.content


def after_a_cut(ops: Sequence[Op], folder: Path, there: Path, chance: random.Random) -> list[str]:
    """Cut the power at some moment, put what the disk may hold into a folder, and say what was lost."""
    upto = chance.randrange(1, len(ops) + 1)
    shutil.rmtree(there, ignore_errors=True)
    there.mkdir()
    for path, content in disk(ops[:upto], chance).items():
        place = there / Path(path).relative_to(folder.resolve())
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    done = {op.file for op in ops[:upto] if op.what == "done"}
    ledger = open_ledger(there / "ledger.db") if (there / "ledger.db").exists() else None
    if ledger is None:
        return ["the ledger is gone"] if done else []
    try:
        views = ledger.views(negotiation="talks" if 1 in done else "")
        found = {party.slug for party in views.parties()}
        views.close()
        problems = verify(ledger.path).problems
    except NoLedgerHere:
        return ["the ledger is gone"]
    except Refusal as refusal:
        return [f"cut at {upto}: {refusal}"] if 1 in done else []
    lost = [f"cut at {upto}: {slug} is lost" for nth, slug in DONE.items() if nth in done and slug not in found]
    return lost + [f"cut at {upto}: {problem}" for problem in problems]


def main(cuts: int, seed: int) -> list[str]:
    """Try some cuts; what was lost."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "work"
        folder.mkdir()
        ops = recorded(folder)
        assert {"write", "sync", "name", "sync names", "done"} <= {op.what for op in ops}
        return [fault for _ in range(cuts) for fault in after_a_cut(ops, folder, Path(scratch) / "after", chance)]


if __name__ == "__main__":
    faults = main(int(sys.argv[1]), int(sys.argv[2]))
    print(*faults, f"{len(faults)} faults after {sys.argv[1]} power cuts", sep="\n")
    sys.exit(bool(faults))
