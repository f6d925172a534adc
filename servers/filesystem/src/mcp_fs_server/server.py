"""The assembly: settings, resources and endpoints of `mcp-fs-server`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial

from mcp_chassis.errors import ChassisError
from mcp_chassis.server import Component, Server

from mcp_fs_server import __version__
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import NamedRoot, Roots
from mcp_fs_server.settings import FilesystemSettings
from mcp_fs_server.tools.list_allowed_directories import list_allowed_directories
from mcp_fs_server.tools.read_file import read_file
from mcp_fs_server.tools.read_text_file import read_text_file
from mcp_fs_server.workers import Workers

__all__ = ["server"]

READ = "fs:read"
WRITE = "fs:write"
_INSTRUCTIONS = (
    "Files under the directories that list_allowed_directories names. Paths are NAME/relative/path as answers show "
    "them, relative to one of the directories, or absolute. Answers say what they leave out and how to go on."
)


@asynccontextmanager
async def open_resources(settings: FilesystemSettings) -> AsyncIterator[Resources]:
    """Open the directories, off the event loop, and what the tools work with."""
    with ExitStack() as stack:
        roots = await asyncio.to_thread(stack.enter_context, Roots.open(settings))
        workers = Workers(settings.max_concurrency)
        stack.callback(workers.close)
        yield Resources(settings, roots, workers)


async def health(resources: Resources) -> list[Component]:
    """Whether each directory is still there, and how it is confined."""
    return await resources.workers.run(lambda _: list(map(_state, resources.roots.all)))


def _state(root: NamedRoot) -> Component:
    name, level = f"directory {root.name}", f"confined by {root.confine.level}"
    try:
        linked = root.confine.stat("").st_nlink
    except ChassisError as error:
        return Component(name, "unhealthy", error.message)
    if not linked:
        return Component(name, "unhealthy", "it was deleted")
    return Component(name, "healthy", f"{root.real}, {'read and write' if root.writable else 'read-only'}, {level}")


def grants(settings: FilesystemSettings) -> set[str]:
    """What `DIR:rw` gives to the user of this machine."""
    return {WRITE} if settings.writable else set()


server: Server[FilesystemSettings, Resources] = Server(
    name="mcp-fs-server",
    title="Files",
    version=__version__,
    instructions=_INSTRUCTIONS,
    settings=FilesystemSettings,
    lifespan=open_resources,
    read_scopes={READ},
    grants=grants,
    health=health,
)
_read = partial(server.tool, scopes={READ}, read_only=True)
_read(places={"path"}, title="Read a text file whole")(read_file)
_read(places={"path"}, title="Read text")(read_text_file)
_read(title="See the allowed directories")(list_allowed_directories)
