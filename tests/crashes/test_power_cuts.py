"""A power cut at any moment loses nothing that was acknowledged: a short run of `power_cuts.py`."""

import os
import random
import shutil
import subprocess

import pytest

from tests.crashes.power_cuts import Op, disk, main

CUTS = int(os.environ.get("PARLEY_CUTS", "15"))


def may_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not may_trace(), reason="strace is not installed, or may not trace here")
def test_a_power_cut_loses_nothing_that_was_acknowledged() -> None:
    assert main(CUTS, seed=1) == []


def test_what_was_synced_is_on_every_disk_and_what_was_not_is_on_some() -> None:
    ops = [
        Op("new", 1),
        Op("name", 1, path="/a"),
        Op("write", 1, 0, b"synced"),
        Op("sync", 1),
        Op("sync names"),
        Op("write", 1, 6, b" or not"),
    ]
    found = {disk(ops, random.Random(seed))["/a"] for seed in range(50)}
    assert found == {b"synced", b"synced or not"}
