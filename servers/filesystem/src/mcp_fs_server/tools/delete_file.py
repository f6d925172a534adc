"""`delete_file`: into the trash."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from mcp_chassis.call import Context
from mcp_chassis.confine.errors import NotEmpty
from pydantic import Field
from typing_extensions import TypedDict

from mcp_fs_server.changes import entry_of, note_hash
from mcp_fs_server.resources import Resources
from mcp_fs_server.surveys import Found, surveyed
from mcp_fs_server.workers import Work

__all__ = ["delete_file"]


class Trashed(TypedDict):
    """What was deleted, and what brings it back until then."""

    path: str
    trash_id: str
    kind: str
    size: int
    expires: str


async def delete_file(
    ctx: Context[Resources],
    path: str,
    recursive: Annotated[bool, Field(description="with what is in a directory")] = False,
) -> Trashed:
    """Delete a file, or a directory with all that is in it. It goes to a trash; restore_file brings it back.

    A link is deleted itself, not what it leads to.
    """
    return await ctx.resources.workers.finish(lambda work: _delete(ctx, path, recursive, work), ctx)


def _delete(ctx: Context[Resources], path: str, recursive: bool, work: Work) -> Trashed:
    changes = ctx.resources.changes
    place = ctx.resources.roots.writable(ctx, path, follow=False)
    most = place.root.max_file_size
    with (
        entry_of(place) as (directory, name),
        surveyed(ctx, directory, name, {"path": place}, work, most=most) as found,
    ):
        _check_recursive(found, recursive)
        if found.kind == "file":
            note_hash(ctx, "before", found.sha256, most)
        ctx.note(kind=found.kind, files=found.files, size=found.size, sha256_after="absent")
        work.check()
        with changes.room(place.root, -found.size):
            trash = changes.trash(place.root)
            trash_id = trash.put(directory, name, place.relative, found.kind, found.size, ctx.principal)
    ctx.note(trash_id=trash_id)
    expires = datetime.fromtimestamp(trash.expiry(trash_id), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "path": place.shown, "trash_id": trash_id, "kind": found.kind, "size": found.size, "expires": expires,
    }  # fmt: skip


def _check_recursive(found: Found, recursive: bool) -> None:
    if found.kind == "directory" and found.entries and not recursive:
        raise NotEmpty(
            f"The directory has {found.entries:,} entries in it; set recursive to delete it with all of them."
        )
