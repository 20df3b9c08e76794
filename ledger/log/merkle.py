"""The Merkle tree of RFC 9162, section 2.1: roots, and proofs that a tree contains a leaf or begins with an older tree.

All functions take the hashes of leaves (`hash_leaf`), in order. A proof is a list of hashes, starting with the nearest
to the leaf; `includes` and `extends` check a proof without the tree.
"""

from collections.abc import Iterable, Sequence

from ledger.base.hashing import SIZE, sha256

WIDTH = SIZE
EMPTY_ROOT = sha256(b"")


def hash_leaf(content: bytes) -> bytes:
    """The hash of a leaf (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + content)


def hash_node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right)


class Frontier:
    """The right edge of a growing tree: the roots of its full subtrees, largest first, which suffice to continue."""

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        self.size = size
        self._peaks = [peaks[start : start + WIDTH] for start in range(0, len(peaks), WIDTH)]

    def append(self, leaf: bytes) -> None:
        """Add one leaf to the tree."""
        self.size += 1
        full = self.size
        while not full & 1:
            leaf = hash_node(self._peaks.pop(), leaf)
            full >>= 1
        self._peaks.append(leaf)

    def root(self) -> bytes:
        """The root of the tree so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = hash_node(peak, root)
        return root

    def peaks(self) -> bytes:
        """The peaks as bytes, to store with the size and pass to another `Frontier`."""
        return b"".join(self._peaks)


class Tree:
    """A whole tree in memory, for making proofs: 32 bytes per node, two nodes per leaf."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            pairs = zip(below[::2], below[1::2], strict=False)
            self._levels.append([hash_node(left, right) for left, right in pairs])

    @property
    def size(self) -> int:
        return len(self._levels[0])

    def root(self, size: int) -> bytes:
        """The root of the first `size` leaves."""
        return self._root(0, size)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The proof that leaf `index` (from 0) is in the tree of the first `size` leaves (RFC 9162, 2.1.3.1)."""
        return self._path(index, 0, size)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree of `new` leaves begins with the tree of `old` leaves (RFC 9162, 2.1.4.1)."""
        return [] if old in (0, new) else self._common(old, 0, new, known=True)

    def _root(self, start: int, end: int) -> bytes:
        width = end - start
        if width == 0:
            return EMPTY_ROOT
        if width & (width - 1) == 0:  # a full subtree, which starts at a multiple of its width
            return self._levels[width.bit_length() - 1][start // width]
        middle = start + _split(width)
        return hash_node(self._root(start, middle), self._root(middle, end))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._root(middle, end)]
        return [*self._path(index, middle, end), self._root(start, middle)]

    def _common(self, old: int, start: int, end: int, *, known: bool) -> list[bytes]:
        if old == end:
            return [] if known else [self._root(start, end)]
        middle = start + _split(end - start)
        if old <= middle:
            return [*self._common(old, start, middle, known=known), self._root(middle, end)]
        return [*self._common(old, middle, end, known=False), self._root(start, middle)]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that `leaf` is at `index` in the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    found = leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = hash_node(sibling, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = hash_node(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def extends(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if old == 0:
        return old_root == EMPTY_ROOT and not proof
    if not 0 < old <= new or (old == new) != (not proof):
        return False
    if old == new:
        return old_root == new_root
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = hash_node(sibling, first), hash_node(sibling, second)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            second = hash_node(second, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(width: int) -> int:
    """The largest power of two smaller than the width."""
    return 1 << (width - 1).bit_length() - 1
