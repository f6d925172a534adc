"""compose.yaml, as the real Compose reads it: what starts, confined how, and reachable from where."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WITH_KEYS = {"setup", "postgres", "redis", "database", "filesystem"}
WITH_TOKENS = {"database-oauth", "oidc"}


@pytest.fixture(scope="module")
def services(run: Any) -> dict[str, Any]:
    """All services, with the profile `auth`."""
    done = run("docker-compose", "--profile", "auth", "config", "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["services"]
    return found


@pytest.mark.parametrize(
    ("profile", "expected"),
    [((), WITH_KEYS), (("--profile", "auth"), WITH_KEYS | WITH_TOKENS)],
    ids=["keys", "auth"],
)
def test_profile_adds_the_provider_and_the_server_that_takes_its_tokens(
    run: Any, profile: tuple[str, ...], expected: set[str]
) -> None:
    done = run("docker-compose", *profile, "config", "--services")
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == expected


def test_broken_file_is_told(run: Any, tmp_path: Path) -> None:
    broken = tmp_path / "compose.yaml"
    broken.write_text((ROOT / "compose.yaml").read_text().replace("redis: {condition", "radis: {condition"))
    assert run("docker-compose", "--file", broken, "config", "--quiet").returncode != 0


def test_every_service_is_confined(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        limits = service["deploy"]["resources"]["limits"]
        assert {"cpus", "memory", "pids"} <= set(limits), name
    assert [name for name, service in services.items() if service.get("cap_add")] == ["postgres"]


def test_only_this_machine_reaches_what_is_published(services: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in services.items() if service.get("ports")}
    assert set(ports) == {"database", "database-oauth", "filesystem", "oidc"}
    assert {port["host_ip"] for published in ports.values() for port in published} == {"127.0.0.1"}


def test_keys_are_where_they_are_needed_only(services: dict[str, Any]) -> None:
    volumes = {
        name: {mount["source"]: mount.get("read_only", False) for mount in service.get("volumes", ())}
        for name, service in services.items()
    }
    assert {name: found["keys"] for name, found in volumes.items() if "keys" in found} == {
        "setup": False,
        "postgres": True,
        "database": True,
        "database-oauth": True,
        "filesystem": True,
    }
    assert "volumes" not in services["oidc"]


def test_one_server_takes_keys_and_the_other_tokens(services: dict[str, Any]) -> None:
    keys, tokens = services["database"]["environment"], services["database-oauth"]["environment"]
    assert "MCP_AUTH_ISSUER" not in keys
    assert "MCP_API_KEYS_FILE" not in tokens
    provider = (ROOT / "deploy" / "compose" / "oidc" / "provider.mjs").read_text()
    assert f'issuer = "{tokens["MCP_AUTH_ISSUER"]}"' in provider
    assert f'"{tokens["MCP_PUBLIC_URL"]}/mcp": "db:read"' in provider


@pytest.mark.parametrize(
    ("service", "server"),
    [("database", "database"), ("database-oauth", "database"), ("filesystem", "filesystem")],
    ids=lambda name: name,
)
def test_settings_are_those_that_the_server_knows(
    services: dict[str, Any], variables: Any, service: str, server: str
) -> None:
    assert set(services[service]["environment"]) <= variables(server)


def test_filesystem_server_reads_a_folder_that_it_cannot_change(services: dict[str, Any]) -> None:
    mounted = {volume["target"]: volume for volume in services["filesystem"]["volumes"]}
    assert mounted[services["filesystem"]["environment"]["MCP_ROOTS"]]["read_only"]


def test_files_that_services_share_are_made_by_setup(services: dict[str, Any]) -> None:
    script = (ROOT / "deploy" / "compose" / "setup.sh").read_text()
    files = re.findall(r"/keys/([\w.-]+)", (ROOT / "compose.yaml").read_text())
    assert files
    made = {"audit-signing.pem", "audit-hmac.key"}  # by `audit keygen`
    made |= set(re.findall(r"(?:>|--file )([\w.-]+)", script))
    assert set(files) <= made


@pytest.mark.parametrize("service", ["database", "database-oauth", "filesystem"])
def test_server_stops_before_it_would_be_killed(services: dict[str, Any], service: str) -> None:
    assert services[service]["stop_grace_period"] == "35s"  # more than 5 s of draining and 20 s of grace


def test_provider_is_the_one_that_the_tests_use() -> None:
    ours = json.loads((ROOT / "deploy" / "compose" / "oidc" / "package.json").read_text())["dependencies"]
    tested = json.loads((ROOT / "tests" / "acceptance" / "npm" / "package.json").read_text())["dependencies"]
    assert ours.items() <= tested.items()


def test_newcomer_reads_it_in_a_minute() -> None:
    text = (ROOT / "compose.yaml").read_text()
    assert len(text.splitlines()) <= 150
    assert yaml.safe_load(text)["name"] == "mcp"
