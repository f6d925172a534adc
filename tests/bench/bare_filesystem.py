"""The least that a filesystem server can be: a bare `MCPServer` over plain Python and ripgrep, which confines nothing.

python bare_filesystem.py DIRECTORY
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path
from typing import Any

from mcp.server import MCPServer

server: MCPServer[Any] = MCPServer("bare-filesystem", log_level="ERROR")
top = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()


@server.tool(structured_output=False)
async def read_text_file(path: str) -> str:
    """Read a text file."""
    return await asyncio.to_thread((top / path).read_text)


@server.tool(structured_output=False)
async def write_file(path: str, content: str) -> str:
    """Write a file."""
    await asyncio.to_thread((top / path).write_text, content)
    return "written"


@server.tool(structured_output=False)
async def list_directory(path: str) -> str:
    """List a directory."""
    return await asyncio.to_thread(_listed, top / path)


@server.tool(structured_output=False)
async def search_files(path: str, pattern: str) -> str:
    """Find files."""
    return await asyncio.to_thread(lambda: "\n".join(found(top / path, pattern)))


@server.tool(structured_output=False)
async def search_file_contents(path: str, pattern: str) -> str:
    """Search in files."""
    command = ["rg", "--no-config", "--line-number", "-e", pattern, "--", "."]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=top / path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    return (await process.communicate())[0].decode()


def found(directory: Path, pattern: str) -> Iterator[str]:
    """The files of a tree whose names fit a pattern: a walk by `os.scandir`."""
    fits = re.compile(translate(pattern)).match
    ahead = [str(directory)]
    while ahead:
        with os.scandir(ahead.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    ahead.append(entry.path)
                elif fits(entry.name):
                    yield entry.path


def _listed(directory: Path) -> str:
    with os.scandir(directory) as entries:
        return "\n".join(
            sorted(f"{'[DIR]' if entry.is_dir(follow_symlinks=False) else '[FILE]'} {entry.name}" for entry in entries)
        )


if __name__ == "__main__":
    server.run("stdio")
