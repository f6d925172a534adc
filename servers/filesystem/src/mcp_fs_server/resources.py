"""What the tools work with: `ctx.resources`."""

from __future__ import annotations

from dataclasses import dataclass

from mcp_chassis.confine import Root

from mcp_fs_server.changes import Changes
from mcp_fs_server.cursors import Cursors
from mcp_fs_server.documents.extraction import Documents
from mcp_fs_server.roots import Roots
from mcp_fs_server.settings import FilesystemSettings
from mcp_fs_server.watching import Watches
from mcp_fs_server.workers import Workers

__all__ = ["Resources"]


@dataclass(frozen=True, slots=True)
class Resources:
    """The directories and the threads of one running server, and what its changes go by."""

    settings: FilesystemSettings
    roots: Roots
    workers: Workers
    changes: Changes
    cursors: Cursors
    documents: Documents
    watches: Watches
    logs: Root | None

    @property
    def body_bytes(self) -> int:
        """Most bytes of a body in one answer; the rest of a result is for what stands around it."""
        return self.settings.max_result_bytes * 3 // 4
