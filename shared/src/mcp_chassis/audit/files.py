"""Files that only grow by whole lines, and the lock of their folder."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["LineFile", "held", "last_line", "make_lock", "sync_folder"]


class LineFile:
    """A file that this process alone appends to: each line whole, or nothing of it.

    It keeps what is not known to be on the disk: after a failed fdatasync the kernel may drop those pages and report
    success the next time, so they are written once more then.
    """

    def __init__(self, path: Path, *, new: bool = False) -> None:
        """Open a file.

        Args:
            new: it must not be there yet.

        Raises:
            OSError: it cannot be opened so.
        """
        self.path = path
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        self._fd = os.open(path, flags | (os.O_EXCL if new else 0), 0o600)
        self.size = os.fstat(self._fd).st_size
        self._synced = self.size
        self._unsynced: list[bytes] = []
        self._torn = self._failed = False

    @property
    def dirty(self) -> bool:
        """Whether something may not be on the disk yet."""
        return bool(self._unsynced)

    def append(self, line: bytes) -> None:
        """Write a line.

        Raises:
            OSError: it could not be written, and nothing of it is in the file.
        """
        if self._torn:
            self._untear()
        written = os.write(self._fd, line)
        if written < len(line):
            self._torn = True
            with suppress(OSError):  # else before the next line
                self._untear()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.size += written
        self._unsynced.append(line)

    def sync(self) -> None:
        """Put on the disk what has been appended before; safe beside a thread that appends.

        Raises:
            OSError: it is not known to be there.
        """
        count = len(self._unsynced)
        try:
            if self._failed:
                self._write_again(b"".join(self._unsynced[:count]))
            os.fdatasync(self._fd)
        except OSError:
            self._failed = True
            raise
        self._failed = False
        self._synced += sum(map(len, self._unsynced[:count]))
        del self._unsynced[:count]

    def cut_torn(self) -> int:
        """Move what stands behind the last whole line to `<name>.torn`, as a crash leaves it.

        Returns:
            How many bytes that were.

        Raises:
            OSError: it could not be moved.
        """
        end = self._end_of_lines()
        if torn := os.pread(self._fd, self.size - end, end):
            aside = LineFile(self.path.with_name(f"{self.path.name}.torn"))
            try:
                aside.append(torn)
                aside.sync()
            finally:
                aside.close()
            os.ftruncate(self._fd, end)
            os.fdatasync(self._fd)
            self.size = self._synced = end
        return len(torn)

    def close(self) -> None:
        """Close it."""
        os.close(self._fd)

    def _untear(self) -> None:
        os.ftruncate(self._fd, self.size)
        self._torn = False

    def _write_again(self, content: bytes) -> None:
        fd = os.open(self.path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            written = 0
            while written < len(content):
                written += os.pwrite(fd, content[written:], self._synced + written)
        finally:
            os.close(fd)

    def _end_of_lines(self) -> int:
        """Where the last whole line ends."""
        end = self.size
        while end > 0:
            start = max(0, end - 65_536)
            found = os.pread(self._fd, end - start, start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end = start
        return 0


def last_line(path: Path) -> bytes | None:
    """The last whole line of a file without its end; None where there is none.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        tail = b""
        while size > 0:
            size -= (step := min(65_536, size))
            file.seek(size)
            tail = file.read(step) + tail
            whole, newline, _ = tail.rpartition(b"\n")
            _, found, line = whole.rpartition(b"\n")
            if newline and (found or size == 0):
                return line
        return None


def _hold(path: Path) -> int | None:
    """Take a lock file that is there; None where somebody else has it, or had it until it was removed.

    Returns:
        A descriptor that holds the lock until it is closed.

    Raises:
        OSError: it cannot be opened.
    """
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(fd).st_nlink:
            return fd
    except BlockingIOError:
        pass
    os.close(fd)
    return None


def make_lock(path: Path) -> int:
    """Make a lock file that is held from its first moment on.

    Raises:
        OSError: it cannot be made.
    """
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return fd


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a lock file meanwhile; False where it cannot be had."""
    fd = _hold(path)
    try:
        yield fd is not None
    finally:
        if fd is not None:
            os.close(fd)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk.

    Raises:
        OSError: that failed.
    """
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
