"""Whether a file has changed since it was looked at."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["Stamp", "stamp"]

Stamp = tuple[int, int, int] | None


def stamp(path: Path) -> Stamp:
    """What changes when a file is written, replaced, or a link to it is turned; None where there is no file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
