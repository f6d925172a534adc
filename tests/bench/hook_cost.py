"""What each hook costs: the chain is timed with one hook more at a time, in this process."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

import policy_load
import trivial_servers
from mcp_chassis.app import App
from mcp_chassis.call import Call, Channel
from mcp_chassis.hooks import Function, Hook, Proceed, chain, error_boundary, strict_arguments
from mcp_chassis.rendering import Rendered
from mcp_chassis.settings import ChassisSettings

REPEATS = 20_000


async def microseconds() -> dict[str, float]:
    """Microseconds per call that each station adds, in the order of the chain from the inside out."""
    with tempfile.TemporaryDirectory() as folder:
        policy = Path(folder) / "policy.yaml"
        policy.write_text(policy_load.hundred_rules() + "  - {id: add, effect: allow, actions: ['tool:add']}\n")
        settings = ChassisSettings(
            audit_dir=Path(folder), policy_file=policy, rate_limit="1000000/s", repeat_note=0, metrics_port=9464
        )
        app: App[Any, Any] = App(trivial_servers.ours(), settings)
        async with app.open():
            return await _added(app)


async def _added(app: App[Any, Any]) -> dict[str, float]:
    calls = app.calls
    last = Function(lambda: None, calls._render)
    stations: list[tuple[str, Hook]] = [
        ("slot and deadline", calls._in_flight),
        ("policy of 101 rules", calls._policy),
        ("limits", calls._limits),
        ("strict arguments", strict_arguments),
        ("scopes", calls._scopes),
        ("elevations", calls._elevations),
        ("audit", calls._audit),
        ("error boundary", error_boundary),
        ("trace context and duration", _observed(app)),
    ]
    costs = {"function and rendering": await _time(app, chain((), last))}
    total = costs["function and rendering"]
    for number in range(1, len(stations) + 1):
        hooks = tuple(hook for _, hook in reversed(stations[:number]))
        longer = await _time(app, chain(hooks, last))
        costs[stations[number - 1][0]] = max(0.0, longer - total)
        total = max(total, longer)
    return costs


def _observed(app: App[Any, Any]) -> Hook:
    operations = app.telemetry.operations

    async def observe(call: Call, proceed: Proceed) -> Rendered:
        params = {"name": call.name, "arguments": call.arguments}
        operation = operations.begin("tools/call", params, {}, call.request_id, "2026-07-28")
        try:
            return await proceed(call)
        finally:
            operations.end(operation)

    return observe


async def _time(app: App[Any, Any], run: Any) -> float:
    """Microseconds of one call: the quietest of several batches, since noise only adds."""
    batches = []
    for _ in range(20):
        started = time.perf_counter()
        for _ in range(REPEATS // 20):
            await run(_call(app))
        batches.append((time.perf_counter() - started) / (REPEATS // 20) * 1e6)
    return min(batches)


def _call(app: App[Any, Any]) -> Call:
    arguments = {"a": 1, "b": 2}
    endpoint = app.server.registry.tools["add"]
    call = Call("tool", "add", arguments, app.local_principal(), endpoint, Channel(), request_id=1)
    call.validated = arguments
    return call


def measure() -> dict[str, float]:
    """Run it."""
    return asyncio.run(microseconds())
