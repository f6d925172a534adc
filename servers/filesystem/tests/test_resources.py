"""Files as resources through the SDK's client, in both eras: read, listed, completed; logs where they are served."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_chassis.app import App
from mcp_chassis.call import current_principal
from mcp_fs_server.file_resource import FILE, uri_of
from mcp_fs_server.roots import Place
from mcp_fs_server.server import server
from mcp_fs_server.settings import FilesystemSettings
from mcp_types import ResourceTemplateReference

pytestmark = pytest.mark.asyncio
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@asynccontextmanager
async def serving(*roots: str, era: str = "2026-07-28", **flags: Any) -> AsyncIterator[tuple[App[Any, Any], Client]]:
    app = App(server, FilesystemSettings.load(flags, roots, {}))
    async with app.open():
        current_principal.set(app.local_principal())
        async with Client(app.mcp(sessions=True), mode=era) as session:
            yield app, session


async def refusal(session: Client, uri: str) -> str:
    with pytest.raises(MCPError) as refused:
        await session.read_resource(uri)
    assert "passwd" not in refused.value.error.message
    code: str = refused.value.error.data["code"]
    return code


@pytest.mark.parametrize("era", ["legacy", "2026-07-28"])
async def test_files_are_read_by_their_content(docs: Path, era: str) -> None:
    (docs / "a b.md").write_text("# Grüße\n")
    (docs / "wide").write_bytes("Grüße".encode("utf-16"))
    (docs / "image.txt").write_bytes(PNG)
    async with serving(str(docs), era=era) as (_, session):
        for uri in ("file:///docs/a%20b.md", f"file://{docs}/a%20b.md", "file:///docs/a b.md", "file:///a b.md"):
            (text,) = (await session.read_resource(uri)).contents
            assert (text.text, text.mime_type, str(text.uri)) == ("# Grüße\n", "text/markdown", uri)
        (wide,) = (await session.read_resource("file:///docs/wide")).contents
        assert wide.text == "Grüße"
        (image,) = (await session.read_resource("file:///docs/image.txt")).contents
        assert image.mime_type == "image/png"
        assert image.blob


async def test_what_may_not_be_read_is_refused_as_by_the_tools(docs: Path) -> None:
    (docs / ".env").write_text("SECRET")
    (docs / "out").symlink_to("/etc/passwd")
    (docs / "large").write_bytes(b"x" * 2_000)
    async with serving(str(docs), max_file_size=1_000) as (_, session):
        for uri in ("file:///docs/.env", "file:///docs/%2eenv", "file:///docs/out", "file:///etc/passwd",
                    "file:///docs/../outside.txt", "file:///docs/%2e%2e/outside.txt"):  # fmt: skip
            assert await refusal(session, uri) in {"denied", "not_found"}, uri
        assert await refusal(session, "file:///docs/missing") == "not_found"
        assert await refusal(session, "file:///docs/large") == "too_large"


async def test_directories_are_listed_as_links_that_can_be_read(docs: Path) -> None:
    (docs / "sub").mkdir()
    for name in ("sub/x#?%.txt", "line\nbreak", ".env"):
        (docs / name).write_text("content")
    async with serving(str(docs)) as (_, session):
        (root,) = (await session.list_resources()).resources
        assert (str(root.uri), root.name) == ("file:///docs", "docs")
        listing = json.loads((await session.read_resource(root.uri)).contents[0].text)
        assert [entry["name"] for entry in listing["entries"]] == [".env", "line\nbreak", "sub"]
        for entry in listing["entries"][1:]:
            (content,) = (await session.read_resource(entry["uri"])).contents
            if entry["kind"] == "directory":
                (inner,) = json.loads(content.text)["entries"]
                content = (await session.read_resource(inner["uri"])).contents[0]
            assert content.text == "content"


async def test_paths_are_completed(docs: Path) -> None:
    for name in ("src/main.py", "src/map.py", "src/.env", "setup.py"):
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text("")
    async with serving(str(docs)) as (_, session):

        async def candidates(value: str) -> list[str]:
            reference = ResourceTemplateReference(uri=FILE)
            return (await session.complete(reference, {"name": "path", "value": value})).completion.values

        assert await candidates("d") == ["docs/"]
        assert await candidates("docs/s") == ["docs/setup.py", "docs/src/"]
        assert await candidates("docs/src/ma") == ["docs/src/main.py", "docs/src/map.py"]
        assert await candidates("docs/src/") == ["docs/src/main.py", "docs/src/map.py"]
        for nothing in ("docs/none/x", "../", "docs/../", "/etc/", "docs/src/main.py/x"):
            assert not [value for value in await candidates(nothing) if "outside" in value or "passwd" in value]


async def test_a_policy_decides_about_resources_by_the_real_place(docs: Path, tmp_path: Path) -> None:
    for name in ("open/a.txt", "closed/b.txt"):
        (docs / name).parent.mkdir()
        (docs / name).write_text(name)
    (docs / "open/link").symlink_to("../closed/b.txt")
    (tmp_path / "policy.yaml").write_text("""version: 1
rules:
  - {id: open, effect: allow, actions: ["resource:file:///**"], when: {arguments: {path: {under_path: docs/open}}}}
""")
    async with serving(str(docs), policy_file=str(tmp_path / "policy.yaml")) as (_, session):
        assert (await session.read_resource("file:///docs/open/a.txt")).contents[0].text == "open/a.txt"
        for uri in ("file:///docs/closed/b.txt", "file:///docs/open/link", "file:///docs/open/../closed/b.txt"):
            assert await refusal(session, uri) == "denied"


async def test_logs_are_there_where_a_directory_of_them_is_said(docs: Path, tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "app-2026-03-01.log").write_text("ü" * 9_000 + "the end\n")
    (logs / "2026-03-02.log").symlink_to("/etc/passwd")
    async with serving(str(docs)) as (_, session):
        assert [str(one.uri_template) for one in (await session.list_resource_templates()).resource_templates] == [FILE]
        assert await refusal(session, "logs://app/2026-03-01") == "not_found"
    async with serving(str(docs), logs_dir=str(logs)) as (_, session):
        assert len((await session.list_resource_templates()).resource_templates) == 2
        (text,) = (await session.read_resource("logs://app/2026-03-01")).contents
        assert text.text == "ü" * 4_992 + "the end\n"
        for uri, code in (
            ("2026-03-02", "denied"), ("2026-03-03", "not_found"), ("2026-13-45", "invalid_arguments"),
            ("../../etc/passwd", "not_found"), ("..%2f..%2fetc", "invalid_arguments"), ("today", "invalid_arguments"),
        ):  # fmt: skip
            assert await refusal(session, f"logs://app/{uri}") == code, uri


async def test_every_place_has_a_uri(docs: Path) -> None:
    async with serving(str(docs)) as (app, _):
        root = app.resources.roots.all[0]
        assert uri_of(Place(root, "")) == "file:///docs"
        assert uri_of(Place(root, "a b/ü?#%")) == "file:///docs/a%20b/%C3%BC%3F%23%25"
        assert uri_of(Place(root, "\udcff")) == "file:///docs/%FF"


async def test_a_large_image_is_a_link_that_can_be_read(docs: Path) -> None:
    (docs / "large image").write_bytes(PNG + b"\0" * 9_000)
    (docs / "huge").write_bytes(PNG + b"\0" * 90_000)
    async with serving(str(docs), max_result_bytes=10_000) as (_, session):
        answer = await session.call_tool("read_media_file", {"path": "large image"})
        (link,) = answer.content
        assert (link.type, link.mime_type, link.size) == ("resource_link", "image/png", len(PNG) + 9_000)
        (image,) = (await session.read_resource(link.uri)).contents
        assert image.mime_type == "image/png"
        assert (await session.call_tool("read_media_file", {"path": "huge"})).is_error
