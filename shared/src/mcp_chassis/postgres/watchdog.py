"""The process that keeps an embedded PostgreSQL: starts it for its holder and stops it when the last holder is gone.

Every process that uses the server (a holder) has one watchdog. The watchdog reads a pipe whose other end only its
holder has: the end of the pipe is the end of the holder, however it came, `kill -9` included. Holders are counted by
shared locks on one file, which the system drops with their processes; whoever gets that lock alone was the last.
Starting and stopping are serialised by a second lock, and both are done here and not in the holder, so that there is
no moment in which a dying holder could leave a server behind.

It runs as a script of its own under `python -I -S`, in its own session, and needs the standard library only.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypedDict

START_SECONDS = 60
CRASH_ATTEMPTS = 6
CRASH_PAUSE_SECONDS = 0.5
READY = "ready"


class Job(TypedDict):
    """What a watchdog is told: its file descriptors, its lock, and how to start and stop the server."""

    pipe: int
    holders: int
    lock: str
    socket: str
    pid_file: str
    log: str
    start: list[str]
    stop: list[str]
    process_options: dict[str, Any]


@contextmanager
def locked(path: str | Path) -> Iterator[None]:
    """Hold the lock file `path` alone."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def serves(path: str) -> bool:
    """Whether somebody accepts connections on the Unix socket `path`: a file left by a crash does not count."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def start(job: Job) -> str:
    """Start the server unless it runs; `READY`, or the reason why it does not start."""
    with locked(job["lock"]):
        if select.select([job["pipe"]], [], [], 0)[0]:
            return "its holder is gone already"
        fcntl.flock(job["holders"], fcntl.LOCK_SH)
        if serves(job["socket"]):
            return READY
        # What a crashed server leaves behind (its processes, their shared memory) may need a moment to go away.
        attempts = CRASH_ATTEMPTS if os.path.exists(job["pid_file"]) else 1
        for attempt in range(attempts):
            time.sleep(CRASH_PAUSE_SECONDS if attempt else 0)
            with suppress(FileNotFoundError):
                os.unlink(job["log"])  # the log is that of one run: it does not grow for ever
            done = _run(job["start"], job)
            if done.returncode == 0:
                return READY
        return _last_line(Path(job["log"]), done.stderr or done.stdout)


def leave(job: Job) -> None:
    """Give up this hold, and stop the server if it was the last one."""
    with locked(job["lock"]):
        try:
            fcntl.flock(job["holders"], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # somebody else still holds it
        if serves(job["socket"]):
            _run(job["stop"], job)


def _run(command: list[str], job: Job) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, **job["process_options"])


def _last_line(log: Path, told: str) -> str:
    """The most telling line: the last fatal one of the server's log, else the last one that `pg_ctl` wrote."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    fatal = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
    return fatal[-1] if fatal else (told.strip().splitlines() or ["no reason was given"])[-1]


def main() -> None:
    """Start the server, say how that went in one line on stdout, wait for the holder's end, leave."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # a signal to the whole group must not part the server from its keeper
    job: Job = json.loads(sys.argv[1])
    outcome = start(job)
    with suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), f"{outcome}\n".encode())
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    os.read(job["pipe"], 1)  # a byte is the holder's farewell, none is its death
    leave(job)


if __name__ == "__main__":
    main()
