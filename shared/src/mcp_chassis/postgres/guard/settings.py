"""Which settings of a server hold secrets: PostgreSQL's own by name, custom ones (`app.x`) by words in their names."""

from __future__ import annotations

import re

from mcp_chassis.postgres.guard.words import words

SECRET_SETTINGS = words(
    """
    primary_conninfo ssl_passphrase_command ssl_key_file krb_server_keyfile archive_command restore_command
    archive_cleanup_command recovery_end_command data_directory config_file hba_file ident_file external_pid_file
    unix_socket_directories
    promote_trigger_file
    """
)
"""Settings of PostgreSQL that stay hidden."""

_SECRETS = words(
    """
    secret secrets password passwords passwd passwds passphrase passphrases pass pwd pw pin token tokens jwt jwts bearer
    credential credentials cred creds key keys salt salts pepper dsn dsns conn conninfo cert certs certificate
    certificates signing hmac vault otp totp authorization
    """
)
_SECRET_ENDS = (
    "secret",
    "password",
    "passwd",
    "passphrase",
    "token",
    "credential",
    "credentials",
    "key",
    "keys",
    "pwd",
)
_SECRET_LAST = words("auth basic_auth")  # app.auth_user_id is a name, app.http_auth is what proves it
_HARMLESS_ENDS = words("monkey turkey hockey donkey whiskey jockey hotkey hotkeys")
_PASS = re.compile(r"(?:db|pg|user|admin|root|smtp|mail|redis|proxy|ldap|ssl|my)pass")
_ADDRESSES = words("url uri urls uris string str")
_REACHED = words(
    """
    database db postgres postgresql pg mysql redis mongo mongodb amqp rabbitmq kafka broker smtp jdbc connection webhook
    sentry
    """
)
_ABOUT = words(
    """
    count limit length len size ttl expiry expires expire exp age policy enabled required days hours minutes seconds
    secs ms timeout type alg algorithm version column columns table id ids min max rounds iterations
    """
)
"""What a last word makes of a name: `jwt.exp`, `password_min_length` and `api_key_id` say something about a secret."""

_BEFORE = words("primary foreign partition sort cache lookup public unique natural surrogate max min num")
"""Words before a word that make it ordinary: `partition_key`, `max_tokens`, `public_key`, `max_conn`."""

_CLAIMS = words("claim claims")  # request.jwt.claim.sub is who asks
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def is_secret_setting(name: str) -> bool:
    """Whether the value of a server setting stays hidden."""
    folded = name.strip().lower().replace(" ", "_")
    if folded in SECRET_SETTINGS:
        return True
    if "." not in folded:
        return False
    parts = [part.lower() for part in re.split(r"[^A-Za-z0-9]+", _CAMEL.sub("_", name.strip())) if part]
    last = parts[-1] if parts else ""
    if last in _ABOUT or not _CLAIMS.isdisjoint(parts):
        return False
    if last in _SECRET_LAST or (last in _ADDRESSES and not _REACHED.isdisjoint(parts)):
        return True
    return any(_is_secret_word(word) and not _is_ordinary(parts[:at]) for at, word in enumerate(parts))


def _is_secret_word(word: str) -> bool:
    stem = word.rstrip("0123456789")
    if stem in _SECRETS or _PASS.fullmatch(stem):
        return True
    return stem.endswith(_SECRET_ENDS) and stem not in _HARMLESS_ENDS


def _is_ordinary(before: list[str]) -> bool:
    return bool(before) and before[-1] in _BEFORE
