"""How much may be written: in a root, and by one principal in a day.

A root's quota is on the sum of the sizes of all regular files below it, whoever wrote them; the trash, which has a
bound of its own, does not count. It is measured by a walk when it is first needed, then kept by what is written here,
and measured anew now and then and before anything is refused. A principal's quota is on the bytes of the files that it
writes from midnight to midnight UTC; it is kept in this process.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from mcp_chassis.call import Principal
from mcp_chassis.confine.trees import folders
from mcp_chassis.errors import QuotaExhausted

from mcp_fs_server.own_names import TRASH, is_unfinished

__all__ = ["Allowance", "Quota", "tree_size"]

_DAY = 86400
_MEASURED_ANEW_SECONDS = 600.0
_FRESH_SECONDS = 1.0


class Quota:
    """The bytes that the files below one directory may have."""

    def __init__(self, top: int, limit: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Make it.

        Args:
            top: descriptor of the directory.
            limit: bytes; None where there is no quota, and then nothing is measured.
        """
        self._top = top
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._used = 0
        self._measured: float | None = None

    @contextmanager
    def room(self, more: int) -> Iterator[None]:
        """Room for so many bytes more (or less) while something is written; it stays taken unless that fails.

        Raises:
            QuotaExhausted: there is not so much.
        """
        if self._limit is None:
            yield
            return
        with self._lock:
            self._take(more, self._limit)
        try:
            yield
        except BaseException:
            with self._lock:
                self._used -= more
            raise

    def _take(self, more: int, limit: int) -> None:
        if self._age() > _MEASURED_ANEW_SECONDS:
            self._measure()
        if more > 0 and self._used + more > limit and self._age() > _FRESH_SECONDS:
            self._measure()
        if more > 0 and self._used + more > limit:
            free = max(limit - self._used, 0)
            raise QuotaExhausted(
                f"The quota of this directory has {free:,} of {limit:,} bytes left and this needs {more:,}; "
                "delete files or ask the operator."
            )
        self._used += more

    def _age(self) -> float:
        return float("inf") if self._measured is None else self._clock() - self._measured

    def _measure(self) -> None:
        self._used = tree_size(self._top)
        self._measured = self._clock()


class Allowance:
    """The bytes that each principal may write in a day."""

    def __init__(self, limit: int | None, clock: Callable[[], float] = time.time) -> None:
        """Make it; `limit` is in bytes, None where there is none."""
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._day = 0
        self._written: dict[str, int] = {}

    def take(self, principal: Principal, size: int) -> None:
        """Count bytes that the principal is about to write.

        Raises:
            QuotaExhausted: it may not write so many today.
        """
        if self._limit is None:
            return
        with self._lock:
            day, second = divmod(self._clock(), _DAY)
            if day != self._day:
                self._day = int(day)
                self._written.clear()
            written = self._written.get(principal.key, 0) + size
            if written > self._limit:
                raise QuotaExhausted(
                    f"You may write {self._limit:,} bytes a day and this would make it {written:,}; "
                    "go on tomorrow (UTC) or ask the operator.",
                    retry_after_s=_DAY - second,
                )
            self._written[principal.key] = written


def tree_size(top: int, pause: Callable[[], None] = lambda: None) -> int:
    """Bytes of all regular files below an open directory, without what is the server's own."""
    size = 0
    for folder in folders(top):
        pause()
        folder.directories[:] = [name for name in folder.directories if name != TRASH]
        for name in folder.files:
            if not is_unfinished(name):
                with suppress(OSError):
                    size += os.stat(name, dir_fd=folder.fd, follow_symlinks=False).st_size
    return size
