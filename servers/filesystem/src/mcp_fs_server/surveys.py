"""What is to be moved or deleted: looked at before, with all that is in it, and held if it is a file.

What a rule denies in one place must not be moved to where none does, nor the reverse; nor may another root go with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from mcp_chassis.call import Context
from mcp_chassis.confine import Folder, Kind, folders, kind
from mcp_chassis.confine.errors import Missing, told
from mcp_chassis.errors import Denied

from mcp_fs_server.holding import Held, held, sha256_of
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import Work

__all__ = ["Found", "surveyed"]

_PROTECTED = (
    "Something in this directory is kept from clients by a rule of this server; move or delete the rest one by one."
)
_REFUSED = "The policy does not allow this for something in this directory; name what is in it one by one."
_NESTED = "Another directory that is served lies in this one; name what is in it one by one."
_MOUNTED = "Another file system is mounted in this directory; move or delete the rest one by one."
_UNSEEN = "Something in this directory cannot be looked into; move or delete the rest one by one."


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at a place.

    Args:
        size: bytes of the regular files in it.
        files: how many those are.
        entries: how many of anything are directly in a directory.
        sha256: of a regular file; None of anything else and of what is too large.
        file: a regular file, held.
    """

    kind: Kind
    size: int
    files: int = 1
    entries: int = 0
    sha256: str | None = None
    file: Held | None = None


@contextmanager
def surveyed(
    ctx: Context[Any], directory: int, name: str, places: Mapping[str, Place], work: Work, *, most: int
) -> Iterator[Found]:
    """Look at an entry of an open directory, and see that all of it may be moved or deleted.

    Args:
        places: where it is, then where it will be if it is moved, by the names of the arguments that say so.
        most: bytes of a regular file that is hashed.

    Raises:
        Missing: there is nothing.
        HardLinked: it has other names, and those are refused.
        Denied: something in it is protected, or another root lies in it.
    """
    source = next(iter(places.values()))
    try:
        what = kind(os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode)
    except OSError as error:
        raise told(error) from error
    if what == "directory":
        yield _walked(ctx, directory, name, places, work)
    elif what != "file":
        yield Found(what, 0)
    else:
        with held(directory, name, hard_links=source.root.confine.hard_links) as file:
            if file is None:
                raise Missing
            yield Found(what, file.stat.st_size, sha256=sha256_of(file.fd, most), file=file)


def _walked(ctx: Context[Any], directory: int, name: str, places: Mapping[str, Place], work: Work) -> Found:
    source = next(iter(places.values()))
    if any(f"{path}/".startswith(f"{source.relative}/") for path in source.root.nested):
        raise Denied(_NESTED)
    if any(place.root.deny(place.relative, directory=True) for place in places.values()):
        raise Denied(_PROTECTED)
    size = files = entries = 0
    try:
        top = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=directory)
    except OSError as error:
        raise told(error) from error
    try:
        mount = _mount_of(top)
        for folder in folders(top, unseen=_refuse_unseen):
            work.check()
            if _mount_of(folder.fd) != mount:  # it would go with the directory, and out of the trash for good
                raise Denied(_MOUNTED)
            _check_entries(ctx, folder, {argument: place.under(folder.path) for argument, place in places.items()})
            for file in folder.files:
                with suppress(OSError):
                    size += os.stat(file, dir_fd=folder.fd, follow_symlinks=False).st_size
            files += len(folder.files)
            if not folder.path:
                entries = len(folder.directories) + len(folder.files) + len(folder.others)
    finally:
        os.close(top)
    return Found("directory", size, files, entries)


def _check_entries(ctx: Context[Any], folder: Folder, places: Mapping[str, Place]) -> None:
    others = (*folder.files, *folder.others)
    for place in places.values():
        deny = place.root.deny
        if any(deny.entry(place.relative, name, directory=True) for name in folder.directories):
            raise Denied(_PROTECTED)
        if any(deny.entry(place.relative, name) for name in others):
            raise Denied(_PROTECTED)
    if ctx.judgement is None:
        return
    classes = {label for place in places.values() for label in place.root.data_classes}
    for name in (*folder.directories, *others):
        if not ctx.may_reach(classes, {argument: (place / name).real for argument, place in places.items()}):
            raise Denied(_REFUSED)


def _mount_of(directory: int) -> object:
    """What tells one mount from another: its number, so that a directory bound to another place is told as well."""
    try:
        with open(f"/proc/self/fdinfo/{directory}", encoding="ascii") as facts:
            return next(line for line in facts if line.startswith("mnt_id:"))
    except (OSError, StopIteration):
        return os.fstat(directory).st_dev


def _refuse_unseen(_: str) -> None:
    raise Denied(_UNSEEN)
