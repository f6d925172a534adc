"""What may be made, moved and deleted, the same on each level; and nothing outside is ever touched."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from confined_tree import LONG, NOT_UTF8, SECRET, plant
from mcp_chassis.confine import Root, remove_tree, rename_noreplace
from mcp_chassis.confine.errors import (
    Changed,
    Exists,
    Looping,
    Missing,
    NotDirectory,
    NotRegular,
    Outside,
    Refused,
)
from mcp_chassis.errors import ChassisError


def snapshot(place: Path) -> dict[str, tuple[int, str]]:
    """Mode and text of everything around the root."""
    found = {}
    for name in ("outside", "tree-evil", "tree "):
        for path in [place / name, *(place / name).rglob("*")]:
            found[str(path)] = (path.stat().st_mode, path.read_text() if path.is_file() else "")
    return found


@pytest.fixture(params=["kernel", "walk"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Root]:
    planted = plant(tmp_path)
    before = snapshot(tmp_path)
    with Root.open(planted, level=request.param) as opened:
        yield opened
    assert snapshot(tmp_path) == before
    assert sorted(os.listdir(tmp_path)) == ["outside", "tree", "tree ", "tree-evil"]


def create(root: Root, path: str) -> None:
    """As open(2) does it: through links at the end as well."""
    fd = root.open_fd(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(fd, b"new")
    os.close(fd)


def put(root: Root, path: str, *, make: bool = False) -> None:
    """As a careful writer does it: a new file beside, then its name; a link at the end is replaced."""
    with root.parent(path, make=make) as (directory, name):
        fd = os.open("temp", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, dir_fd=directory)
        os.write(fd, b"new")
        os.close(fd)
        try:
            os.replace("temp", name, src_dir_fd=directory, dst_dir_fd=directory)
        except OSError:
            os.unlink("temp", dir_fd=directory)
            raise


CREATED: list[tuple[str, str, str | type[ChassisError]]] = [
    ("a new file", "new.txt", "new.txt"),
    ("an old file", "note.txt", "note.txt"),
    ("in a directory", "a/b/new", "a/b/new"),
    ("up and down", "a/../d/new", "d/new"),
    ("through a link to a directory", "in-dir/new", "a/b/new"),
    ("through an absolute link to a directory", "in-abs-dir/new", "a/new"),
    ("up from where a link leads", "in-dir/../new", "a/new"),
    ("a link to a file", "in-rel", "a/b/c.txt"),
    ("an absolute link to a file", "in-abs", "a/b/c.txt"),
    ("a dangling link", "dangling", "nothing"),
    ("a dangling absolute link", "dangling-abs", "nothing"),
    ("a name of 255 bytes", LONG, LONG),
    ("a name that is no UTF-8", NOT_UTF8, NOT_UTF8),
    ("a space at the end", "a/new ", "a/new "),
    ("a dangling link into a directory that is missing", "dangling-dir", Missing),
    ("in a directory that is missing", "missing/new", Missing),
    ("a dangling link out", "out-missing", Outside),
    ("a link out", "out-rel", Outside),
    ("a chain of links out", "out-chain1", Outside),
    ("through a link out", "out-abs-dir/new", Outside),
    ("through a link to the root of all", "out-slash/tmp/new", Outside),
    ("up", "../new", Outside),
    ("up into a sibling", "../tree-evil/new", Outside),
    ("through a link to the parent", "out-parent/new", Outside),
    ("through a magic link", "proc-root/tmp/new", Outside),
    ("an absolute path", "/tmp/new", Outside),
    ("a loop", "loop", Looping),
    ("beneath a file", "note.txt/new", NotDirectory),
    ("a directory", "a", NotRegular),
    ("the root", ".", NotRegular),
    ("a new name with a slash", "new/", NotRegular),
    ("a directory with a slash", "a/", NotRegular),
    ("up to a directory", "a/..", NotRegular),
    ("a socket", "socket", NotRegular),
    ("a FIFO that nobody reads", "fifo", NotRegular),
    ("NUL", "new\0", Refused),
    ("a name of 256 bytes", "n" * 256, Refused),
]


@pytest.mark.parametrize(("what", "path", "expected"), CREATED, ids=[ascii(row[0]) for row in CREATED])
def test_creating(root: Root, what: str, path: str, expected: str | type[ChassisError]) -> None:
    if isinstance(expected, str):
        assert root.resolve(path) == expected, what
        create(root, path)
        assert (root.path / expected).read_text() == "new"
    else:
        with pytest.raises(expected):
            create(root, path)


PUT: list[tuple[str, str, str | type[ChassisError]]] = [
    ("a new file", "new.txt", "new.txt"),
    ("an old file", "a/b/c.txt", "a/b/c.txt"),
    ("through a link to a directory", "in-dir/new", "a/b/new"),
    ("in place of a link out", "out-rel", "out-rel"),
    ("in place of a magic link", "proc-root", "proc-root"),
    ("in place of a FIFO", "fifo", "fifo"),
    ("directories that are missing", "new/x/y/z", "new/x/y/z"),
    ("directories missing beneath a link", "in-abs-dir/new/x", "a/new/x"),
    ("directories missing where a link leads", "dangling-dir/x", "nowhere/at/all/x"),
    ("a directory of 255 bytes", "m" * 255 + "/x", "m" * 255 + "/x"),
    ("beneath a file", "note.txt/new", NotDirectory),
    ("beneath a FIFO", "fifo/new", NotDirectory),
    ("directories beneath a file", "note.txt/new/x", NotDirectory),
    ("through a link out", "out-rel-dir/new", Outside),
    ("directories beneath a link out", "out-abs-dir/new/x/y", Outside),
    ("directories beneath a dangling link out", "out-missing/x", Outside),
    ("directories beneath a link out in a deep place", "a/b/out/new/x", Outside),
    ("up", "../new", Outside),
    ("directories above", "../new/x", Outside),
    ("directories above, after some", "a/../../new/x", Outside),
    ("an absolute path", "/tmp/new/x", Outside),
    ("up from a directory that is missing", "new/../x/y", Missing),
    ("out from a directory that is missing", "new/../../outside/y", Missing),
    ("beneath a loop", "loop/x", Looping),
    ("the root", "", Refused),
    ("the root as a dot", "./.", Refused),
    ("a name that is up", "a/b/..", Refused),
    ("up alone", "..", Refused),
    ("a slash after a new name", "new/", NotDirectory),
    ("a slash after a file", "note.txt/", NotDirectory),
    ("a slash after a link to a directory", "in-dir/", NotDirectory),
    ("a slash after a link out", "out-rel-dir/", NotDirectory),
    ("a directory with a line break", "new\n[FILE] x/y", Refused),
    ("a directory with NUL", "new/x\0/y", Refused),
    ("NUL at the end of new directories", "new/x/y\0", Refused),
    ("a directory of 256 bytes", "m" * 256 + "/x", Refused),
]


@pytest.mark.parametrize(("what", "path", "expected"), PUT, ids=[ascii(row[0]) for row in PUT])
def test_putting_a_file_in_its_place(root: Root, what: str, path: str, expected: str | type[ChassisError]) -> None:
    if isinstance(expected, str):
        put(root, path, make=True)
        made = root.path / expected
        assert stat.S_ISREG(made.lstat().st_mode), what
        assert made.read_text() == "new", what
    else:
        with pytest.raises(expected):
            put(root, path, make=True)
        assert not (root.path / "new").exists(), what


def test_directories_are_made_only_when_asked(root: Root) -> None:
    with pytest.raises(Missing):
        put(root, "new/x")
    assert not (root.path / "new").exists()


def test_making_directories(root: Root) -> None:
    old = os.umask(0o027)
    try:
        assert root.make_directory("one/two/three/") is True
    finally:
        os.umask(old)
    assert stat.S_IMODE((root.path / "one/two/three").stat().st_mode) == 0o750
    assert stat.S_IMODE((root.path / "one").stat().st_mode) == 0o750
    assert root.make_directory("one/two/three") is False
    assert root.make_directory("in-abs-dir/new") is True
    assert (root.path / "a/new").is_dir()


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("note.txt", Exists),
        ("in-dir", Exists),
        ("dangling", Exists),
        ("out-rel-dir", Exists),
        ("out-rel-dir/new", Outside),
        ("../new", Outside),
        ("new\nline", Refused),
        ("esc\x1b", Refused),
        ("n" * 256, Refused),
        (".", Refused),
        ("a/..", Refused),
    ],
)
def test_directories_that_are_not_made(root: Root, path: str, error: type[ChassisError]) -> None:
    with pytest.raises(error):
        root.make_directory(path)


def test_many_threads_make_the_same_directories(root: Root) -> None:
    results: list[bool] = []
    threads = [threading.Thread(target=lambda: results.append(root.make_directory("p/q/r/s"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 7 + [True]


def test_what_must_be_exact_goes_through_no_link(root: Root) -> None:
    for act in (
        lambda: root.open_file("in-rel", exact=True),
        lambda: root.open_file("in-dir/c.txt", exact=True),
        lambda: root.open_file("in-abs", exact=True),
        lambda: root.open_directory("self", exact=True),
        lambda: root.stat("in-dir/c.txt", exact=True),
        lambda: root.make_directory("in-dir/new", exact=True),
        lambda: root.open_fd("dangling", os.O_WRONLY | os.O_CREAT, exact=True),
        lambda: root.parent("out-rel-dir/x", exact=True).__enter__(),
    ):
        with pytest.raises(Changed):
            act()
    assert stat.S_ISLNK(root.stat("in-rel", follow=False, exact=True).st_mode)


def test_a_link_at_the_end_is_not_followed_where_asked(root: Root) -> None:
    for path in ("in-rel", "out-rel", "loop", "dangling", "proc-root"):
        assert stat.S_ISLNK(root.stat(path, follow=False).st_mode)
        with pytest.raises(NotRegular, match="This is a link"):
            root.open_fd(path, os.O_RDONLY | os.O_NOFOLLOW)
    with pytest.raises(Outside):
        root.stat("out-rel-dir/secret.txt", follow=False)
    assert stat.S_ISDIR(root.stat("in-dir/", follow=False).st_mode)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("in-rel", "a/b/c.txt"),
        ("in-abs", "a/b/c.txt"),
        ("chain1", "d/x.txt"),
        ("self", ""),
        ("dangling", "nothing"),
        ("dangling-dir", "nowhere/at/all"),
        ("out-rel", None),
        ("out-missing", None),
        ("proc-root", None),
        ("loop", None),
    ],
)
def test_where_a_link_leads_is_told_only_within_the_root(root: Root, path: str, target: str | None) -> None:
    assert root.target(path) == target


def move(root: Root, source: str, target: str) -> str:
    with root.parent(source) as (source_dir, source_name), root.parent(target) as (target_dir, target_name):
        return rename_noreplace(source_dir, source_name, target_dir, target_name)


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("note.txt", "d/moved", "d/moved"),
        ("a/b", "d/b", "d/b/c.txt"),
        ("out-rel", "d/link", "d/link"),
        ("in-dir/c.txt", "in-abs-dir/c", "a/c"),
        ("fifo", "d/fifo", "d/fifo"),
        ("two\nlines", "one line", "one line"),
    ],
)
def test_moving(root: Root, source: str, target: str, kept: str) -> None:
    assert move(root, source, target) == "renamed"
    assert os.path.lexists(root.path / kept)
    assert not os.path.lexists(root.path / source)


@pytest.mark.parametrize(
    ("source", "target", "error"),
    [
        ("note.txt", "d/x.txt", Exists),
        ("note.txt", "a", Exists),
        ("note.txt", "dangling", Exists),
        ("note.txt", "out-rel", Exists),
        ("a", "d", Exists),
        ("a", "a/b/inner", Refused),
        ("missing", "d/new", Missing),
        ("note.txt", "missing/new", Missing),
        ("note.txt", "out-rel-dir/new", Outside),
        ("out-rel-dir/secret.txt", "stolen", Outside),
        ("../outside/secret.txt", "stolen", Outside),
        ("note.txt", "../stolen", Outside),
    ],
)
def test_moves_that_are_refused(root: Root, source: str, target: str, error: type[ChassisError]) -> None:
    with pytest.raises(error):
        move(root, source, target)
    assert (root.path / "note.txt").read_text() == "note"
    assert (root.path / "d/x.txt").read_text() == "x"


@pytest.mark.parametrize("name", ["a/b", "../x", "", ".", "..", "x\0"])
def test_a_move_takes_names_and_no_paths(root: Root, name: str) -> None:
    for names in ((name, "new"), ("note.txt", name)):
        with pytest.raises(Refused):
            rename_noreplace(root.fd, names[0], root.fd, names[1])


def test_deleting_a_tree_deletes_links_and_not_where_they_lead(root: Root) -> None:
    for name in ("out-rel-dir", "a", "self", "fifo", "two\nlines"):
        with root.parent(name) as (directory, last):
            remove_tree(directory, last)
        assert not os.path.lexists(root.path / name)
    assert (root.path / "note.txt").exists()


def test_deleting_a_tree_that_is_deeper_than_descriptors_go(root: Root) -> None:
    deepest = os.dup(root.fd)
    for level in range(700):
        os.mkdir("n", dir_fd=deepest)
        os.close(os.open(f"file{level}", os.O_CREAT | os.O_WRONLY, dir_fd=deepest))
        below = os.open("n", os.O_RDONLY, dir_fd=deepest)
        os.close(deepest)
        deepest = below
    os.close(deepest)
    remove_tree(root.fd, "n")
    assert not (root.path / "n").exists()


def test_deleting_what_is_not_there(root: Root) -> None:
    with pytest.raises(Missing):
        remove_tree(root.fd, "missing")


def test_a_parent_can_be_synced_and_listed(root: Root) -> None:
    with root.parent("a/b/c.txt") as (directory, name):
        os.fsync(directory)
        assert name in os.listdir(directory)


def test_no_descriptor_is_left_open(root: Root) -> None:
    def spent(act: Callable[[], object]) -> int:
        before = len(os.listdir("/proc/self/fd"))
        with pytest.raises(ChassisError):
            act()
        return len(os.listdir("/proc/self/fd")) - before

    for path in ("out-chain1", "a/b/out/secret.txt", "loop", "fifo", "a", "socket", "missing/x", "note.txt/x", "k41"):
        assert spent(lambda path=path: root.open_file(path)) == 0
        assert spent(lambda path=path: put(root, f"{path}/..")) == 0
        assert spent(lambda path=path: root.open_file(path, exact=True)) == 0


def test_secret_is_what_the_outside_holds(tmp_path: Path) -> None:
    planted = plant(tmp_path)
    assert (planted / "out-rel").read_text() == SECRET
