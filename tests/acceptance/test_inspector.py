"""The MCP Inspector's command line against the servers: its strict check of every tool, and calls of them."""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path
from typing import Any

import pytest

ERAS = ("legacy", "modern")
CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("database", "get_schema", {"table_name": "orders", "detail": "full"}),
    (
        "database",
        "query_database",
        {"table": "orders", "filters": {"amount": {"gt": 600}}, "order_by": ["-amount"], "limit": 1},
    ),
    ("database", "execute_query", {"query": "select name from customers where id = $1", "parameters": [1]}),
    ("database", "explain_query", {"query": "select * from orders where customer_id = 2"}),
    ("filesystem", "read_text_file", {"path": "shop/orders/first.csv", "tail": 1}),
    ("filesystem", "list_directory", {"path": "shop", "recursive": True}),
    ("filesystem", "search_file_contents", {"path": "shop", "pattern": "ada|grace", "context": 1}),
    (
        "filesystem",
        "edit_file",
        {"path": "shop/readme.md", "edits": [{"oldText": "Shop", "newText": "Store"}], "dryRun": True},
    ),
]


def inspect(npm: Any, folder: Path, target: list[str], era: str, method: str, *arguments: str) -> dict[str, Any]:
    """What the Inspector prints; it exits with a code of its own where it finds fault."""
    flags = ["--protocol-era", era, "--format", "json", "--method", method, *arguments]
    done = npm.run("mcp-inspector", "--cli", *target, *flags, cwd=folder)
    assert done.returncode == 0, f"exit code {done.returncode}: {done.stderr}"
    printed: dict[str, Any] = json.loads(done.stdout)["result"]
    return printed


@pytest.mark.parametrize("era", ERAS)
def test_every_tool_passes_the_strict_check_over_http(
    era: str, npm: Any, product: Any, over_http: str, tmp_path: Path
) -> None:
    listed = inspect(npm, tmp_path, [over_http, "--transport", "http"], era, "tools/list", "--strict")

    assert {tool["name"] for tool in listed["tools"]} == set(product.server.registry.tools)


@pytest.mark.parametrize("era", ERAS)
def test_every_tool_passes_the_strict_check_over_stdio(
    era: str, npm: Any, product: Any, over_stdio: list[str], tmp_path: Path
) -> None:
    config = tmp_path / "mcp.json"
    command, *arguments = over_stdio
    config.write_text(json.dumps({"mcpServers": {"shop": {"command": command, "args": arguments}}}))

    listed = inspect(npm, tmp_path, ["--config", str(config), "--server", "shop"], era, "tools/list", "--strict")

    assert {tool["name"] for tool in listed["tools"]} == set(product.server.registry.tools)


def test_every_array_of_the_arguments_has_items_as_vs_code_demands(npm: Any, over_http: str, tmp_path: Path) -> None:
    listed = inspect(npm, tmp_path, [over_http, "--transport", "http"], "modern", "tools/list")

    def arrays(schema: Any) -> list[dict[str, Any]]:
        if isinstance(schema, list):
            return [found for part in schema for found in arrays(part)]
        if not isinstance(schema, dict):
            return []
        return [schema] * (schema.get("type") == "array") + [
            found for part in schema.values() for found in arrays(part)
        ]

    found = [array for tool in listed["tools"] for array in arrays(tool["inputSchema"])]
    assert found
    assert [array for array in found if "items" not in array] == []


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("product", "tool", "asked"), CALLS, indirect=["product"], ids=[tool for _, tool, _ in CALLS], scope="session"
)
def test_the_tool_answers(
    tool: str, asked: dict[str, Any], era: str, npm: Any, product: Any, over_http: str, tmp_path: Path
) -> None:
    target = [over_http, "--transport", "http"]
    arguments = ["--tool-name", tool, "--tool-args-json", json.dumps(asked)]

    result = inspect(npm, tmp_path, target, era, "tools/call", *arguments)

    assert result.get("isError", False) is False
    assert result["structuredContent"]
    if product.command == "mcp-db-server":  # bodies of files and lists are texts of their own
        assert json.loads(result["content"][0]["text"]) == result["structuredContent"]


@pytest.mark.parametrize("era", ERAS)
def test_it_is_let_in_with_its_key_and_not_without(era: str, npm: Any, keyed: tuple[str, str], tmp_path: Path) -> None:
    url, key = keyed
    target = [url, "--transport", "http", "--header"]

    listed = inspect(npm, tmp_path, [*target, f"Authorization: Bearer {key}"], era, "tools/list")
    assert listed["tools"]

    flags = ["--protocol-era", era, "--format", "json", "--method", "tools/list"]
    refused = npm.run("mcp-inspector", "--cli", *target, f"Authorization: Bearer {key[:-1]}", *flags, cwd=tmp_path)
    assert refused.returncode != 0
    assert "401" in refused.stderr or "auth" in refused.stderr


@pytest.fixture(scope="module")
def keyed(serve: Any) -> tuple[str, str]:
    """The URL of a server that wants a key, and the key."""
    key = secrets.token_hex(32)
    fixture = Path(__file__).parent.parent / "conformance" / "fixture.py"
    return serve(sys.executable, str(fixture), environment={"MCP_API_KEY": key}, auth="api-key").url, key
