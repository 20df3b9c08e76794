"""A full disk during any work: one sentence, and every acknowledged event is still there."""

import random

import pytest

from tests.crashes.harness import WORKS, Before, Lines, aftermath, forking, new_ledger, victim

LIMITS = (20_000, 150_000)  # bytes that no file may exceed
STAYS_IN_MEMORY = ("replay",)  # where it cannot be kept


@pytest.mark.parametrize("kind", WORKS)
def test_a_disk_that_fills_up_refuses_in_a_sentence_and_loses_nothing(kind, tmp_path):
    chance = random.Random(kind)
    for nth, largest in enumerate(LIMITS):
        folder = tmp_path / str(nth)
        folder.mkdir()
        ledger = new_ledger(folder)
        before, told = Before.of(ledger.path), folder / "told"
        process = forking().Process(target=victim, args=(kind, ledger.path, told, chance.getrandbits(32), largest))
        process.start()
        process.join(2)
        process.kill()
        process.join()
        last = told.read_text().splitlines()[-1]
        if kind not in STAYS_IN_MEMORY and largest == LIMITS[0]:
            assert last.startswith("failed")
        if last.startswith("failed"):
            assert "cannot be written: " in last
            assert "Free some space or fix the permissions, then try again" in last
        found = aftermath(ledger, before, [Lines.of(told)])
        assert (found.missing, found.half) == ([], [])
        assert found.intact
        assert found.views_equal
