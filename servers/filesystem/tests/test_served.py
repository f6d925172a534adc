"""The server through the SDK's client, in both eras: what clients see, what the policy decides, what the audit says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_chassis.app import App
from mcp_chassis.call import Principal, current_principal
from mcp_chassis.confine import shown
from mcp_fs_server.server import server
from mcp_fs_server.settings import FilesystemSettings

ERAS = pytest.mark.parametrize("era", ["legacy", "2026-07-28"])
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@asynccontextmanager
async def serving(
    *roots: str, era: str = "2026-07-28", principal: Principal | None = None, **flags: Any
) -> AsyncIterator[tuple[App[Any, Any], Client]]:
    app = App(server, FilesystemSettings.load(flags, roots, {}))
    async with app.open():
        current_principal.set(principal or app.local_principal())
        async with Client(app.mcp(sessions=True), mode=era) as session:
            yield app, session


@ERAS
@pytest.mark.asyncio
async def test_a_client_reads_files_and_lists(docs: Path, era: str) -> None:
    (docs / "a.txt").write_text("one\ntwo\n")
    (docs / "pixel").write_bytes(PNG)
    async with serving(str(docs), era=era) as (_, session):
        whole = await session.call_tool("read_file", {"path": "a.txt"})
        assert [block.text for block in whole.content] == ["one\ntwo\n"]
        assert whole.structured_content["content"] == "one\ntwo\n"
        part = await session.call_tool("read_text_file", {"path": "docs/a.txt", "tail": 1})
        assert [block.text for block in part.content] == ["two\n", "[lines 2-2 of 2.]"]
        assert "content" not in part.structured_content
        image = await session.call_tool("read_media_file", {"path": str(docs / "pixel")})
        assert (image.content[0].type, image.content[0].mime_type) == ("image", "image/png")
        assert image.structured_content["mime"] == "image/png"
        listed = await session.call_tool("list_directory", {"path": "."})
        assert listed.content[0].text.splitlines()[0] == "[FILE] a.txt\t8 B"
        tree = await session.call_tool("directory_tree", {"path": ".", "excludePatterns": '["pix*"]'})
        assert tree.structured_content["tree"] == [{"name": "a.txt", "type": "file"}]
        several = await session.call_tool("read_multiple_files", {"paths": ["a.txt", "b.txt"]})
        assert several.structured_content["failed"] == 1


@ERAS
@pytest.mark.asyncio
async def test_errors_say_what_to_do_and_nothing_of_the_world(docs: Path, era: str) -> None:
    (docs / "out").symlink_to("/etc/passwd")
    async with serving(str(docs), era=era) as (_, session):
        for path in ("out", "../outside.txt", "/etc/passwd", "missing", "a\0b"):
            result = await session.call_tool("read_text_file", {"path": path})
            assert result.is_error
            assert result.structured_content is None
            assert str(docs.parent) not in result.content[0].text
            assert "passwd" not in result.content[0].text


@pytest.mark.asyncio
async def test_changing_is_offered_where_it_is_granted(docs: Path) -> None:
    def offered(tools: Any) -> set[str]:
        return {tool.name for tool in tools.tools} & {"write_file", "read_file"}

    async with serving(str(docs)) as (_, session):
        assert offered(await session.list_tools()) == {"read_file"}
        assert "[denied, " in (await session.call_tool("write_file", {"path": "a", "content": ""})).content[0].text
    async with serving(f"{docs}:rw") as (_, session):
        assert offered(await session.list_tools()) == {"read_file", "write_file"}
    async with serving(f"{docs}:rw", read_only=True) as (_, session):
        assert offered(await session.list_tools()) == {"read_file"}
    reader = Principal("key:a", "api-key", scopes=frozenset({"fs:read"}))
    async with serving(f"{docs}:rw", principal=reader) as (_, session):
        assert offered(await session.list_tools()) == {"read_file"}


@pytest.mark.asyncio
async def test_the_place_of_a_directory_is_told_to_the_user_of_this_machine_alone(docs: Path) -> None:
    async with serving(str(docs)) as (_, session):
        told = (await session.call_tool("list_allowed_directories", {})).structured_content
        assert told["directories"][0]["path"] == str(docs)
        assert told["confinement"] in {"kernel", "walk"}
    stranger = Principal("ann", "oauth", scopes=frozenset({"fs:read"}))
    async with serving(str(docs), principal=stranger) as (_, session):
        told = await session.call_tool("list_allowed_directories", {})
        assert [root["name"] for root in told.structured_content["directories"]] == ["docs"]
        assert str(docs) not in str(told)


POLICY = """version: 1
rules:
  - {id: all, effect: allow, actions: ["tool:*"], when: {arguments: {path: {under_path: docs}}}}
  - {id: several, effect: allow, actions: ["tool:read_multiple_files"], when: {arguments: {paths: {under_path: docs}}}}
  - {id: no-drafts, effect: deny, actions: ["tool:*"], when: {arguments: {path: {under_path: docs/drafts}}}}
  - {id: no-plans, effect: deny, actions: ["tool:*"], when: {arguments: {path: {under_path: PLANS}}}}
  - {id: no-drafts-either, effect: deny, actions: ["tool:*"], when: {arguments: {paths: {under_path: docs/drafts}}}}
  - {id: no-money, effect: deny, actions: ["tool:*"], when: {data_classes: [financial]}}
"""


@pytest.mark.asyncio
async def test_a_policy_decides_by_the_real_place(docs: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "drafts/d.txt", "plans/p.txt", "public/o.txt", "books/b.txt"):
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text(name)
    (docs / "public/draft").symlink_to("../drafts/d.txt")
    (docs / "drafts/open").symlink_to("../public/o.txt")
    (tmp_path / "policy.yaml").write_text(POLICY.replace("PLANS", str(docs / "plans")))
    (tmp_path / "config.yaml").write_text(
        f"roots: {{docs: {docs}, books: {{path: {docs}/books, data_class: financial}}}}"
    )
    flags = {"policy_file": str(tmp_path / "policy.yaml"), "config": str(tmp_path / "config.yaml")}
    async with serving(**flags) as (app, session):

        async def outcome(path: str, tool: str = "read_text_file") -> bool:
            return not (await session.call_tool(tool, {"path": path})).is_error

        assert await outcome("a.txt")
        assert await outcome(str(docs / "a.txt"))
        assert await outcome("docs/drafts/open")  # it leads to where reading is allowed
        for denied in ("drafts/d.txt", "docs/public/draft", "docs/public/../drafts/d.txt", f"{docs}/drafts/d.txt",
                       "plans/p.txt", f"{docs}/books/b.txt", "books/b.txt", "books"):  # fmt: skip
            assert not await outcome(denied), denied
        listed = await session.call_tool("list_directory", {"path": "docs", "recursive": True})
        shown = {row[0] for row in listed.structured_content["rows"]}
        assert {"drafts", "plans", "books", "public/o.txt"} <= shown
        assert not {"drafts/d.txt", "plans/p.txt", "books/b.txt"} & shown
        tree = await session.call_tool("directory_tree", {"path": "docs"})
        assert "d.txt" not in tree.content[0].text
        several = await session.call_tool("read_multiple_files", {"paths": ["a.txt", "docs/public/draft"]})
        assert several.structured_content["files"][1]["error"]["code"] == "denied"
        assert "drafts/d.txt" not in str(several)
        records = [json.loads(line) for line in app.audit.path.read_text().splitlines()]
    first = next(record for record in records if record["event"] == "call")
    assert first["result_summary"]["path"] == "docs/a.txt"
    assert any(record["decision"] == "deny" and record["data_classes"] == ["financial"] for record in records[1:])


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["plain", "turned\u202e", "two\nlines", "\udcff", '"quoted"', "turned\u200f/inner"])
async def test_no_name_hides_what_it_is_under_from_the_policy(docs: Path, tmp_path: Path, name: str) -> None:
    (docs / "drafts" / name).parent.mkdir(parents=True)
    (docs / "drafts" / name).write_text("draft")
    rules = [
        {"id": "all", "effect": "allow", "actions": ["tool:*"]},
        *({"id": f"no-{key}", "effect": "deny", "actions": ["tool:*"],
           "when": {"arguments": {key: {"under_path": "docs/drafts"}}}} for key in ("path", "source")),
    ]  # fmt: skip
    (tmp_path / "policy.yaml").write_text(json.dumps({"version": 1, "rules": rules}))
    path = shown(f"docs/drafts/{name}")
    async with serving(f"{docs}:rw", policy_file=str(tmp_path / "policy.yaml")) as (_, session):
        for tool, arguments in (
            ("read_text_file", {"path": path}),
            ("get_file_info", {"path": path}),
            ("write_file", {"path": path, "content": "x", "overwrite": True}),
            ("write_file", {"path": shown(f"docs/drafts/{name}.new".replace("\n", "")), "content": "x"}),
            ("move_file", {"source": path, "destination": "docs/public"}),
        ):
            assert "[denied, " in (await session.call_tool(tool, arguments)).content[0].text, tool
    assert (docs / "drafts" / name).read_text() == "draft"


@pytest.mark.asyncio
async def test_an_error_does_not_tell_what_there_is_where_the_policy_allows_nothing(docs: Path, tmp_path: Path) -> None:
    (docs / "drafts/there").mkdir(parents=True)
    (docs / "drafts/file").write_text("draft")
    (docs / "drafts/out").symlink_to("/etc")
    (tmp_path / "policy.yaml").write_text(POLICY.replace("PLANS", "/plans"))
    async with serving(str(docs), policy_file=str(tmp_path / "policy.yaml")) as (_, session):
        told = {
            (await session.call_tool("read_text_file", {"path": f"docs/drafts/{path}"})).content[0].text.split("[")[0]
            for path in ("there", "none", "there/../x", "none/../x", "file/x", "out/x")
        }
        assert len(told) == 1


@pytest.mark.asyncio
async def test_what_must_be_redacted_is_not_read_and_still_listed(docs: Path, tmp_path: Path) -> None:
    (docs / "name.txt").write_text("name: ann")
    (tmp_path / "policy.yaml").write_text(
        "version: 1\nrules: [{id: all, effect: allow, actions: ['tool:*'], obligations: {redact: [name]}}]\n"
    )
    async with serving(str(docs), policy_file=str(tmp_path / "policy.yaml")) as (_, session):
        refused = await session.call_tool("read_text_file", {"path": "name.txt"})
        assert "[denied, " in refused.content[0].text
        for tool in ("list_directory", "directory_tree", "get_file_info"):
            assert not (await session.call_tool(tool, {"path": "."})).is_error
        told = await session.call_tool("list_allowed_directories", {})
        assert told.structured_content["directories"][0]["name"] == "docs"


SEARCHING = """version: 1
rules:
  - {id: all, effect: allow, actions: ["tool:search_*"], when: {arguments: {path: {under_path: docs}}}}
  - {id: no-drafts, effect: deny, actions: ["tool:*"], when: {arguments: {path: {under_path: docs/drafts}}}}
  - {id: no-plan, effect: deny, actions: ["tool:*"], when: {arguments: {path: {under_path: docs/plan.txt}}}}
"""


@pytest.mark.asyncio
async def test_a_policy_decides_whose_lines_are_found(docs: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "drafts/d.txt", "plan.txt", "public/o.txt"):
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text("needle")
    (tmp_path / "policy.yaml").write_text(SEARCHING)
    async with serving(str(docs), policy_file=str(tmp_path / "policy.yaml")) as (_, session):
        found = await session.call_tool("search_file_contents", {"path": "docs", "pattern": "needle"})
        assert [row[0] for row in found.structured_content["rows"]] == ["docs/a.txt", "docs/public/o.txt"]
        assert found.structured_content["matches"] == 2
        files = await session.call_tool("search_files", {"path": "docs", "pattern": "*.txt"})
        assert "drafts/d.txt" not in str(files)
        for denied in ("docs/drafts", "docs/drafts/d.txt", "docs/plan.txt"):
            assert (await session.call_tool("search_file_contents", {"path": denied, "pattern": "x"})).is_error


def test_a_directory_that_is_not_there_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    for arguments, told in (([], "There is no directory to serve"), ([str(tmp_path / "none")], "does not exist")):
        done = subprocess.run(
            [sys.executable, "-m", "mcp_fs_server", *arguments, "--check"],
            env={"HOME": str(tmp_path), "PATH": "/usr/bin"}, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr


def test_check_says_how_directories_are_confined(docs: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mcp_fs_server", f"{docs}:rw", "--check"],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin"}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "directory docs" in done.stdout
    assert "read and write, confined by" in done.stdout


def test_starting_loads_nothing_that_a_call_may_need() -> None:
    code = "import sys, mcp_fs_server.server; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pathspec", "charset_normalizer", "pypdf", "cryptography", "mcp", "re2"} & set(loaded)


def test_a_snippet_asks_for_directories_where_none_are_said(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(f"roots: {{docs: {docs}}}")

    def snippet(*arguments: str, **environment: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "mcp_fs_server", *arguments, "--print-config", "cursor"],
            cwd=tmp_path, env={"PATH": "/usr/bin", **environment}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        entry: dict[str, Any] = json.loads(done.stdout)["mcpServers"]["mcp-fs-server"]
        return entry

    assert snippet()["args"][-1] == "<DIR>"
    assert "<DIR>" not in snippet("--config", "config.yaml")["args"]
    assert snippet(MCP_ROOTS="docs:rw, other")["env"]["MCP_ROOTS"] == f"{docs}:rw,{tmp_path}/other"


@pytest.mark.parametrize("client", ["claude-desktop", "cursor"])
def test_the_snippet_for_a_client_has_absolute_directories(docs: Path, client: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mcp_fs_server", "docs:rw", "--print-config", client],
        cwd=docs.parent, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert f"{docs}:rw" in json.loads(done.stdout)["mcpServers"]["mcp-fs-server"]["args"]
