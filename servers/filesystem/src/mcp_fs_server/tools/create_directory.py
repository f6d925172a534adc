"""`create_directory`: a directory, with those above it."""

from __future__ import annotations

from mcp_chassis.call import Context
from mcp_chassis.errors import Denied
from typing_extensions import TypedDict

from mcp_fs_server.atomic import sync_directory
from mcp_fs_server.changes import entry_of
from mcp_fs_server.resources import Resources

__all__ = ["create_directory"]


class Created(TypedDict):
    """The directory, and whether it is new."""

    path: str
    created: bool


async def create_directory(
    ctx: Context[Resources],
    path: str,
) -> Created:
    """Make a directory and those above it that are missing. One that is there already is no error."""
    return await ctx.resources.workers.finish(lambda _: _create(ctx, path), ctx)


def _create(ctx: Context[Resources], path: str) -> Created:
    place = ctx.resources.roots.writable(ctx, path)
    if not place.relative:
        return {"path": place.shown, "created": False}
    if place.root.deny(place.relative, directory=True):
        raise Denied("A directory of this name is kept from clients by a rule of this server; use another name.")
    created = place.root.confine.make_directory(place.relative, exact=True)
    if created:
        with entry_of(place) as (directory, _):
            sync_directory(directory)
    ctx.note(created=int(created))
    return {"path": place.shown, "created": created}
