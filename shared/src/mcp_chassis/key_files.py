"""Key files that a server makes for itself at its first start, on machines where nobody has made them."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

__all__ = ["make_key_file"]


def make_key_file(path: Path) -> None:
    """Make `path` with one new key (32 bytes in hex, mode 0600), unless it is there.

    A client starts all its servers at once, so several may do this in the same moment: the file appears with its key in
    it, and the first one wins.

    Raises:
        OSError: the folder cannot be made or written.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{secrets.token_hex(32)}\n")
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
