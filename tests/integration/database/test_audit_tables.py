"""The audit log in the same database as the data: no tool shows it by accident."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import mcp_chassis.audit.sink
import pytest
from mcp_chassis.errors import ChassisError, Denied

SCHEMA = Path(mcp_chassis.audit.sink.__file__).with_name("schema.sql")
RECORD = "INSERT INTO mcp_audit.records (instance, seq, server, file, record) VALUES ('i', 1, 's', '1.jsonl', 'told')"


@pytest.mark.parametrize("flags", [{}, {"tables": ["records", "customers"]}, {"schemas": ["shop"]}])
@pytest.mark.asyncio
async def test_a_superuser_does_not_see_the_audit_log(
    start_own: Callable[..., Any], admin: Any, flags: dict[str, Any]
) -> None:
    await admin.execute(SCHEMA.read_text())
    await admin.execute(RECORD)
    async with start_own(**flags) as desk:
        assert "mcp_audit" not in str(await desk("get_schema"))
        assert "mcp_audit" not in str(await desk("get_schema", search="records"))
        for name, arguments in (
            ("execute_query", {"query": "SELECT record FROM mcp_audit.records"}),
            ("execute_query", {"query": "SELECT (r.*)::text FROM mcp_audit.files r"}),
            ("execute_query", {"query": "TABLE mcp_audit.records"}),
            ("explain_query", {"query": "SELECT * FROM mcp_audit.records", "analyze": True}),
        ):
            with pytest.raises(Denied):
                await desk(name, **arguments)
        for name, arguments in (
            ("query_database", {"table": "mcp_audit.records"}),
            ("query_database", {"table": "records"}),
            ("get_schema", {"table_name": "mcp_audit.records"}),
        ):
            with pytest.raises(ChassisError) as refused:
                await desk(name, **arguments)
            assert "told" not in refused.value.message


@pytest.mark.parametrize("flags", [{"schemas": ["mcp_audit"]}, {"tables": ["mcp_audit.records"]}])
@pytest.mark.asyncio
async def test_who_names_it_on_purpose_has_it(start_own: Callable[..., Any], admin: Any, flags: dict[str, Any]) -> None:
    await admin.execute(SCHEMA.read_text())
    await admin.execute(RECORD)
    async with start_own(**flags) as desk:
        assert (await desk("execute_query", query="SELECT record FROM mcp_audit.records"))["rows"] == [["told"]]
