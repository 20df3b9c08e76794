"""Keeps opened files between calls, so that each call need not open them again.

They are not shared: a caller takes one, and another caller gets another one. None stays open across a fork, because a
child would not have the locks that SQLite assumes.
"""

import os
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet


class Closable(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=Closable)


class Idle(Generic[T]):
    """The opened files that nobody uses at the moment, until they are closed or garbage-collected."""

    def __init__(self) -> None:
        self._idle: list[T] = []
        _EVERY.add(self)

    def put(self, one: T) -> None:
        """Keep an opened file for the next caller."""
        self._idle.append(one)

    def take(self) -> T | None:
        """An opened file, which is then no longer idle; None if there is none."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def close(self) -> None:
        """Close the idle files; the next caller opens one again."""
        while (one := self.take()) is not None:
            one.close()

    def __del__(self) -> None:
        self.close()


_EVERY: "WeakSet[Idle[Any]]" = WeakSet()


def _close_all() -> None:
    for idle in list(_EVERY):
        idle.close()


if hasattr(os, "register_at_fork"):  # some systems have no fork
    os.register_at_fork(before=_close_all)
