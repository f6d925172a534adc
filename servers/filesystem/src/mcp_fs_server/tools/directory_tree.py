"""`directory_tree`: the directories below one, as a tree."""

from __future__ import annotations

from itertools import accumulate
from typing import Annotated, Any, NotRequired

from mcp_chassis.call import Context
from mcp_chassis.rendering import WithContent
from pydantic import Field
from typing_extensions import TypedDict

from mcp_fs_server.ignoring import Excluded
from mcp_fs_server.listing import told
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.trees import DEEPEST, Tree, grow
from mcp_fs_server.workers import Work

__all__ = ["directory_tree"]


class DirectoryTree(TypedDict):
    """`tree` is a list of {name, type, children?, more?, note?}; a directory without children was not opened."""

    path: str
    tree: list[Any]
    directories: int
    files: int
    more: NotRequired[int]
    not_opened: NotRequired[int]
    ignored: NotRequired[int]


async def directory_tree(
    ctx: Context[Resources],
    path: str,
    excludePatterns: Annotated[  # noqa: N803
        list[str] | None, Field(description="as in .gitignore")
    ] = None,
    depth: Annotated[int, Field(ge=1, le=DEEPEST)] = 10,
) -> WithContent[DirectoryTree]:
    """See all below a directory as a tree, for an overview; what .gitignore says is left out and counted.

    Directories that do not fit are `not opened`: ask for them.
    """
    excluded = Excluded(excludePatterns)

    def work(token: Work) -> tuple[Place, Tree]:
        top = ctx.resources.roots.readable(ctx, path)
        return top, grow(ctx, top, excluded, depth, token)

    top, tree = await ctx.resources.workers.run(work, ctx)
    data: DirectoryTree = {
        "path": top.shown, "tree": _as_data(tree.nodes), "directories": tree.directories, "files": tree.files,
    }  # fmt: skip
    if tree.more:
        data["more"] = tree.more
    if tree.closed:
        data["not_opened"] = tree.closed
    if tree.left_out.ignored:
        data["ignored"] = tree.left_out.ignored
    return WithContent(data, [_text(top, tree, ctx.resources.settings.text_bytes)])


def _as_data(nodes: list[dict[str, Any]]) -> list[Any]:
    """The nodes with names that are text."""
    for node in nodes:
        node["name"] = told(node["name"])
        _as_data(node.get("children", []))
    return nodes


def _text(top: Place, tree: Tree, budget: int) -> str:
    lines = list(tree.lines())
    fitting = sum(size <= budget for size in accumulate(len(line.encode("utf-8", "replace")) + 1 for line in lines))
    sums = [f"{tree.directories:,} directories, {tree.files:,} files"]
    if fitting < len(lines):
        sums.append(f"{len(lines) - fitting:,} lines did not fit: ask for a directory, or for less depth")
    if tree.closed:
        sums.append(f"{tree.closed:,} directories not opened")
    return "\n".join([f"{top.shown}/", *lines[:fitting], f"({'; '.join([*sums, *tree.left_out.sentences()])})"])
