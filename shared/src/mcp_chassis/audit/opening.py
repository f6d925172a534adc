"""From settings to an audit log: its folder, its keys, its mode."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mcp_chassis.audit.chain import Rotation
from mcp_chassis.audit.keys import (
    HMAC_FILE,
    SIGNING_FILE,
    AuditKeys,
    load_audit_keys,
    make_hmac_key,
    make_signing_key,
)
from mcp_chassis.audit.log import AuditLog, Options, unwritable
from mcp_chassis.audit.silence import SilentLog
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.redaction import Redactor

if TYPE_CHECKING:
    from mcp_chassis.settings import ChassisSettings

__all__ = ["audit_folder", "key_paths", "open_audit", "state_directory"]


def open_audit(server: str, settings: ChassisSettings, changing: Iterable[str]) -> AuditLog:
    """The audit log of a server.

    Args:
        changing: the tools that change something and are offered.

    Raises:
        ConfigurationError: folder or keys cannot be used, or no log may be kept of changes.
    """
    if settings.audit_mode == "off":
        if names := sorted(changing):
            raise ConfigurationError(
                f"{settings.written('audit_mode')}: off is for servers that change nothing, and this one offers "
                f"{', '.join(names)}; keep a log or start it with --read-only."
            )
        return SilentLog()
    directory = audit_folder(settings)
    if directory is None:
        raise ConfigurationError("MCP_AUDIT_DIR: HTTP needs a folder for the audit log; set it or give --audit-dir.")
    label = settings.written("audit_dir")
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise unwritable(label, directory, error) from None
    options = Options(
        mode=settings.audit_mode,
        rotation=Rotation(
            bytes=settings.audit_rotate_bytes,
            age_s=settings.audit_rotate_age,
            checkpoint_s=settings.audit_checkpoint_seconds,
        ),
        retention_s=settings.audit_retention,
        pseudonyms=settings.audit_pseudonyms,
        redact=Redactor(settings.secrets()),
    )
    return AuditLog(directory, server, _keys(settings), options, label=label)


def audit_folder(settings: ChassisSettings) -> Path | None:
    """Where the log is: as configured, else in the state folder on stdio."""
    if settings.audit_dir is not None or settings.transport != "stdio":
        return settings.audit_dir
    return state_directory() / "mcp-audit"


def key_paths(settings: ChassisSettings) -> tuple[Path | None, Path | None]:
    """The signing key and the HMAC key: those that are named, else in the state folder on stdio."""
    signing, hmac_key = settings.audit_key_file, settings.audit_hmac_key_file
    if settings.transport == "stdio":
        home = state_directory() / "mcp-chassis"
        return signing or home / SIGNING_FILE, hmac_key or home / HMAC_FILE
    return signing, hmac_key


def state_directory() -> Path:
    """Where state lives that no folder was configured for: `$XDG_STATE_HOME`, else `~/.local/state`."""
    configured = os.environ.get("XDG_STATE_HOME", "")
    return Path(configured) if configured.startswith("/") else Path.home() / ".local" / "state"


def _keys(settings: ChassisSettings) -> AuditKeys:
    """The keys that are named; those that are not are made in the state folder, on stdio only."""
    labels = settings.written("audit_key_file"), settings.written("audit_hmac_key_file")
    signing, hmac_key = key_paths(settings)
    if settings.audit_key_file is None and signing is not None:
        make_signing_key(signing, label=labels[0])
    if settings.audit_hmac_key_file is None and hmac_key is not None:
        make_hmac_key(hmac_key, label=labels[1])
    if signing is None or hmac_key is None:
        missing = " and ".join(label for label, path in zip(labels, (signing, hmac_key), strict=True) if path is None)
        raise ConfigurationError(f"{missing}: http needs the audit log's keys; `audit keygen DIR` makes them.")
    return load_audit_keys(signing, hmac_key, labels)
