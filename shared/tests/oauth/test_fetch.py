"""Documents over real sockets: bounded in size and time, and from nowhere else than asked."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from certificates import write_certificate
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.oauth.fetch import Fetcher, FetchError
from token_issuer import Issuer, issuing


@pytest.mark.asyncio
async def test_a_document_is_fetched_with_no_credentials() -> None:
    async with issuing() as issuer:
        assert '"keys"' in await Fetcher().get(f"{issuer.url}/jwks")


def huge(issuer: Issuer) -> None:
    issuer.put("/x", b" " * 200_000)


def endless(issuer: Issuer) -> None:
    issuer.put("/x", b" " * 5_000_000, content_length="")  # of a length that is not told


def compressed(issuer: Issuer) -> None:
    issuer.put("/x", gzip.compress(b" " * 50_000_000), content_encoding="gzip")


def redirecting(issuer: Issuer) -> None:
    issuer.put("/x", b"{}", 302, location=f"{issuer.url}/jwks")


def forever(issuer: Issuer) -> None:
    issuer.put("/x", b"{}", 308, location=f"{issuer.url}/x")


def slow(issuer: Issuer) -> None:
    issuer.delay_s = 30


def not_text(issuer: Issuer) -> None:
    issuer.put("/x", b"\xff\xfe")


def failing(issuer: Issuer) -> None:
    issuer.put("/x", b"{}", 500)


def missing(issuer: Issuer) -> None:
    issuer.answers.clear()


def torn(issuer: Issuer) -> None:
    issuer.put("/x", b"{", content_length="100")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (huge, "larger than 100000 bytes"),
        (endless, "larger than 100000 bytes"),
        (compressed, "compressed"),
        (redirecting, "a redirect, which is not followed"),
        (forever, "a redirect, which is not followed"),
        (slow, "did not answer within 0.3 s"),
        (not_text, "not UTF-8"),
        (failing, "status 500"),
        (missing, "status 404"),
        (torn, "cannot be reached"),
    ],
)
@pytest.mark.asyncio
async def test_a_document_that_cannot_be_used_is_told_in_words(fault: object, words: str) -> None:
    async with issuing() as issuer:
        fault(issuer)  # type: ignore[operator]
        with pytest.raises(FetchError, match=words) as failed:
            await Fetcher(100_000, 0.3).get(f"{issuer.url}/x")
        assert failed.value.missing is (fault is missing)
        assert issuer.asked == ["/x"]


@pytest.mark.asyncio
async def test_an_address_where_nobody_is_cannot_be_reached() -> None:
    async with issuing() as issuer:
        address = issuer.url
    with pytest.raises(FetchError, match="cannot be reached"):
        await Fetcher().get(f"{address}/jwks")


@asynccontextmanager
async def https(folder: Path) -> AsyncIterator[tuple[str, Path]]:
    """A document over HTTPS, and the authority of its certificate."""
    certificate, key = write_certificate(folder, "issuer")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}/", certificate
    finally:
        server.close()


@pytest.mark.asyncio
async def test_a_private_authority_is_trusted_by_the_usual_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    async with https(tmp_path) as (url, authority):
        with pytest.raises(FetchError, match=r"(?i)certificate"):
            await Fetcher().get(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert await Fetcher().get(url) == "{}"


@pytest.mark.parametrize("content", [None, "nothing"])
def test_an_authority_that_cannot_be_read_is_a_fault_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        Fetcher()


@pytest.mark.asyncio
async def test_a_proxy_is_taken_from_the_usual_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    async with issuing() as proxy:
        proxy.put("http://id.internal/jwks", b'{"by": "proxy"}')
        for name in ("NO_PROXY", "no_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert await Fetcher().get("http://id.internal/jwks") == '{"by": "proxy"}'
        assert proxy.asked == ["http://id.internal/jwks"]
        monkeypatch.setenv("HTTP_PROXY", "nonsense://x")
        with pytest.raises(FetchError, match="cannot be reached"):
            await Fetcher().get("http://id.internal/jwks")
