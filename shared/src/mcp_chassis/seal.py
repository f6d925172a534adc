"""Sealed tokens: what we hand to a client and want back unread and unchanged (cursors, request state).

A token is `base64url(version || key id || nonce || AES-256-GCM(payload))` without padding: version 1 byte (1), key id
4 bytes (SHA-256 of the key, first bytes), nonce 12 bytes. The associated data binds it to its purpose and to the
principal it was made for. The ring is a file of 32-byte hex keys, one a line: the first seals, all open.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from mcp_chassis.call import Principal
from mcp_chassis.errors import ConfigurationError, InvalidArguments
from mcp_chassis.key_files import make_key_file

_VERSION = b"\x01"


class Sealer:
    """Seals and opens tokens with a ring of keys."""

    def __init__(self, keys: list[bytes]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self.keys = keys
        self._ciphers = {hashlib.sha256(key).digest()[:4]: AESGCM(key) for key in keys}

    def seal(self, purpose: str, principal: Principal, payload: dict[str, Any], ttl_s: float) -> str:
        """A token that only `open` with the same purpose and principal reads, for `ttl_s` seconds."""
        key_id, cipher = next(iter(self._ciphers.items()))
        nonce = os.urandom(12)
        body = json.dumps([int(time.time() + ttl_s), payload], separators=(",", ":")).encode()
        sealed = cipher.encrypt(nonce, body, _associated(purpose, principal))
        return base64.urlsafe_b64encode(_VERSION + key_id + nonce + sealed).rstrip(b"=").decode()

    def open(self, purpose: str, principal: Principal, token: str) -> dict[str, Any]:
        """The payload of a token.

        Raises:
            InvalidArguments: it is not one of ours, not for this purpose or principal, changed, or expired.
        """
        from cryptography.exceptions import InvalidTag

        foreign = InvalidArguments(f"The {purpose} is not one that this server gave to you; start again without it.")
        try:
            raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
            cipher = self._ciphers[raw[1:5]] if raw[:1] == _VERSION else None
            if cipher is None:
                raise foreign
            expires, payload = json.loads(cipher.decrypt(raw[5:17], raw[17:], _associated(purpose, principal)))
        except (ValueError, KeyError, InvalidTag):
            raise foreign from None
        if time.time() > expires:
            raise InvalidArguments(f"The {purpose} has expired; start again without it.")
        opened: dict[str, Any] = payload
        return opened


def load_keys(path: Path, label: str = "MCP_SEAL_KEYS_FILE") -> list[bytes]:
    """The keys of a ring file, which a fault calls `label`.

    Raises:
        ConfigurationError: the file cannot be read or a line is not 64 hexadecimal digits.
    """
    try:
        lines = path.read_text("ascii").split()
        keys = [bytes.fromhex(line) for line in lines]
    except (OSError, ValueError):
        keys = []
    if not keys or any(len(key) != 32 for key in keys):
        raise ConfigurationError(
            f"{label}: {path} must be a readable file with one key a line, each of 64 hexadecimal digits."
        )
    return keys


def load_or_make_keys(path: Path) -> list[bytes]:
    """The keys of a ring file, which is made with one new key where there is none.

    Raises:
        ConfigurationError: the file can neither be made nor read.
    """
    with suppress(OSError):
        make_key_file(path)
    return load_keys(path)


def _associated(purpose: str, principal: Principal) -> bytes:
    return f"mcp-chassis/seal/1\x1f{purpose}\x1f{principal.key}".encode()
