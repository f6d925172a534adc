"""Searching in files, by ripgrep and without it: the same answers, and nothing that may not be seen."""

from __future__ import annotations

import asyncio
import codecs
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import anyio
import psutil
import pytest
from mcp_chassis.call import Context
from mcp_chassis.errors import ChassisError, Denied, InvalidArguments, TooLarge, UpstreamUnavailable
from mcp_fs_server import grepping
from mcp_fs_server.hits import Question
from mcp_fs_server.resources import Resources
from mcp_fs_server.ripgrep import Ripgrep, find_ripgrep, searched
from mcp_fs_server.tools.search_file_contents import search_file_contents
from mcp_fs_server.workers import Work
from swapper import swapping

Files = Callable[..., Awaitable[Context[Resources]]]
pytestmark = pytest.mark.asyncio


@pytest.fixture(params=["ripgrep", "own"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each test is run with both ways to search."""
    if request.param == "own":
        monkeypatch.setattr(grepping, "find_ripgrep", lambda: None)
    elif find_ripgrep() is None:
        pytest.skip("there is no ripgrep here")
    name: str = request.param
    return name


def put(top: Path, **contents: str | bytes) -> None:
    for name, content in contents.items():
        path = top / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


async def lines(ctx: Context[Resources], pattern: str, path: str = ".", **more: Any) -> list[Any]:
    rows = (await search_file_contents(ctx, path, pattern, **more)).data["rows"]
    return [(row[0].removeprefix("docs/"), row[1], row[2]) for row in rows]


@pytest.mark.usefixtures("way")
class TestBothWays:
    async def test_lines_are_found_in_the_order_of_paths(self, docs: Path, files: Files) -> None:
        put(docs, b_txt="x\nfind me\n", a__z_txt="find me too", a_txt="find\nfind", **{"-rf": "find -rf\n"})
        answer = await search_file_contents(await files(), ".", "^find")
        assert answer.data["rows"] == [
            ["docs/-rf", 1, "find -rf", True],
            ["docs/a/z.txt", 1, "find me too", True],
            ["docs/a.txt", 1, "find", True],
            ["docs/a.txt", 2, "find", True],
            ["docs/b.txt", 2, "find me", True],
        ]
        assert answer.data["matches"] == 5
        assert answer.content[0].splitlines() == [
            "docs/-rf", "1:find -rf", "docs/a/z.txt", "1:find me too", "docs/a.txt", "1:find", "2:find",
            "docs/b.txt", "2:find me", "(5 matching lines)",
        ]  # fmt: skip

    async def test_a_pattern_is_an_expression_or_text(self, docs: Path, files: Files) -> None:
        put(docs, a="f(x)\nfx\nF(X)\nnaïve\nend\r\nlast")
        ctx = await files()
        for pattern, literal, found in (
            ("f(x)", True, [1]), ("f(x)", False, [2]), ("(?i)f\\(x\\)", False, [1, 3]), ("na.ve", False, [4]),
            ("d$", False, [5]), ("^last$", False, [6]), ("x|t$", False, [1, 2, 6]), ("nothing", False, []),
            ("\\Alast\\z", False, [6]), ("\\n", True, []), ("", False, None), ("(?i)NA\u00cfVE", False, [4]),
        ):  # fmt: skip
            if found is not None:
                assert [row[1] for row in await lines(ctx, pattern, literal=literal)] == found, pattern

    async def test_a_faulty_pattern_is_told_in_one_sentence(self, docs: Path, files: Files) -> None:
        put(docs, a="x")
        ctx = await files()
        for pattern in ("(", "[", "*", "a{2,1}", "(?P<x", "\\", "a\nb", "a\\nb", "a\0b", "x{1000}{1000}{1000}"):
            with pytest.raises(InvalidArguments) as refused:
                await search_file_contents(ctx, ".", pattern)
            assert "\n" not in refused.value.message
            assert "/" not in refused.value.message.replace("/s", "")

    @pytest.mark.parametrize("pattern", ["x{1000000}", "x{1,1001}", "(?:x{1000}){1000}", "(?:\\pL{1000}){1000}"])
    async def test_a_pattern_that_costs_too_much_is_refused(self, docs: Path, files: Files, pattern: str) -> None:
        put(docs, a="x" * 2_000 + pattern)
        ctx = await files()
        with pytest.raises(InvalidArguments, match="repe"):
            await lines(ctx, pattern)
        assert len(await lines(ctx, pattern, literal=True)) == 1
        assert await lines(ctx, r"[\w.+-]{1,64}@[\w-]{1,63}|\{2000\}") == []

    @pytest.mark.parametrize(
        "pattern", ["--pre=touch pwned", "--files", "-f/etc/passwd", "--", "-", "-e", "--help", "--follow", "-uuu"]
    )
    async def test_a_pattern_that_looks_like_an_option_is_text(self, docs: Path, files: Files, pattern: str) -> None:
        put(docs, a=f"x\n{pattern}\n", b="y")
        ctx = await files()
        assert await lines(ctx, pattern) == [("a", 2, pattern)] or pattern == "-"
        assert ("a", 2, pattern) in await lines(ctx, pattern, literal=True)
        assert await lines(ctx, "x", glob=pattern) == []
        assert sorted(os.listdir(docs)) == ["a", "b"]

    async def test_globs_say_which_files(self, docs: Path, files: Files) -> None:
        put(docs, a_py="x", a_txt="x", src__b_py="x", src__c_ts="x", src__deep__d_py="x", **{"we ird,{}.py": "x"})
        ctx = await files()

        async def where(glob: str) -> list[str]:
            return [row[0] for row in await lines(ctx, "x", glob=glob)]

        assert await where("*.py") == ["a.py", "src/b.py", "src/deep/d.py", "we ird,{}.py"]
        assert await where("*.{py,ts}") == ["a.py", "src/b.py", "src/c.ts", "src/deep/d.py", "we ird,{}.py"]
        assert await where("src/**/*.py") == ["src/b.py", "src/deep/d.py"]
        assert await where("src/*.py") == ["src/b.py"]
        assert await where("we *") == ["we ird,{}.py"]
        assert await where("**/deep/**") == ["src/deep/d.py"]
        assert await where("include:py") == []

    async def test_lines_round_a_match_are_told_apart(self, docs: Path, files: Files) -> None:
        put(docs, a="1\n2\nx3\n4\n5\n6\n7\nx8\nx9\n10\n")
        answer = await search_file_contents(await files(), ".", "x", context=1)
        assert [row[1:] for row in answer.data["rows"]] == [
            [2, "2", False], [3, "x3", True], [4, "4", False],
            [7, "7", False], [8, "x8", True], [9, "x9", True], [10, "10", False],
        ]  # fmt: skip
        assert answer.content[0].splitlines()[1:-1] == ["2-2", "3:x3", "4-4", "--", "7-7", "8:x8", "9:x9", "10-10"]

    async def test_encodings_with_a_mark_are_read(self, docs: Path, files: Files) -> None:
        text = "eins\r\nzwei ü\r\n\r\ndrei ü\r\n"
        put(docs, u16le=codecs.BOM_UTF16_LE + text.encode("utf-16-le"), u8=codecs.BOM_UTF8 + text.encode(),
            u16be=codecs.BOM_UTF16_BE + text.encode("utf-16-be"), bin=b"\xfc\0zwei \xc3\xbc\n")  # fmt: skip
        found = [
            (name, number, line) for name in ("u16be", "u16le", "u8") for number, line in ((2, "zwei ü"), (4, "drei ü"))
        ]
        assert await lines(await files(), "ü$") == found
        put(docs, latin="zwei caf\xe9 \xfc, und noch dazu eine gro\xdfe T\xfcr\n".encode("latin-1"))
        (row,) = await lines(await files(), "zwei", glob="latin")
        assert row[:2] == ("latin", 1)

    async def test_long_lines_are_shown_round_what_was_found(self, docs: Path, files: Files) -> None:
        put(docs, a="b" * 100_000 + "needle" + "c" * 100_000 + "\n", b="needle " * 200)
        (_, _, first), (_, _, second) = await lines(await files(), "needle")
        assert "bneedlec" in first
        assert first[0] == first[-1] == second[-1] == "\u2026"
        assert len(first) <= 502
        assert second.startswith("needle")

    async def test_what_is_ignored_denied_ours_or_no_text_is_not_searched(self, docs: Path, files: Files) -> None:
        put(docs, a_txt="needle", out__b_txt="needle", c_log="needle", sub__keep_log="needle", bin=b"needle\n\0")
        for name in (".env", ".ssh/config", ".git/x", ".mcp-trash/t/x", "id_rsa", "x.Pem"):
            (docs / name).parent.mkdir(exist_ok=True, parents=True)
            (docs / name).write_text("needle")
        (docs / ".gitignore").write_text("out/\n*.log\n")
        (docs / "sub" / ".gitignore").write_text("!keep.log\n")
        (docs / ".ignore").write_text("a.txt")  # of ripgrep's own making, and not of lists
        ctx = await files()
        assert [row[0] for row in await lines(ctx, "needle")] == ["a.txt", "sub/keep.log"]
        assert [row[0] for row in await lines(ctx, "needle", "sub")] == ["sub/keep.log"]
        assert [row[0] for row in await lines(ctx, "needle", "out")] == ["out/b.txt"]
        assert [row[0] for row in await lines(ctx, "needle", "c.log")] == ["c.log"]
        for denied in (".env", ".ssh", "id_rsa", ".mcp-trash"):
            with pytest.raises(Denied):
                await lines(ctx, "needle", denied)
        assert [row[0] for row in await lines(await files(deny_secrets=False), "needle", glob=".env")] == [".env"]

    async def test_what_a_directory_above_ignores_is_ignored(self, docs: Path, files: Files) -> None:
        put(docs, a__b__c_log="x", a__b__c_txt="x", a__keep__k_log="x")
        (docs / ".gitignore").write_text("*.log\n")
        (docs / "a/keep/.gitignore").write_text("!k.log\n")
        assert [row[0] for row in await lines(await files(), "x", "a")] == ["a/b/c.txt", "a/keep/k.log"]

    async def test_one_file_is_searched_however_it_is_called(self, docs: Path, files: Files) -> None:
        put(docs, a="one\ntwo\none", bin=b"\0\1\2one")
        for name in ("-", "--pre", "line\nbreak"):
            (docs / name).write_text("x\none\n")
        ctx = await files()
        assert await lines(ctx, "one", "a") == [("a", 1, "one"), ("a", 3, "one")]
        assert [row[1:] for row in await lines(ctx, "one", "docs/-")] == [(2, "one")]
        assert [row[1:] for row in await lines(ctx, "one", "--pre")] == [(2, "one")]
        assert await lines(ctx, "one", "line\nbreak") == [('"docs/line\\nbreak"', 2, "one")]
        assert ('"docs/line\\nbreak"', 2, "one") in await lines(ctx, "one")
        with pytest.raises(InvalidArguments):
            await lines(ctx, "one", "bin")
        os.mkfifo(docs / "fifo")
        with pytest.raises(InvalidArguments):
            await lines(ctx, "one", "fifo")

    async def test_links_are_not_followed(self, docs: Path, files: Files) -> None:
        put(docs, real__a="x")
        (docs.parent / "beside").mkdir()
        (docs.parent / "beside/secret").write_text("x")
        for name, target in (("out", "../beside"), ("file", "../beside/secret"), ("in", "real"), ("loop", ".")):
            (docs / name).symlink_to(target)
        assert [row[0] for row in await lines(await files(), "x")] == ["real/a"]

    async def test_pages_go_on_behind_the_last_match(self, docs: Path, files: Files) -> None:
        put(docs, **{f"f{number}": "x\ny\n" * 30 for number in range(5)})
        ctx = await files()
        for context in (0, 1):
            seen: list[tuple[str, int]] = []
            cursor, pages = None, 0
            while pages == 0 or cursor is not None:
                answer = await search_file_contents(ctx, ".", "x", context=context, max_matches=40, cursor=cursor)
                seen += [(row[0], row[1]) for row in answer.data["rows"] if row[3]]
                cursor, pages = answer.data.get("next_cursor"), pages + 1
                assert answer.data["matches"] <= 40
            assert seen == [(f"docs/f{number}", line) for number in range(5) for line in range(1, 60, 2)]
            assert pages == 4
        first = await search_file_contents(ctx, ".", "x", max_matches=1)
        with pytest.raises(InvalidArguments):
            await search_file_contents(ctx, ".", "y", cursor=first.data["next_cursor"])

    async def test_an_answer_is_cut_where_it_is_large_enough(self, docs: Path, files: Files) -> None:
        put(docs, a=("x" * 400 + "\n") * 2_000)
        answer = await search_file_contents(await files(text_bytes=10_000), ".", "x", max_matches=1_000)
        assert 20 < answer.data["matches"] < 40
        assert answer.data["next_cursor"] in answer.content[0]

    async def test_more_hits_than_are_sorted_come_in_order_too(self, docs: Path, files: Files) -> None:
        put(docs, **{f"d{number % 7}__f{number}": "x\n" * 100 for number in range(80)})
        found = await lines(await files(), "x", max_matches=1_000)
        assert found == sorted(found, key=lambda row: (row[0].split("/"), row[1]))
        assert len(found) == 1_000

    async def test_a_large_tree_is_searched(self, large_tree: Path, files: Files) -> None:
        answer = await search_file_contents(await files(str(large_tree)), ".", "needle$", glob="*.txt")
        assert answer.data["matches"] == 50

    async def test_large_files_are_searched_where_they_need_not_be_read_whole(
        self, docs: Path, files: Files, way: str
    ) -> None:
        put(docs, large="x\n" + "y\n" * 1_000, small="x\n")
        found = await lines(await files(max_file_size=1_000), "x")
        assert found == [("large", 1, "x"), ("small", 1, "x")][way == "own" :]

    async def test_nested_roots_keep_their_own_rules(self, docs: Path, files: Files, tmp_path: Path) -> None:
        put(docs, in__a_txt="x", in__b_bak="x", b_bak="x")
        (tmp_path / "config.yaml").write_text(f'roots: {{docs: {docs}, inner: {{path: {docs}/in, deny: ["*.bak"]}}}}')
        answer = await search_file_contents(await files(config=str(tmp_path / "config.yaml")), "docs", "x")
        assert [row[0] for row in answer.data["rows"]] == ["docs/b.bak", "inner/a.txt"]

    async def test_what_is_ignored_above_a_nested_root_does_not_depend_on_it(
        self, docs: Path, files: Files, tmp_path: Path
    ) -> None:
        put(docs, b__in__a_txt="x", b__in__a_log="x", c__a_txt="x", c__a_log="x")
        (docs / ".gitignore").write_text("*.log\n")
        (docs / "b/in/.gitignore").write_text("*.txt\n!*.log\n")
        (tmp_path / "config.yaml").write_text(f"roots: {{docs: {docs}, inner: {docs}/b/in}}")
        answer = await search_file_contents(await files(config=str(tmp_path / "config.yaml")), "docs", "x", glob="a.*")
        assert [row[0] for row in answer.data["rows"]] == ["inner/a.log", "docs/c/a.txt"]

    @pytest.mark.skipif(sys.platform != "linux", reason="swaps with renameat2")
    @pytest.mark.parametrize(
        "attempts", [40, pytest.param(5_000, marks=[pytest.mark.soak, pytest.mark.timeout(1_000)])]
    )
    @pytest.mark.parametrize("what", ["directory", "file"])
    async def test_nothing_outside_is_shown_while_names_become_links(
        self, docs: Path, files: Files, what: str, attempts: int
    ) -> None:
        put(docs, d__x="inside word\n", d__deep__x="inside word\n")
        put(docs.parent, outside__x="secret word\n", outside__deep__x="secret word\n")
        one, other = ("d", "link") if what == "directory" else ("d/x", "d/link")
        (docs / other).symlink_to(docs.parent / "outside" / ("x" if what == "file" else ""))
        ctx = await files()
        seen = 0
        with swapping(docs / one, docs / other, docs.parent / "swaps") as swaps:
            rounds = 0
            while rounds < attempts or swaps() < attempts or not seen:
                rounds += 1
                for path in (".", f"docs/{one}"):
                    with suppress(ChassisError):
                        found = await lines(ctx, "word", path)
                        seen += len(found)
                        assert not [row for row in found if "secret" in row[2]]


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


async def test_cancelling_ends_the_process_and_what_it_started(
    docs: Path, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "rg"
    program.write_text("#!/bin/sh\nsleep 1000 & sleep 1000\n")
    program.chmod(0o755)
    monkeypatch.setattr(grepping, "find_ripgrep", lambda: Ripgrep(str(program), "one that hangs"))
    before = children()
    searching = asyncio.create_task(search_file_contents(await files(), ".", "x"))
    while len(started := [child for child in children() if child not in before]) < 3:
        await anyio.sleep(0.02)
    searching.cancel()
    with suppress(asyncio.CancelledError):
        await searching
    while any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in started):
        await anyio.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process waits for")
@pytest.mark.parametrize("writer", [False, True])
async def test_what_became_a_pipe_does_not_keep_the_search_waiting(
    docs: Path, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: bool
) -> None:
    os.mkfifo(docs / "pipe")
    held = os.open(docs / "pipe", os.O_RDWR) if writer else None
    program = tmp_path / "rg"
    program.write_text("#!/bin/sh\nexec cat pipe\n")  # as ripgrep does where it takes a pipe for a file
    program.chmod(0o755)
    monkeypatch.setattr(grepping, "find_ripgrep", lambda: Ripgrep(str(program), "one that opens a pipe"))
    with pytest.raises(UpstreamUnavailable, match="became a pipe"):
        await lines(await files(), "x")
    if held is not None:
        os.close(held)


@pytest.mark.skipif(find_ripgrep() is None, reason="there is no ripgrep here")
async def test_no_process_and_no_descriptor_is_left_behind(docs: Path, files: Files) -> None:
    put(docs, a="x\n" * 20_000)
    ctx = await files()
    await search_file_contents(ctx, ".", "x", max_matches=3)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        await search_file_contents(ctx, ".", "x", max_matches=3)
        with suppress(InvalidArguments):
            await search_file_contents(ctx, ".", "(")
    assert not [child for child in children() if child.name() == "rg"]
    assert len(os.listdir("/proc/self/fd")) == before


async def test_an_expression_that_would_be_slow_elsewhere_is_quick(docs: Path, files: Files) -> None:
    put(docs, a="a" * 5_000)
    assert await lines(await files(), "(a*)*b") == []
    assert await lines(await files(), "(a|aa)+$", glob="b") == []


@pytest.mark.skipif(find_ripgrep() is None, reason="there is no ripgrep here")
async def test_a_small_pattern_does_not_take_all_memory(docs: Path, files: Files) -> None:
    put(docs, a="a" * 10_000_000, b="short\n")
    ctx = await files()
    with pytest.raises(TooLarge, match="more often in one line"):
        await lines(ctx, ".")
    assert await lines(ctx, ".", glob="b") == [("b", 1, "short")]
    with pytest.raises(InvalidArguments, match="too large an expression"):
        await lines(ctx, r"\w{1,1000}\w{1,1000}")


@pytest.mark.skipif(find_ripgrep() is None, reason="there is no ripgrep here")
async def test_progress_does_not_tell_what_is_found_in_files_that_may_not_be_read(docs: Path, files: Files) -> None:
    (docs / ".env").write_text("KEY=1\n" * 3)
    told: list[tuple[float | None, str | None]] = []

    class Observed(Work):
        def progress(self, done: float, total: float | None = None, message: str | None = None) -> None:
            told.append((total, message))

    program = find_ripgrep()
    assert program is not None
    top = os.open(docs, os.O_RDONLY)
    try:
        found = searched(program, Question("KEY", False, None, 0, 1), top, Observed(), file=False, ordered=False)
        assert len(list(found)) == 3
    finally:
        os.close(top)
    assert set(told) == {(None, "seconds searched")}


@pytest.mark.skipif(find_ripgrep() is None, reason="there is no ripgrep here")
async def test_a_line_end_in_a_pattern_is_told_as_such(docs: Path, files: Files) -> None:
    put(docs, a="x\r\n")
    for pattern in (r"x\r?$", r"\x0a"):
        with pytest.raises(InvalidArguments, match="one by one"):
            await lines(await files(), pattern)
