"""Lines on pipes, sockets and files, on both event loops."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import uvloop
from hypothesis import given
from hypothesis import strategies as st
from mcp_chassis.pipes import LineReader, Lines, LineWriter

LOOPS = pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
KINDS = pytest.mark.parametrize("kind", ["pipe", "socket"])
Loop = Callable[[], asyncio.AbstractEventLoop]


def run(loop: Loop, work: object) -> object:
    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(work)  # type: ignore[arg-type]


def pair(kind: str) -> tuple[int, int]:
    """A reading and a writing end."""
    if kind == "pipe":
        return os.pipe()
    left, right = socket.socketpair()
    return left.detach(), right.detach()


async def all_lines(fd: int, cap: int = 1000) -> list[bytes | None]:
    reader, lines = LineReader(fd, cap), list[bytes | None]()
    try:
        while True:
            lines.append(await reader.next())
    except EOFError:
        return lines


@given(st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b""))), st.data())
def test_lines_are_the_same_however_the_bytes_arrive(lines: list[bytes], data: st.DataObject) -> None:
    cutter, found = Lines(20), list[bytes | None]()
    rest = b"".join(line + b"\n" for line in lines)
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        found += cutter.feed(rest[:size])
        rest = rest[size:]
    assert found + cutter.close() == [line if len(line) <= 20 else None for line in lines]


def test_a_line_over_the_cap_is_not_kept() -> None:
    lines = Lines(1000)
    for _ in range(100):
        assert lines.feed(b"x" * 500) == []
        assert len(lines._rest) <= 1000
    assert lines.feed(b"x\nnext\n") == [None, b"next"]


@LOOPS
@KINDS
def test_lines_are_read_to_the_end_with_and_without_a_last_line_end(loop: Loop, kind: str) -> None:
    source, sink = pair(kind)
    os.write(sink, b"one\ntwo\r\n\nlast")
    os.close(sink)
    assert run(loop, all_lines(source)) == [b"one", b"two\r", b"", b"last"]
    os.close(source)


@LOOPS
def test_a_regular_file_is_read_too(loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.write_bytes(b"line\n" * 50_000)
    fd = os.open(path, os.O_RDONLY)
    assert run(loop, all_lines(fd)) == [b"line"] * 50_000
    os.close(fd)


@LOOPS
def test_a_reader_that_is_not_asked_leaves_the_pipe_full(loop: Loop) -> None:
    source, sink = os.pipe()
    os.set_blocking(sink, False)

    async def flood() -> int:
        reader, written = LineReader(source, 1000), 0
        written += _fill(sink)
        await reader.next()
        for _ in range(100):
            written += _fill(sink)
            await asyncio.sleep(0)
        reader.stop()
        return written

    assert run(loop, flood()) < 2**19
    os.close(source)
    os.close(sink)


def _fill(sink: int) -> int:
    written = 0
    try:
        while True:
            written += os.write(sink, b"line\n" * 1000)
    except BlockingIOError:
        return written


@LOOPS
@KINDS
def test_a_long_line_is_written_whole_while_the_loop_runs_on(loop: Loop, kind: str) -> None:
    source, sink = pair(kind)
    line = os.urandom(2_000_000).replace(b"\n", b" ")

    async def talk() -> list[bytes | None]:
        writer = LineWriter(sink)
        reading = asyncio.create_task(all_lines(source, len(line)))
        await asyncio.gather(writer.write(line), writer.write(b"after"))
        os.close(sink)
        return await reading

    assert run(loop, talk()) == [line, b"after"]
    os.close(source)


@LOOPS
@KINDS
def test_writing_to_nobody_is_a_broken_pipe(loop: Loop, kind: str) -> None:
    source, sink = pair(kind)

    async def talk() -> bool:
        writer = LineWriter(sink)
        assert not writer.gone()
        os.close(source)
        with pytest.raises(BrokenPipeError):
            await writer.write(b"x" * 1_000_000)
        return writer.gone()

    assert run(loop, talk()) is True
    os.close(sink)
