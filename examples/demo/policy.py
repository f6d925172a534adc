"""The policy's part of the walk: the same server under `examples/policies/starter.yaml`."""

from __future__ import annotations

from pathlib import Path

from examples.demo.client import command, connect
from examples.demo.transcript import Transcript

__all__ = ["walk"]

SERVER = "mcp-db-server"
POLICY = Path(__file__).parents[1] / "policies" / "starter.yaml"


async def walk(transcript: Transcript) -> None:
    """Show what a policy file allows, refuses and bounds."""
    transcript.chapter("The operator says who may do what: the same server with a policy file")
    transcript.block(f"$ {SERVER} --demo --policy examples/policies/starter.yaml", "cyan")
    argv = [command(SERVER), "--demo", "--policy", str(POLICY)]
    async with connect(argv, "2026-07-28", transcript) as (assistant, _):
        asked = {"table": "cities", "columns": ["name"], "order_by": ["-population"], "limit": 1}
        rows = (await assistant.answer("query_database", asked))["rows"]
        transcript.check(len(rows) == 1, f"allowed by the rule look-around: {rows[0][0]}")
        refusal = await assistant.refusal("query_database", {"table": "pg_catalog.pg_class"})
        transcript.check("[denied, " in (refusal or ""), refusal or "the server answered")
        refusal = await assistant.refusal("explain_query", {"query": "SELECT count(*) FROM cities", "analyze": True})
        transcript.check("[approval_required, " in (refusal or ""), refusal or "the server answered")
        found = await assistant.answer("execute_query", {"query": "SELECT name FROM cities", "limit": 5000})
        said = f"{found['row_count']:,} rows of 5,000, the most that the policy lets through"
        transcript.check(found["row_count"] == 1000 and found["truncated"], said)
