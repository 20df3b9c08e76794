"""Opened files that wait for the next caller: each is lent to one caller at a time, and none outlives its keeper."""

import gc
import os

import pytest

from ledger.base.idle import Idle


class Opened:
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


def test_each_opened_file_is_lent_to_one_caller_at_a_time():
    idle, one, other = Idle(), Opened(), Opened()
    idle.put(one)
    idle.put(other)
    assert {idle.take(), idle.take()} == {one, other}
    assert idle.take() is None


def test_what_is_idle_is_closed_with_its_keeper():
    idle, one = Idle(), Opened()
    idle.put(one)
    del idle
    gc.collect()
    assert one.is_closed


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_nothing_stays_open_across_a_fork():
    idle, one = Idle(), Opened()
    idle.put(one)
    child = os.fork()
    if not child:
        os._exit(0 if idle.take() is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert one.is_closed
