"""Only a complete exported log is restored: every event in order, every time valid, every erasure recorded."""

import json
from pathlib import Path

import pytest

from docs import verify as alone
from ledger import Ledger, create_ledger, open_ledger
from ledger.base.files import companion
from ledger.integrity.archive import export, line_of, restore
from ledger.integrity.errors import LogFileBroken
from ledger.integrity.verify import verify
from ledger.log.commitments import leaf_of
from ledger.log.errors import LedgerNotEmpty
from ledger.log.store import Stored, opened


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


@pytest.mark.parametrize("day", ["zzzz", "2025-06-13", "2025-06-17", "20250615"])
def test_an_event_recorded_on_a_day_that_it_was_nowhere_is_refused(ledger: Ledger, day: str) -> None:
    lines = lines_of(ledger)
    state = json.loads(lines[-1]["state"])
    lines[-1]["state"] = json.dumps(state | {"recorded_on": day})
    with pytest.raises(LogFileBroken, match="is not the date in any time zone at that moment"):
        restored(ledger, lines)


def test_an_erased_event_whose_erasure_was_not_recorded_is_refused(ledger: Ledger) -> None:
    lines = lines_of(ledger)
    del lines[-1]["state"]
    lines[-1]["erased"] = "ab" * 32
    with pytest.raises(LogFileBroken, match="it is erased, but no erasure is recorded"):
        restored(ledger, lines)


def events(path: Path) -> list[Stored]:
    with opened(path) as store:
        return list(store.events())


@pytest.mark.parametrize("into", ["new", "empty"])
def test_a_log_comes_back_as_it_was(ledger: Ledger, into: str) -> None:
    ledger.erase("eu", "By order.")
    again = ledger.path.with_name("again.db")
    if into == "empty":
        create_ledger(again)
    lines = lines_of(ledger)
    assert restored(ledger, lines) == ledger.head().position
    assert events(again) == events(ledger.path)
    assert lines_of(open_ledger(again)) == lines
    assert verify(again).root == verify(ledger.path).root
    note = companion(again, "acknowledged").read_text().split()
    assert note[1:3] == [ledger.head().ledger_id, str(ledger.head().position)]
    with pytest.raises(LedgerNotEmpty):
        restored(ledger, lines)


def test_a_log_in_which_any_one_line_is_missing_or_doubled_is_refused(ledger: Ledger) -> None:
    lines = lines_of(ledger)
    for at in range(len(lines)):
        for changed in (lines[:at] + lines[at + 1 :], lines[: at + 1] + lines[at:]):
            with pytest.raises(LogFileBroken):
                restored(ledger, changed)
            assert not ledger.path.with_name("again.db").exists()


@pytest.mark.parametrize("state", [b"\xff\x00", b'{"recorded_at": "\xe2\x80\xae"}', b""])
def test_the_line_of_an_event_has_the_leaf_of_the_event(state: bytes) -> None:
    row = Stored(1, "talks/party/us", 1, "PartyNamed.1", state)
    assert alone.leaf(json.loads(json.dumps(line_of(row)))) == leaf_of(row)
