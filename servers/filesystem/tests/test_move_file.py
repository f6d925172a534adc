from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from mcp_chassis.call import Context
from mcp_chassis.errors import ChassisError
from mcp_fs_server.reading import etag_of
from mcp_fs_server.resources import Resources
from mcp_fs_server.tools.move_file import move_file
from mcp_fs_server.tools.write_file import write_file

Files = Callable[..., Awaitable[Context[Resources]]]
pytestmark = pytest.mark.asyncio


@pytest.fixture
def tree(docs: Path) -> Path:
    (docs / "a.txt").write_text("a")
    (docs / "b.txt").write_text("b")
    (docs / "below" / "deeper").mkdir(parents=True)
    (docs / "below" / "c.txt").write_text("c")
    (docs / "link").symlink_to("a.txt")
    (docs / "link_out").symlink_to("../outside.txt")
    (docs / "link_dir").symlink_to("below")
    os.mkfifo(docs / "fifo")
    (docs / "project").mkdir()
    (docs / "project" / ".env").write_text("SECRET")
    (docs / ".ssh").mkdir()
    (docs / ".ssh" / "config").write_text("SECRET")
    return docs


def names(top: Path) -> list[str]:
    return sorted(str(path.relative_to(top)) for path in top.rglob("*"))


@pytest.mark.parametrize(
    ("source", "destination", "gone", "there"),
    [
        ("docs/a.txt", "docs/new.txt", "a.txt", "new.txt"),
        ("docs/a.txt", "docs/below/a.txt", "a.txt", "below/a.txt"),
        ("docs/a.txt", "docs/link_dir/new.txt", "a.txt", "below/new.txt"),
        ("docs/link_dir/c.txt", "docs/c.txt", "below/c.txt", "c.txt"),
        ("docs/link", "docs/below/link", "link", "below/link"),  # the link itself
        ("docs/link_out", "docs/renamed", "link_out", "renamed"),
        ("docs/fifo", "docs/pipe", "fifo", "pipe"),
        ("docs/a.txt", "docs/A.TXT", "a.txt", "A.TXT"),
    ],
)
async def test_an_entry_gets_another_place(
    tree: Path, files: Files, source: str, destination: str, gone: str, there: str
) -> None:
    before = names(tree)
    answer = await move_file(await files(), source, destination)
    assert names(tree) == sorted([*(name for name in before if name != gone), there])
    assert answer == {"source": f"docs/{gone}", "destination": f"docs/{there}", "how": "renamed"}


async def test_a_directory_moves_with_all_that_is_in_it(tree: Path, files: Files) -> None:
    ctx = await files()
    await move_file(ctx, "docs/below", "docs/moved")
    assert (tree / "moved" / "c.txt").read_text() == "c"
    assert not (tree / "below").exists()
    assert ctx.facts["files"] == 1


async def test_the_hash_of_a_moved_file_is_noted(tree: Path, files: Files) -> None:
    ctx = await files()
    await move_file(ctx, "docs/a.txt", "docs/new.txt")
    assert ctx.facts["sha256_before"] == ctx.facts["sha256_after"] == etag_of(b"a")
    assert (ctx.facts["source"], ctx.facts["destination"]) == ("docs/a.txt", "docs/new.txt")


@pytest.mark.parametrize(
    ("source", "destination", "code"),
    [
        ("docs/a.txt", "docs/b.txt", "conflict"),
        ("docs/a.txt", "docs/below", "conflict"),  # a directory is no destination to move into
        ("docs/a.txt", "docs/link", "conflict"),
        ("docs/a.txt", "docs/link_out", "conflict"),
        ("docs/below", "docs/below/deeper/below", "invalid_arguments"),
        ("docs/below", "docs/below", "invalid_arguments"),
        ("docs/a.txt", "docs/a.txt", "invalid_arguments"),
        ("docs/missing", "docs/new", "not_found"),
        ("docs/a.txt", "docs/missing/new", "not_found"),
        ("docs/a.txt", "../new", "denied"),
        ("docs/a.txt", "/tmp/mcp-never", "denied"),
        ("../outside.txt", "docs/new", "denied"),
        ("docs", "docs/new", "invalid_arguments"),
        ("docs/a.txt", "docs/.env", "denied"),
        ("docs/project/.env", "docs/readable.txt", "denied"),
        ("docs/.ssh", "docs/new", "denied"),
        ("docs/below", "docs/.aws", "denied"),
        ("docs/project", "docs/new", "denied"),  # a secret in it would get another place
        ("docs/a.txt", "docs/new\nline", "invalid_arguments"),
        ("docs/a.txt", "docs/.mcp-trash/a", "denied"),
    ],
)
async def test_nothing_is_moved_where_it_must_not(
    tree: Path, files: Files, source: str, destination: str, code: str
) -> None:
    before = names(tree)
    with pytest.raises(ChassisError) as refused:
        await move_file(await files(), source, destination)
    assert refused.value.code == code, refused.value.message
    assert names(tree) == before
    assert ((tree / "a.txt").read_text(), (tree / "b.txt").read_text()) == ("a", "b")


async def test_what_a_glob_of_paths_denies_cannot_be_moved_out_from_under_it(tree: Path, files: Files) -> None:
    ctx = await files(deny="private/*,below/vault/**")
    (tree / "private").mkdir()
    (tree / "private" / "a").write_text("kept")
    (tree / "below" / "vault").mkdir()
    (tree / "below" / "vault" / "b").write_text("kept")
    (tree / "open").mkdir()
    (tree / "open" / "c").write_text("c")
    for source, destination in [
        ("private", "public"),
        ("below", "public"),
        ("below/vault", "public"),
        ("open", "private/x"),
    ]:
        with pytest.raises(ChassisError, match="rule of this server"):
            await move_file(ctx, f"docs/{source}", f"docs/{destination}")
    assert not (tree / "public").exists()


async def test_between_two_directories_both_must_be_writable(docs: Path, tmp_path: Path, files: Files) -> None:
    other, kept = tmp_path / "other", tmp_path / "kept"
    for directory in (other, kept):
        directory.mkdir()
    (docs / "a").write_text("a")
    (kept / "k").write_text("k")
    ctx = await files(f"{docs}:rw", f"{other}:rw", f"{kept}:ro")
    assert (await move_file(ctx, "docs/a", "other/b"))["destination"] == "other/b"
    assert (other / "b").read_text() == "a"
    for source, destination in (("other/b", "kept/b"), ("kept/k", "other/k")):
        with pytest.raises(ChassisError, match="for reading only"):
            await move_file(ctx, source, destination)


async def test_a_directory_in_which_another_served_one_lies_is_not_moved(tree: Path, files: Files) -> None:
    ctx = await files(f"{tree}:rw", f"{tree / 'below' / 'deeper'}:ro")
    with pytest.raises(ChassisError, match="Another directory that is served lies in this one"):
        await move_file(ctx, "docs/below", "docs/moved")
    assert (tree / "below").exists()


async def test_the_quota_of_the_directory_that_a_file_comes_to_holds(docs: Path, tmp_path: Path, files: Files) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (docs / "a").write_bytes(b"x" * 101)
    config = tmp_path / "config.yaml"
    config.write_text(f"roots: {{docs: '{docs}:rw', other: {{path: {other}, mode: rw, quota: 100}}}}\n")
    ctx = await files(config=str(config))
    with pytest.raises(ChassisError, match="quota"):
        await move_file(ctx, "docs/a", "other/a")
    assert (docs / "a").exists()


async def test_what_lies_in_a_nested_directory_counts_for_the_quota_above(
    docs: Path, tmp_path: Path, files: Files
) -> None:
    (docs / "nested").mkdir()
    (docs / "a").write_bytes(b"x" * 90)
    config = tmp_path / "config.yaml"
    config.write_text(f"roots: {{docs: {{path: {docs}, mode: rw, quota: 100}}, nested: '{docs}/nested:rw'}}\n")
    ctx = await files(config=str(config))
    for path in ("docs/nested/b", "nested/b", "docs/b"):
        with pytest.raises(ChassisError, match="quota"):
            await write_file(ctx, path, "x" * 11)
    await move_file(ctx, "docs/a", "nested/a")  # needs no room above, and makes none
    with pytest.raises(ChassisError, match="quota"):
        await write_file(ctx, "docs/b", "x" * 11)
    await write_file(ctx, "nested/b", "x" * 10)


async def test_directories_above_are_made_where_that_is_set(tree: Path, files: Files) -> None:
    await move_file(await files(make_parents=True), "docs/a.txt", "docs/new/path/a.txt")
    assert (tree / "new" / "path" / "a.txt").read_text() == "a"


async def test_between_file_systems_a_file_is_copied_and_a_directory_stays(
    docs: Path, files: Files, small_disk: Path
) -> None:
    (docs / "a").write_bytes(b"x" * 1000)
    (docs / "a").chmod(0o640)
    os.utime(docs / "a", (1_000_000_000, 1_000_000_000))
    (docs / "below").mkdir()
    (docs / "large").write_bytes(b"x" * 4_000_000)
    ctx = await files(f"{docs}:rw", f"{small_disk}:rw")
    assert (await move_file(ctx, "docs/a", f"{small_disk}/a"))["how"] == "copied"
    assert not (docs / "a").exists()
    assert (small_disk / "a").read_bytes() == b"x" * 1000
    assert (small_disk / "a").stat().st_mode & 0o777 == 0o640
    assert (small_disk / "a").stat().st_mtime == 1_000_000_000
    with pytest.raises(ChassisError, match="only files can be moved"):
        await move_file(ctx, "docs/below", f"{small_disk}/below")
    with pytest.raises(ChassisError, match="no space"):
        await move_file(ctx, "docs/large", f"{small_disk}/large")
    assert (docs / "large").stat().st_size == 4_000_000
    assert os.listdir(small_disk) == ["a"]
