"""Wrong tokens are limited by address, for a time, and cost no memory."""

import pytest

from ledger.errors import Refusal
from ledger.web.people import guesses as module
from ledger.web.people.guesses import MOST, SECONDS, Guesses


def wrong(guesses: Guesses, address: str, times: int = MOST) -> None:
    for _ in range(times):
        guesses.refuse_if_too_many(address)
        guesses.wrong(address)


def test_an_address_has_so_many_guesses_and_then_waits(clock) -> None:
    guesses = Guesses(clock)
    wrong(guesses, "192.0.2.1")
    with pytest.raises(Refusal, match="Wait 10 minutes"):
        guesses.refuse_if_too_many("192.0.2.1")
    wrong(guesses, "192.0.2.2")
    clock.now = SECONDS - 30
    with pytest.raises(Refusal, match="Wait 1 minute,"):
        guesses.refuse_if_too_many("192.0.2.1")
    clock.now = SECONDS + 1
    wrong(guesses, "192.0.2.1")


def test_ipv6_is_limited_by_the_network_of_a_machine(clock) -> None:
    guesses = Guesses(clock)
    for number in range(MOST):
        wrong(guesses, f"2001:db8::{number}", 1)
    with pytest.raises(Refusal, match="Too many wrong tokens"):
        guesses.refuse_if_too_many("2001:db8::ffff")
    guesses.refuse_if_too_many("2001:db8:0:1::1")


def test_addresses_without_number_are_forgotten_oldest_first(clock, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_ADDRESSES", 3)
    guesses = Guesses(clock)
    wrong(guesses, "not an address")
    for number in range(3):
        wrong(guesses, f"192.0.2.{number}", 1)
    guesses.refuse_if_too_many("not an address")
