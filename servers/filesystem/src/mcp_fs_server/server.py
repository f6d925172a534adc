"""The assembly: settings, resources and endpoints of `mcp-fs-server`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from functools import partial

from mcp_chassis.confine import Root
from mcp_chassis.errors import ChassisError
from mcp_chassis.server import Component, Server

from mcp_fs_server import __version__
from mcp_fs_server.changes import Changes
from mcp_fs_server.cursors import Cursors
from mcp_fs_server.documents.extraction import Documents
from mcp_fs_server.file_resource import FILE, complete_path, file, listed, watch_file
from mcp_fs_server.logs_resource import LOG, app_log
from mcp_fs_server.resources import Resources
from mcp_fs_server.ripgrep import find_ripgrep
from mcp_fs_server.roots import NamedRoot, Roots
from mcp_fs_server.settings import FilesystemSettings
from mcp_fs_server.tools.create_directory import create_directory
from mcp_fs_server.tools.delete_file import delete_file
from mcp_fs_server.tools.directory_tree import directory_tree
from mcp_fs_server.tools.edit_file import edit_file
from mcp_fs_server.tools.get_file_info import get_file_info
from mcp_fs_server.tools.list_allowed_directories import list_allowed_directories
from mcp_fs_server.tools.list_directory import list_directory
from mcp_fs_server.tools.move_file import move_file
from mcp_fs_server.tools.read_file import read_file
from mcp_fs_server.tools.read_media_file import read_media_file
from mcp_fs_server.tools.read_multiple_files import read_multiple_files
from mcp_fs_server.tools.read_text_file import read_text_file
from mcp_fs_server.tools.restore_file import restore_file
from mcp_fs_server.tools.search_file_contents import search_file_contents
from mcp_fs_server.tools.search_files import search_files
from mcp_fs_server.tools.write_file import write_file
from mcp_fs_server.watching import Watches
from mcp_fs_server.workers import Workers

__all__ = ["server"]

READ = "fs:read"
WRITE = "fs:write"
_INSTRUCTIONS = (
    "Files under the directories that list_allowed_directories names. A path is NAME/relative/path, as answers show "
    "it, relative to one of the directories, or absolute. Answers say what they leave out and how to go on."
)


@asynccontextmanager
async def open_resources(settings: FilesystemSettings) -> AsyncIterator[Resources]:
    """Open the directories, off the event loop, and what the tools work with."""
    from mcp_chassis.app import open_sealer

    with ExitStack() as stack:
        roots = await asyncio.to_thread(stack.enter_context, Roots.open(settings))
        workers = Workers(settings.max_concurrency)
        stack.callback(workers.close)
        changes = Changes(settings, roots)
        tending = asyncio.create_task(changes.tend(workers))
        watches = Watches(settings.max_watches)
        logs = None if settings.logs_dir is None else stack.enter_context(Root.open(settings.logs_dir))
        cursors = Cursors(open_sealer(settings))
        try:
            yield Resources(settings, roots, workers, changes, cursors, Documents(), watches, logs)
        finally:
            await watches.close()
            tending.cancel()
            with suppress(asyncio.CancelledError):
                await tending


async def health(resources: Resources) -> list[Component]:
    """Whether each directory is still there, how it is confined, and what searches."""
    return await resources.workers.run(lambda _: [*map(_state, resources.roots.all), _search()])


def _search() -> Component:
    program = find_ripgrep()
    told = "in this process, slower; install ripgrep" if program is None else f"{program.version}, {program.path}"
    return Component("search", "healthy", told)


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
    subscriptions=True,
)
_read = partial(server.tool, scopes={READ}, read_only=True)
_read(places={"path"})(read_file)
_read(places={"path"})(read_text_file)
_read(places={"path"})(read_media_file)
_read(places={"paths"})(read_multiple_files)
_read(places={"path"}, data_in=())(list_directory)
_read(places={"path"}, data_in=())(directory_tree)
_read(places={"path"}, data_in=())(search_files)
_read(places={"path"})(search_file_contents)
_read(places={"path"}, data_in=())(get_file_info)
_read(data_in=())(list_allowed_directories)
_write = partial(server.tool, scopes={WRITE}, read_only=False)
_write(places={"path"}, destructive=True)(write_file)
# Its diff, and the lines that it says are near, show what is in the file.
_edit = partial(server.tool, scopes={READ, WRITE}, read_only=False)
_edit(places={"path"}, destructive=True, idempotent=False)(edit_file)
_write(places={"path"})(create_directory)
_write(places={"source", "destination"}, destructive=True, idempotent=False)(move_file)
_write(places={"path"}, destructive=True, idempotent=False)(delete_file)
_write(places={"path"}, idempotent=False)(restore_file)
_resource = partial(server.resource, scopes={READ})
_resource(FILE, mime_type=None, places={"path"}, watch=watch_file, listed=listed)(file)
_resource(LOG, offered=lambda settings: settings.logs_dir is not None)(app_log)
server.completion(FILE, scopes={READ})(complete_path)
