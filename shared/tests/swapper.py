"""A process that swaps two names for each other as fast as it can, until it is killed."""

from __future__ import annotations

import ctypes
import mmap
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h
_HERE = -100  # AT_FDCWD


def swap_forever(one: bytes, other: bytes, counter: mmap.mmap) -> None:
    """Swap, and count the swaps that worked; what is missing for the moment is tried again."""
    exchange = ctypes.CDLL(None).renameat2
    parent, swaps = os.getppid(), 0
    while True:
        swaps += exchange(_HERE, one, _HERE, other, _EXCHANGE) == 0
        if swaps % 16 == 0:
            counter[:8] = struct.pack("Q", swaps)
            if os.getppid() != parent:
                return  # nobody is there to kill it


@contextmanager
def swapping(one: Path, other: Path, counted: Path) -> Iterator[Callable[[], int]]:
    """Swap two paths within the block.

    Args:
        one, other: on one file system.
        counted: a new file for the number of swaps.

    Yields:
        How many swaps there were so far; fails when the process has ended.
    """
    counted.write_bytes(bytes(8))
    command = [sys.executable, "-S", "-E", __file__, str(one), str(other), str(counted)]
    with open(counted, "rb") as file, mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ) as counter:
        process = subprocess.Popen(command)

        def swaps() -> int:
            assert process.poll() is None
            number: int = struct.unpack("Q", counter[:8])[0]
            return number

        try:
            while swaps() == 0:
                os.sched_yield()
            yield swaps
        finally:
            process.kill()
            process.wait()


if __name__ == "__main__":
    with open(sys.argv[3], "r+b") as shared:
        swap_forever(os.fsencode(sys.argv[1]), os.fsencode(sys.argv[2]), mmap.mmap(shared.fileno(), 8))
