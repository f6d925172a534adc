"""Tokens that prove somebody, and the attacks on them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from random import Random
from typing import Any

import jwt
import pytest
from mcp_chassis.oauth.claims import TokenRefusedError
from mcp_chassis.oauth.provider import Provider
from mcp_chassis.oauth.tokens import LARGEST_TOKEN, TokenVerifier
from token_issuer import RESOURCE, Issuer, SigningKey, base64url

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
EC = SigningKey("ec")
RSA = SigningKey("rsa", "RS256")
PSS = SigningKey("pss", "PS256", RSA.private)
ED = SigningKey("ed", "EdDSA")
EC384 = SigningKey("ec384", "ES384")
FOREIGN = SigningKey("ec")  # its name is that of ours
KEYS = [EC, RSA, PSS, ED, EC384]


def verifier(issuer: Issuer, *audiences: str) -> TokenVerifier:
    provider = Provider(issuer.url, f"{issuer.url}/jwks", ALGORITHMS, issuer)
    return TokenVerifier(provider, issuer.url, audiences or (RESOURCE,), ALGORITHMS)


@pytest.fixture
def issuer() -> Issuer:
    issuer = Issuer("https://id.example", list(KEYS))
    issuer.publish()
    return issuer


Make = Callable[[Issuer], str]

GOOD: dict[str, Make] = {
    "ES256": lambda issuer: issuer.token(EC),
    "RS256": lambda issuer: issuer.token(RSA),
    "PS256": lambda issuer: issuer.token(PSS),
    "EdDSA": lambda issuer: issuer.token(ED),
    "typ JWT": lambda issuer: issuer.token(headers={"typ": "JWT"}),
    "typ in full": lambda issuer: issuer.token(headers={"typ": "application/at+jwt"}),
    "typ in capitals": lambda issuer: issuer.token(headers={"typ": "AT+JWT"}),
    "no typ, as some providers have it": lambda issuer: issuer.token(headers={"typ": None}),
    "one audience of several": lambda issuer: issuer.token(aud=["https://other.example", RESOURCE]),
    "expired within the leeway": lambda issuer: issuer.token(exp=int(time.time()) - 10),
    "valid from a moment within the leeway": lambda issuer: issuer.token(nbf=int(time.time()) + 10),
    "issued a moment ahead": lambda issuer: issuer.token(iat=int(time.time()) + 10),
    "times with fractions": lambda issuer: issuer.token(exp=time.time() + 9.5, iat=time.time() - 0.5),
    "no iat, no nbf, no jti": lambda issuer: issuer.token(iat=None, jti=None),
    "no scopes": lambda issuer: issuer.token(scope=None),
    "valid for ever": lambda issuer: issuer.token(exp=10**30),
    # Nothing of these is looked at; some providers send them.
    "jku": lambda issuer: issuer.token(headers={"jku": "https://evil.example/jwks"}),
    "x5c and x5u": lambda issuer: issuer.token(headers={"x5u": "https://evil.example", "x5c": ["x"], "x5t": "x"}),
}


def unsigned(header: Any, claims: Any, signature: bytes = b"") -> str:
    return f"{base64url(header)}.{base64url(claims)}.{base64url(signature)}"


def shared_secret(issuer: Issuer, secret: bytes, **header: Any) -> str:
    """A token signed with what is no secret, as if the algorithm were symmetric."""
    head = base64url({"alg": "HS256", "typ": "at+jwt", "kid": RSA.kid, **header})
    signed = f"{head}.{base64url(issuer.claims())}"
    return f"{signed}.{base64url(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def tampered(issuer: Issuer, **changes: Any) -> str:
    """A good token whose claims were changed after it was signed."""
    head, _, signature = issuer.token().split(".")
    return f"{head}.{base64url(issuer.claims(**changes))}.{signature}"


def reheaded(issuer: Issuer, **header: Any) -> str:
    """A good token under another header."""
    _, claims, signature = issuer.token().split(".")
    return f"{base64url({'alg': 'ES256', 'kid': 'ec', 'typ': 'at+jwt', **header})}.{claims}.{signature}"


def kid(name: Any) -> Make:
    return lambda issuer: reheaded(issuer, kid=name)


NOW = int(time.time())
ATTACKS: dict[str, Make] = {
    # no signature
    "alg none": lambda i: unsigned({"alg": "none", "typ": "at+jwt", "kid": "ec"}, i.claims()),
    "alg None": lambda i: unsigned({"alg": "None", "typ": "at+jwt", "kid": "ec"}, i.claims()),
    "alg nOnE with a signature": lambda i: unsigned({"alg": "nOnE", "kid": "ec"}, i.claims(), b"x" * 64),
    "alg empty": lambda i: unsigned({"alg": "", "kid": "ec"}, i.claims()),
    "alg null": lambda i: unsigned({"alg": None, "kid": "ec"}, i.claims()),
    "no alg": lambda i: unsigned({"kid": "ec"}, i.claims()),
    "alg is a list": lambda i: unsigned({"alg": ["ES256"], "kid": "ec"}, i.claims()),
    "the signature taken away": lambda i: i.token().rpartition(".")[0] + ".",
    "the signature cut": lambda i: i.token()[:-8],
    "an all-zero signature": lambda i: unsigned({"alg": "ES256", "kid": "ec"}, i.claims(), bytes(64)),
    # confusion of algorithms
    "HS256 with the public key": lambda i: shared_secret(i, RSA.pem()),
    "HS256 with the published modulus": lambda i: shared_secret(i, str(RSA.jwk()["n"]).encode()),
    "HS256 with nothing": lambda i: shared_secret(i, b""),
    "RS256 said, HS256 made": lambda i: shared_secret(i, RSA.pem(), alg="RS256"),
    "an algorithm that is not configured": lambda i: i.token(EC384),
    "RS512 by a key of ours": lambda i: jwt.encode(i.claims(), RSA.private, "RS512", {"kid": "rsa"}),
    "PS256 by the key for RS256": lambda i: jwt.encode(i.claims(), RSA.private, "PS256", {"kid": "rsa"}),
    "RS256 said of an elliptic key": lambda i: reheaded(i, alg="RS256"),
    # other keys
    "a foreign key of our name": lambda i: i.token(FOREIGN),
    "a foreign key in the token": lambda i: i.token(FOREIGN, {"jwk": FOREIGN.jwk()}),
    "a foreign key by jku": lambda i: i.token(FOREIGN, {"jku": "https://evil.example/jwks", "kid": "evil"}),
    "a foreign key by jku under our name": lambda i: i.token(FOREIGN, {"jku": "https://evil.example/jwks"}),
    "a foreign key by x5u": lambda i: i.token(FOREIGN, {"x5u": "https://evil.example/chain.pem"}),
    "a foreign certificate in the token": lambda i: i.token(FOREIGN, {"x5c": [base64.b64encode(b"x").decode()]}),
    "claims changed": lambda i: tampered(i, sub="root"),
    "scopes added": lambda i: tampered(i, scope="notes:read notes:write"),
    "header changed": lambda i: reheaded(i, extra=1),
    # tricks with the name of the key
    "no kid": lambda i: i.token(headers={"kid": None}),
    "an unknown kid": kid("two"),
    "a kid that is a path": kid("../../../../etc/passwd"),
    "a kid that is a device": kid("/dev/null"),
    "a kid that is SQL": kid("x' UNION SELECT 'key' --"),
    "a kid that is a command": kid("ec; rm -rf /"),
    "a kid that is an address": kid("https://evil.example/jwks"),
    "a kid with a zero byte": kid("ec\0"),
    "a kid with a blank": kid("ec "),
    "a kid in capitals": kid("EC"),
    "a kid of another key": kid("rsa"),
    "a kid that is empty": kid(""),
    "a kid that is null": kid(None),
    "a kid that is a number": kid(7),
    "a kid that is a list": kid(["ec"]),
    "a kid that is an object": kid({"ec": 1}),
    "a kid of 8 KB": kid("k" * 8000),
    # what it is
    "crit": lambda i: i.token(headers={"crit": ["exp"], "exp": NOW}),
    "crit of what PyJWT knows": lambda i: reheaded(i, crit=["b64"], b64=True),
    "crit empty": lambda i: reheaded(i, crit=[]),
    "b64": lambda i: reheaded(i, b64=False),
    "an id token by its type": lambda i: i.token(headers={"typ": "id+jwt"}),
    "a logout token": lambda i: i.token(headers={"typ": "logout+jwt"}),
    "a DPoP proof": lambda i: i.token(headers={"typ": "dpop+jwt"}),
    "typ empty": lambda i: reheaded(i, typ=""),
    "typ a list": lambda i: reheaded(i, typ=["JWT"]),
    "a header with a key twice": lambda i: _raw_header(i, b'{"alg":"none","alg":"ES256","kid":"ec"}'),
    "a header of NaN": lambda i: _raw_header(i, b'{"alg":"ES256","kid":"ec","x":NaN}'),
    "a header that is a list": lambda i: _raw_header(i, b'["ES256"]'),
    "a header that is deep": lambda i: _raw_header(i, b"[" * 5000),
    "a header that is not UTF-8": lambda i: _raw_header(i, b"\xff"),
    "an encrypted token": lambda i: "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d",
    "two tokens": lambda i: f"{i.token()}.{i.token()}",
    "a blank in it": lambda i: i.token().replace(".", ". ", 1),
    "padding": lambda i: i.token().replace(".", "=.", 1),
    "a line end in it": lambda i: i.token()[:50] + "\n" + i.token()[50:],
    "not base64": lambda i: i.token().replace("e", "!", 1),
    "opaque": lambda i: "2YotnFZFEjr1zCsicMWpAA",
    "dots": lambda i: "..",
    "many dots": lambda i: "." * 4000,
    "claims that are no object": lambda i: _signed(b'["sub"]'),
    "claims that are no JSON": lambda i: _signed(b"sub=alice"),
    "claims that are deep": lambda i: _signed(b"[" * 5000),
    "too large": lambda i: i.token(filler="x" * LARGEST_TOKEN),
    # for whom, of whom, when
    "another audience": lambda i: i.token(aud="https://other.example/mcp"),
    "the audience's host alone": lambda i: i.token(aud="http://localhost"),
    "the audience with a slash": lambda i: i.token(aud=f"{RESOURCE}/"),
    "the audience with more": lambda i: i.token(aud=f"{RESOURCE}.evil.example"),
    "the audience in capitals": lambda i: i.token(aud=RESOURCE.upper()),
    "a wildcard audience": lambda i: i.token(aud="*"),
    "no audience": lambda i: i.token(aud=None),
    "an empty audience": lambda i: i.token(aud=[]),
    "an audience that is an object": lambda i: i.token(aud={RESOURCE: True}),
    "audiences that are numbers": lambda i: i.token(aud=[1, RESOURCE]),
    "another issuer": lambda i: i.token(iss="https://evil.example"),
    "the issuer with a slash": lambda i: i.token(iss=f"{i.url}/"),
    "no issuer": lambda i: i.token(iss=None),
    "issuers in a list": lambda i: _signed(json.dumps(i.claims(iss=[i.url])).encode()),
    "expired": lambda i: i.token(exp=NOW - 60),
    "expired long ago": lambda i: i.token(exp=1),
    "no exp": lambda i: i.token(exp=None),
    "exp is text": lambda i: i.token(exp=str(NOW + 300)),
    "exp is true": lambda i: i.token(exp=True),
    "exp is infinite": lambda i: i.token(exp=float("inf")),
    "exp is no number": lambda i: i.token(exp=float("nan")),
    "exp is a list": lambda i: i.token(exp=[NOW + 300]),
    "not valid yet": lambda i: i.token(nbf=int(time.time()) + 120),
    "nbf is text": lambda i: i.token(nbf="0"),
    "issued tomorrow": lambda i: i.token(iat=NOW + 86400),
    "iat is text": lambda i: i.token(iat="0"),
    "nobody": lambda i: i.token(sub=None, client_id=None),
    "a subject that is a number": lambda i: i.token(sub=7),
    "a jti that is a number": lambda i: i.token(jti=7),
    "bound to a DPoP key": lambda i: i.token(cnf={"jkt": "x"}),
    "an actor that cannot be told": lambda i: i.token(act={"name": "agent"}),
}


def _raw_header(issuer: Issuer, header: bytes) -> str:
    _, claims, signature = issuer.token().split(".")
    return f"{base64url(header)}.{claims}.{signature}"


def _signed(payload: bytes) -> str:
    """Any payload, signed with a key of the issuer."""
    return jwt.api_jws.encode(payload, EC.private, "ES256", {"kid": EC.kid, "typ": "at+jwt"})


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.asyncio
async def test_a_token_of_the_issuer_for_this_server_is_taken(issuer: Issuer, name: str) -> None:
    tokens = verifier(issuer)
    token = GOOD[name](issuer).encode()
    for _ in range(2):
        assert (await tokens.verify(token)).principal.subject == "alice"
    assert issuer.asked == ["/jwks"]


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.asyncio
async def test_an_attack_is_refused_and_nothing_that_it_names_is_fetched(issuer: Issuer, name: str) -> None:
    tokens = verifier(issuer)
    await tokens.verify(issuer.token().encode())
    token = ATTACKS[name](issuer).encode()
    for _ in range(2):
        with pytest.raises(TokenRefusedError) as refused:
            await tokens.verify(token)
    assert set(issuer.asked) == {"/jwks"}
    assert "evil" not in str(refused.value)
    assert (await tokens.verify(issuer.token().encode())).principal.subject == "alice"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (ATTACKS["expired"], "has expired"),
        (ATTACKS["not valid yet"], "not valid yet"),
        (ATTACKS["another audience"], "not for this server"),
        (ATTACKS["another issuer"], "another issuer"),
        (ATTACKS["no exp"], "lacks a claim"),
        (ATTACKS["no audience"], "lacks a claim"),
        (ATTACKS["a logout token"], "not an access token"),
        (ATTACKS["opaque"], "not a JWT"),
        (ATTACKS["too large"], "too large"),
        (ATTACKS["claims changed"], "not signed with a key"),
        # Before the signature is known to be good, nothing is told of what the token says.
        (lambda i: i.token(FOREIGN, exp=1), "not signed with a key"),
    ],
)
@pytest.mark.asyncio
async def test_a_refusal_says_what_to_look_at(issuer: Issuer, make: Make, words: str) -> None:
    with pytest.raises(TokenRefusedError, match=words):
        await verifier(issuer).verify(make(issuer).encode())


@pytest.mark.asyncio
async def test_any_of_several_configured_audiences_will_do(issuer: Issuer) -> None:
    tokens = verifier(issuer, "api://notes", "notes")
    for audience in ("notes", "api://notes", ["x", "notes"]):
        await tokens.verify(issuer.token(aud=audience).encode())
    with pytest.raises(TokenRefusedError):
        await tokens.verify(issuer.token().encode())


@pytest.mark.parametrize(("ends_in", "known_for"), [(20, range(1, 21)), (-10, range(-12, 0))])
@pytest.mark.asyncio
async def test_a_verified_token_is_not_known_past_its_end(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch, ends_in: int, known_for: range
) -> None:
    tokens = verifier(issuer)
    lifetimes: list[float] = []
    monkeypatch.setattr(tokens._known, "put", lambda token, verified, lifetime: lifetimes.append(lifetime))
    await tokens.verify(issuer.token(exp=int(time.time()) + ends_in).encode())
    assert int(lifetimes[0]) in known_for


@pytest.mark.asyncio
async def test_a_known_token_falls_with_the_key_that_signed_it(issuer: Issuer) -> None:
    tokens = verifier(issuer)
    token = issuer.token(EC).encode()
    await tokens.verify(token)
    issuer.publish(RSA.jwk())
    with pytest.raises(TokenRefusedError):
        await tokens.verify(reheaded(issuer, kid="unknown").encode())  # which has the keys fetched anew
    with pytest.raises(TokenRefusedError):
        await tokens.verify(token)
    await tokens.verify(issuer.token(RSA).encode())


@pytest.mark.parametrize("rounds", [300, pytest.param(50_000, marks=pytest.mark.soak)])
@pytest.mark.asyncio
async def test_no_damaged_token_is_taken(issuer: Issuer, rounds: int) -> None:
    random = Random(rounds)  # noqa: S311 - damage need not be a secret
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=\n\u00e9"
    tokens = verifier(issuer)
    good = [issuer.token(key) for key in (EC, RSA, PSS, ED)]
    for _ in range(rounds):
        token = list(random.choice(good))
        for _ in range(random.randint(1, 3)):
            at = random.randrange(len(token))
            token[at : at + random.randint(0, 1)] = random.choice(alphabet)
        damaged = "".join(token)
        if damaged not in good:
            with pytest.raises(TokenRefusedError):
                await tokens.verify(damaged.encode())
