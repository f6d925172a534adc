"""`move_file`: another name or place."""

from __future__ import annotations

import os
from typing import Annotated, Literal

from mcp_chassis.call import Context
from mcp_chassis.confine import check_new_name, rename_noreplace
from mcp_chassis.confine.errors import CrossDevice, Exists
from mcp_chassis.errors import InvalidArguments, OutcomeUnknown
from pydantic import Field
from typing_extensions import TypedDict

from mcp_fs_server.atomic import copy, sync_directory
from mcp_fs_server.changes import entry_of, note_hash
from mcp_fs_server.resources import Resources
from mcp_fs_server.surveys import Found, surveyed
from mcp_fs_server.workers import Work

__all__ = ["move_file"]

How = Literal["renamed", "linked", "copied"]


class Moved(TypedDict):
    """Where it was and where it is; `how` is "renamed" where that was one step, which nothing can see half done."""

    source: str
    destination: str
    how: How


async def move_file(
    ctx: Context[Resources],
    source: str,
    destination: Annotated[str, Field(description="the whole new path")],
) -> Moved:
    """Move or rename a file or directory, within an allowed directory or to another. It never overwrites.

    A link is moved itself, not what it leads to.
    """
    return await ctx.resources.workers.finish(lambda work: _move(ctx, source, destination, work), ctx)


def _move(ctx: Context[Resources], source: str, destination: str, work: Work) -> Moved:
    resources = ctx.resources
    start = resources.roots.writable(ctx, source, argument="source", follow=False)
    end = resources.roots.writable(ctx, destination, argument="destination", follow=False)
    if end.root is start.root and f"{end.relative}/".startswith(f"{start.relative}/"):
        raise InvalidArguments("A directory cannot be moved into itself, nor onto itself; name another destination.")
    most = start.root.max_file_size
    with (
        entry_of(start) as (directory, name),
        surveyed(ctx, directory, name, {"source": start, "destination": end}, work, most=most) as found,
        entry_of(end, make=resources.changes.make_parents) as (target, new_name),
    ):
        check_new_name(new_name)
        if found.kind == "file":
            note_hash(ctx, "before", found.sha256, most)
        ctx.note(kind=found.kind, files=found.files, size=found.size)
        work.check()
        with resources.changes.room(end.root, found.size, out_of=start.root):
            how = _renamed(directory, name, target, new_name, found, work)
        if found.kind == "file":
            note_hash(ctx, "after", found.sha256, most)
    return {"source": start.shown, "destination": end.shown, "how": how}


def _renamed(directory: int, name: str, target: int, new_name: str, found: Found, work: Work) -> How:
    how: How
    try:
        how = rename_noreplace(directory, name, target, new_name)
    except Exists:
        raise Exists(
            "Something is at the destination already, and move_file never overwrites; use another name."
        ) from None
    except CrossDevice:
        if found.file is None:
            raise CrossDevice(
                "The two places are on different file systems, where only files can be moved; move them one by one."
            ) from None
        how = "copied"
        copy(found.file, target, new_name, work.check)
        try:
            os.unlink(name, dir_fd=directory)
        except OSError as error:
            raise OutcomeUnknown("The file was copied to its destination but could not be deleted here.") from error
    sync_directory(target)
    sync_directory(directory)
    return how
