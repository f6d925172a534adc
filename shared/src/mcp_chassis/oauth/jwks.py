"""A JWK Set (RFC 7517) as the keys that may verify tokens: public, asymmetric, found by `kid` and algorithm alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from jwt import PyJWK

from mcp_chassis.strict_json import loads

__all__ = ["Keys", "NoKeysError", "read_keys"]

Keys = Mapping[tuple[str, str], PyJWK]
"""Keys by `kid` and algorithm."""

_RSA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
_FITTING: dict[tuple[object, object], tuple[str, ...]] = {
    ("RSA", None): _RSA,
    ("EC", "P-256"): ("ES256",),
    ("EC", "P-384"): ("ES384",),
    ("EC", "P-521"): ("ES512",),
    ("OKP", "Ed25519"): ("EdDSA",),
}
"""Which algorithms a key of a type and curve can verify (RFC 7518, section 3.1; RFC 8037)."""

_PUBLIC = ("kty", "crv", "x", "y", "n", "e")
_RSA_BITS = range(2048, 16384 + 1)


class NoKeysError(ValueError):
    """A JWK Set without a key that can be used, which is how an issuer withdraws all that it had."""


def read_keys(text: str, algorithms: Collection[str]) -> Keys:
    """The keys of a JWK Set that verify one of the algorithms; others, and what is not understood, are left out.

    Raises:
        NoKeysError: it has no key that can be used.
        ValueError: it is no JWK Set.
    """
    document = loads(text)
    entries = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise ValueError("it is not a JWK Set")
    keys: dict[tuple[str, str], PyJWK] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not _verifies(entry):
            continue
        for algorithm in _algorithms(entry):
            place = (entry["kid"], algorithm)
            if algorithm in algorithms and place not in keys and (key := _key(entry, algorithm)) is not None:
                keys[place] = key
    if not keys:
        raise NoKeysError(f"it has no key with a `kid` for {', '.join(algorithms)}")
    return keys


def _verifies(entry: dict[str, Any]) -> bool:
    """Whether a key has a name and is meant for signatures (RFC 7517, sections 4.2 and 4.3).

    Some issuers publish the public half with the private one's `sign`, which says the same.
    """
    operations = entry.get("key_ops")
    return (
        isinstance(entry.get("kid"), str)
        and entry.get("use", "sig") == "sig"
        and (operations is None or (isinstance(operations, list) and ("verify" in operations or "sign" in operations)))
    )


def _algorithms(entry: dict[str, Any]) -> tuple[str, ...]:
    kind, curve, told = entry.get("kty"), entry.get("crv"), entry.get("alg")
    if not isinstance(kind, str) or not isinstance(curve, str | None):
        return ()
    fitting = _FITTING.get((kind, curve), ())
    return fitting if told is None else tuple(name for name in fitting if name == told)


def _key(entry: dict[str, Any], algorithm: str) -> PyJWK | None:
    """The public key alone, whatever else stands beside it."""
    try:
        key = PyJWK({name: entry[name] for name in _PUBLIC if name in entry}, algorithm)
    except Exception:  # whatever the libraries below say of a key that is none; the others of the set are still good
        return None
    return key if algorithm not in _RSA or key.key.key_size in _RSA_BITS else None
