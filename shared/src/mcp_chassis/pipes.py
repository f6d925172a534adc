"""Lines on pipes, on the event loop itself: no threads, and no O_NONBLOCK, which whoever shares a pipe would notice."""

from __future__ import annotations

import asyncio
import fcntl
import os
import select
import stat
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["LineReader", "LineWriter", "Lines", "claimed_pipes"]

_CHUNK = 64 * 1024
_HELD_LINES = 64


@contextmanager
def claimed_pipes() -> Iterator[tuple[int, int]]:
    """Private descriptors of stdin and stdout, which lead to the null device and to stderr meanwhile."""
    private = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 3) for fd in (0, 1)]
    try:
        null = os.open(os.devnull, os.O_RDWR)
        try:
            os.dup2(null, 0)
            try:
                os.dup2(2, 1)
            except OSError:  # stderr is closed
                os.dup2(null, 1)
        finally:
            os.close(null)
        yield private[0], private[1]
    finally:
        for fd, kept in enumerate(private):
            os.dup2(kept, fd)
            os.close(kept)


class Lines:
    """Bytes cut into lines; of a line over the cap only the fact is kept."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._rest = bytearray()
        self._skipping = False

    def feed(self, chunk: bytes) -> list[bytes | None]:
        """The lines that this chunk ends, without their line end; None stands for one that was too long."""
        lines: list[bytes | None] = []
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            lines.append(self._end(chunk[start:end]))
            start = end + 1
        self._rest += chunk[start:] if start else chunk
        if len(self._rest) > self._cap:
            self._rest.clear()
            self._skipping = True
        return lines

    def close(self) -> list[bytes | None]:
        """The last line, where the input ends without a line end."""
        return [self._end(b"")] if self._rest or self._skipping else []

    def _end(self, tail: bytes) -> bytes | None:
        line = bytes(self._rest) + tail if self._rest else tail
        too_long, self._skipping = self._skipping or len(line) > self._cap, False
        self._rest.clear()
        return None if too_long else line


class LineReader:
    """The lines of a descriptor, read when the event loop says that there is something to read."""

    def __init__(self, fd: int, cap: int) -> None:
        self._fd = fd
        self._lines = Lines(cap)
        self._held: deque[bytes | None] = deque()
        self._ended = False
        self._arrived = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._watching = False
        self._pollable = True

    async def next(self) -> bytes | None:
        """The next line; None for one over the cap.

        Raises:
            EOFError: there are no more.
        """
        while not self._held:
            if self._ended:
                raise EOFError
            await self._wait()
        return self._held.popleft()

    def stop(self) -> None:
        """Read no more; what was read may still be taken."""
        self._unwatch()
        self._ended = True
        self._arrived.set()

    async def _wait(self) -> None:
        self._arrived.clear()
        self._watch()
        if self._pollable:
            await self._arrived.wait()
        else:
            self._on_readable()
            await asyncio.sleep(0)

    def _watch(self) -> None:
        if self._watching or not self._pollable:
            return
        try:
            self._loop.add_reader(self._fd, self._on_readable)
            self._watching = True
        except PermissionError:  # a regular file, which is always readable
            self._pollable = False

    def _unwatch(self) -> None:
        if self._watching:
            self._loop.remove_reader(self._fd)
            self._watching = False

    def _on_readable(self) -> None:
        try:
            chunk = os.read(self._fd, _CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            chunk = b""
        self._held += self._lines.feed(chunk) if chunk else self._lines.close()
        if not chunk:
            self.stop()
        elif len(self._held) >= _HELD_LINES:
            self._unwatch()
        if self._held:
            self._arrived.set()


class LineWriter:
    """Writes lines to a descriptor in pieces that never block the event loop.

    A pipe that polls as writable takes PIPE_BUF bytes at once (pipe(7)); sockets are polled before each piece alike.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._lock = asyncio.Lock()
        self._loop = asyncio.get_running_loop()
        mode = os.fstat(fd).st_mode
        self._piece = select.PIPE_BUF if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) else _CHUNK
        self._poll = select.poll()
        self._poll.register(fd, select.POLLOUT)

    async def write(self, line: bytes) -> None:
        """Write a line, whole and after those before it.

        Raises:
            BrokenPipeError: nobody reads any more.
        """
        async with self._lock:
            rest = memoryview(line + b"\n")
            while rest:
                if not self._writable():
                    await self._until_writable()
                    continue
                try:
                    rest = rest[os.write(self._fd, rest[: self._piece]) :]
                except (BlockingIOError, InterruptedError):
                    await self._until_writable()
                except OSError as error:
                    raise BrokenPipeError(error.errno, error.strerror) from error

    def gone(self) -> bool:
        """Whether nobody reads the other end."""
        return any(events & (select.POLLERR | select.POLLHUP | select.POLLNVAL) for _, events in self._poll.poll(0))

    def _writable(self) -> bool:
        return bool(self._poll.poll(0))

    async def _until_writable(self) -> None:
        ready = asyncio.Event()
        self._loop.add_writer(self._fd, ready.set)
        try:
            await ready.wait()
        finally:
            self._loop.remove_writer(self._fd)
