"""Operations and metrics as the OpenTelemetry SDK's exporters take them; the only module that imports its SDK.

Spans are made in the exporter's thread, from what the call left behind: an SDK span during the call costs more than all
else that telemetry does.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    MetricExportResult,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import Link, SpanContext, SpanKind, Status, StatusCode, TraceFlags, TraceState
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric as Family

from mcp_chassis import __version__
from mcp_chassis.redaction import Redactor
from mcp_chassis.telemetry import catalogue
from mcp_chassis.telemetry.operations import Operation
from mcp_chassis.telemetry.trace import Parent

__all__ = ["Otlp"]

_LONGEST = 1024
_SCOPE = InstrumentationScope("mcp_chassis", __version__)
_OK, _FAILED = Status(StatusCode.UNSET), Status(StatusCode.ERROR)  # without a text, which could tell too much
_CUMULATIVE = AggregationTemporality.CUMULATIVE
_UNKNOWN: Any = None
"""The smallest and the largest duration, which nobody keeps."""


class Otlp:
    """The SDK's exporters, for one server."""

    def __init__(self, server: str, version: str, redact: Redactor) -> None:
        """Make the exporters, which read their OTEL_* variables themselves."""
        # What the environment says of the service is stronger than what it is called here.
        named = {"service.version": version, "service.instance.id": str(uuid4()), SERVICE_NAME: server}
        known = OTELResourceDetector().detect().attributes
        self._resource = Resource.create({key: value for key, value in named.items() if key not in known})
        self._redact = redact
        self._spans = OTLPSpanExporter()
        self._metrics = OTLPMetricExporter()
        self._started = time.time_ns()

    def send_spans(self, operations: Sequence[Operation]) -> bool:
        """Send operations as spans; waits for the endpoint, and tells whether it took them."""
        sent = self._spans.export([self._span(operation) for operation in operations])
        return sent is SpanExportResult.SUCCESS

    def send_metrics(self, registry: CollectorRegistry) -> bool:
        """Send what the metrics are now; waits for the endpoint, and tells whether it took them."""
        families = {family.name: family for family in registry.collect()}
        now = time.time_ns()
        metrics = [
            self._metric(metric, family, now)
            for metric in catalogue.CATALOGUE
            if (family := families.get(metric.prometheus.removesuffix("_total"))) is not None and family.samples
        ]
        scope = ScopeMetrics(_SCOPE, metrics, "")
        sent = self._metrics.export(MetricsData([ResourceMetrics(self._resource, [scope], "")]))
        return sent is MetricExportResult.SUCCESS

    def give_up(self) -> None:
        """End what waits for the endpoint."""
        self._spans.shutdown()  # type: ignore[no-untyped-call]
        self._metrics.shutdown()

    def _span(self, operation: Operation) -> ReadableSpan:
        assert operation.trace_id is not None
        assert operation.span_id is not None
        caller, link = operation.parent, operation.link
        state = TraceState.from_header([caller.state]) if caller is not None and caller.state else None
        return ReadableSpan(
            operation.kind.title,
            SpanContext(int(operation.trace_id, 16), int(operation.span_id, 16), False, TraceFlags(1), state),
            _context(caller) if caller is not None else None,
            self._resource,
            self._attributes(operation),
            links=[Link(_context(link))] if link is not None else (),
            kind=SpanKind.SERVER,
            status=_OK if operation.error is None else _FAILED,
            start_time=operation.start,
            end_time=operation.start + operation.nanoseconds,
            instrumentation_scope=_SCOPE,
        )

    def _attributes(self, operation: Operation) -> dict[str, str | int]:
        found: dict[str, str | int] = {
            **operation.kind.attributes,
            catalogue.REQUEST_ID: str(operation.request_id)[:_LONGEST],
        }
        if operation.error is not None:
            found[catalogue.ERROR] = operation.error
        if operation.status is not None:
            found[catalogue.STATUS] = str(operation.status)
        if operation.uri is not None:
            found[catalogue.URI] = self._redact(operation.uri[:_LONGEST])
        if operation.http is not None:
            found |= _connection(operation.http)
        return found

    def _metric(self, metric: catalogue.Metric, family: Family, now: int) -> Metric:
        names = dict(zip(metric.prometheus_labels, metric.labels, strict=True))
        unit = "s" if metric.unit == "s" else "1"
        if metric.kind == "histogram":
            histogram = Histogram(list(_distributions(family, names, self._started, now)), _CUMULATIVE)
            return Metric(metric.name, metric.help, unit, histogram)
        points = [
            NumberDataPoint(_named(sample.labels, names), self._started, now, sample.value) for sample in family.samples
        ]
        data = Sum(points, _CUMULATIVE, True) if metric.kind == "counter" else Gauge(points)
        return Metric(metric.name, metric.help, unit, data)


def _context(parent: Parent) -> SpanContext:
    return SpanContext(int(parent.trace_id, 16), int(parent.span_id, 16), True, TraceFlags(int(parent.sampled)))


def _connection(http: Mapping[str, Any]) -> Iterator[tuple[str, str | int]]:
    yield catalogue.PROTOCOL_NAME, "http"
    yield catalogue.PROTOCOL_VERSION, http.get("http_version", "1.1")
    for names, address in (
        ((catalogue.CLIENT_ADDRESS, catalogue.CLIENT_PORT), http.get("client")),
        ((catalogue.SERVER_ADDRESS, catalogue.SERVER_PORT), http.get("server")),
    ):
        if address:  # none on a unix socket
            yield from ((name, value) for name, value in zip(names, address, strict=True) if value)


def _named(labels: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Attributes by their own names; what is empty in Prometheus is not there at all."""
    return {names[label]: value for label, value in labels.items() if value and label in names}


def _distributions(family: Family, names: Mapping[str, str], started: int, now: int) -> Iterator[HistogramDataPoint]:
    """The data points of a histogram, whose buckets Prometheus counts from below and OTLP one by one."""
    for samples in _series(family):
        up_to = [sample.value for sample in samples if sample.name.endswith("_bucket")]
        buckets = [int(count - below) for count, below in zip(up_to, [0.0, *up_to], strict=False)]
        total = next(sample.value for sample in samples if sample.name.endswith("_sum"))
        labels = _named(samples[0].labels, names)
        yield HistogramDataPoint(
            labels, started, now, sum(buckets), total, buckets, catalogue.SECONDS, _UNKNOWN, _UNKNOWN
        )


def _series(family: Family) -> Iterable[list[Any]]:
    """The samples of each label set, in their order."""
    found: dict[tuple[tuple[str, str], ...], list[Any]] = {}
    for sample in family.samples:
        key = tuple(sorted((label, value) for label, value in sample.labels.items() if label != "le"))
        found.setdefault(key, []).append(sample)
    return found.values()
