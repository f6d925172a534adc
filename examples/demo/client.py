"""The client's side: start a server as Claude Desktop would, call its tools, show what went over the wire."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult, TextContent

from examples.demo.transcript import Transcript

__all__ = ["Assistant", "Failed", "command", "connect"]

Era = Literal["2026-07-28", "legacy"]
CALL_SECONDS = 60.0


class Failed(Exception):
    """The walk cannot go on; the text says why."""


def command(name: str) -> str:
    """The path of a server's command beside the Python that runs this."""
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        raise Failed(f"{name} is not installed beside {sys.executable}: run `make demo`.")
    return str(path)


class Assistant:
    """An AI assistant's stand-in: it calls tools and shows requests and answers in the transcript."""

    def __init__(self, client: Client, transcript: Transcript) -> None:
        self.client = client
        self._transcript = transcript

    async def call(self, name: str, arguments: Mapping[str, Any], show: bool = True) -> CallToolResult:
        """Call a tool; an error result is a result."""
        if show:
            self._transcript.request(name, arguments)
        return await self.client.call_tool(name, dict(arguments))

    async def answer(self, name: str, arguments: Mapping[str, Any], show: bool = True) -> dict[str, Any]:
        """Call a tool that must answer, and give its structured content.

        Raises:
            Failed: the tool answered with an error.
        """
        result = await self.call(name, arguments, show)
        if result.is_error or not isinstance(result.structured_content, dict):
            raise Failed(f"{name} answered: {text_of(result)}")
        return result.structured_content

    async def refusal(self, name: str, arguments: Mapping[str, Any]) -> str | None:
        """Call a tool that must refuse; its sentence, or None where it did not refuse."""
        result = await self.call(name, arguments)
        return text_of(result) if result.is_error else None


def text_of(result: CallToolResult) -> str:
    """The text of a result, as the model reads it."""
    return "\n".join(block.text for block in result.content if isinstance(block, TextContent))


@asynccontextmanager
async def connect(
    argv: list[str], era: Era, transcript: Transcript, waiting: str = "starting the server"
) -> AsyncIterator[tuple[Assistant, float]]:
    """Run a server as a subprocess over stdio, in the environment that MCP clients leave to it.

    Yields:
        The assistant, and the seconds from the start of the process to the answer of its first request.

    Raises:
        Failed: the server does not start; with the end of what it wrote to stderr.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        server = StdioServerParameters(command=argv[0], args=argv[1:])
        client = Client(stdio_client(server, errlog=errors), mode=era, read_timeout_seconds=CALL_SECONDS)
        began = time.monotonic()
        try:
            with transcript.waiting(waiting):
                await client.__aenter__()
                await client.list_tools()
        except Exception as error:
            await client.__aexit__(None, None, None)
            errors.seek(0)
            raise Failed(f"The server does not start: {errors.read()[-2000:].strip() or error}") from error
        try:
            yield Assistant(client, transcript), time.monotonic() - began
        finally:
            await client.__aexit__(None, None, None)
