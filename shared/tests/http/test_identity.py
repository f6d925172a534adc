"""Who a caller is, over real sockets."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from http_wire import NEW, OLD, call, headers, message, post, serving
from mcp_chassis import keys

SINGLE = "0123456789abcdefghijklmnopqrstuv"


def raw(authorization: str | None, era: str = OLD) -> bytes:
    lines = headers(era, "add") if authorization is None else headers(era, "add", authorization=authorization)
    return post(call(era, "add", a=1), lines)


@pytest.mark.parametrize("authorization", ["Bearer {}", "bearer {}", "ApiKey {}", "APIKEY  {} "])
@pytest.mark.parametrize("era", [NEW, OLD])
@pytest.mark.asyncio
async def test_a_key_makes_the_caller(tmp_path: Path, authorization: str, era: str) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"], tenant="acme")
    async with serving(tmp_path, api_keys_file=path, api_key=SINGLE) as served:
        assert (await served.ask(raw(authorization.format(key), era))).status == 200
        assert (await served.ask(raw(authorization.format(SINGLE), era))).status == 200
        first, second = served.records()
    assert (first["principal"], first["tenant"], first["credential"]) == ("key:ci", "acme", key.split("_")[1])
    assert (second["principal"], second["credential"]) == ("api-key", "MCP_API_KEY")


@pytest.mark.asyncio
async def test_a_single_key_is_known_without_the_line_end_that_secrets_often_have(tmp_path: Path) -> None:
    async with serving(tmp_path, api_key=f"{SINGLE}\n") as served:
        assert (await served.ask(raw(f"Bearer {SINGLE}"))).status == 200


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Basic {}",
        "{}",
        "Bearer {}x",
        "Bearer x {}",
        "Bearer mk_a_b",
        "Bearer é",
    ],
)
@pytest.mark.asyncio
async def test_without_a_key_there_is_a_challenge_and_nothing_runs(tmp_path: Path, authorization: str | None) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"])
    given = None if authorization is None else authorization.format(key)
    async with serving(tmp_path, api_keys_file=path, api_key=SINGLE) as served:
        answer = await served.ask(raw(given))
        assert served.records() == []
    assert answer.status == 401
    challenge = answer.headers["www-authenticate"]
    assert challenge.startswith('bearer realm="mcp-sample-server"')
    assert ("invalid_token" in challenge) is bool(given)
    shown = bool(given) and given.partition(" ")[0] in ("Bearer", "ApiKey") and given.partition(" ")[2] != ""
    assert (b"unknown, expired or revoked" in answer.body) is shown
    assert key.encode() not in answer.body


@pytest.mark.asyncio
async def test_a_key_in_the_url_is_not_read(tmp_path: Path) -> None:
    async with serving(tmp_path, api_key=SINGLE) as served:
        answer = await served.ask(
            post(call(OLD, "add", a=1), headers(OLD), f"/mcp?api_key={SINGLE}&access_token={SINGLE}")
        )
    assert answer.status == 401


@pytest.mark.asyncio
async def test_a_key_may_do_what_its_scopes_say(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "writer", ["notes:write"])
    async with serving(tmp_path, api_keys_file=path, api_key=SINGLE) as served:
        texts = [
            (await served.ask(post(call(OLD, tool), headers(OLD, authorization=f"Bearer {key}")))).json["result"][
                "content"
            ][0]["text"]
            for key, tool in ((key, "clear"), (key, "add"), (SINGLE, "clear"))
        ]
    assert texts[0] == "cleared"
    assert "denied" in texts[1]
    assert "denied" in texts[2]


@pytest.mark.asyncio
async def test_a_revoked_key_is_refused_within_a_second(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"])
    async with serving(tmp_path, api_keys_file=path) as served:
        client = await served.connect()
        assert (await client.ask(raw(f"Bearer {key}"))).status == 200
        keys.revoke(path, "ci")
        await asyncio.sleep(0.8)
        assert (await client.ask(raw(f"Bearer {key}"))).status == 401


@pytest.mark.asyncio
async def test_a_stream_ends_with_the_key_that_opened_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"])
    listen = message(NEW, "subscriptions/listen", notifications={"resourceSubscriptions": ["note://all"]})
    async with serving(tmp_path, api_keys_file=path) as served:
        client = await served.connect()
        lines = {**headers(NEW, authorization=f"Bearer {key}"), "mcp-method": "subscriptions/listen"}
        await client.send(post(listen, lines))
        assert (await client.head())[0] == 200
        assert b"acknowledged" in await client.chunk()
        keys.revoke(path, "ci")
        async with asyncio.timeout(10):
            while await client.chunk():
                pass


@pytest.mark.asyncio
async def test_calls_of_one_caller_cannot_be_cancelled_by_another(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    mine, other = (f"Bearer {keys.create(path, name, ['notes:read'])}" for name in ("mine", "other"))
    cancel = b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}'
    async with serving(tmp_path, api_keys_file=path) as served:
        client = await served.connect()
        await client.send(post(call(OLD, "wait"), headers(OLD, authorization=mine)))
        await served.app.resources.running.wait()
        assert (await served.ask(post(cancel, headers(OLD, authorization=other)))).status == 202
        assert served.app.resources.ended == []
        assert (await served.ask(post(cancel, headers(OLD, authorization=mine)))).status == 202
        assert await served.ended() == ["cancelled"]


@pytest.mark.asyncio
async def test_a_body_is_not_read_of_who_has_no_key(tmp_path: Path) -> None:
    async with serving(tmp_path, api_key=SINGLE) as served:
        client = await served.connect()
        await client.send(post(b"", {**headers(OLD), "content-length": "1000000"}))
        assert (await client.answer()).status == 401


@pytest.mark.asyncio
async def test_without_authentication_everyone_is_the_anonymous_principal(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.ask(raw(None))
        await served.ask(raw("Bearer whatever"))
        assert [record["principal"] for record in served.records()] == ["anonymous", "anonymous"]
