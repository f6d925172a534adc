from __future__ import annotations

import os
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.call import Context
from mcp_chassis.errors import ChassisError
from mcp_fs_server.editing import Edit
from mcp_fs_server.reading import etag_of
from mcp_fs_server.resources import Resources
from mcp_fs_server.tools.edit_file import edit_file

Files = Callable[..., Awaitable[Context[Resources]]]
pytestmark = pytest.mark.asyncio


def edit(old: str, new: str, *, everywhere: bool = False) -> Edit:
    return Edit(oldText=old, newText=new, replaceAll=everywhere)


async def test_an_edit_answers_with_its_diff(docs: Path, files: Files) -> None:
    (docs / "a.txt").write_text("one\ntwo\nthree\n")
    ctx = await files()
    answer = await edit_file(ctx, "docs/a.txt", [edit("two", "2"), edit("three", "3")])
    after = b"one\n2\n3\n"
    assert (docs / "a.txt").read_bytes() == after
    assert answer.data == {
        "path": "docs/a.txt", "size": 8, "encoding": "utf-8", "etag": etag_of(after), "replaced": 2,
    }  # fmt: skip
    assert answer.content == [
        "--- a/docs/a.txt\n+++ b/docs/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n-three\n+2\n+3",
        f"[2 places replaced in docs/a.txt; etag {etag_of(after)}]",
    ]
    assert ctx.facts["sha256_before"] == etag_of(b"one\ntwo\nthree\n")
    assert ctx.facts["sha256_after"] == etag_of(after)


async def test_a_dry_run_changes_nothing(docs: Path, files: Files) -> None:
    (docs / "a").write_text("one")
    before = (docs / "a").stat()
    ctx = await files()
    answer = await edit_file(ctx, "docs/a", [edit("one", "two")], dryRun=True)
    assert answer.data["dry_run"] is True
    assert answer.data["etag"] == etag_of(b"one")  # of the file as it still is
    assert "-one" in answer.content[0]
    assert (docs / "a").stat().st_mtime_ns == before.st_mtime_ns
    assert (docs / "a").stat().st_ino == before.st_ino
    assert "sha256_after" not in ctx.facts


FRENCH = "Le café est très bon; l'été à Paris, Noël où ça.\n"


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        (b"\xef\xbb\xbfa\r\nb\r\n", "a\nb", "a\nX\nb", b"\xef\xbb\xbfa\r\nX\r\nb\r\n"),
        ("größe\r\n".encode("utf-16"), "größe", "weite", "weite\r\n".encode("utf-16")),
        (
            "你好世界。这是一个测试文件\n".encode("gb18030"),
            "测试",
            "新的",
            "你好世界。这是一个新的文件\n".encode("gb18030"),
        ),
        (FRENCH.encode("cp1252"), "Paris", "Orléans", FRENCH.replace("Paris", "Orléans").encode("cp1252")),
        (
            b"good \xff\x81\x8d bytes\ngr\xc3\xb6\xc3\x9fe",
            "good",
            "bad",
            b"bad \xff\x81\x8d bytes\ngr\xc3\xb6\xc3\x9fe",
        ),
        (b"a\nb", "b", "c", b"a\nc"),
        (b"a\n\n\n", "a", "b", b"b\n\n\n"),
    ],
)
async def test_everything_else_stays_byte_for_byte(
    docs: Path, files: Files, before: bytes, old: str, new: str, after: bytes
) -> None:
    (docs / "a").write_bytes(before)
    (docs / "a").chmod(0o604)
    await edit_file(await files(), "docs/a", [edit(old, new)])
    assert (docs / "a").read_bytes() == after
    assert stat.S_IMODE((docs / "a").stat().st_mode) == 0o604


@pytest.mark.parametrize(
    ("path", "arguments", "code", "sentence"),
    [
        ("docs/a", {"edits": []}, "invalid_arguments", "edits is empty"),
        (
            "docs/a",
            {"edits": [edit("one", "1"), edit("missing", "x")]},
            "invalid_arguments",
            r"edits\[1\].oldText is not",
        ),
        ("docs/a", {"edits": [edit("one ", "1")]}, "invalid_arguments", "only white space differs at line 1:\n1: one"),
        ("docs/a", {"if_match": etag_of(b"other")}, "conflict", "read it again"),
        ("docs/a", {"if_match": "x"}, "invalid_arguments", "no etag"),
        ("docs/a", {"edits": [edit("one", "1" * 2000)]}, "too_large", "may have 1,000"),
        ("docs/missing", {}, "not_found", "no such file"),
        ("docs/below", {}, "invalid_arguments", "directory"),
        ("docs/fifo", {}, "invalid_arguments", "fifo"),
        ("docs/binary", {}, "invalid_arguments", "binary"),
        ("docs/large", {}, "too_large", "larger than the 1,000 bytes"),
        ("docs/.env", {}, "denied", "secrets"),
        ("docs/link_out", {}, "denied", "leads out"),
        ("docs/dangling", {}, "not_found", "no such file"),
        ("docs", {}, "invalid_arguments", "allowed directories itself"),
    ],
)
async def test_what_does_not_fit_changes_nothing(
    docs: Path, files: Files, path: str, arguments: dict[str, Any], code: str, sentence: str
) -> None:
    (docs / "a").write_text("one\ntwo\n")
    (docs / "below").mkdir()
    (docs / "binary").write_bytes(b"one\0\xff\xfe")
    (docs / "large").write_text("one" * 1000)
    (docs / ".env").write_text("one")
    (docs / "link_out").symlink_to("../outside.txt")
    (docs / "dangling").symlink_to("nothing")
    os.mkfifo(docs / "fifo")
    ctx = await files(max_file_size="1000")
    with pytest.raises(ChassisError, match=sentence) as refused:
        await edit_file(ctx, path, **{"edits": [edit("one", "1")], **arguments})
    assert refused.value.code == code
    assert (docs / "a").read_text() == "one\ntwo\n"


async def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(docs: Path, files: Files) -> None:
    with (docs / "large").open("wb") as file:
        file.truncate(200 * 10**6)
    with pytest.raises(ChassisError, match="larger than the 10,485,760 bytes"):
        await edit_file(await files(), "docs/large", [edit("a", "b")])


async def test_it_is_edited_where_a_link_leads(docs: Path, files: Files) -> None:
    (docs / "a").write_text("one")
    (docs / "link").symlink_to("a")
    answer = await edit_file(await files(), "docs/link", [edit("one", "two")], if_match=etag_of(b"one"))
    assert answer.data["path"] == "docs/a"
    assert (docs / "link").is_symlink()
    assert (docs / "a").read_text() == "two"
