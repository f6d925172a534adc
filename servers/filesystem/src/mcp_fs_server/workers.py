"""Blocking work in threads: one hop for a whole operation, which sees that it was cancelled and can tell progress."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any, TypeVar

import anyio
from mcp_chassis.call import Context
from mcp_chassis.confine.errors import told
from mcp_chassis.errors import Cancelled

__all__ = ["PROGRESS_S", "Work", "Workers"]

T = TypeVar("T")
PROGRESS_S = 0.5


class Work:
    """What a running operation looks at between its steps, from its thread."""

    def __init__(self, ctx: Context[Any] | None = None) -> None:
        self._ctx = ctx
        self._loop = asyncio.get_running_loop()
        self._stopped = threading.Event()
        self._told = time.monotonic()

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._stopped.set()

    def check(self) -> None:
        """Go on or not.

        Raises:
            Cancelled: nobody waits for it any more.
        """
        if self._stopped.is_set():
            raise Cancelled

    def progress(self, done: float, total: float | None = None, message: str | None = None) -> None:
        """Tell the client how far it is, twice a second at most; then as `check`."""
        self.check()
        now = time.monotonic()
        if self._ctx is None or now - self._told < PROGRESS_S:
            return
        self._told = now
        asyncio.run_coroutine_threadsafe(self._ctx.progress(done, total, message), self._loop)


class Workers:
    """A pool of threads."""

    def __init__(self, size: int) -> None:
        self.pool = ThreadPoolExecutor(size, thread_name_prefix="files")

    async def run(self, work: Callable[[Work], T], ctx: Context[Any] | None = None) -> T:
        """Do it in a thread. When the caller is cancelled it is told by `Work.check` and nobody waits for it."""
        token = Work(ctx)
        try:
            return await asyncio.get_running_loop().run_in_executor(self.pool, copy_context().run, _done, work, token)
        except asyncio.CancelledError:
            token.stop()
            raise

    async def finish(self, work: Callable[[Work], T], ctx: Context[Any] | None = None) -> T:
        """Do it in a thread and wait for its end even when the caller is cancelled, since it changes something.

        It may still end early by `Work.check`, where that leaves nothing half done.
        """
        token = Work(ctx)
        done = asyncio.get_running_loop().run_in_executor(self.pool, copy_context().run, _done, work, token)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            token.stop()
            with anyio.CancelScope(shield=True):  # a cancelled scope of anyio's would end every further wait as well
                while not done.done():
                    with suppress(asyncio.CancelledError):
                        await asyncio.wait([done])
            if not done.cancelled():
                done.exception()  # looked at, so that nobody complains that it never was
            raise

    def close(self) -> None:
        """Take no more work; what runs ends by itself."""
        self.pool.shutdown(wait=False, cancel_futures=True)


def _done(work: Callable[[Work], T], token: Work) -> T:
    """What it gives; an error of the operating system that nobody expected is one of ours."""
    try:
        return work(token)
    except OSError as error:
        raise told(error) from error
