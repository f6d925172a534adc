"""Whether a process waits at a pipe that nobody writes to, as one does that opens a FIFO by its name."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

__all__ = ["waits_at_pipe"]

_PLACES = ("wait_for_partner", "pipe_read", "anon_pipe_read")  # functions of the kernel: in opening one, in reading


def waits_at_pipe(pid: int) -> bool:
    """Whether one of its threads does now; False where the kernel does not tell (Linux does to the same user)."""
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task")
        return any((tasks / task / "wchan").read_text() in _PLACES for task in os.listdir(tasks))
    return False
