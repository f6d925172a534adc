"""The names of all that is measured: MCP's semantic conventions, and what the conventions have no name for.

Conventions: open-telemetry/semantic-conventions-genai, model/mcp (stability: development). In Prometheus a name has `_`
for `.`, its unit at its end, and `_total` where it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["CATALOGUE", "OTHER", "SPAN_ATTRIBUTES", "Metric"]

METHOD = "mcp.method.name"
TOOL = "gen_ai.tool.name"
PROMPT = "gen_ai.prompt.name"
OPERATION = "gen_ai.operation.name"
VERSION = "mcp.protocol.version"
TRANSPORT = "network.transport"
ERROR = "error.type"
STATUS = "rpc.response.status_code"
URI = "mcp.resource.uri"
REQUEST_ID = "jsonrpc.request.id"
PROTOCOL_NAME = "network.protocol.name"
PROTOCOL_VERSION = "network.protocol.version"
CLIENT_ADDRESS = "client.address"
CLIENT_PORT = "client.port"
SERVER_ADDRESS = "server.address"
SERVER_PORT = "server.port"

SPAN_ATTRIBUTES = {
    METHOD: "The method of the request; `_OTHER` where it is none of MCP.",
    TOOL: "The tool of a `tools/call`; `_OTHER` where there is no such tool.",
    PROMPT: "The prompt of a `prompts/get`; `_OTHER` where there is no such prompt.",
    OPERATION: "`execute_tool` for a `tools/call`.",
    VERSION: "The protocol version of the request.",
    TRANSPORT: "`pipe` for stdio, `tcp` for HTTP, `unix` for HTTP on a unix socket.",
    ERROR: "The code of our error, `tool_error`, or a JSON-RPC code; absent where the server did as it should.",
    STATUS: "The JSON-RPC code of an answer that is an error, also of one that is the caller's own mistake.",
    URI: "The resource that is read or subscribed to; only on spans.",
    REQUEST_ID: "The id of the JSON-RPC request.",
    PROTOCOL_NAME: "`http`, over HTTP.",
    PROTOCOL_VERSION: "The version of HTTP.",
    CLIENT_ADDRESS: "The address at the other end of the connection: of a proxy where there is one.",
    CLIENT_PORT: "Its port.",
    SERVER_ADDRESS: "The address that was connected to.",
    SERVER_PORT: "Its port.",
}
"""All that a span may carry, and what it says."""

OTHER = "_OTHER"
"""What every name that the server does not know is called, so that nobody can make labels up."""

SECONDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
"""The buckets of the conventions."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric.

    Args:
        name: as OpenTelemetry has it; `unit` and `kind` complete it for Prometheus.
        kind: what it is.
        help: what it says.
        labels: its attributes, as OpenTelemetry names them.
        unit: `s` for seconds, else a number without one.
    """

    name: str
    kind: Literal["histogram", "counter", "gauge"]
    help: str
    labels: tuple[str, ...] = ()
    unit: str = "1"

    @property
    def prometheus(self) -> str:
        """Its name in Prometheus, without what its samples add (`_bucket`, `_sum`, `_count`)."""
        name = self.name.replace(".", "_") + ("_seconds" if self.unit == "s" else "")
        return f"{name}_total" if self.kind == "counter" else name

    @property
    def prometheus_labels(self) -> tuple[str, ...]:
        """Its labels in Prometheus."""
        return tuple(label.replace(".", "_") for label in self.labels)


OPERATION_DURATION = Metric(
    "mcp.server.operation.duration",
    "histogram",
    "Seconds from the SDK's receipt of a request to its result.",
    (METHOD, TOOL, PROMPT, OPERATION, VERSION, TRANSPORT, ERROR, STATUS),
    "s",
)
SESSION_DURATION = Metric(
    "mcp.server.session.duration",
    "histogram",
    "Seconds that a session lasted, where there are sessions (stdio).",
    (TRANSPORT,),
    "s",
)
QUEUE_WAIT = Metric(
    "mcp_chassis.queue.wait", "histogram", "Seconds that calls waited for a slot, of those that had to.", unit="s"
)
DECISIONS = Metric(
    "mcp_chassis.policy.decisions", "counter", "Calls by what scopes and policy made of them.", ("effect",)
)
REFUSALS = Metric("mcp_chassis.limiter.refusals", "counter", "Calls that a limit refused, by error code.", ("code",))
STORE_DOWN = Metric("mcp_chassis.limiter.store.down", "gauge", "1 while the shared store of the limits is down.")
CALLS_RUNNING = Metric("mcp_chassis.calls.running", "gauge", "Calls that hold a slot.")
CALLS_LIMIT = Metric("mcp_chassis.calls.limit", "gauge", "Slots there are (MCP_MAX_CONCURRENCY).")
QUEUE_LENGTH = Metric("mcp_chassis.queue.length", "gauge", "Calls that wait for a slot.")
QUEUE_LIMIT = Metric("mcp_chassis.queue.limit", "gauge", "Calls that may wait for a slot.")
QUEUE_REFUSALS = Metric(
    "mcp_chassis.queue.refusals", "counter", "Calls that got no slot: the queue was full, or they waited too long."
)
AUDIT_RECORDS = Metric("mcp_chassis.audit.records", "counter", "Records written to the audit log.")
AUDIT_WRITABLE = Metric("mcp_chassis.audit.writable", "gauge", "1 while the audit log can be written.")
AUDIT_LAG = Metric(
    "mcp_chassis.audit.lag",
    "gauge",
    "Age of the oldest record that is not on disk yet (disk), or not in PostgreSQL yet (sink).",
    ("stage",),
    "s",
)
POOL_CONNECTIONS = Metric(
    "mcp_chassis.pool.connections", "gauge", "Connections to a backend by what they do.", ("pool", "state")
)
POOL_LIMIT = Metric("mcp_chassis.pool.limit", "gauge", "Connections there may be.", ("pool",))
POOL_WAITING = Metric("mcp_chassis.pool.waiting", "gauge", "Calls that wait for a connection.", ("pool",))
READY = Metric("mcp_chassis.ready", "gauge", "1 while the server should get calls, as /ready tells.")
TOOL_AVAILABLE = Metric(
    "mcp_tool_available",
    "gauge",
    "1 while a tool can be called: it is on, and nothing is unhealthy.",
    ("tool",),
)
SPANS_DROPPED = Metric(
    "mcp_chassis.spans.dropped", "counter", "Spans that were lost: the endpoint did not take them, or not fast enough."
)
BUILD = Metric("mcp_chassis.build.info", "gauge", "1, with what runs here.", ("server", "version", "chassis", "python"))

CATALOGUE = (
    OPERATION_DURATION, SESSION_DURATION, DECISIONS, REFUSALS, STORE_DOWN, CALLS_RUNNING, CALLS_LIMIT, QUEUE_LENGTH,
    QUEUE_LIMIT, QUEUE_WAIT, QUEUE_REFUSALS, AUDIT_RECORDS, AUDIT_WRITABLE, AUDIT_LAG, POOL_CONNECTIONS, POOL_LIMIT,
    POOL_WAITING, READY, TOOL_AVAILABLE, SPANS_DROPPED, BUILD,
)  # fmt: skip
"""All metrics, beside those of the process (`process_*`) that the Prometheus client adds."""
