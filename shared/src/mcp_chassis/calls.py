"""`Calls`: the door of the chassis. Whatever a client asks for becomes a `Call` here and passes the hooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from mcp_chassis.audit import AuditLog
from mcp_chassis.call import Call, Principal
from mcp_chassis.concurrency import Slots
from mcp_chassis.elevation import Elevations
from mcp_chassis.errors import ChassisError
from mcp_chassis.hooks import Audit, Function, InFlight, Scopes, chain, error_boundary, strict_arguments
from mcp_chassis.limits.hook import Limits
from mcp_chassis.policy.judgement import PolicyHook
from mcp_chassis.policy.store import PolicyStore
from mcp_chassis.registry import Endpoint, Registry
from mcp_chassis.rendering import Rendered, ToolRenderer, check_size, render_prompt, render_resource

if TYPE_CHECKING:
    from mcp_chassis.settings import ChassisSettings


def tool_renderers(registry: Registry, settings: ChassisSettings) -> dict[str, ToolRenderer]:
    """What renders the results of each tool, and knows its output schema."""
    return {
        name: ToolRenderer(endpoint, text_bytes=settings.text_bytes, max_result_bytes=settings.max_result_bytes)
        for name, endpoint in registry.tools.items()
    }


class Calls:
    """Runs calls through the one chain of hooks."""

    def __init__(
        self,
        registry: Registry,
        settings: ChassisSettings,
        renderers: dict[str, ToolRenderer],
        audit: AuditLog,
        limits: Limits,
        policies: PolicyStore,
        resources: Callable[[], Any],
    ) -> None:
        self._registry = registry
        self._read_only = settings.read_only
        self._max_result_bytes = settings.max_result_bytes
        self.renderers = renderers
        self.slots = Slots(settings.max_concurrency, wait_s=settings.queue_wait, tenant_slots=settings.tenant_slots)
        self.decided = {"allow": 0, "deny": 0, "approve": 0}
        """How many calls ended, by what scopes and policy made of them."""
        self._in_flight = InFlight(self.slots, settings.tool_timeout)
        self._scopes = Scopes(self._refusal, self._names)
        self._audit = Audit(audit, allow_reads=settings.audit_unwritable == "allow-reads")
        self._limits = limits
        self._elevations = Elevations(audit)
        self._policies = policies
        self._policy = PolicyHook(policies)
        hooks = (
            error_boundary,
            self._audit,
            self._elevations,
            self._scopes,
            strict_arguments,
            self._limits,
            self._policy,
            self._in_flight,
        )
        self._chain = chain(hooks, Function(resources, self._render, audit.begin))

    async def run(self, call: Call) -> Rendered:
        """Pass a call through the hooks, as the principal that the policy makes of its caller.

        Raises:
            ChassisError: it was refused or failed.
        """
        self._policy.admit(call)
        try:
            return await self._chain(call)
        finally:
            self.decided[call.decision] += 1
            call.judgement = None  # they know each other, and would stay until the garbage collector comes

    def bind(self, principal: Principal) -> Principal:
        """The principal with the roles, scopes and tenant that the policy in force gives it."""
        return self._policies.bind(principal)

    async def refuse(self, call: Call, error: ChassisError) -> NoReturn:
        """Record a call that was refused before it could be made.

        Raises:
            ChassisError: the error.
        """

        async def fail(_: Call) -> Rendered:
            raise error

        self._policy.admit(call)
        await chain((error_boundary, self._audit, self._elevations), fail)(call)
        raise error

    def permitted(self, shelf: dict[str, Endpoint], principal: Principal) -> list[Endpoint]:
        """The endpoints of a shelf that the principal may use, in the order of registration."""
        principal = self.bind(principal)
        return [
            endpoint
            for endpoint in shelf.values()
            if self._refused(endpoint, principal) is None and not self.hidden(endpoint, principal)
        ]

    def hidden(self, endpoint: Endpoint, principal: Principal) -> bool:
        """Whether the policy allows this principal no call of an endpoint, whatever its scopes."""
        return self._policy.hides(endpoint, principal)

    def cancel(self, principal: Principal, request_id: str | int) -> bool:
        """Cancel this principal's call of this request id; False when there is none, or not just one."""
        return self._in_flight.cancel(self.bind(principal).key, request_id)

    def _refusal(self, endpoint: Endpoint, call: Call) -> str | None:
        return self._refused(endpoint, call.principal) or self._policy.refuses(endpoint, call)

    def _refused(self, endpoint: Endpoint, principal: Principal) -> str | None:
        if missing := endpoint.missing_scopes(principal):
            return (
                f"You may not use {endpoint.name}: it needs the scope {' and '.join(sorted(missing))}; "
                "ask the operator for it."
            )
        if self._read_only and not endpoint.hints.read_only:
            return f"You may not use {endpoint.name}: this server runs with --read-only."
        return None

    def _names(self, call: Call) -> list[str]:
        registry = self._registry
        shelves = {"tool": registry.tools, "prompt": registry.prompts, "completion": registry.completions}
        shelf = shelves.get(call.kind, registry.resources)
        return [endpoint.name for endpoint in self.permitted(shelf, call.principal)]

    def _render(self, call: Call, value: Any) -> Rendered:
        assert call.endpoint is not None
        if call.kind == "tool":
            return self.renderers[call.endpoint.name](value)
        if call.kind == "resource":
            body = render_resource(value, call.endpoint.mime_type)
            return self._capped(body, body.content)
        if call.kind == "prompt":
            prompt = render_prompt(value, call.endpoint.description)
            return self._capped(prompt, prompt.model_dump_json())
        return Rendered(value, 0)

    def _capped(self, result: Any, content: str | bytes) -> Rendered:
        size = len(content.encode()) if isinstance(content, str) else len(content)
        check_size(size, self._max_result_bytes)
        return Rendered(result, size)
