"""`list_allowed_directories`: where files may be read and changed."""

from __future__ import annotations

from typing import Any

from mcp_chassis.call import Context
from typing_extensions import TypedDict

from mcp_fs_server.resources import Resources

__all__ = ["list_allowed_directories"]


class Directories(TypedDict):
    """All roots as {name, mode, max_file_size, path?, quota?, data_class?}, and how they are confined."""

    directories: list[Any]
    confinement: str


async def list_allowed_directories(ctx: Context[Resources]) -> Directories:
    """See which directories can be read (ro) or changed too (rw), and the names that paths begin with. Start here."""
    local = ctx.principal.auth_method in {"local", "none"}  # whoever runs it knows where it lies
    found: list[Any] = []
    for root in ctx.resources.roots.all:
        shown: dict[str, Any] = {
            "name": root.name, "mode": "rw" if root.writable else "ro", "max_file_size": root.max_file_size,
        }  # fmt: skip
        if local:
            shown["path"] = root.real
        if root.quota is not None:
            shown["quota"] = root.quota
        if root.data_class is not None:
            shown["data_class"] = root.data_class
        found.append(shown)
    return {"directories": found, "confinement": ctx.resources.roots.all[0].confine.level}
