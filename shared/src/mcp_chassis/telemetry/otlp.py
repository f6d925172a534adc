"""What the variables of OpenTelemetry ask for, read without its SDK.

Traces and metrics are sent by OTLP over HTTP (protobuf) where OTEL_EXPORTER_OTLP_ENDPOINT, or the variable of the one
signal, names an endpoint, or OTEL_TRACES_EXPORTER or OTEL_METRICS_EXPORTER is `otlp`; `none` and OTEL_SDK_DISABLED
switch off. Endpoints, headers, certificates, compression and timeouts are read by the SDK's exporters themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from mcp_chassis.telemetry.trace import Parent

__all__ = ["Wanted", "sampler", "wanted"]

_PROTOCOL = "http/protobuf"
_SIGNALS = ("traces", "metrics")
_TRACE_ID_BITS = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which signals are to be sent, and a sentence for what is asked for and cannot be done."""

    traces: bool = False
    metrics: bool = False
    fault: str | None = None

    def __bool__(self) -> bool:
        return self.traces or self.metrics


def wanted(environ: Mapping[str, str]) -> Wanted:
    """What an environment asks for; a fault never keeps a server from working."""
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return Wanted()
    signals = {signal for signal in _SIGNALS if _asked(signal, environ)}
    fault = next(filter(None, (_fault(signal, environ) for signal in _SIGNALS if signal in signals)), None)
    if fault is not None:
        return Wanted(fault=fault)
    return Wanted("traces" in signals, "metrics" in signals)


def _asked(signal: str, environ: Mapping[str, str]) -> bool:
    exporters = [name.strip() for name in environ.get(f"OTEL_{signal.upper()}_EXPORTER", "").split(",")]
    if exporters != [""]:
        return "otlp" in exporters
    endpoints = ("OTEL_EXPORTER_OTLP_ENDPOINT", f"OTEL_EXPORTER_OTLP_{signal.upper()}_ENDPOINT")
    return any(environ.get(name) for name in endpoints)


def _fault(signal: str, environ: Mapping[str, str]) -> str | None:
    for name in (f"OTEL_EXPORTER_OTLP_{signal.upper()}_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"):
        protocol = environ.get(name)
        if protocol and protocol != _PROTOCOL:
            return f"{name} must be {_PROTOCOL}, which is what this server sends; nothing is sent."
        if protocol:
            break
    if not _installed():
        return "OTEL_* variables ask for OTLP: install the server with its extra otel; nothing is sent."
    return None


def _installed() -> bool:
    try:
        return all(find_spec(name) for name in ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http"))
    except ModuleNotFoundError:  # of a package above it
        return False


def sampler(environ: Mapping[str, str]) -> Callable[[Parent | None, str], bool]:
    """What OTEL_TRACES_SAMPLER says, by the caller's span and the trace id; an unknown one is the default."""
    name = environ.get("OTEL_TRACES_SAMPLER", "").strip().lower()
    by_parent = not name or name.startswith("parentbased_") or name not in ("always_on", "always_off", "traceidratio")
    bound = _bound(name.removeprefix("parentbased_"), environ.get("OTEL_TRACES_SAMPLER_ARG", ""))

    def sampled(parent: Parent | None, trace_id: str) -> bool:
        if by_parent and parent is not None:
            return parent.sampled
        return bound > _TRACE_ID_BITS or int(trace_id[16:], 16) < bound

    return sampled


def _bound(name: str, argument: str) -> int:
    """Below which number the lower half of a trace id must be, as the SDKs do it, so that all choose the same."""
    if name == "always_off":
        return 0
    try:
        ratio = float(argument) if name == "traceidratio" else 1.0
    except ValueError:
        ratio = 1.0
    return round(ratio * (_TRACE_ID_BITS + 1)) if 0.0 <= ratio <= 1.0 else _TRACE_ID_BITS + 1
