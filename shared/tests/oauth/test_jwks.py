"""Which keys of a JWK Set may verify a token."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from mcp_chassis.oauth.jwks import read_keys
from token_issuer import SigningKey

ALL = ("RS256", "PS256", "ES256", "ES384", "EdDSA")
RSA, EC, ED = SigningKey("rsa", "RS256"), SigningKey("ec", "ES256"), SigningKey("ed", "EdDSA")
WEAK = SigningKey("weak", "RS256", rsa.generate_private_key(65537, 1024))  # noqa: S505 - which must not count
SECRET = {"kty": "oct", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0", "kid": "secret"}


def found(*entries: Any, algorithms: tuple[str, ...] = ALL) -> set[tuple[str, str]]:
    """The names and algorithms that are usable beside one key that always is."""
    always = EC.jwk(kid="always")
    return set(read_keys(json.dumps({"keys": [always, *entries]}), algorithms)) - {("always", "ES256")}


@pytest.mark.parametrize(
    ("entry", "usable"),
    [
        (RSA.jwk(), {("rsa", "RS256")}),
        (RSA.jwk(alg="PS256"), {("rsa", "PS256")}),
        (EC.jwk(), {("ec", "ES256")}),
        (ED.jwk(), {("ed", "EdDSA")}),
        # Without `alg` the type and curve say what a key is for.
        ({k: v for k, v in RSA.jwk().items() if k != "alg"}, {("rsa", "RS256"), ("rsa", "PS256")}),
        ({k: v for k, v in EC.jwk().items() if k != "alg"}, {("ec", "ES256")}),
        ({k: v for k, v in EC.jwk().items() if k != "use"}, {("ec", "ES256")}),
        (EC.jwk(key_ops=["verify"]), {("ec", "ES256")}),
        (EC.jwk(key_ops=["sign"]), {("ec", "ES256")}),
        (EC.jwk(x5u="http://evil.example", x5c=["x"], unknown=1), {("ec", "ES256")}),
        (EC.jwk(use="enc"), set()),
        (EC.jwk(key_ops=["deriveBits"]), set()),
        (EC.jwk(key_ops="verify"), set()),
        (EC.jwk(kid=None), set()),
        (EC.jwk(kid=7), set()),
        ({k: v for k, v in EC.jwk().items() if k != "kid"}, set()),
        # A key says RS256 and is none, or says what is not configured.
        (EC.jwk(alg="RS256"), set()),
        (EC.jwk(alg="HS256"), set()),
        (EC.jwk(alg="none"), set()),
        (EC.jwk(alg=["ES256"]), set()),
        (RSA.jwk(alg="RS512"), set()),
        (EC.jwk(crv="P-384"), set()),
        (EC.jwk(crv=["P-256"]), set()),
        (EC.jwk(x="!"), set()),
        (EC.jwk(x=7), set()),
        (EC.jwk(kty="EC2"), set()),
        (EC.jwk(kty=None), set()),
        (RSA.jwk(n=""), set()),
        (RSA.jwk(e="AQ"), set()),
        (WEAK.jwk(), set()),
        (SECRET, set()),
        ({**SECRET, "alg": "HS256"}, set()),
        ({**SECRET, "alg": "ES256"}, set()),
        ("ec", set()),
        (None, set()),
        ([], set()),
        ({}, set()),
    ],
)
def test_only_public_keys_for_signatures_of_configured_kinds_count(entry: Any, usable: set[tuple[str, str]]) -> None:
    assert found(entry) == usable


def test_a_private_key_that_an_issuer_publishes_by_mistake_is_used_as_a_public_one() -> None:
    from jwt.algorithms import ECAlgorithm

    private = json.loads(ECAlgorithm.to_jwk(EC.private))
    assert "d" in private
    [key] = read_keys(json.dumps({"keys": [{**private, "kid": "ec"}]}), ALL).values()
    assert not hasattr(key.key, "sign")


def test_the_first_of_two_keys_of_one_name_counts() -> None:
    other = SigningKey("ec", "ES256")
    keys = read_keys(json.dumps({"keys": [EC.jwk(), other.jwk()]}), ALL)
    assert keys["ec", "ES256"].key.public_numbers() == EC.private.public_key().public_numbers()


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "null", "[]", "7", "{}", '{"keys": null}', '{"keys": {}}', '{"keys": []}', '{"keys": [null]}',
        '{"keys": [], "keys": []}', "[" * 100_000, json.dumps({"keys": [SECRET]}), json.dumps(EC.jwk()),
    ],
)  # fmt: skip
def test_what_is_no_set_of_usable_keys_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_keys(text, ALL)
