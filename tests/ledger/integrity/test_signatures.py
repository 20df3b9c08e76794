"""A signature verifies with its own key, in either form, for exactly the signed text."""

from pathlib import Path

import pytest

from ledger.integrity.checkpoints import Checkpoint
from ledger.integrity.errors import KeyBroken
from ledger.integrity.signatures import sign, signed_by

pytest.importorskip("cryptography", reason="the extra `sign` is not installed")
from cryptography.hazmat.primitives import serialization as to
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PLAIN = Checkpoint("parley/x", 7, bytes(32))


def key(folder: Path, name: str) -> Path:
    """A private key in a file, and its public key in `NAME.pub`."""
    private = Ed25519PrivateKey.generate()
    path = folder / name
    path.write_bytes(private.private_bytes(to.Encoding.PEM, to.PrivateFormat.PKCS8, to.NoEncryption()))
    public = private.public_key().public_bytes(to.Encoding.PEM, to.PublicFormat.SubjectPublicKeyInfo)
    path.with_suffix(".pub").write_bytes(public)
    return path


def test_a_signed_checkpoint_is_verified_by_either_form_of_its_key(tmp_path: Path) -> None:
    signed, public = sign(PLAIN, key(tmp_path, "ours"))
    assert signed._replace(signatures=()) == PLAIN
    assert signed_by(signed, public)
    assert signed_by(signed, str(tmp_path / "ours.pub"))


def test_no_other_key_and_no_other_text_is_verified(tmp_path: Path) -> None:
    signed, public = sign(PLAIN, key(tmp_path, "ours"))
    _, other = sign(PLAIN, key(tmp_path, "other"))
    assert not signed_by(signed, other)
    assert not signed_by(PLAIN, public)
    for changed in (
        {"size": 8},
        {"root": bytes([1]) * 32},
        {"extensions": ("more",)},
        {"signatures": ("— parley/x !",)},
    ):
        assert not signed_by(signed._replace(**changed), public)


def test_a_checkpoint_may_be_signed_by_several(tmp_path: Path) -> None:
    first, ours = sign(PLAIN, key(tmp_path, "ours"))
    second, other = sign(PLAIN, key(tmp_path, "other"))
    both = PLAIN._replace(signatures=first.signatures + second.signatures)
    assert signed_by(both, ours)
    assert signed_by(both, other)


def test_a_file_that_is_not_a_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no key")
    for path in (tmp_path / "text", tmp_path / "missing", tmp_path):
        with pytest.raises(KeyBroken, match="cannot be used as a key"):
            sign(PLAIN, path)
