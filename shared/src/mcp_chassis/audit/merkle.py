"""The Merkle tree of RFC 6962, section 2.1, kept as the roots of its perfect subtrees, from which it grows."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

__all__ = ["Tree"]

_LEAF, _NODE = sha256(b"\0"), sha256(b"\1")  # copied, which is cheaper than making one


class Tree:
    """A tree of records; an entry is the raw hash of a record."""

    def __init__(self, size: int = 0, subtrees: Iterable[bytes] = ()) -> None:
        """Begin with a tree of `size` entries, given as the roots of its perfect subtrees, the largest first."""
        self.size = size
        self.subtrees = list(subtrees)

    def extend(self, entries: Iterable[bytes]) -> None:
        """Append entries."""
        subtrees = self.subtrees
        for entry in entries:
            hashed = _LEAF.copy()
            hashed.update(entry)
            node = hashed.digest()
            size = self.size
            while size & 1:  # the last two are of one size
                node = _node(subtrees.pop(), node)
                size >>= 1
            subtrees.append(node)
            self.size += 1

    @property
    def root(self) -> bytes:
        """The hash of the whole tree; that of no entries is the hash of nothing."""
        if not self.subtrees:
            return sha256().digest()
        root = self.subtrees[-1]
        for subtree in reversed(self.subtrees[:-1]):
            root = _node(subtree, root)
        return root


def _node(left: bytes, right: bytes) -> bytes:
    hashed = _NODE.copy()
    hashed.update(left + right)
    return hashed.digest()
