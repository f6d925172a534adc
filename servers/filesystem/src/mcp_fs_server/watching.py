"""Telling of changes to files and directories that clients watch, up to a number of them.

What is watched are open directories, not paths: the one that a file was in when somebody began to watch it. So nothing
outside the roots can be watched, whatever its path becomes. One watcher has all directories; events in short succession
are one.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from mcp_chassis.errors import QuotaExhausted

from mcp_fs_server.descriptors import Descriptor
from mcp_fs_server.roots import Place

if TYPE_CHECKING:
    import anyio
    from mcp_chassis.registry import Watching

__all__ = ["Watches"]

logger = logging.getLogger(__name__)
Tell = Callable[[str], Awaitable[None]]
_LOOK_MS, _TOGETHER_MS = 50, 500
_OVERLAP_S = 1.0
_MOST_WATCHERS = 16  # that overlap: a system gives each user few (inotify: 128), and all servers share them


@dataclass(slots=True, eq=False)
class _Watch:
    """What is told at a change of one file, or of anything in the directory if `name` is None."""

    name: str | None
    uri: str
    tell: Tell
    watchers: int = 0


@dataclass(slots=True, eq=False)
class _Folder:
    """An open directory and what is watched in it."""

    place: Place
    directory: Descriptor
    watches: dict[tuple[str | None, str, Tell], _Watch] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """By which the watcher finds it: the open directory itself where the system has such paths."""
        path = f"/proc/self/fd/{self.directory.fd}"
        return path if os.path.isdir(path) else self.place.real.absolute


class Watches:
    """All that is watched in this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._folders: dict[tuple[int, int], _Folder] = {}
        self._stop: anyio.Event | None = None
        self._running: dict[asyncio.Task[None], anyio.Event] = {}
        self._renewing: asyncio.Task[None] | None = None

    def watching(self, place: Place, *, directory: bool) -> Watching:
        """What watches a place for as long as it is entered.

        Raises:
            QuotaExhausted: so many are watched already that no other is.
        """
        self._check()
        return partial(self._watch, place, directory)

    def _check(self) -> None:
        if sum(len(folder.watches) for folder in self._folders.values()) >= self._most:
            raise QuotaExhausted(f"{self._most:,} files are watched already; end another subscription first.")

    async def close(self) -> None:
        """Watch nothing any more."""
        self._folders.clear()
        if self._renewing is not None:
            self._renewing.cancel()
        for stop in self._running.values():
            stop.set()
        if self._running:
            await asyncio.wait(list(self._running))

    @asynccontextmanager
    async def _watch(self, place: Place, directory: bool, uri: str, tell: Tell) -> AsyncIterator[None]:
        above, _, last = place.relative.rpartition("/")
        inside, name = (place, None) if directory else (Place(place.root, above), last)
        opened = Descriptor(await asyncio.to_thread(inside.open_directory))
        self._check()  # again: many may have been admitted at the same moment
        status = os.fstat(opened.fd)
        identity, key = (status.st_dev, status.st_ino), (name, uri, tell)
        folder = self._folders.setdefault(identity, _Folder(inside, opened))
        new = folder.directory is opened
        del opened  # one that is open already is enough
        watch = folder.watches.setdefault(key, _Watch(name, uri, tell))
        watch.watchers += 1
        try:
            if new or self._renewing is not None:
                await asyncio.shield(self._renew())
            yield
        finally:
            watch.watchers -= 1
            if not watch.watchers:
                del folder.watches[key]
            if not folder.watches and self._folders.get(identity) is folder:
                del self._folders[identity]
                self._renew()

    def _renew(self) -> asyncio.Task[None]:
        """Watch the directories there are, soon: many that come or go together are one reason to begin anew."""
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._renewed())
        return self._renewing

    async def _renewed(self) -> None:
        while len(self._running) >= _MOST_WATCHERS:
            await asyncio.wait(list(self._running), return_when=asyncio.FIRST_COMPLETED)
        self._renewing = None  # who comes from now on needs another one
        self._restart()
        await asyncio.sleep(0)  # the watcher begins

    def _restart(self) -> None:
        """Watch the directories there are now. The watcher before ends later, when it has told what it knows."""
        import anyio

        if self._stop is not None:
            asyncio.get_running_loop().call_later(_OVERLAP_S, self._stop.set)
            self._stop = None
        if self._folders:
            self._stop = anyio.Event()
            folders = {folder.path: folder for folder in self._folders.values()}
            task = asyncio.create_task(_run(folders, self._stop))
            self._running[task] = self._stop
            task.add_done_callback(self._running.pop)


async def _run(folders: dict[str, _Folder], stop: anyio.Event) -> None:
    from watchfiles import awatch

    try:
        async for changes in awatch(
            *folders, watch_filter=None, stop_event=stop, step=_LOOK_MS, debounce=_TOGETHER_MS, recursive=False
        ):
            await _tell(folders, [path for _, path in changes])
    except Exception:
        logger.exception("files are not watched any more")


async def _tell(folders: dict[str, _Folder], paths: Iterable[str]) -> None:
    changed: dict[str, set[str]] = {}
    for path in paths:
        above, _, name = path.rpartition("/")
        changed.setdefault(above, set()).add(name)
    for above, names in changed.items():
        folder = folders.get(above)
        for watch in list(folder.watches.values()) if folder is not None else ():
            if watch.name is None or watch.name in names:
                with suppress(Exception):  # a client that went away keeps nothing from the others
                    await watch.tell(watch.uri)
