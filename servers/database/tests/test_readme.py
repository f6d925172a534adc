from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from mcp_chassis.postgres.pool import Database
from mcp_chassis.settings import ChassisSettings
from mcp_chassis.settings.options import options
from mcp_chassis.testing.postgres import postgres
from mcp_db_server.filters import OPERATORS
from mcp_db_server.server import server
from mcp_db_server.settings import DatabaseSettings

__all__ = ["postgres"]

README = (Path(__file__).parents[1] / "README.md").read_text()


def told(name: str) -> list[str]:
    return README.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0].strip().splitlines()


def capabilities() -> Iterator[str]:
    yield "| what | arguments | in short |"
    yield "|---|---|---|"
    registry = server.registry
    for shelf in (registry.tools, registry.resources, registry.templates, registry.prompts):
        for endpoint in shelf.values():
            arguments = ", ".join(endpoint.arguments.model.model_fields)
            yield f"| {endpoint.kind} `{endpoint.name}` | {arguments} | {endpoint.description.splitlines()[0]} |"


def settings() -> Iterator[str]:
    yield "| flag | variable | default | meaning |"
    yield "|---|---|---|---|"
    common = {option.name for option in options(ChassisSettings)}
    for option in options(DatabaseSettings):
        if option.name not in common:
            named = ", ".join([*option.variables[1:], option.variables[0]])
            variable = f"{named}, {option.variable}_FILE" if option.secret else named
            flag = f"{option.target} or {option.flag}" if option.target else option.flag
            default = f"`{option.default}`" if option.default else ""
            yield f"| {flag} | {variable} | {default} | {option.description} |"


def test_capabilities_are_those_of_the_code() -> None:
    assert told("capabilities") == list(capabilities())


def test_settings_are_those_of_the_code() -> None:
    assert told("settings") == list(settings())


def test_every_operator_and_scope_is_told() -> None:
    assert all(f"`{operator}`" in README for operator in OPERATORS)
    scopes = {
        scope
        for shelf in (server.registry.tools, server.registry.prompts)
        for e in shelf.values()
        for scope in e.scopes
    }
    assert all(f"`{scope}`" in README for scope in scopes)


@pytest.mark.asyncio
async def test_the_recipe_makes_a_role_that_can_only_read(postgres: EmbeddedPostgres) -> None:
    recipe = re.search(r"```sql\n(.*?)```", README, re.DOTALL)
    assert recipe is not None
    postgres.ensure_database("recipe")
    admin = await asyncpg.connect(postgres.dsn("recipe"))
    try:
        await admin.execute("CREATE TABLE things AS SELECT 1 AS a")
        await admin.execute(recipe[1])
        async with Database.open(postgres.dsn("recipe", user="assistant")) as database:
            assert (await database.posture()).harmless
        reader = await asyncpg.connect(postgres.dsn("recipe", user="assistant"))
        assert await reader.fetchval("SELECT a FROM things") == 1
        await reader.close()
    finally:
        await admin.execute("DROP OWNED BY assistant; DROP ROLE assistant")
        await admin.close()
