"""Searching by ripgrep, in a process of its own that is given an open directory or file and never a path.

What it finds is a hint: between its look at a directory and its opening of a file something may have become a link. So
every hit is judged and read again elsewhere (`grepping`). No argument of a caller can become an option here: the
pattern is the value of one, and globs are looked at before they do.
"""

from __future__ import annotations

import base64
import json
import os
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mcp_chassis.errors import InvalidArguments, TooLarge, UpstreamUnavailable

from mcp_fs_server.hits import Hit, Question, hit_of
from mcp_fs_server.own_names import TRASH
from mcp_fs_server.stalls import waits_at_pipe
from mcp_fs_server.workers import Work

__all__ = ["Ripgrep", "find_ripgrep", "searched"]

_LOOK_S = 0.1  # how often it is seen to that somebody still waits
_MOST_MESSAGE = 4 << 20  # bytes; a line whose message is longer is passed over
_BLOCK = 1 << 16
_DEEPEST = 129  # as other walks: 128 directories below the top
_MEMORY_BYTES = 512 << 20  # of one search: each match in a line is kept in mind, and a line may have millions
_SAFE = re.compile(r"(?!\*\*$)[\w.*?-]+")
_SWITCHES = (
    "--json", "--no-config", "--no-messages", "--no-ignore-messages", "--no-mmap", "--crlf", "--hidden",
    "--dfa-size-limit=16M", "--regex-size-limit=16M",  # without these a small expression takes gigabytes
    # .gitignore as in lists: below the directory that is searched, whether it is a repository or not
    "--no-require-git", "--no-ignore-parent", "--no-ignore-global", "--no-ignore-exclude", "--no-ignore-dot",
    "--glob=!.git", f"--glob=!{TRASH}", "--glob=!.mcp-tmp-*",
)  # fmt: skip


class Ripgrep(NamedTuple):
    """The program and what it says of itself."""

    path: str
    version: str


@cache
def find_ripgrep() -> Ripgrep | None:
    """The program: beside this Python, else on PATH; None if there is none, or this system cannot give it a directory.

    It is given one as /proc/self/fd/N.
    """
    if not os.path.isdir("/proc/self/fd"):
        return None
    for where in (str(Path(sys.executable).parent), None):
        path = shutil.which("rg", path=where)
        if path is None or not os.path.isabs(path):  # a relative entry of PATH could be anywhere
            continue
        try:
            said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True, env={})
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
            continue
        version = re.match(r"ripgrep (\d+)[.\w]*", said.stdout)
        if version and int(version[1]) >= 13:
            return Ripgrep(path, version[0])
    return None


def searched(
    program: Ripgrep, question: Question, opened: int, work: Work, *, file: bool, ordered: bool
) -> Generator[Hit, None, None]:
    """The lines that are found.

    Args:
        opened: descriptor of a directory to search, or of a file (whose position is then anywhere).
        ordered: whether they come in their order; otherwise more of the machine is used.

    Raises:
        InvalidArguments: the pattern is no expression.
        Cancelled: nobody waits any more.
    """
    arguments = [program.path, *_SWITCHES, *_asked(question, ordered=ordered), "-" if file else "."]
    with closing(_messages(arguments, opened, work, file=file)) as messages:
        for message in messages:
            if message["type"] in ("match", "context"):
                yield _hit(message["data"], match=message["type"] == "match", file=file)


def _asked(question: Question, *, ordered: bool) -> Iterator[str]:
    yield f"--regexp={question.pattern}"
    yield f"--context={question.context}"
    yield f"--max-depth={_DEEPEST}"
    if question.literal:
        yield "--fixed-strings"
    if ordered:
        yield "--sort=path"
    # As a type, since files that --glob names are searched even where they are ignored. Only what means the same there.
    names = question.glob.names if question.glob else []
    if names and all(map(_SAFE.fullmatch, names)):
        yield from (f"--type-add=asked:{name}" for name in names)
        yield "--type=asked"
    yield "--"


def _messages(arguments: list[str], opened: int, work: Work, *, file: bool) -> Generator[dict[str, Any], None, None]:
    """What the process says, a JSON object a line, until it ends or nobody wants more; then it is killed."""
    if file:
        os.lseek(opened, 0, os.SEEK_SET)
    process = subprocess.Popen(
        arguments,
        stdin=opened if file else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/" if file else f"/proc/self/fd/{opened}",  # of the child, which has this descriptor until it begins
        env={},
        start_new_session=True,
    )
    with suppress(ProcessLookupError):
        resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
    assert process.stdout is not None
    assert process.stderr is not None
    ended = False
    try:
        for line in _lines(process, process.stdout.fileno(), work):
            message = json.loads(line)
            ended = ended or message["type"] == "summary"
            yield message
        if not ended:
            _explain(os.read(process.stderr.fileno(), _BLOCK).decode("utf-8", "replace"))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        process.stderr.close()


def _lines(process: subprocess.Popen[bytes], out: int, work: Work) -> Iterator[bytes]:
    """The lines that a process writes to a pipe, without those that are too long.

    Raises:
        UpstreamUnavailable: it would wait for ever at something that became a FIFO after it was looked at.
    """
    waiting = select.poll()
    waiting.register(out, select.POLLIN)
    begun = bytearray()
    since = time.monotonic()
    while True:
        # Time, and not what is found: how much there is in files that the caller may not read is not told.
        work.progress(time.monotonic() - since, None, "seconds searched")
        if not waiting.poll(_LOOK_S * 1_000):
            if waits_at_pipe(process.pid):
                raise UpstreamUnavailable("A file became a pipe while it was searched; call again.")
            continue
        block = os.read(out, _BLOCK)
        if not block:
            return
        first, *others = block.split(b"\n")
        if len(begun) <= _MOST_MESSAGE:
            begun += first
        for other in others:
            if len(begun) <= _MOST_MESSAGE:
                yield bytes(begun)
            begun = bytearray(other)


def _explain(said: str) -> None:
    """Why it ended without an end.

    Raises:
        InvalidArguments: the pattern is at fault.
        TooLarge: a line is, with all that is found in it.
        UpstreamUnavailable: something else is.
    """
    if "memory allocation" in said:
        raise TooLarge(
            "This matches more often in one line than can be searched; use a pattern that says more, or leave out "
            "files with very long lines by a glob."
        )
    if "is not allowed in a regex" in said:
        raise InvalidArguments(
            "Lines are searched one by one, without their ends; leave line breaks out of the pattern."
        )
    if "exceeds size limit" in said:
        raise InvalidArguments("The pattern is too large an expression; use fewer and smaller repetitions.")
    reason = re.search(r"^error: (.+)", said, re.MULTILINE)
    if reason or "regex" in said:
        why = f" ({reason[1][:200]})" if reason else ""
        raise InvalidArguments(f"The pattern is no regular expression{why}; mend it, or set literal to search for it.")
    raise UpstreamUnavailable("The search program ended early; call again.") from RuntimeError(said)


def _hit(data: dict[str, Any], *, match: bool, file: bool) -> Hit:
    path = "" if file else os.fsdecode(_bytes(data["path"])).removeprefix("./")
    at = data["submatches"][0]["start"] if match and data["submatches"] else 0 if match else None
    return hit_of(path, data["line_number"], data["absolute_offset"], _bytes(data["lines"]), at)


def _bytes(value: dict[str, str]) -> bytes:
    """A text, or bytes that are none."""
    return value["text"].encode() if "text" in value else base64.b64decode(value["bytes"])
