"""`App`: one running server of a process: its open resources, its audit log and its call path."""

from __future__ import annotations

import asyncio
import logging
import os
import pwd
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic

from mcp_chassis.audit import AuditLog
from mcp_chassis.audit.fingerprints import Fingerprints
from mcp_chassis.audit.opening import audit_folder, key_paths, open_audit, state_directory
from mcp_chassis.audit.sink.opening import open_sink
from mcp_chassis.call import Principal
from mcp_chassis.calls import Calls, tool_renderers
from mcp_chassis.errors import UpstreamUnavailable
from mcp_chassis.health import Health
from mcp_chassis.key_files import exposed
from mcp_chassis.limits.hook import Limits, open_limits
from mcp_chassis.policy.store import PolicyStore
from mcp_chassis.seal import Sealer, load_keys, load_or_make_keys
from mcp_chassis.server import Component, ResourcesT, Server, SettingsT, Status
from mcp_chassis.telemetry.assembly import Telemetry

if TYPE_CHECKING:
    from mcp_chassis.audit.sink.sink import Sink
    from mcp_chassis.registry import Registry
    from mcp_chassis.rendering import ToolRenderer
    from mcp_chassis.sdk import ChassisMCP
    from mcp_chassis.settings import ChassisSettings


logger = logging.getLogger(__name__)


class App(Generic[SettingsT, ResourcesT]):
    """A server with its settings; `async with app.open()` opens the resources once for the whole process."""

    resources: ResourcesT
    calls: Calls
    audit: AuditLog
    sink: Sink | None
    limits: Limits
    policies: PolicyStore
    telemetry: Telemetry

    def __init__(self, server: Server[SettingsT, ResourcesT], settings: SettingsT) -> None:
        self.server = server
        self.settings = settings
        self.parts: list[Callable[[], Awaitable[list[Component]]]] = []
        """What else `health` asks, beside what every server has."""
        self._mcp: dict[bool, ChassisMCP] = {}
        self._grace_began: float | None = None
        self.readiness = Health(lambda: self.health())
        """What `health` tells, for all who ask again and again."""

    @cached_property
    def registry(self) -> Registry:
        """What the server offers with these settings."""
        return self.server.registry.offered(self.settings)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[App[SettingsT, ResourcesT]]:
        """Open audit log and resources, and close them in the end.

        Raises:
            ConfigurationError: something cannot be used as configured.
        """
        renderers = tool_renderers(self.registry, self.settings)
        self.tools = self._fingerprints(renderers)
        self.audit = open_audit(self.server.name, self.settings, self._changing())
        try:
            self.sink = open_sink(self.settings, self.audit)
            self.audit.opened(
                server=self.server.name,
                version=self.server.version,
                tools=self.tools.tools,
                tools_sha256=self.tools.sha256,
            )
            async with nullcontext() if self.sink is None else self.sink.running(self._grace_left):
                try:
                    async with self._working(renderers):
                        for component in self._exposed_keys():
                            logger.warning("%s; take that right from others (chmod o-rwx)", component.detail)
                        yield self
                except asyncio.CancelledError:  # told to stop while it starts
                    self._record_end()
                    raise
                self._record_end()
        finally:
            self.audit.close()

    def _record_end(self) -> None:
        try:
            self.audit.stop()
        except UpstreamUnavailable as error:  # no reason to end as a failure
            logger.warning("the end is not in the audit log", exc_info=error.__cause__)

    @asynccontextmanager
    async def _working(self, renderers: dict[str, ToolRenderer]) -> AsyncIterator[None]:
        """Everything but the audit log open, and the start in it on the disk."""
        self.policies = PolicyStore(self.settings.policy_file, self.audit.event)
        async with (
            self.policies.watching(),
            open_limits(self.settings, self.server.name, lambda: self.policies.limits) as self.limits,
            self.server.lifespan(self.settings) as self.resources,
        ):
            self.calls = Calls(
                self.registry,
                self.settings,
                renderers,
                self.audit,
                self.limits,
                self.policies,
                lambda: self.resources,
            )
            self.telemetry = Telemetry(self)
            import mcp_chassis.sdk  # noqa: F401 - which takes a while, and so does the disk, beside it

            self.audit.settle_start()
            yield

    def grace_begins(self) -> None:
        """Note that no more is accepted and MCP_GRACE_SECONDS run; the first time counts."""
        if self._grace_began is None:
            self._grace_began = time.monotonic()

    def _grace_left(self) -> float:
        """How many seconds of it are left."""
        self.grace_begins()
        assert self._grace_began is not None
        return self.settings.grace_seconds - (time.monotonic() - self._grace_began)

    def mcp(self, *, sessions: bool) -> ChassisMCP:
        """The SDK's server over this app; `sessions` where the transport keeps a session with its client (stdio)."""
        from mcp_chassis.sdk import ChassisMCP

        if sessions not in self._mcp:
            self._mcp[sessions] = ChassisMCP(self, sessions=sessions)
        return self._mcp[sessions]

    async def health(self) -> list[Component]:
        """The states of the audit log, of the shared limits, of what the transport stands on and of the backends."""
        broken: Status = "degraded" if self.settings.audit_unwritable == "allow-reads" else "unhealthy"
        audit = Component("audit", "healthy" if self.audit.usable() else broken, self.audit.detail)
        parts = [component for part in self.parts for component in await part()]
        sink = () if self.sink is None else (await self.sink.health(),)
        keys = self._exposed_keys()
        own = [audit, *keys, *sink, *self._policy_health(), *self.limits.health(), *self.telemetry.health(), *parts]
        return [*own, *await self.server.health(self.resources)]

    def _exposed_keys(self) -> list[Component]:
        """A word where keys are not only the server's."""
        paths = (*key_paths(self.settings), _seal_keys(self.settings))
        found = " and ".join(map(str, exposed(path for path in paths if path is not None)))
        return [Component("keys", "degraded", f"everybody here may read or write {found}")] if found else []

    def _policy_health(self) -> list[Component]:
        """Which policy is in force, and whether its file could be read when it changed last."""
        policy = self.policies.current
        if policy is None:
            return []
        known = f"{len(policy.file.rules)} rules, sha256 {policy.sha256[:12]}"
        if self.policies.faults:
            return [Component("policy", "degraded", f"{known}; the file is faulty now: {self.policies.faults[0]}")]
        return [Component("policy", "healthy", known if policy.in_force else f"{known}, in shadow")]

    @cached_property
    def sealer(self) -> Sealer:
        """The key ring of this server."""
        return open_sealer(self.settings)

    def local_principal(self) -> Principal:
        """Who speaks over stdio: the user of this machine, with the read scopes and what the command line granted."""
        return Principal(f"local:{_user()}", "local", scopes=self._granted())

    def anonymous_principal(self) -> Principal:
        """Who speaks over HTTP with `--auth none`."""
        return Principal("anonymous", "none", scopes=self._granted())

    def _granted(self) -> frozenset[str]:
        return self.server.read_scopes | frozenset(self.server.grants(self.settings))

    def _changing(self) -> list[str]:
        """The tools that change something and are offered."""
        tools = self.registry.tools.values()
        return [] if self.settings.read_only else [tool.name for tool in tools if not tool.hints.read_only]

    def _fingerprints(self, renderers: dict[str, ToolRenderer]) -> Fingerprints:
        """Those of the tools, which are what was expected.

        Raises:
            ConfigurationError: they are not.
        """
        found = Fingerprints.of(
            {
                name: (tool.description, tool.arguments.schema, renderers[name].output_schema)
                for name, tool in self.registry.tools.items()
            }
        )
        if self.settings.expect_tools is not None:
            folder = audit_folder(self.settings)
            known = None if folder is None else folder / self.server.name
            found.expect(self.settings.expect_tools, self.settings.written("expect_tools"), known)
        return found


def open_sealer(settings: ChassisSettings) -> Sealer:
    """The key ring: from its file, made in the state folder on stdio, of this process alone on HTTP without one."""
    if settings.seal_keys_file is not None:
        return Sealer(load_keys(settings.seal_keys_file, settings.written("seal_keys_file")))
    path = _seal_keys(settings)
    return Sealer([os.urandom(32)] if path is None else load_or_make_keys(path))


def _seal_keys(settings: ChassisSettings) -> Path | None:
    """The file of the key ring."""
    if settings.seal_keys_file is not None or settings.transport != "stdio":
        return settings.seal_keys_file
    return state_directory() / "mcp-chassis" / "seal.keys"


def _user() -> str:
    """The user that the operating system says this is; LOGNAME and USER are whatever a client sets."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # containers run under numbers that have no name
        return str(os.getuid())
