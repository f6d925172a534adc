"""What a root is: an open directory, wherever its path leads by now."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from mcp_chassis.confine import Level, Root, probe
from mcp_chassis.confine.errors import Missing, NotDirectory, NotRegular, Outside
from mcp_chassis.errors import ChassisError, ConfigurationError

pytestmark = pytest.mark.parametrize("level", ["kernel", "walk"])


def read(root: Root, path: str) -> str:
    with open(root.open_file(path), encoding="utf-8") as file:
        return file.read()


def directory(place: Path, text: str) -> Path:
    place.mkdir()
    (place / "note").write_text(text)
    return place


def test_a_root_that_is_renamed_goes_on_meaning_the_same_directory(tmp_path: Path, level: Level) -> None:
    place = directory(tmp_path / "root", "mine")
    with Root.open(place, level=level) as root:
        place.rename(tmp_path / "elsewhere")
        assert read(root, "note") == "mine"
        directory(place, "another's")
        assert read(root, "note") == "mine"
        os.symlink(place / "note", tmp_path / "elsewhere" / "abs")
        assert read(root, "abs") == "mine"  # its text begins with the root's path as it was when it was opened


def test_a_root_that_is_replaced_by_a_link_goes_on_meaning_the_same_directory(tmp_path: Path, level: Level) -> None:
    place = directory(tmp_path / "root", "mine")
    outside = directory(tmp_path / "outside", "another's")
    with Root.open(place, level=level) as root:
        place.rename(tmp_path / "elsewhere")
        place.symlink_to(outside)
        assert read(root, "note") == "mine"


def test_a_root_that_was_deleted_is_empty(tmp_path: Path, level: Level) -> None:
    place = tmp_path / "root"
    place.mkdir()
    with Root.open(place, level=level) as root:
        place.rmdir()
        with pytest.raises(Missing):
            root.open_file("note")
        with pytest.raises(Missing):
            root.make_directory("new/x")


def test_a_root_that_is_a_link_means_where_it_led_at_the_start(tmp_path: Path, level: Level) -> None:
    one, other = directory(tmp_path / "one", "one"), directory(tmp_path / "other", "other")
    link = tmp_path / "link"
    link.symlink_to(one)
    os.symlink(link / "note", one / "by-link")
    os.symlink(one / "note", one / "by-place")
    os.symlink(other / "note", one / "to-other")
    with Root.open(link, level=level) as root:
        assert read(root, "by-link") == "one"
        assert read(root, "by-place") == "one"
        link.unlink()
        link.symlink_to(other)
        assert read(root, "note") == "one"
        with pytest.raises(Outside):
            root.open_file("to-other")


def test_a_root_may_have_an_odd_name_and_a_path_with_dots(
    tmp_path: Path, level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = directory(tmp_path / " odd\nroot ", "odd")
    os.symlink(place / "note", place / "abs")
    monkeypatch.chdir(place)
    for path in (place, Path("."), Path(f"../{place.name}"), Path(f"{place}/../{place.name}/.")):
        with Root.open(path, level=level) as root:
            assert read(root, "abs") == "odd"


def test_a_path_with_a_way_up_through_a_link_gives_no_false_path(tmp_path: Path, level: Level) -> None:
    (tmp_path / "far").mkdir()
    place = directory(tmp_path / "far/root", "far")
    (tmp_path / "far/inner").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far/inner")
    near = directory(tmp_path / "root", "near")
    os.symlink(near / "note", place / "to-near")
    with Root.open(tmp_path / "link/../root", level=level) as root:
        assert read(root, "note") == "far"
        with pytest.raises(Outside):
            root.open_file("to-near")


def test_nested_roots_are_confined_each_to_itself(tmp_path: Path, level: Level) -> None:
    outer = directory(tmp_path / "outer", "outer")
    inner = directory(outer / "inner", "inner")
    os.symlink("../note", inner / "up")
    with Root.open(outer, level=level) as wide, Root.open(inner, level=level) as narrow:
        assert read(wide, "inner/up") == "outer"
        with pytest.raises(Outside):
            narrow.open_file("up")


def test_the_whole_file_system_can_be_a_root(tmp_path: Path, level: Level) -> None:
    place = directory(tmp_path / "root", "here")
    os.symlink(place / "note", place / "abs")
    with Root.open(Path("/"), level=level) as root:
        assert read(root, str(place / "note")[1:]) == "here"
        assert read(root, str(place / "abs")[1:]) == "here"
        assert stat.S_ISDIR(root.stat("").st_mode)
        for path in ("..", "../etc/passwd", "etc/../..", "/etc/passwd"):
            with pytest.raises(Outside):
                root.open_file(path)


@pytest.mark.parametrize("path", ["null", "zero", "full", "random", "tty", "ptmx"])
def test_devices_are_refused(level: Level, path: str) -> None:
    with Root.open(Path("/dev"), level=level) as root, pytest.raises(NotRegular):
        root.open_file(path)


@pytest.mark.parametrize(
    "path",
    ["self/{magic}/etc/passwd", "self/{magic}", "self/cwd", "self/exe", "self/cwd/..", "self/fd/{root}/../etc/passwd"],
)
def test_magic_links_do_not_lead_out_of_proc(level: Level, path: str) -> None:
    with Root.open(Path("/proc"), level=level) as root:
        assert "Name:" in read(root, "self/status")
        with pytest.raises((Outside, Missing, NotDirectory)):
            root.open_file(path.format(root=root.fd, magic="root"))


def test_a_fifo_is_refused_without_a_writer_being_let_go(tmp_path: Path, level: Level) -> None:
    os.mkfifo(tmp_path / "fifo")
    opened = threading.Event()

    def write() -> None:
        os.close(os.open(tmp_path / "fifo", os.O_WRONLY))
        opened.set()

    writer = threading.Thread(target=write)
    writer.start()
    with Root.open(tmp_path, level=level) as root:
        for _ in range(100):
            with pytest.raises(NotRegular, match="a fifo"):
                root.open_file("fifo")
    assert not opened.is_set()
    os.close(os.open(tmp_path / "fifo", os.O_RDONLY))
    writer.join()


def test_files_that_the_system_guards_are_told_as_such(tmp_path: Path, level: Level) -> None:
    with Root.open(Path("/proc"), level=level) as root, pytest.raises(ChassisError) as refused:
        root.open_fd("version", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    assert refused.value.code == "conflict"


def test_many_threads_read_one_root(tmp_path: Path, level: Level) -> None:
    for number in range(16):
        directory(tmp_path / f"d{number}", str(number))
        os.symlink(tmp_path / f"d{number}", tmp_path / f"l{number}")
    wrong: list[str] = []

    def work(number: int) -> None:
        for _ in range(100):
            for path in (f"d{number}/note", f"l{number}/note", f"l{number}/../d{number}/note"):
                if (text := read(root, path)) != str(number):
                    wrong.append(text)

    with Root.open(tmp_path, level=level) as root:
        threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


@pytest.mark.parametrize(("name", "reason"), [("missing", "No such file"), ("file", "Not a directory")])
def test_a_root_must_be_a_directory(tmp_path: Path, level: Level, name: str, reason: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=rf"The directory .*{name} cannot be opened: {reason}"):
        Root.open(tmp_path / name, level=level)


def test_windows_can_import_it_and_is_told_that_nothing_is_safe_there(level: Level) -> None:
    script = """
        import os, sys, pathlib
        for name in ("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_PATH", "O_TMPFILE"):
            delattr(os, name)
        import mcp_chassis.errors
        sys.platform = "win32"
        from mcp_chassis.confine import Root
        try:
            Root.open(pathlib.Path("/"), level=sys.argv[1])
        except mcp_chassis.errors.ConfigurationError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), level], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("Directories cannot be confined safely on Windows"), done.stderr


def test_the_strongest_level_is_taken(tmp_path: Path, level: Level) -> None:
    with Root.open(tmp_path) as root:
        assert root.level == probe()
    with Root.open(tmp_path, level=level) as root:
        assert root.level == level
