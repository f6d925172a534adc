"""The Merkle tree and its audit paths, against published figures and against RFC 6962 read literally."""

from __future__ import annotations

import hashlib
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp_chassis.audit.merkle import Tree
from mcp_chassis.audit.reading.proofs import TreeFile, leads_to

# The entries, roots and paths that Certificate Transparency's implementations are tested with.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (3, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (2, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def root_of(entries: list[bytes]) -> bytes:
    """MTH of section 2.1."""
    if not entries:
        return hashlib.sha256().digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = split(len(entries))
    return hashlib.sha256(b"\x01" + root_of(entries[:k]) + root_of(entries[k:])).digest()


def path_of(index: int, entries: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if index < k:
        return [*path_of(index, entries[:k]), root_of(entries[k:])]
    return [*path_of(index - k, entries[k:]), root_of(entries[:k])]


def split(size: int) -> int:
    """The largest power of two smaller than the size."""
    k = 1
    while 2 * k < size:
        k *= 2
    return k


def grown(entries: list[bytes]) -> Tree:
    tree = Tree()
    tree.extend(entries)
    return tree


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert grown(ENTRIES[:size]).root.hex() == ROOTS[size - 1]
    assert root_of(ENTRIES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("number", "size"), PATHS)
def test_paths_are_the_published_ones(number: int, size: int) -> None:
    with tempfile.TemporaryFile() as file:
        nodes = TreeFile(file.fileno(), 0, size)
        assert nodes.fill(ENTRIES[:size]).hex() == ROOTS[size - 1]
        path = nodes.path(number - 1)
    assert [node.hex() for node in path] == PATHS[number, size]
    assert leads_to(ENTRIES[number - 1], number - 1, size, path) == bytes.fromhex(ROOTS[size - 1])


entries_of_any_number = st.integers(1, 200).map(lambda count: [n.to_bytes(32, "big") for n in range(count)])


@given(entries=entries_of_any_number, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_tree_that_goes_on_from_subtrees_is_that_of_the_rfc(entries: list[bytes], data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(entries)))
    before = grown(entries[:kept])
    tree = Tree(kept, before.subtrees)
    tree.extend(entries[kept:])
    assert (tree.size, tree.root) == (len(entries), root_of(entries))
    assert len(tree.subtrees) == len(entries).bit_count()


@given(entries=entries_of_any_number, start=st.integers(0, 1000), data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_path_is_that_of_the_rfc_also_where_the_first_entries_are_gone(
    entries: list[bytes], start: int, data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(entries) - 1))
    base = grown(entries[:gone])
    with tempfile.TemporaryFile() as file:
        nodes = TreeFile(file.fileno(), start, len(entries))
        assert nodes.fill(entries[gone:], base) == root_of(entries)
        for index in range(gone, len(entries)):
            assert nodes.path(index) == path_of(index, entries)


@given(entries=entries_of_any_number, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_path_proves_its_entry_at_its_place_and_nothing_else(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    size, root, path = len(entries), root_of(entries), path_of(index, entries)
    assert leads_to(entries[index], index, size, path) == root
    assert leads_to(b"other", index, size, path) != root
    assert leads_to(entries[index], index, size, [*path, root]) != root
    if path:
        other = index ^ 1
        assert leads_to(entries[index], index, size, path[:-1]) != root
        assert other >= size or leads_to(entries[index], other, size, path) != root
