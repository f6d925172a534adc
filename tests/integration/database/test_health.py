"""What `--check` and the log say of the database to the operator."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.app import App
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from mcp_db_server.server import server
from mcp_db_server.settings import DatabaseSettings

COMMAND = str(Path(sys.executable).parent / "mcp-db-server")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("flags", "status", "detail"),
    [
        ({"schemas": "public"}, "healthy", "all of --schemas and --tables are there"),
        ({"schemas": "public,shop"}, "degraded", "there is no schema shop"),
        ({"schemas": "Public"}, "degraded", "there is no schema Public"),  # names are as the catalog has them
        ({"tables": "customers,public.orders"}, "healthy", "all of --schemas and --tables are there"),
        ({"tables": "customer,shop.orders"}, "degraded", "there is no table customer; there is no table shop.orders"),
    ],
)
async def test_a_misspelt_allow_list_is_degraded(
    start: Callable[..., Any], flags: dict[str, str], status: str, detail: str
) -> None:
    async with start(**flags) as desk:
        [found] = [item for item in await desk.app.health() if item.name == "allowed tables"]
    assert (found.status, found.detail) == (status, detail)


@pytest.mark.asyncio
async def test_without_lists_there_is_nothing_to_say_of_them(desk: Any) -> None:
    assert "allowed tables" not in {item.name for item in await desk.app.health()}


@pytest.mark.asyncio
async def test_slow_calls_on_all_connections_do_not_make_it_unready(start: Callable[..., Any]) -> None:
    async with start() as desk, AsyncExitStack() as calls:
        assert await desk.app.readiness.ready()
        database = desk.app.resources.database
        for _ in range(database.limits.connections):
            await calls.enter_async_context(database.session(desk.principal))
        states = {item.name: (item.status, item.detail) for item in await desk.app.health()}
        assert states["database"] == ("healthy", "All connections to the database are in use.")


def check(dsn: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, dsn, "--check"],
        env={"PATH": os.environ["PATH"], "HOME": str(home)}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_report_says_why_the_database_is_unhealthy(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    done = check(postgres.dsn("shopp").replace("postgres@", "postgres:hunter2-hunter2@"), tmp_path)
    assert done.returncode == 2
    assert done.stdout.splitlines()[0].endswith(": it cannot work like this; see what is unhealthy.")
    assert 'no such database: database "shopp" does not exist' in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_the_report_says_when_something_should_be_looked_at(shop_dsn: str, tmp_path: Path) -> None:
    done = check(shop_dsn, tmp_path)  # as a superuser
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].endswith(": it works; see what is degraded.")


@pytest.mark.asyncio
async def test_the_log_at_start_says_why_the_database_is_not_ready(
    postgres: EmbeddedPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with caplog.at_level(logging.WARNING, "mcp_db_server"):
        async with App(server, DatabaseSettings.load({}, [postgres.dsn("shopp")], {})).open():
            while not caplog.records:
                await asyncio.sleep(0.01)
    assert 'not ready yet: no such database: database "shopp" does not exist' in caplog.text


@pytest.mark.asyncio
async def test_a_misspelt_allow_list_is_logged_at_start(
    start: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "mcp_db_server"):
        async with start(schemas="shop"):
            while not caplog.records:
                await asyncio.sleep(0.01)
    assert "there is no schema shop" in caplog.text
