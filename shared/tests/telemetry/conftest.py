"""A receiver of OTLP, and servers that send to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from otlp_sink import Sink, receiving
from telemetry_process import Server, running


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """The receiver."""
    with receiving() as sink:
        yield sink


@pytest.fixture(scope="module")
def server(sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over HTTP that sends its spans and metrics."""
    folder = tmp_path_factory.mktemp("traced")
    variables = {"OTEL_EXPORTER_OTLP_ENDPOINT": sink.url, "OTEL_METRIC_EXPORT_INTERVAL": "200"}
    with running(folder, "--log-level", "debug", **variables) as server:
        yield server
