"""A real authorization server (npm oidc-provider) as a process of its own, and the SDK's OAuth clients for it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.auth.extensions.client_credentials import ClientCredentialsOAuthProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata, OAuthToken
from token_issuer import SigningKey

SCRIPT = Path(__file__).parent / "npm" / "oauth-provider.mjs"
CALLBACK = "http://127.0.0.1:1/callback"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class AuthorizationServer:
    """One that can be stopped, and started again with other keys on the same port."""

    def __init__(self, log: Path, resources: dict[str, tuple[str, str]]) -> None:
        """Args: resources: URLs with the scopes that there are for them and the algorithm of their tokens."""
        self._log = log
        self._resources = {url: {"scope": scope, "alg": alg} for url, (scope, alg) in resources.items()}
        self._port = free_port()
        self._process: subprocess.Popen[str] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self, *keys: SigningKey) -> None:
        """Start it, and wait until it listens."""
        jwks = [key.private_jwk() for key in keys]
        configuration = {"port": self._port, "keys": jwks, "resources": self._resources}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["node", str(SCRIPT), json.dumps(configuration)],  # noqa: S607 - that of this environment
                env={"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # `node` is a process that starts the real one
            )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n", self._log.read_text()

    def stop(self) -> None:
        """End it, with the processes that it is made of."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()
            self._process = None

    def token(self, resource: str | None, scope: str, client: str = "agent") -> str:
        """A token by client credentials."""
        form = {"grant_type": "client_credentials", "scope": scope, **({"resource": resource} if resource else {})}
        answer = httpx2.post(f"{self.url}/token", data=form, auth=(client, f"{client}-secret-00000000"))
        token: str = answer.raise_for_status().json()["access_token"]
        return token


@dataclass
class Memory:
    """What an OAuth client keeps."""

    tokens: OAuthToken | None = None
    registration: OAuthClientInformationFull | None = None
    scopes: list[str | None] = field(default_factory=list)
    """Those of the tokens that it got, one after another."""

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens
        self.scopes.append(tokens.scope)

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.registration

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.registration = client_info


class Browser:
    """A person's browser that signs in as `person` and consents, whatever it is asked."""

    def __init__(self, person: str) -> None:
        self._person = person
        self._arrived: dict[str, list[str]] = {}

    async def open(self, url: str) -> None:
        """Follow the pages from the authorization request to the client's callback."""
        async with httpx2.AsyncClient() as browser:
            answer = await browser.get(url)
            for _ in range(20):
                if answer.has_redirect_location:
                    url = urljoin(str(answer.url), answer.headers["location"])
                    if url.startswith(CALLBACK):
                        self._arrived = parse_qs(urlsplit(url).query)
                        return
                    answer = await browser.get(url)
                    continue
                action, prompt = (
                    re.search(r'action="([^"]+)"', answer.text),
                    re.search(r'"prompt" value="(\w+)"', answer.text),
                )
                assert action is not None, answer.text
                assert prompt is not None, answer.text
                form = {"prompt": prompt[1], "login": self._person, "password": "any"}
                answer = await browser.post(urljoin(str(answer.url), action[1]), data=form)
        raise AssertionError("the browser goes in circles")

    async def result(self) -> AuthorizationCodeResult:
        """What the callback was told."""
        told = {name: values[0] for name, values in self._arrived.items()}
        return AuthorizationCodeResult(code=told.get("code", ""), state=told.get("state"), iss=told.get("iss"))


def registered(issuer: str) -> OAuthClientInformationFull:
    """What an operator has told the authorization server of a client, which may ask for any scope."""
    return OAuthClientInformationFull(
        client_id="desk",
        redirect_uris=[CALLBACK],  # type: ignore[list-item]
        token_endpoint_auth_method="none",
        issuer=issuer,
    )


def person(url: str, memory: Memory, name: str) -> OAuthClientProvider:
    """The SDK's client of somebody who signs in by browser; it registers itself where that was not done."""
    browser = Browser(name)
    metadata = OAuthClientMetadata(
        client_name="acceptance",
        redirect_uris=[CALLBACK],  # type: ignore[list-item]
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
    )
    return OAuthClientProvider(url, metadata, memory, browser.open, browser.result)


def agent(url: str, memory: Memory, issuer: str) -> ClientCredentialsOAuthProvider:
    """The SDK's client of a program that calls for itself."""
    return ClientCredentialsOAuthProvider(url, memory, "agent", "agent-secret-00000000", issuer=issuer)


@asynccontextmanager
async def connected(url: str, auth: httpx2.Auth, era: str) -> AsyncIterator[Client]:
    """The SDK's client of a server, which authenticates as it is asked to."""
    async with (
        httpx2.AsyncClient(auth=auth, timeout=30) as http,
        Client(streamable_http_client(url, http_client=http), mode=era, read_timeout_seconds=30) as client,
    ):
        yield client
