"""The filesystem server's resources on a temporary directory."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from mcp_chassis.call import Context, Principal
from mcp_fs_server.resources import Resources
from mcp_fs_server.server import open_resources
from mcp_fs_server.settings import FilesystemSettings

Files = Callable[..., Awaitable[Context[Resources]]]
ANN = Principal("ann", "api-key", tenant="acme")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A directory to serve; what stands beside it must not be reached."""
    directory = tmp_path / "docs"
    directory.mkdir()
    (tmp_path / "outside.txt").write_text("outside")
    return directory


@pytest_asyncio.fixture
async def files(docs: Path) -> AsyncIterator[Files]:
    """Serve directories with `await files("/some/dir:rw", flag=value)`, `docs` for writing when none is named.

    The answer is what a tool gets as its context.
    """
    async with AsyncExitStack() as stack:

        async def serve(*roots: str, principal: Principal = ANN, **flags: Any) -> Context[Resources]:
            named = list(roots) if roots or "config" in flags else [f"{docs}:rw"]
            settings = FilesystemSettings.load(flags, named, {})
            return Context(principal, await stack.enter_async_context(open_resources(settings)))

        yield serve


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for one megabyte."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mount, umount = shutil.which("mount"), shutil.which("umount")
    disk = tmp_path / "disk"
    disk.mkdir()
    done = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True)
    if not done or not umount or done.returncode:
        pytest.skip("this machine does not let root mount a small disk")
    yield disk
    subprocess.run([umount, "--lazy", disk], check=True)


@pytest.fixture(scope="session")
def large_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """50,000 files in 500 directories: every fifth is called *.py, 50 hold the word "needle" in their third line."""
    top = tmp_path_factory.mktemp("large")
    for number in range(500):
        directory = top / f"d{number // 25}" / f"e{number % 25}"
        directory.mkdir(parents=True)
        above = os.open(directory, os.O_RDONLY)
        for each in range(100):
            name = f"f{each}.{'py' if each % 5 == 0 else 'txt'}"
            file = os.open(name, os.O_WRONLY | os.O_CREAT, dir_fd=above)
            os.write(file, b"line one\nline two\n" + (b"a needle\n" if number % 10 == 0 and each == 7 else b""))
            os.close(file)
        os.close(above)
    return top
