"""Which Host and Origin are ours, as tables."""

from __future__ import annotations

import pytest
from mcp_chassis.http.hosts import OwnHosts
from mcp_chassis.settings import ChassisSettings

SETTINGS = {
    "loopback": ChassisSettings(),
    "public": ChassisSettings(host="0.0.0.0", public_url="https://mcp.example.com/db"),  # noqa: S104
    "named": ChassisSettings(host="::", allowed_hosts="mcp.example.com, api.example.com:8443"),  # type: ignore[arg-type]
    "address": ChassisSettings(host="10.1.2.3", allowed_hosts="[2001:db8::1]"),  # type: ignore[arg-type]
    "unix": ChassisSettings(host="unix:/run/mcp.sock"),
}

HOSTS = [
    ("loopback", "localhost", True),
    ("loopback", "localhost:8080", True),
    ("loopback", "LOCALHOST:1", True),
    ("loopback", "localhost.", True),
    ("loopback", "127.0.0.1:8080", True),
    ("loopback", "[::1]:8080", True),
    ("loopback", "[::1]", True),
    ("loopback", "", False),
    ("loopback", ":8080", False),
    ("loopback", "evil.example", False),
    ("loopback", "evil.example:8080", False),
    ("loopback", "localhost.evil.example", False),
    ("loopback", "evil.example#localhost", False),
    ("loopback", "localhost:8080@evil.example", False),
    ("loopback", "user@localhost", False),
    ("loopback", "localhost:", False),
    ("loopback", "localhost:http", False),
    ("loopback", "127.0.0.1.nip.io", False),
    ("loopback", "127.1", False),
    ("loopback", "0.0.0.0:8080", False),
    ("loopback", "::1", False),
    ("loopback", "local\xe9host", False),
    ("public", "mcp.example.com", True),
    ("public", "mcp.example.com:443", True),
    ("public", "MCP.Example.COM", True),
    ("public", "example.com", False),
    ("public", "x.mcp.example.com", False),
    ("public", "0.0.0.0", False),  # noqa: S104
    ("public", "localhost:8080", True),
    ("named", "mcp.example.com:9999", True),
    ("named", "api.example.com:8443", True),
    ("named", "api.example.com:8444", False),
    ("named", "api.example.com", False),
    ("named", "[::]", False),
    ("address", "10.1.2.3:8080", True),
    ("address", "10.1.2.4:8080", False),
    ("address", "[2001:db8::1]:8080", True),
    ("address", "[2001:db8::2]:8080", False),
    ("unix", "localhost", True),
    ("unix", "/run/mcp.sock", False),
]

ORIGINS = [
    ("loopback", "http://localhost:6274", True),
    ("loopback", "http://127.0.0.1", True),
    ("loopback", "https://[::1]:3000", True),
    ("loopback", "null", False),
    ("loopback", "", False),
    ("loopback", "localhost", False),
    ("loopback", "file://localhost", False),
    ("loopback", "http://evil.example", False),
    ("loopback", "http://localhost.evil.example", False),
    ("loopback", "http://localhost@evil.example", False),
    ("public", "https://mcp.example.com", True),
    ("public", "https://evil.example", False),
    ("named", "https://api.example.com:8443", True),
    ("named", "https://api.example.com", False),
    ("named", "https://mcp.example.com", True),
]


@pytest.mark.parametrize(("settings", "host", "ours"), HOSTS)
def test_a_host_is_ours_by_its_name(settings: str, host: str, ours: bool) -> None:
    hosts = OwnHosts.of(SETTINGS[settings])
    assert [hosts.host(host.encode("latin-1")) for _ in range(2)] == [ours, ours]


@pytest.mark.parametrize(("settings", "origin", "ours"), ORIGINS)
def test_an_origin_is_ours_by_its_host(settings: str, origin: str, ours: bool) -> None:
    assert OwnHosts.of(SETTINGS[settings]).origin(origin.encode()) is ours


def test_names_that_were_asked_for_are_not_remembered_without_end() -> None:
    hosts = OwnHosts()
    for number in range(10_000):
        assert not hosts.host(f"evil{number}.example".encode())
    assert len(hosts._remembered) < 1_000
    assert hosts.host(b"localhost:1234")
