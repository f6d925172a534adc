"""The corpus against a real PostgreSQL, as superuser and as a reader, judged by what happens in the database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard import Guard


def families(filename: str) -> dict[str, list[str]]:
    """The statements of a file: `-- # family` heads a family, a blank line ends a statement."""
    found: dict[str, list[str]] = {}
    family: list[str] | None = None
    for block in re.split(r"\n\s*\n", Path(__file__).with_name(filename).read_text("utf-8")):
        text = block.strip("\n")
        if text.startswith("-- # "):
            family = found.setdefault(text[5:], [])
        elif family is not None and text.strip():
            family.append(text)
    return found


ORDINARY = families("ordinary.sql")
ATTACKS = families("attacks.sql")
ROLES = ["superuser", "reader"]

# What an attack could leave behind: rows, sequences, files, settings, locks, sessions, slots, statistics, objects.
STATE = """
SELECT (SELECT count(*) FROM shop.orders), (SELECT sum(total) FROM shop.orders), (SELECT count(*) FROM shop.audit),
       (SELECT count(*) FROM evil.log), (SELECT last_value::text || is_called FROM evil.counter),
       (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_roles),
       (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_replication_slots),
       (SELECT count(*) FROM pg_replication_origin), (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),
       (SELECT count(*) FROM pg_prepared_xacts), (SELECT stats_reset FROM pg_stat_bgwriter),
       (SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()),
       (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
       (SELECT string_agg(f, ' ' ORDER BY f) FROM pg_ls_dir('.') f WHERE f <> 'postmaster.pid'),
       (SELECT count(*) FROM pg_ls_dir('pg_snapshots')),
       (SELECT md5(string_agg(name || setting, ' ' ORDER BY name)) FROM pg_settings
         WHERE source NOT IN ('client', 'session'))
"""
SESSION = """
SELECT (SELECT md5(string_agg(name || setting, ' ' ORDER BY name)) FROM pg_settings),
       (SELECT count(*) FROM pg_listening_channels()), (SELECT count(*) FROM pg_cursors), current_user, session_user
"""


async def state(dsn: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return tuple(await connection.fetchrow(STATE))
    finally:
        await connection.close()


async def judge(guard: Guard, connection: asyncpg.Connection, sql: str, role: str, *, run: bool) -> None:
    transaction = connection.transaction(readonly=True)
    await transaction.start()
    try:
        if role == "reader":
            await connection.execute("SET LOCAL ROLE reader")
        verdict = await guard.check(sql, connection)
        if run:
            await execute(connection, verdict.kind, verdict.sql)
    finally:
        await transaction.rollback()


async def execute(connection: asyncpg.Connection, kind: str, sql: str) -> None:
    if "$1" in sql:
        await connection.prepare(sql)
        return
    try:
        # Without arguments asyncpg leaves the rows undecoded: what is tested here is PostgreSQL and not a codec.
        await connection.execute(sql)
        if kind == "select":
            await connection.execute(f"SELECT count(*) FROM ({sql}) q")
    except asyncpg.FeatureNotSupportedError as error:
        if "libxml" not in str(error.as_dict()):
            raise


@pytest.mark.asyncio
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("family", ORDINARY)
async def test_ordinary_work_passes_and_runs(corpus_dsn: str, family: str, role: str) -> None:
    guard = Guard()
    connection = await asyncpg.connect(corpus_dsn)
    failed = []
    for sql in ORDINARY[family]:
        try:
            await judge(guard, connection, sql, role, run=True)
        except asyncpg.InsufficientPrivilegeError:
            assert role == "reader"
        except Exception as error:
            failed.append((sql, error))
    await connection.close()
    assert not failed


def helps(message: str, sql: str) -> bool:
    """Whether a refusal says what to do, and names no object (`schema.name`) that the caller did not write."""
    says = any(word in message for word in (";", "Only one SELECT", "ask an operator"))
    plain = sql.lower().replace('"', "").replace(" ", "")
    return says and all(name.lower() in plain for name in re.findall(r"\b(?!pg_catalog)\w+\.\w+\b", message))


@pytest.mark.asyncio
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("family", ATTACKS)
async def test_attacks_are_refused_and_leave_nothing(corpus_dsn: str, family: str, role: str) -> None:
    before = await state(corpus_dsn)
    guard = Guard()
    connection = await asyncpg.connect(corpus_dsn)
    session = tuple(await connection.fetchrow(SESSION))
    ran = []
    for sql in ATTACKS[family]:
        try:
            await judge(guard, connection, sql, role, run=True)
            ran.append(sql)
        except Denied as error:
            if not helps(error.message, sql):
                ran.append(f"{sql}: {error.message}")
        except Exception as error:
            ran.append(f"{sql}: {error}")
    after = tuple(await connection.fetchrow(SESSION))
    await connection.close()
    assert ran == []
    assert after == session
    assert await state(corpus_dsn) == before


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    statements = [sql for corpus in (ORDINARY, ATTACKS) for family in corpus.values() for sql in family]
    assert len(statements) >= 600
    assert len(set(statements)) == len(statements)
