"""An exported log comes back only whole: every time is a time, and every erasure was recorded."""

import json

import pytest

from ledger import Ledger
from ledger.integrity.archive import export, restore
from ledger.integrity.errors import LogFileBroken


def lines_of(ledger: Ledger) -> list[dict]:
    exported = ledger.path.with_name("log.jsonl")
    with exported.open("w") as out:
        export(ledger.path, out)
    return [json.loads(line) for line in exported.read_text().splitlines()]


def restored(ledger: Ledger, lines: list[dict]) -> int:
    exported = ledger.path.with_name("changed.jsonl")
    exported.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return restore(exported, ledger.path.with_name("again.db"))


def test_what_was_exported_is_restored_erasures_included(ledger: Ledger) -> None:
    ledger.erase("eu", "A request.")
    lines = lines_of(ledger)
    assert any("erased" in line for line in lines)
    assert restored(ledger, lines) == len(lines) - 1


@pytest.mark.parametrize("time", ["zzzz", "2025-06-15", "2025-99-99T99:99:99Z", "2025-06-15T12:00:00.000000"])
def test_an_event_recorded_at_what_is_not_a_time_is_refused(ledger: Ledger, time: str) -> None:
    lines = lines_of(ledger)
    state = json.loads(lines[-1]["state"])
    lines[-1]["state"] = json.dumps(state | {"recorded_at": time})
    with pytest.raises(LogFileBroken, match="is not a time in UTC"):
        restored(ledger, lines)
    assert not ledger.path.with_name("again.db").exists()


def test_an_erased_event_whose_erasure_was_not_recorded_is_refused(ledger: Ledger) -> None:
    lines = lines_of(ledger)
    del lines[-1]["state"]
    lines[-1]["erased"] = "ab" * 32
    with pytest.raises(LogFileBroken, match="it is erased, and no event says so"):
        restored(ledger, lines)
