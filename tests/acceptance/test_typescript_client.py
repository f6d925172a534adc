"""Results as a TypeScript SDK 1.x client reads them, which holds each to the tool's outputSchema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parent / "npm" / "call-tool.mjs"


def call(npm: Any, url: str, folder: Path, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The result of a tool that has an outputSchema."""
    done = npm.run("node", SCRIPT, url, tool, json.dumps(arguments), cwd=folder)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert printed["hasOutputSchema"] is True
    result: dict[str, Any] = printed["result"]
    return result


@pytest.mark.parametrize(
    ("product", "tool", "arguments", "code"),
    [
        ("database", "execute_query", {"query": "delete from orders"}, "denied"),
        ("database", "execute_query", {"query": "select nothing from nowhere"}, "not_found"),
        ("database", "execute_query", {"query": 7}, "invalid_arguments"),
        ("filesystem", "read_text_file", {"path": "/etc/hostname"}, "denied"),
        ("filesystem", "read_text_file", {"path": "shop/nothing"}, "not_found"),
        ("filesystem", "write_file", {"path": "shop/readme.md", "content": ""}, "conflict"),
    ],
    indirect=["product"],
    scope="session",
)
def test_an_error_result_is_read(
    tool: str, arguments: dict[str, Any], code: str, npm: Any, over_http: str, tmp_path: Path
) -> None:
    result = call(npm, over_http, tmp_path, tool, arguments)

    assert result["isError"] is True
    assert "structuredContent" not in result
    error = result["_meta"]["io.mcp-chassis/error"]
    assert error["code"] == code
    assert f"[{error['code']}, {error['error_id']}" in result["content"][0]["text"]


@pytest.mark.parametrize(
    ("product", "tool", "arguments", "expected"),
    [
        ("database", "execute_query", {"query": "select count(*) as n from orders"}, {"rows": [[60]]}),
        ("filesystem", "read_text_file", {"path": "shop/orders/first.csv", "head": 1}, {"lines": "1-1 of 3"}),
        ("filesystem", "read_file", {"path": "shop/orders/first.csv"}, {"size": 34}),
        ("filesystem", "create_directory", {"path": "shop/new"}, {"path": "shop/new"}),
    ],
    indirect=["product"],
    scope="session",
)
def test_a_result_is_read(
    tool: str, arguments: dict[str, Any], expected: dict[str, Any], npm: Any, over_http: str, tmp_path: Path
) -> None:
    result = call(npm, over_http, tmp_path, tool, arguments)

    assert result.get("isError", False) is False
    assert result["structuredContent"].items() >= expected.items()
