"""A small real receiver of OTLP over HTTP (protobuf)."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

PATIENCE_SECONDS = 20


@dataclass
class Sink:
    """What has come so far; spans and metrics are those of the protocol."""

    url: str = ""
    spans: list[Any] = field(default_factory=list)
    metrics: dict[str, Any] = field(default_factory=dict)
    resources: list[dict[str, Any]] = field(default_factory=list)
    raw: bytes = b""
    headers: list[dict[str, str]] = field(default_factory=list)

    def take(self, path: str, body: bytes) -> None:
        """One request."""
        self.raw += body
        if path == "/v1/traces":
            for traces in ExportTraceServiceRequest.FromString(body).resource_spans:
                self.resources.append(attributes(traces.resource))
                self.spans += [span for scope in traces.scope_spans for span in scope.spans]
        else:
            for found in ExportMetricsServiceRequest.FromString(body).resource_metrics:
                self.metrics |= {metric.name: metric for scope in found.scope_metrics for metric in scope.metrics}

    def until(self, there: Callable[[Sink], bool]) -> None:
        """Wait until what is looked for has come."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not there(self):
            assert time.monotonic() < until, [span.name for span in self.spans]
            time.sleep(0.01)

    def span(self, trace_id: str) -> Any:
        """The span of a trace, as soon as it is there."""
        self.until(lambda sink: any(span.trace_id.hex() == trace_id for span in list(sink.spans)))
        return next(span for span in self.spans if span.trace_id.hex() == trace_id)


def attributes(holder: Any) -> dict[str, Any]:
    """The attributes of a span, resource or data point."""
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in holder.attributes}


@contextmanager
def receiving() -> Iterator[Sink]:
    """A receiver on a free port of loopback."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sink.headers.append({name.lower(): value for name, value in self.headers.items()})
            sink.take(self.path, gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        sink.url = f"http://127.0.0.1:{server.server_port}"
        yield sink
        server.shutdown()
