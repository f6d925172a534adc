"""Bring compose.yaml up and down with podman, in a network namespace of its own, and print as JSON what was seen:

unshare --net python session.py PROGRAM_OF_COMPOSE
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx2

ROOT = Path(__file__).parents[3]
FILES = (ROOT / "compose.yaml", Path(__file__).with_name("standins.yaml"))
KEYS, TOKENS, FILES_URL = (f"http://127.0.0.1:{port}/mcp" for port in (8080, 8081, 8082))
ISSUER = "http://127.0.0.1:9000"
SERVERS = ("database", "database-oauth", "filesystem")
WAIT_SECONDS = 90


def run(*command: str, environ: dict[str, str] | None = None, check: bool = True) -> str:
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=240, check=False)
    if check and done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


@contextmanager
def podman() -> Iterator[str]:
    """The address of podman's service, while it also does what systemd's timers would: ask about health."""
    ended = Event()

    def look() -> None:
        while not ended.wait(0.5):
            for container in run("podman", "ps", "--quiet", check=False).split():
                run("podman", "healthcheck", "run", container, check=False)

    with tempfile.TemporaryDirectory() as folder:
        address = f"unix://{folder}/podman.sock"
        service = subprocess.Popen(["podman", "system", "service", "--time", "0", address], stderr=subprocess.DEVNULL)  # noqa: S607
        looking = Thread(target=look)
        looking.start()
        try:
            until(lambda: Path(folder, "podman.sock").exists())
            yield address
        finally:
            ended.set()
            looking.join()
            service.terminate()
            service.wait()


def until(true: Callable[[], Any]) -> Any:
    """Wait until something is there, and give it."""
    end = time.monotonic() + WAIT_SECONDS
    while not (found := true()):
        if time.monotonic() > end:
            raise SystemExit("it takes too long")
        time.sleep(0.2)
    return found


def ready(url: str) -> bool:
    try:
        return httpx2.get(url.replace("/mcp", "/ready"), timeout=5).status_code == 200
    except httpx2.HTTPError:
        return False


def call(url: str, bearer: str, tool: str, arguments: dict[str, Any]) -> Any:
    """The result of a tool, or the status where there is none."""
    headers = {"Authorization": f"Bearer {bearer}", "Accept": "application/json, text/event-stream"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    answer = httpx2.post(url, json=message, headers=headers, timeout=30)
    return answer.json()["result"] if answer.status_code == 200 else answer.status_code


def ask(url: str, bearer: str) -> Any:
    """The first row of the capitals."""
    arguments = {"table": "capitals", "columns": ["capital"], "limit": 1}
    result = call(url, bearer, "query_database", arguments)
    return result if isinstance(result, int) else result["structuredContent"]["rows"]


def look(bearer: str) -> dict[str, Any]:
    """The filesystem server's first line of a document, and what becomes of a change."""
    read = call(FILES_URL, bearer, "read_text_file", {"path": "docs/architecture.md", "head": 1})
    written = call(FILES_URL, bearer, "write_file", {"path": "docs/new.md", "content": ""})
    return {"line": read["content"][0]["text"], "written": not written.get("isError")}


def main(program: str) -> dict[str, Any]:
    """What was seen."""
    project = f"test{uuid.uuid4().hex[:8]}"
    seen: dict[str, Any] = {}
    with ExitStack() as stack:
        environ = {**os.environ, "DOCKER_HOST": stack.enter_context(podman())}

        def compose(*words: str) -> str:
            files = [word for path in FILES for word in ("--file", str(path))]
            line = (program, "--project-name", project, *files, "--profile", "auth", *words)
            return run(*line, environ=environ)

        stack.callback(compose, "down", "--volumes", "--timeout", "1")
        compose("up", "--detach", "--no-build", "database", "filesystem")
        seen["first"] = compose("logs", "--no-log-prefix", "setup")
        (key,) = re.findall(r"^ *(mk_\w+)$", seen["first"], re.MULTILINE)
        until(lambda: ready(KEYS))
        seen["with key"], seen["without"] = ask(KEYS, key), ask(KEYS, "none")
        until(lambda: ready(FILES_URL))
        seen["files"] = look(key)

        compose("up", "--detach", "--no-build", "database-oauth")
        seen["second"] = compose("logs", "--no-log-prefix", "setup").removeprefix(seen["first"])
        until(lambda: ready(TOKENS))
        told = until(lambda: re.findall(r"the secret of agent is (\w+)", compose("logs", "--no-log-prefix", "oidc")))
        secret = told[-1]
        form = {"grant_type": "client_credentials", "scope": "db:read", "resource": TOKENS}
        token = httpx2.post(f"{ISSUER}/token", data=form, auth=("agent", secret)).raise_for_status().json()
        seen["with token"] = ask(TOKENS, token["access_token"])
        seen["key in place of a token"] = ask(TOKENS, key)

        compose("stop", *SERVERS)
        states = [json.loads(line) for line in compose("ps", "--all", "--format", "json").splitlines()]
        seen["exit codes"] = {s["Service"]: s["ExitCode"] for s in states if s["Service"] in SERVERS}
    return seen


if __name__ == "__main__":
    run("ip", "link", "set", "lo", "up")
    print(json.dumps(main(sys.argv[1])))  # noqa: T201
