"""`restore_file`: out of the trash."""

from __future__ import annotations

from contextlib import suppress

from mcp_chassis.call import Context
from mcp_chassis.confine.errors import Exists
from mcp_chassis.errors import ChassisError, NotFound
from typing_extensions import TypedDict

from mcp_fs_server.changes import entry_of, note_hash
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import NamedRoot
from mcp_fs_server.surveys import surveyed
from mcp_fs_server.trash import Deleted
from mcp_fs_server.workers import Work

__all__ = ["restore_file"]


class Restored(TypedDict):
    """What is back, and where."""

    path: str
    kind: str
    size: int


async def restore_file(
    ctx: Context[Resources],
    trash_id: str,
) -> Restored:
    """Bring back what delete_file deleted, to where it was. Refused if something else stands there now."""
    return await ctx.resources.workers.finish(lambda work: _restore(ctx, trash_id, work), ctx)


def _restore(ctx: Context[Resources], trash_id: str, work: Work) -> Restored:
    changes = ctx.resources.changes
    root, deleted = _find(ctx, trash_id)
    place = ctx.resources.roots.writable(ctx, f"{root.name}/./{deleted.path}", follow=False)
    ctx.note(trash_id=trash_id, kind=deleted.kind, size=deleted.size, sha256_before="absent")
    most = place.root.max_file_size
    with entry_of(place, make=True) as (directory, name):
        work.check()
        with changes.room(place.root, deleted.size):
            try:
                changes.trash(root).restore(trash_id, directory, name)
            except Exists:
                raise Exists("Something stands where this was; move that away and call again.") from None
        if deleted.kind == "file":
            with suppress(ChassisError), surveyed(ctx, directory, name, {"path": place}, work, most=most) as found:
                note_hash(ctx, "after", found.sha256, most)
    return {"path": place.shown, "kind": deleted.kind, "size": deleted.size}


def _find(ctx: Context[Resources], trash_id: str) -> tuple[NamedRoot, Deleted]:
    changes = ctx.resources.changes
    for root in changes.roots:
        deleted = changes.trash(root).find(trash_id, ctx.principal)
        if deleted is not None:
            return root, deleted
    raise NotFound("There is nothing in the trash under this id; it may have been restored, or have expired.")
