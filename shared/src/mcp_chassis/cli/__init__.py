"""The command of every server: serve, check, print a client's config, or run a subcommand.

What is heavy is imported where it is used: `--version`, `--help` and `keys` answer without the SDK.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcp_chassis.cli.command import Parser, parse
from mcp_chassis.ending import Start, end_as_before, end_at_once
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.redaction import Redactor, is_secret_name

if TYPE_CHECKING:
    from mcp_chassis.app import App
    from mcp_chassis.server import Component, Server
    from mcp_chassis.settings import ChassisSettings

__all__ = ["main"]

BAD_CONFIGURATION = 2


def main(server: Server[Any, Any], argv: Sequence[str]) -> int:
    """Be the command of a server.

    Returns:
        The exit code: 0 when it served and was told to stop, 1 when it failed, 2 when its configuration is bad.
    """
    try:
        if argv and argv[0] in _SUBCOMMANDS:
            end_as_before()
            gc.enable()
            return _SUBCOMMANDS[argv[0]](server, argv)
        # The collector finds nothing while a server starts, and looks for it hundreds of times.
        gc.disable()
        return _run(server, argv)
    except ConfigurationError as error:
        return _complain(server, error.faults)
    except BaseExceptionGroup as group:
        # A task group wraps what one of its tasks raised.
        faults = [fault for error in _leaves(group) if isinstance(error, ConfigurationError) for fault in error.faults]
        if not faults:
            raise
        return _complain(server, faults)
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()
        end_as_before()


def _run(server: Server[Any, Any], argv: Sequence[str]) -> int:
    command = parse(server, argv, tuple(_SUBCOMMANDS))
    if command.serves:
        end_at_once()
    else:
        end_as_before()
    if command.version:
        print(f"{server.name} {server.version}")  # noqa: T201 - the answer of a command, not MCP
        return 0
    if command.print_config is not None:
        from mcp_chassis.cli.client_config import render

        sys.stdout.write(render(server, command))
        return 0
    settings = server.settings.load(command.flags, command.targets)
    _configure_logs(server, settings)
    _warn(server)
    from mcp_chassis.app import App

    app = App(server, settings)
    return _loop(_check(app) if command.check else _serve(app))


def _loop(work: Any) -> int:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result: int = runner.run(work)
        return result


async def _serve(app: App[Any, Any]) -> int:
    task = asyncio.current_task()
    assert task is not None
    start = Start(task, asyncio.get_running_loop())
    try:
        await _open_and_serve(app, start)
    except asyncio.CancelledError:
        if not start.cancelled:
            raise
    return 0


async def _open_and_serve(app: App[Any, Any], start: Start) -> None:
    async with app.open():
        if app.settings.transport == "http":
            from mcp_chassis.http import serve
        else:
            from mcp_chassis.stdio import serve
        # What is there now stays: a full collection that goes through all of it stops every call for some 70 ms.
        gc.freeze()
        gc.enable()
        async with app.telemetry.running():
            if not start.cancelled:
                await serve(app)


async def _check(app: App[Any, Any]) -> int:
    if app.settings.transport == "http":
        from mcp_chassis.http import load_credentials

        load_credentials(app)
    async with app.open():
        components = await app.readiness.components()
    sys.stdout.write(_report(app, components))
    return 0 if all(item.status != "unhealthy" for item in components) else BAD_CONFIGURATION


def _report(app: App[Any, Any], components: Sequence[Component]) -> str:
    """What `--check` prints: how the server would be reached, and the state of all it stands on."""
    settings, redact = app.settings, Redactor(app.settings.secrets())
    reached = "stdio"
    if settings.transport == "http":
        reached = f"http on {settings.host}{'' if settings.unix_socket else f':{settings.port}'}"
        reached += f", callers known by {' and '.join(settings.auth_methods)}"
    own = [("transport", "ok", reached), ("tools", "ok", f"{len(app.tools.tools)}, fingerprint {app.tools.sha256}")]
    rows = [*own, *((item.name, item.status, item.detail) for item in components)]
    wide = max(len(name) for name, _, _ in rows)
    lines = [f"  {name:<{wide}}  {status:<9}  {redact(detail)}".rstrip() for name, status, detail in rows]
    return "\n".join([f"{app.server.name} {app.server.version}: {_verdict(components)}", *lines, ""])


def _verdict(components: Sequence[Component]) -> str:
    found = {item.status for item in components}
    if "unhealthy" in found:
        return "it cannot work like this; see what is unhealthy."
    if "degraded" in found:
        return "it works; see what is degraded."
    return "the configuration is right."


def _configure_logs(server: Server[Any, Any], settings: ChassisSettings) -> None:
    from mcp_chassis import logs

    package = server.settings.__module__.partition(".")[0]
    in_environment = (value for name, value in os.environ.items() if is_secret_name(name) and len(value) >= 8)
    logs.configure(settings.log_level, server.name, [*settings.secrets(), *in_environment], {package})


def _warn(server: Server[Any, Any]) -> None:
    import structlog

    from mcp_chassis.settings.sources import Environment

    for suspect in Environment.suspects(server.settings, os.environ):
        structlog.get_logger(__name__).warning(suspect)


def _complain(server: Server[Any, Any], faults: Sequence[str]) -> int:
    for fault in faults:
        sys.stderr.write(f"{server.name}: {fault}\n")
    return BAD_CONFIGURATION


def _leaves(group: BaseExceptionGroup) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _keys(server: Server[Any, Any], argv: Sequence[str]) -> int:
    from mcp_chassis import keys

    parser = Parser(prog=server.name, allow_abbrev=False)
    path = os.environ.get("MCP_API_KEYS_FILE")
    keys.register(parser.add_subparsers(required=True), Path(path).expanduser() if path else None)
    return keys.main(parser.parse_args(list(argv)), server.registry.scopes())


def _policy(server: Server[Any, Any], argv: Sequence[str]) -> int:
    from mcp_chassis.policy import command

    return command.main(server, argv)


def _audit(server: Server[Any, Any], argv: Sequence[str]) -> int:
    from mcp_chassis.audit.reading import command

    return command.main(server, argv)


_SUBCOMMANDS: dict[str, Callable[[Server[Any, Any], Sequence[str]], int]] = {
    "keys": _keys,
    "policy": _policy,
    "audit": _audit,
}
