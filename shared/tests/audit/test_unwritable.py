"""The audit log where it cannot be written: on a disk that fills up, in a folder that is none."""

from __future__ import annotations

import json
import os
import pwd
from pathlib import Path
from typing import Any

import pytest
from audit_wire import open_log, room_for
from mcp_chassis.app import App
from mcp_chassis.audit import AuditLog
from mcp_chassis.errors import ConfigurationError, UpstreamUnavailable
from mcp_chassis.settings import ChassisSettings
from sample_server import make_app, make_server


def events(log: AuditLog) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.path.read_text().splitlines()]


def test_a_record_that_fits_only_in_part_leaves_no_trace(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.event("start")
    with room_for(log.path.stat().st_size + 20), pytest.raises(UpstreamUnavailable):
        log.event("lost")
    log.event("kept")
    log.close()
    assert [(record["seq"], record["event"]) for record in events(log)] == [(1, "start"), (2, "kept")]


@pytest.mark.asyncio
async def test_a_server_is_ready_again_by_itself_when_there_is_room_again(tmp_path: Path) -> None:
    async with make_app(tmp_path).open() as app:
        with room_for(0):
            with pytest.raises(UpstreamUnavailable):
                app.audit.event("lost")
            assert [component.status for component in await app.health()] == ["unhealthy"]
        assert [component.status for component in await app.health()] == ["healthy"]
    assert [record["event"] for record in events(app.audit)] == ["start", "resume", "stop"]


@pytest.mark.asyncio
async def test_a_full_disk_is_told_at_the_start_and_forgiven_at_the_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(tmp_path)
    with room_for(100), pytest.raises(ConfigurationError, match=r"MCP_AUDIT_DIR\): .* cannot be written \("):
        async with app.open():
            pass
    opened = app.open()
    await opened.__aenter__()
    with room_for(0):
        await opened.__aexit__(None, None, None)
    assert "the end is not in the audit log" in caplog.text


@pytest.mark.asyncio
async def test_a_folder_that_cannot_be_made_is_called_by_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    app = App(make_server(), ChassisSettings(audit_dir=tmp_path / "file"))
    with pytest.raises(ConfigurationError, match=r"^--audit-dir \(MCP_AUDIT_DIR\): .*file cannot be written"):
        async with app.open():
            pass


def test_the_local_principal_is_who_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert make_app(tmp_path).local_principal().subject == f"local:{pwd.getpwuid(os.getuid()).pw_name}"
    monkeypatch.setattr("os.getuid", lambda: 4_000_000_000)
    assert make_app(tmp_path).local_principal().subject == "local:4000000000"
