"""The committer: one thread that puts records on the disk for all who wait, and makes the checkpoints.

Group commit without a window: whatever has been written when an fdatasync begins is released by it; whatever comes
meanwhile is the next group. A single caller never waits for others, and many share one write of the disk.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from mcp_chassis.audit.chain import Chain
from mcp_chassis.audit.checkpoints import Checkpoints, Cut
from mcp_chassis.audit.files import LineFile, sync_folder

__all__ = ["Committer"]

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Group:
    """What one round of the thread has to do, and who waits for it."""

    segments: list[LineFile]
    cuts: list[Cut]
    upto: int
    new_names: list[Path]
    since: float | None
    waiters: list[asyncio.Future[None]] = field(default_factory=list)
    blocked: list[threading.Event] = field(default_factory=list)


class Committer:
    """The thread of one chain; its methods may be called from any other."""

    def __init__(
        self, chain: Chain, checkpoints: Checkpoints, checkpoint_s: float, *, aside: Callable[[], None] | None = None
    ) -> None:
        """Start it.

        Args:
            checkpoint_s: how long records may be without a checkpoint.
            aside: further work for the thread after each round, such as retention; it raises nothing.
        """
        self._chain = chain
        self._checkpoints = checkpoints
        self._checkpoint_s = checkpoint_s
        self._aside = aside
        self._wake = threading.Condition(chain.lock)
        self._waiters: list[asyncio.Future[None]] = []
        self._blocked: list[threading.Event] = []
        self._asked = self._closing = False
        self.fault: Exception | None = None
        """Why the last round failed."""
        self._since: float | None = None
        self.synced = 0
        """The number of the last record that is known to be on the disk."""
        self.commits = 0
        """How many rounds have put something on the disk."""
        self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
        self._thread.start()

    def appended(self, *, sync: bool) -> None:
        """Look whether a record that was just appended is something to do; called under the chain's lock.

        Args:
            sync: it should be on the disk soon, though nobody waits for it.
        """
        if sync:
            self._asked = True
        if sync or self._chain.cuts or len(self._chain.entries) == 1:
            self._wake.notify()

    def wait(self) -> asyncio.Future[None]:
        """A future that is done when all that has been appended is on the disk, or fails.

        Called under the chain's lock, in an event loop. Who cancels it disturbs nobody else.
        """
        future = asyncio.get_running_loop().create_future()
        self._waiters.append(future)
        self._wake.notify()
        return future

    @property
    def unsynced_since(self) -> float | None:
        """When the oldest record was written that is not known to be on the disk (`time.monotonic`)."""
        return self._since or self._chain.oldest_unsynced

    def retry(self) -> None:
        """Try again what failed."""
        with self._wake:
            self._asked = True
            self._wake.notify()

    def flush(self) -> None:
        """Wait until all that has been appended is on the disk, and the checkpoints asked for are made.

        Raises:
            Exception: that failed.
        """
        done = threading.Event()
        with self._wake:
            if self._closing:
                return
            self._blocked.append(done)
            self._wake.notify()
        done.wait()
        if self.fault is not None:
            raise self.fault

    def close(self) -> None:
        """Do what is left, and end."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        while (group := self._next()) is not None:
            fault = self._commit(group)
            self.fault = fault or self.fault  # before somebody who was refused asks
            _release(group.waiters, fault)
            self._end(group, fault or self._checkpoint(group.cuts))
            for event in group.blocked:
                event.set()
            if self._aside is not None and self.fault is None:
                self._aside()

    def _next(self) -> _Group | None:
        """Wait for something to do."""
        chain = self._chain
        with self._wake:
            while not (self._waiters or self._blocked or self._asked or self._closing):
                if chain.cuts and self.fault is None:
                    break
                due = chain.entries_since + self._checkpoint_s - time.monotonic() if chain.entries else None
                if due is not None and due <= 0 and self.fault is None:
                    chain.cut("time")
                    break
                self._wake.wait(due if self.fault is None else None)
            if self._closing and not (self._waiters or self._blocked or self._asked or chain.cuts):
                return None
            return self._take()

    def _take(self) -> _Group:
        chain = self._chain
        cuts, chain.cuts = chain.cuts, []
        segments = [cut.retired for cut in cuts if cut.retired is not None]
        since = self._since = chain.oldest_unsynced
        group = _Group(
            [*segments, chain.segment], cuts, chain.sequence, chain.new_names, since, self._waiters, self._blocked
        )
        self._waiters, self._blocked, self._asked = [], [], False
        chain.new_names, chain.oldest_unsynced = [], None
        return group

    def _commit(self, group: _Group) -> Exception | None:
        """Put a group on the disk; whatever goes wrong is a fault, since the thread must not end."""
        try:
            for folder in group.new_names:
                sync_folder(folder)
            for segment in group.segments:
                if segment.dirty:
                    segment.sync()
                    self.commits += 1
        except Exception as error:
            return error
        self.synced = group.upto
        return None

    def _checkpoint(self, cuts: list[Cut]) -> Exception | None:
        """Make the checkpoints; those that were made are taken from the list."""
        try:
            while cuts:
                self._checkpoints.write(cuts[0], self._chain.timestamp())
                done = cuts.pop(0)
                if done.retired is not None:
                    done.retired.close()
        except Exception as error:
            return error
        return None

    def _end(self, group: _Group, fault: Exception | None) -> None:
        chain = self._chain
        with self._wake:
            if fault is not None:
                logger.error("the audit log cannot be put on the disk", exc_info=fault)
                chain.cuts = [] if self._closing else group.cuts + chain.cuts
                chain.new_names = group.new_names + chain.new_names
                chain.oldest_unsynced = group.since or chain.oldest_unsynced
            self.fault = fault
            self._since = None


def _release(waiters: list[asyncio.Future[None]], fault: Exception | None) -> None:
    """Let go all who wait, in one wake-up of each event loop."""
    loops = {future.get_loop() for future in waiters}
    for loop in loops:
        mine = [future for future in waiters if future.get_loop() is loop]
        with suppress(RuntimeError):  # the loop is closed, so nobody waits any more
            loop.call_soon_threadsafe(_settle, mine, fault)


def _settle(waiters: list[asyncio.Future[None]], fault: Exception | None) -> None:
    for future in waiters:
        if future.done():
            continue
        if fault is None:
            future.set_result(None)
        else:
            future.set_exception(fault)
