"""Systems that lack something, made of this one: a seccomp filter answers for the calls that are missing."""

from __future__ import annotations

import errno
import os
import platform
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NoReturn

import pytest
from confined_tree import plant
from mcp_chassis.confine import Root

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="needs seccomp of Linux"
)

OPENAT2 = 437
RENAMEAT2 = {"x86_64": 316, "aarch64": 276}.get(platform.machine(), 0)

# Lets `refuse(call, error)` make a system call fail in this process from now on; see seccomp(2) and linux/filter.h.
PREAMBLE = """
import ctypes, os, struct, sys
from pathlib import Path

def refuse(call, error):
    code = [(0x20, 0, 0, 0), (0x15, 0, 1, call), (0x06, 0, 0, 0x00050000 | error), (0x06, 0, 0, 0x7FFF0000)]
    program = b"".join(struct.pack("=HBBI", *line) for line in code)
    lines = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("HP", len(code), ctypes.addressof(lines)))
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(22, 2, header) == 0, ctypes.get_errno()

root, call, error = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
"""


def run(script: str, root: Path, call: int, error: int) -> str:
    """What a script prints in a process of its own."""
    command = [sys.executable, "-c", PREAMBLE + textwrap.dedent(script), str(root), str(call), str(error)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("error", [errno.ENOSYS, errno.EPERM])
@pytest.mark.parametrize("when", ["from the start", "while a root is open"])
def test_without_openat2_paths_are_walked(tmp_path: Path, error: int, when: str) -> None:
    script = """
        if {early}:
            refuse(call, error)
        from mcp_chassis.confine import Root, probe
        from mcp_chassis.errors import ChassisError
        opened = Root.open(root)
        print(opened.level)
        if not {early}:
            refuse(call, error)
        for path in ("in-abs-dir/b/c.txt", "out-rel", "proc-root/etc/passwd", "../outside/secret.txt", "a/../note.txt"):
            try:
                print(os.read(opened.open_file(path), 100).decode())
            except ChassisError as refused:
                print(type(refused).__name__)
    """
    early = when == "from the start"
    told = run(script.format(early=early), plant(tmp_path), OPENAT2, error).split()
    assert told == ["walk" if early else "kernel", "c", "Outside", "Outside", "Outside", "note"]


def test_with_openat2_ordinary_work_takes_no_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walked(*_: object, **__: object) -> NoReturn:
        pytest.fail("this was walked")

    with Root.open(plant(tmp_path), level="kernel") as root:
        monkeypatch.setattr("mcp_chassis.confine.root.Walk", walked)
        for path in ("note.txt", "a/b/c.txt", "in-rel", "in-dir/../b/c.txt", "a/b/top-note"):
            os.close(root.open_file(path))
            root.stat(path, follow=False)
        os.close(root.open_file("a/b/c.txt", exact=True))
        os.close(root.open_directory("a/b", exact=True))
        os.close(root.open_directory("in-dir"))
        os.close(root.open_fd("new", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.close(root.open_fd("a", os.O_WRONLY | os.O_TMPFILE))
        with root.parent("a/b/c.txt", make=True, exact=True):
            assert root.resolve("a/../a/b//c.txt") == "a/b/c.txt"


@pytest.mark.parametrize("error", [errno.ENOSYS, errno.EINVAL, errno.EPERM])
def test_without_renameat2_moves_overwrite_nothing_either(tmp_path: Path, error: int) -> None:
    script = """
        from mcp_chassis.confine import Root, rename_noreplace
        from mcp_chassis.errors import ChassisError
        opened = Root.open(root)
        refuse(call, error)
        for source, target in (
            ("note.txt", "moved"), ("note.txt", "gone"), ("dots..", "moved"), ("Case", "a"), ("Case", "dangling"),
            ("a", "tree"), ("tree", "d"), ("d", "moved"), ("out-rel", "link"), ("fifo", "pipe"), ("missing", "x"),
        ):
            try:
                print(rename_noreplace(opened.fd, source, opened.fd, target))
            except ChassisError as refused:
                print(type(refused).__name__)
        inside = os.open(root / "tree", os.O_RDONLY)
        try:
            rename_noreplace(opened.fd, "tree", inside, "itself")
        except ChassisError as refused:
            print(type(refused).__name__, os.path.exists(root / "tree/itself"))
        print((root / "moved").read_text(), (root / "tree/b/c.txt").read_text(), os.readlink(root / "link"))
    """
    told = run(script, plant(tmp_path), RENAMEAT2, error).split()
    assert told == [
        "linked", "Missing", "Exists", "Exists", "Exists",
        "linked", "Exists", "Exists", "linked", "linked", "Missing",
        "Refused", "False", "note", "c", "../outside/secret.txt",
    ]  # fmt: skip
