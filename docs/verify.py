"""Verify an exported log of Parley, or a proof from it, without Parley: Python's standard library is enough.

    python3 verify.py log talks.jsonl kept.checkpoint      is the whole exported log the log of the checkpoint?
    python3 verify.py prefix talks.jsonl kept.checkpoint   does the exported log begin with the log of the checkpoint?
    python3 verify.py proof proof.json kept.checkpoint     is the entry in the log of the checkpoint?
    python3 verify.py proof consistency.json kept.checkpoint

The checkpoint must be one that *you* have stored. Without it, this script only shows that the file is consistent in
itself. A checkpoint covers the positions up to its size and no later ones: `log` refuses a log with later events,
because anybody can add to a file. The exit code is 0 if the file is verified, and 1 if not. This script does not check
signatures on checkpoints; use `parley verify --key` or any C2SP signed-note tool. It refuses a file with a field that
it does not check.

A leaf of the log's Merkle tree (RFC 9162) is five lines, each terminated by a newline: "parley-leaf-1", the event's
type, its stream, its version, and the SHA-256 of its stored bytes in hexadecimal. The stored bytes contain a random
salt.
"""

import base64
import hashlib
import json
import re
import sys

EVENT = {"position", "type", "stream", "version", "state", "state_base64", "sha256", "erased"}
FIELDS = {  # every field that is checked, by the format of the file
    "parley-log-1": {"format", "ledger_id", "events", "root"},
    "parley-proof-1 inclusion": {"format", "kind", "checkpoint", "entries"},
    "parley-proof-1 consistency": {"format", "kind", "old", "new", "proof"},
}
UNREADABLE = OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError


def sha256(content):
    return hashlib.sha256(content).digest()


def known(found, fields, what):
    """The mapping; refused if it has any other field, because no field may remain unchecked."""
    if not isinstance(found, dict):
        fail(f"{what} is not a mapping of fields")
    for name in found.keys() - fields:
        fail(f"{what} has the field {name!r}, which this script does not check")
    return found


def unlike(pairs):
    """The fields of a mapping; a repeated field is refused, because readers could take either value."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else fail("a field is given twice")


def leaf(event):
    """The hash of an event's leaf. For an erased event, only the SHA-256 of its stored bytes remains."""
    known(event, EVENT | {"proof"}, "an event")
    if len(event.keys() & {"state", "state_base64", "erased"}) > 1:
        fail(f"position {event['position']}: its content is given twice")
    if "state" in event:
        committed = sha256(event["state"].encode()).hex()
    elif "state_base64" in event:
        committed = sha256(base64.b64decode(event["state_base64"])).hex()
    else:
        committed = event.get("erased") or event["sha256"]
    if event.get("sha256", committed) != committed:
        fail(f"position {event['position']}: the content does not match its SHA-256")
    if not re.fullmatch("[0-9a-f]{64}", committed) or "\n" in event["type"] + event["stream"]:
        fail(f"position {event['position']}: it is not an event")
    lines = ["parley-leaf-1", event["type"], event["stream"], str(int(event["version"])), committed]
    return sha256(b"\x00" + "".join(f"{line}\n" for line in lines).encode())


def root_of(leaves):
    """The root of a tree (RFC 9162, 2.1.1): two full subtrees of the same size are joined."""
    stack = []
    for count, one in enumerate(leaves, 1):
        stack.append(one)
        for _ in range((count & -count).bit_length() - 1):
            right, left = stack.pop(), stack.pop()
            stack.append(sha256(b"\x01" + left + right))
    while len(stack) > 1:
        right, left = stack.pop(), stack.pop()
        stack.append(sha256(b"\x01" + left + right))
    return stack[0] if stack else sha256(b"")


def climb(index, size, hashes, start, second=None):
    """Go up a proof from a node to the root (RFC 9162, 2.1.3.2 and 2.1.4.2); with `second`, for two trees at once."""
    last = size - 1
    if second is not None:
        while index & 1:
            index, last = index >> 1, last >> 1
    for sibling in hashes:
        if last == 0:
            fail("the proof is too long")
        if index & 1 or index == last:
            start = sha256(b"\x01" + sibling + start)
            second = second and sha256(b"\x01" + sibling + second)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        elif second is None:
            start = sha256(b"\x01" + start + sibling)
        else:
            second = sha256(b"\x01" + second + sibling)
        index, last = index >> 1, last >> 1
    if last:
        fail("the proof is too short")
    return start, second


def checkpoint(text):
    """Origin, size and root of a checkpoint (C2SP tlog-checkpoint)."""
    origin, size, root = text.split("\n")[:3]
    return origin, int(size), base64.b64decode(root, validate=True)


def check_log(path):
    """A function from a size to the checkpoint of an exported log at that size, and the log's size."""
    with open(path, encoding="utf-8", newline="\n") as file:
        head = json.loads(next(file), object_pairs_hook=unlike)
        events = [json.loads(line, object_pairs_hook=unlike) for line in file]
    known(head, FIELDS.get(head["format"], set()), "the first line")
    for event in events:
        known(event, EVENT, "an event")
    if [event["position"] for event in events] != list(range(1, len(events) + 1)) or len(events) != head["events"]:
        fail("events are missing or out of order")
    leaves = [leaf(event) for event in events]
    if root_of(leaves) != base64.b64decode(head["root"]):
        fail("the events do not match the root in the first line")
    return lambda size: (f"parley/{head['ledger_id']}", size, root_of(leaves[:size])), len(events)


def check_proof(path):
    """The checkpoints that a proof is about; not verified if the proof is wrong."""
    with open(path, encoding="utf-8") as file:
        proof = json.load(file, object_pairs_hook=unlike)
    known(proof, FIELDS.get(f"{proof['format']} {proof['kind']}", set()), "the proof")
    if proof["kind"] == "consistency":
        (origin, old, old_root), new = checkpoint(proof["old"]), checkpoint(proof["new"])
        hashes = [base64.b64decode(one) for one in proof["proof"]]
        steps = hashes if old & (old - 1) else [old_root, *hashes]
        if origin != new[0] or not 0 < old <= new[1]:
            fail("the two checkpoints belong to different logs")
        if old < new[1] and climb(old - 1, new[1], steps[1:], steps[0], steps[0]) != (old_root, new[2]):
            fail("the newer log does not begin with the older one")
        return [(origin, old, old_root), new] if old < new[1] or old_root == new[2] else fail("the roots differ")
    origin, size, root = checkpoint(proof["checkpoint"])
    if not proof["entries"]:
        fail("the proof contains no entry, so it proves nothing")
    for event in proof["entries"]:
        hashes = [base64.b64decode(one) for one in event["proof"]]
        if not 1 <= event["position"] <= size:
            fail(f"position {event['position']} is not in a log of {size} events")
        if climb(event["position"] - 1, size, hashes, leaf(event))[0] != root:
            fail(f"position {event['position']} is not in the log of the checkpoint")
        shown = event.get("state", event.get("state_base64", "content withheld"))
        print(f"position {event['position']}, {event['stream']}: {shown}")
    return [(origin, size, root)]


def fail(why):
    sys.exit(f"NOT VERIFIED: {why}")


def main(what, path, kept=None):
    """Check a file and whether it belongs to the log of the stored checkpoint; print the positions that are covered."""
    mine = None
    if kept is not None:
        with open(kept, encoding="utf-8") as file:
            mine = checkpoint(file.read())
    if what == "proof":
        shown = check_proof(path)
        if mine and mine not in shown:
            fail(f"it does not belong to the log of {kept}")
        reach = f"positions 1 to {max(size for _, size, _ in shown)}"
    else:
        at, size = check_log(path)
        covered = mine[1] if mine else size
        if covered > size or (mine and at(covered) != mine):
            fail(f"it does not belong to the log of {kept}")
        if what == "log" and covered < size:
            fail(
                f"positions 1 to {covered} are those of {kept}, which does not cover positions {covered + 1} to {size}:"
                " verify against a newer checkpoint, or verify the beginning alone with `prefix`"
            )
        reach = f"positions 1 to {covered}" + (f" of {size}" if covered < size else "")
    print(
        f"Verified: {path}, {reach},",
        f"against {kept}" if kept else "consistent in itself; to prove more, give a checkpoint that you have kept",
    )


def run(arguments):
    """Check the file that the command line names."""
    if not 2 <= len(arguments) <= 3 or arguments[0] not in ("log", "prefix", "proof"):
        sys.exit(__doc__)
    try:
        main(*arguments)
    except (*UNREADABLE, StopIteration, RecursionError) as error:
        fail(f"the file cannot be read ({type(error).__name__}: {error})")


if __name__ == "__main__":
    run(sys.argv[1:])
