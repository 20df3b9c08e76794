"""Commitments: hashes of stored events, which the log's Merkle tree covers and which remain when an event is erased.

A commitment is the SHA-256 of an event's stored bytes. They include a random salt, so the commitment reveals nothing
about them. A leaf covers the event's type, stream, version and commitment, so erasing the bytes later does not change
the tree. The encoding of a leaf is five lines, each terminated by a newline and containing no other newline:

    parley-leaf-1
    StatementReported.1
    vn-us-trade/statement/greer-more-exchanges
    1
    the commitment in 64 lower-case hexadecimal digits
"""

import re
from typing import TYPE_CHECKING

from ledger.base.hashing import sha256
from ledger.log.merkle import hash_leaf

if TYPE_CHECKING:
    from ledger.log.store import Stored

_ERASED = re.compile(rb'\{"erased":"([0-9a-f]{64})"\}')
_TOMBSTONE = len(b'{"erased":""}') + 64  # bytes


def commitment(state: bytes) -> str:
    """The commitment to an event's stored bytes, in hexadecimal; for an erased event, it is read from its tombstone."""
    return erased(state) or sha256(state).hex()


def erased(state: bytes) -> str:
    """The commitment in a tombstone; "" for an event that was not erased."""
    if len(state) != _TOMBSTONE:
        return ""
    left = _ERASED.fullmatch(state)
    return left[1].decode() if left else ""


def tombstone(state: bytes) -> bytes:
    """The bytes that replace the stored bytes in an erasure; they contain the commitment."""
    return b'{"erased":"%b"}' % commitment(state).encode()


def leaf(form: str, stream: str, version: int, committed: str) -> bytes:
    """The hash of an event's leaf in the Merkle tree."""
    return hash_leaf(f"parley-leaf-1\n{form}\n{stream}\n{version}\n{committed}\n".encode())


def leaf_of(row: "Stored") -> bytes:
    """The hash of a stored event's leaf."""
    return leaf(row.type, row.stream, row.version, commitment(row.state))
