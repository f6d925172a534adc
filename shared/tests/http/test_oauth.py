"""Access tokens over real sockets: challenges, the step up, and what of a token reaches the audit log."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from certificates import write_certificate
from cryptography import x509
from http_wire import NEW, OLD, Answer, Client, Served, call, headers, message, post, serving
from mcp_chassis import keys
from mcp_chassis.app import App
from sample_server import audit_keys
from token_issuer import Issuer, SigningKey, issuing

ERAS = pytest.mark.parametrize("era", [NEW, OLD])
METADATA = "http://localhost/.well-known/oauth-protected-resource/mcp"


@asynccontextmanager
async def secured(tmp_path: Path, issuer: Issuer, **settings: Any) -> AsyncIterator[Served]:
    """The sample server at http://localhost/mcp, which trusts the issuer."""
    settings = {"auth_issuer": issuer.url, "public_url": "http://localhost", **settings}
    async with serving(tmp_path, **settings) as served:
        yield served


def ask(era: str, tool: str, token: str, *, path: str = "/mcp", **arguments: Any) -> bytes:
    return post(call(era, tool, **arguments), headers(era, tool, authorization=f"Bearer {token}"), path)


def challenge(answer: Answer) -> dict[str, str]:
    """The parameters of the challenge, in lower case."""
    assert answer.headers["www-authenticate"].startswith("bearer ")
    return dict(re.findall(r'(\w+)="([^"]*)"', answer.headers["www-authenticate"]))


# -- who is let in ----------------------------------------------------------------------------------------------------


@ERAS
@pytest.mark.asyncio
async def test_a_token_makes_the_caller_in_the_audit_log_too(tmp_path: Path, era: str) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        for token in (issuer.token(), issuer.token(act={"sub": "agent", "act": {"sub": "earlier"}}, jti="token-2")):
            assert (await served.ask(ask(era, "add", token, a=1))).json["result"]["structuredContent"] == {"total": 3}
        person, agent = served.records()
    assert (person["principal"], person["actor"], person["credential"]) == ("alice", None, "token-1")
    assert (person["issuer"], person["client_id"]) == (issuer.url, "app")
    assert (agent["principal"], agent["actor"], agent["credential"]) == ("alice", "agent", "token-2")


@pytest.mark.asyncio
async def test_a_subject_that_is_named_like_a_key_is_told_from_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"])
    async with issuing() as issuer, secured(tmp_path, issuer, api_keys_file=path) as served:
        for credential in (key, issuer.token(sub="key:ci")):
            assert (await served.ask(ask(OLD, "add", credential, a=1))).status == 200
        owner, namesake = served.records()
    assert owner["principal"] == namesake["principal"] == "key:ci"
    assert (owner["issuer"], namesake["issuer"]) == (None, issuer.url)


@ERAS
@pytest.mark.parametrize("presented", [None, "", "Basic YTpi", "Bearer", "Bearer x.y.z", "ApiKey {}", "{}"])
@pytest.mark.asyncio
async def test_who_is_not_known_is_told_where_to_get_a_token(tmp_path: Path, era: str, presented: str | None) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        lines = headers(era, "add")
        if presented is not None:
            lines["authorization"] = presented.format(issuer.token())
        answer = await served.ask(post(call(era, "add", a=1), lines))
        assert served.records() == []
    told = challenge(answer)
    assert answer.status == 401
    assert told["resource_metadata"] == METADATA
    assert told["scope"] == "notes:read"
    assert told.get("error") == ("invalid_token" if presented else None)


@pytest.mark.asyncio
async def test_a_refused_token_is_told_why_and_never_repeated(tmp_path: Path) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        token = issuer.token(exp=1)
        answer = await served.ask(ask(OLD, "add", token, a=1))
    assert challenge(answer)["error_description"] == "the access token has expired."
    assert "has expired" in answer.json["error"]["message"]
    assert token[:20].encode() not in answer.body


@pytest.mark.asyncio
async def test_attacks_are_refused_at_the_door_and_make_no_record(tmp_path: Path) -> None:
    foreign = SigningKey("one")
    async with issuing() as issuer, issuing() as evil, secured(tmp_path, issuer) as served:
        evil.publish(foreign.jwk())
        attacks = [
            issuer.token(foreign, {"jku": f"{evil.url}/jwks"}),
            issuer.token(foreign, {"jku": f"{evil.url}/jwks", "kid": "evil"}),
            issuer.token(foreign, {"x5u": f"{evil.url}/jwks", "jwk": foreign.jwk()}),
            issuer.token(foreign, iss=evil.url),
            issuer.token(headers={"crit": ["x"], "x": 1}),
            issuer.token(aud="https://other.example/mcp"),
            issuer.token(exp=None),
            issuer.token(filler="x" * 20_000),
            "a.b.c" * 2000,
        ]
        for token in attacks:
            assert (await served.ask(ask(NEW, "add", token, a=1))).status == 401
        assert served.records() == []
        assert evil.asked == []
        assert set(issuer.asked) == {"/.well-known/openid-configuration", "/jwks"}
        assert (await served.ask(ask(NEW, "add", issuer.token(), a=1))).status == 200


@pytest.mark.asyncio
async def test_a_token_in_the_url_is_not_read_and_beside_a_header_refused(tmp_path: Path) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        token = issuer.token()
        alone = await served.ask(post(call(OLD, "add", a=1), headers(OLD), f"/mcp?access_token={token}"))
        beside = await served.ask(ask(OLD, "add", token, path=f"/mcp?x=1&access_token={token}", a=1))
        other = await served.ask(ask(OLD, "add", token, path="/mcp?x=1", a=1))
    assert (alone.status, beside.status, other.status) == (401, 400, 200)
    assert challenge(beside)["error"] == "invalid_request"


@pytest.mark.asyncio
async def test_keys_and_tokens_are_known_beside_each_other(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"])
    async with issuing() as issuer, secured(tmp_path, issuer, api_keys_file=path) as served:
        for credential in (key, issuer.token(), key):
            assert (await served.ask(ask(OLD, "add", credential, a=1))).status == 200
        assert [record["principal"] for record in served.records()] == ["key:ci", "alice", "key:ci"]
        answer = await served.ask(post(call(OLD, "add", a=1), headers(OLD)))
    assert "an access token as" in answer.json["error"]["message"]
    assert "an API key as" in answer.json["error"]["message"]


@pytest.mark.asyncio
async def test_only_the_methods_that_are_asked_for_count(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"])
    async with issuing() as issuer:
        async with secured(tmp_path / "a", issuer, api_keys_file=path, auth=("oauth",)) as served:
            assert (await served.ask(ask(OLD, "add", key, a=1))).status == 401
        async with secured(tmp_path / "b", issuer, api_keys_file=path, auth=("api-key",)) as served:
            answer = await served.ask(ask(OLD, "add", issuer.token(), a=1))
            assert answer.status == 401
            assert "resource_metadata" not in challenge(answer)
            raw = f"GET {METADATA.removeprefix('http://localhost')} HTTP/1.1\r\nhost: localhost\r\n\r\n"
            assert (await served.ask(raw.encode())).status == 404


@pytest.mark.asyncio
async def test_a_stream_without_an_end_ends_with_its_token(tmp_path: Path) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        client = await served.connect()
        listen = message(NEW, "subscriptions/listen", notifications={"resourceSubscriptions": ["note://all"]})
        lines = {"authorization": f"Bearer {issuer.token(exp=int(time.time()) + 2)}"}
        await client.send(post(listen, headers(NEW, mcp_method="subscriptions/listen") | lines))
        assert (await client.head())[0] == 200
        assert b"acknowledged" in await client.chunk()
        async with asyncio.timeout(30):
            assert await client.chunk() == b""


@pytest.mark.parametrize(("era", "way"), [(NEW, "answer"), (OLD, "by_json")])
@pytest.mark.asyncio
async def test_nothing_behind_the_door_sees_the_token(
    tmp_path: Path, era: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        seen: list[Any] = []
        behind = getattr(served.edge._sdk, way)

        async def spy(*arguments: Any) -> Any:
            seen.append(repr(arguments))
            return await behind(*arguments)

        monkeypatch.setattr(served.edge._sdk, way, spy)
        token = issuer.token()
        assert (await served.ask(ask(era, "add", token, a=1))).status == 200
        assert len(seen) == 1
        assert token not in seen[0]
        assert token not in served.app.audit.path.read_text()


# -- metadata ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("public", "path"),
    [
        ("http://localhost", "/.well-known/oauth-protected-resource"),
        ("http://localhost", "/.well-known/oauth-protected-resource/mcp"),
        ("http://localhost/team/notes", "/.well-known/oauth-protected-resource/team/notes/mcp"),
        ("http://localhost/team/notes", "/.well-known/oauth-protected-resource/mcp"),
    ],
)
@pytest.mark.asyncio
async def test_the_metadata_is_there_for_everyone(tmp_path: Path, public: str, path: str) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer, public_url=public) as served:
        answer = await served.ask(f"GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
        told = challenge(await served.ask(post(call(OLD, "add", a=1), headers(OLD))))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json == {
        "resource": f"{public}/mcp",
        "authorization_servers": [issuer.url],
        "scopes_supported": ["notes:read"],  # and neither notes:write nor notes:admin
        "bearer_methods_supported": ["header"],
        "resource_name": "mcp-sample-server",
    }
    place = public.removeprefix("http://localhost")
    assert told["resource_metadata"] == f"http://localhost/.well-known/oauth-protected-resource{place}/mcp"


@pytest.mark.parametrize(
    ("method", "host", "status"),
    [
        ("HEAD", "localhost", 200),
        ("POST", "localhost", 405),
        ("DELETE", "localhost", 405),
        ("GET", "evil.example", 421),
    ],
)
@pytest.mark.asyncio
async def test_the_metadata_is_only_read_and_only_under_our_name(
    tmp_path: Path, method: str, host: str, status: int
) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        client = await served.connect()
        await client.send(f"{method} /.well-known/oauth-protected-resource HTTP/1.1\r\nhost: {host}\r\n\r\n".encode())
        assert (await client.head())[0] == status


# -- scopes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scopes", "works"),
    [
        ("notes:read notes:write", True),
        ("notes:write", True),
        ("notes:read", False),
        (None, False),
        ("*", False),
        ("notes:*", False),
        ("*:write notes:write*", False),
        ("NOTES:WRITE", False),
    ],
)
@ERAS
@pytest.mark.asyncio
async def test_a_token_does_what_its_scopes_cover_and_no_more(
    tmp_path: Path, era: str, scopes: str | None, works: bool
) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        token = issuer.token(scope=scopes)
        answer = await served.ask(ask(era, "clear", token))
        listed = await served.ask(
            post(message(era, "tools/list"), headers(era, authorization=f"Bearer {token}", mcp_method="tools/list"))
        )
    if era == NEW:
        assert answer.status == (200 if works else 403)
    else:
        assert answer.json["result"].get("isError", False) is not works
    assert ("clear" in [tool["name"] for tool in listed.json["result"]["tools"]]) is works


@pytest.mark.parametrize(
    ("method", "params", "name", "scope"),
    [
        ("tools/call", {"name": "clear", "arguments": {}}, "clear", "notes:read notes:write"),
        ("resources/read", {"uri": "note://secret"}, "note://secret", "notes:admin notes:read"),
    ],
)
@pytest.mark.asyncio
async def test_a_client_of_the_new_era_is_asked_to_step_up_before_its_message_is_read(
    tmp_path: Path, method: str, params: dict[str, Any], name: str, scope: str
) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        lines = headers(NEW, authorization=f"Bearer {issuer.token(scope='notes:read openid')}")
        client = await served.connect()
        lines = {**lines, "mcp-method": method, "mcp-name": name, "content-length": "1000000"}
        await client.send(post(b"", lines))
        answer = await client.answer()
        [record] = served.records()
    told = challenge(answer)
    assert answer.status == 403
    assert (told["error"], told["resource_metadata"]) == ("insufficient_scope", METADATA)
    assert told["scope"] == scope  # what the client has here is asked for too, or it would lose it
    assert (record["action"].endswith(name), record["decision"], record["outcome"]) == (True, "deny", "denied")
    assert record["principal"] == "alice"


STAYS = {
    "a tool that it may use": ("add", "add", {}),
    "a tool that is not there": ("cleat", "cleat", {}),
    "no name": (None, "add", {}),
    "another method": ("clear", "add", {"mcp-method": "tools/list"}),
}


@pytest.mark.parametrize("name", STAYS)
@pytest.mark.asyncio
async def test_the_step_up_is_for_known_tools_alone(tmp_path: Path, name: str) -> None:
    header, tool, more = STAYS[name]
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        lines = {**headers(NEW, header, authorization=f"Bearer {issuer.token()}"), **more}
        assert (await served.ask(post(call(NEW, tool, a=1), lines))).status != 403


@pytest.mark.asyncio
async def test_nobody_is_asked_to_step_up_for_what_the_server_does_not_offer(tmp_path: Path) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer, read_only=True) as served:
        answer = await served.ask(ask(NEW, "clear", issuer.token()))
    assert answer.status == 200
    assert "denied" in answer.json["result"]["content"][0]["text"]


@pytest.mark.asyncio
async def test_nobody_is_asked_to_step_up_for_what_the_policy_denies_anyhow(tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    for actions, status in (("tool:clear", 200), ("tool:other", 403)):
        deny = f"{{id: no, effect: deny, actions: ['{actions}']}}"
        policy.write_text(f"version: 1\nrules:\n  - {{id: all, effect: allow, actions: ['*']}}\n  - {deny}\n")
        async with issuing() as issuer, secured(tmp_path, issuer, policy_file=policy) as served:
            assert (await served.ask(ask(NEW, "clear", issuer.token()))).status == status


@pytest.mark.asyncio
async def test_the_call_is_judged_by_its_body_whatever_the_header_says(tmp_path: Path) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        served.app.resources.texts["kept"] = "yes"
        lines = headers(NEW, "add", authorization=f"Bearer {issuer.token()}")
        answer = await served.ask(post(call(NEW, "clear"), lines))
        assert answer.json["error"]["code"] == -32020  # the SDK compares them
        older = {**lines, "mcp-protocol-version": OLD}
        answer = await served.ask(post(call(OLD, "clear"), older))
        assert "denied" in answer.json["result"]["content"][0]["text"]
        assert "kept" in served.app.resources.texts


@pytest.mark.asyncio
async def test_a_key_that_may_too_little_gets_an_answer_and_no_challenge(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "reader", ["notes:read"])
    async with issuing() as issuer, secured(tmp_path, issuer, api_keys_file=path) as served:
        answer = await served.ask(ask(NEW, "clear", key))
    assert answer.status == 200
    assert "denied" in answer.json["result"]["content"][0]["text"]


@ERAS
@pytest.mark.asyncio
async def test_who_comes_back_with_the_scope_it_lacked_is_told_to_the_audit_log(tmp_path: Path, era: str) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        narrow, wide = issuer.token(), issuer.token(scope="notes:read notes:write", jti="token-2")
        stranger = issuer.token(sub="bob", scope="notes:read notes:write")
        for token, tool in ((narrow, "crash"), (narrow, "clear"), (narrow, "crash"), (stranger, "clear")):
            await served.ask(ask(era, tool, token))
        assert served.records("elevation") == []
        for _ in range(3):
            assert (await served.ask(ask(era, "clear", wide))).status == 200
        [elevation] = served.records("elevation")
    assert elevation["scopes"] == ["notes:write"]
    assert (elevation["principal"], elevation["credential"]) == ("alice", "token-2")
    assert (elevation["issuer"], elevation["client_id"]) == (issuer.url, "app")


# -- the issuer over time ---------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_rotated_key_is_taken_and_the_old_one_refused(tmp_path: Path) -> None:
    new = SigningKey("two")
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        before = issuer.token()
        assert (await served.ask(ask(OLD, "add", before, a=1))).status == 200
        issuer.publish(new.jwk())
        assert (await served.ask(ask(OLD, "add", issuer.token(new), a=1))).status == 200
        assert (await served.ask(ask(OLD, "add", before, a=1))).status == 401


@pytest.mark.asyncio
async def test_an_issuer_that_is_down_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        good = dict(issuer.answers)
        for path in issuer.answers:
            issuer.put(path, b"", 503)
        answer = await served.ask(ask(OLD, "add", issuer.token(), a=1))
        assert (answer.status, "retry-after" in answer.headers) == (503, True)
        assert (await served.ask(b"GET /ready HTTP/1.1\r\nhost: x\r\n\r\n")).status == 503
        assert (await served.ask(post(call(OLD, "add", a=1), headers(OLD)))).status == 401
        assert served.records() == []
        issuer.answers.update(good)


@pytest.mark.asyncio
async def test_an_issuer_that_goes_down_harms_nobody(tmp_path: Path) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        assert (await served.ask(ask(OLD, "add", issuer.token(), a=1))).status == 200
        issuer.answers.clear()
        assert (await served.ask(ask(OLD, "add", issuer.token(sub="bob"), a=1))).status == 200
        assert (await served.ask(ask(OLD, "add", issuer.token(headers={"kid": "x"}), a=1))).status == 401
        assert (await served.ask(b"GET /ready HTTP/1.1\r\nhost: x\r\n\r\n")).status == 200
        [oauth] = [part for part in await served.app.health() if part.name == "oauth"]
        assert oauth.status == "degraded"


@pytest.mark.asyncio
async def test_key_holders_are_served_while_the_issuer_was_never_there(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"])
    async with issuing() as issuer, secured(tmp_path, issuer, api_keys_file=path) as served:
        issuer.answers.clear()
        assert (await served.ask(ask(OLD, "add", key, a=1))).status == 200
        assert (await served.ask(b"GET /ready HTTP/1.1\r\nhost: x\r\n\r\n")).status == 200


@pytest.mark.parametrize("fault", ["redirect", "huge", "another issuer"])
@pytest.mark.asyncio
async def test_documents_that_must_not_be_used_are_not(tmp_path: Path, fault: str) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        keys_document = issuer.answers["/jwks"][2]
        if fault == "redirect":
            issuer.put("/elsewhere", keys_document)
            issuer.put("/jwks", b"", 302, location=f"{issuer.url}/elsewhere")
        elif fault == "huge":
            issuer.put("/jwks", keys_document + b" " * 600_000)
        else:
            metadata = {"issuer": "https://evil.example", "jwks_uri": f"{issuer.url}/jwks"}
            issuer.put("/.well-known/openid-configuration", json.dumps(metadata).encode())
        assert (await served.ask(ask(OLD, "add", issuer.token(), a=1))).status == 503
        assert "/elsewhere" not in issuer.asked


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.asyncio
async def test_check_says_whether_the_keys_can_be_had(tmp_path: Path, there: bool) -> None:
    async with issuing() as issuer:
        if not there:
            issuer.answers.clear()
        script = "from sample_server import make_server; make_server().run()"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, "--check", "--transport", "http", "--audit-dir", str(tmp_path),
            env={"PYTHONPATH": str(Path(__file__).parents[1]), "HOME": str(tmp_path),
                 "MCP_AUTH_ISSUER": issuer.url, "MCP_PUBLIC_URL": "http://localhost",
                 **{f"MCP_{name.upper()}": str(path) for name, path in audit_keys(tmp_path / "keys").items()}},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        report, errors = await process.communicate()
    assert process.returncode == (0 if there else 2), errors
    [line] = [line.split() for line in report.decode().splitlines() if line.startswith("  oauth")]
    assert line[1] == ("healthy" if there else "unhealthy")
    assert "known by oauth" in report.decode()
    assert there or "MCP_AUTH_JWKS_URL" in report.decode()


# -- many at once -----------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_callers_with_different_tokens_are_never_mixed_up(tmp_path: Path) -> None:
    async with issuing() as issuer, secured(tmp_path, issuer) as served:

        async def caller(number: int) -> None:
            writes = number % 2 == 0
            scope = "notes:read notes:write" if writes else "notes:read"
            token = issuer.token(sub=f"user-{number}", jti=f"token-{number}", scope=scope)
            client: Client = await served.connect()
            for _ in range(5):
                answer = await client.ask(ask(OLD, "clear", token))
                assert answer.json["result"].get("isError", False) is not writes

        await asyncio.gather(*map(caller, range(24)))
        records = served.records()
        assert issuer.fetched() == 1
    assert len(records) == 120
    for record in records:
        number = int(record["principal"].removeprefix("user-"))
        assert record["credential"] == f"token-{number}"
        assert record["outcome"] == ("ok" if number % 2 == 0 else "denied")


@pytest.mark.asyncio
async def test_one_caller_cannot_cancel_the_call_of_another(tmp_path: Path) -> None:
    cancel = message(OLD, "notifications/cancelled", request_id=None, requestId=1)
    async with issuing() as issuer, secured(tmp_path, issuer) as served:
        tokens = {
            "alice by an agent": issuer.token(act={"sub": "agent"}),
            "alice by another app": issuer.token(client_id="other"),
            "bob": issuer.token(sub="bob"),
        }
        client = await served.connect()
        await client.send(ask(OLD, "wait", issuer.token()))
        await served.app.resources.running.wait()
        for token in tokens.values():
            answer = await served.ask(post(cancel, headers(OLD, authorization=f"Bearer {token}")))
            assert answer.status == 202
        assert served.app.resources.ended == []
        fresh = issuer.token(jti="token-2")  # another token of the same caller
        await served.ask(post(cancel, headers(OLD, authorization=f"Bearer {fresh}")))
        assert await served.ended() == ["cancelled"]


# -- client certificates ----------------------------------------------------------------------------------------------

SPIFFE = x509.UniformResourceIdentifier("spiffe://example.org/agent")
DNS = x509.DNSName("agent.example.org")


@asynccontextmanager
async def mutual(
    tmp_path: Path, issuer: Issuer, names: list[x509.GeneralName], **settings: Any
) -> AsyncIterator[tuple[Served, ssl.SSLContext, str]]:
    """The server over HTTPS with client certificates, what a client shows, and its thumbprint."""
    certificate, key = write_certificate(tmp_path / "server", "server")
    shown, shown_key = write_certificate(tmp_path / "client", "client", names)
    tls = {"tls_cert_file": certificate, "tls_key_file": key, "tls_client_ca_file": shown}
    context = ssl.create_default_context(cafile=certificate)
    context.check_hostname = False
    context.load_cert_chain(shown, shown_key)
    der = ssl.PEM_cert_to_DER_cert(shown.read_text())
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
    async with secured(tmp_path, issuer, **tls, **settings) as served:
        yield served, context, thumbprint


def principals(app: App[Any, Any], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The principals of the calls from now on."""
    seen: list[Any] = []
    run = app.calls.run

    async def spy(call: Any) -> Any:
        seen.append(call.principal)
        return await run(call)

    monkeypatch.setattr(app.calls, "run", spy)
    return seen


@pytest.mark.parametrize(
    ("names", "client_id"),
    [
        ([DNS, SPIFFE], "spiffe://example.org/agent"),
        ([x509.RFC822Name("agent@example.org"), DNS], "agent.example.org"),
        ([x509.RFC822Name("agent@example.org")], "agent@example.org"),
        ([], "app"),  # a certificate that names nobody leaves what the token says
    ],
)
@pytest.mark.asyncio
async def test_the_certificate_of_a_client_says_which_client_sends_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[x509.GeneralName], client_id: str
) -> None:
    async with issuing() as issuer, mutual(tmp_path, issuer, names) as (served, context, _):
        seen = principals(served.app, monkeypatch)
        client = await served.connect(context)
        for _ in range(2):
            assert (await client.ask(ask(NEW, "add", issuer.token(), a=1))).status == 200
    assert [(principal.client_id, principal.auth_method) for principal in seen] == [(client_id, "oauth")] * 2


async def refused(served: Served, raw: bytes) -> bool:
    """Whether a client that shows no certificate gets no answer."""
    try:
        client = await served.connect(ssl._create_unverified_context())  # noqa: S323 - it is the server that judges
        await client.ask(raw)
    except (ssl.SSLError, ConnectionError, asyncio.IncompleteReadError):
        return True
    return False


@pytest.mark.asyncio
async def test_a_certificate_is_no_credential_of_its_own_and_joins_a_key_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    key = keys.create(path, "ci", ["notes:read"])
    async with issuing() as issuer, mutual(tmp_path, issuer, [SPIFFE], api_keys_file=path) as (served, context, _):
        seen = principals(served.app, monkeypatch)
        client = await served.connect(context)
        assert (await client.ask(post(call(OLD, "add", a=1), headers(OLD)))).status == 401
        assert (await client.ask(ask(OLD, "add", key, a=1))).status == 200
        assert await refused(served, ask(OLD, "add", key, a=1))
    assert [(principal.subject, principal.client_id) for principal in seen] == [
        ("key:ci", "spiffe://example.org/agent")
    ]


@pytest.mark.asyncio
async def test_a_token_bound_to_a_certificate_is_only_taken_from_its_holder(tmp_path: Path) -> None:
    async with issuing() as issuer:
        async with mutual(tmp_path / "a", issuer, [SPIFFE]) as (served, context, thumbprint):
            client = await served.connect(context)
            for bound, status in ((thumbprint, 200), (thumbprint[::-1], 401), (thumbprint, 200)):
                token = issuer.token(cnf={"x5t#S256": bound})
                assert (await client.ask(ask(OLD, "add", token, a=1))).status == status
        async with secured(tmp_path / "b", issuer) as served:
            token = issuer.token(cnf={"x5t#S256": thumbprint})
            answer = await served.ask(ask(OLD, "add", token, a=1))
    assert answer.status == 401
    assert "client certificate" in challenge(answer)["error_description"]
