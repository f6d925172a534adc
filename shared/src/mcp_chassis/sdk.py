"""The adapter to the official SDK: with `sdk_http.py` the only module that touches its provisional and private parts.

`ChassisMCP` is an `MCPServer` whose lists and whose handlers of `tools/call`, `resources/read`, `prompts/get` and the
like are ours, so that the SDK neither validates arguments nor runs functions: every request becomes a `Call`. Contract
tests hold what is assumed here of `mcp` 2.x.
"""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
from mcp.server import MCPServer
from mcp.server._otel import OpenTelemetryMiddleware
from mcp.server.context import CallNext, HandlerResult, ServerMiddleware, ServerRequestContext
from mcp.server.elicitation import elicit_with_validation, render_elicitation_schema
from mcp.server.request_state import RequestStateSecurity
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, ResourceUpdated
from mcp.shared.exceptions import MCPError
from mcp.shared.message import SessionMessage as SessionMessage
from mcp.shared.uri_template import UriTemplate
from mcp_types import (
    INVALID_PARAMS,
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    BlobResourceContents,
    CallToolRequestParams,
    CallToolResult,
    ClientCapabilities,
    CompleteRequestParams,
    CompleteResult,
    Completion,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    EmptyResult,
    GetPromptRequestParams,
    GetPromptResult,
    InputRequiredResult,
    InputResponseRequestParams,
    Prompt,
    PromptArgument,
    PromptReference,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    ServerCapabilities,
    SubscribeRequestParams,
    SubscriptionsListenRequestParams,
    SubscriptionsListenResult,
    TextResourceContents,
    Tool,
    ToolAnnotations,
    UnsubscribeRequestParams,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS
from pydantic import ValidationError

from mcp_chassis.arguments import Arguments, explain
from mcp_chassis.call import AnswerT, Call, Channel, InputNeeded, Kind, Principal, current_principal
from mcp_chassis.errors import ApprovalRequired, Cancelled, ChassisError, Internal, InvalidArguments, NotFound
from mcp_chassis.registry import Endpoint, Watching
from mcp_chassis.rendering import ERROR_META, render_tool_error
from mcp_chassis.telemetry.trace import current_trace

if TYPE_CHECKING:
    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

    from mcp_chassis.app import App

RequestContext = ServerRequestContext[Any, Any]


class ChassisMCP(MCPServer[Any]):
    """The SDK's server over an app's calls."""

    def __init__(self, app: App[Any, Any], *, sessions: bool) -> None:
        """Build it.

        Args:
            app: whose calls it makes.
            sessions: whether the transport keeps a session with its client (stdio), as the older era's
                `resources/subscribe` needs.
        """

        @asynccontextmanager
        async def hand_over(_: MCPServer[Any]) -> AsyncIterator[Any]:
            yield app.resources

        server = app.server
        self._app = app
        self._watchers: set[tuple[Any, str, Principal]] = set()
        self._watching: dict[str, AsyncExitStack] = {}
        self._bus = InMemorySubscriptionBus()
        super().__init__(
            name=server.name,
            title=server.title,
            instructions=server.instructions,
            version=server.version,
            lifespan=hand_over,
            middleware=[self._refuse_malformed],
            subscriptions=self._bus if server.subscriptions else False,
            request_state_security=RequestStateSecurity(
                keys=app.sealer.keys, bind_principal=lambda _: current_principal.get().key
            ),
        )
        registry = app.registry
        self._tools = {name: self._tool(endpoint) for name, endpoint in registry.tools.items()}
        self._templates = [(UriTemplate.parse(uri), endpoint) for uri, endpoint in registry.templates.items()]
        lowlevel = self._lowlevel_server
        self._observe_instead(lowlevel.middleware)
        lowlevel.add_request_handler("tools/call", CallToolRequestParams, self._call_tool)
        lowlevel.add_request_handler("resources/read", ReadResourceRequestParams, self._read_resource)
        lowlevel.add_request_handler("prompts/get", GetPromptRequestParams, self._get_prompt)
        if registry.completions:
            lowlevel.add_request_handler("completion/complete", CompleteRequestParams, self._complete)
        if server.subscriptions:
            lowlevel.get_capabilities = partial(_fixed_lists, lowlevel.get_capabilities)  # type: ignore[method-assign]
            self._listen_handler = ListenHandler(self._bus)
            lowlevel.add_request_handler("subscriptions/listen", SubscriptionsListenRequestParams, self._listen)
            if sessions:
                lowlevel.add_request_handler("resources/subscribe", SubscribeRequestParams, self._subscribe)
                lowlevel.add_request_handler("resources/unsubscribe", UnsubscribeRequestParams, self._unsubscribe)

    # -- lists -------------------------------------------------------------------------------------------------------

    async def list_tools(self) -> list[Tool]:
        """The tools that the caller may use."""
        return [self._tools[endpoint.name] for endpoint in self._permitted(self._app.registry.tools)]

    async def list_resources(self) -> list[Resource]:
        """The resources that the caller may read, and those of templates that have some to list."""
        listed = [
            Resource(uri=found.uri, name=found.name, description=found.description, mime_type=found.mime_type)
            for template in self._app.registry.templates.values()
            if template.listed is not None
            for found in template.listed(self._app.resources)
            if self._permits(found.uri, template)
        ]
        fixed = [
            Resource(
                uri=endpoint.name,
                name=endpoint.function.__name__,
                title=endpoint.title,
                description=endpoint.description,
                mime_type=endpoint.mime_type,
            )
            for endpoint in self._permitted(self._app.registry.resources)
        ]
        return fixed + listed

    async def list_resource_templates(self) -> list[ResourceTemplate]:
        """The resource templates that the caller may read."""
        return [
            ResourceTemplate(
                uri_template=endpoint.name,
                name=endpoint.function.__name__,
                title=endpoint.title,
                description=endpoint.description,
                mime_type=endpoint.mime_type,
            )
            for endpoint in self._permitted(self._app.registry.templates)
        ]

    async def list_prompts(self) -> list[Prompt]:
        """The prompts that the caller may get."""
        return [
            Prompt(
                name=endpoint.name,
                title=endpoint.title,
                description=endpoint.description,
                arguments=[
                    PromptArgument(name=name, description=field.description, required=field.is_required())
                    for name, field in endpoint.arguments.model.model_fields.items()
                ],
            )
            for endpoint in self._permitted(self._app.registry.prompts)
        ]

    # -- calls -------------------------------------------------------------------------------------------------------

    async def _call_tool(
        self, ctx: RequestContext, params: CallToolRequestParams
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; every error is a result with `isError`."""
        endpoint = self._app.registry.tools.get(params.name)
        channel = _Channel(self, ctx, params)
        call = self._make("tool", params.name, params.arguments or {}, endpoint, ctx, channel)
        try:
            result: CallToolResult = (await self._app.calls.run(call)).result
            return result
        except InputNeeded as needed:
            return _input_required(needed)
        except CapabilityMissing as error:
            raise _mcp_error(error, call) from error
        except ChassisError as error:
            return render_tool_error(error, call.error_id)

    async def _read_resource(
        self, ctx: RequestContext, params: ReadResourceRequestParams
    ) -> ReadResourceResult | InputRequiredResult:
        endpoint, arguments = self._resource(params.uri)
        channel = _Channel(self, ctx, params)
        result = await self._run(self._make("resource", params.uri, arguments, endpoint, ctx, channel))
        if isinstance(result, InputRequiredResult):
            return result
        return ReadResourceResult(contents=[_contents(params.uri, result.content, result.mime_type)])

    async def _get_prompt(
        self, ctx: RequestContext, params: GetPromptRequestParams
    ) -> GetPromptResult | InputRequiredResult:
        endpoint = self._app.registry.prompts.get(params.name)
        channel = _Channel(self, ctx, params)
        call = self._make("prompt", params.name, dict(params.arguments or {}), endpoint, ctx, channel)
        result: GetPromptResult | InputRequiredResult = await self._run(call)
        return result

    async def _complete(self, ctx: RequestContext, params: CompleteRequestParams) -> CompleteResult:
        registry = self._app.registry
        target = params.ref.name if isinstance(params.ref, PromptReference) else params.ref.uri
        known = registry.prompts.get(target) or registry.templates.get(target)
        endpoint = registry.completions.get(target)
        if endpoint is None and known is not None:
            endpoint = replace(known, kind="completion", function=_no_candidates, arguments=_CANDIDATES)
        resolved = (params.context.arguments if params.context else None) or {}
        arguments = {"argument": params.argument.name, "value": params.argument.value, "resolved": resolved}
        values = await self._run(self._make("completion", target, arguments, endpoint, ctx, Channel()))
        return CompleteResult(completion=Completion(values=values[:100], total=len(values), has_more=len(values) > 100))

    async def _run(self, call: Call) -> Any:
        try:
            return (await self._app.calls.run(call)).result
        except InputNeeded as needed:
            return _input_required(needed)
        except ChassisError as error:
            raise _mcp_error(error, call) from error

    def _observe_instead(self, middleware: list[ServerMiddleware[Any]]) -> None:
        """Put our operations where the SDK's spans are, which tell the text of exceptions to whoever collects them."""
        assert isinstance(middleware[0], OpenTelemetryMiddleware)
        middleware[0] = self._observe

    async def _observe(self, ctx: RequestContext, call_next: CallNext) -> HandlerResult:
        """One operation for each request."""
        if ctx.request_id is None:
            return await call_next(ctx)
        operations = self._app.telemetry.operations
        operation = operations.begin(ctx.method, ctx.params, ctx.meta, ctx.request_id, ctx.protocol_version)
        try:
            result = await call_next(ctx)
        except MCPError as error:
            operations.refuse(operation, error.error.code, error.error.data)
            raise
        except ValidationError:
            operations.refuse(operation, INVALID_PARAMS, None)
            raise
        except BaseException as error:
            operations.end(operation, Internal.code if isinstance(error, Exception) else Cancelled.code)
            raise
        operations.end(operation, _tool_error(result))
        return result

    async def _refuse_malformed(self, ctx: RequestContext, call_next: CallNext) -> HandlerResult:
        """Record calls whose params the SDK refuses, and say what is wrong with them; it only says that they are."""
        try:
            return await call_next(ctx)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            if ctx.method not in _CALLS or any(fault["loc"][:1] != ("params",) for fault in faults):
                raise
            for fault in faults:
                fault["loc"] = tuple(part for part in fault["loc"][1:] if part not in _REFERENCES)
            params = ctx.params or {}
            name, arguments = params.get("name", params.get("uri")), params.get("arguments")
            call = self._make(
                _CALLS[ctx.method],
                name if isinstance(name, str) else "",
                arguments if isinstance(arguments, dict) else {},
                None,
                ctx,
                Channel(),
            )
            try:
                await self._app.calls.refuse(call, InvalidArguments(explain(faults, [])))
            except ChassisError as refusal:
                raise _mcp_error(refusal, call) from None

    # -- subscriptions -----------------------------------------------------------------------------------------------

    async def updated(self, uri: str) -> None:
        """Tell every client that watches this resource that it has changed."""
        await self._bus.publish(ResourceUpdated(uri=uri))
        for session, watched, principal in list(self._watchers):
            if watched == uri and self._may_watch(uri, principal):
                await session.send_resource_updated(uri)

    async def _listen(self, ctx: RequestContext, params: SubscriptionsListenRequestParams) -> SubscriptionsListenResult:
        uris = params.notifications.resource_subscriptions or ()
        refused: list[MCPError] = []
        async with AsyncExitStack() as watching:
            for uri in uris:
                await self._watch(ctx, uri, watching)
            async with anyio.create_task_group() as listening:
                listening.start_soon(self._admit_again, ctx, uris, listening.cancel_scope, refused)
                try:
                    return await self._listen_handler(ctx, params)
                except MCPError as error:  # too many streams; a task group would wrap it
                    refused.append(error)
                finally:
                    listening.cancel_scope.cancel()
        raise refused[0]

    async def _admit_again(
        self, ctx: RequestContext, uris: Iterable[str], stream: anyio.CancelScope, refused: list[MCPError]
    ) -> None:
        """End a stream whose resources another policy does not let its client read any more."""
        while True:
            await self._app.policies.changed()
            try:
                for uri in uris:
                    await self._run(self._subscription(ctx, uri))
            except MCPError as error:
                refused.append(error)
                stream.cancel()

    def _may_watch(self, uri: str, principal: Principal) -> bool:
        endpoint, _ = self._resource(uri)
        return endpoint is not None and self._permits(uri, endpoint, principal)

    async def _subscribe(self, ctx: RequestContext, params: SubscribeRequestParams) -> EmptyResult:
        async with AsyncExitStack() as admitted:
            await self._watch(ctx, params.uri, admitted)
            await self._unwatch(params.uri)
            self._watching[params.uri] = admitted.pop_all()
        # A request has a session object of its own; notifications go out by the connection that all of them share.
        self._watchers = {watcher for watcher in self._watchers if watcher[1] != params.uri}
        self._watchers.add((ctx.session, params.uri, current_principal.get()))
        return EmptyResult()

    async def _unsubscribe(self, _: RequestContext, params: UnsubscribeRequestParams) -> EmptyResult:
        self._watchers = {watcher for watcher in self._watchers if watcher[1] != params.uri}
        await self._unwatch(params.uri)
        return EmptyResult()

    async def _watch(self, ctx: RequestContext, uri: str, watching: AsyncExitStack) -> None:
        """Admit a subscription, and have the resource watched until the stack is closed, where it can be."""
        call = self._subscription(ctx, uri)
        watch: Watching | None = await self._run(call)
        if watch is None:
            return
        try:
            await watching.enter_async_context(watch(uri, self.updated))
        except ChassisError as error:  # the resource has changed since, or others were quicker
            raise _mcp_error(error, call) from error

    async def _unwatch(self, uri: str) -> None:
        if (watching := self._watching.pop(uri, None)) is not None:
            await watching.aclose()

    def _subscription(self, ctx: RequestContext, uri: str) -> Call:
        """A subscription, which passes the hooks under the scopes of the resource it watches."""
        endpoint, arguments = self._resource(uri)
        if endpoint is not None:
            endpoint = replace(endpoint, kind="subscription", function=endpoint.watch or _accept)
        return self._make("subscription", uri, arguments, endpoint, ctx, Channel())

    # -- parts -------------------------------------------------------------------------------------------------------

    def _make(
        self,
        kind: Kind,
        name: str,
        arguments: dict[str, Any],
        endpoint: Endpoint | None,
        ctx: RequestContext,
        channel: Channel,
    ) -> Call:
        return Call(
            kind=kind,
            name=name,
            arguments=arguments,
            principal=current_principal.get(),
            endpoint=endpoint,
            channel=channel,
            request_id=ctx.request_id,
            trace_id=_trace_id(),
            client=_client(ctx),
        )

    def _permits(self, uri: str, template: Endpoint, principal: Principal | None = None) -> bool:
        """Whether a principal, else the caller, may read a resource of a template, for all that is known."""
        caller = principal or current_principal.get()
        return bool(self._app.calls.permitted({uri: replace(template, name=uri)}, caller))

    def _permitted(self, shelf: dict[str, Endpoint]) -> list[Endpoint]:
        return self._app.calls.permitted(shelf, current_principal.get())

    def _resource(self, uri: str) -> tuple[Endpoint | None, dict[str, Any]]:
        registry = self._app.registry
        if (endpoint := registry.resources.get(uri)) is not None:
            return endpoint, {}
        for template, endpoint in self._templates:
            if (variables := template.match(uri)) is not None:
                return endpoint, dict(variables)
        return None, {}

    def _tool(self, endpoint: Endpoint) -> Tool:
        hints = endpoint.hints
        return Tool(
            name=endpoint.name,
            title=endpoint.title,
            description=endpoint.description,
            input_schema=endpoint.arguments.schema,
            output_schema=self._app.calls.renderers[endpoint.name].output_schema,
            annotations=ToolAnnotations(
                read_only_hint=hints.read_only,
                destructive_hint=hints.destructive,
                idempotent_hint=hints.idempotent,
                open_world_hint=hints.open_world,
            ),
        )

    def _tool_input_schema(self, name: str) -> dict[str, Any] | None:
        """What the SDK checks `Mcp-Param-*` headers against."""
        endpoint = self._app.registry.tools.get(name)
        return None if endpoint is None else endpoint.arguments.schema


class CapabilityMissing(ApprovalRequired):
    """This call asks for something that your client does not offer."""

    jsonrpc_code = MISSING_REQUIRED_CLIENT_CAPABILITY

    def __init__(self, missing: Iterable[str]) -> None:
        """Name the client capabilities that are missing, as the protocol has this error list them."""
        self._missing = sorted(missing)
        super().__init__(f"This call needs a client that offers {' and '.join(self._missing)}.")

    def payload(self, error_id: str) -> dict[str, Any]:
        """The error object, with `requiredCapabilities`."""
        return {**super().payload(error_id), "requiredCapabilities": {name: {} for name in self._missing}}


class _Channel(Channel):
    """The way back to the client, in whichever era it speaks."""

    def __init__(self, mcp: ChassisMCP, ctx: RequestContext, params: InputResponseRequestParams) -> None:
        self._mcp = mcp
        self._ctx = ctx
        self._rounds = ctx.protocol_version in MODERN_PROTOCOL_VERSIONS
        self.answers = params.input_responses
        self.state = params.request_state

    @property
    def asks(self) -> frozenset[str]:
        return _whom_to_ask(self._ctx.session.client_capabilities)

    async def progress(self, done: float, total: float | None, message: str | None) -> None:
        await self._ctx.session.report_progress(done, total, message)

    async def updated(self, uri: str) -> None:
        await self._mcp.updated(uri)

    def admit(self, needed: InputNeeded) -> None:
        if not self._rounds:
            super().admit(needed)
        missing = {_CAPABILITIES[request.method] for request in (needed.requests or {}).values()} - self.asks
        if missing:
            raise CapabilityMissing(missing)

    async def ask(self, key: str, message: str, answer: type[AnswerT]) -> AnswerT | None:
        if "elicitation" not in self.asks:
            raise ApprovalRequired("This call needs an answer of a person, and your client cannot ask for one.")
        if self._rounds:
            return self._ask_in_rounds(key, message, answer)
        try:
            result = await elicit_with_validation(self._ctx.session, message, answer, self._ctx.request_id)
        except MCPError as error:  # an older client over stateless HTTP cannot be reached, others may refuse
            raise ApprovalRequired("This call needs an answer of a person, and your client did not ask.") from error
        except ValueError as error:
            raise InvalidArguments("The answer does not fit the question; call again and answer anew.") from error
        return result.data if result.action == "accept" else None

    def _ask_in_rounds(self, key: str, message: str, answer: type[AnswerT]) -> AnswerT | None:
        """What the client answered to this question in this or an earlier round, or a new round to ask it."""
        answered: dict[str, Any] = json.loads(self.state) if self.state else {}
        for name, response in (self.answers or {}).items():
            if isinstance(response, ElicitResult):
                answered[name] = response.content if response.action == "accept" else None
        if key in answered:
            try:
                return None if answered[key] is None else answer.model_validate(answered[key])
            except ValidationError:  # the answer does not fit the question, which is asked again
                del answered[key]
        params = ElicitRequestFormParams(message=message, requested_schema=render_elicitation_schema(answer))
        raise InputNeeded({key: ElicitRequest(params=params)}, json.dumps(answered) if answered else None)


async def run_streams(
    app: App[Any, Any],
    read: MemoryObjectReceiveStream[SessionMessage | Exception],
    write: MemoryObjectSendStream[SessionMessage],
) -> None:
    """Serve one client over a pair of message streams, in the era it opens with."""
    lowlevel = app.mcp(sessions=True)._lowlevel_server
    await lowlevel.run(read, write, lowlevel.create_initialization_options())


def _input_required(needed: InputNeeded) -> InputRequiredResult:
    return InputRequiredResult(input_requests=needed.requests, request_state=needed.state)


def _contents(uri: str, content: str | bytes, mime_type: str | None) -> TextResourceContents | BlobResourceContents:
    if isinstance(content, str):
        return TextResourceContents(uri=uri, text=content, mime_type=mime_type or "text/plain")
    blob = base64.b64encode(content).decode()
    return BlobResourceContents(uri=uri, blob=blob, mime_type=mime_type or "application/octet-stream")


def _mcp_error(error: ChassisError, call: Call) -> MCPError:
    data = error.payload(call.error_id)
    if call.kind == "resource" and isinstance(error, NotFound):
        data["uri"] = call.name  # as protocol 2026-07-28 has it
    return MCPError(code=error.jsonrpc_code, message=error.message, data=data)


def _fixed_lists(capabilities: Callable[..., ServerCapabilities], *args: Any, **kwargs: Any) -> ServerCapabilities:
    """The capabilities of a server whose resources change but whose lists do not; the SDK tells both alike."""
    found = capabilities(*args, **kwargs)
    for offered in (found.tools, found.prompts, found.resources):
        if offered is not None:
            offered.list_changed = False
    return found


_CALLS: dict[str, Kind] = {
    "tools/call": "tool",
    "resources/read": "resource",
    "prompts/get": "prompt",
    "completion/complete": "completion",
    "resources/subscribe": "subscription",
    "subscriptions/listen": "subscription",
}
"""The requests that are calls."""

_REFERENCES = ("PromptReference", "ResourceTemplateReference")
"""What the SDK's paths say of a choice between models, and no caller wrote."""

_CAPABILITIES = {"elicitation/create": "elicitation", "sampling/createMessage": "sampling", "roots/list": "roots"}
"""What a client must have declared before it is asked something."""


def _whom_to_ask(declared: ClientCapabilities | None) -> frozenset[str]:
    """The declared ones of `_CAPABILITIES`; elicitation by URL alone cannot show a form."""
    if declared is None:
        return frozenset()
    forms = declared.elicitation is not None and (
        declared.elicitation.form is not None or declared.elicitation.url is None
    )
    offered = {"elicitation": forms, "sampling": declared.sampling is not None, "roots": declared.roots is not None}
    return frozenset(name for name, there in offered.items() if there)


def _trace_id() -> str | None:
    trace = current_trace.get()
    return None if trace is None else trace.trace_id


def _tool_error(result: HandlerResult) -> str | None:
    """The code of a tool's error in its form for the wire; None for a good result, and for what other methods give."""
    if not isinstance(result, dict) or result.get("isError") is not True:
        return None
    ours = (result.get("_meta") or {}).get(ERROR_META)
    return str(ours["code"]) if isinstance(ours, dict) else "tool_error"


def _client(ctx: RequestContext) -> str | None:
    params = ctx.session.client_params
    return f"{params.client_info.name} {params.client_info.version}"[:200] if params else None


async def _accept(**_: Any) -> None:
    """A subscription is admitted by passing the hooks; there is nothing else to do."""


async def _no_candidates(argument: str, value: str, resolved: dict[str, str]) -> list[str]:
    """What is offered for a prompt or template without completions, to whoever may use it."""
    return []


_CANDIDATES = Arguments(_no_candidates)
