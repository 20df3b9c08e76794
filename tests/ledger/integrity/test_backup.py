"""A backup contains the ledger's events, needs no other file, and is deleted if it differs."""

from pathlib import Path

import pytest

from ledger import Ledger, open_ledger
from ledger.integrity import backup
from ledger.integrity.backup import back_up
from ledger.integrity.errors import BackupDiffers
from ledger.integrity.verify import Verified, verify


def test_a_backup_is_the_ledger_and_one_file(ledger: Ledger, tmp_path: Path) -> None:
    found = back_up(ledger.path, tmp_path / "copy.db")
    assert (found.events, found.root) == verify(ledger.path)[:2]
    assert open_ledger(tmp_path / "copy.db").head()[:2] == ledger.head()[:2]
    assert [path.name for path in tmp_path.glob("copy.db*")] == ["copy.db"]


@pytest.mark.parametrize("changes", [{"root": "other"}, {"problems": ["Position 2 is missing from the log."]}])
def test_a_copy_that_differs_is_deleted(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    def spoilt(path: Path) -> Verified:
        return verify(path)._replace(**changes)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "verify", spoilt)
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(BackupDiffers, match=r"differs from the ledger .* and was deleted"):
        back_up(ledger.path, tmp_path / "copy.db")
    assert {path.name for path in tmp_path.iterdir()} == before
