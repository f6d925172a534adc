"""A process that changes one file in every way there is, until it is killed: `python endless_writer.py DIR`."""

from __future__ import annotations

import asyncio
import itertools
import sys

from mcp_chassis.call import Context, Principal
from mcp_fs_server.editing import Edit
from mcp_fs_server.server import open_resources
from mcp_fs_server.settings import FilesystemSettings
from mcp_fs_server.tools.delete_file import delete_file
from mcp_fs_server.tools.edit_file import edit_file
from mcp_fs_server.tools.restore_file import restore_file
from mcp_fs_server.tools.write_file import write_file

LINES = 50_000


async def write_forever(directory: str) -> None:
    """Every content is one number on every line, so that half of one is seen."""
    settings = FilesystemSettings.load({}, [f"{directory}:rw"], {})
    async with open_resources(settings) as resources:
        ctx = Context(Principal("ann", "local"), resources)
        for number in itertools.count(10_000):
            await write_file(ctx, "a", f"{number}\n" * LINES, overwrite=True)
            await edit_file(ctx, "a", [Edit(oldText=str(number), newText=f"{number + 1}", replaceAll=True)])
            print(number, flush=True)  # noqa: T201
            if number % 4 == 0:
                answer = await delete_file(ctx, "a")
                await restore_file(ctx, answer["trash_id"])


if __name__ == "__main__":
    asyncio.run(write_forever(sys.argv[1]))
