"""The audit trail: a line for each look, in a file apart from the record."""

import json
import stat
from pathlib import Path

import pytest

from ledger.errors import Refusal
from ledger.web.people.audit import Audit
from ledger.web.people.people import AccessRole
from ledger.web.people.visitors import Visitor

LAN = Visitor("lan\n", AccessRole.READER, "internal")


def test_each_look_is_a_line_and_a_name_cannot_forge_one(tmp_path: Path, set_clock) -> None:
    set_clock("2026-11-21T12:00:00+00:00")
    like = tmp_path / "ledger.db"
    like.write_text("")
    like.chmod(0o640)
    path = tmp_path / "trail.jsonl"
    for _ in range(2):
        Audit(path, like).note(LAN, "GET", "/talks\n?q=é\u2028")
    lines = path.read_text().split("\n")
    assert (len(lines), lines[-1]) == (3, "")
    assert json.loads(lines[0]) == {
        "time": "2026-11-21T12:00:00+00:00",
        "name": "lan\n",
        "level": "internal",
        "method": "GET",
        "address": "/talks\n?q=é\u2028",
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_trail_that_cannot_be_written_is_refused_before_and_after(tmp_path: Path) -> None:
    like = tmp_path / "ledger.db"
    like.write_text("")
    for path in (tmp_path / "nowhere" / "trail", tmp_path, Path("a\0b")):
        with pytest.raises(Refusal, match="cannot be written"):
            Audit(path, like)
    audit = Audit(tmp_path / "trail", like)
    (tmp_path / "trail").unlink()
    with pytest.raises(Refusal, match="This page is not shown"):
        audit.note(LAN, "GET", "/")
    assert not (tmp_path / "trail").exists()
