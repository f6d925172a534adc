"""Key files that a server makes for itself at its first start, on machines where nobody has made them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

__all__ = ["exposed", "make_key_file", "new_key"]


def new_key() -> str:
    """32 random bytes in hex, on a line."""
    return f"{secrets.token_hex(32)}\n"


def exposed(paths: Iterable[Path]) -> list[Path]:
    """Those that everybody on this machine may read or write; that a group may is how clusters mount secrets."""
    found = []
    for path in paths:
        with suppress(OSError):
            if path.stat().st_mode & 0o006:
                found.append(path)
    return found


def make_key_file(path: Path, content: Callable[[], str] = new_key, *, mode: int = 0o600) -> bool:
    """Make `path` with what `content` gives, unless it is there.

    A client starts all its servers at once, so several may do this in the same moment: the file appears with its key in
    it, and the first one wins.

    Returns:
        Whether it was this call that made the file.

    Raises:
        OSError: the folder cannot be made or written.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
            file.write(content())
        with suppress(FileExistsError):
            os.link(draft, path)
            return True
        return False
    finally:
        draft.unlink(missing_ok=True)
