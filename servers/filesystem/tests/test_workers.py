"""Blocking work in threads, and its end when nobody waits for it."""

from __future__ import annotations

import asyncio
import errno
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from mcp_chassis.call import Channel, Context, Principal
from mcp_chassis.errors import Cancelled, UpstreamUnavailable
from mcp_fs_server.workers import Work, Workers


@pytest.fixture
def workers() -> Iterator[Workers]:
    """A few threads."""
    opened = Workers(2)
    yield opened
    opened.close()


class Noted(Channel):
    """Keeps the progress that was told."""

    def __init__(self) -> None:
        self.told: list[tuple[float, Any, Any]] = []

    async def progress(self, done: float, total: float | None, message: str | None) -> None:
        self.told.append((done, total, message))


@pytest.mark.asyncio
async def test_reading_ends_when_nobody_waits_for_it(workers: Workers) -> None:
    started, ended = threading.Event(), threading.Event()

    def work(token: Work) -> None:
        started.set()
        try:
            while True:
                token.check()
        except Cancelled:
            ended.set()
            raise

    task = asyncio.create_task(workers.run(work))
    await asyncio.to_thread(started.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(ended.wait, 10)


@pytest.mark.asyncio
async def test_what_the_system_says_is_told_as_an_error_of_ours(workers: Workers) -> None:
    def fail(_: Work) -> None:
        raise OSError(errno.EIO, "the disk's own words")

    for start in (workers.run, workers.finish):
        with pytest.raises(UpstreamUnavailable, match="busy or failing"):
            await start(fail)


@pytest.mark.asyncio
async def test_changing_is_waited_for(workers: Workers) -> None:
    started, go_on, done = threading.Event(), threading.Event(), []

    def work(_: Work) -> None:
        started.set()
        go_on.wait(10)
        done.append(True)

    task = asyncio.create_task(workers.finish(work))
    await asyncio.to_thread(started.wait, 10)
    task.cancel()
    await asyncio.sleep(0.05)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == [True]


@pytest.mark.asyncio
async def test_progress_is_told_now_and_then(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Noted()
    ctx: Context[None] = Context(Principal("ann", "local"), None, channel)

    def work(token: Work) -> None:
        for number in range(1_000):
            token.progress(number, 1_000, "entries")

    await workers.run(work, ctx)
    assert channel.told == []  # it was over before there was anything to tell
    monkeypatch.setattr("mcp_fs_server.workers.PROGRESS_S", 0.0)
    await workers.run(work, ctx)
    await asyncio.sleep(0.05)
    assert channel.told[-1] == (999, 1_000, "entries")
