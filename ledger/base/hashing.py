"""SHA-256 for the few hashes of a question, without OpenSSL.

`hashlib` loads OpenSSL, which takes a short process longer than all hashes of a question. Where something else has
loaded it, as sqlite-utils does for work on many events, it is used, because it is several times as fast.
"""

import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

SIZE = 32  # bytes of a hash


def sha256(content: bytes) -> bytes:
    """The SHA-256 of some bytes."""
    hashlib = sys.modules.get("hashlib")
    found: bytes = (hashlib.sha256 if hashlib else _OWN)(content).digest()
    return found


def _own() -> Any:
    """Python's own SHA-256: `_sha2` from Python 3.12 on, `_sha256` before; without either, that of `hashlib`."""
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError):
            return import_module(name).sha256
    return import_module("hashlib").sha256


_OWN = _own()
