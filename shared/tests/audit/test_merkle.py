"""The Merkle tree grows as RFC 6962 defines it."""

from __future__ import annotations

import hashlib

import pytest
from audit_wire import root
from mcp_chassis.audit.merkle import Tree

ENTRIES = [hashlib.sha256(str(number).encode()).digest() for number in range(130)]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 130])
def test_root_is_that_of_the_definition(size: int) -> None:
    tree = Tree()
    tree.extend(ENTRIES[:size])
    assert tree.root == root(ENTRIES[:size])
    assert len(tree.subtrees) == size.bit_count()


@pytest.mark.parametrize("known", [1, 6, 64, 100])
def test_a_tree_goes_on_from_its_subtrees_alone(known: int) -> None:
    first = Tree()
    first.extend(ENTRIES[:known])
    later = Tree(first.size, first.subtrees)
    later.extend(ENTRIES[known:])
    assert later.root == root(ENTRIES)


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Tree().root == hashlib.sha256().digest()
