"""What is taken out of text before anyone reads it, and what is left alone."""

from __future__ import annotations

import pytest
from mcp_chassis.redaction import MASK, Redactor, is_secret_name, redact

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"
PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://me:hunter2@db/x", f"postgresql://me:{MASK}@db/x"),
        ("postgresql://me:p@ss/w@rd@db:5432/x", f"postgresql://me:{MASK}@db:5432/x"),  # not escaped as it should be
        ("redis://:hunter2@cache:6379/0", f"redis://:{MASK}@cache:6379/0"),
        ("GET https://me:hunter2@example.org/a?b=c failed", f"GET https://me:{MASK}@example.org/a?b=c failed"),
        ("postgresql://db/x?user=me&password=hunter2&a=b", f"postgresql://db/x?user=me&password={MASK}&a=b"),
        ("host=db password=hunter2 user=me", f"host=db password={MASK} user=me"),
        ("host=db password='hunter 2' user=me", f"host=db password={MASK} user=me"),
        ("PGPASSWORD=hunter2 psql", f"PGPASSWORD={MASK} psql"),
        ('{"password": "hunter2"}', f'{{"password": {MASK}}}'),
        ("{'db_password': 'hunter2'}", f"{{'db_password': {MASK}}}"),
        (r'"{\"password\": \"hunter2\", \"a\": 1}"', rf'"{{\"password\": \"{MASK}\", \"a\": 1}}"'),
        ("ALTER ROLE me PASSWORD 'hunter2'", f"ALTER ROLE me PASSWORD {MASK}"),
        ("password: hunter2", f"password: {MASK}"),
        ("Authorization: Bearer abcdefgh12345678", f"Authorization: {MASK}"),
        ("Authorization: Basic bWU6aHVudGVyMg==", f"Authorization: {MASK}"),
        ("(b'authorization', b'ApiKey abcdefgh12345678')", f"(b'authorization', b'{MASK}')"),
        ("sent Bearer abcdefgh12345678 along", f"sent Bearer {MASK} along"),
        ("ApiKey mk_ab12cd34_0123456789abcdefghij0123456789", f"ApiKey {MASK}"),
        ("key mk_ab12cd34_0123456789abcdefghij0123456789.", f"key {MASK}."),
        (f"token {JWT} expired", f"token {MASK} expired"),
        (f"before {PEM} after", f"before {MASK} after"),
        (PEM[:40], MASK),  # a key without its end
        ("access_token=abc&state=1", f"access_token={MASK}&state=1"),
        ("api_key=abc, client-secret=def", f"api_key={MASK}, client-secret={MASK}"),
    ],
)
def test_secret_is_taken_out(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The password of the user must be changed.",
        'password authentication failed for user "me"',
        "bearer token required",
        "basic understanding of tokens",
        "syntax error: unexpected token: SELECT",
        "SELECT password FROM users WHERE token = $1",
        "UPDATE users SET secret = %s",
        "authorization: denied by the policy",
        "postgresql://db.example.org:5432/world",
        "http://127.0.0.1:8080/mcp?mail=me@example.org",
        "me@example.org wrote to http://example.org:80",
        "mk_dir and mk_temp_file",
        "eyJ is how a JSON object begins in base64",
        "max_tokens: 100000 of 200000",
        "the secretary tokenised 12345678 words",
        "query_database(table=tokens, limit=50)",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "db_password",
        "PGPASSWORD",
        "api_key",
        "X-Api-Key",
        "token",
        "access_token",
        "dsn",
        "authorization",
        "client_secret",
        "database_url",
        "set-cookie",
        "private_key",
    ],
)
def test_name_of_a_secret_is_known(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name", ["event", "tokens_used", "password_age", "keyboard", "secretary", "table", "public_url", ""]
)
def test_ordinary_name_is_not_one_of_a_secret(name: str) -> None:
    assert not is_secret_name(name)


def test_configured_values_are_taken_out_wherever_they_stand() -> None:
    shown = Redactor(["swordfish-and-more", "swordfish"])("opening with swordfish-and-more, then swordfish!")
    assert shown == f"opening with {MASK}, then {MASK}!"


def test_short_values_are_left_to_the_patterns() -> None:
    assert Redactor(["db", ""])("the db is up") == "the db is up"


@pytest.mark.parametrize(
    "text",
    [
        "postgres://a:" * 800,
        "Bearer " * 2000,
        "password=" * 1500,
        "token: " * 2000,
        "eyJ" * 5000,
        "x-" * 8000 + "password",
    ],
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    assert isinstance(redact(text), str)
