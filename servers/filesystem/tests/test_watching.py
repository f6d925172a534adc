"""Watching files: what is told, what cannot be watched, and that nothing stays behind."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp_chassis.call import Context
from mcp_chassis.errors import ChassisError, QuotaExhausted
from mcp_fs_server.file_resource import watch_file
from mcp_fs_server.resources import Resources
from mcp_types import ResourceUpdatedNotification

Files = Callable[..., Awaitable[Context[Resources]]]
pytestmark = pytest.mark.asyncio


class Told:
    """What watchers are told."""

    def __init__(self) -> None:
        self.uris: list[str] = []
        self._news = anyio.Event()

    async def __call__(self, uri: str) -> None:
        self.uris.append(uri)
        self._news.set()

    async def next(self) -> list[str]:
        with anyio.fail_after(20):
            await self._news.wait()
        told, self.uris, self._news = self.uris, [], anyio.Event()
        return told


async def test_each_way_to_change_a_file_is_told(docs: Path, files: Files) -> None:
    (docs / "sub").mkdir()
    (docs / "sub/a").write_text("1")
    (docs / "sub/other").write_text("1")
    ctx, told = await files(), Told()
    async with (await watch_file(ctx, "docs/sub/a"))("file:///docs/sub/a", told):
        (docs / "sub/other").write_text("2")
        (docs / "sub/a").write_text("2")
        assert set(await told.next()) == {"file:///docs/sub/a"}
        (docs / "sub/new").write_text("3")
        os.replace(docs / "sub/new", docs / "sub/a")
        assert set(await told.next()) == {"file:///docs/sub/a"}
        (docs / "sub/a").unlink()
        assert set(await told.next()) == {"file:///docs/sub/a"}
        (docs / "sub/a").write_text("4")
        assert set(await told.next()) == {"file:///docs/sub/a"}


async def test_a_directory_tells_of_its_entries(docs: Path, files: Files) -> None:
    ctx, told = await files(), Told()
    async with (await watch_file(ctx, "docs"))("file:///docs", told):
        (docs / "new").write_text("")
        assert await told.next() == ["file:///docs"]


async def test_many_changes_at_once_are_told_as_few_and_to_all_who_watch(docs: Path, files: Files) -> None:
    (docs / "a").write_text("")
    ctx, told, other = await files(), Told(), Told()
    async with AsyncExitStack() as stack:
        for tell in (told, told, other):  # the first two are told together, as by one server
            await stack.enter_async_context((await watch_file(ctx, "docs/a"))("uri", tell))
        for number in range(200):
            (docs / "a").write_text(str(number))
        assert await told.next() == ["uri"]
        assert await other.next() == ["uri"]
    assert ctx.resources.watches._folders == {}


async def test_what_is_watched_first_goes_on_while_more_is(docs: Path, files: Files) -> None:
    for name in ("a", "b"):
        (docs / name).mkdir()
        (docs / name / "x").write_text("")
    ctx, told = await files(), Told()
    async with (await watch_file(ctx, "docs/a/x"))("first", told):
        async with (await watch_file(ctx, "docs/b/x"))("second", told):
            (docs / "a/x").write_text("1")
            assert set(await told.next()) == {"first"}
        (docs / "b/x").write_text("1")
        (docs / "a/x").write_text("2")
        assert set(await told.next()) == {"first"}


async def test_what_may_not_be_read_cannot_be_watched_and_not_too_much(docs: Path, files: Files) -> None:
    (docs / ".env").write_text("")
    (docs / "out").symlink_to("../outside.txt")
    os.mkfifo(docs / "fifo")
    ctx = await files(max_watches=2)
    for path in ("docs/.env", "docs/out", "etc/passwd", "docs/../outside.txt", "docs/missing", "docs/fifo"):
        with pytest.raises(ChassisError):
            await watch_file(ctx, path)
    for name in ("a", "b", "c"):
        (docs / name).write_text("")
    async with AsyncExitStack() as stack:
        for name in ("a", "b"):
            await stack.enter_async_context((await watch_file(ctx, f"docs/{name}"))(name, Told()))
        with pytest.raises(QuotaExhausted):
            await watch_file(ctx, "docs/c")
    await watch_file(ctx, "docs/c")


async def test_the_bound_holds_for_those_who_were_admitted_at_the_same_moment(docs: Path, files: Files) -> None:
    for name in ("a", "b", "c"):
        (docs / name).write_text("")
    ctx = await files(max_watches=2)
    admitted = [await watch_file(ctx, f"docs/{name}") for name in ("a", "b", "c")]
    async with AsyncExitStack() as stack:
        for watching in admitted[:2]:
            await stack.enter_async_context(watching("uri", Told()))
        with pytest.raises(QuotaExhausted):
            await stack.enter_async_context(admitted[2]("uri", Told()))


async def test_a_directory_that_became_a_link_outside_is_not_watched_there(docs: Path, files: Files) -> None:
    (docs / "d").mkdir()
    (docs / "d/x").write_text("")
    (docs.parent / "outside").mkdir()
    ctx, told = await files(), Told()
    watching = await watch_file(ctx, "docs/d/x")
    (docs / "d").rename(docs / "real")
    (docs / "d").symlink_to("../outside")
    with pytest.raises(ChassisError):
        async with watching("uri", told):
            pass
    assert ctx.resources.watches._folders == {}


async def test_one_file_that_is_watched_often_takes_one_descriptor(docs: Path, files: Files) -> None:
    (docs / "a").write_text("1")
    ctx, told = await files(), Told()
    async with AsyncExitStack() as watching:
        await watching.enter_async_context((await watch_file(ctx, "a"))("file:///docs/a", told))
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(100):
            await watching.enter_async_context((await watch_file(ctx, "a"))("file:///docs/a", told))
        assert len(os.listdir("/proc/self/fd")) < before + 10


async def test_many_directories_that_are_watched_together_share_a_watcher(docs: Path, files: Files) -> None:
    ctx, told = await files(), Told()
    async with AsyncExitStack() as watching:

        async def watch(name: str) -> None:
            path = f"docs/{name}/a"
            await watching.enter_async_context((await watch_file(ctx, path))(f"file:///{path}", told))

        names = [f"d{number}" for number in range(150)]
        for name in names:
            (docs / name).mkdir()
            (docs / name / "a").write_text("1")
        await asyncio.gather(*map(watch, names))
        assert len(ctx.resources.watches._running) <= 16
        (docs / "d149/a").write_text("2")
        assert set(await told.next()) == {"file:///docs/d149/a"}


def over_stdio(docs: Path, home: Path) -> StdioServerParameters:
    arguments = ["-m", "mcp_fs_server", str(docs)]
    return StdioServerParameters(command=sys.executable, args=arguments, env={"HOME": str(home)}, cwd=home)


async def test_a_newer_client_listens_over_stdio(docs: Path, tmp_path: Path) -> None:
    (docs / "a.txt").write_text("1")
    (docs / ".env").write_text("1")
    uri = "file:///docs/a.txt"
    async with Client(over_stdio(docs, tmp_path), mode="2026-07-28", read_timeout_seconds=30) as client:
        async with client.listen(resource_subscriptions=[uri]) as changes:
            (docs / "a.txt").write_text("2")
            with anyio.fail_after(20):
                event: Any = await anext(aiter(changes))
            assert event.uri == uri
        for refused in ("file:///docs/.env", "file:///docs/missing"):
            with pytest.raises(MCPError):
                async with client.listen(resource_subscriptions=[refused]):
                    pass


@pytest.mark.filterwarnings("ignore:resources:mcp.shared.exceptions.MCPDeprecationWarning")
async def test_an_older_client_subscribes_over_stdio(docs: Path, tmp_path: Path) -> None:
    (docs / "a.txt").write_text("1")
    told = Told()

    async def notice(message: Any) -> None:
        if isinstance(message, ResourceUpdatedNotification):
            await told(str(message.params.uri))

    server = over_stdio(docs, tmp_path)
    async with Client(server, mode="legacy", message_handler=notice, read_timeout_seconds=30) as client:
        await client.subscribe_resource("file:///docs/a.txt")
        await client.subscribe_resource("file:///docs/a.txt")
        (docs / "a.txt").write_text("2")
        assert set(await told.next()) == {"file:///docs/a.txt"}
        await client.unsubscribe_resource("file:///docs/a.txt")
        with pytest.raises(MCPError):
            await client.subscribe_resource("file:///etc/passwd")
