"""`list_allowed_directories`: where files may be read and changed."""

from __future__ import annotations

from typing import NotRequired

from mcp_chassis.call import Context
from typing_extensions import TypedDict

from mcp_fs_server.resources import Resources

__all__ = ["list_allowed_directories"]


class Directory(TypedDict):
    """One root; its absolute path is told only to the user of this machine."""

    name: str
    mode: str
    path: NotRequired[str]
    max_file_size: int
    quota: NotRequired[int]
    data_class: NotRequired[str]


class Directories(TypedDict):
    """All roots, and how they are confined."""

    directories: list[Directory]
    confinement: str


async def list_allowed_directories(ctx: Context[Resources]) -> Directories:
    """See in which directories files can be read (ro) or changed too (rw), and by which names paths begin with them.

    Start here. A path is NAME/relative/path, or relative to a directory where only one of them has it.
    """
    local = ctx.principal.auth_method in {"local", "none"}  # whoever runs it knows where it lies
    found: list[Directory] = []
    for root in ctx.resources.roots.all:
        shown: Directory = {
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
