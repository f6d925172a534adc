"""A small server that the chassis's own tests drive: one endpoint for each thing that can happen to a call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from mcp_chassis.app import App
from mcp_chassis.audit.keys import HMAC_FILE, SIGNING_FILE, make_hmac_key, make_signing_key
from mcp_chassis.call import Context
from mcp_chassis.errors import Denied, InvalidArguments, NotFound
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings
from pydantic import BaseModel, Field
from typing_extensions import TypedDict


@dataclass
class Notes:
    """What the sample's functions work on; `ended` tells how the slow ones ended."""

    texts: dict[str, str] = field(default_factory=lambda: {"one": "first"})
    running: asyncio.Event = field(default_factory=asyncio.Event)
    ended: list[str] = field(default_factory=list)


class Sum(TypedDict):
    """What `add` gives."""

    total: int


class Sure(BaseModel):
    """What `ask` asks."""

    sure: bool


@asynccontextmanager
async def open_notes(_: ChassisSettings) -> AsyncIterator[Notes]:
    """Open the resources."""
    yield Notes()


def make_server() -> Server[ChassisSettings, Notes]:
    """A fresh sample server."""
    server: Server[ChassisSettings, Notes] = Server(
        name="mcp-sample-server",
        version="1.2.3",
        settings=ChassisSettings,
        lifespan=open_notes,
        read_scopes={"notes:read"},
        subscriptions=True,
    )

    @server.tool(scopes={"notes:read"}, read_only=True)
    async def add(ctx: Context[Notes], a: int, b: Annotated[int, Field(description="second", ge=0)] = 2) -> Sum:
        """Add two numbers."""
        await ctx.progress(1, 2, "adding")
        return {"total": a + b}

    @server.tool(scopes={"notes:write"}, read_only=False, destructive=True)
    async def clear(ctx: Context[Notes]) -> str:
        """Forget all notes."""
        ctx.note(notes_before=len(ctx.resources.texts), notes_after=0, bytes=0)  # bytes: the chassis knows better
        ctx.resources.texts.clear()
        return "cleared"

    @server.tool(scopes={"notes:read"}, read_only=True)
    async def crash() -> str:
        """Fail with a secret in the exception's text."""
        raise RuntimeError("postgres://user:hunter2@db.internal/x")

    @server.tool(scopes={"notes:read"}, read_only=True)
    async def mistake(text: str, code: str = "invalid_arguments") -> str:
        """Refuse a text because of what it says."""
        try:
            return str(int(text))
        except ValueError as error:
            refusal = next(kind for kind in (InvalidArguments, NotFound, Denied) if kind.code == code)
            raise refusal("text is no number; give one.") from error

    @server.tool(scopes={"notes:read"}, read_only=True, timeout_s=0.1)
    async def oversleep() -> str:
        """Take longer than the deadline."""
        await asyncio.sleep(60)
        return "never"

    @server.tool(scopes={"notes:read"}, read_only=True)
    async def wait(ctx: Context[Notes]) -> str:
        """Wait until cancelled."""
        ctx.resources.running.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ctx.resources.ended.append("cancelled")
            raise
        return "never"

    @server.tool(scopes={"notes:read"}, read_only=True)
    async def ask(ctx: Context[Notes]) -> str:
        """Ask the person."""
        first = await ctx.ask("first", "Are you sure?", Sure)
        second = await ctx.ask("second", "Really?", Sure)
        return f"{first and first.sure} {second and second.sure}"

    @server.resource("note://all", scopes={"notes:read"}, mime_type="application/json")
    async def notes(ctx: Context[Notes]) -> dict[str, str]:
        """All notes."""
        return ctx.resources.texts

    @server.resource("note://{name}", scopes={"notes:read"})
    async def note(ctx: Context[Notes], name: str) -> str:
        """One note."""
        if name not in ctx.resources.texts:
            raise NotFound("There is no such note; read note://all for their names.")
        return ctx.resources.texts[name]

    @server.resource("note://secret", scopes={"notes:admin"})
    async def secret() -> str:
        """Not for everyone."""
        return "secret"

    @server.prompt(scopes={"notes:read"})
    async def summarize(topic: str, tone: str = "plain") -> str:
        """Summarize notes on a topic."""
        return f"Summarize {topic}, {tone}."

    @server.completion("summarize", scopes={"notes:read"})
    async def complete(ctx: Context[Notes], argument: str, value: str, resolved: dict[str, str]) -> list[str]:
        """The names of notes."""
        return [name for name in ctx.resources.texts if name.startswith(value)]

    return server


def make_app(directory: Path, **settings: Any) -> App[ChassisSettings, Notes]:
    """An app of the sample server whose audit log and keys are in the directory."""
    from mcp_chassis.seal import load_or_make_keys

    keys = directory / "seal.keys"
    load_or_make_keys(keys)
    files = {"audit_dir": directory / "audit", "seal_keys_file": keys, **audit_keys(directory / "keys")}
    return App(make_server(), ChassisSettings(**{**files, **settings}))


def audit_keys(directory: Path) -> dict[str, Path]:
    """The settings of the audit log's keys, which are made in the directory where they are not there."""
    signing, hmac_key = directory / SIGNING_FILE, directory / HMAC_FILE
    make_signing_key(signing, label="a test")
    make_hmac_key(hmac_key, label="a test")
    return {"audit_key_file": signing, "audit_hmac_key_file": hmac_key}
