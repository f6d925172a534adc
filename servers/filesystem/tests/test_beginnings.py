"""Parts of large files, read in blocks from the front or the end, are what the whole text has there."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp_chassis.errors import InvalidArguments
from mcp_fs_server import beginnings
from mcp_fs_server.beginnings import Beginning, lines_from, tail_of
from mcp_fs_server.lines import Range, part_of

LETTERS = st.sampled_from(["\n", "\n", "\r\n", "a", "0", "~", "\u4e2d", "\u0a0a", "\u0a00", "\u000a"])
TEXTS = st.lists(LETTERS, max_size=60).map("".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"])
PLENTY = 1 << 20


class Endless:
    """Work that nobody stops."""

    def check(self) -> None: ...


async def blocks_of(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


@given(TEXTS, ENCODINGS, st.integers(1, 30), st.one_of(st.none(), st.integers(0, 30)), st.integers(1, 17))
@settings(max_examples=600, deadline=None)
def test_lines_in_blocks_are_those_of_the_whole_text(
    text: str, encoding: str, start: int, more: int | None, size: int
) -> None:
    asked = Range(start=start, end=None if more is None else start + more)
    text = text.replace("\r", "") if "\n" not in text else text
    try:
        whole = part_of(text, asked, PLENTY)
    except InvalidArguments as error:
        with pytest.raises(InvalidArguments, match=error.message.replace("(", r"\(")):
            anyio.run(lines_from, blocks_of(text.encode(encoding), size), Beginning(encoding, 0, False), asked, PLENTY)
        return
    found = anyio.run(lines_from, blocks_of(text.encode(encoding), size), Beginning(encoding, 0, False), asked, PLENTY)
    assert found.text == whole.text
    assert not found.replaced
    if whole.text:
        assert (found.first, found.last) == (whole.first, whole.last)
    assert found.total in (whole.total, None)


@given(TEXTS, ENCODINGS, st.integers(1, 20))
@settings(max_examples=600, deadline=None)
def test_the_tail_from_the_end_is_that_of_the_whole_text(text: str, encoding: str, number: int) -> None:
    text = text.replace("\r", "") if "\n" not in text else text
    data = text.encode(encoding)
    whole = part_of(text, Range(tail=number), PLENTY)
    block, beginnings._TAIL_BYTES = beginnings._TAIL_BYTES, 8
    try:
        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.flush()
            found = tail_of(file.fileno(), len(data), Beginning(encoding, 0, False), number, PLENTY, Endless())
    finally:
        beginnings._TAIL_BYTES = block
    assert found.text == whole.text
    assert not found.missing


@given(st.text(max_size=200), st.integers(12, 400))
@settings(max_examples=400, deadline=None)
def test_what_is_cut_goes_on_where_it_ended(text: str, budget: int) -> None:
    text = text.encode("utf-8", "ignore").decode().replace("\r", "")
    read, start = "", 1
    while True:
        part = part_of(text, Range(start=start), budget)
        read += part.text
        if part.missing != "following" or part.last is None:
            break
        start = part.last + 1
    if part.missing == "line":  # a line alone is longer than the budget
        assert text.startswith(read)
    else:
        assert read == text


def test_a_file_that_ends_within_a_character_is_read_to_there() -> None:
    data = "a\n\u4e2d".encode()[:-1]
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        found = tail_of(file.fileno(), len(data), Beginning("utf-8", 0, False), 1, PLENTY, Endless())
    assert (found.text, found.replaced) == ("\ufffd", True)
