"""A file is the old one or the new one, and never something in between.

What is to come is written beside it under a name of the server's own, brought to the disk, and then renamed over it;
then the directory is brought to the disk too. A server that is killed in between leaves such a file behind. It holds a
lock as long as it is written, so that one without a lock can be taken away (`sweep`).
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from mcp_chassis.confine.errors import NoSpace, NotPermitted, told
from mcp_chassis.confine.renaming import rename_noreplace
from mcp_chassis.confine.trees import folders
from mcp_chassis.errors import ChassisError, OutcomeUnknown

from mcp_fs_server.holding import Held, lock_file
from mcp_fs_server.own_names import TRASH, is_unfinished, new_unfinished

__all__ = ["check_room", "copy", "put", "sweep", "sync_directory", "unfinished"]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_BLOCK = 1 << 20
_ABANDONED_SECONDS = 86400  # where no lock tells whether it is written
_KEPT = re.compile(r"user\.|system\.posix_acl_access$|security\.selinux$")


def put(directory: int, name: str, data: bytes, old: Held | None, pause: Callable[[], None]) -> os.stat_result:
    """Put a file into an open directory, in the place of another or as a new one.

    It is given the mode, the owner as far as permitted, and the extended attributes (with access lists) of the old one.

    Args:
        old: what it replaces, held; None where nothing of that name may be there.
        pause: called between the steps; raises when the work shall be given up.

    Raises:
        Exists: a new one, and there is something of that name.
        Changed: the old one has changed since it was held.
        NoSpace: the disk is full; the old one is as it was.
        OutcomeUnknown: it is done, but the disk would not say that it will last.
    """
    if old is not None:
        old.check()
        if not os.access(name, os.W_OK, dir_fd=directory, effective_ids=True, follow_symlinks=False):
            raise NotPermitted("The file is read-only; ask the operator, or write another one.")
    check_room(directory, len(data))
    with unfinished(directory, 0o666 if old is None else 0o600) as (fd, temporary):
        _write(fd, data, pause)
        if old is not None:
            _take_after(fd, old)
        os.fsync(fd)
        pause()
        if old is None:
            rename_noreplace(directory, temporary, directory, name)
        else:
            old.check()
            os.rename(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)
        written = os.fstat(fd)
    sync_directory(directory)
    return written


def copy(source: Held, directory: int, name: str, pause: Callable[[], None]) -> None:
    """Make a copy of a file in an open directory where nothing of that name may be, with all that it has but its links.

    Raises:
        Exists: there is something of that name.
        Changed: the source has changed meanwhile.
        NoSpace: the disk is full.
    """
    check_room(directory, source.stat.st_size)
    with unfinished(directory, 0o600) as (fd, temporary):
        done = 0
        while block := os.pread(source.fd, _BLOCK, done):
            _write(fd, block, pause)
            done += len(block)
        _take_after(fd, source)
        os.utime(fd, ns=(source.stat.st_atime_ns, source.stat.st_mtime_ns))
        os.fsync(fd)
        pause()
        source.check()
        rename_noreplace(directory, temporary, directory, name)
    sync_directory(directory)


@contextmanager
def unfinished(directory: int, mode: int = 0o666) -> Iterator[tuple[int, str]]:
    """A new file under a name of the server's own, open for writing; gone at the end unless it was renamed.

    Errors of the operating system become ours.
    """
    try:
        fd, temporary = _new(directory, mode)
        try:
            yield fd, temporary
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(temporary, dir_fd=directory)
            raise
        finally:
            os.close(fd)
    except OSError as error:
        raise told(error) from error


def check_room(directory: int, size: int) -> None:
    """See that the disk can take so many bytes more, before it is filled to the brim.

    Raises:
        NoSpace: it cannot.
    """
    disk = os.fstatvfs(directory)
    if disk.f_blocks and size > disk.f_bavail * disk.f_frsize:
        raise NoSpace()


def sync_directory(directory: int) -> None:
    """Bring the names in an open directory to the disk.

    Raises:
        OutcomeUnknown: the disk failed.
    """
    try:
        os.fsync(directory)
    except OSError as error:
        if error.errno == errno.EINVAL:  # file systems without it, as some of FUSE
            return
        raise OutcomeUnknown("The change is made, but the disk failed to confirm it; look at it again.") from error


def sweep(top: int, pause: Callable[[], None]) -> int:
    """Take away what killed servers have left below an open directory.

    Returns:
        How many files that were.
    """
    number = 0
    for folder in folders(top):
        pause()
        folder.directories[:] = [name for name in folder.directories if name != TRASH]
        for name in filter(is_unfinished, folder.files):
            with suppress(OSError, ChassisError):
                number += _take_away(folder.fd, name)
    return number


def _new(directory: int, mode: int) -> tuple[int, str]:
    """Make a file and lock it; another one where it was swept before it had its lock."""
    while True:
        name = new_unfinished()
        fd = os.open(name, _NEW, mode, dir_fd=directory)
        lock_file(fd, wait=True)
        if os.fstat(fd).st_nlink:
            return fd, name
        os.close(fd)


def _write(fd: int, data: bytes, pause: Callable[[], None]) -> None:
    rest = memoryview(data)
    while rest:
        pause()
        rest = rest[os.write(fd, rest[:_BLOCK]) :]


def _take_after(fd: int, old: Held) -> None:
    """Give the new file what the old one had; the owner first, since changing it takes rights away.

    Other than that, the rights to run as its owner and its capabilities go with the content that they were given to.
    """
    before, now = old.stat, os.fstat(fd)
    if (before.st_uid, before.st_gid) != (now.st_uid, now.st_gid):
        with suppress(PermissionError):
            os.fchown(fd, -1, before.st_gid)
        with suppress(PermissionError):
            os.fchown(fd, before.st_uid, -1)
    os.fchmod(fd, before.st_mode & 0o1777)
    if sys.platform == "linux":
        with suppress(OSError):
            for name in filter(_KEPT.match, os.listxattr(old.fd)):
                with suppress(OSError):
                    os.setxattr(fd, name, os.getxattr(old.fd, name))


def _take_away(directory: int, name: str) -> bool:
    fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=directory)
    try:
        ours = lock_file(fd, wait=False)
        if ours is False or (ours is None and time.time() - os.fstat(fd).st_mtime < _ABANDONED_SECONDS):
            return False  # it is being written now, or may be
        os.unlink(name, dir_fd=directory)
    finally:
        os.close(fd)
    return True
