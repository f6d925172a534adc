"""A document of the issuer by GET, bounded in size and time.

The address comes from the configuration or from the configured issuer's own metadata, never from a token. Redirects are
refused, so that nobody else decides what is fetched. SSL_CERT_FILE, SSL_CERT_DIR and the proxy variables (HTTPS_PROXY,
HTTP_PROXY, NO_PROXY) are read as usual, at the start.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from mcp_chassis.errors import ConfigurationError

if TYPE_CHECKING:
    import ssl

    import httpx2

__all__ = ["FetchError", "Fetcher"]

_HEADERS = {"accept": "application/json", "accept-encoding": "identity"}


class FetchError(Exception):
    """The document could not be had; the text says why, for the operator.

    `missing` is whether the address answered that there is no such document.
    """

    def __init__(self, reason: str, *, missing: bool = False) -> None:
        super().__init__(reason)
        self.missing = missing


class Fetcher:
    """Fetches documents.

    Raises:
        ConfigurationError: the certificate authorities of SSL_CERT_FILE or SSL_CERT_DIR cannot be read.
    """

    def __init__(self, largest: int = 512 * 1024, patience_s: float = 10.0) -> None:
        """Args: largest: bytes of a document; patience_s: seconds that one request may take as a whole."""
        self._largest = largest
        self._patience_s = patience_s
        self._tls = _tls_context()

    async def get(self, url: str) -> str:
        """The document at an address.

        Raises:
            FetchError: it cannot be had.
        """
        import httpx2

        try:
            async with (
                asyncio.timeout(self._patience_s),
                httpx2.AsyncClient(verify=self._tls, follow_redirects=False, timeout=self._patience_s) as client,
                client.stream("GET", url, headers=_HEADERS) as response,
            ):
                return await self._text(url, response)
        except TimeoutError:
            raise FetchError(f"{url} did not answer within {self._patience_s:g} s") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:  # ValueError: of a proxy variable
            raise FetchError(f"{url} cannot be reached: {str(error) or type(error).__name__}") from error

    async def _text(self, url: str, response: httpx2.Response) -> str:
        status = response.status_code
        if status != 200:
            why = "a redirect, which is not followed" if response.has_redirect_location else f"status {status}"
            raise FetchError(f"{url} answers with {why}", missing=status in (404, 405, 410))
        if response.headers.get("content-encoding", "identity") != "identity":
            raise FetchError(f"{url} answers compressed, although that was not asked for")
        body = bytearray()
        async for part in response.aiter_raw():
            body += part
            if len(body) > self._largest:
                raise FetchError(f"{url} is larger than {self._largest} bytes")
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            raise FetchError(f"{url} is not UTF-8 text") from None


def _tls_context() -> ssl.SSLContext:
    import httpx2

    try:
        return httpx2.create_ssl_context()
    except OSError as error:
        name = "SSL_CERT_FILE" if os.environ.get("SSL_CERT_FILE") else "SSL_CERT_DIR"
        raise ConfigurationError(f"{name} holds no certificate authorities that can be read.") from error
