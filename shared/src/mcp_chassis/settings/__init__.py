"""The settings that every server shares, and how they are read: flag > environment > config file > default.

A server subclasses `ChassisSettings` and adds fields; each field is a flag, an `MCP_` variable and a key of the config
file by its name alone, and `Setting` in its annotation says the rest:

    class DatabaseSettings(ChassisSettings):
        database_url: Annotated[
            SecretStr | None, Setting(variables=("DATABASE_URL", "DATABASE_URI"), target="URL")
        ] = Field(default=None, description="Where the database is.")
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.limits.model import Rate, parse_optional_rate
from mcp_chassis.settings.faults import sentence
from mcp_chassis.settings.http_faults import http_faults
from mcp_chassis.settings.network import is_loopback
from mcp_chassis.settings.options import Setting, options
from mcp_chassis.settings.sources import ConfigFile, Environment, Flags, Source
from mcp_chassis.settings.types import (
    CommaList,
    FilePath,
    UserPath,
    check_address,
    check_algorithms,
    check_fingerprint,
    check_host,
    check_issuer,
    check_methods,
    check_postgres_url,
    check_public_url,
    check_redis_url,
    check_transport,
    lower,
    none_if_off,
    password_of,
    weakness_of,
)
from mcp_chassis.settings.units import Duration, Size

__all__ = ["ChassisSettings", "CommaList", "FilePath", "Setting", "UserPath"]


class ChassisSettings(BaseModel):
    """The settings of every server, made with `load`; the constructor reads nothing but its arguments."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)

    _labels: dict[str, str] = PrivateAttr(default_factory=dict)
    config: UserPath | None = Field(default=None, description="YAML file of settings, whose keys are the flag names.")
    transport: Annotated[Literal["stdio", "http"], BeforeValidator(check_transport)] = Field(
        default="stdio", description="How clients reach the server: stdio (a pipe) or http (streamable HTTP at /mcp)."
    )
    host: Annotated[str, AfterValidator(check_host)] = Field(
        default="127.0.0.1", description="Address to listen on with http, or unix:PATH for a unix socket."
    )
    port: int = Field(default=8080, ge=0, le=65535, description="Port to listen on with http; 0 takes a free one.")
    auth: Annotated[CommaList, AfterValidator(check_methods), Setting(default="whatever is configured")] = Field(
        default=(), description="How callers over http prove who they are: oauth, api-key, or none (loopback only)."
    )
    auth_issuer: Annotated[str, AfterValidator(check_issuer)] | None = Field(
        default=None, description="Issuer whose OAuth access tokens are accepted, exactly as their `iss` has it."
    )
    auth_audience: Annotated[CommaList, Setting(default="MCP_PUBLIC_URL and /mcp")] = Field(
        default=(), description="What access tokens must be made for (`aud`): this server, one of these names."
    )
    auth_jwks_url: Annotated[
        Annotated[str, AfterValidator(check_address)] | None, Setting(default="told by the issuer's metadata")
    ] = Field(default=None, description="Where the issuer publishes the keys that it signs with.")
    auth_algorithms: Annotated[CommaList, AfterValidator(check_algorithms)] = Field(
        default=("RS256", "PS256", "ES256", "ES384", "EdDSA"),
        description="How access tokens may be signed; with the issuer's private key, never with a shared secret.",
    )
    allowed_hosts: CommaList = Field(
        default=(), description="Host names that requests may name, with :port where it is not the usual."
    )
    public_url: Annotated[str, AfterValidator(check_public_url)] | None = Field(
        default=None, description="URL under which clients reach the server; its host is allowed."
    )
    api_keys_file: FilePath | None = Field(
        default=None, description="File of hashed API keys; make it with `keys create`."
    )
    api_key: SecretStr | None = Field(
        default=None, description="One API key with the server's read scopes; at least 32 characters."
    )
    tls_cert_file: FilePath | None = Field(
        default=None, description="Certificate chain (PEM) for HTTPS; read anew when it changes."
    )
    tls_key_file: FilePath | None = Field(default=None, description="Private key (PEM) of the certificate.")
    tls_client_ca_file: FilePath | None = Field(
        default=None, description="CA (PEM) that clients' certificates must come from."
    )
    audit_dir: Annotated[UserPath | None, Setting(default="$XDG_STATE_HOME/mcp-audit on stdio")] = Field(
        default=None, description="Folder of the audit log, one record per call; required with http."
    )
    audit_mode: Annotated[Literal["strict", "balanced", "off"], BeforeValidator(lower)] = Field(
        default="balanced",
        description="Replies that wait for the disk: all (strict), of changes and denials (balanced); off: no log.",
    )
    audit_key_file: Annotated[UserPath | None, Setting(default="made at first start on stdio")] = Field(
        default=None, description="Key (Ed25519, PEM) that signs the audit log; required with http."
    )
    audit_hmac_key_file: Annotated[UserPath | None, Setting(default="made at first start on stdio")] = Field(
        default=None,
        description="Key (32 bytes in hex) under which the audit log hashes arguments; required with http.",
    )
    audit_rotate_bytes: Annotated[Size, Setting(default="64MiB")] = Field(
        default=64 * 2**20, ge=4096, description="Largest segment of the audit log; then another one begins."
    )
    audit_rotate_age: Annotated[Duration, Setting(default="1d")] = Field(
        default=86_400.0, ge=1, description="For how long a segment of the audit log is written."
    )
    audit_retention: Annotated[Duration | None, BeforeValidator(none_if_off), Setting(default="off")] = Field(
        default=None, ge=1, description="How long records are kept; segments that are older are removed whole."
    )
    audit_checkpoint_seconds: Annotated[Duration, Setting(default="60s")] = Field(
        default=60.0, ge=0.01, description="How long records may be without a signed checkpoint."
    )
    audit_pseudonyms: bool = Field(
        default=False, description="Write subjects and actors into the audit log as keyed hashes only."
    )
    audit_unwritable: Annotated[Literal["refuse", "allow-reads"], BeforeValidator(lower)] = Field(
        default="refuse",
        description="While the audit log cannot be written, refuse all calls, or changes only (allow-reads).",
    )
    audit_database_url: Annotated[SecretStr | None, AfterValidator(check_postgres_url)] = Field(
        default=None, description="PostgreSQL that the audit log is copied to, such as postgresql://user@host/name."
    )
    expect_tools: Annotated[str | None, AfterValidator(check_fingerprint)] = Field(
        default=None, description="Start only if the tools have this fingerprint, which `--check` prints."
    )
    seal_keys_file: UserPath | None = Field(
        default=None, description="Keys (32 bytes in hex a line) that seal cursors; the first seals, all open."
    )
    policy_file: Annotated[FilePath | None, Setting(flag="policy")] = Field(
        default=None, description="Who may do what (policy.yaml); read anew when it changes."
    )
    read_only: bool = Field(default=False, description="Offer nothing that changes anything, whatever else is granted.")
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], BeforeValidator(lower), Setting(variables=("LOG_LEVEL",))
    ] = Field(default="info", description="The least severe event that is logged on stderr.")
    metrics_port: Annotated[int, Setting(variables=("METRICS_PORT",), default="9464 on http, off on stdio")] = Field(
        default_factory=lambda known: 9464 if known.get("transport") == "http" else 0,
        ge=0,
        le=65535,
        description="Port of /metrics, and of /ready and /health with the component list; 0 for none.",
    )
    metrics_host: Annotated[str, AfterValidator(check_host), Setting(variables=("METRICS_HOST",))] = Field(
        default="127.0.0.1", description="Address to listen on with that port."
    )
    max_concurrency: int = Field(default=32, ge=1, description="Calls that run at the same time.")
    tenant_slots: Annotated[int | None, Setting(default="half of them")] = Field(
        default=None, ge=1, description="How many of these one tenant may hold while other tenants call too."
    )
    queue_wait: Annotated[Duration, Setting(default="2s")] = Field(
        default=2.0, description="How long a call waits for a free slot before it is refused."
    )
    rate_limit: Annotated[Rate | None, BeforeValidator(parse_optional_rate), Setting(default="off")] = Field(
        default=None, description="How often each caller may call, such as 60/m or 10/s burst 20."
    )
    daily_quota: Annotated[int | None, BeforeValidator(none_if_off), Setting(default="off")] = Field(
        default=None, ge=1, description="How many calls each caller may make in a day (UTC)."
    )
    repeat_note: int = Field(
        default=10, ge=0, description="The same tool call more often than this carries a note; 0 for never."
    )
    repeat_limit: int = Field(
        default=0, ge=0, description="The same tool call more often than this is refused; 0 for never."
    )
    repeat_window: Annotated[Duration, Setting(default="5m")] = Field(
        default=300.0, gt=0, description="The time within which the same call of one caller is counted."
    )
    redis_url: Annotated[SecretStr | None, AfterValidator(check_redis_url)] = Field(
        default=None, description="Redis or Valkey by which replicas share these limits, such as redis://HOST:6379/0."
    )
    limiter_down: Annotated[Literal["local", "deny", "allow"], BeforeValidator(lower)] = Field(
        default="local",
        description="While Redis is down, each process counts (local), all calls are refused (deny) or pass (allow).",
    )
    tool_timeout: Annotated[Duration, Setting(default="30s")] = Field(
        default=30.0, gt=0, description="How long one call may take."
    )
    max_result_bytes: Annotated[Size, Setting(default="4MiB")] = Field(
        default=4 * 2**20, ge=1024, description="Largest result of one call."
    )
    text_bytes: Annotated[Size, Setting(default="64KiB")] = Field(
        default=64 * 2**10, description="How much of a result's data is repeated as text."
    )
    drain_seconds: Annotated[Duration, Setting(default="0 on stdio, 5 on http")] = Field(
        default_factory=lambda known: 5.0 if known.get("transport") == "http" else 0.0,
        description="How long a server that was told to stop goes on accepting calls.",
    )
    grace_seconds: Annotated[Duration, Setting(default="20")] = Field(
        default=20.0, description="How long running calls may take to end after that."
    )
    max_body_bytes: Annotated[Size, Setting(default="16MiB")] = Field(
        default=16 * 2**20, ge=1024, description="Largest message of a client."
    )

    @classmethod
    def load(
        cls,
        flags: Mapping[str, Any] | None = None,
        targets: Sequence[str] = (),
        environ: Mapping[str, str] | None = None,
    ) -> Self:
        """The settings of this process.

        Args:
            flags: what the command line gave, by field name.
            targets: its positional arguments.
            environ: the environment; `os.environ` when missing.

        Raises:
            ConfigurationError: with one sentence for every fault there is.
        """
        given = Flags(cls, flags or {}, targets)
        environment = Environment(cls, os.environ if environ is None else environ)
        path = given.values.get("config") or environment.values.get("config")
        label = given.labels.get("config") or environment.labels.get("config") or ""
        sources = (given, environment, ConfigFile(cls, Path(path) if path else None, label))
        faults = [fault for source in sources for fault in source.faults]
        settings, wrong = cls._build(sources)
        faults += wrong
        if faults or settings is None:
            raise ConfigurationError(*faults)
        return settings

    @classmethod
    def _build(cls, sources: Sequence[Source]) -> tuple[Self | None, list[str]]:
        """The settings and their faults; what a faulty field is part of is not judged a second time."""
        labels = {option.name: option.help for option in options(cls)}
        for source in reversed(sources):
            labels |= source.labels
        wrong: dict[str, str] = {}
        settings: Self | None
        try:
            settings = cls(**_arguments(sources))
        except ValidationError as error:
            wrong = _sentences(cls, error, sources)
            settings = cls._without(sources, wrong)
        if settings is None:
            return None, list(wrong.values())
        settings._labels = labels
        unknown = wrong.keys() | {name for source in sources for name in source.broken}
        between = [text.format_map(labels) for about, text in settings.faults() if not unknown & set(about)]
        return settings, [*wrong.values(), *between]

    @classmethod
    def _without(cls, sources: Sequence[Source], names: Collection[str]) -> Self | None:
        """The settings as if these were not given, or `None` where they cannot do without one of them."""
        for source in sources:
            for name in names:
                source.values.pop(name, None)
        try:
            return cls(**_arguments(sources))
        except ValidationError:
            return None

    def faults(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is wrong between fields that are right by themselves.

        A server's settings extend it with `yield from super().faults()`.

        Yields:
            The fields it is about, and a sentence in which `{field}` stands for how the user wrote that field.
        """
        if (self.tls_cert_file is None) != (self.tls_key_file is None):
            yield ("tls_cert_file", "tls_key_file"), "{tls_cert_file} and {tls_key_file} must be set together."
        if self.tls_client_ca_file is not None and self.tls_cert_file is None:
            yield ("tls_client_ca_file", "tls_cert_file"), "{tls_client_ca_file} needs {tls_cert_file}."
        if self.api_key is not None and (weakness := weakness_of(self.api_key.get_secret_value().strip())):
            yield ("api_key",), f"{{api_key}} {weakness}; make one with `openssl rand -hex 32`."
        if self.audit_database_url is not None and self.audit_mode == "off":
            yield (
                ("audit_database_url", "audit_mode"),
                "{audit_database_url} is where the audit log is copied to, and {audit_mode} keeps none.",
            )
        if self.transport == "http":
            yield from http_faults(self)

    def written(self, name: str) -> str:
        """How the user wrote a setting, for a fault that is found after loading: `--audit-dir`, `MCP_AUDIT_DIR`."""
        return self._labels.get(name) or next(option.help for option in options(type(self)) if option.name == name)

    @property
    def auth_methods(self) -> tuple[str, ...]:
        """The methods in use: those of `--auth`, otherwise what is configured."""
        keys = self.api_keys_file is not None or self.api_key is not None
        return self.auth or ("oauth",) * (self.auth_issuer is not None) + ("api-key",) * keys

    @property
    def resource_url(self) -> str | None:
        """The URL of this server as an OAuth resource (RFC 8707): its endpoint, or the audience where that is a URL."""
        if self.public_url is not None:
            return f"{self.public_url}/mcp"
        named = next((name for name in self.auth_audience if name.startswith(("https://", "http://"))), None)
        if named is not None or not is_loopback(self.host) or self.port == 0:
            return named
        scheme = "http" if self.tls_cert_file is None else "https"
        return f"{scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}/mcp"

    @property
    def unix_socket(self) -> Path | None:
        """The socket to listen on, where the host is one."""
        return Path(self.host.removeprefix("unix:")).expanduser() if self.host.startswith("unix:") else None

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the listening address."""
        return self.unix_socket is not None or is_loopback(self.host)

    def secrets(self) -> Iterator[str]:
        """The secret values of this configuration, for the log's redactor."""
        for option in options(type(self)):
            value = getattr(self, option.name)
            if isinstance(value, SecretStr) and (text := value.get_secret_value()):
                yield text
                yield from password_of(text)


def _arguments(sources: Sequence[Source]) -> dict[str, Any]:
    """What the sources give, of which the first is the strongest."""
    return {name: value for source in reversed(sources) for name, value in source.values.items()}


def _sentences(settings: type[BaseModel], error: ValidationError, sources: Sequence[Source]) -> dict[str, str]:
    """The fault of each field, about the value as it was written."""
    known = {option.name: option for option in options(settings)}
    sentences: dict[str, str] = {}
    for record in error.errors():
        name = str(record["loc"][0])
        source = next((source for source in sources if name in source.values), None)
        # A default that depends on a faulty field is not a fault of its own.
        if record["type"] == "default_factory_not_called" or name in sentences:
            continue
        label, value = (known[name].help, None) if source is None else (source.labels[name], source.values[name])
        sentences[name] = sentence(record, label, value=value, secret=known[name].secret)
    return sentences
