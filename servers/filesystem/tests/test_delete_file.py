"""`delete_file`, `restore_file` and `create_directory`."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from shutil import which

import pytest
from mcp_chassis.call import Context, Principal
from mcp_chassis.errors import ChassisError
from mcp_fs_server.reading import etag_of
from mcp_fs_server.resources import Resources
from mcp_fs_server.tools.create_directory import create_directory
from mcp_fs_server.tools.delete_file import delete_file
from mcp_fs_server.tools.move_file import move_file
from mcp_fs_server.tools.restore_file import restore_file

Files = Callable[..., Awaitable[Context[Resources]]]
pytestmark = pytest.mark.asyncio


@pytest.fixture
def tree(docs: Path) -> Path:
    (docs / "a.txt").write_text("a")
    (docs / "empty").mkdir()
    (docs / "below" / "deeper").mkdir(parents=True)
    (docs / "below" / "c.txt").write_text("ccc")
    (docs / "link").symlink_to("a.txt")
    (docs / "link_out").symlink_to("../outside.txt")
    (docs / "dangling").symlink_to("nothing")
    os.mkfifo(docs / "fifo")
    (docs / "project").mkdir()
    (docs / "project" / ".env").write_text("SECRET")
    (docs / ".ssh").mkdir()
    (docs / ".ssh" / "config").write_text("SECRET")
    return docs


def names(top: Path) -> list[str]:
    found = (str(path.relative_to(top)) for path in top.rglob("*"))
    return sorted(name for name in found if not name.startswith(".mcp-trash"))


@pytest.mark.parametrize(
    ("path", "recursive", "kind", "size"),
    [
        ("docs/a.txt", False, "file", 1),
        ("docs/below/c.txt", False, "file", 3),
        ("docs/empty", False, "directory", 0),
        ("docs/below", True, "directory", 3),
        ("docs/link", False, "link", 0),
        ("docs/link_out", False, "link", 0),
        ("docs/dangling", False, "link", 0),
        ("docs/fifo", False, "fifo", 0),
    ],
)
async def test_what_is_deleted_comes_back(
    tree: Path, files: Files, path: str, recursive: bool, kind: str, size: int
) -> None:
    before = names(tree)
    ctx = await files()
    answer = await delete_file(ctx, path, recursive=recursive)
    assert (answer["path"], answer["kind"], answer["size"]) == (path, kind, size)
    assert len(names(tree)) < len(before)
    assert (tree / "a.txt").exists() or path == "docs/a.txt"  # a link's target stays
    assert ctx.facts["trash_id"] == answer["trash_id"]
    assert await restore_file(ctx, answer["trash_id"]) == {"path": path, "kind": kind, "size": size}
    assert names(tree) == before
    assert [path.name for path in (tree / ".mcp-trash").iterdir()] == [".gitignore"]


async def test_the_hash_of_what_is_deleted_and_restored_is_noted(tree: Path, files: Files) -> None:
    ctx = await files()
    answer = await delete_file(ctx, "docs/a.txt")
    assert (ctx.facts["sha256_before"], ctx.facts["sha256_after"]) == (etag_of(b"a"), "absent")
    await restore_file(ctx, answer["trash_id"])
    assert (ctx.facts["sha256_before"], ctx.facts["sha256_after"]) == ("absent", etag_of(b"a"))


async def test_a_restored_file_has_its_directory_made_again(tree: Path, files: Files) -> None:
    ctx = await files()
    answer = await delete_file(ctx, "docs/below/c.txt")
    await delete_file(ctx, "docs/below", recursive=True)
    await restore_file(ctx, answer["trash_id"])
    assert (tree / "below" / "c.txt").read_text() == "ccc"


@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("docs/missing", "not_found", "no such file"),
        ("docs", "invalid_arguments", "allowed directories itself"),
        ("docs/.", "invalid_arguments", "allowed directories itself"),
        ("docs/below/..", "invalid_arguments", "allowed directories itself"),
        ("../outside.txt", "denied", "leads out"),
        ("docs/.ssh", "denied", "kept from clients"),
        ("docs/project/.env", "denied", "secrets"),
        ("docs/project", "denied", "kept from clients"),
        ("docs/.mcp-trash", "denied", "kept for files of this server"),
    ],
)
@pytest.mark.parametrize("recursive", [False, True])
async def test_what_must_stay_stays(
    tree: Path, files: Files, path: str, code: str, sentence: str, recursive: bool
) -> None:
    before = names(tree)
    with pytest.raises(ChassisError, match=sentence) as refused:
        await delete_file(await files(), path, recursive=recursive)
    assert refused.value.code == code
    assert names(tree) == before


async def test_a_directory_that_is_not_empty_is_deleted_only_recursively(tree: Path, files: Files) -> None:
    with pytest.raises(ChassisError, match="has 2 entries in it; set recursive"):
        await delete_file(await files(), "docs/below")
    assert (tree / "below" / "c.txt").exists()


async def test_a_directory_in_which_another_served_one_lies_is_not_deleted(tree: Path, files: Files) -> None:
    ctx = await files(f"{tree}:rw", f"{tree / 'below' / 'deeper'}:rw")
    for path in ("docs/below", str(tree / "below" / "deeper")):
        with pytest.raises(ChassisError):
            await delete_file(ctx, path, recursive=True)
    assert (tree / "below" / "deeper").exists()


async def test_restoring_never_overwrites(tree: Path, files: Files) -> None:
    ctx = await files()
    answer = await delete_file(ctx, "docs/a.txt")
    (tree / "a.txt").write_text("new")
    with pytest.raises(ChassisError, match="Something stands where this was") as refused:
        await restore_file(ctx, answer["trash_id"])
    assert refused.value.code == "conflict"
    assert (tree / "a.txt").read_text() == "new"
    (tree / "a.txt").unlink()
    await restore_file(ctx, answer["trash_id"])
    assert (tree / "a.txt").read_text() == "a"


async def test_the_trash_of_another_tenant_does_not_exist(tree: Path, files: Files) -> None:
    ctx = await files()
    trash_id = (await delete_file(ctx, "docs/a.txt"))["trash_id"]
    told = []
    for tenant, asked in (("other", trash_id), ("acme", trash_id[:-1] + "g"), ("acme", f"{'0' * 8}-1-{'0' * 16}")):
        with pytest.raises(ChassisError) as refused:
            await restore_file(Context(Principal("eve", "api-key", tenant=tenant), ctx.resources), asked)
        told.append((refused.value.code, refused.value.message))
    assert len(set(told)) == 1
    colleague = Context(Principal("bob", "api-key", tenant="acme"), ctx.resources)
    await restore_file(colleague, trash_id)


async def test_each_directory_has_its_trash(docs: Path, tmp_path: Path, files: Files) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a").write_text("a")
    ctx = await files(f"{docs}:rw", f"{other}:rw")
    answer = await delete_file(ctx, "other/a")
    assert (other / ".mcp-trash").exists()
    assert not (docs / ".mcp-trash").exists()
    assert (await restore_file(ctx, answer["trash_id"]))["path"] == "other/a"


async def test_a_directory_in_which_something_is_mounted_stays(tmp_path: Path, small_disk: Path, files: Files) -> None:
    (small_disk / "a").write_text("a")
    (tmp_path / "served").mkdir()
    ctx = await files(f"{tmp_path}:rw")
    (tmp_path / "served/disk").mkdir()
    subprocess.run([which("mount") or "", "--bind", small_disk, tmp_path / "served/disk"], check=True)
    try:
        for call in (delete_file(ctx, str(tmp_path / "served"), recursive=True),
                     move_file(ctx, str(tmp_path / "served"), str(tmp_path / "moved"))):  # fmt: skip
            with pytest.raises(ChassisError, match="mounted"):
                await call
        assert (tmp_path / "served/disk/a").read_text() == "a"
    finally:
        subprocess.run([which("umount") or "", "--lazy", tmp_path / "served/disk"], check=True)


async def test_what_is_mounted_beneath_stays_where_it_is(tmp_path: Path, small_disk: Path, files: Files) -> None:
    (small_disk / "a").write_text("a")
    ctx = await files(f"{tmp_path}:rw")
    with pytest.raises(ChassisError, match="another file system than the trash"):
        await delete_file(ctx, str(small_disk / "a"))
    assert (small_disk / "a").read_text() == "a"
    assert [path.name for path in (tmp_path / ".mcp-trash").iterdir()] == [".gitignore"]


async def test_the_trash_is_open_to_the_server_alone(tree: Path, files: Files) -> None:
    await delete_file(await files(), "docs/a.txt")
    assert stat.S_IMODE((tree / ".mcp-trash").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("path", "place"),
    [("docs/new", "new"), ("docs/a/b/c", "a/b/c"), ("docs/link_in/new", "below/new"), ("docs/x/", "x")],
)
async def test_a_directory_is_made_once(tree: Path, files: Files, path: str, place: str) -> None:
    (tree / "link_in").symlink_to("below")
    ctx = await files()
    assert await create_directory(ctx, path) == {"path": f"docs/{place}", "created": True}
    assert (tree / place).is_dir()
    assert await create_directory(ctx, path) == {"path": f"docs/{place}", "created": False}


async def test_a_directory_that_is_served_is_there(docs: Path, files: Files) -> None:
    assert await create_directory(await files(), "docs") == {"path": "docs", "created": False}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("docs/a.txt", "conflict"),
        ("docs/a.txt/new", "invalid_arguments"),
        ("docs/link_out/new", "denied"),
        ("docs/../new", "denied"),
        ("docs/.aws", "denied"),
        ("docs/.aws/new", "denied"),
        ("docs/new\nline", "invalid_arguments"),
        ("docs/.mcp-trash", "denied"),
    ],
)
async def test_where_no_directory_is_made(tree: Path, files: Files, path: str, code: str) -> None:
    before = names(tree)
    with pytest.raises(ChassisError) as refused:
        await create_directory(await files(), path)
    assert refused.value.code == code, refused.value.message
    assert names(tree) == before
