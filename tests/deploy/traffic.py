"""Steady traffic at a site: the SDK's clients of both eras, and what became of each of their calls."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from mcp import Client
from replicas import ERAS, START_SECONDS, Site


@dataclass(frozen=True)
class Made:
    """One call of the traffic: its number, and what went wrong."""

    number: int
    error: str | None


class Traffic:
    """Clients of both eras that call one after another, each call with a number of its own."""

    def __init__(self, site: Site, clients: int, pause_s: float, *, streams: bool = True) -> None:
        """Args: streams: whether every fourth call is answered by a stream of events."""
        self._site = site
        self._clients = clients
        self._pause_s = pause_s
        self._streams = streams
        self._stopping = False
        self._sent: set[int] = set()
        self.made: list[Made] = []
        self.served: dict[str, list[str]] = {era: [] for era in ERAS}

    @property
    def failed(self) -> list[Made]:
        """The calls that were not answered with their row."""
        return [call for call in self.made if call.error is not None]

    @property
    def in_flight(self) -> set[int]:
        """The numbers of the calls that wait for an answer."""
        return set(self._sent)

    @asynccontextmanager
    async def flowing(self) -> AsyncIterator[None]:
        """Call while the block runs; in the end every call is answered."""
        async with asyncio.TaskGroup() as group:
            for at in range(self._clients):
                group.create_task(self._calls(ERAS[at % 2]))
            try:
                yield
            finally:
                self._stopping = True

    async def more(self, calls: int) -> None:
        """Wait until so many more were answered in each era."""
        before = {era: len(served) for era, served in self.served.items()}
        until = time.monotonic() + START_SECONDS
        while not all(len(self.served[era]) >= before[era] + calls for era in ERAS):
            assert time.monotonic() < until, "the traffic has stopped"
            await asyncio.sleep(0.02)

    async def _calls(self, era: str) -> None:
        """Call by one client after another: where the connection is closed before an answer, the SDK's has ended."""
        while not self._stopping:
            try:
                async with self._site.client("steady", era, self.served[era]) as client:
                    while not self._stopping:
                        await self._call(client, next(self._site.numbers))
                        await asyncio.sleep(self._pause_s)
            except* httpx2.RemoteProtocolError:
                pass

    async def _call(self, client: Client, number: int) -> None:
        error: str | None = "the client has ended"
        self._sent.add(number)
        try:
            error = await _failure(client, number, self._streams and number % 4 == 3)
        finally:
            self._sent.discard(number)
            self.made.append(Made(number, error))

    def records(self) -> Counter[int]:
        """How many records of the audit logs each call has, by its number."""
        key = bytes.fromhex((self._site.folder / "keys" / "audit-hmac.key").read_text())
        found = Counter(record["args_hmac"] for record in self._site.records("call"))
        return Counter({call.number: found[_hashed(key, arguments(call.number))] for call in self.made})


async def _heard(_: float, __: float | None, ___: str | None) -> None:
    """What asks for progress gets its answer as a stream."""


def arguments(number: int) -> dict[str, Any]:
    """Those of a call of the traffic; every tenth takes a while."""
    nap = 1.5 if number % 10 == 9 else 0.02
    return {"query": "select $1::int as n, pg_sleep($2) is null as late", "parameters": [number, nap]}


async def _failure(client: Client, number: int, by_stream: bool) -> str | None:
    heard = _heard if by_stream else None
    try:
        result = await client.call_tool("execute_query", arguments(number), progress_callback=heard)
    except Exception as error:
        return repr(error)
    rows = None if result.structured_content is None else result.structured_content["rows"]
    return None if rows == [[number, False]] else str(result)


def _hashed(key: bytes, given: Mapping[str, Any]) -> str:
    """`args_hmac` as docs/audit.md has it: these arguments are the same in every canonical JSON."""
    content = json.dumps(given, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()
