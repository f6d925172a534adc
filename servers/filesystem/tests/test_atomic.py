from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from mcp_chassis.confine.errors import Changed, Exists, HardLinked, NotPermitted, NotRegular
from mcp_chassis.errors import Cancelled, TooLarge
from mcp_fs_server.atomic import put, sweep, unfinished
from mcp_fs_server.holding import held, lock_file, sha256_of
from mcp_fs_server.own_names import is_own, is_unfinished, new_unfinished


def go_on() -> None:
    """Nothing to give up for."""


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[int]:
    fd = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    yield fd
    os.close(fd)


def write(directory: int, name: str, data: bytes) -> os.stat_result:
    with held(directory, name) as old:
        return put(directory, name, data, old, go_on)


def test_a_file_is_made_and_replaced(tmp_path: Path, directory: int) -> None:
    write(directory, "a", b"one")
    assert (tmp_path / "a").read_bytes() == b"one"
    written = write(directory, "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"two"
    assert os.path.samestat(written, (tmp_path / "a").stat())
    assert os.listdir(tmp_path) == ["a"]


def test_a_name_may_be_as_long_as_names_are(tmp_path: Path, directory: int) -> None:
    name = "n" * 255
    write(directory, name, b"one")
    write(directory, name, b"two")
    assert (tmp_path / name).read_bytes() == b"two"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755, 0o1777])
def test_the_mode_is_kept(tmp_path: Path, directory: int, mode: int) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "a").chmod(mode)
    write(directory, "a", b"two")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


def test_the_right_to_run_as_the_owner_goes_with_the_content(tmp_path: Path, directory: int) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "a").chmod(0o6755)
    write(directory, "a", b"two")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o755


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path, directory: int) -> None:
    before = os.umask(0o027)
    try:
        write(directory, "a", b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(tmp_path: Path, directory: int) -> None:
    (tmp_path / "a").write_bytes(b"one")
    os.chown(tmp_path / "a", 65534, 65533)
    write(directory, "a", b"two")
    found = (tmp_path / "a").stat()
    assert (found.st_uid, found.st_gid) == (65534, 65533)


@pytest.fixture
def nobody(tmp_path: Path, directory: int) -> Iterator[None]:
    """Be somebody who may write into the directory and is not root, who may do anything."""
    tmp_path.chmod(0o777)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


@pytest.mark.usefixtures("nobody")
def test_a_file_that_may_not_be_written_is_kept(tmp_path: Path, directory: int) -> None:
    write(directory, "a", b"one")
    os.chmod("a", 0o444, dir_fd=directory)
    with pytest.raises(NotPermitted, match="read-only"):
        write(directory, "a", b"two")
    assert os.listdir(directory) == ["a"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of somebody else")
def test_the_content_of_a_file_of_somebody_else_is_replaced_where_its_mode_allows_it(
    tmp_path: Path, directory: int, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "a").chmod(0o666)
    request.getfixturevalue("nobody")
    written = write(directory, "a", b"two")
    assert (written.st_uid, stat.S_IMODE(written.st_mode)) == (65534, 0o666)


def test_extended_attributes_are_kept(tmp_path: Path, directory: int) -> None:
    (tmp_path / "a").write_bytes(b"one")
    try:
        os.setxattr(tmp_path / "a", "user.note", b"kept")
    except OSError:
        pytest.skip("the file system of the temporary directory has no extended attributes")
    write(directory, "a", b"two")
    assert os.getxattr(tmp_path / "a", "user.note") == b"kept"


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path, directory: int) -> None:
    (tmp_path / "a").write_bytes(b"one")
    with pytest.raises(Exists):
        put(directory, "a", b"two", None, go_on)
    assert (tmp_path / "a").read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("step", range(4))
def test_work_that_is_given_up_leaves_the_old_file(tmp_path: Path, directory: int, step: int) -> None:
    (tmp_path / "a").write_bytes(b"one")
    steps = iter(range(100))

    def pause() -> None:
        if next(steps) == step:
            raise Cancelled

    data = b"x" * (3 << 20)
    with held(directory, "a") as old, pytest.raises(Cancelled):
        put(directory, "a", data, old, pause)
    assert (tmp_path / "a").read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["a"]


def rewritten(path: Path) -> None:
    path.write_bytes(b"another content")


def replaced(path: Path) -> None:
    path.with_name("b").write_bytes(path.read_bytes())
    os.replace(path.with_name("b"), path)


def touched(path: Path) -> None:
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [rewritten, replaced, touched, Path.unlink])
def test_what_another_program_changes_is_not_overwritten(tmp_path: Path, directory: int, change: object) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    with held(directory, "a") as old:
        assert old is not None
        assert old.read(100) == b"one"
        change(path)
        with pytest.raises(Changed):
            put(directory, "a", b"two", old, go_on)
    assert not path.exists() or path.read_bytes() != b"two"
    assert [name for name in os.listdir(tmp_path) if is_unfinished(name)] == []


def made_directory(path: Path) -> None:
    path.mkdir()


def made_fifo(path: Path) -> None:
    os.mkfifo(path)


def made_link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


@pytest.mark.parametrize(
    ("make", "error"), [(made_directory, NotRegular), (made_fifo, NotRegular), (made_link, Changed)]
)
def test_only_a_regular_file_is_held(tmp_path: Path, directory: int, make: object, error: type[Exception]) -> None:
    make(tmp_path / "a")
    with pytest.raises(error), held(directory, "a"):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make devices")
def test_a_device_is_not_held(tmp_path: Path, directory: int) -> None:
    os.mknod(tmp_path / "a", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    with pytest.raises(NotRegular, match="device"), held(directory, "a"):
        pass


def test_a_file_with_several_names_is_held_unless_that_is_refused(tmp_path: Path, directory: int) -> None:
    (tmp_path / "a").write_bytes(b"one")
    os.link(tmp_path / "a", tmp_path / "b")
    write(directory, "a", b"two")
    assert (tmp_path / "b").read_bytes() == b"one"  # the other name keeps the old file
    os.link(tmp_path / "a", tmp_path / "c")
    with pytest.raises(HardLinked), held(directory, "a", hard_links=False):
        pass


def test_more_than_may_be_read_is_refused(tmp_path: Path, directory: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * 11)
    with held(directory, "a") as old:
        assert old is not None
        with pytest.raises(TooLarge):
            old.read(10)
        assert sha256_of(old.fd, 10) is None
        assert len(old.read(11)) == 11


def test_what_a_killed_server_left_is_swept_and_what_is_being_written_is_not(tmp_path: Path, directory: int) -> None:
    (tmp_path / "below").mkdir()
    left = tmp_path / "below" / new_unfinished()
    left.write_bytes(b"half")
    (tmp_path / ".mcp-tmp-mine").write_bytes(b"no name of the server's")
    with unfinished(directory) as (_, name):
        assert sweep(directory, go_on) == 1
        assert (tmp_path / name).exists()
        os.unlink(tmp_path / name)
    assert not left.exists()
    assert (tmp_path / ".mcp-tmp-mine").exists()


def test_without_a_lock_only_what_is_old_is_swept(
    tmp_path: Path, directory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mcp_fs_server.atomic.lock_file", lambda *_, **__: None)
    old, new = tmp_path / new_unfinished(), tmp_path / new_unfinished()
    old.write_bytes(b"")
    new.write_bytes(b"")
    os.utime(old, (1, 1))
    assert sweep(directory, go_on) == 1
    assert new.exists()


def test_a_lock_is_told_from_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    one, other = (os.open(tmp_path / "a", os.O_RDONLY) for _ in range(2))
    assert lock_file(one, wait=False) is True
    assert lock_file(other, wait=False) is False
    os.close(one)
    assert lock_file(other, wait=True) is True
    os.close(other)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        (".mcp-trash", True),
        pytest.param(new_unfinished(), True, id="unfinished"),
        (".mcp-trash2", False),
        (".mcp-tmp-", False),
        ("a", False),
    ],
)
def test_own_names(name: str, own: bool) -> None:
    assert is_own(name) is own
