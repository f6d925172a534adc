"""What the variables of OpenTelemetry ask for."""

from __future__ import annotations

import pytest
from mcp_chassis.telemetry import otlp
from mcp_chassis.telemetry.otlp import Wanted, sampler, wanted
from mcp_chassis.telemetry.trace import Parent

ENDPOINT = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({}, Wanted()),
        (ENDPOINT, Wanted(traces=True, metrics=True)),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c/v1/traces"}, Wanted(traces=True)),
        ({"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://c/v1/metrics"}, Wanted(metrics=True)),
        ({**ENDPOINT, "OTEL_TRACES_EXPORTER": "none"}, Wanted(metrics=True)),
        ({**ENDPOINT, "OTEL_METRICS_EXPORTER": "none"}, Wanted(traces=True)),
        ({**ENDPOINT, "OTEL_METRICS_EXPORTER": "prometheus"}, Wanted(traces=True)),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, Wanted(traces=True)),  # to the default endpoint
        ({"OTEL_TRACES_EXPORTER": "console,otlp"}, Wanted(traces=True)),
        ({**ENDPOINT, "OTEL_SDK_DISABLED": "TRUE"}, Wanted()),
        ({**ENDPOINT, "OTEL_SDK_DISABLED": "false"}, Wanted(traces=True, metrics=True)),
        ({**ENDPOINT, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, Wanted(traces=True, metrics=True)),
        ({"OTEL_SERVICE_NAME": "x"}, Wanted()),
    ],
)
def test_signals_are_sent_where_they_are_asked_for(environ: dict[str, str], found: Wanted) -> None:
    assert wanted(environ) == found


def test_another_protocol_is_told_and_sends_nothing() -> None:
    found = wanted({**ENDPOINT, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})
    assert not found
    assert found.fault is not None
    assert found.fault.startswith("OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf")


def test_a_missing_extra_is_told_and_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(otlp, "find_spec", lambda _: None)
    found = wanted(ENDPOINT)
    assert not found
    assert found.fault is not None
    assert "extra otel" in found.fault
    assert wanted({}).fault is None


LOW, HIGH = "f" * 16 + "3" + "0" * 15, "0" * 16 + "d" + "0" * 15  # a fifth and four fifths of the way
CALLED, UNRECORDED = Parent(HIGH, "b" * 16, True), Parent(LOW, "b" * 16, False)


@pytest.mark.parametrize(
    ("name", "argument", "parent", "trace_id", "sampled"),
    [
        ("", "", None, HIGH, True),
        ("", "", UNRECORDED, LOW, False),
        ("always_on", "", UNRECORDED, LOW, True),
        ("always_off", "", CALLED, HIGH, False),
        ("parentbased_always_off", "", None, LOW, False),
        ("parentbased_always_off", "", CALLED, HIGH, True),
        ("traceidratio", "0.5", None, LOW, True),
        ("traceidratio", "0.5", None, HIGH, False),
        ("traceidratio", "0.5", CALLED, HIGH, False),
        ("traceidratio", "", None, HIGH, True),
        ("traceidratio", "2", None, HIGH, True),  # no ratio
        ("traceidratio", "many", None, HIGH, True),
        ("parentbased_traceidratio", "0.5", None, HIGH, False),
        ("parentbased_traceidratio", "0.5", CALLED, HIGH, True),
        ("jaeger_remote", "", UNRECORDED, LOW, False),  # not known: the default
    ],
)
def test_a_sampler_is_what_its_name_says(
    name: str, argument: str, parent: Parent | None, trace_id: str, sampled: bool
) -> None:
    environ = {"OTEL_TRACES_SAMPLER": name, "OTEL_TRACES_SAMPLER_ARG": argument}
    assert sampler(environ)(parent, trace_id) is sampled
