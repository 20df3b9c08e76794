"""Publishes the part at or below a level: a ledger of its own, and the proof that its events are in the whole one.

The proof has the position and the SHA-256 of each event in the whole log, and no content. An event of the published
ledger has that same SHA-256, unless its references to others (such as the report that it corrects) had to be
renumbered.
"""

import json
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from ledger.base.files import new_folder, new_text
from ledger.base.text import visible_json
from ledger.integrity import copies, proofs
from ledger.integrity.backup import back_up
from ledger.log.commitments import commitment
from ledger.log.log import Log
from ledger.log.store import opened

PUBLISHED, WHOLE, PROOF = "published.checkpoint", "whole.checkpoint", "proof.json"


class Published(NamedTuple):
    """The number of published events, how many are stored as in the whole ledger, and the number of events of that."""

    events: int
    unchanged: int
    of: int


def publish(ledger: Path, level: str, into: Path) -> Published:
    """Write the published ledger, its checkpoint, that of the whole ledger, and the proof, to a new folder.

    Nobody can record meanwhile, so all of them show one moment.
    """
    with closing(Log(ledger)) as log, log.writing(), new_folder(into):
        published = into / ledger.name
        back_up(copies.copy_at(ledger, level), published)
        proof = proofs.inclusion(ledger, copies.positions(ledger, level), None, words=False)
        written = {
            PUBLISHED: proofs.checkpoint(published).text,
            WHOLE: proof["checkpoint"],
            PROOF: visible_json(json.dumps(proof, indent=1, ensure_ascii=False)) + "\n",
        }
        for name, text in written.items():
            with new_text(into / name, like=ledger) as stream:
                stream.write(text)
        return Published(len(proof["entries"]), _unchanged(published, proof), log.position())


def _unchanged(published: Path, proof: dict[str, Any]) -> int:
    """The number of published events with the SHA-256 that they have in the whole ledger."""
    with opened(published) as store:
        pairs = zip(store.events(), proof["entries"], strict=True)
        return sum(commitment(row.state) == entry["sha256"] for row, entry in pairs)
