"""Directories by descriptor: their entries, whole trees, and deleting those. No link is ever followed here.

A path that was checked once is no proof a moment later, so each directory is opened relative to the descriptor of the
one above, and only if it is still a directory and no link.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Generator, Iterator
from typing import Literal, NamedTuple

from mcp_chassis.confine.errors import told
from mcp_chassis.confine.walk import DIRECTORY

__all__ = ["DEEPEST", "Folder", "Kind", "entries", "folders", "is_directory", "kind", "names", "remove_tree"]

Kind = Literal["file", "directory", "link", "fifo", "socket", "device", "other"]
_KINDS: dict[int, Kind] = {
    stat.S_IFREG: "file",
    stat.S_IFDIR: "directory",
    stat.S_IFLNK: "link",
    stat.S_IFIFO: "fifo",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
}
DEEPEST = 128  # directories above one another; each is an open descriptor while its inside is looked at


class Folder(NamedTuple):
    """A directory of a tree: where it is, its open descriptor, and the names in it in the order of the disk."""

    path: str
    """Where it is, relative to the top (which is "")."""
    fd: int
    """Open until all that is in it was walked; for `os.stat(name, dir_fd=fd, follow_symlinks=False)` and the like."""
    directories: list[str]
    """Sort it, or take names away, to say where to go next and in which order."""
    files: list[str]
    """The regular files."""
    others: list[str]
    """Links, FIFOs, sockets and devices."""


def kind(mode: int) -> Kind:
    """The kind of what has this `st_mode`."""
    return _KINDS.get(stat.S_IFMT(mode), "other")


def is_directory(directory: int, name: str) -> bool:
    """Whether an entry of an open directory is a directory, and no link to one."""
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode)
    except OSError:
        return False


def names(directory: int) -> list[str]:
    """The names in an open directory, in the order of the disk; as `entries`, and faster.

    Raises:
        ChassisError: the directory cannot be read.
    """
    try:
        again = _open(directory, ".")
        try:
            return os.listdir(again)
        finally:
            os.close(again)
    except OSError as error:
        raise told(error) from error


def entries(directory: int) -> Generator[tuple[str, Kind], None, None]:
    """The names in an open directory with their kinds, in the order of the disk; nothing is looked up for it.

    FIFOs, sockets and devices are "other" here. Several threads may read one descriptor.

    Raises:
        ChassisError: the directory cannot be read.
    """
    try:
        again = _open(directory, ".")  # what is read of a descriptor moves its position for everyone
        try:
            with os.scandir(again) as found:
                for entry in found:
                    if entry.is_file(follow_symlinks=False):
                        yield entry.name, "file"
                    elif entry.is_dir(follow_symlinks=False):
                        yield entry.name, "directory"
                    else:
                        yield entry.name, "link" if entry.is_symlink() else "other"
        finally:
            os.close(again)
    except OSError as error:
        raise told(error) from error


def folders(
    top: int, *, path: str = "", depth: int = DEEPEST, unseen: Callable[[str], None] | None = None
) -> Generator[Folder, None, None]:
    """All directories of a tree, each before what is in it.

    Args:
        top: descriptor of a directory; it stays open.
        path: what the paths begin with.
        depth: how many levels below the top to enter, at most `DEEPEST`.
        unseen: called with the path of each directory that was not entered: too deep, or not permitted to be read.
            One that vanished, or became a link, is no directory any more.

    Raises:
        ChassisError: the top cannot be read, or descriptors ran out.
    """
    above: list[tuple[Folder, Iterator[str]]] = []
    try:
        below: Folder | None = _read(_open(top, "."), path)
        while below or above:
            if below:
                above.append((below, iter(below.directories)))
                yield below
            folder, names = above[-1]
            name = next(names, None)
            if name is None:
                os.close(above.pop()[0].fd)
                below = None
            else:
                inner = f"{folder.path}/{name}" if folder.path else name
                below = _enter(folder.fd, name, inner) if len(above) <= min(depth, DEEPEST) else None
                if below is None and unseen and is_directory(folder.fd, name):
                    unseen(inner)
    except OSError as error:
        raise told(error) from error
    finally:
        for folder, _ in above:
            os.close(folder.fd)


def remove_tree(directory: int, name: str) -> None:
    """Delete an entry of an open directory; if it is a directory, with all that is in it, however deep.

    A link is deleted, not where it leads. Where something is put into it meanwhile, it ends with `NotEmpty`.

    Raises:
        ChassisError: something in it cannot be deleted; some of it may be gone.
    """
    try:
        if not is_directory(directory, name):
            os.unlink(name, dir_fd=directory)
            return
        top = _open(directory, name)
        try:
            _empty(top)
        finally:
            os.close(top)
        os.rmdir(name, dir_fd=directory)
    except OSError as error:
        raise told(error) from error


def _empty(top: int) -> None:
    """Delete what is in a directory, from its deepest directories up."""
    above = [("", top, _delete_files(top))]
    try:
        while True:
            name, here, directories = above[-1]
            if directories:
                inner = directories.pop()
                if len(above) >= DEEPEST:
                    # So deep that descriptors could run out: it is deleted from the top later.
                    moved = f".{secrets.token_hex(8)}"
                    os.rename(inner, moved, src_dir_fd=here, dst_dir_fd=top)
                    above[0][2].append(moved)
                else:
                    opened = _open(here, inner)
                    above.append((inner, opened, []))
                    above[-1][2].extend(_delete_files(opened))
            elif len(above) == 1:
                return
            else:
                above.pop()
                os.close(here)
                os.rmdir(name, dir_fd=above[-1][1])
    finally:
        for _, opened, _ in above[1:]:
            os.close(opened)


def _delete_files(directory: int) -> list[str]:
    """Delete everything in a directory but its directories, whose names are given back."""
    directories = []
    for name, what in list(entries(directory)):
        if what == "directory":
            directories.append(name)
        else:
            os.unlink(name, dir_fd=directory)
    return directories


def _open(directory: int, name: str) -> int:
    return os.open(name, os.O_RDONLY | DIRECTORY, dir_fd=directory)


def _enter(above: int, name: str, path: str) -> Folder | None:
    """The folder; None where it may not be read or is none any more."""
    try:
        return _read(_open(above, name), path)
    except (PermissionError, FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            return None
        raise


def _read(directory: int, path: str) -> Folder:
    folder = Folder(path, directory, [], [], [])
    try:
        with os.scandir(directory) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    folder.directories.append(entry.name)
                elif entry.is_file(follow_symlinks=False):
                    folder.files.append(entry.name)
                else:
                    folder.others.append(entry.name)
    except BaseException:
        os.close(directory)
        raise
    return folder
