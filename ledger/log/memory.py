"""What was read of a log, kept for the next filing: true until the log changes, and never more than so much of it."""

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """What was found under some keys; emptied when it would hold more than `most` bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._found: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        return self._found.get(key)

    def keep(self, key: K, value: V, size: int) -> None:
        """Keep what was found under a key, which takes about so many bytes."""
        if self._size + size > self._most:
            self.clear()
        if size <= self._most:
            self._found[key] = value
            self._size += size

    def forget(self, key: K) -> None:
        """What was found under the key is no longer true."""
        self._found.pop(key, None)

    def clear(self) -> None:
        self._found.clear()
        self._size = 0
