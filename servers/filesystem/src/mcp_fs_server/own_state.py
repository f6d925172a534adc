"""What the server itself lives by, where that lies below a root: its policy, its keys, its audit log.

Who could change the policy or the log through the server would be above both, and who could read the keys could forge
cursors and records. So no client reads or changes them, whatever the deny globs are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mcp_chassis.audit.opening import audit_folder, state_directory
from mcp_chassis.settings import ChassisSettings

from mcp_fs_server.paths import below

if TYPE_CHECKING:
    from mcp_fs_server.settings import FilesystemSettings

__all__ = ["globs_of_own_state"]


def globs_of_own_state(settings: FilesystemSettings, root: str) -> list[str]:
    """Deny globs for it, as far as it lies below a directory.

    Args:
        root: absolute, without links.
    """
    found = (below(path, root) for path in _places(settings))
    return ["/" + re.sub(r"[*?[]", r"[\g<0>]", path) for path in found if path]


def _places(settings: FilesystemSettings) -> Iterator[str]:
    """Each place by its own name and by that of where a link there leads."""
    told = (getattr(settings, name) for name in ChassisSettings.model_fields)
    secrets = (Path(value) for name, value in os.environ.items() if re.fullmatch("MCP_.*_FILE", name) and value)
    for path in {audit_folder(settings), state_directory() / "mcp-chassis", *filter(_is_path, told), *secrets}:
        if path is not None:
            yield os.path.join(os.path.realpath(path.parent), path.name)
            yield os.path.realpath(path)


def _is_path(value: object) -> bool:
    return isinstance(value, Path)
