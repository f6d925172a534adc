from __future__ import annotations

import base64
import os
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.call import Context
from mcp_chassis.errors import ChassisError
from mcp_fs_server.reading import etag_of
from mcp_fs_server.resources import Resources
from mcp_fs_server.tools.write_file import write_file

Files = Callable[..., Awaitable[Context[Resources]]]

pytestmark = pytest.mark.asyncio


def contents(top: Path) -> dict[str, str]:
    """What is in a directory and below, with what the files say and where the links lead."""
    return {
        str(path.relative_to(top)): f"-> {os.readlink(path)}" if path.is_symlink() else path.read_text()
        for path in top.rglob("*")
        if path.is_symlink() or path.is_file()
    }


async def test_a_new_file_is_written(docs: Path, files: Files) -> None:
    ctx = await files()
    answer = await write_file(ctx, "docs/a.txt", "größe\r\n")
    data = "größe\r\n".encode()
    assert answer == {
        "path": "docs/a.txt", "size": len(data), "encoding": "utf-8", "etag": etag_of(data), "created": True,
    }  # fmt: skip
    assert (docs / "a.txt").read_bytes() == data
    assert ctx.facts == {"path": "docs/a.txt", "sha256_before": "absent", "sha256_after": etag_of(data)}


@pytest.mark.parametrize(
    ("content", "encoding", "data", "told"),
    [
        ("größe", "utf-16", "größe".encode("utf-16"), "utf-16"),
        ("größe", "latin-1", "größe".encode("latin-1"), "iso8859-1"),
        ("你好", "gb18030", "你好".encode("gb18030"), "gb18030"),
        ("größe", "utf-8-sig", "größe".encode("utf-8-sig"), "utf-8-sig"),
        (base64.b64encode(bytes(range(256))).decode(), "base64", bytes(range(256)), "base64"),
        ("", None, b"", "utf-8"),
        ("a\0b", None, b"a\0b", "utf-8"),
    ],
)
async def test_content_is_written_as_it_is(
    docs: Path, files: Files, content: str, encoding: str | None, data: bytes, told: str
) -> None:
    answer = await write_file(await files(), "docs/a", content, encoding=encoding)
    assert (docs / "a").read_bytes() == data
    assert answer["encoding"] == told


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("docs/new.txt", "new.txt"),
        ("new.txt", "new.txt"),
        ("docs/below/new.txt", "below/new.txt"),
        ("docs/link_in/new.txt", "below/new.txt"),  # a link to a directory inside
        ("docs/link_to_file", "below/old.txt"),  # writes where the link leads, and the link stays one
        ("docs/below/../new.txt", "new.txt"),
        ("docs/Grüße ☺ .txt", "Grüße ☺ .txt"),
        ("docs/e\u0301", "e\u0301"),  # NFD stays NFD
        ("docs/ leading and trailing ", " leading and trailing "),
        ("docs/a..b", "a..b"),
        ("docs/" + "n" * 255, "n" * 255),
        ("docs/-rf", "-rf"),
        ("docs/.hidden", ".hidden"),
        ("docs/.env.example", ".env.example"),
        ("docs/AUX", "AUX"),
        ("docs/a\\b", "a\\b"),
    ],
)
async def test_where_an_ordinary_path_is_written(docs: Path, files: Files, path: str, place: str) -> None:
    (docs / "below").mkdir()
    (docs / "below" / "old.txt").write_text("old")
    (docs / "link_in").symlink_to("below")
    (docs / "link_to_file").symlink_to("below/old.txt")
    before = contents(docs)
    await write_file(await files(), path, "new", overwrite=True)
    assert contents(docs) == {**before, place: "new"}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("docs/../outside.txt", "denied"),
        ("../outside.txt", "denied"),
        ("/etc/mcp-never", "denied"),
        ("docs/link_out", "denied"),
        ("docs/link_out_dir/new", "denied"),
        ("docs/dangling", "invalid_arguments"),
        ("docs/dangling_out", "denied"),
        ("docs/loop", "invalid_arguments"),
        ("docs/missing/new", "not_found"),
        ("docs/old.txt/new", "invalid_arguments"),
        ("docs/below", "invalid_arguments"),
        ("docs/new/", "invalid_arguments"),
        ("docs/new/.", "invalid_arguments"),
        ("docs", "invalid_arguments"),
        ("docs/fifo", "invalid_arguments"),
        ("docs/socket", "invalid_arguments"),
        ("docs/new\nline", "invalid_arguments"),
        ("docs/bell\a", "invalid_arguments"),
        ("docs/nul\0", "invalid_arguments"),
        ("docs/" + "n" * 256, "invalid_arguments"),
        ("docs/.env", "denied"),
        ("docs/id_rsa", "denied"),
        ("docs/.ssh/config", "denied"),
        ("docs/link_to_secret", "denied"),
        ("docs/.mcp-trash/a", "denied"),
        ("docs/.mcp-tmp-0123456789abcdef", "denied"),
    ],
)
async def test_where_nothing_is_written(docs: Path, files: Files, path: str, code: str) -> None:
    (docs / "below").mkdir()
    (docs / "old.txt").write_text("old")
    (docs / ".env").write_text("SECRET")
    (docs / "link_out").symlink_to(docs.parent / "outside.txt")
    (docs / "link_out_dir").symlink_to("..")
    (docs / "dangling").symlink_to("nothing")
    (docs / "dangling_out").symlink_to("../nothing")
    (docs / "loop").symlink_to("loop")
    (docs / "link_to_secret").symlink_to(".env")
    os.mkfifo(docs / "fifo")
    os.mknod(docs / "socket", 0o600 | stat.S_IFSOCK)
    before = contents(docs.parent)
    ctx = await files()
    with pytest.raises(ChassisError) as refused:
        await write_file(ctx, path, "new", overwrite=True)
    assert refused.value.code == code, refused.value.message
    assert str(docs.parent) not in refused.value.message
    assert contents(docs.parent) == before


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ({}, "conflict", "set overwrite"),
        ({"if_match": etag_of(b"other")}, "conflict", "read it again"),
        ({"if_match": etag_of(b"other"), "overwrite": True}, "conflict", "read it again"),
        ({"if_match": "latest"}, "invalid_arguments", "no etag"),
        ({"path": "docs/new", "if_match": etag_of(b"old")}, "not_found", "no file that if_match could name"),
        ({"overwrite": True, "encoding": "klingon"}, "invalid_arguments", "encoding"),
        ({"overwrite": True, "encoding": "latin-1", "content": "你"}, "invalid_arguments", "cannot hold"),
        ({"overwrite": True, "encoding": "base64", "content": "?"}, "invalid_arguments", "not base64"),
        ({"overwrite": True, "content": "x" * 1001}, "too_large", "1,001 bytes and a file here may have 1,000"),
    ],
)
async def test_a_file_that_is_there_is_kept(
    docs: Path, files: Files, arguments: dict[str, Any], code: str, sentence: str
) -> None:
    (docs / "a").write_text("old")
    ctx = await files(max_file_size="1000")
    with pytest.raises(ChassisError, match=sentence) as refused:
        await write_file(ctx, **{"path": "docs/a", "content": "new", **arguments})
    assert refused.value.code == code
    assert contents(docs) == {"a": "old"}


@pytest.mark.parametrize("arguments", [{"overwrite": True}, {"if_match": etag_of(b"old")}])
async def test_a_file_is_replaced_when_the_caller_says_so(docs: Path, files: Files, arguments: dict[str, Any]) -> None:
    (docs / "a").write_text("old")
    (docs / "a").chmod(0o640)
    ctx = await files()
    answer = await write_file(ctx, "docs/a", "new", **arguments)
    assert answer["created"] is False
    assert contents(docs) == {"a": "new"}
    assert stat.S_IMODE((docs / "a").stat().st_mode) == 0o640
    assert ctx.facts["sha256_before"] == etag_of(b"old")
    assert ctx.facts["sha256_after"] == etag_of(b"new")


async def test_a_large_file_is_replaced_without_its_hash(docs: Path, files: Files) -> None:
    (docs / "a").write_bytes(b"x" * 2000)
    ctx = await files(max_file_size="1000")
    with pytest.raises(ChassisError, match="has no etag"):
        await write_file(ctx, "docs/a", "new", if_match=etag_of(b"x" * 2000))
    await write_file(ctx, "docs/a", "new", overwrite=True)
    assert ctx.facts["sha256_before"] == "not hashed: over 1,000 bytes"


async def test_directories_above_are_made_where_that_is_set(docs: Path, files: Files) -> None:
    ctx = await files(make_parents=True)
    await write_file(ctx, "docs/a/b/c.txt", "new")
    assert contents(docs) == {"a/b/c.txt": "new"}


async def test_a_directory_that_is_served_for_reading_is_not_written(docs: Path, files: Files) -> None:
    ctx = await files(f"{docs}:ro")
    with pytest.raises(ChassisError, match="for reading only"):
        await write_file(ctx, "docs/a", "new")
    assert contents(docs) == {}


async def test_a_nested_directory_for_reading_is_not_written_through_the_outer_one(docs: Path, files: Files) -> None:
    (docs / "kept").mkdir()
    (docs / "link").symlink_to("kept")
    ctx = await files(f"{docs}:rw", f"{docs / 'kept'}:ro")
    for path in ("docs/kept/a", "docs/link/a", str(docs / "kept" / "a"), "docs/./kept/a"):
        with pytest.raises(ChassisError, match="for reading only"):
            await write_file(ctx, path, "new")


async def test_the_quotas_of_the_root_and_of_the_principal_hold(docs: Path, files: Files, tmp_path: Path) -> None:
    (docs / "a").write_bytes(b"x" * 500)
    config = tmp_path / "config.yaml"
    config.write_text(f"roots: {{docs: {{path: {docs}, mode: rw, quota: 1000}}}}\nprincipal-quota: 1050\n")
    ctx = await files(config=str(config))
    await write_file(ctx, "docs/b", "y" * 500)
    with pytest.raises(ChassisError, match="quota of this directory has 0 of 1,000"):
        await write_file(ctx, "docs/c", "z")
    await write_file(ctx, "docs/b", "y" * 100, overwrite=True)  # less than before
    await write_file(ctx, "docs/c", "z" * 400)
    with pytest.raises(ChassisError, match="1,050 bytes a day and this would make it 1,100"):
        await write_file(ctx, "docs/b", "z" * 100, overwrite=True)
    assert sum(len(text) for text in contents(docs).values()) == 1000
