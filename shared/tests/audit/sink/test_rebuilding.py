"""The log is provable from the database alone, by the commands of the documentation."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from audit_wire import intact
from mcp_chassis.audit import Options, Rotation
from mcp_chassis.audit.reading.places import Log
from mcp_chassis.audit.reading.signers import Signers
from mcp_chassis.audit.reading.verification import verify
from mcp_chassis.postgres.embedded_binaries import find_binaries
from sink_wire import execute, query, sending

pytestmark = pytest.mark.asyncio
DOCS = Path(__file__).parents[4] / "docs/audit.md"


def documented(name: str, language: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```{language}\n(.+?)```", DOCS.read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def rebuild(folder: Path, dsn: str, instance: str) -> Path:
    """Run the documented commands."""
    script = documented("rebuild", "sh").replace("mcp-db-server", "s").replace("20261120T080000Z-17-a1b2c3", instance)
    binaries = Path(find_binaries().program("psql")).parent
    environment = {"PATH": f"{binaries}:{os.environ['PATH']}", "URL": dsn, "LC_ALL": "C.UTF-8"}
    subprocess.run(["/bin/sh", "-euc", script], cwd=folder, env=environment, check=True, timeout=60)
    return folder / "rebuilt"


async def test_a_chain_is_made_again_from_the_tables_and_verifies(tmp_path: Path, postgres_dsn: str) -> None:
    async with sending(tmp_path, postgres_dsn, Options(rotation=Rotation(bytes=16_384, checkpoint_records=20))) as (
        log,
        _,
    ):
        for number in range(400):
            log.event("tick", number=number, text='a "quoted" \\ back\\\\slash \t\n\0 \u2028 äöü \U0001f600')
    rebuilt = rebuild(tmp_path, postgres_dsn, log.instance)
    original = tmp_path / "audit/s" / log.instance
    copy = rebuilt / "s" / log.instance
    names = [path.name for path in original.glob("*.jsonl")]
    assert len(names) > 3
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == {
        name: (original / name).read_bytes() for name in names
    }
    (rebuilt / "keys").symlink_to(tmp_path / "audit/keys")
    assert intact(copy) == 402
    assert verify(Log(rebuilt), Signers([], rebuilt / "keys")).intact


async def test_what_was_changed_in_the_tables_is_found(tmp_path: Path, postgres_dsn: str) -> None:
    check = documented("check", "sql")
    async with sending(tmp_path, postgres_dsn) as (log, _):
        for number in range(5):
            log.event("tick", number=number, details={"hash": "f" * 64})
    assert await query(postgres_dsn, check) == []
    await execute(postgres_dsn, "DELETE FROM mcp_audit.records WHERE seq = 3")
    assert [seq for _, seq in await query(postgres_dsn, check)] == [4]
    change = "UPDATE mcp_audit.records SET record = replace(record, '\"number\":4', '\"number\":9') WHERE seq = 6"
    await execute(postgres_dsn, change)
    assert [seq for _, seq in await query(postgres_dsn, check)] == [4, 6]
    rebuilt = rebuild(tmp_path, postgres_dsn, log.instance)
    assert not verify(Log(rebuilt), Signers([], tmp_path / "audit/keys")).intact
