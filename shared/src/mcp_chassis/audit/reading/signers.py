"""The public keys that checkpoints are checked with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mcp_chassis.errors import ConfigurationError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = ["Signers"]

_KEY_ID = re.compile(r"[0-9a-f]{16}")


class Signers:
    """Keys by their id: those an auditor brought, or else those that lie in the log's folder."""

    def __init__(self, files: Sequence[Path], folder: Path) -> None:
        """Read the keys.

        Args:
            files: public keys (PEM) that are trusted; when there are any, no others are.
            folder: where the writers of the log left theirs.

        Raises:
            ConfigurationError: a file is no Ed25519 public key.
        """
        self.from_log = not files
        self._folder = folder
        self._keys: dict[str, Ed25519PublicKey | None] = {}
        for file in files:
            key = _load(file)
            if key is None:
                raise ConfigurationError(
                    f"--public-key: {file} must be a readable Ed25519 public key in PEM, such as the "
                    "audit-signing.pub.pem that `audit keygen` makes."
                )
            self._keys[_key_id(key)] = key

    def knows(self, key_id: str) -> bool:
        """Whether there is a key of this id."""
        return self._find(key_id) is not None

    def verify(self, key_id: str, signature: str, content: bytes) -> bool:
        """Whether the signature (hex) is that of the key over the content."""
        from cryptography.exceptions import InvalidSignature

        key = self._find(key_id)
        try:
            if key is None:
                return False
            key.verify(bytes.fromhex(signature), content)
        except (InvalidSignature, ValueError):
            return False
        return True

    def _find(self, key_id: str) -> Ed25519PublicKey | None:
        if self.from_log and key_id not in self._keys and _KEY_ID.fullmatch(key_id):
            key = _load(self._folder / f"{key_id}.pem")
            self._keys[key_id] = key if key is not None and _key_id(key) == key_id else None
        return self._keys.get(key_id)


def _load(path: Path) -> Ed25519PublicKey | None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _key_id(key: Ed25519PublicKey) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]
