"""The names of this server's own files below a root, which no tool shows, reads or changes."""

from __future__ import annotations

import re
import secrets

__all__ = ["TRASH", "is_own", "is_unfinished", "new_unfinished"]

TRASH = ".mcp-trash"
"""The directory at the top of a root in which deleted files are kept."""

_UNFINISHED = re.compile(r"\.mcp-tmp-[0-9a-f]{16}")


def new_unfinished() -> str:
    """A name for a file that is being written; short, since the file's own name may be as long as a name can be."""
    return f".mcp-tmp-{secrets.token_hex(8)}"


def is_unfinished(name: str) -> bool:
    """Whether a name is that of a file that is being written, or was when a server was killed."""
    return _UNFINISHED.fullmatch(name) is not None


def is_own(name: str) -> bool:
    """Whether an entry with this name belongs to the server."""
    return name.startswith(".mcp-") and (name == TRASH or is_unfinished(name))
