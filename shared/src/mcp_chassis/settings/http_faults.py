"""What is wrong between the settings of HTTP: who may reach the server, and how it knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mcp_chassis.settings import ChassisSettings

__all__ = ["http_faults"]

Fault = tuple[tuple[str, ...], str]


def http_faults(settings: ChassisSettings) -> Iterator[Fault]:
    """The faults of a server that is to be reached over HTTP, as `ChassisSettings.faults` tells them."""
    yield from _authentication(settings)
    yield from _oauth(settings)
    if not settings.loopback and not settings.allowed_hosts and settings.public_url is None:
        yield (
            ("host", "allowed_hosts", "public_url"),
            "{host} is not a loopback address, so say what clients call it: set {public_url} or {allowed_hosts}.",
        )
    if settings.audit_mode != "off":
        yield from _audit(settings)


def _audit(settings: ChassisSettings) -> Iterator[Fault]:
    if settings.audit_dir is None:
        yield ("audit_dir",), "http needs a folder for the audit log: set {audit_dir}."
    missing = [name for name in ("audit_key_file", "audit_hmac_key_file") if getattr(settings, name) is None]
    if missing:
        ways = " and ".join(f"{{{name}}}" for name in missing)
        yield (
            tuple(missing),
            f"http needs the audit log's keys: make them with `audit keygen DIR`, then set {ways}.",
        )


def _authentication(settings: ChassisSettings) -> Iterator[Fault]:
    keys = ("auth", "auth_issuer", "api_keys_file", "api_key")
    if not settings.auth_methods:
        ways = "{auth_issuer}, {api_keys_file} or {api_key}, or --auth none on loopback"
        yield keys, f"http must know its callers: set {ways}."
    if "api-key" in settings.auth and settings.api_keys_file is None and settings.api_key is None:
        yield keys, "{auth} asks for API keys: set {api_keys_file} or {api_key}."
    if "none" in settings.auth and len(settings.auth) > 1:
        yield ("auth",), "{auth} must not name another method beside none."
    if "none" in settings.auth and not settings.loopback:
        yield ("auth", "host"), "{auth} may be none on loopback only: change {host} or configure OAuth or API keys."


def _oauth(settings: ChassisSettings) -> Iterator[Fault]:
    wanted = "oauth" in settings.auth_methods
    if wanted and settings.auth_issuer is None:
        yield ("auth", "auth_issuer"), "{auth} asks for OAuth: set {auth_issuer}."
    elif wanted and settings.resource_url is None:
        yield (
            ("auth_issuer", "auth_audience", "public_url"),
            "OAuth needs the URL of this server, for which clients ask their tokens: set {public_url}.",
        )
    elif not wanted and settings.auth_issuer is None and settings.auth_jwks_url is not None:
        yield ("auth_issuer", "auth_jwks_url"), "{auth_jwks_url} needs {auth_issuer}, whose keys are there."
