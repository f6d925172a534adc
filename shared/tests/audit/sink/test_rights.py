"""Who needs which rights in the database, and what is said where they are missing."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from mcp_chassis.audit.sink.table import Table, UnusableError
from sink_wire import execute, in_files, in_tables, query, sending, until

pytestmark = pytest.mark.asyncio
DOCS = Path(__file__).parents[4] / "docs/audit.md"
SCHEMA = Path(__file__).parents[3] / "src/mcp_chassis/audit/sink/schema.sql"


def as_user(dsn: str, user: str) -> str:
    parts = urlsplit(dsn)
    return urlunsplit(parts._replace(netloc=f"{user}@"))


async def documented_roles(dsn: str) -> tuple[str, str]:
    """Owner and writer as the documentation makes them, and their connection strings."""
    script = re.search(r"<!-- roles -->\n```sql\n(.+?)```", DOCS.read_text(), re.DOTALL)
    assert script is not None
    made = script[1].replace("\\i schema.sql", SCHEMA.read_text())
    database = urlsplit(dsn).path.strip("/")
    for name in ("mcp_audit_owner", "mcp_audit_writer"):  # roles are of the whole server, and it has many tests
        made = re.sub(rf"\b{name}\b", f"{name}_{database}", made)
    await execute(dsn, made.replace("DATABASE mcp", f"DATABASE {database}"))
    return as_user(dsn, f"mcp_audit_owner_{database}"), as_user(dsn, f"mcp_audit_writer_{database}")


async def test_a_login_that_may_insert_and_nothing_else_is_enough(tmp_path: Path, postgres_dsn: str) -> None:
    _, writer = await documented_roles(postgres_dsn)
    async with sending(tmp_path, writer) as (log, _):
        for _ in range(50):
            log.event("tick")
    for path in (tmp_path / "audit/s").glob("2*/sent.json"):
        path.unlink()
    async with sending(tmp_path, writer):  # what is sent twice needs no more rights

        async def is_sent() -> bool:
            return all(path.exists() for path in map(_position, (tmp_path / "audit/s").glob("2*")))

        await until(is_sent)
    assert await in_tables(postgres_dsn) == in_files(tmp_path / "audit/s")
    for sql in (
        "SELECT * FROM mcp_audit.records",
        "SELECT * FROM mcp_audit.files",
        "UPDATE mcp_audit.records SET record = ''",
        "DELETE FROM mcp_audit.checkpoints",
        "TRUNCATE mcp_audit.records",
        "CREATE TABLE mcp_audit.more ()",
        "DROP TABLE mcp_audit.records",
        "UPDATE mcp_audit.format SET version = 2",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await execute(writer, sql)


def _position(chain: Path) -> Path:
    return chain / "sent.json"


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("CREATE ROLE {user} LOGIN", "tables of the audit log are missing .* run audit/sink/schema.sql"),
        ("CREATE SCHEMA mcp_audit; CREATE ROLE {user} LOGIN", "tables of the audit log are missing"),
        ("{schema}; CREATE ROLE {user} LOGIN", "needs USAGE on the schema mcp_audit and SELECT on mcp_audit.format"),
        (
            "{schema}; CREATE ROLE {user} LOGIN; UPDATE mcp_audit.format SET version = 2;"
            "GRANT USAGE ON SCHEMA mcp_audit TO {user}; GRANT SELECT ON mcp_audit.format TO {user}",
            "of another version",
        ),
    ],
)
async def test_what_is_missing_is_said(postgres_dsn: str, script: str, sentence: str) -> None:
    user = f"u{abs(hash(script))}_{urlsplit(postgres_dsn).path.strip('/')}"
    await execute(postgres_dsn, script.format(user=user, schema=SCHEMA.read_text().rstrip().rstrip(";")))
    with pytest.raises(UnusableError, match=sentence):
        await Table.open(as_user(postgres_dsn, user), "a test")


async def test_a_database_that_cannot_hold_all_characters_is_refused(postgres_dsn: str) -> None:
    name = f"{urlsplit(postgres_dsn).path.strip('/')}_latin"
    await execute(postgres_dsn, f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(UnusableError, match="encoded in LATIN1; the audit log needs one in UTF8"):
        await Table.open(postgres_dsn.replace(f"/{name.removesuffix('_latin')}", f"/{name}"), "a test")


async def test_an_owner_who_may_create_has_the_tables_made(tmp_path: Path, postgres_dsn: str) -> None:
    database = urlsplit(postgres_dsn).path.strip("/")
    owner = f"owner_{database}"
    await execute(postgres_dsn, f"CREATE ROLE {owner} LOGIN; GRANT CREATE ON DATABASE {database} TO {owner}")
    async with sending(tmp_path, as_user(postgres_dsn, owner)):
        pass
    owners = "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'mcp_audit'::regnamespace"
    assert await query(postgres_dsn, owners) == [(owner,)]
    others = "SELECT has_schema_privilege('public', 'mcp_audit', 'USAGE')"
    assert await query(postgres_dsn, others) == [(False,)]
