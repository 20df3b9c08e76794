"""SHA-256 without OpenSSL is the same as with it."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base import hashing

ROOT = Path(__file__).parents[3]


@given(st.binary(max_size=300))
def test_the_hash_is_that_of_hashlib_whether_that_is_loaded_or_not(content: bytes) -> None:
    wanted = hashlib.sha256(content).digest()
    assert len(wanted) == hashing.SIZE
    assert hashing.sha256(content) == wanted
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "hashlib")
        assert hashing.sha256(content) == wanted


MANY = """
import sys
from ledger.base.hashing import FEW, sha256
found = {sha256(b"words") for _ in range(FEW)}
few = "hashlib" in sys.modules
found |= {sha256(b"words") for _ in range(FEW)}
print(len(found), few, "hashlib" in sys.modules)
"""


def test_only_a_process_that_hashes_often_loads_openssl():
    ran = subprocess.run([sys.executable, "-c", MANY], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout.split() == ["1", "False", "True"]
