"""Lists and trees: what they show, in which order, page by page, and what they leave out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.errors import ChassisError, InvalidArguments
from mcp_fs_server.tools.directory_tree import directory_tree
from mcp_fs_server.tools.list_directory import list_directory


@pytest.fixture
def project(docs: Path) -> Path:
    """A directory with everything that a list may meet."""
    for path in ("src/app.py", "src/deep/down.py", "build/out.o", "node_modules/x/index.js", ".git/config", "b.log"):
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(path)
    (docs / "src/deep/keep.log").write_text("kept")
    (docs / "src/deep/.gitignore").write_text("!keep.log\n")
    (docs / ".gitignore").write_text("# made\nbuild/\nnode_modules/\n*.log\n[z-a]\n!\n")
    (docs / ".env").write_text("KEY=1")
    (docs / ".ssh").mkdir()
    (docs / ".ssh/id_rsa").write_text("secret")
    (docs / "link").symlink_to("src/app.py")
    (docs / "out").symlink_to("/etc")
    os.mkfifo(docs / "pipe")
    return docs


def names(result: Any) -> list[str]:
    return [row[0] for row in result.data["rows"]]


@pytest.mark.asyncio
async def test_a_list_shows_names_kinds_and_sizes(files: Any, project: Path) -> None:
    result = await list_directory(await files(), ".")
    rows = {row[0]: (row[1], row[2], row[4]) for row in result.data["rows"]}
    assert rows == {
        ".env": ("file", 5, "not readable"), ".git": ("directory", None, None), ".gitignore": ("file", 42, None),
        ".ssh": ("directory", None, "not readable"), "link": ("link", None, None), "out": ("link", None, None),
        "pipe": ("fifo", None, None), "src": ("directory", None, None),
    }  # fmt: skip
    assert (result.data["path"], result.data["total"], result.data["ignored"]) == ("docs", 8, 3)
    text = result.content[0].splitlines()
    assert text[0] == "[FILE] .env\t5 B, not readable"
    assert "[DIR] src" in text
    assert "[LINK] out" in text
    assert "[OTHER] pipe\ta fifo, which cannot be read" in text
    assert text[-1].startswith("(2 files (47 B); 3 directories; 3 ignored by .gitignore")
    assert "/etc" not in result.content[0]


@pytest.mark.asyncio
async def test_a_list_of_all_below_leaves_out_what_git_would(files: Any, project: Path) -> None:
    result = await list_directory(await files(), ".", recursive=True)
    assert names(result) == [
        ".env", ".gitignore", ".ssh", "link", "out", "pipe", "src",
        "src/app.py", "src/deep", "src/deep/.gitignore", "src/deep/down.py", "src/deep/keep.log",
    ]  # fmt: skip
    assert result.data["ignored"] == 3


@pytest.mark.asyncio
async def test_what_is_ignored_is_shown_to_who_names_it(files: Any, project: Path) -> None:
    assert names(await list_directory(await files(), "build")) == ["out.o"]
    assert names(await list_directory(await files(), "src/deep")) == [".gitignore", "down.py", "keep.log"]
    assert names(await list_directory(await files(), "node_modules", recursive=True)) == ["x", "x/index.js"]


@pytest.mark.parametrize("path", [".ssh", "out", "pipe", "nowhere", "src/app.py", "../docs", ".ssh/.."])
@pytest.mark.asyncio
async def test_what_cannot_be_listed_is_refused(files: Any, project: Path, path: str) -> None:
    if path == ".ssh/..":
        assert (await list_directory(await files(), path)).data["path"] == "docs"
        return
    for tool in (list_directory, directory_tree):
        with pytest.raises(ChassisError):
            await tool(await files(), path)


@pytest.mark.parametrize(
    ("recursive", "sort_by"), [(r, s) for r in (False, True) for s in ("name", "size", "modified")]
)
@pytest.mark.asyncio
async def test_pages_follow_one_another_in_order_whatever_changes(
    files: Any, docs: Path, monkeypatch: pytest.MonkeyPatch, recursive: bool, sort_by: Any
) -> None:
    monkeypatch.setattr("mcp_fs_server.tools.list_directory._MOST", 10)
    for number in range(60):
        path = docs / (f"{number % 3}/{number:02}" if recursive else f"{number:02}")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * (number % 7))
        os.utime(path, (number % 5, number % 5))
    for number in range(3) if recursive else ():
        os.utime(docs / str(number), (0, 0))
    ctx = await files()
    found: list[list[Any]] = []
    cursor, pages = None, 0
    while pages == 0 or cursor is not None:
        result = await list_directory(ctx, ".", recursive=recursive, sortBy=sort_by, cursor=cursor)
        found += result.data["rows"]
        cursor, pages = result.data.get("next_cursor"), pages + 1
        assert (cursor is None) == ("cursor=" not in result.content[0])
        if pages == 2:  # what was told already goes, and something comes at the front
            if (docs / found[3][0]).is_file():
                (docs / found[3][0]).unlink()
                os.utime((docs / found[3][0]).parent, (0, 0))
            (docs / "!new").write_bytes(b"y" * 100)
            os.utime(docs / "!new", (99, 99))
    told = [row[0] for row in found]
    assert len(told) == len(set(told)) == 60 + 3 * recursive
    keys = {"name": None, "size": [-(row[2] if row[2] is not None else -1) for row in found]}.get(sort_by)
    if keys is not None:
        assert keys == sorted(keys)
    if sort_by == "name" and not recursive:
        assert told == sorted(told)


@pytest.mark.asyncio
async def test_a_cursor_is_for_who_got_it_and_for_the_same_list(
    files: Any, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mcp_chassis.call import Context, Principal

    monkeypatch.setattr("mcp_fs_server.tools.list_directory._MOST", 2)
    for number in range(5):
        (docs / str(number)).touch()
    ctx = await files()
    cursor = (await list_directory(ctx, ".")).data["next_cursor"]
    for other, arguments in (
        (Context(Principal("eve", "api-key"), ctx.resources), {}),
        (ctx, {"recursive": True}),
        (ctx, {"sortBy": "size"}),
    ):
        with pytest.raises(InvalidArguments, match="cursor"):
            await list_directory(other, ".", cursor=cursor, **arguments)
    assert names(await list_directory(ctx, "docs", cursor=cursor)) == ["2", "3"]


@pytest.mark.asyncio
async def test_a_name_cannot_forge_a_line(files: Any, docs: Path) -> None:
    for name in ("a\n[FILE] forged", "b\t9 B", "c\u202egnp.exe", "d\x1b[31m", '"quoted"', os.fsdecode(b"e\xff")):
        (docs / name).touch()
    for result in (await list_directory(await files(), "."), await directory_tree(await files(), ".")):
        text = result.content[0]
        assert "[FILE] forged" not in [line.strip() for line in text.splitlines()]
        assert not {"\x1b", "\u202e"} & set(text)
        assert "b\t9 B" not in text
        text.encode()
        str(result.data).encode()


@pytest.mark.asyncio
async def test_a_hundred_thousand_entries_come_page_by_page(files: Any, docs: Path) -> None:
    directory = os.open(docs, os.O_RDONLY)
    for number in range(100_000):
        os.mknod(f"{number:06}", dir_fd=directory)
    os.close(directory)
    ctx = await files()
    result = await list_directory(ctx, ".")
    assert (len(result.data["rows"]), result.data["total"]) == (1_000, 100_000)
    following = await list_directory(ctx, ".", cursor=result.data["next_cursor"])
    assert (names(following)[0], len(following.data["rows"])) == ("001000", 1_000)
    tree = await directory_tree(ctx, ".")
    assert tree.data["more"] == 98_000
    assert len(tree.content[0]) < 70_000


@pytest.mark.asyncio
async def test_a_tree_shows_what_is_below(files: Any, project: Path) -> None:
    result = await directory_tree(await files(), ".")
    assert result.content[0].splitlines() == [
        "docs/", ".env\tnot readable", ".gitignore", ".ssh/\tnot readable", "link\ta link", "out\ta link", "pipe",
        "src/", "  app.py", "  deep/", "    .gitignore", "    down.py", "    keep.log",
        "(3 directories, 9 files; 3 ignored by .gitignore left out; name one to see it.)",
    ]  # fmt: skip
    (src,) = (node for node in result.data["tree"] if node["name"] == "src")
    assert [node["name"] for node in src["children"]] == ["app.py", "deep"]
    assert "id_rsa" not in str(result)


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["deep"], ["app.py"]),
        (["*.py"], ["deep", "deep/.gitignore", "deep/keep.log"]),
        (["*.py", "!down.py"], ["deep", "deep/.gitignore", "deep/down.py", "deep/keep.log"]),
        (["deep/**/*.log", "/app.py"], ["deep", "deep/.gitignore", "deep/down.py"]),
        ([], ["app.py", "deep", "deep/.gitignore", "deep/down.py", "deep/keep.log"]),
    ],
)
@pytest.mark.asyncio
async def test_a_tree_leaves_out_what_the_caller_says(
    files: Any, project: Path, patterns: list[str], left: list[str]
) -> None:
    def paths(nodes: list[Any], above: str = "") -> list[str]:
        return [
            path
            for node in nodes
            for path in (above + node["name"], *paths(node.get("children", []), f"{above}{node['name']}/"))
        ]

    result = await directory_tree(await files(), "src", excludePatterns=patterns)
    assert paths(result.data["tree"]) == left


@pytest.mark.asyncio
async def test_a_pattern_that_is_none_is_refused(files: Any, project: Path) -> None:
    with pytest.raises(InvalidArguments, match="excludePatterns"):
        await directory_tree(await files(), ".", excludePatterns=["[z-a]"])


@pytest.mark.asyncio
async def test_a_tree_ends_at_its_depth_and_says_so(files: Any, project: Path) -> None:
    result = await directory_tree(await files(), ".", depth=1)
    assert "src/\tnot opened" in result.content[0].splitlines()
    assert result.data["not_opened"] == 1


@pytest.mark.asyncio
async def test_a_wide_tree_keeps_what_is_near(files: Any, docs: Path) -> None:
    for number in range(60):
        (docs / f"{number:02}").mkdir()
        for inner in range(60):
            (docs / f"{number:02}/{inner}").touch()
    result = await directory_tree(await files(), ".")
    assert len(result.data["tree"]) == 60
    assert result.data["not_opened"] + sum("children" in node for node in result.data["tree"]) == 60
    assert result.data["not_opened"] > 10


@pytest.mark.asyncio
async def test_a_nested_root_has_its_own_rules_in_a_list_of_the_outer_one(files: Any, project: Path) -> None:
    (project.parent / "config.yaml").write_text(
        f"roots: {{outer: {project}, inner: {{path: {project}/src, deny: ['*.py']}}}}"
    )
    result = await list_directory(await files(config=str(project.parent / "config.yaml")), "outer", recursive=True)
    notes = {row[0]: row[4] for row in result.data["rows"]}
    assert notes["src/app.py"] == "not readable"
    assert notes["src/deep/keep.log"] is None


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
@pytest.mark.asyncio
async def test_a_gitignore_with_what_cannot_be_read_hides_nothing_else(docs: Path, files: Any) -> None:
    (docs / ".gitignore").write_text("[[:alpha:]]\nb\n")
    (docs / "a").write_text("")
    (docs / "b").write_text("")
    assert [row[0] for row in (await list_directory(await files(), ".")).data["rows"]] == [".gitignore", "a"]
    with pytest.raises(InvalidArguments, match="no pattern"):
        await directory_tree(await files(), ".", excludePatterns=["[[:alpha:]]"])
