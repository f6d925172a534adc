"""The task that copies the log of this process into PostgreSQL, and what processes that are gone have left unsent.

It reads the files behind the writer, so no call waits for it and nothing piles up in memory while the database is away.
Each chain has its position; a batch is committed before the position moves, so a kill in between sends it once more.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from mcp_chassis.audit.chain import LOCK
from mcp_chassis.audit.files import held
from mcp_chassis.audit.log import AuditLog
from mcp_chassis.audit.sink.batches import Batch, read_batch
from mcp_chassis.audit.sink.position import Position
from mcp_chassis.audit.sink.table import Table
from mcp_chassis.postgres.causes import why
from mcp_chassis.server import Component

__all__ = ["Sink"]

logger = logging.getLogger(__name__)

_POLL_SECONDS = 0.5
_BACKLOG_SECONDS = 60.0
_BACKOFF_SECONDS = (0.5, 30.0)
_LATE_SECONDS = 60.0
_FIRST_SECONDS = 1.0
"""For how long who asks for its state waits until there is one."""
_SINK_LOCK = ".sink.lock"


class Sink:
    """Sends the chain of a log, and the closed ones beside it."""

    def __init__(self, dsn: str, log: AuditLog) -> None:
        self._dsn = dsn
        self._log = log
        self._own = Path(log.where)
        self._table: Table | None = None
        self._database: str | None = None
        self._fault: str | None = "not connected yet"
        self._delay = _BACKOFF_SECONDS[0]
        self._ending, self._tried = asyncio.Event(), asyncio.Event()
        self._position: Position | None = None
        self._sent_until = time.time()
        """Whatever this process wrote before is in the database."""
        self._oldest_left: float | None = None
        """When the record was written at which the work on other chains is."""
        self._done: set[str] = set()
        self._looked: float | None = None
        log.sent = self.sent

    @property
    def lag_s(self) -> float:
        """Age of the oldest record that is not known to be in the database, in seconds; 0 when there is none."""
        now = time.time()
        own = 0 if self._position is None else self._position.seq
        oldest = [self._sent_until] if self._log.state().records > own else []
        oldest += [] if self._oldest_left is None else [self._oldest_left]
        return max(0.0, now - min(oldest)) if oldest else 0.0

    def sent(self, folder: Path) -> int:
        """Up to which record a chain is in the database; called by whoever removes old segments, in any thread."""
        return 0 if self._database is None else Position.load(folder, self._database).seq

    async def health(self) -> Component:
        """Its state; calls work without it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_FIRST_SECONDS):
                await self._tried.wait()
        late = f"{self.lag_s:.0f} s behind"
        if self._fault is not None:
            return Component("audit sink", "degraded", f"{self._fault}; {late}, nothing is lost while it waits")
        return Component("audit sink", "degraded" if self.lag_s > _LATE_SECONDS else "healthy", late)

    @asynccontextmanager
    async def running(self, left: Callable[[], float]) -> AsyncIterator[None]:
        """Send meanwhile, and in the end what is left.

        Args:
            left: for how many seconds the end may go on, asked then.
        """
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self._ending.set()
            await asyncio.wait({task}, timeout=max(0.0, left()))
            if not task.done():
                task.cancel()
                if self._table is not None:
                    self._table.terminate()
                await asyncio.wait({task})
                self._fault = "the grace period is over"
            await self._disconnect()
            if self.lag_s:
                logger.warning(
                    "records are not in PostgreSQL yet; the next start of this server with this folder sends them",
                    extra={"cause": self._fault, "chain": self._own.name},
                )

    async def _run(self) -> None:
        """Rounds, until one that began after the end was told."""
        while True:
            last = self._ending.is_set()
            wait = _POLL_SECONDS
            try:
                await self._round()
                self._succeeded()
            except Exception as error:
                wait = await self._failed(error)
            self._tried.set()
            if last:
                return
            try:
                async with asyncio.timeout(wait):
                    await self._ending.wait()
            except TimeoutError:
                continue

    async def _round(self) -> None:
        if self._table is None:
            self._table = await Table.open(self._dsn, f"{self._log.server} audit")
            self._position = await asyncio.to_thread(Position.load, self._own, self._table.database)
            self._database = self._table.database
        await self._send_own()
        if not self._ending.is_set() and (self._looked is None or time.monotonic() - self._looked > _BACKLOG_SECONDS):
            await self._send_left()
            first, self._looked = self._looked is None, time.monotonic()
            if first:
                self._log.clean_soon()

    async def _send_own(self) -> None:
        assert self._position is not None
        while True:
            now = time.time()
            batch = await self._send(self._own, self._position)
            self._position = batch.end
            self._sent_until = now if batch.last else _written(batch) or self._sent_until
            if batch.last and not batch.checkpoints:
                return

    async def _send_left(self) -> None:
        """What other processes of this server have left.

        One process at a time does it, for economy only: what two send is in the database once.
        """
        lock = self._own.parent / _SINK_LOCK
        lock.touch(mode=0o600)
        with held(lock) as mine:
            for folder in await asyncio.to_thread(self._left) if mine else ():
                await self._send_all(folder)
        if not self._ending.is_set():
            self._oldest_left = None

    async def _send_all(self, folder: Path) -> None:
        assert self._table is not None
        position = await asyncio.to_thread(Position.load, folder, self._table.database)
        while not position.complete and not self._ending.is_set():
            batch = await self._send(folder, position, left=True)
            if batch.end == position:
                break
            position = batch.end
            await self._send_own()
        if position.complete:
            self._done.add(folder.name)

    async def _send(self, folder: Path, start: Position, *, left: bool = False) -> Batch:
        """Send a batch and keep how far that was."""
        assert self._table is not None
        batch = await asyncio.to_thread(read_batch, folder, start)
        if left:
            self._oldest_left = _written(batch) or self._oldest_left
        if batch:
            await self._table.insert(folder.parent.name, folder.name, batch)
        if batch.end != start:
            await asyncio.to_thread(batch.end.save, folder)
        return batch

    def _left(self) -> list[Path]:
        """The chains of this server that nobody writes and that may not be complete, the oldest first."""
        return sorted(filter(self._is_left, self._own.parent.iterdir()))

    def _is_left(self, folder: Path) -> bool:
        if folder == self._own or folder.name in self._done or folder.name.startswith(".") or not folder.is_dir():
            return False
        if not (folder / LOCK).exists():
            return True
        with held(folder / LOCK) as dead:  # one that was changed, so that no start could close it
            return dead

    def _succeeded(self) -> None:
        if self._fault is not None:
            logger.info("records are sent to PostgreSQL", extra={"database": self._database})
        self._fault, self._delay = None, _BACKOFF_SECONDS[0]

    async def _failed(self, error: Exception) -> float:
        """Note a fault.

        Returns:
            After how many seconds to try again.
        """
        fault = why(error)
        if fault != self._fault:
            logger.warning("records cannot be sent to PostgreSQL now; it is tried again", extra={"cause": fault})
        self._fault = fault
        await self._disconnect()
        delay, self._delay = self._delay, min(2 * self._delay, _BACKOFF_SECONDS[1])
        return delay * random.uniform(0.75, 1.25)  # noqa: S311 - so that replicas do not come at once

    async def _disconnect(self) -> None:
        table, self._table = self._table, None
        if table is not None:
            await table.close()


def _written(batch: Batch) -> float | None:
    """When the last record of a batch was written that tells it."""
    return next((row.ts.timestamp() for row in reversed(batch.records) if row.ts is not None), None)
