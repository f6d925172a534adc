"""Random paths over random trees lead where a model of a few lines says, on each level, and never out."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp_chassis.confine import Root
from mcp_chassis.confine.errors import Looping, Missing, NotDirectory, Outside
from mcp_chassis.errors import ChassisError

NAMES = ["a", "b", "c", "..x"]
STEPS = st.sampled_from([*NAMES, *NAMES, "..", "..", ".", ""])
PATHS = st.lists(STEPS, max_size=8).map("/".join)
TARGETS = st.one_of(
    PATHS.filter(bool),
    PATHS.map(lambda path: f"{{root}}/{path}"),
    st.sampled_from(["/", "/etc/passwd", "{root}/..", "{root}", "{root}-evil/a", "{out}", "../out/a", "/proc/self"]),
)

# A directory by its names, a file by its text, or a link by its target.
Node = dict[str, "Node"] | bytes | str
TREES = st.recursive(
    st.one_of(st.binary(max_size=3), TARGETS, TARGETS),
    lambda nodes: st.dictionaries(st.sampled_from(NAMES), nodes, max_size=4),
    max_leaves=14,
)
ROOTS = st.dictionaries(st.sampled_from(NAMES), TREES, min_size=1, max_size=4)


class Model:
    """What a path means, over a tree in memory: names are taken one by one, links spliced in, and "" is the root."""

    def __init__(self, tree: dict[str, Node], root: str) -> None:
        self.tree = tree
        self.root = root
        self.links = 0

    def names(self, path: str) -> list[str]:
        return [name for name in path.split("/") if name not in ("", ".")]

    def at(self, place: list[str]) -> Node:
        node: Node = self.tree
        for name in place:
            assert isinstance(node, dict)
            node = node[name]
        return node

    def find(self, path: str) -> list[str]:
        """The names from the root to where the path leads."""
        place = self.follow([], path)
        if (path in ("", ".") or path.endswith(("/", "/."))) and not isinstance(self.at(place), dict):
            raise NotDirectory
        return place

    def follow(self, place: list[str], path: str) -> list[str]:
        if path.startswith("/"):
            if path != self.root and not self.names(path)[: len(self.names(self.root))] == self.names(self.root):
                raise Outside
            place, names = [], self.names(path)[len(self.names(self.root)) :]
        else:
            names = self.names(path)
        for index, name in enumerate(names):
            here = self.at(place)
            if not isinstance(here, dict):
                raise NotDirectory
            if name == "..":
                if not place:
                    raise Outside
                place = place[:-1]
                continue
            if name not in here:
                raise Missing
            entry = here[name]
            if isinstance(entry, str):
                self.links += 1
                if self.links > 40:
                    raise Looping
                found = self.follow(place, entry)
                if entry.endswith(("/", "/.")) and not isinstance(self.at(found), dict):
                    raise NotDirectory
                place = found
            else:
                place = [*place, name]
            if index < len(names) - 1 and not isinstance(self.at(place), dict):
                raise NotDirectory
        return place


def build(place: Path, tree: dict[str, Node], root: Path, out: Path) -> dict[str, Node]:
    """Make a tree on the disk, and give it back with the links' real targets."""
    place.mkdir()
    made: dict[str, Node] = {}
    for name, node in tree.items():
        if isinstance(node, dict):
            made[name] = build(place / name, node, root, out)
        elif isinstance(node, bytes):
            (place / name).write_bytes(node)
            made[name] = node
        else:
            made[name] = node.format(root=root, out=out)
            os.symlink(made[name], place / name)
    return made


# Where a path leads and what is there: the names in a directory, or the text of a file.
Found = tuple[str, list[str] | bytes] | type[ChassisError]


def meant(model: Model, path: str) -> Found:
    if path.startswith("/"):
        return Outside
    try:
        place = model.find(path)
    except ChassisError as error:
        return type(error)
    node = model.at(place)
    assert not isinstance(node, str)
    return "/".join(place), sorted(node) if isinstance(node, dict) else node


def found(root: Root, path: str, *, exact: bool = False) -> Found:
    """The same of the real thing, by what is really open."""
    try:
        fd = root.open_fd(path, os.O_RDONLY, exact=exact)
    except ChassisError as error:
        return type(error)
    try:
        where = os.path.relpath(os.readlink(f"/proc/self/fd/{fd}"), root.path)
        where = "" if where == "." else where
        if os.path.isdir(f"/proc/self/fd/{fd}"):
            return where, sorted(os.listdir(fd))
        return where, os.read(fd, 10)
    finally:
        os.close(fd)


@pytest.fixture
def place() -> Iterator[Path]:
    """On a file system in memory where there is one, for many small trees."""
    made = Path(os.path.realpath(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)))
    yield made
    shutil.rmtree(made)


def compare(place: Path, tree: dict[str, Node], paths: list[str]) -> None:
    top = Path(tempfile.mkdtemp(dir=place))
    (top / "out").mkdir()
    (top / "out/a").write_text("secret")
    model = build(top / "root", tree, top / "root", top / "out")
    with Root.open(top / "root", level="kernel") as kernel, Root.open(top / "root", level="walk") as walk:
        for path in paths:
            expected = meant(Model(model, str(top / "root")), path)
            assert found(kernel, path) == expected, path
            assert found(walk, path) == expected, path
            if isinstance(expected, tuple):
                for root in (kernel, walk):
                    real = root.resolve(path)
                    assert real == expected[0], path
                    assert found(root, real, exact=True) == expected, path


CASES = given(tree=ROOTS, paths=st.lists(PATHS, min_size=1, max_size=12))


@pytest.mark.parametrize("examples", [300, pytest.param(20_000, marks=pytest.mark.soak)])
def test_random_paths_lead_where_the_model_says(place: Path, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None)
    @CASES
    def check(tree: dict[str, Node], paths: list[str]) -> None:
        compare(place, tree, paths)

    check()
