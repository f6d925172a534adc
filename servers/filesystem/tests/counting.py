"""A process that adds to a number in a file that others add to as well: `python counting.py DIR TIMES`."""

from __future__ import annotations

import asyncio
import sys

from mcp_chassis.call import Context, Principal
from mcp_chassis.errors import Conflict
from mcp_fs_server.reading import etag_of
from mcp_fs_server.resources import Resources
from mcp_fs_server.server import open_resources
from mcp_fs_server.settings import FilesystemSettings
from mcp_fs_server.tools.read_file import read_file
from mcp_fs_server.tools.write_file import write_file


async def add(ctx: Context[Resources], times: int) -> None:
    """Add one so many times, each time to what was read just before, and anew when another was quicker."""
    while times:
        text = (await read_file(ctx, "count")).data["content"]
        try:
            await write_file(ctx, "count", str(int(text) + 1), if_match=etag_of(text.encode()))
        except Conflict:
            continue
        times -= 1


async def _main(directory: str, times: int) -> None:
    async with open_resources(FilesystemSettings.load({}, [f"{directory}:rw"], {})) as resources:
        await add(Context(Principal("ann", "local"), resources), times)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], int(sys.argv[2])))
