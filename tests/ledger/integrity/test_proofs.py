"""Proofs hold for every event and every pair of checkpoints of a log, by the verifier that stands alone."""

import json
from pathlib import Path

import pytest

from docs import verify as alone
from ledger import Ledger
from ledger.integrity import proofs
from ledger.integrity.checkpoints import Checkpoint, frontier_of, origin
from ledger.integrity.errors import CheckpointOfAnother, CheckpointTooLarge, LogContradicts, UnknownPosition
from ledger.log.store import opened


def heads(ledger: Ledger) -> list[Checkpoint]:
    """The checkpoint that the ledger had after each of its events."""
    with opened(ledger.path) as store:
        name = origin(store.head().ledger_id)
        sizes = range(1, store.position() + 1)
        return [Checkpoint(name, size, frontier_of(store.events(upto=size)).root()) for size in sizes]


def shown(tmp_path: Path, proof: object) -> list[tuple[str, int, bytes]]:
    """The checkpoints that a proof holds for, by docs/verify.py."""
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof))
    found: list[tuple[str, int, bytes]] = alone.check_proof(path)
    return found


def test_each_event_is_proved_against_every_later_checkpoint(ledger: Ledger, tmp_path: Path) -> None:
    for head in heads(ledger):
        positions = range(1, head.size + 1)
        for words in (True, False):
            proof = proofs.inclusion(ledger.path, positions, head, words=words)
            assert shown(tmp_path, proof) == [head[:3]]
            assert all(("state" in entry) == words for entry in proof["entries"])


def test_each_checkpoint_is_proved_to_begin_every_later_one(ledger: Ledger, tmp_path: Path) -> None:
    every = heads(ledger)
    for old in every:
        for new in every:
            proof = proofs.consistency(ledger.path, old, new)
            assert {*shown(tmp_path, proof)} == {old[:3], new[:3]}


def test_an_erased_event_is_proved_by_its_commitment(ledger: Ledger, tmp_path: Path) -> None:
    head = heads(ledger)[-1]
    ledger.erase("eu", "By order.")
    (position,) = ledger.positions_of("eu")[:1]
    proof = proofs.inclusion(ledger.path, [position], head)
    assert "erased" not in proof["entries"][0]
    assert shown(tmp_path, proof) == [head[:3]]


def test_what_does_not_match_the_log_proves_nothing(ledger: Ledger) -> None:
    head = heads(ledger)[-1]
    wrong = {
        CheckpointOfAnother: head._replace(origin="parley/other"),
        CheckpointTooLarge: head._replace(size=head.size + 1),
        LogContradicts: head._replace(root=bytes(32)),
    }
    for refusal, checkpoint in wrong.items():
        with pytest.raises(refusal):
            proofs.inclusion(ledger.path, [1], checkpoint)
    with pytest.raises(UnknownPosition):
        proofs.inclusion(ledger.path, [head.size + 1], head)
