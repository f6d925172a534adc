"""Text of files: whole, heads, tails and ranges, of any size, in any encoding, and what is no text."""

from __future__ import annotations

import asyncio
import codecs
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.errors import ChassisError, InvalidArguments, TooLarge
from mcp_fs_server.tools.read_file import read_file
from mcp_fs_server.tools.read_multiple_files import read_multiple_files
from mcp_fs_server.tools.read_text_file import read_text_file

TEN = "".join(f"line {number}\n" for number in range(1, 11))
EVERY_ENCODING = pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("gb18030", b""),
        ("shift_jis", b""),
        ("cp1252", b""),
    ],
)
TEXTS = {
    "gb18030": "\u4e2d\u6587\u5b57\u7b26",
    "shift_jis": "\u65e5\u672c\u8a9e",
    "cp1252": "Le caf\u00e9 est d\u00e9j\u00e0 pr\u00eat. ",
}
LINE = "\u4e2d \u00e4 \U0001f600 \u0a0a\u0d0a"  # holds the byte of a line end in UTF-16


@pytest.mark.parametrize(
    ("asked", "text", "lines"),
    [
        ({}, TEN, "1-10 of 10"),
        ({"head": 3}, "line 1\nline 2\nline 3\n", "1-3 of 10"),
        ({"head": 100}, TEN, "1-10 of 10"),
        ({"tail": 2}, "line 9\nline 10\n", "9-10 of 10"),
        ({"tail": 100}, TEN, "1-10 of 10"),
        ({"start_line": 4, "end_line": 5}, "line 4\nline 5\n", "4-5 of 10"),
        ({"start_line": 9}, "line 9\nline 10\n", "9-10 of 10"),
        ({"end_line": 1}, "line 1\n", "1-1 of 10"),
        ({"start_line": 10, "end_line": 99}, "line 10\n", "10-10 of 10"),
    ],
)
@pytest.mark.asyncio
async def test_lines_are_those_that_are_asked_for(
    files: Any, docs: Path, asked: dict[str, int], text: str, lines: str
) -> None:
    (docs / "a.txt").write_text(TEN)
    for most in (10 * 2**20, 20):  # read whole, and in blocks
        body = await read_text_file(await files(max_file_size=most), "a.txt", **asked)
        assert body.content[0] == text
        if most > 20 or "tail" not in asked:
            assert body.data["lines"].partition(" of ")[0] == lines.partition(" of ")[0]
        if most > 20:
            assert body.data["lines"] == lines
            assert body.data["etag"] == hashlib.sha256(TEN.encode()).hexdigest()
            assert (len(body.content) == 1) == (text == TEN)
        else:
            assert "etag" not in body.data


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", "0-0 of 0"),
        ("\n", "1-1 of 1"),
        ("a", "1-1 of 1"),
        ("a\nb", "1-2 of 2"),
        ("a\r\nb\r\n", "1-2 of 2"),
        ("a\rb\r", "1-2 of 2"),  # line ends of an old Mac
        ("a\rb\nc\n", "1-2 of 2"),
        ("a\x0bb\x0c\u2028c\x85d\n", "1-1 of 1"),  # no editor ends a line with these
        ("\n\n\n", "1-3 of 3"),
    ],
)
@pytest.mark.asyncio
async def test_lines_are_counted_as_editors_count_them(files: Any, docs: Path, text: str, lines: str) -> None:
    (docs / "a.txt").write_bytes(text.encode())
    body = await read_text_file(await files(), "a.txt")
    assert (body.content, body.data["lines"]) == ([text], lines)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"head": 1, "tail": 1}, "one of head, tail"),
        ({"head": 1, "start_line": 1}, "one of head, tail"),
        ({"start_line": 5, "end_line": 4}, "end_line is before"),
        ({"start_line": 11}, "there are 10 lines"),
        ({"encoding": "klingon"}, "encoding is not one"),
        ({"encoding": "rot13"}, "encoding is not one"),
        ({"encoding": "utf-16"}, "not utf-16"),
    ],
)
@pytest.mark.asyncio
async def test_what_makes_no_sense_is_refused(files: Any, docs: Path, asked: dict[str, Any], told: str) -> None:
    (docs / "a.txt").write_text(TEN)
    for most in (10 * 2**20, 20):
        if asked.get("encoding") == "utf-16" and most == 20:
            continue
        with pytest.raises(InvalidArguments, match=told):
            await read_text_file(await files(max_file_size=most), "a.txt", **asked)


@EVERY_ENCODING
@pytest.mark.parametrize("most", [10 * 2**20, 64])
@pytest.mark.asyncio
async def test_every_encoding_is_read_at_its_beginning_its_end_and_between(
    files: Any, docs: Path, encoding: str, bom: bytes, most: int
) -> None:
    line = TEXTS.get(encoding, LINE)
    lines = [f"{number} {line * 7}\n" for number in range(2_000)]
    (docs / "a.txt").write_bytes(bom + "".join(lines).encode(encoding))
    ctx = await files(max_file_size=most)
    given = {"encoding": encoding} if encoding == "shift_jis" and most == 64 else {}
    head = await read_text_file(ctx, "a.txt", head=2, **given)
    assert head.content[0] == "".join(lines[:2])
    assert head.data["encoding"] == encoding + "-sig" * (bom == codecs.BOM_UTF8)
    assert head.data.get("guessed", False) is (not bom and encoding != "utf-8" and not given)
    assert (await read_text_file(ctx, "a.txt", tail=3, **given)).content[0] == "".join(lines[-3:])
    assert (await read_text_file(ctx, "a.txt", start_line=1_501, end_line=1_502, **given)).content[0] == "".join(
        lines[1_500:1_502]
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-be", "gb18030"])
@pytest.mark.asyncio
async def test_a_file_without_line_ends_is_cut_between_characters(files: Any, docs: Path, encoding: str) -> None:
    text = "\u4e2d\u6587 " * 100_000
    (docs / "a.txt").write_bytes(text.encode(encoding))
    ctx = await files(max_file_size=1024, max_result_bytes=8192)
    for asked in ({"head": 1}, {"tail": 1}, {}):
        body = await read_text_file(ctx, "a.txt", encoding=encoding, **asked)
        assert body.content[0].strip() in text
        assert 1_000 < len(body.content[0].encode()) <= 8192
        assert "too long for an answer" in body.content[1]


@pytest.mark.parametrize("most", [10 * 2**20, 1024])
@pytest.mark.asyncio
async def test_a_long_file_is_read_on_by_the_line_that_is_told(files: Any, docs: Path, most: int) -> None:
    lines = [f'{number} \u00e4 "quoted" \\ \x01\n' for number in range(3_000)]
    (docs / "a.txt").write_text("".join(lines))
    ctx = await files(max_file_size=most, max_result_bytes=16_384)
    read: list[str] = []
    start: int | None = 1
    while start is not None:
        body = await read_text_file(ctx, "a.txt", start_line=start)
        assert len(body.content[0]) > 1_000 or start > 2_900
        read.append(body.content[0])
        start = body.data.get("next_line")
        assert start is None or f"start_line={start}" in body.content[1]
    assert "".join(read) == "".join(lines)


@pytest.mark.asyncio
async def test_a_tail_that_does_not_fit_ends_with_the_end(files: Any, docs: Path) -> None:
    (docs / "a.txt").write_text("".join(f"{number}\n" for number in range(10_000)))
    for most in (10 * 2**20, 1024):
        body = await read_text_file(await files(max_file_size=most, max_result_bytes=8192), "a.txt", tail=9_000)
        assert body.content[0].endswith("9998\n9999\n")
        assert "earlier ones" in body.content[1]


@pytest.mark.asyncio
async def test_a_huge_file_costs_what_is_asked_of_it(files: Any, docs: Path) -> None:
    with (docs / "huge").open("wb") as file:
        file.write(b"first\nsecond\n")
        file.truncate(50 * 2**30)
        file.seek(0, os.SEEK_END)
        file.write(b"\nlast but one\nlast\n")
    ctx = await files()
    assert (await read_text_file(ctx, "huge", head=2, encoding="utf-8")).content[0] == "first\nsecond\n"
    assert (await read_text_file(ctx, "huge", tail=2, encoding="utf-8")).content[0] == "last but one\nlast\n"
    assert (await read_text_file(ctx, "huge", start_line=2, end_line=2, encoding="utf-8")).content[0] == "second\n"
    with pytest.raises(TooLarge, match="read parts of it"):
        await read_file(ctx, "huge", encoding="utf-8")


@pytest.mark.asyncio
async def test_cancelling_stops_the_reading_of_a_huge_file(files: Any, docs: Path) -> None:
    with (docs / "huge").open("wb") as file:
        file.truncate(50 * 2**30)
    ctx = await files()
    reading = asyncio.create_task(read_text_file(ctx, "huge", start_line=2, encoding="utf-8"))
    await asyncio.sleep(0.2)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not [fd for fd in os.listdir("/proc/self/fd") if _leads_to(fd, docs / "huge")]


def _leads_to(fd: str, path: Path) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{fd}") == str(path)
    except OSError:
        return False


@pytest.mark.asyncio
async def test_a_whole_file_is_given_as_text_and_as_data(files: Any, docs: Path) -> None:
    (docs / "a.txt").write_bytes(b"\xef\xbb\xbfa\r\nb")
    body = await read_file(await files(), "a.txt")
    assert body.content == ["a\r\nb"]
    assert body.data == {
        "path": "docs/a.txt", "size": 7, "encoding": "utf-8-sig", "content": "a\r\nb",
        "etag": hashlib.sha256(b"\xef\xbb\xbfa\r\nb").hexdigest(),
    }  # fmt: skip


@pytest.mark.asyncio
async def test_less_than_a_whole_file_is_refused_by_read_file(files: Any, docs: Path) -> None:
    (docs / "a.txt").write_text("a" * 10_000)
    for limits in ({"max_file_size": 5_000}, {"max_result_bytes": 20_000}):
        with pytest.raises(TooLarge, match="read_text_file"):
            await read_file(await files(**limits), "a.txt")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png; use read_media_file"),
        (b"\x7fELF\0\0", "application/x-elf; there is no text"),
        (b"SQLite format 3\0", "vnd.sqlite3"),
        (b"PK\x03\x04" + b"\0" * 26 + b"a.txt", "application/zip"),
        (b"\1\2\3\0\xff", "binary data of no known type"),
    ],
)
@pytest.mark.asyncio
async def test_what_is_no_text_is_told_with_its_type(files: Any, docs: Path, content: bytes, told: str) -> None:
    (docs / "a.txt").write_bytes(content)
    for most in (10 * 2**20, 3):
        with pytest.raises(InvalidArguments, match=told):
            await read_text_file(await files(max_file_size=most), "a.txt")


@pytest.mark.parametrize(
    "content", [b"BM is no bitmap", b"MZ begins this", b"ID3 tags", b"%PDF is a format\n", b"OggS, they said", b"GIF\n"]
)
@pytest.mark.asyncio
async def test_text_that_begins_like_something_else_is_text(files: Any, docs: Path, content: bytes) -> None:
    (docs / "a.txt").write_bytes(content)
    assert (await read_text_file(await files(), "a.txt")).content == [content.decode()]


@pytest.mark.asyncio
async def test_bytes_that_are_no_utf_8_are_shown_as_such(files: Any, docs: Path) -> None:
    (docs / "a.txt").write_bytes(b"\xc3\xa4\xff \x81\x8d\x8f\x90\x9d text \xc3\xa4\n")
    body = await read_text_file(await files(), "a.txt", head=1)
    assert "\ufffd" in body.content[0] or body.data.get("guessed")


@pytest.mark.parametrize("kind", ["fifo", "directory", "device", "missing", "unreadable name"])
@pytest.mark.asyncio
async def test_what_is_no_file_is_refused_at_once(files: Any, docs: Path, kind: str) -> None:
    name = "x" * 300 if kind == "unreadable name" else "x"
    if kind == "fifo":
        os.mkfifo(docs / name)
    elif kind == "directory":
        (docs / name).mkdir()
    elif kind == "device":
        (docs / name).symlink_to("/dev/zero")
    with pytest.raises(ChassisError):
        await asyncio.wait_for(read_text_file(await files(), name), 10)


@pytest.mark.parametrize(
    "name",
    [
        "..a",
        "a..b",
        " a ",
        "a\nb",
        "a\tb",
        "\u00e4",
        "a\u0308",
        "a" * 255,
        "-rf",
        "*",
        "CON",
        '"q"',
        '"',
        "a\\nb",
        "a\\\n",
        "\udcff",
    ],
)
@pytest.mark.asyncio
async def test_odd_names_are_ordinary(files: Any, docs: Path, name: str) -> None:
    (docs / name).write_text("x")
    body = await read_text_file(await files(), name)
    assert body.content == ["x"]
    assert "\n" not in body.data["path"]
    assert (await read_text_file(await files(), body.data["path"])).content == ["x"]


@pytest.mark.asyncio
async def test_one_file_that_fails_does_not_keep_others_from_being_read(files: Any, docs: Path) -> None:
    (docs / "a.txt").write_text("a\n")
    (docs / ".env").write_text("KEY=1")
    result = await read_multiple_files(await files(), ["a.txt", "b.txt", ".env", "../outside.txt", "docs/a.txt"])
    codes = [file.get("error", {}).get("code") for file in result.data["files"]]
    assert codes == [None, "not_found", "denied", "denied", None]
    assert result.data["failed"] == 3
    assert result.content[0] == "==> docs/a.txt <==\na\n"
    assert "KEY" not in str(result)


@pytest.mark.asyncio
async def test_files_that_do_not_fit_into_one_answer_are_told(files: Any, docs: Path) -> None:
    for number in range(4):
        (docs / str(number)).write_text(f"{number}\n" * 2_000)
    result = await read_multiple_files(await files(max_result_bytes=12_288), ["0", "1", "2", "3"])
    assert result.data["files"][0]["lines"] == "1-2000 of 2000"
    assert result.data["files"][1]["next_line"] < 2_000
    assert [file["error"]["code"] for file in result.data["files"][2:]] == ["too_large", "too_large"]
