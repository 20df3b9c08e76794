"""Checkpoints: their text, refused texts, and the folder that stores them next to a ledger."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.integrity import checkpoints
from ledger.integrity.checkpoints import Checkpoint, in_base64
from ledger.integrity.errors import CheckpointBroken
from ledger.integrity.proofs import checkpoint

LINE = st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1).filter(lambda text: text.strip())
PLAIN = st.text("abcdefghij/-+= ", min_size=1)


@given(
    PLAIN,
    st.integers(0, 10**14),
    st.binary(min_size=32, max_size=32),
    st.lists(PLAIN, max_size=3),
    st.lists(PLAIN.map("— ".__add__), max_size=3),
)
def test_a_checkpoint_is_read_as_it_was_written(
    origin: str, size: int, root: bytes, extensions: list[str], signatures: list[str]
) -> None:
    written = Checkpoint(origin, size, root, tuple(extensions), tuple(signatures))
    assert checkpoints.parse(written.text, "here") == written
    assert written.text.startswith(written.body)


@given(LINE, LINE, LINE)
def test_three_lines_are_a_checkpoint_or_are_refused(origin: str, size: str, root: str) -> None:
    try:
        read = checkpoints.parse(f"{origin}\n{size}\n{root}\n", "here")
    except CheckpointBroken as refusal:
        assert str(refusal).startswith("here is not a checkpoint: ")
    else:
        assert (read.origin, str(read.size), in_base64(read.root)) == (origin, size, root)


def test_checkpoints_are_kept_in_order_and_only_once(ledger: Ledger) -> None:
    first = checkpoint(ledger.path)
    assert checkpoints.keep(ledger.path, first) == checkpoints.keep(ledger.path, first)
    ledger.append("party", "nine", {"name": "Nine"}, negotiation="vn-us-trade")
    second = checkpoint(ledger.path)
    checkpoints.keep(ledger.path, second)
    assert [one for _, one in checkpoints.kept(ledger.path)] == [first, second]


def test_one_broken_checkpoint_hides_none_of_the_others(ledger: Ledger) -> None:
    path = checkpoints.keep(ledger.path, checkpoint(ledger.path))
    path.with_name("000000001-broken.checkpoint").write_text("broken")
    broken: list[CheckpointBroken] = []
    assert [where for where, _ in checkpoints.kept(ledger.path, broken)] == [path]
    assert "000000001-broken.checkpoint is not a checkpoint" in str(broken[0])


def test_a_signature_takes_the_place_of_the_unsigned_checkpoint(ledger: Ledger) -> None:
    taken = checkpoint(ledger.path)
    path = checkpoints.keep(ledger.path, taken)
    signed = taken._replace(signatures=("— us AAAA",))
    assert checkpoints.keep(ledger.path, signed) == path
    assert checkpoints.read(path) == signed


def test_a_folder_is_not_a_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(CheckpointBroken, match="it is not a file"):
        checkpoints.read(tmp_path)
