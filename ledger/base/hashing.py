"""SHA-256 for the few hashes of a short process, without OpenSSL.

`hashlib` loads OpenSSL, which takes a short process longer than all its hashes. But OpenSSL is several times as fast,
so it is used where something else has loaded it, and in a process that hashes more often.
"""

import sys
from contextlib import suppress
from importlib import import_module
from itertools import count
from typing import Any

SIZE = 32  # bytes of a hash
FEW = 500  # hashes that cost as much without OpenSSL as loading it does


def sha256(content: bytes) -> bytes:
    """The SHA-256 of some bytes."""
    hashlib = sys.modules.get("hashlib")
    if hashlib is None and next(_hashed) >= FEW:
        hashlib = import_module("hashlib")
    found: bytes = (hashlib.sha256 if hashlib else _OWN)(content).digest()
    return found


def _own() -> Any:
    """Python's own SHA-256: `_sha2` from Python 3.12 on, `_sha256` before; without either, that of `hashlib`."""
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError):
            return import_module(name).sha256
    return import_module("hashlib").sha256


_OWN = _own()
_hashed = count()  # without OpenSSL
