"""Keys of an issuer over time: rotation, withdrawal, outages, and how often they are fetched."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from mcp_chassis.errors import UpstreamUnavailable
from mcp_chassis.oauth.provider import (
    COOL_DOWN_SECONDS,
    FRESH_SECONDS,
    LAST_GOOD_SECONDS,
    Provider,
    metadata_addresses,
)
from token_issuer import Issuer, SigningKey

URL = "https://id.example"
ONE, TWO = SigningKey("one"), SigningKey("two")
WELL_KNOWN = "/.well-known/openid-configuration"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer() -> Issuer:
    issuer = Issuer(URL, [ONE])
    issuer.publish()
    return issuer


def provider(issuer: Issuer, clock: Clock, url: str | None = f"{URL}/jwks") -> Provider:
    return Provider(issuer.url, url, ("ES256",), issuer, clock)


async def settled(keys: Provider) -> None:
    """Wait for the fetch that runs beside the calls."""
    assert keys._running is not None
    await keys._running


@pytest.mark.asyncio
async def test_keys_are_fetched_when_they_are_needed_and_then_kept(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock)
    assert issuer.asked == []
    for _ in range(5):
        assert await keys.key("one", "ES256") is not None
    assert issuer.fetched() == 1


@pytest.mark.asyncio
async def test_callers_who_come_together_share_one_fetch(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock)
    issuer.delay_s = 0.02
    found = await asyncio.gather(*(keys.key(kid, "ES256") for kid in ["one", "two"] * 50))
    assert sum(key is not None for key in found) == 50
    assert issuer.fetched() == 2  # for the first, and for the name that the first did not bring


@pytest.mark.asyncio
async def test_a_caller_who_leaves_does_not_end_the_fetch_of_the_others(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock)
    issuer.delay_s = 0.05
    first, second = (asyncio.create_task(keys.key("one", "ES256")) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    assert await second is not None


@pytest.mark.asyncio
async def test_a_rotated_key_is_found_at_once_and_the_old_one_is_gone(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock)
    changes: list[None] = []
    keys.changed = lambda: changes.append(None)
    assert await keys.key("one", "ES256") is not None
    issuer.publish(TWO.jwk())
    assert await keys.key("two", "ES256") is not None
    assert await keys.key("one", "ES256") is None
    assert len(changes) == 2


@pytest.mark.asyncio
async def test_unknown_names_fetch_once_in_a_cool_down_however_many_come(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock)
    await keys.key("one", "ES256")
    for number in range(100):
        assert await keys.key(f"unknown-{number}", "ES256") is None
        assert await keys.key("one", "ES256") is not None
    assert issuer.fetched() == 2
    clock.now += COOL_DOWN_SECONDS
    issuer.publish(ONE.jwk(), TWO.jwk())
    assert await keys.key("two", "ES256") is not None
    assert issuer.fetched() == 3


@pytest.mark.asyncio
async def test_a_key_that_is_withdrawn_is_gone_with_the_next_fetch(issuer: Issuer, clock: Clock) -> None:
    issuer.publish(ONE.jwk(), TWO.jwk())
    keys = provider(issuer, clock)
    await keys.key("one", "ES256")
    issuer.publish(TWO.jwk())
    clock.now += FRESH_SECONDS
    assert await keys.key("one", "ES256") is not None  # nobody waits for the fetch beside it
    await settled(keys)
    assert await keys.key("one", "ES256") is None


@pytest.mark.parametrize("entries", [b"", b'{"kty": "oct", "kid": "one", "k": "c2VjcmV0"}'])
@pytest.mark.asyncio
async def test_the_last_key_can_be_withdrawn_too(issuer: Issuer, clock: Clock, entries: bytes) -> None:
    keys = provider(issuer, clock)
    changes: list[None] = []
    keys.changed = lambda: changes.append(None)
    await keys.key("one", "ES256")
    issuer.put("/jwks", b'{"keys": [%s]}' % entries)
    clock.now += FRESH_SECONDS
    await keys.key("one", "ES256")
    await settled(keys)
    assert len(changes) == 2  # tokens that were verified by it are forgotten
    with pytest.raises(UpstreamUnavailable):
        await keys.key("one", "ES256")
    assert (await keys.state())[0] == "unhealthy"
    issuer.publish(TWO.jwk())
    clock.now += COOL_DOWN_SECONDS
    assert await keys.key("two", "ES256") is not None


@pytest.mark.asyncio
async def test_unchanged_keys_are_not_told_as_a_change(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock)
    changes: list[None] = []
    keys.changed = lambda: changes.append(None)
    first = await keys.key("one", "ES256")
    clock.now += FRESH_SECONDS
    await keys.key("one", "ES256")
    await settled(keys)
    assert await keys.key("one", "ES256") is first
    assert (issuer.fetched(), len(changes)) == (2, 1)


BAD_DOCUMENTS = {
    "gone": (404, b""),
    "failing": (503, b"x"),
    "a page": (200, b"<html>"),
    "no set": (200, b'{"keys": {}}'),
}


@pytest.mark.parametrize("fault", BAD_DOCUMENTS)
@pytest.mark.asyncio
async def test_the_last_good_keys_serve_while_the_issuer_is_down(issuer: Issuer, clock: Clock, fault: str) -> None:
    keys = provider(issuer, clock)
    await keys.key("one", "ES256")
    assert (await keys.state())[0] == "healthy"
    status, body = BAD_DOCUMENTS[fault]
    issuer.put("/jwks", body, status)
    for _ in range(3):
        clock.now += FRESH_SECONDS
        assert await keys.key("one", "ES256") is not None
        await settled(keys)
        assert await keys.key("two", "ES256") is None
    state, why = await keys.state()
    assert state == "degraded"
    assert "last good keys" in why
    issuer.publish(TWO.jwk())
    clock.now += COOL_DOWN_SECONDS
    assert await keys.key("two", "ES256") is not None
    assert (await keys.state())[0] == "healthy"


@pytest.mark.asyncio
async def test_a_failing_issuer_is_asked_once_in_a_cool_down(issuer: Issuer, clock: Clock) -> None:
    issuer.put("/jwks", b"", 500)
    keys = provider(issuer, clock)
    for attempts in (1, 2, 3):
        for kid in ("one", "two", "one"):
            with pytest.raises(UpstreamUnavailable) as failed:
                await keys.key(kid, "ES256")
            assert 1 <= (failed.value.retry_after_s or 0) <= COOL_DOWN_SECONDS
        assert issuer.fetched() == attempts
        assert (await keys.state())[0] == "unhealthy"
        clock.now += COOL_DOWN_SECONDS
    issuer.publish()
    assert await keys.key("one", "ES256") is not None


@pytest.mark.asyncio
async def test_last_good_keys_are_not_good_for_ever(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock)
    await keys.key("one", "ES256")
    issuer.put("/jwks", b"", 500)
    clock.now += LAST_GOOD_SECONDS
    with pytest.raises(UpstreamUnavailable):
        await keys.key("one", "ES256")
    assert (await keys.state())[0] == "unhealthy"


@pytest.mark.asyncio
async def test_asking_for_the_state_fetches_what_is_missing(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock)
    assert await keys.state() == ("healthy", f"{URL}, 1 keys")
    assert issuer.fetched() == 1


@pytest.mark.asyncio
async def test_asking_for_the_state_does_not_wait_for_an_issuer_that_is_stuck(
    issuer: Issuer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mcp_chassis.oauth.provider.PATIENCE_SECONDS", 0.01)
    keys = provider(issuer, clock)
    issuer.delay_s = 0.2
    assert await keys.state() == ("unhealthy", "its keys are not there yet")
    await settled(keys)
    assert (await keys.state())[0] == "healthy"
    assert issuer.fetched() == 1


# -- metadata ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issuer", "addresses"),
    [
        (
            "https://id.example",
            [
                "https://id.example/.well-known/openid-configuration",
                "https://id.example/.well-known/oauth-authorization-server",
            ],
        ),
        (
            "https://id.example/",
            [
                "https://id.example/.well-known/openid-configuration",
                "https://id.example/.well-known/oauth-authorization-server",
            ],
        ),
        (
            "http://keycloak:8080/realms/a",
            [
                "http://keycloak:8080/realms/a/.well-known/openid-configuration",
                "http://keycloak:8080/.well-known/oauth-authorization-server/realms/a",
            ],
        ),
    ],
)
def test_metadata_is_where_the_standards_have_it(issuer: str, addresses: list[str]) -> None:
    assert list(metadata_addresses(issuer)) == addresses


@pytest.mark.parametrize("path", [WELL_KNOWN, "/.well-known/oauth-authorization-server"])
@pytest.mark.asyncio
async def test_the_metadata_tells_where_the_keys_are(issuer: Issuer, clock: Clock, path: str) -> None:
    issuer.put(path, json.dumps({"issuer": URL, "jwks_uri": f"{URL}/jwks"}).encode())
    assert await provider(issuer, clock, None).key("one", "ES256") is not None
    assert issuer.asked[-2:] == [path, "/jwks"]


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"issuer": "https://evil.example", "jwks_uri": f"{URL}/jwks"}, "of the issuer 'https://evil.example'"),
        ({"issuer": f"{URL}/", "jwks_uri": f"{URL}/jwks"}, "set MCP_AUTH_ISSUER"),
        ({"jwks_uri": f"{URL}/jwks"}, "of the issuer 'None'"),
        ({"issuer": URL}, "no address of keys"),
        ({"issuer": URL, "jwks_uri": 7}, "no address of keys"),
        ({"issuer": URL, "jwks_uri": "file:///etc/passwd"}, "no address of keys"),
        # An issuer that is reached safely must not send us to keys that anyone on the way can change.
        ({"issuer": URL, "jwks_uri": "http://id.example/jwks"}, "no address of keys"),
        ([], "of the issuer 'None'"),
        ("x", "of the issuer 'None'"),
    ],
)
@pytest.mark.asyncio
async def test_metadata_of_another_issuer_or_without_keys_is_not_used(
    issuer: Issuer, clock: Clock, metadata: Any, words: str
) -> None:
    issuer.put(WELL_KNOWN, json.dumps(metadata).encode())
    keys = provider(issuer, clock, None)
    with pytest.raises(UpstreamUnavailable):
        await keys.key("one", "ES256")
    assert words in (await keys.state())[1]
    assert "/jwks" not in issuer.asked


@pytest.mark.asyncio
async def test_an_issuer_without_metadata_asks_for_the_setting(issuer: Issuer, clock: Clock) -> None:
    keys = provider(issuer, clock, None)
    with pytest.raises(UpstreamUnavailable):
        await keys.key("one", "ES256")
    assert "MCP_AUTH_JWKS_URL" in (await keys.state())[1]
