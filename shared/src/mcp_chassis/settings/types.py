"""What single settings may be. A validator raises the end of a sentence that begins with the setting's name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

from mcp_chassis.postgres.address import is_address

__all__ = [
    "CommaList",
    "FilePath",
    "UserPath",
    "check_address",
    "check_algorithms",
    "check_fingerprint",
    "check_host",
    "check_issuer",
    "check_methods",
    "check_postgres_url",
    "check_public_url",
    "check_redis_url",
    "check_transport",
    "lower",
    "none_if_off",
    "password_of",
    "weakness_of",
]


def _split(value: object) -> object:
    """`"a,b"`, `["a", "b"]` and `["a,b", "c"]` are all lists of words."""
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError("must be a list of words with commas between them")
    words = tuple(word for part in parts for word in map(str.strip, part.split(",")) if word)
    # An allow-list that somebody wrote and that came out empty must not mean "everything".
    if not words and not isinstance(value, tuple):
        raise ValueError("must hold at least one word")
    return words


def lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def none_if_off(value: object) -> object:
    return None if isinstance(value, str) and value.strip().lower() == "off" else value


def check_transport(value: object) -> object:
    if isinstance(value, str) and value.lower() in {"sse", "websocket", "ws"}:
        raise ValueError("must be stdio or http, which replaces the older network transports")
    if lower(value) in {"streamable-http", "streamable_http"}:
        return "http"
    return lower(value)


def check_host(value: str) -> str:
    if not value.strip() or value == "unix:" or any(mark in value for mark in ("://", " ")):
        raise ValueError("must be a host name, an IP address or unix:PATH")
    return value


def check_public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None or parts.fragment:
        raise ValueError("must be a URL that begins with https:// or http:// and holds no user and no fragment")
    return value.rstrip("/")


def check_redis_url(value: SecretStr | None) -> SecretStr | None:
    parts = urlsplit(value.get_secret_value()) if value is not None else None
    if parts is not None and parts.scheme not in {"redis", "rediss", "valkey", "valkeys", "unix"}:
        raise ValueError("must be a URL such as redis://host:6379/0, rediss://host:6379/0 or unix:///path")
    return value


def check_postgres_url(value: SecretStr | None) -> SecretStr | None:
    if value is not None and not is_address(value.get_secret_value()):
        raise ValueError("must be a URL such as postgresql://user@host/name")
    return value


def check_methods(value: tuple[str, ...]) -> tuple[str, ...]:
    if not set(value) <= {"oauth", "api-key", "none"}:
        raise ValueError("must be oauth, api-key or none")
    return tuple(dict.fromkeys(value))


def check_address(value: str) -> str:
    """A URL that the server itself opens; what a proxy would need of a user and password stands in its own variable."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None or parts.fragment:
        raise ValueError("must be a URL that begins with https:// or http:// and holds no user and no fragment")
    return value


def check_issuer(value: str) -> str:
    """An issuer identifier (RFC 8414, section 2), kept as it is written: tokens must repeat it to the letter."""
    if urlsplit(check_address(value)).query:
        raise ValueError("must be a URL without a query")
    return value


def check_algorithms(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value or not set(value) <= set(_ALGORITHMS):
        raise ValueError(f"must be of {', '.join(_ALGORITHMS)}")
    return tuple(dict.fromkeys(value))


def check_fingerprint(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[0-9a-fA-F]{12,64}", value):
        raise ValueError("must be a fingerprint of 64 hexadecimal digits, or at least its first 12")
    return value


_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Asymmetric signatures (RFC 7518, section 3.1; RFC 8037): whoever verifies them cannot make them."""


def _readable(path: Path) -> Path:
    if not path.is_file() or not os.access(path, os.R_OK):
        raise ValueError("must be a file that can be read")
    return path


CommaList = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Words, from `"a,b"`, a YAML list or a repeated flag."""

UserPath = Annotated[Path, AfterValidator(Path.expanduser)]
"""A path in which `~` is the user's home."""

FilePath = Annotated[UserPath, AfterValidator(_readable)]
"""The path of a file that is there and can be read."""


_PLACEHOLDERS = (
    "changeme",
    "change-me",
    "change_me",
    "yourapikey",
    "your-api-key",
    "your_api_key",
    "placeholder",
    "secretkey",
)


def weakness_of(key: str) -> str | None:
    """Why an API key must not be used, as the end of a sentence."""
    if len(key) < 32:
        return "is shorter than 32 characters"
    if len(set(key)) < 10 or key.startswith("<") or any(word in key.lower() for word in _PLACEHOLDERS):
        return "is a known default or a placeholder"
    if not all("!" <= character <= "~" for character in key):
        return "holds white space or other characters that a header cannot carry"
    return None


def password_of(value: str) -> Iterator[str]:
    """The password of a URL, as it stands there and decoded, unless it is so short that it could be any word."""
    try:
        password = urlsplit(value).password or ""
    except ValueError:
        return
    for text in {password, unquote(password)}:
        if len(text) >= 8:
            yield text
