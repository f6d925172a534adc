"""Pytest fixtures of a real PostgreSQL: import them into a `conftest.py`.

from mcp_chassis.testing.postgres import postgres, postgres_dsn
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from itertools import count

import pytest

from mcp_chassis.postgres.embedded import EmbeddedPostgres

__all__ = ["postgres", "postgres_dsn"]

FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """One server for the whole run, in a folder that goes away with it."""
    # Not below pytest's own folder: as root the server runs as `nobody`, who may not enter that.
    folder = tempfile.mkdtemp(prefix="mcp-pg-")
    try:
        with EmbeddedPostgres(folder, settings=FORGETFUL) as server:
            yield server
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgres_dsn(postgres: EmbeddedPostgres) -> str:
    """The superuser's connection string of a fresh, empty database."""
    name = f"test_{next(_numbers)}"
    postgres.ensure_database(name)
    return postgres.dsn(name)
