"""Whole trees by descriptor."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from confined_tree import plant
from mcp_chassis.confine import Root, entries, folders, kind
from mcp_chassis.confine.errors import NotDirectory
from mcp_chassis.confine.trees import DEEPEST


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return plant(tmp_path)


def test_a_tree_is_what_the_system_says_it_is(root: Path) -> None:
    expected = {}
    for path, directories, rest in os.walk(root):
        files = {name for name in rest if (Path(path) / name).is_file() and not (Path(path) / name).is_symlink()}
        links = {name for name in directories if (Path(path) / name).is_symlink()}
        expected[os.path.relpath(path, root)] = (set(directories) - links, files, set(rest) - files | links)
    with Root.open(root) as opened:
        found = {
            folder.path or ".": (set(folder.directories), set(folder.files), set(folder.others))
            for folder in folders(opened.fd)
        }
    assert found == expected


def test_what_is_in_a_folder_can_be_asked_of_its_descriptor(root: Path) -> None:
    with Root.open(root) as opened:
        for folder in folders(opened.fd):
            for name in folder.files:
                size = os.stat(name, dir_fd=folder.fd, follow_symlinks=False).st_size
                assert size == (root / folder.path / name).lstat().st_size


def test_folders_are_entered_in_the_order_that_is_given_and_only_those_that_are_left(root: Path) -> None:
    with Root.open(root) as opened:
        paths = []
        for folder in folders(opened.fd):
            paths.append(folder.path)
            folder.directories[:] = sorted(name for name in folder.directories if name != "deep")
    assert paths == ["", "a", "a/b", "d", "do..ts", "日本語"]


def test_paths_begin_with_what_is_given(root: Path) -> None:
    with Root.open(root) as opened:
        top = opened.open_directory("a/b")
        assert [folder.path for folder in folders(top, path="a/b")] == ["a/b", "a/b/deep", "a/b/deep/er"]
        os.close(top)


@pytest.mark.parametrize(
    ("depth", "deepest", "unseen"), [(0, "", {"a", "d"}), (1, "a", {"a/b"}), (2, "a/b", {"a/b/deep"})]
)
def test_a_tree_is_entered_as_deep_as_asked_and_the_rest_is_told(
    root: Path, depth: int, deepest: str, unseen: set[str]
) -> None:
    told: list[str] = []
    with Root.open(root) as opened:
        paths = {folder.path for folder in folders(opened.fd, depth=depth, unseen=told.append)}
    assert deepest in paths
    assert max(path.count("/") + bool(path) for path in paths) == depth
    assert unseen <= set(told)


def test_a_tree_deeper_than_descriptors_go_is_cut_and_told(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(DEEPEST + 20):
        os.mkdir("n", dir_fd=here)
        below = os.open("n", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    told: list[str] = []
    with Root.open(tmp_path) as opened:
        assert len(list(folders(opened.fd, unseen=told.append))) == DEEPEST + 1
    assert told == ["/".join("n" * (DEEPEST + 1))]


def test_directories_that_change_while_a_tree_is_walked_are_left_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "secret").mkdir(parents=True)
    for name in ("to-link", "to-file", "gone", "stays"):
        (tmp_path / "root" / name / "below").mkdir(parents=True)
    told: list[str] = []
    with Root.open(tmp_path / "root") as opened:
        walk = folders(opened.fd, unseen=told.append)
        paths = [next(walk).path]
        for name in ("to-link", "to-file", "gone"):
            (tmp_path / "root" / name / "below").rmdir()
            (tmp_path / "root" / name).rmdir()
        (tmp_path / "root/to-link").symlink_to(outside)
        (tmp_path / "root/to-file").touch()
        paths += [folder.path for folder in walk]
    assert paths == ["", "stays", "stays/below"]
    assert told == []


def test_a_walk_that_is_not_ended_closes_its_descriptors(root: Path) -> None:
    with Root.open(root) as opened:
        before = len(os.listdir("/proc/self/fd"))
        walk = folders(opened.fd)
        for folder in walk:
            if folder.path == "a/b/deep":
                break
        walk.close()
        listing = entries(opened.fd)
        next(listing)
        listing.close()
        assert len(os.listdir("/proc/self/fd")) == before


def test_entries_have_their_kinds_without_links_being_followed(root: Path) -> None:
    with Root.open(root) as opened:
        found = dict(entries(opened.fd))
    assert set(found) == set(os.listdir(root))
    assert [found[name] for name in ("a", "note.txt", "out-rel", "self", "loop", "fifo", "socket")] == [
        "directory", "file", "link", "link", "link", "other", "other",
    ]  # fmt: skip


def test_kinds(root: Path) -> None:
    names = ("a", "note.txt", "self", "fifo", "socket")
    assert [kind((root / name).lstat().st_mode) for name in names] == ["directory", "file", "link", "fifo", "socket"]
    assert kind(os.stat("/dev/null").st_mode) == "device"


def test_a_file_has_no_entries(root: Path) -> None:
    with Root.open(root) as opened:
        fd = opened.open_file("note.txt")
        with pytest.raises(NotDirectory):
            list(entries(fd))
        with pytest.raises(NotDirectory):
            list(folders(fd))
        os.close(fd)


@pytest.mark.parametrize(
    "names",
    [lambda fd: [name for name, _ in entries(fd)], lambda fd: [n for f in folders(fd, depth=0) for n in f.files]],
    ids=["entries", "folders"],
)
def test_threads_that_read_one_descriptor_each_see_everything(
    tmp_path: Path, names: Callable[[int], list[str]]
) -> None:
    for number in range(3000):
        (tmp_path / str(number)).touch()
    counts: list[int] = []
    with Root.open(tmp_path) as opened:
        threads = [threading.Thread(target=lambda: counts.append(len(names(opened.fd)))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert counts == [3000] * 8
