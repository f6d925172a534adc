"""Operations: each request from the SDK's receipt of it to its result, as a duration and as a span.

What stays the same between requests (labels, attributes, the histogram's child) is made once per method, name and
protocol version; names that the server does not know are one name. Where nothing listens, what is left is the trace id
that the caller sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from mcp_types.methods import SPEC_CLIENT_METHODS
from mcp_types.version import KNOWN_PROTOCOL_VERSIONS

from mcp_chassis.telemetry import catalogue
from mcp_chassis.telemetry.catalogue import OTHER
from mcp_chassis.telemetry.trace import (
    Parent,
    Trace,
    current_http,
    current_trace,
    http_parent,
    new_span_id,
    new_trace_id,
    parent,
)

if TYPE_CHECKING:
    from contextvars import Token

    from prometheus_client import Histogram

    from mcp_chassis.registry import Registry

__all__ = ["Kind", "Operation", "Operations", "Spans"]

_CALLERS_FAULTS = frozenset((-32700, -32600, -32601, -32602, -32002))
"""JSON-RPC codes that are no errors of a server, by the conventions."""

Sampler = Callable[[Parent | None, str], bool]


class Spans(Protocol):
    """Where ended operations go that are recorded as spans."""

    def append(self, operation: Operation) -> None:
        """Take one; never wait."""


class Kind:
    """What all requests of a method, name and protocol version have in common."""

    __slots__ = ("attributes", "children", "labels", "title")

    def __init__(self, title: str, attributes: dict[str, str]) -> None:
        """Make it.

        Args:
            title: the name of the span.
            attributes: of the span and of the duration.
        """
        self.title = title
        self.attributes = attributes
        self.labels = tuple(attributes.get(label, "") for label in catalogue.OPERATION_DURATION.labels[:-2])
        self.children: dict[tuple[str | None, int | None], Any] = {}


class Operation(Trace):
    """One request; `parent` is the caller's span and `link` that of the HTTP request where it is another one."""

    __slots__ = ("error", "http", "kind", "link", "nanoseconds", "parent", "recorded", "request_id", "since", "start",
                 "status", "token", "uri")  # fmt: skip

    kind: Kind
    parent: Parent | None
    link: Parent | None
    recorded: bool
    request_id: object
    uri: str | None
    http: Mapping[str, Any] | None
    since: float
    start: int
    nanoseconds: int
    error: str | None
    status: int | None
    token: Token[Trace | None]


class Operations:
    """Begins and ends the operations of one server."""

    def __init__(
        self,
        registry: Registry,
        transport: str,
        durations: Histogram | None = None,
        spans: Spans | None = None,
        sampler: Sampler = lambda _parent, _trace_id: True,
    ) -> None:
        """Make it.

        Args:
            registry: the tools and prompts whose names are known.
            transport: `pipe`, `tcp` or `unix`.
            durations: where durations go, if anywhere.
            spans: where spans go, if anywhere.
            sampler: whether a request is recorded as a span, by its parent and trace id.
        """
        self._named: dict[str, tuple[str, Mapping[str, Any]]] = {
            "tools/call": (catalogue.TOOL, registry.tools),
            "prompts/get": (catalogue.PROMPT, registry.prompts),
        }
        self._transport = transport
        self._durations = durations
        self._spans = spans
        self._sampler = sampler
        self._kinds: dict[tuple[str, str | None, str], Kind] = {}

    def begin(
        self,
        method: str,
        params: Mapping[str, Any] | None,
        meta: Mapping[str, Any] | None,
        request_id: object,
        version: str,
    ) -> Operation:
        """A request has come; end it whatever happens."""
        caller = parent(meta["traceparent"], meta.get("tracestate")) if meta and "traceparent" in meta else None
        http = current_http.get()
        carrier = None if http is None else http_parent(http)
        chosen = caller or carrier
        operation = Operation(None, None) if chosen is None else Operation(chosen.trace_id, chosen.span_id)
        operation.recorded = False
        if self._spans is not None:
            operation.trace_id = operation.trace_id or new_trace_id()
            operation.span_id = new_span_id()
            if self._sampler(chosen, operation.trace_id):
                operation.recorded = True
                operation.parent = chosen
                operation.link = None if carrier is chosen else carrier
                operation.request_id, operation.http = request_id, http
                uri = params.get("uri") if params else None
                operation.uri = uri if isinstance(uri, str) and method.startswith("resources/") else None
                operation.start = time.time_ns()
        if self._durations is not None or operation.recorded:
            operation.kind = self._kind(method, params, version)
            operation.since = time.perf_counter()
        operation.token = current_trace.set(operation)
        return operation

    def end(self, operation: Operation, error: str | None = None, status: int | None = None) -> None:
        """The request has its result, or failed.

        Args:
            error: our code, `tool_error`, or a JSON-RPC code as text.
            status: the JSON-RPC code where it failed with one.
        """
        current_trace.reset(operation.token)
        if self._durations is not None:
            elapsed = time.perf_counter() - operation.since
            kind = operation.kind
            child = kind.children.get((error, status))
            if child is None:
                child = self._durations.labels(*kind.labels, error or "", "" if status is None else str(status))
                kind.children[error, status] = child
            child.observe(elapsed)
        if operation.recorded:
            operation.nanoseconds = int((time.perf_counter() - operation.since) * 1e9)
            operation.error, operation.status = error, status
            assert self._spans is not None
            self._spans.append(operation)

    def refuse(self, operation: Operation, code: int, data: object) -> None:
        """End an operation whose request failed with a JSON-RPC error."""
        if code in _CALLERS_FAULTS:
            self.end(operation, None, code)
            return
        ours = data.get("code") if isinstance(data, dict) and "error_id" in data else None
        self.end(operation, ours if isinstance(ours, str) else str(code), code)

    def _kind(self, method: str, params: Mapping[str, Any] | None, version: str) -> Kind:
        if method not in SPEC_CLIENT_METHODS:
            method = OTHER
        named, name = self._named.get(method), None
        if named is not None:
            name = params.get("name") if params else None
            if not isinstance(name, str) or name not in named[1]:
                name = OTHER
        kind = self._kinds.get((method, name, version))
        if kind is None:
            kind = self._made(method, named[0] if named else "", name, version)
        return kind

    def _made(self, method: str, label: str, name: str | None, version: str) -> Kind:
        if version not in KNOWN_PROTOCOL_VERSIONS:
            version = OTHER
        attributes = {catalogue.METHOD: method, catalogue.VERSION: version, catalogue.TRANSPORT: self._transport}
        if name is not None:
            attributes[label] = name
        if method == "tools/call":
            attributes[catalogue.OPERATION] = "execute_tool"
        kind = Kind(method if name is None or name == OTHER else f"{method} {name}", attributes)
        return self._kinds.setdefault((method, name, version), kind)
