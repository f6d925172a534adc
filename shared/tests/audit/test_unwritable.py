"""The audit log where it cannot be written: on a disk that fills up, in a folder that is none."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import pwd
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from audit_wire import intact, open_log, room_for
from mcp_chassis.app import App
from mcp_chassis.audit import AuditLog, Options, Rotation
from mcp_chassis.call import Call, Channel, Principal
from mcp_chassis.errors import ConfigurationError, OutcomeUnknown, UpstreamUnavailable
from mcp_chassis.settings import ChassisSettings
from sample_server import make_app, make_server

WRITER = Principal("writer", "local", scopes=frozenset({"notes:read", "notes:write"}))


def events(log: AuditLog) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.path.read_text().splitlines()]


def test_a_record_that_fits_only_in_part_leaves_no_trace(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.event("start")
    with room_for(log.path.stat().st_size + 20), pytest.raises(UpstreamUnavailable):
        log.event("lost")
    log.event("kept")
    log.close()
    assert [(record["seq"], record["event"]) for record in events(log)] == [
        (1, "start"), (2, "resume"), (3, "kept"),
    ]  # fmt: skip
    assert events(log)[1]["unrecorded"] == 1


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


async def run(app: App[Any, Any], tool: str, principal: Principal = WRITER) -> Any:
    """Call a tool without arguments, or `add`."""
    arguments = {"a": 1} if tool == "add" else {}
    call = Call("tool", tool, arguments, principal, app.server.registry.tools[tool], Channel())
    return (await app.calls.run(call)).result.structured_content


@pytest.mark.asyncio
async def test_a_change_is_refused_before_it_is_made(tmp_path: Path) -> None:
    async with make_app(tmp_path).open() as app:
        with room_for(app.audit.path.stat().st_size + 100):  # nobody knows of it before
            with pytest.raises(UpstreamUnavailable, match="cannot be written"):
                await run(app, "clear")
            assert app.resources.texts == {"one": "first"}
            with pytest.raises(UpstreamUnavailable):
                await run(app, "add")
            assert next(component.detail for component in await app.health()).endswith(
                "cannot be written (No space left on device)"
            )
        await run(app, "clear")
        assert app.resources.texts == {}
    assert [record["event"] for record in events(app.audit)] == ["start", "resume", "change_begun", "call", "stop"]


@pytest.mark.asyncio
async def test_a_change_whose_record_is_not_on_the_disk_is_not_to_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(tmp_path).open() as app:

        def fail(_: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        with monkeypatch.context() as broken:
            broken.setattr("os.fdatasync", fail)
            with pytest.raises(OutcomeUnknown, match="look before you call again"):
                await run(app, "clear")
            with pytest.raises(UpstreamUnavailable):
                await run(app, "add")
            audit = (await app.health())[0]
            assert (audit.status, audit.detail.partition(" ")[2]) == (
                "unhealthy",
                "cannot be written (Input/output error)",
            )
        async with asyncio.timeout(30):
            while not app.audit.usable():
                await asyncio.sleep(0.01)
        assert await run(app, "add") == {"total": 3}
    assert intact(Path(app.audit.where)) == len(events(app.audit))


@pytest.mark.asyncio
async def test_reads_go_on_without_a_log_where_that_was_said(tmp_path: Path) -> None:
    async with make_app(tmp_path, audit_unwritable="allow-reads").open() as app:
        with room_for(0):
            assert await run(app, "add") == {"total": 3}
            for _ in range(2):
                with pytest.raises(UpstreamUnavailable):
                    await run(app, "clear")
            assert await run(app, "add") == {"total": 3}
            assert next(component.status for component in await app.health()) == "degraded"
            assert app.resources.texts == {"one": "first"}
        await run(app, "clear")
        assert app.resources.texts == {}
    (resumed,) = [record for record in events(app.audit) if record["event"] == "resume"]
    assert resumed["unrecorded"] == 2  # the reads; the changes were not made


@pytest.mark.asyncio
async def test_a_checkpoint_that_cannot_be_stored_is_made_later(tmp_path: Path) -> None:
    log = open_log(tmp_path, Options(rotation=Rotation(checkpoint_records=3)))
    log.event("tick")
    log.flush()
    with room_for(log.path.stat().st_size + 2000):  # records fit, the third checkpoint does not
        for _ in range(4):
            log.event("tick")
            with suppress(UpstreamUnavailable):
                log.flush()
    for _ in range(4):
        log.event("tick")
    log.flush()
    log.stop()
    log.close()
    assert intact(Path(log.where)) == 10


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
