"""Commitments remain when stored bytes are erased, so an erasure does not change the Merkle tree."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.commitments import commitment, erased, leaf, leaf_of, tombstone
from ledger.log.merkle import hash_leaf
from ledger.log.store import Stored

states = st.binary(max_size=200)


@given(states)
def test_a_commitment_is_the_sha256_of_the_stored_bytes(state):
    if not erased(state):
        assert commitment(state) == hashlib.sha256(state).hexdigest()


@given(states)
def test_erasing_leaves_the_commitment_and_nothing_else(state):
    left = tombstone(state)
    assert commitment(left) == erased(left) == commitment(state)
    assert tombstone(left) == left
    assert len(left) == len(b'{"erased":"') + 64 + len(b'"}')


@given(st.integers(1), st.text(), st.integers(1), st.text(), states)
def test_the_leaf_of_an_erased_event_is_the_one_it_had(position, stream, version, form, state):
    row = Stored(position, stream, version, form, state)
    assert leaf_of(row._replace(state=tombstone(state))) == leaf_of(row)


def test_a_leaf_is_five_lines():
    lines = b"parley-leaf-1\nPartyNamed.1\ntalks/party/us\n3\n" + b"0" * 64 + b"\n"
    assert leaf("PartyNamed.1", "talks/party/us", 3, "0" * 64) == hash_leaf(lines)


@pytest.mark.parametrize(
    "changed", [{"type": "PartyNamed.2"}, {"stream": "talks/party/vn"}, {"version": 2}, {"state": b"{ }"}], ids=str
)
def test_whatever_of_an_event_changes_its_leaf_does_too_but_its_position(changed):
    row = Stored(1, "talks/party/us", 1, "PartyNamed.1", b"{}")
    assert leaf_of(row._replace(**changed)) != leaf_of(row) == leaf_of(row._replace(position=2))


@pytest.mark.parametrize(
    "state",
    [b"", b"{}", b'{"erased":""}', b'{"erased":"%b"}' % (b"A" * 64), b'{"erased":"%b"} ' % (b"a" * 64)],
)
def test_only_a_whole_commitment_in_small_letters_is_a_tombstone(state):
    assert erased(state) == ""
