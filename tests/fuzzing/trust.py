"""Fuzzing of trust: exported logs, checkpoints and proofs whose root mostly fits the change; old write-ahead logs."""

import base64
import io
import json
import tempfile
from contextlib import closing, redirect_stdout
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from docs import verify
from ledger import create_ledger, open_ledger
from ledger.base.files import companion
from ledger.integrity import archive, checkpoints
from ledger.integrity.checkpoints import Checkpoint, frontier_of, origin
from ledger.integrity.errors import LogFileBroken
from ledger.integrity.proofs import FORMAT
from ledger.log.commitments import leaf_of
from ledger.log.merkle import Tree
from ledger.log.store import Stored
from tests.fuzzing import mutators as mutate
from tests.fuzzing.bench import Bench
from tests.fuzzing.corpus import ROOT
from tests.fuzzing.mutators import Pairs

LEDGER_ID = "00000000-0000-4000-8000-000000000000"
QUESTIONS = ("state", "gaps", "check", "brief", "timeline", "log", "verify", "export")


@cache
def specimens() -> list[Stored]:
    """An event of every stored form, in order."""
    found = [json.loads(path.read_text("utf-8")) for path in (ROOT / "tests" / "stored").glob("*.json")]
    found = sorted((one for one in found if one["topic"] != "EntryErased.1"), key=lambda one: one["position"])
    return [
        Stored(position, one["stream"], one["version"], one["topic"], one["state"].encode())
        for position, one in enumerate(found, 1)
    ]


def log_of(rows: list[Stored], root: str = "") -> bytes:
    """An exported log of these events, with the root that fits them if no other is given."""
    root = root or base64.b64encode(frontier_of(rows).root()).decode()
    head = {"format": archive.FORMAT, "ledger_id": LEDGER_ID, "events": len(rows), "root": root}
    lines = [head, *(archive.line_of(row) for row in rows)]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def make_log(random: Random) -> bytes:
    rows = list(specimens())
    for _ in range(random.choice((0, 1, 1, 2))):
        at = random.randrange(len(rows))
        match random.randrange(6):
            case 0:
                rows[at] = rows[at]._replace(type=random.choice(rows).type)
            case 1:
                hostile = mutate.hostile(random).encode("utf-8", "replace").decode()
                rows[at] = rows[at]._replace(stream=random.choice((random.choice(rows).stream, hostile)))
            case 2:
                del rows[at]
            case _:
                tree = json.loads(rows[at].state, object_pairs_hook=Pairs)
                state = mutate.as_json(mutate.mutated_tree(random, tree, [tree]), random)
                rows[at] = rows[at]._replace(state=state.encode("utf-8", "replace"))
    rows = [row._replace(position=position) for position, row in enumerate(rows, 1)]
    content = log_of(rows, "" if random.randrange(8) else "AAAA")
    return mutate.mutated_bytes(random, content) if random.randrange(5) == 0 else content


def try_log(bench: Bench, content: bytes) -> bool:
    """Restore it; once it is restored, every question is answered."""
    restored = bench.folder / "restored.db"
    try:
        archive.restore(bench.write("hostile.log", content), restored)
    except LogFileBroken:
        assert not restored.exists(), "it was refused, and a ledger was made"
        raise
    for question in QUESTIONS:
        bench.parley(question, "--ledger", str(restored))
    return True


def make_checkpoint(random: Random) -> bytes:
    size = random.randrange(20)
    checkpoint = Checkpoint(origin(LEDGER_ID), size, frontier_of(specimens()[:size]).root())
    lines = ("", "an extension", "— someone AAAA", "— parley/x " + base64.b64encode(bytes(68)).decode())
    text = checkpoint.text + "".join(f"{line}\n" for line in random.sample(lines, random.choice((0, 0, 2))))
    if random.randrange(4):
        text = mutate.mutated_text(random, text)
    content = text.encode("utf-8", "replace")
    return mutate.mutated_bytes(random, content) if random.randrange(4) == 0 else content


def try_checkpoint(bench: Bench, content: bytes) -> bool:
    path = bench.write("hostile.checkpoint", content)
    for arguments in (["verify", "--against", str(path)], ["prove", "--since", str(path)]):
        bench.parley(*arguments)
    found = checkpoints.read(path)
    assert checkpoints.parse(found.text, path) == found
    return True


def make_proof(random: Random) -> bytes:
    leaves = [leaf_of(row) for row in specimens()]
    tree, size = Tree(leaves), len(leaves)
    at = random.randrange(size)
    row = specimens()[at]
    heads = [Checkpoint(origin(LEDGER_ID), one, tree.root(one)).text for one in (at, size)]
    encoded = [base64.b64encode(one).decode() for one in tree.inclusion(at, size)]
    begins = [base64.b64encode(one).decode() for one in tree.consistency(at, size)]
    event = archive.line_of(row) | {"proof": encoded}
    proof: dict[str, Any] = {"format": FORMAT, "kind": "inclusion", "checkpoint": heads[1], "entries": [event]}
    if random.randrange(2) and at:
        proof = {"format": FORMAT, "kind": "consistency", "old": heads[0], "new": heads[1], "proof": begins}
    tree_of = json.loads(json.dumps(proof), object_pairs_hook=Pairs)
    for _ in range(random.choice((0, 1, 1, 2))):
        tree_of = mutate.mutated_tree(random, tree_of, [tree_of])
    content = mutate.as_json(tree_of, random).encode("utf-8", "replace")
    return mutate.mutated_bytes(random, content) if random.randrange(6) == 0 else content


def try_proof(bench: Bench, content: bytes) -> bool:
    """The verifier says verified or why not, whatever the file is."""
    path = bench.write("hostile.json", content)
    said = io.StringIO()
    with closing(said), redirect_stdout(said):
        try:
            verify.run(["proof", str(path)])
        except SystemExit as end:
            assert str(end.code).startswith("NOT VERIFIED: "), end.code
            raise LogFileBroken(path=path, why=end.code) from None
    return True


# Write-ahead logs of killed writers.

ACKNOWLEDGED = 6  # events; the newest of them are in the write-ahead log alone


@cache
def killed() -> dict[str, bytes]:
    """The files of a ledger whose writer was killed, by what follows the ledger's stem."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "killed.db"
        create_ledger(path, "keeper").append("negotiation", "talks", {"title": "The talks"})
        with open_ledger(path, "keeper") as ledger:
            for number in range(ACKNOWLEDGED - 1):
                ledger.append("party", f"p{number}", {"name": f"P{number}"})
            files = path, Path(f"{path}-wal"), companion(path, "acknowledged")
            return {one.name.removeprefix("killed"): one.read_bytes() for one in files}


def make_wal(random: Random) -> bytes:
    """A write-ahead log that is cut, flipped, or followed by what does not belong to it."""
    whole = bytearray(killed()[".db-wal"])
    match random.randrange(5):
        case 0:
            return bytes(whole[: random.randrange(len(whole))])
        case 1:
            return bytes(whole) + random.randbytes(random.randrange(5_000))
        case 2:
            return mutate.mutated_bytes(random, bytes(whole))
    bit = random.randrange(8 * len(whole))
    whole[bit // 8] ^= 1 << bit % 8
    return bytes(whole)


def try_wal(bench: Bench, content: bytes) -> bool:
    """Every acknowledged event is there, or each command says that it is not."""
    for name, whole in (killed() | {".db-wal": content}).items():
        bench.write(f"killed{name}", whole)
    path = bench.folder / "killed.db"
    answers = [bench.parley(*line.split(), "--ledger", str(path)).code for line in QUESTIONS_OF_A_KILLED]
    if all(code == 0 for code in answers):
        assert open_ledger(path).head().position >= ACKNOWLEDGED, "acknowledged events are lost without a word"
        return True
    assert answers[:2] == [1, 1], "one command was refused, and another was not"
    open_ledger(path).head()
    raise AssertionError("a command was refused, and nothing is lost")


QUESTIONS_OF_A_KILLED = ("verify", "log", "append party late --name Late")
