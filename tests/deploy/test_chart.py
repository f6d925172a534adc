"""The charts: what is right renders to what Kubernetes takes, and what would go wrong there is refused here."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CHARTS = sorted(path.parent for path in ROOT.glob("servers/*/chart/Chart.yaml"))
KUBERNETES = ("1.27", "1.37")
"""The oldest that the charts say they work on, and the newest that the schemas are of."""

REQUIRED = {
    "image": {"repository": "registry.example.org/mcp"},
    "publicUrl": "https://db.example.org",
    "auth": {"apiKeys": {"secret": "keys"}},
    "audit": {"keys": {"secret": "audit"}, "volume": {"size": "10Gi"}},
    "database": {"secret": "database"},
}
SHARED = {"redis": {"secret": "redis"}, "sealKeys": {"secret": "seal"}}
CLAIM = {"audit": {"volume": {"size": "", "existingClaim": "audit"}}}
SINK = {"audit": {"volume": {"size": ""}, "database": {"secret": "sink"}}}
OAUTH = {"auth": {"issuer": "https://id.example.org", "apiKeys": {"secret": ""}}}
SCALED = {**SHARED, "autoscaling": {"enabled": True}}
EVERYTHING = {
    **SCALED,
    "image": {"digest": f"sha256:{'0' * 64}", "pullSecrets": [{"name": "pull"}]},
    "policy": {"configMap": "policy"},
    "tls": {"secret": "tls"},
    "settings": {"MCP_RATE_LIMIT": "60/m", "MCP_MAX_ROWS": 500, "MCP_READ_ONLY": True},
    "networkPolicy": {
        "from": [{"namespaceSelector": {}}],
        "metricsFrom": [{"podSelector": {}}],
        "egress": [{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}], "ports": [{"port": 5432}]}],
    },
    "podAnnotations": {"team": "data"},
    "extraEnv": [
        {"name": "OTEL_EXPORTER_OTLP_HEADERS", "valueFrom": {"secretKeyRef": {"name": "otlp", "key": "headers"}}}
    ],
    "extraVolumes": [{"name": "ca", "configMap": {"name": "ca"}}],
    "extraVolumeMounts": [{"name": "ca", "mountPath": "/etc/ca", "readOnly": True}],
    "service": {"annotations": {"a": "b"}},
    "nodeSelector": {"disk": "ssd"},
    "tolerations": [{"operator": "Exists"}],
    "affinity": {"nodeAffinity": {}},
}

Template = Callable[..., subprocess.CompletedProcess[str]]


def merged(*layers: dict[str, Any]) -> dict[str, Any]:
    """Values laid over each other, as helm does with several files."""
    result: dict[str, Any] = {}
    for layer in layers:
        for name, value in layer.items():
            old = result.get(name)
            result[name] = merged(old, value) if isinstance(value, dict) and isinstance(old, dict) else value
    return result


@pytest.fixture
def template(run: Any, tmp_path: Path) -> Template:
    """Render a chart with values, into the file `rendered.yaml`."""

    def render(chart: Path, *layers: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        values = tmp_path / "values.yaml"
        values.write_text(yaml.safe_dump(merged(*layers)))
        done: subprocess.CompletedProcess[str] = run("helm", "template", "db", chart, "--values", values)
        (tmp_path / "rendered.yaml").write_text(done.stdout)
        return done

    return render


def parts(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What was rendered, by kind."""
    assert done.returncode == 0, done.stderr
    return {part["kind"]: part for part in yaml.safe_load_all(done.stdout)}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.parent.name)
def test_lint_finds_nothing(run: Any, chart: Path) -> None:
    done = run("helm", "lint", "--strict", chart)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "layers",
    [(), (CLAIM,), (SINK,), (OAUTH,), (SHARED, {"replicas": 3}), (SCALED,), (EVERYTHING,), (EVERYTHING, SINK)],
    ids=["volume", "claim", "sink", "oauth", "replicas", "scaled", "everything", "everything-to-sink"],
)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.parent.name)
def test_kubernetes_takes_what_is_rendered(
    run: Any, template: Template, tmp_path: Path, chart: Path, layers: tuple[dict[str, Any], ...]
) -> None:
    parts(template(chart, REQUIRED, *layers))
    for version in KUBERNETES:
        done = run("kubernetes-validate", "--strict", "-k", version, tmp_path / "rendered.yaml")
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"image": {"repository": ""}}, "There is no image: set image.repository."),
        ({"publicUrl": ""}, "The server must know its own name: set publicUrl"),
        ({"publicUrl": "db.example.org"}, "publicUrl must be a URL such as https://db.example.org"),
        ({"auth": {"apiKeys": {"secret": ""}}}, "The server must know its callers: set auth.issuer (OAuth) or"),
        ({"audit": {"keys": {"secret": ""}}}, "make them with `audit keygen DIR`"),
        (
            {"audit": {"volume": {"size": ""}}},
            "The audit log must outlive the pod: set audit.volume.size, audit.volume.existingClaim or "
            "audit.database.secret.",
        ),
        ({"audit": {"volume": {"existingClaim": "x"}}}, "audit.volume.size or audit.volume.existingClaim, not both"),
        ({"database": {"secret": ""}}, "There is no database: set database.secret."),
        ({"replicas": 2}, "Replicas count limits together: set redis.secret"),
        ({"replicas": 2, "redis": {"secret": "redis"}}, "Replicas open each other's cursors: set sealKeys.secret"),
        ({"autoscaling": {"enabled": True}}, "set redis.secret"),
        # A way round what is refused above, and a secret where everybody may read it.
        ({"settings": {"MCP_AUDIT_DIR": "/tmp"}}, "settings.MCP_AUDIT_DIR is the chart's to set: use audit."),
        ({"settings": {"MCP_API_KEY": "x"}}, "settings.MCP_API_KEY would lie open in a ConfigMap"),
        ({"settings": {"DATABASE_URL": "x"}}, "settings.DATABASE_URL would lie open in a ConfigMap"),
        ({"settings": {"DATABASE_URI": "x"}}, "settings.DATABASE_URI would lie open in a ConfigMap"),
        ({"settings": {"OTEL_EXPORTER_OTLP_HEADERS": "x"}}, "HEADERS would lie open in a ConfigMap: name a Secret"),
        ({"settings": {"DATABASE_URL_FILE": "/x"}}, "settings.DATABASE_URL_FILE is the chart's to set: use database."),
        (
            {"settings": {"MCP_SEAL_KEYS_FILE": "/x"}},
            "settings.MCP_SEAL_KEYS_FILE is the chart's to set: use sealKeys.",
        ),
        # The kubelet that probes has no certificate to show.
        ({"settings": {"MCP_TLS_CLIENT_CA_FILE": "/x"}}, "settings.MCP_TLS_CLIENT_CA_FILE is the chart's to set"),
        ({**SCALED, "autoscaling": {"enabled": True, "minReplicas": 7}}, "minReplicas is more than"),
        # What the schema refuses.
        ({"replicas": "one"}, "replicas: Invalid type"),
        ({"autoscaling": {"cpu": 70}}, "autoscaling.cpu: Invalid type"),
        ({"replicas": 0}, "replicas: Must be greater than or equal to 1"),
        ({"audit": {"volum": {}}}, "Additional property volum is not allowed"),
        ({"settings": {"MCP_SCHEMAS": ["a"]}}, "settings.MCP_SCHEMAS: Invalid type"),
    ],
)
def test_what_would_go_wrong_is_refused(template: Template, values: dict[str, Any], sentence: str) -> None:
    done = template(ROOT / "servers" / "database" / "chart", REQUIRED, values)
    assert done.returncode == 1
    assert sentence in done.stderr


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.parent.name)
def test_all_that_is_missing_is_told_at_once(template: Template, chart: Path) -> None:
    told = template(chart).stderr
    assert all(word in told for word in ("image.repository", "publicUrl", "auth.issuer", "audit.keys", "audit.volume"))


@pytest.mark.parametrize(
    ("values", "kind", "volume"),
    [({}, "StatefulSet", None), (CLAIM, "Deployment", "persistentVolumeClaim"), (SINK, "Deployment", "emptyDir")],
    ids=["volume", "claim", "sink"],
)
def test_audit_log_outlives_the_pod(template: Template, values: dict[str, Any], kind: str, volume: str | None) -> None:
    found = parts(template(ROOT / "servers" / "database" / "chart", REQUIRED, values))
    spec = found[kind]["spec"]
    volumes = {item["name"]: item for item in spec["template"]["spec"]["volumes"]}
    if volume is None:
        assert [claim["metadata"]["name"] for claim in spec["volumeClaimTemplates"]] == ["audit"]
        assert set(spec["persistentVolumeClaimRetentionPolicy"].values()) == {"Retain"}
    else:
        assert volume in volumes["audit"]
    assert ("MCP_AUDIT_DATABASE_URL_FILE" in found["ConfigMap"]["data"]) == (volume == "emptyDir")


@pytest.mark.parametrize("values", [{}, EVERYTHING, SINK], ids=["least", "everything", "sink"])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.parent.name)
def test_pod_is_confined_and_has_the_time_to_end(template: Template, chart: Path, values: dict[str, Any]) -> None:
    found = parts(template(chart, REQUIRED, values))
    workload = found.get("StatefulSet") or found["Deployment"]
    pod = workload["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert "memory" in container["resources"]["limits"]
    assert pod["automountServiceAccountToken"] is False
    assert found["ServiceAccount"]["automountServiceAccountToken"] is False
    data = found["ConfigMap"]["data"]
    assert pod["terminationGracePeriodSeconds"] > int(data["MCP_DRAIN_SECONDS"]) + int(data["MCP_GRACE_SECONDS"])


def test_settings_are_those_that_the_server_knows(template: Template) -> None:
    from mcp_chassis.settings.options import options
    from mcp_db_server.settings import DatabaseSettings

    known = {name for option in options(DatabaseSettings) for name in option.variables}
    known |= {f"{name}_FILE" for name in known}
    found = parts(template(ROOT / "servers" / "database" / "chart", REQUIRED, EVERYTHING, OAUTH))
    assert set(found["ConfigMap"]["data"]) <= known


def test_numbers_reach_the_server_as_they_are_written(template: Template) -> None:
    written = {"MCP_MAX_BODY_BYTES": 33554432, "MCP_MAX_ROWS": 1000000, "MCP_QUEUE_WAIT": 0.5, "MCP_READ_ONLY": True}
    found = parts(template(ROOT / "servers" / "database" / "chart", REQUIRED, {"settings": written}))
    assert {name: found["ConfigMap"]["data"][name] for name in written} == {
        "MCP_MAX_BODY_BYTES": "33554432",
        "MCP_MAX_ROWS": "1000000",
        "MCP_QUEUE_WAIT": "0.5",
        "MCP_READ_ONLY": "true",
    }


def test_prometheus_operator_gets_the_rules_of_the_suite(template: Template) -> None:
    metrics = {"metrics": {"podMonitor": True, "rules": True, "labels": {"release": "prometheus"}}}
    found = parts(template(ROOT / "servers" / "database" / "chart", REQUIRED, metrics))
    rules = yaml.safe_load((ROOT / "deploy" / "observability" / "prometheus-rules.yaml").read_text())
    assert found["PrometheusRule"]["spec"] == rules
    assert found["PodMonitor"]["spec"]["podMetricsEndpoints"] == [{"port": "metrics"}]
    assert found["PodMonitor"]["metadata"]["labels"]["release"] == "prometheus"


def test_servers_share_the_schema_of_what_they_share() -> None:
    library = yaml.safe_load((ROOT / "shared" / "chart" / "values.yaml").read_text())["exports"]["defaults"]
    for chart in CHARTS:
        schema = yaml.safe_load((chart / "values.schema.json").read_text())["properties"]
        own = yaml.safe_load((chart / "values.yaml").read_text())
        assert set(schema) == {*library, *own, "global", "mcp-server"}
        first = yaml.safe_load((CHARTS[0] / "values.schema.json").read_text())["properties"]
        assert all(schema[name] == first[name] for name in library)
