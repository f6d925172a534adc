"""The metrics of a process. Durations are observed; all else is read where it is counted, when somebody asks."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from mcp_chassis import __version__
from mcp_chassis.telemetry import catalogue
from mcp_chassis.telemetry.catalogue import Metric

if TYPE_CHECKING:
    from mcp_chassis.app import App

__all__ = ["Metrics"]

disable_created_metrics()  # type: ignore[no-untyped-call]  # series that say when another series began; nobody asks for them

Values = Mapping[tuple[str, ...], float]


class Metrics:
    """The registry of a process and the histograms that are observed."""

    def __init__(self, app: App[Any, Any]) -> None:
        """Make the metrics of an open app, which is read when they are asked for."""
        self.registry = CollectorRegistry(auto_describe=False)
        self.operations = self._histogram(catalogue.OPERATION_DURATION)
        self.sessions = self._histogram(catalogue.SESSION_DURATION)
        self.queue_wait = self._histogram(catalogue.QUEUE_WAIT)
        self.registry.register(_State(app))
        ProcessCollector(registry=self.registry)

    def _histogram(self, metric: Metric) -> Histogram:
        return Histogram(
            metric.prometheus,
            metric.help,
            metric.prometheus_labels,
            buckets=catalogue.SECONDS,
            registry=self.registry,
        )


class _State(Collector):
    """What the parts of an app have counted, and how they stand."""

    def __init__(self, app: App[Any, Any]) -> None:
        self._app = app

    def collect(self) -> Iterator[Family]:
        """One family for each metric that is not observed."""
        app = self._app
        for metric, values in (*_calls(app), *_audit(app), *_pools(app), *_readiness(app), *_process(app)):
            yield _family(metric, values)


def _family(metric: Metric, values: Values) -> Family:
    kind = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
    family = kind(metric.prometheus.removesuffix("_total"), metric.help, labels=metric.prometheus_labels)
    for labels, value in values.items():
        family.add_metric(labels, value)
    return family


def _calls(app: App[Any, Any]) -> Iterator[tuple[Metric, Values]]:
    slots, limits = app.calls.slots, app.limits
    yield catalogue.DECISIONS, {(effect,): count for effect, count in app.calls.decided.items()}
    yield catalogue.REFUSALS, {(code,): count for code, count in limits.refused.items()}
    yield catalogue.STORE_DOWN, {(): float(limits.down)}
    yield catalogue.CALLS_RUNNING, {(): slots.running}
    yield catalogue.CALLS_LIMIT, {(): slots.size}
    yield catalogue.QUEUE_LENGTH, {(): slots.queued}
    yield catalogue.QUEUE_LIMIT, {(): slots.room}
    yield catalogue.QUEUE_REFUSALS, {(): slots.refused}


def _audit(app: App[Any, Any]) -> Iterator[tuple[Metric, Values]]:
    state = app.audit.state()
    yield catalogue.AUDIT_RECORDS, {(): state.records}
    yield catalogue.AUDIT_WRITABLE, {(): float(state.writable)}
    lag = {"disk": state.unsynced_s} | ({} if app.sink is None else {"sink": app.sink.lag_s})
    yield catalogue.AUDIT_LAG, {(stage,): seconds for stage, seconds in lag.items()}


def _pools(app: App[Any, Any]) -> Iterator[tuple[Metric, Values]]:
    pools = app.server.pools(app.resources)
    states = ((name, state, count) for name, pool in pools.items() for state, count in pool.connections.items())
    yield catalogue.POOL_CONNECTIONS, {(name, state): count for name, state, count in states}
    yield catalogue.POOL_LIMIT, {(name,): pool.limit for name, pool in pools.items()}
    yield catalogue.POOL_WAITING, {(name,): pool.waiting for name, pool in pools.items()}


def _readiness(app: App[Any, Any]) -> Iterator[tuple[Metric, Values]]:
    health = app.readiness
    yield catalogue.READY, {(): float(health.sound and not health.draining)}
    off = app.settings.read_only
    yield (
        catalogue.TOOL_AVAILABLE,
        {
            (name,): float(health.sound and (tool.hints.read_only or not off))
            for name, tool in app.server.registry.tools.items()
        },
    )


def _process(app: App[Any, Any]) -> Iterator[tuple[Metric, Values]]:
    yield catalogue.SPANS_DROPPED, {(): app.telemetry.spans_dropped}
    yield catalogue.BUILD, {(app.server.name, app.server.version, __version__, platform.python_version()): 1}
