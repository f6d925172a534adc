"""The filesystem server beside a bare one, beside the system and ripgrep alone, and beside the reference server.

The reference server takes part where Node is there and tests/acceptance/npm is installed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import bare_filesystem
from stdio_load import Session

Times = dict[str, float]
HERE = Path(__file__).parent
REFERENCE = HERE.parent / "acceptance/npm/node_modules/@modelcontextprotocol/server-filesystem/dist/index.js"
PROGRAMS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
LINE = "a line of text that is long enough to be one of many\n"
NEEDLE = "needle in a haystack"
DIRECTORIES, FILES_IN_EACH, HITS = 500, 100, 50
WHOLE = ("--max-file-size", "64MiB", "--max-result-bytes", "128MiB")
"""What lets "roomy", which is ours, give 50 MB in one answer."""


class Case(NamedTuple):
    """A call that is measured; each server takes what it knows of the arguments, of which `path` is below the top."""

    tool: str
    arguments: dict[str, Any]
    kinds: tuple[str, ...] = ("ours", "bare", "reference")
    often: int = 1
    paged: bool = False


CASES = {
    "read 1 KB": Case("read_text_file", {"path": "small.txt"}, often=40),
    "read 1 MB": Case("read_text_file", {"path": "medium.txt"}, often=2),
    "read 50 MB": Case("read_text_file", {"path": "large.txt"}, ("roomy", "bare", "reference")),
    "first 20 lines of 50 MB": Case("read_text_file", {"path": "large.txt", "head": 20}, ("ours", "reference"), 10),
    "last 20 lines of 50 MB": Case("read_text_file", {"path": "large.txt", "tail": 20}, ("ours", "reference"), 10),
    "100 lines in the middle of 50 MB": Case(
        "read_text_file", {"path": "large.txt", "start_line": 500_000, "end_line": 500_099}, ("ours",)
    ),
    "write 1 MB": Case("write_file", {"path": "new.txt", "content": LINE * (2**20 // len(LINE)), "overwrite": True}),
    "list 10,000": Case("list_directory", {"path": "many"}, often=4, paged=True),
    "find *.py in 50,000": Case("search_files", {"path": "tree", "pattern": "**/*.py"}, paged=True),
    "grep in 50,000": Case("search_file_contents", {"path": "tree", "pattern": NEEDLE}, ("ours", "bare")),
}


def measure(rounds: int) -> dict[str, Times]:
    """Median seconds by case and server; `alone` is what the system, or ripgrep, needs without a server.

    Beside the cases there are "start" to `tools/list` and "RSS", which is in megabytes.
    """
    with TemporaryDirectory() as folder:
        top = Path(folder).resolve()
        _fill(top)
        found = {"start": _starts(top, rounds)}
        with _sessions(top) as sessions:
            offered = {kind: _tools(session) for kind, session in sessions.items()}
            found["RSS"] = {kind: _rss_mb(session) for kind, session in sessions.items()}
            for name, case in CASES.items():
                asked = {kind: sessions[kind] for kind in case.kinds if case.tool in offered.get(kind, ())}
                found[name] = _calls(case, asked, top, rounds)
                if case.paged:
                    found[f"{name}, all pages"] = {"ours": _all_pages(case, sessions["ours"], top)}
        found["read 50 MB"]["ours"] = found["read 50 MB"].pop("roomy")
        for name, work in _alone(top).items():
            found[name]["alone"] = _median(work, rounds)
    return found


def _commands(top: Path) -> dict[str, list[str]]:
    """How the servers are started; the reference is among them where it is there."""
    ours = [sys.executable, "-m", "mcp_fs_server", f"{top}:rw", "--log-level", "error"]
    commands = {
        "bare": [sys.executable, str(HERE / "bare_filesystem.py"), str(top)],
        "ours": ours,
        "roomy": [*ours, *WHOLE],
    }
    node = _node()
    if node and REFERENCE.exists():
        commands["reference"] = [node, str(REFERENCE), str(top)]
    return commands


def _node() -> str | None:
    """Node itself, and not the Python that starts it where it came by pip, whose start and memory would count."""
    node = shutil.which("node", path=PROGRAMS)
    if node is None:
        return None
    told = subprocess.run([node, "-p", "process.execPath"], capture_output=True, text=True, check=True)
    return told.stdout.strip()


def _open(kind: str, top: Path) -> Session:
    session = Session(_commands(top)[kind], quiet=kind == "reference", PATH=PROGRAMS)
    if kind == "reference":  # it knows the older protocol only
        client = {"name": "bench", "version": "1"}
        session.call("initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo=client)
    return session


@contextmanager
def _sessions(top: Path) -> Iterator[dict[str, Session]]:
    with ExitStack() as stack:
        sessions = {kind: _open(kind, top) for kind in _commands(top)}
        for session in sessions.values():
            stack.callback(session.close)
        yield sessions


def _starts(top: Path, rounds: int) -> Times:
    times: dict[str, list[float]] = {kind: [] for kind in _commands(top) if kind != "roomy"}
    for _ in range(rounds):
        for kind, taken in times.items():
            session = _open(kind, top)
            session.call("tools/list")
            taken.append(time.perf_counter() - session.started)
            session.close()
    return {kind: statistics.median(taken) for kind, taken in times.items()}


def _calls(case: Case, sessions: dict[str, Session], top: Path, rounds: int) -> Times:
    """In turns; the first turn warms up."""
    arguments = {**case.arguments, "path": str(top / case.arguments["path"])}
    times: dict[str, list[float]] = {kind: [] for kind in sessions}
    for turn in range(rounds * case.often + 1):
        for kind, session in sessions.items():
            session.call("tools/call", name=case.tool, arguments=arguments)
            if turn:
                times[kind].append(session.took)
    return {kind: statistics.median(taken) for kind, taken in times.items()}


def _all_pages(case: Case, session: Session, top: Path) -> float:
    """The seconds that all pages of ours take together, where the others give everything at once."""
    arguments = {**case.arguments, "path": str(top / case.arguments["path"])}
    taken = 0.0
    while True:
        answer = session.call("tools/call", name=case.tool, arguments=arguments)
        taken += session.took
        cursor = answer["result"]["structuredContent"].get("next_cursor")
        if cursor is None:
            return taken
        arguments["cursor"] = cursor


def _alone(top: Path) -> dict[str, Callable[[], object]]:
    """What must be done at the least."""
    rg = shutil.which("rg", path=PROGRAMS)
    works: dict[str, Callable[[], object]] = {
        "read 1 KB": (top / "small.txt").read_text,
        "read 1 MB": (top / "medium.txt").read_text,
        "read 50 MB": (top / "large.txt").read_text,
        "write 1 MB": lambda: (top / "new.txt").write_text(CASES["write 1 MB"].arguments["content"]),
        "list 10,000": lambda: sorted(os.listdir(top / "many")),
        "find *.py in 50,000": lambda: list(bare_filesystem.found(top / "tree", "*.py")),
    }
    if rg:
        command = [rg, "--no-config", "--line-number", "-e", NEEDLE, "--", "."]
        works["grep in 50,000"] = lambda: subprocess.run(command, cwd=top / "tree", capture_output=True, check=True)
    return works


def _median(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(2 * rounds + 1):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _tools(session: Session) -> set[str]:
    return {tool["name"] for tool in session.call("tools/list")["result"]["tools"]}


def _rss_mb(session: Session) -> float:
    status = Path(f"/proc/{session.process.pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(kilobytes) / 1024


def _fill(top: Path) -> None:
    """The files that are read, listed, found and searched."""
    (top / "small.txt").write_text((LINE * 20)[:1024])
    (top / "medium.txt").write_text((LINE * (2**20 // len(LINE) + 1))[: 2**20])
    (top / "large.txt").write_text((LINE * (50 * 2**20 // len(LINE) + 1))[: 50 * 2**20])
    (top / "many").mkdir()
    for number in range(10_000):
        (top / "many" / f"file-{number:05}.txt").touch()
    body = LINE * 8
    for number in range(DIRECTORIES):
        directory = top / "tree" / f"part-{number // 25:02}" / f"module-{number:03}"
        directory.mkdir(parents=True)
        for inner in range(FILES_IN_EACH):
            hit = inner == 0 and number % (DIRECTORIES // HITS) == 0
            suffix = "py" if inner % 5 == 0 else "txt"
            (directory / f"file-{inner:02}.{suffix}").write_text(f"{body}{NEEDLE}\n" if hit else body)


if __name__ == "__main__":
    for name, times in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3).items():
        unit, factor = ("MB", 1) if name == "RSS" else ("ms", 1000)
        print(f"{name}: " + ", ".join(f"{kind} {value * factor:.2f} {unit}" for kind, value in times.items()))
