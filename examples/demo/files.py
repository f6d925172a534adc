"""The filesystem server's part of the walk: `mcp-fs-server` on a temporary copy of some of this repository's files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from examples.demo.client import Assistant, command, connect, text_of
from examples.demo.transcript import Transcript

__all__ = ["walk"]

SERVER = "mcp-fs-server"
REPOSITORY = Path(__file__).parents[2]
POLICY = "copy/examples/policies/starter.yaml"
EDITS = [{"oldText": "max_rows: 1000", "newText": "max_rows: 500"}]


async def walk(transcript: Transcript) -> None:
    """Show how files are found, changed and brought back, and that nothing gets out."""
    transcript.chapter("The same for files: a second server, on a copy of this repository's files")
    transcript.block(f"$ {SERVER} copy:rw", "cyan")
    with _copy() as folder:
        async with connect([command(SERVER), f"{folder}:rw"], "2026-07-28", transcript) as (assistant, _):
            etag = await _search(assistant, transcript)
            await _edit(assistant, folder / "examples/policies/starter.yaml", etag, transcript)
            await _undo(assistant, folder / "examples/policies/starter.yaml", transcript)
            await _escape(assistant, transcript)


@contextmanager
def _copy() -> Iterator[Path]:
    """Some files of the repository, and beside them a secret and a link that leads out."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "copy"
        for name in ("docs", "examples"):
            shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / ".env").write_text("DATABASE_URL=postgresql://admin:hunter2@db/shop\n")
        (folder / "users").symlink_to("/etc/passwd")
        yield folder


async def _search(assistant: Assistant, transcript: Transcript) -> str:
    transcript.question("How many rows may a query give? Make it half of that.")
    found = await _say(assistant, "search_files", {"path": "copy", "pattern": "*.yaml"}, transcript)
    asked = {"path": "copy/examples", "pattern": r"rows?:\s*\d", "glob": "*.yaml"}
    lines = await _say(assistant, "search_file_contents", asked, transcript)
    read = await _say(assistant, "read_text_file", {"path": POLICY, "start_line": 43, "end_line": 46}, transcript)
    transcript.check(len(found["rows"]) == lines["matches"] == 2, f"found, and lines {read['lines']} of it read")
    return str(read["etag"])


async def _edit(assistant: Assistant, file: Path, etag: str, transcript: Transcript) -> None:
    before = _content(file)
    asked: dict[str, Any] = {"path": POLICY, "edits": EDITS}
    await _say(assistant, "edit_file", {**asked, "dryRun": True}, transcript)
    transcript.check(_content(file) == before, "what would be changed, and nothing is changed yet")
    await assistant.answer("edit_file", asked)
    expected = before.replace(b"max_rows: 1000", b"max_rows: 500")
    transcript.check(_content(file) == expected, "changed as shown, and not one byte besides")
    refusal = await assistant.refusal("write_file", {"path": POLICY, "content": "version: 1", "if_match": etag})
    transcript.check("[conflict, " in (refusal or ""), f"what was read before: {refusal}")


async def _undo(assistant: Assistant, file: Path, transcript: Transcript) -> None:
    before = _content(file)
    deleted = await assistant.answer("delete_file", {"path": POLICY})
    gone = not _content(file)
    await assistant.answer("restore_file", {"trash_id": deleted["trash_id"]})
    transcript.check(gone and _content(file) == before, "deleted, and brought back from the trash")


async def _escape(assistant: Assistant, transcript: Transcript) -> None:
    transcript.say("")
    transcript.say("Somebody talks the assistant into leaving the folder, through .. and a link, and into a secret:")
    for path in ("copy/../../etc/passwd", "copy/users", "copy/.env"):
        refusal = await assistant.refusal("read_text_file", {"path": path})
        transcript.check("[denied, " in (refusal or ""), f"refused: {refusal}" if refusal else "the server read it")


async def _say(assistant: Assistant, tool: str, arguments: dict[str, Any], transcript: Transcript) -> dict[str, Any]:
    """Call a tool and show the body of its answer, as the model reads it."""
    result = await assistant.call(tool, arguments)
    transcript.block(text_of(result).partition("\n[")[0], "dim")
    return result.structured_content or {}


def _content(file: Path) -> bytes:
    """What is in a file; nothing where it is not there."""
    return file.read_bytes() if file.exists() else b""
