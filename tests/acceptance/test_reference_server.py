"""What docs/filesystem-compatibility.md calls the same: the reference filesystem server and ours, asked alike.

Each call finds the same files anew. Where the servers say the same in other words, the facts are compared.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "filesystem-compatibility.md").read_text()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(24)


@dataclass(frozen=True)
class Answer:
    """What a server said to one call, and what its files are then."""

    error: bool
    texts: list[str]
    blocks: list[tuple[str, str, str]]
    data: dict[str, Any]
    files: dict[str, bytes | None]
    top: str

    @property
    def text(self) -> str:
        """What it begins with."""
        return self.texts[0]


Facts = Callable[[Answer], Any]


@dataclass(frozen=True)
class Row:
    """A call; `{top}` is the folder of its files, the `{number}`th in what is served.

    Whether it is refused and the files afterwards are compared, and of an answer these facts.
    """

    tool: str
    arguments: dict[str, Any]
    facts: Facts = field(default=lambda _: None)
    error: bool = False


def the_text(answer: Answer) -> str:
    return answer.text


def lines(answer: Answer) -> list[str]:
    """Whether the last line of a part has its line break is a difference that the table tells."""
    return answer.text.splitlines()


def blocks(answer: Answer) -> list[tuple[str, str, str]]:
    return answer.blocks


def which(text: str) -> Facts:
    """Whether a text stands in the answer."""
    return lambda answer: text in "\n".join(answer.texts)


def listed(answer: Answer) -> set[str]:
    """`[FILE] name` and `[DIR] name`; ours tells more behind a tab, and sums up in brackets."""
    return {line.partition("\t")[0] for line in answer.text.splitlines() if line.startswith("[")}


def tree(answer: Answer) -> Any:
    """Names, types and children; ours is structured, the reference's is JSON in a text."""

    def plain(nodes: list[dict[str, Any]]) -> list[Any]:
        return sorted([node["name"], node["type"], plain(node.get("children", []))] for node in nodes)

    return plain(answer.data["tree"] if "tree" in answer.data else json.loads(answer.text))


def found(answer: Answer) -> set[str]:
    """Paths below the top; ours are rows, the reference's are absolute."""
    if "rows" in answer.data:
        return {row[0] for row in answer.data["rows"]}
    return {os.path.relpath(line, answer.top) for line in answer.text.splitlines() if line.startswith("/")}


def changed_lines(answer: Answer) -> list[str]:
    """The lines that a diff takes away and adds."""
    return [line for line in "\n".join(answer.texts).splitlines() if re.match(r"[-+](?![-+])", line)]


def size(answer: Answer) -> int:
    return int(answer.data["size"]) if "size" in answer.data else int(re.findall(r"size: (\d+)", answer.text)[0])


def served(answer: Answer) -> bool:
    """Whether the directory is told."""
    return os.path.dirname(answer.top) in str(answer.texts)


def at(name: str, **more: Any) -> dict[str, Any]:
    return {"path": f"{{top}}/{name}", **more}


EDIT = [{"oldText": "two\n", "newText": "2\n"}, {"oldText": "three", "newText": "3"}]
SAME = {
    "the whole of a UTF-8 file": Row("read_text_file", at("a.txt"), the_text),
    "letters of every script, and names with spaces": Row("read_text_file", at("dir/naïve 名.txt"), the_text),
    "`head`: the first lines": Row("read_text_file", at("a.txt", head=2), lines),
    "`tail`: the last lines, where the file does not end in a line break": Row(
        "read_text_file", at("open.txt", tail=2), lines
    ),
    "`head` and `tail` together are refused": Row("read_text_file", at("a.txt", head=1, tail=1), error=True),
    "a file that is not there": Row("read_text_file", at("missing"), error=True),
    "a directory is no text": Row("read_text_file", at("dir"), error=True),
    "a link to the inside is followed": Row("read_text_file", at("inner"), the_text),
    "a link to the outside is refused": Row("read_text_file", at("outer"), error=True),
    "`..` to the outside is refused": Row("read_text_file", at("../../outside.txt"), error=True),
    "a path of elsewhere is refused": Row("read_text_file", {"path": "/etc/hostname"}, error=True),
    "a path relative to the directory": Row("read_text_file", {"path": "{number}/dir/b.py"}, the_text),
    "`head` and `tail` missing: as `read_text_file`": Row("read_file", at("a.txt"), the_text),
    "an image": Row("read_media_file", at("pixel.png"), blocks),
    "a sound": Row("read_media_file", at("beep.wav"), blocks),
    "one that cannot be read leaves the others": Row(
        "read_multiple_files", {"paths": ["{top}/a.txt", "{top}/missing"]}, which("one\ntwo\nthree\n")
    ),
    "an empty list is refused": Row("read_multiple_files", {"paths": []}, error=True),
    "a new file": Row("write_file", at("new.txt", content="new\n")),
    "an empty file": Row("write_file", at("empty.txt", content="")),
    "to a directory that is not there": Row("write_file", at("no/new.txt", content=""), error=True),
    "to the outside": Row("write_file", at("../../new.txt", content=""), error=True),
    "several edits, one after the other, and a diff": Row("edit_file", at("a.txt", edits=EDIT), changed_lines),
    "`dryRun`: the diff, and nothing is changed": Row("edit_file", at("a.txt", edits=EDIT, dryRun=True), changed_lines),
    "text that is not there changes nothing, whatever the other edits": Row(
        "edit_file", at("a.txt", edits=[EDIT[0], {"oldText": "four", "newText": ""}]), error=True
    ),
    "with those above it": Row("create_directory", at("x/y/z")),
    "one that is there": Row("create_directory", at("dir")),
    "where a file is": Row("create_directory", at("a.txt"), error=True),
    "`[FILE]` and `[DIR]` and names": Row("list_directory", at("dir"), listed),
    "an empty directory": Row("list_directory", at("void"), listed),
    "names, types and children": Row("directory_tree", at("dir"), tree),
    "`excludePatterns`: a name at any depth": Row("directory_tree", at("dir", excludePatterns=["deep"]), tree),
    "to a new name": Row("move_file", {"source": "{top}/a.txt", "destination": "{top}/dir/c.txt"}),
    "a directory": Row("move_file", {"source": "{top}/dir", "destination": "{top}/void/dir"}),
    "never over what is there": Row(
        "move_file", {"source": "{top}/a.txt", "destination": "{top}/open.txt"}, error=True
    ),
    "`**/*.py`: at any depth": Row("search_files", at("", pattern="**/*.py"), found),
    "`dir/*.py`: in one directory": Row("search_files", at("", pattern="dir/*.py"), found),
    "`excludePatterns`: globs of paths": Row(
        "search_files", at("", pattern="**/*.py", excludePatterns=["**/deep/**"]), found
    ),
    "nothing found is no error": Row("search_files", at("", pattern="**/*.none"), found),
    "the size of a file": Row("get_file_info", at("a.txt"), size),
    "what is not there": Row("get_file_info", at("missing"), error=True),
    "the path of the directory": Row("list_allowed_directories", {}, served),
}


def fill(top: Path) -> None:
    """The files that each call finds anew."""
    for name in ("dir/deep", "void"):
        (top / name).mkdir(parents=True)
    (top / "a.txt").write_text("one\ntwo\nthree\n")
    (top / "open.txt").write_text("one\ntwo\nthree")
    (top / "dir/naïve 名.txt").write_text("Füße, 猫, 🐈\n", encoding="utf-8")
    (top / "dir/b.py").write_text("b = 1\n")
    (top / "dir/deep/c.py").write_text("c = 1\n")
    (top / "pixel.png").write_bytes(PNG)
    (top / "beep.wav").write_bytes(WAV)
    (top / "inner").symlink_to("dir/b.py")
    (top / "outer").symlink_to("../../outside.txt")


def files_of(top: Path) -> dict[str, bytes | None]:
    """Everything below a directory; None for directories. What ours keeps for itself is not among it."""
    below = [path for path in top.rglob("*") if not path.is_symlink()]
    return {str(path.relative_to(top)): path.read_bytes() if path.is_file() else None for path in below}


def parameters(kind: str, served: Path, modules: Path) -> StdioServerParameters:
    """How one of the two is started."""
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(served.parent)}
    if kind == "ours":
        return StdioServerParameters(command="mcp-fs-server", args=[f"{served}:rw"], env=environment)
    script = str(modules / "@modelcontextprotocol/server-filesystem/dist/index.js")
    return StdioServerParameters(command="node", args=[script, str(served)], env=environment)


async def ask_all(kind: str, served: Path, modules: Path) -> dict[str, Answer]:
    """The answers of one server to all calls, each about files of its own."""
    (served.parent / "outside.txt").write_text("outside")
    answers = {}
    async with Client(parameters(kind, served, modules), mode="legacy", read_timeout_seconds=30) as client:
        for number, (name, row) in enumerate(SAME.items()):
            top = served / str(number)
            fill(top)
            arguments = json.dumps(row.arguments).replace("{top}", str(top)).replace("{number}", str(number))
            result = await client.call_tool(row.tool, json.loads(arguments))
            answers[name] = Answer(
                error=bool(result.is_error),
                texts=[block.text for block in result.content if block.type == "text"],
                blocks=[
                    (block.type, block.mime_type, block.data)
                    for block in result.content
                    if block.type in ("image", "audio")
                ],
                data=result.structured_content or {},
                files=files_of(top),
                top=str(top),
            )
    return answers


@pytest.fixture(scope="module")
def answers(npm: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Answer]]:
    """By server and name of the row."""
    base = tmp_path_factory.mktemp("reference")
    found = {}
    for kind in ("reference", "ours"):
        served = base / kind / "served"
        served.mkdir(parents=True)
        found[kind] = asyncio.run(ask_all(kind, served, npm.modules))
    return found


@pytest.mark.parametrize("name", SAME)
def test_the_answer_is_the_same(name: str, answers: dict[str, dict[str, Answer]]) -> None:
    row, theirs, ours = SAME[name], answers["reference"][name], answers["ours"][name]
    assert (theirs.error, ours.error) == (row.error, row.error), (theirs.texts, ours.texts)
    assert ours.files == theirs.files
    if not row.error:
        assert row.facts(ours) == row.facts(theirs)


def test_the_table_calls_the_same_what_is_compared_here() -> None:
    told = re.findall(r"^\| `(\w+)` \| (.*?) \| same \|$", TABLE, re.MULTILINE)
    assert told == [(row.tool, name) for name, row in SAME.items()]


def test_every_tool_of_the_reference_is_in_the_table(npm: Any, tmp_path: Path) -> None:
    async def listed() -> set[str]:
        async with Client(parameters("reference", tmp_path, npm.modules), mode="legacy") as client:
            return {tool.name for tool in (await client.list_tools()).tools}

    assert asyncio.run(listed()) == set(re.findall(r"^\| `(\w+)` \|", TABLE, re.MULTILINE))
