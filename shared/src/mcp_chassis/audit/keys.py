"""The keys of the audit log: Ed25519 to sign checkpoints, and 32 bytes under which arguments are hashed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.key_files import make_key_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = [
    "HMAC_FILE", "PUBLIC_FILE", "SIGNING_FILE", "AuditKeys", "Signer", "load_audit_keys", "make_audit_keys",
    "make_hmac_key", "make_signing_key",
]  # fmt: skip

SIGNING_FILE, PUBLIC_FILE, HMAC_FILE = "audit-signing.pem", "audit-signing.pub.pem", "audit-hmac.key"


class Signer:
    """Signs checkpoints; `key_id` is the first 16 hex digits of the SHA-256 of the raw public key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        public = key.public_key()
        self._key = key
        self.key_id = hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]
        self.public_pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    def sign(self, content: bytes) -> bytes:
        """The Ed25519 signature (RFC 8032), 64 bytes."""
        return self._key.sign(content)

    def publish(self, directory: Path) -> None:
        """Put the public key beside the log, as `keys/<key id>.pem`.

        Raises:
            OSError: it cannot be written.
        """
        make_key_file(directory / "keys" / f"{self.key_id}.pem", lambda: self.public_pem, mode=0o644)


@dataclass(frozen=True, slots=True)
class AuditKeys:
    """What an audit log is written with."""

    signer: Signer
    hmac: bytes


def make_audit_keys(directory: Path) -> tuple[Path, Path, Path]:
    """Make the three key files in a folder, which is made where it is missing.

    Returns:
        The signing key, its public half, the HMAC key.

    Raises:
        ConfigurationError: one of them is there, or the folder cannot be written.
    """
    paths = directory / SIGNING_FILE, directory / PUBLIC_FILE, directory / HMAC_FILE
    there = [str(path) for path in paths if path.exists() or path.is_symlink()]
    if there:
        raise ConfigurationError(f"{' and '.join(there)}: already there, and never overwritten; name another folder.")
    make_signing_key(paths[0], label="The folder")
    make_hmac_key(paths[2], label="The folder")
    return paths


def make_signing_key(path: Path, *, label: str) -> None:
    """Make a signing key and, beside it, its public half, unless it is there.

    Raises:
        ConfigurationError: the folder cannot be written; `label` is what it calls the setting.
    """
    try:
        if make_key_file(path, _new_signing_key):
            signer = _signer(path.read_bytes())
            make_key_file(path.with_name(PUBLIC_FILE), lambda: signer.public_pem, mode=0o644)
    except OSError as error:
        raise _unwritable(label, path.parent, error) from None


def make_hmac_key(path: Path, *, label: str) -> None:
    """Make an HMAC key, unless it is there.

    Raises:
        ConfigurationError: the folder cannot be written; `label` is what it calls the setting.
    """
    try:
        make_key_file(path)
    except OSError as error:
        raise _unwritable(label, path.parent, error) from None


def load_audit_keys(signing: Path, hmac_key: Path, labels: tuple[str, str]) -> AuditKeys:
    """Read both keys; `labels` are what faults call their settings.

    Raises:
        ConfigurationError: a file is missing, cannot be read, or holds something else.
    """
    faults = []
    signer, key = None, b""
    try:
        signer = _signer(signing.read_bytes())
    except (OSError, ValueError):
        faults.append(
            f"{labels[0]}: {signing} must be a readable file with an Ed25519 private key (PKCS 8, PEM, no password); "
            "`audit keygen DIR` makes one."
        )
    try:
        key = bytes.fromhex(hmac_key.read_text("ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != 32:
        faults.append(f"{labels[1]}: {hmac_key} must be a readable file with a key of 64 hexadecimal digits.")
    if signer is None or faults:
        raise ConfigurationError(*faults)
    return AuditKeys(signer, key)


def _unwritable(label: str, folder: Path, error: OSError) -> ConfigurationError:
    reason = error.strerror or "no reason given"
    return ConfigurationError(f"{label}: {folder} cannot be written ({reason}); name a folder that can.")


def _new_signing_key() -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def _signer(pem: bytes) -> Signer:
    """The signer of a private key.

    Raises:
        ValueError: it is none, or needs a password.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("no usable private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("no Ed25519 key")
    return Signer(key)
