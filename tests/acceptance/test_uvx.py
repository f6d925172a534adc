"""`uvx --from ./servers/NAME mcp-NAME-server`, as a user runs it: built anew, in an environment of its own.

uv may fetch packages that its cache does not hold, from whatever index it is configured with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).parents[2]
UNREACHABLE = ("error sending request", "Failed to fetch", "dns error", "Network connectivity is disabled")
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "UV_SYSTEM_CERTS")
HANDED_ON = (*CERTIFICATES, "UV_CACHE_DIR", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL")
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy")


@pytest.fixture(scope="module")
def uvx(product: Any) -> list[str]:
    """The command, with the environment that a client's config would give it, once the server is built."""
    found = shutil.which("uvx", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert found is not None, "uv is a tool of this checkout"
    given = {name: os.environ[name] for name in (*HANDED_ON, *PROXIES) if name in os.environ}
    given |= {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]}
    command = ["env", "-i", *(f"{name}={value}" for name, value in given.items()), found]
    command += ["--from", f"./{product.folder.relative_to(ROOT)}", product.command]
    built = subprocess.run([*command, "--version"], cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    if built.returncode != 0 and any(sign in built.stderr for sign in UNREACHABLE):
        pytest.skip(f"uv's cache lacks a package and its index cannot be reached: {built.stderr[-200:]}")
    assert built.returncode == 0, built.stderr
    return command


def test_it_tells_its_version(uvx: list[str], product: Any) -> None:
    told = subprocess.run([*uvx, "--version"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)

    assert product.server.version in told.stdout
    assert told.stdout.count("\n") == 1


@pytest.mark.asyncio
async def test_a_client_starts_it_and_looks_round(uvx: list[str], product: Any) -> None:
    command, *arguments = uvx
    server = StdioServerParameters(command=command, args=[*arguments, product.target], cwd=ROOT)
    tool, asked, told = {
        "mcp-db-server": ("get_schema", {}, {"customers", "orders"}),
        "mcp-fs-server": ("list_directory", {"path": "shop"}, {"readme.md", "orders"}),
    }[product.command]

    async with Client(server, read_timeout_seconds=60) as client:
        result = await client.call_tool(tool, asked)

    assert not result.is_error
    assert all(name in str(result.structured_content) for name in told)
