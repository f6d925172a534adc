"""Metrics are called the same wherever they are named: in the code, the document, the dashboard and the alerts."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import yaml
from mcp_chassis.telemetry.catalogue import CATALOGUE, SPAN_ATTRIBUTES

ROOT = Path(__file__).parents[2]
OBSERVABILITY = ROOT / "deploy" / "observability"
DASHBOARD = json.loads((OBSERVABILITY / "grafana-dashboard.json").read_text())
RULES = [
    rule
    for group in yaml.safe_load((OBSERVABILITY / "prometheus-rules.yaml").read_text())["groups"]
    for rule in group["rules"]
]


def told(section: str) -> list[str]:
    """The lines of a table of the document."""
    text = (ROOT / "docs" / "telemetry.md").read_text()
    return text.partition(f"<!-- {section} -->\n")[2].partition(f"<!-- /{section} -->")[0].strip().splitlines()


def metrics_table() -> Iterator[str]:
    yield "| metric | in Prometheus | | labels | meaning |"
    yield "|---|---|---|---|---|"
    for metric in CATALOGUE:
        labels = ", ".join(metric.labels)
        yield f"| {metric.name} | `{metric.prometheus}` | {metric.kind} | {labels} | {metric.help} |"


def spans_table() -> Iterator[str]:
    yield "| attribute | meaning |"
    yield "|---|---|"
    yield from (f"| {name} | {meaning} |" for name, meaning in SPAN_ATTRIBUTES.items())


@pytest.mark.parametrize(("section", "table"), [("metrics", metrics_table), ("spans", spans_table)])
def test_the_document_lists_what_the_code_has(section: str, table: Any) -> None:
    assert told(section) == list(table())


def expressions() -> list[str]:
    """Every PromQL expression that is shipped."""
    targets = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    queries = [item["query"]["query"] for item in DASHBOARD["templating"]["list"] if isinstance(item["query"], dict)]
    return [*targets, *queries, *(rule["expr"] for rule in RULES)]


@pytest.fixture(scope="module")
def exposed(serve: Any) -> set[str]:
    """The names of the samples that a running database server may expose."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"METRICS_PORT": str(port), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    serve("mcp-db-server", environment=environment)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        types = dict(re.findall(r"^# TYPE (\S+) (\S+)$", answer.read().decode(), re.MULTILINE))
    suffixes = {"histogram": ("_bucket", "_sum", "_count")}
    return {name + suffix for name, kind in types.items() for suffix in suffixes.get(kind, ("",))}


@pytest.mark.parametrize("expression", expressions())
def test_what_dashboard_and_alerts_ask_for_is_exposed(expression: str, exposed: set[str]) -> None:
    names = set(re.findall(r"\b(?:mcp|process|gen_ai)_[a-z_]+(?=[{\[ ),]|$)", re.sub(r"\{[^}]*\}", "{}", expression)))
    names -= {label for metric in CATALOGUE for label in metric.prometheus_labels}
    assert names, expression
    assert names <= exposed


def test_everything_that_is_measured_is_exposed(exposed: set[str]) -> None:
    assert {f"{metric.prometheus}{'_count' if metric.kind == 'histogram' else ''}" for metric in CATALOGUE} <= exposed


def test_labels_of_dashboard_and_alerts_are_labels_of_ours() -> None:
    known = {label for metric in CATALOGUE for label in metric.prometheus_labels}
    by_prometheus = {"le", "job", "instance"}
    for expression in expressions():
        grouped = re.findall(r"\bby \(([^)]*)\)", expression)
        matched = re.findall(r"([a-z_]+)(?:=~|!=|!~|=)\"", expression)
        assert {
            *matched,
            *(label.strip() for labels in grouped for label in labels.split(",")),
        } <= known | by_prometheus


def test_the_dashboard_asks_whatever_prometheus_is_chosen() -> None:
    sources = {json.dumps(panel["datasource"]) for panel in DASHBOARD["panels"]}
    assert sources == {json.dumps({"type": "prometheus", "uid": "${datasource}"})}
    assert DASHBOARD["uid"] is None
    assert DASHBOARD["templating"]["list"][0]["type"] == "datasource"
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    assert all(panel["title"] and panel["description"] for panel in DASHBOARD["panels"])


def test_every_alert_says_what_to_do() -> None:
    for rule in RULES:
        assert rule["annotations"]["runbook"].endswith("."), rule["alert"]
        assert rule["labels"]["severity"] in {"warning", "critical"}


@pytest.mark.parametrize(
    "arguments", [("check", "rules", "prometheus-rules.yaml"), ("test", "rules", "prometheus-rules.test.yaml")]
)
def test_promtool_agrees(arguments: tuple[str, ...]) -> None:
    promtool = which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed (Debian: prometheus)")
    done = subprocess.run([promtool, *arguments], cwd=OBSERVABILITY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
