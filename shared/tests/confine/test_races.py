"""Another process swaps directories and files for links to the outside while paths are used: nothing gets out."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from mcp_chassis.confine import Level, Root, folders, remove_tree, rename_noreplace
from mcp_chassis.errors import ChassisError
from swapper import swapping

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="swaps with renameat2")

INSIDE, SECRET = b"inside", b"secret"
# Each act is raced in seven ways or more on two levels: the long run is 28,000 attempts of each.
SHORT, LONG = 300, 2_000
ATTEMPTS = pytest.mark.parametrize(
    "attempts", [SHORT, pytest.param(LONG, marks=[pytest.mark.soak, pytest.mark.timeout(600)])]
)


class Race(NamedTuple):
    """What is swapped for what, and the path that is used meanwhile."""

    one: str
    other: str
    """Both relative to the place that holds "root" and "outside"."""
    path: str
    """Relative to the root."""
    refused: bool = True
    """Whether the path leads out while the swap is one way round."""


DIRECTORIES = {
    "a directory for a link": Race("root/d", "root/to-outside", "d/x"),
    "a directory for an absolute link": Race("root/d", "root/to-outside-abs", "d/x"),
    "a directory on the way": Race("root/a/b", "root/a/to-outside", "a/b/e/x"),
    "a directory behind an absolute link to the inside": Race("root/d", "root/to-outside", "abs-d/x"),
    "a directory to go up from": Race("root/d", "root/to-outside-dir", "d/../e/x"),
    "a directory that is moved up while it is gone up from": Race("root/a/b", "root/b", "a/b/../../d/x", refused=False),
    "the root itself": Race("root", "outside", "d/x", refused=False),
}
FILES = {
    "a file for a link": Race("root/d/x", "root/d/link", "d/x"),
    "a file for an absolute link": Race("root/d/x", "root/d/link-abs", "d/x"),
    "a link inside for a link outside": Race("root/d/link-in", "root/d/link", "d/link-in"),
    "a file for a FIFO": Race("root/d/x", "root/d/fifo", "d/x"),
    "a link to a directory for one to the outside": Race("root/abs-d", "root/to-outside-abs", "abs-d/x"),
}


def build(place: Path) -> None:
    """Two directories that are built alike; every file of one is a secret."""
    for top, text in (("root", INSIDE), ("outside", SECRET), (".", SECRET)):
        for name in ("a/b/e/sub", "b/e/sub", "d/e/sub", "d/sub", "e/sub"):
            (place / top / name).mkdir(parents=True, exist_ok=True)
        for name in ("x", "a/b/e/x", "a/b/x", "b/e/x", "b/x", "d/x", "d/e/x", "d/sub/x", "e/x"):
            (place / top / name).write_bytes(text)
    root, outside = place / "root", place / "outside"
    for name, target in (
        ("to-outside", "../outside/d"),
        ("to-outside-abs", f"{outside}/d"),
        ("to-outside-dir", "../outside/d"),
        ("a/to-outside", "../../outside/a/b"),
        ("abs-d", f"{root}/d"),
        ("d/link", "../../outside/d/x"),
        ("d/link-abs", f"{outside}/d/x"),
        ("d/link-in", "../e/x"),
    ):
        (root / name).symlink_to(target)
    os.mkfifo(root / "d/fifo")


def read(root: Root, path: str) -> None:
    with open(root.open_file(path), "rb") as file:
        assert file.read() == INSIDE


def write(root: Root, path: str) -> None:
    fd = root.open_fd(path, os.O_WRONLY | os.O_CREAT)
    os.write(fd, INSIDE)
    os.close(fd)


def replace(root: Root, path: str) -> None:
    with root.parent(path) as (directory, name):
        fd = os.open(".temp", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, dir_fd=directory)
        os.write(fd, INSIDE)
        os.close(fd)
        os.rename(".temp", name, src_dir_fd=directory, dst_dir_fd=directory)


def move(root: Root, path: str) -> None:
    with root.parent(path) as (directory, name), root.parent("moved") as (top, target):
        rename_noreplace(directory, name, top, target)
        try:
            read(root, "moved")
        finally:
            os.rename(target, name, src_dir_fd=top, dst_dir_fd=directory)


def delete(root: Root, path: str) -> None:
    with root.parent(path) as (directory, name):
        os.unlink(name, dir_fd=directory)
        replace_in(directory, name)


def delete_tree(root: Root, path: str) -> None:
    with root.parent(path) as (directory, _):
        remove_tree(directory, "sub")
        os.mkdir("sub", dir_fd=directory)
        below = os.open("sub", os.O_RDONLY | os.O_NOFOLLOW, dir_fd=directory)
        replace_in(below, "x")
        os.close(below)


def make(root: Root, path: str) -> None:
    with root.parent(f"{path}-new/y/{secrets.token_hex(8)}", make=True) as (directory, name):
        replace_in(directory, name)
    with root.parent(f"{path}-new") as (directory, name):
        remove_tree(directory, name)


def look(root: Root, path: str) -> None:
    real = root.resolve(path)
    assert not real.startswith("..")
    root.stat(path)
    with open(root.open_file(real, exact=True), "rb") as file:
        assert file.read() == INSIDE


def replace_in(directory: int, name: str) -> None:
    fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, dir_fd=directory)
    os.write(fd, INSIDE)
    os.close(fd)


def untouched(place: Path) -> dict[str, bytes]:
    """Everything but the root, by its path: names, and the texts of files."""
    found = {}
    for path in [*(place / "outside").rglob("*"), *(place / name for name in ("a", "b", "d", "e", "x"))]:
        found[str(path)] = path.read_bytes() if path.is_file() else b""
    return found


@pytest.fixture(params=["kernel", "walk"])
def level(request: pytest.FixtureRequest) -> Level:
    return request.param


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    build(tmp_path)
    yield tmp_path
    shutil.rmtree(tmp_path)  # soak leaves much behind otherwise


def run(place: Path, level: Level, race: Race, act: Callable[[Root, str], None], attempts: int) -> None:
    """Do something often enough, while it is raced, to have seen it work and seen it refused."""
    before = untouched(place)
    worked = refused = 0
    with Root.open(place / "root", level=level) as root:
        with swapping(place / race.one, place / race.other, place / "swaps") as swaps:
            while worked + refused < attempts or swaps() < attempts or not worked or (race.refused and not refused):
                try:
                    act(root, race.path)
                    worked += 1
                except (ChassisError, FileNotFoundError, FileExistsError):
                    refused += 1
        root_is_elsewhere = not os.path.samestat(os.fstat(root.fd), os.stat(place / "root"))
    if root_is_elsewhere:
        (place / "root").rename(place / "swapped")
        (place / "outside").rename(place / "root")
        (place / "swapped").rename(place / "outside")
    assert untouched(place) == before


@ATTEMPTS
@pytest.mark.parametrize("act", [read, write, look])
@pytest.mark.parametrize("race", [*DIRECTORIES.values(), *FILES.values()], ids=[*DIRECTORIES, *FILES])
def test_nothing_outside_is_read_or_written(
    place: Path, level: Level, race: Race, act: Callable[[Root, str], None], attempts: int
) -> None:
    run(place, level, race, act, attempts)


@ATTEMPTS
@pytest.mark.parametrize("act", [replace, move, delete, delete_tree, make])
@pytest.mark.parametrize("race", DIRECTORIES.values(), ids=DIRECTORIES)
def test_nothing_outside_is_changed(
    place: Path, level: Level, race: Race, act: Callable[[Root, str], None], attempts: int
) -> None:
    run(place, level, race, act, attempts)


@ATTEMPTS
def test_walking_and_deleting_a_tree_does_not_leave_it(place: Path, level: Level, attempts: int) -> None:
    before = untouched(place)
    (place / "outside/marker").mkdir()
    before[str(place / "outside/marker")] = b""
    os.unlink(place / "root/to-outside")
    (place / "root/to-outside").symlink_to("../outside")
    seen: set[bool] = set()
    with (
        Root.open(place / "root", level=level) as root,
        swapping(place / "root/d", place / "root/to-outside", place / "swaps") as swaps,
    ):
        tries = 0
        while tries < attempts or swaps() < attempts or len(seen) < 2:
            tries += 1
            for folder in folders(root.fd):
                assert "marker" not in folder.directories
                if not folder.path:
                    seen.add("d" in folder.directories)
            if tries % 10 == 0:
                try:
                    remove_tree(root.fd, "d")
                    root.make_directory("d/sub/deep")
                except ChassisError:
                    continue
    assert untouched(place) == before


@pytest.mark.soak
def test_the_same_race_defeats_a_check_by_path(place: Path) -> None:
    race = DIRECTORIES["a directory for a link"]
    root = str(place / "root")
    escaped = False
    with swapping(place / race.one, place / race.other, place / "swaps"):
        while not escaped:
            try:
                path = os.path.realpath(os.path.join(root, race.path))
                if path.startswith(root + os.sep):
                    with open(path, "rb") as file:
                        escaped = file.read() == SECRET
            except OSError:
                continue
    assert escaped
