"""An operator and an auditor with the audit log of the real server: keys, verify, tail, stats, export, a forgery."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

Audit = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def audit_process(tmp_path: Path, clean: Any) -> Callable[..., Any]:
    """Start `mcp-db-server audit ...` with PATH and HOME only."""

    def start(*words: str | Path) -> subprocess.Popen[str]:
        command = [*clean(tmp_path), "mcp-db-server", "audit", *map(str, words)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


@pytest.fixture
def audit(audit_process: Callable[..., Any]) -> Audit:
    """Run it to its end."""

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        with audit_process(*words) as process:
            out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return run


async def some_calls(url: str) -> None:
    async with Client(url, read_timeout_seconds=30) as client:
        for number in range(5):
            result = await client.call_tool("execute_query", {"query": f"select {number} as secret_column"})
            assert not result.is_error
        assert (await client.call_tool("execute_query", {"query": "drop table orders"})).is_error


@pytest.mark.asyncio
async def test_an_auditor_follows_what_a_server_did(
    audit: Audit, audit_process: Callable[..., Any], serve: Any, shop: str, tmp_path: Path
) -> None:
    made = audit("keygen", tmp_path / "keys")
    assert made.returncode == 0, made.stderr
    keys = dict(line.split("=", 1) for line in made.stdout.splitlines())
    running = serve("mcp-db-server", shop)
    await some_calls(running.url)
    log = running.log.parent / "audit"
    live = audit("verify", log)
    assert live.returncode == 0, live.stdout
    assert "being written" in live.stdout
    running.process.terminate()
    running.process.wait(timeout=30)

    public = running.log.parent / "keys" / "audit-signing.pub.pem"
    report = json.loads(audit("verify", log, "--public-key", public, "--format", "json").stdout)
    assert report["intact"]
    assert report["chains"][0]["state"] == "closed"
    (head,) = report["heads"].values()
    assert audit("verify", log, "--expect-head", head).returncode == 0

    newest = audit("tail", log, "-n", "20").stdout
    assert newest.count("tool:execute_query") == 6
    assert "[stop]" in newest.splitlines()[-1]
    (row,) = json.loads(audit("stats", log, "--by", "action", "--format", "json").stdout)
    assert (row["action"], row["calls"], row["errors"], row["rows"]) == ("tool:execute_query", 6, 1, 5)
    exported = audit("export", log, "--since", "1h").stdout
    lines = [line for path in log.glob("*/*/0*.jsonl") for line in path.read_text().splitlines()]
    assert exported.splitlines() == lines
    assert "secret_column" not in exported
    assert audit("export", log, "--proof").stdout.count('{"proof":') == len(lines)

    assert (
        audit("verify", log, "--public-key", Path(keys["MCP_AUDIT_KEY_FILE"]).with_suffix(".pub.pem")).returncode == 1
    )
    segment = next(log.glob("*/*/000001.jsonl"))
    segment.write_text(segment.read_text().replace('"outcome":"ok"', '"outcome":"no"', 1))
    forged = audit("verify", log)
    assert forged.returncode == 1
    assert "  changed: record " in forged.stdout
    assert audit("verify", tmp_path / "nowhere").returncode == 2
