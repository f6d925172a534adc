"""One file kept from other writers while it is looked at and changed.

Two things keep them away: a lock of this process, and flock(2) on the file itself, which the servers of a machine
share. Where a file system has no flock (some of the network) only the first holds. Programs that do not ask for the
lock are seen by what they leave: the file's identity, size and time are compared once more before it is replaced.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from mcp_chassis.confine.errors import Changed, HardLinked, NotRegular, told
from mcp_chassis.confine.trees import kind
from mcp_chassis.errors import Conflict, TooLarge

__all__ = ["Held", "held", "lock_file", "sha256_of"]

PATIENCE_SECONDS = 5.0
_AGAIN_SECONDS = 0.005
_BLOCK = 1 << 20
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
# Errors of flock that say that this file system has none, or none for files that are open for reading.
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.EBADF, errno.ENOSYS)
_LOCKS = [threading.Lock() for _ in range(256)]


@dataclass(frozen=True, slots=True)
class Held:
    """An existing regular file that nobody of ours writes meanwhile.

    Args:
        directory: descriptor of the directory that it is in.
        name: its name there.
        fd: its own descriptor, open for reading.
        stat: what it was before it was read.
    """

    directory: int
    name: str
    fd: int
    stat: os.stat_result

    def read(self, most: int) -> bytes:
        """All of it.

        Args:
            most: bytes that it may have.

        Raises:
            TooLarge: it has more.
        """
        blocks: list[bytes] = []
        size = 0
        try:
            while block := os.pread(self.fd, _BLOCK, size):
                size += len(block)
                if size > most:
                    raise TooLarge(f"The file is larger than the {most:,} bytes that may be edited whole.")
                blocks.append(block)
        except OSError as error:
            raise told(error) from error
        return b"".join(blocks)

    def check(self) -> None:
        """See that the name still means this file, and that nobody has changed it.

        Raises:
            Changed: something did.
        """
        try:
            found = os.stat(self.name, dir_fd=self.directory, follow_symlinks=False)
        except FileNotFoundError:
            raise Changed("The file is gone since it was read; look again and call again.") from None
        except OSError as error:
            raise told(error) from error
        if _identity(found) != _identity(self.stat):
            raise Changed("The file was changed since it was read; read it again and call again.")


@contextmanager
def held(directory: int, name: str, *, hard_links: bool = True) -> Iterator[Held | None]:
    """Hold the file of this name in an open directory; None where there is none.

    Args:
        hard_links: whether it may have other names too.

    Raises:
        NotRegular: there is something else.
        Changed: another writer holds it for long.
    """
    place = os.fstat(directory)
    lock = _LOCKS[hash((place.st_dev, place.st_ino, name)) % len(_LOCKS)]
    if not lock.acquire(timeout=PATIENCE_SECONDS):
        raise _busy()
    try:
        fd = _open_locked(directory, name, hard_links)
        try:
            yield None if fd is None else Held(directory, name, fd, os.fstat(fd))
        finally:
            if fd is not None:
                os.close(fd)
    finally:
        lock.release()


def lock_file(fd: int, *, wait: bool) -> bool | None:
    """Take the lock that the servers of a machine share; False if another has it, None if there are no locks."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait or time.monotonic() > until:
                return False
            time.sleep(_AGAIN_SECONDS)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise told(error) from error
            return None
        else:
            return True


def sha256_of(fd: int, most: int) -> str | None:
    """The hash of an open file as hex; None if it has more bytes than `most`."""
    digest = hashlib.sha256()
    size = 0
    try:
        while block := os.pread(fd, _BLOCK, size):
            size += len(block)
            if size > most:
                return None
            digest.update(block)
    except OSError as error:
        raise told(error) from error
    return digest.hexdigest()


def _open_locked(directory: int, name: str, hard_links: bool) -> int | None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        fd = _open(directory, name, hard_links)
        if fd is None:
            return None
        try:
            # Who held it may have put another file in its place: then that one is to be held.
            if lock_file(fd, wait=True) is not False:
                with suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(fd), os.stat(name, dir_fd=directory, follow_symlinks=False)):
                        return fd
            if time.monotonic() > until:
                raise _busy()
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)


def _open(directory: int, name: str, hard_links: bool) -> int | None:
    try:
        _check(os.stat(name, dir_fd=directory, follow_symlinks=False), hard_links)  # opening a device can do something
        fd = os.open(name, _OPEN, dir_fd=directory)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise told(error) from error
    try:
        _check(os.fstat(fd), hard_links)
    except BaseException:
        os.close(fd)
        raise
    return fd


def _check(found: os.stat_result, hard_links: bool) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise Changed()  # where links lead was found out before: this one has come between
    if not stat.S_ISREG(found.st_mode):
        raise NotRegular(f"This is no regular file but a {kind(found.st_mode)}; name a regular file.")
    if found.st_nlink > 1 and not hard_links:
        raise HardLinked()


def _identity(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _busy() -> Conflict:
    return Changed("Another program is writing this file; call again in a few seconds.")
