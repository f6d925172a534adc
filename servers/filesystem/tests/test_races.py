"""Another process swaps directories and files for links to the outside while they are changed: nothing there is."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio
from mcp_chassis.call import Context
from mcp_chassis.confine import Level
from mcp_chassis.errors import ChassisError
from mcp_fs_server.editing import Edit
from mcp_fs_server.resources import Resources
from mcp_fs_server.tools.create_directory import create_directory
from mcp_fs_server.tools.delete_file import delete_file
from mcp_fs_server.tools.edit_file import edit_file
from mcp_fs_server.tools.move_file import move_file
from mcp_fs_server.tools.restore_file import restore_file
from mcp_fs_server.tools.write_file import write_file
from swapper import swapping

Files = Callable[..., Awaitable[Context[Resources]]]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="swaps with renameat2")

# Each act is raced in three ways on two levels: the long run is 12,000 attempts of each.
ATTEMPTS = pytest.mark.parametrize(
    "attempts", [20, pytest.param(2_000, marks=[pytest.mark.soak, pytest.mark.timeout(1_000)])]
)
FILE = "a file for a link"
# What is swapped for what in the directory that is served, and the file that is changed meanwhile.
RACES = {
    "a directory for a link": ("d", "to-outside", "d/x"),
    "a directory on the way": ("a/b", "a/to-outside", "a/b/c/x"),
    FILE: ("d/x", "d/link", "d/x"),
}


class Scene(NamedTuple):
    """A served directory, its tools' context, and the real directory of the file, whatever it is called now."""

    docs: Path
    ctx: Context[Resources]
    path: str
    real: int
    numbers: list[int]

    def number(self) -> int:
        """A new one for every attempt."""
        self.numbers.append(len(self.numbers))
        return self.numbers[-1]

    def put_back(self, path: Path) -> None:
        """What was taken away and could not come back by the way it went."""
        with suppress(FileNotFoundError, FileExistsError):
            os.link(path, "x", dst_dir_fd=self.real, follow_symlinks=False)
            path.unlink()


async def write(scene: Scene) -> None:
    await write_file(scene.ctx, scene.path, f"inside {scene.number()}", overwrite=True)


async def edit(scene: Scene) -> None:
    await edit_file(scene.ctx, scene.path, [Edit(oldText="inside", newText=f"{scene.number()} inside")])


async def move(scene: Scene) -> None:
    away = f"kept/{scene.number()}"
    await move_file(scene.ctx, scene.path, f"docs/{away}")
    try:
        await move_file(scene.ctx, f"docs/{away}", scene.path)
    finally:
        scene.put_back(scene.docs / away)


async def delete(scene: Scene) -> None:
    answer = await delete_file(scene.ctx, scene.path)
    try:
        await restore_file(scene.ctx, answer["trash_id"])
    finally:
        scene.put_back(scene.docs / ".mcp-trash" / answer["trash_id"] / "item")


async def make(scene: Scene) -> None:
    number = scene.number()
    await write_file(scene.ctx, f"{scene.path}-{number}", "inside")
    await create_directory(scene.ctx, f"{scene.path}-{number}-made/below")


# What is made beside a file has nothing to do with what that is swapped for.
EACH = [(act, name) for act in (write, edit, move, delete, make) for name in RACES if (act, name) != (make, FILE)]


def mend(real: int) -> None:
    """See that one of the two that are swapped is a link: a file may have been put in its place."""
    with suppress(FileNotFoundError):
        one, other = (os.stat(name, dir_fd=real, follow_symlinks=False) for name in ("x", "link"))
        # The same twice: they were swapped in between.
        if not os.path.samestat(one, other) and stat.S_ISREG(one.st_mode) and stat.S_ISREG(other.st_mode):
            os.symlink("../../outside/x", "new", dir_fd=real)
            os.rename("new", "link", src_dir_fd=real, dst_dir_fd=real)


def everything(top: Path) -> dict[str, str]:
    return {str(path): path.read_text() if path.is_file() else "" for path in sorted(top.rglob("*"))}


@pytest_asyncio.fixture(params=["kernel", "walk"])
async def context(
    docs: Path, files: Files, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Context[Resources]]:
    """Two trees that are built alike: one is served, the other must stay as it is."""
    level: Level = request.param
    for top, text in ((docs, "inside"), (docs.parent / "outside", "secret"), (docs.parent, "secret")):
        for name in ("d/x", "a/b/c/x", "b/c/x", "c/x", "kept/x", "x"):
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            (top / name).write_text(text)
    (docs / "to-outside").symlink_to("../outside/d")
    (docs / "a" / "to-outside").symlink_to("../../outside/a/b")
    (docs / "d" / "link").symlink_to("../../outside/x")
    monkeypatch.setattr("mcp_chassis.confine.root.probe", lambda: level)
    ctx = await files()
    assert ctx.resources.roots.all[0].confine.level == level
    yield ctx


@ATTEMPTS
@pytest.mark.parametrize(("act", "name"), EACH)
@pytest.mark.asyncio
async def test_nothing_outside_is_changed(
    docs: Path,
    context: Context[Resources],
    act: Callable[[Scene], Awaitable[None]],
    name: str,
    attempts: int,
) -> None:
    one, other, path = RACES[name]
    outside = docs.parent / "outside"
    before = everything(outside), everything(docs.parent / "d"), everything(docs.parent / "a")
    real = os.open((docs / path).parent, os.O_RDONLY | os.O_DIRECTORY)
    scene = Scene(docs, context, f"docs/{path}", real, [])
    worked = refused = 0
    with swapping(docs / one, docs / other, docs.parent / "swaps") as swaps:
        while worked + refused < attempts or swaps() < attempts or not (worked and refused):
            try:
                await act(scene)
                worked += 1
            except ChassisError:
                refused += 1
            if other == "d/link":
                mend(real)
    os.close(real)
    assert (everything(outside), everything(docs.parent / "d"), everything(docs.parent / "a")) == before
