"""Who a verified token speaks of."""

from __future__ import annotations

from typing import Any

import pytest
from mcp_chassis.oauth.claims import TokenRefusedError, bound_to, principal_of

GOOD: dict[str, Any] = {"iss": "https://id.example", "sub": "alice", "client_id": "app", "jti": "t1", "iat": 1000}


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({}, {"subject": "alice", "issuer": "https://id.example", "client_id": "app", "credential": "t1"}),
        ({"sub": "josé@example.org"}, {"subject": "josé@example.org"}),
        # A client that calls for itself may have no `sub`.
        ({"sub": None}, {"subject": "app", "client_id": "app"}),
        ({"client_id": None, "azp": "web"}, {"client_id": "web"}),
        ({"client_id": None, "cid": "0oa1"}, {"client_id": "0oa1"}),
        ({"client_id": None, "appid": "0000-1"}, {"client_id": "0000-1"}),
        ({"client_id": 7, "azp": "web"}, {"client_id": "web"}),
        ({"client_id": None}, {"client_id": None}),
        # Without a `jti` that can be written down, the token's hash names it.
        ({"jti": None}, {"credential": "sha256:3c469e9d6c5875d3"}),
        ({"jti": "a\nb"}, {"credential": "sha256:3c469e9d6c5875d3"}),
        ({"jti": "x" * 600}, {"credential": "sha256:3c469e9d6c5875d3"}),
        ({"act": {"sub": "agent"}}, {"subject": "alice", "actor": "agent"}),
        ({"act": {"sub": "agent", "act": {"sub": "earlier"}}}, {"actor": "agent"}),
        ({"act": {"client_id": "agent-app"}}, {"actor": "agent-app"}),
        ({}, {"actor": None}),
        ({"auth_time": 900}, {"authenticated_at": 900.0}),
        ({}, {"authenticated_at": 1000.0}),
        ({"iat": None}, {"authenticated_at": None}),
        ({"auth_time": "900"}, {"authenticated_at": None}),
        ({"auth_time": 10**400}, {"authenticated_at": None}),
        # Tenant and roles are bound by the policy, and by nothing that a token says of itself.
        ({"tenant": "other", "roles": ["admin"]}, {"tenant": "default", "roles": frozenset()}),
    ],
)
def test_claims_make_the_principal(claims: dict[str, Any], told: dict[str, Any]) -> None:
    merged = {name: value for name, value in {**GOOD, **claims}.items() if value is not None}
    principal = principal_of(merged, b"token")
    assert {name: getattr(principal, name) for name in told} == told
    assert principal.auth_method == "oauth"
    assert principal.claims == merged


@pytest.mark.parametrize(
    ("claims", "scopes"),
    [
        ({"scope": "db:read db:write"}, {"db:read", "db:write"}),
        ({"scope": ["db:read", "db:write"]}, {"db:read", "db:write"}),
        ({"scp": "db:read"}, {"db:read"}),
        ({"scp": ["db:read", "openid"]}, {"db:read", "openid"}),
        ({"scope": "db:read", "scp": ["db:write"]}, {"db:read"}),
        ({}, set()),
        ({"scope": ""}, set()),
        ({"scope": "  db:read  "}, {"db:read"}),
        ({"scope": None}, set()),
        ({"scope": 7}, set()),
        ({"scope": {"db:read": True}}, set()),
        ({"scope": ["db:read", 7, None, ["db:write"]]}, {"db:read"}),
        ({"scope": "*"}, set()),
        ({"scope": "db:* *:* db:read* db:read"}, {"db:read"}),
        ({"scope": 'db:"read" db:re\\ad db:r\u00e9ad'}, set()),
        ({"scope": "DB:READ"}, {"DB:READ"}),  # which is another scope
        ({"scope": "x" * 200}, set()),
        ({"scope": " ".join(f"s{n}" for n in range(1000))}, {f"s{n}" for n in range(256)}),
    ],
)
def test_scopes_are_read_from_either_claim_and_wildcards_grant_nothing(
    claims: dict[str, Any], scopes: set[str]
) -> None:
    assert principal_of({**GOOD, **claims}, b"token").scopes == scopes


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": ""},
        {"sub": "alice\x1fapp"},  # what separates the parts of an identity
        {"sub": "alice\n"},
        {"sub": "\ud800"},
        {"sub": "x" * 513},
        {"sub": None, "client_id": None},
        # Who acts cannot be told, and must not be taken for the person.
        {"act": {}},
        {"act": "agent"},
        {"act": ["agent"]},
        {"act": {"sub": ""}},
        {"act": {"sub": 7}},
        {"act": {"sub": "a\x1fb"}},
        {"act": False},
    ],
)
def test_a_token_that_does_not_say_whom_it_speaks_of_is_refused(claims: dict[str, Any]) -> None:
    merged = {name: value for name, value in {**GOOD, **claims}.items() if value is not None}
    with pytest.raises(TokenRefusedError):
        principal_of(merged, b"token")


@pytest.mark.parametrize(
    ("confirmation", "bound"),
    [(None, None), ({"x5t#S256": "abc"}, "abc")],
)
def test_a_token_may_be_bound_to_a_certificate(confirmation: Any, bound: str | None) -> None:
    assert bound_to({**GOOD, **({"cnf": confirmation} if confirmation else {})}) == bound


@pytest.mark.parametrize(
    "confirmation",
    [{"jkt": "abc"}, {"jwk": {}}, {"x5t#S256": 7}, {"x5t#S256": "abc", "jkt": "abc"}, {}, "abc", [], 7],
)
def test_a_token_bound_to_what_cannot_be_asked_for_is_refused(confirmation: Any) -> None:
    with pytest.raises(TokenRefusedError):
        bound_to({**GOOD, "cnf": confirmation})
