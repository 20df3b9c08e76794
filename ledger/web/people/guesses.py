"""Limits how many wrong tokens one address may try."""

import ipaddress
import math
import time
from collections.abc import Callable

from ledger.base.text import counted
from ledger.web.people.errors import TooManyGuesses

MOST = 10  # wrong tokens from one address within the time
SECONDS = 10 * 60
MOST_ADDRESSES = 10_000  # that are remembered


class Guesses:
    """The wrong tokens of the last minutes, by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}  # how many, and since when

    def refuse_if_too_many(self, address: str) -> None:
        """Refuse an address that has tried too many wrong tokens, whatever it tries next."""
        count, since = self._wrong.get(_network(address), (0, 0.0))
        left = since + SECONDS - self._clock()
        if count >= MOST and left > 0:
            raise TooManyGuesses(minutes=counted(math.ceil(left / 60), "minute"))

    def wrong(self, address: str) -> None:
        """Count a wrong token."""
        network, at = _network(address), self._clock()
        count, since = self._wrong.pop(network, (0, at))
        if at - since > SECONDS:
            count, since = 0, at
        while len(self._wrong) >= MOST_ADDRESSES:
            self._wrong.pop(next(iter(self._wrong)))
        self._wrong[network] = count + 1, since


def _network(address: str) -> str:
    """The address, or for IPv6 the network of which one machine can use every address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else address
