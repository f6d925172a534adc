"""Finding files by name: what is found, in which order and pages, and what is left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.call import Context, Principal
from mcp_chassis.errors import Cancelled, ChassisError, InvalidArguments
from mcp_fs_server.finding import Search, find_page
from mcp_fs_server.globs import Glob
from mcp_fs_server.ignoring import Excluded
from mcp_fs_server.resources import Resources
from mcp_fs_server.tools.search_files import search_files
from swapper import swapping

Files = Callable[..., Awaitable[Context[Resources]]]


def make(top: Path, *paths: str) -> None:
    for path in paths:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(path)


async def found(ctx: Context[Resources], pattern: str, path: str = ".", **more: Any) -> list[str]:
    return [row[0] for row in (await search_files(ctx, path, pattern, **more)).data["rows"]]


@pytest.mark.asyncio
async def test_names_are_found_at_any_depth_and_paths_from_where_it_begins(docs: Path, files: Files) -> None:
    make(docs, "a.py", "src/b.py", "src/deep/c.py", "src/deep/c.txt", "tests/src/d.py", ".hidden/e.py")
    ctx = await files()
    assert await found(ctx, "*.py") == ["a.py", ".hidden/e.py", "src/b.py", "src/deep/c.py", "tests/src/d.py"]
    assert await found(ctx, "src/**/*.py") == ["src/b.py", "src/deep/c.py"]
    assert await found(ctx, "*.py", "src") == ["b.py", "deep/c.py"]
    assert await found(ctx, "deep") == ["src/deep"]
    assert await found(ctx, "d*/") == ["src/deep"]
    assert await found(ctx, "*.py", excludePatterns=["tests/", ".*"]) == ["a.py", "src/b.py", "src/deep/c.py"]


@pytest.mark.asyncio
async def test_text_and_rows_say_the_same(docs: Path, files: Files) -> None:
    make(docs, "a", "b/a", ".env", "line\nbreak")
    (docs / "a-dir").mkdir()
    (docs / "a-link").symlink_to("a")
    answer = await search_files(await files(), ".", "*")
    assert answer.data["columns"] == ["path", "kind", "note"]
    assert answer.data["rows"] == [
        [".env", "file", "not readable"],
        ["a", "file", None],
        ["a-dir", "directory", None],
        ["a-link", "other", None],
        ["b", "directory", None],
        ["line\nbreak", "file", None],
        ["b/a", "file", None],
    ]
    assert answer.content[0].splitlines() == [
        "docs/.env\tnot readable", "docs/a", "docs/a-dir/", "docs/a-link", "docs/b/", '"docs/line\\nbreak"', "docs/b/a",
        "(7 found)",
    ]  # fmt: skip


@pytest.mark.asyncio
async def test_what_is_ignored_is_counted_and_what_is_ours_is_not_there(docs: Path, files: Files) -> None:
    make(docs, "a.txt", "out/b.txt", "x.log.txt", ".mcp-trash/t/c.txt", ".git/d.txt", ".mcp-tmp-0123456789abcdef")
    (docs / ".gitignore").write_text("out/\n*.log.*\n")
    ctx = await files()
    answer = await search_files(ctx, ".", "*.txt")
    assert [row[0] for row in answer.data["rows"]] == ["a.txt"]
    assert answer.data["ignored"] == 1
    assert await found(ctx, "*.txt", "out") == ["b.txt"]
    assert await found(ctx, ".mcp*") == []


@pytest.mark.asyncio
async def test_links_are_not_followed_and_denied_directories_not_entered(docs: Path, files: Files) -> None:
    make(docs, "real/a.txt", ".ssh/a.txt")
    make(docs.parent, "beside/a.txt")
    (docs / "in").symlink_to("real")
    (docs / "out").symlink_to("../beside")
    (docs / "loop").symlink_to(".")
    assert await found(await files(), "a.txt") == ["real/a.txt"]


@pytest.mark.asyncio
async def test_nested_roots_keep_their_own_rules(docs: Path, files: Files, tmp_path: Path) -> None:
    make(docs, "in/a.txt", "in/b.bak")
    (tmp_path / "config.yaml").write_text(f'roots: {{docs: {docs}, inner: {{path: {docs}/in, deny: ["*.bak"]}}}}')
    answer = await search_files(await files(config=str(tmp_path / "config.yaml")), "docs", "*.*")
    assert answer.data["rows"] == [["in/a.txt", "file", None], ["in/b.bak", "file", "not readable"]]
    assert answer.content[0].splitlines()[:2] == ["inner/a.txt", "inner/b.bak\tnot readable"]


@pytest.mark.asyncio
async def test_pages_go_on_behind_the_last_and_belong_to_who_asked(docs: Path, files: Files) -> None:
    names = [f"{letter}/{number:03}.txt" for letter in "abc" for number in range(700)]
    make(docs, *names)
    ctx = await files()
    first = await search_files(ctx, ".", "*.txt")
    make(docs, "a/0000.txt")  # comes before, and is not looked for again
    (docs / "b" / "299.txt").unlink()
    second = await search_files(ctx, ".", "*.txt", cursor=first.data["next_cursor"])
    third = await search_files(ctx, ".", "*.txt", cursor=second.data["next_cursor"])
    seen = [row[0] for page in (first, second, third) for row in page.data["rows"]]
    assert seen == names
    assert "next_cursor" not in third.data
    assert first.data["next_cursor"] in first.content[0]
    with pytest.raises(InvalidArguments):
        await search_files(ctx, ".", "*", cursor=first.data["next_cursor"])
    other = Context(Principal("bob", "api-key", tenant="acme"), ctx.resources)
    with pytest.raises(ChassisError):
        await search_files(other, ".", "*.txt", cursor=first.data["next_cursor"])


@pytest.mark.asyncio
async def test_a_large_tree_is_searched_to_its_end(large_tree: Path, files: Files) -> None:
    ctx = await files(str(large_tree))
    seen: list[str] = []
    cursor = None
    while True:
        page = await search_files(ctx, ".", "*.py", cursor=cursor)
        seen += [row[0] for row in page.data["rows"]]
        cursor = page.data.get("next_cursor")
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 10_000
    assert await found(ctx, "d*/**/f7.txt", cursor=None) != []
    assert await found(ctx, "nothing*") == []


class Stopped:
    """Work that is cancelled after some looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled

    def progress(self, *_: object) -> None:
        self.check()


@pytest.mark.asyncio
async def test_a_search_that_nobody_waits_for_ends(large_tree: Path, files: Files) -> None:
    ctx = await files(str(large_tree))
    top = ctx.resources.roots.readable(ctx, str(large_tree))
    before = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
    with pytest.raises(Cancelled):
        find_page(ctx, Search(top, Glob("nothing"), Excluded(None)), None, 10, Stopped(50))
    if before:
        assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.skipif(sys.platform != "linux", reason="swaps with renameat2")
@pytest.mark.asyncio
async def test_nothing_outside_is_found_while_directories_become_links(docs: Path, files: Files) -> None:
    make(docs, "d/inside.txt", "d/deep/inside.txt")
    make(docs.parent, "outside/secret.txt", "outside/deep/secret.txt")
    (docs / "link").symlink_to("../outside")
    ctx = await files()
    with swapping(docs / "d", docs / "link", docs.parent / "swaps") as swaps:
        rounds = 0
        while rounds < 50 or swaps() < 50:
            assert not [path for path in await found(ctx, "*.txt") if "secret" in path]
            rounds += 1
