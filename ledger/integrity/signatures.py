"""Signatures on checkpoints: Ed25519 in the form of C2SP signed-note, using the optional `cryptography` library.

A signature line names the signer. The signature begins with four bytes that identify the key: the start of the SHA-256
of the name, a newline, the algorithm's number 1 and the public key. A verifier's key is written `name+id+key`.
"""

import base64
import binascii
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.errors import ExtraNeeded
from ledger.integrity.checkpoints import Checkpoint
from ledger.integrity.errors import KeyBroken

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ED25519 = b"\x01"


def sign(checkpoint: Checkpoint, key: Path) -> tuple[Checkpoint, str]:
    """The checkpoint with a signature under its origin's name, and the verifier's key; `key` is a PEM private key."""
    from_pem, keys = _library()
    private = _loaded(from_pem.load_pem_private_key, key, password=None)
    if not isinstance(private, keys.Ed25519PrivateKey):
        raise KeyBroken(path=key, why="it is not an Ed25519 private key")
    raw = private.public_key().public_bytes_raw()
    key_id = _key_id(checkpoint.origin, raw)
    signature = base64.b64encode(key_id + private.sign(checkpoint.body.encode())).decode()
    line = f"— {checkpoint.origin} {signature}"
    told = f"{checkpoint.origin}+{key_id.hex()}+{base64.b64encode(_ED25519 + raw).decode()}"
    return checkpoint._replace(signatures=(line,)), told


def signed_by(checkpoint: Checkpoint, key: str) -> bool:
    """Whether the checkpoint is signed with a key, given as a verifier's key or as the path of a PEM public key."""
    from cryptography.exceptions import InvalidSignature

    name, public = _public(key)
    wanted = _key_id(name or checkpoint.origin, public.public_bytes_raw())
    for line in checkpoint.signatures:
        signer, _, encoded = line.removeprefix("— ").rpartition(" ")
        try:
            signature = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            continue
        if signer == (name or checkpoint.origin) and signature[:4] == wanted:
            try:
                public.verify(signature[4:], checkpoint.body.encode())
            except InvalidSignature:
                return False
            return True
    return False


def _public(key: str) -> "tuple[str, Ed25519PublicKey]":
    """The name, if the key gives one, and the public key."""
    from_pem, keys = _library()
    if key.count("+") >= 2 and not _is_file(key):
        name, key_id, encoded = key.split("+", 2)
        try:
            raw = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != 33 or raw[:1] != _ED25519 or _key_id(name, raw[1:]).hex() != key_id:
            raise KeyBroken(path=key, why="it is not an Ed25519 verifier's key, or was not copied in full")
        return name, keys.Ed25519PublicKey.from_public_bytes(raw[1:])
    public = _loaded(from_pem.load_pem_public_key, Path(key))
    if not isinstance(public, keys.Ed25519PublicKey):
        raise KeyBroken(path=key, why="it is not an Ed25519 public key")
    return "", public


def _is_file(key: str) -> bool:
    try:
        return Path(key).is_file()
    except OSError:  # a key may be too long for a file name
        return False


def _key_id(name: str, raw: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + raw).digest()[:4]


def _loaded(load: Any, path: Path, **options: Any) -> Any:
    try:
        return load(path.read_bytes(), **options)
    except OSError as error:
        raise KeyBroken(path=path, why=error.strerror or error) from error
    except TypeError:
        raise KeyBroken(path=path, why="it is locked with a passphrase; write an unlocked copy with openssl") from None
    except ValueError:
        raise KeyBroken(path=path, why="it is not in PEM form") from None


def _library() -> tuple[Any, Any]:
    """The library's modules; refused, with the command that installs them, if they are missing."""
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise ExtraNeeded(what="Signing", extra="sign") from None
    return serialization, ed25519
