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
    ("query", "code"),
    [("delete from orders", "denied"), ("select nothing from nowhere", "not_found"), (7, "invalid_arguments")],
)
def test_an_error_result_is_read(query: object, code: str, npm: Any, shop_over_http: str, tmp_path: Path) -> None:
    result = call(npm, shop_over_http, tmp_path, "execute_query", {"query": query})

    assert result["isError"] is True
    assert "structuredContent" not in result
    error = result["_meta"]["io.mcp-chassis/error"]
    assert error["code"] == code
    assert f"[{error['code']}, {error['error_id']}" in result["content"][0]["text"]


def test_a_result_is_read(npm: Any, shop_over_http: str, tmp_path: Path) -> None:
    result = call(npm, shop_over_http, tmp_path, "execute_query", {"query": "select count(*) as n from orders"})

    assert result.get("isError", False) is False
    assert result["structuredContent"]["rows"] == [[60]]
