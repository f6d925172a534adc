"""The spans that a receiver of OTLP gets from a real server."""

from __future__ import annotations

import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from http_wire import NEW, call, headers, post
from mcp_chassis.telemetry.catalogue import SPAN_ATTRIBUTES
from otlp_sink import Sink, attributes, receiving
from telemetry_process import ERAS, Server, running, traceparent

SERVER_KIND, UNSET, ERROR = 2, 0, 2


@pytest.mark.parametrize("era", ERAS)
def test_a_call_is_one_span_below_that_of_its_caller(era: str, server: Server, sink: Sink) -> None:
    header, trace_id = traceparent()
    server.ask(era, "tools/call", name="add", arguments={"a": 1}, meta={"traceparent": header, "tracestate": "a=1"})
    span = sink.span(trace_id)
    assert span.name == "tools/call add"
    assert span.kind == SERVER_KIND
    assert span.parent_span_id.hex() == header.split("-")[2]
    assert span.trace_state == "a=1"
    assert span.status.code == UNSET
    assert span.start_time_unix_nano < span.end_time_unix_nano
    found = attributes(span)
    assert found.pop("client.port") > 0
    assert found == {
        "mcp.method.name": "tools/call",
        "mcp.protocol.version": era,
        "gen_ai.tool.name": "add",
        "gen_ai.operation.name": "execute_tool",
        "jsonrpc.request.id": "7",
        "network.transport": "tcp",
        "network.protocol.name": "http",
        "network.protocol.version": "1.1",
        "client.address": "127.0.0.1",
        "server.address": "127.0.0.1",
        "server.port": server.port,
    }


@pytest.mark.parametrize(
    ("method", "params", "name", "told", "error", "status"),
    [
        ("tools/list", {}, "tools/list", {}, None, None),
        ("tools/call", {"name": "crash", "arguments": {}}, "tools/call crash", {}, "internal", None),
        ("tools/call", {"name": "add", "arguments": {"b": 1}}, "tools/call add", {}, "invalid_arguments", None),
        ("tools/call", {"name": "clear", "arguments": {}}, "tools/call clear", {}, "denied", None),
        ("tools/call", {"name": "nosuch", "arguments": {}}, "tools/call", {"gen_ai.tool.name": "_OTHER"}, "not_found",
         None),
        ("prompts/get", {"name": "summarize", "arguments": {"topic": "x"}}, "prompts/get summarize",
         {"gen_ai.prompt.name": "summarize"}, None, None),
        ("resources/read", {"uri": "note://one"}, "resources/read", {"mcp.resource.uri": "note://one"}, None, None),
        # The caller's own mistake is no error of a server.
        ("resources/read", {"uri": "note://none"}, "resources/read", {"mcp.resource.uri": "note://none"}, None,
         "-32602"),
        ("resources/read", {"uri": "note://secret"}, "resources/read", {}, "denied", "-32001"),
        ("no/such", {}, "_OTHER", {"mcp.method.name": "_OTHER"}, None, "-32601"),
    ],
)  # fmt: skip
def test_a_span_tells_how_its_request_ended(
    method: str,
    params: dict[str, object],
    name: str,
    told: dict[str, str],
    error: str | None,
    status: str | None,
    server: Server,
    sink: Sink,
) -> None:
    header, trace_id = traceparent()
    server.ask(NEW, method, **params, meta={"traceparent": header})
    span = sink.span(trace_id)
    found = attributes(span)
    assert span.name == name
    assert told.items() <= found.items()
    assert (found.get("error.type"), found.get("rpc.response.status_code")) == (error, status)
    assert span.status.code == (UNSET if error is None else ERROR)
    assert not span.status.message
    assert not span.events
    assert set(found) <= set(SPAN_ATTRIBUTES)


@pytest.mark.parametrize("era", ERAS)
def test_the_parent_of_the_message_is_stronger_and_that_of_http_is_linked(era: str, server: Server, sink: Sink) -> None:
    (inner, trace_id), (outer, other_id) = traceparent(), traceparent()
    server.ask(era, "tools/list", meta={"traceparent": inner}, lines={"traceparent": outer})
    span = sink.span(trace_id)
    assert span.parent_span_id.hex() == inner.split("-")[2]
    assert [link.trace_id.hex() for link in span.links] == [other_id]


@pytest.mark.parametrize("era", ERAS)
def test_the_parent_of_http_counts_where_there_is_no_other(era: str, server: Server, sink: Sink) -> None:
    header, trace_id = traceparent()
    server.ask(era, "tools/list", lines={"traceparent": header})
    assert sink.span(trace_id).parent_span_id.hex() == header.split("-")[2]
    assert not sink.span(trace_id).links


@pytest.mark.parametrize("era", ERAS)
def test_a_call_that_is_answered_by_a_stream_is_traced_too(era: str, server: Server, sink: Sink) -> None:
    header, trace_id = traceparent()
    arguments = {"name": "add", "arguments": {"a": 1}, "meta": {"progressToken": "token"}}
    answer = server.ask(era, "tools/call", **arguments, lines={"traceparent": header})
    assert answer["result"]["structuredContent"] == {"total": 3}
    assert sink.span(trace_id).name == "tools/call add"
    assert [record["action"] for record in server.records() if record["trace_id"] == trace_id] == ["tool:add"]


@pytest.mark.parametrize("era", ERAS)
def test_a_call_whose_client_leaves_is_told_as_cancelled(era: str, server: Server, sink: Sink) -> None:
    header, trace_id = traceparent()
    lines = {**headers(era, "wait"), "host": f"127.0.0.1:{server.port}", "traceparent": header}
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(post(call(era, "wait"), lines))
        while not any(value for _, value in server.samples()["mcp_chassis_calls_running"]):
            time.sleep(0.01)
    assert attributes(sink.span(trace_id))["error.type"] == "cancelled"


def test_a_request_without_a_parent_begins_a_trace(server: Server, sink: Sink) -> None:
    server.ask(NEW, "resources/read", uri="note://all")
    sink.until(lambda sink: any(not span.parent_span_id for span in list(sink.spans)))


def test_what_the_caller_does_not_record_is_not_recorded(server: Server, sink: Sink) -> None:
    (unrecorded, hidden), (recorded, seen) = traceparent(), traceparent()
    server.ask(NEW, "tools/list", meta={"traceparent": unrecorded[:-2] + "00"})
    server.ask(NEW, "tools/list", meta={"traceparent": recorded})
    sink.span(seen)
    assert hidden not in {span.trace_id.hex() for span in sink.spans}


def test_trace_ids_are_in_the_audit_log_and_in_the_log(server: Server, sink: Sink) -> None:
    header, trace_id = traceparent()
    server.ask(NEW, "tools/call", name="crash", arguments={}, meta={"traceparent": header})
    span_id = sink.span(trace_id).span_id.hex()
    assert [record["action"] for record in server.records() if record["trace_id"] == trace_id] == ["tool:crash"]
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if trace_id in line]
    assert [(line["event"], line["span_id"]) for line in lines] == [("tool:crash crashed", span_id)]


def test_a_resource_names_the_service(server: Server, sink: Sink) -> None:
    server.ask(NEW, "tools/list")
    sink.until(lambda sink: bool(sink.resources))
    assert sink.resources[0]["service.name"] == "mcp-sample-server"
    assert sink.resources[0]["service.version"] == "1.2.3"


def test_nothing_that_is_said_is_in_a_span_a_metric_or_a_log(server: Server, sink: Sink) -> None:
    planted = "s3cr3t-planted-0451"
    header, trace_id = traceparent()
    server.ask(NEW, "tools/call", name="mistake", arguments={"text": planted})
    server.ask(NEW, "tools/call", name="add", arguments={"a": planted, planted: 1})
    server.ask(NEW, "tools/call", name=planted, arguments={})
    server.ask(NEW, planted)
    server.ask(NEW, "prompts/get", name="summarize", arguments={"topic": planted})
    server.ask(NEW, "tools/list", lines={"authorization": f"Bearer {planted}"})
    server.ask(NEW, "tools/call", name="crash", arguments={}, meta={"traceparent": header})
    sink.span(trace_id)
    assert planted.encode() not in sink.raw
    assert b"hunter2" not in sink.raw
    assert planted not in server.get("/metrics")[1]
    assert planted not in server.log.read_text()


def test_metrics_are_sent_by_their_own_names(server: Server, sink: Sink) -> None:
    server.ask(NEW, "tools/call", name="add", arguments={"a": 1})
    sink.until(lambda sink: "mcp.server.operation.duration" in sink.metrics and "mcp_tool_available" in sink.metrics)
    metric = sink.metrics["mcp.server.operation.duration"]
    assert metric.unit == "s"
    point = next(point for point in metric.histogram.data_points if attributes(point).get("gen_ai.tool.name") == "add")
    assert attributes(point)["mcp.method.name"] == "tools/call"
    assert list(point.explicit_bounds)[:2] == [0.01, 0.02]
    assert sum(point.bucket_counts) == point.count
    assert len(point.bucket_counts) == len(point.explicit_bounds) + 1


def test_standard_variables_are_kept(tmp_path: Path) -> None:
    variables = {
        "OTEL_SERVICE_NAME": "sales-db",
        "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment=test",
        "OTEL_EXPORTER_OTLP_HEADERS": "x-key=collector-key",
        "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip",
    }
    with receiving() as sink, running(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=sink.url, **variables) as server:
        server.ask(NEW, "tools/list")
        assert server.end() == 0
    assert [span.name for span in sink.spans] == ["tools/list"]  # the last are sent at the end
    assert sink.resources[0]["service.name"] == "sales-db"
    assert sink.resources[0]["deployment.environment"] == "test"
    assert {lines.get("x-key") for lines in sink.headers} == {"collector-key"}
    assert "mcp.server.operation.duration" in sink.metrics


@pytest.mark.parametrize("off", [{"OTEL_SDK_DISABLED": "true"}, {"OTEL_TRACES_EXPORTER": "none"}])
def test_what_is_switched_off_is_not_sent(off: dict[str, str], tmp_path: Path) -> None:
    with receiving() as sink, running(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=sink.url, **off) as server:
        server.ask(NEW, "tools/list")
        assert server.end() == 0
    assert not sink.spans
    assert bool(sink.metrics) is ("OTEL_TRACES_EXPORTER" in off)


def test_spans_that_the_endpoint_does_not_take_are_counted(tmp_path: Path) -> None:
    class Refuses(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_error(500)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refuses) as endpoint:
        Thread(target=endpoint.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{endpoint.server_port}"
        with running(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=url) as server:
            for _ in range(3):
                server.ask(NEW, "tools/list")
            until = time.monotonic() + 20
            while server.samples()["mcp_chassis_spans_dropped_total"] != [({}, 3.0)]:
                assert time.monotonic() < until
                time.sleep(0.05)
        endpoint.shutdown()


def test_a_tracestate_that_is_none_is_not_repeated_in_the_log(server: Server, sink: Sink) -> None:
    header, trace_id = traceparent()
    meta = {"traceparent": header, "tracestate": "hunter2 is no member"}
    server.ask(NEW, "tools/list", meta=meta)
    assert not sink.span(trace_id).trace_state
    assert "hunter2 is no member" not in server.log.read_text()


@pytest.mark.parametrize("down", ["refused", "silent"])
def test_an_endpoint_that_is_down_neither_fails_calls_nor_holds_the_end_up(down: str, tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if down == "silent":
            listener.listen()
        endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with running(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=endpoint) as server:
            for _ in range(20):
                answer = server.ask(NEW, "tools/call", name="add", arguments={"a": 1})
                assert answer["result"]["structuredContent"] == {"total": 3}
            assert server.end() == 0
            assert "telemetry_lost" in server.log.read_text()


HIDES = """
import sys

class Hides:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("opentelemetry.sdk", "opentelemetry.exporter")):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Hides())
"""


def test_a_server_without_the_extra_works_and_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDES)
    with running(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9", PYTHONPATH=str(tmp_path)) as server:
        assert "result" in server.ask(NEW, "tools/list")
        status, report = server.get("/ready")
        assert (status, json.loads(report)["status"]) == (200, "degraded")
        assert "install the server with its extra otel" in report
        assert server.end() == 0
    assert "install the server with its extra otel" in server.log.read_text()


def test_stdio_is_traced_too(tmp_path: Path) -> None:
    header, trace_id = traceparent()
    with receiving() as sink:
        with running(tmp_path, transport="stdio", OTEL_EXPORTER_OTLP_ENDPOINT=sink.url) as server:
            server.say("tools/call", name="add", arguments={"a": 1}, meta={"traceparent": header})
            assert server.process.stdin is not None
            server.process.stdin.close()
            assert server.process.wait(30) == 0
        found = attributes(sink.span(trace_id))
    assert (found["network.transport"], found["gen_ai.tool.name"]) == ("pipe", "add")
    assert "client.address" not in found
    (session,) = sink.metrics["mcp.server.session.duration"].histogram.data_points
    assert (session.count, attributes(session)) == (1, {"network.transport": "pipe"})


def test_without_an_exporter_the_trace_of_the_caller_is_still_logged(tmp_path: Path) -> None:
    header, trace_id = traceparent()
    with running(tmp_path, transport="stdio", METRICS_PORT="") as server:
        server.say("tools/call", name="crash", arguments={}, meta={"traceparent": header})
        server.say("tools/call", name="add", arguments={"a": 1})
        assert [record["trace_id"] for record in server.records()] == [trace_id, None]
        lines = [json.loads(line) for line in server.log.read_text().splitlines() if "crashed" in line]
    assert [(line["trace_id"], line["span_id"]) for line in lines] == [(trace_id, header.split("-")[2])]
