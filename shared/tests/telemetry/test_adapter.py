"""The SDK's own tracing is out of the way, in every server that the adapter makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from mcp.server._otel import OpenTelemetryMiddleware
from mcp.server.lowlevel import Server as Lowlevel
from sample_server import make_app

RECORDED = """
import asyncio, pathlib, sys
sys.path.insert(0, {tests!r})
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from http_wire import NEW, call, headers, post, serving

spans = InMemorySpanExporter()
trace.set_tracer_provider(TracerProvider())
trace.get_tracer_provider().add_span_processor(SimpleSpanProcessor(spans))

async def main():
    async with serving(pathlib.Path({folder!r})) as served:
        for era in (NEW, "2025-11-25"):
            for tool in ("add", "crash"):
                arguments = {{"a": 1}} if tool == "add" else {{}}
                answer = await served.ask(post(call(era, tool, **arguments), headers(era, tool)))
                assert answer.status == 200, answer
    print(len(spans.get_finished_spans()))

asyncio.run(main())
"""


def test_the_sdk_puts_its_tracing_where_the_adapter_looks_for_it() -> None:
    assert [type(middleware) for middleware in Lowlevel("x").middleware] == [OpenTelemetryMiddleware]


@pytest.mark.asyncio
@pytest.mark.parametrize("sessions", [True, False])
async def test_no_server_of_ours_has_the_tracing_of_the_sdk(sessions: bool, tmp_path: Path) -> None:
    app = make_app(tmp_path)
    async with app.open():
        middleware = app.mcp(sessions=sessions)._lowlevel_server.middleware
    assert not [found for found in middleware if isinstance(found, OpenTelemetryMiddleware)]


def test_whoever_instruments_the_process_gets_no_spans_with_our_texts(tmp_path: Path) -> None:
    script = RECORDED.format(tests=str(Path(__file__).parent.parent), folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr
