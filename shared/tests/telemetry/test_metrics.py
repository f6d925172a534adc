"""What a scraper reads on METRICS_PORT of a real server."""

from __future__ import annotations

import secrets
import subprocess
from pathlib import Path
from shutil import which

import pytest
from http_wire import NEW
from mcp_chassis.telemetry.catalogue import CATALOGUE, SECONDS
from telemetry_process import ERAS, Server, running

DURATION = "mcp_server_operation_duration_seconds"


def count(server: Server, name: str, **labels: str) -> float:
    """The sum of the samples that have these labels among theirs."""
    return sum(value for found, value in server.samples().get(name, []) if labels.items() <= found.items())


@pytest.mark.parametrize("era", ERAS)
def test_durations_are_told_by_method_tool_and_error(era: str, server: Server) -> None:
    server.ask(era, "tools/call", name="add", arguments={"a": 1})
    server.ask(era, "tools/call", name="crash", arguments={})
    common = {
        "mcp_method_name": "tools/call",
        "gen_ai_operation_name": "execute_tool",
        "mcp_protocol_version": era,
        "network_transport": "tcp",
    }
    labels = [found for found, _ in server.samples()[f"{DURATION}_count"]]
    assert {**common, "gen_ai_tool_name": "add"} in labels
    assert {**common, "gen_ai_tool_name": "crash", "error_type": "internal"} in labels


def test_buckets_are_those_of_the_conventions(server: Server) -> None:
    server.ask(NEW, "tools/list")
    bounds = {found["le"] for found, _ in server.samples()[f"{DURATION}_bucket"]}
    assert bounds == {*map(str, SECONDS), "+Inf"}


def test_names_that_nobody_knows_are_one_name(server: Server) -> None:
    server.ask(NEW, "tools/call", name="nosuch", arguments={})
    before = {name: len(samples) for name, samples in server.samples().items()}
    for _ in range(1_000):
        server.ask(NEW, "tools/call", name=secrets.token_hex(8), arguments={secrets.token_hex(4): 1})
    server.ask(NEW, secrets.token_hex(8))
    server.ask(NEW, "resources/read", uri=f"note://{secrets.token_hex(8)}")
    grown = {name: len(samples) - before.get(name, 0) for name, samples in server.samples().items()}
    assert sum(grown.values()) <= 3 * (len(SECONDS) + 3)
    assert count(server, f"{DURATION}_count", gen_ai_tool_name="_OTHER") >= 1_001


def test_decisions_are_counted(server: Server) -> None:
    before = {
        effect: count(server, "mcp_chassis_policy_decisions_total", effect=effect) for effect in ("allow", "deny")
    }
    server.ask(NEW, "tools/call", name="add", arguments={"a": 1})
    server.ask(NEW, "tools/call", name="clear", arguments={})
    server.ask(NEW, "tools/call", name="clear", arguments={})
    after = {effect: count(server, "mcp_chassis_policy_decisions_total", effect=effect) for effect in before}
    assert (after["allow"] - before["allow"], after["deny"] - before["deny"]) == (1, 2)


def test_audit_records_are_counted(server: Server) -> None:
    before = count(server, "mcp_chassis_audit_records_total")
    server.ask(NEW, "tools/call", name="add", arguments={"a": 1})
    assert count(server, "mcp_chassis_audit_records_total") >= before + 1
    assert count(server, "mcp_chassis_audit_writable") == 1
    assert count(server, "mcp_chassis_audit_lag_seconds", stage="disk") >= 0


def test_every_metric_is_there_from_the_start_or_has_a_reason(server: Server) -> None:
    found = server.samples().keys()
    exposed = {name.removesuffix("_bucket") for name in found}
    # The sample server has no pool, and over HTTP there are no sessions.
    elsewhere = {metric.prometheus for metric in CATALOGUE if ".pool." in metric.name or ".session." in metric.name}
    assert {metric.prometheus for metric in CATALOGUE} - exposed == elsewhere
    assert {"process_resident_memory_bytes", "process_cpu_seconds_total"} <= found


def test_no_user_and_no_tenant_is_a_label(server: Server) -> None:
    labels = {label for samples in server.samples().values() for found, _ in samples for label in found}
    known = {label for metric in CATALOGUE for label in metric.prometheus_labels}
    assert labels <= known | {"le"}
    assert not {"user", "tenant", "principal", "subject", "client"} & labels


def test_limits_and_slots_are_told(tmp_path: Path) -> None:
    with running(tmp_path, MCP_RATE_LIMIT="1/m", MCP_MAX_CONCURRENCY="3") as server:
        for _ in range(3):
            server.ask(NEW, "tools/call", name="add", arguments={"a": 1})
        assert count(server, "mcp_chassis_limiter_refusals_total", code="rate_limited") == 2
        assert count(server, "mcp_chassis_limiter_store_down") == 0
        assert count(server, "mcp_chassis_calls_limit") == 3
        assert count(server, "mcp_chassis_queue_limit") == 6
        assert count(server, f"{DURATION}_count", error_type="rate_limited") == 2


def test_tools_that_are_switched_off_are_not_available(tmp_path: Path) -> None:
    with running(tmp_path, "--read-only") as server:
        assert count(server, "mcp_tool_available", tool="add") == 1
        assert count(server, "mcp_tool_available", tool="clear") == 0


def test_openmetrics_is_given_to_who_asks(server: Server) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", server.metrics, timeout=20)
    connection.request("GET", "/metrics", headers={"accept": "application/openmetrics-text;version=1.0.0,*/*;q=0.1"})
    answer = connection.getresponse()
    assert answer.getheader("content-type", "").startswith("application/openmetrics-text")
    assert answer.read().endswith(b"# EOF\n")
    connection.close()


def test_promtool_finds_nothing_wrong(server: Server) -> None:
    promtool = which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed (Debian: prometheus)")
    server.ask(NEW, "tools/call", name="add", arguments={"a": 1})
    text = server.get("/metrics")[1]
    done = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
