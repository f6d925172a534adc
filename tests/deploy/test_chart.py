"""The charts: what is right renders to what Kubernetes takes, and what would go wrong there is refused here."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from mcp_fs_server.settings import RootSettings, read_roots
from pydantic import TypeAdapter

ROOT = Path(__file__).parents[2]
CHARTS = sorted(path.parent for path in ROOT.glob("servers/*/chart/Chart.yaml"))
DATABASE, FILESYSTEM = (ROOT / "servers" / name / "chart" for name in ("database", "filesystem"))
EVERY_CHART = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.parent.name)
KUBERNETES = ("1.27", "1.37")
"""The oldest that the charts say they work on, and the newest that the schemas are of."""

REQUIRED = {
    "image": {"repository": "registry.example.org/mcp"},
    "publicUrl": "https://db.example.org",
    "auth": {"apiKeys": {"secret": "keys"}},
    "audit": {"keys": {"secret": "audit"}, "volume": {"size": "10Gi"}},
}
OWN = {
    DATABASE: {"database": {"secret": "database"}},
    FILESYSTEM: {
        "roots": {
            "handbook": {"existingClaim": "handbook"},
            "drafts": {
                "volume": {"nfs": {"server": "nfs.example.org", "path": "/drafts"}},
                "subPath": "team", "mode": "rw", "deny": ["*.bak"],
                "quota": "1GiB", "max_file_size": "1MiB", "data_class": "internal",
            },
        }
    },
}  # fmt: skip
"""What each server needs beside that."""
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
    "settings": {"MCP_RATE_LIMIT": "60/m", "MCP_MAX_CONCURRENCY": 8, "MCP_READ_ONLY": True},
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


@EVERY_CHART
def test_lint_finds_nothing(run: Any, chart: Path) -> None:
    done = run("helm", "lint", "--strict", chart)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "layers",
    [(), (CLAIM,), (SINK,), (OAUTH,), (SHARED, {"replicas": 3}), (SCALED,), (EVERYTHING,), (EVERYTHING, SINK)],
    ids=["volume", "claim", "sink", "oauth", "replicas", "scaled", "everything", "everything-to-sink"],
)
@EVERY_CHART
def test_kubernetes_takes_what_is_rendered(
    run: Any, template: Template, tmp_path: Path, chart: Path, layers: tuple[dict[str, Any], ...]
) -> None:
    parts(template(chart, REQUIRED, OWN[chart], *layers))
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
        ({"replicas": 2}, "Replicas count limits together: set redis.secret"),
        ({"replicas": 2, "redis": {"secret": "redis"}}, "Replicas open each other's cursors: set sealKeys.secret"),
        ({"autoscaling": {"enabled": True}}, "set redis.secret"),
        # A way round what is refused above, and a secret where everybody may read it.
        ({"settings": {"MCP_AUDIT_DIR": "/tmp"}}, "settings.MCP_AUDIT_DIR is the chart's to set: use audit."),
        ({"settings": {"MCP_API_KEY": "x"}}, "settings.MCP_API_KEY would lie open in a ConfigMap"),
        ({"settings": {"OTEL_EXPORTER_OTLP_HEADERS": "x"}}, "HEADERS would lie open in a ConfigMap: name a Secret"),
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
@EVERY_CHART
def test_what_would_go_wrong_is_refused(template: Template, chart: Path, values: dict[str, Any], sentence: str) -> None:
    done = template(chart, REQUIRED, OWN[chart], values)
    assert done.returncode == 1
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("chart", "values", "sentence"),
    [
        (DATABASE, {"database": {"secret": ""}}, "There is no database: set database.secret."),
        (DATABASE, {"settings": {"DATABASE_URL": "x"}}, "settings.DATABASE_URL would lie open in a ConfigMap"),
        (DATABASE, {"settings": {"DATABASE_URI": "x"}}, "settings.DATABASE_URI would lie open in a ConfigMap"),
        (DATABASE, {"settings": {"DATABASE_URL_FILE": "x"}}, "DATABASE_URL_FILE is the chart's to set: use database."),
        (FILESYSTEM, {"roots": {"a": {}}}, "Set roots.a.existingClaim or roots.a.volume, and one of them only."),
        (FILESYSTEM, {"roots": {"drafts": {"existingClaim": "x"}}}, "Set roots.drafts.existingClaim or roots.drafts."),
        (FILESYSTEM, {"settings": {"MCP_ROOTS": "/data"}}, "settings.MCP_ROOTS is the chart's to set: use roots."),
        (FILESYSTEM, {"roots": {"A/b": {"existingClaim": "x"}}}, "Does not match pattern"),
        (FILESYSTEM, {"roots": {"a": {"existingClaim": "x", "mode": "w"}}}, "roots.a.mode must be one of"),
    ],
)
def test_what_would_go_wrong_with_its_own_values_is_refused(
    template: Template, chart: Path, values: dict[str, Any], sentence: str
) -> None:
    done = template(chart, REQUIRED, OWN[chart], values)
    assert done.returncode == 1
    assert sentence in done.stderr


@EVERY_CHART
def test_all_that_is_missing_is_told_at_once(template: Template, chart: Path) -> None:
    told = template(chart).stderr
    assert {DATABASE: "set database.secret.", FILESYSTEM: "set roots."}[chart] in told
    assert all(word in told for word in ("image.repository", "publicUrl", "auth.issuer", "audit.keys", "audit.volume"))


@EVERY_CHART
@pytest.mark.parametrize(
    ("values", "kind", "volume"),
    [({}, "StatefulSet", None), (CLAIM, "Deployment", "persistentVolumeClaim"), (SINK, "Deployment", "emptyDir")],
    ids=["volume", "claim", "sink"],
)
def test_audit_log_outlives_the_pod(
    template: Template, chart: Path, values: dict[str, Any], kind: str, volume: str | None
) -> None:
    found = parts(template(chart, REQUIRED, OWN[chart], values))
    spec = found[kind]["spec"]
    volumes = {item["name"]: item for item in spec["template"]["spec"]["volumes"]}
    if volume is None:
        assert [claim["metadata"]["name"] for claim in spec["volumeClaimTemplates"]] == ["audit"]
        assert set(spec["persistentVolumeClaimRetentionPolicy"].values()) == {"Retain"}
    else:
        assert volume in volumes["audit"]
    assert ("MCP_AUDIT_DATABASE_URL_FILE" in found["ConfigMap"]["data"]) == (volume == "emptyDir")


@pytest.mark.parametrize("values", [{}, EVERYTHING, SINK], ids=["least", "everything", "sink"])
@EVERY_CHART
def test_pod_is_confined_and_has_the_time_to_end(template: Template, chart: Path, values: dict[str, Any]) -> None:
    found = parts(template(chart, REQUIRED, OWN[chart], values))
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


@EVERY_CHART
def test_settings_are_those_that_the_server_knows(template: Template, variables: Any, chart: Path) -> None:
    found = parts(template(chart, REQUIRED, OWN[chart], EVERYTHING, OAUTH))
    assert set(found["ConfigMap"]["data"]) <= variables(chart.parent.name)


def test_directories_are_mounted_where_the_server_is_told(template: Template) -> None:
    found = parts(template(FILESYSTEM, REQUIRED, OWN[FILESYSTEM]))
    pod = found["StatefulSet"]["spec"]["template"]["spec"]
    mounts = {mount["mountPath"]: mount for mount in pod["containers"][0]["volumeMounts"]}
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    told = TypeAdapter(tuple[RootSettings, ...]).validate_python(read_roots(found["ConfigMap"]["data"]["MCP_ROOTS"]))
    roots = {root.name: (root, mounts[str(root.path)]) for root in told}
    drafts, mount = roots["drafts"]
    assert (drafts.mode, drafts.deny, drafts.quota, drafts.data_class) == ("rw", ("*.bak",), 2**30, "internal")
    assert (mount["readOnly"], mount["subPath"]) == (False, "team")
    assert "nfs" in volumes[mount["name"]]
    handbook, mount = roots["handbook"]
    assert handbook.mode == "ro"
    assert mount["readOnly"]
    assert volumes[mount["name"]]["persistentVolumeClaim"] == {"claimName": "handbook", "readOnly": True}


@EVERY_CHART
def test_numbers_reach_the_server_as_they_are_written(template: Template, chart: Path) -> None:
    written = {"MCP_MAX_BODY_BYTES": 33554432, "MCP_MAX_ROWS": 1000000, "MCP_QUEUE_WAIT": 0.5, "MCP_READ_ONLY": True}
    found = parts(template(chart, REQUIRED, OWN[chart], {"settings": written}))
    assert {name: found["ConfigMap"]["data"][name] for name in written} == {
        "MCP_MAX_BODY_BYTES": "33554432",
        "MCP_MAX_ROWS": "1000000",
        "MCP_QUEUE_WAIT": "0.5",
        "MCP_READ_ONLY": "true",
    }


@EVERY_CHART
def test_prometheus_operator_gets_the_rules_of_the_suite(template: Template, chart: Path) -> None:
    metrics = {"metrics": {"podMonitor": True, "rules": True, "labels": {"release": "prometheus"}}}
    found = parts(template(chart, REQUIRED, OWN[chart], metrics))
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
