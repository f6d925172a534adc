"""Audit paths of RFC 6962, section 2.1.1: that a record is in the tree which a checkpoint signs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import sha256

from mcp_chassis.audit.merkle import Tree

__all__ = ["TreeFile", "leads_to"]

_HASH = 32
_BUFFER = 32 * 1024


class TreeFile:
    """All nodes of a tree in a file, so that proofs of a log of any size take little memory.

    Each level has a region, the leaves first; a node is where its number says. What lies below a checkpoint that the
    tree begins with is never asked for and stays a hole.
    """

    def __init__(self, fd: int, start: int, size: int) -> None:
        """Make room in an open file.

        Args:
            start: where the tree begins in the file.
            size: how many entries it will have.
        """
        self._fd = fd
        self._size = size
        self._starts: list[int] = []
        for level in range(size.bit_length()):
            self._starts.append(start)
            start += _HASH * (size >> level)
        self.end = start
        """Where the next tree may begin."""
        self._buffers: list[tuple[int, bytearray]] = [(0, bytearray()) for _ in self._starts]
        self._tree = Tree()

    def fill(self, entries: Iterable[bytes], base: Tree | None = None) -> bytes:
        """Put the entries in; `base` is the tree of those before them that are no longer there.

        Returns:
            The root.
        """
        subtrees = list(base.subtrees) if base is not None else []
        count = base.size if base is not None else 0
        left, index = count, 0
        for subtree in subtrees:
            level = left.bit_length() - 1
            self._put(level, index >> level, subtree)
            left, index = left - (1 << level), index + (1 << level)
        for entry in entries:
            node, level, number = sha256(b"\0" + entry).digest(), 0, count
            self._put(0, number, node)
            while number & 1:
                node = sha256(b"\1" + subtrees.pop() + node).digest()
                level, number = level + 1, number >> 1
                self._put(level, number, node)
            subtrees.append(node)
            count += 1
        for level in range(len(self._buffers)):
            self._flush(level)
        self._tree = Tree(count, subtrees)
        return self._tree.root

    def path(self, index: int) -> list[bytes]:
        """The audit path of an entry (from 0), from its sibling upwards."""
        path, last, level = [], self._size - 1, 0
        while last:
            sibling = index ^ 1
            if sibling <= last:
                whole = (sibling + 1) << level <= self._size
                path.append(self._get(level, sibling) if whole else self._edge(level))
            index, last, level = index >> 1, last >> 1, level + 1
        return path

    def _edge(self, level: int) -> bytes:
        """The last node of a level, which is no perfect tree: made of the subtrees that are smaller than one."""
        width = (self._size & ((1 << level) - 1)).bit_count()
        return Tree(0, self._tree.subtrees[-width:]).root

    def _put(self, level: int, number: int, node: bytes) -> None:
        first, buffer = self._buffers[level]
        if first + len(buffer) // _HASH != number or len(buffer) >= _BUFFER:
            self._flush(level)
            first, buffer = number, bytearray()
            self._buffers[level] = first, buffer
        buffer += node

    def _flush(self, level: int) -> None:
        first, buffer = self._buffers[level]
        if buffer:
            os.pwrite(self._fd, buffer, self._starts[level] + first * _HASH)
            self._buffers[level] = first, bytearray()

    def _get(self, level: int, number: int) -> bytes:
        return os.pread(self._fd, _HASH, self._starts[level] + number * _HASH)


def leads_to(entry: bytes, index: int, size: int, path: Iterable[bytes]) -> bytes | None:
    """The root that a path leads to from an entry (RFC 9162, section 2.1.3.2); None when it has the wrong length."""
    node, last = sha256(b"\0" + entry).digest(), size - 1
    for sibling in path:
        if not last:
            return None
        if index & 1 or index == last:
            node = sha256(b"\1" + sibling + node).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = sha256(b"\1" + node + sibling).digest()
        index, last = index >> 1, last >> 1
    return None if last else node
