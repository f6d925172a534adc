"""HTTPS with certificates that are read anew when their files change.

Every handshake takes the newest good context: open connections keep theirs, and files that do not fit together (as they
may while they are being replaced) are logged and change nothing.
"""

from __future__ import annotations

import errno
import ssl
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.stamps import Stamp, stamp

__all__ = ["ReloadingTls"]

_LOOK_SECONDS = 1.0

_log = structlog.get_logger(__name__)


class ReloadingTls:
    """The TLS side of a listener.

    Raises:
        ConfigurationError: the files are not usable at the start.
    """

    def __init__(
        self, certificate: Path, key: Path, client_ca: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Read the files.

        Args:
            certificate: PEM, the server's certificate and those between it and the root.
            key: PEM.
            client_ca: PEM; when given, clients must show a certificate that comes from it.
            clock: seconds.
        """
        self._files = tuple(path for path in (certificate, key, client_ca) if path is not None)
        self._certificate, self._key, self._client_ca = certificate, key, client_ca
        self._clock = clock
        self._seen = self._stamps()
        try:
            self._current = self._load()
            self.context = self._load()
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"The TLS files cannot be used: {_reason(error)}.") from error
        self.context.sni_callback = self._choose
        self._next_look = clock() + _LOOK_SECONDS

    def _load(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        context.load_cert_chain(self._certificate, self._key, password=_no_pass_phrase)
        if self._client_ca is not None:
            context.load_verify_locations(self._client_ca)
            context.verify_mode = ssl.CERT_REQUIRED
            # A resumed session would be accepted without a look at the certificate and the CA of now.
            context.options |= ssl.OP_NO_TICKET
            context.num_tickets = 0
        return context

    def _stamps(self) -> list[Stamp]:
        return [stamp(path) for path in self._files]

    def _choose(self, connection: ssl.SSLObject | ssl.SSLSocket, _: str | None, __: ssl.SSLContext) -> None:
        """Called in each handshake, with or without a server name."""
        if self._clock() >= self._next_look:
            self._next_look = self._clock() + _LOOK_SECONDS
            self._refresh()
        connection.context = self._current

    def _refresh(self) -> None:
        stamps = self._stamps()
        if stamps == self._seen:
            return
        try:
            self._current = self._load()
        except (OSError, ValueError) as error:
            _log.error("tls_files_unusable", reason=_reason(error), kept="the last good ones")
        else:
            _log.info("tls_files_reloaded", certificate=str(self._certificate))
        self._seen = stamps


def _no_pass_phrase() -> str:
    """Called for a key that is encrypted; OpenSSL would ask the terminal."""
    raise OSError(errno.EACCES, "the key has a pass phrase, which nobody can type here")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, ssl.SSLError):
        return (error.reason or "no certificate or key").replace("_", " ").lower()
    return (error.strerror if isinstance(error, OSError) else None) or "they are not PEM"
