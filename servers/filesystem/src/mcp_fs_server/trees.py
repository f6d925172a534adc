"""A tree of directories, breadth first, so that what does not fit is missing at its depth and not at its end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mcp_chassis.call import Context
from mcp_chassis.confine import Kind, entries, shown
from mcp_chassis.errors import ChassisError

from mcp_fs_server.ignoring import Excluded, Ignored
from mcp_fs_server.own_names import is_own
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.walking import LeftOut, joined, note_of
from mcp_fs_server.workers import Work

__all__ = ["DEEPEST", "Tree", "grow"]

MOST_NODES = 2_000
DEEPEST = 50
Node = dict[str, Any]


@dataclass(slots=True)
class Tree:
    """Nodes `{name, type, children?, more?, note?}`: a directory without `children` was not opened.

    Args:
        nodes: what is in the top directory.
        more: how many entries of it did not fit.
        closed: directories that were not opened, since they are too deep or did not fit.
    """

    nodes: list[Node] = field(default_factory=list)
    more: int = 0
    directories: int = 0
    files: int = 0
    closed: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)

    @property
    def size(self) -> int:
        """How many nodes there are, about."""
        return self.files + self.directories

    def lines(self) -> Iterator[str]:
        """The tree for people; a tab, which no shown name has, stands before what is told of an entry."""
        yield from _lines(self.nodes, self.more, 0)


def _lines(nodes: list[Node], more: int, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for node in nodes:
        end = "/" if node["type"] == "directory" else ""
        note = node.get("note") or ("not opened" if end and "children" not in node else "")
        yield f"{indent}{shown(node['name'])}{end}" + (f"\t{note}" if note else "")
        yield from _lines(node.get("children", []), node.get("more", 0), depth + 1)
    if more:
        yield f"{indent}\t{more:,} more"


def grow(ctx: Context[Resources], top: Place, excluded: Excluded, depth: int, work: Work) -> Tree:
    """The tree below a directory.

    Args:
        depth: levels of it, at most `DEEPEST`.
    """
    grower = _Grower(ctx, top, excluded, work)
    tree = grower.tree
    tree.more = grower.fill(tree.nodes, "")
    level = grower.directories(tree.nodes, "")
    for _ in range(1, depth):
        below: list[tuple[Node, str]] = []
        for node, path in level:
            below += grower.open(node, path)
        level = below
    tree.closed += len(level)
    return tree


class _Grower:
    def __init__(self, ctx: Context[Resources], top: Place, excluded: Excluded, work: Work) -> None:
        self.tree = Tree()
        self._ctx, self._top, self._excluded, self._work = ctx, top, excluded, work
        self._ignored = Ignored(top)

    def open(self, node: Node, path: str) -> list[tuple[Node, str]]:
        """Give a node its children; the directories among them may be opened next."""
        if self.tree.size >= MOST_NODES:
            self.tree.closed += 1
            return []
        children: list[Node] = []
        try:
            if more := self.fill(children, path):
                node["more"] = more
        except ChassisError:
            self.tree.left_out.unread += 1
            return []
        node["children"] = children
        return self.directories(children, path)

    def directories(self, nodes: list[Node], path: str) -> list[tuple[Node, str]]:
        """Those of the nodes that may be opened, with their paths."""
        found = [(node, joined(path, node["name"])) for node in nodes if node["type"] == "directory"]
        sees = self._ctx.resources.roots.sees
        return [item for item in found if "note" not in item[0] and sees(self._ctx, self._top.under(item[1]))]

    def fill(self, nodes: list[Node], path: str) -> int:
        """Put the entries of a directory into a list; how many of them did not fit is given back."""
        here, names = self._top.under(path), sorted(self._names(path))
        self._work.progress(self.tree.size, None, "entries")
        room = max(MOST_NODES - self.tree.size, 1)
        for name, kind in names[:room]:
            self.tree.directories += kind == "directory"
            self.tree.files += kind != "directory"
            node: Node = {"name": name, "type": kind}
            if note := note_of(here, name, kind) or ("a link" if kind == "link" else None):
                node["note"] = note
            nodes.append(node)
        return max(len(names) - room, 0)

    def _names(self, path: str) -> Iterator[tuple[str, Kind]]:
        here = self._top.under(path)
        where = joined(self._top.relative, path)  # not below a nested root, as `here` may be
        directory = here.open_directory()
        try:
            if path:
                self._ignored.enter(where, directory)
            for name, kind in entries(directory):
                if is_own(name) or self._excluded(joined(path, name), directory=kind == "directory"):
                    continue
                if self._ignored(where, name, directory=kind == "directory"):
                    self.tree.left_out.ignored += name != ".git"
                    continue
                yield name, kind
        finally:
            os.close(directory)
