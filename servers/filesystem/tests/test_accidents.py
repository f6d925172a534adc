"""What happens to files when a server is killed, the disk is full, a call is cancelled, or several write at once."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import pytest
from mcp_chassis.call import Context
from mcp_chassis.confine.errors import NoSpace
from mcp_chassis.errors import ChassisError, Conflict
from mcp_fs_server.atomic import put
from mcp_fs_server.editing import Edit
from mcp_fs_server.holding import held
from mcp_fs_server.own_names import is_unfinished
from mcp_fs_server.reading import etag_of
from mcp_fs_server.resources import Resources
from mcp_fs_server.tools.edit_file import edit_file
from mcp_fs_server.tools.read_file import read_file
from mcp_fs_server.tools.write_file import write_file

Files = Callable[..., Awaitable[Context[Resources]]]
BESIDE = Path(__file__).parent
KILLS = pytest.mark.parametrize("kills", [5, pytest.param(100, marks=[pytest.mark.soak, pytest.mark.timeout(900)])])


def unfinished(top: Path) -> list[str]:
    return [name for name in os.listdir(top) if is_unfinished(name)]


def check_whole(docs: Path) -> None:
    """The file has one whole content, at its place or in the trash, and there is no second one."""
    copies = [docs / "a", *(docs / ".mcp-trash").glob("*/item")]
    (kept,) = [path for path in copies if path.exists()]
    lines = kept.read_text().split("\n")
    assert lines.pop() == ""
    assert len(lines) == 50_000
    assert len(set(lines)) == 1
    if kept.parent != docs:
        os.replace(kept, docs / "a")


@KILLS
@pytest.mark.asyncio
async def test_a_server_that_is_killed_leaves_the_old_file_or_the_new_one(docs: Path, files: Files, kills: int) -> None:
    chance = random.Random(5)  # noqa: S311
    left = 0
    for _ in range(kills):
        command = [sys.executable, str(BESIDE / "endless_writer.py"), str(docs)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline()
            time.sleep(chance.random() * 0.15)
            writer.kill()
        check_whole(docs)
        left += bool(unfinished(docs))
    await files()
    while unfinished(docs):  # the next server takes them away
        await asyncio.sleep(0.01)
    check_whole(docs)
    assert left or kills < 100  # some of many must have been killed in mid-write


def test_a_full_disk_leaves_the_old_file(small_disk: Path) -> None:
    (small_disk / "a").write_bytes(b"old" * 1000)
    directory = os.open(small_disk, os.O_RDONLY)

    def fill() -> None:
        """As another program does while the file is written."""
        disk = os.statvfs(small_disk)
        (small_disk / "filler").write_bytes(b"x" * (disk.f_bavail * disk.f_frsize))

    with held(directory, "a") as old, pytest.raises(NoSpace):
        put(directory, "a", b"new" * 100_000, old, fill)
    with held(directory, "b") as none, pytest.raises(NoSpace):
        put(directory, "b", b"new" * 100_000, none, fill)
    os.close(directory)
    assert (small_disk / "a").read_bytes() == b"old" * 1000
    assert sorted(os.listdir(small_disk)) == ["a", "filler"]


@pytest.mark.asyncio
async def test_a_disk_without_room_is_not_filled_up(small_disk: Path, files: Files) -> None:
    (small_disk / "a").write_bytes(b"x" * 600_000)
    ctx = await files(f"{small_disk}:rw")
    with pytest.raises(ChassisError, match="no space") as refused:
        await write_file(ctx, "a", "y" * 700_000, overwrite=True)
    assert refused.value.code == "quota_exhausted"
    with pytest.raises(ChassisError, match="no space"):
        await edit_file(ctx, "a", [Edit(oldText="x" * 600_000, newText="y" * 700_000)])
    assert (small_disk / "a").read_bytes() == b"x" * 600_000
    assert os.listdir(small_disk) == ["a"]


@pytest.mark.parametrize("native", [True, False])
@pytest.mark.asyncio
async def test_a_cancelled_write_leaves_the_old_file_or_the_new_one(docs: Path, files: Files, native: bool) -> None:
    ctx = await files()
    (docs / "a").write_bytes(b"0" * 5_000_000)
    seen = set()
    for number in range(30):
        new = str(number % 9 + 1) * 5_000_000
        before = (docs / "a").read_text()
        if native:
            writing = asyncio.create_task(write_file(ctx, "a", new, overwrite=True))
            await asyncio.sleep(number * 0.001)
            writing.cancel()
            await asyncio.wait([writing])
        else:
            with anyio.move_on_after(number * 0.001):
                await write_file(ctx, "a", new, overwrite=True)
        # Nothing goes on behind the back of who was cancelled.
        after = (docs / "a").read_text()
        assert after in (before, new)
        assert unfinished(docs) == []
        seen.add(after == new)
    assert False in seen


@pytest.mark.asyncio
async def test_of_several_writers_with_one_etag_one_wins(docs: Path, files: Files) -> None:
    ctx = await files()
    (docs / "a").write_text("0")
    for number in range(1, 21):
        etag = etag_of((docs / "a").read_bytes())
        writes = [write_file(ctx, "docs/a", f"{number} by {writer}", if_match=etag) for writer in range(6)]
        outcomes = await asyncio.gather(*writes, return_exceptions=True)
        won = [writer for writer, outcome in enumerate(outcomes) if not isinstance(outcome, BaseException)]
        assert len(won) == 1
        assert all(isinstance(outcome, Conflict) for writer, outcome in enumerate(outcomes) if writer not in won)
        assert (docs / "a").read_text() == f"{number} by {won[0]}"


@pytest.mark.asyncio
async def test_of_several_that_make_one_file_one_wins(docs: Path, files: Files) -> None:
    ctx = await files()
    for number in range(10):
        writes = [write_file(ctx, f"docs/{number}", str(writer)) for writer in range(6)]
        outcomes = await asyncio.gather(*writes, return_exceptions=True)
        won = [writer for writer, outcome in enumerate(outcomes) if not isinstance(outcome, BaseException)]
        assert len(won) == 1
        assert (docs / str(number)).read_text() == str(won[0])


@pytest.mark.asyncio
async def test_no_edit_of_several_at_once_is_lost(docs: Path, files: Files) -> None:
    ctx = await files()
    (docs / "a").write_text("end")
    names = [f"line {number}" for number in range(20)]
    await asyncio.gather(*(edit_file(ctx, "a", [Edit(oldText="end", newText=f"{name}\nend")]) for name in names))
    assert sorted((docs / "a").read_text().split("\n")) == sorted([*names, "end"])


@pytest.mark.asyncio
async def test_processes_that_write_with_etags_lose_nothing(docs: Path, files: Files) -> None:
    (docs / "count").write_text("0")
    counters = [
        subprocess.Popen([sys.executable, str(BESIDE / "counting.py"), str(docs), "15"], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for counter in counters:
        _, complaint = counter.communicate()
        assert counter.returncode == 0, complaint
    assert (await read_file(await files(), "count")).data["content"] == "45"
    assert sorted(os.listdir(docs)) == ["count"]
