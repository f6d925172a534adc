"""The certificate that a client showed (MCP_TLS_CLIENT_CA_FILE), verified by TLS before its first request."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import ssl
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["ClientCertificate", "client_certificate"]

_KINDS = ("URI", "DNS", "email", "IP Address")
"""The kinds of names, the one that tells a workload best (SPIFFE) first."""

_NAME = re.compile(r"[\x21-\x7e]{1,512}")


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """Whom a certificate names (the first of its subject alternative names) and which it is (RFC 8705, `x5t#S256`)."""

    name: str | None
    thumbprint: str


def client_certificate(transport: asyncio.BaseTransport) -> ClientCertificate | None:
    """The verified certificate of a connection, if the client showed one."""
    connection = transport.get_extra_info("ssl_object")
    if connection is None or connection.context.verify_mode is not ssl.CERT_REQUIRED:
        return None
    shown = connection.getpeercert(binary_form=True)
    if not shown:
        return None
    names = connection.getpeercert().get("subjectAltName", ())
    digest = hashlib.sha256(shown).digest()
    return ClientCertificate(_first(names), base64.urlsafe_b64encode(digest).rstrip(b"=").decode())


def _first(names: Iterable[tuple[str, str]]) -> str | None:
    told = [(kind, name) for kind, name in names if kind in _KINDS and _NAME.fullmatch(name)]
    return min(told, key=lambda item: _KINDS.index(item[0]))[1] if told else None
