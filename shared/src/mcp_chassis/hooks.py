"""The one way of every call: a chain of hooks around the function that does the work.

    error boundary -> audit -> elevations -> scopes -> strict arguments -> limits -> policy -> slot and deadline
        -> FUNCTION -> obligations -> rendering with size cap

Each hook is `async (call, proceed) -> Rendered` and either goes on or raises a `ChassisError`. Scopes stand before the
arguments so that who may not use a tool learns nothing of its schema.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import anyio

from mcp_chassis.audit import AuditLog
from mcp_chassis.call import Call, Context, InputNeeded
from mcp_chassis.concurrency import Slots
from mcp_chassis.errors import (
    ApprovalRequired,
    Cancelled,
    ChassisError,
    DeadlineExceeded,
    Denied,
    Internal,
    InvalidArguments,
    NotFound,
    OutcomeUnknown,
    UpstreamUnavailable,
)
from mcp_chassis.rendering import Rendered
from mcp_chassis.turns import end_turn
from mcp_chassis.words import nearest_name

if TYPE_CHECKING:
    from mcp_chassis.registry import Endpoint

logger = logging.getLogger(__name__)

Proceed = Callable[[Call], Awaitable[Rendered]]
_NO_LOG = "The audit log cannot be written, so no call is answered."
_LISTED_BY = {"tool": "tools/list", "resource": "resources/list", "prompt": "prompts/list"}


class Hook(Protocol):
    """One station of the way."""

    async def __call__(self, call: Call, proceed: Proceed) -> Rendered:
        """Look at the call, go on by `await proceed(call)`, and look at what came of it."""
        ...


def chain(hooks: tuple[Hook, ...], last: Proceed) -> Proceed:
    """One function that passes a call through the hooks, the first outermost."""
    for hook in reversed(hooks):
        last = partial(hook, proceed=last)
    return last


async def error_boundary(call: Call, proceed: Proceed) -> Rendered:
    """Let only errors of our tree out; the log has the cause under the error id that the caller sees."""
    try:
        return await proceed(call)
    except (ChassisError, InputNeeded) as error:
        if isinstance(error, InvalidArguments | NotFound | Denied) and error.__cause__ is not None:
            # The caller's own mistake, who was told of it; its text and traceback would hold what the caller sent.
            logger.info("%s refused", call.action[:200], extra=_where(call) | {"cause": type(error.__cause__).__name__})
        elif error.__cause__ is not None:
            logger.warning("%s failed", call.action[:200], extra=_where(call), exc_info=error.__cause__)
        raise
    except Exception as error:
        logger.error("%s crashed", call.action[:200], extra=_where(call), exc_info=error)
        raise Internal from error


class Audit:
    """One record per call, also of the denied, failed and cancelled ones, before the reply is sent.

    Of changes and refusals the record is on the disk by then. A change whose record fails after it was made is not
    told as something to try again.
    """

    def __init__(self, log: AuditLog, *, allow_reads: bool = False) -> None:
        """`allow_reads` has reads go on while the log cannot be written."""
        self._log = log
        self._allow_reads = allow_reads

    async def __call__(self, call: Call, proceed: Proceed) -> Rendered:
        """Record how the call ended."""
        changing = call.endpoint is not None and not call.endpoint.hints.read_only
        needed = changing or not self._allow_reads
        if needed and not self._log.writable and not self._log.usable():
            raise UpstreamUnavailable(_NO_LOG)
        started = time.monotonic()
        try:
            rendered = await proceed(call)
        except Exception as error:
            if isinstance(error, Denied):
                call.decision = "deny"
            refused = isinstance(error, Denied | ApprovalRequired)
            written = self._record(call, _outcome(error), started, call.facts or None, changing or refused, needed)
            if written is not None:
                await self._settle(written, needed)
            raise
        except BaseException:  # nobody waits for a reply
            with suppress(UpstreamUnavailable):
                self._log.call(call, Cancelled.code, started, call.facts or None, durable=False)
            raise
        summary = {**call.facts, **rendered.summary} if call.facts else rendered.summary
        try:
            written = self._record(call, "ok", started, summary, changing, needed)
            if written is not None:
                await self._settle(written, needed)
        except UpstreamUnavailable as error:
            if not changing:
                raise
            raise OutcomeUnknown(
                "This was carried out, but the audit log could not record it; look before you call again."
            ) from error
        return rendered

    def _record(
        self, call: Call, outcome: str, started: float, facts: Mapping[str, Any] | None, durable: bool, needed: bool
    ) -> asyncio.Future[None] | None:
        """Write the record; what comes back is to be waited for."""
        try:
            return self._log.call(call, outcome, started, facts, durable=durable or call.durable)
        except UpstreamUnavailable:
            if needed:
                raise
            return None

    async def _settle(self, written: asyncio.Future[None], needed: bool) -> None:
        try:
            await self._log.settled(written)
        except UpstreamUnavailable:
            if needed:
                raise


def _outcome(error: Exception) -> str:
    if isinstance(error, InputNeeded):
        return "input_required"
    if isinstance(error, ChassisError):
        return error.code
    return Internal.code


class Scopes:
    """Who may call what; a name that is not there and one that is hidden are told apart only by who may see it."""

    def __init__(self, permits: Callable[[Endpoint, Call], str | None], names: Callable[[Call], list[str]]) -> None:
        """Make the hook.

        Args:
            permits: None when the principal may use the endpoint, else why not.
            names: the names of this kind that the principal may use.
        """
        self._refusal = permits
        self._names = names

    async def __call__(self, call: Call, proceed: Proceed) -> Rendered:
        """Refuse what is not there and what the principal may not use."""
        if call.endpoint is None:
            near = nearest_name(call.name, self._names(call))
            listed = _LISTED_BY.get(call.kind)
            raise NotFound(
                f"There is no such {call.kind}"
                + (f"; did you mean {near}?" if near else f"; see {listed} for what there is." if listed else ".")
            )
        refusal = self._refusal(call.endpoint, call)
        if refusal is not None:
            raise Denied(refusal)
        return await proceed(call)


async def strict_arguments(call: Call, proceed: Proceed) -> Rendered:
    """Hold the arguments to the function's signature and the caps."""
    assert call.endpoint is not None
    call.validated = call.endpoint.arguments.validate(call.arguments)
    return await proceed(call)


class InFlight:
    """A slot and a deadline for each call, and the way to cancel one by its request id."""

    def __init__(self, slots: Slots, timeout_s: float) -> None:
        self._slots = slots
        self._timeout_s = timeout_s
        self._scopes: dict[tuple[str, str | int | None], list[anyio.CancelScope]] = {}

    async def __call__(self, call: Call, proceed: Proceed) -> Rendered:
        """Run the call in a slot until its deadline."""
        assert call.endpoint is not None
        timeout = call.endpoint.timeout_s or self._timeout_s
        key = (call.principal.key, call.request_id)
        with anyio.CancelScope() as scope:
            self._scopes.setdefault(key, []).append(scope)
            try:
                await self._slots.acquire(call.principal.tenant, call.principal.key, queued=end_turn)
                try:
                    end_turn()
                    scope.deadline = anyio.current_time() + timeout
                    return await proceed(call)
                finally:
                    self._slots.release(call.principal.tenant)
            finally:
                self._forget(key, scope)
        if anyio.current_time() < scope.deadline:
            raise Cancelled
        raise DeadlineExceeded(f"The call took longer than {timeout:g} s and was stopped; ask for less and call again.")

    def cancel(self, principal: str, request_id: str | int) -> bool:
        """Cancel the call of this principal and request id; False when there is none, or not just one."""
        scopes = self._scopes.get((principal, request_id), [])
        if len(scopes) != 1:
            return False
        scopes[0].cancel()
        return True

    def _forget(self, key: tuple[str, str | int | None], scope: anyio.CancelScope) -> None:
        scopes = self._scopes[key]
        scopes.remove(scope)
        if not scopes:
            del self._scopes[key]


class Function:
    """The last station: the function itself, what its result is bound to, then rendering."""

    def __init__(
        self,
        resources: Callable[[], Any],
        render: Callable[[Call, Any], Rendered],
        begin: Callable[[Call], None] = lambda _: None,
    ) -> None:
        """`begin` is told of each call that is about to change something, and may refuse it."""
        self._resources = resources
        self._render = render
        self._begin = begin

    async def __call__(self, call: Call) -> Rendered:
        """Call the function with its validated arguments and its context."""
        assert call.endpoint is not None
        arguments = dict(call.validated)
        if (parameter := call.endpoint.arguments.context_parameter) is not None:
            arguments[parameter] = Context(call.principal, self._resources(), call.channel, call.judgement, call.facts)
        if not call.endpoint.hints.read_only:
            self._begin(call)
        try:
            value = await call.endpoint.function(**arguments)
        except InputNeeded as needed:
            call.channel.admit(needed)
            raise
        if call.judgement is not None:
            value = call.judgement.fulfil(value)
        return self._render(call, value)


def _where(call: Call) -> dict[str, Any]:
    return {"error_id": call.error_id, "request_id": call.request_id}
