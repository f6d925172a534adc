from __future__ import annotations

import pytest
from mcp_chassis.errors import ConfigurationError
from mcp_db_server.settings import DatabaseSettings


@pytest.fixture(autouse=True)
def without_libpq(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGDATABASE", "PGUSER", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("flags", "targets", "environment", "address"),
    [
        ({}, ["postgresql://a@b/c"], {}, "postgresql://a@b/c"),
        ({}, [], {"DATABASE_URL": "postgres://a@b/c"}, "postgres://a@b/c"),
        ({}, [], {"DATABASE_URI": "postgresql+asyncpg://a@b/c"}, "postgresql://a@b/c"),
        ({}, ["postgresql://a@b/c?schema=public&sslmode=require"], {}, "postgresql://a@b/c?sslmode=require"),
        ({}, ["postgresql://a@b/c?schema=public"], {}, "postgresql://a@b/c"),
        ({}, ["postgresql://target/x"], {"DATABASE_URL": "postgresql://environment/x"}, "postgresql://target/x"),
    ],
)
def test_the_database_is_where_the_strongest_source_says(
    flags: dict[str, str], targets: list[str], environment: dict[str, str], address: str
) -> None:
    assert DatabaseSettings.load(flags, targets, environment).address == address


def test_libpq_variables_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    assert DatabaseSettings.load({}, [], {}).address == "postgresql://"


@pytest.mark.parametrize(
    ("flags", "environment", "fault"),
    [
        ({}, {}, "There is no database"),
        ({"demo": True}, {"DATABASE_URL": "postgresql://a/b"}, "brings its own database"),
        ({"demo": True, "max_rows": "0"}, {}, "max-rows"),
        ({"demo": True, "statement_timeout": "soon"}, {}, "statement-timeout"),
    ],
)
def test_faults_are_sentences(flags: dict[str, object], environment: dict[str, str], fault: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        DatabaseSettings.load(flags, [], environment)
    assert len(refused.value.faults) == 1
    assert fault in refused.value.faults[0]
