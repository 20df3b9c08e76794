"""Checkpoints: the number of events in a log and the root of its Merkle tree, in the form of C2SP tlog-checkpoint.

A checkpoint is three lines: the log's origin, the number of events, and the root in base64. Signatures may follow after
an empty line. A checkpoint stored elsewhere can later prove that no event up to it has changed. A copy of each
checkpoint is stored in a folder next to the ledger.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ledger.base.files import companion, replace_durably, written_beside
from ledger.errors import NotWritable
from ledger.integrity.errors import CheckpointBroken
from ledger.log.commitments import leaf_of
from ledger.log.merkle import WIDTH, Frontier
from ledger.log.store import Stored

LARGEST = 64_000  # bytes; a checkpoint with a hundred signatures has a tenth of that
_SIZE = re.compile(r"0|[1-9][0-9]{0,14}")


class Checkpoint(NamedTuple):
    """The state of a log at a size. `extensions` and `signatures` are lines of the file."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The text that signatures cover."""
        lines = [self.origin, str(self.size), in_base64(self.root), *self.extensions]
        return "".join(f"{line}\n" for line in lines)

    @property
    def text(self) -> str:
        """The whole checkpoint."""
        return self.body + ("\n" + "".join(f"{line}\n" for line in self.signatures) if self.signatures else "")


def in_base64(content: bytes) -> str:
    """A hash in base64, as in checkpoints, proofs and exported logs."""
    return base64.b64encode(content).decode()


def origin(ledger_id: str) -> str:
    """The name of a ledger's log in its checkpoints."""
    return f"parley/{ledger_id}"


def parse(text: str, where: object) -> Checkpoint:
    """Parse a checkpoint; refused if the text is not one. `where` names it in the refusal."""
    body, gap, signed = text.partition("\n\n")
    body = f"{body}\n" if gap else body
    signatures = tuple(signed.splitlines())
    lines = body.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise CheckpointBroken(path=where, why="it needs three lines: origin, number of events, root")
    if not _SIZE.fullmatch(lines[1]):
        raise CheckpointBroken(path=where, why="its second line is not a number of events")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != WIDTH:
        raise CheckpointBroken(path=where, why="its third line is not a SHA-256 in base64")
    if any(not line.startswith("— ") for line in signatures) or (gap and not signatures):
        raise CheckpointBroken(path=where, why="the lines after the empty line are not signatures")
    return Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:]), signatures)


def read(path: Path) -> Checkpoint:
    """The checkpoint in a file."""
    try:
        if not path.is_file():
            raise CheckpointBroken(path=path, why="it is not a file" if path.exists() else "there is no such file")
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise CheckpointBroken(path=path, why="it is too large for a checkpoint")
        return parse(content.decode(), path)
    except OSError as error:
        raise CheckpointBroken(path=path, why=error.strerror or error) from error
    except UnicodeDecodeError:
        raise CheckpointBroken(path=path, why="it is not UTF-8 text") from None


def frontier_of(rows: Iterable[Stored]) -> Frontier:
    """The Merkle tree of stored events."""
    frontier = Frontier()
    for row in rows:
        frontier.append(leaf_of(row))
    return frontier


def kept(ledger: Path, broken: list[CheckpointBroken] | None = None) -> list[tuple[Path, Checkpoint]]:
    """The checkpoints stored next to a ledger, smallest first; refusals of unreadable ones are added to `broken`."""
    found: list[tuple[Path, Checkpoint]] = []
    broken = [] if broken is None else broken
    folder = _folder(ledger)
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".checkpoint")
    except FileNotFoundError:
        return []
    except OSError as error:
        broken.append(CheckpointBroken(path=folder, why=error.strerror or error))
        return []
    for path in paths:
        try:
            found.append((path, read(path)))
        except CheckpointBroken as refusal:
            broken.append(refusal)
    return sorted(found, key=lambda one: one[1].size)


def keep(ledger: Path, checkpoint: Checkpoint) -> Path:
    """Store a checkpoint next to its ledger, and return its path."""
    folder = _folder(ledger)
    path = folder / f"{checkpoint.size:09}-{checkpoint.root.hex()[:8]}.checkpoint"
    try:
        folder.mkdir(exist_ok=True)
        if path.exists() and not checkpoint.signatures:
            return path
        with written_beside(path, replace_durably, like=ledger) as draft:
            draft.write_text(checkpoint.text, "utf-8")
    except OSError as error:
        raise NotWritable(path=path, why=error.strerror or error) from error
    return path


def _folder(ledger: Path) -> Path:
    return companion(ledger, "checkpoints")
