"""What is said where the sink cannot be used as configured, and what waits for it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from audit_wire import open_log, records
from mcp_chassis.audit import Options, Rotation
from mcp_chassis.audit.sink import opening
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.settings import ChassisSettings
from sample_server import make_app
from sink_wire import in_tables, sending, until

DAY = 86_400.0
SECRET = "correct-horse-battery"


@pytest.mark.parametrize(
    ("variables", "sentences"),
    [
        (
            {"MCP_AUDIT_DATABASE_URL": f"mysql://a:{SECRET}@host/x"},
            ["MCP_AUDIT_DATABASE_URL must be a URL such as postgresql://user@host/name."],
        ),
        (
            {"MCP_AUDIT_DATABASE_URL": f"postgresql://a:{SECRET}/@host/x"},
            ["MCP_AUDIT_DATABASE_URL must be a URL such as postgresql://user@host/name."],
        ),
        (
            {"MCP_AUDIT_DATABASE_URL": "postgresql://host/x", "MCP_AUDIT_MODE": "off"},
            ["MCP_AUDIT_DATABASE_URL is where the audit log is copied to, and MCP_AUDIT_MODE keeps none."],
        ),
        (
            {"MCP_AUDIT_DATABASE_URL_FILE": "/nowhere/url"},
            ["MCP_AUDIT_DATABASE_URL_FILE names a file that cannot be read: No such file or directory."],
        ),
    ],
)
def test_addresses_that_do_not_fit_are_refused_without_being_shown(
    variables: dict[str, str], sentences: list[str]
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        ChassisSettings.load({}, [], variables)
    assert list(refused.value.faults) == sentences


def test_the_address_is_read_from_a_file_and_is_a_secret(tmp_path: Path) -> None:
    (tmp_path / "url").write_text(f"postgresql://writer:{SECRET}@host/audit\n")
    settings = ChassisSettings.load({}, [], {"MCP_AUDIT_DATABASE_URL_FILE": str(tmp_path / "url")})
    assert SECRET in set(settings.secrets())
    assert SECRET not in repr(settings)


@pytest.mark.asyncio
async def test_a_server_without_the_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ChassisSettings.load({}, [], {"MCP_AUDIT_DATABASE_URL": "postgresql://host/audit"})
    app = make_app(tmp_path, audit_database_url=settings.audit_database_url)
    monkeypatch.setattr(opening, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"^MCP_AUDIT_DATABASE_URL needs asyncpg, .* its extra postgres\.$"):
        async with app.open():
            pass


@pytest.mark.asyncio
async def test_nothing_is_removed_that_the_database_does_not_have(tmp_path: Path, postgres_dsn: str) -> None:
    options = Options(rotation=Rotation(bytes=4096, checkpoint_records=10), retention_s=30 * DAY)
    then = time.time() - 60 * DAY
    old = open_log(tmp_path, options, clock=lambda: then)
    old.opened()
    old.settle_start()
    for number in range(100):
        old.event("tick", number=number)
    old.stop()
    old.close()
    chain = Path(old.where)
    for path in chain.glob("0*.jsonl"):
        os.utime(path, (then, then))
    away = "postgresql://127.0.0.1:1/x?sslmode=disable"
    async with sending(tmp_path, away, options) as (log, _):
        log.event("tick")
        log.flush()
        log.flush()
    assert len(records(chain)) == 102
    async with sending(tmp_path, postgres_dsn, options) as (log, _):

        async def is_removed() -> bool:
            log.event("tick")
            log.flush()
            return not records(chain)

        await until(is_removed)
    sent = await in_tables(postgres_dsn)
    assert (
        sum(len(lines) for (instance, file), lines in sent.items() if instance == chain.name and file[0] == "0") == 102
    )
    assert (chain / "checkpoints.jsonl").exists()
