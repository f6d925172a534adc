"""Which Host and Origin headers are ours: the guard against DNS rebinding and against other sites' pages.

Loopback names are always ours: a page of another site cannot make a browser send them as Host, and as an Origin they
are pages of the caller's own machine. Beside them stand the host of MCP_PUBLIC_URL, the names of MCP_ALLOWED_HOSTS (a
name alone stands for every port, `name:port` for that port only) and the address that the server listens on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from mcp_chassis.settings import ChassisSettings

__all__ = ["OwnHosts"]

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_WILDCARDS = ("", "0.0.0.0", "::")  # noqa: S104 - what stands for "every address", not an address to bind
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_REMEMBERED = 256  # headers, of as many bytes each


class OwnHosts:
    """The names under which clients may reach this server."""

    def __init__(self, *names: str) -> None:
        """Args: names: `name` for every port or `name:port` for one; IPv6 addresses in brackets."""
        self._names = {_normal(name) for name in (*_LOOPBACK, *names)}
        self._remembered: dict[bytes, bool] = {}

    @classmethod
    def of(cls, settings: ChassisSettings) -> OwnHosts:
        """The names that the settings give."""
        names = list(settings.allowed_hosts)
        if settings.public_url is not None:
            names.append(urlsplit(settings.public_url).netloc)
            names.append(urlsplit(settings.public_url).hostname or "")
        if settings.unix_socket is None and settings.host not in _WILDCARDS:
            names.append(f"[{settings.host}]" if ":" in settings.host else settings.host)
        return cls(*names)

    def host(self, value: bytes) -> bool:
        """Whether a Host header names us."""
        known = self._remembered.get(value)
        if known is None:
            known = self._named(value.decode("latin-1"))
            if len(self._remembered) < _REMEMBERED and len(value) <= _REMEMBERED:
                self._remembered[value] = known
        return known

    def origin(self, value: bytes) -> bool:
        """Whether an Origin header (RFC 6454) is a page of ours; `null`, which sandboxed pages send, is not."""
        scheme, _, place = value.decode("latin-1").partition("://")
        if scheme not in _DEFAULT_PORTS or not place:
            return False
        name, port = _split(place)
        return self._named(place if port else f"{name}:{_DEFAULT_PORTS[scheme]}")

    def _named(self, value: str) -> bool:
        name, port = _split(_normal(value))
        return (
            bool(name)
            and (port is None or port.isdecimal())
            and (name in self._names or f"{name}:{port}" in self._names)
        )


def _normal(value: str) -> str:
    name, port = _split(value.strip().lower())
    name = name.rstrip(".")
    return name if port is None else f"{name}:{port}"


def _split(value: str) -> tuple[str, str | None]:
    """`name:port` as its parts; the colons of a bracketed IPv6 address belong to the name."""
    head, colon, port = value.rpartition(":")
    if not colon or value.endswith("]"):
        return value, None
    return head, port
