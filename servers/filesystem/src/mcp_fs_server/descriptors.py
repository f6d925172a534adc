"""An open file that is closed at the latest when nobody has it any more, as when its caller was cancelled."""

from __future__ import annotations

import os
from contextlib import suppress
from types import TracebackType
from typing import Self

__all__ = ["Descriptor"]


class Descriptor:
    """Owns a file descriptor."""

    def __init__(self, fd: int) -> None:
        """Take it over."""
        self.fd = fd

    def close(self) -> None:
        """Close it, once."""
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __del__(self) -> None:
        with suppress(OSError):
            self.close()
