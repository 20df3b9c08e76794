"""SHA-256 without OpenSSL is the same as with it."""

import hashlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base import hashing


@given(st.binary(max_size=300))
def test_the_hash_is_that_of_hashlib_whether_that_is_loaded_or_not(content: bytes) -> None:
    wanted = hashlib.sha256(content).digest()
    assert len(wanted) == hashing.SIZE
    assert hashing.sha256(content) == wanted
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "hashlib")
        assert hashing.sha256(content) == wanted
