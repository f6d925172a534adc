"""Which settings are secret, and where roles, functions and modules show them."""

from __future__ import annotations

import asyncpg
import pytest
from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard import Guard
from mcp_chassis.postgres.guard.settings import is_secret_setting
from mcp_chassis.postgres.guard.words import words

SECRET = words(
    """
    app.secret app.jwt_secret app.client-secret app.api_password app.apikey app.apiKey app.API_KEY app.encryption_key
    app.encryptionkey app.signing app.db_pwd app.dbpass app.smtpPass app.pw app.salt anon.salt app.dsn app.database_url
    app.redis_uri app.conn app.conn_str app.connection_string citus.node_conninfo app.bearer app.auth app.http_auth
    app.cert app.access_token app.accesstoken app.credentials app.key2 app.aws_secret_access_key app.webhook_url
    pgsodium.getkey_script vault.addr app.settings.jwt_secret primary_conninfo SSL_KEY_FILE data_directory
    """
)
OPEN = words(
    """
    TimeZone search_path work_mem password_encryption app.tenant_id app.current_user app.user_id app.role app.locale
    app.org app.max_tokens app.tokenizer app.token_ttl app.password_min_length app.api_key_id app.secretary
    app.bypass_rls app.compass app.auth_user_id auth.uid app.author app.authors app.partition_key app.public_key
    app.sort_keys app.base_url app.keyboard app.keyword app.monkey app.connected app.certainty request.jwt.claims
    request.jwt.claim.sub app.settings.jwt_exp plpgsql.variable_conflict pg_stat_statements.max
    pg_trgm.similarity_threshold auto_explain.log_min_duration cron.host app.passenger_id app.max_conn
    """
)


@pytest.mark.parametrize("name", sorted(SECRET))
def test_a_name_tells_a_secret_setting(name: str) -> None:
    assert is_secret_setting(name)


@pytest.mark.parametrize("name", sorted(OPEN))
def test_an_ordinary_setting_is_no_secret(name: str) -> None:
    assert not is_secret_setting(name)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("made", "statements"),
    [
        (
            "ALTER ROLE reader SET app.api_key = 'hunter2'",
            [
                "SELECT * FROM pg_roles",
                "SELECT rolconfig FROM pg_roles",
                "SELECT to_jsonb(r) FROM pg_roles r",
                "SELECT useconfig FROM pg_user",
                "SELECT setconfig FROM pg_db_role_setting",
            ],
        ),
        (
            "CREATE FUNCTION shop.keyed() RETURNS int LANGUAGE sql SET app.\"Key\" = 'hunter2' AS 'SELECT 1'",
            [
                "SELECT * FROM pg_proc",
                "SELECT proconfig FROM pg_proc",
                "SELECT pg_get_functiondef('shop.grade'::regproc)",
                "SELECT x.pg_get_functiondef FROM generate_series(1, 2) x",
            ],
        ),
    ],
)
async def test_settings_are_hidden_where_there_are_secret_ones(
    corpus_dsn: str, made: str, statements: list[str]
) -> None:
    connection = await asyncpg.connect(corpus_dsn)
    transaction = connection.transaction()
    await transaction.start()
    for sql in statements:
        await Guard().check(sql, connection)
    await connection.execute(made)
    for sql in statements:
        with pytest.raises(Denied, match="secret"):
            await Guard().check(sql, connection)
    for sql in (
        "SELECT rolname, rolsuper FROM pg_roles",
        "SELECT proname, prosrc FROM pg_proc",
        "SELECT * FROM pg_group",
    ):
        await Guard().check(sql, connection)
    await transaction.rollback()
    await connection.close()


@pytest.mark.asyncio
async def test_a_pattern_of_names_may_not_match_a_secret_of_a_module(corpus_dsn: str) -> None:
    connection = await asyncpg.connect(corpus_dsn)
    sql = "SELECT name, setting FROM pg_settings WHERE name LIKE '%mem%'"
    await Guard().check(sql, connection)

    class Modules:
        async def fetch(self, query: str, *args: object) -> list[object]:
            found: list[object] = [*await connection.fetch(query, *args)]
            return [*found, {"holder": "modules", "name": "anon.salt"}] if args == (["modules"],) else found

    with pytest.raises(Denied):
        await Guard().check(sql, Modules())
    await Guard().check("SELECT setting FROM pg_settings WHERE name = 'work_mem'", Modules())
    await connection.close()
